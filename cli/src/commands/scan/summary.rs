//! The summary of a scan, for people and as JSON.

use crate::commands::tally::Tally;
use crate::corpus::{ErrorFigures, Totals};
use crate::ui::number::{count, plural, share};
use crate::ui::style::{self, DIM, WARN};
use crate::ui::table::{Cell, Table, heading};
use serde::Serialize;
use std::collections::BTreeSet;
use std::io::{self, Write};
use tamis::Ruleset;
use tamis::ids::{ActionId, FactId};

/// So many rules are listed by their hits.
const TOP: usize = 20;

/// The summary as JSON.
#[derive(Serialize)]
pub(super) struct Summary<'s> {
    documents: u64,
    errors: ErrorFigures<'s>,
    bytes: u64,
    seconds: f64,
    mb_per_s: f64,
    documents_per_s: f64,
    actions: Ordered<'s, u64>,
    labels: Ordered<'s, Ordered<'s, u64>>,
    rules: Vec<RuleHits<'s>>,
    shadow: Vec<RuleHits<'s>>,
    shadow_changes: u64,
    undecided: Vec<UndecidedRule<'s>>,
    invalid_facts: Ordered<'s, u64>,
    exempt: u64,
    saturated: u64,
    ruleset: RulesetName<'s>,
}

/// A map in the policy's order.
struct Ordered<'s, T>(Vec<(&'s str, T)>);

impl<T: Serialize> Serialize for Ordered<'_, T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

#[derive(Serialize)]
struct RuleHits<'s> {
    rule: &'s str,
    hits: u64,
}

#[derive(Serialize)]
struct UndecidedRule<'s> {
    rule: &'s str,
    documents: u64,
    missing: Vec<&'s str>,
}

#[derive(Serialize)]
struct RulesetName<'s> {
    policy: &'s str,
    version: Option<&'s str>,
    fingerprint: &'s str,
}

/// The summary as data.
pub(super) fn data<'s>(ruleset: &'s Ruleset, tally: &'s Tally, totals: &'s Totals) -> Summary<'s> {
    let by_action =
        |counts: &[u64]| Ordered(ruleset.actions().zip(counts.iter().copied()).collect());
    let labels = ruleset.labels().iter().zip(&tally.labels);
    Summary {
        documents: totals.documents,
        errors: totals.error_figures(),
        bytes: totals.bytes,
        seconds: totals.seconds,
        mb_per_s: totals.mb_per_s(),
        documents_per_s: totals.documents_per_s(),
        actions: by_action(&tally.actions),
        labels: Ordered(labels.map(|(l, n)| (l.name.as_str(), by_action(n))).collect()),
        rules: by_hits(ruleset, &tally.hits),
        shadow: by_hits(ruleset, &tally.shadow),
        shadow_changes: tally.shadow_changes,
        undecided: undecided(ruleset, tally),
        invalid_facts: Ordered(invalid_facts(ruleset, tally)),
        exempt: tally.exempt,
        saturated: tally.saturated,
        ruleset: RulesetName {
            policy: ruleset.policy_name(),
            version: ruleset.policy_version(),
            fingerprint: ruleset.fingerprint(),
        },
    }
}

/// Rules that fired, most often first.
fn by_hits<'s>(ruleset: &'s Ruleset, hits: &[u64]) -> Vec<RuleHits<'s>> {
    let rules = ruleset.rules().iter().zip(hits).filter(|&(_, &hits)| hits > 0);
    let mut rules: Vec<_> = rules.map(|(rule, &hits)| RuleHits { rule: &rule.id, hits }).collect();
    rules.sort_by_key(|rule| std::cmp::Reverse(rule.hits));
    rules
}

fn undecided<'s>(ruleset: &'s Ruleset, tally: &Tally) -> Vec<UndecidedRule<'s>> {
    let name = |fact: &FactId| ruleset.facts()[fact.index()].name.as_str();
    let names = |facts: &BTreeSet<FactId>| facts.iter().map(name).collect();
    let rules = ruleset.rules().iter().zip(&tally.undecided).filter(|(_, (n, _))| *n > 0);
    rules
        .map(|(rule, (n, facts))| UndecidedRule {
            rule: &rule.id,
            documents: *n,
            missing: names(facts),
        })
        .collect()
}

fn invalid_facts<'s>(ruleset: &'s Ruleset, tally: &Tally) -> Vec<(&'s str, u64)> {
    let facts = ruleset.facts().iter().zip(&tally.invalid_facts).filter(|&(_, &n)| n > 0);
    facts.map(|(fact, &n)| (fact.name.as_str(), n)).collect()
}

/// Writes the summary for people.
pub(super) fn write(
    out: &mut impl Write,
    ruleset: &Ruleset,
    tally: &Tally,
    totals: &Totals,
) -> io::Result<()> {
    totals.write_headline(out)?;
    totals.write_errors(out)?;
    if totals.documents == 0 {
        return writeln!(out, "{WARN}There was nothing to classify.{WARN:#}");
    }
    let page = Page { ruleset, tally, documents: totals.documents };
    page.actions(out)?;
    page.labels(out)?;
    page.rules(out)?;
    page.shadow(out)?;
    page.undecided(out)?;
    page.remarks(out)
}

