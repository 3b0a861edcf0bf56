//! The verifier: aligns the steps of a needle with the units of a text, forward.
//!
//! It alone decides what a literal pattern matches and what had to be undone
//! (`docs/evasion.md`). All open alignments advance together, one step of the
//! needle at a time, and those that can be continued alike are merged, so the
//! work is bounded by steps × places.

use super::super::key;
use super::costs;
use super::edges::{self, Edge};
use super::gaps;
use super::masks;
use super::seen::Seen;
use super::state::State;
use crate::limits::{GAP, WILDCARD};
use crate::ruleset::tables::{MarkRun, Needle, Needles, Step};
use crate::spec::model::{Boundary, Level};
use crate::verdict::Kinds;
use crate::view::boundary;
use crate::view::chars;
use crate::view::props::{Class, ScriptKind};
use crate::view::table;
use crate::view::unit::{Flags, Unit};
use std::ops::Range;

/// Words of so many letters at most have a letter left out or swapped and nothing else undone.
const SLIP_ALONE: usize = 5;

/// Where an alignment ends and what it undid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Aligned {
    /// One past the last unit.
    pub(crate) end: usize,
    pub(crate) cost: u8,
    pub(crate) kinds: Kinds,
    /// The uniform gap it used, in units; empty when it used none.
    pub(crate) gap: (u32, u32),
}

/// Open alignments, by the number of steps they have consumed.
#[derive(Debug, Default)]
pub(crate) struct Bufs {
    open: Vec<Vec<State>>,
    gaps: Vec<u32>,
    /// States continued since the last reset: the work done.
    pub(crate) work: u64,
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
    limit: u64,
    bufs: &mut Bufs,
) -> Option<Aligned> {
    // Too much work was done: only what has no bound goes on.
    let tired = Needle { level: needle.level.min(Level::Fold), ..*needle };
    let needle = if bufs.work > limit { &tired } else { needle };
    let steps = needles.steps(needle);
    let search = Search { needles, needle, steps, seen, start };
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
}

