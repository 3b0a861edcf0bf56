//! Tokens that were changed, and how many of them are the same again when folded.

use crate::{field, percent, table};
use serde_json::Value;
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write;
use tamis_peers::pairs::{self, GROUPS};

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
    /// Tokens that lost characters: the others can be equal again.
    lost: usize,
    equal: [usize; WAYS.len()],
    /// Texts that do not have as many tokens as before.
    apart: usize,
}

/// Counts, by `group`, the tokens of `text` that differ from those of `plain`, and of those
/// that lost no characters the ones that are equal again.
pub fn measure(rows: &[Value], out: &mut String) -> Result<(), Box<dyn Error>> {
    let mut groups: BTreeMap<&str, Count> = BTreeMap::new();
    for row in rows {
        let (text, plain) = (field(row, "text")?, field(row, "plain")?);
        let count = groups.entry(field(row, "group")?).or_default();
        let Some(tokens) = pairs::changed(text, plain) else {
            count.apart += 1;
            continue;
        };
        for token in tokens {
            count.changed += 1;
            if token.has_lost_some() {
                count.lost += 1;
                continue;
            }
            for (equal, (_, undo)) in count.equal.iter_mut().zip(WAYS) {
                *equal += usize::from(token.is_equal(text, plain, undo));
            }
        }
    }
    let names: Vec<&str> = WAYS.iter().map(|(name, _)| *name).collect();
    let first = ["changed tokens", "that lost characters"];
    let columns = [first.as_slice(), names.as_slice(), &["texts left out"]].concat();
    table(out, "Look-alike pairs: changed tokens equal again, percent", "group", &columns);
    let mut all = Count::default();
    for (group, count) in &groups {
        row(out, group, count);
        if GROUPS.contains(group) {
            all.changed += count.changed;
            all.lost += count.lost;
            all.apart += count.apart;
            all.equal.iter_mut().zip(count.equal).for_each(|(sum, equal)| *sum += equal);
        }
    }
    row(out, "**all but typos**", &all);
    Ok(())
}

fn row(out: &mut String, group: &str, count: &Count) {
    let kept = count.changed - count.lost;
    let shares: Vec<String> = count.equal.iter().map(|&equal| percent(equal, kept)).collect();
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "| {group} | {} | {} | {} | {} |",
        count.changed,
        count.lost,
        shares.join(" | "),
        count.apart
    );
}
