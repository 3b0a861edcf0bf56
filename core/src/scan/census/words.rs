//! Whole words of ASCII letters: one probe each, however long the list.
//!
//! A word of up to 16 letters is its own key, two machine words wide, so what the
//! table finds needs no further look. A bitmap that stays in the first cache answers
//! for nearly all words of a text that they are none of the list.

use super::masks::{Block, Kernel};

/// The longest word that is a key.
pub(super) const LONGEST: usize = 16;

/// Bits of the bitmap for each word, of which one of so many strange words passes it.
const BITS_A_WORD: usize = 64;
/// Its size at least and at most, as powers of two.
const LEAST_BITS: u32 = 12;
const MOST_BITS: u32 = 21;

/// The bit that makes letters small, in eight bytes.
const CASE: u64 = 0x2020_2020_2020_2020;

/// By length of a word: which of sixteen bytes are its letters.
static KEEP: [(u64, u64); 32] = {
    let mut keep = [(0, 0); 32];
    let mut len = 1;
    while len <= LONGEST {
        keep[len] = if len <= 8 {
            (u64::MAX >> (64 - 8 * len), 0)
        } else {
            (u64::MAX, u64::MAX >> (128 - 8 * len))
        };
        len += 1;
    }
    keep
};

/// The hash of a word of any symbols, taken in one by one: words beyond ASCII have no key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct SymbolHash(u64);

impl SymbolHash {
    pub(super) fn of(symbols: impl Iterator<Item = char>) -> Self {
        symbols.fold(Self::default(), Self::with)
    }

    #[inline(always)]
    pub(super) fn with(self, symbol: char) -> Self {
        let mixed = (self.0.rotate_left(23) ^ u64::from(symbol)).wrapping_mul(FACTOR);
        Self(mixed)
    }
}

/// The golden ratio as a fraction of 64 bits: products have good high bits.
pub(super) const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

/// How far the second half of a key is turned in its hash.
pub(super) const HIGH_TURN: i32 = 29;

/// A word in lower case, padded with zeros.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Key {
    low: u64,
    high: u64,
}

impl Key {
    /// The key of `word`, if it is up to [`LONGEST`] ASCII letters in lower case.
    pub(super) fn of(word: &[char]) -> Option<Self> {
        let fits = !word.is_empty() && word.len() <= LONGEST;
        if !fits || !word.iter().all(char::is_ascii_lowercase) {
            return None;
        }
        let mut bytes = [0; LONGEST];
        for (byte, &letter) in bytes.iter_mut().zip(word) {
            *byte = letter as u8;
        }
        Some(Self::padded(bytes))
    }

    fn padded(bytes: [u8; LONGEST]) -> Self {
        let both = u128::from_le_bytes(bytes);
        Self { low: both as u64, high: (both >> 64) as u64 }
    }

    /// The key of the `len` letters at `at` of a block, upper case taken for lower.
    #[inline(always)]
    pub(super) fn in_block(block: &Block, at: usize, len: usize) -> Self {
        // No branch on the length, which nobody can predict; longer words have no key.
        let (low, high) = KEEP[len & 31];
        Self { low: block.eight(at) & low, high: block.eight(at + 8) & high }
    }

    /// The same without those letters whose bit in `drop` is set.
    #[inline(always)]
    pub(super) fn without<K: Kernel>(block: &Block, at: usize, len: usize, drop: u16) -> Self {
        let Self { low, high } = Self::in_block(block, at, len);
        let [dropped_low, dropped_high] = drop.to_le_bytes();
        let (low, high) = (K::without(low, dropped_low), K::without(high, dropped_high));
        let both = u128::from(low) | u128::from(high) << (64 - 8 * dropped_low.count_ones());
        Self { low: both as u64, high: (both >> 64) as u64 }
    }

    /// True for a word of one letter.
    #[inline(always)]
    pub(super) fn is_one_letter(self) -> bool {
        self.low < 256
    }

    /// The same of a text.
    pub(super) fn read(text: &[u8], at: usize, len: usize) -> Self {
        debug_assert!((1..=LONGEST).contains(&len) && at + len <= text.len());
        let first = eight(text, at) | CASE;
        if len <= 8 {
            return Self { low: first & (u64::MAX >> (64 - 8 * len)), high: 0 };
        }
        let second = eight(text, at + 8) | CASE;
        Self { low: first, high: second & (u64::MAX >> (128 - 8 * len)) }
    }

