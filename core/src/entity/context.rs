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

/// The longest word that is compared, in bytes.
const LONGEST: usize = 48;

impl Words {
    /// True when one of the words is in the last `bytes` bytes before `at`.
    pub(super) fn before(&self, text: &str, at: usize, bytes: usize) -> bool {
        self.last_before(text, at, bytes).is_some()
    }

    /// The end of the last of the words in the last `bytes` bytes before `at`.
    fn last_before(&self, text: &str, at: usize, bytes: usize) -> Option<usize> {
        let mut start = text::ceil(text, at.saturating_sub(bytes)).min(at);
        if start > 0 && text[..start].ends_with(text::is_word) {
            // The first word is the end of a longer one.
            start += text[start..at].find(|c: char| !text::is_word(c)).unwrap_or(at - start);
        }
        self.last_in(&text[start..at]).map(|end| start + end)
    }

    /// True when one of the words is in the next `bytes` bytes behind `at`, on the same line.
    pub(super) fn after(&self, text: &str, at: usize, bytes: usize) -> bool {
        let end = text::floor(text, at.saturating_add(bytes)).max(at);
        let mut window = text[at..end].split(['\n', '\r']).next().unwrap_or_default();
        let stop = at + window.len();
        if stop == end && text[stop..].starts_with(text::is_word) {
            window = &window[..window.rfind(|c: char| !text::is_word(c)).unwrap_or(0)];
        }
        self.last_in(window).is_some()
    }

    fn last_in(&self, window: &str) -> Option<usize> {
        let find = |word: &&str| window.rfind(word).map(|at| at + word.len());
        let unspaced =
            if window.is_ascii() { None } else { self.unspaced.iter().filter_map(find).max() };
        unspaced.max(self.last_whole_in(window))
    }

    fn last_whole_in(&self, window: &str) -> Option<usize> {
        let mut word = Word::EMPTY;
        let mut last = None;
        let mut rest = window.char_indices().peekable();
        while let Some((at, c)) = rest.next() {
            if text::is_word(c) {
                word.push(c);
                continue;
            }
            // `d.o.b` is one word.
            let abbreviates = c == '.' && (1..=3).contains(&word.chars);
            if abbreviates && rest.peek().is_some_and(|&(_, next)| text::is_word(next)) {
                continue;
            }
            if self.has(&word) {
                last = Some(at);
            }
            word.clear();
        }
        if self.has(&word) { Some(window.len()) } else { last }
    }

    /// True when it is one of the words.
    pub(super) fn has(&self, word: &Word) -> bool {
        let bytes = word.as_bytes();
        !bytes.is_empty()
            && self.whole.binary_search_by(|known| known.as_bytes().cmp(bytes)).is_ok()
    }
}

/// [`Words::before`] for places that only move on: each word is looked up once,
/// however many candidates there are.
#[derive(Debug)]
pub(super) struct Announced<'t> {
    text: &'t str,
    words: &'static Words,
    /// Everything before was looked at.
    read: usize,
    /// The end of the last of the words.
    last: Option<usize>,
}

impl<'t> Announced<'t> {
    pub(super) fn new(text: &'t str, words: &'static Words) -> Self {
        Self { text, words, read: 0, last: None }
    }

    /// True when one of the words is in the last `bytes` bytes before `at`, or
    /// reaches into them. No word lies across two places that are asked about.
    pub(super) fn before(&mut self, at: usize, bytes: usize) -> bool {
        let from = at.saturating_sub(bytes);
        if self.read < at {
            let window = at - self.read.max(from);
            self.last = self.words.last_before(self.text, at, window).or(self.last);
            self.read = at;
        }
        self.last.is_some_and(|last| last > from)
    }
}

/// Whether one of the words may stand near a place, for places that only move on.
/// What says no is sure; that is what most numbers of a text get, in hostile ones too,
/// for the price of reading the text once.
#[derive(Debug)]
pub(super) struct Nearby<'t> {
    text: &'t str,
    words: &'static Words,
    /// The block that was asked about last and the one before, and whether they have a word.
    blocks: [(usize, bool); 2],
}

