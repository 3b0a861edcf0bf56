//! A fixed policy over any text: what is found lies in the text, in order, on
//! whole characters, and can be reported and redacted.

use crate::LEVELS;
use serde_json::{Value, json};
use std::sync::LazyLock;
use tamis::{Input, Match, Offsets, Policy, RedactOptions, RedactStyle, Ruleset, VerdictRef};

/// Words of all shapes: doubled letters, phrases, wildcards, other scripts.
const WORDS: [&str; 9] =
    ["kill", "darn", "heck", "spam", "buy now", "noodle*", "ёлка", "σπαμ", "한국"];

static RULESET: LazyLock<Ruleset> =
    LazyLock::new(|| policy(&WORDS, &LEVELS).compile().expect("the fixed policy compiles"));

/// A policy that looks for `words` at each of `levels`, one rule a level and boundary.
///
/// # Panics
/// When the words make no data a policy can be read from; mistakes in them wait
/// for compiling.
pub fn policy(words: &[&str], levels: &[&str]) -> Policy {
    let rule = |level: &str, boundary: &str| {
        let pattern = |word| json!({ "text": word, "evasion": level, "boundary": boundary });
        json!({
            "id": format!("{level}_{boundary}"), "label": "harm", "points": 1,
            "patterns": words.iter().map(pattern).collect::<Vec<Value>>(),
            "except": ["overkill"],
        })
    };
    let both = ["word", "any"].into_iter();
    let rules: Vec<Value> =
        both.flat_map(|boundary| levels.iter().map(move |level| rule(level, boundary))).collect();
    let value = json!({
        "policy": "fuzz", "labels": { "harm": { "block": 1 } }, "rules": rules,
    });
    Policy::from_json_value(&value).expect("the data is flat")
}

/// The body of the target.
pub fn run(data: &[u8]) {
    let text = crate::text(data, usize::MAX);
    check(&RULESET, &text);
}

/// Checks all that can be said of any text.
pub fn check(ruleset: &Ruleset, text: &str) {
    let input = Input::new(text);
    let verdict = ruleset.classify(&input);
    let view = verdict.as_ref();
    in_order(view.matches());
    for found in view.matches() {
        let span = found.raw.range();
        assert!(span.start < span.end, "{found:?} is empty in {text:?}");
        assert!(text.get(span).is_some(), "{found:?} cuts a character or leaves {text:?}");
    }
    reports(ruleset, view, &input);
    redacts(ruleset, view, &input, text);
    let flagged = view.action() != tamis::ActionId(0);
    assert_eq!(ruleset.is_flagged(&input), flagged, "is_flagged on {text:?}");
}

fn in_order(matches: &[Match]) {
    let key = |m: &Match| (m.rule, m.field, m.raw.start, m.raw.end, m.pattern);
    assert!(matches.is_sorted_by_key(key), "not in order: {matches:?}");
}

/// Reports serialize, and their positions count what they say they do.
fn reports(ruleset: &Ruleset, verdict: VerdictRef<'_>, input: &Input<'_>) {
    for offsets in [Offsets::Bytes, Offsets::Codepoints, Offsets::Utf16] {
        let report = ruleset.report(verdict, input, offsets);
        let json = serde_json::to_string(&report).expect("a report serializes");
        let read: Value = serde_json::from_str(&json).expect("a report is JSON");
        assert!(read.is_object(), "{json}");
        for found in report.rules.iter().flat_map(|rule| &rule.matches) {
            let length = (found.end - found.start) as usize;
            let counted = match offsets {
                Offsets::Codepoints => found.text.chars().count(),
                Offsets::Utf16 => found.text.encode_utf16().count(),
                Offsets::Bytes => found.text.len(),
            };
            assert_eq!(length, counted, "{found:?} by {offsets:?}");
        }
    }
    assert!(!ruleset.explain(verdict, input).is_empty());
}

/// Redaction never panics, and what no match touches stays.
fn redacts(ruleset: &Ruleset, verdict: VerdictRef<'_>, input: &Input<'_>, text: &str) {
    let own = RedactStyle::Text("[…]".to_owned());
    for style in [RedactStyle::Stars, RedactStyle::Fixed, RedactStyle::FirstLetter, own] {
        let options = RedactOptions { style, at: None };
        let redacted = ruleset.redact(verdict, input, &options);
        assert_eq!(redacted.len(), 1, "one text in, one text out");
        if verdict.fired().is_empty() {
            assert_eq!(redacted[0], text, "nothing was found");
        }
    }
}
