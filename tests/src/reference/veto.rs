//! Matches that are innocent as they are written: `docs/evasion.md`, "Veto".

use super::align::{Alignment, Text};
use super::boundary::continues_word;
use super::chars;
use super::cost::Kind;
use super::gate;
use super::lexicon;
use super::needle::Needle;
use super::pattern::Symbol;
use super::relax;
use super::shape::{self, Spread};
use super::units::Unit;
use icu_properties::props::Script;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use tamis::internals;

/// The class of frequency that makes a word of two letters a word.
const FREQUENT: u8 = 12;
/// How far a spelled-out run is followed on either side, in letters.
const RUN: usize = 24;

/// True when the match is vetoed.
pub fn vetoes(needle: &Needle, text: &Text<'_>, found: &Alignment) -> bool {
    let parts: Vec<Part> =
        parts(text, &found.units).into_iter().map(|part| read(text, part, found)).collect();
    let all = |is: fn(&Part) -> bool| !parts.is_empty() && parts.iter().all(is);
    // Several are words of one language, the one around if that is known.
    let common = common_languages(&parts);
    let spoken = common.as_ref().is_none_or(|common| {
        let spoken = spoken(text, found);
        !common.is_empty()
            && (parts.len() <= 1
                || common.contains("ru")
                || spoken.is_empty()
                || spoken.iter().any(|language| common.contains(language)))
    });
    let words = spoken && all(|part| part.is_word);
    let guesses = found.kinds.iter().any(|kind| SLIPS.contains(kind));
    let fragments = guesses
        && spoken
        && all(|part| part.is_word || part.is_single)
        && parts.iter().any(|part| !part.is_single);
    // These leave the letters as they are, and the pattern may well be a word.
    let harmless = [Kind::Forms, Kind::Marks, Kind::Invisible, Kind::Hidden, Kind::Decoded];
    let as_it_is = found.kinds.iter().all(|kind| harmless.contains(kind));
    let forms = found.kinds.contains(&Kind::Forms);
    words && !as_it_is && !forms && !has_sign(text, found)
        || fragments
        || spells_a_word(needle, text, found)
        || guesses
            && (is_foreign(text, found, false)
                || gate::is_among_others(text, &found.units)
                || is_acronym(text, &found.units))
        || found.kinds.contains(&Kind::Marks) && is_foreign(text, found, true)
}

/// The languages in which all of the parts are words; `None` when they are words everywhere, as
/// names are.
fn common_languages(parts: &[Part]) -> Option<BTreeSet<&'static str>> {
    let mut common: Option<BTreeSet<&'static str>> = None;
    for part in parts.iter().filter(|part| part.is_word && !part.languages.contains("")) {
        common = Some(match common {
            Some(common) => common.intersection(&part.languages).copied().collect(),
            None => part.languages.clone(),
        });
    }
    common
}

