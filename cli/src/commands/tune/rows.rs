//! The corpus as far as points matter: which rules fired in how many documents of which labels.

use crate::commands::confusion::Confusion;
use crate::commands::labels::Labels;
use crate::corpus::Document;
use crate::failure::Failure;
use std::collections::BTreeMap;
use tamis::ids::{ActionId, LabelId, RuleId};
use tamis::spec::model::Mode;
use tamis::{Milli, Policy, Ruleset, VerdictRef};

/// Which side of the split a document is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Split {
    /// Points are learned from it.
    Learned,
    /// It is only measured.
    Held,
}

/// What documents have in common that no points can tell apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Row {
    /// Candidates that the documents are judged on, as bits.
    judged: u64,
    /// Candidates that hold.
    truth: u64,
    /// The enforced rules that fired, with what they added beyond their points.
    fired: Vec<(RuleId, Milli)>,
}

/// Rows in the making, with their documents on either side of the split.
pub(super) struct Rows<'r> {
    ruleset: &'r Ruleset,
    labels: Labels,
    held_out: u8,
    seen: BTreeMap<Row, [u64; 2]>,
}

impl<'r> Rows<'r> {
    pub(super) fn new(ruleset: &'r Ruleset, labels: Labels, held_out: u8) -> Result<Self, Failure> {
        if labels.candidates.len() > u64::BITS as usize {
            return Err(Failure::input("policies with more than 64 labels cannot be tuned"));
        }
        Ok(Self { ruleset, labels, held_out, seen: BTreeMap::new() })
    }

    pub(super) fn add(&mut self, document: &Document<'_>, verdict: VerdictRef<'_>) {
        self.labels.see(&document.labels);
        self.labels.see(document.known.as_deref().unwrap_or_default());
        let bits = |is: &dyn Fn(&str) -> bool| {
            let candidates = self.labels.candidates.iter().enumerate();
            candidates.fold(0, |bits, (at, candidate)| bits | u64::from(is(&candidate.name)) << at)
        };
        let known = document.known.as_ref();
        let judged = bits(&|name| known.is_none_or(|known| known.iter().any(|k| k == name)));
        let truth = bits(&|name| document.labels.iter().any(|label| label == name));
        let fired = verdict.fired().iter().map(|fired| {
            let own = self.ruleset.rules()[fired.rule.index()].points;
            (fired.rule, Milli(fired.points.0 - own.0))
        });
        let row = Row { judged, truth, fired: fired.collect() };
        let side = side(document, self.held_out);
        self.seen.entry(row).or_default()[side as usize] += 1;
    }

    /// What there is to learn from; fails when policy and corpus have no label in common.
    pub(super) fn finish(
        self,
        policy: &Policy,
        ruleset: &Ruleset,
        at: ActionId,
    ) -> Result<Problem, Failure> {
        self.labels.check()?;
        let threshold = |label: &tamis::LabelInfo| {
            let reached = label.thresholds.iter().filter(|(action, _)| *action >= at);
            reached.map(|&(_, threshold)| threshold).min()
        };
        let ceiling = |label: &tamis::LabelInfo| {
            label.thresholds.iter().map(|&(_, threshold)| threshold).max().unwrap_or(Milli::ZERO)
        };
        let confirmed = self.labels.candidates.iter().enumerate().filter(|(_, c)| c.confirmed);
        let judged = confirmed.map(|(bit, candidate)| Judged {
            name: candidate.name.clone(),
            bit,
            predictors: candidate.predictors.clone(),
        });
        let rules = ruleset.rules().iter().map(|rule| Rule {
            name: rule.id.clone(),
            label: rule.label,
            points: rule.points,
            ceiling: rule.label.map_or(Milli::ZERO, |l| ceiling(&ruleset.labels()[l.index()])),
            fixed: rule.mode != Mode::Enforce
                || rule.points == Milli::ZERO
                || repeats(policy, &rule.id),
        });
        Ok(Problem {
            judged: judged.collect(),
            thresholds: ruleset.labels().iter().map(threshold).collect(),
            rules: rules.collect(),
            rows: self.seen.into_iter().collect(),
            unmapped: self.labels.unmapped(),
        })
    }
}

/// A rule whose points count more than once cannot be told from its points alone.
fn repeats(policy: &Policy, name: &str) -> bool {
    let rules = &policy.spec().rules;
    rules
        .iter()
        .any(|rule| rule.id.as_ref().is_some_and(|id| id.value == name) && rule.repeat.is_some())
}

