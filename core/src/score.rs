//! Fired rules → scores, label actions and the final action. Exact integers throughout.

use crate::decimal::Milli;
use crate::eval::groups::count_disjoint;
use crate::ids::{ActionId, LabelId, RuleId};
use crate::ruleset::tables::{RepeatRow, Tables};
use crate::spec::model::Mode;
use crate::verdict::{Fired, LabelScore, Match};
use smallvec::SmallVec;

/// What the fired rules add up to.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) action: ActionId,
    pub(crate) shadow_action: ActionId,
    pub(crate) labels: SmallVec<[LabelScore; 1]>,
    pub(crate) fired: SmallVec<[Fired; 1]>,
    pub(crate) shadow: Vec<Fired>,
}

/// Scores the rules whose condition is true, in policy order. `alive` holds the surviving
/// matches, by rule.
pub(crate) fn score(
    tables: &Tables,
    holding: impl Iterator<Item = RuleId>,
    alive: &[Match],
) -> Outcome {
    let mut outcome = Outcome::default();
    for id in holding {
        let rule = &tables.rules[id.index()];
        if rule.is_helper() {
            continue;
        }
        let fired = Fired { rule: id, points: points(tables, id, alive) };
        match rule.mode {
            Mode::Enforce => outcome.fired.push(fired),
            Mode::Shadow => outcome.shadow.push(fired),
            Mode::Disabled => {}
        }
    }
    outcome.labels = label_scores(tables, outcome.fired.iter());
    outcome.action = action(tables, &outcome.labels, outcome.fired.iter());
    outcome.shadow_action = if outcome.shadow.is_empty() {
        outcome.action
    } else {
        let both = outcome.fired.iter().chain(&outcome.shadow);
        action(tables, &label_scores(tables, both.clone()), both)
    };
    outcome
}

/// The most severe action of all labels and floors.
fn action<'f>(
    tables: &Tables,
    labels: &[LabelScore],
    fired: impl Iterator<Item = &'f Fired>,
) -> ActionId {
    let floors = fired.filter_map(|f| tables.rules[f.rule.index()].action);
    labels.iter().map(|l| l.action).chain(floors).max().unwrap_or_default()
}

/// Each label with a score other than 0 or an action, in policy order.
fn label_scores<'f>(
    tables: &Tables,
    fired: impl Iterator<Item = &'f Fired>,
) -> SmallVec<[LabelScore; 1]> {
    let mut scores = SmallVec::<[LabelScore; 1]>::new();
    for fired in fired {
        let Some(label) = tables.rules[fired.rule.index()].label else { continue };
        match scores.iter_mut().find(|l| l.label == label) {
            Some(entry) => entry.score = plus(entry.score, fired.points),
            None => scores.push(LabelScore { label, score: fired.points, action: ActionId(0) }),
        }
    }
    for entry in &mut scores {
        entry.action = reached(tables, entry.label, entry.score);
    }
    scores.retain(|l| l.score != Milli::ZERO || l.action != ActionId(0));
    scores.sort_unstable_by_key(|l| l.label);
    scores
}

/// The most severe action whose threshold the score reaches.
fn reached(tables: &Tables, label: LabelId, score: Milli) -> ActionId {
    let thresholds = tables.labels[label.index()].thresholds.iter();
    thresholds.filter(|&&(_, at)| score >= at).map(|&(action, _)| action).max().unwrap_or_default()
}

/// The points of a fired rule, repeats included.
fn points(tables: &Tables, rule: RuleId, alive: &[Match]) -> Milli {
    let base = tables.rules[rule.index()].points;
    let Some(repeat) = tables.logic[rule.index()].repeat else { return base };
    let from = alive.partition_point(|m| m.rule < rule);
    let own = alive[from..].iter().take_while(|m| m.rule == rule);
    let count = count_disjoint(own.filter(|m| repeat.of.is_none_or(|group| m.group == group)));
    repeated(base, repeat, count)
}

/// `points + each × (n − 1)`, never beyond `max`: not above a `max` that the
/// points grow towards, not below one that they fall towards.
fn repeated(base: Milli, repeat: RepeatRow, count: u32) -> Milli {
    let more = i64::from(count.max(1) - 1);
    let total = plus(base, Milli(repeat.each.0.saturating_mul(more)));
    match repeat.max {
        None => total,
        Some(max) if repeat.each < Milli::ZERO => total.max(max),
        Some(max) => total.min(max),
    }
}

fn plus(a: Milli, b: Milli) -> Milli {
    Milli(a.0.saturating_add(b.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeats_add_up_to_their_bound() {
        let total = |base, each, max: Option<i64>, count| {
            let repeat = RepeatRow { each: Milli(each), max: max.map(Milli), of: None };
            repeated(Milli(base), repeat, count).0
        };
        assert_eq!(total(2000, 500, None, 1), 2000);
        assert_eq!(total(2000, 500, None, 4), 3500);
        assert_eq!(total(2000, 500, Some(3000), 4), 3000);
        assert_eq!(total(2000, 500, None, 0), 2000, "fired without a match");
        assert_eq!(total(-1000, -500, Some(-2000), 9), -2000);
        assert_eq!(total(0, i64::MAX, None, u32::MAX), i64::MAX, "no overflow");
    }
}
