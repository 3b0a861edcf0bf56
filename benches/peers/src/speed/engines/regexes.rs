//! The crate `regex`.

use super::{Found, Scan};
use crate::definitions::Problem;
use regex::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};

/// So much memory: the default is too little for thousands of words.
const SIZE: usize = 1 << 30;

/// All words in one regex.
pub struct Alternation(Regex);

impl Alternation {
    pub fn new(list: &[String]) -> Result<Self, Problem> {
        let words: Vec<String> = list.iter().map(|word| regex::escape(word)).collect();
        let regex = RegexBuilder::new(&format!(r"\b(?:{})\b", words.join("|")))
            .case_insensitive(true)
            .size_limit(SIZE)
            .build()?;
        Ok(Self(regex))
    }
}

impl Scan for Alternation {
    #[inline]
    fn scan(&mut self, text: &str) -> Found {
        let (mut matches, mut sum) = (0, 0);
        for found in self.0.find_iter(text) {
            matches += 1;
            sum += (found.start() + found.end()) as u64;
        }
        Found::of(matches, sum)
    }
}

/// A regex a word.
pub struct Set(RegexSet);

impl Set {
    pub fn new(list: &[String]) -> Result<Self, Problem> {
        let words = list.iter().map(|word| format!(r"\b{}\b", regex::escape(word)));
        let set = RegexSetBuilder::new(words).case_insensitive(true).size_limit(SIZE).build()?;
        Ok(Self(set))
    }
}

impl Scan for Set {
    #[inline]
    fn scan(&mut self, text: &str) -> Found {
        let found = self.0.matches(text);
        let (mut matches, mut sum) = (0, 0);
        for word in &found {
            matches += 1;
            sum += word as u64;
        }
        Found::of(matches, sum)
    }
}
