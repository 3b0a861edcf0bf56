//! The census: one look at the bytes of a text that finds the words of the list, and
//! where something may be disguised.
//!
//! Nearly all text is ordinary words between spaces. Those are looked up where they
//! stand, and everything else is left to the view, the walks and the alignment only
//! if the census cannot rule out that they find something. It never rules out too
//! much; that is tested against the way without it (`tests/tests/properties.rs`).
//!
//! [`build`] makes it from the needles; [`look`] reads a text, in blocks of bytes
//! whose [`masks`] tell letters from signs; [`odd`] looks closer at signs, [`chunks`] reads what is beyond ASCII.
//! [`words`] and [`hits`] find whole words, [`paths`] what may be a disguise of one, [`phrases`]
//! what follows it, [`anywhere`] what needs no boundary; [`typography`] tells signs beyond ASCII that hide nothing.
#![expect(
    clippy::inline_always,
    reason = "one loop over all bytes, compiled for each kind of processor"
)]

mod anywhere;
mod beginnings;
mod build;
mod chunks;
mod cjk;
mod count;
mod hits;
mod letters;
mod look;
mod masks;
mod odd;
mod paths;
mod phrases;
mod symbols;
mod twins;
mod typography;
mod wide_words;
mod words;

use super::passages::Reach;
use crate::program::Run;
use crate::ruleset::tables::Step;
use crate::spec::model::Level;
use crate::view;
use anywhere::Anywhere;
use beginnings::Beginnings;
use chunks::Wide;
use cjk::Cjk;
use letters::Letters;
use look::Look;
use masks::Vectors;
pub(super) use masks::is_space;
use paths::Paths;
use rustc_hash::FxHashMap;
use twins::Twins;
use words::{Bitmap, SymbolHash, Words};

/// What the census knows of the needles of a ruleset.
#[expect(clippy::struct_excessive_bools, reason = "independent of one another")]
#[derive(Debug, Default)]
pub(super) struct Census {
    /// Some needle can be ruled out by nothing the census looks at.
    blind: bool,
    vectors: Vectors,
    /// The highest level of a needle whose disguises are looked for.
    level: Level,
    words: Words,
    /// By number of a word: what it announces.
    entries: Vec<Entry>,
    announced: Vec<Announced>,
    /// The steps of phrases behind their first words.
    rests: Vec<Step>,
    /// Some first word is one letter with a sign behind it, and not shown by [`Self::words`].
    lone_letters: bool,
    /// First words that are not ASCII letters alone, by the hash of their symbols.
    others: FxHashMap<SymbolHash, Entry>,
    others_seen: Bitmap,
    longest_other: usize,
    /// First words of disguised needles with their runs collapsed.
    twins: Twins,
    /// Some needle may be followed by letters: its first word is no whole word.
    open: bool,
    letters: Letters,
    /// Disguises that begin at words, and those that begin anywhere.
    at_words: Paths,
    inside: Paths,
    /// Some of the latter begin with a character of ASCII.
    inside_ascii: bool,
    /// A dash between spaces may begin a disguise.
    lone_dashes: bool,
    /// Letters of words are asked for needles that begin with or in them.
    asks_letters: bool,
    /// Needles with wildcards behind their first letters, at the beginnings of words.
    prefixes: Paths,
    beginnings: Beginnings,
    /// Needles that may begin inside words.
    anywhere: Anywhere,
    cjk: Cjk,
    /// How far what stands around a place may matter.
    pub(super) reach: Reach,
    /// There are exceptions that are words or phrases.
    spares: bool,
    /// Some of them is found by no word.
    spares_anywhere: bool,
}

/// The needles that a word announces, a run of [`Census::announced`].
#[derive(Clone, Copy, Debug)]
struct Entry {
    first: u32,
    count: u32,
}

/// A needle that a word announces.
#[derive(Clone, Copy, Debug)]
struct Announced {
    needle: u32,
    /// The steps behind the word, a run of the needles' steps.
    rest: Run,
    /// The letter behind the space, where a space follows and a letter of ASCII.
    next: Option<u8>,
    /// The word is the needle, nothing but letters, and a match if nothing spares it.
    simple: bool,
    /// Some rule looks for it.
    sought: bool,
    /// It is an exception, or the pattern of one: what it finds may spare matches.
    spares: bool,
}

/// A word of the text that is a needle.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    /// First byte and one past the last.
    pub(super) start: u32,
    pub(super) end: u32,
    /// The number of the word in its field.
    pub(super) word: u32,
    pub(super) needle: u32,
}

