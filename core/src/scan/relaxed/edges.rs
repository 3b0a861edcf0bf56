//! As what letters a place of a text can be read: shared by the walk that
//! proposes and the alignment that decides, so that they cannot diverge.

use super::gaps;
use super::seen::Seen;
use crate::spec::model::Level;
use crate::verdict::Kinds;
use crate::view::glyphs::{self, TURNED};
use crate::view::props::Class;
use crate::view::reading::ReadingKind;
use crate::view::table;
use crate::view::unit::{Flags, Unit};

/// Some units of a text read as letters they are not.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge<'t> {
    /// How many units are read.
    pub(super) units: usize,
    /// What they are read as.
    pub(super) letters: Letters<'t>,
    /// Why.
    pub(super) kind: Kinds,
    /// A digit is read as a letter.
    pub(super) digit: bool,
    /// What is read is a letter itself.
    pub(super) letter: bool,
}

impl Edge<'_> {
    /// True when the code point at `at` is read as one letter by what it is, not by its sound.
    pub(super) fn is_one_for_one(&self, units: &[Unit], at: usize) -> bool {
        self.kind != Kinds::PHONETIC
            && self.letters.count() == 1
            && self.units == code_point(units, at)
    }
}

/// The letters of an edge.
#[derive(Clone, Copy, Debug)]
pub(super) enum Letters<'t> {
    One(char),
    Many(&'t [char]),
    Text(&'t str),
}

impl Letters<'_> {
    pub(super) fn for_each(self, mut f: impl FnMut(char) -> bool) -> bool {
        match self {
            Letters::One(c) => f(c),
            Letters::Many(list) => list.iter().all(|&c| f(c)),
            Letters::Text(text) => text.chars().all(f),
        }
    }

    pub(super) fn count(self) -> usize {
        match self {
            Letters::One(_) => 1,
            Letters::Many(list) => list.len(),
            Letters::Text(text) => text.chars().count(),
        }
    }
}

