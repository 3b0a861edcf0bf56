//! The words of a text, numbered in reading order.
//!
//! A word is a maximal run of letters, marks and digits; an apostrophe between
//! two letters joins. In unspaced scripts each letter is a word of its own.
//! Ignorable characters are not there.

use super::chars;
use std::ops::Range;

/// The byte ranges of the words.
pub fn words(raw: &str) -> Vec<Range<usize>> {
    let seen: Vec<(usize, char)> =
        raw.char_indices().filter(|&(_, c)| !chars::is_ignorable(c)).collect();
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut open = false; // the last word goes on
    for (i, &(at, c)) in seen.iter().enumerate() {
        let end = at + c.len_utf8();
        let before = i.checked_sub(1).map(|b| seen[b].1);
        let behind = seen.get(i + 1).map(|s| s.1);
        if chars::is_mark(c) {
            if let Some(word) = words.last_mut().filter(|_| open) {
                word.end = end;
            }
        } else if chars::is_word(c) {
            let alone = |c: char| chars::is_unspaced(c) && chars::is_letter(c);
            let joins = open && !alone(c) && !before.is_some_and(|b| base_is_unspaced(&seen, i, b));
            match words.last_mut().filter(|_| joins) {
                Some(word) => word.end = end,
                None => words.push(at..end),
            }
            open = true;
        } else {
            let between = open
                && chars::is_apostrophe(c)
                && before.is_some_and(|b| chars::is_letter(b) || chars::is_mark(b))
                && behind.is_some_and(|c| chars::is_letter(c) && !chars::is_unspaced(c))
                && !before.is_some_and(|b| base_is_unspaced(&seen, i, b));
            open = between;
        }
    }
    words
}

/// True when the character before `i`, or the base of the mark there, is an
/// unspaced letter.
fn base_is_unspaced(seen: &[(usize, char)], i: usize, before: char) -> bool {
    let base = seen[..i].iter().rev().map(|s| s.1).find(|&c| !chars::is_mark(c));
    let base = base.unwrap_or(before);
    chars::is_letter(base) && chars::is_unspaced(base)
}

/// How many words lie wholly in `span`.
pub fn words_in(words: &[Range<usize>], span: Range<usize>) -> usize {
    words.iter().filter(|w| span.start <= w.start && w.end <= span.end).count()
}
