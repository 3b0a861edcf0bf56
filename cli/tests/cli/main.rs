//! The commands as people run them: the built binary on files of a temporary folder.

mod attack;
mod author;
mod check;
mod collateral;
mod commands;
mod compile;
mod diff;
mod docs;
mod eval;
mod import;
mod inherit;
mod scan;
mod support;
mod train;
mod tune;
mod views;
#[cfg(unix)]
mod watch;
