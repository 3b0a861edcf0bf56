//! Places where something odd stands: signs and digits beside letters, letters twice in a
//! row, that stand alone, or may be misread. Disguises begin there or at the word around.

use super::Sight;
use super::look::{Kinds, Look, bits, chunk_around};
use super::masks::{Block, Kernel, Masks};
use super::words::{Key, LONGEST};
use crate::spec::model::Level;

impl Look<'_> {
    /// Looks at what a block has of letters that stand alone, of such runs, and of signs.
    #[inline(never)]
    pub(super) fn odd_places<K: Kernel>(
        &mut self,
        at: usize,
        [live, runs, odd]: [u64; 3],
        kinds: Kinds,
        sight: &mut Sight,
    ) {
        // The masks are made again: keeping them for here costs where nothing is odd.
        let mut block = Block::new();
        let (_, masks) = K::take(&mut block, &self.text.as_bytes()[at..]);
        if self.census.lone_letters {
            self.lone_letters(at, live, sight);
        }
        let mut begins = if self.census.level >= Level::Standard { live } else { 0 };
        if runs != 0 {
            begins |= self.runs::<K>(at, runs, kinds, &block, &masks, sight);
        }
        if odd != 0 {
            begins |= self.signs(at, odd, kinds, &masks, sight);
        }
        while begins != 0 {
            let start = at + begins.trailing_zeros() as usize;
            begins &= begins - 1;
            if self.census.may_begin(self.byte(start), self.byte(start + 1)) {
                self.start(start, sight);
            }
        }
    }

    /// Looks up letters that stand alone.
    fn lone_letters(&self, at: usize, mut live: u64, sight: &mut Sight) {
        while live != 0 {
            let start = at + live.trailing_zeros() as usize;
            live &= live - 1;
            // None of them is a match by itself, which has a number.
            self.known(start, 1, Key::read(self.text.as_bytes(), start, 1), 0, sight);
        }
    }

    /// Whether a word with apostrophes, and with letters twice in a row, of which one stands at
    /// `at`, may be of the list: the whole word, or some of the parts between.
    #[inline(never)]
    pub(super) fn is_joined(&self, at: usize) -> bool {
        let bytes = self.text.as_bytes();
        let is_part = |at: usize| {
            let letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
            letter(at)
                || bytes.get(at) == Some(&b'\'') && at > 0 && letter(at - 1) && letter(at + 1)
        };
        let start = (0..=at).rev().take_while(|&at| is_part(at)).last().unwrap_or(at);
        let end = (at..bytes.len()).find(|&at| !is_part(at)).unwrap_or(bytes.len());
        let parts = bytes[start..end].split(|&byte| byte == b'\'').count();
        if parts > 2 {
            return true;
        }
        let middle = bytes[start..end].iter().position(|&byte| byte == b'\'');
        let middle = middle.map_or(end, |len| start + len);
        let may_be = |start: usize, end: usize| {
            let key = Key::collapsed(bytes, start, end - start);
            self.census.twins.may_have(key) || key.is_one_letter() && self.is_spelled(end)
        };
        may_be(start, end) || middle < end && (may_be(start, middle) || may_be(middle + 1, end))
    }

    /// The byte at `at`; a space behind the text.
    pub(super) fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or(b' ')
    }

    /// Signs and digits, by chunk: where disguises may begin with them.
    fn signs(
        &mut self,
        at: usize,
        mut odd: u64,
        kinds: Kinds,
        masks: &Masks,
        sight: &mut Sight,
    ) -> u64 {
        let Kinds { letters, others, spaces, .. } = kinds;
        let mut all = 0;
        while odd != 0 {
            let (start, end) = chunk_around(spaces, odd.trailing_zeros());
            let range = bits(start, end);
            let last = (odd & range).ilog2();
            odd &= !range;
            let digits = masks.digits & range;
            let (from, to) = (at + start as usize, at + end as usize);
            if digits == range && end - start > 1 {
                self.digit_words(from, to, sight);
                continue;
            }
            let mut seen = 0;
            // The second and later bytes of characters.
            let mut inner = 0;
            let mut each = others & range;
            while each != 0 {
                let kind = kind(self.byte(at + each.trailing_zeros() as usize));
                seen |= kind;
                inner |= if kind & INNER != 0 { each & each.wrapping_neg() } else { 0 };
                each &= each - 1;
            }
            self.wrapped |= seen & WRAPPER != 0;
            if seen & TAG != 0 || digits != 0 {
                self.digit_words(from, to, sight);
                if seen & TAG != 0 && has_inner_words(&self.text.as_bytes()[from..to]) {
                    // Words begin and end within words.
                    sight.rule_nothing_out(from);
                    continue;
                }
            }
            if self.census.level < Level::Fold {
                continue;
            }
            // A disguise begins where a word does, no later than the last sign.
            let reach = bits(start, last + 1);
            all |= reach & !inner & (!((letters | masks.digits) << 1) | 1 << start);
            if self.census.inside_ascii {
                let mut places = reach & !inner;
                while places != 0 {
                    self.start_inside(at + places.trailing_zeros() as usize, sight);
                    places &= places - 1;
                }
            }
        }
        all
    }

    /// Letters twice in a row, or that may be misread: where disguises may begin with them.
    fn runs<K: Kernel>(
        &self,
        at: usize,
        mut runs: u64,
        kinds: Kinds,
        block: &Block,
        masks: &Masks,
        sight: &mut Sight,
    ) -> u64 {
        let Kinds { letters, spaces, .. } = kinds;
        let curly = kinds.beside_joining();
        let twins = masks.twins & letters;
        let misread = kinds.misread(masks);
        let mut begins = 0;
        while runs != 0 {
            let bit = runs.trailing_zeros();
            let start = 64 - (!letters & ((1 << bit) - 1)).leading_zeros();
            let end = bit + (!(letters >> bit)).trailing_zeros();
            let range = bits(start, end);
            let apostrophes = self.census.at_words.apostrophes;
            let certain = misread & range != 0
                || (masks.apostrophes >> 1 | curly) & range != 0 && apostrophes
                || masks.v & twins & range != 0;
            runs &= !range;
            if (masks.apostrophes << 1 | kinds.behind_joining()) & range != 0 && apostrophes {
                // The word begins before the apostrophe.
                let (first, _) = chunk_around(spaces, bit);
                self.starts_in_chunk(at + first as usize, at + start as usize, sight);
            } else {
                // Asked first, for the answer is nearly always no: whether a word may begin a
                // disguise is anybody's guess.
                let drop = (twins >> start) as u16;
                if certain
                    || self.census.open
                    || self.is_twin_word::<K>(at, start, end, drop, block)
                {
                    begins |= 1 << start;
                }
            }
            if self.census.inside_ascii {
                (start..end).for_each(|place| self.start_inside(at + place as usize, sight));
            }
        }
        begins
    }

    /// Whether a word with letters twice in a row may be one of the list, or is one letter
    /// of a word that is spelled out.
    fn is_twin_word<K: Kernel>(
        &self,
        at: usize,
        start: u32,
        end: u32,
        drop: u16,
        block: &Block,
    ) -> bool {
        let len = (end - start) as usize;
        let key = if len <= LONGEST {
            Key::without::<K>(block, start as usize, len, drop)
        } else {
            Key::collapsed(self.text.as_bytes(), at + start as usize, len)
        };
        let (start, end) = (at + start as usize, at + end as usize);
        key.is_one_letter() && self.is_spelled(end)
            || self.census.twins.may_be(self.text, start, len, key, self.gate)
    }

    /// True unless another word follows behind a letter that ends at `end`.
    fn is_spelled(&self, end: usize) -> bool {
        !matches!(
            self.text.as_bytes().get(end..end + 3),
            Some(&[b' ', first, second])
                if first.is_ascii_alphabetic()
                    && second.is_ascii_alphabetic()
                    && !first.eq_ignore_ascii_case(&second)
        )
    }

    /// Notes that a disguise may begin at `at`, where a word does.
    pub(super) fn start(&self, at: usize, sight: &mut Sight) {
        let at_words = &self.census.at_words;
        if at_words.may_begin_at(self.text, at, self.gate)
            && at_words.finds(self.text, at, self.gate, &mut sight.walks)
        {
            sight.start(at);
        }
        self.start_inside(at, sight);
    }

    #[inline]
    pub(super) fn start_inside(&self, at: usize, sight: &mut Sight) {
        let inside = &self.census.inside;
        if !inside.is_empty()
            && inside.may_begin_at(self.text, at, self.gate)
            && inside.finds(self.text, at, self.gate, &mut sight.walks)
        {
            sight.start(at);
        }
    }

    /// What may begin in a chunk of ASCII up to byte `last`.
    fn starts_in_chunk(&self, start: usize, last: usize, sight: &mut Sight) {
        let bytes = self.text.as_bytes();
        let mut word = false;
        for (at, &byte) in bytes.iter().enumerate().take(last + 1).skip(start) {
            if kind(byte) & INNER != 0 {
                continue;
            }
            if word {
                self.start_inside(at, sight);
            } else {
                self.start(at, sight);
            }
            word = kind(byte) & (LETTER | DIGIT) != 0;
        }
    }

    /// Probes the words of a chunk that have digits.
    fn digit_words(&self, start: usize, end: usize, sight: &mut Sight) {
        let bytes = self.text.as_bytes();
        let mut at = start;
        while at < end {
            let len = bytes[at..end].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
            if bytes[at..at + len].iter().any(u8::is_ascii_digit) {
                if len <= self.census.longest_other {
                    self.other(at, at + len, sight);
                }
                if !self.census.prefixes.is_empty() {
                    self.prefix(at, sight);
                }
            }
            at += len.max(1);
        }
    }
}

