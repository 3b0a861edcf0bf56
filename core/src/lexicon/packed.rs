//! How words are packed into bits, and where a packed word is looked for.
//!
//! `tamis-tools gen-lexicon` includes this file to write the data, the core to
//! read it: the layout has one home.
//!
//! A word of *n* letters is a number of `5n + 1` bits: five bits a letter, and one
//! for the script. A bijection scatters these numbers. Of the scattered number the
//! high bits name a bucket and the rest is stored, so what is stored says exactly
//! which word it is: there are no false positives. Words of each length have a
//! section of their own, and so an entry takes no more bits than it needs.

/// The shortest and the longest words.
pub(crate) const MIN_LETTERS: usize = 2;
pub(crate) const MAX_LETTERS: usize = 24;

const LETTER_BITS: u32 = 5;
const LETTER_MASK: u64 = (1 << LETTER_BITS) - 1;
/// Letters whose bits go into one `u64`, with the bit of the script.
pub(crate) const HALF: usize = 12;

/// Latin by their bits; the first is no letter of a word.
const LATIN: [char; 32] = [
    '\0', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r',
    's', 't', 'u', 'v', 'w', 'x', 'y', 'z', '\'', 'ı', 'ł', 'ø', 'đ',
];
/// Cyrillic letters by their bits, as they fold: `й` is `и`, `ё` is `е`.
const CYRILLIC: [char; 32] = [
    'а', 'б', 'в', 'г', 'д', 'е', 'ж', 'з', 'и', 'і', 'к', 'л', 'м', 'н', 'о', 'п', 'р', 'с', 'т',
    'у', 'ф', 'х', 'ц', 'ч', 'ш', 'щ', 'ъ', 'ы', 'ь', 'э', 'ю', 'я',
];
const APOSTROPHE: u64 = 27;
const S: u64 = 19;

/// The alphabets that words are written in. A word has letters of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Alphabet {
    Latin,
    Cyrillic,
}

/// A word as bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    /// The first twelve letters, from the lowest bits up.
    low: u64,
    /// The others.
    high: u64,
    len: u8,
    alphabet: Alphabet,
}

impl Key {
    /// The key of a folded word; `None` when it cannot be in the lexicon because
    /// of its length or a symbol in it.
    #[inline]
    pub(crate) fn new(word: impl IntoIterator<Item = char>) -> Option<Self> {
        let mut letters = Letters::default();
        for symbol in word {
            if !letters.push(symbol) {
                return None;
            }
        }
        letters.key()
    }

    /// Letters in the word.
    pub(crate) fn len(self) -> usize {
        usize::from(self.len)
    }

    /// The word without a possessive `'s`, if it has one.
    #[inline]
    pub(crate) fn possessor(self) -> Option<Self> {
        let len = self.len() - 2;
        let ending = self.letter(len) == APOSTROPHE && self.letter(len + 1) == S;
        (self.alphabet == Alphabet::Latin && ending && len >= MIN_LETTERS).then(|| {
            let cut = |bits: u64, letters: usize| bits & !(!0 << (LETTER_BITS as usize * letters));
            Self {
                low: cut(self.low, len.min(HALF)),
                high: cut(self.high, len.saturating_sub(HALF)),
                len: len as u8,
                alphabet: self.alphabet,
            }
        })
    }

    #[inline]
    fn letter(self, at: usize) -> u64 {
        let (bits, at) = if at < HALF { (self.low, at) } else { (self.high, at - HALF) };
        bits >> (LETTER_BITS as usize * at) & LETTER_MASK
    }

    /// The number that stands for the word among those of its length.
    #[inline]
    fn code(self) -> u128 {
        let letters = u128::from(self.high) << (LETTER_BITS as usize * HALF) | u128::from(self.low);
        letters << 1 | self.alphabet as u128
    }

    /// [`Key::code`] of a word of at most [`HALF`] letters.
    #[inline]
    fn short_code(self) -> u64 {
        self.low << 1 | self.alphabet as u64
    }

    /// The word whose number is `code`.
    fn from_code(code: u128, len: usize) -> Self {
        let alphabet = if code & 1 == 0 { Alphabet::Latin } else { Alphabet::Cyrillic };
        let letters = code >> 1;
        let half = LETTER_BITS as usize * HALF;
        Self {
            low: (letters & ((1 << half) - 1)) as u64,
            high: (letters >> half) as u64,
            len: len as u8,
            alphabet,
        }
    }

    /// The letters of the word.
    pub(crate) fn letters(self) -> impl Iterator<Item = char> {
        let alphabet = match self.alphabet {
            Alphabet::Latin => &LATIN,
            Alphabet::Cyrillic => &CYRILLIC,
        };
        (0..self.len()).map(move |at| alphabet[self.letter(at) as usize])
    }
}

/// Letters of a word as they are read.
#[derive(Default)]
struct Letters {
    low: u64,
    high: u64,
    len: usize,
    /// One bit for each alphabet that was seen.
    alphabets: u8,
}

impl Letters {
    /// Adds what `symbol` stands for; false when no word has it.
    #[inline]
    fn push(&mut self, symbol: char) -> bool {
        match symbol {
            'a'..='z' => self.add(Alphabet::Latin, u64::from(symbol as u32 - 'a' as u32 + 1)),
            _ => self.push_other(symbol),
        }
    }

