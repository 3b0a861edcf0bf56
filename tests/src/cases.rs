//! Conformance cases: the files of `tests/cases`, read strictly.
//!
//! `tests/README.md` describes the format; a key it does not name is an error.

use serde::Deserialize;
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use tamis::{FactValue, Input, Policy, PolicyError};

/// A policy, a document and what must come out.
#[derive(Clone, Debug)]
pub struct Case {
    /// The file it is from, without extension.
    pub file: String,
    /// Its name, unique in the file.
    pub name: String,
    /// The policy, placeholders filled in.
    pub policy: String,
    /// The bases and lists it names, by path beside it.
    pub files: BTreeMap<String, String>,
    /// The texts; a plain `text` has no name.
    pub fields: Vec<(Option<String>, String)>,
    /// The facts, with dotted names.
    pub facts: Vec<(String, Json)>,
    /// The language.
    pub lang: Option<String>,
    /// What must come out.
    pub expect: Expect,
}

impl Case {
    /// The policy, read with its files.
    ///
    /// # Errors
    /// When it cannot be read at all.
    pub fn load(&self) -> Result<Policy, PolicyError> {
        if self.files.is_empty() {
            return self.policy.parse();
        }
        let files = self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        Policy::from_sources(std::iter::once(("policy.yaml", self.policy.as_str())).chain(files))
    }

    /// The document.
    pub fn input(&self) -> Input<'_> {
        let mut input = match self.fields.as_slice() {
            [(None, text)] => Input::new(text.as_str()),
            fields => fields.iter().fold(Input::from_fields(), |input, (name, text)| {
                input.field(name.as_deref().unwrap_or("text"), text.as_str())
            }),
        };
        for (name, value) in &self.facts {
            input = input.fact(name.as_str(), FactValue::from_json(value));
        }
        if let Some(lang) = &self.lang {
            input = input.lang(lang.as_str());
        }
        input
    }

    /// The text of the field `name`.
    pub fn field(&self, name: &str) -> &str {
        let is = |(n, _): &&(Option<String>, String)| n.as_deref().unwrap_or("text") == name;
        self.fields.iter().find(is).map_or("", |(_, text)| text)
    }

    /// File and name, for messages.
    pub fn title(&self) -> String {
        format!("{}: {}", self.file, self.name)
    }
}

/// What must come out; only what is given is compared.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Expect {
    /// The action.
    pub action: Option<String>,
    /// The score of every label the verdict lists.
    pub scores: Option<BTreeMap<String, f64>>,
    /// The probability of every calibrated label the verdict lists.
    pub probabilities: Option<BTreeMap<String, f64>>,
    /// The action of every label the verdict lists.
    pub labels: Option<BTreeMap<String, String>>,
    /// The enforced rules that fired, all of them.
    pub fired: Option<Vec<ExpectedRule>>,
    /// The texts of the matches of all fired rules, all of them, in order.
    pub found: Option<Vec<String>>,
    /// The shadow rules that fired, all of them.
    pub shadow: Option<Vec<ExpectedRule>>,
    /// The action if shadow rules were enforced.
    pub shadow_action: Option<String>,
    /// The rules that could not be decided, all of them.
    pub undecided: Option<Vec<ExpectedUndecided>>,
    /// The matches that exceptions took out, all of them.
    pub suppressed: Option<Vec<ExpectedMatch>>,
    /// Whether `exempt` held.
    pub exempt: Option<bool>,
    /// The facts whose value was not usable, all of them.
    pub invalid_facts: Option<Vec<String>>,
    /// The text after redaction with stars, or the texts by field.
    pub redacted: Option<ExpectedTexts>,
}

/// A rule: its id, or more.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(untagged)]
pub enum ExpectedRule {
    /// Only its id.
    Id(String),
    /// Its id and more.
    Rule(ExpectedRuleData),
}

/// A rule and what it did.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct ExpectedRuleData {
    /// Its id.
    pub rule: String,
    /// What it added.
    pub points: Option<f64>,
    /// Its matches, all of them.
    pub matches: Option<Vec<ExpectedMatch>>,
}

impl ExpectedRule {
    /// All that is expected of it.
    pub fn data(&self) -> ExpectedRuleData {
        match self {
            Self::Id(rule) => ExpectedRuleData { rule: rule.clone(), points: None, matches: None },
            Self::Rule(data) => data.clone(),
        }
    }
}

/// A match: its text, or more.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(untagged)]
pub enum ExpectedMatch {
    /// Only its text.
    Text(String),
    /// Whatever is given.
    Match(ExpectedMatchData),
}

/// What is expected of a match; only what is given is compared.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct ExpectedMatchData {
    /// The rule.
    pub rule: Option<String>,
    /// The group.
    pub group: Option<String>,
    /// The pattern as written.
    pub pattern: Option<String>,
    /// The field.
    pub field: Option<String>,
    /// The first code point.
    pub start: Option<usize>,
    /// One past the last code point.
    pub end: Option<usize>,
    /// What stands there.
    pub text: Option<String>,
    /// The kinds of evasion that were undone, all of them.
    pub kinds: Option<BTreeSet<String>>,
    /// What that cost.
    pub cost: Option<f64>,
}

