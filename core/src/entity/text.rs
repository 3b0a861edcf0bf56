//! Small questions about a place in a text.

use crate::view::props::ScriptKind;
use crate::view::table;

/// The character before byte `at`, invisible ones skipped.
pub(super) fn before(text: &str, at: usize) -> Option<char> {
    text[..at].chars().rev().take(SKIP).find(|&c| !is_invisible(c))
}

/// The character at byte `at` or behind it, invisible ones skipped.
pub(super) fn after(text: &str, at: usize) -> Option<char> {
    text[at..].chars().take(SKIP).find(|&c| !is_invisible(c))
}

/// So many invisible characters are looked through, so that a text full of
/// them is still read in linear time.
const SKIP: usize = 16;

/// A letter, mark or digit.
#[inline]
pub(super) fn is_word(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { table::props(c).is_word() }
}

/// A character that shows nothing.
#[inline]
pub(super) fn is_invisible(c: char) -> bool {
    !c.is_ascii() && table::props(c).is_ignorable()
}

/// White space that does not end the line.
#[inline]
pub(super) fn is_blank(c: char) -> bool {
    if c.is_ascii() {
        return matches!(c, ' ' | '\t');
    }
    let props = table::props(c);
    props.is_space() && !props.is_line_break()
}

/// Any of the dashes.
#[inline]
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}')
}

/// True when a word does not run on before `start`.
pub(super) fn opens(text: &str, start: usize) -> bool {
    before(text, start).is_none_or(|c| !joins(c))
}

/// True when a word does not run on behind `end`.
pub(super) fn closes(text: &str, end: usize) -> bool {
    after(text, end).is_none_or(|c| !joins(c))
}

/// A character that would belong to the same word.
fn joins(c: char) -> bool {
    is_word(c) && !touches(c)
}

/// A character of a script that touches what it does not belong to: `电话13800138000`. Hangul
/// has spaces, but its particles follow names and numbers directly: `010-1234-5678로`.
pub(super) fn touches(c: char) -> bool {
    !c.is_ascii() && (is_unspaced(c) || table::props(c).script() == ScriptKind::Hangul)
}

/// A character of a script that puts no space between words.
pub(super) fn is_unspaced(c: char) -> bool {
    !c.is_ascii() && table::props(c).script().is_unspaced()
}

/// True inside a link that begins with a scheme: what has the form of a number there is an id.
pub(super) fn is_in_link(text: &str, at: usize) -> bool {
    let head = &text[floor(text, at.saturating_sub(LINK))..at];
    let word = head.rsplit(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '(')).next();
    word.is_some_and(|word| word.contains("://"))
}

/// How far a link is looked back on.
const LINK: usize = 128;

/// The nearest `char` boundary at or before `at`.
pub(super) fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The nearest `char` boundary at or behind `at`.
pub(super) fn ceil(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// True when `text` starts with `word`, ASCII capitals aside.
pub(super) fn starts_with(text: &[u8], word: &[u8]) -> bool {
    text.len() >= word.len() && text[..word.len()].eq_ignore_ascii_case(word)
}

/// True when `text` ends with `word`, ASCII capitals aside.
pub(super) fn ends_with(text: &[u8], word: &[u8]) -> bool {
    text.len() >= word.len() && text[text.len() - word.len()..].eq_ignore_ascii_case(word)
}