/// The languages that know most of the words beside the match, or all of these but one, if they
/// know half of them and two at least; names tell nothing.
fn spoken(text: &Text<'_>, found: &Alignment) -> Vec<&'static str> {
    let words = words_beside(text, found, false);
    let mut known = languages(text, &words);
    known.remove("");
    let most = known.values().max().copied().unwrap_or(0);
    if most < 2 || most * 2 < words.len() {
        return Vec::new();
    }
    known
        .into_iter()
        .filter(|&(_, count)| count + 1 >= most)
        .map(|(language, _)| language)
        .collect()
}

/// True when the match has three letters at most, all capitals, and outside are small ones.
fn is_acronym(text: &Text<'_>, match_: &Range<usize>) -> bool {
    let letters = |inside: bool| {
        let units = text.units.iter().enumerate();
        let there = units.filter(move |(at, _)| match_.contains(at) == inside);
        there.map(|(_, unit)| unit.source).filter(|&c| chars::is_letter(c))
    };
    letters(true).count() <= 3
        && letters(true).all(chars::is_upper)
        && letters(false).any(chars::is_lower)
}

/// What writers of another language seem to do.
const SLIPS: [Kind; 5] =
    [Kind::Deletion, Kind::Swap, Kind::Phonetic, Kind::Irregular, Kind::Reversed];

/// True when the text around is of a language the lexicon does not know: of the words
/// of Latin letters, two or more, at least two and more than half are unknown to the
/// language that knows most of them. Only words with marks count where `marked`.
fn is_foreign(text: &Text<'_>, found: &Alignment, marked: bool) -> bool {
    let words = words_beside(text, found, marked);
    let known = languages(text, &words);
    let most = known.values().max().copied().unwrap_or(0);
    let unknown = words.len() - most;
    unknown >= 2 && unknown * 2 > words.len()
}

/// For a guess, how many of the words around each language knows.
pub fn guessed(text: &Text<'_>, found: &Alignment) -> Option<BTreeMap<&'static str, usize>> {
    let guesses = found.kinds.iter().any(|kind| SLIPS.contains(kind));
    guesses.then(|| languages(text, &words_beside(text, found, false)))
}

/// True when a rule for `langs` takes no guess in a text of which some language knows two
/// words more than each of them; the lexicon has to have them all.
pub fn is_other_language(langs: &[String], known: &BTreeMap<&str, usize>) -> bool {
    let code = |lang: &String| lang.to_lowercase().replace('_', "-");
    let code = |lang: &String| code(lang).split('-').next().unwrap_or_default().to_owned();
    let codes: Vec<String> = langs.iter().map(code).collect();
    let most = known.values().max().copied().unwrap_or(0);
    let of = |code: &String| known.get(code.as_str()).copied().unwrap_or(0);
    let own = codes.iter().map(of).max();
    codes.iter().all(|code| internals::has_language(code)) && own.is_some_and(|own| most >= own + 2)
}

/// The words of Latin letters outside the match, of two letters or more; with marks, if `marked`.
fn words_beside(text: &Text<'_>, found: &Alignment, marked: bool) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    for at in (0..text.units.len()).filter(|&at| continues_word(&text.units[at])) {
        match words.last_mut().filter(|word| word.end == at) {
            Some(word) => word.end = at + 1,
            None => words.push(at..at + 1),
        }
    }
    words.retain(|word| {
        let units = &text.units[word.clone()];
        let latin = |unit: &Unit| {
            chars::is_letter(unit.source) && chars::script(unit.symbol) == Script::Latin
        };
        let outside = word.end <= found.units.start || found.units.end <= word.start;
        outside
            && units.len() >= 2
            && units.iter().all(latin)
            && (!marked || units.iter().any(|unit| !unit.marks.is_empty()))
    });
    words
}

/// How many of the words each language knows; a name is one of a language of its own.
fn languages(text: &Text<'_>, words: &[Range<usize>]) -> BTreeMap<&'static str, usize> {
    let mut known = BTreeMap::new();
    for word in words {
        for language in lexicon::languages(text.units[word.clone()].iter()) {
            *known.entry(language).or_default() += 1;
        }
    }
    known
}

/// True when a sign that may stand for a letter is in the match: the words beside it
/// are not whole then. Signs that stand beside words anyway do not count.
fn has_sign(text: &Text<'_>, found: &Alignment) -> bool {
    let sign = |unit: &Unit| {
        let read = internals::readings(unit.source);
        let undone = read.iter().any(|reading| relax::level(reading.kind) <= text.level);
        !continues_word(unit) && undone && !internals::punctuation().contains(unit.symbol)
    };
    let leet = found.kinds.contains(&Kind::Leet);
    let drawn = |at: usize| internals::glyphs().iter().any(|(g, _)| relax::draws(text, at, g));
    // Mask characters are counted whatever they stand for.
    let masks = found.units.clone().filter(|&at| relax::may_hide(text, at));
    let masks: Vec<char> = masks.map(|at| text.units[at].symbol).collect();
    let letters = text.units[found.units.clone()].iter().filter(|u| chars::is_letter(u.source));
    let letters = letters.count();
    let more = letters > masks.len() || letters == masks.len() && letters >= 3;
    let shown = found.kinds.contains(&Kind::Masks) && more;
    let hides = |c: &char| !chars::is_emoji(*c) && !internals::joining_masks().contains(*c);
    text.units[found.units.clone()].iter().any(sign)
        || leet && found.units.clone().any(drawn)
        || shown && masks.iter().any(hides)
}

/// A piece of the text that a match touches.
struct Part {
    is_word: bool,
    /// Those it is a word of.
    languages: BTreeSet<&'static str>,
    /// A letter alone, or a number.
    is_single: bool,
}

/// The maximal runs of letters, marks, digits and apostrophes between letters that
/// `units` touches, whole.
fn parts(text: &Text<'_>, units: &Range<usize>) -> Vec<Range<usize>> {
    let letter = |at: Option<usize>| {
        let is = |unit: &Unit| continues_word(unit) && !chars::is_digit(unit.source);
        at.and_then(|at| text.units.get(at)).is_some_and(is)
    };
    let mut parts: Vec<Range<usize>> = Vec::new();
    for (at, unit) in text.units.iter().enumerate() {
        let joins =
            chars::is_apostrophe(unit.source) && letter(at.checked_sub(1)) && letter(Some(at + 1));
        if !continues_word(unit) && !joins {
            continue;
        }
        match parts.last_mut().filter(|part| part.end == at) {
            Some(part) => part.end = at + 1,
            None => parts.push(at..at + 1),
        }
    }
    parts.retain(|part| part.start < units.end && units.start < part.end);
    parts
}

fn read(text: &Text<'_>, mut part: Range<usize>, found: &Alignment) -> Part {
    // A number behind the match is no part of its last word.
    let behind = text.units.get(found.units.end..part.end).unwrap_or_default();
    if !behind.is_empty() && behind.iter().all(|unit| chars::is_digit(unit.source)) {
        part.end = found.units.end;
    }
    let units = &text.units[part];
    let cyrillic = |unit: &Unit| chars::script(unit.symbol) == Script::Cyrillic;
    let languages = lexicon::languages(units.iter()).into_iter().collect();
    // What has one capital, its first, may be a name.
    let upper = |unit: &Unit| chars::is_upper(unit.source);
    let named =
        units.split_first().is_some_and(|(first, rest)| upper(first) && !rest.iter().any(upper));
    Part {
        languages: if named { BTreeSet::from([""]) } else { languages },
        is_word: match units.len() {
            0 | 1 => false,
            // In letters that are taken for others.
            _ if !gate::cased_as_word(units) && units.iter().any(cyrillic) => false,
            // Most pairs of letters are a word somewhere.
            2 => lexicon::frequency(units.iter()) >= FREQUENT,
            _ => lexicon::is_word(units.iter()),
        },
        is_single: units.len() == 1 && chars::is_letter(units[0].source)
            || units.iter().all(|unit| chars::is_digit(unit.source)),
    }
}

/// True when the match is spelled out, and the run of single letters around it, or a part
/// with the whole match, spells a dictionary word that is longer than the pattern.
fn spells_a_word(needle: &Needle, text: &Text<'_>, found: &Alignment) -> bool {
    let last = needle.words.len() - 1;
    if shape::spread(needle, text, &found.edges, last) != Some(Spread::SpelledOut) {
        return false;
    }
    let gap = shape::spelled_out(needle, text, &found.edges, last).1;
    let units = found.units.clone();
    let plain = |unit: &Unit| {
        continues_word(unit) && !chars::is_digit(unit.source) || gap.contains(&unit.symbol)
    };
    if !text.units[units.clone()].iter().all(plain) {
        return false;
    }
    // The pattern itself may be a word; several of them joined are another one.
    let phrase = needle.symbols.contains(&Symbol::Gap);
    let before = std::iter::successors(shape::letter_before(text, units.start, &gap), |&at| {
        shape::letter_before(text, at, &gap)
    });
    let behind = std::iter::successors(shape::letter_behind(text, units.end, &gap), |&at| {
        shape::letter_behind(text, at + 1, &gap)
    });
    let unit = |at: usize| &text.units[at];
    let mut before: Vec<&Unit> = before.take(RUN).map(unit).collect();
    before.reverse();
    let behind: Vec<&Unit> = behind.take(RUN).map(unit).collect();
    let inside: Vec<&Unit> =
        text.units[units].iter().filter(|unit| !gap.contains(&unit.symbol)).collect();
    let spells = |from: usize, to: usize| {
        let units = before[from..].iter().chain(&inside).chain(&behind[..to]);
        lexicon::is_word(units.copied())
    };
    (0..=before.len()).any(|from| {
        (0..=behind.len()).any(|to| (phrase || from < before.len() || to > 0) && spells(from, to))
    })
}
