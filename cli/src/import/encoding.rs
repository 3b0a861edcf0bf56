//! Files of the wild that are not UTF-8: two encodings that can be told.

/// The text of UTF-16 with a byte order mark.
pub(super) fn utf16(bytes: &[u8]) -> Option<String> {
    let (rest, little) = match bytes {
        [0xff, 0xfe, rest @ ..] => (rest, true),
        [0xfe, 0xff, rest @ ..] => (rest, false),
        _ => return None,
    };
    let (pairs, rest) = rest.as_chunks::<2>();
    let unit = |&pair: &[u8; 2]| {
        if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) }
    };
    let text: Option<String> = char::decode_utf16(pairs.iter().map(unit)).map(Result::ok).collect();
    text.filter(|text| rest.is_empty() && !text.contains(is_no_text))
}

/// The text of Windows-1252, which contains Latin-1: every byte is a character there, so what
/// holds control characters is taken for no text at all.
pub(super) fn windows_1252(bytes: &[u8]) -> Option<String> {
    let text: String = bytes.iter().map(|&byte| character(byte)).collect();
    (!text.contains(is_no_text)).then_some(text)
}

fn is_no_text(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}')
}

fn character(byte: u8) -> char {
    match byte {
        0x80..=0x9f => UPPER[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// Where Windows-1252 differs from Latin-1; what it does not define stays a control character.
const UPPER: [char; 32] = [
    '\u{20ac}', '\u{81}', '\u{201a}', '\u{192}', '\u{201e}', '\u{2026}', '\u{2020}', '\u{2021}',
    '\u{2c6}', '\u{2030}', '\u{160}', '\u{2039}', '\u{152}', '\u{8d}', '\u{17d}', '\u{8f}',
    '\u{90}', '\u{2018}', '\u{2019}', '\u{201c}', '\u{201d}', '\u{2022}', '\u{2013}', '\u{2014}',
    '\u{2dc}', '\u{2122}', '\u{161}', '\u{203a}', '\u{153}', '\u{9d}', '\u{17e}', '\u{178}',
];
