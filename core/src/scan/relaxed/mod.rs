//! Undoing what writers do to slip through: walks propose, alignment decides,
//! the veto spares innocent words. What it all means: `docs/evasion.md`.

mod align;
pub(crate) mod costs;
mod disguised;
mod edges;
mod gaps;
mod hints;
mod latin;
pub(super) mod masks;
mod odd;
mod seen;
pub(crate) mod shown;
mod state;
mod tongues;
mod trie;
mod veto;
mod walk;
mod words;

pub(super) use align::{Bufs as AlignBufs, align};
pub use latin::latinize;
pub(super) use seen::{Seen, Whole};
pub(super) use tongues::Tongues;
pub(super) use veto::{guessed, vetoes};
pub(super) use walk::Bufs as WalkBufs;

use super::key;
use super::work::Work;
use crate::ruleset::tables::{Needle, Step, Tables};
use crate::spec::model::{Boundary, Level};
use crate::view::table;
use hints::{Hints, Ways};
use std::cell::Cell;
use trie::Trie;
use walk::Walk;

/// The needles whose disguises are looked for.
#[derive(Debug, Default)]
pub(super) struct Tries {
    list: Vec<Lookout>,
}

/// Needles of one level that are looked for alike.
#[derive(Debug)]
struct Lookout {
    level: Level,
    /// They may begin inside a word.
    anywhere: bool,
    trie: Trie,
    /// Where words that are not odd are worth a walk; without hints, all are.
    hints: Option<Hints>,
}

impl Lookout {
    fn new(tables: &Tables, level: Level, anywhere: bool, needles: &[u32], hinted: bool) -> Self {
        let mut trie = Trie::new(tables, needles);
        if level >= Level::Strong {
            trie.index_skips();
        }
        let hints = hinted.then(|| {
            let keys: Vec<_> =
                needles.iter().map(|&needle| key::first_run(tables, needle).collect()).collect();
            Hints::new(&trie, &keys)
        });
        Self { level, anywhere, trie, hints }
    }

    /// Walks from a unit, as far as what stands there makes it worthwhile.
    fn look(
        &self,
        seen: &Seen<'_>,
        start: usize,
        odd: bool,
        bufs: &mut WalkBufs,
        propose: &mut impl FnMut(u32),
    ) {
        let Self { level, ref trie, .. } = *self;
        let mut walk = |level, ways, bufs: &mut WalkBufs| {
            Walk { trie, level, ways, seen }.from(start, bufs, propose);
        };
        if level < Level::Strong {
            return walk(level, Ways::NONE, bufs);
        }
        let Some(ways) = self.hints.as_ref().and_then(|hints| hints.ways(trie, seen, start)) else {
            return walk(level, Ways::ALL, bufs);
        };
        if odd {
            walk(Level::Standard, Ways::NONE, bufs);
        }
        if ways.any() {
            walk(level, ways, bufs);
        }
    }
}

impl Tries {
    pub(super) fn new(tables: &Tables) -> Self {
        let mut list = Vec::new();
        for level in [Level::Fold, Level::Standard, Level::Strong] {
            for (anywhere, hinted) in [(false, true), (false, false), (true, false)] {
                let rows = tables.needles.list.iter().enumerate();
                let relaxed = rows.filter(|(_, n)| n.relaxed && n.level == level);
                let needles: Vec<u32> = relaxed
                    .filter(|(at, needle)| {
                        let begins_anywhere = begins_anywhere(tables, needle);
                        let fits = level >= Level::Strong
                            && !begins_anywhere
                            && hints::fits(tables, *at as u32);
                        begins_anywhere == anywhere && fits == hinted
                    })
                    .map(|(at, _)| at as u32)
                    .collect();
                if !needles.is_empty() {
                    list.push(Lookout::new(tables, level, anywhere, &needles, hinted));
                }
            }
        }
        list.retain(|lookout| !lookout.trie.is_empty());
        Self { list }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Calls `propose(needle, unit)` for every needle that may begin, in disguise,
    /// at a unit: at those `known` by their first byte, or wherever something is odd, where
    /// `bufs.work` allows. What is proposed takes `aligning`.
    pub(super) fn propose(
        &self,
        seen: &Seen<'_>,
        lowest: Level,
        known: Option<&[u32]>,
        bufs: &mut WalkBufs,
        aligning: &Cell<Work>,
        propose: &mut impl FnMut(u32, usize),
    ) {
        for lookout in self.list.iter().filter(|lookout| lookout.level >= lowest) {
            bufs.work.restart();
            Work::of(aligning, Work::restart);
            let mut start = |start: usize, odd: bool| {
                if bufs.work.allows(start) {
                    let mut give = |needle| propose(needle, start);
                    lookout.look(seen, start, odd, bufs, &mut give);
                }
            };
            if let Some(known) = known {
                let mut last = None;
                // They are in the order of the text.
                let units = known.iter().scan(0, |unit, &raw| {
                    *unit = seen.view.unit_at_raw_from(raw, *unit);
                    Some(*unit)
                });
                // Behind the last unit only what belongs to it may stand, as a skin tone does.
                let begins = |&unit: &usize| {
                    unit < seen.units().len()
                        && odd::may_begin(seen.units(), unit, lookout.anywhere)
                };
                // The bytes of one character are one place.
                let units = units.filter(|&unit| last.replace(unit) != Some(unit));
                units.filter(begins).for_each(|unit| start(unit, true));
            } else {
                let wants = |c| lookout.trie.has(c);
                odd::starts(seen, lookout.level, lookout.anywhere, &wants, &mut start);
            }
        }
    }

    /// Whether some needle is looked for at `strong`.
    pub(super) fn are_strong(&self) -> bool {
        self.list.iter().any(|lookout| lookout.level >= Level::Strong)
    }

    pub(super) fn memory_usage(&self) -> usize {
        let hints = |lookout: &Lookout| lookout.hints.as_ref().map_or(0, Hints::memory_usage);
        self.list.iter().map(|lookout| lookout.trie.memory_usage() + hints(lookout)).sum()
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
