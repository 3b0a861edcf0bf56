//! Literals without which a regex finds nothing: one pass for all regexes tells which of
//! them are worth running.
//!
//! `regex-automata` does the like for one regex, where the literal stands at its beginning
//! or is the only one; here any part of the regex will do, since no place is needed.

use crate::ruleset::tables::RegexRow;
use aho_corasick::{AhoCorasick, AhoCorasickKind};
use regex_syntax::hir::literal::Extractor;
use regex_syntax::hir::{Hir, HirKind};
use rustc_hash::FxHashMap;

/// A literal has at least so many bytes, or most texts have it.
const SHORTEST: usize = 3;
/// Bytes of a literal that are looked for.
const LONGEST: usize = 8;
/// Literals of one regex.
const MOST: usize = 32;
/// Literals of so many bytes together are few: their automaton takes half a megabyte at most.
const SMALL: usize = 2_000;

/// The letters beyond ASCII whose other case is one of ASCII.
const CASE_OF_ASCII: [&str; 2] = ["\u{17F}", "\u{212A}"];

/// What regexes ask for.
#[derive(Debug, Default)]
pub(super) struct Required {
    /// The literals, in whatever case.
    literals: Option<AhoCorasick>,
    /// By literal: the regexes that ask for it.
    rows: Vec<Vec<u32>>,
    /// Regexes without one.
    always: Vec<u32>,
}

impl Required {
    pub(super) fn new<'r>(regexes: impl ExactSizeIterator<Item = &'r RegexRow>) -> Self {
        let mut this = Self::default();
        let count = regexes.len() as u32;
        let mut numbers: FxHashMap<Vec<u8>, usize> = FxHashMap::default();
        let mut literals: Vec<Vec<u8>> = Vec::new();
        for (row, regex) in regexes.enumerate() {
            let row = row as u32;
            let Some(required) = required(regex) else {
                this.always.push(row);
                continue;
            };
            for literal in required {
                let number = *numbers.entry(literal).or_insert_with_key(|literal| {
                    literals.push(literal.clone());
                    this.rows.push(Vec::new());
                    literals.len() - 1
                });
                this.rows[number].push(row);
            }
        }
        // Of few literals the largest and quickest automaton is small.
        let bytes: usize = literals.iter().map(Vec::len).sum();
        let kind = (bytes <= SMALL).then_some(AhoCorasickKind::DFA);
        let built = AhoCorasick::builder().kind(kind).ascii_case_insensitive(true).build(&literals);
        match built {
            Ok(automaton) if !literals.is_empty() => this.literals = Some(automaton),
            Ok(_) => {}
            Err(_) => {
                // Too many to look for: every regex is run.
                this.rows.clear();
                this.always = (0..count).collect();
            }
        }
        this
    }

    /// Puts into `worth`, by row, whether the regex may find anything in `text`.
    pub(super) fn look(&self, text: &str, worth: &mut Vec<bool>, rows: usize) {
        worth.clear();
        let sure = text.is_ascii() || !CASE_OF_ASCII.iter().any(|letter| text.contains(letter));
        worth.resize(rows, !sure);
        for &row in &self.always {
            worth[row as usize] = true;
        }
        if let (true, Some(literals)) = (sure, &self.literals) {
            for found in literals.find_overlapping_iter(text) {
                for &row in &self.rows[found.pattern().as_usize()] {
                    worth[row as usize] = true;
                }
            }
        }
    }

    /// Whether a literal of the regex is looked for first.
    pub(super) fn has(&self, row: u32) -> bool {
        self.always.binary_search(&row).is_err()
    }

    pub(super) fn memory_usage(&self) -> usize {
        self.literals.as_ref().map_or(0, AhoCorasick::memory_usage)
            + self.rows.capacity() * size_of::<Vec<u32>>()
            + self.rows.iter().map(|rows| rows.capacity() * 4).sum::<usize>()
            + self.always.capacity() * 4
    }
}

