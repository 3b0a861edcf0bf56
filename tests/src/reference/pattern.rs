//! A word or phrase of a policy as symbols.
//!
//! `*` is a wildcard, `\*` a star, white space a gap; everything else goes
//! through the same reading as texts do, at the pattern's own level.

use super::chars;
use super::units::{self, Unit};
use tamis::spec::model::Level;

/// One symbol of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Symbol {
    /// A character with the marks it must have.
    Unit(Unit),
    /// A space: 1–8 white-space or punctuation characters.
    Gap,
    /// `*`: 0–20 letters or marks of the same word.
    Star,
    /// An apostrophe; one with symbols on both sides may also be missing.
    Apostrophe {
        /// It has symbols on both sides.
        inside: bool,
        /// It stands for any quotation mark.
        quote: bool,
    },
}

/// The symbols of a pattern as written.
pub fn parse(text: &str, level: Level, case_sensitive: bool) -> Vec<Symbol> {
    let mut symbols = Vec::new();
    let mut literal = String::new();
    let mut chars = text.trim_matches(chars::is_space).chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if chars.peek() == Some(&'*') => literal.extend(chars.next()),
            '*' => {
                flush(&mut literal, &mut symbols, level, case_sensitive);
                symbols.push(Symbol::Star);
            }
            c if chars::is_space(c) => {
                flush(&mut literal, &mut symbols, level, case_sensitive);
                if symbols.last() != Some(&Symbol::Gap) {
                    symbols.push(Symbol::Gap);
                }
            }
            c => literal.push(c),
        }
    }
    flush(&mut literal, &mut symbols, level, case_sensitive);
    let last = symbols.len().saturating_sub(1);
    for (i, symbol) in symbols.iter_mut().enumerate() {
        if let Symbol::Apostrophe { inside, .. } = symbol {
            *inside = i != 0 && i != last;
        }
    }
    symbols
}

/// The symbols of an exception: all dashes are one, and all quotation marks; an
/// apostrophe at an end is one of those.
pub fn unified(mut symbols: Vec<Symbol>) -> Vec<Symbol> {
    for symbol in &mut symbols {
        match symbol {
            Symbol::Unit(unit) => units::unify(std::slice::from_mut(unit)),
            Symbol::Apostrophe { inside, quote } => *quote = !*inside,
            Symbol::Gap | Symbol::Star => {}
        }
    }
    symbols
}

fn flush(literal: &mut String, symbols: &mut Vec<Symbol>, level: Level, case_sensitive: bool) {
    for unit in units::units(literal, level, case_sensitive) {
        let apostrophe = chars::is_apostrophe(unit.symbol) && unit.marks.is_empty();
        symbols.push(if apostrophe {
            Symbol::Apostrophe { inside: false, quote: false }
        } else {
            Symbol::Unit(unit)
        });
    }
    literal.clear();
}
