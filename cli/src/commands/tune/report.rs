//! What was learned, for people and as JSON.

use super::change::Changed;
use super::rows::{Problem, Split, macro_f1};
use crate::commands::confusion::{Confusion, Figures};
use crate::corpus::{ErrorFigures, Totals};
use crate::ui::diff;
use crate::ui::number::{count, plural};
use crate::ui::style::{BAD, BOLD, DIM, GOOD, WARN};
use crate::ui::table::{Cell, Table};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};
use tamis::ids::RuleId;
use tamis::{Milli, Ruleset};

/// Figures with the author's points and with others, on both sides of the split.
pub(super) struct Outcome<'o> {
    problem: &'o Problem,
    changed: &'o Changed,
    ruleset: &'o Ruleset,
    step: Milli,
    totals: &'o Totals,
    learned: Pair<Vec<Confusion>>,
    held: Pair<Vec<Confusion>>,
}

/// Before and after.
#[derive(Clone, Debug, Serialize)]
struct Pair<T> {
    before: T,
    after: T,
}

impl<T> Pair<T> {
    fn map<U>(&self, with: impl Fn(&T) -> U) -> Pair<U> {
        Pair { before: with(&self.before), after: with(&self.after) }
    }
}

#[derive(Serialize)]
pub(super) struct Report<'o> {
    documents: u64,
    errors: ErrorFigures<'o>,
    learned_from: u64,
    held_out: u64,
    step: f64,
    macro_f1: Sides<Pair<f64>>,
    labels: BTreeMap<&'o str, Sides<Pair<Figures>>>,
    changes: Vec<ChangeReport<'o>>,
    taken_back: &'o [String],
    not_judged: &'o [String],
    patch: String,
    ruleset: RulesetName<'o>,
}

#[derive(Serialize)]
struct Sides<T> {
    learned_from: T,
    held_out: T,
}

#[derive(Serialize)]
struct ChangeReport<'o> {
    rule: &'o str,
    from: f64,
    to: f64,
    /// Judged documents it fired in, on both sides.
    hits: u64,
}

#[derive(Serialize)]
struct RulesetName<'o> {
    policy: &'o str,
    version: Option<&'o str>,
    fingerprint: &'o str,
}

impl<'o> Outcome<'o> {
    pub(super) fn new(
        problem: &'o Problem,
        changed: &'o Changed,
        ruleset: &'o Ruleset,
        step: Milli,
        totals: &'o Totals,
    ) -> Self {
        let authored = problem.authored();
        let figures = |split| Pair {
            before: problem.all_figures(&authored, split),
            after: problem.all_figures(&changed.points, split),
        };
        let (learned, held) = (figures(Split::Learned), figures(Split::Held));
        Self { problem, changed, ruleset, step, totals, learned, held }
    }

    /// True when the change does harm to documents that nothing was learned from.
    pub(super) fn is_worse(&self) -> bool {
        let Pair { before, after } = self.held.map(|figures| macro_f1(figures));
        after < before
    }

