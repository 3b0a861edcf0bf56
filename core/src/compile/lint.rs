//! Warnings: what compiles but is probably not meant.

use super::Compile;
use crate::decimal::Milli;
use crate::diag::{Code, Diagnostic, Severity, Sink};
use crate::ids::{FactId, GroupId, LabelId, ModelId, RuleId};
use crate::policy::Policy;
use crate::spec::model::{self, PatternKind};
use rustc_hash::FxHashSet;

/// Looks at the whole policy once everything is resolved.
pub(super) fn lint(compile: &mut Compile<'_>) {
    unused_lists(compile);
    unused_groups(compile);
    unused_facts(compile);
    unused_models(compile);
    unreachable_points(compile);
    missing_tests(compile);
}

/// Drops the warnings about files of bases, which their own authors see, and
/// those that the `lint_ignore` of a rule or override names.
pub(super) fn without_ignored(policy: &Policy, sink: Sink) -> Sink {
    let spec = policy.spec();
    let rules = spec.rules.iter().chain(spec.overrides.iter().map(|change| &change.patch));
    let mut quiet: Vec<&model::Rule> = rules.filter(|r| !r.lint_ignore.is_empty()).collect();
    // Rules of one file do not overlap, so the last that starts before a place is the
    // only one that can hold it.
    let start = |rule: &model::Rule| (rule.span.file, rule.span.start);
    quiet.sort_by_key(|rule| start(rule));
    sink.filtered(|diagnostic| {
        let span = diagnostic.span;
        let behind = quiet.partition_point(|rule| start(rule) <= (span.file, span.start));
        let rule = behind.checked_sub(1).map(|at| quiet[at]);
        let is_ignored = rule.is_some_and(|rule| {
            rule.span.file == span.file
                && span.end <= rule.span.end
                && rule.lint_ignore.iter().any(|name| name.value == diagnostic.code.name())
        });
        diagnostic.severity() == Severity::Error || (policy.is_own(span.file) && !is_ignored)
    })
}

fn unused_lists(compile: &mut Compile<'_>) {
    let spec = compile.spec;
    let mut used: FxHashSet<&str> = FxHashSet::default();
    let groups = spec.rules.iter().flat_map(|rule| &rule.groups);
    let mut note = |pattern: &'_ model::Pattern| {
        if let PatternKind::List { name, .. } = &pattern.kind {
            used.extend(spec.lists.iter().map(|l| l.name.as_str()).find(|n| *n == name.as_str()));
        }
    };
    groups.flat_map(|group| &group.patterns).for_each(&mut note);
    let exceptions = spec.rules.iter().flat_map(|rule| &rule.except).chain(&spec.except);
    for exception in exceptions {
        match &exception.kind {
            model::ExceptionKind::Pattern(pattern) => note(pattern),
            model::ExceptionKind::After { patterns, .. }
            | model::ExceptionKind::Before { patterns, .. } => patterns.iter().for_each(&mut note),
            model::ExceptionKind::Quoted => {}
        }
    }
    spec.lists.iter().flat_map(model::List::entries).for_each(&mut note);
    for list in &spec.lists {
        if !used.contains(list.name.as_str()) {
            compile.sink.push(
                Diagnostic::new(
                    Code::UnusedList,
                    list.name.span,
                    format!("nothing uses the list `{}`", list.name.value),
                )
                .hint(format!("use it as `{{ list: {} }}`, or remove it", list.name.value)),
            );
        }
    }
}

/// A group that the rule's condition does not mention has no say.
fn unused_groups(compile: &mut Compile<'_>) {
    let used: FxHashSet<GroupId> = compile.groups_used.iter().copied().collect();
    for (at, rule) in compile.spec.rules.iter().enumerate() {
        if rule.when.is_none() {
            continue;
        }
        let groups = compile.tables.logic[at].group_ids();
        for (group, id) in rule.groups.iter().zip(groups) {
            if !used.contains(&id) {
                compile.sink.push(
                    Diagnostic::new(
                        Code::UnusedGroup,
                        group.name.span,
                        format!("`when` does not ask for the group `{}`", group.name.value),
                    )
                    .hint("its matches change nothing; name it in `when`, or remove it"),
                );
            }
        }
    }
}

fn unused_facts(compile: &mut Compile<'_>) {
    let in_rules = compile.mentions.iter().flat_map(|m| &m.facts);
    let used: FxHashSet<FactId> = in_rules.chain(&compile.facts_used).copied().collect();
    for (at, fact) in compile.spec.facts.iter().enumerate() {
        if !used.contains(&FactId::new(at)) {
            compile.sink.push(
                Diagnostic::new(
                    Code::UnusedFact,
                    fact.name.span,
                    format!("no condition asks for the fact `{}`", fact.name.value),
                )
                .hint("use it in a `when`, or remove it"),
            );
        }
    }
}

fn unused_models(compile: &mut Compile<'_>) {
    let used: FxHashSet<ModelId> =
        compile.mentions.iter().flat_map(|m| &m.models).copied().collect();
    for (at, model) in compile.spec.models.iter().enumerate() {
        if !used.contains(&ModelId::new(at)) {
            let name = &model.name;
            compile.sink.push(
                Diagnostic::new(
                    Code::UnusedModel,
                    name.span,
                    format!("no condition asks for the model `{}`", name.value),
                )
                .hint(format!("use it in a `when`, such as `{} > 0.9`, or remove it", name.value)),
            );
        }
    }
}

/// A label whose rules together cannot reach its lowest threshold never acts.
fn unreachable_points(compile: &mut Compile<'_>) {
    for (at, label) in compile.spec.labels.iter().enumerate() {
        let id = LabelId::new(at);
        let lowest = compile.tables.labels[at].thresholds.iter().map(|&(_, t)| t).min();
        let most = (0..compile.tables.rules.len())
            .map(RuleId::new)
            .filter(|rule| compile.tables.rules[rule.index()].label == Some(id))
            .map(|rule| most_points(compile, rule))
            .try_fold(Milli::ZERO, |sum, points| Some(Milli(sum.0 + points?.0)));
        let message = match (lowest, most) {
            (Some(lowest), Some(most)) if most < lowest => format!(
                "the label `{}` can reach {most} points at most and acts from {lowest} on",
                label.name.value
            ),
            _ => continue,
        };
        compile.sink.push(
            Diagnostic::new(Code::UnreachablePoints, label.name.span, message)
                .hint("raise the points of its rules, add rules, or lower the threshold"),
        );
    }
}

/// The most a rule can add; `None` when there is no bound.
fn most_points(compile: &Compile<'_>, rule: RuleId) -> Option<Milli> {
    let points = compile.tables.rules[rule.index()].points.max(Milli::ZERO);
    match compile.tables.logic[rule.index()].repeat {
        Some(repeat) if repeat.each > Milli::ZERO => Some(repeat.max?.max(points)),
        _ => Some(points),
    }
}

/// A rule that acts should say with examples what it is for.
fn missing_tests(compile: &mut Compile<'_>) {
    for (at, rule) in compile.spec.rules.iter().enumerate() {
        let tests = &rule.tests;
        let helper = compile.tables.rules[at].is_helper();
        if helper || !tests.hit.is_empty() || !tests.todo_hit.is_empty() {
            continue;
        }
        let Some(id) = &rule.id else { continue };
        compile.sink.push(
            Diagnostic::new(
                Code::MissingTests,
                id.span,
                format!("the rule `{}` has no example of what it should catch", id.value),
            )
            .hint("add `tests: { hit: [\"…\"], pass: [\"…\"] }`; `tamis test` runs them"),
        );
    }
}
