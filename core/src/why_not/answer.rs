//! The answer: reasons, parts of the condition, finds, and their sentences.

use super::words;
use crate::eval::Truth;
use crate::report::{EvasionReport, Offsets};
use serde::Serialize;
use std::fmt;

/// So many matches of a group are named in a sentence.
pub(super) const MATCHES: usize = 3;

/// Why a rule did not fire on a document, or why it changed nothing. Its `Display` is a
/// sentence a line, its `Serialize` the JSON of `tamis check --why-not --json`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct WhyNot {
    /// The rule.
    pub rule: String,
    /// The answer in one sentence.
    pub summary: String,
    /// True when it fired, counts, and the document is not exempt.
    pub fired: bool,
    /// The value of its condition; of a rule without one, whether it found anything.
    pub truth: Truth,
    /// The action of the verdict.
    pub action: String,
    /// What `start` and `end` count.
    pub offsets: Offsets,
    /// What kept it from firing or from changing the action, the weightiest first.
    pub reasons: Vec<Reason>,
    /// Its condition, part by part; none when it has none.
    pub condition: Option<Part>,
    /// What each of its groups found.
    pub groups: Vec<GroupFinds>,
    /// The facts its condition asks for that the document lacks.
    pub missing: Vec<String>,
    /// How its label stands; none when it has no label.
    pub score: Option<ScoreGap>,
}

/// One reason, in a sentence.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Reason {
    /// What kind of reason it is.
    pub cause: Cause,
    /// The reason for a person.
    pub sentence: String,
    /// The level that would have found it, for [`Cause::Level`] and [`Cause::Ceiling`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<&'static str>,
    /// Where in the policy the reason was written, where there is such a place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// The matches it is about: removed ones, or those another setting would find.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub matches: Vec<Find>,
}

/// The kinds of reasons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Cause {
    /// The document is exempt.
    Exempt,
    /// The rule is disabled.
    Disabled,
    /// The rule is in shadow mode.
    Shadow,
    /// The rule has neither label nor action.
    Helper,
    /// The document states a language that the rule is not for.
    Language,
    /// A fact is missing.
    MissingFact,
    /// A part of the condition does not hold.
    Condition,
    /// An exception removed a match.
    Exception,
    /// A match was vetoed: what would have to be undone is innocent as it stands.
    Veto,
    /// A field the rule does not look in has it.
    Field,
    /// A higher level undoes the disguise.
    Level,
    /// The kinds of disguise are undone at this level, but all in all cost too much.
    Ceiling,
    /// It is there in other capitals.
    Case,
    /// It is there, but as a part of a longer word.
    Boundary,
    /// It is there in another form of the word.
    Inflection,
    /// A group found nothing, and no other setting would.
    NothingFound,
    /// The text hit a limit of undoing.
    Saturated,
    /// The score stays below the next threshold.
    Threshold,
}

impl Cause {
    /// Every kind.
    pub const ALL: [Cause; 18] = [
        Cause::Exempt,
        Cause::Disabled,
        Cause::Shadow,
        Cause::Helper,
        Cause::Language,
        Cause::MissingFact,
        Cause::Condition,
        Cause::Exception,
        Cause::Veto,
        Cause::Field,
        Cause::Level,
        Cause::Ceiling,
        Cause::Case,
        Cause::Boundary,
        Cause::Inflection,
        Cause::NothingFound,
        Cause::Saturated,
        Cause::Threshold,
    ];
}

/// A place in a policy file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1.
    pub column: u32,
}

/// A part of a condition with its value.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Part {
    /// The part as written.
    pub text: String,
    /// A truth, number, text or list; null when it is unknown.
    pub value: serde_json::Value,
    /// What there is to say about it, if anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Where it was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// What it is made of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// True for comparisons, whose sides say why.
    #[serde(skip)]
    pub(super) is_comparison: bool,
}

