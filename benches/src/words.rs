//! Word lists, made up where a real one is missing.

use crate::random::Random;
use std::collections::{BTreeMap, BTreeSet};

const ONSETS: &[&str] = &[
    "b", "c", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "bl",
    "br", "ch", "cl", "cr", "dr", "fl", "gl", "gr", "pl", "pr", "sh", "sl", "sn", "sp", "st", "th",
    "tr",
];
const NUCLEI: &[&str] = &["a", "e", "i", "o", "u", "ai", "ea", "ee", "oa", "oo", "ou"];
const CODAS: &[&str] = &["", "", "n", "r", "l", "t", "s", "m", "ck", "nd", "st", "ng"];

/// `n` different made-up words of two or three syllables, pronounceable, in no order. They
/// collide with real words now and then, as a real list does.
pub fn made_up(n: usize, number: u64) -> Vec<String> {
    let mut random = Random::new(number);
    let mut seen = BTreeSet::new();
    let mut words = Vec::with_capacity(n);
    while words.len() < n {
        let syllables = 2 + random.below(2);
        let mut word = String::new();
        for _ in 0..syllables {
            word += *random.pick(ONSETS);
            word += *random.pick(NUCLEI);
            word += *random.pick(CODAS);
        }
        if seen.insert(word.clone()) {
            words.push(word);
        }
    }
    words
}

/// The words of texts that have at least three letters `a` to `z` and none other, the most
/// frequent first.
pub fn by_frequency<'t>(texts: impl IntoIterator<Item = &'t str>) -> Vec<String> {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for text in texts {
        for word in text.split(|c: char| !c.is_alphanumeric()) {
            if word.len() >= 3 && word.bytes().all(|b| b.is_ascii_alphabetic()) {
                *counts.entry(word.to_ascii_lowercase()).or_default() += 1;
            }
        }
    }
    let mut words: Vec<(String, u64)> = counts.into_iter().collect();
    words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    words.into_iter().map(|(word, _)| word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_up_words_are_the_same_and_different() {
        let words = made_up(5_000, 7);
        assert_eq!(words, made_up(5_000, 7));
        assert_ne!(words, made_up(5_000, 8));
        assert_eq!(words.iter().collect::<BTreeSet<_>>().len(), 5_000);
    }

    #[test]
    fn frequent_words_come_first() {
        let texts = ["The cat and the dog", "the Cat, naïve"];
        assert_eq!(by_frequency(texts), ["the", "cat", "and", "dog"]);
    }
}
