//! The figures for people: `speed.md`, and the table of numbers to reach.

use crate::definitions::{Definitions, Row};
use crate::hostile;
use crate::results::Results;
use crate::rows::{RowResult, TargetResult};
use std::fmt::Write as _;

/// Everything.
pub fn markdown(results: &Results, definitions: &Definitions) -> String {
    let mut out = "# Speed, side by side\n\nWritten by `make speed-bench`. How it measures: \
        `benches/README.md`; what to mind: `benches/peers/BIAS.md`.\n\n"
        .to_owned();
    if let Some(machine) = &results.machine {
        // Writing to a string cannot fail, here and below.
        let _ = writeln!(
            out,
            "{}, {} threads; {}; {}; {}.",
            machine.cpu, machine.threads, machine.system, machine.rustc, machine.python
        );
    }
    if !results.real_corpora {
        out += "\n**The project's own small corpora stood in for real ones: the figures say little.**\n";
    }
    out += "\n## Numbers to reach\n\n";
    out += &numbers(results, definitions);
    out += "\n## Rust, one thread, one call a text\n";
    for row in &results.rows {
        if let Some(def) = definitions.rows.iter().find(|def| def.name == row.name) {
            side_by_side(&mut out, row, def, definitions);
        }
    }
    out += "\n## Python\n";
    if !results.python_versions.is_empty() {
        let versions = results.python_versions.iter();
        let versions: Vec<String> = versions.map(|(name, v)| format!("{name} {v}")).collect();
        let _ = writeln!(out, "\n{}.", versions.join(", "));
    }
    for row in &results.python {
        if let Some(def) = definitions.python.iter().find(|def| def.name == row.name) {
            side_by_side(&mut out, row, def, definitions);
        }
    }
    threads(&mut out, results);
    load(&mut out, results);
    growth(&mut out, results);
    hostile(&mut out, results);
    engines(&mut out, definitions);
    out += "\n## When\n\n";
    for (part, when) in &results.when {
        let _ = writeln!(out, "- {part}: {when}");
    }
    out
}

/// The table of numbers to reach, with the figures.
pub fn numbers(results: &Results, definitions: &Definitions) -> String {
    let mut targets: Vec<TargetResult> = Vec::new();
    for def in &definitions.rows {
        take(&mut targets, def, &results.rows);
    }
    for def in &definitions.python {
        take(&mut targets, def, &results.python);
    }
    targets.extend(results.threads.iter().flat_map(|threads| threads.targets.clone()));
    targets.extend(results.python_threads.iter().cloned());
    targets.extend(results.hostile.iter().flat_map(|hostile| hostile.targets.clone()));
    targets.extend(results.load.iter().flat_map(|load| load.targets.clone()));
    targets.extend(results.quality.iter().cloned());
    let mut out =
        "| work | figure | quartiles | floor | aim | | row |\n|---|--:|--:|--:|--:|---|---|\n"
            .to_owned();
    for target in &targets {
        let sign = if target.at_most { "≤ " } else { "≥ " };
        let figure = target
            .figure
            .map_or("not measured".to_owned(), |f| format!("{} {}", number(f), target.unit));
        let quartiles = target
            .quartiles
            .map_or(String::new(), |(low, high)| format!("{} – {}", number(low), number(high)));
        let bound = |value: f64| {
            if value == 0.0 && !target.at_most {
                "reported".to_owned()
            } else {
                format!("{sign}{}", number(value))
            }
        };
        let _ = writeln!(
            out,
            "| {} | {} | {quartiles} | {} | {} | {} | {} |",
            target.design,
            figure.trim_end(),
            bound(target.floor),
            bound(target.aim),
            standing(target),
            target.row
        );
    }
    out
}

/// The targets of a row; without figures when it was not measured.
fn take(targets: &mut Vec<TargetResult>, def: &Row, measured: &[RowResult]) {
    match measured.iter().find(|row| row.name == def.name) {
        Some(row) => targets.extend(row.targets.clone()),
        None => targets.extend(def.target.iter().map(|t| crate::rows::target(t, &def.name, &[]))),
    }
}

fn standing(target: &TargetResult) -> &'static str {
    let Some(figure) = target.figure else { return "?" };
    let reaches = |bound: f64| if target.at_most { figure <= bound } else { figure >= bound };
    if reaches(target.aim) {
        "aim"
    } else if reaches(target.floor) {
        "floor"
    } else {
        "**short**"
    }
}

fn side_by_side(out: &mut String, row: &RowResult, def: &Row, definitions: &Definitions) {
    let texts = &definitions.texts[&row.texts].what;
    let list = &definitions.lists[&row.list].what;
    let _ = writeln!(
        out,
        "\n### {}\n\n{} texts, {} bytes ({texts}); {} words ({list}). {}\n\n\
         | engine | MB/s | texts/s | time over the first | texts flagged | hits | built in ms |\n|---|--:|--:|--:|--:|--:|--:|",
        row.name,
        row.n,
        row.bytes,
        row.words,
        def.analysis.replace('\n', " ")
    );
    for engine in &row.engines {
        let _ = writeln!(
            out,
            "| {} | {} | {:.0} | {} × | {} | {} | {} |",
            engine.engine,
            number(engine.mb_per_s),
            engine.texts_per_s,
            number(engine.times_first),
            engine.flagged,
            engine.matches,
            number(engine.build_ms)
        );
    }
}

