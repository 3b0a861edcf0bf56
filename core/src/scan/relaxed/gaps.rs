//! Gaps between the letters of a word, and runs of equal letters.

use super::masks;
use super::seen::is_space;
use super::state::{State, WordState};
use crate::view::glyphs::{PUNCTUATION, is_one_of, mirrored};
use crate::view::props::{Class, ScriptKind};
use crate::view::unit::{Flags, Unit};
use std::ops::Range;

/// So many equal signs are a row.
const ROW: usize = 4;

/// An irregular gap is so long at most, in units.
pub(super) const IRREGULAR: usize = 8;

/// A gap of different signs that another one mirrors is so long at most: `>!`, `!<`.
pub(super) const MIRRORED: u32 = 3;

/// True for what may stand in a gap where it stands.
fn is_gap(units: &[Unit], at: usize) -> bool {
    units.get(at).is_some_and(|unit| {
        !unit.is_word() && !unit.has(Flags::APOSTROPHE) && !unit.has(Flags::BLANK_LINE)
            || unit.class == Class::Digit && is_digit_inside(units, at)
    })
}

/// So many digits between syllables are a gap; more are a number.
const DIGITS: usize = 2;

/// True for a digit, or one of two, directly between syllables of Hangul, as writers of
/// Korean part them: no word of theirs has digits inside.
fn is_digit_inside(units: &[Unit], at: usize) -> bool {
    let digit = |u: &&Unit| u.class == Class::Digit;
    let before = units[..at].iter().rev().take(DIGITS).take_while(digit).count();
    let behind = units[at + 1..].iter().take(DIGITS).take_while(digit).count();
    let hangul = |at: Option<usize>| {
        at.and_then(|at| units.get(at)).is_some_and(|u| u.script == ScriptKind::Hangul)
    };
    before + 1 + behind <= DIGITS
        && hangul((at - before).checked_sub(1))
        && hangul(Some(at + 1 + behind))
}

/// So many units are looked at in the time of one step.
pub(super) const LOOKS: usize = 8;

/// Where a gap behind `state` may end: when one was used before, at the end of the same;
/// unless gaps are `uniform`, also behind each of the first units, behind the first run
/// of equal ones, and before the next word. Gives the steps it took.
pub(super) fn ends(units: &[Unit], state: &State, uniform: bool, ends: &mut Vec<u32>) -> usize {
    let start = state.end as usize;
    if !may_start(units, start) {
        return 0;
    }
    if state.word.gaps > 0 {
        let (equal, mirrored) = (equal_end(units, state), mirrored_end(units, state));
        let mirrored = mirrored.filter(|_| equal.is_none());
        let same = equal.or(mirrored).filter(|&end| is_whole(units, end as usize));
        ends.extend(same);
        if uniform {
            return ends.len();
        }
    }
    let mut end = start;
    let mut runs = 0;
    while is_gap(units, end) {
        end += 1;
        let last = !is_gap(units, end);
        runs += usize::from(last || !splits(units, end));
        let near = last || runs == 1 || end - start <= IRREGULAR;
        if near && is_whole(units, end) && !ends.contains(&(end as u32)) {
            ends.push(end as u32);
        }
    }
    ends.len() + (end - start) / LOOKS
}

/// True when the place before unit `at` parts two equal signs.
fn splits(units: &[Unit], at: usize) -> bool {
    at > 0 && units.get(at).is_some_and(|u| u.symbol == units[at - 1].symbol)
}

/// True when a gap may begin at unit `start`: it parts no character, and no run of equal signs.
fn may_start(units: &[Unit], start: usize) -> bool {
    !units.get(start).is_some_and(Unit::is_inner) && !splits(units, start)
}

/// True when a gap may end before unit `end`: it takes whole characters, and the whole
/// of a run of equal signs.
fn is_whole(units: &[Unit], end: usize) -> bool {
    units.get(end).is_some_and(|u| !u.is_inner()) && !splits(units, end)
}

/// The end of the gap behind `state` that equals the one used before.
fn equal_end(units: &[Unit], state: &State) -> Option<u32> {
    let (from, to) = state.word.gap;
    let end = state.end + (to - from);
    let fits = (end as usize) < units.len() && equal(units, (from, to), (state.end, end));
    fits.then_some(end)
}

