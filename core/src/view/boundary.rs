//! Where a word may begin and end, by script (POLICY.md "Boundaries").

use super::props::{Class, ScriptKind};
use super::table;
use super::unit::{Flags, Unit};

/// True when a pattern may begin at `units[at]`, which its first symbol matched;
/// `letter` tells whether that symbol is a letter, mark or digit: the text may
/// show it in a sign such as `™`, which is none.
pub(crate) fn begins(units: &[Unit], at: usize, letter: bool) -> bool {
    let first = &units[at];
    if continues(first) {
        return false;
    }
    if at == 0 || first.script.is_unspaced() {
        return true;
    }
    let left = &units[at - 1];
    if first.is_word() {
        breaks(left, first)
    } else {
        !letter || !left.is_word() || left.script.is_unspaced()
    }
}

/// True when a pattern may end behind `units[end - 1]`, which its last symbol matched.
pub(crate) fn ends(units: &[Unit], end: usize, letter: bool) -> bool {
    let last = &units[end - 1];
    let Some(next) = units.get(end) else { return true };
    let is_word = last.is_word();
    // A vowel sign makes the letter before it another one, in unspaced scripts too.
    if continues(next) || (is_word || letter) && next.class == Class::VowelMark {
        return false;
    }
    if last.script.is_unspaced() || last.script == ScriptKind::Hangul {
        return true;
    }
    if is_word {
        breaks(last, next)
    } else {
        !letter || !next.is_word() || next.script.is_unspaced()
    }
}

/// True when a pattern without boundaries may begin at `units[at]`: anywhere but
/// inside a character.
pub(crate) fn may_begin_anywhere(units: &[Unit], at: usize) -> bool {
    !continues(&units[at])
}

/// The same for the end.
pub(crate) fn may_end_anywhere(units: &[Unit], end: usize) -> bool {
    units.get(end).is_none_or(|next| !continues(next))
}

/// True for the later symbols of a ligature, the later jamo of a syllable and
/// the later parts of a joined emoji.
fn continues(unit: &Unit) -> bool {
    unit.has(Flags::CONTINUES) || unit.has(Flags::IN_SYLLABLE) || unit.has(Flags::JOINED)
}

/// True when the place between two neighbouring units separates words.
#[inline]
pub(crate) fn breaks(left: &Unit, right: &Unit) -> bool {
    if !left.is_word() || !right.is_word() {
        return true;
    }
    // A vowel sign belongs to what is before it, whatever that is.
    if right.class == Class::VowelMark {
        return false;
    }
    if left.script.is_unspaced() != right.script.is_unspaced() {
        return true;
    }
    if left.has(Flags::IN_TAG) && right.has(Flags::IN_TAG) {
        let lower = !left.has(Flags::UPPER) && table::props(left.origin).is_cased();
        let to_upper = lower && right.has(Flags::UPPER);
        let to_digit = left.is_letter() && right.class == Class::Digit;
        return to_upper || to_digit;
    }
    false
}
