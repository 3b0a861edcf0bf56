//! The tables of a compiled ruleset: plain data, indexed by the ids.

use crate::decimal::Milli;
use crate::entity;
use crate::ids::{ActionId, ExceptId, FactId, GroupId, LabelId, PatternId, RuleId};
use crate::limits::Limits;
use crate::ngram::{self, Model};
use crate::program::{NodeId, Program, Run};
use crate::spec::model::{Boundary, FactType, Level, Mode, Value, View};
use crate::view::chars::Case;
use serde::{Deserialize, Serialize};

/// Everything a ruleset is, before automata are built from it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Tables {
    pub(crate) policy: String,
    pub(crate) version: Option<String>,
    pub(crate) actions: Vec<String>,
    pub(crate) labels: Vec<LabelInfo>,
    pub(crate) facts: Vec<FactInfo>,
    pub(crate) models: Vec<ModelRow>,
    /// The fields of documents; `text` when the policy names none.
    pub(crate) fields: Vec<String>,
    /// True when the policy names fields; a plain text then goes to the first.
    pub(crate) named_fields: bool,
    pub(crate) rules: Vec<RuleInfo>,
    /// Facts about the rules that only the engine needs, by rule.
    pub(crate) logic: Vec<RuleLogic>,
    /// The rules in an order in which each comes after those it refers to.
    pub(crate) order: Vec<RuleId>,
    pub(crate) groups: Vec<GroupRow>,
    pub(crate) patterns: Vec<PatternRow>,
    pub(crate) excepts: Vec<ExceptRow>,
    pub(crate) program: Program,
    pub(crate) exempt: Option<NodeId>,
    /// The least action of a saturated verdict.
    pub(crate) saturated: ActionId,
    pub(crate) needles: Needles,
    pub(crate) regexes: Vec<RegexRow>,
    pub(crate) entities: Vec<EntityRow>,
    pub(crate) domains: Vec<DomainRow>,
    pub(crate) limits: Limits,
}

/// A model of a ruleset.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ModelRow {
    /// Its name in conditions.
    pub(crate) name: String,
    pub(crate) model: Model,
}

/// A label of a ruleset.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LabelInfo {
    /// Its name.
    pub name: String,
    /// What it means.
    pub description: Option<String>,
    /// The score each action starts at, mildest first.
    pub thresholds: Vec<(ActionId, Milli)>,
    /// How a score becomes a probability, if the policy says so.
    pub calibration: Option<Calibration>,
}

/// How a label's score becomes a probability.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Calibration {
    /// What a score of 0 gives, before it is squeezed.
    pub bias: f64,
    /// What a point adds to that.
    pub slope: f64,
}

impl Calibration {
    /// 1 / (1 + e^−(bias + slope × score)), the same bits on every machine.
    pub fn probability(self, score: Milli) -> f64 {
        ngram::sigmoid(self.bias + self.slope * score.to_f64())
    }
}

impl LabelInfo {
    /// The probability that a document with this score has the label; none for a
    /// label without `calibration`.
    pub fn probability(&self, score: Milli) -> Option<f64> {
        self.calibration.map(|calibration| calibration.probability(score))
    }
}

/// A rule of a ruleset.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RuleInfo {
    /// Its name.
    pub id: String,
    /// The label it adds its points to.
    pub label: Option<LabelId>,
    /// What it adds when it fires.
    pub points: Milli,
    /// The least action of a verdict in which it fired.
    pub action: Option<ActionId>,
    /// Whether it acts.
    pub mode: Mode,
    /// For the author of the text; `{match}` and `{rule}` stand for what was found and the rule.
    pub message: Option<String>,
    /// For staff.
    pub description: Option<String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// What its author noted beside it, in order.
    pub meta: Vec<(String, String)>,
}

impl RuleInfo {
    /// A rule with neither label nor action: usable in conditions, never reported.
    pub fn is_helper(&self) -> bool {
        self.label.is_none() && self.action.is_none()
    }
}

/// A declared fact of a ruleset.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FactInfo {
    /// Its dotted name.
    pub name: String,
    /// Its type.
    pub kind: FactType,
    /// Its value when the caller gives none.
    pub default: Option<Value>,
}

/// What the engine needs of a rule.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct RuleLogic {
    /// The groups, a run of ids.
    pub(crate) first_group: u32,
    pub(crate) groups: u32,
    /// Its condition; without one any match fires the rule.
    pub(crate) when: Option<NodeId>,
    /// The facts its condition asks for, also through other rules, in policy order.
    pub(crate) facts: Vec<FactId>,
    pub(crate) repeat: Option<RepeatRow>,
    /// The groups whose matches are censored; `None` means all.
    pub(crate) redact: Option<Vec<GroupId>>,
    /// Languages it is for, lower case; empty means all.
    pub(crate) langs: Vec<String>,
    /// The file it was written in: the scope of that file's exceptions.
    pub(crate) scope: u32,
}

