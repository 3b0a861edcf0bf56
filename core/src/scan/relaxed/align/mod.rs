//! The verifier: aligns the steps of a needle with the units of a text, forward.
//!
//! It alone decides what a literal pattern matches and what had to be undone
//! (`docs/evasion.md`). All open alignments advance together, one step of the
//! needle at a time, and those that can be continued alike are merged, so the
//! work is bounded by steps × places.

mod letters;
mod masking;
mod repeats;
mod slips;
mod spaces;
mod words;

use super::super::key;
use super::super::work::Work;
use super::costs;
use super::gaps;
use super::seen::Seen;
use super::state::State;
use crate::ruleset::tables::{Needle, Needles, Step};
use crate::spec::model::{Boundary, Level};
use crate::verdict::Kinds;
use crate::view::boundary;
use crate::view::props::{Class, ScriptKind};
use crate::view::table;
use crate::view::unit::Unit;
use std::cell::Cell;

/// Words of so many letters at most have a letter left out or swapped and nothing else undone.
const SLIP_ALONE: usize = 5;

/// Where an alignment ends and what it undid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Aligned {
    /// One past the last unit.
    pub(crate) end: usize,
    pub(crate) cost: u8,
    pub(crate) kinds: Kinds,
    /// The gap that spells its last word out, in units; empty when nothing does.
    pub(crate) gap: (u32, u32),
    /// The pattern has several words.
    pub(crate) phrase: bool,
}

/// Open alignments, by the number of steps they have consumed.
#[derive(Debug, Default)]
pub(crate) struct Bufs {
    open: Vec<Vec<State>>,
    gaps: Vec<u32>,
}

impl Bufs {
    /// Bytes of heap memory held.
    pub(crate) fn memory_usage(&self) -> usize {
        self.open.capacity() * size_of::<Vec<State>>()
            + self.open.iter().map(|states| states.capacity() * size_of::<State>()).sum::<usize>()
            + self.gaps.capacity() * 4
    }
}

/// Aligns `needle` with the units from `start` on: the cheapest alignment, of
/// those the longest.
pub(crate) fn align(
    needles: &Needles,
    needle: &Needle,
    seen: &Seen<'_>,
    start: usize,
    work: &Cell<Work>,
    bufs: &mut Bufs,
) -> Option<Aligned> {
    // Too much work was done: only what has no bound goes on.
    let tired = Needle { level: needle.level.min(Level::Fold), ..*needle };
    let needle = if Work::of(work, |work| work.allows(start)) { needle } else { &tired };
    let steps = needles.steps(needle);
    let search = Search { needles, needle, steps, seen, start, work };
    if !search.begins() {
        return None;
    }
    let mut first = State::new(start, Kinds(needle.kinds), needle.cost);
    // Reading backwards is one guess, and a match has one.
    first.slipped = needle.kinds & Kinds::REVERSED.0 != 0;
    if needle.kinds != 0 && seen.is_place(seen.units()[start].raw_start) {
        first.cost = first.cost.saturating_add(costs::IN_PLACE);
    }
    if needle.plain {
        let found = search.plain(first);
        let enough = needle.level == Level::Exact || !needle.relaxed;
        if enough || found.is_some_and(|found| found.cost == 0) {
            return found;
        }
    }
    search.steps(first, bufs)
}

struct Search<'a> {
    needles: &'a Needles,
    needle: &'a Needle,
    steps: &'a [Step],
    seen: &'a Seen<'a>,
    start: usize,
    /// What all alignments of a pass took.
    work: &'a Cell<Work>,
}

