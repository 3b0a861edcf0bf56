//! What kind of character each of 64 bytes is, as bit masks: the part of the census
//! that looks at every byte.
//!
//! With AVX-512 or AVX2, which are looked for at run time, or in a way that compilers turn
//! into whatever vectors there are; all are tested equal to one byte at a time.
//!
//! AVX-512 pays here: a block is one masked load, the kinds of all its bytes one look into
//! a table of 128 bytes, and each mask one more instruction, where AVX2 takes several for
//! each half; and eight words are put together and looked up at once.

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;

use super::words::{Bitmap, Key, LONGEST};

/// Bytes that one look takes in.
pub(super) const BLOCK: usize = 64;
/// Bytes behind a block that may be read.
const MARGIN: usize = 16;

/// A block of text of its own, padded with spaces: reading words needs no care for
/// where the text ends. Its letters are small ones; other bytes may have changed too.
#[repr(align(64))]
pub(super) struct Block {
    bytes: [u8; BLOCK + MARGIN],
}

impl Block {
    #[inline(always)]
    pub(super) fn new() -> Self {
        Self { bytes: [b' '; BLOCK + MARGIN] }
    }

    /// The beginning of `text` as it is; how many bytes that is.
    #[inline(always)]
    fn raw(text: &[u8]) -> ([u8; BLOCK + 1], usize) {
        let mut bytes = [b' '; BLOCK + 1];
        let len = text.len().min(BLOCK);
        bytes[..len].copy_from_slice(&text[..len]);
        (bytes, len)
    }

    /// Eight bytes from `at` on, the first lowest; `at` is below [`BLOCK`] + 8.
    #[inline(always)]
    pub(super) fn eight(&self, at: usize) -> u64 {
        // The mask tells the compiler that it is inside.
        let at = at & 127;
        let Some(bytes) = self.bytes.get(at..at + 8) else { return 0 };
        u64::from_le_bytes(bytes.try_into().expect("eight bytes"))
    }
}

/// One bit a byte, the first byte lowest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Masks {
    /// `a`–`z` and `A`–`Z`.
    pub(super) letters: u64,
    /// `A`–`Z`.
    pub(super) upper: u64,
    /// `0`–`9`.
    pub(super) digits: u64,
    /// White space of ASCII.
    pub(super) spaces: u64,
    /// Signs that hide nothing at the end of a word: `.,;:?!")`.
    pub(super) ending: u64,
    /// `'`.
    pub(super) apostrophes: u64,
    /// `I`, which may be read as `l`.
    pub(super) large_i: u64,
    /// `l`, which may be read as `i`.
    pub(super) small_l: u64,
    /// `v` and `V`, two of which draw a `w`.
    pub(super) v: u64,
    /// `-`.
    pub(super) dashes: u64,
    /// `l`, `L` and `!`, the strokes of a drawn letter.
    pub(super) strokes: u64,
    /// `)` and `?`, the rest of one that may stand at the end of a word.
    pub(super) hooks: u64,
    /// Bytes that equal the next one but for case, as far as both are letters.
    pub(super) twins: u64,
    /// Bytes beyond ASCII, and control characters that are no white space.
    pub(super) foreign: u64,
}

/// The vectors of a processor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Vectors {
    /// Those that compilers find by themselves.
    #[default]
    Portable,
    /// AVX2, and the instructions for masks that came with it.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// Those, and AVX-512 with its instructions for bytes.
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Vectors {
    #[cfg(not(target_arch = "x86_64"))]
    pub(super) fn of_this_processor() -> Self {
        Self::Portable
    }

    #[cfg(target_arch = "x86_64")]
    pub(super) fn of_this_processor() -> Self {
        let has_masks = is_x86_feature_detected!("bmi1")
            && is_x86_feature_detected!("bmi2")
            && is_x86_feature_detected!("lzcnt")
            && is_x86_feature_detected!("popcnt");
        let has_bytes = is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512dq")
            && is_x86_feature_detected!("avx512vbmi")
            && is_x86_feature_detected!("avx512vbmi2");
        match has_masks && is_x86_feature_detected!("avx2") {
            true if has_bytes => Self::Avx512,
            true => Self::Avx2,
            false => Self::Portable,
        }
    }
}

/// A way to make masks.
pub(super) trait Kernel {
    /// Puts the beginning of `text` into `block`: how many bytes, and their masks.
    fn take(block: &mut Block, text: &[u8]) -> (usize, Masks);

    /// `bytes` without those whose bit in `drop` is set, the others moved together, and
    /// zeros behind them.
    fn without(bytes: u64, drop: u8) -> u64;

