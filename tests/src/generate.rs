//! Small random policies and texts that are likely to meet.
//!
//! Alphabets are chosen to collide: few letters in several forms, separators,
//! marks, invisible characters, scripts with and without spaces, emoji. A policy
//! is made as JSON, which is YAML.
//!
//! Patterns are looked for at `exact` and `fold`; `disguise.rs` has the higher levels.
//! Left out is what meets an open difference between engine and reference: forms of
//! digits, and wildcards in front beyond `exact`. Each is a case in `tests/pending`.

use proptest::option::of;
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
    "a\u{335}",
    "ﬁ",
    "f",
    "i",
    "ⓚ",
    "½",
    "ß",
    "ẞ",
    "ss",
    "SS",
    "ſ",
    "ς",
    "σ",
    "İ",
    "I\u{307}",
    "I",
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
    "ｶﾞ",
    "カ",
    "は\u{309A}",
    "하",
    "한",
    "\u{1112}\u{1161}",
    "\u{11AB}",
    "ㅎ",
    "ㅏ",
    "ㄴ",
    "ﾡ",
    "ก",
    "กิ",
    "น",
    "क",
    "कि",
    "म",
    "ب",
    "ت",
    "بـ",
    "1",
    "2",
    "１",
];

/// Regexes that the letters may match.
const REGEXES: &[&str] = &[
    "[ab]+",
    "ki?",
    "a[0-9 ]?b",
    "(?:ki|ll)+$",
    "[0-9]+",
    "^a",
    "\\w+1",
    "a.",
    "..",
    "i",
    "\\pL+",
    "\\pM",
    "[가-힣]",
    "[ㄱ-ㅎ]+",
    "\u{1112}\u{1161}",
    "[か-ん].",
    "[\u{1f300}-\u{1faff}]",
];

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
    "\u{335}",
    "\u{331}",
    "\u{64B}",
    "\u{E34}",
    "\u{93F}",
    "\u{3099}",
    "\u{309A}",
    "\u{20E3}",
    "\u{FE0F}",
    "\u{34F}",
    "\u{3164}",
    "\u{2800}",
    "\u{85}",
    "\u{0}",
    "\u{E000}",
    "1\u{FE0F}\u{20E3}",
    "©\u{FE0F}",
    "™",
    "‼",
    "🇺",
    "🇺🇸",
    "🏽",
    "＃",
    "＿",
    "＇",
    "ʼ",
    "–",
    "‘",
    "`",
    "「",
    "㈝",
    "+",
    "$",
    "*",
];

/// Pieces of emoji patterns.
const EMOJI: &[&str] = &[
    "😀",
    "👩",
    "👩\u{200D}🚀",
    "👍",
    "👍🏽",
    "❤\u{FE0F}",
    "🇺🇸",
    "🇺",
    "1\u{FE0F}\u{20E3}",
    "™",
    "$",
    "+1",
    "'",
];

/// A few letters that a policy and its documents share, so that they meet.
pub type Alphabet = Vec<&'static str>;

/// All letters.
pub fn all_letters() -> Alphabet {
    LETTERS.to_vec()
}

/// A few of the letters, and always `a` in three forms, for evasion.
pub fn few_letters() -> impl Strategy<Value = Alphabet> {
    proptest::sample::subsequence(LETTERS.to_vec(), 3).prop_map(|mut letters| {
        letters.extend(["a", "ki", "ａ", "a\u{301}"]);
        letters
    })
}

