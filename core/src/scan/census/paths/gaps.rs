//! Where the gaps between the letters of a spelled-out word may end.

use super::super::symbols;
use super::atom::{Atom, is};
use super::walk::{State, Walk};
use crate::view::glyphs::mirrored;
use crate::view::props::ScriptKind;
use crate::view::table;

/// A gap ends within so many characters or where the next word begins.
const GAP: usize = 8;
/// Gaps of different signs that others mirror are so long at most.
const FACING: usize = 3;

impl Walk<'_> {
    /// True when the first sign of a gap hides letters elsewhere.
    pub(super) fn gap_masks(&self, gap: (u32, u32)) -> bool {
        // Of some the neighbours tell.
        let depends = |symbol: char| matches!(symbol, '&' | '#' | '–' | '—');
        self.atom(gap.0).is_some_and(|sign| sign.has(is::MASK) && !depends(sign.symbol))
    }

    /// True for digits between syllables of Hangul, which may be a gap.
    pub(super) fn is_digit_inside(&self, at: u32) -> bool {
        let hangul = |c: char| table::props(c).script() == ScriptKind::Hangul;
        let (before, behind) = self.text.split_at(at as usize);
        if !before.chars().next_back().is_some_and(hangul) {
            return false;
        }
        self.reach.all();
        let mut behind = behind.chars().skip_while(|&c| table::props(c).is_digit()).take(1);
        behind.any(hangul)
    }

    /// The ends of a gap that begins at `state` with `first`.
    pub(super) fn gaps(&self, state: State, first: Atom, open: &mut Vec<State>) -> bool {
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
        if self.is_cluster_again(state.at, end) {
            return true;
        }
        if self.is_again(state, atom) {
            open.push(State { at: atom.next, since: 1, ..behind });
        }
        self.consume(State { last: '\0', ..behind }, atom, open)
    }

    pub(super) fn is_tight(&self, gap: (u32, u32)) -> bool {
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
}

/// Whether a word may have the gaps it has: at all places, or one and the same sign.
pub(super) fn gaps_hold(state: &State, depth: u8) -> bool {
    depth > 3 || depth == 3 && state.since <= 1
}
