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
        || mostly(text, &word, wanted)
            && !(cased_as_word(&text.units[word.clone()])
                && lexicon::is_word(text.units[word].iter()))
}

/// True when letters are all small, all capitals, or only the first is one.
pub fn cased_as_word(word: &[Unit]) -> bool {
    let (upper, lower) = (chars::is_upper, chars::is_lower);
    let cased: Vec<char> =
        word.iter().map(|u| u.source).filter(|&c| upper(c) || lower(c)).collect();
    let Some((&first, rest)) = cased.split_first() else { return true };
    rest.iter().all(|&c| !upper(c)) || upper(first) && rest.iter().all(|&c| upper(c))
}

/// What the letters of a word say of it as a disguise in the script `wanted`.
enum Word {
    /// No language writes such a word.
    Certain,
    /// It is no word but in that script, or has capitals where no word has them.
    Likely,
    Not,
}

fn disguise(word: &[Unit], wanted: Option<&'static str>) -> Word {
    let target = wanted.unwrap_or("arabic");
    let letters: Vec<&Unit> = word.iter().filter(|unit| is_letter(unit)).collect();
    let own = letters.iter().filter(|unit| script(unit.symbol) == wanted).count();
    let looks: Vec<Option<Vec<char>>> = word.iter().map(|unit| look_alike(unit, target)).collect();
    let fits = |(unit, looks): (&Unit, &Option<Vec<char>>)| {
        !is_letter(unit) || script(unit.symbol) == wanted || looks.is_some()
    };
    if own == letters.len() || !word.iter().zip(&looks).all(fits) {
        return Word::Not;
    }
    let scripts: BTreeSet<_> = letters.iter().map(|unit| script(unit.symbol)).collect();
    if scripts.len() > 1 || mixes_alphabets(&letters) {
        return Word::Certain;
    }
    let read = || {
        let all = word.len() >= 4 && letters.len() == word.len();
        let looks: Vec<char> = looks.iter().flatten().flatten().copied().collect();
        all && internals::is_word(&looks.iter().collect::<String>())
    };
    if !cased_as_word(word) || !lexicon::is_word(word.iter()) && read() {
        Word::Likely
    } else {
        Word::Not
    }
}

/// What the letter looks like in another script.
fn look_alike(unit: &Unit, target: &str) -> Option<Vec<char>> {
    let mut readings = internals::readings(unit.source).into_iter();
    readings.find(|r| r.kind == "lookalike" && r.script == target).map(|r| r.letters)
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
pub fn is_letter(unit: &Unit) -> bool {
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

/// True when at least half of the letters outside the word are of one script, or stand for
/// letters of it, and some of them certainly.
fn mostly(text: &Text<'_>, around: &Range<usize>, wanted: Option<&'static str>) -> bool {
    let (mut all, mut certain, mut likely) = (0, 0, 0);
    let mut at = 0;
    while at < text.units.len() {
        let word = word(text, at);
        at = word.end.max(at + 1);
        if word.is_empty() || word == *around {
            continue;
        }
        let word = &text.units[word];
        let count = |is: &dyn Fn(&Unit) -> bool| {
            word.iter().filter(|unit| is_letter(unit) && is(unit)).count()
        };
        let own = count(&|unit| script(unit.symbol) == wanted);
        let foreign = count(&|_| true) - own;
        all += own + foreign;
        certain += own;
        match disguise(word, wanted) {
            Word::Certain => certain += foreign,
            Word::Likely => likely += foreign,
            Word::Not => {}
        }
    }
    certain > 0 && (certain + likely) * 2 >= all
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
