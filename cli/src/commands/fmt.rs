//! `tamis fmt`: policies in canonical layout.

use crate::failure::{Exit, Failure, Run, in_words};
use crate::files;
use crate::ui::number::plural;
use crate::ui::style::{BOLD, GOOD, WARN};
use crate::ui::{diagnostics, diff};
use clap::Args;
use std::io::{Read, Write};
use std::path::Path;

/// Bring policies into canonical layout; comments and meaning stay
#[derive(Debug, Args)]
#[command(
    after_help = "Keys stand in the order of the format, two spaces a level; quotes where they are\n\
    needed; lines of at most 100 columns where that is possible. Comments and single empty lines\n\
    stay; lines end as on Unix. `-` reads standard input and writes to standard output. JSON stays.\n\n\
    Exit codes: 0 done, 1 something would change (--check), 2 a file cannot be formatted.\n\n\
    Examples:\n  \
    tamis fmt policy.yaml\n  \
    tamis fmt policies/*.yaml --check --diff"
)]
pub(crate) struct FmtArgs {
    /// The policy files, or `-`
    #[arg(required = true, value_name = "POLICY")]
    policies: Vec<String>,
    /// Write nothing; fail when a file would change
    #[arg(long)]
    check: bool,
    /// Show what would change, and write nothing
    #[arg(long)]
    diff: bool,
}

/// Runs the command.
pub(crate) fn run(args: &FmtArgs) -> Run {
    let mut failed = false;
    let mut changed = 0;
    for name in &args.policies {
        match one(args, name) {
            Ok(is_changed) => changed += u64::from(is_changed),
            // The other files are formatted all the same.
            Err(Failure::Policy(error)) => {
                failed = true;
                diagnostics::write(&mut anstream::stderr().lock(), error.diagnostics())?;
            }
            Err(Failure::Input(message)) => {
                failed = true;
                Failure::Input(message).report();
            }
            Err(pipe) => return Err(pipe),
        }
    }
    if args.check && changed > 0 {
        let files = plural(changed, "file");
        let mut err = anstream::stderr().lock();
        writeln!(err, "{WARN}{files} would change{WARN:#}; `tamis fmt` changes them")?;
    }
    Ok(match (failed, args.check && changed > 0) {
        (true, _) => Exit::Wrong,
        (_, true) => Exit::Gate,
        _ => Exit::Fine,
    })
}

/// Formats one file; true when it changed or would.
fn one(args: &FmtArgs, name: &str) -> Result<bool, Failure> {
    if name.starts_with("pack:") {
        let message = format!("{name} is built in; `tamis fmt` takes files");
        return Err(Failure::input(message));
    }
    let old = text(name)?;
    let new = tamis::format::format(name, &old)?;
    let is_changed = old != new;
    if is_changed && args.diff {
        diff::write(&mut anstream::stdout().lock(), name, &old, &new)?;
    }
    if args.check || args.diff {
        return Ok(is_changed);
    }
    if name == "-" {
        std::io::stdout().lock().write_all(new.as_bytes())?;
    } else if is_changed {
        files::replace(Path::new(name), &new)?;
        let mut err = anstream::stderr().lock();
        writeln!(err, "{BOLD}{name}{BOLD:#}: {GOOD}formatted{GOOD:#}")?;
    }
    Ok(is_changed)
}

/// The text of a file, or of standard input.
fn text(name: &str) -> Result<String, Failure> {
    let read = if name == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(name)
    };
    let bytes =
        read.map_err(|error| Failure::input(format!("cannot read {name}: {}", in_words(&error))))?;
    String::from_utf8(bytes)
        .map_err(|_| Failure::input(format!("{name} is not UTF-8; save it with that encoding")))
}
