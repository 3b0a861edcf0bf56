//! `override:`, changes to inherited rules.

use crate::diag::{Code, Diagnostic, Sink};
use crate::spec::glob;
use crate::spec::model::{Group, Override, Pattern, PatternOptions, Policy, Rule};
use crate::spec::suggest::nearest;
use rustc_hash::FxHashMap;

/// Changes `rules`, all that `own` inherits, as `own` says, in the order it is written.
pub(super) fn apply(own: &Policy, rules: &mut [Rule], sink: &mut Sink) {
    let named = |(at, rule): (usize, &Rule)| Some((rule.id.as_ref()?.value.clone(), at));
    let ids: FxHashMap<String, usize> = rules.iter().enumerate().filter_map(named).collect();
    for change in &own.overrides {
        let target = change.target.as_str();
        if !glob::is_glob(target) {
            match ids.get(target) {
                Some(&at) => apply_to(&mut rules[at], change, sink),
                None => report_unmatched(own, change, &ids, sink),
            }
            continue;
        }
        let mut found = false;
        for rule in rules.iter_mut() {
            if rule.id.as_ref().is_some_and(|id| glob::matches(target, id)) {
                apply_to(rule, change, sink);
                found = true;
            }
        }
        if !found {
            report_unmatched(own, change, &ids, sink);
        }
    }
}

fn report_unmatched(
    own: &Policy,
    change: &Override,
    ids: &FxHashMap<String, usize>,
    sink: &mut Sink,
) {
    if sink.is_full() {
        return; // suggestions take time
    }
    let target = &change.target;
    let message = format!("`{}` overrides nothing: no inherited rule is called so", target.value);
    let mut diagnostic = Diagnostic::new(Code::UnmatchedOverride, target.span, message);
    let is_target = |rule: &Rule| rule.id.as_ref().is_some_and(|id| id.value == target.value);
    let is_own = own.rules.iter().any(is_target);
    let hint = if is_own {
        "the rule is written in this file: change it there".to_owned()
    } else if own.extends.is_empty() {
        "`override` changes inherited rules, and this file extends nothing".to_owned()
    } else {
        let mut names: Vec<&str> = ids.keys().map(String::as_str).collect();
        names.sort_unstable();
        // Most slips leave out what stands before the dot.
        let bases = names.iter().filter_map(|name| name.split_once('.')).map(|name| name.0);
        let glob = target.split_once('.').filter(|_| glob::is_glob(target));
        let glob = glob.and_then(|(base, rest)| {
            nearest(base, bases.clone())
                .filter(|near| *near != base)
                .map(|near| format!("{near}.{rest}"))
        });
        let whole = match &glob {
            Some(glob) => Some(glob.as_str()),
            None if glob::is_glob(target) => None,
            None => nearest(target, names.iter().copied()),
        };
        let last = |name: &&&str| name.rsplit('.').next() == Some(target.as_str());
        if let Some(meant) = names.iter().find(last).copied().or(whole) {
            diagnostic = diagnostic.meant(target.span, meant, false);
        }
        let example = names.first().map_or("BASE.rule", |name| name);
        let limited = own.extends.iter().any(|entry| entry.only.is_some());
        let limited = if limited { "; what `only` leaves out is not inherited" } else { "" };
        format!("inherited rules are named after their base, such as `{example}`{limited}")
    };
    sink.push(diagnostic.hint(hint));
}

/// Keys that were written replace; what was reported as wrong changes nothing.
fn apply_to(rule: &mut Rule, change: &Override, sink: &mut Sink) {
    for key in &change.keys {
        replace(rule, &change.patch, key);
    }
    rule.except.extend(change.add_except.iter().cloned());
    for group in &change.add_patterns {
        add_patterns(rule, group, sink);
    }
}

fn replace(rule: &mut Rule, patch: &Rule, key: &str) {
    fn put<T: Clone>(into: &mut Option<T>, from: Option<&T>) {
        if let Some(from) = from {
            *into = Some(from.clone());
        }
    }
    match key {
        "label" => put(&mut rule.label, patch.label.as_ref()),
        "points" => put(&mut rule.points, patch.points.as_ref()),
        "action" => put(&mut rule.action, patch.action.as_ref()),
        "description" => put(&mut rule.description, patch.description.as_ref()),
        "message" => put(&mut rule.message, patch.message.as_ref()),
        "tags" => rule.tags.clone_from(&patch.tags),
        "meta" => rule.meta.clone_from(&patch.meta),
        "lang" => put(&mut rule.lang, patch.lang.as_ref()),
        "in" => put(&mut rule.fields, patch.fields.as_ref()),
        "evasion" => put(&mut rule.evasion, patch.evasion.as_ref()),
        "inflect" => put(&mut rule.inflect, patch.inflect.as_ref()),
        "patterns" if !patch.groups.is_empty() => rule.groups.clone_from(&patch.groups),
        "when" if patch.when.is_some() => {
            rule.when.clone_from(&patch.when);
            rule.when_scope = 0;
        }
        "except" => rule.except.clone_from(&patch.except),
        "repeat" => put(&mut rule.repeat, patch.repeat.as_ref()),
        "redact" => put(&mut rule.redact, patch.redact.as_ref()),
        "mode" => put(&mut rule.mode, patch.mode.as_ref()),
        "expires" => put(&mut rule.expires, patch.expires.as_ref()),
        "tests" => rule.tests.clone_from(&patch.tests),
        "lint_ignore" => rule.lint_ignore.clone_from(&patch.lint_ignore),
        _ => {}
    }
}

/// Appends to the group of that name. A group the rule does not have would have no
/// say in its condition; without a condition it has.
fn add_patterns(rule: &mut Rule, added: &Group, sink: &mut Sink) {
    let name = &added.name;
    if let Some(group) = rule.groups.iter_mut().find(|group| group.name.value == name.value) {
        let with_options = added.patterns.iter().map(|p| with_options(p, &added.options));
        group.patterns.extend(with_options);
    } else if rule.when.is_none() {
        rule.groups.push(added.clone());
    } else {
        let id = rule.id.as_ref().map_or("", |id| id.as_str());
        let message = format!("the rule `{id}` has no group `{}` to add to", name.value);
        let names: Vec<&str> = rule.groups.iter().map(|group| group.name.as_str()).collect();
        let mut diagnostic = Diagnostic::new(Code::UnknownName, name.span, message);
        if let Some(meant) = nearest(name, names.iter().copied()) {
            diagnostic = diagnostic.meant(name.span, meant, false);
        }
        let listed: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        sink.push(diagnostic.hint(if names.is_empty() {
            "the rule has no patterns; override its `when` and `patterns` together".to_owned()
        } else {
            format!(
                "name the group: `add_patterns: {{ {}: […] }}`; it has {}",
                names[0],
                listed.join(", ")
            )
        }));
    }
}

/// A pattern with what its group says, where it says nothing itself.
fn with_options(pattern: &Pattern, group: &PatternOptions) -> Pattern {
    let mut pattern = pattern.clone();
    let own = pattern.options;
    pattern.options = PatternOptions {
        fields: own.fields.or_else(|| group.fields.clone()),
        evasion: own.evasion.or_else(|| group.evasion.clone()),
        inflect: own.inflect.or_else(|| group.inflect.clone()),
        boundary: own.boundary.or_else(|| group.boundary.clone()),
        case_sensitive: own.case_sensitive.or_else(|| group.case_sensitive.clone()),
        veto: own.veto.or_else(|| group.veto.clone()),
        view: own.view.or_else(|| group.view.clone()),
    };
    pattern
}
