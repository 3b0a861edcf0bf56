//! Where a text can have wrappers at all: the question that every text is
//! asked, and that nearly all answer with nowhere.

use super::markup;

/// Bytes looked at together, which the compiler compares as one vector.
const BLOCK: usize = 16;

/// Where the next wrapper may be, from byte `from` on; nothing before it is one.
pub(super) fn find(bytes: &[u8], from: usize) -> Option<usize> {
    let (blocks, _) = bytes[from..].as_chunks::<BLOCK>();
    let mut start = from;
    for block in blocks {
        if block.iter().fold(0, |any, &byte| any | suspect(byte)) != 0
            && let Some(at) = (start..start + BLOCK).find(|&at| is_wrapper(bytes, at))
        {
            return Some(at);
        }
        start += BLOCK;
    }
    (start..bytes.len()).find(|&at| is_wrapper(bytes, at))
}

#[inline]
fn is_wrapper(bytes: &[u8], at: usize) -> bool {
    const IS_SUSPECT: [bool; 256] = {
        let mut is_suspect = [false; 256];
        let mut at = 0;
        while at < SUSPECTS.len() {
            is_suspect[SUSPECTS[at] as usize] = true;
            at += 1;
        }
        is_suspect
    };
    IS_SUSPECT[usize::from(bytes[at])] && begins_wrapper(bytes, at)
}

/// Every wrapper has one of these bytes; the last two begin `§` and the bidi controls.
const SUSPECTS: [u8; 16] = *b"%&*<[\\_`|~^{\x1B\x03\xC2\xE2";

/// 1 for a suspect. Without branches, which the compiler would not turn into
/// vectors: that is eight times as fast as a `match`.
#[inline]
fn suspect(byte: u8) -> u8 {
    SUSPECTS.iter().fold(0, |any, &other| any | u8::from(byte == other))
}

/// A closer look at one place.
fn begins_wrapper(bytes: &[u8], at: usize) -> bool {
    let next = bytes.get(at + 1).copied().unwrap_or(b' ');
    let previous = if at > 0 { bytes[at - 1] } else { b' ' };
    let wordlike = |byte: u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
    match bytes[at] {
        b'%' => next.is_ascii_hexdigit() || next == b'u',
        b'&' => next == b'#' || next.is_ascii_alphanumeric(),
        b'<' => {
            matches!(next, b'/' | b'!' | b'@' | b'#' | b':' | b'?')
                || next.is_ascii_alphabetic()
                || previous == b'!'
        }
        b'[' => markup::may_be_bbcode(&bytes[at..]) || markup::may_be_link(&bytes[at..]),
        b'\\' => {
            matches!(next, b'u' | b'U' | b'x')
                || next.is_ascii_digit()
                || next.is_ascii_punctuation()
        }
        b'|' => matches!(next, b'|' | b'c' | b'r'),
        b'~' => next == bytes[at],
        b'^' | 0x03 => next.is_ascii_digit(),
        b'{' => next.is_ascii_hexdigit(),
        0x1B => next == b'[',
        0xC2 => next == 0xA7,
        // Single delimiters matter inside words only, others in runs.
        own @ (b'*' | b'_' | b'`') => {
            next == own || previous == own || wordlike(next) && wordlike(previous)
        }
        0xE2 => next == 0x80 && matches!(bytes.get(at + 2), Some(0xAD | 0xAE)),
        _ => false,
    }
}
