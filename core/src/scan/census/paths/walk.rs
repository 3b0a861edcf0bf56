//! The walk along a trie: all readings of a text from one place on.
//!
//! It mirrors what the alignment asks of a word ([`super::super::super::relaxed`]) as far as
//! raw bytes tell, so that nearly all places where something odd stands need no view.

use super::super::super::relaxed::masks;
use super::super::super::work::Work;
use super::super::{phrases, symbols};
use super::{Paths, ROOT, Read, has_loose_ends, is_own, may_misread, readings};
use crate::spec::model::Level;
use crate::view::chars;
use crate::view::glyphs::{draws, glyphs, glyphs_of, mirrored};
use crate::view::props::{Class, Props, ScriptKind};
use crate::view::reading::ReadingKind;
use crate::view::table;
use std::cell::Cell;

/// Steps that one start may take; a text that needs more is looked at closely.
const STEPS: usize = 400;
/// Steps that all starts of a text may take, and more for each byte.
const TEXT_STEPS: u64 = 2_000;
const BYTE_STEPS: u64 = 2;
/// A gap ends within so many characters or where the next word begins.
const GAP: usize = 8;
/// So many bytes of hidden characters are not stepped over again and again.
const HIDDEN: u32 = 16;
/// Gaps of different signs that others mirror are so long at most.
const FACING: usize = 3;

/// What the walk has to know of a character, as bits.
pub(super) mod is {
    pub(in super::super) const LETTER: u16 = 1;
    pub(in super::super) const DIGIT: u16 = 1 << 1;
    /// A vowel sign, which has no place of its own.
    pub(in super::super) const VOWEL: u16 = 1 << 2;
    /// White space.
    pub(in super::super) const SPACE: u16 = 1 << 3;
    pub(in super::super) const APOSTROPHE: u16 = 1 << 4;
    /// It may hide a letter.
    pub(in super::super) const MASK: u16 = 1 << 5;
    /// It may do so behind another one that does.
    pub(in super::super) const ROW_MASK: u16 = 1 << 6;
    /// It may hide the last letter of a word.
    pub(in super::super) const END_MASK: u16 = 1 << 7;
    /// It may begin a glyph of several characters.
    pub(in super::super) const DRAWN: u16 = 1 << 8;
    /// It is a letter of ASCII and can be nothing else.
    pub(in super::super) const PLAIN: u16 = 1 << 9;
    /// It is a character of ASCII that is no control character.
    pub(in super::super) const ASCII: u16 = 1 << 10;
    pub(in super::super) const WORD: u16 = LETTER | DIGIT;
}

/// The [`is`] bits of a character that folds to `symbol` first.
pub(super) fn kinds(origin: char, symbol: char) -> u16 {
    let props = table::props(origin);
    let class = props.class();
    let mut kinds = match class {
        Class::Letter => is::LETTER,
        Class::VowelMark => is::LETTER | is::VOWEL,
        Class::Digit => is::DIGIT,
        Class::Space | Class::LineBreak => is::SPACE,
        _ => 0,
    };
    let flag = |on: bool, flag: u16| if on { flag } else { 0 };
    kinds |= flag(props.is_apostrophe(), is::APOSTROPHE);
    kinds |= flag(masks::may_mask(symbol, class, origin), is::MASK);
    // The same emoji again does so too.
    let again = class == Class::Emoji || masks::may_follow_mask(symbol, class);
    kinds |= flag(again, is::ROW_MASK);
    kinds |= flag(masks::may_end_word(symbol, class), is::END_MASK);
    kinds | flag(glyphs(symbol).next().is_some(), is::DRAWN)
}

/// Buffers of walks.
#[derive(Debug)]
pub(in super::super) struct Bufs {
    pub(super) open: Vec<State>,
    /// What it took; where that is too much, a closer look decides.
    pub(in super::super) work: Work,
}

impl Default for Bufs {
    fn default() -> Self {
        Self { open: Vec::new(), work: Work::new(TEXT_STEPS, BYTE_STEPS) }
    }
}

