//! Signs that hide letters.

use super::gaps;
use crate::view::chars;
use crate::view::glyphs::{
    END_MASKS, JOINING_MASKS, ROW_MASKS, RUN_MASKS, is_ascii_mask, is_one_of,
};
use crate::view::props::{Class, ScriptKind};
use crate::view::table;
use crate::view::unit::{Flags, Unit};

/// True for a unit that may hide a letter where it stands: not in a row of signs that
/// mean something of their own.
pub(super) fn is_mask(units: &[Unit], at: usize) -> bool {
    let symbol = units[at].symbol;
    let row = || {
        symbol.is_ascii()
            && !is_one_of(ROW_MASKS, symbol)
            && gaps::is_in_row(units, at)
            && !is_between_singles(units, at)
    };
    hides_at(units, at) && !row() && !is_pause(units, at)
}

/// So many dots or hyphens side by side are where a writer pauses.
const PAUSE: usize = 3;

/// So many of them on one side are looked at; no word hides more letters.
const LONGEST_PAUSE: usize = 16;

/// True for one of the dots or hyphens of a pause: a row of them between equal letters
/// (`a...a prayer` stutters), and of dots one with fewer letters around it than dots,
/// unless it stands between single letters.
fn is_pause(units: &[Unit], at: usize) -> bool {
    let sign = units[at].symbol;
    if !matches!(sign, '.' | '-') {
        return false;
    }
    let same = |unit: &&Unit| unit.symbol == sign;
    let before = units[..at].iter().rev().take(LONGEST_PAUSE).take_while(same).count();
    let behind = units[at + 1..].iter().take(LONGEST_PAUSE).take_while(same).count();
    let len = before + 1 + behind;
    if len < PAUSE {
        return false;
    }
    let (left, right) = (&units[..at - before], &units[at + 1 + behind..]);
    let letter = |unit: &&Unit| unit.is_letter();
    let ends = left.last().filter(letter).zip(right.first().filter(letter));
    let around = || {
        left.iter().rev().take(len).take_while(letter).count()
            + right.iter().take(len).take_while(letter).count()
    };
    before.max(behind) == LONGEST_PAUSE
        || ends.is_some_and(|(left, right)| left.symbol == right.symbol)
        || sign == '.' && around() < len && !is_between_singles(units, at)
}

/// True for one of equal signs between single letters, where nothing pauses or calls out:
/// `s...t`, `s????t`.
fn is_between_singles(units: &[Unit], at: usize) -> bool {
    let same = |unit: &&Unit| unit.symbol == units[at].symbol;
    let before = units[..at].iter().rev().take(LONGEST_PAUSE).take_while(same).count();
    let behind = units[at + 1..].iter().take(LONGEST_PAUSE).take_while(same).count();
    let (left, right) = (&units[..at - before], &units[at + 1 + behind..]);
    let alone = |letters: &mut dyn Iterator<Item = &Unit>| {
        letters.next().is_some_and(Unit::is_letter) && !letters.next().is_some_and(Unit::is_word)
    };
    alone(&mut left.iter().rev()) && alone(&mut right.iter())
}

/// The same behind what was consumed, of which the last may be `masked` too.
pub(super) fn may_go_on(units: &[Unit], at: usize, masked: bool) -> bool {
    is_mask(units, at) && if masked { follows_mask(units, at) } else { !is_equal_before(units, at) }
}

/// True when the unit before is equal: of equal signs side by side all hide letters, or none.
pub(super) fn is_equal_before(units: &[Unit], at: usize) -> bool {
    at > 0 && units[at - 1].symbol == units[at].symbol
}

/// True for a unit that hides letters somewhere: emoji, some of ASCII, and symbols beyond
/// it that are no punctuation.
pub(super) fn hides_at(units: &[Unit], at: usize) -> bool {
    let unit = &units[at];
    // What is several letters is no sign: half of `㉱` hides nothing.
    let continues = |unit: &Unit| unit.has(Flags::CONTINUES);
    if continues(unit) || units.get(at + 1).is_some_and(continues) {
        return false;
    }
    if unit.is_word() {
        return is_odd_one_out(units, at);
    }
    if unit.symbol.is_ascii() {
        if !is_ascii_mask(unit.symbol) {
            return false;
        }
        // `&#229;` is one character.
        let reference = unit.symbol == '&' && units.get(at + 1).is_some_and(|u| u.symbol == '#')
            || unit.symbol == '#' && at > 0 && units[at - 1].symbol == '&';
        return !reference;
    }
    is_dash_inside(units, at) || hides(unit.symbol, unit.class, unit.has(Flags::APOSTROPHE))
}

/// Dashes that hide a letter where letters stand directly on either side, as in old books.
const DASHES: [char; 2] = ['–', '—'];

fn is_dash_inside(units: &[Unit], at: usize) -> bool {
    let letter = |at: Option<usize>| at.and_then(|at| units.get(at)).is_some_and(Unit::is_letter);
    DASHES.contains(&units[at].symbol) && letter(at.checked_sub(1)) && letter(Some(at + 1))
}

