//! The changes, for people and as JSON.

use super::changes::{Changes, Counts, Did, Example, Kind, Place};
use crate::corpus::{Document, ErrorFigures, Id, Totals};
use crate::failure::Failure;
use crate::ui::excerpt::one_line;
use crate::ui::number::{count, share};
use crate::ui::style::{BAD, BOLD, DIM, GOOD, WARN};
use crate::ui::table::Table;
use anstyle::Style;
use serde::Serialize;
use std::io::{self, Write};
use tamis::{Offsets, Report as Verdict, Ruleset, VerdictRef};

/// So many rules are listed for people; JSON has all.
const TOP: usize = 30;
/// Characters of an example.
const WIDTH: usize = 100;

/// The figures as JSON.
#[derive(Serialize)]
struct Report<'r> {
    same_ruleset: bool,
    documents: u64,
    errors: ErrorFigures<'r>,
    changed: u64,
    #[serde(flatten)]
    counts: Counts,
    /// Documents with the same action for other reasons.
    other_reasons: u64,
    moves: Vec<Move<'r>>,
    rules: Vec<Rule<'r>>,
    /// Changed documents in which no rule did otherwise.
    without_rule: Counts,
    old: Name<'r>,
    new: Name<'r>,
}

#[derive(Serialize)]
struct Move<'r> {
    from: &'r str,
    to: &'r str,
    documents: u64,
}

#[derive(Serialize)]
struct Rule<'r> {
    #[serde(rename = "rule")]
    id: &'r str,
    did: Did,
    #[serde(flatten)]
    counts: Counts,
}

#[derive(Serialize)]
struct Name<'r> {
    policy: &'r str,
    version: Option<&'r str>,
    fingerprint: &'r str,
}

impl<'r> Name<'r> {
    fn of(ruleset: &'r Ruleset) -> Self {
        Self {
            policy: ruleset.policy_name(),
            version: ruleset.policy_version(),
            fingerprint: ruleset.fingerprint(),
        }
    }
}

fn data<'r>(changes: &'r Changes<'_>, totals: &'r Totals) -> Report<'r> {
    let moves = changes.moves.iter();
    let rules = changes.rules.iter();
    Report {
        same_ruleset: changes.old.fingerprint() == changes.new.fingerprint(),
        documents: totals.documents,
        errors: totals.error_figures(),
        changed: changes.counts.all(),
        counts: changes.counts,
        other_reasons: changes.other_reasons,
        moves: moves.map(|((from, to), &documents)| Move { from, to, documents }).collect(),
        rules: rules.map(|((id, did), &counts)| Rule { id, did: *did, counts }).collect(),
        without_rule: changes.without_rule,
        old: Name::of(changes.old),
        new: Name::of(changes.new),
    }
}

/// One changed decision, as a line of JSON.
#[derive(Serialize)]
pub(super) struct Row<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a Id<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    kind: Kind,
    old: Verdict<'a>,
    new: Verdict<'a>,
}

impl<'a> Row<'a> {
    pub(super) fn new(
        changes: &Changes<'a>,
        place: &Place<'a>,
        kind: Kind,
        document: &'a Document<'_>,
        before: VerdictRef<'a>,
        after: VerdictRef<'a>,
    ) -> Self {
        let by_line = place.id.is_none();
        Self {
            id: place.id,
            file: place.file.filter(|_| by_line),
            line: by_line.then_some(place.line),
            kind,
            old: changes.old.report(before, &document.input, Offsets::Codepoints),
            new: changes.new.report(after, &document.input, Offsets::Codepoints),
        }
    }
}

/// Says that there is nothing to compare.
pub(super) fn same(json: bool, changes: &Changes<'_>) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
    if json {
        serde_json::to_writer_pretty(&mut out, &data(changes, &Totals::default()))?;
        writeln!(out)?;
    } else {
        let fingerprint = changes.new.fingerprint();
        writeln!(out, "same ruleset {DIM}({fingerprint}){DIM:#}: no decision can change")?;
    }
    Ok(())
}

