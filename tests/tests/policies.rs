//! The packs and the example policies lint clean and pass their own tests.

use std::path::PathBuf;
use tamis::ngram::{self, Example, Options};
use tamis::{Policy, testing};

fn example(path: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../examples").join(path);
    path.display().to_string()
}

fn check(source: &str, least_rules: usize, least_tests: usize) {
    let policy = Policy::load(source).unwrap_or_else(|error| panic!("{error}"));
    let ruleset = policy.compile().unwrap_or_else(|error| panic!("{error}"));
    let found = policy.lint(None);
    assert!(found.is_empty(), "{found}");
    assert!(ruleset.rules().len() >= least_rules, "{} rules", ruleset.rules().len());
    let outcomes = testing::run(&policy).expect("it compiled above");
    assert!(outcomes.len() >= least_tests, "{} tests", outcomes.len());
    let failed: Vec<String> = outcomes
        .iter()
        .filter(|outcome| !outcome.passed)
        .map(|o| format!("{:?} {} {:?}\n{}", o.subject, o.expected.key(), o.text, o.detail))
        .collect();
    assert!(
        failed.is_empty(),
        "{} of {} failed:\n{}",
        failed.len(),
        outcomes.len(),
        failed.join("\n")
    );
}

#[test]
fn the_packs_hold() {
    assert!(!tamis::pack_names().is_empty());
    for pack in tamis::pack_names() {
        check(&format!("pack:{pack}"), 10, 100);
    }
}

#[test]
fn the_example_policy_of_a_game_community_holds() {
    check(&example("game-chat/policy.yaml"), 28, 100);
}

#[test]
fn the_example_of_inheritance_holds() {
    check(&example("gaming-chat/policy.yaml"), 50, 400);
    check(&example("gaming-chat/house-rules.yaml"), 4, 14);
}

#[test]
fn the_first_policy_holds() {
    check(&example("minimal.yaml"), 1, 2);
}

#[test]
fn the_example_of_the_format_holds() {
    check(&example("format/policy.yaml"), 60, 400);
}

#[test]
fn the_example_of_a_model_holds() {
    check(&example("spam-model/policy.yaml"), 3, 10);
}

/// The same messages give the same model, byte for byte, on any machine.
#[test]
fn the_model_of_the_example_is_what_its_messages_teach() {
    let messages = std::fs::read_to_string(example("spam-model/messages.jsonl")).expect("a corpus");
    let examples: Vec<Example> = messages
        .lines()
        .map(|line| {
            let row: serde_json::Value = serde_json::from_str(line).expect("a row");
            let spam =
                row["labels"].as_array().is_some_and(|labels| labels.contains(&"spam".into()));
            Example::new(&[row["text"].as_str().expect("a text")], spam)
        })
        .collect();
    let options = Options { bits: 14, ..Options::new("spam") };
    let trained = ngram::train(&examples, &options).expect("enough to learn from");
    let kept = std::fs::read_to_string(example("spam-model/spam.model")).expect("a model");
    assert!(trained.model.to_string() == kept, "train the example's model again, and say why");
    let measures = trained.measures.expect("a fifth was held out");
    assert!(measures.auc > 0.95, "{measures:?}");
}
