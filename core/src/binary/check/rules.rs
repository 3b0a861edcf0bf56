//! Rules, their groups and patterns, exceptions, the order of evaluation.

use super::{Check, ensure, is_bounded};
use crate::ids::{ActionId, GroupId, LabelId, RuleId};
use crate::ruleset::tables::{
    ExceptRow, ExceptScope, GroupRow, PatternRow, RepeatRow, RuleInfo, RuleLogic, Spares, Tables,
};
use rustc_hash::FxHashSet;

pub(super) fn check(tables: &Tables) -> Check {
    let Tables { rules, logic, order, groups, patterns, excepts, .. } = tables;
    ensure(logic.len() == rules.len(), "its rules")?;
    rules.iter().try_for_each(|rule| info(rule, tables))?;
    let mut names = FxHashSet::default();
    ensure(rules.iter().all(|rule| names.insert(&rule.id)), "the names of its rules")?;
    ensure(is_permutation(order, rules.len()), "the order of its rules")?;
    // Each group belongs to one rule: the runs follow each other without holes.
    let mut next = 0;
    for (at, logic) in logic.iter().enumerate() {
        next = of_groups(logic, RuleId::new(at), next, tables)?;
    }
    ensure(next == groups.len(), "its groups")?;
    patterns.iter().try_for_each(|row| pattern(row, groups))?;
    excepts.iter().try_for_each(|row| except(row, rules.len()))
}

fn info(rule: &RuleInfo, tables: &Tables) -> Check {
    let RuleInfo { id: _, label, points, action, mode: _, .. } = rule;
    let label = label.is_none_or(|LabelId(id)| (id as usize) < tables.labels.len());
    let action = action.is_none_or(|ActionId(id)| (id as usize) < tables.actions.len());
    ensure(label && action && is_bounded(*points), "a rule")
}

fn is_permutation(order: &[RuleId], rules: usize) -> bool {
    let mut seen = vec![false; rules];
    let fresh = |rule: &RuleId| {
        seen.get_mut(rule.index()).is_some_and(|seen| !std::mem::replace(seen, true))
    };
    order.len() == rules && order.iter().all(fresh)
}

/// Checks what the engine needs of a rule whose groups begin at `next`; gives where
/// those of the next rule begin.
fn of_groups(
    logic: &RuleLogic,
    rule: RuleId,
    next: usize,
    tables: &Tables,
) -> Result<usize, &'static str> {
    let RuleLogic { first_group, groups, when: _, facts, repeat, redact, langs: _, scope: _ } =
        logic;
    let end = next.checked_add(*groups as usize).filter(|&end| end <= tables.groups.len());
    let end = end.ok_or("the groups of a rule")?;
    let owned = tables.groups[next..end].iter().all(|GroupRow { name: _, rule: of }| *of == rule);
    ensure(*first_group as usize == next && owned, "the groups of a rule")?;
    let own = |group: &GroupId| (next..end).contains(&group.index());
    if let Some(RepeatRow { each, max, of }) = repeat {
        let bounded = is_bounded(*each) && max.is_none_or(is_bounded);
        ensure(bounded && of.as_ref().is_none_or(own), "the repeats of a rule")?;
    }
    ensure(redact.iter().flatten().all(own), "what a rule redacts")?;
    let facts_exist = facts.iter().all(|fact| fact.index() < tables.facts.len());
    ensure(facts_exist && facts.is_sorted_by(|a, b| a < b), "the facts of a rule")?;
    Ok(end)
}

fn pattern(row: &PatternRow, groups: &[GroupRow]) -> Check {
    let PatternRow { text: _, group, rule, fields: _ } = row;
    let belongs = groups.get(group.index()).is_some_and(|group| group.rule == *rule);
    ensure(belongs, "the group of a pattern")
}

fn except(row: &ExceptRow, rules: usize) -> Check {
    let ExceptRow { text: _, scope, spares } = row;
    match spares {
        Spares::Inside | Spares::After(_) | Spares::Before(_) | Spares::Quoted => {}
    }
    ensure(
        match scope {
            ExceptScope::Rule(rule) => rule.index() < rules,
            ExceptScope::File(_) => true,
        },
        "whose exception one is",
    )
}
