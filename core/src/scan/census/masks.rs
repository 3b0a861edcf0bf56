//! What kind of character each of 64 bytes is, as bit masks: the part of the census
//! that looks at every byte.
//!
//! With AVX-512 or AVX2, which are looked for at run time, or in a way that compilers turn
//! into whatever vectors there are; all are tested equal to one byte at a time.
//!
//! AVX-512 pays here: a block is one masked load, the kinds of all its bytes one look into
//! a table of 128 bytes, and each mask one more instruction, where AVX2 takes several for
//! each half; and eight words are put together and looked up at once.

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

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use super::{BLOCK, Block, Kernel, Masks};
    use std::arch::x86_64::{
        __m256i, _mm256_add_epi8, _mm256_alignr_epi8, _mm256_and_si256, _mm256_andnot_si256,
        _mm256_cmpeq_epi8, _mm256_cmpgt_epi8, _mm256_loadu_si256, _mm256_movemask_epi8,
        _mm256_or_si256, _mm256_permute2x128_si256, _mm256_set_epi64x, _mm256_set1_epi8,
        _mm256_storeu_si256, _pdep_u64, _pext_u64,
    };

    /// For processors with AVX2; whoever names it has looked for it.
    pub(in super::super) struct Avx2;

    impl Kernel for Avx2 {
        #[inline(always)]
        fn take(block: &mut Block, text: &[u8]) -> (usize, Masks) {
            // SAFETY: this kernel is named only where the census found AVX2 and BMI2, in
            // `Look::pass`.
            #[expect(unsafe_code, reason = "vector kernel")]
            unsafe {
                take(block, text)
            }
        }

        #[inline(always)]
        fn without(bytes: u64, drop: u8) -> u64 {
            // SAFETY: as above.
            #[expect(unsafe_code, reason = "vector kernel")]
            unsafe {
                without(bytes, drop)
            }
        }
    }

    const LANES: usize = 32;

    #[inline]
    #[target_feature(enable = "bmi2")]
    fn without(bytes: u64, drop: u8) -> u64 {
        let dropped = _pdep_u64(u64::from(drop), 0x0101_0101_0101_0101) * 0xFF;
        _pext_u64(bytes, !dropped)
    }

    /// Texts shorter than a block are put together in registers and stored as whole
    /// vectors: processors are slow to read what was just written in pieces.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn take(block: &mut Block, text: &[u8]) -> (usize, Masks) {
        let (low, behind) = load(text);
        let (pieces, _) = block.bytes.as_chunks_mut::<LANES>();
        let small = |v: __m256i| _mm256_or_si256(v, _mm256_set1_epi8(0x20));
        store(small(low), &mut pieces[0]);
        let first = vector(low);
        let mut len = text.len();
        // Many texts are short, and padded with spaces.
        let second = if behind.is_empty() {
            store(_mm256_set1_epi8(b' '.cast_signed()), &mut pieces[1]);
            Masks { spaces: u64::MAX >> LANES, ..Masks::default() }
        } else {
            let (high, rest) = load(behind);
            len -= rest.len();
            store(small(high), &mut pieces[1]);
            vector(high)
        };
        // The last byte of each half has its neighbour in another vector.
        let seam = |at: usize| u64::from(block.bytes[at] == block.bytes[at + 1]) << at;
        let letters = first.letters | second.letters << LANES;
        let twins = first.twins | second.twins << LANES | seam(LANES - 1) | seam(BLOCK - 1);
        let masks = Masks {
            letters,
            upper: first.upper | second.upper << LANES,
            digits: first.digits | second.digits << LANES,
            spaces: first.spaces | second.spaces << LANES,
            ending: first.ending | second.ending << LANES,
            apostrophes: first.apostrophes | second.apostrophes << LANES,
            large_i: first.large_i | second.large_i << LANES,
            small_l: first.small_l | second.small_l << LANES,
            v: first.v | second.v << LANES,
            dashes: first.dashes | second.dashes << LANES,
            strokes: first.strokes | second.strokes << LANES,
            hooks: first.hooks | second.hooks << LANES,
            twins: twins & letters & letters >> 1,
            foreign: first.foreign | second.foreign << LANES,
        };
        (len, masks)
    }

    /// From somewhere on zeros for the bytes that are there, and spaces behind them.
    const PADDING: [u8; 2 * LANES] = {
        let mut padding = [b' '; 2 * LANES];
        let mut at = 0;
        while at < LANES {
            padding[at] = 0;
            at += 1;
        }
        padding
    };

    /// The first 32 bytes, what lacks made up by spaces, and those behind.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn load(text: &[u8]) -> (__m256i, &[u8]) {
        if let Some((piece, behind)) = text.split_first_chunk::<LANES>() {
            // SAFETY: 32 bytes are there.
            #[expect(unsafe_code, reason = "vector kernel")]
            let v = unsafe { _mm256_loadu_si256(piece.as_ptr().cast()) };
            return (v, behind);
        }
        let len = text.len();
        let eight = |number: usize| {
            // The last eight bytes hold all that is left; no branch tells how much.
            let at = (8 * number).min(len - 8);
            let bytes = text.get(at..at + 8).and_then(|bytes| bytes.first_chunk::<8>());
            let read = bytes.map_or(0, |bytes| u64::from_le_bytes(*bytes));
            let over = 8 * (8 * number - at) as u32;
            read.checked_shr(over).unwrap_or(0).cast_signed()
        };
        let v = if len >= 8 {
            _mm256_set_epi64x(eight(3), eight(2), eight(1), eight(0))
        } else {
            let all = text.iter().rev().fold(0, |read, &byte| read << 8 | u64::from(byte));
            _mm256_set_epi64x(0, 0, 0, all.cast_signed())
        };
        let (_, padding) = PADDING.split_at(LANES - len);
        let padding = padding.first_chunk::<LANES>().unwrap_or(&[b' '; LANES]);
        // SAFETY: 32 bytes are there.
        #[expect(unsafe_code, reason = "vector kernel")]
        let padding = unsafe { _mm256_loadu_si256(padding.as_ptr().cast()) };
        (_mm256_or_si256(v, padding), &[])
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn store(v: __m256i, to: &mut [u8; LANES]) {
        // SAFETY: there is room for 32 bytes.
        #[expect(unsafe_code, reason = "vector kernel")]
        unsafe {
            _mm256_storeu_si256(to.as_mut_ptr().cast(), v);
        }
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn vector(v: __m256i) -> Masks {
        let byte = |b: u8| _mm256_set1_epi8(b.cast_signed());
        let bits = |m: __m256i| u64::from(_mm256_movemask_epi8(m).cast_unsigned());
        let is = |b: u8| _mm256_cmpeq_epi8(v, byte(b));
        let or = |a: __m256i, b: __m256i| _mm256_or_si256(a, b);
        // A byte is in `low..low + len` when it is less than `len` above `low`; adding
        // 128 more makes the signed comparison an unsigned one.
        let within = |v: __m256i, low: u8, len: u8| {
            let shifted = _mm256_add_epi8(v, byte(128u8.wrapping_sub(low)));
            _mm256_cmpgt_epi8(byte(128u8.wrapping_add(len)), shifted)
        };
        let lower = or(v, byte(0x20));
        let letters = within(lower, b'a', 26);
        let upper = _mm256_andnot_si256(within(v, b'a', 26), letters);
        let white = within(v, 9, 5);
        let spaces = or(is(b' '), white);
        let hooks = or(is(b'?'), is(b')'));
        // `:` and `;` stand side by side, and so do `!` and `"`.
        let ending =
            or(or(or(is(b'.'), is(b',')), within(v, b':', 2)), or(within(v, b'!', 2), hooks));
        let high = _mm256_permute2x128_si256::<0x81>(lower, lower);
        let next = _mm256_alignr_epi8::<1>(high, lower);
        let control = _mm256_andnot_si256(white, within(v, 0, 0x20));
        let foreign = or(or(control, is(0x7F)), _mm256_and_si256(v, byte(0x80)));
        Masks {
            letters: bits(letters),
            upper: bits(upper),
            digits: bits(within(v, b'0', 10)),
            spaces: bits(spaces),
            ending: bits(ending),
            apostrophes: bits(is(b'\'')),
            large_i: bits(is(b'I')),
            small_l: bits(is(b'l')),
            v: bits(_mm256_cmpeq_epi8(lower, byte(b'v'))),
            dashes: bits(is(b'-')),
            strokes: bits(or(_mm256_cmpeq_epi8(lower, byte(b'l')), is(b'!'))),
            hooks: bits(hooks),
            twins: bits(_mm256_cmpeq_epi8(lower, next)) & 0x7FFF_FFFF,
            foreign: bits(foreign),
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod avx512 {
    use super::super::words::{Bitmap, FACTOR, HIGH_TURN, LONGEST};
    use super::{BLOCK, Block, Kernel, Masks};
    use std::arch::x86_64::{
        __m128i, __m512i, _bzhi_u64, _mm_set_epi64x, _mm512_add_epi8, _mm512_cmpeq_epi8_mask,
        _mm512_cmpge_epu8_mask, _mm512_i64gather_epi64, _mm512_loadu_si512, _mm512_mask_loadu_epi8,
        _mm512_maskz_compress_epi8, _mm512_maskz_permutex2var_epi8, _mm512_maskz_permutexvar_epi8,
        _mm512_movepi8_mask, _mm512_mullo_epi64, _mm512_or_si512, _mm512_permutexvar_epi8,
        _mm512_rol_epi64, _mm512_rolv_epi64, _mm512_set1_epi8, _mm512_set1_epi64, _mm512_srl_epi64,
        _mm512_srli_epi64, _mm512_storeu_si512, _mm512_sub_epi8, _mm512_test_epi8_mask,
        _mm512_test_epi64_mask, _mm512_xor_si512, _pdep_u64,
    };

    /// For processors with AVX-512 and its instructions for bytes; whoever names it has
    /// looked for them.
    pub(in super::super) struct Avx512;

    impl Kernel for Avx512 {
        #[inline(always)]
        fn take(block: &mut Block, text: &[u8]) -> (usize, Masks) {
            // SAFETY: this kernel is named only where the census found AVX-512 and BMI2, in
            // `Look::pass`.
            #[expect(unsafe_code, reason = "vector kernel")]
            unsafe {
                take(block, text)
            }
        }

        #[inline(always)]
        fn without(bytes: u64, drop: u8) -> u64 {
            super::Avx2::without(bytes, drop)
        }

        #[inline(always)]
        fn may_have(block: &Block, letters: u64, set: &Bitmap) -> u64 {
            // SAFETY: as above.
            #[expect(unsafe_code, reason = "vector kernel")]
            unsafe {
                may_have(block, letters, set)
            }
        }
    }

    const LETTER: u8 = 1;
    const UPPER: u8 = 1 << 1;
    const DIGIT: u8 = 1 << 2;
    const SPACE: u8 = 1 << 3;
    const ENDING: u8 = 1 << 4;
    const V: u8 = 1 << 5;
    const CONTROL: u8 = 1 << 6;
    const STROKE: u8 = 1 << 7;

    /// What each character of ASCII is.
    static KINDS: [u8; 128] = {
        let mut kinds = [0; 128];
        let mut byte = 0;
        while byte < 128 {
            kinds[byte] = match byte as u8 {
                b'v' => LETTER | V,
                b'V' => LETTER | UPPER | V,
                b'l' => LETTER | STROKE,
                b'L' => LETTER | UPPER | STROKE,
                b'!' => ENDING | STROKE,
                b'a'..=b'z' => LETTER,
                b'A'..=b'Z' => LETTER | UPPER,
                b'0'..=b'9' => DIGIT,
                b' ' | 9..=13 => SPACE,
                b'.' | b',' | b';' | b':' | b'?' | b'"' | b')' => ENDING,
                0..=31 | 127 => CONTROL,
                _ => 0,
            };
            byte += 1;
        }
        kinds
    };

    /// The place behind each byte.
    static NEXT: [u8; BLOCK] = {
        let mut next = [0; BLOCK];
        let mut at = 0;
        while at < BLOCK {
            next[at] = (at as u8 + 1) % BLOCK as u8;
            at += 1;
        }
        next
    };

    /// Words that are looked up at once: eight letters of each, twice.
    const WORDS: usize = 8;

    /// The number of each byte, the same of its word, and its place in that.
    static NUMBERS: [u8; BLOCK] = numbers(1, BLOCK);
    static OWNERS: [u8; BLOCK] = numbers(WORDS, BLOCK);
    static PLACES: [u8; BLOCK] = numbers(1, WORDS);

    /// Numbers from zero up to `end` and again, each of them as often as `times` says.
    const fn numbers(times: usize, end: usize) -> [u8; BLOCK] {
        let mut numbers = [0; BLOCK];
        let mut at = 0;
        while at < BLOCK {
            numbers[at] = (at / times % end) as u8;
            at += 1;
        }
        numbers
    }

    /// The bytes of all words are gathered from the block by one permutation for each half of
    /// a key, and what the set has for their hashes by one more instruction.
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vbmi,avx512vbmi2,bmi2")]
    fn may_have(block: &Block, letters: u64, set: &Bitmap) -> u64 {
        let firsts = letters & !(letters << 1);
        let lasts = letters & !(letters >> 1);
        let (bits, shift) = set.bits();
        let byte = |b: usize| _mm512_set1_epi8(b as i8);
        let v = load(block.bytes.first_chunk().unwrap_or(&[0; BLOCK]));
        let numbers = load(&NUMBERS);
        let (owners, places) = (load(&OWNERS), load(&PLACES));
        let starts = _mm512_maskz_compress_epi8(firsts, numbers);
        let ends = _mm512_maskz_compress_epi8(lasts, numbers);
        // Of a word of one letter the last one is the letter at place zero.
        let last = _mm512_sub_epi8(ends, starts);
        let count = firsts.count_ones() as usize;
        let mut may = _mm512_cmpge_epu8_mask(last, byte(LONGEST));
        let shift: __m128i = _mm_set_epi64x(0, i64::from(shift));
        let mut word = 0;
        while word < count {
            let owners = _mm512_add_epi8(owners, byte(word));
            let from = _mm512_add_epi8(_mm512_permutexvar_epi8(owners, starts), places);
            let last = _mm512_permutexvar_epi8(owners, last);
            let half = |skip: usize| {
                let own = _mm512_cmpge_epu8_mask(last, _mm512_add_epi8(places, byte(skip)));
                _mm512_maskz_permutexvar_epi8(own, _mm512_add_epi8(from, byte(skip)), v)
            };
            let high = _mm512_rol_epi64::<HIGH_TURN>(half(WORDS));
            let mixed = _mm512_xor_si512(half(0), high);
            let hash = _mm512_mullo_epi64(mixed, _mm512_set1_epi64(FACTOR.cast_signed()));
            let bit = _mm512_srl_epi64(hash, shift);
            // SAFETY: a hash shifted by what belongs to the set is the number of one of its bits.
            #[expect(unsafe_code, reason = "vector kernel")]
            let found = unsafe {
                _mm512_i64gather_epi64::<8>(_mm512_srli_epi64::<6>(bit), bits.as_ptr().cast())
            };
            let wanted = _mm512_rolv_epi64(_mm512_set1_epi64(1), bit);
            may |= u64::from(_mm512_test_epi64_mask(found, wanted)) << word;
            word += WORDS;
        }
        _pdep_u64(may & _bzhi_u64(u64::MAX, count as u32), firsts)
    }

    #[inline]
    #[target_feature(enable = "avx512f")]
    fn load(bytes: &[u8; BLOCK]) -> __m512i {
        // SAFETY: so many bytes are there.
        #[expect(unsafe_code, reason = "vector kernel")]
        unsafe {
            _mm512_loadu_si512(bytes.as_ptr().cast())
        }
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512bw,avx512vbmi,bmi2")]
    fn take(block: &mut Block, text: &[u8]) -> (usize, Masks) {
        let byte = |b: u8| _mm512_set1_epi8(b.cast_signed());
        let len = text.len().min(BLOCK);
        let there = _bzhi_u64(u64::MAX, len as u32);
        // SAFETY: only bytes of the text are read; the tables and the block have 64 or 128.
        #[expect(unsafe_code, reason = "vector kernel")]
        let (v, low, high, next) = unsafe {
            let v = _mm512_mask_loadu_epi8(byte(b' '), there, text.as_ptr().cast());
            let small = _mm512_or_si512(v, byte(0x20));
            _mm512_storeu_si512(block.bytes.as_mut_ptr().cast(), small);
            let low = _mm512_loadu_si512(KINDS.as_ptr().cast());
            let high = _mm512_loadu_si512(KINDS[BLOCK..].as_ptr().cast());
            (v, low, high, _mm512_loadu_si512(NEXT.as_ptr().cast()))
        };
        let beyond = _mm512_movepi8_mask(v);
        let kinds = _mm512_maskz_permutex2var_epi8(!beyond, low, v, high);
        let are = |kind: u8| _mm512_test_epi8_mask(kinds, byte(kind));
        let is = |b: u8| _mm512_cmpeq_epi8_mask(v, byte(b));
        let lower = _mm512_or_si512(v, byte(0x20));
        let letters = are(LETTER);
        let twins = _mm512_cmpeq_epi8_mask(lower, _mm512_permutexvar_epi8(next, lower));
        let masks = Masks {
            letters,
            upper: are(UPPER),
            digits: are(DIGIT),
            spaces: are(SPACE),
            ending: are(ENDING),
            apostrophes: is(b'\''),
            large_i: is(b'I'),
            small_l: is(b'l'),
            v: are(V),
            dashes: is(b'-'),
            strokes: are(STROKE),
            hooks: is(b'?') | is(b')'),
            twins: twins & letters & letters >> 1,
            foreign: beyond | are(CONTROL),
        };
        (len, masks)
    }
}

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
