//! Where a slip of the pen is worth a walk.
//!
//! Nearly every word of a text is plain: letters that can only be themselves. A plain
//! word hides a needle only with a letter left out, two swapped, letters written as they
//! sound, or a space inside. What such a word must look like is known beforehand and
//! stored as sets of hashes, so most words cost three probes instead of a walk along all
//! the branches of the trie. The sets hold more than what matches, never less.

use super::edges;
use super::seen::{Seen, is_space};
use super::trie::{ROOT, Trie};
use crate::ruleset::tables::{Step, Tables};
use crate::spec::model::Level;
use crate::verdict::Kinds;
use crate::view::glyphs::PHONETIC;
use crate::view::props::ScriptKind;
use crate::view::table;
use crate::view::unit::Flags;
use rustc_hash::{FxHashSet, FxHasher};
use std::hash::Hasher;

/// What a walk should look for beyond what `standard` undoes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ways {
    /// A letter left out, two swapped.
    pub(super) slips: bool,
    /// Letters written as they sound.
    pub(super) sounds: bool,
    /// Gaps that are not uniform.
    pub(super) splits: bool,
}

impl Ways {
    pub(super) const NONE: Self = Self { slips: false, sounds: false, splits: false };
    pub(super) const ALL: Self = Self { slips: true, sounds: true, splits: true };

    pub(super) fn any(self) -> bool {
        self != Self::NONE
    }
}

/// The hints of one trie.
#[derive(Debug, Default)]
pub(super) struct Hints {
    /// Whole words with one slip.
    slips: Hashes,
    /// Beginnings of words and the letter behind them.
    splits: Hashes,
    sounds: Beginnings,
}

/// True when a needle's first word ends where a word of a plain text ends; what goes on
/// behind its letters is beyond the hints.
pub(super) fn fits(tables: &Tables, needle: u32) -> bool {
    let steps = tables.needles.steps(&tables.needles.list[needle as usize]);
    let mut last = None;
    for step in steps {
        match step {
            Step::Symbol { symbol, .. } => last = Some(*symbol),
            Step::Apostrophe => {}
            Step::Star => return false,
            Step::Gap => break,
        }
    }
    last.is_some_and(|symbol| is_plain_script(table::props(symbol).script()))
}

/// Scripts in which words end at what is no letter.
fn is_plain_script(script: ScriptKind) -> bool {
    !script.is_unspaced() && script != ScriptKind::Hangul
}

impl Hints {
    pub(super) fn new(trie: &Trie, keys: &[Vec<char>]) -> Self {
        let mut hints = Self { sounds: Beginnings::new(trie), ..Self::default() };
        let letters: usize = keys.iter().map(Vec::len).sum();
        hints.slips = Hashes::with_room(2 * letters);
        hints.splits = Hashes::with_room(letters);
        for key in keys {
            hints.add(key);
        }
        hints
    }

    fn add(&mut self, key: &[char]) {
        for at in 1..key.len() {
            let (before, behind) = key.split_at(at);
            self.splits.insert(split(hash(before.iter().copied()), behind[0]));
            let swapped = before[..at - 1].iter().chain([&behind[0], &before[at - 1]]);
            self.slips.insert(hash(swapped.chain(&behind[1..]).copied()));
            if at + 1 < key.len() {
                self.slips.insert(hash(before.iter().chain(&behind[1..]).copied()));
            }
        }
        // `ph u n`: spelled out, each beginning is one letter or what sounds like it.
        for (written, rest) in sounds_at(key) {
            let beginning = hash(written.chars());
            for next in rest.first().copied().into_iter().chain(written_at(rest)) {
                self.splits.insert(split(beginning, next));
            }
        }
        if let Some((&first, rest)) = key.split_first() {
            let beginning = hash([first].into_iter());
            for next in written_at(rest) {
                self.splits.insert(split(beginning, next));
            }
        }
    }

