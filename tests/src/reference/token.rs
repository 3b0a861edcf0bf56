//! Links, mentions, mail addresses and ids, where every undoing costs more.
//!
//! Each is a *chunk*: a maximal run without white space.

use super::chars;
use std::ops::Range;

/// The byte ranges of all chunks of `text` that are one of the four.
pub fn tokens(text: &str) -> Vec<Range<usize>> {
    chunks(text).into_iter().filter(|chunk| is_token(&text[chunk.clone()])).collect()
}

fn chunks(text: &str) -> Vec<Range<usize>> {
    let mut chunks: Vec<Range<usize>> = Vec::new();
    for (at, c) in text.char_indices().filter(|&(_, c)| !chars::is_space(c)) {
        let end = at + c.len_utf8();
        match chunks.last_mut().filter(|chunk| chunk.end == at) {
            Some(chunk) => chunk.end = end,
            None => chunks.push(at..end),
        }
    }
    chunks
}

fn is_token(chunk: &str) -> bool {
    let chars: Vec<char> = chunk.chars().collect();
    is_link(chunk, &chars) || is_mail(&chars) || is_mention(&chars) || is_id(&chars)
}

fn is_link(chunk: &str, chars: &[char]) -> bool {
    let dot_between_letters = |at: usize| {
        chars[at] == '.'
            && at > 0
            && chars::is_letter(chars[at - 1])
            && chars.get(at + 1).is_some_and(|&c| chars::is_letter(c))
    };
    let host = (0..chars.len()).find(|&at| dot_between_letters(at));
    chunk.contains("://")
        || chunk.to_ascii_lowercase().starts_with("www.")
        || host.is_some_and(|dot| chars[dot..].contains(&'/'))
}

fn is_mail(chars: &[char]) -> bool {
    (1..chars.len()).any(|at| {
        chars[at] == '@'
            && chars::is_word(chars[at - 1])
            && chars.get(at + 1).is_some_and(|&c| chars::is_word(c))
            && chars[at..].contains(&'.')
    })
}

fn is_mention(chars: &[char]) -> bool {
    let name = |c: char| chars::is_word(c) || c == '_';
    chars.first() == Some(&'@')
        && chars.get(1).is_some_and(|&c| name(c))
        && chars[1..].iter().all(|&c| name(c) || matches!(c, '.' | '-'))
}

fn is_id(chars: &[char]) -> bool {
    let to_digit = |pair: &&[char]| pair[0].is_ascii_alphabetic() && pair[1].is_ascii_digit();
    chars.len() >= 8
        && chars.iter().all(|&c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        && chars.windows(2).filter(to_digit).count() >= 3
}
