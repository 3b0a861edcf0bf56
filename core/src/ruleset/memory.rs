//! How much heap memory a ruleset holds: counted from what each list has reserved.

use super::expiry::Expiry;
use super::tables::{
    DomainRow, EntityRow, ExceptRow, FactInfo, GroupRow, LabelInfo, Needles, PatternRow, RegexRow,
    RuleInfo, RuleLogic, Tables,
};
use super::{Inner, Origin, Ruleset};
use crate::diag::{Diagnostic, Diagnostics, SourceFile};
use crate::program::Program;
use crate::span::Spanned;
use crate::spec::model::{Pattern, PatternKind, RuleTests, TestCase, Value};

impl Ruleset {
    /// Bytes of memory the ruleset holds: tables, maps and automata, names, and the policy,
    /// for warnings and why-not; compiled bytes come without it. Tables that all rulesets share, such as those of
    /// Unicode, and the buffers of [`Ruleset::scratch`] are not in it.
    pub fn memory_usage(&self) -> usize {
        let inner = self.inner();
        let Inner { tables, matcher, wake, fact_names, fingerprint, warnings, expiries, .. } =
            inner;
        size_of::<Inner>()
            + of_tables(tables)
            + matcher.memory_usage()
            + wake.memory_usage()
            + fact_names.memory_usage()
            + fingerprint.capacity()
            + of_warnings(warnings)
            + inner.origin.as_ref().map_or(0, of_origin)
            + expiries.capacity() * size_of::<Expiry>()
            + expiries.iter().map(|e| e.rule.capacity()).sum::<usize>()
    }
}

/// What a list has reserved, without what its entries point to.
fn list<T>(list: &Vec<T>) -> usize {
    list.capacity() * size_of::<T>()
}

fn texts(texts: &Vec<String>) -> usize {
    list(texts) + texts.iter().map(String::capacity).sum::<usize>()
}

fn option(text: Option<&String>) -> usize {
    text.map_or(0, String::capacity)
}

/// A list with what each entry points to.
fn deep<T>(entries: &Vec<T>, of: impl Fn(&T) -> usize) -> usize {
    list(entries) + entries.iter().map(of).sum::<usize>()
}

/// Bytes of heap memory of the tables.
pub(crate) fn of_tables(tables: &Tables) -> usize {
    let Tables {
        policy,
        version,
        actions,
        labels,
        facts,
        fields,
        named_fields: _,
        rules,
        logic,
        order,
        groups,
        patterns,
        excepts,
        program: Program { nodes, children, texts: quoted },
        exempt: _,
        saturated: _,
        needles: Needles { list: needles, steps, marks, uses },
        regexes,
        entities,
        domains,
        models,
        limits: _,
    } = tables;
    policy.capacity()
        + deep(models, |row| row.name.capacity() + row.model.memory_usage())
        + option(version.as_ref())
        + texts(actions)
        + texts(fields)
        + deep(labels, |LabelInfo { name, description, thresholds, calibration: _ }| {
            name.capacity() + option(description.as_ref()) + list(thresholds)
        })
        + deep(facts, |FactInfo { name, kind: _, default }| {
            name.capacity()
                + match default {
                    Some(Value::Text(text)) => text.capacity(),
                    Some(Value::Set(items)) => texts(items),
                    _ => 0,
                }
        })
        + deep(rules, of_rule)
        + deep(logic, |RuleLogic { facts, redact, langs, .. }| {
            list(facts) + redact.as_ref().map_or(0, list) + texts(langs)
        })
        + list(order)
        + deep(groups, |GroupRow { name, rule: _ }| name.capacity())
        + deep(patterns, |PatternRow { text, .. }| text.capacity())
        + deep(excepts, |ExceptRow { text, .. }| text.capacity())
        + (list(nodes) + list(children) + texts(quoted))
        + (list(needles) + list(steps) + list(marks) + list(uses))
        + deep(regexes, |RegexRow { source, uses, .. }| source.capacity() + list(uses))
        + deep(entities, |EntityRow { options, uses, .. }| options.memory_usage() + list(uses))
        + deep(domains, |DomainRow { name, uses, .. }| name.capacity() + list(uses))
}

fn of_rule(rule: &RuleInfo) -> usize {
    let RuleInfo { id, message, description, tags, meta, .. } = rule;
    id.capacity()
        + option(message.as_ref())
        + option(description.as_ref())
        + texts(tags)
        + deep(meta, |(name, value)| name.capacity() + value.capacity())
}

fn of_warnings(warnings: &Diagnostics) -> usize {
    let of_file = |file: &SourceFile| {
        size_of::<SourceFile>()
            + file.name().len()
            + file.text().len()
            + 4 * file.line_count() as usize
    };
    warnings.sources().files().iter().map(of_file).sum::<usize>()
        + warnings.iter().map(of_warning).sum::<usize>()
}

fn of_warning(warning: &Diagnostic) -> usize {
    let Diagnostic { code: _, message, span: _, label, labels, hint, fix } = warning;
    size_of_val(warning)
        + (message.capacity() + label.capacity() + option(hint.as_ref()))
        + deep(labels, |label| label.text.capacity())
        + fix.as_ref().map_or(0, |fix| deep(&fix.patches, |patch| patch.text.capacity()))
}

/// What holds the bulk of a policy: its words, and the texts of its tests. The policy may be
/// shared with who compiled it; it is counted here as well.
fn of_origin(Origin { policy, node_places, except_places }: &Origin) -> usize {
    let spec = policy.spec();
    size_of_val(spec)
        + (list(node_places) + list(except_places))
        + deep(&spec.lists, |list| {
            list.name.value.capacity() + size_of_val(list.entries()) + patterns(list.entries())
        })
        + deep(&spec.rules, |rule| {
            rule.id.as_ref().map_or(0, |id| id.value.capacity())
                + deep(&rule.groups, |group| list(&group.patterns) + patterns(&group.patterns))
                + list(&rule.except)
                + of_tests(&rule.tests)
        })
        + deep(&spec.tests, |(_, cases)| of_cases(cases))
}

fn patterns(patterns: &[Pattern]) -> usize {
    patterns
        .iter()
        .map(|pattern| match &pattern.kind {
            PatternKind::Text(text) | PatternKind::Regex(text) | PatternKind::Domain(text) => {
                text.value.capacity()
            }
            PatternKind::List { name, .. } | PatternKind::Entity { name, .. } => {
                name.value.capacity()
            }
        })
        .sum()
}

fn of_tests(RuleTests { hit, pass, todo_hit, todo_pass }: &RuleTests) -> usize {
    [hit, pass, todo_hit, todo_pass].into_iter().map(of_cases).sum()
}

fn of_cases(cases: &Vec<TestCase>) -> usize {
    let field = |(name, text): &(Spanned<String>, Spanned<String>)| {
        name.value.capacity() + text.value.capacity()
    };
    deep(cases, |case| deep(&case.fields, field))
}