impl ExpectedMatch {
    /// All that is expected of it.
    pub fn data(&self) -> ExpectedMatchData {
        match self {
            Self::Text(text) => {
                ExpectedMatchData { text: Some(text.clone()), ..ExpectedMatchData::default() }
            }
            Self::Match(data) => data.clone(),
        }
    }
}

/// A rule that could not be decided.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct ExpectedUndecided {
    /// The rule.
    pub rule: String,
    /// The facts it missed.
    pub missing: Vec<String>,
}

/// A text, or texts by field.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(untagged)]
pub enum ExpectedTexts {
    /// The only text.
    Text(String),
    /// By field.
    Fields(BTreeMap<String, String>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileData {
    policy: Option<String>,
    #[serde(default)]
    files: BTreeMap<String, String>,
    case: Vec<CaseData>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseData {
    name: String,
    policy: Option<String>,
    #[serde(default)]
    files: BTreeMap<String, String>,
    #[serde(default)]
    with: BTreeMap<String, String>,
    text: Option<String>,
    fields: Option<BTreeMap<String, String>>,
    #[serde(default)]
    facts: toml::Table,
    lang: Option<String>,
    expect: Expect,
}

/// The cases of `tests/cases`, by file.
///
/// # Errors
/// The first thing that is wrong with a file.
pub fn load() -> Result<Vec<Case>, String> {
    load_from("cases")
}

/// The cases of `tests/pending`: the reference passes them, the engine not yet.
///
/// # Errors
/// The first thing that is wrong with a file.
pub fn load_pending() -> Result<Vec<Case>, String> {
    load_from("pending")
}

fn load_from(folder: &str) -> Result<Vec<Case>, String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = std::fs::read_dir(path).map_err(|e| format!("tests/{folder}: {e}"))?;
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .collect();
    paths.sort();
    let mut cases = Vec::new();
    for path in paths {
        let file = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).map_err(|e| format!("{file}: {e}"))?;
        cases.extend(parse(&file, &text)?);
    }
    Ok(cases)
}

/// The cases of one file.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn parse(file: &str, text: &str) -> Result<Vec<Case>, String> {
    let data: FileData = toml::from_str(text).map_err(|e| format!("{file}: {e}"))?;
    let mut names = BTreeSet::new();
    let mut cases = Vec::new();
    for case in data.case {
        let name = case.name.clone();
        if !names.insert(name.clone()) {
            return Err(format!("{file}: two cases are called `{name}`"));
        }
        let read = one(file, data.policy.as_deref(), &data.files, case);
        cases.push(read.map_err(|e| format!("{file}: {name}: {e}"))?);
    }
    Ok(cases)
}

fn one(
    file: &str,
    shared: Option<&str>,
    shared_files: &BTreeMap<String, String>,
    case: CaseData,
) -> Result<Case, String> {
    let policy =
        case.policy.as_deref().or(shared).ok_or("neither the case nor the file has a policy")?;
    let fields = match (case.text, case.fields) {
        (Some(text), None) => vec![(None, text)],
        (None, Some(fields)) => fields.into_iter().map(|(n, t)| (Some(n), t)).collect(),
        _ => return Err("a case has either `text` or `fields`".to_owned()),
    };
    if case.expect == Expect::default() {
        return Err("nothing is expected".to_owned());
    }
    let mut facts = Vec::new();
    flatten("", &case.facts, &mut facts)?;
    let mut files = shared_files.clone();
    files.extend(case.files);
    Ok(Case {
        file: file.to_owned(),
        name: case.name,
        policy: fill_in(policy, &case.with)?,
        files,
        fields,
        facts,
        lang: case.lang,
        expect: case.expect,
    })
}

/// The policy with every `{{name}}` replaced by the value the case gives.
fn fill_in(policy: &str, with: &BTreeMap<String, String>) -> Result<String, String> {
    let mut policy = policy.to_owned();
    for (name, value) in with {
        let placeholder = format!("{{{{{name}}}}}");
        if !policy.contains(&placeholder) {
            return Err(format!("the policy has no `{placeholder}`"));
        }
        policy = policy.replace(&placeholder, value);
    }
    match policy.split_once("{{").and_then(|(_, rest)| rest.split_once("}}")) {
        Some((name, _)) => Err(format!("`with.{name}` is missing")),
        None => Ok(policy),
    }
}

/// Nested facts have dotted names.
fn flatten(
    prefix: &str,
    table: &toml::Table,
    into: &mut Vec<(String, Json)>,
) -> Result<(), String> {
    for (name, value) in table {
        let name = format!("{prefix}{name}");
        if let toml::Value::Table(inner) = value {
            flatten(&format!("{name}."), inner, into)?;
        } else {
            let json = serde_json::to_value(value).map_err(|e| format!("{name}: {e}"))?;
            into.push((name, json));
        }
    }
    Ok(())
}
