//! `tamis lint`: diagnostics of policies.

use crate::failure::{Exit, Run};
use crate::policy::{RootArgs, today};
use crate::ui::diagnostics::{self, Figures};
use crate::ui::number::plural;
use crate::ui::style::{BAD, BOLD, GOOD, WARN};
use clap::{Args, ValueEnum};
use std::io::{self, Write};
use tamis::diag::{DiagnosticData, Diagnostics, Severity};

/// Find mistakes in policies
#[derive(Debug, Args)]
#[command(after_help = "Exit codes: 0 no errors, 1 warnings with --strict, 2 errors.\n\n\
    Examples:\n  \
    tamis lint policy.yaml\n  \
    tamis lint policies/*.yaml --strict --format github")]
pub(crate) struct LintArgs {
    /// The policies: files or `pack:NAME`
    #[arg(required = true, value_name = "POLICY")]
    policies: Vec<String>,
    #[command(flatten)]
    root: RootArgs,
    /// How to print: for people, as one JSON array, or as annotations of GitHub Actions
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Fail on warnings too
    #[arg(long)]
    strict: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Github,
}

/// Runs the command.
pub(crate) fn run(args: &LintArgs) -> Run {
    let mut out = anstream::stdout().lock();
    let mut all = Figures::default();
    let mut data: Vec<DiagnosticData> = Vec::new();
    for name in &args.policies {
        let linted = Linted::new(name, &args.root);
        let figures = linted.figures();
        all.errors += figures.errors;
        all.warnings += figures.warnings;
        match args.format {
            Format::Json => data.extend(linted.data()),
            Format::Text => linted.write_text(&mut out, name, figures)?,
            Format::Github => linted.write_github(&mut out)?,
        }
    }
    if args.format == Format::Json {
        serde_json::to_writer_pretty(&mut out, &data)?;
        writeln!(out)?;
    }
    Ok(match all {
        Figures { errors: 0, warnings: 0 } => Exit::Fine,
        Figures { errors: 0, .. } if args.strict => Exit::Gate,
        Figures { errors: 0, .. } => Exit::Fine,
        _ => Exit::Wrong,
    })
}

/// A policy's diagnostics, and its number of rules if it compiles.
struct Linted {
    diagnostics: Diagnostics,
    /// Rules past their date.
    expired: Option<Diagnostics>,
    rules: Option<usize>,
}

impl Linted {
    fn new(name: &str, root: &RootArgs) -> Self {
        match root.load(name).and_then(|policy| policy.compile()) {
            Ok(ruleset) => Self {
                diagnostics: ruleset.warnings().clone(),
                expired: Some(ruleset.expired(today())),
                rules: Some(ruleset.rules().len()),
            },
            Err(error) => {
                let diagnostics = error.diagnostics().clone();
                Self { diagnostics, expired: None, rules: None }
            }
        }
    }

    fn figures(&self) -> Figures {
        Figures::of(&self.diagnostics)
            .and_warnings(self.expired.as_ref().map_or(0, Diagnostics::len))
    }

    fn data(&self) -> Vec<DiagnosticData> {
        let expired = self.expired.iter().flat_map(Diagnostics::to_data);
        self.diagnostics.to_data().into_iter().chain(expired).collect()
    }

    fn write_text(&self, out: &mut impl Write, name: &str, figures: Figures) -> io::Result<()> {
        for d in self.diagnostics.iter().chain(self.expired.iter().flatten()) {
            diagnostics::write_rendered(out, &self.diagnostics.render(d), d.severity())?;
            writeln!(out)?;
        }
        let rules =
            self.rules.map_or_else(String::new, |n| format!(", {}", plural(n as u64, "rule")));
        match figures {
            Figures { errors: 0, warnings: 0 } => {
                writeln!(out, "{BOLD}{name}{BOLD:#}: {GOOD}ok{GOOD:#}{rules}")
            }
            Figures { errors: 0, .. } => {
                writeln!(out, "{BOLD}{name}{BOLD:#}: {WARN}{}{WARN:#}{rules}", figures.in_words())
            }
            _ => writeln!(out, "{BOLD}{name}{BOLD:#}: {BAD}{}{BAD:#}", figures.in_words()),
        }
    }

    fn write_github(&self, out: &mut impl Write) -> io::Result<()> {
        for d in self.data() {
            let level = if d.severity == Severity::Error { "error" } else { "warning" };
            let hint = d.hint.map_or_else(String::new, |hint| format!("\n{hint}"));
            writeln!(
                out,
                "::{level} file={},line={},col={},endLine={},endColumn={},title={}::{}",
                property(&d.file),
                d.line,
                d.column,
                d.end_line,
                d.end_column,
                property(&format!("{} {}", d.code, d.name)),
                data(&format!("{}{hint}", d.message))
            )?;
        }
        Ok(())
    }
}

/// Escapes what GitHub's workflow commands give a meaning.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
