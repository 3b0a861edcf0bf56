//! Hangul: units are letters (jamo), people read and write syllables.
//!
//! Literal patterns compare letters, so that `한` is found in `ㅎㅏㄴ` and no list
//! of spellings is needed. Regexes see the text as it is written: one character a
//! syllable, `[가-힣]`, and letters that stand alone as keyboards give them, `ㅋㅋ`.

use super::table;
use super::unit::{Flags, Unit};

const SYLLABLES: u32 = 0xAC00;
const INITIALS: u32 = 0x1100;
const VOWELS: u32 = 0x1161;
const VOWEL_COUNT: u32 = 21;
const FINAL_COUNT: u32 = 28; // counting "none"

/// The first consonants, U+1100–1112, as letters that stand alone.
const INITIAL_LETTERS: [char; 19] = [
    'ㄱ', 'ㄲ', 'ㄴ', 'ㄷ', 'ㄸ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅃ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅉ', 'ㅊ', 'ㅋ',
    'ㅌ', 'ㅍ', 'ㅎ',
];

/// A folded text with its Hangul in syllables; empty while there is no Hangul.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub(super) text: String,
    /// Where each unit begins in it; the units of a syllable begin at one place.
    pub(super) starts: Vec<u32>,
}

impl Written {
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.starts.clear();
    }

    pub(super) fn fill(&mut self, units: &[Unit]) {
        let mut at = 0;
        while let Some(unit) = units.get(at) {
            let rest = |n: usize| {
                let part = units.get(at + n).filter(|next| next.has(Flags::IN_SYLLABLE));
                part.map(|next| next.symbol)
            };
            let (written, len) = write(unit.symbol, rest(1), rest(2));
            self.starts.extend(std::iter::repeat_n(self.text.len() as u32, len));
            self.text.push(written);
            at += len;
        }
    }
}

/// The regex `source` with its Hangul written as in the folded text: syllables for
/// the letters of syllables (NFD), other letters as they stand alone.
pub(crate) fn write_regex(source: &str) -> String {
    let chars: Vec<char> = source.chars().collect();
    let mut written = String::with_capacity(source.len());
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let rest = |n: usize| chars.get(at + n).copied().filter(|&c| is_final_or_vowel(c));
        let symbol = |c: char| table::fold(c).symbols()[0];
        let (next, len) = match (is_jamo(c), composed(c)) {
            (true, _) => write(symbol(c), rest(1).map(symbol), rest(2).map(symbol)),
            (false, Some(open)) => match rest(1).and_then(|c| close(open, symbol(c))) {
                Some(closed) => (closed, 2),
                None => (c, 1),
            },
            (false, None) => (c, 1),
        };
        written.push(next);
        at += len;
    }
    written
}

/// True for the letters that make syllables, which no text has when it is folded.
pub(crate) fn is_jamo(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{1112}') || is_final_or_vowel(c)
}

fn is_final_or_vowel(c: char) -> bool {
    matches!(c, '\u{1161}'..='\u{1175}' | '\u{11A8}'..='\u{11C2}')
}

/// What to write for `symbol` and the letters of its syllable that follow, and for
/// how many of them it stands.
fn write(symbol: char, second: Option<char>, third: Option<char>) -> (char, usize) {
    let Some(open) = second.and_then(|vowel| open(symbol, vowel)) else {
        return (alone(symbol), 1);
    };
    match third.and_then(|last| close(open, last)) {
        Some(closed) => (closed, 3),
        None => (open, 2),
    }
}

/// The syllable without a final of an initial and a vowel.
fn open(initial: char, vowel: char) -> Option<char> {
    let initial = u32::from(initial).checked_sub(INITIALS).filter(|&i| i < 19)?;
    let vowel = u32::from(vowel).checked_sub(VOWELS).filter(|&v| v < VOWEL_COUNT)?;
    char::from_u32(SYLLABLES + (initial * VOWEL_COUNT + vowel) * FINAL_COUNT)
}

/// The syllable `open` with a final, which folds to the initial of the same letter.
fn close(open: char, last: char) -> Option<char> {
    let last = table::final_index(last)?;
    char::from_u32(u32::from(open) + last)
}

/// `c` if it is a syllable without a final.
fn composed(c: char) -> Option<char> {
    let open = matches!(c, '\u{AC00}'..='\u{D7A3}')
        && (u32::from(c) - SYLLABLES).is_multiple_of(FINAL_COUNT);
    open.then_some(c)
}

/// The letter that stands alone for a folded one.
pub(crate) fn alone(symbol: char) -> char {
    match symbol {
        '\u{1100}'..='\u{1112}' => INITIAL_LETTERS[(u32::from(symbol) - INITIALS) as usize],
        '\u{1161}'..='\u{1175}' => {
            char::from_u32(u32::from(symbol) - VOWELS + 0x314F).unwrap_or(symbol)
        }
        '\u{11AA}' => 'ㄳ',
        '\u{11AC}' => 'ㄵ',
        '\u{11AD}' => 'ㄶ',
        '\u{11B0}' => 'ㄺ',
        '\u{11B1}' => 'ㄻ',
        '\u{11B2}' => 'ㄼ',
        '\u{11B3}' => 'ㄽ',
        '\u{11B4}' => 'ㄾ',
        '\u{11B5}' => 'ㄿ',
        '\u{111A}' => 'ㅀ',
        '\u{1121}' => 'ㅄ',
        _ => symbol,
    }
}

#[cfg(test)]
mod tests {
    use super::{alone, write_regex};
    use crate::view::{fold, table};
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn every_letter_that_stands_alone_is_written_as_itself() {
        for c in '\u{3131}'..='\u{3163}' {
            assert_eq!(table::fold(c).symbols().iter().map(|&s| alone(s)).collect::<Vec<_>>(), [c]);
        }
    }

    #[test]
    fn every_syllable_is_written_as_itself() {
        let all: String = ('\u{AC00}'..='\u{D7A3}').collect();
        assert_eq!(fold(&all), all);
        assert_eq!(fold(&all.nfd().collect::<String>()), all);
        assert_eq!(write_regex(&all.nfd().collect::<String>()), all);
    }

    #[test]
    fn letters_outside_a_syllable_stand_alone() {
        for (text, written) in [
            ("ㅋㅋ", "ㅋㅋ"),
            ("ㅎㅏㄴ", "ㅎㅏㄴ"),
            ("하ㄴ", "하ㄴ"),
            ("\u{1112}", "ㅎ"),
            ("하\u{11AB}", "한"),
            ("한\u{11AB}", "한ㄴ"),
            ("\u{FFA1}", "ㄱ"),
            ("㈝", "(오전)"),
        ] {
            assert_eq!(fold(text), written, "{text}");
        }
    }

    #[test]
    fn regexes_are_written_as_the_text_is() {
        for (source, written) in [
            ("\u{1112}\u{1161}\u{11AB}{2}", "한{2}"),
            ("[\u{1100}-\u{1112}]+", "[ㄱ-ㅎ]+"),
            ("하\u{11AB}|ㅋ+", "한|ㅋ+"),
            ("바.국", "바.국"),
        ] {
            assert_eq!(write_regex(source), written);
        }
    }
}