/// A word at which a needle may begin.
#[derive(Clone, Copy, Debug)]
pub(super) struct Announcement {
    /// Its first byte.
    pub(super) start: u32,
    pub(super) needle: u32,
}

/// What of a text tells more than places do.
#[expect(clippy::struct_excessive_bools, reason = "independent of one another")]
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Saw {
    /// The words of the view have to be probed.
    pub(super) words: bool,
    /// Some exception may be in the text, as it is or in another form.
    pub(super) exceptions: bool,
    /// The automaton has to run over the view.
    pub(super) anywhere: bool,
    /// Something beyond ASCII was seen.
    pub(super) foreign: bool,
    /// Signs were seen that wrappers are made of.
    pub(super) wrapped: bool,
    /// There are wrappers in which something may be.
    pub(super) decoded: bool,
    /// The wrappers were undone, if there were any.
    unwrapped: bool,
    /// There were some.
    has_wrappers: bool,
    /// [`Sight::inside`] is of this text and tells places apart.
    knows_inside: bool,
    /// There are tag characters.
    pub(super) tags: bool,
    /// Nothing can be ruled out, around [`Sight::opens`] or everywhere.
    pub(super) all: bool,
    everywhere: bool,
}

/// What the census saw in a text.
#[derive(Debug, Default)]
pub(crate) struct Sight {
    /// Words that are needles as they stand, in a text of ASCII alone.
    pub(super) found: Vec<Found>,
    /// Words of ASCII that needles begin with, to be looked at in the view.
    pub(super) hits: Vec<Announcement>,
    /// The same of exceptions.
    pub(super) spared: Vec<Announcement>,
    /// Where disguises may begin.
    pub(super) starts: Vec<u32>,
    /// Around what nothing, or no word, can be ruled out.
    opens: Vec<u32>,
    pub(super) saw: Saw,
    /// Anything was noted since it was cleared.
    dirty: bool,
    /// What was seen in what the wrappers stand for, its places those of the text.
    inside: Option<Box<Sight>>,
    walks: paths::Bufs,
    wide: Wide,
    unwrapped: view::Unwrapped,
}

impl Sight {
    /// True when a view of the text has to be searched.
    #[inline]
    pub(super) fn needs_view(&self) -> bool {
        self.saw.all
            || self.saw.words
            || self.saw.anywhere
            || self.saw.decoded
            || self.saw.tags
            || !self.hits.is_empty()
            || !self.starts.is_empty()
    }

    /// True when nothing can be in the text.
    #[inline]
    pub(crate) fn is_clear(&self) -> bool {
        !self.dirty || self.found.is_empty() && !self.needs_view()
    }

    /// Adds the first bytes of all that was seen; `None` where it was not seen at places.
    pub(crate) fn places(&self, into: &mut Vec<u32>) -> Option<()> {
        if self.saw.everywhere {
            return None;
        }
        let announced = self.hits.iter().chain(&self.spared).map(|hit| hit.start);
        into.extend(announced.chain(self.starts.iter().chain(&self.opens).copied()));
        Some(())
    }

    /// Puts all that was seen in the order of the text.
    pub(super) fn sort(&mut self) {
        self.hits.sort_by_key(|hit| hit.start);
        self.spared.sort_by_key(|hit| hit.start);
        self.starts.sort_unstable();
    }

    /// What was seen in what the wrappers of the text stand for, where it is known.
    pub(crate) fn inside(&self) -> Option<&Sight> {
        self.inside.as_deref().filter(|_| self.saw.knows_inside && !self.saw.all)
    }

    #[inline]
    fn find(&mut self, found: Found) {
        self.dirty = true;
        self.found.push(found);
    }

    #[inline]
    fn hit(&mut self, place: Announcement) {
        self.dirty = true;
        self.hits.push(place);
    }

    fn spare(&mut self, place: Announcement) {
        self.dirty = true;
        self.saw.exceptions = true;
        self.spared.push(place);
    }

    fn start(&mut self, at: usize) {
        self.dirty = true;
        self.starts.push(at as u32);
    }

    /// Nothing can be ruled out around byte `at`.
    fn rule_nothing_out(&mut self, at: usize) {
        self.dirty = true;
        self.saw.all = true;
        self.opens.push(at as u32);
    }

    /// What needs no boundary may begin at byte `at`.
    fn see_anywhere(&mut self, at: usize) {
        self.dirty = true;
        self.saw.anywhere = true;
        self.opens.push(at as u32);
    }

