//! The points in the text of the policy, and whether its tests still pass.

use super::rows::Problem;
use crate::failure::Failure;
use crate::policy::PolicyArgs;
use crate::revision::{Revision, failing};
use tamis::amend::{Change, ChangeKind};
use tamis::{Milli, Policy};

/// A policy with other points.
pub(super) struct Changed {
    /// By rule.
    pub(super) points: Vec<Milli>,
    pub(super) revision: Revision,
    /// Rules whose change broke a test of the policy, or has no place in its text.
    pub(super) taken_back: Vec<String>,
}

impl Changed {
    /// The policy with these points, as far as its tests allow.
    pub(super) fn new(
        args: &PolicyArgs,
        policy: &Policy,
        problem: &Problem,
        points: Vec<Milli>,
    ) -> Result<Self, Failure> {
        let revision = Revision::unchanged(policy);
        let mut this = Self { points, revision, taken_back: Vec::new() };
        if this.changes(problem).is_empty() || args.name.starts_with("pack:") {
            return Ok(this);
        }
        let before = failing(policy)?;
        let mut failed = this.write_points(args, policy, problem)?;
        while failed > before {
            // The change to take back is the one without which most tests pass.
            let mut best: Option<(usize, usize)> = None;
            for rule in this.changed(problem) {
                let kept = std::mem::replace(&mut this.points[rule], problem.rules[rule].points);
                let without = this.write_points(args, policy, problem)?;
                this.points[rule] = kept;
                if best.is_none_or(|(least, _)| without < least) {
                    best = Some((without, rule));
                }
            }
            let Some((_, rule)) = best else { break };
            this.points[rule] = problem.rules[rule].points;
            this.taken_back.push(problem.rules[rule].name.clone());
            failed = this.write_points(args, policy, problem)?;
        }
        Ok(this)
    }

    /// The rules with other points than the author's.
    fn changed(&self, problem: &Problem) -> Vec<usize> {
        let rules = problem.rules.iter().zip(&self.points).enumerate();
        rules.filter(|(_, (rule, points))| rule.points != **points).map(|(at, _)| at).collect()
    }

    fn changes(&self, problem: &Problem) -> Vec<Change> {
        let change = |at: usize| Change {
            rule: problem.rules[at].name.clone(),
            kind: ChangeKind::Points(self.points[at]),
        };
        self.changed(problem).into_iter().map(change).collect()
    }

    /// Writes the points into the text, and says how many tests fail then.
    fn write_points(
        &mut self,
        args: &PolicyArgs,
        policy: &Policy,
        problem: &Problem,
    ) -> Result<usize, Failure> {
        let (revision, changed) = Revision::new(args, policy, &self.changes(problem))?;
        self.revision = revision;
        for name in std::mem::take(&mut self.revision.left) {
            if let Some(at) = problem.rules.iter().position(|rule| rule.name == name) {
                self.points[at] = problem.rules[at].points;
            }
            self.taken_back.push(name);
        }
        failing(&changed)
    }
}
