//! What other tools and everyday language call the keys of this format.

use super::keys::Place;

/// The key of `place` that somebody who writes `word` means.
pub(super) fn meant(place: Place, word: &str) -> Option<&'static str> {
    let rows = words(place);
    let word = word.to_ascii_lowercase();
    rows.iter().find(|(_, others)| others.contains(&word.as_str())).map(|row| row.0)
}

/// What to write instead of a key whose value has another form too.
pub(super) fn hint(place: Place, word: &str) -> Option<&'static str> {
    match (place, word) {
        (Place::Rule | Place::Override, "enabled" | "disabled" | "active" | "enable") => {
            Some("a rule is switched off by `mode: disabled`, and on trial by `mode: shadow`")
        }
        (Place::List, "column") => {
            Some("the first row of the file names its columns: the one with the words is `text`")
        }
        (Place::Pattern, "ignore_case" | "case_sensitive" | "case-sensitive") => {
            Some("case counts with `case: sensitive`, and else does not")
        }
        (Place::Pattern, "whole_word" | "wholeword" | "word_boundary") => {
            Some("whole words are found with `boundary: word`, parts of words with `boundary: any`")
        }
        (Place::Pattern, "type" | "kind") => Some(
            "what a pattern is stands before its value, as `regex: …` or `domain: …`; in which field it is looked for says `in: [body]`",
        ),
        (
            Place::TestCase,
            "title" | "subject" | "body" | "content" | "comment" | "message" | "name" | "username"
            | "field",
        ) => Some("texts with names stand under `fields: { title: …, body: … }`"),
        (Place::Rule, word) if word.contains(['(', '+', '~', '#']) => Some(
            "a rule of AutoModerator? `tamis import automoderator FILE` translates whole files",
        ),
        _ => None,
    }
}

/// The word of the enumeration `known` that somebody who writes `written` means.
pub(super) fn value(known: &[&'static str], written: &str) -> Option<&'static str> {
    let written = written.to_ascii_lowercase();
    let row = VALUES
        .iter()
        .find(|(word, others)| known.contains(word) && others.contains(&written.as_str()));
    row.map(|row| row.0)
}

/// Words of enumerations, and what they are called elsewhere.
const VALUES: Words = &[
    ("exact", &["none", "off", "no", "false", "strict", "literal"]),
    ("fold", &["low", "light", "basic", "folded", "normalized"]),
    ("standard", &["medium", "normal", "default", "on", "yes", "true"]),
    ("strong", &["high", "full", "max", "maximum", "aggressive"]),
    ("enforce", &["on", "active", "enabled", "live", "true", "yes", "enforced"]),
    (
        "shadow",
        &[
            "test", "testing", "trial", "monitor", "watch", "log", "dry", "dry-run", "silent",
            "warn",
        ],
    ),
    ("disabled", &["off", "false", "no", "inactive", "disable", "none", "paused"]),
    ("any", &["none", "off", "no", "false", "substring", "inside", "part"]),
    ("word", &["whole", "strict", "full", "on", "yes", "true", "whole_word"]),
    ("sensitive", &["on", "yes", "true", "match", "exact"]),
    ("insensitive", &["off", "no", "false", "ignore"]),
    ("en", &["english", "eng"]),
    ("de", &["german", "deutsch"]),
    ("es", &["spanish"]),
    ("fr", &["french"]),
    ("pt", &["portuguese"]),
    ("off", &["none", "no", "false"]),
    ("domain", &["domains", "host", "hosts", "url", "urls", "link", "links"]),
];

type Words = &'static [(&'static str, &'static [&'static str])];

const RULE: Words = &[
    ("id", &["name", "title", "rule"]),
    ("points", &["severity", "score", "weight"]),
    ("when", &["if", "condition", "conditions", "where"]),
    ("except", &["exclude", "exceptions", "unless", "ignore", "allow", "allowlist", "whitelist"]),
    ("patterns", &["words", "keywords", "phrases", "regex", "match", "matches", "any"]),
    ("label", &["category", "labels", "type"]),
    ("action", &["then", "do"]),
    ("description", &["comment", "note", "notes", "reason"]),
    ("message", &["response", "reply"]),
    ("lang", &["language", "languages"]),
    ("in", &["field", "fields", "target"]),
    ("mode", &["state", "status", "enabled", "disabled", "active", "enable"]),
];

fn words(place: Place) -> Words {
    match place {
        Place::Policy => &[
            ("policy", &["name", "title"]),
            ("labels", &["categories", "category", "thresholds"]),
            ("lists", &["words", "wordlists", "word_lists", "variables"]),
            ("except", &["exceptions", "exclude", "allowlist", "whitelist", "ignore"]),
            ("extends", &["include", "includes", "import", "imports", "base"]),
            ("description", &["comment", "note", "notes"]),
            ("lang", &["language", "languages"]),
        ],
        Place::Rule => RULE,
        // Without `id`, which nothing overrides.
        Place::Override => &RULE[1..],
        Place::Group => &[
            ("any", &["all", "patterns", "words", "list", "of"]),
            ("in", &["field", "fields", "target", "where"]),
        ],
        Place::Pattern => &[
            ("in", &["field", "fields", "target", "where", "location"]),
            ("text", &["word", "phrase", "pattern", "string", "literal", "value", "keyword"]),
            ("regex", &["regexp", "re"]),
            ("domain", &["url", "host", "link"]),
            ("case", &["ignore_case", "case_sensitive", "case-sensitive"]),
            ("boundary", &["whole_word", "wholeword", "word_boundary"]),
        ],
        Place::Repeat => &[("each", &["every", "points", "per"]), ("max", &["limit", "most"])],
        Place::RuleTests => &[
            ("hit", &["match", "matches", "positive", "should_match", "catch", "true", "block"]),
            ("pass", &["no_match", "nomatch", "negative", "miss", "clean", "false", "allow"]),
        ],
        Place::TestCase => &[("text", &["body", "content", "message"])],
        Place::List => &[("file", &["path", "from", "source"])],
        Place::Extends => &[("from", &["base", "file", "pack", "policy", "path"])],
        Place::Label => &[("at", &["thresholds", "threshold"])],
        Place::Exception => &[("words", &["within", "distance"])],
        Place::Fact | Place::Model | Place::Calibration => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::{Place, meant, words};

    #[test]
    fn words_are_of_keys_and_no_keys_themselves() {
        for place in Place::ALL {
            for (key, others) in words(place) {
                assert!(place.keys().contains(key), "{key} of {}", place.name());
                for other in *others {
                    assert!(!place.keys().contains(other), "{other} of {}", place.name());
                    assert_eq!(meant(place, other), Some(*key), "twice: {other}");
                }
            }
        }
    }
}
