//! Where the time goes: by stage, by rule, and by what made the engine look closely.

use crate::ui::number::plural;
use crate::ui::style::DIM;
use crate::ui::table::Table;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use std::io::{self, Write};
use std::time::{Duration, Instant};
use tamis::profile::Profile;
use tamis::{Input, Ruleset};

/// Documents are profiled for so long at most, but the first one always.
const PROFILE_TIME: Duration = Duration::from_secs(3);
/// So many rules are listed for people; JSON has all.
const TOP: usize = 15;

/// The costs of an instrumented pass.
#[derive(Debug)]
pub(super) struct Costs<'r> {
    /// So many documents were profiled.
    pub(super) documents: u64,
    /// In the order of the work.
    pub(super) stages: Named<Part>,
    /// What of the documents was looked at closely.
    pub(super) triggers: Named<Window>,
    /// The dearest first.
    pub(super) rules: Vec<RuleCost<'r>>,
}

/// A map in JSON, in this order.
#[derive(Debug)]
pub(super) struct Named<T>(Vec<(&'static str, T)>);

/// Nanoseconds a document, and their share of all.
#[derive(Debug, Serialize)]
pub(super) struct Part {
    ns: f64,
    share: f64,
}

/// Shares of all texts, and of all characters.
#[derive(Debug, Serialize)]
pub(super) struct Window {
    texts: f64,
    characters: f64,
}

/// What a rule costs beyond what all share.
#[derive(Debug, Serialize)]
pub(super) struct RuleCost<'r> {
    rule: &'r str,
    /// Nanoseconds a document.
    cost_ns: f64,
    share: f64,
}

impl<T: Serialize> Serialize for Named<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

/// Decides about the documents once more, with a clock.
pub(super) fn measure<'r>(ruleset: &'r Ruleset, documents: &[Input<'static>]) -> Costs<'r> {
    let mut profile = ruleset.profile();
    let begin = Instant::now();
    for document in documents {
        profile.add(document);
        if begin.elapsed() > PROFILE_TIME {
            break;
        }
    }
    of(ruleset, &profile)
}

fn of<'r>(ruleset: &'r Ruleset, profile: &Profile) -> Costs<'r> {
    let documents = profile.documents().max(1) as f64;
    let total = profile.stages().map(|(_, ns)| ns).sum::<u64>().max(1) as f64;
    let stages = profile.stages().map(|(stage, ns)| {
        (stage.name(), Part { ns: ns as f64 / documents, share: ns as f64 / total })
    });
    let all = profile.triggers().all;
    let triggers = profile.triggers().iter().map(|(kind, found)| {
        let texts = found.texts as f64 / all.texts.max(1) as f64;
        (kind, Window { texts, characters: found.characters as f64 / all.characters.max(1) as f64 })
    });
    let rules = ruleset.rules().iter().zip(profile.rules()).map(|(rule, &ns)| RuleCost {
        rule: &rule.id,
        cost_ns: ns as f64 / documents,
        share: ns as f64 / total,
    });
    let mut rules: Vec<RuleCost<'r>> = rules.collect();
    rules.sort_by(|a, b| b.cost_ns.total_cmp(&a.cost_ns).then_with(|| a.rule.cmp(b.rule)));
    Costs {
        documents: profile.documents(),
        stages: Named(stages.collect()),
        triggers: Named(triggers.collect()),
        rules,
    }
}

/// Writes them for people.
pub(super) fn write(
    out: &mut impl Write,
    documents: u64,
    stages: &Named<Part>,
    triggers: &Named<Window>,
    rules: &[RuleCost<'_>],
) -> io::Result<()> {
    let percent = |share: f64| format!("{:.1} %", share * 100.0);
    let mut table = Table::new(["Stage", "a document", "share"]);
    for (name, part) in &stages.0 {
        table.row(vec![
            (*name).into(),
            format!("{:.1} ns", part.ns).into(),
            percent(part.share).into(),
        ]);
    }
    writeln!(out)?;
    table.write(out)?;
    let documents = plural(documents, "document");
    writeln!(
        out,
        "  {DIM}{documents} decided once more with a clock between the stages, which costs time of its own{DIM:#}"
    )?;

    let mut table = Table::new(["Looked at", "texts", "characters"]);
    for (name, window) in triggers.0.iter().filter(|(_, window)| window.texts > 0.0) {
        table.row(vec![
            (*name).into(),
            percent(window.texts).into(),
            percent(window.characters).into(),
        ]);
    }
    writeln!(out)?;
    table.write(out)?;

    let mut table = Table::new(["Rule", "a document", "share"]);
    for rule in rules.iter().filter(|rule| rule.cost_ns > 0.0).take(TOP) {
        let ns = format!("{:.1} ns", rule.cost_ns);
        table.row(vec![rule.rule.into(), ns.into(), percent(rule.share).into()]);
    }
    if !table.is_empty() {
        writeln!(out)?;
        table.write(out)?;
    }
    Ok(())
}
