//! Ordinary text, and what is flagged in it beyond what a literal search would.

use crate::engines::Engine;
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::Path;
use tamis_attack::{Filter, Flags};

/// Lines of ordinary text.
pub struct Benign {
    /// By file.
    pub sets: Vec<Set>,
}

/// One file.
pub struct Set {
    /// Its name without the ending.
    pub name: String,
    /// Its texts.
    pub lines: Vec<String>,
}

impl Benign {
    /// The JSON Lines of a folder; says so on standard error when there are none.
    pub fn read(folder: Option<&Path>) -> Result<Self, Box<dyn Error>> {
        let Some(folder) = folder.filter(|folder| folder.is_dir()) else {
            eprintln!("SKIPPED: no folder of ordinary text (--benign), so no flags are counted");
            return Ok(Self { sets: Vec::new() });
        };
        let mut paths: Vec<_> = std::fs::read_dir(folder)?
            .map(|entry| entry.map(|e| e.path()))
            .collect::<Result<_, _>>()?;
        paths.retain(|path| path.extension().is_some_and(|ending| ending == "jsonl"));
        paths.sort();
        let sets = paths.iter().map(|path| Set::read(path)).collect::<Result<_, _>>()?;
        Ok(Self { sets })
    }
}

impl Set {
    fn read(path: &Path) -> Result<Self, Box<dyn Error>> {
        #[derive(serde::Deserialize)]
        struct Row {
            text: String,
        }
        let row = |line: &str| Ok(serde_json::from_str::<Row>(line)?.text);
        let lines: Result<_, Box<dyn Error>> =
            std::fs::read_to_string(path)?.lines().map(row).collect();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Self { name, lines: lines? })
    }
}

/// The flagged lines, and those that are flagged though none of their words is: what the handling
/// of evasion adds.
///
/// Lists differ, and ordinary people swear. A word here is a run of ASCII letters, and it is
/// flagged when the engine flags it alone in a sentence. The engine is asked, since not every
/// one shows its list, so phrases of its list count as added as well.
pub fn flags(engine: &mut Engine, lines: &[String]) -> (Flags, Flags) {
    let found = engine.find_all(lines);
    let flagged: Vec<&String> = lines
        .iter()
        .zip(&found)
        .filter(|(_, found)| !found.is_empty())
        .map(|(line, _)| line)
        .collect();
    let distinct: BTreeSet<String> = flagged.iter().flat_map(|line| words(line)).collect();
    let distinct: Vec<String> = distinct.into_iter().collect();
    let sentences: Vec<String> = distinct.iter().map(|word| format!("so, {word} it is")).collect();
    let alone = engine.find_all(&sentences);
    let literal: BTreeMap<&str, bool> = distinct
        .iter()
        .map(String::as_str)
        .zip(alone.iter().map(|found| !found.is_empty()))
        .collect();
    let explained = |line: &&&String| words(line).iter().any(|word| literal[word.as_str()]);
    let beyond = flagged.iter().filter(|line| !explained(line)).count();
    let of = |flagged: usize| Flags { lines: lines.len() as u64, flagged: flagged as u64 };
    (of(flagged.len()), of(beyond))
}

/// The runs of ASCII letters that no other letter touches, in lower case.
fn words(line: &str) -> Vec<String> {
    let runs = line.split(|c: char| !c.is_alphanumeric());
    let plain = runs.filter(|run| !run.is_empty() && run.bytes().all(|b| b.is_ascii_alphabetic()));
    plain.map(str::to_ascii_lowercase).collect()
}
