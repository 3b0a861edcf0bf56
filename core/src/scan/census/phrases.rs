//! Whether what stands behind a needle's first word can be the rest of the needle.
//!
//! First words of phrases are common words; a look at the next letters spares nearly
//! all of them the view. Only plain letters are compared here: where anything else
//! stands, the view tells.

use super::paths::is_own;
use super::symbols;
use crate::limits::GAP;
use crate::ruleset::tables::Step;
use crate::view::glyphs::{draws, glyphs};
use crate::view::props::Class;
use crate::view::reading::ReadingKind;
use crate::view::table;

/// False when the text behind byte `at`, where the first word ended, cannot be read as
/// `rest`, the steps behind it.
pub(super) fn may_follow(text: &str, at: usize, rest: &[Step], gate: bool) -> bool {
    let mut steps = rest.iter();
    let mut behind = text[at..].chars();
    let mut last = text[..at].chars().next_back().map_or('\0', symbols::first);
    let mut in_word = true;
    while let Some(step) = steps.next() {
        let next = behind.clone().next();
        match (step, next) {
            (Step::Star, _) => return true,
            // An apostrophe at the end may be left out.
            (Step::Apostrophe, _) if in_word && steps.as_slice().is_empty() => return true,
            (_, None) => return false,
            (Step::Apostrophe, Some(c)) if in_word => {
                if is_hidden(c) || !table::props(c).is_apostrophe() {
                    return is_hidden(c);
                }
                behind.next();
            }
            (Step::Apostrophe, _) => {}
            (Step::Gap, _) => {
                if is_sign(steps.as_slice().first()) {
                    return true;
                }
                let mut len = 0;
                while let Some(c) = behind.clone().next().filter(|&c| is_plain_gap(c)) {
                    len += c.len_utf8();
                    behind.next();
                }
                let Some(c) = behind.clone().next() else {
                    // Wildcards may stand for nothing.
                    return !steps.any(|step| matches!(step, Step::Symbol { .. }));
                };
                if len == 0 && c.is_ascii_digit() {
                    // A part of the word: no space stands between.
                    return false;
                }
                if table::props(c).class() != Class::Letter {
                    return may_be_first(behind.as_str(), c, steps.as_slice().first());
                }
                if len == 0 {
                    // The last letter again, or a script without spaces.
                    return symbols::first(c) == last || !c.is_ascii();
                }
                if len > GAP * 4 {
                    return false;
                }
                in_word = false;
            }
            (Step::Symbol { symbol, .. }, Some(c)) => {
                if !is_letter(*symbol) {
                    // A sign or digit of the pattern is itself, in whatever dress.
                    return symbols::first(c) == *symbol || !c.is_ascii();
                }
                let read = symbols::first(c);
                if read == *symbol && table::fold_one(c).is_some() {
                    behind.next();
                    last = read;
                    continue;
                }
                return table::props(c).class() != Class::Letter
                    || table::fold_one(c).is_none()
                    || read == last
                    || gate
                    || may_be_read(c, behind.as_str(), *symbol);
            }
        }
    }
    true
}

fn is_letter(symbol: char) -> bool {
    table::props(symbol).class() == Class::Letter
}

fn is_hidden(c: char) -> bool {
    matches!(table::props(c).class(), Class::Ignorable | Class::Mark)
}

/// True for a letter at which `text` begins that may be read as `symbol`, another one,
/// behind no gate.
fn may_be_read(c: char, text: &str, symbol: char) -> bool {
    if !c.is_ascii() {
        return table::readings(c)
            .any(|reading| reading.kind() != ReadingKind::LookAlike || is_own(c, reading));
    }
    // The eye errs where the case of the neighbours is another one.
    let beside = text.as_bytes().get(1).copied().unwrap_or(b' ');
    let misread = match c {
        'I' => symbol == 'l' && !beside.is_ascii_uppercase(),
        'l' => symbol == 'i' && !beside.is_ascii_lowercase(),
        _ => false,
    };
    misread || is_drawn(text, symbol)
}

/// True when a glyph of several characters that draws `symbol` may begin `text`; what is
/// beyond ASCII may be anything.
fn is_drawn(text: &str, symbol: char) -> bool {
    let first = text.chars().next().map_or('\0', symbols::first);
    glyphs(first).any(|(glyph, letter)| {
        let there = text.chars().map(|c| c.to_ascii_lowercase());
        let fits = |(c, there): (char, char)| !there.is_ascii() || draws(glyph, c, there);
        letter == symbol && glyph.chars().zip(there).all(fits)
    })
}

/// Whether the character `c`, which is no letter and begins `text`, may be the first of a
/// word that begins with `step`.
fn may_be_first(text: &str, c: char, step: Option<&Step>) -> bool {
    let Some(&Step::Symbol { symbol, .. }) = step else { return true };
    // What hides behind signs is told by the view: wrappers, and spaces in disguise.
    !c.is_ascii_digit()
        || c == symbol
        || table::readings(c).any(|reading| reading.symbols()[0] == symbol)
        || is_drawn(text, symbol)
}

/// True for a step that a gap may take for its own.
fn is_sign(step: Option<&Step>) -> bool {
    matches!(step, Some(Step::Symbol { symbol, .. }) if !table::props(*symbol).is_word())
}

/// Signs that are no letters, and white space.
fn is_plain_gap(c: char) -> bool {
    matches!(
        c,
        ' ' | '\u{9}'..='\u{D}' | '.' | ',' | ';' | ':' | '?' | '"' | '\'' | '-' | '—' | '–' | '…'
    )
}