/// A text.
pub fn text(letters: &Alphabet) -> impl Strategy<Value = String> + use<> {
    let piece = prop_oneof![
        4 => select(letters.clone()),
        1 => Just(" "),
        2 => select(BETWEEN),
    ];
    proptest::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

/// A hashtag or name, among others.
pub fn tagged_text() -> impl Strategy<Value = String> {
    let pieces = [
        "#", "#", "@", "＃", "ab", "Ab", "KI", "Ki", "ki", "B", "1", "12", "²", " ", "-", "_",
        "＿", "é", "É", "e\u{301}", "\u{301}", "\u{200B}", "\u{FE0F}", "你", "ªB", "'", "ß", "ﬁ",
        "ǅ",
    ];
    let pieces = proptest::collection::vec(select(pieces.to_vec()), 0..9);
    pieces.prop_map(|pieces| pieces.concat())
}

/// A pattern that may stand in a hashtag.
pub fn tag_pattern() -> impl Strategy<Value = String> {
    let patterns = [
        "ab", "ki", "b", "1", "é", "abki", "ki1", "1ab", "kiab", "#ki", "b é", "ab*", "*ki", "k*b",
    ];
    select(patterns.to_vec()).prop_map(str::to_owned)
}

fn word(letters: &Alphabet) -> impl Strategy<Value = String> + use<> {
    proptest::collection::vec(select(letters.clone()), 1..3).prop_map(|pieces| pieces.concat())
}

/// A word or phrase as written in a policy.
pub fn pattern(letters: &Alphabet) -> impl Strategy<Value = String> + use<> {
    let word = || word(letters);
    prop_oneof![
        8 => word(),
        3 => (word(), word()).prop_map(|(a, b)| format!("{a} {b}")),
        1 => (word(), word()).prop_map(|(a, b)| format!("{a}'{b}")),
        1 => (word(), word(), word()).prop_map(|(a, b, c)| format!("{a} '{b}' {c}")),
        1 => (word(), select(&["'_", "_'", "-_", "_-", "#_", "_ *", "* _", "*'_", "_'*", "“_”", "'_'"][..]))
            .prop_map(|(w, frame)| frame.replace('_', &w)),
        1 => (word(), word()).prop_map(|(a, b)| format!("{a}-{b}")),
        1 => word().prop_map(|w| format!("{w}*")),
        1 => word().prop_map(|w| format!("*{w}")),
        1 => (word(), word()).prop_map(|(a, b)| format!("{a}*{b}")),
        1 => select(EMOJI).prop_map(str::to_owned),
    ]
}

/// A word without spaces, apostrophes and wildcards.
pub fn plain_pattern(letters: &Alphabet) -> impl Strategy<Value = String> + use<> {
    word(letters)
}

/// A pattern with options, as it stands in a group.
fn pattern_entry(letters: &Alphabet) -> impl Strategy<Value = Value> + use<> {
    let options = prop_oneof![
        6 => Just(json!({})),
        2 => Just(json!({ "boundary": "any" })),
        1 => Just(json!({ "case": "sensitive" })),
        1 => Just(json!({ "case": "sensitive", "boundary": "any" })),
        1 => Just(json!({ "evasion": "exact" })),
        1 => Just(json!({ "evasion": "exact", "boundary": "any" })),
        1 => Just(json!({ "evasion": "exact", "case": "sensitive" })),
    ];
    let text = (pattern(letters), options).prop_map(|(text, options)| {
        let mut map = options.as_object().cloned().unwrap_or_default();
        if text.starts_with('*') {
            map.insert("evasion".to_owned(), "exact".into());
        }
        map.entry("evasion").or_insert_with(|| "fold".into());
        map.insert("text".to_owned(), text.into());
        Value::Object(map)
    });
    let regex = (select(REGEXES), select(&["fold", "raw"][..]), select(&["any", "word"][..]))
        .prop_map(|(r, view, b)| json!({ "regex": r, "view": view, "boundary": b }));
    prop_oneof![7 => text, 1 => regex]
}

/// A group: patterns that differ, since equal ones are a mistake in a policy.
fn group(letters: &Alphabet) -> impl Strategy<Value = Value> + use<> {
    proptest::collection::vec(pattern_entry(letters), 1..4).prop_map(|mut patterns| {
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
        2 => (select(&["mixed_script", "zalgo", "emoji", "mentions", "hashtags", "links"][..]), 1..4)
            .prop_map(|(s, n)| format!("{s} >= {n}")),
        2 => (select(&["caps_ratio", "digit_ratio", "symbol_ratio", "unique_ratio"][..]), 1..9)
            .prop_map(|(s, n)| format!("{s} > 0.{n}")),
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

/// An exception: a pattern or a context.
fn exception(letters: &Alphabet) -> impl Strategy<Value = Value> + use<> {
    let context = (select(&["after", "before"][..]), pattern(letters), 1..4);
    prop_oneof![
        6 => pattern(letters).prop_map(Value::from),
        3 => context.prop_map(|(way, text, words)| json!({ way: [text], "words": words })),
        1 => Just(json!({ "quoted": true })),
    ]
}

/// Exceptions by context, for [`quoting`] texts.
pub fn contexts() -> impl Strategy<Value = Vec<Value>> {
    let word = || select(&["never", "time", "never time", "so", "time so never"][..]);
    let way = || select(&["after", "before"][..]);
    let one = prop_oneof![
        3 => (way(), word(), word(), 1..4)
            .prop_map(|(way, a, b, words)| json!({ way: [a, b], "words": words })),
        1 => Just(json!({ "quoted": true })),
    ];
    proptest::collection::vec(one, 1..3)
}

/// A text of few words with many quotation marks, quoted lines, code and sentence ends.
/// No backtick joins two words into one, which only the decoded text tells.
pub fn quoting() -> impl Strategy<Value = String> {
    const PARTS: &[&str] = &[
        "spam", "spam", "spam", "never", "time", "so", " ", " ", " ", " ", ". ", ", ", "\n",
        "\n\n", "\"", "\"", "“", "”", "„", "‘", "’", "'", "«", "»", " `", "` ", " ``", "`` ",
        " ```", "``` ", "\n```\n", "\n> ", "\n>", "~~~\n", ">:(", "\r\n", "\u{200B}", "é",
    ];
    proptest::collection::vec(select(PARTS), 0..24).prop_map(|parts| parts.concat())
}

/// A rule.
fn rule(letters: &Alphabet, number: usize) -> impl Strategy<Value = Value> + use<> {
    let points = select(&["1", "0.5", "2", "-1", "0.125"][..]);
    let kind = select(&["label", "label", "label", "action", "both", "helper"][..]);
    let mode = select(&["enforce", "enforce", "enforce", "shadow", "disabled"][..]);
    let excepts = proptest::collection::vec(exception(letters), 0..3);
    let repeat = of(select(&["g", "h", ""][..]));
    let when = of(condition(number));
    let fields = select(&["", "", "", "title", "body"][..]);
    ((group(letters), group(letters)), (points, kind, mode), excepts, repeat, when, fields)
        .prop_map(move |((g, h), (points, kind, mode), excepts, repeat, when, fields)| {
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
        })
}

/// A policy over the fields `title` and `body`, as JSON.
pub fn policy(letters: &Alphabet) -> impl Strategy<Value = Value> + use<> {
    let excepts = proptest::collection::vec(exception(letters), 0..2);
    ((rule(letters, 0), of(rule(letters, 1)), of(rule(letters, 2))), excepts).prop_map(
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

/// A policy, a document with two texts, and facts.
pub fn meeting() -> impl Strategy<Value = (Value, String, String, Vec<(String, Value)>)> {
    few_letters()
        .prop_flat_map(|letters| (policy(&letters), text(&letters), text(&letters), facts()))
}

/// A pattern with its options and a text that may meet it.
pub fn entry_and_text() -> impl Strategy<Value = (Value, String)> {
    few_letters().prop_flat_map(|letters| (pattern_entry(&letters), text(&letters)))
}

/// Two patterns and a text.
pub fn pair_and_text() -> impl Strategy<Value = (String, String, String)> {
    few_letters().prop_flat_map(|letters| (pattern(&letters), pattern(&letters), text(&letters)))
}
