//! `tamis`, the command line: check texts, scan files, lint, test and measure policies.

mod args;
mod commands;
mod corpus;
mod facts;
mod failure;
mod files;
mod import;
mod policy;
mod revision;
mod schema;
mod ui;

use clap::Parser;
use failure::Exit;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = args::Args::parse();
    args.color.apply();
    let exit = commands::run(args.command).unwrap_or_else(|failure| failure.report());
    // Standard input may still be read by another thread: leave without waiting for it.
    std::process::exit(match exit {
        Exit::Fine => 0,
        Exit::Gate => 1,
        Exit::Wrong => 2,
    })
}