impl Bufs {
    pub(in super::super) fn memory_usage(&self) -> usize {
        self.open.capacity() * size_of::<State>()
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
    last: char,
    /// The first gap, in bytes.
    gap: (u32, u32),
    /// Letters of the text since the last gap, or since the start.
    since: u8,
    /// Letters consumed in all.
    letters: u8,
    /// Symbols of the needle that were consumed as letters: at most as many as these.
    visible: u8,
    /// Letters that signs hide.
    masks: u8,
    /// Digits read as letters.
    digits: u8,
    /// Something was undone.
    used: bool,
    /// A letter was consumed as a letter.
    letter: bool,
    /// A sign or digit was read as a letter.
    sign: bool,
    /// What was consumed last is of a script whose words end anywhere.
    loose: bool,
    /// What was consumed last hid a letter.
    masked: bool,
    /// It may hide the last one of a word.
    tail: bool,
    /// Some sign but `*` hides a letter.
    other: bool,
}

/// A character of the text, folded.
#[derive(Clone, Copy)]
pub(super) struct Atom {
    symbol: char,
    origin: char,
    /// The first byte behind it.
    next: u32,
    /// See [`is`].
    kinds: u16,
    /// Marks or invisible characters stood before it.
    hidden: bool,
}

impl Atom {
    fn has(&self, kinds: u16) -> bool {
        self.kinds & kinds != 0
    }
}

pub(super) struct Walk<'a> {
    pub(super) paths: &'a Paths,
    pub(super) text: &'a str,
    pub(super) gate: bool,
    /// The text goes on behind its end.
    pub(super) unfinished: bool,
    /// The last character that stood behind many hidden ones, by the byte where these begin.
    pub(super) behind_hidden: Cell<Option<(u32, Option<Atom>)>>,
}

