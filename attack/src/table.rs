//! Reports as tables in Markdown, which are readable as they are.

use crate::kind::Level;
use crate::report::{Report, Row};
use std::fmt::Write;

/// One report: a row a recipe, with the span figures.
pub fn markdown(report: &Report) -> String {
    let mut out = String::from(
        "| transform | level | attacks | recall % | whole % | exact % |\n|---|---|--:|--:|--:|--:|\n",
    );
    for row in &report.rows {
        let total = row.total;
        let (whole, exact) = (total.covered_share(), total.exact_share());
        let spans = if report.has_places && total.found > 0 {
            format!("{} | {}", percent(whole), percent(exact))
        } else {
            "– | –".to_owned()
        };
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {spans} |",
            row.recipe,
            row.level.name(),
            total.attacks,
            percent(total.recall())
        );
    }
    out
}

/// Recall of several filters beside each other, a row a recipe, then the means.
pub fn side_by_side(reports: &[(&str, &Report)]) -> String {
    let mut out = String::from("| transform | level |");
    for (name, _) in reports {
        let _ = write!(out, " {name} |");
    }
    out.push_str("\n|---|---|");
    out.push_str(&"--:|".repeat(reports.len()));
    out.push('\n');
    for row in rows(reports) {
        let cells = reports.iter().map(|(_, report)| match report.row(&row.recipe) {
            Some(row) => percent(row.total.recall()),
            None => "–".to_owned(),
        });
        line(&mut out, &row.recipe, row.level.name(), cells);
    }
    let means = [Level::Fold, Level::Standard, Level::Strong, Level::Beyond];
    for level in means {
        let means = reports.iter().map(|(_, report)| percent(report.macro_recall(level)));
        line(&mut out, "**mean of single transforms**", reach(level), means);
    }
    for level in [Level::Fold, Level::Standard, Level::Strong] {
        let means = reports.iter().map(|(_, report)| percent(report.composed_recall(level)));
        line(&mut out, "**mean of compositions**", reach(level), means);
    }
    let known = reports.iter().map(|(_, report)| report.known_seeds.to_string());
    line(&mut out, "seeds found undisguised", "", known);
    out
}

/// The rows of all reports, in the order of the suite. A report leaves out what it has no seeds for.
fn rows<'r>(reports: &[(&str, &'r Report)]) -> Vec<&'r Row> {
    let longest = reports.iter().max_by_key(|(_, report)| report.rows.len());
    longest.map(|(_, report)| report.rows.iter().collect()).unwrap_or_default()
}

fn line(out: &mut String, name: &str, level: &str, cells: impl Iterator<Item = String>) {
    let cells: Vec<String> = cells.collect();
    let _ = writeln!(out, "| {name} | {level} | {} |", cells.join(" | "));
}

fn reach(level: Level) -> &'static str {
    match level {
        Level::Fold => "fold",
        Level::Standard => "up to standard",
        Level::Strong => "up to strong",
        _ => level.name(),
    }
}

fn percent(share: f64) -> String {
    format!("{:.0}", share * 100.0)
}
