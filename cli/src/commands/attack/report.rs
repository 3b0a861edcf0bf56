//! The figures of an attack, for people and as JSON.

use super::figures::{Attacked, Counts, Figures, Missed};
use super::gate::Gate;
use crate::ui::excerpt::{one_line, visible};
use crate::ui::number::{count, plural};
use crate::ui::style::{BAD, BOLD, DIM, GOOD, MATCH, WARN};
use crate::ui::table::{Cell, Table, heading};
use anstyle::Style;
use serde::Serialize;
use std::io::{self, Write};
use tamis::Ruleset;
use tamis_attack::{Level, Severity};

/// The figures as JSON.
#[derive(Serialize)]
pub(super) struct Report<'r> {
    #[serde(flatten)]
    total: FiguresReport,
    seed: u64,
    levels: Vec<LevelReport>,
    kinds: Vec<KindReport>,
    rules: Vec<RuleReport<'r>>,
    not_attacked: Vec<&'r str>,
    ruleset: RulesetName<'r>,
}

#[derive(Serialize)]
struct FiguresReport {
    attacks: u64,
    seen_through: u64,
    recall: f64,
}

impl From<Figures> for FiguresReport {
    fn from(figures: Figures) -> Self {
        Self { attacks: figures.attacks, seen_through: figures.seen, recall: figures.recall() }
    }
}

#[derive(Serialize)]
struct LevelReport {
    level: Level,
    #[serde(flatten)]
    figures: FiguresReport,
}

#[derive(Serialize)]
struct KindReport {
    kind: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    level: &'static str,
    #[serde(flatten)]
    figures: FiguresReport,
}

#[derive(Serialize)]
struct RuleReport<'r> {
    rule: &'r str,
    examples: u64,
    left_out: u64,
    #[serde(flatten)]
    figures: FiguresReport,
    kinds: Vec<KindReport>,
    got_through: Vec<MissedReport<'r>>,
}

/// Places count code points, as in all JSON of Tamis.
#[derive(Serialize)]
struct MissedReport<'r> {
    disguise: &'r str,
    kind: &'static str,
    severity: Severity,
    text: &'r str,
    start: usize,
    end: usize,
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
    seed: u64,
    show: usize,
    attacked: &'r [Attacked<'r>],
    all: &Counts,
) -> Report<'r> {
    let rules = attacked.iter().filter(|rule| rule.counts.total.attacks > 0);
    let levels = all.levels.iter();
    Report {
        total: all.total.into(),
        seed,
        levels: levels.map(|(&level, &f)| LevelReport { level, figures: f.into() }).collect(),
        kinds: kinds(all),
        rules: rules.map(|rule| rule_data(rule, show)).collect(),
        not_attacked: not_attacked(attacked).collect(),
        ruleset: RulesetName {
            policy: ruleset.policy_name(),
            version: ruleset.policy_version(),
            fingerprint: ruleset.fingerprint(),
        },
    }
}

fn rule_data<'r>(rule: &'r Attacked<'r>, show: usize) -> RuleReport<'r> {
    RuleReport {
        rule: rule.rule,
        examples: rule.examples,
        left_out: rule.left_out,
        figures: rule.counts.total.into(),
        kinds: kinds(&rule.counts),
        got_through: rule.missed.iter().take(show).map(missed_data).collect(),
    }
}

fn missed_data(missed: &Missed) -> MissedReport<'_> {
    let points = |to: usize| missed.text[..to].chars().count();
    MissedReport {
        disguise: &missed.recipe,
        kind: missed.kind.name(),
        severity: missed.severity,
        text: &missed.text,
        start: points(missed.start),
        end: points(missed.end),
    }
}

fn kinds(counts: &Counts) -> Vec<KindReport> {
    let row = |(bucket, figures): (&super::figures::Bucket, &Figures)| KindReport {
        kind: bucket.name(),
        level: bucket.level(),
        figures: (*figures).into(),
    };
    counts.buckets.iter().map(row).collect()
}