impl Walk<'_> {
    /// Whether some reading of the text from `start` on is a needle's first word.
    pub(super) fn finds(&self, start: usize, bufs: &mut Bufs) -> bool {
        bufs.open.clear();
        let Some(first) = self.along_letters(start) else { return false };
        if first.node == ROOT {
            let Some(atom) = self.atom(first.at) else { return false };
            if self.consume(first, atom, &mut bufs.open) {
                return true;
            }
        } else {
            bufs.open.push(first);
        }
        if !bufs.work.allows(start) {
            return true;
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
        found
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
        let byte = *self.text.as_bytes().get(at)?;
        if let Some(&kinds) = self.paths.ascii.get(usize::from(byte)) {
            return (kinds & is::PLAIN != 0).then_some(char::from(byte | 0x20));
        }
        self.text[at..].chars().next().filter(|&c| symbols::is_plain_han(c))
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
    fn atom(&self, at: u32) -> Option<Atom> {
        let byte = *self.text.as_bytes().get(at as usize)?;
        let kinds = self.paths.ascii.get(usize::from(byte)).copied().unwrap_or(0);
        if kinds & is::ASCII == 0 {
            return self.wide_atom(at);
        }
        let origin = char::from(byte);
        let symbol = origin.to_ascii_lowercase();
        Some(Atom { symbol, origin, next: at + 1, kinds, hidden: false })
    }

    fn wide_atom(&self, start: u32) -> Option<Atom> {
        if let Some((known, atom)) = self.behind_hidden.get()
            && known == start
        {
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
        found
    }

    /// False when nothing that stands at byte `at` lets a walk go on or end at `node`;
    /// `last` is the symbol that may be repeated.
    #[inline]
    fn is_alive(&self, node: u32, at: u32, last: char) -> bool {
        let node = &self.paths.nodes[node as usize];
        let Some(&byte) = self.text.as_bytes().get(at as usize) else {
            return node.count > 0 || self.unfinished;
        };
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

    /// True when the first sign of a gap hides letters elsewhere.
    fn gap_masks(&self, gap: (u32, u32)) -> bool {
        // Of some the neighbours tell.
        let depends = |symbol: char| matches!(symbol, '&' | '#' | '–' | '—');
        self.atom(gap.0).is_some_and(|sign| sign.has(is::MASK) && !depends(sign.symbol))
    }

    /// Everything that may follow `state`, behind which `atom` stands; true where only a
    /// closer look can tell.
    fn go_on(&self, state: State, atom: Atom, open: &mut Vec<State>) -> bool {
        if self.consume(state, atom, open) {
            return true;
        }
        let standard = self.paths.level >= Level::Standard;
        if standard && state.last == atom.symbol && state.last != '\0' {
            open.push(State { at: atom.next, used: true, ..state });
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

    /// True for digits between syllables of Hangul, which may be a gap.
    fn is_digit_inside(&self, at: u32) -> bool {
        let hangul = |c: char| table::props(c).script() == ScriptKind::Hangul;
        let (before, behind) = self.text.split_at(at as usize);
        let mut behind = behind.chars().skip_while(|&c| table::props(c).is_digit()).take(1);
        before.chars().next_back().is_some_and(hangul) && behind.any(hangul)
    }

    /// The ends of a gap that begins at `state` with `first`.
    fn gaps(&self, state: State, first: Atom, open: &mut Vec<State>) -> bool {
        if state.gap.1 > 0 {
            if self.is_spelled_out(state.at) || self.is_spelled_out(state.gap.0) {
                return true;
            }
            let end = self.same_gap(state).or_else(|| self.mirrored_gap(state));
            return end.is_some_and(|end| self.behind_gap(state, state.gap, end, open));
        }
        if state.since != 1 {
            return self.tight_gaps(state, first, open);
        }
        let mut atom = first;
        let mut same = true;
        for number in 1.. {
            if atom.has(is::WORD | is::APOSTROPHE) {
                return false;
            }
            let end = atom.next;
            let Some(next) = self.atom(end) else { return false };
            let run_ends = next.symbol != atom.symbol;
            // Of a long gap the first run of equal signs may be all.
            if (next.has(is::WORD) || run_ends && (same || number <= GAP))
                && self.behind_gap(state, (state.at, end), end, open)
            {
                return true;
            }
            same &= !run_ends;
            if number > 4 * GAP {
                // A long gap between single letters is rare enough for a closer look.
                return true;
            }
            atom = next;
        }
        false
    }

    /// The gaps that may stand anywhere, where other gaps do at every place: a run of one
    /// sign, or the few that others mirror.
    fn tight_gaps(&self, state: State, first: Atom, open: &mut Vec<State>) -> bool {
        let mut atom = first;
        let mut run = true;
        for number in 1.. {
            if atom.has(is::SPACE | is::WORD | is::APOSTROPHE) || !run && number > FACING {
                return false;
            }
            let end = atom.next;
            let Some(next) = self.atom(end) else { return false };
            let goes_on = next.symbol == atom.symbol;
            if !goes_on && self.behind_gap(state, (state.at, end), end, open) {
                return true;
            }
            if number > 4 * GAP {
                return true;
            }
            run &= goes_on;
            atom = next;
        }
        false
    }

    fn behind_gap(&self, state: State, gap: (u32, u32), end: u32, open: &mut Vec<State>) -> bool {
        if !self.is_tight(gap) && state.since != 1 {
            return false;
        }
        let Some(atom) = self.atom(end) else { return false };
        let behind = State { at: end, gap, since: 0, used: true, ..state };
        // The same letter again, behind the same gap.
        if atom.symbol == state.last {
            open.push(State { at: atom.next, since: 1, ..behind });
        }
        self.consume(State { last: '\0', ..behind }, atom, open)
    }

    fn is_tight(&self, gap: (u32, u32)) -> bool {
        // Marks and invisible characters are no signs.
        let Some(first) = self.atom(gap.0) else { return false };
        let mut atom = first;
        let mut run = true;
        let mut count = 1;
        while !atom.has(is::SPACE) {
            if atom.next >= gap.1 {
                return run || count <= FACING;
            }
            let Some(next) = self.atom(atom.next) else { return false };
            run &= next.symbol == first.symbol;
            count += 1;
            atom = next;
        }
        false
    }

    /// True for a sign such as `…`, which is as good as those that it is spelled out in.
    fn is_spelled_out(&self, at: u32) -> bool {
        let sign = self.atom(at).filter(|sign| sign.kinds & is::ASCII == 0);
        sign.is_some_and(|sign| {
            let mut count = 0;
            symbols::each(sign.origin, |_| {
                count += 1;
                true
            });
            count > 1
        })
    }

    /// The end of the gap at `state` that equals the first one.
    fn same_gap(&self, state: State) -> Option<u32> {
        let (mut here, mut there) = (state.at, state.gap.0);
        while there < state.gap.1 {
            let a = self.atom(here)?;
            let b = self.atom(there)?;
            if a.symbol != b.symbol || a.has(is::WORD) {
                return None;
            }
            (here, there) = (a.next, b.next);
        }
        Some(here)
    }

    /// The end of the gap at `state` that mirrors the first one.
    fn mirrored_gap(&self, state: State) -> Option<u32> {
        let mut signs = ['\0'; FACING];
        let mut count = 0;
        let mut at = state.gap.0;
        while at < state.gap.1 {
            let atom = self.atom(at)?;
            *signs.get_mut(count)? = mirrored(atom.symbol);
            count += 1;
            at = atom.next;
        }
        let mut here = state.at;
        for &sign in signs[..count].iter().rev() {
            let atom = self.atom(here).filter(|atom| atom.symbol == sign && !atom.has(is::WORD))?;
            here = atom.next;
        }
        Some(here)
    }

    /// Everything that `atom` can be consumed as at `state`; true where only a closer look
    /// can tell.
    fn consume(&self, state: State, atom: Atom, open: &mut Vec<State>) -> bool {
        let paths = self.paths;
        // There is a gap at every place, or nowhere.
        if state.gap.1 > 0
            && state.since >= 1
            && atom.has(is::LETTER)
            && !atom.has(is::VOWEL)
            && !self.is_tight(state.gap)
        {
            return false;
        }
        if atom.kinds & is::ASCII == 0 {
            if self.wide(state, atom, open) {
                return true;
            }
        } else if let Some(child) = paths.child(state.node, atom.symbol)
            && self.is_alive(child, atom.next, atom.symbol)
        {
            let letter = state.letter | atom.has(is::LETTER);
            open.push(State { letter, ..step(state, atom, child, false) });
        }
        if paths.level < Level::Fold || atom.has(is::PLAIN) && !self.gate {
            return false;
        }
        self.read(state, atom, open);
        if paths.level >= Level::Standard && state.node != ROOT && atom.has(is::MASK) {
            self.mask(state, atom, open);
        }
        if paths.level >= Level::Standard && atom.has(is::DRAWN) {
            self.draw(state, atom, open);
        }
        false
    }

    /// A character beyond ASCII as what it is; its fold may be several symbols.
    fn wide(&self, state: State, atom: Atom, open: &mut Vec<State>) -> bool {
        if chars::is_voicing(atom.origin) {
            return true;
        }
        let mut node = state.node;
        let mut letter = false;
        let mut ends = false;
        let mut count = 0u8;
        let fits = symbols::each(atom.origin, |symbol| {
            ends |= node != state.node && self.paths.nodes[node as usize].count > 0;
            letter |= table::props(symbol).is_letter_like();
            count = count.saturating_add(1);
            let child = self.paths.child(node, symbol);
            node = child.unwrap_or(node);
            child.is_some()
        });
        if ends {
            // A wildcard may stand for the rest of a ligature.
            return true;
        }
        if fits {
            let next = step(state, atom, node, true);
            let visible = state.visible.saturating_add(count);
            open.push(State { letter: state.letter | letter, visible, ..next });
        }
        false
    }

    /// What the character may be read as.
    fn read(&self, state: State, atom: Atom, open: &mut Vec<State>) {
        let paths = self.paths;
        if !atom.origin.is_ascii() || self.gate {
            return self.read_wide(state, atom, open);
        }
        for &Read { symbol, leet } in paths.reads(atom.origin) {
            if let Some(child) = paths.child(state.node, symbol)
                && self.is_alive(child, atom.next, atom.symbol)
            {
                let sign = leet || !atom.has(is::LETTER);
                open.push(read_as(step(state, atom, child, true), state, atom, leet, sign));
            }
        }
    }

    /// What a character beyond ASCII, or behind a gate, may be read as.
    fn read_wide(&self, state: State, atom: Atom, open: &mut Vec<State>) {
        let paths = self.paths;
        for reading in readings(atom.origin, paths.level) {
            let look_alike = reading.kind() == ReadingKind::LookAlike;
            let gated = look_alike && atom.has(is::LETTER) && !is_own(atom.origin, reading);
            if gated && !self.gate && !may_misread(atom.origin) {
                continue;
            }
            let mut node = state.node;
            let fits = reading.symbols().iter().all(|&symbol| {
                let child = paths.child(node, symbol);
                node = child.unwrap_or(node);
                child.is_some()
            });
            if fits {
                let leet = reading.kind() == ReadingKind::Leet;
                let styled = reading.kind() == ReadingKind::Styled;
                let mut next = step(state, atom, node, true);
                let more = reading.symbols().len() as u8 - 1;
                next.visible = next.visible.saturating_add(more);
                let sign = leet || look_alike && !atom.has(is::LETTER);
                next = read_as(next, state, atom, leet, sign);
                next.letter |= styled;
                open.push(next);
            }
        }
    }

    /// The letters that a sign may hide.
    fn mask(&self, state: State, atom: Atom, open: &mut Vec<State>) {
        if state.masked && !atom.has(is::ROW_MASK)
            || atom.has(is::LETTER) && !self.is_odd_one_out(state.at, atom)
        {
            return;
        }
        for child in self.paths.children(state.node) {
            if self.is_alive(child, atom.next, '\0') {
                open.push(State {
                    last: '\0',
                    visible: state.visible,
                    masks: state.masks.saturating_add(1),
                    masked: true,
                    tail: atom.has(is::END_MASK),
                    other: state.other || atom.symbol != '*',
                    ..step(state, atom, child, true)
                });
            }
        }
    }

    /// True for a letter of another script that may stand in place of one of an alphabet: no
    /// more than one like it stands between.
    fn is_odd_one_out(&self, at: u32, atom: Atom) -> bool {
        let before = self.text[..at as usize].chars().rev();
        let behind = self.text[atom.next as usize..].chars();
        follows_alphabet(before) && follows_alphabet(behind)
    }

    /// What several characters draw.
    fn draw(&self, state: State, atom: Atom, open: &mut Vec<State>) {
        // Beyond ASCII it may be anything, and so it may behind an unfinished text.
        let second = match self.text.as_bytes().get(atom.next as usize) {
            Some(&byte) => char::from(byte).to_ascii_lowercase(),
            None if self.unfinished => char::MAX,
            None => return,
        };
        for (text, letter) in glyphs_of(atom.symbol, second) {
            let Some(child) = self.paths.child(state.node, letter) else { continue };
            if let Some(end) = self.spells(state.at, text) {
                let next = step(state, atom, child, true);
                open.push(State { at: end, last: '\0', sign: true, ..next });
            }
        }
    }

    fn spells(&self, mut at: u32, text: &str) -> Option<u32> {
        for c in text.chars() {
            let Some(atom) = self.atom(at) else { return self.unfinished.then_some(at) };
            if !draws(text, c, atom.symbol) {
                return None;
            }
            at = atom.next;
        }
        Some(at)
    }
}

/// Whether a word may have the gaps it has: at all places, or one and the same sign.
fn gaps_hold(state: &State, depth: u8) -> bool {
    depth > 3 || depth == 3 && state.since <= 1
}

/// True when a letter of an alphabet is the first of `characters`, or the second behind one
/// letter of another script; marks and invisible characters are none.
fn follows_alphabet(characters: impl Iterator<Item = char>) -> bool {
    let props = characters.map(table::props);
    let mut shown = props.filter(|props| !matches!(props.class(), Class::Ignorable | Class::Mark));
    let is_alphabet = |props: Props| props.is_letter() && masks::is_alphabet(props.script());
    let Some(first) = shown.next() else { return false };
    is_alphabet(first)
        || masks::is_other_letter(first.class(), first.script())
            && shown.next().is_some_and(is_alphabet)
}

/// `state` behind `atom`, which led to `node` as a letter of the needle; `used` when it is
/// not that letter.
#[inline]
fn step(state: State, atom: Atom, node: u32, used: bool) -> State {
    // A vowel sign has no place of its own, unless a gap parts it from its letter.
    let place = !atom.has(is::VOWEL) || state.since == 0;
    State {
        node,
        at: atom.next,
        last: atom.symbol,
        since: state.since.saturating_add(u8::from(place)),
        letters: state.letters.saturating_add(1),
        visible: state.visible.saturating_add(1),
        used: state.used || used || atom.hidden,
        loose: !atom.origin.is_ascii() && has_loose_ends(atom.symbol),
        masked: false,
        ..state
    }
}

/// `next` where a character was read as a letter, by a convention (`leet`) or not; a
/// `sign` is no letter by itself.
#[inline]
fn read_as(next: State, state: State, atom: Atom, leet: bool, sign: bool) -> State {
    State {
        letter: next.letter || atom.has(is::LETTER) && !leet,
        digits: state.digits.saturating_add(u8::from(leet && atom.has(is::DIGIT))),
        sign: state.sign || sign,
        visible: if leet { state.visible } else { next.visible },
        ..next
    }
}
