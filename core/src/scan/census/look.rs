//! One pass over a text.
//!
//! Nearly every text is left after this file alone: words that the list lacks, between
//! spaces and signs that hide nothing. What is rarer is asked outside the loop, in
//! [`super::hits`], [`super::odd`] and [`super::chunks`].

use super::super::passages::{self, LONG};
#[cfg(target_arch = "x86_64")]
use super::masks;
use super::masks::{BLOCK, Block, Kernel, Masks, Portable, Vectors, is_space};
use super::typography::Signs;
use super::words::{Key, LONGEST};
use super::{Census, Sight};
use crate::spec::model::Level;
use crate::view::Unwrapped;

/// One text being looked at.
#[expect(clippy::struct_excessive_bools, reason = "independent of one another")]
pub(super) struct Look<'a> {
    pub(super) census: &'a Census,
    pub(super) text: &'a str,
    /// Letters of one script may be read as those of another.
    pub(super) gate: bool,
    /// Characters that wrappers are made of were seen.
    pub(super) wrapped: bool,
    /// Something beyond ASCII was seen that is more than a sign.
    pub(super) foreign: bool,
    /// Chunks were read character by character.
    pub(super) strange: bool,
    /// Signs beyond ASCII were seen.
    pub(super) signs_beyond_ascii: bool,
    /// Letters of ASCII were seen outside such chunks.
    latin: bool,
    /// The words of the blocks before the one at hand.
    words: u32,
    /// The text is looked at in passages: each place counts.
    pub(super) long: bool,
}

