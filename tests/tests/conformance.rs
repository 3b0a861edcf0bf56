//! The engine over all cases: one text at a time, in batches with any number of
//! workers, compiled to bytes and loaded again, and through the JSON report.

use std::collections::{BTreeMap, BTreeSet};
use tamis::{Input, Offsets, Ruleset};
use tamis_conformance::cases::{self, Case};
use tamis_conformance::{check, engine, outcome};

/// Fails with every difference of every case, by name.
fn all(each: impl Fn(&Case, &Ruleset) -> Vec<String>) {
    let cases = cases::load().unwrap();
    let mut failures = Vec::new();
    for case in &cases {
        let ruleset = case.load().and_then(|policy| policy.compile());
        let differences = match ruleset {
            Ok(ruleset) => each(case, &ruleset),
            Err(error) => vec![error.to_string()],
        };
        if !differences.is_empty() {
            failures.push(check::report(case, &differences));
        }
    }
    assert!(failures.is_empty(), "{} failed:\n\n{}", failures.len(), failures.join("\n"));
    assert!(cases.len() >= 430, "only {} cases", cases.len());
}

#[test]
fn one_text_at_a_time() {
    all(|case, ruleset| {
        let input = case.input();
        let verdict = ruleset.classify(&input);
        let outcome = engine::outcome(ruleset, verdict.as_ref(), &input);
        let mut differences = check::differences(case, &outcome);
        let redacted = engine::redacted(ruleset, verdict.as_ref(), &input);
        differences.extend(check::redaction_differences(case, &redacted));
        differences
    });
}

#[test]
fn compiled_to_bytes_and_loaded_again() {
    all(|case, made| {
        let loaded = match Ruleset::from_bytes(&made.to_bytes()) {
            Ok(loaded) => loaded,
            Err(error) => return vec![format!("what was written {error}")],
        };
        assert_eq!(loaded.fingerprint(), made.fingerprint());
        let input = case.input();
        let (verdict, original) = (loaded.classify(&input), made.classify(&input));
        let json = |ruleset: &Ruleset| {
            let report = ruleset.report(&verdict, &input, Offsets::Codepoints);
            serde_json::to_string(&report).unwrap()
        };
        assert_eq!(verdict, original);
        assert_eq!(json(&loaded), json(made));
        let outcome = engine::outcome(&loaded, verdict.as_ref(), &input);
        check::differences(case, &outcome)
    });
}

#[test]
fn in_batches_with_any_number_of_workers() {
    all(|case, ruleset| {
        // The row in question stands among others, so that order matters.
        let inputs: Vec<Input<'_>> = (0..9)
            .map(|row| if row % 2 == 0 { case.input() } else { Input::new("something else") })
            .collect();
        let mut differences = Vec::new();
        for workers in [1, 2, 8] {
            let batch = ruleset.classify_batch_with(&inputs, workers);
            assert_eq!(batch.len(), inputs.len());
            for (row, verdict) in batch.iter().enumerate().filter(|(row, _)| row % 2 == 0) {
                let outcome = engine::outcome(ruleset, verdict, &inputs[row]);
                let found = check::differences(case, &outcome);
                differences
                    .extend(found.iter().map(|d| format!("{workers} workers, row {row}: {d}")));
            }
        }
        differences
    });
}

#[test]
fn through_the_json_report() {
    all(|case, ruleset| {
        let input = case.input();
        let verdict = ruleset.classify(&input);
        let report = ruleset.report(&verdict, &input, Offsets::Codepoints);
        let json = serde_json::to_value(&report).unwrap();
        let outcome = engine::outcome(ruleset, verdict.as_ref(), &input);
        report_differences(case, &json, &outcome)
    });
}

