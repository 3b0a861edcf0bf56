//! The maintenance commands of the workspace.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Maintenance commands of the Tamis workspace.
#[derive(Debug, Parser)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
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
}

#[expect(clippy::print_stdout, clippy::print_stderr, reason = "a command talks to its user")]
fn main() -> ExitCode {
    let (generated, name, check) = match Cli::parse().command {
        Command::GenTables { check } => (tamis_tools::gen_tables::generate(), "gen-tables", check),
        Command::GenEntities { check } => {
            (tamis_tools::gen_entities::generate(), "gen-entities", check)
        }
    };
    if check {
        let stale = generated.stale_files();
        for path in &stale {
            eprintln!("stale: {}; run `cargo run -p tamis-tools -- {name}`", path.display());
        }
        return ExitCode::from(u8::from(!stale.is_empty()));
    }
    if let Err(error) = generated.write() {
        eprintln!("cannot write the tables: {error}");
        return ExitCode::from(2);
    }
    println!("{}", generated.summary());
    ExitCode::SUCCESS
}
