//! What the lexicon knows of words as a text shows them.

use crate::lexicon::{self, Languages};
use crate::view::View;
use crate::view::unit::Flags;
use std::ops::Range;

/// The frequency class of `is`, `we` and their like.
const COMMON: u8 = 12;

/// True when the units are an ordinary word.
pub(super) fn is_word(view: &View, units: Range<usize>) -> bool {
    is_word_of(view, units)
}

/// As [`is_word`], but words of two letters have to be frequent ones: nearly every
/// pair of letters is an abbreviation somewhere.
pub(super) fn is_common_word(view: &View, units: Range<usize>) -> bool {
    if units.len() > 2 {
        return is_word(view, units);
    }
    let known = lexicon::lookup(units.map(|at| view.units[at].symbol));
    known.is_some_and(|entry| entry.frequency >= COMMON)
}

/// The languages that know the units as a word.
pub(super) fn languages(view: &View, units: Range<usize>) -> Languages {
    let known = lexicon::lookup(units.map(|at| view.units[at].symbol));
    known.map_or(Languages::default(), |entry| entry.languages)
}

/// True when the units of these numbers, together, are an ordinary word.
pub(super) fn is_word_of(view: &View, units: impl Iterator<Item = usize>) -> bool {
    // All apostrophes are one to the lexicon.
    let symbol = |at: usize| {
        let unit = &view.units[at];
        if unit.has(Flags::APOSTROPHE) { '\'' } else { unit.symbol }
    };
    lexicon::is_word(units.map(symbol))
}
