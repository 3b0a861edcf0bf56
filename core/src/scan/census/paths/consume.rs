//! What one character, or a few that draw one, may be consumed as.

use super::super::super::relaxed::masks;
use super::super::symbols;
use super::atom::{Atom, is};
use super::walk::{State, Walk};
use super::{ROOT, Read, has_loose_ends, is_own, may_misread, readings};
use crate::spec::model::Level;
use crate::view::chars;
use crate::view::glyphs::{draws, glyphs_of};
use crate::view::props::{Class, Props};
use crate::view::reading::ReadingKind;
use crate::view::table;

impl Walk<'_> {
    /// Everything that `atom` can be consumed as at `state`; true where only a closer look
    /// can tell.
    pub(super) fn consume(&self, state: State, atom: Atom, open: &mut Vec<State>) -> bool {
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
                && (self.is_alive(child, atom.next, atom.symbol)
                    || self.is_alive(child, atom.next, symbol))
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
        self.reach.all();
        let before = self.text[..at as usize].chars().rev();
        let behind = self.text[atom.next as usize..].chars();
        follows_alphabet(before) && follows_alphabet(behind)
    }

    /// What several characters draw.
    fn draw(&self, state: State, atom: Atom, open: &mut Vec<State>) {
        // Beyond ASCII it may be anything, and so it may behind an unfinished text.
        self.reach.up_to(atom.next + 1);
        let second = match self.text.as_bytes().get(atom.next as usize) {
            Some(&byte) => char::from(byte).to_ascii_lowercase(),
            None if self.unfinished => char::MAX,
            None => {
                self.reach.all();
                return;
            }
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
