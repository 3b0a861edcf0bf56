//! The verifier: aligns the steps of a needle with the units of a text, forward.
//!
//! It alone decides what a literal pattern matches, and what had to be undone
//! for it. At each start the longest alignment counts; of two that end at one
//! place the cheaper.

use crate::limits::{GAP, WILDCARD};
use crate::ruleset::tables::{MarkRun, Needle, Needles, Step};
use crate::spec::model::{Boundary, Level};
use crate::verdict::Kinds;
use crate::view::View;
use crate::view::boundary;
use crate::view::chars;
use crate::view::props::Class;
use crate::view::table;
use crate::view::unit::{Flags, Unit};

/// Cost of a compatibility form, in tenths; once a letter.
const FORM_COST: u8 = 1;
/// Cost of marks the pattern does not have, in tenths; once a letter.
const MARK_COST: u8 = 2;
/// Cost of invisible characters, in tenths; once a place.
const INVISIBLE_COST: u8 = 1;

/// Where an alignment ends and what it undid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Aligned {
    /// One past the last unit.
    pub(super) end: usize,
    pub(super) cost: u8,
    pub(super) kinds: Kinds,
}

/// Alignments that are still open, one for each place they have come to.
#[derive(Debug, Default)]
pub(super) struct Bufs {
    open: Vec<Aligned>,
    next: Vec<Aligned>,
}

/// Aligns `needle` with the units from `start` on.
pub(super) fn align(
    needles: &Needles,
    needle: &Needle,
    view: &View,
    start: usize,
    bufs: &mut Bufs,
) -> Option<Aligned> {
    // Ends that are wildcards are no letters and ask for no boundary.
    let word_start = needle.boundary == Boundary::Word && needles.steps(needle)[0] != Step::Star;
    let begins = if word_start { boundary::begins } else { boundary::may_begin_anywhere };
    if !begins(&view.units, start) {
        return None;
    }
    let search = Search { needles, needle, view, start };
    if needle.plain { search.plain() } else { search.steps(bufs) }
}

struct Search<'a> {
    needles: &'a Needles,
    needle: &'a Needle,
    view: &'a View,
    start: usize,
}

