//! Whether loaded tables are as the compiler makes them: everything that indexes
//! something, everything the engine takes for granted.
//!
//! Each function takes its part of the tables apart by name, so that a new field does
//! not compile until somebody has thought of what to check. An error names the part.

mod needles;
mod program;
mod rules;

use crate::limits::{FIELDS, Limits};
use crate::ruleset::tables::{
    Calibration, DomainRow, EntityRow, FactInfo, LabelInfo, RegexRow, Tables, Use,
};
use crate::spec::model::{FactType, Value};
use crate::{decimal::Milli, entity, scan};
use rustc_hash::FxHashSet;

/// What a check gives: the part that is wrong.
type Check = Result<(), &'static str>;

fn ensure(holds: bool, part: &'static str) -> Check {
    if holds { Ok(()) } else { Err(part) }
}

/// Checks all tables.
pub(super) fn tables(tables: &Tables) -> Check {
    let Tables {
        policy: _,
        version: _,
        actions,
        labels,
        facts,
        models,
        fields,
        named_fields,
        rules: _,
        logic: _,
        order: _,
        groups: _,
        patterns: _,
        excepts: _,
        program: _,
        exempt: _,
        saturated,
        needles: _,
        regexes,
        entities,
        domains,
        limits,
    } = tables;
    ensure(!actions.is_empty() && distinct(actions), "its actions")?;
    ensure(saturated.index() < actions.len(), "its least action of a saturated verdict")?;
    ensure((1..=FIELDS).contains(&fields.len()) && distinct(fields), "its fields")?;
    ensure(*named_fields || fields.len() == 1, "its fields")?;
    ensure(limits.is_within_ceilings(), "its limits")?;
    ensure(distinct(labels.iter().map(|l| &l.name)), "its labels")?;
    labels.iter().try_for_each(|label| of_label(label, actions.len()))?;
    ensure(distinct(facts.iter().map(|f| &f.name)), "its facts")?;
    facts.iter().try_for_each(fact)?;
    // A model checked itself when it was read.
    ensure(distinct(models.iter().map(|m| &m.name)), "its models")?;
    rules::check(tables)?;
    program::check(tables)?;
    needles::check(tables)?;
    regexes.iter().try_for_each(|row| regex(row, tables))?;
    entities.iter().try_for_each(|EntityRow { kind: _, options: _, uses }| used(uses, tables))?;
    domains.iter().try_for_each(|row| domain(row, tables))
}

fn distinct<'n>(names: impl IntoIterator<Item = &'n String>) -> bool {
    let mut seen = FxHashSet::default();
    names.into_iter().all(|name| seen.insert(name))
}

/// Points and scores are bounded so that sums stay far from overflow.
fn is_bounded(milli: Milli) -> bool {
    (-Milli::MAX.0..=Milli::MAX.0).contains(&milli.0)
}

fn of_label(label: &LabelInfo, actions: usize) -> Check {
    let LabelInfo { name: _, description: _, thresholds, calibration } = label;
    let is_finite = |c: &Calibration| c.bias.is_finite() && c.slope.is_finite();
    ensure(calibration.as_ref().is_none_or(is_finite), "the calibration of a label")?;
    let rises = thresholds.is_sorted_by(|a, b| a.0 < b.0 && a.1 < b.1);
    let sound = thresholds.iter().all(|&(action, at)| {
        (1..actions).contains(&action.index()) && at > Milli::ZERO && is_bounded(at)
    });
    ensure(rises && sound, "the thresholds of a label")
}

fn fact(fact: &FactInfo) -> Check {
    let FactInfo { name: _, kind, default } = fact;
    let fits = match default {
        None => true,
        Some(Value::Number(n)) => *kind == FactType::Number && n.is_finite(),
        Some(Value::Duration(n)) => *kind == FactType::Duration && n.is_finite(),
        Some(Value::Bool(_)) => *kind == FactType::Bool,
        Some(Value::Text(_)) => *kind == FactType::Text,
        Some(Value::Set(_)) => *kind == FactType::Set,
    };
    ensure(fits, "the default of a fact")
}

/// Everybody who is named exists.
fn used(uses: &[Use], tables: &Tables) -> Check {
    let exists = |each: &Use| match each {
        Use::Pattern(pattern) => pattern.index() < tables.patterns.len(),
        Use::Except(except) => except.index() < tables.excepts.len(),
    };
    ensure(uses.iter().all(exists), "what a pattern is used for")
}

/// Compiles once more what the matcher will: a source that does not may not get there.
fn regex(row: &RegexRow, tables: &Tables) -> Check {
    let RegexRow { source, view: _, case_sensitive, boundary: _, uses } = row;
    used(uses, tables)?;
    let Limits { regex_size, .. } = tables.limits;
    ensure(scan::check_regex(source, *case_sensitive, regex_size).is_ok(), "a regex")
}

fn domain(row: &DomainRow, tables: &Tables) -> Check {
    let DomainRow { name, level: _, spares: _, uses } = row;
    used(uses, tables)?;
    ensure(entity::domain::normalize(name).is_ok_and(|normal| normal == *name), "a domain")
}
