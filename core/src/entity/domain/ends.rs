//! Where a host may end: behind the label that follows the last dot, or a word for one.

use super::super::text;
use super::{piece, punycode};
use crate::spec::model::Level;

/// Calls `each` with every place where a host may end: behind the label that
/// follows a dot, when no further label follows.
pub(super) fn each_host_end(text: &str, loosest: Level, mut each: impl FnMut(usize)) {
    let mut at = 0;
    while let Some(behind) = next_dot(text, at, loosest) {
        at = behind;
        let label = skip_closing(text, behind, loosest);
        let end = piece::label_end(text, label);
        if end == label {
            continue;
        }
        let goes_on =
            piece::joining_dot(text, end).is_some_and(|next| piece::label_end(text, next) > next);
        if !goes_on {
            each(label + top_len(&text[label..end]));
        }
    }
}

/// The length of a last label: no top-level domain has a hyphen, so that of
/// `example.com-based` ends before it.
fn top_len(label: &str) -> usize {
    if punycode::strip(label.as_bytes()).is_some() {
        return label.len();
    }
    label.find(|c| matches!(c, '-' | '_') || text::is_dash(c)).unwrap_or(label.len())
}

/// The end of the next dot or word for one.
fn next_dot(text: &str, from: usize, loosest: Level) -> Option<usize> {
    let bytes = text.as_bytes();
    if loosest == Level::Exact {
        let at = from + memchr::memchr(b'.', &bytes[from..])?;
        return Some(at + 1);
    }
    let mut at = from;
    // Words for a dot begin with letters that are everywhere.
    let may_be = |at: &usize| {
        let byte = bytes[*at];
        MAY_BE_DOT[usize::from(byte)] && (!byte.is_ascii_alphabetic() || is_wrapped(bytes, *at))
    };
    loop {
        at = (at..bytes.len()).find(may_be)?;
        if let Some(len) = dot_len(text, at, loosest) {
            return Some(at + len);
        }
        at += 1;
    }
}

/// Bytes that a dot or the middle of a word for one starts with.
static MAY_BE_DOT: [bool; 256] = {
    let mut bytes = [false; 256];
    // `.`, `%2e`, and the leads of U+2024, `。`, `．｡`, and `т`.
    let leads = [b'.', b'%', 0xE2, 0xE3, 0xEF, 0xD1, 0xD0, b'd', b'D', b'p', b'P', b'n', b'N'];
    let mut i = 0;
    while i < leads.len() {
        bytes[leads[i] as usize] = true;
        i += 1;
    }
    bytes
};

/// The length of the dot at `at`.
fn dot_len(text: &str, at: usize, loosest: Level) -> Option<usize> {
    let bytes = &text.as_bytes()[at..];
    if bytes[0] == b'.' {
        return Some(1);
    }
    if !bytes[0].is_ascii() {
        let forms = ["。", "．", "｡", "\u{2024}"];
        if let Some(form) = forms.iter().find(|form| bytes.starts_with(form.as_bytes())) {
            return Some(form.len());
        }
    }
    if loosest < Level::Standard {
        return None;
    }
    if bytes[0] == b'%' && text::starts_with(bytes, b"%2e") {
        return Some(3);
    }
    if !is_wrapped(text.as_bytes(), at) {
        return None;
    }
    piece::DOT_WORDS.iter().find(|word| text::starts_with(bytes, word.as_bytes())).map(|w| w.len())
}

/// White space or a bracket stands before; the last three end a no-break space, `【` and `（`.
#[inline]
fn is_wrapped(bytes: &[u8], at: usize) -> bool {
    let wraps = |b: u8| matches!(b, b' ' | b'\t' | b'[' | b'(' | b'{' | b'<' | 0xA0 | 0x90 | 0x88);
    at.checked_sub(1).is_some_and(|before| wraps(bytes[before]))
}

/// Past brackets and white space behind a dot.
fn skip_closing(text: &str, at: usize, loosest: Level) -> usize {
    if loosest < Level::Standard {
        return at;
    }
    let wraps = |c: char| text::is_blank(c) || matches!(c, ']' | ')' | '}' | '>' | '】' | '）');
    let behind = text[at..].chars().take(5).take_while(|&c| wraps(c));
    at + behind.map(char::len_utf8).sum::<usize>()
}
