//! The figures of an evaluation as one HTML file: no script, nothing from elsewhere.

use super::gate::Gate;
use super::judge::{Quality, RuleFigures};
use super::report::{is_judged, names, reporting};
use crate::corpus::Totals;
use crate::ui::number::{count, plural};
use std::fmt::Write;
use tamis::spec::model::Mode;
use tamis::{RuleInfo, Ruleset};

const STYLE: &str = include_str!("page.css");

/// The page; `missed` are the conditions that do not hold.
pub(super) fn page(
    ruleset: &Ruleset,
    quality: &Quality,
    totals: &Totals,
    missed: &[(&Gate, f64)],
) -> String {
    let name = escaped(ruleset.policy_name());
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{name}: evaluation</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<h1>{name}</h1>\n"
    );
    head(&mut out, ruleset, quality, totals, missed);
    labels(&mut out, ruleset, quality);
    rules(&mut out, ruleset, quality);
    actions(&mut out, ruleset, quality, totals.documents);
    undecided(&mut out, ruleset, quality);
    out.push_str("</body>\n</html>\n");
    out
}

fn head(
    out: &mut String,
    ruleset: &Ruleset,
    quality: &Quality,
    totals: &Totals,
    missed: &[(&Gate, f64)],
) {
    let version = ruleset.policy_version().map(|v| format!("Version {}, ", escaped(v)));
    line(
        out,
        "soft",
        &format!(
            "{}fingerprint {}, Tamis {}",
            version.unwrap_or_default(),
            ruleset.fingerprint(),
            Ruleset::engine_version()
        ),
    );
    let documents = plural(totals.documents, "labelled document");
    line(out, "", &format!("{documents}, macro F1 <b>{:.3}</b>", quality.macro_f1()));
    for (gate, value) in missed {
        let gate = escaped(&gate.to_string());
        line(out, "failed", &format!("Required and not reached: {gate}; it is {value:.4}"));
    }
    if !quality.unmapped.is_empty() {
        let unmapped = escaped(&quality.unmapped.join(", "));
        line(out, "soft", &format!("Labels of the corpus that were not judged: {unmapped}"));
    }
}

fn labels(out: &mut String, ruleset: &Ruleset, quality: &Quality) {
    out.push_str("<h2>Labels</h2>\n");
    line(
        out,
        "soft",
        "<span class=\"key even\"></span>precision <span class=\"key right\"></span>recall \
         <span class=\"key f1\"></span>F1",
    );
    table(out, &["Label", "predicted by", "precision", "recall", "F1", "right", "wrong", "missed"]);
    for (name, label) in &quality.labels {
        let counts = label.figures;
        let shares = [counts.precision(), counts.recall(), counts.f1()];
        let bars = shares.iter().zip(["even", "right", "f1"]).enumerate();
        let bars: String = bars
            .map(|(at, (share, class))| bar(class, 0.0, *share, at as f64 * 14.0, 10.0))
            .collect();
        let [precision, recall, f1] = shares.map(|share| format!("{share:.3}"));
        row(
            out,
            &[
                escaped(name),
                escaped(&names(ruleset, &label.predictors).join(", ")),
                precision,
                recall,
                format!("<b>{f1}</b>"),
                count(counts.tp),
                count(counts.fp),
                count(counts.fn_),
            ],
            &plot("many", 40, &bars),
        );
    }
    out.push_str("</table></div>\n");
}

/// All judged rules that fired, those with most false hits first.
fn rules(out: &mut String, ruleset: &Ruleset, quality: &Quality) {
    out.push_str("<h2>Rules</h2>\n");
    let mut rules: Vec<(&RuleInfo, &RuleFigures)> = reporting(ruleset, quality)
        .filter(|(rule, figures)| figures.hits > 0 && is_judged(quality, rule))
        .collect();
    if rules.is_empty() {
        return line(out, "", "No rule with a judged label fired.");
    }
    rules.sort_by_key(|(_, figures)| std::cmp::Reverse((figures.fp, figures.hits)));
    line(
        out,
        "soft",
        "<span class=\"key right\"></span>right <span class=\"key wrong\"></span>false hits; \
         <i>only</i> right or false: predictions that would be lost without the rule",
    );
    let most = rules.iter().map(|(_, f)| f.tp + f.fp).max().unwrap_or(0).max(1) as f64;
    table(out, &["Rule", "hits", "right", "false", "only right", "only false"]);
    for (rule, figures) in rules {
        let right = figures.tp as f64 / most;
        let wrong = figures.fp as f64 / most;
        let bars = bar("right", 0.0, right, 3.0, 14.0) + &bar("wrong", right, wrong, 3.0, 14.0);
        let shadow = if rule.mode == Mode::Shadow { " (shadow)" } else { "" };
        let counts = [figures.hits, figures.tp, figures.fp, figures.only_tp, figures.only_fp];
        let mut cells = vec![format!("{}{shadow}", escaped(&rule.id))];
        cells.extend(counts.map(count));
        row(out, &cells, &plot("", 20, &bars));
    }
    out.push_str("</table></div>\n");
}

fn actions(out: &mut String, ruleset: &Ruleset, quality: &Quality, documents: u64) {
    out.push_str("<h2>Decisions</h2>\n");
    table(out, &["Action", "documents", "share"]);
    for (action, &n) in ruleset.actions().zip(&quality.tally.actions) {
        let share = n as f64 / documents.max(1) as f64;
        let cells = [escaped(action), count(n), format!("{:.2} %", share * 100.0)];
        row(out, &cells, &plot("", 20, &bar("even", 0.0, share, 3.0, 14.0)));
    }
    out.push_str("</table></div>\n");
}

fn undecided(out: &mut String, ruleset: &Ruleset, quality: &Quality) {
    let rules = ruleset.rules().iter().zip(&quality.tally.undecided);
    let undecided: Vec<_> = rules.filter(|(_, (n, _))| *n > 0).collect();
    if undecided.is_empty() {
        return;
    }
    out.push_str("<h2>Not decided, for want of facts</h2>\n");
    table(out, &["Rule", "documents"]);
    for (rule, (n, _)) in undecided {
        row(out, &[escaped(&rule.id), count(*n)], "");
    }
    out.push_str("</table></div>\n");
}

fn line(out: &mut String, class: &str, html: &str) {
    let _ = writeln!(out, "<p class=\"{class}\">{html}</p>");
}

/// Begins a table; its last column has the plots.
fn table(out: &mut String, columns: &[&str]) {
    out.push_str("<div class=\"scroll\"><table>\n<tr>");
    for column in columns {
        let _ = write!(out, "<th>{column}</th>");
    }
    out.push_str("<th></th></tr>\n");
}

fn row(out: &mut String, cells: &[String], plot: &str) {
    out.push_str("<tr>");
    for cell in cells {
        let _ = write!(out, "<td>{cell}</td>");
    }
    let _ = writeln!(out, "<td class=\"plot\">{plot}</td></tr>");
}

fn plot(class: &str, height: u32, bars: &str) -> String {
    format!(
        "<svg class=\"{class}\" viewBox=\"0 0 1000 {height}\" preserveAspectRatio=\"none\" \
         aria-hidden=\"true\">{bars}</svg>"
    )
}

/// A bar from one share of the width on, over another.
fn bar(class: &str, from: f64, share: f64, top: f64, height: f64) -> String {
    format!(
        "<rect class=\"{class}\" x=\"{:.1}\" y=\"{top}\" width=\"{:.1}\" height=\"{height}\"/>",
        from * 1000.0,
        share * 1000.0
    )
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}