    /// What a walk from `start` on should look for; `None` when the text is not plain
    /// there, and everything is possible.
    pub(super) fn ways(&self, trie: &Trie, seen: &Seen<'_>, start: usize) -> Option<Ways> {
        let units = seen.units();
        let mut ways = Ways::NONE;
        let mut word = Word::default();
        let mut at = start;
        loop {
            let first = at;
            while let Some(unit) = units.get(at).filter(|unit| unit.is_word()) {
                if !is_plain(trie, seen, at) {
                    return None;
                }
                word.push(unit.symbol);
                at += 1;
            }
            if at == first {
                break;
            }
            ways.slips |= self.slips.has(word.hash());
            ways.sounds |= self.sounds.has(word.beginning.letters);
            // An apostrophe ends the word or is one of the needle.
            if !units.get(at).is_some_and(|unit| unit.has(Flags::APOSTROPHE)) {
                break;
            }
            at += 1;
        }
        if at == start {
            return None;
        }
        let next = match behind(seen, at) {
            Behind::End => return Some(ways),
            Behind::Word(next) => next,
            Behind::Other => return None,
        };
        let symbol = units[next].symbol;
        // What is spelled out letter by letter may hide more than a gap.
        let alone = || units[next..].iter().take_while(|u| u.is_word()).all(|u| u.symbol == symbol);
        if word.len == 1 && alone() || !is_plain(trie, seen, next) {
            return None;
        }
        ways.splits = self.splits.has(split(word.hash(), symbol));
        ways.sounds |= ways.splits;
        Some(ways)
    }

    pub(super) fn memory_usage(&self) -> usize {
        (self.slips.bits.capacity() + self.splits.bits.capacity() + self.sounds.bits.capacity()) * 8
    }
}

/// What is behind a plain word.
enum Behind {
    /// Nothing but a gap.
    End,
    /// A gap, and the word that begins there.
    Word(usize),
    /// What may be more than a gap.
    Other,
}

fn behind(seen: &Seen<'_>, at: usize) -> Behind {
    let units = seen.units();
    let mut end = at;
    let mut spaced = false;
    while let Some(unit) = units.get(end).filter(|unit| !unit.is_word()) {
        let space = is_space(unit);
        spaced |= space;
        let ends = matches!(unit.symbol, '.' | ',' | ';' | ':' | '?' | '"' | '”' | ')');
        if !space && !ends || unit.has(Flags::CONTINUES) {
            return Behind::Other;
        }
        end += 1;
    }
    match end {
        _ if end == units.len() => Behind::End,
        _ if spaced => Behind::Word(end),
        _ => Behind::Other,
    }
}

/// True for a letter that can only be itself to the trie, or sound like another.
fn is_plain(trie: &Trie, seen: &Seen<'_>, at: usize) -> bool {
    let unit = &seen.units()[at];
    // In a tag words end inside, too.
    if unit.has(Flags::IN_TAG) {
        return false;
    }
    if unit.origin.is_ascii_alphabetic() && !matches!(unit.origin, 'l' | 'I' | 'v' | 'V') {
        return true;
    }
    let mut plain = unit.is_letter() && is_plain_script(unit.script) && !unit.is_inner();
    if plain {
        edges::edges(seen, at, Level::Strong, &|c| trie.has(c), &mut |edge| {
            plain &= edge.kind == Kinds::PHONETIC;
        });
    }
    plain
}

/// The ways to write the first letters of `key` as they sound: what is written, and
/// what is left of the key.
fn sounds_at(key: &[char]) -> impl Iterator<Item = (&'static str, &[char])> {
    PHONETIC.iter().filter_map(move |&(written, sound)| {
        let len = sound.chars().count();
        let there = key.get(..len)?;
        sound.chars().eq(there.iter().copied()).then(|| (written, &key[len..]))
    })
}

/// The first letters of what sounds like the beginning of `key`.
fn written_at(key: &[char]) -> impl Iterator<Item = char> {
    sounds_at(key).filter_map(|(written, _)| written.chars().next())
}

/// Letters of a word as they are read, a repeated one once: repeats may be undone.
#[derive(Default)]
struct Word {
    hasher: FxHasher,
    last: Option<char>,
    beginning: Beginning,
    len: usize,
}

