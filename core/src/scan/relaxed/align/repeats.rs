//! Further letters equal to the one that was consumed.

use super::super::costs;
use super::super::gaps;
use super::super::state::State;
use super::Search;
use crate::ruleset::tables::Step;
use crate::spec::model::Level;
use crate::verdict::Kinds;
use crate::view::chars;
use crate::view::unit::Flags;
use std::ops::Range;

impl Search<'_> {
    /// Takes a state that consumed one unit for a letter, with and without repeats of it.
    pub(super) fn push(
        &self,
        state: State,
        step: &Step,
        next: &mut [Vec<State>],
        consumed: usize,
        again: bool,
    ) {
        if state.is_hopeless() {
            return;
        }
        next[consumed].push(state);
        let repeats = self.needle.level >= Level::Standard && self.needle.relaxed && again;
        if !repeats || state.word.fresh {
            return;
        }
        self.repeat(state, step, &mut next[consumed]);
    }

    /// Further letters equal to the one just consumed; a syllable is one.
    fn repeat(&self, state: State, step: &Step, next: &mut Vec<State>) {
        let units = self.units();
        let Some(letter) = gaps::letter_before(units, state.end as usize) else { return };
        let len = letter.end - letter.start;
        let (run, end) = self.seen.run(&letter);
        if end > letter.end {
            let kinds = Kinds(state.kinds);
            let cost = if (end - run) / len >= 3 {
                costs::cost(Kinds::REPEATS, kinds)
            } else {
                costs::either(costs::DOUBLED, Kinds::REPEATS, kinds)
            };
            let mut again = state;
            again.event(self.seen, Kinds::REPEATS, cost, units[letter.start].raw_start);
            again.word.repeated = true;
            let all = (end - letter.end) / len;
            self.take(all);
            for number in 1..=all {
                let Some(entered) = self.enter_letter(again, len, step) else { break };
                again = entered;
                // What lies between needs no state: the next letter can take it as well.
                if number < 4 || number + 4 > all {
                    next.push(again);
                }
            }
        }
        self.repeat_behind_gaps(state, step, &letter, next);
    }

    /// `k i l l l`: the same letter behind the same gap.
    fn repeat_behind_gaps(
        &self,
        mut state: State,
        step: &Step,
        letter: &Range<usize>,
        next: &mut Vec<State>,
    ) {
        let units = self.units();
        if state.word.gaps != state.word.places || state.word.irregular || state.word.paired {
            return;
        }
        let raw = units[letter.start].raw_start;
        let kinds = Kinds(state.kinds);
        let run = gaps::run_behind_gaps(units, letter, &state);
        self.take(run / gaps::LOOKS);
        let cost = if run >= 3 {
            costs::cost(Kinds::REPEATS, kinds)
        } else {
            costs::either(costs::DOUBLED, Kinds::REPEATS, kinds)
        };
        let mut counted = false;
        while let Some(end) = gaps::same_end(units, &state) {
            self.take(1 + (end - state.end) as usize / gaps::LOOKS);
            if !gaps::is_letter(units, letter, end as usize) {
                break;
            }
            let behind = self.record_gap(state, end);
            let Some(mut entered) = self.enter_letter(behind, letter.len(), step) else { break };
            entered.word.places += 1;
            if !std::mem::replace(&mut counted, true) {
                entered.event(self.seen, Kinds::REPEATS, cost, raw);
            }
            entered.word.repeated = true;
            entered.word.spelled_repeat = true;
            state = entered;
            next.push(state);
        }
    }

    /// Steps over a letter, which may be several units, as a repeat.
    fn enter_letter(&self, mut state: State, len: usize, step: &Step) -> Option<State> {
        let Step::Symbol { case, marks, origin, .. } = *step else { return None };
        for _ in 0..len {
            let (unit, mut entered) = self.enter(state)?;
            if self.needle.case_sensitive && chars::case(unit.origin) != case {
                return None;
            }
            if unit.has(Flags::COMPAT) && origin != Some(unit.origin) {
                entered.undo(self.seen, Kinds::FORMS, unit.raw_start);
            }
            if unit.mark_count > 0
                && self.extra_marks(std::slice::from_ref(unit), marks).unwrap_or(true)
            {
                entered.undo(self.seen, Kinds::MARKS, unit.raw_start);
            }
            state = entered;
        }
        Some(state)
    }
}
