//! One module a command.

pub(crate) mod attack;
pub(crate) mod bench;
mod bound;
pub(crate) mod check;
pub(crate) mod collateral;
pub(crate) mod compile;
mod confusion;
pub(crate) mod diff;
pub(crate) mod eval;
pub(crate) mod fmt;
pub(crate) mod import;
mod judging;
mod labels;
pub(crate) mod lint;
pub(crate) mod redact;
pub(crate) mod scan;
pub(crate) mod schema;
mod stdin;
mod tally;
pub(crate) mod test;
pub(crate) mod train;
pub(crate) mod tune;
pub(crate) mod views;

use crate::args::Command;
use crate::failure::Run;

/// Runs a command.
pub(crate) fn run(command: Command) -> Run {
    match command {
        Command::Check(args) => check::run(&args),
        Command::Scan(args) => scan::run(&args),
        Command::Redact(args) => redact::run(&args),
        Command::Lint(args) => lint::run(&args),
        Command::Test(args) => test::run(&args),
        Command::Eval(args) => eval::run(&args),
        Command::Diff(args) => diff::run(&args),
        Command::Attack(args) => attack::run(&args),
        Command::Collateral(args) => collateral::run(&args),
        Command::Views(args) => views::run(&args),
        Command::Tune(args) => tune::run(&args),
        Command::Train(args) => train::run(&args),
        Command::Import(args) => import::run(&args),
        Command::Compile(args) => compile::run(&args),
        Command::Fmt(args) => fmt::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::Bench(args) => bench::run(&args),
    }
}
