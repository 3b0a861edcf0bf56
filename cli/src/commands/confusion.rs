//! Right and wrong predictions.

use serde::Serialize;

/// Right and wrong predictions of a label.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Confusion {
    /// Holds and is predicted.
    pub(crate) tp: u64,
    /// Is predicted and does not hold.
    pub(crate) fp: u64,
    /// Holds and is not predicted.
    pub(crate) fn_: u64,
    /// Neither.
    pub(crate) tn: u64,
}

impl Confusion {
    /// Counts a prediction.
    pub(crate) fn add(&mut self, truth: bool, predicted: bool) {
        self.add_many(truth, predicted, 1);
    }

    /// Counts as many predictions.
    pub(crate) fn add_many(&mut self, truth: bool, predicted: bool, n: u64) {
        *match (truth, predicted) {
            (true, true) => &mut self.tp,
            (false, true) => &mut self.fp,
            (true, false) => &mut self.fn_,
            (false, false) => &mut self.tn,
        } += n;
    }

    /// The share of predictions that are right.
    pub(crate) fn precision(self) -> f64 {
        ratio(self.tp, self.tp + self.fp)
    }

    /// The share of true cases that are predicted.
    pub(crate) fn recall(self) -> f64 {
        ratio(self.tp, self.tp + self.fn_)
    }

    /// The harmonic mean of both.
    pub(crate) fn f1(self) -> f64 {
        ratio(2 * self.tp, 2 * self.tp + self.fp + self.fn_)
    }
}

/// What was counted and what it means, as JSON has it.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Figures {
    tp: u64,
    fp: u64,
    #[serde(rename = "fn")]
    fn_: u64,
    tn: u64,
    precision: f64,
    recall: f64,
    f1: f64,
}

impl From<Confusion> for Figures {
    fn from(counts: Confusion) -> Self {
        let Confusion { tp, fp, fn_, tn } = counts;
        let (precision, recall, f1) = (counts.precision(), counts.recall(), counts.f1());
        Self { tp, fp, fn_, tn, precision, recall, f1 }
    }
}

fn ratio(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}