    #[cold]
    #[inline(never)]
    fn push_other(&mut self, symbol: char) -> bool {
        match symbol {
            '\'' | '\u{2B9}' | '\u{2BC}' | '\u{2018}' | '\u{2019}' | '\u{FF07}' => {
                self.add(Alphabet::Latin, APOSTROPHE)
            }
            'ı' => self.add(Alphabet::Latin, 28),
            'ł' => self.add(Alphabet::Latin, 29),
            'ø' => self.add(Alphabet::Latin, 30),
            'đ' => self.add(Alphabet::Latin, 31),
            'æ' => self.push('a') && self.push('e'),
            'œ' => self.push('o') && self.push('e'),
            'і' => self.add(Alphabet::Cyrillic, 9),
            // The fold of й is и, so і has its place.
            'а'..='и' | 'к'..='я' => {
                self.add(Alphabet::Cyrillic, u64::from(symbol as u32 - 'а' as u32))
            }
            _ => false,
        }
    }

    #[inline]
    fn add(&mut self, alphabet: Alphabet, letter: u64) -> bool {
        if self.len < HALF {
            self.low |= letter << (LETTER_BITS as usize * self.len);
        } else if self.len < MAX_LETTERS {
            self.high |= letter << (LETTER_BITS as usize * (self.len - HALF));
        } else {
            return false;
        }
        self.alphabets |= 1 << alphabet as u8;
        self.len += 1;
        true
    }

    #[inline]
    fn key(self) -> Option<Key> {
        let alphabet = match self.alphabets {
            0b01 => Alphabet::Latin,
            0b10 => Alphabet::Cyrillic,
            _ => return None,
        };
        let Self { low, high, len, .. } = self;
        (len >= MIN_LETTERS).then_some(Key { low, high, len: len as u8, alphabet })
    }
}

/// Where the words of one length are in the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Section {
    /// How many words there are.
    pub(crate) words: u32,
    /// The entry of the first, among all.
    pub(crate) first: u32,
    /// Bits of a scattered number that name a bucket.
    pub(crate) bucket_bits: u32,
    /// The first of the `2^bucket_bits + 1` starts of buckets, among all.
    pub(crate) starts: u32,
    /// The byte at which the stored bits begin.
    pub(crate) bytes: u32,
}

/// Words in a bucket on average are from half of this to this.
const BUCKET: usize = 4;

/// Bits of a word's frequency, below those of its languages.
pub(crate) const FREQUENCY_BITS: u32 = 4;

/// Bytes behind the last stored bits, so that every read is inside.
pub(crate) const PADDING: usize = 16;

impl Section {
    /// Bits of a scattered number of `len` letters.
    #[inline]
    const fn width(len: usize) -> u32 {
        LETTER_BITS * len as u32 + 1
    }

    /// How many bits shall name a bucket, for this many words.
    pub(crate) fn bucket_bits(words: usize) -> u32 {
        (words / (BUCKET / 2)).checked_ilog2().unwrap_or(0)
    }

    /// Bits stored of each word of `len` letters.
    #[inline]
    pub(crate) const fn stored_bits(&self, len: usize) -> u32 {
        Self::width(len) - self.bucket_bits
    }

    /// The bucket of a word, and what is stored of it there.
    #[inline]
    pub(crate) fn place(&self, key: Key) -> (usize, u128) {
        let stored = self.stored_bits(key.len());
        let number = scatter(key.code(), Self::width(key.len()));
        ((number >> stored) as usize, number & ((1 << stored) - 1))
    }

    /// [`Section::place`] of a word of at most [`HALF`] letters, in half the registers.
    #[inline]
    pub(crate) fn short_place(&self, key: Key) -> (usize, u64) {
        let stored = self.stored_bits(key.len());
        let number = scatter_short(key.short_code(), Self::width(key.len()));
        ((number >> stored) as usize, number & ((1 << stored) - 1))
    }

    /// The word of `len` letters that is stored as `rest` in `bucket`.
    pub(crate) fn word(&self, len: usize, bucket: usize, rest: u128) -> Key {
        let number = (bucket as u128) << self.stored_bits(len) | rest;
        Key::from_code(gather(number, Self::width(len)), len)
    }
}

/// Odd, and with bits all over: multiplying by it is a bijection that mixes upwards.
const FACTOR: u128 = 0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835;

/// A bijection on the numbers of `width` bits that makes neighbours strangers.
#[inline]
fn scatter(number: u128, width: u32) -> u128 {
    if width <= u64::BITS {
        return u128::from(scatter_short(number as u64, width));
    }
    let mask = (1 << width) - 1;
    let half = width.div_ceil(2);
    let mixed = (number ^ number >> half).wrapping_mul(FACTOR) & mask;
    let mixed = (mixed ^ mixed >> half).wrapping_mul(FACTOR) & mask;
    mixed ^ mixed >> half
}

/// [`scatter`] in half the registers.
#[inline]
fn scatter_short(number: u64, width: u32) -> u64 {
    let factor = FACTOR as u64;
    let mask = !0 >> (u64::BITS - width);
    let half = width.div_ceil(2);
    let mixed = (number ^ number >> half).wrapping_mul(factor) & mask;
    let mixed = (mixed ^ mixed >> half).wrapping_mul(factor) & mask;
    mixed ^ mixed >> half
}

/// The inverse of [`scatter`].
fn gather(number: u128, width: u32) -> u128 {
    let mask = (1 << width) - 1;
    let half = width.div_ceil(2);
    // A shift by half the width or more undoes itself.
    let mixed = (number ^ number >> half).wrapping_mul(INVERSE) & mask;
    let mixed = (mixed ^ mixed >> half).wrapping_mul(INVERSE) & mask;
    mixed ^ mixed >> half
}

/// `FACTOR * INVERSE` is 1, by Newton's iteration: each round doubles the good bits.
const INVERSE: u128 = {
    let mut inverse = FACTOR;
    let mut round = 0;
    while round < 7 {
        inverse = inverse.wrapping_mul(2u128.wrapping_sub(FACTOR.wrapping_mul(inverse)));
        round += 1;
    }
    inverse
};
