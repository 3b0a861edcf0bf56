//! What an author wrote, typed: the whole policy format with the place of every value.
//!
//! Nothing here knows the engine. Names are not resolved and defaults are not
//! filled in; `compile` does both. A value that could not be understood was
//! reported as a diagnostic and is absent or replaced by something harmless.

use crate::date::Date;
use crate::decimal::Milli;
use crate::span::{FileId, SourceSpan, Spanned};
use crate::spec::expr::Condition;
use crate::spec::glob;

mod pattern;

pub use pattern::{
    Boundary, Exception, ExceptionKind, Group, INFLECTIONS, Level, Pattern, PatternKind,
    PatternOptions, View,
};

/// The actions of a policy that states none, mildest first.
pub const DEFAULT_ACTIONS: [&str; 3] = ["allow", "review", "block"];

/// A policy file; once read, with what it inherits.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// The whole document.
    pub span: SourceSpan,
    /// `format:`, the version of the format; absent means 1.
    pub format: Option<Spanned<u64>>,
    /// `policy:`, the name.
    pub name: Option<Spanned<String>>,
    /// `version:`, the author's own.
    pub version: Option<Spanned<String>>,
    /// `description:`.
    pub description: Option<Spanned<String>>,
    /// `extends:`, bases in order.
    pub extends: Vec<Extends>,
    /// `override:`, changes to inherited rules, by name or glob.
    pub overrides: Vec<Override>,
    /// `fields:`, the named texts of a document; empty means one unnamed text.
    pub fields: Vec<Spanned<String>>,
    /// `facts:`.
    pub facts: Vec<Fact>,
    /// The names of facts whose declaration was reported: nothing is said about where they are used.
    pub unread_facts: Vec<String>,
    /// Keys that declare names and hold something else than such: what was meant is not known.
    pub unread: Vec<&'static str>,
    /// `models:`.
    pub models: Vec<Model>,
    /// `actions:`, mildest first; absent means the default ones.
    pub actions: Option<Vec<Spanned<String>>>,
    /// `exempt:`.
    pub exempt: Option<Condition>,
    /// `evasion:` for all rules of the file.
    pub evasion: Option<Spanned<Level>>,
    /// `inflect:` for all rules of the file.
    pub inflect: Option<Spanned<&'static str>>,
    /// `lang:`, the document languages the file is for.
    pub lang: Option<Vec<Spanned<String>>>,
    /// `labels:`, in order.
    pub labels: Vec<Label>,
    /// `lists:`, in order.
    pub lists: Vec<List>,
    /// `except:` for all rules of the file.
    pub except: Vec<Exception>,
    /// `limits:`, by name.
    pub limits: Vec<(Spanned<String>, Spanned<u64>)>,
    /// `saturated:`, the least action of a verdict that hit a limit.
    pub saturated: Option<Spanned<String>>,
    /// `rules:`, in order.
    pub rules: Vec<Rule>,
    /// `tests:`, texts by the final action they must have.
    pub tests: Vec<(Spanned<String>, Vec<TestCase>)>,
    /// The files of inherited rules, filled in when bases are merged: scope *n* of a
    /// rule is the entry *n* − 1, scope 0 the policy's own file.
    pub scopes: Vec<Scope>,
}

impl Policy {
    /// What the names of rules start with in the file of the scope.
    pub fn prefix(&self, scope: u32) -> &str {
        let inherited = scope.checked_sub(1).and_then(|at| self.scopes.get(at as usize));
        inherited.map_or("", |scope| &scope.prefix)
    }
}

/// A file of inherited rules: what of it holds for these alone.
#[derive(Clone, Debug)]
pub struct Scope {
    /// What the names of its rules start with, such as `profanity_en.`.
    pub prefix: String,
    /// Its `except:`.
    pub except: Vec<Exception>,
}

/// One entry of `extends:`.
#[derive(Clone, Debug)]
pub struct Extends {
    /// The whole entry.
    pub span: SourceSpan,
    /// A relative path or `pack:NAME`.
    pub from: Spanned<String>,
    /// The mode its rules get.
    pub mode: Option<Spanned<Mode>>,
    /// Tags or rule globs; absent means everything.
    pub only: Option<Vec<Spanned<String>>>,
}

