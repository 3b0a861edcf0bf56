//! The words of a text, numbered in reading order.
//!
//! A word is a maximal run of letters, marks and digits; an apostrophe between
//! two letters joins, whatever their script. In unspaced scripts each letter is
//! otherwise a word of its own.
//! Ignorable characters are not there.

use super::chars;
use super::view::View;
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
            match words.last_mut().filter(|_| open) {
                Some(word) => word.end = end,
                // A vowel sign is a letter of its script, also without one before it.
                None if !chars::is_free_mark(c) && !chars::is_voicing(c) => {
                    words.push(at..end);
                    open = true;
                }
                None => {}
            }
        } else if chars::is_word(c) {
            let alone = |c: char| chars::is_unspaced(c) && chars::is_letter(c);
            let apart = alone(c) || letter(&seen[..i]).is_some_and(chars::is_unspaced);
            let joins = open && (!apart || before.is_some_and(chars::is_apostrophe));
            match words.last_mut().filter(|_| joins) {
                Some(word) => word.end = end,
                None => words.push(at..end),
            }
            open = true;
        } else {
            let between = open
                && chars::is_apostrophe(c)
                && letter(&seen[..i]).is_some_and(|c| chars::is_letter(c) || chars::is_mark(c))
                && behind.is_some_and(chars::is_letter);
            open = between;
        }
    }
    words
}

/// The last character that is no free mark.
fn letter(seen: &[(usize, char)]) -> Option<char> {
    let free = |c: char| chars::is_free_mark(c) || chars::is_voicing(c);
    seen.iter().rev().map(|s| s.1).find(|&c| !free(c))
}

/// The words that distances count, as bytes of the original: those a reader sees, so of the
/// decoded view where there is one.
pub fn seen(raw: &str) -> Vec<Range<usize>> {
    match View::decoded(raw) {
        None => words(raw),
        Some(view) => words(&view.text).into_iter().map(|word| view.raw(word)).collect(),
    }
}

/// How many words lie wholly in `span`.
pub fn words_in(words: &[Range<usize>], span: Range<usize>) -> usize {
    words.iter().filter(|w| span.start <= w.start && w.end <= span.end).count()
}