    fn changes(&self) -> impl Iterator<Item = ChangeReport<'_>> {
        let rules = self.problem.rules.iter().zip(&self.changed.points).enumerate();
        rules.filter(|(_, (rule, points))| rule.points != **points).map(|(at, (rule, points))| {
            let rows = self.problem.rows_of(RuleId(at as u32));
            let hits = |split| self.problem.count(&rows, split);
            ChangeReport {
                rule: &rule.name,
                from: rule.points.to_f64(),
                to: points.to_f64(),
                hits: hits(Split::Learned) + hits(Split::Held),
            }
        })
    }

    /// The outcome as data; `file` is what the patch calls the policy.
    pub(super) fn data(&self, file: &str) -> Report<'_> {
        let labels = self.problem.judged.iter().enumerate().map(|(at, judged)| {
            let side = |side: &Pair<Vec<Confusion>>| side.map(|figures| Figures::from(figures[at]));
            let sides = Sides { learned_from: side(&self.learned), held_out: side(&self.held) };
            (judged.name.as_str(), sides)
        });
        Report {
            documents: self.totals.documents,
            errors: self.totals.error_figures(),
            learned_from: self.problem.documents(Split::Learned),
            held_out: self.problem.documents(Split::Held),
            step: self.step.to_f64(),
            macro_f1: Sides {
                learned_from: self.learned.map(|figures| macro_f1(figures)),
                held_out: self.held.map(|figures| macro_f1(figures)),
            },
            labels: labels.collect(),
            changes: self.changes().collect(),
            taken_back: &self.changed.taken_back,
            not_judged: &self.problem.unmapped,
            patch: diff::patch(file, &self.changed.revision.old, &self.changed.revision.new),
            ruleset: RulesetName {
                policy: self.ruleset.policy_name(),
                version: self.ruleset.policy_version(),
                fingerprint: self.ruleset.fingerprint(),
            },
        }
    }

    /// Writes the outcome for people.
    pub(super) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(
            out,
            "{BOLD}learned from {}, {} held out{BOLD:#}",
            plural(self.problem.documents(Split::Learned), "document"),
            count(self.problem.documents(Split::Held)),
        )?;
        writeln!(out)?;
        self.write_labels(out)?;
        if !self.problem.unmapped.is_empty() {
            let labels = self.problem.unmapped.join(", ");
            writeln!(out, "  {WARN}not judged{WARN:#}: {labels}  {DIM}(--map judges them){DIM:#}")?;
        }
        writeln!(out)?;
        self.write_changes(out)?;
        if !self.changed.taken_back.is_empty() {
            let rules = self.changed.taken_back.join(", ");
            writeln!(
                out,
                "  {WARN}taken back{WARN:#}: {rules}  {DIM}(tests of the policy would fail){DIM:#}"
            )?;
        }
        if self.is_worse() {
            writeln!(
                out,
                "  {BAD}the held-out macro F1 falls{BAD:#}: what was learned does not carry over"
            )?;
        }
        Ok(())
    }

    fn write_labels(&self, out: &mut impl Write) -> io::Result<()> {
        let mut table = Table::new(["F1", "learned from", "", "held out", "", "true cases"]);
        let mut row = |name: &str, learned: Pair<f64>, held: Pair<f64>, cases: String| {
            let better = held.after > held.before;
            let style = if better { GOOD } else { BOLD };
            let style = if held.after < held.before { BAD } else { style };
            table.row(vec![
                name.into(),
                format!("{:.3}", learned.before).into(),
                format!("→ {:.3}", learned.after).into(),
                format!("{:.3}", held.before).into(),
                Cell::styled(format!("→ {:.3}", held.after), style),
                cases.into(),
            ]);
        };
        for (at, judged) in self.problem.judged.iter().enumerate() {
            let side = |side: &Pair<Vec<Confusion>>| side.map(|figures| figures[at].f1());
            let held = self.held.before[at];
            let cases = count(held.tp + held.fn_);
            row(&judged.name, side(&self.learned), side(&self.held), cases);
        }
        if self.problem.judged.len() > 1 {
            let side = |side: &Pair<Vec<Confusion>>| side.map(|figures| macro_f1(figures));
            row("macro", side(&self.learned), side(&self.held), String::new());
        }
        table.write(out)
    }

    fn write_changes(&self, out: &mut impl Write) -> io::Result<()> {
        let mut table = Table::new(["Rule", "points", "", "hits"]);
        for change in self.changes() {
            table.row(vec![
                change.rule.into(),
                change.from.to_string().into(),
                Cell::styled(format!("→ {}", change.to), BOLD),
                count(change.hits).into(),
            ]);
        }
        if table.is_empty() {
            return writeln!(out, "  No other points would serve better.");
        }
        table.write(out)
    }
}
