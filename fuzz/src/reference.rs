//! The engine against the slow reference, on short texts.
//!
//! The first line is the pattern, the rest the text.

use crate::{LEVELS, spans};
use tamis::Input;
use tamis_conformance::engine;
use tamis_conformance::outcome::Outcome;
use tamis_conformance::reference::Reference;

/// Characters of the pattern and of the text that are looked at: the reference
/// takes time that grows steeply with both.
const PATTERN: usize = 10;
const TEXT: usize = 40;

/// The body of the target.
pub fn run(data: &[u8]) {
    agree(data, &LEVELS);
}

/// The body at the levels that undo letter by letter only.
pub fn run_folded(data: &[u8]) {
    agree(data, &LEVELS[..2]);
}

fn agree(data: &[u8], levels: &[&str]) {
    if let Compared::Differ { pattern, text, engine, reference } = compare(data, levels) {
        panic!("{pattern:?} in {text:?}\n   engine: {engine:?}\nreference: {reference:?}");
    }
}

/// What came of a comparison.
#[derive(Debug)]
pub enum Compared {
    /// The pattern is no pattern, or the text is beyond the engine's limits, which
    /// the reference lacks.
    Neither,
    /// Both say the same: whether something was found.
    Agree(bool),
    /// They do not.
    Differ {
        /// The pattern.
        pattern: String,
        /// The text.
        text: String,
        /// What the engine says.
        engine: Box<Outcome>,
        /// What the reference says.
        reference: Box<Outcome>,
    },
}

/// Compares the two on an input of the target, at `levels`.
pub fn compare(data: &[u8], levels: &[&str]) -> Compared {
    let whole = crate::text(data, usize::MAX);
    let (pattern, text) = whole.split_once('\n').unwrap_or(("kill", &whole));
    let pattern: String = pattern.chars().take(PATTERN).collect();
    let text: String = text.chars().take(TEXT).collect();
    let policy = spans::policy(&[&pattern], levels);
    let Ok(ruleset) = policy.compile() else { return Compared::Neither };
    let Ok(reference) = Reference::new(policy.spec()) else { return Compared::Neither };
    let input = Input::new(text.as_str());
    let verdict = ruleset.classify(&input);
    if verdict.as_ref().saturated() {
        return Compared::Neither;
    }
    let engine = Box::new(engine::outcome(&ruleset, verdict.as_ref(), &input));
    let reference = Box::new(reference.classify(&input));
    if engine == reference {
        return Compared::Agree(!engine.fired.is_empty());
    }
    Compared::Differ { pattern, text, engine, reference }
}
