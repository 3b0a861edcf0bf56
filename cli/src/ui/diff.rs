//! The difference of two texts, as `diff -u` shows it, in colour.

use super::style::{BAD, DIM, GOOD, PLACE};
use similar::{ChangeTag, TextDiff};
use std::io::{self, Write};

/// Lines around a change.
const CONTEXT: usize = 3;

/// Writes the difference between the versions of the file `name`.
pub(crate) fn write(out: &mut impl Write, name: &str, old: &str, new: &str) -> io::Result<()> {
    let diff = TextDiff::from_lines(old, new);
    writeln!(out, "{DIM}--- {name}{DIM:#}")?;
    writeln!(out, "{DIM}+++ {name}{DIM:#}")?;
    for hunk in diff.unified_diff().context_radius(CONTEXT).iter_hunks() {
        writeln!(out, "{PLACE}{}{PLACE:#}", hunk.header())?;
        for change in hunk.iter_changes() {
            let (sign, style) = match change.tag() {
                ChangeTag::Delete => ('-', BAD),
                ChangeTag::Insert => ('+', GOOD),
                ChangeTag::Equal => {
                    writeln!(out, " {}", line(change.value()))?;
                    continue;
                }
            };
            writeln!(out, "{style}{sign}{}{style:#}", line(change.value()))?;
        }
    }
    Ok(())
}

/// A line without its break; a carriage return that comes or goes has to be seen.
fn line(text: &str) -> String {
    text.trim_end_matches('\n').replace('\r', "\\r")
}

/// The difference as `patch` takes it; nothing when there is none.
pub(crate) fn patch(name: &str, old: &str, new: &str) -> String {
    if old == new {
        return String::new();
    }
    let diff = TextDiff::from_lines(old, new);
    diff.unified_diff().context_radius(CONTEXT).header(name, name).to_string()
}
