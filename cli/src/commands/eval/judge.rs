//! Counting right and wrong predictions, by label and by rule.

use crate::commands::confusion::Confusion;
use crate::commands::labels::Labels;
use crate::commands::tally::Tally;
use crate::corpus::Document;
use crate::failure::Failure;
use std::collections::BTreeMap;
use tamis::ids::{ActionId, LabelId, RuleId};
use tamis::{Fired, Milli, Ruleset, VerdictRef};

/// The figures of a run.
#[derive(Debug)]
pub(super) struct Quality {
    /// The judged labels of the corpus, in the order of their names.
    pub(super) labels: BTreeMap<String, Judged>,
    /// By rule.
    pub(super) rules: Vec<RuleFigures>,
    /// Counts of verdicts.
    pub(super) tally: Tally,
    /// Labels of the corpus that were not judged.
    pub(super) unmapped: Vec<String>,
}

/// A label of the corpus.
#[derive(Debug)]
pub(super) struct Judged {
    /// Any of these predicts it.
    pub(super) predictors: Vec<LabelId>,
    /// Right and wrong predictions.
    pub(super) figures: Confusion,
}

impl Quality {
    /// The mean of the labels' F1.
    pub(super) fn macro_f1(&self) -> f64 {
        let sum: f64 = self.labels.values().map(|label| label.figures.f1()).sum();
        if self.labels.is_empty() { 0.0 } else { sum / self.labels.len() as f64 }
    }
}

/// What a rule contributed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct RuleFigures {
    /// Documents in which it fired.
    pub(super) hits: u64,
    /// Those in which a label it speaks for holds.
    pub(super) tp: u64,
    /// Those in which none does.
    pub(super) fp: u64,
    /// Of `tp`, those whose right prediction would be lost without its points.
    pub(super) only_tp: u64,
    /// Of `fp`, those whose wrong prediction would be lost without its points.
    pub(super) only_fp: u64,
}

/// What one hit of a rule says about the candidates of its label, as bits by their place in
/// [`Labels::by_label`]. Which of them count is known only at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Hit {
    rule: RuleId,
    judged: u64,
    truth: u64,
    lost: u64,
}

/// Judges documents one by one.
pub(super) struct Judge<'r> {
    ruleset: &'r Ruleset,
    labels: Labels,
    at: ActionId,
    /// By candidate.
    figures: Vec<Confusion>,
    hits: BTreeMap<Hit, u64>,
    tally: Tally,
    /// What the document at hand is, by candidate; kept to save allocations.
    row: Vec<State>,
}

/// A candidate in one document.
#[derive(Clone, Copy, Debug, Default)]
struct State {
    judged: bool,
    truth: bool,
    predicted: bool,
}

impl<'r> Judge<'r> {
    /// A judge for whom a label is predicted from the action `at` on.
    pub(super) fn new(ruleset: &'r Ruleset, labels: Labels, at: ActionId) -> Self {
        let n = labels.candidates.len();
        Self {
            ruleset,
            labels,
            at,
            figures: vec![Confusion::default(); n],
            hits: BTreeMap::new(),
            tally: Tally::new(ruleset),
            row: Vec::with_capacity(n),
        }
    }

    /// Judges the verdict about a document.
    pub(super) fn add(&mut self, document: &Document<'_>, verdict: VerdictRef<'_>) {
        self.labels.see(&document.labels);
        self.labels.see(document.known.as_deref().unwrap_or_default());
        self.tally.add_one(verdict);
        self.row.clear();
        for candidate in &self.labels.candidates {
            let known = document.known.as_ref();
            self.row.push(State {
                judged: known.is_none_or(|known| known.iter().any(|name| *name == candidate.name)),
                truth: document.labels.iter().any(|name| *name == candidate.name),
                predicted: candidate.predictors.iter().any(|&l| action_of(verdict, l) >= self.at),
            });
        }
        for (state, figures) in self.row.iter().zip(&mut self.figures) {
            if state.judged {
                figures.add(state.truth, state.predicted);
            }
        }
        for &fired in verdict.fired() {
            self.add_hit(verdict, fired, true);
        }
        for &fired in verdict.shadow() {
            self.add_hit(verdict, fired, false);
        }
    }

    fn add_hit(&mut self, verdict: VerdictRef<'_>, fired: Fired, enforced: bool) {
        let mut hit = Hit { rule: fired.rule, judged: 0, truth: 0, lost: 0 };
        if let Some(label) = self.ruleset.rules()[fired.rule.index()].label {
            let score = Milli(verdict.score(label).0 - fired.points.0);
            let without = self.reached(label, score);
            for (bit, &at) in self.labels.by_label[label.index()].iter().enumerate() {
                let state = self.row[at];
                let still = self.labels.candidates[at].predictors.iter().any(|&other| {
                    let action = if other == label { without } else { action_of(verdict, other) };
                    action >= self.at
                });
                hit.judged |= u64::from(state.judged) << bit;
                hit.truth |= u64::from(state.judged && state.truth) << bit;
                let lost = enforced && state.judged && state.predicted && !still;
                hit.lost |= u64::from(lost) << bit;
            }
        }
        *self.hits.entry(hit).or_default() += 1;
    }

    /// The most severe action whose threshold `score` reaches.
    fn reached(&self, label: LabelId, score: Milli) -> ActionId {
        let thresholds = self.ruleset.labels()[label.index()].thresholds.iter();
        let reached = thresholds.filter(|&&(_, at)| score >= at).map(|&(action, _)| action);
        reached.max().unwrap_or_default()
    }

    /// The figures; fails when policy and corpus have no label in common.
    pub(super) fn finish(self) -> Result<Quality, Failure> {
        self.labels.check()?;
        let mut rules = vec![RuleFigures::default(); self.ruleset.rules().len()];
        for (hit, n) in &self.hits {
            let counted = self.counted(hit.rule);
            let rule = &mut rules[hit.rule.index()];
            rule.hits += n;
            if hit.judged & counted == 0 {
                continue;
            }
            let (truth, lost) = (hit.truth & counted, hit.lost & counted);
            if truth == 0 {
                rule.fp += n;
                rule.only_fp += if lost == 0 { 0 } else { *n };
            } else {
                rule.tp += n;
                rule.only_tp += if lost & truth == 0 { 0 } else { *n };
            }
        }
        let unmapped = self.labels.unmapped();
        let judged = self.labels.candidates.into_iter().zip(self.figures);
        let judged = judged.filter(|(candidate, _)| candidate.confirmed);
        let labels = judged.map(|(candidate, figures)| {
            (candidate.name, Judged { predictors: candidate.predictors, figures })
        });
        Ok(Quality { labels: labels.collect(), rules, tally: self.tally, unmapped })
    }

    /// The candidates of a rule's label that turned out to be judged, as bits.
    fn counted(&self, rule: RuleId) -> u64 {
        let Some(label) = self.ruleset.rules()[rule.index()].label else { return 0 };
        let candidates = self.labels.by_label[label.index()].iter().enumerate();
        candidates.fold(0, |bits, (bit, &at)| {
            bits | u64::from(self.labels.candidates[at].confirmed) << bit
        })
    }
}

/// The action a label's score gives it.
fn action_of(verdict: VerdictRef<'_>, label: LabelId) -> ActionId {
    let entry = verdict.labels().iter().find(|entry| entry.label == label);
    entry.map_or(ActionId(0), |entry| entry.action)
}
