//! Disguises that are innocent words.

use super::align::Aligned;
use super::costs;
use super::edges;
use super::gaps;
use super::masks;
use super::seen::{Seen, word_around};
use super::tongues::Tongues;
use super::words;
use crate::lexicon::Languages;
use crate::spec::model::Level;
use crate::verdict::Kinds;
use crate::view::glyphs::{PUNCTUATION, is_one_of};
use crate::view::props::Class;
use crate::view::table;
use crate::view::unit::{Flags, Unit};
use std::ops::Range;

/// Undoing that guesses: in a language that the lexicon does not know every word
/// looks like a slip of the pen.
const SLIPS: Kinds = Kinds::DELETION
    .union(Kinds::SWAP)
    .union(Kinds::PHONETIC)
    .union(Kinds::IRREGULAR)
    .union(Kinds::REVERSED);

/// Letters of a spelled-out run that are looked at on either side.
const RUN: usize = 24;

/// True when the match at units `start..found.end` costs something and is what
/// an innocent writer wrote (POLICY "Evasion", `docs/evasion.md` "Veto").
pub(crate) fn vetoes(seen: &Seen<'_>, start: usize, found: &Aligned, level: Level) -> bool {
    if found.cost == 0 {
        return false;
    }
    // What only folding changed reads as the pattern itself, which may be a word.
    !found.kinds.is_subset(costs::FOLDED)
        && found.kinds.0 & Kinds::FORMS.0 == 0
        && !has_symbol_letter(seen, start, found, level)
        && parts_are_words(seen, start, found.end)
        || found.gap.1 > 0
            && !has_other_signs(seen, start, found)
            && run_is_word(seen, start, found)
        || found.kinds.0 & SLIPS.0 != 0
            && (fragments_are_words(seen, start, found.end)
                || seen.tongues(start, found.end, false).is_unknown()
                || seen.is_among_others(start, found.end)
                || is_acronym(seen, start, found.end))
        || Kinds::MARKS.is_subset(found.kinds) && seen.tongues(start, found.end, true).is_unknown()
}

/// So many capitals at most are an acronym.
const ACRONYM: usize = 3;

/// True for a few capitals where others are small: they stand for words and are none.
fn is_acronym(seen: &Seen<'_>, start: usize, end: usize) -> bool {
    let units = seen.units();
    let mut inside = units[start..end].iter().filter(|u| u.is_letter());
    let few = inside.clone().count() <= ACRONYM;
    let cased = |u: &Unit| table::props(u.origin).is_cased();
    let small = |u: &Unit| u.is_letter() && cased(u) && !u.has(Flags::UPPER);
    few && inside.all(|u| u.has(Flags::UPPER)) && seen.any_outside(start, end, small)
}

/// What the words around a guess say: it counts only for rules of their language.
pub(crate) fn guessed(seen: &Seen<'_>, start: usize, found: &Aligned) -> Option<Tongues> {
    (found.kinds.0 & SLIPS.0 != 0).then(|| seen.tongues(start, found.end, false))
}

/// True when a symbol of the match stands for a letter and is not one that
/// stands beside words anyway: `$hit` is not the word behind its first letter.
fn has_symbol_letter(seen: &Seen<'_>, start: usize, found: &Aligned, level: Level) -> bool {
    let units = &seen.units()[start..found.end];
    let leet = Kinds::LEET.is_subset(found.kinds);
    let masked = Kinds::MASKS.is_subset(found.kinds);
    let letters = units.iter().filter(|u| u.is_letter()).count();
    let hidden = (start..found.end).filter(|&at| masks::is_mask(seen.units(), at)).count();
    // Two stars behind a short word are a footnote.
    let shows = masked && (hidden < letters || hidden == letters && letters > 2);
    (start..found.end).any(|at| {
        let unit = &seen.units()[at];
        let hides = shows && masks::is_mask(seen.units(), at) && masks::is_strong(unit);
        hides
            || !unit.is_word()
                && (!is_one_of(PUNCTUATION, unit.symbol)
                    && edges::has_reading(seen, at, level, &|_| true)
                    || leet && edges::begins_glyph(seen.units(), at))
    })
}

/// True when every word the match touches is one of the lexicon; several of one language.
fn parts_are_words(seen: &Seen<'_>, start: usize, end: usize) -> bool {
    let mut common = Common::default();
    all_parts(seen, start, end, |from, to| common.add(seen, from..to))
        && common.is_spoken(seen, start, end)
}

