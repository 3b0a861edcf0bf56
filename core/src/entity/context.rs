//! The words around a find that say what it is: `SSN:`, `call me at`, `born`.
//!
//! A window of fixed size is read, so the cost of a candidate does not depend
//! on the text.

use super::text;
use crate::view::props::Class;
use crate::view::table;

/// Words that announce something. All are folded and without marks.
#[derive(Debug)]
pub(super) struct Words {
    /// Whole words, sorted.
    pub(super) whole: &'static [&'static str],
    /// Words of scripts that put no space between words; found anywhere.
    pub(super) unspaced: &'static [&'static str],
}

/// The longest word that is compared, in symbols.
const LONGEST: usize = 24;

impl Words {
    /// True when one of the words is in the last `bytes` bytes before `at`.
    pub(super) fn before(&self, text: &str, at: usize, bytes: usize) -> bool {
        let start = at.saturating_sub(bytes);
        let mut window = &text[text::ceil(text, start).min(at)..at];
        if start > 0 {
            // The first word may be the end of a longer one.
            let cut = window.find(|c: char| !text::is_word(c)).unwrap_or(0);
            window = &window[cut..];
        }
        self.are_in(window)
    }

    /// True when one of the words is in the next `bytes` bytes behind `at`, on the same line.
    pub(super) fn after(&self, text: &str, at: usize, bytes: usize) -> bool {
        let mut window = &text[at..text::floor(text, at.saturating_add(bytes)).max(at)];
        if at + window.len() < text.len() {
            let cut = window.rfind(|c: char| !text::is_word(c)).unwrap_or(window.len());
            window = &window[..cut];
        }
        self.are_in(window.split(['\n', '\r']).next().unwrap_or_default())
    }

    fn are_in(&self, window: &str) -> bool {
        let unspaced = !window.is_ascii() && self.unspaced.iter().any(|word| window.contains(word));
        unspaced || self.have_a_whole_word_of(window)
    }

    fn have_a_whole_word_of(&self, window: &str) -> bool {
        let mut word = Word::default();
        let mut rest = window.chars().peekable();
        while let Some(c) = rest.next() {
            if text::is_word(c) {
                word.push(c);
                continue;
            }
            // `d.o.b` is one word.
            let abbreviates = c == '.' && (1..=3).contains(&word.len);
            if abbreviates && rest.peek().is_some_and(|&next| text::is_word(next)) {
                continue;
            }
            if self.has(&word) {
                return true;
            }
            word.len = 0;
        }
        self.has(&word)
    }

    fn has(&self, word: &Word) -> bool {
        let order = |known: &&str| known.chars().cmp(word.symbols().iter().copied());
        self.whole.binary_search_by(order).is_ok()
    }
}

/// A word of a text, folded and without marks.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Word {
    symbols: [char; LONGEST],
    len: usize,
    /// Its first byte, where it was asked for by place.
    pub(super) start: usize,
    /// One past its last byte.
    pub(super) end: usize,
}

impl Word {
    /// The word that ends at `end`. Of a longer one than any list has, nothing.
    pub(super) fn before(text: &str, end: usize) -> Option<Self> {
        let start = end - word_len(text[..end].chars().rev())?;
        Some(Self::of(text, start, end))
    }

    /// The word that starts at `start`.
    pub(super) fn after(text: &str, start: usize) -> Option<Self> {
        let end = start + word_len(text[start..].chars())?;
        Some(Self::of(text, start, end))
    }

    fn of(text: &str, start: usize, end: usize) -> Self {
        let mut word = Self { start, end, ..Self::default() };
        text[start..end].chars().for_each(|c| word.push(c));
        word
    }

    /// Its symbols; none when it is longer than any word of a list.
    pub(super) fn symbols(&self) -> &[char] {
        self.symbols.get(..self.len).unwrap_or_default()
    }

    /// Adds the folded symbols of `c` but no marks; the length counts on when there is no room.
    fn push(&mut self, c: char) {
        for &symbol in table::fold(c).symbols() {
            if table::props(symbol).class() == Class::Mark {
                continue;
            }
            if let Some(slot) = self.symbols.get_mut(self.len) {
                *slot = symbol;
            }
            self.len += 1;
        }
    }
}

/// The bytes of the word characters that come first, if they are not too many.
fn word_len(chars: impl Iterator<Item = char>) -> Option<usize> {
    let mut len = 0;
    for (count, c) in chars.take_while(|&c| text::is_word(c) && !c.is_ascii_digit()).enumerate() {
        if count == 2 * LONGEST {
            return None;
        }
        len += c.len_utf8();
    }
    (len > 0).then_some(len)
}

/// Fails when a list is not as the search needs it.
#[cfg(test)]
pub(super) fn check(words: &Words) {
    for pair in words.whole.windows(2) {
        assert!(pair[0] < pair[1], "{} before {}", pair[0], pair[1]);
    }
    for word in words.whole {
        let folded = Word::after(word, 0).expect("a word");
        assert!(word.chars().eq(folded.symbols().iter().copied()), "{word} is not folded");
    }
}

#[cfg(test)]
mod tests {
    use super::Words;

    const BORN: Words = Words { whole: &["birth", "dob", "ne"], unspaced: &["生日"] };

    #[test]
    fn words_are_whole_and_folded() {
        let said = |text: &str| BORN.before(text, text.len(), 32);
        assert!(said("D.O.B. "));
        assert!(said("Né le "));
        assert!(said("date of BIRTH:"));
        assert!(said("我的生日是"));
        assert!(!said("rebirth of "));
        assert!(!said("nested "));
        assert!(!said(""));
    }

    #[test]
    fn windows_end_where_they_should() {
        let text = "birth ................................ 1";
        assert!(!BORN.before(text, text.len(), 20));
        assert!(BORN.before(text, text.len(), 60));
        // The window begins inside of "rebirth".
        assert!(!BORN.before("rebirth 1", 8, 6));
        assert!(BORN.after("1 birth", 1, 20));
        assert!(!BORN.after("1\nbirth", 1, 20));
        assert!(!BORN.after("1 dobs", 1, 5));
    }
}
