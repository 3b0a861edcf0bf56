//! Words with letters beyond ASCII, once they have ended.

use super::Sight;
use super::chunks::Word;
use super::look::Look;
use super::words::{Key, LONGEST, SymbolHash};
use crate::spec::model::Level;
use crate::view::glyphs::glyphs;
use crate::view::props::Class;
use crate::view::table;

impl Look<'_> {
    #[inline(always)]
    pub(super) fn end_word(&self, end: usize, word: &mut Word, sight: &mut Sight) {
        let Word { start, twin, upper, lower, misread, strange } = std::mem::take(word);
        let Some(start) = start else { return };
        let twin = twin && (strange || self.may_be_twins(start, end, &sight.wide.symbols));
        self.word_ended(start, end, twin, misread && upper && lower, sight);
    }

    /// Whether plain letters, some of them twice in a row, may be a word of the list, stretched:
    /// as [`Self::stretched`] asks of words of ASCII.
    fn may_be_twins(&self, start: usize, end: usize, symbols: &[char]) -> bool {
        let drawn = |&symbol: &char| symbol.is_ascii() || glyphs(symbol).next().is_some();
        let apostrophe = |c: Option<char>| c.is_some_and(|c| table::props(c).is_apostrophe());
        self.gate
            || self.census.open
            || !self.census.inside.is_empty()
            || self.census.twins.may_be_wide(symbols)
            || symbols.iter().all(|symbol| symbol == &symbols[0])
            || symbols.iter().any(drawn)
            || apostrophe(self.text[..start].chars().next_back())
            || apostrophe(self.text[end..].chars().next())
    }

    fn word_ended(&self, start: usize, end: usize, twin: bool, misread: bool, sight: &mut Sight) {
        let census = self.census;
        let symbols = std::mem::take(&mut sight.wide.symbols);
        match Key::of(&symbols) {
            _ if symbols.len() <= LONGEST && self.is_letters(start, end) => {
                self.word(start, end - start, sight);
            }
            Some(key) => {
                if let Some(number) = census.words.look_up(key) {
                    self.announce(census.entries[number as usize], start, end, sight);
                }
            }
            None if symbols.len() <= census.longest_other => {
                let hash = SymbolHash::of(symbols.iter().copied());
                if census.others_seen.may_have_hash(hash)
                    && let Some(&entry) = census.others.get(&hash)
                {
                    self.announce(entry, start, end, sight);
                }
            }
            None => {}
        }
        if !census.prefixes.is_empty() {
            self.prefix(start, sight);
        }
        let standard = census.level >= Level::Standard;
        let shown = |(_, c): &(usize, char)| {
            !matches!(table::props(*c).class(), Class::Ignorable | Class::Mark)
        };
        if standard
            && !census.inside.is_empty()
            && let Some((last, _)) = self.text[start..end].char_indices().rev().find(shown)
        {
            self.start_inside(start + last, sight);
        }
        let alone =
            symbols.len() == 1 && !self.is_before_word(end) || self.is_letter_alone(start, end);
        if standard && (twin || misread || alone) {
            self.start(start, sight);
            self.each_inside(start, end, sight);
        }
        sight.wide.symbols = symbols;
        sight.wide.symbols.clear();
    }

    /// True where a space follows and a word of several letters that are nothing but themselves:
    /// no letter before it begins a word that is spelled out, as [`super::look::Kinds::live`]
    /// says of ASCII.
    fn is_before_word(&self, end: usize) -> bool {
        let Some(behind) = self.text[end..].strip_prefix(' ') else { return false };
        let mut letters = behind.chars().map(|c| {
            let letter = self.census.letters.get(u32::from(c))?;
            (!(self.gate && letter.looks())).then(|| letter.symbol())
        });
        match (letters.next().flatten(), letters.next().flatten()) {
            (Some(first), Some(second)) => first != second,
            _ => false,
        }
    }

    /// True for a syllable, or one letter with its vowel signs: it may be spelled out.
    fn is_letter_alone(&self, start: usize, end: usize) -> bool {
        let attached = |c| {
            let class = table::props(c).class();
            matches!(class, Class::Mark | Class::VowelMark | Class::Ignorable)
        };
        self.text.as_bytes()[start] >= 0xE0 && self.text[start..end].chars().skip(1).all(attached)
    }

    fn is_letters(&self, start: usize, end: usize) -> bool {
        self.text.as_bytes()[start..end].iter().all(u8::is_ascii_alphabetic)
    }

    fn each_inside(&self, start: usize, end: usize, sight: &mut Sight) {
        if !self.census.inside.is_empty() {
            for (offset, c) in self.text[start..end].char_indices() {
                if !matches!(table::props(c).class(), Class::Ignorable | Class::Mark) {
                    self.start_inside(start + offset, sight);
                }
            }
        }
    }
}
