//! Where a character may be taken for one of another script that looks like it.

use super::align::Text;
use super::boundary::continues_word;
use super::chars;
use super::lexicon;
use super::units::Unit;
use icu_properties::props::Script;
use std::collections::BTreeSet;
use std::ops::Range;
use tamis::internals;

/// The scripts the gate tells apart; `None` is any other.
fn script(c: char) -> Option<&'static str> {
    match chars::script(c) {
        Script::Latin => Some("latin"),
        Script::Cyrillic => Some("cyrillic"),
        Script::Greek => Some("greek"),
        _ => None,
    }
}

/// True when the unit at `at` may be read as the letter `wanted` that it looks like.
pub fn opens(text: &Text<'_>, at: usize, wanted: char) -> bool {
    if !is_letter(&text.units[at]) {
        return true;
    }
    let wanted = script(wanted);
    let word = word(text, at);
    let letters: Vec<&Unit> = text.units[word.clone()].iter().filter(|u| is_letter(u)).collect();
    let scripts: BTreeSet<_> = letters.iter().map(|unit| script(unit.symbol)).collect();
    let of_script = letters.iter().filter(|unit| script(unit.symbol) == wanted).count();
    let fits = if chars::is_unspaced(text.units[at].source) {
        of_script * 2 >= letters.len()
    } else {
        of_script > 0 || scripts.len() > 1
    };
    fits || is_rare(text.units[at].symbol)
        || mixes_alphabets(&letters)
        || mostly(text, &word, wanted) && !lexicon::is_word(text.units[word].iter())
}

/// True when no language writes the Cyrillic letters among these in one word, and one of
/// them is taken for its looks elsewhere.
fn mixes_alphabets(letters: &[&Unit]) -> bool {
    let (alphabets, odd) = internals::cyrillic_alphabets();
    let own = letters.iter().map(|unit| unit.symbol).filter(|&c| script(c) == Some("cyrillic"));
    let written = own.clone().map(|c| {
        alphabets.iter().find(|(letters, _)| letters.contains(c)).map_or(0xFF, |&(_, bits)| bits)
    });
    own.clone().any(|c| odd.contains(c)) && written.fold(0xFF, |all, bits| all & bits) == 0
}

/// True when the ASCII letter at `at` may be read as another one: where the eye errs.
pub fn mistakes(text: &Text<'_>, at: usize) -> bool {
    let beside = [at.checked_sub(1), Some(at + 1)];
    let beside = beside.into_iter().flatten().filter_map(|at| text.units.get(at));
    let letters: Vec<char> = beside.filter(|u| is_letter(u)).map(|u| u.source).collect();
    !letters.is_empty()
        && match text.units[at].source {
            'I' => !letters.iter().any(|&c| chars::is_upper(c)),
            'l' => letters.iter().all(|&c| chars::is_upper(c)),
            _ => false,
        }
}

/// True for a letter of a script that hardly anybody writes but to decorate.
fn is_rare(c: char) -> bool {
    const WRITTEN: &[Script] = &[
        Script::Common,
        Script::Inherited,
        Script::Latin,
        Script::Cyrillic,
        Script::Greek,
        Script::Armenian,
        Script::Georgian,
        Script::Hebrew,
        Script::Arabic,
        Script::Devanagari,
        Script::Bengali,
        Script::Gurmukhi,
        Script::Gujarati,
        Script::Tamil,
        Script::Telugu,
        Script::Kannada,
        Script::Malayalam,
        Script::Sinhala,
        Script::Thai,
        Script::Lao,
        Script::Khmer,
        Script::Myanmar,
        Script::Tibetan,
        Script::Hangul,
        Script::Han,
        Script::Hiragana,
        Script::Katakana,
        Script::Bopomofo,
        Script::Ethiopic,
    ];
    !WRITTEN.contains(&chars::script(c))
}

/// A letter or vowel sign, in whatever form; a sign that is spelled out in several is none.
fn is_letter(unit: &Unit) -> bool {
    let vowel = chars::is_mark(unit.source) && !chars::is_free_mark(unit.source);
    chars::is_letter(unit.source)
        || vowel
        || unit.opens && unit.closes && chars::is_letter(unit.symbol)
}

/// The run of letters, marks and digits around `at`.
pub fn word(text: &Text<'_>, at: usize) -> Range<usize> {
    let before = text.units[..at].iter().rev().take_while(|unit| continues_word(unit)).count();
    let behind = text.units[at..].iter().take_while(|unit| continues_word(unit)).count();
    at - before..at + behind
}

/// True when at least half of the letters outside the word are of one script.
fn mostly(text: &Text<'_>, word: &Range<usize>, wanted: Option<&'static str>) -> bool {
    let outside = text.units.iter().enumerate().filter(|(at, _)| !word.contains(at));
    let letters: Vec<&Unit> = outside.map(|(_, unit)| unit).filter(|u| is_letter(u)).collect();
    let of_script = letters.iter().filter(|unit| script(unit.symbol) == wanted).count();
    !letters.is_empty() && of_script * 2 >= letters.len()
}

/// True when more than half of the letters outside `units` are of other scripts than those inside.
pub fn is_among_others(text: &Text<'_>, units: &Range<usize>) -> bool {
    let letters = |inside: bool| {
        let at = text.units.iter().enumerate().filter(move |(at, _)| units.contains(at) == inside);
        at.map(|(_, unit)| unit).filter(|unit| is_letter(unit)).map(|unit| script(unit.symbol))
    };
    let own: BTreeSet<_> = letters(true).collect();
    letters(false).filter(|script| own.contains(script)).count() * 2 < letters(false).count()
}
