//! Every kind of diagnostic, with a policy that draws it and what is said.

use super::put;
use crate::gen_tables::source_root;
use std::fmt::Write;
use std::fs;
use tamis::diag::{Code, Diagnostics, Severity};
use tamis::{Date, Policy};

const HEAD: &str = "\
What `lint` and all commands say about a policy. Errors stop it, warnings do not (but with
`--strict`). A warning that is not wanted is turned off where it is drawn: `lint_ignore: [NAME]` on the
rule. Numbers and names stay as they are from version to version. `tamis lint --format json` gives them to programs.";

/// The last section of the page.
pub(super) fn messages(out: &mut String) {
    put!(out, "\n## Messages\n\n{HEAD}\n");
    for severity in [Severity::Error, Severity::Warning] {
        let title = if severity == Severity::Error { "Errors" } else { "Warnings" };
        put!(out, "{title}:\n");
        for code in Code::all().iter().filter(|code| code.severity() == severity) {
            let info = code.info();
            put!(out, "- [`{} {}`](#{}): {}", info.number, info.name, anchor(*code), info.title);
        }
        put!(out, "");
    }
    for &code in Code::all() {
        message(code, out);
    }
}

fn anchor(code: Code) -> String {
    let info = code.info();
    format!("{}-{}", info.number.to_lowercase(), info.name)
}

fn message(code: Code, out: &mut String) {
    let info = code.info();
    put!(out, "### {} {}\n\n{}.\n\n{}\n", info.number, info.name, capital(info.title), info.doc);
    if let Some(said) = drawn(code) {
        let example = info.example.trim_end();
        put!(out, "```yaml draws\n{example}\n```\n\n```text\n{said}```\n");
    } else if let Some(golden) = golden(code) {
        put!(out, "```text\n{}\n```\n", golden.trim_end());
    }
}

/// What the example of the registry draws, as the command line prints it.
fn drawn(code: Code) -> Option<String> {
    let example = code.info().example;
    // Longer lines are there to be too long, and JSON is not what people write.
    if example.is_empty() || example.starts_with('{') {
        return None;
    }
    let source = format!("{}\n", example.trim_end());
    let policy = Policy::from_sources([("wrong.yaml", source)]);
    let diagnostics: Diagnostics = match policy {
        // The last day there is: the page does not change with the calendar.
        Ok(policy) => policy.lint(Date::new(9999, 12, 31)),
        Err(error) => error.diagnostics().clone(),
    };
    let found = diagnostics.iter().find(|d| d.code == code)?;
    Some(format!("{}\n", diagnostics.render(found).trim_end()))
}

/// The golden rendering, where a text alone cannot draw the kind.
fn golden(code: Code) -> Option<String> {
    const LINES: usize = 24;
    let path = source_root().join("tests/diagnostics").join(format!("{}.out", code.name()));
    let text = fs::read_to_string(path).ok()?;
    let first = text.split("\n\n").find(|part| part.contains(code.number()))?;
    (first.lines().count() <= LINES).then(|| first.to_owned())
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
