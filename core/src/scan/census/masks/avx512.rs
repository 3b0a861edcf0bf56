//! The masks of a block with AVX-512, all at once, and eight of its words looked up together.

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
