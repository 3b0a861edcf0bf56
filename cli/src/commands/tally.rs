//! Counting verdicts.

use std::collections::BTreeSet;
use tamis::ids::{ActionId, FactId};
use tamis::{Batch, Fired, Ruleset, VerdictRef};

/// What a run of verdicts adds up to.
#[derive(Debug)]
pub(crate) struct Tally {
    /// Documents by action.
    pub(crate) actions: Vec<u64>,
    /// Documents by label and the label's action.
    pub(crate) labels: Vec<Vec<u64>>,
    /// Documents in which each rule fired, enforced.
    pub(crate) hits: Vec<u64>,
    /// Documents in which each rule fired, in shadow mode.
    pub(crate) shadow: Vec<u64>,
    /// Documents whose action would differ if rules in shadow mode were enforced.
    pub(crate) shadow_changes: u64,
    /// Documents for which each rule could not be decided, and the facts it missed.
    pub(crate) undecided: Vec<(u64, BTreeSet<FactId>)>,
    /// Documents in which each fact had a value of another type.
    pub(crate) invalid_facts: Vec<u64>,
    /// Documents that were exempt.
    pub(crate) exempt: u64,
    /// Documents that hit a limit.
    pub(crate) saturated: u64,
}

impl Tally {
    /// Nothing counted yet.
    pub(crate) fn new(ruleset: &Ruleset) -> Self {
        let actions = ruleset.actions().len();
        let rules = ruleset.rules().len();
        Self {
            actions: vec![0; actions],
            labels: vec![vec![0; actions]; ruleset.labels().len()],
            hits: vec![0; rules],
            shadow: vec![0; rules],
            shadow_changes: 0,
            undecided: vec![(0, BTreeSet::new()); rules],
            invalid_facts: vec![0; ruleset.facts().len()],
            exempt: 0,
            saturated: 0,
        }
    }

    /// Counts all verdicts of a batch.
    pub(crate) fn add(&mut self, batch: &Batch) {
        for verdict in batch.iter() {
            self.add_one(verdict);
        }
    }

    /// Counts a verdict.
    pub(crate) fn add_one(&mut self, verdict: VerdictRef<'_>) {
        self.actions[verdict.action().index()] += 1;
        self.exempt += u64::from(verdict.exempt());
        self.saturated += u64::from(verdict.saturated());
        self.shadow_changes += u64::from(verdict.shadow_action() != verdict.action());
        for label in verdict.labels() {
            self.labels[label.label.index()][label.action.index()] += 1;
        }
        count(&mut self.hits, verdict.fired());
        count(&mut self.shadow, verdict.shadow());
        for undecided in verdict.undecided() {
            let (documents, missing) = &mut self.undecided[undecided.rule.index()];
            *documents += 1;
            missing.extend(&undecided.missing);
        }
        for fact in verdict.invalid_facts() {
            self.invalid_facts[fact.index()] += 1;
        }
    }

    /// Documents with this action or a more severe one.
    pub(crate) fn at_least(&self, action: ActionId) -> u64 {
        self.actions[action.index()..].iter().sum()
    }
}

fn count(hits: &mut [u64], fired: &[Fired]) {
    for fired in fired {
        hits[fired.rule.index()] += 1;
    }
}
