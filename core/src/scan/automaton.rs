//! Proposes the needles that no whole word announces: without boundaries, with
//! wildcards, in scripts without spaces, symbols and emoji.
//!
//! The only file that names the multi-literal crate.

use super::key::{self, Key};
use super::starts;
use crate::ruleset::tables::{Needles, Tables};
use crate::view::View;
use aho_corasick::{AhoCorasick, MatchKind};

/// An automaton over the first run of symbols of each needle.
#[derive(Debug, Default)]
pub(super) struct Automaton {
    search: Option<AhoCorasick>,
    /// By automaton pattern: a run of `entries`.
    runs: Vec<(u32, u32)>,
    entries: Vec<Entry>,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    needle: u32,
    /// Steps of the needle before its key.
    before: u32,
}

impl Automaton {
    pub(super) fn new(tables: &Tables, needles: &[u32]) -> Self {
        if needles.is_empty() {
            return Self::default();
        }
        let mut keyed: Vec<(String, Entry)> = needles
            .iter()
            .map(|&needle| {
                let row = &tables.needles.list[needle as usize];
                let Key { symbols, before } = key::key(tables, row);
                (symbols, Entry { needle, before })
            })
            .collect();
        keyed.sort_by(|a, b| (&a.0, a.1.needle).cmp(&(&b.0, b.1.needle)));
        let mut this = Self::default();
        let mut keys = Vec::new();
        for run in keyed.chunk_by(|a, b| a.0 == b.0) {
            this.runs.push((this.entries.len() as u32, run.len() as u32));
            this.entries.extend(run.iter().map(|(_, entry)| *entry));
            keys.push(run[0].0.as_str());
        }
        let search = AhoCorasick::builder().match_kind(MatchKind::Standard).build(&keys);
        this.search = Some(search.expect("fewer symbols than an automaton can number"));
        this
    }

    /// Calls `propose(needle, unit)` for every needle that may begin at a unit.
    pub(super) fn propose(
        &self,
        needles: &Needles,
        view: &View,
        propose: &mut impl FnMut(u32, usize),
    ) {
        let Some(search) = &self.search else { return };
        for found in search.find_overlapping_iter(&view.folded) {
            // A key of nothing, for a needle of signs alone, is found at the end too.
            let at = match found.start() {
                end if end == view.folded.len() => view.units.len(),
                start => view.unit_at_folded(start),
            };
            let (start, len) = self.runs[found.pattern().as_usize()];
            for entry in &self.entries[start as usize..(start + len) as usize] {
                if entry.before == 0 {
                    propose(entry.needle, at);
                } else {
                    let needle = &needles.list[entry.needle as usize];
                    let before = &needles.steps(needle)[..entry.before as usize];
                    for at in starts::starts(before, needle.level, view, at) {
                        propose(entry.needle, at);
                    }
                }
            }
        }
    }

    pub(super) fn memory_usage(&self) -> usize {
        self.search.as_ref().map_or(0, AhoCorasick::memory_usage)
            + self.runs.capacity() * 8
            + self.entries.capacity() * size_of::<Entry>()
    }
}
