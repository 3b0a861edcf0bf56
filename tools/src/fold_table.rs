//! The fold table: every fold that is not the code point itself.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::rust_source::{DATA_FILE, array, char_literal};
use crate::trie::Trie;
use crate::{folding, unicode};

/// One fold: its symbols, and whether it needed a compatibility mapping.
type Record = (bool, Vec<char>);

/// The fold of every code point, syllables left to arithmetic.
pub(crate) struct FoldTable {
    trie: Trie,
    /// Folds to one symbol, those without a compatibility mapping first.
    singles: Vec<char>,
    canonical_singles: usize,
    /// Folds to none or several: start in the pool, compat flag, length.
    many: Vec<u32>,
    pool: Vec<char>,
    /// Folds without compatibility mappings that are not the code point itself,
    /// where they differ from the full fold.
    exact: Vec<(char, Vec<char>)>,
}

impl FoldTable {
    pub(crate) fn new() -> Self {
        let mut singles: BTreeSet<(bool, char)> = BTreeSet::new();
        let mut many: BTreeSet<Record> = BTreeSet::new();
        let mut exact = Vec::new();
        for c in unicode::scalars() {
            let Some((compat, symbols)) = record(c) else { continue };
            if compat {
                let without = folding::fold_exact(c);
                if without != [c] {
                    exact.push((c, without));
                }
            }
            match symbols[..] {
                [single] => singles.insert((compat, single)),
                _ => many.insert((compat, symbols)),
            };
        }
        let canonical_singles = singles.iter().filter(|(compat, _)| !compat).count();
        let singles: Vec<(bool, char)> = singles.into_iter().collect();
        let many: Vec<Record> = many.into_iter().collect();
        let trie = Trie::new(|c| match record(c) {
            None => 0,
            Some((compat, symbols)) => {
                let at = match symbols[..] {
                    [single] => singles.binary_search(&(compat, single)),
                    _ => many.binary_search(&(compat, symbols)).map(|at| at + singles.len()),
                };
                u16::try_from(at.expect("collected above") + 1).expect("fewer than 65,536 folds")
            }
        });
        let (many, pool) = pack(&many);
        let singles = singles.into_iter().map(|(_, symbol)| symbol).collect();
        Self { trie, singles, canonical_singles, many, pool, exact }
    }

    pub(crate) fn source(&self) -> String {
        let mut out = String::from(DATA_FILE);
        let ascii = (0..128u8).map(char::from).map(|c| folding::fold(c).first().copied());
        let ascii: Vec<char> = ascii.map(|folded| folded.unwrap_or('\0')).collect();
        let chars = |chars: &[char]| chars.iter().map(|&c| char_literal(c)).collect::<Vec<_>>();
        let doc = "What ASCII folds to; NUL for nothing.";
        array(&mut out, doc, "ASCII", "char", chars(&ascii).iter());
        let doc = "What the finals of Hangul syllables fold to.";
        array(&mut out, doc, "FINALS", "char", chars(&folding::syllable_finals()).iter());
        write!(
            out,
            "\n/// How many of the singles need no compatibility mapping.\n\
             pub(crate) const CANONICAL_SINGLES: usize = {};\n",
            self.canonical_singles
        )
        .expect("writing to a string");
        let doc = "Folds to one symbol: entry 1 and up of the trie.";
        array(&mut out, doc, "SINGLES", "char", chars(&self.singles).iter());
        let doc = "Other folds, next in the trie: start << 8 | compat << 7 | length in the pool.";
        array(&mut out, doc, "MANY", "u32", self.many.iter());
        array(&mut out, "The symbols of those.", "POOL", "char", chars(&self.pool).iter());
        let exact: Vec<String> = self
            .exact
            .iter()
            .map(|(c, fold)| format!("({},&[{}])", char_literal(*c), chars(fold).join(",")))
            .collect();
        let doc = "Folds without compatibility mappings, where they are neither fold nor identity.";
        array(&mut out, doc, "EXACT", "(char, &[char])", exact.iter());
        self.trie.source(&mut out);
        out
    }

    /// Everything that decides what the table says.
    pub(crate) fn data(&self) -> Vec<u8> {
        let chars = |chars: &[char]| chars.iter().map(|&c| c as u32).collect::<Vec<_>>();
        let mut words = chars(&self.singles);
        words.push(self.canonical_singles as u32);
        words.extend(&self.many);
        words.extend(chars(&self.pool));
        words.extend(chars(&folding::syllable_finals()));
        for (c, fold) in &self.exact {
            words.push(*c as u32);
            words.extend(chars(fold));
        }
        let mut data = self.trie.data();
        data.extend(words.iter().flat_map(|word| word.to_le_bytes()));
        data
    }
}

/// The fold of `c` if the table has to hold it.
fn record(c: char) -> Option<Record> {
    if ('\u{AC00}'..='\u{D7A3}').contains(&c) {
        return None;
    }
    let symbols = folding::fold(c);
    (symbols != [c]).then(|| (symbols != folding::fold_exact(c), symbols))
}

/// Lays the sequences into one pool, reusing what it already holds.
fn pack(many: &[Record]) -> (Vec<u32>, Vec<char>) {
    let mut order: Vec<&Record> = many.iter().collect();
    order.sort_by_key(|(_, symbols)| std::cmp::Reverse(symbols.len()));
    let mut pool: Vec<char> = Vec::new();
    for (_, symbols) in order {
        if find(&pool, symbols).is_none() {
            pool.extend(symbols);
        }
    }
    let records = many.iter().map(|(compat, symbols)| {
        let start = find(&pool, symbols).expect("laid above");
        assert!(symbols.len() < 128 && start < 1 << 24);
        (start as u32) << 8 | u32::from(*compat) << 7 | symbols.len() as u32
    });
    (records.collect(), pool)
}

fn find(pool: &[char], symbols: &[char]) -> Option<usize> {
    if symbols.is_empty() {
        return Some(0);
    }
    pool.windows(symbols.len()).position(|window| window == symbols)
}
