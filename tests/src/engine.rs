//! The engine's answers in the form of [`Outcome`].

use crate::outcome::{FiredOutcome, LabelOutcome, MatchOutcome, Outcome, UndecidedOutcome};
use std::collections::BTreeMap;
use tamis::{Fired, Input, Match, RedactOptions, Ruleset, VerdictRef};

/// A verdict by names.
pub fn outcome(ruleset: &Ruleset, verdict: VerdictRef<'_>, input: &Input<'_>) -> Outcome {
    let rule = |index: usize| ruleset.rules()[index].id.clone();
    let found = |m: &Match| {
        let text = ruleset.field_text(input, m.field);
        MatchOutcome {
            rule: rule(m.rule.index()),
            group: ruleset.group_name(m.group).to_owned(),
            pattern: ruleset.pattern_text(m.pattern).to_owned(),
            field: ruleset.field_name(m.field).to_owned(),
            span: m.raw.range(),
            // A span that cuts a character fails here, which is what it should do.
            text: text[m.raw.range()].to_owned(),
            kinds: m.kinds.names().map(str::to_owned).collect(),
            cost: u32::from(m.cost),
        }
    };
    let fired = |fired: &[Fired]| {
        let one = |f: &Fired| FiredOutcome {
            rule: rule(f.rule.index()),
            points: f.points,
            matches: verdict.matches_of(f.rule).map(found).collect(),
        };
        fired.iter().map(one).collect()
    };
    let undecided = verdict.undecided().iter().map(|u| UndecidedOutcome {
        rule: rule(u.rule.index()),
        missing: u.missing.iter().map(|&f| ruleset.fact_name(f).to_owned()).collect(),
    });
    Outcome {
        action: ruleset.action_name(verdict.action()).to_owned(),
        shadow_action: ruleset.action_name(verdict.shadow_action()).to_owned(),
        exempt: verdict.exempt(),
        labels: verdict
            .labels()
            .iter()
            .map(|l| LabelOutcome {
                label: ruleset.labels()[l.label.index()].name.clone(),
                score: l.score,
                probability: ruleset.labels()[l.label.index()]
                    .probability(l.score)
                    .map(crate::outcome::trillionths),
                action: ruleset.action_name(l.action).to_owned(),
            })
            .collect(),
        fired: fired(verdict.fired()),
        shadow: fired(verdict.shadow()),
        undecided: undecided.collect(),
        invalid_facts: verdict
            .invalid_facts()
            .iter()
            .map(|&f| ruleset.fact_name(f).to_owned())
            .collect(),
        suppressed: verdict
            .matches()
            .iter()
            .filter(|m| m.suppressed_by.is_some())
            .map(found)
            .collect(),
    }
}

/// The texts of a document after redaction with stars, by field.
pub fn redacted(
    ruleset: &Ruleset,
    verdict: VerdictRef<'_>,
    input: &Input<'_>,
) -> BTreeMap<String, String> {
    let texts = ruleset.redact(verdict, input, &RedactOptions::default());
    let names = input.fields().iter().map(|f| f.name.as_deref().unwrap_or("text").to_owned());
    names.zip(texts.into_iter().map(std::borrow::Cow::into_owned)).collect()
}
