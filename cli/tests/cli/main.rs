//! The commands as people run them: the built binary on files of a temporary folder.

mod attack;
mod author;
mod check;
mod commands;
mod compile;
mod eval;
mod import;
mod inherit;
mod scan;
mod support;
mod views;
