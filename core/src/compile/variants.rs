//! Other ways to write a pattern that are needles of their own: joined, backwards.

use super::steps::{Parsed, Part};
use crate::scan::costs;
use crate::spec::model::Level;
use crate::verdict::Kinds;

/// Letters that a phrase needs to be looked for without its spaces.
const JOINED: usize = 8;
/// Letters that a word needs to be looked for backwards.
const REVERSED: usize = 4;

/// A variant of a pattern and what finding it undoes.
pub(super) struct Variant {
    pub(super) parsed: Parsed,
    pub(super) undoes: (Kinds, u8),
}

/// The variants of a pattern at its level; an exception has none.
pub(super) fn variants(parsed: &Parsed, level: Level, exception: bool) -> Vec<Variant> {
    let mut variants = Vec::new();
    if exception || level < Level::Standard || parsed.has_star() {
        return variants;
    }
    let letters = parsed.steps.iter().filter(|part| part.is_letter()).count();
    let mut add = |steps: Vec<Part>, kind| {
        let undoes = (kind, costs::cost(kind, Kinds::NONE));
        variants.push(Variant { parsed: Parsed { steps }, undoes });
    };
    let is_phrase = parsed.steps.contains(&Part::Gap);
    if is_phrase && letters >= JOINED {
        add(
            parsed.steps.iter().filter(|part| **part != Part::Gap).cloned().collect(),
            Kinds::JOINED,
        );
    }
    if level >= Level::Strong && !is_phrase && letters >= REVERSED {
        let steps: Vec<Part> = parsed.steps.iter().rev().cloned().collect();
        if steps != parsed.steps {
            add(steps, Kinds::REVERSED);
        }
    }
    variants
}
