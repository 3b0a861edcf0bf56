//! How many lines of a corpus the English pack flags at each evasion level: what undoing
//! disguises costs on ordinary text, by language, and what it gains on a list of attacks.
//!
//! `cargo run --release -p tamis-benches --bin flags -- FILE…`, files of JSON Lines with `text` and
//! `lang`.

use serde_json::Value;
use std::collections::BTreeMap;
use std::error::Error;
use std::io::{self, Write};
use tamis::{Input, Ruleset};

const LEVELS: [&str; 4] = ["exact", "fold", "standard", "strong"];

/// The pack with all its patterns at one level.
fn pack(level: &str) -> Ruleset {
    let policy = format!(
        "policy: flags\nversion: '1'\nextends: [pack:profanity-en]\n\
         override:\n  profanity_en.*: {{ evasion: {level} }}\n"
    );
    policy.parse().unwrap_or_else(|error| panic!("{error}"))
}

/// Lines of one language, and how many of them each level flags.
#[derive(Clone, Copy, Default)]
struct Count {
    lines: u64,
    flagged: [u64; LEVELS.len()],
}

impl Count {
    fn add(&mut self, flagged: [bool; LEVELS.len()]) {
        self.lines += 1;
        for (count, flagged) in self.flagged.iter_mut().zip(flagged) {
            *count += u64::from(flagged);
        }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let files: Vec<String> = std::env::args().skip(1).collect();
    if files.is_empty() {
        return Err("usage: flags FILE…".into());
    }
    let packs = LEVELS.map(pack);
    let mut out = io::stdout().lock();
    let over = "over exact per 1,000: standard\tstrong";
    writeln!(out, "file\tlang\tlines\t{}\t{over}", LEVELS.join("\t"))?;
    for path in files {
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
        let name = path.rsplit('/').next().unwrap_or(&path);
        for (lang, count) in counts(&packs, &text)? {
            let Count { lines, flagged: [exact, fold, standard, strong] } = count;
            let over =
                |flagged: u64| (flagged as f64 - exact as f64) * 1000.0 / lines.max(1) as f64;
            let (more, most) = (over(standard), over(strong));
            writeln!(
                out,
                "{name}\t{lang}\t{lines}\t{exact}\t{fold}\t{standard}\t{strong}\t{more:.2}\t{most:.2}"
            )?;
        }
    }
    Ok(())
}

/// What the packs flag in a corpus, by language and in all.
fn counts(
    packs: &[Ruleset; LEVELS.len()],
    text: &str,
) -> Result<BTreeMap<String, Count>, serde_json::Error> {
    let mut counts: BTreeMap<String, Count> = BTreeMap::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let row: Value = serde_json::from_str(line)?;
        let input = Input::new(row["text"].as_str().unwrap_or_default());
        let flags = |pack: &Ruleset| !pack.classify(&input).as_ref().fired().is_empty();
        let flagged = [0, 1, 2, 3].map(|at: usize| flags(&packs[at]));
        let lang = row["lang"].as_str().unwrap_or("?").to_owned();
        counts.entry(lang).or_default().add(flagged);
        counts.entry("all".to_owned()).or_default().add(flagged);
    }
    Ok(counts)
}
