//! One pass over a text.
//!
//! Nearly every text is left after this file alone: words that the list lacks, between
//! spaces and signs that hide nothing. What is rarer is asked outside the loop, in
//! [`super::hits`], [`super::odd`] and [`super::chunks`].

#[cfg(target_arch = "x86_64")]
use super::masks;
use super::masks::{BLOCK, Block, Kernel, Masks, Portable};
use super::words::{Key, LONGEST};
use super::{Census, Sight};
use crate::spec::model::Level;

/// One text being looked at.
#[expect(clippy::struct_excessive_bools, reason = "independent of one another")]
pub(super) struct Look<'a> {
    pub(super) census: &'a Census,
    pub(super) text: &'a str,
    /// Letters of one script may be read as those of another.
    pub(super) gate: bool,
    /// Characters that wrappers are made of were seen.
    pub(super) wrapped: bool,
    /// Something beyond ASCII was seen.
    pub(super) foreign: bool,
    /// Letters of ASCII were seen outside such chunks.
    latin: bool,
    /// The words of the blocks before the one at hand.
    words: u32,
}

impl<'a> Look<'a> {
    #[inline]
    pub(super) fn new(census: &'a Census, text: &'a str) -> Self {
        Self { census, text, gate: false, wrapped: false, foreign: false, latin: false, words: 0 }
    }

    #[inline]
    pub(super) fn run(mut self, sight: &mut Sight) {
        self.pass(sight);
        if sight.dirty || self.foreign || self.wrapped {
            self.finish(sight);
        }
    }

    /// What is left to do where the pass saw anything at all.
    #[inline(never)]
    fn finish(mut self, sight: &mut Sight) {
        sight.dirty = true;
        self.open_gate(sight);
        if self.census.level >= Level::Standard && self.wrapped {
            self.unwrap(sight);
        }
        self.settle(sight);
    }

    /// Looks again where scripts are mixed: letters may be look-alikes.
    fn open_gate(&mut self, sight: &mut Sight) {
        if self.opens_gate(sight) {
            sight.starts.clear();
            self.gate = true;
            self.pass(sight);
        }
    }

    /// What everything that was seen says together.
    fn settle(&self, sight: &mut Sight) {
        sight.saw.foreign = self.foreign;
        sight.saw.wrapped = self.wrapped;
        // Exceptions are words as they stand, in whatever form of their letters.
        sight.saw.exceptions |= self.foreign || sight.saw.all;
        if self.foreign || sight.saw.all || self.census.may_spare(sight) {
            sight.defer();
        }
    }

    /// Whether a second look is needed, for letters of one script that stand for those of
    /// another.
    fn opens_gate(&self, sight: &Sight) -> bool {
        self.foreign && !self.gate && sight.wide.opens_gate(self.latin)
    }

    #[inline]
    fn pass(&mut self, sight: &mut Sight) {
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
        if text.len() <= BLOCK {
            // Without a loop around it, which most texts do not need, less is moved about.
            let (len, masks) = K::take(&mut block, text);
            if len > 0 {
                self.block::<K>(0, len, &block, &masks, sight);
            }
        } else {
            self.blocks::<K>(text, &mut block, sight);
        }
        if self.census.anywhere.may_be_in(self.foreign) {
            self.anywhere(sight);
        }
    }

    /// The same block by block.
    #[inline(always)]
    fn blocks<K: Kernel>(&mut self, text: &[u8], block: &mut Block, sight: &mut Sight) {
        let mut at = 0;
        while at < text.len() {
            let rest = &text[at..];
            let (len, masks) = K::take(block, rest);
            // Only whole chunks; one that fills the block is looked at by itself.
            let take =
                if len == rest.len() { len } else { BLOCK - masks.spaces.leading_zeros() as usize };
            if take == 0 {
                at = self.long_chunk(at, sight);
            } else {
                self.block::<K>(at, take, block, &masks, sight);
                at += take;
            }
        }
    }

