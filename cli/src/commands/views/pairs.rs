//! `tamis views --pairs`: how many disguised words of a file come out as they were.

use crate::failure::{Exit, Failure, Run};
use crate::ui::table::{Cell, Table};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// A line of the file: a text, and the same before its letters were exchanged.
#[derive(Deserialize)]
struct Pair {
    text: String,
    plain: String,
    #[serde(default)]
    group: String,
}

/// The words of one group of pairs.
#[derive(Clone, Copy, Debug, Default, Serialize)]
struct Group {
    pairs: u64,
    /// Pairs whose texts have not the same number of words: nothing is compared.
    skipped: u64,
    /// Words that differ.
    changed: u64,
    /// Those of them that fold equal.
    folded: u64,
    /// Those that are equal once they are latinized as well.
    latinized: u64,
}

impl Group {
    fn add(&mut self, pair: &Pair) {
        self.pairs += 1;
        let tokens = |text| str::split_whitespace(text).collect::<Vec<_>>();
        let (text, plain) = (tokens(&pair.text), tokens(&pair.plain));
        if text.len() != plain.len() {
            self.skipped += 1;
            return;
        }
        for (token, was) in text.into_iter().zip(plain) {
            if same(token, was) {
                continue;
            }
            self.changed += 1;
            self.folded += u64::from(same(&tamis::fold(token), &tamis::fold(was)));
            let latin = tamis::latinize(token, &pair.text);
            self.latinized += u64::from(same(&latin, &tamis::latinize(was, &pair.plain)));
        }
    }

    fn plus(self, other: Self) -> Self {
        Self {
            pairs: self.pairs + other.pairs,
            skipped: self.skipped + other.skipped,
            changed: self.changed + other.changed,
            folded: self.folded + other.folded,
            latinized: self.latinized + other.latinized,
        }
    }
}

/// True when two words have the same letters and digits: signs beside them are no disguise.
fn same(a: &str, b: &str) -> bool {
    let letters = |word: &str| -> String { word.chars().filter(|c| c.is_alphanumeric()).collect() };
    letters(a) == letters(b)
}

/// Reads the pairs of `path` and prints what became of them.
pub(super) fn run(path: &Path, json: bool) -> Run {
    let groups = read(path)?;
    if groups.is_empty() {
        return Err(Failure::input(format!("{} has no pairs", path.display())));
    }
    if json {
        super::write_json(&groups)?;
        return Ok(Exit::Fine);
    }
    let mut table =
        Table::new(["group", "pairs", "skipped", "words changed", "fold %", "latinize %"]);
    let all = groups.values().fold(Group::default(), |all, group| all.plus(*group));
    let total = ("all".to_owned(), all);
    for (name, group) in groups.into_iter().chain([total]) {
        let share = |part: u64| {
            let share = part as f64 * 100.0 / group.changed.max(1) as f64;
            Cell::from(format!("{share:.1}"))
        };
        table.row(vec![
            Cell::from(name),
            Cell::from(group.pairs.to_string()),
            Cell::from(group.skipped.to_string()),
            Cell::from(group.changed.to_string()),
            share(group.folded),
            share(group.latinized),
        ]);
    }
    table.write(&mut anstream::stdout().lock())?;
    Ok(Exit::Fine)
}

fn read(path: &Path) -> Result<BTreeMap<String, Group>, Failure> {
    let file = std::fs::File::open(path).map_err(|error| Failure::read(path, &error))?;
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for (number, line) in BufReader::new(file).lines().enumerate() {
        let line = line.map_err(|error| Failure::read(path, &error))?;
        if line.trim().is_empty() {
            continue;
        }
        let pair: Pair = serde_json::from_str(&line).map_err(|error| {
            Failure::input(format!(
                "{}, line {}: a pair is an object with `text` and `plain`: {error}",
                path.display(),
                number + 1
            ))
        })?;
        groups.entry(pair.group.clone()).or_default().add(&pair);
    }
    Ok(groups)
}