impl<'a> Look<'a> {
    #[inline]
    pub(super) fn new(census: &'a Census, text: &'a str) -> Self {
        let long = text.len() >= LONG;
        Self {
            census,
            text,
            gate: false,
            wrapped: false,
            foreign: false,
            strange: false,
            signs_beyond_ascii: false,
            latin: false,
            words: 0,
            long,
        }
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
        sight.walks.restart();
        match self.census.vectors {
            Vectors::Portable => self.pass_with::<Portable>(sight),
            // SAFETY: the processor has what the function asks for.
            #[cfg(target_arch = "x86_64")]
            #[expect(unsafe_code, reason = "vector kernel")]
            Vectors::Avx2 => unsafe { self.pass_avx2(sight) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            #[expect(unsafe_code, reason = "vector kernel")]
            Vectors::Avx512 => unsafe { self.pass_avx512(sight) },
        }
    }

    /// The same, compiled for the instructions that newer processors have for masks.
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
    fn pass_avx2(&mut self, sight: &mut Sight) {
        self.pass_with::<masks::Avx2>(sight);
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(
        enable = "avx2,bmi1,bmi2,lzcnt,popcnt,avx512f,avx512bw,avx512dq,avx512vbmi,avx512vbmi2"
    )]
    fn pass_avx512(&mut self, sight: &mut Sight) {
        self.pass_with::<masks::Avx512>(sight);
    }

    #[inline(always)]
    fn pass_with<K: Kernel>(&mut self, sight: &mut Sight) {
        let text = self.text.as_bytes();
        if text.is_empty() {
            return;
        }
        if text.len() <= BLOCK {
            // Most texts; there is less to keep than in a loop.
            self.block::<K, true>(0, text, sight);
        } else {
            self.blocks::<K>(text, sight);
        }
        if self.census.anywhere.may_be_in(self.strange || self.signs_beyond_ascii) {
            self.anywhere(sight);
        }
    }

    /// The same block by block.
    #[inline(always)]
    fn blocks<K: Kernel>(&mut self, text: &[u8], sight: &mut Sight) {
        let mut at = 0;
        while at < text.len() {
            let taken = self.block::<K, false>(at, &text[at..], sight);
            at = if taken == 0 { self.long_chunk(at, sight) } else { at + taken };
        }
    }

    #[inline(never)]
    fn anywhere(&self, sight: &mut Sight) {
        let mut walks = std::mem::take(&mut sight.walks);
        self.census.anywhere.find(self.text, &mut walks, |at| {
            sight.see_anywhere(at);
            // In a long text only what is around it is looked at.
            self.long
        });
        sight.walks = walks;
    }

    /// A chunk that is longer than a block; where it ends.
    #[inline(never)]
    fn long_chunk(&mut self, at: usize, sight: &mut Sight) -> usize {
        let text = self.text.as_bytes();
        let behind = text[at + BLOCK..].iter().position(|&byte| is_space(byte));
        let end = behind.map_or(text.len(), |len| at + BLOCK + len);
        self.wide_chunk(at, end, sight);
        end
    }

    fn wide_chunk(&mut self, start: usize, end: usize, sight: &mut Sight) {
        if !self.cjk(start, end, sight) {
            self.chunk(start, end, sight);
        }
    }

    /// The chunks in a block of `text`, which begins at `at`: how many bytes they are, none
    /// where a chunk is longer than a block. A text by itself, or one of many blocks.
    #[inline(always)]
    fn block<K: Kernel, const ALONE: bool>(
        &mut self,
        at: usize,
        text: &[u8],
        sight: &mut Sight,
    ) -> usize {
        let mut block = Block::new();
        let (mut take, mut masks) = K::take(&mut block, text);
        if !ALONE && take < text.len() {
            // Only whole chunks; one that fills the block is looked at by itself.
            take = BLOCK - masks.spaces.leading_zeros() as usize;
        }
        if take == 0 {
            return 0;
        }
        let keep = u64::MAX >> (BLOCK - take);
        let spaces = masks.spaces | !keep;
        let letters = masks.letters & keep;
        let others = !(letters | spaces);
        let kinds = Kinds { letters, others, spaces, joining: 0 };
        let foreign = masks.foreign & keep;
        // Chunks with anything beyond ASCII, or under a gate, are read by character.
        let gated = self.gate && self.census.gates_ascii();
        if foreign == 0 && !gated {
            // Nearly all blocks: what follows is simpler where nothing joins words.
            self.narrow::<K, ALONE>(at, &block, &masks, kinds, sight);
        } else {
            let kinds = self.foreign(at, foreign, &mut masks, kinds, sight);
            self.narrow::<K, ALONE>(at, &block, &masks, kinds, sight);
        }
        take
    }

    /// Reads what is `foreign` in a block by character, or all of it behind a gate; what is left.
    #[inline(never)]
    fn foreign(
        &mut self,
        at: usize,
        foreign: u64,
        masks: &mut Masks,
        mut kinds: Kinds,
        sight: &mut Sight,
    ) -> Kinds {
        let wide;
        if self.gate && self.census.gates_ascii() {
            wide = !kinds.spaces;
        } else if self.gate || self.foreign {
            wide = foreign;
        } else {
            let signs = self.typography(at, foreign);
            let Signs { apostrophes, ending, .. } = signs;
            wide = signs.wide;
            masks.ending |= ending;
            let letters = kinds.letters;
            kinds.joining = apostrophes & letters << 1 & letters >> APOSTROPHE;
        }
        if wide != 0 {
            let narrow = self.wide_chunks(at, wide, kinds.spaces, sight);
            kinds.letters &= narrow;
            kinds.others &= narrow;
        }
        kinds
    }

    /// The chunks of a block that are read as they are.
    #[inline(always)]
    fn narrow<K: Kernel, const ALONE: bool>(
        &mut self,
        at: usize,
        block: &Block,
        masks: &Masks,
        kinds: Kinds,
        sight: &mut Sight,
    ) {
        let letters = kinds.letters;
        self.latin |= letters != 0;
        let census = self.census;
        let mut firsts = K::may_have(block, letters, census.words.seen());
        while firsts != 0 {
            let start = firsts.trailing_zeros() as usize;
            firsts &= firsts - 1;
            let len = (!(letters >> start)).trailing_zeros() as usize;
            let key = Key::in_block(block, start, len);
            // Behind an apostrophe no word begins that has a number of its own.
            let begun = kinds.words(masks) & u64::MAX >> (BLOCK - 1 - start);
            let word = self.words + begun.count_ones() - 1;
            self.known(at + start, len, key, word, sight);
        }
        if !ALONE {
            self.words += kinds.words(masks).count_ones();
        }
        if census.asks_letters {
            self.letters(at, block, letters, sight);
        }
        let (mut live, mut runs) = (0, 0);
        if census.level >= Level::Standard || census.lone_letters {
            live = kinds.live(masks, census.open);
        }
        if census.level >= Level::Standard {
            runs = self.misread(at, kinds, masks) | self.stretched::<K>(at, kinds, masks, block);
        }
        let odd = kinds.odd(masks, census.lone_dashes);
        if live | runs | odd != 0 {
            self.odd_places::<K>(at, [live, runs, odd], kinds, sight);
        }
    }

    /// Letters twice in a row, in words that may be of the list without them. Asked here,
    /// for every third line has some and nearly none may.
    #[inline(always)]
    fn stretched<K: Kernel>(&self, at: usize, kinds: Kinds, masks: &Masks, block: &Block) -> u64 {
        let letters = kinds.letters;
        let mut twins = masks.twins & letters;
        if self.census.open || self.census.inside_ascii {
            return twins;
        }
        // Apostrophes join words where needles have some.
        let apostrophes = if self.census.at_words.apostrophes { masks.apostrophes } else { 0 };
        let beside = apostrophes >> 1 | apostrophes << 1;
        let curly = if self.census.at_words.apostrophes { kinds.beside_joining() } else { 0 };
        let mut stretched = 0;
        while twins != 0 {
            let bit = twins.trailing_zeros();
            let start = 64 - (!letters & ((1 << bit) - 1)).leading_zeros();
            let len = (!(letters >> start)).trailing_zeros();
            let range = bits(start, start + len);
            let drop = (twins >> start) as u16;
            let key = Key::without::<K>(block, start as usize, len as usize, drop);
            // Two `v` draw a `w`.
            let may_be = (masks.v & twins | curly) & range != 0
                || len as usize > LONGEST
                || key.is_one_letter() && beside & range == 0
                || self.census.twins.may_have(key)
                || beside & range != 0 && self.is_joined(at + bit as usize);
            stretched |= if may_be { twins & range } else { 0 };
            twins &= !range;
        }
        stretched
    }

    /// The letters of [`Kinds::misread`] in words at which a disguise may begin.
    #[inline(always)]
    fn misread(&self, at: usize, kinds: Kinds, masks: &Masks) -> u64 {
        let mut misread = kinds.misread(masks);
        if misread != 0 && !self.census.inside_ascii {
            misread = self.misread_at_begins(at, misread, kinds, masks);
        }
        misread
    }

    #[inline(never)]
    fn misread_at_begins(&self, at: usize, mut misread: u64, kinds: Kinds, masks: &Masks) -> u64 {
        let letters = kinds.letters;
        let mut kept = 0;
        while misread != 0 {
            let bit = misread & misread.wrapping_neg();
            let start = 64 - (!letters & (bit - 1)).leading_zeros();
            let apostrophes = masks.apostrophes << 1 | kinds.behind_joining();
            let joined = apostrophes >> start & 1 != 0;
            let start = at + start as usize;
            if joined || self.census.may_begin(self.byte(start), self.byte(start + 1)) {
                kept |= bit;
            }
            misread ^= bit;
        }
        kept
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
            self.wide_chunk(at + start as usize, at + end as usize, sight);
        }
        narrow
    }

