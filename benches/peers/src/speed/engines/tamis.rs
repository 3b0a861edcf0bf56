//! Tamis, as a caller uses it: full verdicts, one text a call, buffers kept.

use super::{Found, Scan, Words};
use crate::definitions::Problem;
use tamis::{Ruleset, Scratch};
use tamis_benches::policies::{self, Form};

/// A ruleset with its buffers.
pub struct Tamis {
    ruleset: Ruleset,
    scratch: Scratch,
}

impl Tamis {
    pub fn new(name: &str, words: &Words<'_>) -> Result<Self, Problem> {
        let ruleset: Ruleset = policy(name, words)?.parse()?;
        Ok(Self { scratch: ruleset.scratch(), ruleset })
    }
}

/// The policy of an engine.
pub fn policy(name: &str, words: &Words<'_>) -> Result<String, Problem> {
    let one = |level| policies::words(words.list, level, Form::OneRule);
    Ok(match name {
        "tamis-exact" => one("exact"),
        "tamis-fold" => one("fold"),
        "tamis-standard" => one("standard"),
        "tamis-strong" => one("strong"),
        "tamis-standard-rules" => policies::words(words.list, "standard", Form::RulePerWord),
        "tamis-realistic" => policies::realistic(500, words.list, words.common),
        _ => return Err(format!("no engine is called `{name}`").into()),
    })
}

impl Scan for Tamis {
    #[inline]
    fn scan(&mut self, text: &str) -> Found {
        let verdict = self.ruleset.classify_with(&mut self.scratch, text);
        let verdict = verdict.as_ref();
        let mut sum = u64::from(verdict.action().0);
        for label in verdict.labels() {
            sum = sum.wrapping_add(label.score.0 as u64);
        }
        for found in verdict.matches() {
            sum +=
                u64::from(found.raw.start) + u64::from(found.raw.end) + u64::from(found.pattern.0);
        }
        Found {
            flagged: u64::from(!verdict.fired().is_empty()),
            matches: verdict.matches().len() as u64,
            sum,
        }
    }
}
