//! The tables and the JSON.

use crate::benign::Benign;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write;
use tamis_attack::{Flags, Kind, Level, Recipe, Report, Row, Suite, side_by_side};
use tamis_peers::machine::Machine;

/// What was measured of one engine.
pub struct Measured {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// On the seeds.
    pub attacks: Report,
    /// On innocent words.
    pub innocent: Report,
    /// By file: flagged lines, and those that no single word explains.
    pub flagged: Vec<(String, Flags, Flags)>,
}

const HEAD: &str = "\
# Evasion, side by side

Written by `make evasion-bench`. Each figure is the share of disguised words found, in percent, of those that the
engine finds undisguised in the same sentence: its list does not matter. `benches/README.md` says how it is judged and what
speaks against it.

";

/// Tables in Markdown.
pub fn markdown(
    measured: &[Measured],
    suite: &Suite,
    benign: &Benign,
    machine: &Machine,
) -> String {
    let mut out = HEAD.to_owned();
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "{}, {} threads, {}; {}, node {}, {}. Number {}. {} seeds in {} sentences.\n",
        machine.cpu,
        machine.threads,
        machine.system,
        machine.rustc,
        machine.node,
        machine.python,
        suite.number,
        suite.seeds.len(),
        suite.carriers.len()
    );
    summary(&mut out, measured);
    kinds(&mut out, measured);
    langs(&mut out, measured);
    flags(&mut out, measured, benign);
    out.push_str("\n## Every transform\n\n");
    let reports: Vec<(&str, &Report)> =
        measured.iter().map(|m| (m.name.as_str(), &m.attacks)).collect();
    out.push_str(&side_by_side(&reports));
    out
}

fn summary(out: &mut String, measured: &[Measured]) {
    out.push_str("## In short\n\n| engine | version | seeds known | fold | up to standard | compositions, up to standard | \
        up to strong | exact place | innocent words flagged when disguised |\n|---|---|--:|--:|--:|--:|--:|--:|--:|\n");
    for m in measured {
        let place = if m.attacks.has_places {
            percent(m.attacks.sum(|row| row.level <= Level::Standard).exact_share())
        } else {
            "–".to_owned()
        };
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} | {} | {} | {place} | {} |",
            m.name,
            m.version,
            m.attacks.known_seeds,
            percent(m.attacks.macro_recall(Level::Fold)),
            percent(m.attacks.macro_recall(Level::Standard)),
            percent(m.attacks.composed_recall(Level::Standard)),
            percent(m.attacks.macro_recall(Level::Strong)),
            percent(m.innocent.mean(|row| !row.composed && row.level <= Level::Strong)),
        );
    }
}

fn kinds(out: &mut String, measured: &[Measured]) {
    header(out, "By kind", "kind | level", 2, measured);
    for &kind in Kind::ALL {
        let of = |report: &Report| {
            report.mean(|row| !row.composed && hardest(&row.kinds).contains(&kind))
        };
        let cells: Vec<String> = measured.iter().map(|m| percent(of(&m.attacks))).collect();
        let _ =
            writeln!(out, "| {} | {} | {} |", kind.name(), kind.level().name(), cells.join(" | "));
    }
}

/// A transform counts under the kinds that make it as hard as it is.
fn hardest(kinds: &[Kind]) -> Vec<Kind> {
    let level = kinds.iter().map(|kind| kind.level()).max();
    kinds.iter().copied().filter(|kind| Some(kind.level()) == level).collect()
}

fn langs(out: &mut String, measured: &[Measured]) {
    header(out, "By language of the seeds, up to standard", "language", 1, measured);
    let mut all: BTreeSet<&str> = BTreeSet::new();
    for m in measured {
        all.extend(m.attacks.rows.iter().flat_map(|row| row.langs.keys()).map(String::as_str));
    }
    for lang in all {
        let of = |report: &Report| {
            let rows =
                report.rows.iter().filter(|row| !row.composed && row.level <= Level::Standard);
            let recalls: Vec<f64> =
                rows.filter_map(|row| row.langs.get(lang)).map(|count| count.recall()).collect();
            if recalls.is_empty() {
                "–".to_owned()
            } else {
                percent(recalls.iter().sum::<f64>() / recalls.len() as f64)
            }
        };
        let cells: Vec<String> = measured.iter().map(|m| of(&m.attacks)).collect();
        let _ = writeln!(out, "| {lang} | {} |", cells.join(" | "));
    }
}

