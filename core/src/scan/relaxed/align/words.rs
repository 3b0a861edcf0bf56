//! The words of a pattern: gaps between their letters, and what must hold of a
//! whole word once it is consumed.

use super::super::costs;
use super::super::edges;
use super::super::gaps;
use super::super::state::{State, WordState};
use super::{Search, is_letter_step, step_symbol};
use crate::ruleset::tables::Step;
use crate::spec::model::Level;
use crate::verdict::Kinds;
use crate::view::table;

impl Search<'_> {
    /// Whether a gap may stand before the step: between letters of one word.
    pub(super) fn may_gap(&self, state: &State, number: usize) -> bool {
        self.needle.level >= Level::Standard
            && !state.word.fresh
            && !state.word.slip
            && is_letter_step(&self.steps[number])
    }

    pub(super) fn record_gap(&self, mut state: State, end: u32) -> State {
        let gap = (state.end, end);
        let word = &mut state.word;
        if word.gaps == 0 {
            word.gap = gap;
        } else if !gaps::equal(self.units(), word.gap, gap) {
            let mirrored = gaps::mirrors(self.units(), word.gap, gap);
            word.paired |= mirrored;
            word.irregular |= !mirrored;
        }
        word.gaps += 1;
        word.long |= (end - gap.0) as usize > gaps::IRREGULAR;
        let raw = self.units()[gap.0 as usize].raw_start;
        word.gaps_in_place += u16::from(self.seen.is_place(raw));
        for unit in &self.units()[gap.0 as usize..end as usize] {
            state.waiting |= edges::shown(unit, true).0;
        }
        state.end = end;
        state
    }

    pub(super) fn longest_word(&self) -> usize {
        let words = self.steps.split(|step| matches!(step, Step::Gap | Step::Star));
        let letters = words.map(|word| word.iter().filter(|step| is_letter_step(step)).count());
        letters.max().unwrap_or(0)
    }

    /// The letters of the pattern word that step `number` is in.
    pub(super) fn word_length(&self, number: usize) -> usize {
        let inside = |step: &&Step| !matches!(step, Step::Gap | Step::Star);
        let before = self.steps[..number].iter().rev().take_while(inside);
        let behind = self.steps[number..].iter().take_while(inside);
        before.chain(behind).filter(|step| is_letter_step(step)).count()
    }

    /// True when the letters of the pattern word that ends before step `number` say as much as
    /// syllables or words of other scripts.
    fn is_dense(&self, number: usize) -> bool {
        let before = self.steps[..number].iter().rev();
        let word = before.take_while(|step| !matches!(step, Step::Gap | Step::Star));
        let mut letters = word.filter(|step| is_letter_step(step)).filter_map(step_symbol);
        letters.all(|letter| table::props(letter).script().is_dense())
    }

    /// Judges what happened in the pattern word that ends before step `number`: the
    /// state with a fresh word, and the gap that spells it out.
    pub(super) fn close_word(&self, mut state: State, number: usize) -> Option<(State, Gap)> {
        let word = state.word;
        state.word = WordState::at(state.end);
        if word.gaps == 0 && word.masks == 0 && word.digits < 2 {
            return Some((state, NO_GAP));
        }
        let length = number.checked_sub(1).map_or(0, |last| self.word_length(last));
        let masks = word.masks == 0 || self.masks_hold(&word, length, state.end);
        if !masks || length <= costs::SHORT && word.digits > 1 {
            return None;
        }
        if word.gaps == 0 {
            return Some((state, NO_GAP));
        }
        // Between gaps digits are numbers sooner than letters.
        if word.digits > word.visible {
            return None;
        }
        let spelled = self.price_gaps(&mut state, &word, length, number)?;
        Some((state, if spelled { word.gap } else { NO_GAP }))
    }

    /// Adds what the gaps of a word cost that ends before step `number`; `None` when
    /// nobody writes like that. True when the word is spelled out.
    fn price_gaps(
        &self,
        state: &mut State,
        word: &WordState,
        length: usize,
        number: usize,
    ) -> Option<bool> {
        let units = self.units();
        let uniform = !word.irregular && !word.paired;
        if word.gaps == word.places && uniform && word.places >= 2 && length >= costs::SHORT {
            // Three letters are no part of a longer run outside the match.
            let first = word.start as usize == self.start;
            let last = number == self.steps.len();
            if length == costs::SHORT
                && (first && gaps::began(units, word.start, word.gap)
                    || last && gaps::goes_on(units, state.end, word.gap))
            {
                return None;
            }
            state.undo(self.seen, Kinds::SEPARATORS, units[word.gap.0 as usize].raw_start);
            return Some(true);
        }
        // Letters repeated behind gaps belong to words that are spelled out.
        if word.spelled_repeat {
            return None;
        }
        let dense = || self.is_dense(number) && gaps::may_part_dense(units, word);
        if !word.irregular
            && (length >= 4 && gaps::is_tight(units, word.gap, word.paired)
                || length >= 2 && dense())
        {
            state.tight = true;
            state.add_gaps(word, Kinds::SEPARATORS, costs::TIGHT);
            return Some(false);
        }
        let slipped = state.slipped && state.kinds & Kinds::IRREGULAR.0 == 0;
        if self.needle.level < Level::Strong || length < 4 || word.long || slipped {
            return None;
        }
        state.slipped = true;
        state.add_gaps(word, Kinds::IRREGULAR, costs::of(Kinds::IRREGULAR));
        Some(false)
    }
}

/// Units between two letters; empty for none.
type Gap = (u32, u32);

const NO_GAP: Gap = (0, 0);
