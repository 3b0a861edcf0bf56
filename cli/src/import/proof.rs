//! What the engine says to an import: whether a regex can be used, what tests a rule can be
//! given, and what is to be said of the whole policy.

use super::draft::{Draft, Exception, Fact, Kind, Mode, Pattern, Rule, Sample};
use super::{phrase, regex as regexes, write};
use std::collections::BTreeMap;
use tamis::diag::{Diagnostics, Severity};
use tamis::{Input, Policy, Ruleset};

/// Says why the engine cannot use a regex.
pub(crate) fn regex(regex: &str, case_sensitive: bool) -> Result<(), String> {
    let pattern = Pattern::new(Kind::Regex(regex.to_owned())).case_sensitive(case_sensitive);
    let draft = Draft {
        name: "proof".to_owned(),
        rules: vec![Rule {
            id: "rule".to_owned(),
            action: Some("review".to_owned()),
            groups: vec![super::draft::Group::unnamed(vec![pattern])],
            ..Rule::default()
        }],
        ..Draft::default()
    };
    match write::policy(&draft).parse::<Ruleset>() {
        Ok(_) => Ok(()),
        Err(error) => Err(first_error(error.diagnostics())),
    }
}

fn first_error(diagnostics: &Diagnostics) -> String {
    let first = diagnostics.iter().find(|d| d.severity() == Severity::Error);
    first.map_or_else(String::new, |d| d.message.clone())
}

/// Gives each rule that has none a test that it passes, where one is easily found.
pub(crate) fn add_tests(draft: &mut Draft) {
    for at in 0..draft.rules.len() {
        let rule = &draft.rules[at];
        let helper = rule.label.is_none() && rule.action.is_none();
        if !rule.hit.is_empty() || helper || rule.mode == Mode::Disabled {
            continue;
        }
        if let Some(sample) = sample(draft, rule) {
            draft.rules[at].hit.push(sample);
        }
    }
}

/// A document that makes the rule fire without any fact.
fn sample(draft: &Draft, rule: &Rule) -> Option<Sample> {
    let ruleset: Ruleset = write::policy(&draft_of(draft, rule)).parse().ok()?;
    (0..5).find_map(|n| {
        let candidates = [candidate(draft, rule, n, 1), candidate(draft, rule, n, usize::MAX)];
        candidates.into_iter().find(|sample| !sample.is_empty() && fires(&ruleset, sample))
    })
}

/// The `n`th sample of each of the first `most` groups, in the field where the group looks.
fn candidate(draft: &Draft, rule: &Rule, n: usize, most: usize) -> Sample {
    let mut fields: Sample = Vec::new();
    for group in rule.groups.iter().take(most) {
        let Some(text) = samples(draft, &group.patterns).nth(n).filter(|text| !text.is_empty())
        else {
            continue;
        };
        let own = if group.fields.is_empty() { &rule.fields } else { &group.fields };
        let first = draft.fields.first().copied();
        // The text of a test goes to the first field.
        let field = own.first().copied().filter(|&field| Some(field) != first).unwrap_or("");
        match fields.iter_mut().find(|(name, _)| *name == field) {
            Some((_, all)) => {
                all.push(' ');
                all.push_str(&text);
            }
            None => fields.push((field, text)),
        }
    }
    if fields.len() > 1 {
        // Beside other fields, the first one needs its name.
        for (name, _) in fields.iter_mut().filter(|(name, _)| name.is_empty()) {
            *name = draft.fields.first().copied().unwrap_or("text");
        }
    }
    fields
}

fn fires(ruleset: &Ruleset, sample: &Sample) -> bool {
    let mut input = Input::default();
    for (name, text) in sample {
        input = if name.is_empty() { Input::new(text) } else { input.field(*name, text.as_str()) };
    }
    let verdict = ruleset.classify(&input);
    verdict.as_ref().fired().iter().any(|fired| ruleset.rules()[fired.rule.index()].id == PROVED)
}

/// The name of the rule under test; others are there because it refers to them.
const PROVED: &str = "rule_under_test";

/// A policy of this rule alone, without parts that may not be built yet.
fn draft_of(draft: &Draft, rule: &Rule) -> Draft {
    let plain = |patterns: &[Pattern]| -> Vec<Pattern> {
        let usable = patterns.iter().filter(|p| !matches!(p.kind, Kind::Entity(_)));
        let stand_in = |pattern: &Pattern| match &pattern.kind {
            Kind::Domain(host) => Pattern::text(host.clone()).anywhere(true),
            _ => pattern.clone(),
        };
        usable.map(stand_in).collect()
    };
    let mut lone = rule.clone();
    PROVED.clone_into(&mut lone.id);
    lone.mode = Mode::Enforce;
    for group in &mut lone.groups {
        group.patterns = plain(&group.patterns);
        group.inflect = None;
    }
    lone.except.retain(|exception| *exception != Exception::Quoted);
    let used = |name: &str| {
        let patterns = rule.groups.iter().flat_map(|group| &group.patterns);
        patterns.into_iter().any(|p| matches!(&p.kind, Kind::List(list) if list == name))
    };
    let mentioned = |fact: &&Fact| rule.when.contains(&fact.name);
    Draft {
        name: "proof".to_owned(),
        fields: draft.fields.clone(),
        facts: draft.facts.iter().filter(mentioned).cloned().collect(),
        actions: draft.actions.clone(),
        labels: draft
            .labels
            .iter()
            .filter(|label| rule.label.as_ref() == Some(&label.name))
            .cloned()
            .collect(),
        lists: draft.lists.iter().filter(|list| used(&list.name)).cloned().collect(),
        except: draft.except.clone(),
        rules: vec![lone],
        ..Draft::default()
    }
}

/// Texts that the patterns match, one each.
fn samples<'d>(draft: &'d Draft, patterns: &'d [Pattern]) -> Box<dyn Iterator<Item = String> + 'd> {
    Box::new(patterns.iter().flat_map(|pattern| -> Box<dyn Iterator<Item = String> + 'd> {
        match &pattern.kind {
            Kind::Text(text) => Box::new(std::iter::once(phrase::sample(text))),
            Kind::Regex(regex) => Box::new(regexes::sample::of(regex).into_iter()),
            Kind::Domain(host) => Box::new(std::iter::once(format!("https://{host}/"))),
            Kind::Entity(_) => Box::new(std::iter::empty()),
            Kind::List(name) => match draft.lists.iter().find(|list| list.name == *name) {
                Some(list) => samples(draft, &list.entries),
                None => Box::new(std::iter::empty()),
            },
        }
    }))
}

/// What the engine says to a whole policy.
#[derive(Debug, Default)]
pub(crate) struct Checked {
    /// Warnings by name.
    pub(crate) warnings: BTreeMap<&'static str, u64>,
    /// Anything else: a fault of the importer.
    pub(crate) errors: Vec<String>,
}

/// Reads and compiles the policy's text.
pub(crate) fn check(text: &str) -> Checked {
    let diagnostics = match text.parse::<Policy>() {
        Ok(policy) => policy.lint(None),
        Err(error) => error.diagnostics().clone(),
    };
    let mut checked = Checked::default();
    for diagnostic in &diagnostics {
        match (diagnostic.severity(), diagnostic.code) {
            (Severity::Warning, code) => *checked.warnings.entry(code.name()).or_default() += 1,
            _ => checked.errors.push(diagnostics.render(diagnostic)),
        }
    }
    checked
}