    /// The same with apostrophes left out, and letters that equal the one before.
    pub(super) fn collapsed(text: &[u8], at: usize, len: usize) -> Self {
        let mut bytes = [0; LONGEST];
        let mut used = 0;
        let mut last = 0;
        for &byte in text[at..at + len].iter().filter(|&&byte| byte != b'\'') {
            let lower = byte | 0x20;
            if lower != last && used < LONGEST {
                bytes[used] = lower;
                used += 1;
            }
            last = lower;
        }
        Self::padded(bytes)
    }

    /// True when `text`, letters that collapse to the same, has some of the letters of this
    /// word more often and none less often.
    pub(super) fn is_stretched(self, text: &[u8]) -> bool {
        let word = (u128::from(self.high) << 64 | u128::from(self.low)).to_le_bytes();
        let mut behind = 0;
        let mut longer = false;
        for run in text.chunk_by(u8::eq_ignore_ascii_case) {
            let own = word[behind..].iter().take_while(|&&byte| byte == run[0] | 0x20).count();
            if own == 0 || own > run.len() {
                return false;
            }
            longer |= own < run.len();
            behind += own;
        }
        longer && word.get(behind).is_none_or(|&byte| byte == 0)
    }

    #[inline(always)]
    fn hash(self) -> u64 {
        // Few words are so long that both halves have letters.
        (self.low ^ self.high.rotate_left(HIGH_TURN as u32)).wrapping_mul(FACTOR)
    }
}

/// Eight bytes from `at` on; what lies beyond the end reads as zeros.
#[inline]
fn eight(text: &[u8], at: usize) -> u64 {
    if let Some(bytes) = text.get(at..at + 8) {
        return u64::from_le_bytes(bytes.try_into().expect("eight bytes"));
    }
    if text.len() >= 8 && at < text.len() {
        // The last eight bytes hold them all.
        let last = text.len() - 8;
        let bytes: [u8; 8] = text[last..].try_into().expect("eight bytes");
        return u64::from_le_bytes(bytes) >> (8 * (at - last));
    }
    let rest = text.get(at..).unwrap_or_default();
    rest.iter().rev().fold(0, |read, &byte| read << 8 | u64::from(byte))
}

/// A set of keys that may say yes to a strange one.
#[derive(Debug, Default)]
pub(super) struct Bitmap {
    bits: Vec<u64>,
    shift: u32,
}

impl Bitmap {
    /// The set of words beyond ASCII.
    pub(super) fn of_hashes(count: usize, hashes: impl Iterator<Item = SymbolHash>) -> Self {
        Self::of(count, hashes.map(|hash| hash.0))
    }

    /// The set of `keys`, of which there are `count` at most.
    pub(super) fn new(count: usize, keys: impl Iterator<Item = Key>) -> Self {
        Self::of(count, keys.map(Key::hash))
    }

    fn of(count: usize, hashes: impl Iterator<Item = u64>) -> Self {
        if count == 0 {
            return Self { bits: vec![0], shift: 63 };
        }
        let log = (count * BITS_A_WORD).next_power_of_two().ilog2();
        let log = log.clamp(LEAST_BITS, MOST_BITS);
        let mut map = Self { bits: vec![0; 1 << (log - 6)], shift: 64 - log };
        for hash in hashes {
            let bit = hash >> map.shift;
            map.bits[(bit >> 6) as usize] |= 1 << (bit & 63);
        }
        map
    }

    #[inline(always)]
    pub(super) fn may_have(&self, key: Key) -> bool {
        self.has(key.hash())
    }

    /// Its bits, and by how much a hash is shifted to be the number of one of them.
    #[inline(always)]
    pub(super) fn bits(&self) -> (&[u64], u32) {
        (&self.bits, self.shift)
    }

    #[inline(always)]
    pub(super) fn may_have_hash(&self, hash: SymbolHash) -> bool {
        self.has(hash.0)
    }

    #[inline(always)]
    fn has(&self, hash: u64) -> bool {
        let bit = hash >> self.shift;
        self.bits.get((bit >> 6) as usize).is_some_and(|word| word >> (bit & 63) & 1 != 0)
    }

