//! HTML character references: `&amp;`, `&#102;`, `&#x66;`.

use super::super::piece::Piece;
use super::super::table;
use super::{Undone, symbol};

/// What browsers read for numbers 0x80 to 0x9F, which pages written in
/// Windows-1252 mean; NUL where that has no character.
const WINDOWS_1252: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘',
    '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

/// The reference at the start of `rest`.
pub(super) fn read(rest: &[Piece]) -> Option<Undone> {
    if symbol(rest, 1) == '#' { numeric(rest) } else { named(rest) }
}

/// With or without the semicolon, as browsers read it.
fn numeric(rest: &[Piece]) -> Option<Undone> {
    let (first, radix) = if matches!(symbol(rest, 2), 'x' | 'X') { (3, 16) } else { (2, 10) };
    let mut len = first;
    let mut number = 0_u32;
    while let Some(digit) = symbol(rest, len).to_digit(radix) {
        number = number.saturating_mul(radix).saturating_add(digit);
        len += 1;
    }
    if len == first {
        return None;
    }
    len += usize::from(symbol(rest, len) == ';');
    character(number).map(|c| Undone::one(len, c))
}

/// The character of that number, if it is one that a text may have.
fn character(number: u32) -> Option<char> {
    let c = match number {
        0x80..=0x9F => WINDOWS_1252[number as usize - 0x80],
        _ => char::from_u32(number)?,
    };
    (!c.is_ascii_control() || c.is_ascii_whitespace()).then_some(c)
}

/// Only with the semicolon: without it `&copy` may be half of an address.
fn named(rest: &[Piece]) -> Option<Undone> {
    let mut name = [0; table::LONGEST_REFERENCE];
    let mut len = 0;
    loop {
        match symbol(rest, len + 1) {
            ';' => break,
            c if c.is_ascii_alphanumeric() => *name.get_mut(len)? = c as u8,
            _ => return None,
        }
        len += 1;
    }
    let text = table::named_reference(&name[..len])?;
    Some(Undone { len: len + 2, text: text.map(|c| (c != '\0').then_some(c)) })
}