impl Word {
    fn push(&mut self, symbol: char) {
        if self.last == Some(symbol) {
            return;
        }
        self.last = Some(symbol);
        self.hasher.write_u32(u32::from(symbol));
        self.beginning.push(symbol);
        self.len += 1;
    }

    fn hash(&self) -> u64 {
        self.hasher.finish()
    }
}

fn hash(symbols: impl Iterator<Item = char>) -> u64 {
    let mut word = Word::default();
    symbols.for_each(|symbol| word.push(symbol));
    word.hash()
}

/// A beginning and the letter behind it.
fn split(beginning: u64, next: char) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write_u64(beginning);
    hasher.write_u32(u32::from(next));
    hasher.finish()
}

/// A set of hashes in which few others seem to be.
#[derive(Debug, Default)]
struct Hashes {
    bits: Vec<u64>,
}

impl Hashes {
    /// Sixteen bits for each of `most` hashes.
    fn with_room(most: usize) -> Self {
        Self { bits: vec![0; (most / 4).next_power_of_two().max(16)] }
    }

    fn place(&self, hash: u64) -> (usize, u64) {
        // The upper bits of the hash are the good ones.
        let place = hash.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
        ((place >> 6) as usize & (self.bits.len() - 1), 1 << (place & 63))
    }

    fn insert(&mut self, hash: u64) {
        let (word, bit) = self.place(hash);
        self.bits[word] |= bit;
    }

    fn has(&self, hash: u64) -> bool {
        let (word, bit) = self.place(hash);
        self.bits[word] & bit != 0
    }
}

/// How many letters of a beginning are looked at, and how many letters are told apart:
/// those of ASCII, any other, and none.
const BEGINNING: usize = 3;
const LETTERS: usize = 28;

fn letter(symbol: char) -> u8 {
    match symbol {
        'a'..='z' => symbol as u8 - b'a' + 1,
        _ => LETTERS as u8 - 1,
    }
}

/// The first letters of a word, a repeated one once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct Beginning {
    letters: [u8; BEGINNING],
    len: usize,
    last: Option<char>,
}

impl Beginning {
    fn push(&mut self, symbol: char) {
        if self.len < BEGINNING && self.last != Some(symbol) {
            self.letters[self.len] = letter(symbol);
            self.len += 1;
            self.last = Some(symbol);
        }
    }

    fn with(mut self, symbols: impl Iterator<Item = char>) -> Self {
        symbols.for_each(|symbol| self.push(symbol));
        self
    }
}

/// With what letters words begin that sound like those of a trie.
#[derive(Debug, Default)]
struct Beginnings {
    bits: Vec<u64>,
}

impl Beginnings {
    fn new(trie: &Trie) -> Self {
        let mut beginnings = Self { bits: vec![0; LETTERS.pow(BEGINNING as u32).div_ceil(64)] };
        // All ways to write what the trie has behind its root.
        let mut open = vec![(ROOT, Beginning::default())];
        let mut met = FxHashSet::default();
        while let Some((node, written)) = open.pop() {
            if written.len == BEGINNING || !trie.needles(node).is_empty() {
                beginnings.insert(written.letters);
            }
            if written.len == BEGINNING || !met.insert((node, written)) {
                continue;
            }
            for (symbol, child) in trie.children(node) {
                open.push((child, written.with([symbol].into_iter())));
            }
            for &(text, sound) in PHONETIC {
                let reached = sound.chars().try_fold(node, |node, letter| trie.child(node, letter));
                open.extend(reached.map(|reached| (reached, written.with(text.chars()))));
            }
        }
        beginnings
    }

    fn place(first: [u8; BEGINNING]) -> (usize, u64) {
        let place = first.iter().fold(0, |place, &letter| place * LETTERS + usize::from(letter));
        (place / 64, 1 << (place % 64))
    }

    fn insert(&mut self, first: [u8; BEGINNING]) {
        let (word, bit) = Self::place(first);
        self.bits[word] |= bit;
    }

    fn has(&self, first: [u8; BEGINNING]) -> bool {
        let (word, bit) = Self::place(first);
        self.bits[word] & bit != 0
    }
}
