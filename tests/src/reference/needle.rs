//! A pattern ready to be looked for: its symbols, its words, and the other ways
//! it may be written.

use super::chars;
use super::pattern::Symbol;
use std::ops::Range;

/// How the symbols of a needle differ from the pattern as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variant {
    /// Not at all.
    Plain,
    /// Its spaces are left out.
    Joined,
    /// It is written backwards.
    Reversed,
}

/// A pattern in one of its variants.
#[derive(Clone, Debug)]
pub struct Needle {
    /// Its symbols.
    pub symbols: Vec<Symbol>,
    /// Its words: maximal runs without spaces and wildcards.
    pub words: Vec<Range<usize>>,
    /// The length of its longest word.
    pub longest: usize,
    /// What was done to it.
    pub variant: Variant,
}

/// The fewest letters of a phrase that is also looked for without its spaces.
const JOINED: usize = 8;
/// So many letters `ı` are each looked for as a capital or not.
const DOTLESS: usize = 3;
/// The fewest letters of a word that is also looked for backwards.
const REVERSED: usize = 4;

/// `symbols` as written.
pub fn plain(symbols: Vec<Symbol>) -> Needle {
    needle(symbols, Variant::Plain)
}

/// `plain` with capitals for some of its letters `ı`, or for all where there are many.
pub fn dotless(plain: &Needle) -> Vec<Needle> {
    let places: Vec<usize> = (0..plain.symbols.len())
        .filter(|&at| matches!(&plain.symbols[at], Symbol::Unit(unit) if unit.symbol == 'ı'))
        .collect();
    let capitals = |chosen: &[usize]| {
        let mut symbols = plain.symbols.clone();
        for &at in chosen {
            if let Symbol::Unit(unit) = &mut symbols[at] {
                unit.symbol = 'i';
            }
        }
        needle(symbols, plain.variant)
    };
    if places.len() > DOTLESS {
        return vec![capitals(&places)];
    }
    let mut sets: Vec<Vec<usize>> = vec![Vec::new()];
    for &at in &places {
        let with: Vec<Vec<usize>> =
            sets.iter().map(|set| [set.as_slice(), &[at]].concat()).collect();
        sets.extend(with);
    }
    sets.iter().filter(|set| !set.is_empty()).map(|set| capitals(set)).collect()
}

/// `plain` without its spaces, if it is long enough and has no wildcards.
pub fn joined(plain: &Needle) -> Option<Needle> {
    let mut symbols = plain.symbols.clone();
    symbols.retain(|symbol| *symbol != Symbol::Gap);
    let shorter = symbols.len() < plain.symbols.len();
    let long = letters(&symbols) >= JOINED;
    let may = shorter && long && !symbols.contains(&Symbol::Star);
    may.then(|| needle(symbols, Variant::Joined))
}

/// `plain` backwards, if it is one long word and not the same; a wildcard at its end is left out.
pub fn reversed(plain: &Needle) -> Option<Needle> {
    let mut symbols = plain.symbols.clone();
    symbols.pop_if(|last| *last == Symbol::Star);
    let forwards = symbols.clone();
    symbols.reverse();
    let one_word = plain.words.len() == 1 && plain.words[0].len() == symbols.len();
    let may = one_word && letters(&symbols) >= REVERSED && symbols != forwards;
    may.then(|| needle(symbols, Variant::Reversed))
}

fn needle(symbols: Vec<Symbol>, variant: Variant) -> Needle {
    let words = words(&symbols);
    let longest = words.iter().map(|word| letters(&symbols[word.clone()])).max().unwrap_or(0);
    Needle { symbols, words, longest, variant }
}

impl Needle {
    /// The word that the symbol at `at` is in.
    pub fn word(&self, at: usize) -> Option<usize> {
        self.words.iter().position(|word| word.contains(&at))
    }

    /// How many letters the word number `word` has.
    pub fn length(&self, word: usize) -> usize {
        letters(&self.symbols[self.words[word].clone()])
    }

    /// True when the symbol at `at` is the first letter of its word.
    pub fn is_first_letter(&self, at: usize) -> bool {
        self.word(at).is_some_and(|word| {
            let start = self.words[word].start;
            letters(&self.symbols[start..at]) == 0
        })
    }

    /// True when the symbol at `at` is the last letter of its word.
    pub fn is_last_letter(&self, at: usize) -> bool {
        self.word(at).is_some_and(|word| {
            let end = self.words[word].end;
            letters(&self.symbols[at + 1..end]) == 0
        })
    }

    /// The symbols `at` if all of them are there, and letters of one word.
    pub fn letters_of_word(&self, at: Range<usize>) -> Option<&[Symbol]> {
        let symbols = self.symbols.get(at.clone())?;
        let one_word = at.clone().all(|i| self.word(i) == self.word(at.start));
        (one_word && symbols.iter().all(is_letter)).then_some(symbols)
    }
}

/// True for a letter of a pattern, also a mark that is one.
pub fn is_letter(symbol: &Symbol) -> bool {
    match symbol {
        Symbol::Unit(unit) => chars::is_letter(unit.symbol) || chars::is_mark(unit.symbol),
        _ => false,
    }
}

fn letters(symbols: &[Symbol]) -> usize {
    symbols.iter().filter(|symbol| is_letter(symbol)).count()
}

fn words(symbols: &[Symbol]) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    for (at, symbol) in symbols.iter().enumerate() {
        if matches!(symbol, Symbol::Gap | Symbol::Star) {
            continue;
        }
        match words.last_mut().filter(|word| word.end == at) {
            Some(word) => word.end = at + 1,
            None => words.push(at..at + 1),
        }
    }
    words
}