impl Search<'_> {
    /// Only symbols: one way to align.
    fn plain(&self) -> Option<Aligned> {
        let mut at = Aligned { end: self.start, cost: 0, kinds: Kinds::NONE };
        for step in self.needles.steps(self.needle) {
            at = self.symbol(at, step)?;
        }
        self.ends(at.end).then_some(at)
    }

    /// Any steps: all open alignments advance together, so the work is bounded
    /// by steps × places.
    fn steps(&self, bufs: &mut Bufs) -> Option<Aligned> {
        let Bufs { open, next } = bufs;
        open.clear();
        open.push(Aligned { end: self.start, cost: 0, kinds: Kinds::NONE });
        let steps = self.needles.steps(self.needle);
        for (number, step) in steps.iter().enumerate() {
            next.clear();
            for &at in open.iter() {
                match *step {
                    Step::Symbol { .. } => next.extend(self.symbol(at, step)),
                    Step::Gap => self.gap(at, next),
                    Step::Star => {
                        let followed = matches!(steps.get(number + 1), Some(Step::Symbol { .. }));
                        self.star(at, followed, next);
                    }
                    Step::Apostrophe => {
                        next.push(at);
                        next.extend(self.apostrophe(at));
                    }
                }
            }
            next.sort_unstable_by_key(|a| (a.end, a.cost, a.kinds.0));
            next.dedup_by_key(|a| a.end);
            std::mem::swap(open, next);
            if open.is_empty() {
                return None;
            }
        }
        open.iter().rev().copied().find(|a| a.end > self.start && self.ends(a.end))
    }

    fn ends(&self, end: usize) -> bool {
        let last = self.needles.steps(self.needle).last();
        let word_end = self.needle.boundary == Boundary::Word && last != Some(&Step::Star);
        let ends = if word_end { boundary::ends } else { boundary::may_end_anywhere };
        ends(&self.view.units, end)
    }

    /// Steps over one unit of the text, if what stands before it allows.
    fn enter(&self, at: Aligned) -> Option<(&Unit, Aligned)> {
        let unit = self.view.units.get(at.end)?;
        let mut at = Aligned { end: at.end + 1, ..at };
        let before =
            at.end - 1 > self.start && unit.has(Flags::AFTER_INVISIBLE) && !unit.has(Flags::JOINED);
        if before || unit.has(Flags::INVISIBLE_INSIDE) {
            self.undo(&mut at, Kinds::INVISIBLE, INVISIBLE_COST)?;
        }
        Some((unit, at))
    }

    /// Notes that something was undone; nothing may be at `exact`.
    fn undo(&self, at: &mut Aligned, kind: Kinds, cost: u8) -> Option<()> {
        if self.needle.level == Level::Exact {
            return None;
        }
        at.kinds = at.kinds.union(kind);
        at.cost = at.cost.saturating_add(cost);
        Some(())
    }

    fn symbol(&self, at: Aligned, step: &Step) -> Option<Aligned> {
        let &Step::Symbol { symbol, origin, upper, joined, marks } = step else { return None };
        let (unit, mut at) = self.enter(at)?;
        let inner = at.end - 1 > self.start;
        let apostrophe = unit.has(Flags::APOSTROPHE) && table::props(symbol).is_apostrophe();
        let same = unit.symbol == symbol
            || apostrophe
            || self.needle.same_signs && same_sign(symbol, unit.symbol);
        if !same
            || self.needle.case_sensitive && unit.has(Flags::UPPER) != upper
            || inner && unit.class == Class::Emoji && unit.has(Flags::JOINED) != joined
        {
            return None;
        }
        if !apostrophe {
            self.form(&mut at, unit, origin)?;
        }
        if (unit.mark_count > 0 || marks.len > 0) && self.extra_marks(unit, marks)? {
            self.undo(&mut at, Kinds::MARKS, MARK_COST)?;
        }
        Some(at)
    }

    /// Compares the forms in which symbol and unit were written. The pattern's own
    /// form is nothing undone; any other compatibility form is.
    fn form(&self, at: &mut Aligned, unit: &Unit, origin: Option<char>) -> Option<()> {
        let own = |c: char| table::fold_exact(c);
        match origin {
            Some(form) if own(form).symbols() == own(unit.origin).symbols() => Some(()),
            _ if unit.has(Flags::COMPAT) => {
                let cost = if unit.has(Flags::CONTINUES) { 0 } else { FORM_COST };
                self.undo(at, Kinds::FORMS, cost)
            }
            Some(_) if self.needle.level == Level::Exact => None,
            _ => Some(()),
        }
    }

    /// Whether the unit has marks beyond the pattern's; `None` when it lacks one of those.
    fn extra_marks(&self, unit: &Unit, wanted: MarkRun) -> Option<bool> {
        let wanted = self.needles.marks(wanted);
        let present = self.view.marks_of(unit);
        let count = |list: &[char], mark: char| list.iter().filter(|&&m| m == mark).count();
        if wanted.iter().any(|&m| count(present, m) < count(wanted, m)) {
            return None;
        }
        // Skin tones are no evasion.
        let told = |list: &[char]| list.iter().filter(|&&m| !chars::is_emoji_modifier(m)).count();
        Some(told(present) > told(wanted))
    }

    /// 1–8 white-space or punctuation characters, but no sentence end and no blank line.
    fn gap(&self, mut at: Aligned, next: &mut Vec<Aligned>) {
        let mut characters = 0;
        while let Some((unit, entered)) = self.enter(at) {
            characters += usize::from(!unit.has(Flags::CONTINUES));
            if !unit.is_gap()
                || characters > GAP
                || unit.has(Flags::SENTENCE_END)
                || unit.has(Flags::BLANK_LINE)
            {
                return;
            }
            at = entered;
            next.push(at);
        }
    }

    /// 0–20 letters of the same word, with their marks; a symbol that follows is of
    /// that word too.
    fn star(&self, mut at: Aligned, followed: bool, next: &mut Vec<Aligned>) {
        let units = &self.view.units;
        let apart = |end: usize| {
            let right = units.get(end).filter(|right| right.is_word());
            right.is_some_and(|right| boundary::breaks(&units[end - 1], right))
        };
        if units.get(at.end).is_some_and(|u| at.end > self.start && u.has(Flags::IN_SYLLABLE)) {
            return;
        }
        next.push(at);
        let mut letters = 0;
        while let Some((unit, entered)) = self.enter(at) {
            letters += usize::from(!unit.has(Flags::CONTINUES));
            let left = at.end.checked_sub(1).filter(|&i| i >= self.start);
            let joins = left
                .map(|i| &self.view.units[i])
                .is_none_or(|left| !left.is_word() || !boundary::breaks(left, unit));
            if !unit.is_letter() || letters > WILDCARD || !joins {
                return;
            }
            at = entered;
            if !followed || !apart(at.end) {
                next.push(at);
            }
        }
    }

    fn apostrophe(&self, at: Aligned) -> Option<Aligned> {
        let (unit, mut at) = self.enter(at)?;
        if unit.mark_count > 0 {
            self.undo(&mut at, Kinds::MARKS, MARK_COST)?;
        }
        unit.has(Flags::APOSTROPHE).then_some(at)
    }
}