fn threads(out: &mut String, results: &Results) {
    let Some(threads) = &results.threads else { return };
    *out += "\n## Threads\n\nBatches of 2.8 MB, 402 words at `standard`.\n\n| texts | threads | MB/s |\n|---|--:|--:|\n";
    for (texts, n, rate) in &threads.batches {
        let _ = writeln!(out, "| {texts} | {n} | {} |", number(*rate));
    }
}

fn load(out: &mut String, results: &Results) {
    let Some(load) = &results.load else { return };
    *out += "\n## Compiling and loading\n\n| policy | YAML | compile | load compiled | compiled file | memory |\n|---|--:|--:|--:|--:|--:|\n";
    for policy in &load.policies {
        let _ = writeln!(
            out,
            "| {} | {} kB | {} ms | {} | {} | {} kB |",
            policy.name,
            policy.source / 1_000,
            number(policy.compile_ms),
            policy.load_ms.map_or("–".to_owned(), |ms| format!("{} ms", number(ms))),
            policy.compiled.map_or("–".to_owned(), |bytes| format!("{} kB", bytes / 1_000)),
            policy.memory / 1_000
        );
    }
}

fn growth(out: &mut String, results: &Results) {
    let Some(growth) = &results.growth else { return };
    *out += "\n## Growth\n\n![throughput by patterns](plots/patterns-throughput.svg)\n\n![compile time](plots/patterns-compile.svg)\n\n![memory](plots/patterns-memory.svg)\n\n![throughput by length](plots/length-throughput.svg)\n\n";
    let names: Vec<&str> = growth
        .patterns
        .first()
        .map_or(Vec::new(), |p| p.mb_per_s.iter().map(|(name, _)| name.as_str()).collect());
    let head = |first: &str| {
        format!("| {first} | {} |\n|--:|{}", names.join(" | "), "--:|".repeat(names.len()))
    };
    let cells = |figures: &[(String, f64)]| {
        let of = |name: &&str| {
            figures.iter().find(|f| f.0 == *name).map_or("–".to_owned(), |f| number(f.1))
        };
        names.iter().map(of).collect::<Vec<_>>().join(" | ")
    };
    let _ = writeln!(out, "MB/s over 31-byte lines by number of patterns:\n\n{}", head("patterns"));
    for row in &growth.patterns {
        let _ = writeln!(out, "| {} | {} |", row.n, cells(&row.mb_per_s));
    }
    let _ = writeln!(
        out,
        "\nMilliseconds to compile them, from a policy or a list:\n\n{}",
        head("patterns")
    );
    for row in &growth.patterns {
        let _ = writeln!(out, "| {} | {} |", row.n, cells(&row.build_ms));
    }
    let _ = writeln!(out, "\nMB/s by length of a text, 402 words:\n\n{}", head("bytes"));
    for row in &growth.lengths {
        let _ = writeln!(out, "| {} | {} |", row.bytes, cells(&row.mb_per_s));
    }
}

fn hostile(out: &mut String, results: &Results) {
    let Some(hostile) = &results.hostile else { return };
    *out += "\n## Hostile families\n\nMB/s of one text of each size, 402 words at `standard`; of messages of 200 bytes; of the realistic \
        policy and of an automaton (`aho-corasick`, contiguous NFA) on 1 MB. *Saturated*: the verdict on 1 MB said that a limit was reached.\n\n\
        ![families](plots/hostile.svg)\n\n![growth](plots/hostile-growth.svg)\n\n\
        | family | hurts | 10 kB | 100 kB | 1 MB | 10 MB | exponent | messages | realistic | NFA | saturated |\n|---|---|--:|--:|--:|--:|--:|--:|--:|--:|---|\n";
    for family in &hostile.families {
        let mut sizes: Vec<String> = family.standard.iter().map(|s| number(s.1)).collect();
        // `--most` may have left out the largest.
        sizes.resize(hostile::SIZES.len(), "–".to_owned());
        let _ = writeln!(
            out,
            "| {} | {} | {} | {:.3} | {} | {} | {} | {} |",
            family.name,
            family.what,
            sizes.join(" | "),
            family.exponent,
            number(family.messages),
            family.realistic.get(2).map_or("–".to_owned(), |s| number(s.1)),
            number(family.nfa),
            if family.saturated { "yes" } else { "" }
        );
    }
}

fn engines(out: &mut String, definitions: &Definitions) {
    *out += "\n## The engines, and what they leave undone\n\n| engine | how it is used | of Tamis' work it lacks |\n|---|---|---|\n";
    for (name, engine) in &definitions.engines {
        let _ = writeln!(out, "| {name} | {} | {} |", engine.what, engine.lacks);
    }
}

/// Three digits.
fn number(value: f64) -> String {
    match value.abs() {
        v if v >= 100.0 => format!("{value:.0}"),
        v if v >= 10.0 => format!("{value:.1}"),
        v if v >= 1.0 || v == 0.0 => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}
