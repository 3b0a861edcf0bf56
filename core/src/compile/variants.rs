//! Other forms of a pattern that are needles of their own: inflected, joined, backwards.

use super::steps::{Parsed, Part};
use crate::inflect::{self, Lang};
use crate::scan::costs;
use crate::spec::model::Level;
use crate::verdict::Kinds;
use crate::view::chars;

/// Letters that a phrase needs to be looked for without its spaces.
const JOINED: usize = 8;
/// Letters that a word needs to be looked for backwards.
const REVERSED: usize = 4;

/// A variant of a pattern and what finding it undoes.
pub(super) struct Variant {
    pub(super) parsed: Parsed,
    pub(super) undoes: (Kinds, u8),
}

/// The variants of a pattern at its level.
pub(super) fn variants(parsed: &Parsed, level: Level) -> Vec<Variant> {
    let mut variants = Vec::new();
    let letters = parsed.steps.iter().filter(|part| part.is_letter()).count();
    let mut add = |steps: Vec<Part>, kind| {
        let undoes = (kind, costs::cost(kind, Kinds::NONE));
        variants.push(Variant { parsed: Parsed { steps }, undoes });
    };
    if level >= Level::Strong
        && letters >= REVERSED
        && let Some(steps) = reversed(&parsed.steps)
    {
        add(steps, Kinds::REVERSED);
    }
    if level < Level::Standard || parsed.has_star() {
        return variants;
    }
    let is_phrase = parsed.steps.contains(&Part::Gap);
    if is_phrase && letters >= JOINED {
        add(
            parsed.steps.iter().filter(|part| **part != Part::Gap).cloned().collect(),
            Kinds::JOINED,
        );
    }
    variants
}

/// So many letters `ı` are each looked for as a capital or not; of more all are.
const DOTLESS: usize = 3;

/// `parsed` with a capital `I` in place of some `ı`: it is that of either letter.
pub(super) fn dotless(parsed: &Parsed) -> Vec<Parsed> {
    let is_one = |part: &Part| matches!(part, Part::Symbol { symbol: 'ı', .. });
    let count = parsed.steps.iter().filter(|part| is_one(part)).count();
    let all = (1_usize << count.min(DOTLESS)) - 1;
    let first = if count > DOTLESS { all } else { 1 };
    let with = |which: usize| {
        let mut steps = parsed.steps.clone();
        for (number, part) in steps.iter_mut().filter(|part| is_one(part)).enumerate() {
            if let Part::Symbol { symbol, origin, .. } = part
                && (count > DOTLESS || which >> number & 1 == 1)
            {
                (*symbol, *origin) = ('i', Some(chars::DOTLESS));
            }
        }
        Parsed { steps }
    };
    if count == 0 { Vec::new() } else { (first..=all).map(with).collect() }
}

/// A word backwards, without what a wildcard at its end stands for; if that is another word.
fn reversed(steps: &[Part]) -> Option<Vec<Part>> {
    let word = steps.strip_suffix(&[Part::Star]).unwrap_or(steps);
    let one = !word.iter().any(|part| matches!(part, Part::Gap | Part::Star));
    let turned: Vec<Part> = word.iter().rev().cloned().collect();
    (one && turned != word).then_some(turned)
}

/// The inflected forms of a pattern, one word at a time; of one with a wildcard or
/// with words that are not letters alone, none.
pub(super) fn inflected(parsed: &Parsed, lang: Lang) -> Vec<Parsed> {
    if parsed.has_star() {
        return Vec::new();
    }
    let words: Vec<&[Part]> = parsed.words().collect();
    let spelled: Vec<Vec<char>> = words.iter().map(|word| letters(word)).collect();
    let mut found = Vec::new();
    for at in inflect::positions(lang, &spelled) {
        for form in inflect::forms(lang, &spelled[at]) {
            let mut steps = Vec::new();
            for (number, word) in words.iter().enumerate() {
                if number > 0 {
                    steps.push(Part::Gap);
                }
                if number == at {
                    steps.extend(reshape(word, &form));
                } else {
                    steps.extend_from_slice(word);
                }
            }
            found.push(Parsed { steps });
        }
    }
    found
}

/// The letters of a word; empty when it has anything else.
fn letters(word: &[Part]) -> Vec<char> {
    let letter = |part: &Part| match part {
        Part::Symbol { symbol, .. } if part.is_letter() => Some(*symbol),
        _ => None,
    };
    word.iter().map(letter).collect::<Option<_>>().unwrap_or_default()
}

/// `word` with the letters of `form`: what both begin with keeps its marks and case.
fn reshape(word: &[Part], form: &[char]) -> Vec<Part> {
    let mut kept = true;
    let part = |(at, &letter): (usize, &char)| {
        let own = word
            .get(at)
            .filter(|own| matches!(own, Part::Symbol { symbol, .. } if *symbol == letter));
        kept &= own.is_some();
        match own {
            Some(own) if kept => own.clone(),
            _ => Part::Symbol {
                symbol: letter,
                origin: None,
                case: chars::case(letter),
                joined: false,
                marks: Vec::new(),
            },
        }
    };
    form.iter().enumerate().map(part).collect()
}
