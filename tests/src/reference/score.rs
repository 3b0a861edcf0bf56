//! From fired rules to scores and the action.

use super::matches::{self, Hit};
use super::resolve::ResolvedRule;
use tamis::Milli;
use tamis::spec::model::Policy;

/// A label's score and the action it leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Score {
    /// The label, by number.
    pub label: usize,
    /// The sum.
    pub score: Milli,
    /// The action, by number.
    pub action: usize,
}

/// What a fired rule adds to its label.
///
/// # Panics
/// Never: no text has 2⁶³ matches.
pub fn points(rule: &ResolvedRule, hits: &[Hit]) -> Milli {
    let Some(repeat) = &rule.repeat else {
        return rule.points;
    };
    let counted = |h: &&Hit| {
        !h.suppressed && repeat.of.as_ref().is_none_or(|of| rule.groups[h.group].name == *of)
    };
    let n = i64::try_from(matches::disjoint(hits.iter().filter(counted))).expect("a count").max(1);
    let total = Milli(rule.points.0 + repeat.each.0 * (n - 1));
    repeat.max.map_or(total, |max| total.min(max))
}

/// The score of every label that has one other than 0, or an action.
pub fn scores(
    policy: &Policy,
    actions: &[String],
    rules: &[ResolvedRule],
    fired: &[(usize, Milli)],
) -> Vec<Score> {
    let mut scores = Vec::new();
    for (number, label) in policy.labels.iter().enumerate() {
        let of_label = fired.iter().filter(|(rule, _)| rules[*rule].label == Some(number));
        let score = Milli(of_label.map(|(_, points)| points.0).sum());
        let reached = label.thresholds.iter().filter(|(_, at)| score >= at.value);
        let action = reached
            .filter_map(|(name, _)| actions.iter().position(|a| *a == name.value))
            .max()
            .unwrap_or(0);
        if score != Milli::ZERO || action > 0 {
            scores.push(Score { label: number, score, action });
        }
    }
    scores
}

/// The most severe of all labels' actions and all floors.
pub fn action(scores: &[Score], rules: &[ResolvedRule], fired: &[(usize, Milli)]) -> usize {
    let labels = scores.iter().map(|s| s.action);
    let floors = fired.iter().filter_map(|(rule, _)| rules[*rule].action);
    labels.chain(floors).max().unwrap_or(0)
}