    /// What is asked of every word where needles may begin with a part of one.
    #[inline(never)]
    fn letters(&self, at: usize, block: &Block, letters: u64, sight: &mut Sight) {
        let mut firsts = letters & !(letters << 1);
        while firsts != 0 {
            let start = firsts.trailing_zeros() as usize;
            firsts &= firsts - 1;
            if self.census.beginnings.may_begin(block, start, letters) {
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
        sight.saw.unwrapped = true;
        if unwrapped.fill(self.text) {
            sight.saw.has_wrappers = true;
            let mut inside = sight.inside.take().unwrap_or_default();
            inside.clear();
            // Scripts are mixed in the whole text, or not.
            inside.wide.inherit(&sight.wide);
            self.show(&mut unwrapped, &mut inside);
            let text = unwrapped.text();
            let look = Look {
                text,
                wrapped: false,
                foreign: false,
                strange: false,
                signs_beyond_ascii: false,
                words: 0,
                ..*self
            };
            look.without_unwrapping(&mut inside);
            sight.saw.decoded = inside.needs_view() || !inside.found.is_empty();
            inside.defer();
            let Sight { starts, opens, hits, spared, .. } = &mut *inside;
            hits.append(spared);
            starts.sort_unstable();
            opens.sort_unstable();
            hits.sort_unstable_by_key(|hit| hit.start);
            sight.saw.knows_inside = unwrapped.to_raw(starts.iter_mut())
                && unwrapped.to_raw(opens.iter_mut())
                && unwrapped.to_raw(hits.iter_mut().map(|hit| &mut hit.start));
            sight.inside = Some(inside);
        }
        sight.unwrapped = unwrapped;
    }

    /// What of the text is looked at without its wrappers: of a long one what is around them.
    fn show(&self, unwrapped: &mut Unwrapped, inside: &mut Sight) {
        let passages = self.long && !unwrapped.is_reordered();
        if passages {
            // Nothing is noted in it yet.
            let places = &mut inside.opens;
            unwrapped.changes(places);
            places.sort_unstable();
            unwrapped.show(self.text, |parts| {
                passages::find(self.text, places, &self.census.reach, parts);
            });
            places.clear();
        } else {
            unwrapped.show(self.text, |parts| parts.push(0..self.text.len()));
        }
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
    /// The first bytes of apostrophes of [`APOSTROPHE`] bytes between letters.
    pub(super) joining: u64,
}

/// Bytes of an apostrophe beyond ASCII.
const APOSTROPHE: u32 = 3;

impl Kinds {
    /// Where words begin, as a view numbers them: an apostrophe between letters joins.
    #[inline(always)]
    pub(super) fn words(self, masks: &Masks) -> u64 {
        let letters = self.letters;
        let alphanumeric = letters | masks.digits & self.others;
        let joining = masks.apostrophes & letters << 1 & letters >> 1;
        alphanumeric & !(alphanumeric << 1) & !(joining << 1 | self.behind_joining())
    }

    /// The letters on either side of what is `joining`.
    #[inline(always)]
    pub(super) fn beside_joining(self) -> u64 {
        self.joining >> 1 | self.behind_joining()
    }

    #[inline(always)]
    pub(super) fn behind_joining(self) -> u64 {
        self.joining << APOSTROPHE
    }

    /// Letters that stand alone and may begin a word that is spelled out.
    #[inline(always)]
    fn live(self, masks: &Masks, open: bool) -> u64 {
        let Self { letters, spaces, joining, .. } = self;
        let lone = letters & !(letters << 1 | letters >> 1);
        // The word at that distance has several letters: nothing is spelled out over it.
        let word = |at: u32| letters >> at & letters >> (at + 1) & !(masks.twins >> at);
        // `I am`, and where words end with their letters `'s a man`.
        let one = spaces >> 1 & word(2);
        let two = if open { 0 } else { spaces >> 1 & lone >> 2 & spaces >> 3 & word(4) };
        // `I'm`: an apostrophe separates nothing.
        let apostrophe = masks.apostrophes >> 1 & letters >> 2 | joining >> 1;
        lone & !(one | two | apostrophe)
    }

    /// `I` beside small letters, `l` beside capitals only.
    #[inline(always)]
    pub(super) fn misread(self, masks: &Masks) -> u64 {
        let letters = self.letters;
        let upper = letters & masks.upper;
        let lower = letters & !upper;
        let beside = |of: u64| of << 1 | of >> 1;
        let beside_lower = beside(lower);
        masks.large_i & letters & beside_lower
            | masks.small_l & letters & beside(upper) & !beside_lower
    }

    /// Signs and digits that may hide something.
    #[inline(always)]
    fn odd(self, masks: &Masks, lone_dashes: bool) -> u64 {
        let Self { letters, others, spaces, joining } = self;
        let first = spaces << 1 | 1;
        // Signs that end words hide nothing: those before white space, or the last byte of a
        // block, and up to seven before them. `deal?` may be drawn, `dea|?`.
        let endings = masks.ending & others & !first & !(masks.hooks & masks.strokes << 1);
        let mut ended = endings & (spaces >> 1 | 1 << (BLOCK - 1));
        ended |= endings & ended >> 1;
        let two = endings & endings >> 1;
        ended |= two & ended >> 2;
        let four = two & two >> 2;
        ended |= four & ended >> 4;
        // Apostrophes between letters hide nothing either, nor does a dash between spaces.
        let curly = joining | joining << 1 | joining << 2;
        let joining = masks.apostrophes & letters << 1 & letters >> 1 | curly;
        let dashes = if lone_dashes { 0 } else { masks.dashes & first & spaces >> 1 };
        others & !(ended | joining | dashes)
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