fn flags(out: &mut String, measured: &[Measured], benign: &Benign) {
    if benign.sets.is_empty() {
        out.push_str("\n## Ordinary text\n\nNot measured: no corpus was given.\n");
        return;
    }
    header(
        out,
        "Ordinary text: flagged lines of 1,000, and those of them that no single word explains",
        "corpus | lines",
        2,
        measured,
    );
    for (at, set) in benign.sets.iter().enumerate() {
        let cell = |m: &Measured| {
            let (_, flags, beyond) = &m.flagged[at];
            format!("{:.2} ({:.2})", flags.per_thousand(), beyond.per_thousand())
        };
        let cells: Vec<String> = measured.iter().map(cell).collect();
        let _ = writeln!(out, "| {} | {} | {} |", set.name, set.lines.len(), cells.join(" | "));
    }
    for m in measured {
        let lines: u64 = m.flagged.iter().map(|(_, flags, _)| flags.lines).sum();
        if lines < benign.sets.iter().map(|set| set.lines.len() as u64).sum() {
            let _ = writeln!(
                out,
                "\n{} is slow: it read the first lines only, {lines} in all, and fewer sentences.",
                m.name
            );
        }
    }
}

fn header(out: &mut String, title: &str, first: &str, columns: usize, measured: &[Measured]) {
    let names: Vec<&str> = measured.iter().map(|m| m.name.as_str()).collect();
    let _ = writeln!(
        out,
        "\n## {title}\n\n| {first} | {} |\n|{}{}",
        names.join(" | "),
        "---|".repeat(columns),
        "--:|".repeat(names.len())
    );
}

/// Everything, for programs.
pub fn json(measured: &[Measured], suite: &Suite, benign: &Benign, machine: &Machine) -> Value {
    let engine = |m: &Measured| {
        let means = |report: &Report| {
            json!({
                "fold": report.macro_recall(Level::Fold),
                "standard": report.macro_recall(Level::Standard),
                "strong": report.macro_recall(Level::Strong),
                "none": report.macro_recall(Level::Beyond),
                "compositions_fold": report.composed_recall(Level::Fold),
                "compositions_standard": report.composed_recall(Level::Standard),
                "compositions_strong": report.composed_recall(Level::Strong),
            })
        };
        let flagged = |(name, flags, beyond): &(String, Flags, Flags)| json!({ "corpus": name, "lines": flags.lines, "flagged": flags.flagged, "beyond_words": beyond.flagged });
        json!({
            "name": m.name,
            "version": m.version,
            "known_seeds": m.attacks.known_seeds,
            "known_places": m.attacks.known_places,
            "has_places": m.attacks.has_places,
            "recall": means(&m.attacks),
            "innocent": means(&m.innocent),
            "flags": m.flagged.iter().map(flagged).collect::<Vec<_>>(),
            "transforms": m.attacks.rows.iter().map(figures).collect::<serde_json::Map<_, _>>(),
        })
    };
    let transform = |recipe: &Recipe| {
        json!({
            "id": recipe.id(),
            "level": recipe.level(),
            "kinds": recipe.kinds(),
            "composed": recipe.is_composed(),
        })
    };
    json!({
        "machine": machine,
        "number": suite.number,
        "seeds": suite.seeds.len(),
        "carriers": suite.carriers.len(),
        "corpora": benign.sets.iter().map(|set| json!({ "name": set.name, "lines": set.lines.len() })).collect::<Vec<_>>(),
        "transforms": suite.recipes.iter().map(transform).collect::<Vec<_>>(),
        "engines": measured.iter().map(engine).collect::<Vec<_>>(),
    })
}

/// Attacks, found, covered, exact; then attacks and found by severity.
fn figures(row: &Row) -> (String, Value) {
    let total = row.total;
    let severities = row.severities.iter();
    let severities: serde_json::Map<_, _> = severities
        .map(|(severity, count)| (severity.name().to_owned(), json!([count.attacks, count.found])))
        .collect();
    let all = [total.attacks, total.found, total.covered, total.exact];
    (row.recipe.clone(), json!({ "all": all, "severities": severities }))
}

fn percent(share: f64) -> String {
    format!("{:.1}", share * 100.0)
}