/// What a byte is, as the census cares.
const LETTER: u8 = 1;
const DIGIT: u8 = 1 << 1;
/// Begins a hashtag or name.
const TAG: u8 = 1 << 2;
/// Wrappers are made of it.
const WRAPPER: u8 = 1 << 3;
/// The second or a later byte of a character.
const INNER: u8 = 1 << 4;

#[inline]
fn kind(byte: u8) -> u8 {
    const KINDS: [u8; 256] = {
        let mut kinds = [0; 256];
        let mut byte = 0;
        while byte < 256 {
            kinds[byte] = match byte as u8 {
                b'a'..=b'z' | b'A'..=b'Z' => LETTER,
                b'0'..=b'9' => DIGIT,
                b'#' | b'@' => TAG,
                b'%' | b'&' | b'*' | b'<' | b'[' | b'\\' | b'_' | b'`' | b'|' | b'~' | b'^'
                | b'{' => WRAPPER,
                0x80..0xC0 => INNER,
                _ => 0,
            };
            byte += 1;
        }
        kinds
    };
    KINDS[usize::from(byte)]
}

/// True when capitals follow small letters, or digits letters: in hashtags and names
/// words begin there.
fn has_inner_words(chunk: &[u8]) -> bool {
    chunk.windows(2).any(|w| {
        w[0].is_ascii_lowercase() && w[1].is_ascii_uppercase()
            || w[0].is_ascii_alphabetic() && w[1].is_ascii_digit()
    })
}