/// The same where single letters and numbers count as words, if not all of them are such.
fn fragments_are_words(seen: &Seen<'_>, start: usize, end: usize) -> bool {
    let mut longer = false;
    let mut common = Common::default();
    let words = all_parts(seen, start, end, |from, to| {
        let units = &seen.units()[from..to];
        let single = units.len() == 1 && units[0].is_letter()
            || units.iter().all(|unit| unit.class == Class::Digit);
        longer |= !single;
        common.parts += usize::from(single);
        single || common.add(seen, from..to)
    });
    words && longer && common.is_spoken(seen, start, end)
}

/// The languages that the parts of a match are words of.
struct Common {
    parts: usize,
    languages: Languages,
}

impl Default for Common {
    fn default() -> Self {
        Self { parts: 0, languages: Languages::EVERY }
    }
}

impl Common {
    /// Adds a part; false when no language has all of them.
    fn add(&mut self, seen: &Seen<'_>, part: Range<usize>) -> bool {
        self.parts += 1;
        self.languages = self.languages.intersection(words::ordinary_in(seen.view, part));
        self.languages != Languages::default()
    }

    /// True unless the text around the match is in another language than its parts: beside
    /// English words `wan` and `ker` are none because Dutch or Turkish has them. One word is
    /// one wherever it stands, and of words in other letters the text tells nothing.
    fn is_spoken(&self, seen: &Seen<'_>, start: usize, end: usize) -> bool {
        let of_text = || seen.tongues(start, end, false).spoken();
        self.parts <= 1
            || self.languages == Languages::EVERY
            || self.languages.intersects(Languages::RUSSIAN)
            || of_text().is_none_or(|spoken| spoken.intersects(self.languages))
    }
}

fn all_parts(
    seen: &Seen<'_>,
    start: usize,
    end: usize,
    mut test: impl FnMut(usize, usize) -> bool,
) -> bool {
    let units = seen.units();
    let mut at = start;
    let mut any = false;
    while at < end {
        if !units[at].is_word() {
            at += 1;
            continue;
        }
        let (from, to) = part_around(units, at);
        // A number behind the match is no part of its last word: `pick6`.
        let counts = to > end && units[end..to].iter().all(|u| u.class == Class::Digit);
        let to = if counts { end } else { to };
        if !test(from, to) {
            return false;
        }
        any = true;
        at = to;
    }
    any
}

/// The word around `at`, over the apostrophes inside it.
fn part_around(units: &[Unit], at: usize) -> (usize, usize) {
    let (mut from, mut to) = word_around(units, at);
    while to < units.len() && units[to].has(Flags::JOINS_WORD) {
        to = word_around(units, to + 1).1;
    }
    while from > 0 && units[from - 1].has(Flags::JOINS_WORD) {
        from = word_around(units, from - 2).0;
    }
    (from, to)
}

/// True when the match has signs beside letters and the gap: they are letters.
fn has_other_signs(seen: &Seen<'_>, start: usize, found: &Aligned) -> bool {
    let units = seen.units();
    let gap = &units[found.gap.0 as usize..found.gap.1 as usize];
    let other = |u: &Unit| !u.is_word() && gap.iter().all(|g| g.symbol != u.symbol);
    units[start..found.end].iter().any(other)
}

/// True when the spelled-out run around the match, or a part of it, is a word that
/// holds the match and more; the match itself may be a word and is what is looked for,
/// unless that is a phrase (`t h e r a p i s t`).
fn run_is_word(seen: &Seen<'_>, start: usize, found: &Aligned) -> bool {
    let units = seen.units();
    let len = (found.gap.1 - found.gap.0) as usize;
    let mut before: Vec<usize> = Vec::new();
    let mut at = start;
    while before.len() < RUN
        && at > len
        && gaps::equal(units, found.gap, ((at - len) as u32, at as u32))
        && let Some((first, end)) = gaps::single(units, at - len - 1)
    {
        before.splice(0..0, first..end);
        at = first;
    }
    let mut behind: Vec<usize> = Vec::new();
    let mut at = found.end;
    while behind.len() < RUN
        && gaps::equal(units, found.gap, (at as u32, (at + len) as u32))
        && let Some((first, end)) = gaps::single(units, at + len)
    {
        behind.extend(first..end);
        at = end;
    }
    let own: Vec<usize> = (start..found.end).filter(|&i| units[i].is_word()).collect();
    let letters: Vec<usize> = [before.as_slice(), &own, &behind].concat();
    let (first, last) = (before.len(), before.len() + own.len());
    (0..=first).any(|from| {
        (last..=letters.len()).any(|to| {
            (found.phrase || to - from > own.len())
                && words::is_word_of(seen.view, letters[from..to].iter().copied())
        })
    })
}
