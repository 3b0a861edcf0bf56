//! What must stand beside a match with `boundary: word`.
//!
//! A boundary is required only at an end of the pattern that is a letter, mark
//! or digit; a wildcard at an end is none of these. The neighbour must not be a
//! letter or digit, with these exceptions (a sign such as `™` is no letter, unless
//! it shows a letter of the pattern):
//!
//! - an end in an unspaced script, or a neighbour in one, needs nothing;
//! - a right end in Hangul needs nothing;
//! - inside one hashtag or @name, a change from lower to upper case or from
//!   letter to digit is a boundary.
//!
//! Ignorable characters are skipped. Free marks are part of their unit; any
//! other mark behind the match makes its last letter another one.
//!
//! An emoji at an end must not be inside a joined sequence, nor a regional
//! indicator be split from the other half of its flag.

use super::align::{Edge, How, Text};
use super::chars;
use super::needle::is_letter;
use super::pattern::Symbol;
use super::units::Unit;
use std::ops::Range;
use tamis::spec::model::Level;

/// True when `pattern`, aligned by `edges`, may stand at the units `at`.
pub fn holds(pattern: &[Symbol], text: &Text<'_>, edges: &[Edge], at: Range<usize>) -> bool {
    if splits_flag(text, at.start) || splits_flag(text, at.end) {
        return false;
    }
    // A digit that is read as a letter is one: no word begins there in a hashtag.
    let reads_digit = edges.iter().find(|edge| !edge.units.is_empty()).is_some_and(|edge| {
        edge.how != How::Itself && chars::is_digit(text.units[edge.units.start].source)
    });
    let left = end(pattern.first()).is_none_or(|unit| {
        left_holds(unit, text, at.start)
            && !(reads_digit && at.start > 0 && changes_in_tag(text, at.start - 1, at.start))
    });
    let right = end(pattern.last()).is_none_or(|unit| {
        right_holds(unit, text, at.end) || ends_in_digits(pattern, text, at.end)
    });
    left && right
}

/// From `standard` on: digits that end the word may follow a letter.
fn ends_in_digits(pattern: &[Symbol], text: &Text<'_>, stop: usize) -> bool {
    let digits = text.units[stop..].iter().take_while(|u| chars::is_digit(u.source)).count();
    let behind = text.units.get(stop + digits);
    text.level >= Level::Standard
        && !text.literal
        && pattern.last().is_some_and(is_letter)
        && digits > 0
        && behind.is_none_or(|u| {
            !chars::is_mark(u.source) && (!continues_word(u) || chars::is_unspaced(u.source))
        })
}

/// The same for what a regex found: its own first and last units are the ends.
pub fn holds_for_units(text: &Text<'_>, at: Range<usize>) -> bool {
    // Nor does a match cut a syllable, or a joined sequence beside its joiner.
    let cuts = |at: usize| {
        let before = at.checked_sub(1).map(|i| &text.units[i]);
        let behind = text.units.get(at);
        before.is_some_and(|u| u.joiner) || behind.is_some_and(|u| u.joiner || !u.opens)
    };
    !cuts(at.start)
        && !cuts(at.end)
        && left_holds(&text.units[at.start], text, at.start)
        && right_holds(&text.units[at.end - 1], text, at.end)
}

fn end(symbol: Option<&Symbol>) -> Option<&Unit> {
    match symbol {
        Some(Symbol::Unit(unit)) => Some(unit),
        _ => None,
    }
}

/// What holds with `boundary: any` too: an emoji is not cut out of a joined
/// sequence, nor a flag into halves.
pub fn holds_anywhere(pattern: &[Symbol], text: &Text<'_>, at: Range<usize>) -> bool {
    let emoji = |symbol| end(symbol).filter(|unit| chars::is_emoji(unit.symbol));
    !splits_flag(text, at.start)
        && !splits_flag(text, at.end)
        && emoji(pattern.first()).is_none_or(|unit| left_holds(unit, text, at.start))
        && emoji(pattern.last()).is_none_or(|unit| right_holds(unit, text, at.end))
}

fn left_holds(end: &Unit, text: &Text<'_>, start: usize) -> bool {
    let Some(neighbour) = (0..start).rev().find(|&i| !text.units[i].is_ignorable()) else {
        return true;
    };
    let unit = &text.units[neighbour];
    if chars::is_emoji(end.symbol) {
        return !unit.joiner && !splits_flag(text, start);
    }
    let needed = continues_word(end) || continues_word(&text.units[start]);
    !needed
        || !continues_word(unit)
        || chars::is_unspaced(end.symbol)
        || chars::is_unspaced(unit.source) && !chars::is_mark(text.units[start].source)
        || changes_in_tag(text, neighbour, start)
}

fn right_holds(end: &Unit, text: &Text<'_>, stop: usize) -> bool {
    let Some(neighbour) = (stop..text.units.len()).find(|&i| !text.units[i].is_ignorable()) else {
        return true;
    };
    let unit = &text.units[neighbour];
    if chars::is_emoji(end.symbol) {
        return !unit.joiner && !splits_flag(text, stop);
    }
    let needed = continues_word(end) || continues_word(&text.units[stop - 1]);
    if needed && chars::is_mark(unit.source) {
        return false;
    }
    !needed
        || !continues_word(unit)
        || chars::is_unspaced(end.symbol)
        || chars::is_hangul(end.symbol)
        || chars::is_unspaced(unit.source)
        || changes_in_tag(text, stop - 1, neighbour)
}

/// True for a letter, a digit, and a mark that is a letter of its script.
pub fn continues_word(unit: &Unit) -> bool {
    chars::is_word(unit.source) || chars::is_mark(unit.source) && !chars::is_free_mark(unit.source)
}

/// True when an odd number of regional indicators ends before unit `at`, and
/// one follows, with nothing between: flags are pairs, from the left.
fn splits_flag(text: &Text<'_>, at: usize) -> bool {
    let is_half = |unit: &Unit| chars::is_regional_indicator(unit.symbol);
    let halves = |i: &usize| {
        let behind = text.units.get(i + 1);
        let touches = behind.is_some_and(|b| is_half(b) && b.start == text.units[*i].end);
        is_half(&text.units[*i]) && touches
    };
    (0..at).rev().take_while(halves).count() % 2 == 1
}

/// For each unit, the number of the hashtag or @name it is in.
///
/// One begins with `#` or `@` that no letter or digit stands before, and goes on
/// over letters, digits, marks and `_`.
pub fn tags(units: &[Unit]) -> Vec<Option<usize>> {
    let mut tags = vec![None; units.len()];
    let mut current = None;
    let mut before_is_word = false;
    for (i, unit) in units.iter().enumerate() {
        if unit.is_ignorable() {
            tags[i] = current;
            continue;
        }
        let c = unit.source;
        let word = continues_word(unit);
        if chars::is_tag_sign(c) && !before_is_word {
            current = Some(i);
        } else if !(word || chars::is_low_line(c)) {
            current = None;
        }
        tags[i] = current;
        before_is_word = word;
    }
    tags
}

/// True when the unit `right` begins a word after the unit `left` in one tag.
pub fn changes_in_tag(text: &Text<'_>, left: usize, right: usize) -> bool {
    let (a, b) = (text.units[left].source, text.units[right].source);
    let lower_to_upper = chars::is_lower(a) && chars::is_upper(b);
    let letter = chars::is_letter(a) || chars::is_mark(a) && !chars::is_free_mark(a);
    let letter_to_digit = letter && chars::is_digit(b);
    text.tags[left].is_some()
        && text.tags[left] == text.tags[right]
        && (lower_to_upper || letter_to_digit)
}