/// A pending case that passes is done: it belongs with the others.
#[test]
fn pending_cases_are_still_pending() {
    let mut done = Vec::new();
    for case in cases::load_pending().unwrap() {
        let ruleset = case.load().and_then(|policy| policy.compile()).unwrap();
        let input = case.input();
        let outcome = engine::outcome(&ruleset, ruleset.classify(&input).as_ref(), &input);
        if check::differences(&case, &outcome).is_empty() {
            done.push(case.title());
        }
    }
    assert!(done.is_empty(), "they pass, move them to tests/cases:\n{}", done.join("\n"));
}

/// The report must say what the verdict says; the verdict is checked above.
fn report_differences(
    case: &Case,
    json: &serde_json::Value,
    outcome: &outcome::Outcome,
) -> Vec<String> {
    let mut out = Vec::new();
    let mut same = |what: &str, report: serde_json::Value, verdict: serde_json::Value| {
        if report != verdict {
            out.push(format!("{what}: the report says {report}, the verdict {verdict}"));
        }
    };
    same("action", json["action"].clone(), outcome.action.as_str().into());
    same("shadow", json["shadow"]["action"].clone(), outcome.shadow_action.as_str().into());
    same("exempt", json["exempt"].clone(), outcome.exempt.into());
    let scores = |pairs: Vec<(String, f64)>| serde_json::json!(BTreeMap::from_iter(pairs));
    let reported = json["labels"].as_array().into_iter().flatten();
    let reported = reported.map(|l| {
        (l["label"].as_str().unwrap_or("?").to_owned(), l["score"].as_f64().unwrap_or(f64::NAN))
    });
    let labels = outcome.labels.iter().map(|l| (l.label.clone(), l.score.to_f64())).collect();
    same("labels", scores(reported.collect()), scores(labels));
    let reported = json["labels"].as_array().into_iter().flatten();
    let reported: Vec<Option<u64>> =
        reported.map(|l| l["probability"].as_f64().map(outcome::trillionths)).collect();
    let probabilities: Vec<_> = outcome.labels.iter().map(|l| l.probability).collect();
    same("probabilities", serde_json::json!(reported), serde_json::json!(probabilities));
    for (what, rules, fired) in [
        ("rules", &json["rules"], &outcome.fired),
        ("shadow", &json["shadow"]["rules"], &outcome.shadow),
    ] {
        let verdict: Vec<_> = fired
            .iter()
            .map(|f| {
                let matches: Vec<_> = f.matches.iter().map(|m| match_json(case, m)).collect();
                serde_json::json!({ "rule": f.rule, "points": f.points.to_f64(), "matches": matches })
            })
            .collect();
        let report: Vec<_> = rules.as_array().into_iter().flatten().map(without_extras).collect();
        same(what, report.into(), verdict.into());
    }
    out
}

fn match_json(case: &Case, m: &tamis_conformance::outcome::MatchOutcome) -> serde_json::Value {
    let points = |bytes: usize| case.field(&m.field)[..bytes].chars().count();
    serde_json::json!({
        "group": m.group, "pattern": m.pattern, "field": m.field, "text": m.text,
        "start": points(m.span.start), "end": points(m.span.end), "kinds": m.kinds,
        "cost": f64::from(m.cost) / 10.0,
    })
}

/// A rule of a report with only what [`match_json`] knows.
fn without_extras(rule: &serde_json::Value) -> serde_json::Value {
    let matches = rule["matches"].as_array().into_iter().flatten().map(|m| {
        let mut m = m.clone();
        // What was undone is left out where nothing was. Here it is a set.
        let kinds = m["evasion"]["kinds"].as_array();
        let kinds: BTreeSet<&str> =
            kinds.into_iter().flatten().filter_map(|k| k.as_str()).collect();
        let kinds = serde_json::json!(kinds);
        let cost = m["evasion"]["cost"].as_f64().unwrap_or(0.0);
        if let Some(map) = m.as_object_mut() {
            map.remove("evasion");
            map.insert("kinds".to_owned(), kinds);
            map.insert("cost".to_owned(), cost.into());
        }
        m
    });
    serde_json::json!({
        "rule": rule["rule"], "points": rule["points"], "matches": matches.collect::<Vec<_>>(),
    })
}