struct Page<'s> {
    ruleset: &'s Ruleset,
    tally: &'s Tally,
    documents: u64,
}

impl Page<'_> {
    fn actions(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out)?;
        let mut table = Table::new(["Action", "documents", "share"]);
        for (at, (name, &n)) in self.ruleset.actions().zip(&self.tally.actions).enumerate() {
            let style = style::action(self.ruleset, ActionId(at as u32));
            let name = Cell::styled(name, style);
            table.row(vec![name, count(n).into(), share(n, self.documents).into()]);
        }
        table.write(out)
    }

    /// Each label with the documents that reached each of its actions.
    fn labels(&self, out: &mut impl Write) -> io::Result<()> {
        let actions: Vec<&str> = self.ruleset.actions().skip(1).collect();
        let header = ["Label"].into_iter().chain(actions).chain(["share"]);
        let mut table = Table::new(header);
        for (label, counts) in self.ruleset.labels().iter().zip(&self.tally.labels) {
            let reached: u64 = counts.iter().skip(1).sum();
            let mut cells = vec![Cell::from(label.name.as_str())];
            cells.extend(counts.iter().skip(1).map(|&n| number(n)));
            cells.push(share(reached, self.documents).into());
            table.row(cells);
        }
        if table.is_empty() {
            return Ok(());
        }
        writeln!(out)?;
        table.write(out)
    }

    fn rules(&self, out: &mut impl Write) -> io::Result<()> {
        let rules = by_hits(self.ruleset, &self.tally.hits);
        if rules.is_empty() {
            return writeln!(out, "\n  No rule fired.");
        }
        writeln!(out)?;
        self.hits(out, "Rule", &rules)?;
        let reporting = self.ruleset.rules().iter().filter(|rule| !rule.is_helper()).count();
        let silent = reporting.saturating_sub(rules.len());
        let more = rules.len().saturating_sub(TOP);
        if more > 0 {
            writeln!(
                out,
                "  {DIM}… and {} that fired less often{DIM:#}",
                plural(more as u64, "rule")
            )?;
        }
        if silent > 0 {
            writeln!(out, "  {DIM}{} never fired{DIM:#}", plural(silent as u64, "rule"))?;
        }
        Ok(())
    }

    fn hits(&self, out: &mut impl Write, title: &str, rules: &[RuleHits<'_>]) -> io::Result<()> {
        let mut table = Table::new([title, "documents", "share"]);
        for rule in rules.iter().take(TOP) {
            let share = share(rule.hits, self.documents);
            table.row(vec![rule.rule.into(), count(rule.hits).into(), share.into()]);
        }
        table.write(out)
    }

    fn shadow(&self, out: &mut impl Write) -> io::Result<()> {
        let rules = by_hits(self.ruleset, &self.tally.shadow);
        if rules.is_empty() {
            return Ok(());
        }
        let changes = plural(self.tally.shadow_changes, "decision");
        heading(
            out,
            "Rules on trial (mode shadow)",
            &format!("enforced, they would change {changes}"),
        )?;
        self.hits(out, "Rule", &rules)
    }

    fn undecided(&self, out: &mut impl Write) -> io::Result<()> {
        let rules = undecided(self.ruleset, self.tally);
        if rules.is_empty() {
            return Ok(());
        }
        heading(out, "Not decided", "for want of facts; --fact says where they stand in the file")?;
        let mut table = Table::new(["Rule", "missing", "documents", "share"]).left(2);
        for rule in rules.iter().take(TOP) {
            table.row(vec![
                rule.rule.into(),
                rule.missing.join(", ").into(),
                count(rule.documents).into(),
                share(rule.documents, self.documents).into(),
            ]);
        }
        table.write(out)
    }

    fn remarks(&self, out: &mut impl Write) -> io::Result<()> {
        let mut remarks = Vec::new();
        if self.tally.exempt > 0 {
            remarks.push(format!("{} exempt", plural(self.tally.exempt, "document")));
        }
        if self.tally.saturated > 0 {
            remarks.push(format!("{} hit a limit", plural(self.tally.saturated, "document")));
        }
        for (fact, n) in invalid_facts(self.ruleset, self.tally) {
            let documents = plural(n, "document");
            remarks.push(format!("the fact {fact} had a value of another type in {documents}"));
        }
        if remarks.is_empty() {
            return Ok(());
        }
        writeln!(out)?;
        for remark in remarks {
            writeln!(out, "  {WARN}{remark}{WARN:#}")?;
        }
        Ok(())
    }
}

fn number(n: u64) -> Cell {
    if n == 0 { Cell::styled("·", DIM) } else { count(n).into() }
}
