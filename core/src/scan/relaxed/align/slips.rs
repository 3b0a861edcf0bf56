//! Slips of the pen: a letter left out, two that changed places.

use super::super::gaps;
use super::super::state::State;
use super::{Search, is_letter_step, step_symbol};
use crate::ruleset::tables::Step;
use crate::verdict::Kinds;
use crate::view::props::ScriptKind;
use crate::view::table;

impl Search<'_> {
    /// One letter left out, or two swapped.
    pub(super) fn slips(
        &self,
        state: State,
        number: usize,
        place: u16,
        behind: bool,
        next: &mut [Vec<State>],
    ) {
        let length = self.word_length(number);
        if state.slipped || length < 4 || length < ABJAD && is_abjad(&self.steps[number]) {
            return;
        }
        if !behind {
            self.leave_out(state, number, length, next);
        }
        self.swap(state, number, place, next);
    }

    fn leave_out(&self, state: State, number: usize, length: usize, next: &mut [Vec<State>]) {
        // Of four letters only a vowel is left out, as writers do.
        let missed = !makes_others(&self.steps[number])
            && (length > 4 || step_symbol(&self.steps[number]).is_some_and(is_vowel))
            && self.is_inside(number)
            && self.goes_on(number);
        if missed && !state.word.masked && !state.word.repeated {
            let mut left_out = state;
            left_out.slipped = true;
            // Neither a gap nor a repeat stands beside it.
            left_out.word.slip = true;
            left_out.word.repeated = true;
            let at = state.end as usize;
            left_out.undo(self.seen, Kinds::DELETION, self.units()[at].raw_start);
            next[0].push(left_out);
        }
    }

    fn swap(&self, state: State, number: usize, place: u16, next: &mut [Vec<State>]) {
        let Some(second) = self.steps.get(number + 1).filter(|step| is_letter_step(step)) else {
            return;
        };
        if step_symbol(second) == step_symbol(&self.steps[number]) {
            return;
        }
        let raw = self.units().get(state.end as usize).map_or(0, |unit| unit.raw_start);
        let Some(mut first) = self.symbol(state, second) else { return };
        first.word.places += place + 1;
        first.word.fresh = false;
        first.word.slip = false;
        first.edge = 0;
        let mut take = |between: State| {
            let Some(mut swapped) = self.symbol(between, &self.steps[number]) else { return };
            swapped.slipped = true;
            swapped.letter = true;
            swapped.word.masked = false;
            swapped.word.repeated = false;
            swapped.word.visible = swapped.word.visible.saturating_add(2);
            swapped.undo(self.seen, Kinds::SWAP, raw);
            next[1].push(swapped);
        };
        take(first);
        let mut ends = Vec::new();
        self.take(gaps::ends(self.units(), &first, false, &mut ends));
        for end in ends {
            take(self.record_gap(first, end));
        }
    }
}

/// The fewest letters of a word with a slip in a script that writes few vowels: shorter ones
/// differ from other words by as much.
const ABJAD: usize = 6;

fn is_abjad(step: &Step) -> bool {
    let script = step_symbol(step).map(|symbol| table::props(symbol).script());
    matches!(script, Some(ScriptKind::Arabic | ScriptKind::Hebrew))
}

/// True in scripts whose words need no boundary behind them: a letter fewer is another word,
/// and it may stand in the midst of others.
fn makes_others(step: &Step) -> bool {
    let script = step_symbol(step).map(|symbol| table::props(symbol).script());
    script.is_some_and(|script| script.is_unspaced() || script == ScriptKind::Hangul)
}

/// Vowels of the alphabets that have short words to disguise.
fn is_vowel(symbol: char) -> bool {
    "aeiouyаеиоуыэюяαεηιουω".contains(symbol)
}
