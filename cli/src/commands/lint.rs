//! `tamis lint`: diagnostics of policies.

mod fix;

use crate::failure::{Exit, Failure, Run};
use crate::policy::{RootArgs, today};
use crate::ui::diagnostics::{self, Figures};
use crate::ui::diff;
use crate::ui::number::plural;
use crate::ui::style::{BAD, BOLD, GOOD, WARN};
use clap::{Args, ValueEnum};
use std::io::{self, Write};
use tamis::diag::{Diagnostic, DiagnosticData, Diagnostics, Severity};

/// Find mistakes in policies
#[expect(clippy::struct_excessive_bools, reason = "the flags of a command line")]
#[derive(Debug, Args)]
#[command(after_help = "Exit codes: 0 no errors, 1 warnings with --strict, 2 errors.\n\n\
    A warning that is not wanted is named in the rule's `lint_ignore: [NAME]`, or elsewhere in a\n\
    comment on its line: `# lint_ignore: NAME`.\n\n\
    Examples:\n  \
    tamis lint policy.yaml\n  \
    tamis lint policy.yaml --fix --diff\n  \
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
    /// Mend what is certain, in the policy and its list files, and print what is left
    #[arg(long)]
    fix: bool,
    /// With --fix: mend also what is only likely, such as the nearest name
    #[arg(long, requires = "fix")]
    likely: bool,
    /// With --fix: show what would change, and write nothing
    #[arg(long, requires = "fix")]
    diff: bool,
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
        let linted = if args.fix { fixed(args, name)? } else { Linted::new(name, &args.root) };
        let figures = Figures::of(&linted.diagnostics);
        all.errors += figures.errors;
        all.warnings += figures.warnings;
        match args.format {
            Format::Json => data.extend(linted.diagnostics.to_data()),
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

/// Mends a policy, tells what was done on standard error, and gives what is left.
fn fixed(args: &LintArgs, name: &str) -> Result<Linted, Failure> {
    let mended = fix::mend(name, &args.root, args.likely);
    if args.diff {
        // With JSON or annotations on standard output the difference would be in the way.
        for file in &mended.files {
            if args.format == Format::Text {
                diff::write(&mut anstream::stdout().lock(), &file.name, &file.old, &file.new)?;
            } else {
                diff::write(&mut anstream::stderr().lock(), &file.name, &file.old, &file.new)?;
            }
        }
    } else {
        mended.write()?;
    }
    if mended.fixes > 0 {
        let done = if args.diff { "would be applied" } else { "applied" };
        let fixes = plural(mended.fixes as u64, "mend");
        let files: Vec<&str> = mended.files.iter().map(|file| file.name.as_str()).collect();
        let mut err = anstream::stderr().lock();
        writeln!(err, "{GOOD}{fixes} {done}{GOOD:#} in {}", files.join(", "))?;
    }
    Ok(Linted { diagnostics: mended.diagnostics, rules: mended.rules })
}

/// A policy's diagnostics, and its number of rules if it has no errors.
struct Linted {
    diagnostics: Diagnostics,
    rules: Option<usize>,
}

impl Linted {
    fn new(name: &str, root: &RootArgs) -> Self {
        match root.load(name) {
            Ok(policy) => {
                let diagnostics = policy.lint(Some(today()));
                let fine = diagnostics.iter().all(|d| d.severity() == Severity::Warning);
                Self { diagnostics, rules: fine.then_some(policy.spec().rules.len()) }
            }
            Err(error) => Self { diagnostics: error.diagnostics().clone(), rules: None },
        }
    }

    fn write_text(&self, out: &mut impl Write, name: &str, figures: Figures) -> io::Result<()> {
        for d in &self.diagnostics {
            diagnostics::write_rendered(out, &self.diagnostics.render(d), d.severity())?;
            writeln!(out)?;
        }
        let rules =
            self.rules.map_or_else(String::new, |n| format!(", {}", plural(n as u64, "rule")));
        let mendable = self.mendable();
        match figures {
            Figures { errors: 0, warnings: 0 } => {
                writeln!(out, "{BOLD}{name}{BOLD:#}: {GOOD}ok{GOOD:#}{rules}")
            }
            Figures { errors: 0, .. } => {
                let words = figures.in_words();
                writeln!(out, "{BOLD}{name}{BOLD:#}: {WARN}{words}{WARN:#}{rules}{mendable}")
            }
            _ => {
                writeln!(out, "{BOLD}{name}{BOLD:#}: {BAD}{}{BAD:#}{mendable}", figures.in_words())
            }
        }
    }

    /// How many of them `--fix` would mend.
    fn mendable(&self) -> String {
        let is_certain = |d: &&Diagnostic| d.fix.as_ref().is_some_and(|fix| fix.certain);
        match self.diagnostics.iter().filter(is_certain).count() {
            0 => String::new(),
            n => format!("; `--fix` mends {n}"),
        }
    }

    fn write_github(&self, out: &mut impl Write) -> io::Result<()> {
        for d in self.diagnostics.to_data() {
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