impl RuleLogic {
    /// The groups of the rule.
    pub(crate) fn group_ids(&self) -> impl Iterator<Item = GroupId> + use<> {
        (self.first_group..self.first_group + self.groups).map(GroupId)
    }
}

/// `repeat:` of a rule.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct RepeatRow {
    pub(crate) each: Milli,
    pub(crate) max: Option<Milli>,
    pub(crate) of: Option<GroupId>,
}

/// A group of patterns.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct GroupRow {
    pub(crate) name: String,
    pub(crate) rule: RuleId,
}

/// A pattern as a rule sees it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct PatternRow {
    /// As written.
    pub(crate) text: String,
    pub(crate) group: GroupId,
    pub(crate) rule: RuleId,
    /// The fields it looks in, one bit each.
    pub(crate) fields: u64,
}

/// An exception.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ExceptRow {
    /// As written.
    pub(crate) text: String,
    pub(crate) scope: ExceptScope,
    pub(crate) spares: Spares,
}

/// What an exception spares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Spares {
    /// What lies in one of its occurrences.
    Inside,
    /// What has an occurrence before it in its sentence, so many words back.
    After(u32),
    /// What has an occurrence behind it in its sentence, so many words on.
    Before(u32),
    /// What lies in quotation marks, in a quoted line or in code.
    Quoted,
}

/// Whose matches an exception spares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum ExceptScope {
    /// Those of one rule.
    Rule(RuleId),
    /// Those of every rule of a file.
    File(u32),
}

/// What a needle or regex was written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum Use {
    Pattern(PatternId),
    Except(ExceptId),
}

/// The literal patterns of a ruleset, each stored once however often it is used.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Needles {
    pub(crate) list: Vec<Needle>,
    /// The symbols of all needles.
    pub(crate) steps: Vec<Step>,
    /// The marks that steps ask for.
    pub(crate) marks: Vec<char>,
    pub(crate) uses: Vec<Use>,
}

/// A word or phrase to look for.
#[expect(clippy::struct_excessive_bools, reason = "independent of one another")]
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Needle {
    pub(crate) steps: Run,
    pub(crate) uses: Run,
    pub(crate) boundary: Boundary,
    pub(crate) level: Level,
    pub(crate) case_sensitive: bool,
    /// Only symbols: no gap, wildcard or apostrophe.
    pub(crate) plain: bool,
    /// Dashes are one, and quotation marks: in exceptions.
    pub(crate) same_signs: bool,
    /// Disguises are looked for: everywhere but in exceptions and at `exact`.
    pub(crate) relaxed: bool,
    /// Disguises that are innocent words do not count.
    pub(crate) veto: bool,
    /// The longest word is so short that less may be undone.
    pub(crate) short: bool,
    /// What the needle itself undoes, as a variant of a pattern: bits of `Kinds`, and the cost.
    pub(crate) kinds: u64,
    pub(crate) cost: u8,
}

/// One element of a needle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum Step {
    /// A folded symbol with its own marks.
    /// `origin` is the code point it was written as when that is a compatibility
    /// form: at `exact` only that one will do.
    Symbol { symbol: char, origin: Option<char>, case: Case, joined: bool, marks: MarkRun },
    /// The space of a phrase: 1–8 white-space or punctuation characters.
    Gap,
    /// `*`: 0–20 letters or marks of the same word.
    Star,
    /// An apostrophe between letters: any apostrophe, or none.
    Apostrophe,
}

/// A run of [`Needles::marks`], small enough to keep [`Step`] small.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct MarkRun {
    pub(crate) start: u32,
    pub(crate) len: u8,
}

impl Needles {
    pub(crate) fn steps(&self, needle: &Needle) -> &[Step] {
        needle.steps.of(&self.steps)
    }

    pub(crate) fn marks(&self, run: MarkRun) -> &[char] {
        &self.marks[run.start as usize..][..usize::from(run.len)]
    }
}

/// A regular expression, stored once however often it is used.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct RegexRow {
    pub(crate) source: String,
    pub(crate) view: View,
    pub(crate) case_sensitive: bool,
    pub(crate) boundary: Boundary,
    pub(crate) uses: Vec<Use>,
}

/// A recognizer with its options, stored once however often it is used.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct EntityRow {
    pub(crate) kind: entity::Kind,
    pub(crate) options: entity::Options,
    pub(crate) uses: Vec<Use>,
}

/// A domain to look for, stored once for each level it is compared at.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct DomainRow {
    /// In the form of [`entity::domain::normalize`].
    pub(crate) name: String,
    pub(crate) level: Level,
    /// Of exceptions: no disguise is undone that makes it another host.
    pub(crate) spares: bool,
    pub(crate) uses: Vec<Use>,
}
