//! The finds, for people and as JSON.

use super::found::{Findings, Found, RuleFindings};
use crate::ui::number::{count, plural};
use crate::ui::style::{BOLD, DIM, GOOD, MATCH, WARN};
use crate::ui::table::{Cell, Table, heading};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};
use tamis::Ruleset;
use tamis::collateral::Cause;

/// A pattern that is found inside so many words is not cured by exceptions.
const MANY: usize = 20;

/// The finds as JSON.
#[derive(Serialize)]
pub(super) struct Report<'r> {
    words: usize,
    pairs: usize,
    rules_looked_at: usize,
    finds: usize,
    rules: Vec<RuleReport<'r>>,
    ruleset: RulesetName<'r>,
}

#[derive(Serialize)]
struct RuleReport<'r> {
    rule: &'r str,
    finds: usize,
    alone: usize,
    found: Vec<FoundReport<'r>>,
    /// What would spare them.
    exceptions: Vec<&'r str>,
}

/// Places count code points, as in all JSON of Tamis.
#[derive(Serialize)]
struct FoundReport<'r> {
    text: &'r str,
    start: usize,
    end: usize,
    group: &'r str,
    pattern: &'r str,
    cause: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    kinds: Vec<&'static str>,
    frequency: u8,
    languages: &'r [&'static str],
    alone: bool,
}

#[derive(Serialize)]
struct RulesetName<'r> {
    policy: &'r str,
    version: Option<&'r str>,
    fingerprint: &'r str,
}

/// The finds as data.
pub(super) fn data<'r>(ruleset: &'r Ruleset, findings: &'r Findings, limit: usize) -> Report<'r> {
    let rule = |rule: &'r RuleFindings| RuleReport {
        rule: &rule.rule,
        finds: rule.found.len(),
        alone: rule.found.iter().filter(|found| found.alone).count(),
        found: rule.shown(limit).iter().map(found_data).collect(),
        exceptions: rule.shown(limit).iter().map(|found| found.text.as_str()).collect(),
    };
    Report {
        words: findings.words,
        pairs: findings.pairs,
        rules_looked_at: findings.looked,
        finds: findings.count(),
        rules: findings.rules.iter().map(rule).collect(),
        ruleset: RulesetName {
            policy: ruleset.policy_name(),
            version: ruleset.policy_version(),
            fingerprint: ruleset.fingerprint(),
        },
    }
}

fn found_data(found: &Found) -> FoundReport<'_> {
    let points = |to: u32| found.text[..to as usize].chars().count();
    FoundReport {
        text: &found.text,
        start: points(found.span.start),
        end: points(found.span.end),
        group: &found.group,
        pattern: &found.pattern,
        cause: found.cause.name(),
        kinds: kinds(found.cause),
        frequency: found.frequency,
        languages: &found.languages,
        alone: found.alone,
    }
}

fn kinds(cause: Cause) -> Vec<&'static str> {
    match cause {
        Cause::Disguise(kinds) => kinds.names().collect(),
        _ => Vec::new(),
    }
}

/// Writes the finds for people.
pub(super) fn write(
    out: &mut impl Write,
    policy: &str,
    findings: &Findings,
    limit: usize,
) -> io::Result<()> {
    let looked = format!(
        "{} and {}",
        plural(findings.words as u64, "word"),
        plural(findings.pairs as u64, "pair")
    );
    let rules = plural(findings.looked as u64, "rule");
    if findings.rules.is_empty() {
        return writeln!(
            out,
            "{BOLD}{policy}{BOLD:#}: {GOOD}no collateral{GOOD:#} of {rules} in {looked}"
        );
    }
    let pairs = findings.count_pairs();
    writeln!(
        out,
        "{BOLD}{policy}: {} of {rules} hit innocent text{BOLD:#}: {} and {} of {looked}",
        count(findings.rules.len() as u64),
        plural((findings.count() - pairs) as u64, "word"),
        plural(pairs as u64, "pair"),
    )?;
    writeln!(out)?;
    write_rules(out, &findings.rules)?;
    findings.rules.iter().try_for_each(|rule| write_rule(out, rule, limit))
}

/// A rule a row.
fn write_rules(out: &mut impl Write, rules: &[RuleFindings]) -> io::Result<()> {
    let mut table = Table::new(["Rule", "finds", "alone"]);
    for rule in rules {
        let alone = rule.found.iter().filter(|found| found.alone).count() as u64;
        let style = if alone > 0 { WARN } else { DIM };
        table.row(vec![
            rule.rule.as_str().into(),
            count(rule.found.len() as u64).into(),
            Cell::styled(count(alone), style),
        ]);
    }
    table.write(out)
}

fn write_rule(out: &mut impl Write, rule: &RuleFindings, limit: usize) -> io::Result<()> {
    heading(out, &rule.rule, "")?;
    let shown = rule.shown(limit);
    let widest = shown.iter().map(|found| found.text.chars().count()).max().unwrap_or(0);
    for found in shown {
        let (start, end) = (found.span.start as usize, found.span.end as usize);
        let (text, padding) = (&found.text, widest - found.text.chars().count());
        let condition = if found.alone { "" } else { "  (with more)" };
        writeln!(
            out,
            "  {:2}  {}{MATCH}{}{MATCH:#}{}{}  {DIM}{}{condition}{DIM:#}",
            found.frequency,
            &text[..start],
            &text[start..end],
            &text[end..],
            " ".repeat(padding),
            reason(found)
        )?;
    }
    let more = rule.found.len() - shown.len();
    if more > 0 {
        writeln!(out, "  {DIM}… and {} more; --limit 0 shows all{DIM:#}", count(more as u64))?;
    }
    for (pattern, words) in often_inside(rule) {
        let words = count(words as u64);
        writeln!(
            out,
            "  {WARN}hint{WARN:#}: `{pattern}` is found inside {words} words; without `boundary: any` \
             it would be in none of them"
        )?;
    }
    Ok(())
}

/// Which pattern found it, and why.
fn reason(found: &Found) -> String {
    let what = match found.cause {
        Cause::Disguise(_) => format!("disguise ({})", kinds(found.cause).join(", ")),
        cause => cause.name().to_owned(),
    };
    let languages = found.languages.join(" ");
    let gap = if languages.is_empty() { "" } else { ", " };
    format!("`{}` {what}{gap}{languages}", found.pattern)
}

/// Patterns that are found inside very many words, with how many.
fn often_inside(rule: &RuleFindings) -> BTreeMap<&str, usize> {
    let mut inside: BTreeMap<&str, usize> = BTreeMap::new();
    for found in rule.found.iter().filter(|found| found.cause == Cause::Inside) {
        *inside.entry(&found.pattern).or_default() += 1;
    }
    inside.retain(|_, words| *words >= MANY);
    inside
}