/// Calls `take` for every reading at `at` that `level` undoes and whose first letter is
/// wanted; what the unit is itself, masks and slips of the pen are not among them.
pub(super) fn edges(
    seen: &Seen<'_>,
    at: usize,
    level: Level,
    wants: &impl Fn(char) -> bool,
    take: &mut impl FnMut(Edge<'_>),
) {
    let units = seen.units();
    let unit = &units[at];
    if !unit.has(Flags::CONTINUES) {
        readings(seen, at, level, wants, take);
    }
    if level >= Level::Standard && !unit.is_letter() || matches!(unit.symbol, 'v' | 'l') {
        drawn(units, at, level, wants, take);
    }
    if level >= Level::Strong && unit.is_letter() {
        phonetic(units, at, wants, take);
        turned(seen, at, wants, take);
    }
}

/// True for an ASCII letter that the eye takes for another because of the case of
/// its neighbours: `kiIl`, `KlLL`.
fn is_misread(units: &[Unit], at: usize) -> bool {
    let upper = units[at].has(Flags::UPPER);
    let before = at.checked_sub(1).map(|i| &units[i]).filter(|u| u.is_letter());
    let beside = [before, units.get(at + 1).filter(|u| u.is_letter())];
    let mut letters = beside.into_iter().flatten().peekable();
    letters.peek().is_some() && letters.all(|u| u.has(Flags::UPPER) != upper)
}

/// How many units the code point at `at` made.
pub(super) fn code_point(units: &[Unit], at: usize) -> usize {
    1 + units[at + 1..].iter().take_while(|u| u.has(Flags::CONTINUES)).count()
}

fn readings(
    seen: &Seen<'_>,
    at: usize,
    level: Level,
    wants: &impl Fn(char) -> bool,
    take: &mut impl FnMut(Edge<'_>),
) {
    let units = seen.units();
    let unit = &units[at];
    let readings = table::readings(unit.origin);
    if readings.len() == 0 {
        return;
    }
    let mut readings = readings.filter(|reading| wants(reading.symbols()[0])).peekable();
    if readings.peek().is_none() || gaps::is_in_row(units, at) || is_in_picture(units, at) {
        return;
    }
    let len = code_point(units, at);
    for reading in readings {
        let (kind, lowest) = match reading.kind() {
            ReadingKind::Styled => (Kinds::FORMS, Level::Fold),
            ReadingKind::Variant => (Kinds::MARKS, Level::Fold),
            // `l` for `i`: too near to ordinary misreading for `fold`.
            ReadingKind::LookAlike
                if unit.origin.is_ascii_alphabetic() && reading.symbols()[0].is_ascii() =>
            {
                (Kinds::LOOKALIKE, Level::Standard)
            }
            ReadingKind::LookAlike => (Kinds::LOOKALIKE, Level::Fold),
            ReadingKind::Turned => (Kinds::TURNED, Level::Strong),
            // Tag characters have a view of their own.
            ReadingKind::Hidden => continue,
            ReadingKind::Leet => (Kinds::LEET, Level::Standard),
        };
        if level < lowest
            || reading.kind() == ReadingKind::LookAlike && !seen.opens_gate(at, reading.target())
            || lowest == Level::Standard && kind == Kinds::LOOKALIKE && !is_misread(units, at)
        {
            continue;
        }
        take(Edge {
            units: len,
            letters: Letters::Many(reading.symbols()),
            kind,
            digit: unit.class == Class::Digit
                && kind.is_subset(Kinds::LEET.union(Kinds::LOOKALIKE)),
            letter: kind == Kinds::FORMS || unit.is_letter() && kind != Kinds::LEET,
        });
    }
}

/// So many cells of Braille on either side tell whether they are letters.
const CELLS: usize = 8;

/// True for a cell of Braille beside others that are no letters: a picture is made of them.
fn is_in_picture(units: &[Unit], at: usize) -> bool {
    let is_cell = |unit: &&Unit| matches!(unit.origin, '\u{2800}'..='\u{28FF}');
    let is_dots =
        |unit: &Unit| unit.origin != '\u{2800}' && table::readings(unit.origin).len() == 0;
    if !is_cell(&&units[at]) {
        return false;
    }
    let before = units[..at].iter().rev().take(CELLS).take_while(is_cell);
    let behind = units[at + 1..].iter().take(CELLS).take_while(is_cell);
    before.chain(behind).any(is_dots)
}

fn drawn(
    units: &[Unit],
    at: usize,
    level: Level,
    wants: &impl Fn(char) -> bool,
    take: &mut impl FnMut(Edge<'_>),
) {
    let wanted = |&(_, letter): &(&str, char)| wants(letter);
    let Some(second) = units.get(at + 1) else { return };
    let mut drawn = glyphs::glyphs_of(units[at].symbol, second.symbol).filter(wanted).peekable();
    if level < Level::Standard || drawn.peek().is_none() || gaps::is_in_row(units, at) {
        return;
    }
    for (text, letter) in drawn {
        let Some(len) = glyph(units, at, text) else { continue };
        take(Edge {
            units: len,
            letters: Letters::One(letter),
            kind: Kinds::LEET,
            digit: false,
            letter: false,
        });
    }
}

/// `n` for `u`, where other letters of the word are upside down.
fn turned(
    seen: &Seen<'_>,
    at: usize,
    wants: &impl Fn(char) -> bool,
    take: &mut impl FnMut(Edge<'_>),
) {
    let unit = &seen.units()[at];
    let Some(&(_, letter)) = TURNED.iter().find(|(from, _)| *from == unit.symbol) else { return };
    if wants(letter) && seen.is_turned(at) {
        take(Edge {
            units: 1,
            letters: Letters::One(letter),
            kind: Kinds::TURNED,
            digit: false,
            letter: true,
        });
    }
}

fn phonetic(
    units: &[Unit],
    at: usize,
    wants: &impl Fn(char) -> bool,
    take: &mut impl FnMut(Edge<'_>),
) {
    for (text, sound) in glyphs::sounds(units[at].symbol) {
        if !sound.chars().next().is_some_and(wants) {
            continue;
        }
        let Some(len) = spells(units, at, text) else { continue };
        take(Edge {
            units: len,
            letters: Letters::Text(sound),
            kind: Kinds::PHONETIC,
            digit: false,
            letter: true,
        });
    }
}

/// How many units spell `text` from `at` on, nothing visible between; marks may be on them.
fn spells(units: &[Unit], at: usize, text: &str) -> Option<usize> {
    each_is(units, at, text, |unit, c| unit.symbol == c)
}

/// How many units draw the glyph `text` from `at` on, without marks.
fn glyph(units: &[Unit], at: usize, text: &str) -> Option<usize> {
    let draws = |unit: &Unit, c| unit.mark_count == 0 && glyphs::draws(text, c, unit.symbol);
    let len = each_is(units, at, text, draws)?;
    // Letters and digits alone are words, though some have strokes: `Hello` is no `help`.
    let shows = text == "vv" || !units[at..at + len].iter().all(Unit::is_word);
    shows.then_some(len)
}

fn each_is(
    units: &[Unit],
    at: usize,
    text: &str,
    is: impl Fn(&Unit, char) -> bool,
) -> Option<usize> {
    let mut len = 0;
    for c in text.chars() {
        let unit = units.get(at + len)?;
        if !is(unit, c) || unit.has(Flags::CONTINUES) {
            return None;
        }
        len += 1;
    }
    Some(len)
}

/// What was undone to show a unit where it is, its form and its marks aside; `inside` a
/// match what stood before it counts too. The first unit of a code point tells it for all.
pub(super) fn shown(unit: &Unit, inside: bool) -> Kinds {
    let first = !unit.has(Flags::CONTINUES);
    let before = inside && unit.has(Flags::AFTER_INVISIBLE) && !unit.has(Flags::JOINED);
    let kinds = [
        (Kinds::INVISIBLE, first && before || unit.has(Flags::INVISIBLE_INSIDE)),
        (Kinds::HIDDEN, first && unit.has(Flags::HIDDEN)),
        (Kinds::DECODED, first && unit.is_decoded(inside)),
    ];
    let undone = kinds.into_iter().filter(|&(_, undone)| undone);
    undone.fold(Kinds::NONE, |all, (kind, _)| all.union(kind))
}

/// The single kinds of what [`shown`] says.
#[inline]
pub(super) fn of_set(shown: Kinds) -> impl Iterator<Item = Kinds> {
    let kinds = [Kinds::INVISIBLE, Kinds::HIDDEN, Kinds::DECODED];
    let any = shown != Kinds::NONE;
    kinds.into_iter().filter(move |kind| any && kind.is_subset(shown))
}

/// True when the unit at `at` can be read as a wanted letter that it is not.
pub(super) fn has_reading(
    seen: &Seen<'_>,
    at: usize,
    level: Level,
    wants: &impl Fn(char) -> bool,
) -> bool {
    let mut any = false;
    edges(seen, at, level, wants, &mut |_| any = true);
    any
}

/// True when characters from `at` on draw a letter.
pub(super) fn begins_glyph(units: &[Unit], at: usize) -> bool {
    units.get(at + 1).is_some_and(|second| {
        glyphs::glyphs_of(units[at].symbol, second.symbol)
            .any(|(text, _)| glyph(units, at, text).is_some())
    })
}
