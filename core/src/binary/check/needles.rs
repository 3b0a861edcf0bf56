//! Literal patterns: runs in order, steps as the compiler writes them.

use super::{Check, ensure, used};
use crate::ruleset::tables::{MarkRun, Needle, Needles, Step, Tables};
use crate::scan::costs;
use crate::spec::bounds;
use crate::spec::model::Level;
use crate::verdict::Kinds;

/// Symbols that one character folds to at most.
const SYMBOLS: usize = 18;

pub(super) fn check(tables: &Tables) -> Check {
    let Needles { list, steps, marks: _, uses } = &tables.needles;
    used(uses, tables)?;
    // The runs follow each other without holes, so that none is used twice.
    let (mut next_step, mut next_use) = (0, 0);
    for needle in list {
        let start = needle.steps.start as usize;
        let end = start.checked_add(needle.steps.len as usize);
        let end = end.filter(|&end| start == next_step && end <= steps.len());
        next_step = end.ok_or("the steps of a pattern")?;
        of_needle(needle, &steps[start..next_step])?;
        let start = needle.uses.start as usize;
        let end = start.checked_add(needle.uses.len as usize);
        let end = end.filter(|&end| start == next_use && end <= uses.len());
        next_use = end.ok_or("what a pattern is used for")?;
    }
    ensure(next_step == steps.len() && next_use == uses.len(), "its patterns")?;
    steps.iter().try_for_each(|step| marks(step, &tables.needles))
}

fn of_needle(needle: &Needle, steps: &[Step]) -> Check {
    let Needle {
        steps: _,
        uses: _,
        boundary: _,
        level,
        case_sensitive: _,
        plain,
        same_signs,
        relaxed,
        veto: _,
        short: _,
        kinds,
        cost,
    } = *needle;
    let is_symbol = |step: &Step| matches!(step, Step::Symbol { .. });
    ensure(steps.len() <= bounds::PATTERN_CHARS * SYMBOLS, "the length of a pattern")?;
    ensure(plain == steps.iter().all(is_symbol), "the kind of a pattern")?;
    ensure(relaxed == (!same_signs && level > Level::Exact), "the level of a pattern")?;
    ensure(Kinds(kinds).is_subset(costs::kinds(Level::Strong)), "what a pattern undoes")?;
    ensure(cost <= costs::ceiling(Level::Strong, false), "what a pattern costs")?;
    let (Some(first), Some(last)) = (steps.first(), steps.last()) else {
        return Err("the length of a pattern");
    };
    let open = |step: &Step| matches!(step, Step::Gap | Step::Apostrophe);
    let doubled = |pair: &[Step]| pair[0] == pair[1] && matches!(pair[0], Step::Gap | Step::Star);
    let shaped = steps.iter().any(is_symbol)
        && !open(first)
        && !open(last)
        && !steps.windows(2).any(doubled);
    ensure(shaped, "the steps of a pattern")
}

fn marks(step: &Step, needles: &Needles) -> Check {
    let Step::Symbol { symbol: _, origin: _, case: _, joined: _, marks } = step else {
        return Ok(());
    };
    let MarkRun { start, len } = *marks;
    let end = (start as usize).checked_add(usize::from(len));
    ensure(end.is_some_and(|end| end <= needles.marks.len()), "the marks of a pattern")
}
