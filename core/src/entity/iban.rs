//! International bank account numbers.

use super::{Doc, text};

pub(super) const DOC: Doc = Doc {
    name: "iban",
    what: "An international bank account number: a country that issues them, the length of \
           that country and the check digits of ISO 7064. Letters may be of any case; digits \
           may be grouped with spaces, hyphens or dots.",
    example: "{ entity: iban }",
    regions: &[],
    valid: &[
        ("pay to GB33BUKB20201555555555.", &["GB33BUKB20201555555555"]),
        ("GB33 BUKB 2020 1555 5555 55 please", &["GB33 BUKB 2020 1555 5555 55"]),
        ("iban:de75512108001245126199", &["de75512108001245126199"]),
        ("NO83-3000-1234-567", &["NO83-3000-1234-567"]),
        ("DE89.3704.0044.0532.0130.00", &["DE89.3704.0044.0532.0130.00"]),
        ("IT 60 X 05428 11101 000000123456", &["IT 60 X 05428 11101 000000123456"]),
        (
            "MT31MALT01100000000000000000123 or FR7630006000011234567890189",
            &["MT31MALT01100000000000000000123", "FR7630006000011234567890189"],
        ),
    ],
    invalid: &[
        "GB33BUKB20201555555556",
        "GB33BUKB2020155555555",
        "GB33BUKB202015555555550",
        "XX33BUKB20201555555555",
        "GB00BUKB20201555555555",
    ],
    look_alike: &[
        "AGB33BUKB20201555555555",
        "GB33BUKB20201555555555X",
        "NO83 is a road, 3000 1234 are not",
        "DE12",
    ],
};

/// The length of each country's numbers, by country.
const LENGTHS: [(&[u8; 2], u8); 89] = [
    (b"AD", 24),
    (b"AE", 23),
    (b"AL", 28),
    (b"AT", 20),
    (b"AZ", 28),
    (b"BA", 20),
    (b"BE", 16),
    (b"BG", 22),
    (b"BH", 22),
    (b"BI", 27),
    (b"BR", 29),
    (b"BY", 28),
    (b"CH", 21),
    (b"CR", 22),
    (b"CY", 28),
    (b"CZ", 24),
    (b"DE", 22),
    (b"DJ", 27),
    (b"DK", 18),
    (b"DO", 28),
    (b"EE", 20),
    (b"EG", 29),
    (b"ES", 24),
    (b"FI", 18),
    (b"FK", 18),
    (b"FO", 18),
    (b"FR", 27),
    (b"GB", 22),
    (b"GE", 22),
    (b"GI", 23),
    (b"GL", 18),
    (b"GR", 27),
    (b"GT", 28),
    (b"HN", 28),
    (b"HR", 21),
    (b"HU", 28),
    (b"IE", 22),
    (b"IL", 23),
    (b"IQ", 23),
    (b"IS", 26),
    (b"IT", 27),
    (b"JO", 30),
    (b"KW", 30),
    (b"KZ", 20),
    (b"LB", 28),
    (b"LC", 32),
    (b"LI", 21),
    (b"LT", 20),
    (b"LU", 20),
    (b"LV", 21),
    (b"LY", 25),
    (b"MC", 27),
    (b"MD", 24),
    (b"ME", 22),
    (b"MK", 19),
    (b"MN", 20),
    (b"MR", 27),
    (b"MT", 31),
    (b"MU", 30),
    (b"NI", 28),
    (b"NL", 18),
    (b"NO", 15),
    (b"OM", 23),
    (b"PK", 24),
    (b"PL", 28),
    (b"PS", 29),
    (b"PT", 25),
    (b"QA", 29),
    (b"RO", 24),
    (b"RS", 22),
    (b"RU", 33),
    (b"SA", 24),
    (b"SC", 31),
    (b"SD", 18),
    (b"SE", 24),
    (b"SI", 19),
    (b"SK", 24),
    (b"SM", 27),
    (b"SO", 23),
    (b"ST", 25),
    (b"SV", 28),
    (b"TL", 23),
    (b"TN", 24),
    (b"TR", 26),
    (b"UA", 29),
    (b"VA", 22),
    (b"VG", 24),
    (b"XK", 20),
    (b"YE", 30),
];

pub(super) fn find(text: &str, add: &mut impl FnMut(usize, usize)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    // Country and check digits: the first digit has two letters before it.
    while let Some(offset) = bytes[at..].iter().position(u8::is_ascii_digit) {
        let digit = at + offset;
        at = digit + 1;
        let found =
            country_before(text, digit).and_then(|start| Some((start, number_at(text, start)?)));
        if let Some((start, end)) = found {
            add(start, end);
            at = end;
        }
    }
}

/// The start of the two letters before the digit at `digit`, perhaps with a separator behind
/// them as in `IT 60 X 05428 …`.
fn country_before(text: &str, digit: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let end = digit - usize::from(text[..digit].ends_with([' ', '-', '.']));
    let start = end.checked_sub(2)?;
    let letters = bytes[start..end].iter().all(u8::is_ascii_alphabetic);
    (letters && text::opens(text, start)).then_some(start)
}

/// The end of a number that starts at `start`.
fn number_at(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let country = [bytes[start].to_ascii_uppercase(), bytes[start + 1].to_ascii_uppercase()];
    let row = LENGTHS.binary_search_by_key(&&country, |row| row.0).ok()?;
    let wanted = usize::from(LENGTHS[row].1);
    let mut number = [0; 34];
    let mut len = 0;
    let mut separated = true;
    for (offset, c) in text[start..].char_indices() {
        if c.is_ascii_alphanumeric() {
            number[len] = c.to_ascii_uppercase() as u8;
            len += 1;
            separated = false;
            if len == wanted {
                let end = start + offset + 1;
                return (text::closes(text, end) && is_checked(&number[..len])).then_some(end);
            }
        } else if !text::is_invisible(c) {
            let separates = c == '.' || text::is_dash(c) || text::is_blank(c);
            if separated || !separates {
                return None;
            }
            separated = true;
        }
    }
    None
}

/// The check digits of ISO 7064: the number, read as one integer, is 1 modulo 97.
fn is_checked(number: &[u8]) -> bool {
    if !number[2..4].iter().all(u8::is_ascii_digit)
        || matches!(&number[2..4], b"00" | b"01" | b"99")
    {
        return false;
    }
    let moved = number[4..].iter().chain(&number[..4]);
    let remainder = moved.fold(0u32, |sum, &b| match b {
        b'0'..=b'9' => (sum * 10 + u32::from(b - b'0')) % 97,
        _ => (sum * 100 + u32::from(b - b'A') + 10) % 97,
    });
    remainder == 1
}

#[cfg(test)]
mod tests {
    use super::LENGTHS;

    #[test]
    fn countries_are_in_order() {
        assert!(LENGTHS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(LENGTHS.iter().all(|row| (15..=34).contains(&row.1)));
    }
}