/// The side of a document, by its texts alone: FNV-1a, which is the same everywhere.
fn side(document: &Document<'_>, held_out: u8) -> Split {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for field in document.input.fields() {
        // A byte that no text has keeps fields apart.
        for byte in field.text.bytes().chain([0xff]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    // Its low bits are its weakest.
    if (hash >> 32) % 100 < u64::from(held_out) { Split::Held } else { Split::Learned }
}

/// A label of the corpus.
#[derive(Debug)]
pub(super) struct Judged {
    pub(super) name: String,
    bit: usize,
    pub(super) predictors: Vec<LabelId>,
}

/// A rule as far as points matter.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) name: String,
    label: Option<LabelId>,
    /// As authored.
    pub(super) points: Milli,
    /// The highest threshold of its label.
    pub(super) ceiling: Milli,
    /// Its points are not for tuning.
    pub(super) fixed: bool,
}

/// What there is to learn from.
#[derive(Debug)]
pub(super) struct Problem {
    pub(super) judged: Vec<Judged>,
    /// By label, the score from which on it is predicted.
    thresholds: Vec<Option<Milli>>,
    pub(super) rules: Vec<Rule>,
    rows: Vec<(Row, [u64; 2])>,
    /// Corpus labels that no policy label stands for.
    pub(super) unmapped: Vec<String>,
}

impl Problem {
    /// The points as authored, by rule.
    pub(super) fn authored(&self) -> Vec<Milli> {
        self.rules.iter().map(|rule| rule.points).collect()
    }

    pub(super) fn documents(&self, split: Split) -> u64 {
        self.rows.iter().map(|(_, counts)| counts[split as usize]).sum()
    }

    pub(super) fn is_empty(&self, split: Split) -> bool {
        self.documents(split) == 0
    }

    /// The rows in which a rule fired that are judged on what it speaks for.
    pub(super) fn rows_of(&self, rule: RuleId) -> Vec<usize> {
        let label = self.rules[rule.index()].label;
        let speaks_for = |judged: &&Judged| label.is_some_and(|l| judged.predictors.contains(&l));
        let bits = self.judged.iter().filter(speaks_for).fold(0, |bits, j| bits | 1 << j.bit);
        let concerned = |(row, _): &(Row, [u64; 2])| {
            row.judged & bits != 0 && row.fired.iter().any(|(fired, _)| *fired == rule)
        };
        (0..self.rows.len()).filter(|&at| concerned(&self.rows[at])).collect()
    }

    /// The documents of these rows.
    pub(super) fn count(&self, rows: &[usize], split: Split) -> u64 {
        rows.iter().map(|&at| self.rows[at].1[split as usize]).sum()
    }

    /// Right and wrong predictions of each judged label, with these points, in these rows.
    pub(super) fn figures(
        &self,
        points: &[Milli],
        split: Split,
        rows: impl IntoIterator<Item = usize>,
    ) -> Vec<Confusion> {
        let mut figures = vec![Confusion::default(); self.judged.len()];
        for at in rows {
            let (row, counts) = &self.rows[at];
            let n = counts[split as usize];
            for (judged, figures) in self.judged.iter().zip(&mut figures) {
                if n > 0 && row.judged >> judged.bit & 1 == 1 {
                    let truth = row.truth >> judged.bit & 1 == 1;
                    figures.add_many(truth, self.is_predicted(row, judged, points), n);
                }
            }
        }
        figures
    }

    /// The same in all rows.
    pub(super) fn all_figures(&self, points: &[Milli], split: Split) -> Vec<Confusion> {
        self.figures(points, split, 0..self.rows.len())
    }

    fn is_predicted(&self, row: &Row, judged: &Judged, points: &[Milli]) -> bool {
        judged.predictors.iter().any(|&label| {
            let fired =
                row.fired.iter().filter(|(r, _)| self.rules[r.index()].label == Some(label));
            let score: i64 = fired.map(|(r, more)| points[r.index()].0 + more.0).sum();
            self.thresholds[label.index()].is_some_and(|threshold| score >= threshold.0)
        })
    }
}

/// The mean of the labels' F1.
pub(super) fn macro_f1(figures: &[Confusion]) -> f64 {
    let sum: f64 = figures.iter().map(|figures| figures.f1()).sum();
    if figures.is_empty() { 0.0 } else { sum / figures.len() as f64 }
}