/// The end of the gap behind `state` that mirrors the one used before.
fn mirrored_end(units: &[Unit], state: &State) -> Option<u32> {
    let (from, to) = state.word.gap;
    let end = state.end + (to - from);
    let fits = (end as usize) < units.len() && mirrors(units, (from, to), (state.end, end));
    fits.then_some(end)
}

/// The same, or the end of any gap when none was used yet.
pub(super) fn same_end(units: &[Unit], state: &State) -> Option<u32> {
    let start = state.end as usize;
    if !may_start(units, start) {
        return None;
    }
    if state.word.gaps > 0 {
        return equal_end(units, state).filter(|&end| is_whole(units, end as usize));
    }
    let len = (start..units.len()).take_while(|&at| is_gap(units, at)).count();
    (len > 0).then_some((start + len) as u32)
}

/// True when both gaps hold the same symbols.
pub(super) fn equal(units: &[Unit], a: (u32, u32), b: (u32, u32)) -> bool {
    a.1 - a.0 == b.1 - b.0
        && b.1 as usize <= units.len()
        && (a.0..a.1).zip(b.0..b.1).all(|(a, b)| {
            let (a, b) = (a as usize, b as usize);
            units[a].symbol == units[b].symbol && is_gap(units, b)
        })
}

/// True when one gap faces the other from behind what stands between: `(` and `)`.
pub(super) fn mirrors(units: &[Unit], a: (u32, u32), b: (u32, u32)) -> bool {
    a.1 - a.0 == b.1 - b.0
        && b.1 as usize <= units.len()
        && (a.0..a.1).zip((b.0..b.1).rev()).all(|(a, b)| {
            let (a, b) = (a as usize, b as usize);
            mirrored(units[a].symbol) == units[b].symbol && is_gap(units, b)
        })
}

/// True when a gap, which others equal or mirror, may stand between any letters: one sign
/// or a run of it, digits, signs that face each other (`()`), or what stands on either side of
/// letters (`paired`); no white space.
pub(super) fn is_tight(units: &[Unit], gap: (u32, u32), paired: bool) -> bool {
    let signs = &units[gap.0 as usize..gap.1 as usize];
    let run = || signs.iter().all(|unit| unit.symbol == signs[0].symbol);
    let digits = || signs.iter().all(|unit| unit.class == Class::Digit);
    let faces = || gap.1 - gap.0 <= MIRRORED && (paired || mirrors(units, gap, gap));
    !signs.iter().any(is_space) && (faces() || run() || digits())
}

/// True when the gaps of a word may stand in one of two letters too: one sign or two equal
/// ones that hide letters elsewhere and do not end or call out what stands before.
pub(super) fn may_part_dense(units: &[Unit], word: &WordState) -> bool {
    let signs = &units[word.gap.0 as usize..word.gap.1 as usize];
    !word.paired
        && signs.len() <= 2
        && signs.iter().all(|unit| unit.symbol == signs[0].symbol)
        && !matches!(signs[0].symbol, '!' | '?')
        && masks::hides_at(units, word.gap.0 as usize)
}

/// True when the spelled-out run goes on directly behind `end`.
pub(super) fn goes_on(units: &[Unit], end: u32, gap: (u32, u32)) -> bool {
    let behind = (end, end + gap.1 - gap.0);
    equal(units, gap, behind) && single(units, behind.1 as usize).is_some()
}

/// True when the spelled-out run began directly before `start`.
pub(super) fn began(units: &[Unit], start: u32, gap: (u32, u32)) -> bool {
    let len = gap.1 - gap.0;
    let Some(from) = start.checked_sub(len) else { return false };
    from > 0 && equal(units, gap, (from, start)) && single(units, from as usize - 1).is_some()
}

/// The letter around `at`, if no other word unit stands beside it, nor an apostrophe that
/// joins it to one (`it's`); a syllable is one.
pub(super) fn single(units: &[Unit], at: usize) -> Option<(usize, usize)> {
    units.get(at).filter(|u| u.is_letter())?;
    let start = at - units[..=at].iter().rev().take_while(|u| u.is_attached()).count();
    let end = at + 1 + units[at + 1..].iter().take_while(|u| u.is_attached()).count();
    let joined = |u: &Unit| u.is_word() || u.has(Flags::JOINS_WORD);
    let beside = |at: Option<usize>| at.and_then(|at| units.get(at)).is_some_and(joined);
    (!beside(start.checked_sub(1)) && !beside(Some(end))).then_some((start, end))
}

