//! The walk along a trie: all readings of a text from one place on.
//!
//! It mirrors what the alignment asks of a word ([`super::super::super::relaxed`]) as far as
//! raw bytes tell, so that nearly all places where something odd stands need no view.

use super::super::super::work::Work;
use super::super::{phrases, symbols};
use super::atom::{Atom, is, kinds};
use super::gaps::gaps_hold;
use super::memo::{Memo, Reach};
use super::{Paths, ROOT, readings};
use crate::spec::model::Level;
use crate::view::props::Class;
use crate::view::table;
use std::cell::Cell;

/// Steps that one start may take; a text that needs more is looked at closely.
const STEPS: usize = 400;
/// Steps that all starts of a text may take, and more for each byte.
const TEXT_STEPS: u64 = 2_000;
const BYTE_STEPS: u64 = 2;
/// So many bytes of hidden characters are not stepped over again and again.
const HIDDEN: u32 = 16;

/// Buffers of walks.
#[derive(Debug)]
pub(in super::super) struct Bufs {
    pub(super) open: Vec<State>,
    /// What it took; where that is too much, a closer look decides.
    work: Work,
    memo: Memo,
}

impl Default for Bufs {
    fn default() -> Self {
        Self { open: Vec::new(), work: Work::new(TEXT_STEPS, BYTE_STEPS), memo: Memo::default() }
    }
}

impl Bufs {
    /// Another pass over a text begins.
    #[inline]
    pub(in super::super) fn restart(&mut self) {
        self.work.restart();
        self.memo.restart();
    }

    pub(in super::super) fn memory_usage(&self) -> usize {
        self.open.capacity() * size_of::<State>() + self.memo.memory_usage()
    }
}

/// Where a walk has come to.
#[expect(clippy::struct_excessive_bools, reason = "independent of one another")]
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct State {
    pub(super) node: u32,
    /// The next byte.
    pub(super) at: u32,
    /// The symbol that was consumed last, if it may be repeated.
    pub(super) last: char,
    /// The first gap, in bytes.
    pub(super) gap: (u32, u32),
    /// Letters of the text since the last gap, or since the start.
    pub(super) since: u8,
    /// Letters consumed in all.
    pub(super) letters: u8,
    /// Symbols of the needle that were consumed as letters: at most as many as these.
    pub(super) visible: u8,
    /// Letters that signs hide.
    pub(super) masks: u8,
    /// Digits read as letters.
    pub(super) digits: u8,
    /// Something was undone.
    pub(super) used: bool,
    /// A letter was consumed as a letter.
    pub(super) letter: bool,
    /// A sign or digit was read as a letter.
    pub(super) sign: bool,
    /// What was consumed last is of a script whose words end anywhere.
    pub(super) loose: bool,
    /// What was consumed last hid a letter.
    pub(super) masked: bool,
    /// It may hide the last one of a word.
    pub(super) tail: bool,
    /// Some sign but `*` hides a letter.
    pub(super) other: bool,
}

pub(super) struct Walk<'a> {
    pub(super) paths: &'a Paths,
    pub(super) text: &'a str,
    pub(super) gate: bool,
    /// The text goes on behind its end.
    pub(super) unfinished: bool,
    /// The last character that stood behind many hidden ones, by the byte where these begin.
    behind_hidden: Cell<Option<(u32, Option<Atom>)>>,
    /// What of the text was read.
    pub(super) reach: Reach,
}

impl<'a> Walk<'a> {
    /// A walk over a whole text, behind a gate or not.
    pub(super) fn new(paths: &'a Paths, text: &'a str, gate: bool) -> Self {
        let (behind_hidden, reach) = (Cell::new(None), Reach::default());
        Self { paths, text, gate, unfinished: false, behind_hidden, reach }
    }

    /// A walk over the beginning of a longer text.
    pub(super) fn unfinished(paths: &'a Paths, text: &'a str) -> Self {
        Self { unfinished: true, ..Self::new(paths, text, false) }
    }

    /// Whether some reading of the text from `start` on is a needle's first word.
    pub(super) fn finds(&self, start: usize, bufs: &mut Bufs) -> bool {
        if !bufs.memo.is_used() {
            return self.look(start, bufs).unwrap_or(true);
        }
        let kind = std::ptr::from_ref(self.paths) as usize ^ usize::from(self.gate);
        let text = self.text.as_bytes();
        if let Some(found) = bufs.memo.find(text, kind, start) {
            return found;
        }
        let found = self.look(start, bufs);
        if let Some(found) = found {
            bufs.memo.keep(text, kind, start, &self.reach, found);
        }
        found.unwrap_or(true)
    }

