//! What the lexicon knows of words as a text shows them.

use super::disguised;
use crate::lexicon::{self, Languages};
use crate::view::View;
use crate::view::props::ScriptKind;
use crate::view::unit::Flags;
use std::ops::Range;

/// The frequency class of `is`, `we` and their like.
const COMMON: u8 = 12;

/// True when the units are an ordinary word.
pub(super) fn is_word(view: &View, units: Range<usize>) -> bool {
    is_word_of(view, units)
}

/// The languages in which the units are an ordinary word, none if it is no word at all; names
/// are words everywhere, and what has one capital, its first, may be one. Words of two letters
/// have to be frequent ones: nearly every pair of letters is an abbreviation somewhere. With
/// capitals in its midst a word is none in letters that are taken for others.
pub(super) fn ordinary_in(view: &View, units: Range<usize>) -> Languages {
    let short = units.len() <= 2;
    let known = lexicon::lookup(symbols(view, units.clone()));
    let known = known.filter(|entry| !short || entry.frequency >= COMMON);
    let word = &view.units[units.clone()];
    if word.iter().any(|u| u.script == ScriptKind::Cyrillic) && !disguised::is_cased_as_word(word) {
        return Languages::default();
    }
    let upper = |at: usize| view.units[at].has(Flags::UPPER);
    let named = upper(units.start) && !(units.start + 1..units.end).any(upper);
    match known.map(|entry| entry.languages) {
        Some(languages) if named || languages.intersects(Languages::NAMES) => Languages::EVERY,
        Some(languages) => languages,
        None => Languages::default(),
    }
}

/// The languages that know the units as a word.
pub(super) fn languages(view: &View, units: Range<usize>) -> Languages {
    let known = lexicon::lookup(units.map(|at| view.units[at].symbol));
    known.map_or(Languages::default(), |entry| entry.languages)
}

/// True when the units of these numbers, together, are an ordinary word.
pub(super) fn is_word_of(view: &View, units: impl Iterator<Item = usize>) -> bool {
    lexicon::is_word(symbols(view, units))
}

/// What the lexicon sees of units: all apostrophes are one to it.
fn symbols(view: &View, units: impl Iterator<Item = usize>) -> impl Iterator<Item = char> {
    units.map(|at| {
        let unit = &view.units[at];
        if unit.has(Flags::APOSTROPHE) { '\'' } else { unit.symbol }
    })
}
