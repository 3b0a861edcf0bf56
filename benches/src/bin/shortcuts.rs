//! Texts on which the fast path says another thing than the long way: there must be none. What
//! generated text does not find, real text and long lists of attacks do.
//!
//! `cargo run --release -p tamis-benches --bin shortcuts -- POLICY FILE…`, files of JSON Lines
//! with `text`; a policy is a file or `pack:NAME`.

use serde_json::Value;
use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;
use tamis::Ruleset;

/// So many differing texts are shown of each file; all are counted.
const SHOWN: u64 = 10;

fn ruleset(policy: &str) -> Result<Ruleset, Box<dyn Error>> {
    if policy.starts_with("pack:") {
        let policy = format!("policy: shortcuts\nversion: '1'\nextends: [{policy}]\n");
        return Ok(policy.parse()?);
    }
    Ok(Ruleset::from_file(policy)?)
}

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let policy = arguments.next().ok_or("usage: shortcuts POLICY FILE…")?;
    let ruleset = ruleset(&policy)?;
    let mut out = io::stdout().lock();
    let mut all = 0;
    for path in arguments {
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
        let (mut lines, mut differ) = (0_u64, 0_u64);
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let row: Value = serde_json::from_str(line)?;
            let text = row["text"].as_str().unwrap_or_default();
            lines += 1;
            if ruleset.classify(text) == ruleset.classify_thoroughly(text) {
                continue;
            }
            differ += 1;
            if differ <= SHOWN {
                writeln!(out, "{text:?}")?;
            }
        }
        writeln!(out, "{path}: {differ} of {lines} lines differ")?;
        all += differ;
    }
    Ok(if all == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
