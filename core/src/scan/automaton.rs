//! Proposes the needles that no whole word announces: without boundaries, with
//! wildcards, in scripts without spaces, symbols and emoji.
//!
//! The only file that names the multi-literal crate.

use super::key::{self, Key};
use crate::ruleset::tables::Tables;
use crate::view::View;
use crate::view::boundary;
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
    after_star: bool,
    lead: u8,
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
                let Key { symbols, after_star, lead } = key::key(tables, row);
                (symbols, Entry { needle, after_star, lead })
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
    pub(super) fn propose(&self, view: &View, propose: &mut impl FnMut(u32, usize)) {
        let Some(search) = &self.search else { return };
        for found in search.find_overlapping_iter(&view.folded) {
            let at = view.unit_at_folded(found.start());
            let (start, len) = self.runs[found.pattern().as_usize()];
            for entry in &self.entries[start as usize..(start + len) as usize] {
                if let Some(at) = entry.start(view, at) {
                    propose(entry.needle, at);
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

impl Entry {
    /// Where the needle begins when its key was found at unit `at`.
    fn start(self, view: &View, at: usize) -> Option<usize> {
        let at = at.checked_sub(usize::from(self.lead))?;
        if !self.after_star {
            return Some(at);
        }
        // A leading `*` takes as many letters as it can.
        let mut start = None;
        for from in super::verify::star_starts(&view.units, at) {
            if boundary::may_begin_anywhere(&view.units, from) {
                start = Some(from);
            }
        }
        start
    }
}
