//! On what it ran.

use serde::{Deserialize, Serialize};
use std::process::Command;

/// The machine and the tools.
#[derive(Clone, Deserialize, Serialize)]
pub struct Machine {
    /// The processor.
    pub cpu: String,
    /// How many of its threads could be used.
    pub threads: usize,
    /// The kernel.
    pub system: String,
    /// `rustc --version`.
    pub rustc: String,
    /// `node --version`.
    pub node: String,
    /// `python --version`.
    pub python: String,
}

/// Describes this machine, without its name.
pub fn describe() -> Machine {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find_map(|line| line.strip_prefix("model name"));
    Machine {
        cpu: model.map_or("unknown", |model| model.trim_start_matches([' ', '\t', ':'])).to_owned(),
        threads: std::thread::available_parallelism().map_or(1, Into::into),
        system: said(Command::new("uname").arg("-sr")),
        rustc: said(Command::new("rustc").arg("--version")),
        node: said(Command::new("node").arg("--version")),
        python: said(Command::new("python3").arg("--version")),
    }
}

fn said(command: &mut Command) -> String {
    let output = command.output().ok().filter(|output| output.status.success());
    output.map_or_else(
        || "none".to_owned(),
        |output| String::from_utf8_lossy(&output.stdout).trim().to_owned(),
    )
}