impl<'a> Search<'a> {
    fn units(&self) -> &'a [Unit] {
        self.seen.units()
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
        // A symbol read as a letter begins a word as the letter would.
        boundary::begins(units, at, first.is_some_and(key::is_word_step))
    }

    fn ends(&self, end: usize) -> bool {
        let units = self.units();
        let last = self.steps.last();
        if !self.asks_boundary(last) {
            return boundary::may_end_anywhere(units, end);
        }
        let ends = boundary::ends(units, end, last.is_some_and(key::is_word_step));
        ends || self.needle.level >= Level::Standard
            && last.is_some_and(is_letter_step)
            && digits_end_word(units, end)
    }

    /// Only symbols, each consumed as itself: one way to align.
    fn plain(&self, mut state: State) -> Option<Aligned> {
        for step in self.steps {
            state = self.symbol(state, step)?;
        }
        self.accepts(&state).then(|| aligned(&state, (0, 0)))
    }

    fn steps(&self, first: State, bufs: &mut Bufs) -> Option<Aligned> {
        let Bufs { open, gaps, work } = bufs;
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
            *work += here.len() as u64;
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
            let rank = |a: &Aligned| (a.cost, std::cmp::Reverse(a.end), a.kinds.0);
            let found = aligned(&state, gap);
            if best.is_none_or(|best| rank(&found) < rank(&best))
                && self.ends(found.end)
                && self.accepts(&state)
            {
                best = Some(found);
            }
        }
        best
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
        costs::accepts(self.needle.level, Kinds(state.kinds), state.cost, self.needle.short)
            && self.ends(state.end as usize)
    }

    /// Continues `state` by the step of that number; `next[n]` takes what consumed
    /// `n + 1` steps.
    fn advance(&self, state: State, number: usize, next: &mut [Vec<State>], gaps: &mut Vec<u32>) {
        match self.steps[number] {
            Step::Gap => {
                if let Some((state, _)) = self.close_word(state, number) {
                    self.gap(state, &mut next[0]);
                }
            }
            Step::Star => {
                if let Some((state, _)) = self.close_word(state, number) {
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
                    gaps::ends(self.units(), &state, uniform, gaps);
                    for &end in gaps.iter() {
                        let behind = self.record_gap(state, end);
                        self.letter(behind, number, true, next);
                    }
                }
            }
        }
    }

    /// Whether a gap may stand before the step: between letters of one word.
    fn may_gap(&self, state: &State, number: usize) -> bool {
        self.needle.level >= Level::Standard
            && !state.word.fresh
            && !state.word.slip
            && is_letter_step(&self.steps[number])
    }

    fn record_gap(&self, mut state: State, end: u32) -> State {
        let gap = (state.end, end);
        let word = &mut state.word;
        if word.gaps == 0 {
            word.gap = gap;
        } else if !gaps::equal(self.units(), word.gap, gap) {
            word.irregular = true;
        }
        word.gaps += 1;
        word.long |= (end - gap.0) as usize > gaps::IRREGULAR;
        let raw = self.units()[gap.0 as usize].raw_start;
        word.gaps_in_place += u16::from(self.seen.is_place(raw));
        let units = &self.units()[gap.0 as usize..end as usize];
        if let Some(unit) = units.iter().find(|unit| unit.has(Flags::DECODED)) {
            state.undo(self.seen, Kinds::DECODED, unit.raw_start);
        }
        state.end = end;
        state
    }

    /// Everything that can consume the symbol step `number` at `state.end`; `behind`
    /// a gap or next to what was consumed before.
    fn letter(&self, state: State, number: usize, behind: bool, next: &mut [Vec<State>]) {
        let at = state.end as usize;
        let Some(unit) = self.units().get(at) else { return };
        let step = &self.steps[number];
        let is_letter = is_letter_step(step);
        let place = u16::from(!state.word.fresh && is_letter && !unit.is_attached());
        if behind && unit.is_inner() {
            return;
        }
        if let Some(mut found) = self.symbol(state, step) {
            found.word.places += place;
            found.word.fresh = !is_letter;
            found.word.masked = false;
            found.word.slip = false;
            found.word.repeated = false;
            found.word.visible = found.word.visible.saturating_add(u8::from(unit.is_letter()));
            found.letter |= is_letter && unit.is_letter();
            self.push(found, step, next, 0, !state.word.slip);
        }
        let word = key::is_word_step(step);
        if !word || self.needle.level < Level::Fold || !self.needle.relaxed {
            return;
        }
        edges::edges(self.seen, at, self.needle.level, &mut |edge| {
            // A digit is itself, in whatever dress.
            if !is_letter && edge.kind != Kinds::FORMS {
                return;
            }
            if let Some(mut found) = self.edge(state, number, &edge) {
                found.word.places += place;
                let consumed = edge.letters.count() - 1;
                let single = edge.units == 1;
                if single {
                    self.push(found, step, next, consumed, !state.word.slip);
                } else if !found.is_hopeless() {
                    found.word.fresh = false;
                    next[consumed].push(found);
                }
            }
        });
        if !is_letter {
            return;
        }
        next[0].extend(self.mask(state, number, unit, place));
        if self.needle.level >= Level::Strong {
            self.slips(state, number, place, behind, next);
        }
    }

    /// Takes a state that consumed one unit for a letter, with and without repeats of it.
    fn push(
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
        let (run, end) = gaps::run(units, &letter);
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
        if state.word.gaps != state.word.places || state.word.irregular {
            return;
        }
        let raw = units[letter.start].raw_start;
        let kinds = Kinds(state.kinds);
        let cost = if gaps::run_behind_gaps(units, letter, &state) >= 3 {
            costs::cost(Kinds::REPEATS, kinds)
        } else {
            costs::either(costs::DOUBLED, Kinds::REPEATS, kinds)
        };
        let mut counted = false;
        while let Some(end) = gaps::same_end(units, &state) {
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
            if unit.mark_count > 0 && self.extra_marks(unit, marks).unwrap_or(true) {
                entered.undo(self.seen, Kinds::MARKS, unit.raw_start);
            }
            state = entered;
        }
        Some(state)
    }

    /// Steps over one unit of the text, if what stands before it allows.
    fn enter(&self, mut state: State) -> Option<(&'a Unit, State)> {
        let at = state.end as usize;
        let unit = self.units().get(at)?;
        state.end += 1;
        let before =
            at > self.start && unit.has(Flags::AFTER_INVISIBLE) && !unit.has(Flags::JOINED);
        if before || unit.has(Flags::INVISIBLE_INSIDE) {
            self.undo(&mut state, Kinds::INVISIBLE, unit)?;
        }
        if unit.has(Flags::HIDDEN) {
            self.undo(&mut state, Kinds::HIDDEN, unit)?;
        }
        if unit.has(Flags::DECODED) {
            self.undo(&mut state, Kinds::DECODED, unit)?;
        }
        Some((unit, state))
    }

    /// Notes that something was undone; nothing may be at `exact`.
    fn undo(&self, state: &mut State, kind: Kinds, unit: &Unit) -> Option<()> {
        if self.needle.level == Level::Exact {
            return None;
        }
        state.undo(self.seen, kind, unit.raw_start);
        Some(())
    }

    /// The step consumed as itself.
    fn symbol(&self, state: State, step: &Step) -> Option<State> {
        let &Step::Symbol { symbol, origin, case, joined, marks } = step else { return None };
        let there = self.units().get(state.end as usize)?;
        let apostrophe = there.has(Flags::APOSTROPHE) && table::props(symbol).is_apostrophe();
        let same = there.symbol == symbol
            || apostrophe
            || self.needle.same_signs && same_sign(symbol, there.symbol);
        if !same {
            return None;
        }
        let (unit, mut state) = self.enter(state)?;
        let inner = state.end as usize - 1 > self.start;
        if self.needle.case_sensitive && chars::case(unit.origin) != case
            || inner && unit.class == Class::Emoji && unit.has(Flags::JOINED) != joined
        {
            return None;
        }
        if !apostrophe {
            self.form(&mut state, unit, origin)?;
        }
        if (unit.mark_count > 0 || marks.len > 0) && self.extra_marks(unit, marks)? {
            self.undo(&mut state, Kinds::MARKS, unit)?;
        }
        Some(state)
    }

    /// Compares the forms in which symbol and unit were written. The pattern's own
    /// form is nothing undone; any other compatibility form is.
    fn form(&self, state: &mut State, unit: &Unit, origin: Option<char>) -> Option<()> {
        let own = |c: char| table::fold_exact(c);
        let by_case = origin.is_some_and(chars::is_form_by_case);
        if self.needle.case_sensitive && origin != Some(unit.origin) {
            if chars::is_form_by_case(unit.origin) {
                return self.undo(state, Kinds::FORMS, unit);
            }
            if by_case && self.needle.level == Level::Exact {
                return None;
            }
        }
        match origin.filter(|_| !by_case) {
            Some(form) if own(form).symbols() == own(unit.origin).symbols() => Some(()),
            _ if unit.has(Flags::COMPAT) => self.undo(state, Kinds::FORMS, unit),
            Some(_) if self.needle.level == Level::Exact => None,
            _ => Some(()),
        }
    }

    /// Whether the unit has marks beyond the pattern's; `None` when it lacks one of those.
    fn extra_marks(&self, unit: &Unit, wanted: MarkRun) -> Option<bool> {
        let wanted = self.needles.marks(wanted);
        let present = self.seen.view.marks_of(unit);
        let count = |list: &[char], mark: char| list.iter().filter(|&&m| m == mark).count();
        if wanted.iter().any(|&m| count(present, m) < count(wanted, m)) {
            return None;
        }
        // Skin tones are no evasion.
        let told = |list: &[char]| list.iter().filter(|&&m| !chars::is_emoji_modifier(m)).count();
        Some(told(present) > told(wanted))
    }

    /// The steps from `number` on consumed by a reading of the text.
    fn edge(&self, state: State, number: usize, edge: &Edge<'_>) -> Option<State> {
        let mut wanted = number;
        let unit = &self.units()[state.end as usize];
        let fits = edge.letters.for_each(|letter| {
            let step = self.steps.get(wanted);
            wanted += 1;
            let Some(Step::Symbol { symbol, case, marks, .. }) = step else { return false };
            let case = !self.needle.case_sensitive
                || !table::props(unit.origin).is_cased()
                || chars::case(unit.origin) == *case;
            *symbol == letter && case && (marks.len == 0 || edge.units == 1)
        });
        let consumed = wanted - number;
        if !fits || consumed > 1 && !self.steps[number..wanted].iter().all(is_letter_step) {
            return None;
        }
        let Step::Symbol { marks, .. } = self.steps[number] else { return None };
        // A digit beside a letter or two, or behind them, is a name more often than a word.
        if edge.kind == Kinds::LEET && self.word_length(number) <= costs::SHORT {
            let last = !self.steps.get(wanted).is_some_and(is_letter_step);
            if self.word_length(number) < costs::SHORT || edge.digit && last {
                return None;
            }
        }
        let ends_sentence = table::props(unit.symbol).is_sentence_end();
        if ends_sentence && !self.steps.get(wanted).is_some_and(is_letter_step) {
            return None;
        }
        let mut state = state;
        for _ in 0..edge.units {
            state = self.enter(state)?.1;
        }
        if edge.kind == Kinds::PHONETIC {
            if state.slipped && state.kinds & Kinds::PHONETIC.0 == 0 || self.word_length(number) < 4
            {
                return None;
            }
            state.slipped = true;
        }
        state.undo(self.seen, edge.kind, unit.raw_start);
        // Glyphs have no marks.
        let glyph = edge.kind == Kinds::LEET && edge.units > 1;
        let marked = unit.mark_count > 0 || marks.len > 0;
        if !glyph && marked && self.extra_marks(unit, marks)? {
            state.undo(self.seen, Kinds::MARKS, unit.raw_start);
        }
        state.digit |= edge.digit;
        state.word.digits = state.word.digits.saturating_add(u8::from(edge.digit));
        state.letter |= edge.letter;
        state.word.visible =
            state.word.visible.saturating_add(if edge.letter { consumed as u8 } else { 0 });
        state.word.fresh = false;
        state.word.masked = false;
        state.word.slip = false;
        state.word.repeated = false;
        Some(state)
    }

    /// The step hidden behind a symbol.
    fn mask(&self, state: State, number: usize, unit: &Unit, place: u16) -> Option<State> {
        let masks = self.needle.level >= Level::Standard
            && !state.word.fresh
            && !state.word.repeated
            && masks::is_mask(self.units(), state.end as usize)
            && (!state.word.masked || masks::follows_mask(unit))
            && (masks::ends_word(unit) || is_inner(self.steps[number + 1..].iter()))
            && is_inner(self.steps[..number].iter().rev());
        if !masks {
            return None;
        }
        let (unit, mut state) = self.enter(state)?;
        state.undo(self.seen, Kinds::MASKS, unit.raw_start);
        state.word.places += place;
        state.word.masks = state.word.masks.saturating_add(1);
        state.word.other_mask |= unit.symbol != '*';
        state.word.masked = true;
        state.word.slip = false;
        (!state.is_hopeless()).then_some(state)
    }

    /// One letter left out, or two swapped.
    fn slips(
        &self,
        state: State,
        number: usize,
        place: u16,
        behind: bool,
        next: &mut [Vec<State>],
    ) {
        let length = self.word_length(number);
        if state.slipped || length < 4 || behind {
            return;
        }
        let units = self.units();
        let at = state.end as usize;
        // Of four letters only a vowel is left out, as writers do.
        let missed = (length > 4 || step_symbol(&self.steps[number]).is_some_and(is_vowel))
            && self.steps.get(number + 1).is_some_and(is_letter_step);
        if missed && !state.word.fresh && !state.word.masked && !state.word.repeated {
            let mut left_out = state;
            left_out.slipped = true;
            // Neither a gap nor a repeat stands beside it.
            left_out.word.slip = true;
            left_out.word.repeated = true;
            left_out.undo(self.seen, Kinds::DELETION, units[at].raw_start);
            next[0].push(left_out);
        }
        let Some(second) = self.steps.get(number + 1).filter(|step| is_letter_step(step)) else {
            return;
        };
        if step_symbol(second) == step_symbol(&self.steps[number]) {
            return;
        }
        let swapped = self.symbol(state, second).and_then(|mut state| {
            state.word.places += place + 1;
            self.symbol(state, &self.steps[number])
        });
        if let Some(mut swapped) = swapped {
            swapped.slipped = true;
            swapped.letter = true;
            swapped.word.fresh = false;
            swapped.word.masked = false;
            swapped.word.repeated = false;
            swapped.word.visible = swapped.word.visible.saturating_add(2);
            swapped.undo(self.seen, Kinds::SWAP, units[at].raw_start);
            next[1].push(swapped);
        }
    }

    fn longest_word(&self) -> usize {
        let words = self.steps.split(|step| matches!(step, Step::Gap | Step::Star));
        let letters = words.map(|word| word.iter().filter(|step| is_letter_step(step)).count());
        letters.max().unwrap_or(0)
    }

    /// The letters of the pattern word that step `number` is in.
    fn word_length(&self, number: usize) -> usize {
        let inside = |step: &&Step| !matches!(step, Step::Gap | Step::Star);
        let before = self.steps[..number].iter().rev().take_while(inside);
        let behind = self.steps[number..].iter().take_while(inside);
        before.chain(behind).filter(|step| is_letter_step(step)).count()
    }

    /// Judges what happened in the pattern word that ends before step `number`: the
    /// state with a fresh word, and the gap that was used throughout.
    fn close_word(&self, mut state: State, number: usize) -> Option<(State, (u32, u32))> {
        let word = state.word;
        let end = state.end;
        state.word = super::state::WordState::at(end);
        if word.gaps == 0 && word.masks == 0 && word.digits < 2 {
            return Some((state, (0, 0)));
        }
        let length = number.checked_sub(1).map_or(0, |last| self.word_length(last));
        let masks = word.masks > 0
            && (!masks_allowed(&word, length)
                || word.gaps > 0 && !masks::stands_apart(self.units(), word.gap)
                || word.gaps > 0 && word.gaps != word.places
                || word.masked && masks::closes(self.units(), word.start as usize, end as usize)
                || goes_on(self.units(), word.start as usize, end as usize));
        if masks || length <= costs::SHORT && word.digits > 1 {
            return None;
        }
        if word.gaps == 0 {
            return Some((state, (0, 0)));
        }
        // Between gaps digits are numbers sooner than letters.
        if word.digits > word.visible {
            return None;
        }
        let units = self.units();
        let raw = units[word.gap.0 as usize].raw_start;
        let extra = costs::IN_PLACE.saturating_mul(word.gaps_in_place.min(9) as u8);
        let spelled = word.gaps == word.places && !word.irregular;
        if spelled && word.places >= 2 {
            if word.places == 2 && gaps::continues_run(units, word.start, end, word.gap) {
                return None;
            }
            state.undo(self.seen, Kinds::SEPARATORS, raw);
        } else if !word.irregular && length >= 4 && gaps::is_tight(units, word.gap) {
            for gap in 0..word.gaps {
                let cost = costs::either(costs::TIGHT, Kinds::SEPARATORS, Kinds(state.kinds));
                state.kinds |= Kinds::SEPARATORS.0;
                state.cost = state.cost.saturating_add(cost);
                if gap > 20 {
                    break;
                }
            }
            state.cost = state.cost.saturating_add(extra);
        } else {
            let slipped = state.slipped && state.kinds & Kinds::IRREGULAR.0 == 0;
            if self.needle.level < Level::Strong || length < 4 || word.long || slipped {
                return None;
            }
            state.slipped = true;
            for _ in 0..word.gaps.min(20) {
                let cost = costs::cost(Kinds::IRREGULAR, Kinds(state.kinds));
                state.kinds |= Kinds::IRREGULAR.0;
                state.cost = state.cost.saturating_add(cost);
            }
            state.cost = state.cost.saturating_add(extra);
        }
        let gap = if word.irregular { (0, 0) } else { word.gap };
        Some((state, gap))
    }

    /// 1–8 white-space or punctuation characters, but no sentence end and no blank line.
    fn gap(&self, mut state: State, next: &mut Vec<State>) {
        let mut characters = 0;
        let mut broken = false;
        while let Some((unit, entered)) = self.enter(state) {
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
            state.word = super::state::WordState::at(state.end);
            next.push(state);
        }
    }

    /// 0–20 letters of the same word, with their marks; a symbol that follows is of
    /// that word too.
    fn star(&self, mut state: State, followed: bool, next: &mut Vec<State>) {
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
        while let Some((unit, entered)) = self.enter(state) {
            letters += usize::from(!unit.is_inner());
            let left = (state.end as usize).checked_sub(1).filter(|&i| i >= self.start);
            let joins = left
                .map(|i| &units[i])
                .is_none_or(|left| !left.is_word() || !boundary::breaks(left, unit));
            if !unit.is_letter() || letters > WILDCARD || !joins {
                return;
            }
            state = entered;
            state.word = super::state::WordState::at(state.end);
            if (!followed || !apart(state.end as usize)) && !cuts(state.end as usize) {
                next.push(state);
            }
        }
    }

    fn apostrophe(&self, state: State) -> Option<State> {
        let (unit, mut state) = self.enter(state)?;
        if unit.mark_count > 0 {
            self.undo(&mut state, Kinds::MARKS, unit)?;
        }
        state.word.fresh = true;
        unit.has(Flags::APOSTROPHE).then_some(state)
    }
}

fn aligned(state: &State, gap: (u32, u32)) -> Aligned {
    Aligned { end: state.end as usize, cost: state.cost, kinds: Kinds(state.kinds), gap }
}

fn masks_allowed(word: &super::state::WordState, length: usize) -> bool {
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

/// Vowels of the alphabets that have short words to disguise.
fn is_vowel(symbol: char) -> bool {
    "aeiouyаеиоуыэюяαεηιουω".contains(symbol)
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

/// True when the next of the steps is a letter, over an apostrophe that may be missing.
fn is_inner<'s>(mut steps: impl Iterator<Item = &'s Step>) -> bool {
    steps.find(|step| **step != Step::Apostrophe).is_some_and(is_letter_step)
}

/// True when only digits stand between `end` and the end of the word, and some do.
fn digits_end_word(units: &[Unit], end: usize) -> bool {
    let digits = units[end..].iter().take_while(|u| u.class == Class::Digit).count();
    let free = |u: &Unit| !u.is_word() || u.script.is_unspaced();
    digits > 0 && units.get(end + digits).is_none_or(free)
}

fn same_sign(a: char, b: char) -> bool {
    chars::sign(a).is_some_and(|sign| chars::sign(b) == Some(sign))
}