impl<'a> Search<'a> {
    fn units(&self) -> &'a [Unit] {
        self.seen.units()
    }

    fn take(&self, steps: usize) {
        Work::of(self.work, |work| work.add(steps));
    }

    /// Ends that are wildcards are no letters and ask for no boundary.
    fn asks_boundary(&self, step: Option<&Step>) -> bool {
        self.needle.boundary == Boundary::Word && step != Some(&Step::Star)
    }

    fn begins(&self) -> bool {
        let (units, at) = (self.units(), self.start);
        let first = self.steps.first();
        if !self.asks_boundary(first) {
            return boundary::may_begin_anywhere(units, at);
        }
        let script = first.and_then(step_symbol).map(|symbol| table::props(symbol).script());
        if script.is_some_and(ScriptKind::is_unspaced) {
            return boundary::may_begin_anywhere(units, at);
        }
        // A symbol read as a letter begins a word as the letter would.
        boundary::begins(units, at, first.is_some_and(key::is_word_step))
            && (at == 0 || !is_disguise(&units[at], first) || !continues(&units[at - 1]))
    }

    fn ends(&self, end: usize) -> bool {
        let units = self.units();
        let last = self.steps.last();
        if !self.asks_boundary(last) {
            return boundary::may_end_anywhere(units, end);
        }
        let script = last.and_then(step_symbol).map(|symbol| table::props(symbol).script());
        if script.is_some_and(|script| script.is_unspaced() || script == ScriptKind::Hangul) {
            // What makes another letter of the last one goes on with it.
            let sign = |next: &Unit| next.class == Class::VowelMark;
            return boundary::may_end_anywhere(units, end) && !units.get(end).is_some_and(sign);
        }
        let ends = boundary::ends(units, end, last.is_some_and(key::is_word_step))
            && !(is_disguise(&units[end - 1], last) && units.get(end).is_some_and(continues));
        ends || self.needle.level >= Level::Standard
            && last.is_some_and(is_letter_step)
            && digits_end_word(units, end)
    }

    /// Only symbols, each consumed as itself: one way to align.
    fn plain(&self, mut state: State) -> Option<Aligned> {
        for step in self.steps {
            state = self.symbol(State { edge: 0, ..state }, step)?;
        }
        self.accepts(&state).then(|| self.aligned(&state, (0, 0)))
    }

    fn steps(&self, first: State, bufs: &mut Bufs) -> Option<Aligned> {
        let Bufs { open, gaps } = bufs;
        let len = self.steps.len();
        if open.len() <= len {
            open.resize_with(len + 1, Vec::new);
        }
        open[..=len].iter_mut().for_each(Vec::clear);
        open[0].push(first);
        for number in 0..len {
            let (here, next) = open.split_at_mut(number + 1);
            let here = &mut here[number];
            here.sort_unstable();
            here.dedup_by_key(|state| state.key());
            self.take(here.len());
            for &state in here.iter() {
                self.advance(state, number, next, gaps);
            }
        }
        self.best(&open[len])
    }

    /// Of the finished alignments the cheapest, then the longest, then the one
    /// with the fewest kinds.
    fn best(&self, finished: &[State]) -> Option<Aligned> {
        let mut best: Option<Aligned> = None;
        for &state in finished {
            if state.end as usize <= self.start {
                continue;
            }
            let Some((state, gap)) = self.close_word(state, self.steps.len()) else { continue };
            let gap = if self.steps.last() == Some(&Step::Star) { state.spelled } else { gap };
            // Nothing costs an exception anything: it spares as much as it can.
            let cost = |a: &Aligned| if self.needle.same_signs { 0 } else { a.cost };
            let rank = |a: &Aligned| (cost(a), std::cmp::Reverse(a.end), a.kinds.rank());
            let found = self.aligned(&state, gap);
            if best.is_none_or(|best| rank(&found) < rank(&best))
                && self.ends(found.end)
                && self.accepts(&state)
            {
                best = Some(found);
            }
        }
        best
    }

    fn aligned(&self, state: &State, gap: (u32, u32)) -> Aligned {
        Aligned {
            end: state.end as usize,
            cost: state.cost,
            kinds: Kinds(state.kinds),
            gap,
            phrase: self.steps.contains(&Step::Gap),
        }
    }

    fn accepts(&self, state: &State) -> bool {
        let letters = self.steps.iter().filter(|step| is_letter_step(step)).count();
        // Signs alone say little.
        let leet = state.kinds & (Kinds::LEET.0 | Kinds::LOOKALIKE.0) != 0;
        if leet && !state.letter && (state.digit || letters < 3) {
            return false;
        }
        // A slip in a short word is believed only when it is the one disguise.
        let slip = Kinds::DELETION.union(Kinds::SWAP);
        if state.kinds & slip.0 != 0
            && self.longest_word() <= SLIP_ALONE
            && !Kinds(state.kinds).is_subset(costs::FOLDED.union(slip))
        {
            return false;
        }
        // Nor is a sound believed beside letters that are not there: `gov.uk`, `M&A`.
        if state.kinds & Kinds::PHONETIC.0 != 0
            && (state.tight || state.kinds & Kinds::MASKS.0 != 0)
            && self.longest_word() <= SLIP_ALONE
        {
            return false;
        }
        costs::accepts(self.needle.level, Kinds(state.kinds), state.cost, self.needle.short)
            && self.ends(state.end as usize)
    }

    /// Continues `state` by the step of that number; `next[n]` takes what consumed
    /// `n + 1` steps.
    fn advance(&self, state: State, number: usize, next: &mut [Vec<State>], gaps: &mut Vec<u32>) {
        let state = State { edge: 0, ..state };
        match self.steps[number] {
            Step::Gap => {
                if let Some((state, _)) = self.close_word(state, number) {
                    self.gap(state, &mut next[0]);
                }
            }
            Step::Star => {
                if let Some((mut state, gap)) = self.close_word(state, number) {
                    // What spells the last word out still does.
                    if number + 1 == self.steps.len() {
                        state.spelled = gap;
                    }
                    // The apostrophe between may be missing.
                    let mut behind = self.steps[number + 1..].iter();
                    let behind = behind.find(|step| **step != Step::Apostrophe);
                    let followed = matches!(behind, Some(Step::Symbol { .. }));
                    self.star(state, followed, &mut next[0]);
                }
            }
            Step::Apostrophe => {
                next[0].push(state);
                next[0].extend(self.apostrophe(state));
            }
            Step::Symbol { .. } => {
                self.letter(state, number, false, next);
                if self.may_gap(&state, number) {
                    gaps.clear();
                    let uniform = self.needle.level < Level::Strong;
                    self.take(gaps::ends(self.units(), &state, uniform, gaps));
                    for &end in gaps.iter() {
                        let behind = self.record_gap(state, end);
                        self.letter(behind, number, true, next);
                    }
                }
            }
        }
    }
}

