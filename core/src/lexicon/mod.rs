//! The lexicon: innocent words of several languages.
//!
//! It answers one question, on the path of every relaxed match: is this an
//! ordinary word? Answers are exact, take about the same time for every word,
//! allocate nothing and need no preparation. The words are folded; nothing that a
//! built-in pack looks for is among them. `README.md` beside this file says where
//! they come from and how they are stored.

pub(crate) mod packed;
mod table;

use packed::{FREQUENCY_BITS, HALF, Key, MAX_LETTERS, MIN_LETTERS, Section};
use table::SECTIONS;

pub(crate) use table::VERSION;

/// Starts of buckets, stored bits, what is known of each word; in this order.
static DATA: &[u8; table::DATA_BYTES] = include_bytes!("words.bin");

/// The languages a word is known from, as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Languages(u16);

impl Languages {
    pub(crate) const ENGLISH: Self = Self(1);
    pub(crate) const GERMAN: Self = Self(1 << 1);
    pub(crate) const FRENCH: Self = Self(1 << 2);
    pub(crate) const SPANISH: Self = Self(1 << 3);
    pub(crate) const PORTUGUESE: Self = Self(1 << 4);
    pub(crate) const ITALIAN: Self = Self(1 << 5);
    pub(crate) const DUTCH: Self = Self(1 << 6);
    pub(crate) const RUSSIAN: Self = Self(1 << 7);
    pub(crate) const POLISH: Self = Self(1 << 8);
    pub(crate) const TURKISH: Self = Self(1 << 9);
    /// Names of people and places, whatever their language.
    pub(crate) const NAMES: Self = Self(1 << 10);

    /// Every single one, with its code as in `lang:`; names have none.
    pub(crate) const ALL: [(Self, &'static str); 11] = [
        (Self::ENGLISH, "en"),
        (Self::GERMAN, "de"),
        (Self::FRENCH, "fr"),
        (Self::SPANISH, "es"),
        (Self::PORTUGUESE, "pt"),
        (Self::ITALIAN, "it"),
        (Self::DUTCH, "nl"),
        (Self::RUSSIAN, "ru"),
        (Self::POLISH, "pl"),
        (Self::TURKISH, "tr"),
        (Self::NAMES, ""),
    ];

    /// The language with this code, if the lexicon has words of it.
    pub(crate) fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().find(|known| known.1 == code && !code.is_empty()).map(|known| known.0)
    }

    /// The languages of either.
    #[must_use]
    pub(crate) const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Every language: what a name is a word of.
    pub(crate) const EVERY: Self = Self(u16::MAX);

    /// The languages of both.
    #[must_use]
    pub(crate) const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether the two have a language in common.
    #[inline]
    pub(crate) const fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// What is known of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The languages it is known from.
    pub(crate) languages: Languages,
    /// How frequent it is in English, from 1 (hardly ever met) to 15; each step is
    /// a factor of three. 0: not known.
    pub(crate) frequency: u8,
}

/// Whether a folded word is an ordinary word of any language here.
///
/// Words have two letters or more; a possessive `'s` may follow. Constant time.
#[inline]
pub(crate) fn is_word(word: impl IntoIterator<Item = char>) -> bool {
    find(word).is_some()
}

/// Whether a folded word is an ordinary word of one of these languages. What is a word
/// elsewhere may be a disguise here. Constant time.
#[inline]
pub(crate) fn is_word_of(languages: Languages, word: impl IntoIterator<Item = char>) -> bool {
    lookup(word).is_some_and(|entry| entry.languages.intersects(languages))
}

/// What is known of a folded word. Constant time.
#[inline]
pub(crate) fn lookup(word: impl IntoIterator<Item = char>) -> Option<Entry> {
    find(word).map(entry)
}

/// All words, by length and then in no particular order; with their entries.
pub(crate) fn words() -> impl Iterator<Item = (String, Entry)> {
    (MIN_LETTERS..=MAX_LETTERS).flat_map(|len| {
        let section = &SECTIONS[len];
        (0..1usize << section.bucket_bits).flat_map(move |bucket| {
            let (start, end) = bucket_range(section, bucket);
            (start..end).map(move |at| {
                let word = section.word(len, bucket, stored(section, len, at));
                (word.letters().collect(), entry(section.first as usize + at))
            })
        })
    })
}

/// The number of a word among all entries.
#[inline]
fn find(word: impl IntoIterator<Item = char>) -> Option<usize> {
    let key = Key::new(word)?;
    find_key(key).or_else(|| find_key(key.possessor()?))
}

#[inline]
fn find_key(key: Key) -> Option<usize> {
    let section = &SECTIONS[key.len()];
    let at = if key.len() <= HALF {
        let (bucket, rest) = section.short_place(key);
        let (start, end) = bucket_range(section, bucket);
        (start..end).find(|&at| short_stored(section, key.len(), at) == rest)
    } else {
        let (bucket, rest) = section.place(key);
        let (start, end) = bucket_range(section, bucket);
        (start..end).find(|&at| stored(section, key.len(), at) == rest)
    };
    at.map(|at| section.first as usize + at)
}

/// The words of a bucket, counted from the first of the section.
#[inline]
fn bucket_range(section: &Section, bucket: usize) -> (usize, usize) {
    let at = 2 * (section.starts as usize + bucket);
    let start = |at: usize| usize::from(u16::from_le_bytes([DATA[at], DATA[at + 1]]));
    (start(at), start(at + 2))
}

/// The stored bits of a word of a section.
#[inline]
fn stored(section: &Section, len: usize, at: usize) -> u128 {
    let bits = section.stored_bits(len);
    let first = bits as usize * at;
    let byte = section.bytes as usize + first / 8;
    let mut read = [0; 16];
    read.copy_from_slice(&DATA[byte..byte + 16]);
    u128::from_le_bytes(read) >> (first % 8) & ((1 << bits) - 1)
}

/// [`stored`] of a word of at most [`HALF`] letters: with seven bits of shift it fits
/// into one read, because buckets take the rest.
#[inline]
fn short_stored(section: &Section, len: usize, at: usize) -> u64 {
    let bits = section.stored_bits(len);
    let first = bits as usize * at;
    let byte = section.bytes as usize + first / 8;
    let mut read = [0; 8];
    read.copy_from_slice(&DATA[byte..byte + 8]);
    u64::from_le_bytes(read) >> (first % 8) & ((1 << bits) - 1)
}

#[inline]
fn entry(word: usize) -> Entry {
    let at = table::INFO_BYTES + 2 * word;
    let bits = u16::from_le_bytes([DATA[at], DATA[at + 1]]);
    let frequency = bits & ((1 << FREQUENCY_BITS) - 1);
    Entry { languages: Languages(bits >> FREQUENCY_BITS), frequency: frequency as u8 }
}

#[cfg(test)]
mod tests;