    /// Of the words that `letters` of a block make, which may be in the set: their first
    /// letters. Those longer than keys are among them.
    #[inline(always)]
    fn may_have(block: &Block, letters: u64, set: &Bitmap) -> u64 {
        let mut may = 0;
        let mut firsts = letters & !(letters << 1);
        while firsts != 0 {
            let first = firsts & firsts.wrapping_neg();
            let start = firsts.trailing_zeros() as usize;
            firsts ^= first;
            let len = (!(letters >> start)).trailing_zeros() as usize;
            if len > LONGEST || set.may_have(Key::in_block(block, start, len)) {
                may |= first;
            }
        }
        may
    }
}

/// For any processor.
pub(super) struct Portable;

impl Kernel for Portable {
    #[inline(always)]
    fn without(bytes: u64, drop: u8) -> u64 {
        let (mut kept, mut at) = (0, 0);
        for byte in 0..8 {
            if drop >> byte & 1 == 0 {
                kept |= (bytes >> (8 * byte) & 0xFF) << at;
                at += 8;
            }
        }
        kept
    }

    #[inline(always)]
    fn take(block: &mut Block, text: &[u8]) -> (usize, Masks) {
        let (bytes, len) = Block::raw(text);
        for (own, byte) in block.bytes.iter_mut().zip(&bytes[..BLOCK]) {
            *own = byte | 0x20;
        }
        (len, masks(&bytes))
    }
}

#[inline(always)]
fn masks(padded: &[u8; BLOCK + 1]) -> Masks {
    let bytes: &[u8; BLOCK] = padded.first_chunk().expect("longer than a block");
    let all = |test: fn(u8) -> bool| {
        let mut flags = [0; BLOCK];
        for (flag, &byte) in flags.iter_mut().zip(bytes) {
            *flag = u8::from(test(byte));
        }
        gather(&flags)
    };
    let mut twins = [0; BLOCK];
    for at in 0..BLOCK {
        twins[at] = u8::from(bytes[at] | 0x20 == padded[at + 1] | 0x20);
    }
    let letters = all(|b| (b | 0x20).wrapping_sub(b'a') < 26);
    Masks {
        letters,
        upper: all(|b| b.wrapping_sub(b'A') < 26),
        digits: all(|b| b.wrapping_sub(b'0') < 10),
        spaces: all(is_space),
        ending: all(|b| matches!(b, b'.' | b',' | b';' | b':' | b'?' | b'!' | b'"' | b')')),
        apostrophes: all(|b| b == b'\''),
        large_i: all(|b| b == b'I'),
        small_l: all(|b| b == b'l'),
        v: all(|b| b | 0x20 == b'v'),
        dashes: all(|b| b == b'-'),
        strokes: all(|b| b | 0x20 == b'l' || b == b'!'),
        hooks: all(|b| b == b')' || b == b'?'),
        twins: gather(&twins) & letters & letters >> 1,
        foreign: all(|b| b >= 0x7F || b < 0x20 && !is_space(b)),
    }
}

/// White space of ASCII, the vertical tab with it.
pub(in super::super) fn is_space(byte: u8) -> bool {
    byte == b' ' || byte.wrapping_sub(9) < 5
}

/// The lowest bits of all bytes.
#[inline(always)]
fn gather(flags: &[u8; BLOCK]) -> u64 {
    let (eights, _) = flags.as_chunks::<8>();
    eights.iter().enumerate().fold(0, |mask, (at, eight)| {
        // Each byte's bit is moved to the highest byte, to a place of its own.
        let bits = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        mask | bits << (8 * at)
    })
}

#[cfg(target_arch = "x86_64")]
pub(super) use avx2::Avx2;
#[cfg(target_arch = "x86_64")]
pub(super) use avx512::Avx512;

#[cfg(test)]
mod tests {
    use super::{BLOCK, Bitmap, Block, Kernel, Key, Masks, Portable, is_space};
    use proptest::prelude::*;

    /// One byte at a time.
    fn slow(bytes: &[u8]) -> Masks {
        let mut padded = bytes.to_vec();
        padded.resize(BLOCK + 1, b' ');
        let mut masks = Masks::default();
        for (at, &byte) in padded[..BLOCK].iter().enumerate() {
            let set = |mask: &mut u64, on: bool| *mask |= u64::from(on) << at;
            let letter = byte.is_ascii_alphabetic();
            set(&mut masks.letters, letter);
            set(&mut masks.upper, byte.is_ascii_uppercase());
            set(&mut masks.digits, byte.is_ascii_digit());
            set(&mut masks.spaces, b" \t\n\x0B\x0C\r".contains(&byte));
            set(&mut masks.ending, b".,;:?!\")".contains(&byte));
            set(&mut masks.apostrophes, byte == b'\'');
            set(&mut masks.large_i, byte == b'I');
            set(&mut masks.small_l, byte == b'l');
            set(&mut masks.v, byte.eq_ignore_ascii_case(&b'v'));
            set(&mut masks.dashes, byte == b'-');
            set(&mut masks.strokes, b"lL!".contains(&byte));
            set(&mut masks.hooks, b")?".contains(&byte));
            // The block may not hold the byte behind its last.
            let next = if at + 1 < BLOCK { padded[at + 1] } else { b' ' };
            set(&mut masks.twins, letter && next.eq_ignore_ascii_case(&byte));
            set(&mut masks.foreign, byte >= 0x7F || byte < 0x20 && !is_space(byte));
        }
        masks
    }

