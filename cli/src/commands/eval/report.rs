//! The figures of an evaluation, for people and as JSON.

use super::judge::{Judged, Quality, RuleFigures};
use crate::commands::confusion::Figures;
use crate::corpus::{ErrorFigures, Totals};
use crate::ui::number::{count, plural};
use crate::ui::style::{BAD, BOLD, DIM, WARN};
use crate::ui::table::{Cell, Table};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};
use tamis::ids::LabelId;
use tamis::profile::Profile;
use tamis::spec::model::Mode;
use tamis::{RuleInfo, Ruleset};

/// So many rules are listed for people; JSON has all.
const TOP: usize = 30;

/// The figures as JSON.
#[derive(Serialize)]
pub(super) struct Report<'r> {
    documents: u64,
    errors: ErrorFigures<'r>,
    bytes: u64,
    seconds: f64,
    macro_f1: f64,
    labels: BTreeMap<&'r str, LabelReport<'r>>,
    rules: Vec<RuleReport<'r>>,
    not_judged: &'r [String],
    undecided: Vec<UndecidedReport<'r>>,
    ruleset: RulesetName<'r>,
}

#[derive(Serialize)]
struct LabelReport<'r> {
    #[serde(flatten)]
    figures: Figures,
    predicted_by: Vec<&'r str>,
}

#[derive(Serialize)]
struct RuleReport<'r> {
    rule: &'r str,
    hits: u64,
    tp: u64,
    fp: u64,
    only_tp: u64,
    only_fp: u64,
    /// Nanoseconds a document.
    cost_ns: f64,
    /// Whether a label of the corpus was judged that this rule speaks for.
    judged: bool,
    mode: Mode,
}

#[derive(Serialize)]
struct UndecidedReport<'r> {
    rule: &'r str,
    documents: u64,
}

#[derive(Serialize)]
struct RulesetName<'r> {
    policy: &'r str,
    version: Option<&'r str>,
    fingerprint: &'r str,
}

/// The figures as data.
pub(super) fn data<'r>(
    ruleset: &'r Ruleset,
    quality: &'r Quality,
    totals: &'r Totals,
    profile: &Profile,
) -> Report<'r> {
    let documents = profile.documents().max(1) as f64;
    let costs = ruleset.rules().iter().zip(profile.rules());
    let costs: BTreeMap<&str, f64> =
        costs.map(|(rule, &ns)| (rule.id.as_str(), ns as f64 / documents)).collect();
    let labels =
        quality.labels.iter().map(|(name, label)| (name.as_str(), data_of(ruleset, label)));
    let rules = reporting(ruleset, quality).map(|(rule, figures)| RuleReport {
        rule: &rule.id,
        hits: figures.hits,
        tp: figures.tp,
        fp: figures.fp,
        only_tp: figures.only_tp,
        only_fp: figures.only_fp,
        cost_ns: costs.get(rule.id.as_str()).copied().unwrap_or_default(),
        judged: is_judged(quality, rule),
        mode: rule.mode,
    });
    let undecided = ruleset.rules().iter().zip(&quality.tally.undecided);
    let undecided = undecided.filter(|(_, (n, _))| *n > 0);
    Report {
        documents: totals.documents,
        errors: totals.error_figures(),
        bytes: totals.bytes,
        seconds: totals.seconds,
        macro_f1: quality.macro_f1(),
        labels: labels.collect(),
        rules: rules.collect(),
        not_judged: &quality.unmapped,
        undecided: undecided
            .map(|(rule, (n, _))| UndecidedReport { rule: &rule.id, documents: *n })
            .collect(),
        ruleset: RulesetName {
            policy: ruleset.policy_name(),
            version: ruleset.policy_version(),
            fingerprint: ruleset.fingerprint(),
        },
    }
}

fn data_of<'r>(ruleset: &'r Ruleset, label: &Judged) -> LabelReport<'r> {
    LabelReport { figures: label.figures.into(), predicted_by: names(ruleset, &label.predictors) }
}

pub(super) fn names<'r>(ruleset: &'r Ruleset, labels: &[LabelId]) -> Vec<&'r str> {
    labels.iter().map(|label| ruleset.labels()[label.index()].name.as_str()).collect()
}

