//! What stands between the words of a pattern: spaces, wildcards, apostrophes.

use super::super::edges;
use super::super::state::{State, WordState};
use super::Search;
use crate::limits::{GAP, WILDCARD};
use crate::verdict::Kinds;
use crate::view::boundary;
use crate::view::props::{Class, ScriptKind};
use crate::view::unit::{Flags, Unit};

impl<'a> Search<'a> {
    /// Steps over a unit of a space or wildcard that began at unit `first`: all of it is one
    /// edge, and has one event for each of the kinds `shown`.
    fn cross(
        &self,
        mut state: State,
        first: usize,
        shown: &mut Kinds,
    ) -> Option<(&'a Unit, State)> {
        let at = state.end as usize;
        let unit = self.units().get(at)?;
        state.end += 1;
        for kind in edges::of_set(edges::shown(unit, at > self.start)) {
            if !kind.is_subset(*shown) {
                self.undo(&mut state, kind, &self.units()[first])?;
                *shown = shown.union(kind);
            }
        }
        Some((unit, state))
    }

    /// 1–8 white-space or punctuation characters, but no sentence end and no blank line.
    pub(super) fn gap(&self, mut state: State, next: &mut Vec<State>) {
        let mut characters = 0;
        let mut broken = false;
        let mut shown = Kinds::NONE;
        let first = state.end as usize;
        while let Some((unit, entered)) = self.cross(state, first, &mut shown) {
            characters += usize::from(!unit.has(Flags::CONTINUES));
            if !unit.is_gap()
                || characters > GAP
                || unit.has(Flags::SENTENCE_END)
                || unit.has(Flags::BLANK_LINE) && broken
            {
                return;
            }
            broken |= unit.class == Class::LineBreak;
            state = entered;
            state.word = WordState::at(state.end);
            next.push(state);
        }
    }

    /// 0–20 letters of the same word, with their marks; a symbol that follows is of
    /// that word too.
    pub(super) fn star(&self, mut state: State, followed: bool, next: &mut Vec<State>) {
        let units = self.units();
        let apart = |end: usize| {
            let right = units.get(end).filter(|right| right.is_word());
            right.is_some_and(|right| boundary::breaks(&units[end - 1], right))
        };
        // A wildcard reads whole syllables.
        let cuts = |end: usize| {
            let next = units.get(end).filter(|next| next.script == ScriptKind::Hangul);
            next.is_some_and(Unit::is_inner)
        };
        if state.end as usize > self.start && cuts(state.end as usize) {
            return;
        }
        next.push(state);
        let mut letters = 0;
        let mut shown = Kinds::NONE;
        let first = state.end as usize;
        while let Some((unit, entered)) = self.cross(state, first, &mut shown) {
            letters += usize::from(!unit.is_inner());
            let left = (state.end as usize).checked_sub(1).filter(|&i| i >= self.start);
            let joins = left
                .map(|i| &units[i])
                .is_none_or(|left| !left.is_word() || !boundary::breaks(left, unit));
            if !unit.is_letter() || letters > WILDCARD || !joins {
                return;
            }
            state = entered;
            state.word = WordState::at(state.end);
            if (!followed || !apart(state.end as usize)) && !cuts(state.end as usize) {
                next.push(state);
            }
        }
    }

    pub(super) fn apostrophe(&self, state: State) -> Option<State> {
        let (unit, mut state) = self.enter(state)?;
        if unit.mark_count > 0 {
            self.undo(&mut state, Kinds::MARKS, unit)?;
        }
        state.word.fresh = true;
        state.word.repeated = false;
        unit.has(Flags::APOSTROPHE).then_some(state)
    }
}
