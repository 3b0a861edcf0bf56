//! Links, mentions, mail addresses and ids, where every undoing costs more.
//!
//! Each is a *chunk*: a maximal run of units without white space.

use super::chars;
use super::units::Unit;
use std::ops::Range;

/// All chunks that are one of the four.
pub fn tokens(units: &[Unit]) -> Vec<Range<usize>> {
    let is_token = |chunk: &Range<usize>| {
        let symbols: Vec<char> = units[chunk.clone()].iter().map(|unit| unit.symbol).collect();
        let cased: Vec<char> = units[chunk.clone()].iter().map(cased).collect();
        is_link(&symbols) || is_mail(&symbols) || is_mention(&symbols) || is_id(&cased)
    };
    chunks(units).into_iter().filter(is_token).collect()
}

fn chunks(units: &[Unit]) -> Vec<Range<usize>> {
    let mut chunks: Vec<Range<usize>> = Vec::new();
    for (at, _) in units.iter().enumerate().filter(|(_, unit)| !chars::is_space(unit.symbol)) {
        match chunks.last_mut().filter(|chunk| chunk.end == at) {
            Some(chunk) => chunk.end = at + 1,
            None => chunks.push(at..at + 1),
        }
    }
    chunks
}

/// `://` or a leading `www.`, or a path behind a host: a dot behind a letter or
/// digit, two letters or more, and a `/`.
fn is_link(chunk: &[char]) -> bool {
    let text: String = chunk.iter().collect::<String>().to_ascii_lowercase();
    let host = |at: usize| {
        let letters = chunk[at + 1..].iter().take_while(|&&c| chars::is_letter(c)).count();
        chunk[at] == '.'
            && is_word(chunk[at - 1])
            && letters >= 2
            && chunk.get(at + 1 + letters) == Some(&'/')
    };
    text.contains("://") || text.starts_with("www.") || (1..chunk.len()).any(host)
}

/// An `@` between letters or digits, and a dot between such later.
fn is_mail(chunk: &[char]) -> bool {
    let between = |at: usize, sign: char| {
        chunk[at] == sign
            && is_word(chunk[at - 1])
            && chunk.get(at + 1).is_some_and(|&c| is_word(c))
    };
    let mut rest = 1..chunk.len();
    rest.any(|at| between(at, '@')) && rest.any(|at| between(at, '.'))
}

fn is_mention(chunk: &[char]) -> bool {
    let name = |c: char| is_word(c) || c == '_';
    chunk.first() == Some(&'@')
        && chunk.get(1).is_some_and(|&c| name(c))
        && chunk[1..].iter().all(|&c| name(c) || matches!(c, '.' | '-'))
}

fn is_id(chunk: &[char]) -> bool {
    let pairs = |is: fn(char, char) -> bool| chunk.windows(2).filter(|p| is(p[0], p[1])).count();
    let to_digit = pairs(|a, b| a.is_ascii_alphabetic() && b.is_ascii_digit());
    let to_capital = pairs(|a, b| a.is_ascii_lowercase() && b.is_ascii_uppercase());
    let digits = chunk.iter().filter(|c| c.is_ascii_digit()).count();
    let both = chunk.iter().filter(|c| c.is_ascii_alphanumeric()).count();
    chunk.len() >= 8
        && chunk.iter().all(|&c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        && (digits * 5 >= both * 2 && to_digit >= 3 || digits > 0 && to_capital >= 2)
}

/// A letter, a digit or a mark that is a letter.
fn is_word(c: char) -> bool {
    chars::is_word(c) || chars::is_mark(c) && !chars::is_free_mark(c)
}

/// The symbol in the case it was written in.
fn cased(unit: &Unit) -> char {
    if chars::is_upper(unit.source) { unit.symbol.to_ascii_uppercase() } else { unit.symbol }
}
