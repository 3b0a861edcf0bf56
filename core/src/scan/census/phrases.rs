//! Whether what stands behind a needle's first word can be the rest of the needle.
//!
//! First words of phrases are common words; a look at the next letters spares nearly
//! all of them the view. Only plain letters are compared here: where anything else
//! stands, the view tells.

use crate::limits::GAP;
use crate::ruleset::tables::Step;

/// False when the text of ASCII letters behind byte `at`, where the first word ended,
/// cannot be read as `rest`, the steps behind it.
pub(super) fn may_follow(text: &[u8], mut at: usize, rest: &[Step]) -> bool {
    let mut steps = rest.iter();
    let mut in_word = true;
    loop {
        let Some(step) = steps.next() else { return true };
        let last = steps.as_slice().is_empty();
        let byte = match (step, text.get(at)) {
            (Step::Star, _) => return true,
            // An apostrophe at the end may be left out.
            (Step::Apostrophe, _) if in_word && last => return true,
            (_, None) => return false,
            (_, Some(&byte)) => byte,
        };
        if !byte.is_ascii() {
            return true;
        }
        match *step {
            Step::Star => return true,
            Step::Apostrophe if in_word => return byte == b'\'',
            Step::Apostrophe => {}
            Step::Gap if is_sign(steps.as_slice().first()) => return true,
            Step::Gap => {
                let rest = &text[at..];
                let len = rest.iter().take_while(|b| is_plain_gap(**b)).count();
                let next = rest.get(len).copied().unwrap_or(b' ');
                if !next.is_ascii_alphabetic() {
                    // Something that may be a letter, or the end.
                    return len < rest.len();
                }
                if len == 0 {
                    // The last letter again.
                    return at > 0 && next.eq_ignore_ascii_case(&text[at - 1]);
                }
                if len > GAP {
                    return false;
                }
                at += len;
                in_word = false;
            }
            Step::Symbol { symbol, .. } => {
                if !symbol.is_ascii_lowercase() {
                    // A sign or digit of the pattern is itself; letters of others may be read.
                    return byte == symbol as u8 || symbol.is_alphabetic();
                }
                let lower = byte.to_ascii_lowercase();
                if lower == symbol as u8 {
                    at += 1;
                    continue;
                }
                let repeats = at > 0 && text[at - 1].to_ascii_lowercase() == lower;
                // `I` and `l` are read for one another, `vv` is drawn for `w`.
                return !lower.is_ascii_alphabetic()
                    || repeats
                    || matches!(byte, b'I' | b'l' | b'v' | b'V');
            }
        }
    }
}

/// True for a step that a gap may take for its own.
fn is_sign(step: Option<&Step>) -> bool {
    matches!(step, Some(Step::Symbol { symbol, .. }) if !symbol.is_ascii_alphanumeric())
}

/// Signs that are no letters, and white space.
fn is_plain_gap(byte: u8) -> bool {
    matches!(byte, b' ' | 9..=13 | b'.' | b',' | b';' | b':' | b'?' | b'"' | b'\'' | b'-')
}
