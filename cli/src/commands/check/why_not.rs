//! Why a rule did not fire, for `check --why-not`.

use crate::failure::Failure;
use crate::ui::excerpt::{one_line, visible};
use crate::ui::style::{BAD, BOLD, DIM, GOOD, PLACE, WARN};
use crate::ui::table::heading;
use anstyle::Style;
use serde_json::Value;
use std::io::{self, Write};
use tamis::spec::suggest;
use tamis::why_not::{Part, ScoreGap};
use tamis::{Input, Offsets, RuleId, Ruleset, WhyNot};

/// Longer texts are cut.
const LONG: usize = 160;

/// The answers for the rules of these names.
pub(super) fn answers(
    ruleset: &Ruleset,
    names: &[String],
    input: &Input<'_>,
) -> Result<Vec<WhyNot>, Failure> {
    let ids: Result<Vec<RuleId>, Failure> = names.iter().map(|name| rule(ruleset, name)).collect();
    Ok(ids?.into_iter().map(|rule| ruleset.why_not(input, rule, Offsets::Codepoints)).collect())
}

/// A rule by its name, or by the last part of an inherited one.
fn rule(ruleset: &Ruleset, name: &str) -> Result<RuleId, Failure> {
    let ids = || ruleset.rules().iter().map(|rule| rule.id.as_str());
    let short = || {
        let mut ending =
            ids().filter(|id| id.rsplit_once('.').is_some_and(|(_, last)| last == name));
        ending.next().filter(|_| ending.next().is_none())
    };
    if let Some(id) = ruleset.rule_id(name).or_else(|| ruleset.rule_id(short()?)) {
        return Ok(id);
    }
    let near = suggest::nearest(name, ids());
    let hint = near.map_or_else(
        || "`tamis test POLICY` lists the rules".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    Err(Failure::input(format!("--why-not: the policy has no rule `{name}`; {hint}")))
}

/// Writes one answer.
pub(super) fn write(answer: &WhyNot, out: &mut impl Write) -> io::Result<()> {
    heading(out, &format!("Why not {}", answer.rule), "")?;
    writeln!(out, "  {BOLD}{}{BOLD:#}", answer.summary)?;
    if answer.truth == tamis::Truth::True {
        for ground in answer.grounds() {
            writeln!(out, "  {}", visible(&ground))?;
        }
    }
    for reason in &answer.reasons {
        writeln!(out, "  - {}", visible(&reason.sentence))?;
    }
    found(answer, out)?;
    if let Some(condition) = &answer.condition {
        writeln!(out, "\n  {BOLD}Its condition{BOLD:#}")?;
        part(condition, 2, out)?;
    }
    match &answer.score {
        Some(gap) => score(gap, out),
        None => Ok(()),
    }
}

fn found(answer: &WhyNot, out: &mut impl Write) -> io::Result<()> {
    if answer.groups.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n  {BOLD}What it found{BOLD:#}")?;
    for group in &answer.groups {
        let finds: Vec<String> = group
            .matches
            .iter()
            .map(|find| {
                let removed = if find.removed.is_some() { " (removed)" } else { "" };
                format!("{find}{removed}")
            })
            .collect();
        let finds = if finds.is_empty() { "nothing".to_owned() } else { finds.join("; ") };
        writeln!(out, "    {}: {}", group.group, one_line(&finds, LONG))?;
    }
    Ok(())
}

/// A part of the condition and, indented, those it is made of.
fn part(each: &Part, depth: usize, out: &mut impl Write) -> io::Result<()> {
    let (style, value): (Style, String) = match &each.value {
        Value::Bool(true) => (GOOD, "true".to_owned()),
        Value::Bool(false) => (BAD, "false".to_owned()),
        Value::Null => (WARN, "unknown".to_owned()),
        Value::Number(number) => (DIM, short(number)),
        other => (DIM, one_line(&other.to_string(), LONG)),
    };
    let indent = "  ".repeat(depth);
    write!(out, "{indent}{style}{value}{style:#}  {}", one_line(&each.text, LONG))?;
    if let Some(note) = &each.note {
        write!(out, "  {DIM}{}{DIM:#}", one_line(note, LONG))?;
    }
    if let Some(place) = each.place.as_ref().filter(|_| depth == 2) {
        write!(out, "  {PLACE}{place}{PLACE:#}")?;
    }
    writeln!(out)?;
    each.parts.iter().try_for_each(|inner| part(inner, depth + 1, out))
}

/// A number to three places, without those that say nothing.
fn short(number: &serde_json::Number) -> String {
    let rounded = format!("{:.3}", number.as_f64().unwrap_or_default());
    rounded.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn score(gap: &ScoreGap, out: &mut impl Write) -> io::Result<()> {
    let ScoreGap { label, score, action, points, next, threshold, missing } = gap;
    write!(out, "\n  {BOLD}Its label{BOLD:#}\n    {label} has {score}, which means {action}; ")?;
    match (next, threshold, missing) {
        (Some(next), Some(at), Some(missing)) => {
            write!(out, "{next} starts at {at}, {missing} more; ")?;
        }
        _ => write!(out, "there is no higher action; ")?,
    }
    writeln!(out, "the rule is worth {points}")
}