/// Writes the figures.
pub(super) fn write(
    changes: &Changes<'_>,
    totals: &Totals,
    json: bool,
    to_stderr: bool,
) -> Result<(), Failure> {
    let mut stdout;
    let mut stderr;
    let mut out: &mut dyn Write = if to_stderr {
        stderr = anstream::stderr().lock();
        &mut stderr
    } else {
        stdout = anstream::stdout().lock();
        &mut stdout
    };
    if json {
        serde_json::to_writer_pretty(&mut out, &data(changes, totals))?;
        writeln!(out)?;
        totals.write_errors(&mut anstream::stderr().lock())?;
    } else {
        people(&mut out, changes, totals)?;
    }
    Ok(())
}

fn people(out: &mut impl Write, changes: &Changes<'_>, totals: &Totals) -> io::Result<()> {
    totals.write_headline(out)?;
    totals.write_errors(out)?;
    let counts = changes.counts;
    if counts.all() == 0 {
        writeln!(out, "\n  {GOOD}no decision changes{GOOD:#}")?;
    } else {
        writeln!(out)?;
        for (kind, n) in [
            (Kind::NewFlag, counts.new_flags),
            (Kind::LostFlag, counts.lost_flags),
            (Kind::Stricter, counts.stricter),
            (Kind::Milder, counts.milder),
        ] {
            let style = style(kind);
            let plural = if n == 1 || kind >= Kind::Stricter { "" } else { "s" };
            let share = share(n, totals.documents);
            let n = count(n);
            writeln!(out, "  {style}{n:>7}{style:#} {}{plural}  {DIM}{share}{DIM:#}", kind.name())?;
        }
        let moves: Vec<String> = changes
            .moves
            .iter()
            .map(|((from, to), &n)| format!("{from} → {to} {}", count(n)))
            .collect();
        writeln!(out, "  {DIM}{}{DIM:#}", moves.join(", "))?;
        rules(out, changes)?;
        for example in &changes.examples {
            self::example(out, example)?;
        }
        let hidden = counts.all() - changes.examples.len() as u64;
        if hidden > 0 {
            let hidden = count(hidden);
            writeln!(out, "\n  {DIM}… and {hidden} more; --show N, or -o FILE for all{DIM:#}")?;
        }
    }
    if changes.other_reasons > 0 {
        let n = count(changes.other_reasons);
        writeln!(out, "\n  {DIM}{n} more keep their action for other reasons{DIM:#}")?;
    }
    Ok(())
}

fn rules(out: &mut impl Write, changes: &Changes<'_>) -> io::Result<()> {
    let mut list: Vec<(String, Counts)> = changes
        .rules
        .iter()
        .map(|((rule, did), &counts)| (format!("{} {rule}", did.sign()), counts))
        .collect();
    list.sort_by_key(|(_, counts)| std::cmp::Reverse(counts.all()));
    let hidden = list.len().saturating_sub(TOP);
    list.truncate(TOP);
    if changes.without_rule.all() > 0 {
        list.push(("(labels, floors, exemptions)".to_owned(), changes.without_rule));
    }
    let mut table = Table::new(["Rule", "new flags", "lost flags", "stricter", "milder"]);
    for (name, counts) in list {
        let Counts { new_flags, lost_flags, stricter, milder } = counts;
        let numbers = [new_flags, lost_flags, stricter, milder];
        let cells = numbers.iter().map(|&n| if n == 0 { "·".into() } else { count(n).into() });
        table.row(std::iter::once(name.into()).chain(cells).collect());
    }
    writeln!(out)?;
    table.write(out)?;
    if hidden > 0 {
        writeln!(out, "  {DIM}… and {hidden} more rules; --json has all{DIM:#}")?;
    }
    writeln!(out, "  {DIM}+ fires now, - fires no more, ± adds other points{DIM:#}")
}

fn style(kind: Kind) -> Style {
    match kind {
        Kind::NewFlag | Kind::Stricter => BAD,
        Kind::LostFlag | Kind::Milder => WARN,
    }
}

fn example(out: &mut impl Write, example: &Example) -> io::Result<()> {
    let Example { place, kind, from, to, rules, text } = example;
    let style = style(*kind);
    let rules: Vec<String> = rules.iter().map(|(r, did)| format!("{} {r}", did.sign())).collect();
    let rules = rules.join("  ");
    writeln!(out, "\n  {BOLD}{place}{BOLD:#}  {from} → {style}{to}{style:#}  {rules}")?;
    writeln!(out, "    {}", one_line(text, WIDTH))
}
