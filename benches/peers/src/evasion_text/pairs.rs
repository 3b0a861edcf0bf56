//! Tokens that were changed, and how many of them are the same again when folded.

use crate::{field, percent, table};
use serde_json::Value;
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write;

/// What is tried on a token of a text.
type Undo = fn(&str, &str) -> String;

const WAYS: [(&str, Undo); 3] = [
    ("tamis fold", |token, _| tamis::fold(token)),
    ("tamis fold + latinize", tamis::latinize),
    ("decancer cure", |token, _| {
        decancer::cure(token, decancer::Options::default())
            .map_or_else(|_| token.to_owned(), |cured| cured.as_ref().to_owned())
    }),
];

/// What was counted of one kind of attack.
#[derive(Default)]
struct Count {
    changed: usize,
    equal: [usize; WAYS.len()],
    /// Texts that do not have as many tokens as before.
    apart: usize,
}

/// Counts, by `group`, the tokens of `text` that differ from those of `plain`, and how many of
/// them are equal to these when both are undone alike.
pub fn measure(rows: &[Value], out: &mut String) -> Result<(), Box<dyn Error>> {
    let mut groups: BTreeMap<&str, Count> = BTreeMap::new();
    for row in rows {
        let (text, plain) = (field(row, "text")?, field(row, "plain")?);
        let count = groups.entry(field(row, "group")?).or_default();
        let (tokens, meant): (Vec<_>, Vec<_>) =
            (text.split_whitespace().collect(), plain.split_whitespace().collect());
        if tokens.len() != meant.len() {
            count.apart += 1;
            continue;
        }
        for (token, meant) in tokens.into_iter().zip(meant).filter(|(token, meant)| token != meant)
        {
            count.changed += 1;
            for (equal, (_, undo)) in count.equal.iter_mut().zip(WAYS) {
                let same = word(&undo(token, text)) == word(&undo(meant, plain));
                *equal += usize::from(same);
            }
        }
    }
    let names: Vec<&str> = WAYS.iter().map(|(name, _)| *name).collect();
    let columns = [&["changed tokens"], names.as_slice(), &["texts left out"]].concat();
    table(out, "Look-alike pairs: changed tokens equal again, percent", "group", &columns);
    let mut all = Count::default();
    for (group, count) in &groups {
        row(out, group, count);
        if *group != "typos" {
            all.changed += count.changed;
            all.apart += count.apart;
            all.equal.iter_mut().zip(count.equal).for_each(|(sum, equal)| *sum += equal);
        }
    }
    row(out, "**all but typos**", &all);
    Ok(())
}

/// The letters and digits: the attack took signs out of many tokens, `@` and `#` first.
fn word(token: &str) -> String {
    token.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn row(out: &mut String, group: &str, count: &Count) {
    let shares: Vec<String> =
        count.equal.iter().map(|&equal| percent(equal, count.changed)).collect();
    // Writing to a string cannot fail.
    let _ =
        writeln!(out, "| {group} | {} | {} | {} |", count.changed, shares.join(" | "), count.apart);
}
