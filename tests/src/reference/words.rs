//! The words of a text, numbered in reading order.
//!
//! A word is a maximal run of letters, marks and digits; an apostrophe between
//! two letters joins, whatever their script. In unspaced scripts each letter is
//! otherwise a word of its own.
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
        if chars::is_mark(c) || chars::is_voicing(c) {
            if let Some(word) = words.last_mut().filter(|_| open) {
                word.end = end;
            }
        } else if chars::is_word(c) {
            let alone = |c: char| chars::is_unspaced(c) && chars::is_letter(c);
            let apart = alone(c) || base(&seen[..i]).is_some_and(alone);
            let joins = open && (!apart || before.is_some_and(chars::is_apostrophe));
            match words.last_mut().filter(|_| joins) {
                Some(word) => word.end = end,
                None => words.push(at..end),
            }
            open = true;
        } else {
            let between = open
                && chars::is_apostrophe(c)
                && base(&seen[..i]).is_some_and(chars::is_letter)
                && behind.is_some_and(chars::is_letter);
            open = between;
        }
    }
    words
}

/// The last character that is no mark.
fn base(seen: &[(usize, char)]) -> Option<char> {
    seen.iter().rev().map(|s| s.1).find(|&c| !chars::is_mark(c) && !chars::is_voicing(c))
}

/// How many words lie wholly in `span`.
pub fn words_in(words: &[Range<usize>], span: Range<usize>) -> usize {
    words.iter().filter(|w| span.start <= w.start && w.end <= span.end).count()
}
