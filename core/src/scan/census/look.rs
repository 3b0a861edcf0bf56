//! One pass over a text.

use super::super::words as whole_words;
#[cfg(target_arch = "x86_64")]
use super::masks;
use super::masks::{BLOCK, Block, Kernel, Masks, Portable};
use super::words::{Key, LONGEST};
use super::{Announcement, Census, Entry, Found, Sight, phrases};
use crate::spec::model::Level;

/// One text being looked at.
pub(super) struct Look<'a> {
    pub(super) census: &'a Census,
    pub(super) text: &'a str,
    /// Letters of one script may be read as those of another.
    pub(super) gate: bool,
    /// Characters that wrappers are made of were seen.
    pub(super) wrapped: bool,
    /// Something beyond ASCII was seen.
    pub(super) foreign: bool,
}

impl<'a> Look<'a> {
    pub(super) fn new(census: &'a Census, text: &'a str) -> Self {
        Self { census, text, gate: false, wrapped: false, foreign: false }
    }

    pub(super) fn run(mut self, sight: &mut Sight) {
        self.pass(sight);
        if self.opens_gate(sight) {
            // Scripts are mixed: letters may be look-alikes.
            sight.starts.clear();
            self.gate = true;
            self.pass(sight);
        }
        if self.census.level >= Level::Standard && self.wrapped {
            self.unwrap(sight);
        }
        self.settle(sight);
        if !sight.needs_view() && !sight.found.is_empty() {
            number_words(self.text.as_bytes(), &mut sight.found);
        }
    }

    /// What everything that was seen says together.
    fn settle(&self, sight: &mut Sight) {
        sight.foreign = self.foreign;
        // Exceptions are words as they stand, in whatever form of their letters.
        sight.exceptions |= self.foreign || sight.all || self.census.spares_anywhere;
        if self.foreign || sight.needs_view() || self.census.may_spare(sight) {
            sight.defer();
        }
    }

    /// Whether a second look is needed, for letters of one script that stand for those of
    /// another.
    fn opens_gate(&self, sight: &Sight) -> bool {
        self.foreign
            && !self.gate
            && sight.wide.opens_gate(|| self.text.bytes().any(|byte| byte.is_ascii_alphabetic()))
    }

    fn pass(&mut self, sight: &mut Sight) {
        sight.wide.clear();
        #[cfg(target_arch = "x86_64")]
        if self.census.has_avx2 {
            // SAFETY: the processor has what the function asks for.
            #[expect(unsafe_code, reason = "vector kernel")]
            unsafe {
                self.pass_avx2(sight);
            }
            return;
        }
        self.pass_with::<Portable>(sight);
    }

    /// The same, compiled for the instructions that newer processors have for masks.
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
    fn pass_avx2(&mut self, sight: &mut Sight) {
        self.pass_with::<masks::Avx2>(sight);
    }

    #[inline(always)]
    fn pass_with<K: Kernel>(&mut self, sight: &mut Sight) {
        let text = self.text.as_bytes();
        let mut block = Block::new();
        let mut at = 0;
        while at < text.len() {
            let rest = &text[at..];
            let len = block.fill(rest);
            let masks = K::masks(&block, len);
            // Only whole chunks; one that fills the block is looked at by itself.
            let take =
                if len == rest.len() { len } else { BLOCK - masks.spaces.leading_zeros() as usize };
            if take == 0 {
                let behind = rest[BLOCK..].iter().position(|&byte| is_space(byte));
                let end = behind.map_or(text.len(), |len| at + BLOCK + len);
                self.chunk(at, end, sight);
                at = end;
            } else {
                self.block::<K>(at, take, &block, &masks, sight);
                at += take;
            }
        }
        if self.census.anywhere.may_be_in(self.foreign) {
            let anywhere = &self.census.anywhere;
            sight.anywhere |= anywhere.is_in(self.text, &mut sight.walks);
        }
    }