    pub(super) fn memory_usage(&self) -> usize {
        self.bits.capacity() * 8
    }
}

/// From words to numbers.
#[derive(Debug, Default)]
pub(super) struct Words {
    seen: Bitmap,
    /// Open addressing: an index into `keys`, or [`EMPTY`].
    slots: Vec<u32>,
    shift: u32,
    keys: Vec<Key>,
}

const EMPTY: u32 = u32::MAX;

impl Words {
    /// The table of `keys`, which are all different; each has the number of its place. Those
    /// that are not `shown` are known to [`Words::look_up`] only.
    pub(super) fn new(keys: Vec<Key>, shown: impl Fn(usize) -> bool) -> Self {
        let log = (keys.len() * 2 + 2).next_power_of_two().ilog2();
        let mut this = Self {
            seen: Bitmap::new(keys.len(), (0..keys.len()).filter(|&n| shown(n)).map(|n| keys[n])),
            slots: vec![EMPTY; 1 << log],
            shift: 64 - log,
            keys,
        };
        for number in 0..this.keys.len() {
            let mut slot = (this.keys[number].hash() >> this.shift) as usize;
            while this.slots[slot] != EMPTY {
                slot = (slot + 1) & (this.slots.len() - 1);
            }
            this.slots[slot] = number as u32;
        }
        this
    }

    /// The words that are shown.
    #[inline(always)]
    pub(super) fn seen(&self) -> &Bitmap {
        &self.seen
    }

    /// The same as [`find`](Self::find) for a key that may be in the table.
    pub(super) fn look_up(&self, key: Key) -> Option<u32> {
        let mut slot = (key.hash() >> self.shift) as usize;
        loop {
            let number = *self.slots.get(slot)?;
            if number == EMPTY {
                return None;
            }
            if self.keys[number as usize] == key {
                return Some(number);
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
    }

    pub(super) fn memory_usage(&self) -> usize {
        self.seen.memory_usage() + self.slots.capacity() * 4 + self.keys.capacity() * 16
    }
}

#[cfg(test)]
mod tests {
    use super::super::masks::Portable;
    use super::{Block, Kernel, Key, LONGEST, Words};

    fn key(word: &str) -> Key {
        Key::of(&word.chars().collect::<Vec<_>>()).expect("a word")
    }

    #[test]
    fn a_word_reads_alike_wherever_it_stands() {
        let text = b"GoodMorningEverybody".as_slice();
        for at in 0..text.len() {
            for len in 1..=LONGEST.min(text.len() - at) {
                let word = String::from_utf8_lossy(&text[at..at + len]).to_lowercase();
                assert_eq!(Key::read(text, at, len), key(&word));
                assert_eq!(Key::read(&text[at..at + len], 0, len), key(&word));
                let mut block = Block::new();
                Portable::take(&mut block, text);
                assert_eq!(Key::in_block(&block, at, len), key(&word));
            }
        }
    }

    #[test]
    fn runs_collapse() {
        assert_eq!(Key::collapsed(b"GoOod", 0, 5), key("god"));
        assert_eq!(Key::collapsed(b"he'll", 0, 5), key("hel"));
        assert_eq!(Key::collapsed(b"aaaaaaaaaaaaaaaaaaaaab", 0, 22), key("ab"));
    }

    #[test]
    fn only_words_of_the_table_are_found() {
        let words: Vec<String> = (0..5000u32).map(|n| format!("{n:x}")).collect();
        let letters = |w: &String| w.bytes().map(|b| char::from(b'a' + b % 26)).collect::<String>();
        let mut keys: Vec<Key> = words.iter().map(|w| key(&letters(w))).collect();
        keys.sort_unstable();
        keys.dedup();
        let table = Words::new(keys.clone(), |number| number != 7);
        for (number, &known) in keys.iter().enumerate() {
            assert_eq!(table.look_up(known), Some(number as u32));
            assert!(table.seen().may_have(known) || number == 7);
        }
        assert_eq!(table.look_up(key("zzzzzzzz")), None);
        assert!(!table.seen().may_have(key("zzzzzzzz")));
        assert_eq!(Words::new(Vec::new(), |_| true).look_up(key("a")), None);
    }
}