fn not_attacked<'r>(attacked: &'r [Attacked<'r>]) -> impl Iterator<Item = &'r str> {
    attacked.iter().filter(|rule| rule.counts.total.attacks == 0).map(|rule| rule.rule)
}

/// Writes the figures for people.
pub(super) fn write(
    out: &mut impl Write,
    policy: &str,
    show: usize,
    attacked: &[Attacked<'_>],
    all: &Counts,
) -> io::Result<()> {
    let rules: Vec<&Attacked<'_>> =
        attacked.iter().filter(|rule| rule.counts.total.attacks > 0).collect();
    let examples: u64 = rules.iter().map(|rule| rule.examples).sum();
    writeln!(
        out,
        "{BOLD}{policy}: {} seen through{BOLD:#}, {} on {} of {}",
        percent(all.total),
        plural(all.total.attacks, "attack"),
        plural(examples, "example"),
        plural(rules.len() as u64, "rule")
    )?;
    write_kinds(out, all)?;
    write_rules(out, &rules)?;
    write_missed(out, &rules, show)?;
    let left: Vec<&str> = not_attacked(attacked).collect();
    if !left.is_empty() {
        let rules = plural(left.len() as u64, "rule");
        writeln!(
            out,
            "\n{DIM}{rules} without an example that hits and can be disguised: {}{DIM:#}",
            left.join(", ")
        )?;
    }
    Ok(())
}

fn write_kinds(out: &mut impl Write, all: &Counts) -> io::Result<()> {
    writeln!(out)?;
    let mut table = Table::new(["Kind", "level", "attacks", "seen through"]).left(2);
    for (bucket, figures) in &all.buckets {
        table.row(vec![
            bucket.name().into(),
            Cell::styled(bucket.level(), DIM),
            count(figures.attacks).into(),
            share(*figures),
        ]);
    }
    table.write(out)
}

fn write_rules(out: &mut impl Write, rules: &[&Attacked<'_>]) -> io::Result<()> {
    writeln!(out)?;
    let mut table =
        Table::new(["Rule", "weakest against", "examples", "attacks", "seen through"]).left(2);
    for rule in rules {
        table.row(vec![
            rule.rule.into(),
            Cell::styled(weakest(&rule.counts), DIM),
            count(rule.examples).into(),
            count(rule.counts.total.attacks).into(),
            share(rule.counts.total),
        ]);
    }
    table.write(out)
}

/// The kind with the lowest recall, when anything got through.
fn weakest(counts: &Counts) -> String {
    let weak = counts.buckets.iter().filter(|(_, figures)| figures.seen < figures.attacks);
    let weakest = weak.min_by(|(_, one), (_, other)| one.recall().total_cmp(&other.recall()));
    weakest.map_or_else(String::new, |(bucket, f)| format!("{} ({})", bucket.name(), percent(*f)))
}

fn write_missed(out: &mut impl Write, rules: &[&Attacked<'_>], show: usize) -> io::Result<()> {
    if show == 0 || rules.iter().all(|rule| rule.missed.is_empty()) {
        return Ok(());
    }
    heading(out, "Got through", "one disguise of each kind first; --show N for more")?;
    for rule in rules {
        for missed in rule.missed.iter().take(show) {
            let Missed { text, start, end, .. } = missed;
            let part = |text: &str| visible(text).replace('\n', "⏎").replace('\t', "⇥");
            writeln!(
                out,
                "  {WARN}{}{WARN:#}: \"{}{MATCH}{}{MATCH:#}{}\"  {DIM}{}{DIM:#}",
                rule.rule,
                part(&one_line(&text[..*start], 80)),
                part(&text[*start..*end]),
                part(&one_line(&text[*end..], 80)),
                missed.recipe
            )?;
        }
        let more = rule.missed.len().saturating_sub(show);
        if more > 0 {
            writeln!(out, "  {DIM}{}: {} more{DIM:#}", rule.rule, plural(more as u64, "disguise"))?;
        }
    }
    Ok(())
}

/// Says which conditions did not hold.
pub(super) fn write_failed(
    err: &mut impl Write,
    failed: &[&Gate],
    attacked: &[Attacked<'_>],
    all: &Counts,
) -> io::Result<()> {
    for gate in failed {
        let found = match gate.figures(attacked, all) {
            Some(figures) => format!("it is {:.4}", figures.recall()),
            None => "nothing of that name was attacked".to_owned(),
        };
        writeln!(err, "{BAD}failed{BAD:#}: {gate}: {found}")?;
    }
    Ok(())
}

/// Rounded down: 100 % means all.
fn percent(figures: Figures) -> String {
    format!("{:.1} %", (figures.recall() * 1000.0).floor() / 10.0)
}

fn share(figures: Figures) -> Cell {
    let style: Style = match figures.recall() {
        recall if recall >= 0.95 => GOOD,
        recall if recall >= 0.8 => WARN,
        _ => BAD,
    };
    Cell::styled(percent(figures), style)
}