    /// The same; `None` where too much work was done before to tell.
    fn look(&self, start: usize, bufs: &mut Bufs) -> Option<bool> {
        bufs.open.clear();
        let Some(first) = self.along_letters(start) else { return Some(false) };
        if first.node == ROOT {
            let Some(atom) = self.atom(first.at) else { return Some(false) };
            if self.consume(first, atom, &mut bufs.open) {
                return Some(true);
            }
        } else {
            bufs.open.push(first);
        }
        if !bufs.work.allows(start) {
            return None;
        }
        let mut steps = 0;
        let mut found = false;
        while !found && let Some(state) = bufs.open.pop() {
            steps += 1;
            let next = self.atom(state.at);
            found = steps > STEPS
                || self.accepts(&state, next)
                || next.is_some_and(|next| self.go_on(state, next, &mut bufs.open));
        }
        bufs.work.add(steps);
        Some(found)
    }

    /// Where a walk from `start` has come to as long as there is only one way to go on, from
    /// a letter that can be nothing else to another one; nowhere, if nothing goes on so.
    /// Most walks end here.
    #[inline]
    fn along_letters(&self, start: usize) -> Option<State> {
        let mut state = State { at: start as u32, ..State::default() };
        let mut letter = if self.gate { None } else { self.only_letter(start) };
        while let Some(here) = letter
            && self.paths.nodes[state.node as usize].count == 0
        {
            let behind = state.at as usize + here.len_utf8();
            let next = self.only_letter(behind);
            if next.is_none_or(|next| next == here) {
                break;
            }
            let node = self.paths.child(state.node, here)?;
            let count = state.letters.saturating_add(1);
            state = State {
                node,
                at: behind as u32,
                last: here,
                since: count,
                letters: count,
                visible: count,
                letter: true,
                // What the census finds as it is, is of ASCII.
                used: state.used || !here.is_ascii(),
                loose: !here.is_ascii(),
                ..state
            };
            letter = next;
        }
        Some(state)
    }

    /// The letter at byte `at`, in lower case, if it can be nothing but itself.
    #[inline]
    fn only_letter(&self, at: usize) -> Option<char> {
        let Some(&byte) = self.text.as_bytes().get(at) else {
            self.reach.all();
            return None;
        };
        if let Some(&kinds) = self.paths.ascii.get(usize::from(byte)) {
            self.reach.up_to(at as u32 + 1);
            return (kinds & is::PLAIN != 0).then_some(char::from(byte | 0x20));
        }
        let c = self.text[at..].chars().next()?;
        self.reach.up_to((at + c.len_utf8()) as u32);
        symbols::is_plain_han(c).then_some(c)
    }

    /// Whether some reading of the text, the beginning of a longer one, may go on behind
    /// it, or ends before.
    pub(super) fn reaches_end(&self, bufs: &mut Bufs) -> bool {
        let standard = self.paths.level >= Level::Standard;
        bufs.open.clear();
        let Some(atom) = self.atom(0) else { return false };
        if self.consume(State::default(), atom, &mut bufs.open) {
            return true;
        }
        while let Some(state) = bufs.open.pop() {
            let next = self.atom(state.at);
            let gap = standard && next.is_none_or(|atom| !atom.has(is::WORD));
            if state.at as usize == self.text.len()
                || self.paths.nodes[state.node as usize].count > 0
                || gap
                || next.is_some_and(|next| self.go_on(state, next, &mut bufs.open))
            {
                return true;
            }
        }
        false
    }

    /// The character at `at`, marks and invisible characters before it left out.
    #[inline]
    pub(super) fn atom(&self, at: u32) -> Option<Atom> {
        let Some(&byte) = self.text.as_bytes().get(at as usize) else {
            self.reach.all();
            return None;
        };
        let kinds = self.paths.ascii.get(usize::from(byte)).copied().unwrap_or(0);
        if kinds & is::ASCII == 0 {
            return self.wide_atom(at);
        }
        let origin = char::from(byte);
        let symbol = origin.to_ascii_lowercase();
        self.reach.up_to(at + 1);
        Some(Atom { symbol, origin, next: at + 1, kinds, hidden: false })
    }

    fn wide_atom(&self, start: u32) -> Option<Atom> {
        if let Some((known, atom)) = self.behind_hidden.get()
            && known == start
        {
            self.saw(atom);
            return atom;
        }
        let mut at = start;
        let mut hidden = false;
        let mut found = None;
        for origin in self.text[at as usize..].chars() {
            let next = at + origin.len_utf8() as u32;
            if !matches!(table::props(origin).class(), Class::Ignorable | Class::Mark) {
                let symbol = symbols::first(origin);
                found = Some(Atom { symbol, origin, next, kinds: kinds(origin, symbol), hidden });
                break;
            }
            at = next;
            hidden = true;
        }
        if at - start > HIDDEN {
            self.behind_hidden.set(Some((start, found)));
        }
        self.saw(found);
        found
    }

    /// Notes that a character was read, or the end of the text.
    fn saw(&self, atom: Option<Atom>) {
        match atom {
            Some(atom) => self.reach.up_to(atom.next),
            None => self.reach.all(),
        }
    }