    /// The chunks in `take` bytes from `at` on.
    #[inline(always)]
    fn block<K: Kernel>(
        &mut self,
        at: usize,
        take: usize,
        block: &Block,
        masks: &Masks,
        sight: &mut Sight,
    ) {
        let keep = u64::MAX >> (BLOCK - take);
        let mut letters = masks.letters & keep;
        let spaces = masks.spaces | !keep;
        let mut others = !(letters | spaces);
        // Chunks with anything beyond ASCII, or under a gate, are read by character.
        let mut wide = if self.gate { !spaces } else { masks.foreign & keep };
        while wide != 0 {
            let first = wide.trailing_zeros();
            let (start, end) = chunk_around(spaces, first);
            let range = bits(start, end);
            letters &= !range;
            others &= !range;
            wide &= !range;
            self.chunk(at + start as usize, at + end as usize, sight);
        }
        let census = self.census;
        let mut next = letters & !(letters << 1);
        while next != 0 {
            let start = next.trailing_zeros() as usize;
            next &= next - 1;
            let len = (!(letters >> start)).trailing_zeros() as usize;
            if len <= LONGEST {
                if let Some(number) = census.words.find(Key::in_block(block, start, len)) {
                    self.hit(at + start, len, number, sight);
                }
            } else if len <= census.longest_other {
                self.other(at + start, at + start + len, sight);
            }
            if !census.prefixes.is_empty() {
                self.prefix(at + start, sight);
            }
            if census.inside_ascii {
                // A spelled-out word may begin with the last letter.
                self.start_inside(at + start + len - 1, sight);
            }
        }
        if census.level >= Level::Standard {
            self.runs::<K>(at, letters, spaces, block, masks, sight);
        }
        if others != 0 {
            self.signs(at, letters, others, spaces, block, masks, sight);
        }
    }

    /// A run of ASCII letters outside the blocks.
    pub(super) fn word(&self, at: usize, len: usize, sight: &mut Sight) {
        let census = self.census;
        if len <= LONGEST {
            if let Some(number) = census.words.find(Key::read(self.text.as_bytes(), at, len)) {
                self.hit(at, len, number, sight);
            }
        } else if len <= census.longest_other {
            self.other(at, at + len, sight);
        }
    }

    /// Whether a needle with a wildcard behind its first letters begins at `at`.
    pub(super) fn prefix(&self, at: usize, sight: &mut Sight) {
        let prefixes = &self.census.prefixes;
        sight.anywhere = sight.anywhere || prefixes.survive(self.text, at, false, &mut sight.walks);
    }

