//! Small random policies and texts that are likely to meet.
//!
//! Alphabets are chosen to collide: few letters in several forms, separators,
//! marks, invisible characters, scripts with and without spaces, emoji. A policy
//! is made as JSON, which is YAML.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

/// Pieces of words, for patterns and texts.
const LETTERS: &[&str] = &[
    "a",
    "b",
    "ab",
    "ki",
    "ll",
    "A",
    "KI",
    "é",
    "e\u{301}",
    "ñ",
    "ａ",
    "Ｂ",
    "𝐚",
    "ß",
    "ss",
    "ς",
    "σ",
    "й",
    "и",
    "я",
    "Я",
    "你",
    "好",
    "か",
    "が",
    "か\u{3099}",
    "ｶ",
    "カ",
    "하",
    "한",
    "\u{1112}\u{1161}",
    "ก",
    "น",
    "क",
    "म",
    "ب",
    "ت",
    "1",
    "2",
    "１",
];

/// Regexes that the letters may match.
const REGEXES: &[&str] = &["[ab]+", "ki?", "a.b", "(?:ki|ll)+$", "[0-9]+", "^a", "\\w+1"];

/// What stands between and around words, for texts.
const BETWEEN: &[&str] = &[
    " ",
    " ",
    " ",
    "  ",
    ", ",
    ". ",
    "! ",
    "? \"",
    ".",
    "。",
    "！",
    "\n",
    "\n\n",
    "\r\n",
    "\n \n",
    "-",
    "_",
    "'",
    "’",
    "#",
    "@",
    "\u{A0}",
    "\u{3000}",
    "…",
    "(",
    ")",
    "«",
    "/",
    "\t",
    "😀",
    "👍🏽",
    "👩",
    "👩\u{200D}🚀",
    "\u{200D}",
    "❤\u{FE0F}",
    "\u{200B}",
    "\u{AD}",
    "\u{FEFF}",
    "\u{301}",
    "\u{331}",
    "\u{64B}",
    "\u{93F}",
    "ก\u{E34}",
    "\u{FE0F}",
    "+",
    "$",
    "*",
];

/// Pieces of emoji patterns.
const EMOJI: &[&str] = &["😀", "👩", "👩\u{200D}🚀", "👍", "👍🏽", "❤\u{FE0F}", "$", "+1"];

/// A text.
pub fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![4 => select(LETTERS), 3 => select(BETWEEN)];
    proptest::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

fn word() -> impl Strategy<Value = String> {
    proptest::collection::vec(select(LETTERS), 1..3).prop_map(|pieces| pieces.concat())
}

/// A word or phrase as written in a policy.
pub fn pattern() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => word(),
        3 => (word(), word()).prop_map(|(a, b)| format!("{a} {b}")),
        1 => (word(), word()).prop_map(|(a, b)| format!("{a}'{b}")),
        1 => (word(), word()).prop_map(|(a, b)| format!("{a}-{b}")),
        1 => word().prop_map(|w| format!("{w}*")),
        1 => word().prop_map(|w| format!("*{w}")),
        1 => (word(), word()).prop_map(|(a, b)| format!("{a}*{b}")),
        1 => select(EMOJI).prop_map(str::to_owned),
    ]
}

/// A word without spaces, apostrophes and wildcards.
pub fn plain_pattern() -> impl Strategy<Value = String> {
    word()
}

/// A pattern with options, as it stands in a group.
fn pattern_entry() -> impl Strategy<Value = Value> {
    let options = prop_oneof![
        6 => Just(json!({})),
        2 => Just(json!({ "boundary": "any" })),
        1 => Just(json!({ "case": "sensitive" })),
        1 => Just(json!({ "evasion": "exact" })),
        1 => Just(json!({ "evasion": "exact", "boundary": "any" })),
    ];
    let text = (pattern(), options).prop_map(|(text, options)| {
        let mut map = options.as_object().cloned().unwrap_or_default();
        map.insert("text".to_owned(), text.into());
        Value::Object(map)
    });
    let regex = (select(REGEXES), select(&["fold", "raw"][..]), select(&["any", "word"][..]))
        .prop_map(|(r, view, b)| json!({ "regex": r, "view": view, "boundary": b }));
    prop_oneof![7 => text, 1 => regex]
}

/// A group: patterns that differ, since equal ones are a mistake in a policy.
fn group() -> impl Strategy<Value = Value> {
    proptest::collection::vec(pattern_entry(), 1..4).prop_map(|mut patterns| {
        let key = |p: &Value| p.get("text").or(p.get("regex")).map(ToString::to_string);
        let mut seen = Vec::new();
        patterns.retain(|p| {
            let new = !seen.contains(&key(p));
            seen.push(key(p));
            new
        });
        Value::Array(patterns)
    })
}

