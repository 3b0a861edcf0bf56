//! Letters hidden behind a sign.

use super::super::costs;
use super::super::masks;
use super::super::state::{State, WordState};
use super::{Search, is_letter_step};
use crate::ruleset::tables::Step;
use crate::spec::model::Level;
use crate::verdict::Kinds;
use crate::view::unit::Unit;

impl Search<'_> {
    /// The step hidden behind a symbol.
    pub(super) fn mask(
        &self,
        state: State,
        number: usize,
        unit: &Unit,
        place: u16,
    ) -> Option<State> {
        let inner = is_inner(self.steps[number + 1..].iter());
        // Behind a repeated letter most signs only go on with what it began.
        let fits = !state.word.repeated || inner && !state.word.slip && masks::is_strong(unit);
        let masks = self.needle.level >= Level::Standard
            && fits
            && masks::may_go_on(self.units(), state.end as usize, state.word.masked)
            && (masks::ends_word(unit) || inner)
            && !masks::is_in_gap(self.units(), unit, state.word.gap)
            && self.is_inside(number);
        if !masks {
            return None;
        }
        let (unit, mut state) = self.enter(state)?;
        if state.word.masks < costs::MANY {
            state.undo(self.seen, Kinds::MASKS, unit.raw_start);
        } else {
            state.event(self.seen, Kinds::MASKS, 0, unit.raw_start);
        }
        state.word.places += place;
        state.word.masks = state.word.masks.saturating_add(1);
        state.word.other_mask |= unit.symbol != '*';
        state.word.masked = true;
        state.word.slip = false;
        state.word.repeated = false;
        (!state.is_hopeless()).then_some(state)
    }

    /// Whether step `number` has a letter before it in its pattern word.
    pub(super) fn is_inside(&self, number: usize) -> bool {
        let before = self.steps[..number].iter().rev();
        let mut word = before.take_while(|step| !matches!(step, Step::Gap | Step::Star));
        word.any(is_letter_step)
    }

    /// Whether step `number` has a letter behind it in its pattern word.
    pub(super) fn goes_on(&self, number: usize) -> bool {
        let behind = self.steps[number + 1..].iter();
        let mut word = behind.take_while(|step| !matches!(step, Step::Gap | Step::Star));
        word.any(is_letter_step)
    }

    /// Whether a pattern word of `length` letters that ends before unit `end` may have
    /// the masks it has.
    pub(super) fn masks_hold(&self, word: &WordState, length: usize, end: u32) -> bool {
        let units = self.units();
        let (start, end) = (word.start as usize, end as usize);
        let spelled_out =
            word.gaps == word.places && word.places > 1 && !word.irregular && !word.paired;
        let gaps = word.gaps == 0 || spelled_out;
        may_have_masks(word, length)
            && gaps
            && !(word.masked && masks::closes(units, start, end))
            && !goes_on(units, start, end)
    }
}

fn may_have_masks(word: &WordState, length: usize) -> bool {
    word.visible >= 2
        && (length > costs::SHORT || length == costs::SHORT && word.masks == 1 && !word.other_mask)
        && (word.masks <= word.visible || !word.masked)
}

/// True when a word with masks is a part of something longer: `M*A*S*H`.
fn goes_on(units: &[Unit], start: usize, end: usize) -> bool {
    let sign = |at: usize| masks::is_mask(units, at) && masks::is_strong(&units[at]);
    let behind = end + 1 < units.len() && sign(end) && units[end + 1].is_word();
    behind || start > 1 && sign(start - 1) && units[start - 2].is_word()
}

/// True when the next of the steps is a letter, over an apostrophe that may be missing.
pub(super) fn is_inner<'s>(mut steps: impl Iterator<Item = &'s Step>) -> bool {
    steps.find(|step| **step != Step::Apostrophe).is_some_and(is_letter_step)
}
