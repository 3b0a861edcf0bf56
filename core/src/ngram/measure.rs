//! How good a model is, on documents it did not learn from.

use serde::Serialize;

/// The thresholds that are shown.
const THRESHOLDS: [f64; 11] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99];

/// The quality of a model.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Measures {
    /// Documents that were judged.
    pub documents: u64,
    /// Those among them with the label.
    pub positives: u64,
    /// The share of pairs of a document with the label and one without in which the former
    /// has the higher probability; ties count half.
    pub auc: f64,
    /// The mean of −log of the probability that was given to what is true: the surer and
    /// the more often wrong, the higher.
    pub log_loss: f64,
    /// At thresholds from low to high.
    pub points: Vec<Point>,
    /// At the hundredth at which F1 is highest.
    pub best: Point,
}

/// What follows from asking for a probability above a threshold.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Point {
    /// The threshold.
    pub threshold: f64,
    /// Documents above it that have the label.
    pub tp: u64,
    /// Documents above it that have not.
    pub fp: u64,
    /// The others that have it.
    #[serde(rename = "fn")]
    pub missed: u64,
    /// The others that have not.
    pub tn: u64,
    /// tp / (tp + fp)
    pub precision: f64,
    /// tp / (tp + fn)
    pub recall: f64,
    /// 2 tp / (2 tp + fp + fn)
    pub f1: f64,
}

/// A document with what the model says of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measured {
    pub(super) probability: f64,
    pub(super) positive: bool,
}

impl Measures {
    pub(super) fn of(measured: impl Iterator<Item = Measured>) -> Self {
        let mut all: Vec<Measured> = measured.collect();
        all.sort_by(|a, b| a.probability.total_cmp(&b.probability));
        let positives = all.iter().filter(|m| m.positive).count() as u64;
        // Of equal F1 the lowest threshold: it misses least.
        let hundredths = (1..100).map(|at| Point::at(&all, f64::from(at) / 100.0));
        let best = hundredths.reduce(|best, point| if point.f1 > best.f1 { point } else { best });
        Self {
            documents: all.len() as u64,
            positives,
            auc: auc(&all, positives),
            log_loss: log_loss(&all),
            points: THRESHOLDS.iter().map(|&at| Point::at(&all, at)).collect(),
            best: best.expect("there are hundredths"),
        }
    }
}

impl Point {
    fn at(sorted: &[Measured], threshold: f64) -> Self {
        let first = sorted.partition_point(|m| m.probability <= threshold);
        let (below, above) = sorted.split_at(first);
        let count = |list: &[Measured]| list.iter().filter(|m| m.positive).count() as u64;
        let (tp, missed) = (count(above), count(below));
        let (fp, tn) = (above.len() as u64 - tp, below.len() as u64 - missed);
        let ratio = |part: u64, whole: u64| {
            if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
        };
        let (precision, recall) = (ratio(tp, tp + fp), ratio(tp, tp + missed));
        Self {
            threshold,
            tp,
            fp,
            missed,
            tn,
            precision,
            recall,
            f1: ratio(2 * tp, 2 * tp + fp + missed),
        }
    }
}

fn auc(sorted: &[Measured], positives: u64) -> f64 {
    let negatives = sorted.len() as u64 - positives;
    if positives == 0 || negatives == 0 {
        return 0.5;
    }
    // Twice the pairs that are right, so that ties stay whole numbers.
    let (mut right, mut below) = (0_u64, 0);
    for tied in sorted.chunk_by(|a, b| a.probability.total_cmp(&b.probability).is_eq()) {
        let with = tied.iter().filter(|m| m.positive).count() as u64;
        let without = tied.len() as u64 - with;
        right += with * (2 * below + without);
        below += without;
    }
    right as f64 / (2 * positives * negatives) as f64
}

fn log_loss(all: &[Measured]) -> f64 {
    let loss = |m: &Measured| {
        let given = if m.positive { m.probability } else { 1.0 - m.probability };
        -libm::log(given.max(1e-15))
    };
    all.iter().map(loss).sum::<f64>() / (all.len().max(1) as f64)
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "ratios of small counts")]
mod tests {
    use super::*;

    fn of(rows: &[(f64, bool)]) -> Measures {
        Measures::of(rows.iter().map(|&(probability, positive)| Measured { probability, positive }))
    }

    #[test]
    fn counts_and_ratios() {
        let measures = of(&[(0.9, true), (0.6, false), (0.5, true), (0.2, false), (0.1, false)]);
        let half = measures.points[4];
        assert_eq!((half.tp, half.fp, half.missed, half.tn), (1, 1, 1, 2), "0.5 is not above 0.5");
        assert_eq!((half.precision, half.recall, half.f1), (0.5, 0.5, 0.5));
        assert_eq!(measures.auc, 5.0 / 6.0);
        assert_eq!((measures.best.threshold, measures.best.f1), (0.2, 0.8));
        assert_eq!(measures.points.len(), THRESHOLDS.len());
    }

    #[test]
    fn ties_count_half_and_one_class_says_nothing() {
        assert_eq!(of(&[(0.5, true), (0.5, false)]).auc, 0.5);
        assert_eq!(of(&[(0.5, true)]).auc, 0.5);
        assert_eq!(of(&[(0.9, false)]).points[0].precision, 0.0);
    }
}
