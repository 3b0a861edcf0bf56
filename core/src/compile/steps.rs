//! A written word or phrase → the steps of a needle.
//!
//! The text goes through the same view builder as the texts it will be compared
//! with, so pattern and text cannot be folded differently.

use crate::ruleset::tables::Step;
use crate::view::View;
use crate::view::chars::{self, Case};
use crate::view::props::Class;
use crate::view::table;
use crate::view::unit::{Flags, Unit};

/// A parsed text pattern. Marks are beside the steps until it is interned.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Parsed {
    pub(super) steps: Vec<Part>,
}

/// A step whose marks are with it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Part {
    Symbol { symbol: char, origin: Option<char>, case: Case, joined: bool, marks: Vec<char> },
    Gap,
    Star,
    Apostrophe,
}

impl Parsed {
    /// Reads a pattern: `*` is a wildcard, `\*` a star, white space a gap.
    pub(super) fn read(text: &str) -> Self {
        let (plain, stars) = unescape(text);
        let view = View::of(&plain);
        let mut this = Self::default();
        for unit in &view.units {
            this.push(&view, unit, &stars);
        }
        while this.steps.last() == Some(&Part::Gap) {
            this.steps.pop();
        }
        this.free_apostrophes();
        this
    }

    fn push(&mut self, view: &View, unit: &Unit, stars: &[u32]) {
        let part = if stars.binary_search(&unit.raw_start).is_ok() {
            Part::Star
        } else if matches!(unit.class, Class::Space | Class::LineBreak) {
            Part::Gap
        } else {
            let is_form = unit.has(Flags::COMPAT) || chars::is_form_by_case(unit.origin);
            Part::Symbol {
                symbol: unit.symbol,
                origin: is_form.then_some(unit.origin),
                case: chars::case(unit.origin),
                joined: unit.has(Flags::JOINED),
                marks: view.marks_of(unit).to_vec(),
            }
        };
        let repeats = matches!(part, Part::Gap | Part::Star) && self.steps.last() == Some(&part);
        let leads = part == Part::Gap && self.steps.is_empty();
        if !repeats && !leads {
            self.steps.push(part);
        }
    }

    /// An apostrophe inside the pattern may be missing, beside a space too; one at
    /// an end must be there.
    fn free_apostrophes(&mut self) {
        let last = self.steps.len().saturating_sub(1);
        for part in self.steps.get_mut(1..last).unwrap_or_default() {
            if let Part::Symbol { symbol, marks, .. } = part
                && marks.is_empty()
                && table::props(*symbol).is_apostrophe()
            {
                *part = Part::Apostrophe;
            }
        }
    }

    /// The symbols of the pattern.
    pub(super) fn symbols(&self) -> impl Iterator<Item = char> {
        self.steps.iter().filter_map(|part| match part {
            Part::Symbol { symbol, .. } => Some(*symbol),
            _ => None,
        })
    }

    /// The words of the pattern: runs without gap and wildcard.
    pub(super) fn words(&self) -> impl Iterator<Item = &[Part]> {
        self.steps.split(|part| matches!(part, Part::Gap | Part::Star))
    }

    /// The letters of its longest word.
    pub(super) fn longest_word(&self) -> usize {
        self.words()
            .map(|word| word.iter().filter(|part| part.is_letter()).count())
            .max()
            .unwrap_or(0)
    }

    /// Only symbols, no gap, wildcard or apostrophe.
    pub(super) fn is_plain(&self) -> bool {
        self.steps.iter().all(|part| matches!(part, Part::Symbol { .. }))
    }

    pub(super) fn has_star(&self) -> bool {
        self.steps.contains(&Part::Star)
    }

    /// A `*` that is neither first nor last in its word.
    pub(super) fn has_inner_star(&self) -> bool {
        let inside =
            |part: Option<&Part>| matches!(part, Some(Part::Symbol { .. } | Part::Apostrophe));
        self.steps.iter().enumerate().any(|(at, part)| {
            *part == Part::Star
                && at > 0
                && inside(self.steps.get(at - 1))
                && inside(self.steps.get(at + 1))
        })
    }
}

impl Part {
    /// A letter, or a mark that is one.
    pub(super) fn is_letter(&self) -> bool {
        matches!(self, Part::Symbol { symbol, .. } if table::props(*symbol).is_letter_like())
    }

    /// The step, its marks stored in `pool`.
    pub(super) fn store(&self, pool: &mut Vec<char>) -> Step {
        match self {
            Part::Gap => Step::Gap,
            Part::Star => Step::Star,
            Part::Apostrophe => Step::Apostrophe,
            Part::Symbol { symbol, origin, case, joined, marks } => {
                let start = pool.len() as u32;
                pool.extend(marks);
                let marks = crate::ruleset::tables::MarkRun { start, len: marks.len() as u8 };
                Step::Symbol {
                    symbol: *symbol,
                    origin: *origin,
                    case: *case,
                    joined: *joined,
                    marks,
                }
            }
        }
    }
}

/// The text without escapes, and the byte offsets of its wildcards.
fn unescape(text: &str) -> (String, Vec<u32>) {
    let mut plain = String::with_capacity(text.len());
    let mut stars = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if chars.peek() == Some(&'*') => {
                chars.next();
                plain.push('*');
            }
            '*' => {
                stars.push(plain.len() as u32);
                plain.push('*');
            }
            _ => plain.push(c),
        }
    }
    (plain, stars)
}
