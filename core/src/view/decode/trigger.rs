//! Whether a text can have wrappers at all: the question that every text is
//! asked, and that nearly all answer with no.

/// Looked at together, so that the compiler compares them as one vector.
const BLOCK: usize = 32;

/// False when there is certainly nothing to undo in `bytes`.
pub(super) fn may_have_wrappers(bytes: &[u8]) -> bool {
    let blocks = bytes.chunks(BLOCK).enumerate();
    blocks
        .filter(|(_, block)| block.iter().fold(false, |any, &byte| any | is_suspect(byte)))
        .any(|(n, block)| (n * BLOCK..n * BLOCK + block.len()).any(|at| begins_wrapper(bytes, at)))
}

/// Every wrapper has one of these bytes.
#[inline]
fn is_suspect(byte: u8) -> bool {
    matches!(byte, b'%' | b'&' | b'*' | b'<' | b'[' | b'\\' | b'_' | b'`' | b'|' | b'~' | 0xE2)
}

/// A closer look at one place.
fn begins_wrapper(bytes: &[u8], at: usize) -> bool {
    let next = bytes.get(at + 1).copied().unwrap_or(b' ');
    let previous = if at > 0 { bytes[at - 1] } else { b' ' };
    let wordlike = |byte: u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
    match bytes[at] {
        b'%' => next.is_ascii_hexdigit() || next == b'u',
        b'&' => next == b'#' || next.is_ascii_alphabetic(),
        b'<' => matches!(next, b'/' | b'!') || next.is_ascii_alphabetic(),
        b'[' => matches!(next, b'/' | b'*') || next.is_ascii_alphabetic(),
        b'\\' => matches!(next, b'u' | b'U' | b'x' | b'\\'),
        b'|' | b'~' => next == bytes[at],
        // A delimiter that matters has a character of a word on one side.
        b'*' | b'_' | b'`' => wordlike(next) || wordlike(previous),
        0xE2 => next == 0x80 && matches!(bytes.get(at + 2), Some(0xAD | 0xAE)),
        _ => false,
    }
}