/// True when a letter of a spaced script is read from a unit whose own nature would
/// make a boundary of its place: `口` for `o`, and in a hashtag a digit.
fn is_disguise(unit: &Unit, step: Option<&Step>) -> bool {
    let Some(symbol) = step.and_then(step_symbol) else { return false };
    let props = table::props(symbol);
    let apart = unit.script.is_unspaced() || unit.script == ScriptKind::Hangul;
    unit.symbol != symbol
        && (apart && !props.script().is_unspaced() && props.script() != ScriptKind::Hangul
            || unit.class == Class::Digit && props.is_letter_like())
}

/// True for what goes on with a word of a spaced script.
fn continues(unit: &Unit) -> bool {
    unit.is_word() && !unit.script.is_unspaced()
}

pub(super) fn step_symbol(step: &Step) -> Option<char> {
    match step {
        Step::Symbol { symbol, .. } => Some(*symbol),
        _ => None,
    }
}

pub(super) fn is_letter_step(step: &Step) -> bool {
    step_symbol(step).is_some_and(|symbol| table::props(symbol).is_letter_like())
}

/// True when only digits stand between `end` and the end of the word, and some do.
fn digits_end_word(units: &[Unit], end: usize) -> bool {
    let digits = units[end..].iter().take_while(|u| u.class == Class::Digit).count();
    let free = |u: &Unit| !u.is_word() || u.script.is_unspaced();
    digits > 0 && units.get(end + digits).is_none_or(free)
}