fn same_sign(a: char, b: char) -> bool {
    chars::sign(a).is_some_and(|sign| chars::sign(b) == Some(sign))
}

/// Where the steps `before` may begin that end in front of unit `at`: all places,
/// or of a leading wildcard the farthest, since a wildcard takes what it can.
pub(super) fn starts(before: &[Step], level: Level, view: &View, at: usize) -> Vec<usize> {
    let units = &view.units;
    let mut places = vec![at];
    for (number, step) in before.iter().enumerate().rev() {
        let mut next = Vec::new();
        for at in places {
            match step {
                Step::Symbol { .. } => next.extend(at.checked_sub(1)),
                Step::Apostrophe => {
                    let there = at.checked_sub(1).filter(|&i| units[i].has(Flags::APOSTROPHE));
                    next.push(at);
                    next.extend(there);
                }
                Step::Gap => next.extend(gap_starts(units, at)),
                Step::Star => {
                    let starts = star_starts(units, level, at).filter(|&from| {
                        from == units.len() || boundary::may_begin_anywhere(units, from)
                    });
                    if number == 0 {
                        next.extend(starts.last());
                    } else {
                        next.extend(starts);
                    }
                }
            }
        }
        next.sort_unstable();
        next.dedup();
        places = next;
    }
    places
}

/// Where a gap may begin that ends in front of unit `at`.
fn gap_starts(units: &[Unit], at: usize) -> impl Iterator<Item = usize> {
    let mut characters = 0;
    (0..at).rev().take_while(move |&from| {
        characters += usize::from(!units[from].has(Flags::CONTINUES));
        units[from].is_gap() && characters <= GAP
    })
}

/// Where a `*` may begin that ends in front of unit `at`, nearest first.
fn star_starts(units: &[Unit], level: Level, at: usize) -> impl Iterator<Item = usize> {
    let mut letters = 0;
    let taken = (0..at).rev().take_while(move |&from| {
        let unit = &units[from];
        letters += usize::from(!unit.has(Flags::CONTINUES));
        let next = units.get(from + 1);
        let joins = next.is_none_or(|next| !next.is_word() || !boundary::breaks(unit, next));
        // At `exact` a wildcard ends where something cannot be seen.
        let hidden = unit.has(Flags::INVISIBLE_INSIDE)
            || next.is_some_and(|next| next.has(Flags::AFTER_INVISIBLE));
        unit.is_letter() && letters <= WILDCARD && joins && !(hidden && level == Level::Exact)
    });
    std::iter::once(at).chain(taken)
}
