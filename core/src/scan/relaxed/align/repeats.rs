//! Further letters that stand for the same as the one that was consumed.

use super::super::costs;
use super::super::edges;
use super::super::gaps;
use super::super::state::{State, WordState};
use super::{Search, step_symbol};
use crate::ruleset::tables::Step;
use crate::spec::model::Level;
use crate::verdict::Kinds;
use crate::view::chars;
use crate::view::unit::{Flags, Unit};
use std::ops::Range;

impl Search<'_> {
    /// Takes a state that consumed one unit for the letter of step `number`, with and
    /// without repeats of it.
    pub(super) fn push(
        &self,
        state: State,
        number: usize,
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
        self.repeat(state, number, &mut next[consumed]);
    }

    /// Further letters like the one just consumed; a syllable is one.
    fn repeat(&self, state: State, number: usize, next: &mut Vec<State>) {
        let (units, end) = (self.units(), state.end as usize);
        let cluster = gaps::cluster_before(units, end).filter(|letter| letter.start >= self.start);
        for letter in gaps::letter_before(units, end).into_iter().chain(cluster) {
            self.repeat_letter(state, number, &letter, next);
        }
    }

    fn repeat_letter(
        &self,
        state: State,
        number: usize,
        letter: &Range<usize>,
        next: &mut Vec<State>,
    ) {
        let (run, behind) = self.run(state, letter, number);
        if behind > 0 {
            let mut again = self.repeated(state, letter, run);
            for taken in 1..=behind {
                let Some(entered) = self.take_again(again, letter, number) else { break };
                again = entered;
                // What lies between needs no state: the next letter can take it as well.
                if taken < 4 || taken + 4 > behind {
                    next.push(again);
                }
            }
        }
        self.repeat_behind_gaps(state, number, letter, next);
    }

    /// How many letters the run around `letter` has, and how many of them stand behind it.
    fn run(&self, state: State, letter: &Range<usize>, number: usize) -> (usize, usize) {
        let len = letter.len();
        let own = (letter.start, letter.end);
        let cased = self.needle.case_sensitive;
        let (mut start, mut end) = if cased { own } else { self.seen.run(letter) };
        let (mut all, mut behind) = ((end - start) / len, (end - letter.end) / len);
        self.take(behind);
        while let Some(more) = self.again(state, end, letter, number) {
            end += more;
            behind += 1;
            all += 1;
            self.take(1);
        }
        while let Some(before) = gaps::letter_before(self.units(), start)
            && self.again(state, before.start, letter, number) == Some(before.len())
        {
            start = before.start;
            all += 1;
            self.take(1);
        }
        (all, behind)
    }

    /// `state` with the event of repeats of `letter`, which is in a run of so many.
    fn repeated(&self, mut state: State, letter: &Range<usize>, run: usize) -> State {
        let kinds = Kinds(state.kinds);
        let cost = if run >= 3 {
            costs::cost(Kinds::REPEATS, kinds)
        } else {
            costs::either(costs::DOUBLED, Kinds::REPEATS, kinds)
        };
        state.event(self.seen, Kinds::REPEATS, cost, self.units()[letter.start].raw_start);
        state.word.repeated = true;
        state
    }

    /// `k i l l l`: the same letter behind the same gap.
    fn repeat_behind_gaps(
        &self,
        mut state: State,
        number: usize,
        letter: &Range<usize>,
        next: &mut Vec<State>,
    ) {
        let units = self.units();
        if state.word.gaps != state.word.places || state.word.irregular || state.word.paired {
            return;
        }
        let consumed = state;
        let again = |at: usize| self.again(consumed, at, letter, number);
        let run = gaps::run_behind_gaps(units, letter, &state, &again);
        self.take(run / gaps::LOOKS);
        let mut counted = false;
        while let Some(end) = gaps::same_end(units, &state) {
            self.take(1 + (end - state.end) as usize / gaps::LOOKS);
            if again(end as usize).is_none() {
                break;
            }
            if !std::mem::replace(&mut counted, true) {
                state = self.repeated(state, letter, run);
            }
            let behind = self.record_gap(state, end);
            let Some(mut entered) = self.take_again(behind, letter, number) else { break };
            entered.word.places += 1;
            entered.word.spelled_repeat = true;
            state = entered;
            next.push(state);
        }
    }

    /// How many units at `at` are `letter` again, or stand for the letter of step `number`
    /// as it does, which `state` has consumed.
    fn again(
        &self,
        state: State,
        at: usize,
        letter: &Range<usize>,
        number: usize,
    ) -> Option<usize> {
        self.units().get(at)?;
        let taken = self.take_again(State { end: at as u32, ..state }, letter, number)?;
        Some(taken.end as usize - at)
    }

    /// Steps over one more letter.
    fn take_again(&self, state: State, letter: &Range<usize>, number: usize) -> Option<State> {
        let (units, at) = (self.units(), state.end as usize);
        let step = &self.steps[number];
        if gaps::is_letter(units, letter, at) {
            return self.take_equal(state, letter.len(), step);
        }
        let inner = |at: usize| units.get(at).is_some_and(Unit::is_inner);
        if letter.len() > 1 || inner(at) || state.edge & Kinds::PHONETIC.0 != 0 {
            return None;
        }
        let mut taken = if inner(at + 1) { None } else { self.symbol(state, step) };
        let wants = |c| step_symbol(step) == Some(c);
        if taken.is_none() {
            edges::edges(self.seen, at, self.needle.level, &wants, &mut |edge| {
                if taken.is_none() && edge.is_one_for_one(units, at) && !inner(at + edge.units) {
                    taken = self.edge(state, number, &edge);
                }
            });
        }
        // What the first letter is tells whether the step shows one.
        taken.map(|taken| State {
            letter: state.letter,
            word: WordState { digits: taken.word.digits, ..state.word },
            ..taken
        })
    }

    /// Steps over a letter equal to the first, which may be several units.
    fn take_equal(&self, mut state: State, len: usize, step: &Step) -> Option<State> {
        let Step::Symbol { symbol, case, marks, origin, .. } = *step else { return None };
        for _ in 0..len {
            let (unit, mut entered) = self.enter(state)?;
            if self.needle.case_sensitive && chars::case(unit.origin) != case {
                return None;
            }
            if unit.has(Flags::COMPAT) && origin != Some(unit.origin) && unit.symbol == symbol {
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
