//! Escapes of addresses, programs, style sheets and Markdown: `%66`, `%u0066`, `\u0066`,
//! `\u{66}`, `\x66`, `\146`, `\000066`, `\*`.

use super::super::piece::Piece;
use super::links::is_letter;
use super::{Undone, symbol};

/// The escape at a `%`: bytes of UTF-8, or a UTF-16 unit in the old style.
pub(super) fn percent(rest: &[Piece]) -> Option<Undone> {
    if symbol(rest, 1) == 'u' { utf16(rest) } else { utf8(rest, 1) }
}

/// The escape at a backslash.
pub(super) fn backslash(rest: &[Piece]) -> Option<Undone> {
    match symbol(rest, 1) {
        'u' if symbol(rest, 2) == '{' => braced(rest),
        'u' => utf16(rest),
        'U' => Some(Undone::one(10, scalar(hex(rest, 2, 8)?)?)),
        'x' => utf8(rest, 2).or_else(|| latin1(rest)),
        // An escaped backslash that begins an escape inside an escape.
        '\\' if matches!(symbol(rest, 2), 'u' | 'U' | 'x') => {
            backslash(&rest[1..]).map(|_| Undone::one(2, '\\'))
        }
        '\\' => None,
        // Markdown takes a sign for itself behind a backslash; inside a word, not in a face.
        c if c.is_ascii_punctuation() => {
            let inside = symbol(rest, 2) == '\\' || is_letter(symbol(rest, 2));
            inside.then(|| Undone::one(2, c))
        }
        '0'..='9' => style_sheet(rest).or_else(|| octal(rest)),
        _ => None,
    }
}

/// `\000066`.
fn style_sheet(rest: &[Piece]) -> Option<Undone> {
    let zeros = symbol(rest, 1) == '0' && symbol(rest, 2) == '0';
    scalar(hex(rest, 1, 6).filter(|_| zeros)?).map(|c| Undone::one(7, c))
}

/// `\146`: ASCII in three digits.
fn octal(rest: &[Piece]) -> Option<Undone> {
    let digits = (1..4).map(|at| symbol(rest, at).to_digit(8));
    let number = digits.reduce(|number, digit| Some(number? << 3 | digit?))??;
    scalar(number).filter(char::is_ascii).map(|c| Undone::one(4, c))
}

/// The number that `len` hexadecimal digits at `at` write.
fn hex(rest: &[Piece], at: usize, len: usize) -> Option<u32> {
    (at..at + len).try_fold(0, |number: u32, at| Some(number << 4 | symbol(rest, at).to_digit(16)?))
}

/// A character that may be escaped on purpose: not a control character.
fn scalar(number: u32) -> Option<char> {
    char::from_u32(number).filter(|c| !c.is_control() || c.is_ascii_whitespace())
}

/// `\u{66}`, with any number of zeros before it.
fn braced(rest: &[Piece]) -> Option<Undone> {
    const FIRST: usize = 3;
    let mut len = FIRST;
    let mut number = 0_u32;
    while let Some(digit) = symbol(rest, len).to_digit(16) {
        number = number.saturating_mul(16).saturating_add(digit);
        len += 1;
    }
    if len == FIRST || symbol(rest, len) != '}' {
        return None;
    }
    scalar(number).map(|c| Undone::one(len + 1, c))
}

/// Four digits behind two characters of prefix; surrogates only in pairs.
fn utf16(rest: &[Piece]) -> Option<Undone> {
    const LEN: usize = 6;
    let first = hex(rest, 2, 4)?;
    if !(0xD800..0xDC00).contains(&first) {
        return scalar(first).map(|c| Undone::one(LEN, c));
    }
    let same_prefix = (0..2).all(|at| symbol(rest, LEN + at) == symbol(rest, at));
    let second = hex(rest, LEN + 2, 4).filter(|n| same_prefix && (0xDC00..0xE000).contains(n))?;
    let number = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
    scalar(number).map(|c| Undone::one(2 * LEN, c))
}

/// One character of UTF-8, each byte as two digits behind a prefix as long as the first.
fn utf8(rest: &[Piece], prefix: usize) -> Option<Undone> {
    let step = prefix + 2;
    let byte = |n: usize| {
        let same_prefix = (0..prefix).all(|at| symbol(rest, n * step + at) == symbol(rest, at));
        if same_prefix { hex(rest, n * step + prefix, 2) } else { None }
    };
    let mut bytes = [byte(0)? as u8, 0, 0, 0];
    let len = match bytes[0] {
        0..=0x7F => 1,
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    for (n, place) in bytes.iter_mut().enumerate().take(len).skip(1) {
        *place = byte(n)? as u8;
    }
    let c = std::str::from_utf8(&bytes[..len]).ok()?.chars().next()?;
    scalar(c as u32).map(|c| Undone::one(len * step, c))
}

/// `\xE9` where it is no UTF-8: programs read the number of the character.
fn latin1(rest: &[Piece]) -> Option<Undone> {
    scalar(hex(rest, 2, 2)?).map(|c| Undone::one(4, c))
}
