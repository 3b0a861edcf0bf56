//! What a case expects against what came out.

use crate::cases::{Case, ExpectedMatch, ExpectedMatchData, ExpectedRule, ExpectedTexts};
use crate::outcome::{FiredOutcome, MatchOutcome, Outcome, trillionths};
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::fmt::Write as _;
use tamis::Milli;

/// Everything that differs, one line each; nothing when the case holds.
pub fn differences(case: &Case, outcome: &Outcome) -> Vec<String> {
    let expect = &case.expect;
    let mut out = Vec::new();
    compare(&mut out, "action", expect.action.as_ref(), &outcome.action);
    compare(&mut out, "shadow_action", expect.shadow_action.as_ref(), &outcome.shadow_action);
    compare(&mut out, "exempt", expect.exempt.as_ref(), &outcome.exempt);
    compare(&mut out, "invalid_facts", expect.invalid_facts.as_ref(), &outcome.invalid_facts);
    let scores = expect
        .scores
        .as_ref()
        .map(|scores| scores.iter().map(|(label, score)| (label.clone(), milli(*score))).collect());
    let actual: BTreeMap<String, Milli> =
        outcome.labels.iter().map(|l| (l.label.clone(), l.score)).collect();
    compare(&mut out, "scores", scores.as_ref(), &actual);
    let probabilities = expect
        .probabilities
        .as_ref()
        .map(|all| all.iter().map(|(label, value)| (label.clone(), trillionths(*value))).collect());
    let actual: BTreeMap<String, u64> = outcome
        .labels
        .iter()
        .filter_map(|label| Some((label.label.clone(), label.probability?)))
        .collect();
    compare(&mut out, "probabilities", probabilities.as_ref(), &actual);
    let actual = outcome.labels.iter().map(|l| (l.label.clone(), l.action.clone())).collect();
    compare(&mut out, "labels", expect.labels.as_ref(), &actual);
    let found: Vec<String> =
        outcome.fired.iter().flat_map(|f| &f.matches).map(|m| m.text.clone()).collect();
    compare(&mut out, "found", expect.found.as_ref(), &found);
    let undecided = expect
        .undecided
        .as_ref()
        .map(|list| list.iter().map(|u| (u.rule.clone(), u.missing.clone())).collect::<Vec<_>>());
    let actual = outcome.undecided.iter().map(|u| (u.rule.clone(), u.missing.clone())).collect();
    compare(&mut out, "undecided", undecided.as_ref(), &actual);
    rules(case, &mut out, "fired", expect.fired.as_deref(), &outcome.fired);
    rules(case, &mut out, "shadow", expect.shadow.as_deref(), &outcome.shadow);
    if let Some(expected) = &expect.suppressed {
        matches(case, &mut out, "suppressed", expected, &outcome.suppressed);
    }
    out
}

/// What differs in the redacted texts, given by field (`text` for the only one).
pub fn redaction_differences(case: &Case, redacted: &BTreeMap<String, String>) -> Vec<String> {
    let expected = case.expect.redacted.as_ref().map(|texts| match texts {
        ExpectedTexts::Text(text) => BTreeMap::from([("text".to_owned(), text.clone())]),
        ExpectedTexts::Fields(fields) => fields.clone(),
    });
    let mut out = Vec::new();
    compare(&mut out, "redacted", expected.as_ref(), redacted);
    out
}

/// A case that fails, as text.
pub fn report(case: &Case, differences: &[String]) -> String {
    let mut text = format!("{}\n", case.title());
    for (name, value) in &case.fields {
        let _ = writeln!(text, "  {}: {value:?}", name.as_deref().unwrap_or("text"));
    }
    for difference in differences {
        let _ = writeln!(text, "  {difference}");
    }
    text
}

fn compare<T: PartialEq + Debug>(
    out: &mut Vec<String>,
    what: &str,
    expected: Option<&T>,
    actual: &T,
) {
    if let Some(expected) = expected
        && expected != actual
    {
        out.push(format!("{what}: expected {expected:?}, got {actual:?}"));
    }
}