/// The rules that can show up in verdicts, with their figures.
pub(super) fn reporting<'r>(
    ruleset: &'r Ruleset,
    quality: &'r Quality,
) -> impl Iterator<Item = (&'r RuleInfo, &'r RuleFigures)> {
    ruleset.rules().iter().zip(&quality.rules).filter(|(rule, _)| !rule.is_helper())
}

pub(super) fn is_judged(quality: &Quality, rule: &RuleInfo) -> bool {
    let judged = |label: &LabelId| quality.labels.values().any(|j| j.predictors.contains(label));
    rule.label.as_ref().is_some_and(judged)
}

/// Writes the figures for people.
pub(super) fn write(
    out: &mut impl Write,
    ruleset: &Ruleset,
    quality: &Quality,
    totals: &Totals,
) -> io::Result<()> {
    totals.write_headline(out)?;
    totals.write_errors(out)?;
    writeln!(out)?;
    write_labels(out, ruleset, quality)?;
    if quality.labels.len() > 1 {
        writeln!(out, "  {BOLD}macro F1 {:.3}{BOLD:#}", quality.macro_f1())?;
    }
    if !quality.unmapped.is_empty() {
        let labels = quality.unmapped.join(", ");
        writeln!(
            out,
            "  {WARN}not judged{WARN:#}: {labels}  {DIM}(labels of the corpus only; --map judges them){DIM:#}"
        )?;
    }
    write_rules(out, ruleset, quality)?;
    write_undecided(out, ruleset, quality)
}

fn write_labels(out: &mut impl Write, ruleset: &Ruleset, quality: &Quality) -> io::Result<()> {
    let mut table = Table::new([
        "Label",
        "predicted by",
        "precision",
        "recall",
        "F1",
        "right",
        "wrong",
        "missed",
    ])
    .left(2);
    for (name, label) in &quality.labels {
        let figures = label.figures;
        table.row(vec![
            name.as_str().into(),
            names(ruleset, &label.predictors).join(", ").into(),
            format!("{:.3}", figures.precision()).into(),
            format!("{:.3}", figures.recall()).into(),
            Cell::styled(format!("{:.3}", figures.f1()), BOLD),
            count(figures.tp).into(),
            count(figures.fp).into(),
            count(figures.fn_).into(),
        ]);
    }
    table.write(out)
}

/// The judged rules, those with most false hits first: they are the ones to look at.
fn write_rules(out: &mut impl Write, ruleset: &Ruleset, quality: &Quality) -> io::Result<()> {
    let mut rules: Vec<_> = reporting(ruleset, quality)
        .filter(|(rule, figures)| figures.hits > 0 && is_judged(quality, rule))
        .collect();
    if rules.is_empty() {
        return writeln!(out, "\n  No rule with a judged label fired.");
    }
    rules.sort_by_key(|(_, figures)| std::cmp::Reverse((figures.fp, figures.hits)));
    let mut table = Table::new(["Rule", "hits", "right", "false", "only right", "only false"]);
    for (rule, figures) in rules.iter().take(TOP) {
        let shadow = if rule.mode == Mode::Shadow { " (shadow)" } else { "" };
        table.row(vec![
            format!("{}{shadow}", rule.id).into(),
            count(figures.hits).into(),
            count(figures.tp).into(),
            if figures.fp > figures.tp {
                Cell::styled(count(figures.fp), BAD)
            } else {
                count(figures.fp).into()
            },
            count(figures.only_tp).into(),
            count(figures.only_fp).into(),
        ]);
    }
    writeln!(out)?;
    table.write(out)?;
    if rules.len() > TOP {
        let more = plural((rules.len() - TOP) as u64, "rule");
        writeln!(out, "  {DIM}… and {more} with fewer false hits; --json has all{DIM:#}")?;
    }
    writeln!(
        out,
        "  {DIM}only right, only false: predictions that would be lost without the rule{DIM:#}"
    )
}

fn write_undecided(out: &mut impl Write, ruleset: &Ruleset, quality: &Quality) -> io::Result<()> {
    let rules = ruleset.rules().iter().zip(&quality.tally.undecided);
    let undecided: Vec<_> = rules.filter(|(_, (n, _))| *n > 0).map(|(rule, _)| &*rule.id).collect();
    if undecided.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "\n  {WARN}not decided{WARN:#} in some documents, for want of facts: {}",
        undecided.join(", ")
    )
}
