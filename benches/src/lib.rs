//! What the benchmarks of Tamis read: policies, lists and texts, of this repository or made up.
//!
//! Everything made up is the same on every machine.

pub mod hostile;
pub mod policies;
pub mod random;
pub mod words;
pub mod workloads;

use std::fs;
use std::path::{Path, PathBuf};
use tamis::{Policy, Ruleset};

/// A path of this repository.
fn path(inside: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(inside)
}

/// The ruleset of the example `game-chat`.
///
/// # Panics
/// When the example does not compile.
pub fn game_chat() -> Ruleset {
    let policy = path("examples/game-chat/policy.yaml");
    Ruleset::from_file(policy).unwrap_or_else(|error| panic!("{error}"))
}

/// The pack `profanity-en`, loaded but not compiled.
///
/// # Panics
/// When the pack cannot be read.
pub fn pack() -> Policy {
    Policy::pack("profanity-en").unwrap_or_else(|error| panic!("{error}"))
}

/// The texts of a corpus, in order.
///
/// # Panics
/// When the corpus is missing or a line is no document with a text.
pub fn texts(corpus: &str) -> Vec<String> {
    let file = path("corpora").join(corpus);
    let lines = fs::read_to_string(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    let text = |line: &str| {
        let document: serde_json::Value = serde_json::from_str(line).expect("a JSON document");
        document["text"].as_str().expect("a text").to_owned()
    };
    lines.lines().map(text).collect()
}

/// How many bytes texts have together.
pub fn bytes(texts: &[String]) -> u64 {
    texts.iter().map(|text| text.len() as u64).sum()
}
