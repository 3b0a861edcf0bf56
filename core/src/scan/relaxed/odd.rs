//! Where a text is odd enough that something could be disguised there.
//!
//! Elsewhere every word can only be what it is, and is found by one probe.

use super::edges;
use super::gaps;
use super::masks;
use super::seen::{Seen, is_space};
use crate::spec::model::Level;
use crate::view::boundary;
use crate::view::unit::Unit;
use std::ops::Range;

/// Calls `start` for each unit at which a disguised needle may begin: at word
/// beginnings, or anywhere when `anywhere`; with whether something odd stands there: what
/// may be read as letters that are wanted.
/// At `strong` slips of the pen may be anywhere, and places that are not odd are told too.
pub(super) fn starts(
    seen: &Seen<'_>,
    level: Level,
    anywhere: bool,
    wants: &impl Fn(char) -> bool,
    start: &mut impl FnMut(usize, bool),
) {
    let units = seen.units();
    let mut at = 0;
    while at < units.len() {
        if is_space(&units[at]) {
            at += 1;
            continue;
        }
        let len = units[at..].iter().position(is_space).unwrap_or(units.len() - at);
        let chunk = at..at + len;
        let shown = without_ending(units, chunk.clone());
        let odd = is_odd(seen, shown.clone(), level.min(Level::Standard), wants);
        let everywhere = level >= Level::Strong;
        for place in chunk.clone() {
            // Of a spelled-out word the first letter may stand at the end of a chunk.
            let last = level >= Level::Standard && letter_end(units, place) == shown.end;
            if (odd || last || everywhere) && may_begin(units, place, anywhere) {
                start(place, odd || last);
            }
        }
        at += len;
    }
}

/// The chunk without the signs that end phrases and sentences: behind a word they
/// hide nothing, being neither the last letter nor a gap to the next word.
fn without_ending(units: &[Unit], chunk: Range<usize>) -> Range<usize> {
    let ends = |u: &&Unit| matches!(u.symbol, '.' | ',' | ';' | ':' | '?' | '!' | '"' | '”' | ')');
    let ending = units[chunk.clone()].iter().rev().take_while(ends).count();
    if ending == chunk.len() { chunk } else { chunk.start..chunk.end - ending }
}

/// Where the letter at `at` ends with its vowel signs; a syllable is one.
fn letter_end(units: &[Unit], at: usize) -> usize {
    at + 1 + units[at + 1..].iter().take_while(|u| u.is_attached()).count()
}

/// True for a syllable of several units that stands at `at` twice.
fn is_syllable_twice(units: &[Unit], at: usize) -> bool {
    let end = at + 1 + units[at + 1..].iter().take_while(|u| u.is_inner()).count();
    end > at + 1 && !units[at].is_inner() && gaps::is_letter(units, &(at..end), end)
}

/// True for a letter beside which, in its chunk, no word goes on: scripts may change.
fn stands_alone(units: &[Unit], at: usize) -> bool {
    let end = letter_end(units, at);
    let begins = at == 0 || boundary::breaks(&units[at - 1], &units[at]);
    let ends = units.get(end).is_none_or(|next| boundary::breaks(&units[end - 1], next));
    !units[at].is_inner() && begins && ends
}

/// True where a disguised needle may begin, or only a letter of a word.
pub(super) fn may_begin(units: &[Unit], at: usize, anywhere: bool) -> bool {
    if !boundary::may_begin_anywhere(units, at) {
        return false;
    }
    if anywhere {
        // Within a run the cheapest match begins near its end.
        let letter = at..at + 1;
        return !(1..=4).all(|n| gaps::is_letter(units, &letter, at + n))
            || at == 0
            || units[at - 1].symbol != units[at].symbol;
    }
    boundary::begins(units, at, true) || boundary::begins(units, at, false)
}

/// True when the chunk of characters without white space can be read otherwise
/// than as written, as something with letters that are wanted.
pub(super) fn is_odd(
    seen: &Seen<'_>,
    chunk: Range<usize>,
    level: Level,
    wants: &impl Fn(char) -> bool,
) -> bool {
    let units = &seen.units()[chunk.clone()];
    if level >= Level::Strong {
        return true;
    }
    if level >= Level::Standard {
        let other = units.iter().any(|u| !u.is_letter());
        let lone = (0..units.len()).any(|at| {
            stands_alone(units, at)
                || units[at].is_letter() && masks::is_mask(units, at)
                || is_syllable_twice(units, at)
                || gaps::is_cluster_twice(units, at)
        });
        // A lone letter may be spelled out over several chunks; anything but
        // letters may stand for one; a letter may be repeated.
        if other || lone || units.windows(2).any(|w| w[0].symbol == w[1].symbol) {
            return true;
        }
    }
    chunk.into_iter().any(|at| {
        // Case and marks alone are read by the plain way.
        edges::has_reading(seen, at, level, wants)
    })
}
