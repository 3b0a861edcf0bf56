//! Proposes needles by whole words: one probe a word, however long the list is.

use super::key;
use crate::ruleset::tables::Tables;
use crate::view::View;
use crate::view::boundary;
use crate::view::table;
use crate::view::unit::{Flags, Unit};
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::Hasher;

/// From the hash of a folded word to the needles that begin with it.
///
/// Different words may share a hash: the map proposes, the verifier decides.
#[derive(Debug, Default)]
pub(super) struct WordMap {
    by_hash: FxHashMap<u64, (u32, u32)>,
    needles: Vec<u32>,
    longest: usize,
}

impl WordMap {
    pub(super) fn new(tables: &Tables, needles: &[u32]) -> Self {
        let mut pairs = Vec::with_capacity(needles.len());
        let mut longest = 0;
        let mut word = Vec::new();
        for &needle in needles {
            let row = &tables.needles.list[needle as usize];
            key::first_words(tables, row, &mut word, |word| {
                longest = longest.max(word.len());
                pairs.push((hash(word.iter().copied()), needle));
            });
        }
        pairs.sort_unstable();
        pairs.dedup();
        let mut map = Self { longest, ..Self::default() };
        for run in pairs.chunk_by(|a, b| a.0 == b.0) {
            map.by_hash.insert(run[0].0, (map.needles.len() as u32, run.len() as u32));
            map.needles.extend(run.iter().map(|&(_, needle)| needle));
        }
        map
    }

    /// Calls `propose(needle, unit)` for every needle that may begin at a word.
    pub(super) fn propose(&self, view: &View, propose: &mut impl FnMut(u32, usize)) {
        if self.by_hash.is_empty() {
            return;
        }
        let units = &view.units;
        let mut at = 0;
        while at < units.len() {
            if !shows_word(&units[at]) {
                at += 1;
                continue;
            }
            let end = run_end(units, at);
            self.probe_run(units, at, end, propose);
            at = end;
        }
    }

    /// Probes a run of word units. Most runs are one word; in hashtags and where
    /// scripts change a word may end at any inner boundary.
    fn probe_run(
        &self,
        units: &[Unit],
        start: usize,
        end: usize,
        propose: &mut impl FnMut(u32, usize),
    ) {
        let mut from = start;
        while from < end {
            let mut hasher = FxHasher::default();
            let mut next = end;
            for at in from..end.min(from + self.longest) {
                hasher.write_u32(u32::from(units[at].symbol));
                if at + 1 == end || boundary::breaks(&units[at], &units[at + 1]) {
                    next = next.min(at + 1);
                    self.probe(hasher.finish(), from, propose);
                }
            }
            if next == end {
                // No boundary within the longest word: skip to the next one.
                next = (from + 1..end)
                    .find(|&i| boundary::breaks(&units[i - 1], &units[i]))
                    .unwrap_or(end);
            }
            from = next;
        }
    }

    fn probe(&self, hash: u64, at: usize, propose: &mut impl FnMut(u32, usize)) {
        if let Some(&(start, len)) = self.by_hash.get(&hash) {
            for &needle in &self.needles[start as usize..(start + len) as usize] {
                propose(needle, at);
            }
        }
    }

    pub(super) fn memory_usage(&self) -> usize {
        self.by_hash.capacity() * 17 + self.needles.capacity() * 4
    }
}

/// The end of the run of word units that begins at `start`.
fn run_end(units: &[Unit], start: usize) -> usize {
    units[start..].iter().position(|u| !shows_word(u)).map_or(units.len(), |len| start + len)
}

/// True for what may be found as a part of a word: also the letters of a sign such
/// as `™`, which is no letter itself.
fn shows_word(unit: &Unit) -> bool {
    unit.is_word() || unit.has(Flags::COMPAT) && table::props(unit.symbol).is_word()
}

pub(super) fn hash(symbols: impl Iterator<Item = char>) -> u64 {
    let mut hasher = FxHasher::default();
    symbols.for_each(|c| hasher.write_u32(u32::from(c)));
    hasher.finish()
}