/// Literals of ASCII in lower case; whatever the regex finds has one of them.
fn required(row: &RegexRow) -> Option<Vec<Vec<u8>>> {
    // Case is the automaton's business: with it, every letter would be two.
    let hir = regex_syntax::parse(&row.source).ok()?;
    let literals = best(&hir)?;
    let mut lower: Vec<Vec<u8>> = literals
        .into_iter()
        // A text with one of these letters is looked at by every regex.
        .filter(|literal| !CASE_OF_ASCII.iter().any(|c| contains(literal, c.as_bytes())))
        .map(|literal| literal.to_ascii_lowercase())
        .collect();
    if !lower.iter().all(|literal| literal.is_ascii()) {
        return None;
    }
    lower.sort_unstable();
    lower.dedup();
    Some(lower)
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// The most telling literals of a part that has to match.
fn best(hir: &Hir) -> Option<Vec<Vec<u8>>> {
    let own = prefixes(hir);
    let within = match hir.kind() {
        HirKind::Capture(capture) => best(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => best(&repetition.sub),
        HirKind::Concat(parts) => (0..parts.len())
            .flat_map(|at| [prefixes(&Hir::concat(parts[at..].to_vec())), best(&parts[at])])
            .flatten()
            .max_by_key(|literals| telling(literals)),
        HirKind::Alternation(parts) => {
            let each: Option<Vec<_>> = parts.iter().map(best).collect();
            each.map(|each| each.concat()).filter(|all| all.len() <= MOST)
        }
        _ => None,
    };
    [own, within].into_iter().flatten().max_by_key(|literals| telling(literals))
}

/// Longer literals tell more, and so do fewer.
fn telling(literals: &[Vec<u8>]) -> (usize, std::cmp::Reverse<usize>) {
    let shortest = literals.iter().map(Vec::len).min().unwrap_or(0);
    (shortest.min(LONGEST), std::cmp::Reverse(literals.len()))
}

/// What a match of the part begins with, if that is one of a few literals.
fn prefixes(hir: &Hir) -> Option<Vec<Vec<u8>>> {
    let mut extractor = Extractor::new();
    extractor.limit_total(MOST).limit_literal_len(LONGEST);
    let found = extractor.extract(hir);
    let literals = found.literals()?;
    let fit = !literals.is_empty() && literals.iter().all(|l| l.as_bytes().len() >= SHORTEST);
    fit.then(|| literals.iter().map(|literal| literal.as_bytes().to_vec()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::model::{Boundary, View};
    use proptest::prelude::*;

    fn row(source: &str) -> RegexRow {
        let source = source.to_owned();
        let (view, boundary) = (View::Fold, Boundary::Any);
        RegexRow { source, view, case_sensitive: false, boundary, uses: Vec::new() }
    }

    fn of(source: &str) -> Option<Vec<String>> {
        let literals = required(&row(source))?;
        Some(literals.into_iter().map(|l| String::from_utf8(l).expect("ASCII")).collect())
    }

    #[test]
    fn what_has_to_be_there() {
        let some = |words: &[&str]| Some(words.iter().map(|w| (*w).to_owned()).collect());
        assert_eq!(of(r"free\s+golden"), some(&["golden"]));
        assert_eq!(of(r"\d+\s*dollars?"), some(&["dollar"]));
        assert_eq!(of(r"(?:buy|sell)ing"), some(&["buying", "selling"]));
        assert_eq!(of(r"(a|bc)[0-9]+%\s(?:off|discount)"), some(&["discount", "off"]));
        assert_eq!(of(r"(?i)[a-z]+Shop"), some(&["shop"]));
        assert_eq!(of(r"x(?:free)*y"), None);
        assert_eq!(of(r"[a-z]{5}\d"), None);
        assert_eq!(of("бот[0-9]"), None);
        assert_eq!(of("free|[0-9]"), None);
    }

    proptest! {
        /// What is ruled out is not there, in whatever case.
        #[test]
        fn nothing_is_ruled_out_that_is_there(
            parts in prop::collection::vec(prop::sample::select(vec![
                "free", "gold", "sk", "[0-9]+", "\\s*", "(?:buy|sell|k)", "(?:x|yz)?", "(?:ing)+", "q{2,3}",
                "(?i:Kiss)", "[a-c]", "ß", "(?:off|on|[0-9])",
            ]), 1..4),
            text in "(free|GOLD|Gold|s|k|\u{17F}|\u{212A}|buy|SELL|ing|qq|kiss|KISS|off|on|xyz|[0-9abc ]|ß|ẞ){0,9}",
        ) {
            let source = parts.concat();
            let regex = regex_automata::meta::Regex::builder()
                .syntax(regex_automata::util::syntax::Config::new().case_insensitive(true))
                .build(&source)
                .expect("a regex");
            let row = row(&source);
            let required = Required::new([row].iter());
            let mut worth = Vec::new();
            required.look(&text, &mut worth, 1);
            prop_assert!(worth[0] || !regex.is_match(text.as_str()), "{source} in {text}");
        }
    }
}