/// Bytes of a block.
const BLOCK: usize = 256;

impl<'t> Nearby<'t> {
    pub(super) fn new(text: &'t str, words: &'static Words) -> Self {
        Self { text, words, blocks: [(usize::MAX, false); 2] }
    }

    /// False only when none of the words has a byte among the `bytes` before or behind `at`.
    pub(super) fn may_have(&mut self, at: usize, bytes: usize) -> bool {
        let last = self.text.len().saturating_sub(1);
        let (first, last) = (at.saturating_sub(bytes) / BLOCK, (at + bytes).min(last) / BLOCK);
        (first..=last).any(|block| self.block(block))
    }

    fn block(&mut self, number: usize) -> bool {
        if let Some(&(_, has)) = self.blocks.iter().find(|known| known.0 == number) {
            return has;
        }
        // A word that lies across an end is whole in the window of one of both blocks.
        let start = text::floor(self.text, (number * BLOCK).saturating_sub(LONGEST));
        let end = text::ceil(self.text, (number + 1) * BLOCK + LONGEST);
        let has = self.words.last_in(&self.text[start..end]).is_some();
        self.blocks = [(number, has), self.blocks[0]];
        has
    }
}

/// A word of a text, folded and without marks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    bytes: [u8; LONGEST],
    /// Counts on when there is no room.
    len: usize,
    /// How many characters it was made of.
    chars: usize,
    /// Its first byte, where it was asked for by place.
    pub(super) start: usize,
    /// One past its last byte.
    pub(super) end: usize,
}

impl Word {
    const EMPTY: Word = Word { bytes: [0; LONGEST], len: 0, chars: 0, start: 0, end: 0 };

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
        let mut word = Self { start, end, ..Self::EMPTY };
        text[start..end].chars().for_each(|c| word.push(c));
        word
    }

    /// Its bytes; none when it is longer than any word of a list.
    pub(super) fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or_default()
    }

    fn clear(&mut self) {
        (self.len, self.chars) = (0, 0);
    }

    /// Adds the folded symbols of `c` but no marks.
    #[inline]
    fn push(&mut self, c: char) {
        self.chars += 1;
        if c.is_ascii() {
            self.push_bytes(&[c.to_ascii_lowercase() as u8]);
            return;
        }
        for &symbol in table::fold(c).symbols() {
            if table::props(symbol).class() != Class::Mark {
                self.push_bytes(symbol.encode_utf8(&mut [0; 4]).as_bytes());
            }
        }
    }

    fn push_bytes(&mut self, bytes: &[u8]) {
        if let Some(room) = self.bytes.get_mut(self.len..self.len + bytes.len()) {
            room.copy_from_slice(bytes);
        }
        self.len += bytes.len();
    }
}

/// The bytes of the word characters that come first, if they are not too many.
fn word_len(chars: impl Iterator<Item = char>) -> Option<usize> {
    let mut len = 0;
    for (count, c) in chars.take_while(|&c| text::is_word(c) && !c.is_ascii_digit()).enumerate() {
        if count == LONGEST {
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
        assert_eq!(word.as_bytes(), folded.as_bytes(), "{word} is not folded");
    }
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, LONGEST, Nearby, Words};

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
    fn what_is_near_is_never_missed() {
        for word in ["dob", "d.o.b.", "Né", "生日", "BIRTH"] {
            for before in 0..2 * BLOCK + LONGEST {
                let text = format!("{} {word} {}", "x".repeat(before), "y ".repeat(BLOCK));
                let at = before + 1;
                let mut nearby = Nearby::new(&text, &BORN);
                let asked: Vec<usize> =
                    (at.saturating_sub(60)..at + 60).filter(|&at| at < text.len()).collect();
                assert!(asked.iter().all(|&at| nearby.may_have(at, 64)), "{word} behind {before}");
            }
        }
        let text = "1/1 ".repeat(1_000);
        let mut nearby = Nearby::new(&text, &BORN);
        assert!((0..text.len()).all(|at| !nearby.may_have(at, 192)));
        assert!(!Nearby::new("", &BORN).may_have(0, 64));
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
