//! What is declared and never used.

use super::Compile;
use crate::diag::{Code, Diagnostic};
use crate::ids::{FactId, GroupId, ModelId};
use crate::spec::model::{self, PatternKind};
use rustc_hash::FxHashSet;

/// A list that no pattern, exception or other list names.
pub(super) fn lists(compile: &mut Compile<'_>) {
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
pub(super) fn groups(compile: &mut Compile<'_>) {
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

/// A fact that no condition asks for.
pub(super) fn facts(compile: &mut Compile<'_>) {
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

/// Models that no condition asks for.
pub(super) fn models(compile: &mut Compile<'_>) {
    let used: FxHashSet<ModelId> =
        compile.mentions.iter().flat_map(|m| &m.models).copied().collect();
    for (at, model) in compile.spec.models.iter().enumerate() {
        if used.contains(&ModelId::new(at)) {
            continue;
        }
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