/// What a group found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroupFinds {
    /// The group.
    pub group: String,
    /// Its matches, removed ones included.
    pub matches: Vec<Find>,
}

/// A match, removed or not.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Find {
    /// The group.
    pub group: String,
    /// The pattern as written.
    pub pattern: String,
    /// The field.
    pub field: String,
    /// Where it starts.
    pub start: u32,
    /// One past its end.
    pub end: u32,
    /// The original text there.
    pub text: String,
    /// What was undone to find it.
    pub evasion: EvasionReport,
    /// What removed it, if anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub removed: Option<Removed>,
    /// True when the policy has several fields, so that sentences name it.
    #[serde(skip)]
    pub(super) in_field: bool,
}

/// What removed a match.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Removed {
    /// An exception.
    Exception {
        /// As written.
        exception: String,
        /// Where.
        #[serde(skip_serializing_if = "Option::is_none")]
        place: Option<Place>,
    },
    /// The veto.
    Veto {
        /// Why the disguise is held to be innocent.
        because: String,
    },
}

/// How the label of a rule stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ScoreGap {
    /// The label.
    pub label: String,
    /// Its score.
    pub score: f64,
    /// The action the score leads to.
    pub action: String,
    /// What the rule adds, or would add, when it fires.
    pub points: f64,
    /// The next action, if there is a higher one.
    pub next: Option<String>,
    /// The score it starts at.
    pub threshold: Option<f64>,
    /// How many points are missing.
    pub missing: Option<f64>,
}

impl Reason {
    pub(super) fn new(cause: Cause, sentence: String) -> Self {
        Self { cause, sentence, level: None, place: None, matches: Vec::new() }
    }

    pub(super) fn at(self, place: Option<Place>) -> Self {
        Self { place, ..self }
    }

    pub(super) fn about(self, matches: Vec<Find>) -> Self {
        Self { matches, ..self }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

impl WhyNot {
    /// What the rule found and measured, a sentence each: why its condition holds, when it does.
    pub fn grounds(&self) -> Vec<String> {
        let mut grounds = Vec::new();
        for GroupFinds { group, matches } in &self.groups {
            let counted = matches.iter().filter(|find| find.removed.is_none());
            let named: Vec<String> = counted.take(MATCHES).map(ToString::to_string).collect();
            if !named.is_empty() {
                grounds.push(format!("{} found {}.", words::group(group), words::joined(named)));
            }
        }
        if let Some(condition) = &self.condition {
            measured(condition, &mut grounds);
        }
        grounds
    }
}

/// Sentences for the comparisons of a condition that hold.
fn measured(part: &Part, grounds: &mut Vec<String>) {
    if part.is_comparison && part.value == serde_json::Value::Bool(true) {
        let note = part.note.as_ref().map_or_else(String::new, |note| format!(": {note}"));
        grounds.push(format!("`{}` holds{note}.", part.text));
    }
    for part in &part.parts {
        measured(part, grounds);
    }
}

impl fmt::Display for Find {
    /// `"k1ll" (3–7) for `kill`, written with digits or symbols for letters`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { text, pattern, start, end, .. } = self;
        write!(f, "{} ({start}–{end}", words::quoted(text))?;
        if self.in_field {
            write!(f, " of {}", self.field)?;
        }
        f.write_str(")")?;
        if text != pattern {
            write!(f, " for `{pattern}`")?;
        }
        if !self.evasion.kinds.is_empty() {
            let kinds = self.evasion.kinds.iter().map(|kind| words::kind(kind).to_owned());
            write!(f, ", written with {}", words::joined(kinds.collect()))?;
        }
        Ok(())
    }
}

impl fmt::Display for WhyNot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.summary)?;
        if self.truth == Truth::True {
            for ground in self.grounds() {
                writeln!(f, "{ground}")?;
            }
        }
        for reason in &self.reasons {
            writeln!(f, "{}", reason.sentence)?;
        }
        Ok(())
    }
}