    /// A word of ASCII that is no key.
    fn other(&self, start: usize, end: usize, sight: &mut Sight) {
        let symbols = self.text.as_bytes()[start..end].iter();
        let lower = symbols.map(|&byte| char::from(byte.to_ascii_lowercase()));
        if let Some(&entry) = self.census.others.get(&whole_words::hash(lower)) {
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
                sight.exceptions = true;
                sight.spared.push(place);
            }
            let rest = announced.rest.of(&census.rests);
            if announced.sought && phrases::may_follow(self.text, end, rest, self.gate) {
                sight.hits.push(place);
            }
        }
    }

    fn hit(&self, at: usize, len: usize, number: u32, sight: &mut Sight) {
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
            if announced.spares {
                sight.exceptions = true;
                sight.spared.push(Announcement { start: at as u32, needle: announced.needle });
            }
            if announced.simple {
                let (start, end) = (at as u32, end as u32);
                sight.found.push(Found { start, end, word: 0, needle: announced.needle });
            } else if announced.sought && !is_other_word(bytes, end, announced.next) {
                let rest = announced.rest.of(&census.rests);
                if phrases::may_follow(self.text, end, rest, self.gate) {
                    sight.hits.push(Announcement { start: at as u32, needle: announced.needle });
                }
            }
        }
    }

    /// Signs and digits of a block, by chunk.
    #[expect(clippy::too_many_arguments, reason = "the masks of one block")]
    #[inline(always)]
    fn signs(
        &mut self,
        at: usize,
        letters: u64,
        others: u64,
        spaces: u64,
        block: &Block,
        masks: &Masks,
        sight: &mut Sight,
    ) {
        // Signs that end words hide nothing, and neither do apostrophes between letters.
        let endings = masks.ending & others;
        let mut ended = endings & spaces >> 1;
        // The last byte of a block has no neighbour in the mask.
        ended |= endings & 1 << (BLOCK - 1);
        loop {
            let more = endings & ended >> 1 & !ended;
            if more == 0 {
                break;
            }
            ended |= more;
        }
        let first = spaces << 1 | 1;
        let joining = masks.apostrophes & letters << 1 & letters >> 1;
        let mut odd = others & !(ended & !first) & !joining;
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
            let mut kinds = 0;
            let mut each = others & range;
            while each != 0 {
                kinds |= kind(block.byte(each.trailing_zeros()));
                each &= each - 1;
            }
            self.wrapped |= kinds & WRAPPER != 0;
            if kinds & TAG != 0 || digits != 0 {
                self.digit_words(from, to, sight);
                if kinds & TAG != 0 && has_inner_words(&self.text.as_bytes()[from..to]) {
                    // Words begin and end within words.
                    sight.all = true;
                    continue;
                }
            }
            if self.census.level < Level::Fold {
                continue;
            }
            // A disguise begins where a word does, no later than the last sign.
            let reach = bits(start, last + 1);
            let mut begins = reach & (!((letters | masks.digits) << 1) | 1 << start);
            while begins != 0 {
                let place = begins.trailing_zeros();
                begins &= begins - 1;
                self.start_in_block(at, place, block, sight);
            }
            if self.census.inside_ascii {
                (start..=last).for_each(|place| self.start_inside(at + place as usize, sight));
            }
        }
    }

    /// Letters that stand alone, twice in a row, or may be misread.
    #[inline(always)]
    fn runs<K: Kernel>(
        &self,
        at: usize,
        letters: u64,
        spaces: u64,
        block: &Block,
        masks: &Masks,
        sight: &mut Sight,
    ) {
        let upper = letters & masks.upper;
        let lower = letters & !upper;
        let beside = |of: u64| of << 1 | of >> 1;
        let twins = masks.twins & letters;
        let lone = letters & !beside(letters);
        // `I am`: a letter of a spelled-out word stands alone.
        let dead = lone & spaces >> 1 & letters >> 2 & letters >> 3 & !(twins >> 2);
        // `I'm`: an apostrophe separates nothing.
        let apostrophe = lone & masks.apostrophes >> 1 & letters >> 2;
        let mut live = lone & !dead & !apostrophe;
        while live != 0 {
            let start = live.trailing_zeros();
            live &= live - 1;
            self.start_in_block(at, start, block, sight);
        }
        let misread = masks.large_i & letters & beside(lower) & !beside(upper)
            | masks.small_l & letters & beside(upper) & !beside(lower);
        let mut runs = twins | misread;
        while runs != 0 {
            let bit = runs.trailing_zeros();
            let start = 64 - (!letters & ((1 << bit) - 1)).leading_zeros();
            let end = bit + (!(letters >> bit)).trailing_zeros();
            let range = bits(start, end);
            let apostrophes = self.census.at_words.apostrophes;
            let certain = misread & range != 0
                || masks.apostrophes >> 1 & range != 0 && apostrophes
                || twins & range != 0 && matches!(block.byte(bit), b'v' | b'V');
            runs &= !range;
            if masks.apostrophes << 1 & range != 0 && apostrophes {
                // The word begins before the apostrophe.
                let (first, _) = chunk_around(spaces, bit);
                self.starts_in_chunk(at + first as usize, at + start as usize, sight);
            } else if self.census.may_begin(block.byte(start), block.byte(start + 1)) {
                let drop = (twins >> start) as u8;
                if certain
                    || self.census.open
                    || self.is_twin_word::<K>(at, start, end, drop, block)
                {
                    self.start(at + start as usize, sight);
                }
            }
            if self.census.inside_ascii {
                (start..end).for_each(|place| self.start_inside(at + place as usize, sight));
            }
        }
    }

    /// Whether a word with letters twice in a row may be one of the list, or is one letter
    /// of a word that is spelled out.
    #[inline(always)]
    fn is_twin_word<K: Kernel>(
        &self,
        at: usize,
        start: u32,
        end: u32,
        drop: u8,
        block: &Block,
    ) -> bool {
        let len = (end - start) as usize;
        let key = if len <= 8 {
            Key::without::<K>(block, start as usize, len, drop)
        } else {
            Key::collapsed(self.text.as_bytes(), at + start as usize, len)
        };
        key.is_one_letter() && self.is_spelled(at + end as usize) || self.census.runs.may_have(key)
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

    #[inline(always)]
    fn start_in_block(&self, at: usize, start: u32, block: &Block, sight: &mut Sight) {
        if self.census.may_begin(block.byte(start), block.byte(start + 1)) {
            self.start(at + start as usize, sight);
        }
    }

    /// Notes that a disguise may begin at `at`, where a word does.
    #[inline(always)]
    pub(super) fn start(&self, at: usize, sight: &mut Sight) {
        let at_words = &self.census.at_words;
        if at_words.may_begin_at(self.text, at, self.gate)
            && at_words.survive(self.text, at, self.gate, &mut sight.walks)
        {
            sight.starts.push(at as u32);
        }
        self.start_inside(at, sight);
    }

    #[inline]
    pub(super) fn start_inside(&self, at: usize, sight: &mut Sight) {
        let inside = &self.census.inside;
        if !inside.is_empty()
            && inside.may_begin_at(self.text, at, self.gate)
            && inside.survive(self.text, at, self.gate, &mut sight.walks)
        {
            sight.starts.push(at as u32);
        }
    }

    /// What may begin in a chunk of ASCII up to byte `last`.
    fn starts_in_chunk(&self, start: usize, last: usize, sight: &mut Sight) {
        let bytes = self.text.as_bytes();
        let mut word = false;
        for (at, &byte) in bytes.iter().enumerate().take(last + 1).skip(start) {
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

    /// Whether anything may be found in what the wrappers of the text stand for.
    fn unwrap(&self, sight: &mut Sight) {
        let mut unwrapped = std::mem::take(&mut sight.unwrapped);
        if unwrapped.fill(self.text) {
            let mut inside = sight.inside.take().unwrap_or_default();
            inside.clear();
            let look = Look { text: unwrapped.text(), wrapped: false, foreign: false, ..*self };
            look.without_unwrapping(&mut inside);
            sight.decoded = inside.needs_view() || !inside.found.is_empty();
            inside.defer();
            let Sight { starts, hits, spared, .. } = &mut *inside;
            hits.append(spared);
            starts.sort_unstable();
            hits.sort_unstable_by_key(|hit| hit.start);
            sight.knows_inside = unwrapped.to_raw(starts.iter_mut())
                && unwrapped.to_raw(hits.iter_mut().map(|hit| &mut hit.start));
            sight.inside = Some(inside);
        }
        sight.unwrapped = unwrapped;
    }

    fn without_unwrapping(mut self, sight: &mut Sight) {
        self.pass(sight);
        if self.opens_gate(sight) {
            sight.starts.clear();
            self.gate = true;
            self.pass(sight);
        }
        self.settle(sight);
    }
}
/// What a byte of ASCII is, as the census cares.
const LETTER: u8 = 1;
const DIGIT: u8 = 1 << 1;
/// Begins a hashtag or name.
const TAG: u8 = 1 << 2;
/// Wrappers are made of it.
const WRAPPER: u8 = 1 << 3;

#[inline]
fn kind(byte: u8) -> u8 {
    const KINDS: [u8; 256] = {
        let mut kinds = [0; 256];
        let mut byte = 0;
        while byte < 128 {
            kinds[byte] = match byte as u8 {
                b'a'..=b'z' | b'A'..=b'Z' => LETTER,
                b'0'..=b'9' => DIGIT,
                b'#' | b'@' => TAG,
                b'%' | b'&' | b'*' | b'<' | b'[' | b'\\' | b'_' | b'`' | b'|' | b'~' | b'^'
                | b'{' => WRAPPER,
                _ => 0,
            };
            byte += 1;
        }
        kinds
    };
    KINDS[usize::from(byte)]
}

/// The chunk of characters without white space around `bit`: first and one past last.
#[inline]
fn chunk_around(spaces: u64, bit: u32) -> (u32, u32) {
    let before = spaces & ((1 << bit) - 1);
    let start = 64 - before.leading_zeros();
    let behind = spaces >> bit;
    (start, (bit + behind.trailing_zeros()).min(64))
}

/// The bits from `start` up to `end`, which is greater.
#[inline]
fn bits(start: u32, end: u32) -> u64 {
    u64::MAX >> (64 - (end - start)) << start
}

fn is_space(byte: u8) -> bool {
    byte == b' ' || (9..=13).contains(&byte)
}

/// True when capitals follow small letters, or digits letters: in hashtags and names
/// words begin there.
fn has_inner_words(chunk: &[u8]) -> bool {
    chunk.windows(2).any(|w| {
        w[0].is_ascii_lowercase() && w[1].is_ascii_uppercase()
            || w[0].is_ascii_alphabetic() && w[1].is_ascii_digit()
    })
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

/// Numbers the words that were found as the view would: ASCII alone.
fn number_words(text: &[u8], found: &mut [Found]) {
    found.sort_unstable_by_key(|f| f.start);
    let mut words = 0;
    let mut at = 0;
    let mut inside = false;
    for found in found {
        while at <= found.start as usize {
            let word = text[at].is_ascii_alphanumeric();
            words += u32::from(word && !inside);
            let letter = |at: usize| text.get(at).is_some_and(u8::is_ascii_alphabetic);
            let joins = inside && text[at] == b'\'' && letter(at - 1) && letter(at + 1);
            inside = word || joins;
            at += 1;
        }
        found.word = words - 1;
    }
}
