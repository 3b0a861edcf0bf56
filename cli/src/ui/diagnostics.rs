//! Diagnostics of policies, coloured, and the one-line summary under them.

use super::number::plural;
use super::style::{BAD, BOLD, DIM, GOOD, PLACE, WARN};
use anstyle::Style;
use std::io::{self, Write};
use tamis::diag::{Diagnostics, Severity};

/// Writes all diagnostics, each as the core renders it, in colour.
pub(crate) fn write(out: &mut impl Write, diagnostics: &Diagnostics) -> io::Result<()> {
    for (i, diagnostic) in diagnostics.iter().enumerate() {
        if i > 0 {
            writeln!(out)?;
        }
        write_rendered(out, &diagnostics.render(diagnostic), diagnostic.severity())?;
    }
    Ok(())
}

/// How many errors and warnings there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Figures {
    pub(crate) errors: u64,
    pub(crate) warnings: u64,
}

impl Figures {
    /// Counts.
    pub(crate) fn of(diagnostics: &Diagnostics) -> Self {
        let errors = diagnostics.iter().filter(|d| d.severity() == Severity::Error).count();
        Self { errors: errors as u64, warnings: (diagnostics.len() - errors) as u64 }
    }

    /// `2 errors, 1 warning`.
    pub(crate) fn in_words(self) -> String {
        match (self.errors, self.warnings) {
            (0, 0) => "no problems".to_owned(),
            (0, w) => plural(w, "warning"),
            (e, 0) => plural(e, "error"),
            (e, w) => format!("{}, {}", plural(e, "error"), plural(w, "warning")),
        }
    }
}

/// Says on standard error that there are warnings, and how to see them.
pub(crate) fn mention_warnings(policy: &str, warnings: &Diagnostics) -> io::Result<()> {
    let n = plural(warnings.len() as u64, "warning");
    let mut err = anstream::stderr().lock();
    writeln!(err, "{WARN}note{WARN:#}: {policy} has {n}; `tamis lint {policy}` shows them")
}

/// Colours one rendered diagnostic: the core renders plain text.
pub(crate) fn write_rendered(
    out: &mut impl Write,
    rendered: &str,
    severity: Severity,
) -> io::Result<()> {
    let style = if severity == Severity::Error { BAD } else { WARN };
    for (i, line) in rendered.lines().enumerate() {
        if i == 0 {
            let (head, message) = line.split_once("]: ").unwrap_or((line, ""));
            let close = if message.is_empty() { "" } else { "]" };
            let colon = if message.is_empty() { "" } else { ": " };
            writeln!(out, "{style}{head}{close}{style:#}{colon}{BOLD}{message}{BOLD:#}")?;
        } else {
            write_line(out, line, style)?;
        }
    }
    Ok(())
}

fn write_line(out: &mut impl Write, line: &str, style: Style) -> io::Result<()> {
    let content = line.trim_start();
    let indent = &line[..line.len() - content.len()];
    if let Some((arrow, place)) = split_at_first(content, &["--> ", "::: "]) {
        return writeln!(out, "{indent}{DIM}{arrow}{DIM:#}{PLACE}{place}{PLACE:#}");
    }
    if let Some((key, text)) = split_at_first(content, &["= help: ", "= note: "]) {
        return writeln!(out, "{indent}{GOOD}{key}{GOOD:#}{text}");
    }
    let Some((gutter, text)) = line.split_once('|') else { return writeln!(out, "{line}") };
    if gutter.trim().is_empty() {
        return writeln!(out, "{DIM}{gutter}|{DIM:#}{style}{text}{style:#}");
    }
    writeln!(out, "{DIM}{gutter}|{DIM:#}{text}")
}

fn split_at_first<'t>(text: &'t str, starts: &[&str]) -> Option<(&'t str, &'t str)> {
    starts.iter().find(|start| text.starts_with(*start)).map(|start| text.split_at(start.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colouring_changes_no_text() {
        let rendered = "error[E012 unknown-key]: no key `lables` | here\n --> a.yaml:3:1\n  |\n\
                        3 | lables: x | y\n  | ^^^^^^ this\n  |\n  = help: `labels`\n";
        let mut out = Vec::new();
        write_rendered(&mut out, rendered, Severity::Error).unwrap();
        assert_ne!(out, rendered.as_bytes());
        assert_eq!(anstream::adapter::strip_bytes(&out).into_vec(), rendered.as_bytes());
    }
}