/// A condition of rule number `rule`, which may refer to earlier ones.
fn condition(rule: usize) -> impl Strategy<Value = String> {
    let group = || select(&["g", "h"][..]);
    let leaf = prop_oneof![
        6 => group().prop_map(str::to_owned),
        1 => Just("trusted".to_owned()),
        1 => select(&["age < 7 days", "num > 1", "10 / num >= 5", "known", "chan == 'a'"][..])
            .prop_map(str::to_owned),
        1 => select(&["chan in ['a', 'b']", "'mod' in roles", "num * 2 - 1 == 3"][..])
            .prop_map(str::to_owned),
        2 => (group(), 1..4).prop_map(|(g, n)| format!("count({g}) >= {n}")),
        1 => group().prop_map(|g| format!("distinct({g}) == 2")),
        3 => (select(&["near", "before"][..]), group(), group(), 0..4)
            .prop_map(|(f, a, b, n)| format!("{f}({a}, {b}, {n})")),
        1 => (group(), group()).prop_map(|(a, b)| format!("before({a}, {b})")),
        2 => (group(), group()).prop_map(|(a, b)| format!("same_sentence({a}, {b})")),
        2 => (select(&["starts", "ends", "whole"][..]), group())
            .prop_map(|(f, g)| format!("{f}({g})")),
        2 => (select(&["words", "length", "letters", "lines", "longest_run", "invisible"][..]), 1..6)
            .prop_map(|(s, n)| format!("{s} >= {n}")),
        1 => Just("caps_ratio > 0.4".to_owned()),
        2 => (0..rule.max(1)).prop_map(move |r| if rule == 0 { "h".to_owned() } else { format!("r{r}") }),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} and {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} or {b})")),
            inner.clone().prop_map(|a| format!("not ({a})")),
            (inner.clone(), inner.clone(), inner, 1..4)
                .prop_map(|(a, b, c, n)| format!("({n} of ({a}, {b}, {c}))")),
        ]
    })
}

/// A rule.
fn rule(number: usize) -> impl Strategy<Value = Value> {
    let points = select(&["1", "0.5", "2", "-1", "0.125"][..]);
    let kind = select(&["label", "label", "label", "action", "both", "helper"][..]);
    let mode = select(&["enforce", "enforce", "enforce", "shadow", "disabled"][..]);
    let excepts = proptest::collection::vec(pattern(), 0..3);
    let repeat = proptest::option::of(select(&["g", "h", ""][..]));
    let when = proptest::option::of(condition(number));
    let fields = select(&["", "", "", "title", "body"][..]);
    ((group(), group()), (points, kind, mode), excepts, repeat, when, fields).prop_map(
        move |((g, h), (points, kind, mode), excepts, repeat, when, fields)| {
            let mut rule = Map::new();
            rule.insert("id".to_owned(), format!("r{number}").into());
            rule.insert("patterns".to_owned(), json!({ "g": g, "h": h }));
            rule.insert("mode".to_owned(), mode.into());
            if matches!(kind, "label" | "both") {
                rule.insert("label".to_owned(), "harm".into());
                rule.insert("points".to_owned(), points.parse::<f64>().unwrap_or(1.0).into());
                if let Some(of) = repeat {
                    let mut repeat = json!({ "each": 0.5, "max": 3 });
                    if !of.is_empty() {
                        repeat["of"] = of.into();
                    }
                    rule.insert("repeat".to_owned(), repeat);
                }
            }
            if matches!(kind, "action" | "both") {
                rule.insert("action".to_owned(), "review".into());
            }
            if let Some(when) = when {
                rule.insert("when".to_owned(), when.into());
            }
            if !excepts.is_empty() {
                rule.insert("except".to_owned(), json!(excepts));
            }
            if !fields.is_empty() {
                rule.insert("in".to_owned(), json!([fields]));
            }
            Value::Object(rule)
        },
    )
}

/// A policy over the fields `title` and `body`, as JSON.
pub fn policy() -> impl Strategy<Value = Value> {
    let excepts = proptest::collection::vec(pattern(), 0..2);
    ((rule(0), proptest::option::of(rule(1)), proptest::option::of(rule(2))), excepts).prop_map(
        |((first, second, third), except)| {
            let mut rules = vec![first];
            if let Some(second) = second {
                rules.push(second);
                rules.extend(third);
            }
            json!({
                "policy": "generated",
                "fields": ["title", "body"],
                "facts": {
                    "age": "duration", "trusted": "bool", "num": "number", "chan": "text",
                    "roles": "set", "known": { "type": "bool", "default": "true" },
                },
                "labels": { "harm": { "review": 1, "block": 2 } },
                "except": except,
                "rules": rules,
            })
        },
    )
}

/// Facts, some of them missing or of the wrong type.
pub fn facts() -> impl Strategy<Value = Vec<(String, Value)>> {
    let values = [
        ("age", json!("2 days")),
        ("age", json!("3 weeks")),
        ("age", json!(3)),
        ("trusted", json!(true)),
        ("trusted", json!(false)),
        ("trusted", json!(null)),
        ("num", json!(0)),
        ("num", json!(2)),
        ("chan", json!("a")),
        ("chan", json!("c")),
        ("roles", json!(["mod"])),
        ("roles", json!([])),
        ("known", json!(false)),
        ("other", json!(1)),
    ];
    proptest::sample::subsequence(values.to_vec(), 0..5).prop_map(|facts| {
        let mut unique: Vec<(String, Value)> = Vec::new();
        for (name, value) in facts {
            if !unique.iter().any(|(n, _)| n == name) {
                unique.push((name.to_owned(), value));
            }
        }
        unique
    })
}
