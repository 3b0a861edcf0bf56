//! The first letters of needles with a wildcard behind them: nearly all words begin otherwise.

use super::masks::Block;
use super::words::{Bitmap, Key};
use crate::ruleset::tables::{Step, Tables};

/// So many letters are looked at.
const LETTERS: usize = 3;

#[derive(Debug, Default)]
pub(super) struct Beginnings {
    seen: Bitmap,
    /// Some needle has fewer letters than these at its beginning, or others.
    others: bool,
    some: bool,
}

impl Beginnings {
    pub(super) fn new(tables: &Tables, needles: &[u32]) -> Self {
        let keys: Vec<Option<Key>> = needles.iter().map(|&needle| key(tables, needle)).collect();
        Self {
            seen: Bitmap::new(keys.len(), keys.iter().copied().flatten()),
            others: keys.contains(&None),
            some: !keys.is_empty(),
        }
    }

    /// Whether a needle may begin with the word at `start` of a block, which is one of `letters`.
    #[inline(always)]
    pub(super) fn may_begin(&self, block: &Block, start: usize, letters: u64) -> bool {
        let long = letters >> start & letters >> start >> 1 & letters >> start >> 2 & 1 != 0;
        let seen = || long && self.seen.may_have(Key::in_block(block, start, LETTERS));
        self.some && (self.others || seen())
    }

    pub(super) fn memory_usage(&self) -> usize {
        self.seen.memory_usage()
    }
}

/// The key of a needle's first letters, if nothing else stands among them.
fn key(tables: &Tables, needle: u32) -> Option<Key> {
    let steps = tables.needles.steps(&tables.needles.list[needle as usize]);
    let symbols = steps.get(..LETTERS)?.iter().map(|step| match step {
        Step::Symbol { symbol, .. } => Some(*symbol),
        _ => None,
    });
    Key::of(&symbols.collect::<Option<Vec<char>>>()?)
}
