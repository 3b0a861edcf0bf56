//! How many words a stretch of a text has, without a view of it: the number of the first word
//! behind it.

use super::Census;
use super::look::Kinds;
use super::look::{bits, chunk_around};
#[cfg(target_arch = "x86_64")]
use super::masks;
use super::masks::{BLOCK, Block, Kernel, Portable, Vectors, is_space};
use std::ops::Range;

impl Census {
    /// The words of bytes `part` of `text`, which begins and ends between words. `odd` counts
    /// those of a range that has anything but printable ASCII, or is long and without spaces.
    pub(in super::super) fn count_words(
        &self,
        text: &str,
        part: Range<usize>,
        odd: impl FnMut(Range<usize>) -> u32,
    ) -> u32 {
        let text = &text.as_bytes()[..part.end];
        match self.vectors {
            Vectors::Portable => count::<Portable>(text, part.start, odd),
            // SAFETY: the processor has what the function asks for.
            #[cfg(target_arch = "x86_64")]
            #[expect(unsafe_code, reason = "vector kernel")]
            Vectors::Avx2 => unsafe { count_avx2(text, part.start, odd) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            #[expect(unsafe_code, reason = "vector kernel")]
            Vectors::Avx512 => unsafe { count_avx512(text, part.start, odd) },
        }
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
fn count_avx2(text: &[u8], from: usize, odd: impl FnMut(Range<usize>) -> u32) -> u32 {
    count::<masks::Avx2>(text, from, odd)
}

#[cfg(target_arch = "x86_64")]
#[target_feature(
    enable = "avx2,bmi1,bmi2,lzcnt,popcnt,avx512f,avx512bw,avx512dq,avx512vbmi,avx512vbmi2"
)]
fn count_avx512(text: &[u8], from: usize, odd: impl FnMut(Range<usize>) -> u32) -> u32 {
    count::<masks::Avx512>(text, from, odd)
}

/// Blocks of whole chunks; those with something odd are counted one by one.
#[inline(always)]
fn count<K: Kernel>(text: &[u8], from: usize, mut odd: impl FnMut(Range<usize>) -> u32) -> u32 {
    let mut block = Block::new();
    let (mut words, mut at) = (0, from);
    while at < text.len() {
        let (mut take, masks) = K::take(&mut block, &text[at..]);
        if take < text.len() - at {
            take = BLOCK - masks.spaces.leading_zeros() as usize;
        }
        if take == 0 {
            let len = text[at + BLOCK..].iter().position(|&byte| is_space(byte));
            let end = len.map_or(text.len(), |len| at + BLOCK + len);
            words += odd(at..end);
            at = end;
            continue;
        }
        let keep = u64::MAX >> (BLOCK - take);
        let spaces = masks.spaces | !keep;
        let mut foreign = masks.foreign & keep;
        let mut strange = 0;
        while foreign != 0 {
            let (start, end) = chunk_around(spaces, foreign.trailing_zeros());
            let range = bits(start, end);
            strange |= range;
            foreign &= !range;
            words += odd(at + start as usize..at + end as usize);
        }
        let letters = masks.letters & keep & !strange;
        let others = !(masks.letters | spaces | strange);
        words += Kinds { letters, others, spaces, joining: 0 }.words(&masks).count_ones();
        at += take;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::super::super::census::Census;
    use super::super::masks::Vectors;
    use crate::view::View;
    use proptest::prelude::*;

    fn count(text: &str, vectors: Vectors) -> u32 {
        let census = Census { vectors, ..Census::default() };
        let mut view = View::default();
        census.count_words(text, 0..text.len(), |part| {
            view.fill_passage(text, part, 0);
            view.words
        })
    }

    proptest! {
        #[test]
        fn as_many_as_a_view_numbers(
            text in "([a-z]{1,9}|[a-zA-Z0-9'.,#_-]{1,6}|[a-zé’'한字\u{301}\u{200B}\u{1}]{1,4}|[a-z]{60,80}|[ \n\t\u{A0}]{1,3}){0,30}"
        ) {
            let expected = View::of(&text).words;
            for vectors in [Vectors::Portable, Vectors::of_this_processor()] {
                prop_assert_eq!(count(&text, vectors), expected, "{:?}", vectors);
            }
        }
    }
}
