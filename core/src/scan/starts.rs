//! Where a needle may begin whose first fixed symbols were found.

use crate::limits::{GAP, WILDCARD};
use crate::ruleset::tables::Step;
use crate::spec::model::Level;
use crate::view::View;
use crate::view::boundary;
use crate::view::unit::{Flags, Unit};

/// Where the steps `before` may begin that end in front of unit `at`: all places.
pub(super) fn starts(before: &[Step], level: Level, view: &View, at: usize) -> Vec<usize> {
    let units = &view.units;
    let mut places = vec![at];
    for step in before.iter().rev() {
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
                    next.extend(starts);
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
        letters += usize::from(!unit.is_inner());
        let next = units.get(from + 1);
        let joins = next.is_none_or(|next| !next.is_word() || !boundary::breaks(unit, next));
        // At `exact` a wildcard ends where something cannot be seen.
        let hidden = unit.has(Flags::INVISIBLE_INSIDE)
            || next.is_some_and(|next| next.has(Flags::AFTER_INVISIBLE));
        unit.is_letter() && letters <= WILDCARD && joins && !(hidden && level == Level::Exact)
    });
    std::iter::once(at).chain(taken)
}