/// One entry of `override:`.
#[derive(Clone, Debug)]
pub struct Override {
    /// An inherited name or a glob over them.
    pub target: Spanned<String>,
    /// The keys that replace those of the rule (`id` is not among them).
    pub patch: Rule,
    /// The names of the keys that were written.
    pub keys: Vec<Spanned<String>>,
    /// `add_except:`.
    pub add_except: Vec<Exception>,
    /// `add_patterns:`.
    pub add_patterns: Vec<Group>,
}

/// A declared fact.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Its dotted name.
    pub name: Spanned<String>,
    /// Its type.
    pub kind: Spanned<FactType>,
    /// `default:`.
    pub default: Option<Spanned<Value>>,
}

/// The types of facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FactType {
    /// A number.
    Number,
    /// True or false.
    Bool,
    /// A text.
    Text,
    /// A length of time.
    Duration,
    /// A set of texts.
    Set,
}

impl FactType {
    /// The name in policies.
    pub fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Bool => "bool",
            Self::Text => "text",
            Self::Duration => "duration",
            Self::Set => "set",
        }
    }
}

/// A fact's value as written in a policy.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub enum Value {
    /// A finite number.
    Number(f64),
    /// True or false.
    Bool(bool),
    /// A text.
    Text(String),
    /// Seconds.
    Duration(f64),
    /// Texts.
    Set(Vec<String>),
}

/// A model whose probability is a signal.
#[derive(Clone, Debug)]
pub struct Model {
    /// The signal's name.
    pub name: Spanned<String>,
    /// `file:`, relative to the policy; none when that was reported.
    pub path: Option<Spanned<String>>,
    /// The file among the policy's sources; filled in when the policy is read.
    pub file: Option<FileId>,
}

/// A label.
#[derive(Clone, Debug)]
pub struct Label {
    /// Its name.
    pub name: Spanned<String>,
    /// `description:`.
    pub description: Option<Spanned<String>>,
    /// Action name and threshold, in the order written.
    pub thresholds: Vec<(Spanned<String>, Spanned<Milli>)>,
    /// `calibration:`.
    pub calibration: Option<Calibration>,
}

/// How a label's score becomes a probability.
#[derive(Clone, Debug)]
pub struct Calibration {
    /// The whole mapping.
    pub span: SourceSpan,
    /// `bias:`.
    pub bias: Spanned<f64>,
    /// `slope:`.
    pub slope: Spanned<f64>,
}

/// A named list of patterns.
#[derive(Clone, Debug)]
pub struct List {
    /// Its name.
    pub name: Spanned<String>,
    /// Where its entries come from.
    pub source: ListSource,
}

impl List {
    /// The entries, wherever they come from.
    pub fn entries(&self) -> &[Pattern] {
        match &self.source {
            ListSource::Inline(entries) | ListSource::File { entries, .. } => entries,
            ListSource::Edit { add, .. } => add,
        }
    }
}

/// Where the entries of a list come from.
#[derive(Clone, Debug)]
pub enum ListSource {
    /// Written in the policy.
    Inline(Vec<Pattern>),
    /// `{ file: PATH }`, relative to the policy.
    File {
        /// The path as written.
        path: Spanned<String>,
        /// What the file holds, each entry with its place there; filled in when the policy is read.
        entries: Vec<Pattern>,
    },
    /// `{ extend: NAME, add: […], remove: […] }`, an edit of an inherited list.
    Edit {
        /// The list that is edited.
        base: Spanned<String>,
        /// Entries to add.
        add: Vec<Pattern>,
        /// Entries to take out.
        remove: Vec<Pattern>,
    },
}