    #[inline(never)]
    fn anywhere(&self, sight: &mut Sight) {
        if self.census.anywhere.is_in(self.text, &mut sight.walks) {
            sight.saw.anywhere = true;
            sight.dirty = true;
        }
    }

    /// A chunk that is longer than a block; where it ends.
    #[inline(never)]
    fn long_chunk(&mut self, at: usize, sight: &mut Sight) -> usize {
        let text = self.text.as_bytes();
        let behind = text[at + BLOCK..].iter().position(|&byte| is_space(byte));
        let end = behind.map_or(text.len(), |len| at + BLOCK + len);
        self.chunk(at, end, sight);
        end
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
        let spaces = masks.spaces | !keep;
        let mut letters = masks.letters & keep;
        let mut others = !(letters | spaces);
        // Chunks with anything beyond ASCII, or under a gate, are read by character.
        let wide = if self.gate { !spaces } else { masks.foreign & keep };
        if wide != 0 {
            let narrow = self.wide_chunks(at, wide, spaces, sight);
            letters &= narrow;
            others &= narrow;
        }
        let census = self.census;
        self.latin |= letters != 0;
        let kinds = Kinds { letters, others, spaces };
        let words = kinds.words(masks);
        let mut firsts = letters & !(letters << 1);
        while firsts != 0 {
            let start = firsts.trailing_zeros() as usize;
            firsts &= firsts - 1;
            let len = (!(letters >> start)).trailing_zeros() as usize;
            let key = Key::in_block(block, start, len);
            if len > LONGEST || census.words.may_have(key) {
                // Behind an apostrophe no word begins that has a number of its own.
                let begun = words & u64::MAX >> (BLOCK - 1 - start);
                let word = self.words + begun.count_ones() - 1;
                self.known(at + start, len, key, word, sight);
            }
        }
        self.words += words.count_ones();
        if census.asks_letters {
            self.letters(at, letters, sight);
        }
        let live = if census.level >= Level::Standard { kinds.live(masks, census.open) } else { 0 };
        let runs = if census.level >= Level::Standard { kinds.runs(masks) } else { 0 };
        let odd = if others == 0 { 0 } else { kinds.odd(masks) };
        if live | runs | odd != 0 {
            self.odd_places::<K>(at, [live, runs, odd], kinds, block, masks, sight);
        }
    }

    /// Reads the chunks of a block around the bits of `wide`; which bits are left.
    #[inline(never)]
    fn wide_chunks(&mut self, at: usize, mut wide: u64, spaces: u64, sight: &mut Sight) -> u64 {
        let mut narrow = u64::MAX;
        while wide != 0 {
            let (start, end) = chunk_around(spaces, wide.trailing_zeros());
            let range = bits(start, end);
            narrow &= !range;
            wide &= !range;
            self.chunk(at + start as usize, at + end as usize, sight);
        }
        narrow
    }

    /// What is asked of every word where needles may begin with a part of one.
    #[inline(never)]
    fn letters(&self, at: usize, letters: u64, sight: &mut Sight) {
        let mut firsts = letters & !(letters << 1);
        while firsts != 0 {
            let start = firsts.trailing_zeros() as usize;
            firsts &= firsts - 1;
            if !self.census.prefixes.is_empty() {
                self.prefix(at + start, sight);
            }
            if self.census.inside_ascii {
                // A spelled-out word may begin with the last letter.
                let len = (!(letters >> start)).trailing_zeros() as usize;
                self.start_inside(at + start + len - 1, sight);
            }
        }
    }

