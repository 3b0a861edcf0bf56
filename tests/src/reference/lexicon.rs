//! The dictionary words behind the veto.

use super::chars;
use icu_casemap::CaseMapper;
use icu_normalizer::ComposingNormalizer;

/// True when `word`, in lower case, is a dictionary word.
///
/// A dozen mild words, until the engine's lexicon is here.
pub fn is_word(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "hello",
        "assess",
        "ass",
        "as",
        "sess",
        "he",
        "she",
        "it",
        "so",
        "to",
        "too",
        "pen",
        "is",
        "kill",
        "kills",
        "skill",
        "skills",
        "ill",
        "dam",
        "be",
        "bet",
        "better",
        "best",
        "rear",
        "end",
        "hose",
        "horse",
        "now",
        "here",
        "nowhere",
        "he'll",
        "we'll",
        "well",
        "shell",
        "spam",
        "slap",
        "lap",
        "darn",
        "dark",
        "the",
        "you",
        "your",
        "self",
        "yourself",
        "therapist",
        "rapist",
        "time",
        "go",
        "good",
        "god",
        "loser",
        "looser",
        "close",
        "closer",
        "lose",
        "an",
        "class",
        "pass",
        "press",
        "heck",
        "check",
        "hack",
        "hick",
        "pate",
        "pâté",
    ];
    WORDS.contains(&word)
}

/// What is looked up for a piece of text: case and the form of apostrophes do not
/// count, everything else does.
pub fn key(written: &str) -> String {
    let composed = ComposingNormalizer::new_nfc().normalize(written);
    let lower = CaseMapper::new().fold_string(&composed).into_owned();
    lower.chars().map(|c| if chars::is_apostrophe(c) { '\'' } else { c }).collect()
}
