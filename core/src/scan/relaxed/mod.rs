//! Undoing what writers do to slip through: walks propose, alignment decides,
//! the veto spares innocent words. What it all means: `docs/evasion.md`.

mod align;
pub(crate) mod costs;
mod edges;
mod gaps;
pub(super) mod masks;
mod odd;
mod seen;
pub(crate) mod shown;
mod state;
mod trie;
mod veto;
mod walk;
mod words;

pub(super) use align::{Bufs as AlignBufs, align};
pub(super) use seen::Seen;
pub(super) use veto::vetoes;
pub(super) use walk::Bufs as WalkBufs;

use crate::ruleset::tables::{Needle, Step, Tables};
use crate::spec::model::{Boundary, Level};
use crate::view::table;
use trie::Trie;
use walk::Walk;

/// The needles whose disguises are looked for, by level and by where they may begin.
#[derive(Debug, Default)]
pub(super) struct Tries {
    list: Vec<(Level, bool, Trie)>,
}

impl Tries {
    pub(super) fn new(tables: &Tables) -> Self {
        let mut list = Vec::new();
        for level in [Level::Fold, Level::Standard, Level::Strong] {
            for anywhere in [false, true] {
                let rows = tables.needles.list.iter().enumerate();
                let needles: Vec<u32> = rows
                    .filter(|(_, n)| {
                        n.relaxed && n.level == level && begins_anywhere(tables, n) == anywhere
                    })
                    .map(|(at, _)| at as u32)
                    .collect();
                let trie = Trie::new(tables, &needles);
                if !trie.is_empty() {
                    list.push((level, anywhere, trie));
                }
            }
        }
        Self { list }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Calls `propose(needle, unit)` for every needle that may begin, in disguise,
    /// at a unit: at those `known` by their first byte, or wherever something is odd. Stops when `bufs.work` goes beyond `limit`; false then.
    pub(super) fn propose(
        &self,
        seen: &Seen<'_>,
        lowest: Level,
        known: Option<&[u32]>,
        bufs: &mut WalkBufs,
        limit: u64,
        propose: &mut impl FnMut(u32, usize),
    ) -> bool {
        for (level, anywhere, trie) in self.list.iter().filter(|(level, ..)| *level >= lowest) {
            let walk = Walk { trie, level: *level, seen };
            let mut start = |start: usize| {
                if bufs.work <= limit {
                    walk.from(start, bufs, limit, &mut |needle| propose(needle, start));
                }
            };
            match known {
                Some(known) => {
                    let units = known.iter().map(|&raw| seen.view.unit_at_raw(raw));
                    units.for_each(&mut start);
                }
                None => odd::starts(seen, *level, *anywhere, &mut start),
            }
        }
        bufs.work <= limit
    }

    pub(super) fn memory_usage(&self) -> usize {
        self.list.iter().map(|(_, _, trie)| trie.memory_usage()).sum()
    }
}

/// True when a match of the needle may begin inside a word.
pub(super) fn begins_anywhere(tables: &Tables, needle: &Needle) -> bool {
    if needle.boundary == Boundary::Any {
        return true;
    }
    match tables.needles.steps(needle).first() {
        Some(Step::Symbol { symbol, .. }) => {
            let props = table::props(*symbol);
            !props.is_word() || props.script().is_unspaced()
        }
        Some(Step::Star) => true,
        _ => false,
    }
}
