//! The masks of a block with AVX2, half by half.

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
    let ending = or(or(or(is(b'.'), is(b',')), within(v, b':', 2)), or(within(v, b'!', 2), hooks));
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
