//! The engine against the reference, and against itself, on generated policies and texts.
//!
//! `PROPTEST_CASES=100000 cargo test -p tamis-conformance --release --test properties`
//! looks longer; the default is a few seconds.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::{Value, json};
use tamis::{FactValue, Input, Policy, Ruleset};
use tamis_conformance::outcome::Outcome;
use tamis_conformance::reference::Reference;
use tamis_conformance::{engine, generate};

fn input<'t>(title: &'t str, body: &'t str, facts: &'t [(String, Value)]) -> Input<'t> {
    let input = Input::from_fields().field("title", title).field("body", body);
    facts
        .iter()
        .fold(input, |input, (name, value)| input.fact(name.as_str(), FactValue::from_json(value)))
}

/// The policy and its ruleset; `None` when the policy has an error, which
/// generated ones seldom have.
fn compile(policy: &Value) -> Option<(Policy, Ruleset)> {
    let policy: Policy = policy.to_string().parse().ok()?;
    let ruleset = policy.compile().ok()?;
    Some((policy, ruleset))
}

fn classify(ruleset: &Ruleset, input: &Input<'_>) -> Outcome {
    engine::outcome(ruleset, ruleset.classify(input).as_ref(), input)
}

/// A policy of one rule with one pattern.
fn one_pattern(pattern: &Value, except: &[&str]) -> Value {
    json!({
        "policy": "generated",
        "labels": { "harm": { "block": 1 } },
        "rules": [{
            "id": "r", "label": "harm", "points": 1,
            "patterns": [pattern], "except": except,
        }],
    })
}

/// The same cases on every run, so that a test run tells of the change it runs on;
/// with `PROPTEST_CASES` set, new ones.
fn config() -> ProptestConfig {
    let searching = std::env::var_os("PROPTEST_CASES").is_some();
    let rng_seed = if searching { RngSeed::Random } else { RngSeed::Fixed(2026) };
    ProptestConfig {
        max_global_rejects: 100_000,
        rng_seed,
        // What a run finds becomes a case in a file people can read.
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_engine_says_what_the_reference_says(
        policy in generate::policy(),
        title in generate::text(),
        body in generate::text(),
        facts in generate::facts(),
    ) {
        let compiled = compile(&policy);
        prop_assume!(compiled.is_some());
        let (parsed, ruleset) = compiled.expect("assumed");
        let reference = Reference::new(parsed.spec()).map_err(TestCaseError::fail)?;
        let input = input(&title, &body, &facts);
        prop_assert_eq!(classify(&ruleset, &input), reference.classify(&input), "engine, reference");
    }

    #[test]
    fn one_pattern_matches_where_the_reference_says(
        pattern in generate::pattern(),
        any in any::<bool>(),
        text in generate::text(),
    ) {
        let boundary = if any { "any" } else { "word" };
        let compiled = compile(&one_pattern(&json!({ "text": pattern, "boundary": boundary }), &[]));
        prop_assume!(compiled.is_some());
        let (parsed, ruleset) = compiled.expect("assumed");
        let reference = Reference::new(parsed.spec()).map_err(TestCaseError::fail)?;
        let input = Input::new(text.as_str());
        prop_assert_eq!(
            classify(&ruleset, &input).fired,
            reference.classify(&input).fired,
            "engine, reference"
        );
    }

    #[test]
    fn what_stands_in_a_span_folds_to_the_pattern(
        pattern in generate::plain_pattern(),
        any in any::<bool>(),
        text in generate::text(),
    ) {
        let boundary = if any { "any" } else { "word" };
        let compiled = compile(&one_pattern(&json!({ "text": pattern, "boundary": boundary }), &[]));
        prop_assume!(compiled.is_some());
        let (_, ruleset) = compiled.expect("assumed");
        let outcome = classify(&ruleset, &Input::new(text.as_str()));
        for found in outcome.fired.iter().flat_map(|f| &f.matches) {
            prop_assert_eq!(tamis::fold(&found.text), tamis::fold(&pattern));
        }
    }

    #[test]
    fn an_exception_spares_what_it_covers_and_nothing_else(
        pattern in generate::pattern(),
        except in generate::pattern(),
        text in generate::text(),
    ) {
        let with = compile(&one_pattern(&json!(pattern), &[&except]));
        let without = compile(&one_pattern(&json!(pattern), &[]));
        let covering = compile(&one_pattern(&json!(except), &[]));
        prop_assume!(with.is_some() && without.is_some() && covering.is_some());
        let spans = |compiled: Option<(Policy, Ruleset)>| {
            let (_, ruleset) = compiled.expect("assumed");
            let outcome = classify(&ruleset, &Input::new(text.as_str()));
            let span = |m: tamis_conformance::outcome::MatchOutcome| m.span;
            let alive: Vec<_> = outcome.fired.into_iter().flat_map(|f| f.matches).map(span).collect();
            let spared: Vec<_> = outcome.suppressed.into_iter().map(span).collect();
            (alive, spared)
        };
        let (all, _) = spans(without);
        let (covers, _) = spans(covering);
        let covered = |m: &std::ops::Range<usize>| {
            covers.iter().any(|c| c.start <= m.start && m.end <= c.end)
        };
        let (spared, alive): (Vec<_>, Vec<_>) = all.into_iter().partition(covered);
        prop_assert_eq!(spans(with), (alive, spared), "got, expected");
    }

    #[test]
    fn every_way_to_classify_gives_one_verdict(
        policy in generate::policy(),
        texts in proptest::collection::vec(generate::text(), 1..8),
        facts in generate::facts(),
    ) {
        let compiled = compile(&policy);
        prop_assume!(compiled.is_some());
        let (_, ruleset) = compiled.expect("assumed");
        let inputs: Vec<Input<'_>> = texts.iter().map(|t| input(t, "ab ki", &facts)).collect();
        let verdicts: Vec<_> = inputs.iter().map(|i| ruleset.classify(i)).collect();
        let mut scratch = ruleset.scratch();
        let first = ruleset.action_name(tamis::ids::ActionId(0)).to_owned();
        for (input, verdict) in inputs.iter().zip(&verdicts) {
            prop_assert_eq!(&ruleset.classify_with(&mut scratch, input), verdict);
            let flagged = ruleset.action_name(verdict.action()) != first;
            prop_assert_eq!(ruleset.is_flagged(input), flagged);
        }
        for workers in [0, 1, 2, 3, 8] {
            let batch = ruleset.classify_batch_with(&inputs, workers);
            let rows: Vec<_> = batch.iter().map(tamis::VerdictRef::to_owned).collect();
            prop_assert_eq!(&rows, &verdicts, "{} workers", workers);
        }
    }
}

/// Generated policies must compile: a test on nothing proves nothing.
#[test]
fn most_generated_policies_compile() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let made: Vec<Value> = (0..300)
        .map(|_| generate::policy().new_tree(&mut runner).expect("a policy").current())
        .collect();
    let wrong: Vec<String> = made
        .iter()
        .filter_map(|p| p.to_string().parse::<Ruleset>().err())
        .map(|error| error.to_string())
        .collect();
    assert!(wrong.len() < 100, "{} of 300 do not compile, such as\n{}", wrong.len(), wrong[0]);
}