    fn all_agree(bytes: &[u8]) -> Result<(), TestCaseError> {
        let mut block = Block::new();
        let expected = (bytes.len(), slow(bytes));
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx2") {
            // What stood there before must not show.
            Portable::take(&mut block, &[b'x'; BLOCK]);
            prop_assert_eq!(super::Avx2::take(&mut block, bytes), expected);
            prop_assert!(is_small(&block, bytes));
        }
        #[cfg(target_arch = "x86_64")]
        if super::Vectors::of_this_processor() == super::Vectors::Avx512 {
            Portable::take(&mut block, &[b'x'; BLOCK]);
            prop_assert_eq!(super::Avx512::take(&mut block, bytes), expected);
            prop_assert!(is_small(&block, bytes));
        }
        Portable::take(&mut block, &[b'x'; BLOCK]);
        prop_assert_eq!(Portable::take(&mut block, bytes), expected);
        prop_assert!(is_small(&block, bytes));
        Ok(())
    }

    /// Whether the block holds the bytes with letters made small, and spaces behind them.
    fn is_small(block: &Block, bytes: &[u8]) -> bool {
        (0..BLOCK + 8).all(|at| {
            let of = |at: usize| bytes.get(at).map_or(b' ', |byte| byte | 0x20);
            block.eight(at).to_le_bytes() == std::array::from_fn(|next| of(at + next))
        })
    }

    /// The same words of a block are in a set, however they are looked up.
    fn all_find(text: &[u8], set: &Bitmap) -> Result<u64, TestCaseError> {
        let mut block = Block::new();
        let (_, masks) = Portable::take(&mut block, text);
        let expected = Portable::may_have(&block, masks.letters, set);
        #[cfg(target_arch = "x86_64")]
        if super::Vectors::of_this_processor() == super::Vectors::Avx512 {
            prop_assert_eq!(super::Avx512::may_have(&block, masks.letters, set), expected);
        }
        Ok(expected)
    }

    proptest! {
        #[test]
        fn words_are_found_alike(
            words in prop::collection::vec("[a-zA-Z]{1,20}", 0..40),
            gaps in prop::collection::vec("[ .,'é]{1,3}", 40),
        ) {
            let parts: Vec<&str> = words.iter().zip(&gaps).flat_map(|(word, gap)| [&**word, gap]).collect();
            let text = parts.concat();
            let keys = words.iter().step_by(2).filter_map(|word| {
                Key::of(&word.to_lowercase().chars().collect::<Vec<_>>())
            });
            for (full, set) in [(true, Bitmap::new(words.len(), keys)), (false, Bitmap::new(0, std::iter::empty()))] {
                let mut at = 0;
                for part in text.as_bytes().chunks(BLOCK) {
                    let found = all_find(part, &set)?;
                    // At least the words that are in it.
                    let mut begins = 0;
                    for (number, word) in words.iter().zip(&gaps).enumerate() {
                        let start = begins;
                        begins += word.0.len() + word.1.len();
                        let whole = start >= at && start + word.0.len() <= at + part.len();
                        if full && number % 2 == 0 && whole {
                            prop_assert!(found >> (start - at) & 1 != 0);
                        }
                    }
                    at += part.len();
                }
            }
        }

        #[test]
        fn vectors_see_what_single_bytes_see(
            bytes in prop::collection::vec(prop_oneof![any::<u8>(), 0x20..0x7Fu8], 0..=BLOCK)
        ) {
            all_agree(&bytes)?;
        }
    }

    #[test]
    fn bytes_move_together_alike() {
        let bytes = 0x8877_6655_4433_2211;
        assert_eq!(Portable::without(bytes, 0b1010_0001), 0x0077_5544_3322);
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("bmi2") {
            for drop in 0..=u8::MAX {
                assert_eq!(super::Avx2::without(bytes, drop), Portable::without(bytes, drop));
            }
        }
    }

    #[test]
    fn every_byte_is_seen_alike_at_every_place() {
        for byte in 0..=u8::MAX {
            for len in 0..=BLOCK {
                all_agree(&vec![byte; len]).expect("alike");
            }
        }
    }
}