/// So many letters of other scripts side by side hide letters; more are a word.
const OTHERS: usize = 2;

/// True for a letter of a script of its own in the midst of Latin, Cyrillic or Greek ones:
/// `მ` in `mმron` need not look like any of them to be in place of one.
fn is_odd_one_out(units: &[Unit], at: usize) -> bool {
    let other = |unit: &&Unit| is_other_letter(unit.class, unit.script);
    if !other(&&units[at]) {
        return false;
    }
    let before = units[..at].iter().rev().take(OTHERS).take_while(other).count();
    let behind = units[at + 1..].iter().take(OTHERS).take_while(other).count();
    let alphabetic = |at: Option<usize>| {
        at.and_then(|at| units.get(at))
            .is_some_and(|u| u.class == Class::Letter && is_alphabet(u.script))
    };
    before + 1 + behind <= OTHERS
        && alphabetic((at - before).checked_sub(1))
        && alphabetic(Some(at + 1 + behind))
}

/// The scripts whose letters are read as one another's.
pub(in crate::scan) fn is_alphabet(script: ScriptKind) -> bool {
    matches!(script, ScriptKind::Latin | ScriptKind::Cyrillic | ScriptKind::Greek)
}

/// True for a letter of a script that is none of these; syllables of Hangul are several.
pub(in crate::scan) fn is_other_letter(class: Class, script: ScriptKind) -> bool {
    let shared = matches!(script, ScriptKind::Common | ScriptKind::Inherited | ScriptKind::Hangul);
    class == Class::Letter && !shared && !is_alphabet(script)
}

/// The same for a symbol beyond ASCII by itself.
fn hides(symbol: char, class: Class, apostrophe: bool) -> bool {
    let props = table::props(symbol);
    let punctuates = props.is_closing()
        || props.is_sentence_end()
        || apostrophe
        || chars::sign(symbol).is_some()
        || is_bracket_or_comma(symbol)
        // Pictures are made of Braille.
        || matches!(symbol, '\u{2800}'..='\u{28FF}');
    matches!(class, Class::Emoji | Class::Punct | Class::Other) && !punctuates
}

/// True for a character that is a mask in some text: `symbol` is the first of what
/// `origin` folds to.
pub(in crate::scan) fn may_mask(symbol: char, class: Class, origin: char) -> bool {
    if symbol.is_ascii() {
        return is_ascii_mask(symbol);
    }
    if is_other_letter(class, table::props(symbol).script()) {
        return true;
    }
    DASHES.contains(&symbol) || hides(symbol, class, table::props(origin).is_apostrophe())
}

fn is_bracket_or_comma(c: char) -> bool {
    matches!(c, '…' | '¿' | '¡' | '\u{3000}'..='\u{301F}' | '\u{FF00}'..='\u{FF0F}' | '،' | '؛')
}

/// True when the sign may hide the letter behind a hidden one: an emoji only where the
/// same one hides that.
pub(super) fn follows_mask(units: &[Unit], at: usize) -> bool {
    let unit = &units[at];
    let same = unit.class == Class::Emoji && at > 0 && units[at - 1].symbol == unit.symbol;
    same || may_follow_mask(unit.symbol, unit.class)
}

/// The same of a character that folds to `symbol` first.
pub(in crate::scan) fn may_follow_mask(symbol: char, class: Class) -> bool {
    !symbol.is_ascii() && class != Class::Emoji || is_one_of(RUN_MASKS, symbol)
}

/// True when the sign may hide the last letter of a word, where others end sentences.
pub(super) fn ends_word(unit: &Unit) -> bool {
    may_end_word(unit.symbol, unit.class)
}

/// The same of a character that folds to `symbol` first.
pub(in crate::scan) fn may_end_word(symbol: char, class: Class) -> bool {
    let word = matches!(class, Class::Letter | Class::VowelMark | Class::Digit);
    let beyond = !symbol.is_ascii() && class != Class::Emoji && !word;
    beyond && !DASHES.contains(&symbol) || is_one_of(END_MASKS, symbol)
}

/// True for a mask that does not stand between innocent words.
pub(super) fn is_strong(unit: &Unit) -> bool {
    unit.class != Class::Emoji && !JOINING_MASKS.contains(unit.symbol)
}

/// True when the sign stands in a gap as well: it cannot be both.
pub(super) fn is_in_gap(units: &[Unit], unit: &Unit, gap: (u32, u32)) -> bool {
    units[gap.0 as usize..gap.1 as usize].iter().any(|sign| sign.symbol == unit.symbol)
}

/// True when the sign that ends a word stands in front of it too: `**word**`.
pub(super) fn closes(units: &[Unit], start: usize, end: usize) -> bool {
    start > 0 && units[start - 1].symbol == units[end - 1].symbol
}