    /// Found words become places to look at in a view.
    fn defer(&mut self) {
        if self.found.is_empty() {
            return;
        }
        let places = self.found.drain(..);
        self.hits.extend(places.map(|f| Announcement { start: f.start, needle: f.needle }));
    }

    /// Rules out nothing.
    pub(super) fn see_all(&mut self) {
        self.clear();
        self.dirty = true;
        self.saw.all = true;
        self.saw.everywhere = true;
        self.saw.exceptions = true;
    }

    /// Nothing was ruled out anywhere.
    pub(super) fn is_open(&self) -> bool {
        self.saw.everywhere
    }

    /// Whether there are wrappers in `text`, which is the text that was looked at.
    pub(super) fn has_wrappers(&mut self, text: &str) -> bool {
        if !self.saw.unwrapped {
            self.saw.unwrapped = true;
            self.saw.has_wrappers = self.unwrapped.fill(text);
        }
        self.saw.has_wrappers
    }

    /// What the wrappers of the text stand for; nothing where [`Self::has_wrappers`] says no.
    pub(super) fn text_unwrapped(&self) -> &view::Unwrapped {
        &self.unwrapped
    }

    /// What the wrappers of the text stand for, where that is in the order of the text, and what
    /// was seen in it; `None` for that where `census` looks for nothing in it.
    pub(super) fn unwrapped(&self, census: &Census) -> Option<(&view::Unwrapped, Option<&Sight>)> {
        let known = self.saw.has_wrappers && !self.unwrapped.is_reordered();
        // That nothing can be ruled out somewhere in the text does not matter here.
        let inside = self.inside.as_deref().filter(|_| self.saw.knows_inside);
        let looks = census.level >= Level::Standard;
        (known && inside.is_some() == looks).then_some((&self.unwrapped, inside))
    }

    /// Bytes of heap memory held.
    pub(crate) fn memory_usage(&self) -> usize {
        self.found.capacity() * size_of::<Found>()
            + (self.hits.capacity() + self.spared.capacity()) * size_of::<Announcement>()
            + self.inside.as_ref().map_or(0, |inside| size_of::<Self>() + inside.memory_usage())
            + (self.starts.capacity() + self.opens.capacity()) * 4
            + self.walks.memory_usage()
            + self.wide.memory_usage()
            + self.unwrapped.memory_usage()
    }

    fn clear(&mut self) {
        self.dirty = false;
        self.wide.clear();
        self.found.clear();
        self.hits.clear();
        self.spared.clear();
        self.starts.clear();
        self.opens.clear();
        self.saw = Saw::default();
    }
}

impl Census {
    /// Looks at `text`.
    #[inline]
    pub(super) fn look(&self, text: &str, sight: &mut Sight) {
        if sight.dirty {
            sight.clear();
        }
        if self.blind {
            sight.see_all();
            return;
        }
        Look::new(self, text).run(sight);
    }

    /// Whether an exception may be in a text in which the census saw `sight`.
    pub(super) fn may_spare(&self, sight: &Sight) -> bool {
        self.spares && (sight.saw.exceptions || self.spares_anywhere)
    }

    /// Whether every word of the view has to be probed.
    pub(super) fn asks_words(&self, sight: &Sight) -> bool {
        sight.saw.all || sight.saw.words || sight.saw.foreign && self.spares
    }

    /// Whether some exception is found by no word.
    pub(super) fn spares_anywhere(&self) -> bool {
        self.spares_anywhere
    }

    /// Whether letters of ASCII may be read as those of other scripts behind a gate.
    #[inline(always)]
    fn gates_ascii(&self) -> bool {
        self.at_words.gated || self.inside.gated
    }

    /// Whether a disguise may begin with two bytes.
    #[inline(always)]
    fn may_begin(&self, first: u8, second: u8) -> bool {
        self.at_words.begin(first, second) || self.inside.begin(first, second)
    }

    pub(super) fn memory_usage(&self) -> usize {
        self.words.memory_usage()
            + self.entries.capacity() * size_of::<Entry>()
            + self.announced.capacity() * size_of::<Announced>()
            + self.rests.capacity() * size_of::<Step>()
            + self.others.capacity() * 17
            + self.others_seen.memory_usage()
            + self.twins.memory_usage()
            + self.at_words.memory_usage()
            + self.inside.memory_usage()
            + self.prefixes.memory_usage()
            + self.beginnings.memory_usage()
            + self.anywhere.memory_usage()
            + self.cjk.memory_usage()
    }
}