    /// False when nothing that stands at byte `at` lets a walk go on or end at `node`;
    /// `last` is the symbol that may be repeated.
    #[inline]
    pub(super) fn is_alive(&self, node: u32, at: u32, last: char) -> bool {
        let node = &self.paths.nodes[node as usize];
        let Some(&byte) = self.text.as_bytes().get(at as usize) else {
            self.reach.all();
            return node.count > 0 || self.unfinished;
        };
        self.reach.up_to(at + 1);
        let kinds = self.paths.ascii.get(usize::from(byte)).copied().unwrap_or(0);
        if kinds & is::PLAIN == 0 || self.gate || node.count > 0 {
            return true;
        }
        let letter = byte | 0x20;
        node.letters >> (letter - b'a') & 1 != 0 || last == char::from(letter)
    }

    /// A needle's first word ends at `state`, and what follows, `next`, lets it.
    fn accepts(&self, state: &State, next: Option<Atom>) -> bool {
        let paths = self.paths;
        let node = paths.nodes[state.node as usize];
        if node.count == 0 {
            return false;
        }
        if paths.plain {
            return true;
        }
        // Without anything undone a word is found by its letters alone.
        if !(state.used || next.is_some_and(|next| next.has(is::DIGIT))) {
            return false;
        }
        // A needle's symbols are its letters and more.
        let depth = node.depth;
        if state.masks > 0 && !self.masks_hold(state, depth)
            || state.gap.1 > 0 && !gaps_hold(state, depth)
            || state.digits > 1 && depth <= 3
        {
            return false;
        }
        // Signs alone are no word; of a phrase another word may be one.
        let unlike = state.sign && !state.letter && (state.digits > 0 || state.letters < 3);
        let goes_on = next.is_some_and(|next| {
            let props = table::props(next.origin);
            next.has(is::LETTER)
                && !next.has(is::VOWEL)
                && !props.script().is_unspaced()
                // In names and hashtags words begin at capitals.
                && !props.is_upper()
        });
        let ends = node.ends as usize..(node.ends + node.count) as usize;
        paths.ends[ends].iter().any(|end| {
            let rest = end.rest.of(&paths.rests);
            if !rest.is_empty() {
                self.reach.all();
            }
            !(unlike && rest.is_empty())
                && (end.open || state.loose || !goes_on)
                && phrases::may_follow(self.text, state.at as usize, rest, self.gate)
        })
    }

    /// Whether a word may have the masks it has.
    fn masks_hold(&self, state: &State, depth: u8) -> bool {
        state.visible >= 2
            && (depth > 3 || depth == 3 && state.masks == 1 && !state.other)
            && (!state.masked || state.tail && state.masks <= state.visible)
            && (state.gap.1 == 0 || !self.gap_masks(state.gap))
    }

    /// Everything that may follow `state`, behind which `atom` stands; true where only a
    /// closer look can tell.
    fn go_on(&self, state: State, atom: Atom, open: &mut Vec<State>) -> bool {
        if self.consume(state, atom, open) {
            return true;
        }
        let standard = self.paths.level >= Level::Standard;
        if standard && self.is_again(state, atom) {
            open.push(State { at: atom.next, used: true, ..state });
        }
        if standard && atom.has(is::LETTER) && self.is_cluster_again(state.at, state.at) {
            return true;
        }
        if atom.has(is::APOSTROPHE) {
            if self.paths.nodes[state.node as usize].apostrophe {
                // Beside an apostrophe no gap stands.
                open.push(State { at: atom.next, last: '\0', since: 0, ..state });
            }
            return false;
        }
        if standard && atom.has(is::DIGIT) && self.is_digit_inside(state.at) {
            return true;
        }
        standard && !atom.has(is::WORD) && self.gaps(state, atom, open)
    }

    /// Whether `atom` may be the letter that was consumed last once more.
    #[inline]
    pub(super) fn is_again(&self, state: State, atom: Atom) -> bool {
        let letter = self.paths.symbols[state.node as usize];
        state.last != '\0'
            && (state.last == atom.symbol
                || letter == atom.symbol
                || (self.gate || !atom.has(is::PLAIN)) && self.is_read_as(atom, letter))
    }

    /// Whether a letter with vowel signs that ends at byte `at` begins at `next` once more.
    pub(super) fn is_cluster_again(&self, at: u32, next: u32) -> bool {
        let (before, behind) = (&self.text[..at as usize], &self.text[next as usize..]);
        let mut parts = before.char_indices().rev();
        let attached = |c: char| {
            matches!(table::props(c).class(), Class::Mark | Class::VowelMark | Class::Ignorable)
        };
        let signed = before.chars().next_back().is_some_and(|c| !c.is_ascii() && attached(c));
        if !signed {
            return false;
        }
        // It may begin before the walk does.
        self.reach.all();
        let start = parts.find(|&(_, c)| !attached(c));
        start.is_some_and(|(start, _)| behind.starts_with(&before[start..]))
    }

    fn is_read_as(&self, atom: Atom, letter: char) -> bool {
        if atom.origin.is_ascii() && !self.gate {
            return self.paths.reads(atom.origin).iter().any(|read| read.symbol == letter);
        }
        readings(atom.origin, self.paths.level).any(|reading| reading.symbols() == [letter])
    }
}
