//! By what a needle is proposed: its first word, or the first run of its symbols.

use crate::ruleset::tables::{Needle, Step, Tables};
use crate::spec::model::Boundary;
use crate::view::chars;
use crate::view::props::ScriptKind;
use crate::view::table;

/// True when the needle can be proposed by its first word alone: the word is
/// whole, has no wildcard, and its script puts spaces between words.
pub(super) fn is_by_word(tables: &Tables, needle: u32) -> bool {
    let needle = &tables.needles.list[needle as usize];
    let steps = tables.needles.steps(needle);
    needle.boundary == Boundary::Word
        && matches!(steps.first(), Some(step) if is_word_step(step))
        && !first_word(steps).iter().any(|step| match step {
            Step::Star => true,
            // The sign in `½` is part of a word only where the text has `½` too.
            Step::Symbol { symbol, .. } => {
                !symbol.is_ascii_lowercase()
                    && (has_loose_ends(*symbol) || !table::props(*symbol).is_word())
            }
            Step::Gap | Step::Apostrophe => false,
        })
}

/// The steps up to the first that cannot be inside a word, apostrophes included.
fn first_word(steps: &[Step]) -> &[Step] {
    let end = steps
        .iter()
        .position(|s| !is_word_step(s) && !matches!(s, Step::Apostrophe | Step::Star))
        .unwrap_or(steps.len());
    &steps[..end]
}

/// True for a letter, mark or digit. What a code point is spelled out as is what
/// the code point is: the letters of a sign such as `™` are none, and all of `½` is
/// a digit.
pub(super) fn is_word_step(step: &Step) -> bool {
    let &Step::Symbol { symbol, origin, .. } = step else { return false };
    if symbol.is_ascii_lowercase() && origin.is_none() {
        // Nearly all of a long list.
        return true;
    }
    let several = |c: &char| table::fold(*c).symbols().len() > 1;
    table::props(origin.filter(several).unwrap_or(symbol)).is_word()
}

/// True for scripts in which a word may end beside another letter.
fn has_loose_ends(symbol: char) -> bool {
    let script = table::props(symbol).script();
    script.is_unspaced() || script == ScriptKind::Hangul
}

/// Gives the words a text may show at the needle's start, one for each way to read the
/// apostrophes of its first word: `don't` is found at `don` and at `dont`. `word` is a buffer.
pub(super) fn first_words(
    tables: &Tables,
    needle: &Needle,
    word: &mut Vec<char>,
    mut give: impl FnMut(&[char]),
) {
    word.clear();
    for step in first_word(tables.needles.steps(needle)) {
        match step {
            Step::Symbol { symbol, .. } => word.push(*symbol),
            Step::Apostrophe => give(word),
            Step::Gap | Step::Star => {}
        }
    }
    give(word);
}

/// The first run of symbols of a needle, without apostrophes.
pub(super) fn first_run(tables: &Tables, needle: u32) -> impl Iterator<Item = char> {
    let steps = tables.needles.steps(&tables.needles.list[needle as usize]);
    let leading = steps.iter().take_while(|step| !matches!(step, Step::Symbol { .. })).count();
    let run = steps[leading..].iter().take_while(|step| !matches!(step, Step::Gap | Step::Star));
    run.filter_map(|step| match step {
        Step::Symbol { symbol, .. } => Some(*symbol),
        _ => None,
    })
}

/// The first run of symbols of a needle and what stands before it.
pub(super) struct Key {
    /// The symbols, to be looked for in the folded text.
    pub(super) symbols: String,
    /// How many steps come before them: wildcards, gaps, and symbols that a text
    /// may show in another form.
    pub(super) before: u32,
}

/// True when the text may show another symbol in its place.
pub(super) fn is_variable(needle: &Needle, symbol: char) -> bool {
    table::props(symbol).is_apostrophe() || needle.same_signs && chars::sign(symbol).is_some()
}

/// The key of a needle that is not proposed by its first word.
pub(super) fn key(tables: &Tables, needle: &Needle) -> Key {
    let mut key = Key { symbols: String::new(), before: 0 };
    for step in tables.needles.steps(needle) {
        match step {
            Step::Symbol { symbol, .. } if !is_variable(needle, *symbol) => {
                key.symbols.push(*symbol);
            }
            _ if !key.symbols.is_empty() => break,
            _ => key.before += 1,
        }
    }
    key
}
