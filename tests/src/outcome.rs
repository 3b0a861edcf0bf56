//! What was decided about a document, by names: the form in which the engine,
//! the reference and the cases are compared.

use std::collections::BTreeSet;
use std::ops::Range;
use tamis::Milli;

/// A verdict by names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The action.
    pub action: String,
    /// The action if shadow rules were enforced.
    pub shadow_action: String,
    /// `exempt` held.
    pub exempt: bool,
    /// Labels with a score other than 0 or an action.
    pub labels: Vec<LabelOutcome>,
    /// Enforced rules that fired.
    pub fired: Vec<FiredOutcome>,
    /// Shadow rules that fired.
    pub shadow: Vec<FiredOutcome>,
    /// Rules that could not be decided.
    pub undecided: Vec<UndecidedOutcome>,
    /// Facts whose value was not usable.
    pub invalid_facts: Vec<String>,
    /// Matches that an exception took out, by rule.
    pub suppressed: Vec<MatchOutcome>,
}

/// A label's score and action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelOutcome {
    /// The label.
    pub label: String,
    /// Its score.
    pub score: Milli,
    /// What its `calibration` makes of the score, in trillionths: see [`trillionths`].
    pub probability: Option<u64>,
    /// Its action.
    pub action: String,
}

/// A probability as a whole number, exact enough to compare what was computed apart.
#[expect(clippy::cast_sign_loss, reason = "probabilities are not negative")]
pub fn trillionths(probability: f64) -> u64 {
    (probability * 1e12).round() as u64
}

/// A rule that fired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FiredOutcome {
    /// The rule.
    pub rule: String,
    /// What it added.
    pub points: Milli,
    /// Its surviving matches by field, start, end and pattern.
    pub matches: Vec<MatchOutcome>,
}

/// A match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatchOutcome {
    /// The rule.
    pub rule: String,
    /// The group.
    pub group: String,
    /// The pattern as written.
    pub pattern: String,
    /// The field.
    pub field: String,
    /// Bytes of the field.
    pub span: Range<usize>,
    /// What stands there.
    pub text: String,
    /// What was undone, by name, sorted.
    pub kinds: BTreeSet<String>,
    /// What that costs, in tenths.
    pub cost: u32,
}

/// A rule that could not be decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UndecidedOutcome {
    /// The rule.
    pub rule: String,
    /// The facts it missed.
    pub missing: Vec<String>,
}
