//! Golden answers to "why did this rule not fire?": every kind of reason, in words and as data.
//!
//! `UPDATE_GOLDENS=1 cargo test -p tamis-conformance --test why_not` writes them: read the
//! difference before committing it.

use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use tamis::why_not::Cause;
use tamis::{FactValue, Input, Offsets, Policy, WhyNot};

const FOLDER: &str = "why-not";

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    policy: String,
    rule: String,
    text: Option<String>,
    /// `REPEAT` in the text stands for so many words of noise.
    #[serde(default)]
    repeat: usize,
    #[serde(default)]
    fields: BTreeMap<String, String>,
    #[serde(default)]
    facts: BTreeMap<String, serde_json::Value>,
    lang: Option<String>,
}

impl Case {
    fn answer(&self) -> WhyNot {
        let policy = Policy::from_sources([("policy.yaml", self.policy.trim_start())]);
        let ruleset = policy
            .and_then(|policy| policy.compile())
            .unwrap_or_else(|error| panic!("{}: {error}", self.name));
        let text =
            self.text.as_ref().map(|t| t.replace("REPEAT", &"d1sc0un l0tt3 ".repeat(self.repeat)));
        let mut input = text.map_or_else(Input::from_fields, Input::new);
        for (name, text) in &self.fields {
            input = input.field(name, text);
        }
        for (name, value) in &self.facts {
            input = input.fact(name, FactValue::from_json(value));
        }
        if let Some(lang) = &self.lang {
            input = input.lang(lang);
        }
        let rule = ruleset.rule_id(&self.rule).unwrap_or_else(|| panic!("{}", self.name));
        ruleset.why_not(&input, rule, Offsets::Codepoints)
    }
}

fn cases() -> Vec<Case> {
    let text = fs::read_to_string(Path::new(FOLDER).join("cases.toml")).expect("the cases");
    toml::from_str::<Cases>(&text).expect("cases are well formed").case
}

#[test]
fn answers_are_as_recorded() {
    let update = std::env::var_os("UPDATE_GOLDENS").is_some();
    let mut differing = Vec::new();
    for case in cases() {
        let answer = case.answer();
        let json = serde_json::to_string_pretty(&answer).expect("serializable");
        let golden = format!("{answer}\n{json}\n");
        let path = Path::new(FOLDER).join(format!("{}.out", case.name));
        if update {
            fs::write(&path, golden).expect("a golden to write");
        } else if fs::read_to_string(&path).unwrap_or_default() != golden {
            differing.push(format!("{}: now reads\n{golden}", case.name));
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n----\n"));
}

#[test]
fn every_cause_has_a_case_and_every_golden_its_case() {
    let (mut seen, mut names) = (BTreeSet::new(), BTreeSet::new());
    for case in cases() {
        seen.extend(case.answer().reasons.iter().map(|reason| reason.cause));
        assert!(names.insert(format!("{}.out", case.name)), "two cases are called {}", case.name);
    }
    let missing: Vec<Cause> = Cause::ALL.into_iter().filter(|c| !seen.contains(c)).collect();
    assert!(missing.is_empty(), "no case shows {missing:?}");
    for entry in fs::read_dir(FOLDER).expect("the folder of goldens") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        let is_golden = name != "cases.toml";
        assert!(!is_golden || names.contains(&name), "{name} belongs to nothing");
    }
}

#[test]
fn sentences_have_one_style() {
    for case in cases() {
        for reason in case.answer().reasons {
            let sentence = reason.sentence;
            assert!(sentence.ends_with('.'), "{}: {sentence}", case.name);
            assert!(!sentence.contains("  "), "{}: two spaces: {sentence}", case.name);
            let first = sentence.chars().next().unwrap_or(' ');
            assert!(first == '`' || first.is_uppercase(), "{}: {sentence}", case.name);
        }
    }
}
