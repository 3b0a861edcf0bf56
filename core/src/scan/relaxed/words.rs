//! What the lexicon knows of words as a text shows them.

use crate::lexicon;
use crate::view::View;
use crate::view::unit::Flags;
use std::ops::Range;

/// True when the units are an ordinary word.
pub(super) fn is_word(view: &View, units: Range<usize>) -> bool {
    is_word_of(view, units)
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