    /// Whether anything may be found in what the wrappers of the text stand for.
    fn unwrap(&self, sight: &mut Sight) {
        let mut unwrapped = std::mem::take(&mut sight.unwrapped);
        if unwrapped.fill(self.text) {
            let mut inside = sight.inside.take().unwrap_or_default();
            inside.clear();
            let text = unwrapped.text();
            let look =
                Look { text, wrapped: false, foreign: false, latin: false, words: 0, ..*self };
            look.without_unwrapping(&mut inside);
            sight.saw.decoded = inside.needs_view() || !inside.found.is_empty();
            inside.defer();
            let Sight { starts, hits, spared, .. } = &mut *inside;
            hits.append(spared);
            starts.sort_unstable();
            hits.sort_unstable_by_key(|hit| hit.start);
            sight.saw.knows_inside = unwrapped.to_raw(starts.iter_mut())
                && unwrapped.to_raw(hits.iter_mut().map(|hit| &mut hit.start));
            sight.inside = Some(inside);
        }
        sight.unwrapped = unwrapped;
    }

    fn without_unwrapping(mut self, sight: &mut Sight) {
        self.pass(sight);
        self.open_gate(sight);
        self.settle(sight);
    }
}

/// The letters, signs and white space of a block, as far as they are looked at.
#[derive(Clone, Copy)]
pub(super) struct Kinds {
    pub(super) letters: u64,
    /// Neither letters nor white space.
    pub(super) others: u64,
    pub(super) spaces: u64,
}

impl Kinds {
    /// Where words begin, as a view numbers them: an apostrophe between letters joins.
    #[inline(always)]
    fn words(self, masks: &Masks) -> u64 {
        let letters = self.letters;
        let alphanumeric = letters | masks.digits & self.others;
        let joining = masks.apostrophes & letters << 1 & letters >> 1;
        alphanumeric & !(alphanumeric << 1) & !(joining << 1)
    }

    /// Letters that stand alone and may begin a word that is spelled out.
    #[inline(always)]
    fn live(self, masks: &Masks, open: bool) -> u64 {
        let Self { letters, spaces, .. } = self;
        let lone = letters & !(letters << 1 | letters >> 1);
        // The word at that distance has several letters: nothing is spelled out over it.
        let word = |at: u32| letters >> at & letters >> (at + 1) & !(masks.twins >> at);
        // `I am`, and where words end with their letters `'s a man`.
        let one = spaces >> 1 & word(2);
        let two = if open { 0 } else { spaces >> 1 & lone >> 2 & spaces >> 3 & word(4) };
        // `I'm`: an apostrophe separates nothing.
        let apostrophe = masks.apostrophes >> 1 & letters >> 2;
        lone & !(one | two | apostrophe)
    }

    /// Letters twice in a row, and those that may be misread.
    #[inline(always)]
    fn runs(self, masks: &Masks) -> u64 {
        masks.twins & self.letters | self.misread(masks)
    }

    /// `I` among small letters, `l` among capitals.
    #[inline(always)]
    pub(super) fn misread(self, masks: &Masks) -> u64 {
        let letters = self.letters;
        let upper = letters & masks.upper;
        let lower = letters & !upper;
        let beside = |of: u64| of << 1 | of >> 1;
        masks.large_i & letters & beside(lower) & !beside(upper)
            | masks.small_l & letters & beside(upper) & !beside(lower)
    }

    /// Signs and digits that may hide something.
    #[inline(always)]
    fn odd(self, masks: &Masks) -> u64 {
        let Self { letters, others, spaces } = self;
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
        others & !(ended & !first) & !joining
    }
}

/// The chunk of characters without white space around `bit`: first and one past last.
#[inline]
pub(super) fn chunk_around(spaces: u64, bit: u32) -> (u32, u32) {
    let before = spaces & ((1 << bit) - 1);
    let start = 64 - before.leading_zeros();
    let behind = spaces >> bit;
    (start, (bit + behind.trailing_zeros()).min(64))
}

/// The bits from `start` up to `end`, which is greater.
#[inline]
pub(super) fn bits(start: u32, end: u32) -> u64 {
    u64::MAX >> (64 - (end - start)) << start
}

fn is_space(byte: u8) -> bool {
    byte == b' ' || (9..=13).contains(&byte)
}
