//! One letter consumed as itself, in another form, or by a reading of the text.

use super::super::super::key;
use super::super::costs;
use super::super::edges::{self, Edge};
use super::super::masks;
use super::super::state::State;
use super::masking::is_inner;
use super::{Search, is_letter_step, step_symbol};
use crate::ruleset::tables::{MarkRun, Step};
use crate::spec::model::Level;
use crate::verdict::Kinds;
use crate::view::chars;
use crate::view::props::Class;
use crate::view::table;
use crate::view::unit::{Flags, Unit};

impl<'a> Search<'a> {
    /// Everything that can consume the symbol step `number` at `state.end`; `behind`
    /// a gap or next to what was consumed before.
    pub(super) fn letter(
        &self,
        state: State,
        number: usize,
        behind: bool,
        next: &mut [Vec<State>],
    ) {
        let at = state.end as usize;
        let Some(unit) = self.units().get(at) else { return };
        let step = &self.steps[number];
        let is_letter = is_letter_step(step);
        let place = u16::from(!state.word.fresh && is_letter && (behind || !unit.is_attached()));
        if behind && unit.is_inner() {
            return;
        }
        if is_letter && state.word.masked && masks::is_equal_before(self.units(), at) {
            next[0].extend(self.mask(state, number, unit, place));
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
            self.push(found, number, next, 0, !state.word.slip);
        }
        let word = key::is_word_step(step);
        if !word || self.needle.level < Level::Fold || !self.needle.relaxed {
            return;
        }
        let wanted = step_symbol(step);
        edges::edges(self.seen, at, self.needle.level, &|c| wanted == Some(c), &mut |edge| {
            // A digit is itself, in whatever dress.
            if !is_letter && edge.kind != Kinds::FORMS {
                return;
            }
            if let Some(mut found) = self.edge(state, number, &edge) {
                found.word.places += place;
                found.word.fresh = !is_letter;
                let consumed = edge.letters.count() - 1;
                let single = edge.units == 1 && consumed == 0;
                if single {
                    self.push(found, number, next, consumed, !state.word.slip);
                } else if !found.is_hopeless() {
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

    /// Steps over one unit of the text, if what stands before it allows.
    pub(super) fn enter(&self, mut state: State) -> Option<(&'a Unit, State)> {
        let at = state.end as usize;
        let unit = self.units().get(at)?;
        state.end += 1;
        let waiting = Kinds(std::mem::take(&mut state.waiting));
        for kind in edges::of_set(edges::shown(unit, at > self.start).union(waiting)) {
            self.undo(&mut state, kind, unit)?;
        }
        Some((unit, state))
    }

    /// Notes that something was undone; nothing may be at `exact`.
    pub(super) fn undo(&self, state: &mut State, kind: Kinds, unit: &Unit) -> Option<()> {
        if self.needle.level == Level::Exact {
            return None;
        }
        state.undo(self.seen, kind, unit.raw_start);
        Some(())
    }

    /// The step consumed as itself.
    pub(super) fn symbol(&self, state: State, step: &Step) -> Option<State> {
        let &Step::Symbol { symbol, origin, case, joined, marks } = step else { return None };
        let there = self.units().get(state.end as usize)?;
        let apostrophe = there.has(Flags::APOSTROPHE) && table::props(symbol).is_apostrophe();
        let same = there.symbol == symbol
            || apostrophe
            || self.needle.same_signs && same_sign(symbol, there.symbol);
        if !same {
            return None;
        }
        // Such an `i` stands for `ı`, and of its kind only the capital is.
        let dotless = origin == Some(chars::DOTLESS);
        if dotless && !self.is_dotless(there) {
            return None;
        }
        let origin = origin.filter(|_| !dotless);
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
        let marked = unit.mark_count > 0 || marks.len > 0;
        if marked {
            let extra = self.extra_marks(std::slice::from_ref(unit), marks);
            if extra.or_else(|| self.lacks_dots(unit, marks).then_some(true))? {
                self.undo(&mut state, Kinds::MARKS, unit)?;
            }
        }
        Some(state)
    }

    /// True for a capital `i` without a dot, in whatever form.
    fn is_dotless(&self, unit: &Unit) -> bool {
        let dot = |&mark: &char| mark == '\u{307}';
        table::props(unit.origin).is_upper()
            && unit.origin != 'İ'
            && !self.seen.view.marks_of(unit).iter().any(dot)
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

    /// True where `е` stands for ё, as it does in most Russian text.
    fn lacks_dots(&self, unit: &Unit, wanted: MarkRun) -> bool {
        unit.symbol == 'е' && unit.mark_count == 0 && self.needles.marks(wanted) == ['\u{308}']
    }

    /// Whether the units of one character have marks beyond the pattern's; `None` when
    /// they lack one of those.
    pub(super) fn extra_marks(&self, units: &[Unit], wanted: MarkRun) -> Option<bool> {
        let wanted = self.needles.marks(wanted);
        let present = || units.iter().flat_map(|unit| self.seen.view.marks_of(unit));
        let count = |mark: char| wanted.iter().filter(|&&m| m == mark).count();
        if wanted.iter().any(|&mark| present().filter(|&&m| m == mark).count() < count(mark)) {
            return None;
        }
        // Skin tones are no evasion.
        let told = |mark: &&char| !chars::is_emoji_modifier(**mark);
        Some(present().filter(told).count() > wanted.iter().filter(told).count())
    }

    /// The steps from `number` on consumed by a reading of the text.
    pub(super) fn edge(&self, state: State, number: usize, edge: &Edge<'_>) -> Option<State> {
        let mut wanted = number;
        let at = state.end as usize;
        let unit = &self.units()[at];
        let fits = edge.letters.for_each(|letter| {
            let step = self.steps.get(wanted);
            wanted += 1;
            let Some(Step::Symbol { symbol, case, marks, .. }) = step else { return false };
            let case = !self.needle.case_sensitive || case.may_be_of(unit.origin);
            *symbol == letter && case && (marks.len == 0 || edge.units == 1)
        });
        let consumed = wanted - number;
        if !fits || consumed > 1 && !self.steps[number..wanted].iter().all(is_letter_step) {
            return None;
        }
        let Step::Symbol { marks, .. } = self.steps[number] else { return None };
        // A digit beside a letter or two, or behind them, is a name more often than a word.
        if edge.digit || edge.kind == Kinds::LEET {
            let length = self.word_length(number);
            let last = !self.goes_on(wanted - 1);
            if length < costs::SHORT && edge.kind == Kinds::LEET
                || length == costs::SHORT && edge.digit && last
            {
                return None;
            }
        }
        let ends_sentence = table::props(unit.symbol).is_sentence_end();
        if ends_sentence && !is_inner(self.steps[wanted..].iter()) {
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
        // What is a mark already has no second one.
        let settled = glyph || edge.kind == Kinds::MARKS;
        let units = &self.units()[at..at + edge.units];
        let marked = units.iter().any(|unit| unit.mark_count > 0) || marks.len > 0;
        if marked && !glyph && self.extra_marks(units, marks)? && !settled {
            state.undo(self.seen, Kinds::MARKS, unit.raw_start);
        }
        let formed = edge.kind == Kinds::PHONETIC && units.iter().any(|u| u.has(Flags::COMPAT));
        if formed {
            state.undo(self.seen, Kinds::FORMS, unit.raw_start);
        }
        state.digit |= edge.digit;
        state.word.digits = state.word.digits.saturating_add(u8::from(edge.digit));
        state.letter |= edge.letter;
        state.word.visible =
            state.word.visible.saturating_add(if edge.letter { consumed as u8 } else { 0 });
        state.word.masked = false;
        state.word.slip = false;
        state.word.repeated = false;
        Some(state)
    }
}

fn same_sign(a: char, b: char) -> bool {
    chars::sign(a).is_some_and(|sign| chars::sign(b) == Some(sign))
}
