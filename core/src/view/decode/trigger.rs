//! Whether a text can have wrappers at all: the question that every text is
//! asked, and that nearly all answer with no.

use super::markup;

/// Bytes looked at together, which the compiler compares as one vector.
const BLOCK: usize = 16;

/// False when there is certainly nothing to undo in `bytes`.
pub(super) fn may_have_wrappers(bytes: &[u8]) -> bool {
    let (blocks, _) = bytes.as_chunks::<BLOCK>();
    let mut start = 0;
    for block in blocks {
        let suspects = block.iter().map(|&byte| u8::from(is_suspect(byte)));
        if suspects.fold(0, |any, one| any | one) != 0
            && (start..start + BLOCK).any(|at| begins_wrapper(bytes, at))
        {
            return true;
        }
        start += BLOCK;
    }
    (start..bytes.len()).any(|at| begins_wrapper(bytes, at))
}

/// Every wrapper has one of these bytes. Without branches, which the compiler
/// would not turn into vectors: eight times as fast as a `match`.
#[inline]
fn is_suspect(byte: u8) -> bool {
    (byte == b'%')
        | (byte == b'&')
        | (byte == b'*')
        | (byte == b'<')
        | (byte == b'[')
        | (byte == b'\\')
        | (byte == b'_')
        | (byte == b'`')
        | (byte == b'|')
        | (byte == b'~')
        | (byte == 0xE2)
}

/// A closer look at one place.
fn begins_wrapper(bytes: &[u8], at: usize) -> bool {
    if !is_suspect(bytes[at]) {
        return false;
    }
    let next = bytes.get(at + 1).copied().unwrap_or(b' ');
    let previous = if at > 0 { bytes[at - 1] } else { b' ' };
    let wordlike = |byte: u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
    match bytes[at] {
        b'%' => next.is_ascii_hexdigit() || next == b'u',
        b'&' => next == b'#' || next.is_ascii_alphabetic(),
        b'<' => matches!(next, b'/' | b'!') || next.is_ascii_alphabetic(),
        b'[' => markup::may_be_bbcode(&bytes[at..]),
        b'\\' => matches!(next, b'u' | b'U' | b'x' | b'\\'),
        b'|' | b'~' => next == bytes[at],
        // Single delimiters matter inside words only, others in runs.
        own @ (b'*' | b'_' | b'`') => {
            next == own || previous == own || wordlike(next) && wordlike(previous)
        }
        0xE2 => next == 0x80 && matches!(bytes.get(at + 2), Some(0xAD | 0xAE)),
        _ => false,
    }
}
