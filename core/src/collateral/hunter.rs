//! The policy as a ruleset that shows every match.

use crate::compile::{self, Purpose};
use crate::diag::PolicyError;
use crate::policy::Policy;
use crate::ruleset::Ruleset;
use crate::span::Spanned;
use crate::spec::model::{
    DEFAULT_ACTIONS, ExceptionKind, ListSource, Mode, Pattern, PatternOptions, Policy as Spec, Rule,
};

/// The rules that are `wanted`, each of which fires on any match, wherever in a document
/// it looks; without those that look for nothing or are switched off.
pub(super) fn compile(
    policy: &Policy,
    wanted: impl Fn(&Rule) -> bool,
) -> Result<Ruleset, PolicyError> {
    let mut spec = policy.spec().clone();
    let is_hunter = |rule: &Rule| {
        let disabled = rule.mode.as_ref().is_some_and(|mode| mode.value == Mode::Disabled);
        !rule.groups.is_empty() && !disabled && wanted(rule)
    };
    spec.rules.retain(is_hunter);
    spec.exempt = None;
    spec.fields.clear();
    let actions = spec.actions.iter().flatten().map(|action| action.value.as_str());
    let floor = actions.chain(DEFAULT_ACTIONS).nth(1).unwrap_or_default().to_owned();
    for rule in &mut spec.rules {
        rule.when = None;
        rule.repeat = None;
        rule.redact = None;
        rule.mode = None;
        rule.fields = None;
        // A helper would not be reported.
        if rule.label.is_none() && rule.action.is_none() {
            rule.action = Some(Spanned::new(floor.clone(), rule.span));
        }
        for group in &mut rule.groups {
            everywhere(&mut group.options);
            group.patterns.iter_mut().for_each(pattern_everywhere);
        }
    }
    exceptions_everywhere(&mut spec);
    compile::compile(&policy.with_spec(spec), Purpose::Trying { lenient: false })
}

/// With all fields one, nothing may name them.
fn exceptions_everywhere(spec: &mut Spec) {
    let rules = spec.rules.iter_mut().flat_map(|rule| &mut rule.except);
    let scopes = spec.scopes.iter_mut().flat_map(|scope| &mut scope.except);
    for exception in spec.except.iter_mut().chain(rules).chain(scopes) {
        match &mut exception.kind {
            ExceptionKind::Pattern(pattern) => pattern_everywhere(pattern),
            ExceptionKind::After { patterns, .. } | ExceptionKind::Before { patterns, .. } => {
                patterns.iter_mut().for_each(pattern_everywhere);
            }
            ExceptionKind::Quoted => {}
        }
    }
    for list in &mut spec.lists {
        match &mut list.source {
            ListSource::Inline(entries) | ListSource::File { entries, .. } => {
                entries.iter_mut().for_each(pattern_everywhere);
            }
            ListSource::Edit { add, .. } => add.iter_mut().for_each(pattern_everywhere),
        }
    }
}

fn pattern_everywhere(pattern: &mut Pattern) {
    everywhere(&mut pattern.options);
}

fn everywhere(options: &mut PatternOptions) {
    options.fields = None;
}