/// True when the unit is a sign in a row of four or more of it, which mean something
/// of their own: `!!!!`, `?!?!`.
pub(super) fn is_in_row(units: &[Unit], at: usize) -> bool {
    let ends = |c: char| matches!(c, '!' | '?' | '.');
    let own = units[at].symbol;
    let same = |u: &&Unit| u.symbol == own || ends(u.symbol) && ends(own);
    let before = units[..at].iter().rev().take(ROW - 1).take_while(same).count();
    let behind = units[at + 1..].iter().take(ROW - 1).take_while(same).count();
    before + 1 + behind >= ROW && is_one_of(PUNCTUATION, units[at].symbol)
}

/// The letter that ends before `end`: one unit, or the units of a syllable.
pub(super) fn letter_before(units: &[Unit], end: usize) -> Option<Range<usize>> {
    if units.get(end).is_some_and(Unit::is_inner) {
        return None;
    }
    let mut start = end.checked_sub(1)?;
    while start > 0 && units[start].is_inner() {
        start -= 1;
    }
    Some(start..end)
}

/// The letter that ends before `end` with the vowel signs that belong to it: readers take both
/// for one.
pub(super) fn cluster_before(units: &[Unit], end: usize) -> Option<Range<usize>> {
    let sign = |unit: &Unit| unit.class == Class::VowelMark;
    if !sign(&units[end.checked_sub(1)?]) || units.get(end).is_some_and(Unit::is_attached) {
        return None;
    }
    let start = units[..end].iter().rposition(|unit| !unit.is_attached())?;
    units[start].is_letter().then_some(start..end)
}

/// True when a letter and the vowel signs that end at `at` stand there twice.
pub(super) fn is_cluster_twice(units: &[Unit], at: usize) -> bool {
    cluster_before(units, at + 1).is_some_and(|cluster| {
        let before = cluster.start.checked_sub(cluster.len());
        before.is_some_and(|before| is_letter(units, &(before..cluster.start), cluster.start))
    })
}

/// True when the same letter stands at `at`.
pub(super) fn is_letter(units: &[Unit], letter: &Range<usize>, at: usize) -> bool {
    let end = at + letter.len();
    end <= units.len()
        && units[letter.clone()].iter().zip(&units[at..end]).all(|(a, b)| a.symbol == b.symbol)
        && !units[at].is_inner()
        && !units.get(end).is_some_and(Unit::is_inner)
}

/// The run of equal letters around `letter`.
pub(super) fn run(units: &[Unit], letter: &Range<usize>) -> (usize, usize) {
    let len = letter.len();
    let (mut start, mut end) = (letter.start, letter.end);
    while start >= len && is_letter(units, letter, start - len) {
        start -= len;
    }
    while is_letter(units, letter, end) {
        end += len;
    }
    (start, end)
}

/// How many letters stand around `letter` that are it `again`, each behind the same gap.
pub(super) fn run_behind_gaps(
    units: &[Unit],
    letter: &Range<usize>,
    state: &State,
    again: &impl Fn(usize) -> Option<usize>,
) -> usize {
    let Some(end) = same_end(units, state) else { return 1 };
    let gap = (state.end, end);
    let width = (end - state.end) as usize;
    let mut run = 1;
    let mut at = letter.end;
    while equal(units, gap, (at as u32, (at + width) as u32))
        && let Some(len) = again(at + width)
    {
        run += 1;
        at += width + len;
    }
    let before = |end: usize| match letter.len() {
        1 => letter_before(units, end).map(|letter| letter.start),
        len => end.checked_sub(len),
    };
    let mut at = letter.start;
    while let Some(from) = at.checked_sub(width)
        && equal(units, gap, (from as u32, at as u32))
        && let Some(start) = before(from)
        && again(start) == Some(from - start)
    {
        run += 1;
        at = start;
    }
    run
}
