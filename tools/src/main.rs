//! The maintenance commands of the workspace.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use tamis_tools::{gen_docs, gen_entities, gen_tables, lexicon};

/// Maintenance commands of the Tamis workspace.
#[derive(Debug, Parser)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
#[expect(clippy::enum_variant_names, reason = "they are the names of the commands")]
enum Command {
    /// Write the Unicode tables of the core.
    GenTables {
        /// Write nothing; exit with 1 when a file is missing or stale.
        #[arg(long)]
        check: bool,
    },
    /// Write the tables of the entity recognizers: numbering plans, top-level domains.
    GenEntities {
        /// Write nothing; exit with 1 when a file is missing or stale.
        #[arg(long)]
        check: bool,
    },
    /// Write `docs/reference.md`.
    GenDocs {
        /// Write nothing; exit with 1 when the page is missing or stale.
        #[arg(long)]
        check: bool,
    },
    /// Write the lexicon of the core.
    GenLexicon {
        /// The folder that `tools/lexicon/fetch.sh` filled.
        sources: PathBuf,
        /// Write nothing; print the words that are taken out as offensive.
        #[arg(long, conflicts_with = "check")]
        removed: bool,
        /// Write nothing; exit with 1 when a file is missing or stale.
        #[arg(long)]
        check: bool,
    },
}

#[expect(clippy::print_stdout, clippy::print_stderr, reason = "a command talks to its user")]
fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::GenTables { check } => {
            let generated = gen_tables::generate();
            finish(check, "gen-tables", &generated.stale_files(), || generated.write())
                .map(|()| generated.summary())
        }
        Command::GenEntities { check } => {
            let generated = gen_entities::generate();
            finish(check, "gen-entities", &generated.stale_files(), || generated.write())
                .map(|()| generated.summary())
        }
        Command::GenDocs { check } => {
            let generated = gen_docs::generate();
            finish(check, "gen-docs", &generated.stale_files(), || generated.write())
                .map(|()| "docs/reference.md".to_owned())
        }
        Command::GenLexicon { sources, removed, check } => match lexicon::generate(&sources) {
            Ok(generated) if removed => Ok(generated.removed().join("\n")),
            Ok(generated) => {
                finish(check, "gen-lexicon", &generated.stale_files(), || generated.write())
                    .map(|()| generated.summary().to_owned())
            }
            Err(error) => Err((2, error.to_string())),
        },
    };
    match outcome {
        Ok(summary) => {
            println!("{summary}");
            ExitCode::SUCCESS
        }
        Err((code, message)) => {
            eprintln!("{message}");
            ExitCode::from(code)
        }
    }
}

/// Checks that nothing is stale, or writes; on failure the exit code and why.
fn finish(
    check: bool,
    command: &str,
    stale: &[&Path],
    write: impl FnOnce() -> io::Result<()>,
) -> Result<(), (u8, String)> {
    if !check {
        return write().map_err(|error| (2, format!("cannot write: {error}")));
    }
    if stale.is_empty() {
        return Ok(());
    }
    let paths: Vec<String> = stale.iter().map(|path| path.display().to_string()).collect();
    Err((1, format!("stale, run `{command}`: {}", paths.join(", "))))
}
