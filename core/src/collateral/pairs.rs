//! Pairs of words in whose junction a pattern could be read.
//!
//! They only propose: whether a rule hits a pair, the engine says.

use super::Word;
use crate::ruleset::Ruleset;
use crate::ruleset::tables::{Step, Use};
use crate::spec::model::Boundary;
use rustc_hash::FxHashSet;

/// Of so many words, the most frequent, all pairs are looked at.
const COMMON: usize = 300;

/// Words on either side of a junction are at least so frequent.
const FREQUENCY: u8 = 7;

/// So many words are taken on either side of a junction.
const SIDE: usize = 8;

/// Pairs in all, whatever the policy has of patterns.
const PAIRS: usize = 1_000_000;

/// Words of one letter, which the lexicon has not: they are what a stray space leaves.
const LETTERS: [&str; 2] = ["a", "i"];

/// Pairs, the most frequent first, with how frequent both are together.
pub(super) fn pairs(ruleset: &Ruleset, words: &[Word]) -> Vec<(String, u8)> {
    let sides = Sides::new(words);
    let mut seen: FxHashSet<String> = FxHashSet::default();
    let mut pairs: Vec<(String, u8)> = Vec::new();
    let mut add = |left: Side<'_>, right: Side<'_>| {
        let text = format!("{} {}", left.text, right.text);
        if pairs.len() < PAIRS && seen.insert(text.clone()) {
            pairs.push((text, left.frequency + right.frequency));
        }
    };
    for junction in junctions(ruleset) {
        let rights = sides.starting(&junction.right, junction.closed);
        for left in sides.ending(&junction.left, junction.closed) {
            for &right in &rights {
                add(left, right);
            }
        }
    }
    let common = || sides.by_frequency.iter().take(COMMON).copied();
    for left in common() {
        for right in common() {
            add(left, right);
        }
    }
    pairs.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.len().cmp(&b.0.len())).then_with(|| a.0.cmp(&b.0)));
    pairs
}

/// What a left and a right word have to end and begin with; `closed` when there is nothing else
/// to them.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Junction {
    left: String,
    right: String,
    closed: bool,
}

/// Where the needles of patterns can be cut in two.
fn junctions(ruleset: &Ruleset) -> Vec<Junction> {
    let needles = &ruleset.inner().tables.needles;
    let mut junctions = Vec::new();
    for needle in &needles.list {
        let uses = needle.uses.of(&needles.uses);
        if !uses.iter().any(|used| matches!(used, Use::Pattern(_))) {
            continue;
        }
        let closed = needle.boundary == Boundary::Word;
        let Some(words) = words_of(needles.steps(needle)) else { continue };
        let mut join = |left: &[char], right: &[char]| {
            let (left, right) = (left.iter().collect(), right.iter().collect());
            junctions.push(Junction { left, right, closed });
        };
        match words.as_slice() {
            [word] => (1..word.len()).for_each(|at| join(&word[..at], &word[at..])),
            [left, right] => join(left, right),
            _ => {}
        }
    }
    junctions
}

/// The letters of a needle, word by word; none for one with a wildcard, which never reaches
/// beyond its word.
fn words_of(steps: &[Step]) -> Option<Vec<Vec<char>>> {
    let mut words = vec![Vec::new()];
    for step in steps {
        match step {
            Step::Symbol { symbol, .. } => words.last_mut()?.push(*symbol),
            Step::Gap => words.push(Vec::new()),
            Step::Apostrophe => {}
            Step::Star => return None,
        }
    }
    Some(words)
}

/// A word with its frequency.
#[derive(Clone, Copy, Debug)]
struct Side<'w> {
    text: &'w str,
    frequency: u8,
}

/// Words by how they begin and end.
struct Sides<'w> {
    by_frequency: Vec<Side<'w>>,
    /// Sorted.
    forward: Vec<Side<'w>>,
    /// Sorted by the words read backwards, which stand beside them.
    backward: Vec<(String, Side<'w>)>,
}

impl<'w> Sides<'w> {
    fn new(words: &'w [Word]) -> Self {
        let frequent = words.iter().filter(|word| word.frequency >= FREQUENCY);
        let frequent = frequent.map(|word| Side { text: &word.text, frequency: word.frequency });
        let letters = LETTERS.map(|text| Side { text, frequency: 14 });
        let mut by_frequency: Vec<Side<'_>> = frequent.chain(letters).collect();
        by_frequency.sort_by_key(|word| (std::cmp::Reverse(word.frequency), word.text));
        let mut forward = by_frequency.clone();
        forward.sort_by_key(|word| word.text);
        let reversed = |word: &Side<'w>| (word.text.chars().rev().collect::<String>(), *word);
        let mut backward: Vec<_> = by_frequency.iter().map(reversed).collect();
        backward.sort_by(|a, b| a.0.cmp(&b.0));
        Self { by_frequency, forward, backward }
    }

    fn starting(&self, start: &str, closed: bool) -> Vec<Side<'w>> {
        let from = self.forward.partition_point(|word| word.text < start);
        let found = self.forward[from..].iter().take_while(|word| word.text.starts_with(start));
        most_frequent(found.copied().filter(|word| !closed || word.text == start))
    }

    fn ending(&self, end: &str, closed: bool) -> Vec<Side<'w>> {
        let start: String = end.chars().rev().collect();
        let from = self.backward.partition_point(|(word, _)| *word < start);
        let found = self.backward[from..].iter().take_while(|(word, _)| word.starts_with(&start));
        most_frequent(found.map(|(_, word)| *word).filter(|word| !closed || word.text == end))
    }
}

fn most_frequent<'w>(found: impl Iterator<Item = Side<'w>>) -> Vec<Side<'w>> {
    let mut found: Vec<Side<'w>> = found.collect();
    found.sort_by_key(|word| (std::cmp::Reverse(word.frequency), word.text));
    found.truncate(SIDE);
    found
}