/// A rule.
#[derive(Clone, Debug, Default)]
pub struct Rule {
    /// The whole rule.
    pub span: SourceSpan,
    /// `id:`.
    pub id: Option<Spanned<String>>,
    /// `label:`.
    pub label: Option<Spanned<String>>,
    /// `points:`.
    pub points: Option<Spanned<Milli>>,
    /// `action:`, a floor for the verdict.
    pub action: Option<Spanned<String>>,
    /// `description:`, for staff.
    pub description: Option<Spanned<String>>,
    /// `message:`, for the author of the text.
    pub message: Option<Spanned<String>>,
    /// `tags:`.
    pub tags: Vec<Spanned<String>>,
    /// `meta:`, free keys that are carried along, in order.
    pub meta: Vec<(Spanned<String>, Spanned<String>)>,
    /// `lang:`.
    pub lang: Option<Vec<Spanned<String>>>,
    /// `in:`, the fields its patterns look in.
    pub fields: Option<Vec<Spanned<String>>>,
    /// `evasion:`.
    pub evasion: Option<Spanned<Level>>,
    /// `inflect:`.
    pub inflect: Option<Spanned<&'static str>>,
    /// `patterns:`; an unnamed list is one group called `patterns`.
    pub groups: Vec<Group>,
    /// `when:`.
    pub when: Option<Condition>,
    /// `except:`.
    pub except: Vec<Exception>,
    /// `repeat:`.
    pub repeat: Option<Repeat>,
    /// `redact:`.
    pub redact: Option<Spanned<RedactSpec>>,
    /// `mode:`.
    pub mode: Option<Spanned<Mode>>,
    /// `expires:`.
    pub expires: Option<Spanned<Date>>,
    /// `tests:`.
    pub tests: RuleTests,
    /// `lint_ignore:`, names of warnings.
    pub lint_ignore: Vec<Spanned<String>>,
    /// The file it was written in, whose `except:` holds for it; see [`Policy::scopes`].
    pub scope: u32,
    /// The file its condition was written in, whose rules that names first.
    pub when_scope: u32,
}

impl Rule {
    /// True when `selector` is one of its tags, or a glob that its name matches.
    pub fn is_selected(&self, selector: &str) -> bool {
        let id = self.id.as_ref().map_or("", |id| id.as_str());
        self.tags.iter().any(|tag| tag.value == selector) || glob::matches(selector, id)
    }
}

/// What happens when a rule fires.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// It counts.
    Enforce,
    /// It is reported apart.
    Shadow,
    /// It never fires.
    Disabled,
}

/// `repeat: { each, max, of }`.
#[derive(Clone, Debug)]
pub struct Repeat {
    /// The whole mapping.
    pub span: SourceSpan,
    /// Points for each match beyond the first.
    pub each: Spanned<Milli>,
    /// The rule's total never goes beyond.
    pub max: Option<Spanned<Milli>>,
    /// The group that is counted; absent means all groups.
    pub of: Option<Spanned<String>>,
}

/// `redact:` of a rule.
#[derive(Clone, Debug, PartialEq)]
pub enum RedactSpec {
    /// `redact: no`.
    No,
    /// `redact: yes`, the default.
    Yes,
    /// `redact: [group, …]`.
    Groups(Vec<Spanned<String>>),
}

/// `tests:` of a rule.
#[derive(Clone, Debug, Default)]
pub struct RuleTests {
    /// Texts the rule's condition must be true for.
    pub hit: Vec<TestCase>,
    /// Texts it must not be true for.
    pub pass: Vec<TestCase>,
    /// Known gaps: should hit, does not yet.
    pub todo_hit: Vec<TestCase>,
    /// Known gaps: should pass, does not yet.
    pub todo_pass: Vec<TestCase>,
}

/// A document to test with.
#[derive(Clone, Debug)]
pub struct TestCase {
    /// The whole entry.
    pub span: SourceSpan,
    /// The fields; a plain text is one field without a name (`text`).
    pub fields: Vec<(Spanned<String>, Spanned<String>)>,
    /// True when the entry was a text or had `text:`.
    pub unnamed: bool,
    /// `facts:`, nested ones flattened to dotted names.
    pub facts: Vec<(Spanned<String>, Spanned<serde_json::Value>)>,
    /// `lang:`.
    pub lang: Option<Spanned<String>>,
}
