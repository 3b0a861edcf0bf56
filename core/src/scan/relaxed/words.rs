//! What the lexicon knows of words as a text shows them.

use crate::view::View;
use std::ops::Range;

/// True when the units are an ordinary word.
pub(super) fn is_word(view: &View, units: Range<usize>) -> bool {
    is_word_of(view, units)
}

/// True when the units of these numbers, together, are an ordinary word.
pub(super) fn is_word_of(_view: &View, _units: impl Iterator<Item = usize>) -> bool {
    false
}