fn rules(
    case: &Case,
    out: &mut Vec<String>,
    what: &str,
    expected: Option<&[ExpectedRule]>,
    actual: &[FiredOutcome],
) {
    let Some(expected) = expected else { return };
    let expected: Vec<_> = expected.iter().map(ExpectedRule::data).collect();
    let ids: Vec<&str> = expected.iter().map(|r| r.rule.as_str()).collect();
    let got: Vec<&str> = actual.iter().map(|r| r.rule.as_str()).collect();
    if ids != got {
        out.push(format!("{what}: expected {ids:?}, got {got:?}"));
        return;
    }
    for (expected, actual) in expected.iter().zip(actual) {
        let what = format!("{what}.{}", actual.rule);
        let points = expected.points.map(milli);
        compare(out, &format!("{what}.points"), points.as_ref(), &actual.points);
        if let Some(expected) = &expected.matches {
            matches(case, out, &what, expected, &actual.matches);
        }
    }
}

fn matches(
    case: &Case,
    out: &mut Vec<String>,
    what: &str,
    expected: &[ExpectedMatch],
    actual: &[MatchOutcome],
) {
    let seen: Vec<ExpectedMatchData> = actual.iter().map(|m| described(case, m)).collect();
    let same = expected.len() == seen.len()
        && expected.iter().zip(&seen).all(|(expected, seen)| agrees(&expected.data(), seen));
    if !same {
        let expected: Vec<String> = expected.iter().map(|m| line(&m.data())).collect();
        let seen: Vec<String> = seen.iter().map(line).collect();
        out.push(format!("{what}: expected [{}], got [{}]", expected.join("; "), seen.join("; ")));
    }
}

/// A match in the terms of cases: offsets are code points.
fn described(case: &Case, found: &MatchOutcome) -> ExpectedMatchData {
    let text = case.field(&found.field);
    let points = |bytes: usize| text[..bytes].chars().count();
    ExpectedMatchData {
        rule: Some(found.rule.clone()),
        group: Some(found.group.clone()),
        pattern: Some(found.pattern.clone()),
        field: Some(found.field.clone()),
        start: Some(points(found.span.start)),
        end: Some(points(found.span.end)),
        text: Some(found.text.clone()),
        kinds: Some(found.kinds.clone()),
        cost: Some(f64::from(found.cost) / 10.0),
    }
}

fn agrees(expected: &ExpectedMatchData, seen: &ExpectedMatchData) -> bool {
    fn given<T: PartialEq>(expected: Option<&T>, seen: Option<&T>) -> bool {
        expected.is_none() || expected == seen
    }
    given(expected.rule.as_ref(), seen.rule.as_ref())
        && given(expected.group.as_ref(), seen.group.as_ref())
        && given(expected.pattern.as_ref(), seen.pattern.as_ref())
        && given(expected.field.as_ref(), seen.field.as_ref())
        && given(expected.start.as_ref(), seen.start.as_ref())
        && given(expected.end.as_ref(), seen.end.as_ref())
        && given(expected.text.as_ref(), seen.text.as_ref())
        && given(expected.kinds.as_ref(), seen.kinds.as_ref())
        && given(expected.cost.as_ref(), seen.cost.as_ref())
}

fn line(m: &ExpectedMatchData) -> String {
    let mut parts = Vec::new();
    let texts = [&m.rule, &m.group, &m.pattern, &m.field];
    parts.extend(texts.into_iter().flatten().cloned());
    if m.start.is_some() || m.end.is_some() {
        let number = |n: Option<usize>| n.map_or_else(|| "?".to_owned(), |n| n.to_string());
        parts.push(format!("{}..{}", number(m.start), number(m.end)));
    }
    parts.extend(m.text.as_ref().map(|t| format!("{t:?}")));
    parts.extend(m.kinds.as_ref().map(|k| format!("{k:?}")));
    parts.extend(m.cost.map(|cost| format!("cost {cost}")));
    parts.join(" ")
}

/// Scores of cases have at most three places.
fn milli(score: f64) -> Milli {
    Milli((score * 1000.0).round() as i64)
}
