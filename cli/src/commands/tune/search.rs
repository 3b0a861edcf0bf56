//! The search: coordinate descent over a grid of points, rule after rule.

use super::rows::{Problem, Split, macro_f1};
use crate::commands::confusion::Confusion;
use tamis::Milli;
use tamis::ids::RuleId;

/// What a step away from the author's points has to earn, as macro F1.
const STEP_COST: f64 = 0.0005;

/// A rule that fired in fewer judged documents says too little about itself.
const MIN_HITS: u64 = 5;

/// Rounds over all rules; each has to gain something, so that few are ever needed.
const ROUNDS: usize = 50;

/// Numbers of points that are tried, however high the thresholds are.
const GRID: usize = 1_000;

/// Gains below this are noise of adding.
const EPSILON: f64 = 1e-12;

/// A search in progress.
pub(super) struct Search<'p> {
    problem: &'p Problem,
    step: Milli,
    points: Vec<Milli>,
    /// Right and wrong predictions with these points.
    figures: Vec<Confusion>,
    /// What may be tuned, with the rows it fired in.
    tunable: Vec<(RuleId, Vec<usize>)>,
}

impl<'p> Search<'p> {
    pub(super) fn new(problem: &'p Problem, step: Milli) -> Self {
        let rules = (0..problem.rules.len()).map(|at| RuleId(at as u32));
        let rows = rules.filter(|rule| !problem.rules[rule.index()].fixed).map(|rule| {
            let rows = problem.rows_of(rule);
            (rule, rows)
        });
        let tunable = rows.filter(|(_, rows)| problem.count(rows, Split::Learned) >= MIN_HITS);
        let points = problem.authored();
        Self {
            figures: problem.all_figures(&points, Split::Learned),
            tunable: tunable.collect(),
            problem,
            step,
            points,
        }
    }

    /// The points that were found, by rule.
    pub(super) fn run(mut self) -> Vec<Milli> {
        let tunable = std::mem::take(&mut self.tunable);
        for _ in 0..ROUNDS {
            let mut changed = false;
            for (rule, rows) in &tunable {
                changed |= self.improve(*rule, rows);
            }
            if !changed {
                break;
            }
        }
        self.points
    }

    /// Gives a rule the points that serve best; true when these are others than before.
    fn improve(&mut self, rule: RuleId, rows: &[usize]) -> bool {
        let now = self.points[rule.index()];
        let here =
            |points: &[Milli]| self.problem.figures(points, Split::Learned, rows.iter().copied());
        let elsewhere = combine(&self.figures, &here(&self.points), u64::wrapping_sub);
        let mut points = self.points.clone();
        let mut best = (self.value(&self.figures, rule, now), now, self.figures.clone());
        for candidate in self.grid(rule) {
            points[rule.index()] = candidate;
            let figures = combine(&elsewhere, &here(&points), u64::wrapping_add);
            let value = self.value(&figures, rule, candidate);
            if value > best.0 + EPSILON {
                best = (value, candidate, figures);
            }
        }
        let (_, found, figures) = best;
        self.points[rule.index()] = found;
        self.figures = figures;
        found != now
    }

    /// What a number of points may be: of the author's sign, and the author's own.
    fn grid(&self, rule: RuleId) -> Vec<Milli> {
        let rule = &self.problem.rules[rule.index()];
        let (step, own) = (self.step.0, rule.points.0);
        let most = rule.ceiling.0.max(own.abs());
        let multiples = (1..).map(|n| n * step).take_while(|points| *points <= most).take(GRID);
        let mut grid: Vec<i64> = multiples.map(|points| points * own.signum()).collect();
        grid.push(own);
        // Of points that serve as well the nearest to the author's are met first.
        grid.sort_by_key(|points| ((points - own).abs(), *points));
        grid.dedup();
        grid.into_iter().map(Milli).collect()
    }

    /// How good these figures are, less what it costs to get away from the author's points.
    fn value(&self, figures: &[Confusion], rule: RuleId, points: Milli) -> f64 {
        let away = (points.0 - self.problem.rules[rule.index()].points.0).abs() as f64;
        macro_f1(figures) - STEP_COST * away / self.step.0 as f64
    }
}

fn combine(a: &[Confusion], b: &[Confusion], with: fn(u64, u64) -> u64) -> Vec<Confusion> {
    let pair = |(a, b): (&Confusion, &Confusion)| Confusion {
        tp: with(a.tp, b.tp),
        fp: with(a.fp, b.fp),
        fn_: with(a.fn_, b.fn_),
        tn: with(a.tn, b.tn),
    };
    a.iter().zip(b).map(pair).collect()
}
