//! Texts and lists, read once.

use crate::definitions::{Definitions, ListDef, Problem, TextsDef, root};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use tamis_benches::words;

/// Own corpora are read over and over until there are so many bytes.
const OWN_BYTES: usize = 2_000_000;

/// Reads texts and lists by name and keeps them.
pub struct Data<'d> {
    definitions: &'d Definitions,
    corpora: Option<PathBuf>,
    files: BTreeMap<PathBuf, Rc<Vec<String>>>,
    texts: BTreeMap<String, Rc<Vec<String>>>,
    lists: BTreeMap<String, Rc<Vec<String>>>,
}

impl<'d> Data<'d> {
    /// With the folder of corpora, if it is there; says so when it is not.
    pub fn new(definitions: &'d Definitions, corpora: Option<&Path>) -> Self {
        let corpora = corpora.filter(|folder| folder.is_dir()).map(Path::to_owned);
        if corpora.is_none() {
            eprintln!(
                "SKIPPED: no folder of real corpora (--corpora): the project's own, small ones stand in"
            );
        }
        let (files, texts, lists) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        Self { definitions, corpora, files, texts, lists }
    }

    /// The folder of real corpora, if there is one.
    pub fn corpora(&self) -> Option<&Path> {
        self.corpora.as_deref()
    }

    /// True when real corpora are read.
    pub fn is_real(&self) -> bool {
        self.corpora.is_some()
    }

    /// The texts of that name, all of them.
    pub fn texts(&mut self, name: &str) -> Result<Rc<Vec<String>>, Problem> {
        if let Some(texts) = self.texts.get(name) {
            return Ok(texts.clone());
        }
        let def = self.definitions.texts.get(name).ok_or_else(|| format!("no texts `{name}`"))?;
        let texts = Rc::new(self.read_texts(def)?);
        self.texts.insert(name.to_owned(), texts.clone());
        Ok(texts)
    }

    /// The first texts of that name that fit into so many bytes; at least one.
    pub fn some_texts(&mut self, name: &str, bytes: usize) -> Result<Vec<String>, Problem> {
        let mut sum = 0;
        let texts = self.texts(name)?;
        let fit = texts.iter().take_while(|text| {
            sum += text.len();
            sum <= bytes
        });
        let n = fit.count().max(1);
        Ok(texts[..n.min(texts.len())].to_vec())
    }

    fn read_texts(&mut self, def: &TextsDef) -> Result<Vec<String>, Problem> {
        let mut texts = self.corpus(&def.corpus, &def.own)?;
        if let Some((least, most)) = def.between {
            texts.retain(|text| (least..=most).contains(&text.len()));
        }
        if let Some(bytes) = def.pages {
            texts = pages(&texts, bytes);
        }
        if texts.is_empty() {
            return Err("there are no texts".into());
        }
        Ok(texts)
    }

    /// The texts of corpora, or of our own.
    fn corpus(&mut self, corpus: &[String], own: &[String]) -> Result<Vec<String>, Problem> {
        let real = self.corpora.clone();
        let folder = real.clone().unwrap_or_else(|| root().join("corpora"));
        let mut texts = Vec::new();
        for name in if real.is_some() { corpus } else { own } {
            texts.extend_from_slice(&self.file(folder.join(format!("{name}.jsonl")))?);
        }
        if real.is_none() {
            let bytes: usize = texts.iter().map(String::len).sum();
            texts = vec![texts; OWN_BYTES.div_ceil(bytes.max(1))].concat();
        }
        Ok(texts)
    }

    fn file(&mut self, path: PathBuf) -> Result<Rc<Vec<String>>, Problem> {
        #[derive(Deserialize)]
        struct Document {
            text: String,
        }
        if let Some(texts) = self.files.get(&path) {
            return Ok(texts.clone());
        }
        let lines =
            std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        let text = |line| Ok(serde_json::from_str::<Document>(line)?.text);
        let texts = Rc::new(lines.lines().map(text).collect::<Result<Vec<_>, Problem>>()?);
        self.files.insert(path, texts.clone());
        Ok(texts)
    }

    /// The list of that name.
    pub fn list(&mut self, name: &str) -> Result<Rc<Vec<String>>, Problem> {
        if let Some(list) = self.lists.get(name) {
            return Ok(list.clone());
        }
        let def = self.definitions.lists.get(name).ok_or_else(|| format!("no list `{name}`"))?;
        let list = Rc::new(self.read_list(def)?);
        self.lists.insert(name.to_owned(), list.clone());
        Ok(list)
    }

    fn read_list(&mut self, def: &ListDef) -> Result<Vec<String>, Problem> {
        let own = [def.own.clone()];
        let mut found = Vec::new();
        if let Some(corpora) = self.corpora.clone() {
            for file in &def.files {
                found.extend(list_file(&corpora.join("lists").join(file))?);
            }
        } else if !def.files.is_empty() {
            found = self.corpus(&[], &own)?;
        }
        for (corpora, rare) in [(&def.frequent, false), (&def.rare, true)] {
            if corpora.is_empty() {
                continue;
            }
            let mut texts = self.corpus(corpora, &own)?;
            texts.dedup();
            let mut words = words::by_frequency(texts.iter().map(String::as_str));
            if rare {
                words.reverse();
            }
            found.extend(words);
        }
        let made_up = words::made_up(def.limit.unwrap_or_default(), 3);
        let mut seen = BTreeSet::new();
        let all = found.into_iter().chain(made_up).map(|word| word.trim().to_lowercase());
        let words = all.filter(|word| is_plain(word) && seen.insert(word.clone()));
        Ok(words.take(def.limit.unwrap_or(usize::MAX)).collect())
    }
}

/// Letters, digits, spaces, apostrophes, hyphens.
fn is_plain(word: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || " '-".contains(c);
    word.chars().any(char::is_alphanumeric) && word.chars().all(fits)
}

fn pages(texts: &[String], bytes: usize) -> Vec<String> {
    let mut pages = Vec::new();
    let mut page = String::new();
    for text in texts {
        page += text;
        page.push('\n');
        if page.len() >= bytes {
            pages.push(std::mem::take(&mut page));
        }
    }
    if pages.is_empty() { vec![page] } else { pages }
}

/// The words of a list: a line each, the first column of CSV, or the `match` of JSON objects.
fn list_file(path: &Path) -> Result<Vec<String>, Problem> {
    #[derive(Deserialize)]
    struct Entry {
        r#match: String,
    }
    let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    Ok(match path.extension().and_then(|ending| ending.to_str()) {
        Some("json") => {
            let entries: Vec<Entry> = serde_json::from_str(&text)?;
            entries.iter().flat_map(|e| e.r#match.split('|')).map(str::to_owned).collect()
        }
        Some("csv") => {
            let first = |line: &str| line.split(',').next().unwrap_or_default().to_owned();
            text.lines().skip(1).map(first).collect()
        }
        _ => text.lines().map(str::to_owned).collect(),
    })
}

/// A number that tells other texts apart (FNV-1a): expectations hold for the same texts only.
pub fn digest<'t>(texts: impl IntoIterator<Item = &'t String>) -> String {
    let mut hash = 0xCBF2_9CE4_8422_2325_u64;
    for text in texts {
        for byte in text.bytes().chain([0xFF]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
        }
    }
    format!("{hash:016x}")
}
