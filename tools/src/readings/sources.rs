//! What the sources say a code point looks like.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use icu_properties::props::{GeneralCategory as Gc, Script};
use unicode_security::confusable_detection::skeleton;

use crate::unicode;

/// The prototype of UTS #39, without the marks that tell variants of one shape apart.
pub(crate) fn prototype(c: char) -> String {
    skeleton(&c.to_string()).filter(|&part| !is_mark(part)).collect()
}

fn is_mark(c: char) -> bool {
    matches!(unicode::general_category(c), Gc::NonspacingMark | Gc::EnclosingMark | Gc::SpacingMark)
}

/// Letters, and which of them, in which case (true: upper), have a prototype.
pub(crate) struct Shapes {
    letters: HashSet<char>,
    by_prototype: HashMap<String, Vec<(char, bool)>>,
}

impl Shapes {
    /// The shapes of these letters and of their upper cases.
    pub(crate) fn of(letters: impl Iterator<Item = char>) -> Self {
        let letters: Vec<char> = letters.collect();
        let mut by_prototype: HashMap<String, Vec<(char, bool)>> = HashMap::new();
        for &letter in &letters {
            let upper = unicode::simple_upper(letter);
            for (cased, is_upper) in [(letter, false), (upper, true)] {
                let same_shape = by_prototype.entry(prototype(cased)).or_default();
                if same_shape.iter().all(|&(known, _)| known != letter) {
                    same_shape.push((letter, is_upper));
                }
            }
        }
        Self { letters: letters.into_iter().collect(), by_prototype }
    }

    /// The letters that are confusable with `c`, those of its own case first.
    pub(crate) fn like(&self, c: char) -> Vec<char> {
        let upper = unicode::simple_lower(c) != c;
        let mut same_shape = self.by_prototype.get(&prototype(c)).cloned().unwrap_or_default();
        same_shape.sort_by_key(|&(letter, is_upper)| (is_upper != upper, letter));
        same_shape.into_iter().map(|(letter, _)| letter).filter(|&letter| letter != c).collect()
    }

    /// Whether `c` is one of the letters, in either case.
    pub(crate) fn has(&self, c: char) -> bool {
        self.letters.contains(&unicode::simple_lower(c))
    }
}

pub(crate) static LATIN: LazyLock<Shapes> = LazyLock::new(|| Shapes::of('a'..='z'));
/// The letters of the Slavic languages that no mark makes.
pub(crate) static CYRILLIC: LazyLock<Shapes> =
    LazyLock::new(|| Shapes::of(('а'..='я').filter(|&c| c != 'й').chain("ђєѕіјљњћџґ".chars())));
pub(crate) static GREEK: LazyLock<Shapes> =
    LazyLock::new(|| Shapes::of(('α'..='ω').filter(|&c| c != 'ς')));

/// What decancer makes of a letter, if that is one ASCII letter or digit.
/// Its readings of pictures are left out: a box is no `o`.
pub(crate) fn decancer(c: char) -> Option<char> {
    let decancer::Translation::Character(letter) = decancer::cure_char!(c) else { return None };
    (is_letter(c) && letter.is_ascii_alphanumeric()).then(|| letter.to_ascii_lowercase())
}

/// What `any_ascii` makes of a Latin letter; for other scripts it says how a
/// letter sounds, not how it looks.
pub(crate) fn any_ascii(c: char) -> Option<String> {
    let letters = any_ascii::any_ascii_char(c);
    let plain = !letters.is_empty() && letters.bytes().all(|b| b.is_ascii_alphabetic());
    let latin = unicode::script(c) == Script::Latin && is_letter(c);
    (latin && plain).then(|| letters.to_ascii_lowercase())
}

pub(crate) fn is_letter(c: char) -> bool {
    matches!(
        unicode::general_category(c),
        Gc::UppercaseLetter
            | Gc::LowercaseLetter
            | Gc::TitlecaseLetter
            | Gc::ModifierLetter
            | Gc::OtherLetter
            | Gc::LetterNumber
    )
}

/// What UTS #39 says of `c` in Latin letters. Of what is no letter or digit it
/// says too much: every bar is an l.
pub(crate) fn confusable(c: char) -> Vec<char> {
    let letters = LATIN.like(c);
    let symbol = matches!(unicode::general_category(c), Gc::MathSymbol | Gc::OtherSymbol);
    let digit = matches!(unicode::general_category(c), Gc::DecimalNumber | Gc::OtherNumber);
    if is_letter(c) || digit || symbol && !letters.contains(&'l') { letters } else { Vec::new() }
}

/// The digit that a decimal digit of any script stands for. The digits of a
/// script follow each other from its zero on, so counting back tells.
pub(crate) fn digit(c: char) -> Option<char> {
    let is_digit = |c| unicode::general_category(c) == Gc::DecimalNumber;
    let before = (1..).map_while(|i| char::from_u32((c as u32).checked_sub(i)?));
    let value = before.take_while(|&c| is_digit(c)).count() % 10;
    is_digit(c).then(|| char::from_digit(value as u32, 10))?
}
