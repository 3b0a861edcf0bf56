//! Words of the text that are in the list, and what they announce.

use super::look::Look;
use super::words::{Key, LONGEST, SymbolHash};
use super::{Announcement, Entry, Found, Sight, phrases};

impl Look<'_> {
    /// A run of ASCII letters, the word of that number, that may be in the list.
    #[inline(never)]
    pub(super) fn known(&self, at: usize, len: usize, key: Key, word: u32, sight: &mut Sight) {
        if len > LONGEST {
            if len <= self.census.longest_other {
                self.other(at, at + len, sight);
            }
        } else if let Some(number) = self.census.words.look_up(key) {
            self.hit(at, len, number, word, sight);
        }
    }

    /// A run of ASCII letters outside the blocks, in a text that is not of ASCII alone.
    pub(super) fn word(&self, at: usize, len: usize, sight: &mut Sight) {
        let census = self.census;
        if len <= LONGEST {
            let key = Key::read(self.text.as_bytes(), at, len);
            if let Some(number) = census.words.look_up(key) {
                self.hit(at, len, number, 0, sight);
            }
        } else if len <= census.longest_other {
            self.other(at, at + len, sight);
        }
    }

    /// Whether a needle with a wildcard behind its first letters begins at `at`.
    pub(super) fn prefix(&self, at: usize, sight: &mut Sight) {
        let prefixes = &self.census.prefixes;
        if (!sight.saw.anywhere || self.long)
            && prefixes.survive(self.text, at, false, &mut sight.walks)
        {
            sight.see_anywhere(at);
        }
    }

    /// A word of ASCII that is no key.
    pub(super) fn other(&self, start: usize, end: usize, sight: &mut Sight) {
        let symbols = self.text.as_bytes()[start..end].iter();
        let lower = symbols.map(|&byte| char::from(byte.to_ascii_lowercase()));
        if let Some(&entry) = self.census.others.get(&SymbolHash::of(lower)) {
            self.announce(entry, start, end, sight);
        }
    }

    /// What a word announces; it is more than letters of ASCII, or its needle is.
    pub(super) fn announce(&self, entry: Entry, start: usize, end: usize, sight: &mut Sight) {
        let Entry { first, count } = entry;
        let census = self.census;
        for announced in &census.announced[first as usize..(first + count) as usize] {
            let place = Announcement { start: start as u32, needle: announced.needle };
            if announced.spares {
                sight.spare(place);
            }
            let rest = announced.rest.of(&census.rests);
            if announced.sought && phrases::may_follow(self.text, end, rest, self.gate) {
                sight.hit(place);
            }
        }
    }

    fn hit(&self, at: usize, len: usize, number: u32, word: u32, sight: &mut Sight) {
        let bytes = self.text.as_bytes();
        let census = self.census;
        let end = at + len;
        let digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
        if at > 0 && digit(bytes.get(at - 1)) || digit(bytes.get(end)) {
            // A part of a word; what digits may hide is looked at with them.
            return;
        }
        let Entry { first, count } = census.entries[number as usize];
        for announced in &census.announced[first as usize..(first + count) as usize] {
            let place = Announcement { start: at as u32, needle: announced.needle };
            if announced.spares {
                sight.spare(place);
            }
            if announced.simple {
                let (start, end) = (at as u32, end as u32);
                sight.find(Found { start, end, word, needle: announced.needle });
            } else if announced.sought && !is_other_word(bytes, end, announced.next) {
                let rest = announced.rest.of(&census.rests);
                if phrases::may_follow(self.text, end, rest, self.gate) {
                    sight.hit(place);
                }
            }
        }
    }
}

/// True when a space follows at `end` and then a letter that is not `wanted` and cannot
/// be read as it.
#[inline]
fn is_other_word(bytes: &[u8], end: usize, wanted: Option<u8>) -> bool {
    let (Some(wanted), Some(&[b' ', next])) = (wanted, bytes.get(end..end + 2)) else {
        return false;
    };
    next.is_ascii_alphabetic()
        && next.to_ascii_lowercase() != wanted
        && !matches!(next, b'I' | b'l' | b'v' | b'V')
}
