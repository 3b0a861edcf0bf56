//! International bank account numbers.

use super::context::Words;
use super::{Doc, text};

pub(super) const DOC: Doc = Doc {
    name: "iban",
    what: "An international bank account number: a country that issues them, digits \
           and letters as that country lays them out and the check digits of ISO 7064. Letters may be of any case; digits \
           may be grouped with spaces, hyphens or dots. Behind the word `IBAN` the country and the layout may be any, with \
           the check digits right.",
    example: "{ entity: iban }",
    regions: &[],
    valid: &[
        ("pay to GB33BUKB20201555555555.", &["GB33BUKB20201555555555"]),
        ("GB33 BUKB 2020 1555 5555 55 please", &["GB33 BUKB 2020 1555 5555 55"]),
        ("iban:de75512108001245126199", &["de75512108001245126199"]),
        ("NO83-3000-1234-567", &["NO83-3000-1234-567"]),
        ("DE89.3704.0044.0532.0130.00", &["DE89.3704.0044.0532.0130.00"]),
        ("IT 60 X 05428 11101 000000123456", &["IT 60 X 05428 11101 000000123456"]),
        ("IR330620000000202901868005", &["IR330620000000202901868005"]),
        ("my IBAN is ZZ1812345678901234, ok", &["ZZ1812345678901234"]),
        ("IBAN GB26 VQJS 6984 4409 0775 3 please", &["GB26 VQJS 6984 4409 0775 3"]),
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
        "ZZ1812345678901234",
        "IBAN ZZ1912345678901234",
        "GB26 VQJS 6984 4409 0775 3",
    ],
    look_alike: &[
        "AGB33BUKB20201555555555",
        "GB33BUKB20201555555555X",
        "NO83 is a road, 3000 1234 are not",
        "DE12",
    ],
};

/// What follows the check digits, by country, also of those that issue numbers and are not in the
/// registry (Iran, Morocco, much of West Africa): so many digits (`n`), letters (`a`) or either (`c`).
const LAYOUTS: [(&[u8; 2], &str); 111] = [
    (b"AD", "n8c12"),
    (b"AE", "n19"),
    (b"AL", "n8c16"),
    (b"AO", "n21"),
    (b"AT", "n16"),
    (b"AZ", "a4c20"),
    (b"BA", "n16"),
    (b"BE", "n12"),
    (b"BF", "c2n22"),
    (b"BG", "a4n6c8"),
    (b"BH", "a4c14"),
    (b"BI", "n23"),
    (b"BJ", "c2n22"),
    (b"BR", "n23c2"),
    (b"BY", "c4n4c16"),
    (b"CF", "n23"),
    (b"CG", "n23"),
    (b"CH", "n5c12"),
    (b"CI", "c2n22"),
    (b"CM", "n23"),
    (b"CR", "n18"),
    (b"CV", "n21"),
    (b"CY", "n8c16"),
    (b"CZ", "n20"),
    (b"DE", "n18"),
    (b"DJ", "n23"),
    (b"DK", "n14"),
    (b"DO", "c4n20"),
    (b"DZ", "n22"),
    (b"EE", "n16"),
    (b"EG", "n25"),
    (b"ES", "n20"),
    (b"FI", "n14"),
    (b"FK", "a2n12"),
    (b"FO", "n14"),
    (b"FR", "n10c11n2"),
    (b"GA", "n23"),
    (b"GB", "a4n14"),
    (b"GE", "a2n16"),
    (b"GI", "a4c15"),
    (b"GL", "n14"),
    (b"GQ", "n23"),
    (b"GR", "n7c16"),
    (b"GT", "c24"),
    (b"GW", "c2n19"),
    (b"HN", "a4n20"),
    (b"HR", "n17"),
    (b"HU", "n24"),
    (b"IE", "a4n14"),
    (b"IL", "n19"),
    (b"IQ", "a4n15"),
    (b"IR", "n22"),
    (b"IS", "n22"),
    (b"IT", "a1n10c12"),
    (b"JO", "a4n4c18"),
    (b"KM", "n23"),
    (b"KW", "a4c22"),
    (b"KZ", "n3c13"),
    (b"LB", "n4c20"),
    (b"LC", "a4c24"),
    (b"LI", "n5c12"),
    (b"LT", "n16"),
    (b"LU", "n3c13"),
    (b"LV", "a4c13"),
    (b"LY", "n21"),
    (b"MA", "n24"),
    (b"MC", "n10c11n2"),
    (b"MD", "c20"),
    (b"ME", "n18"),
    (b"MG", "n23"),
    (b"MK", "n3c10n2"),
    (b"ML", "c2n22"),
    (b"MN", "n16"),
    (b"MR", "n23"),
    (b"MT", "a4n5c18"),
    (b"MU", "a4n19a3"),
    (b"MZ", "n21"),
    (b"NE", "a2n22"),
    (b"NI", "a4n20"),
    (b"NL", "a4n10"),
    (b"NO", "n11"),
    (b"OM", "n3c16"),
    (b"PK", "a4c16"),
    (b"PL", "n24"),
    (b"PS", "a4c21"),
    (b"PT", "n21"),
    (b"QA", "a4c21"),
    (b"RO", "a4c16"),
    (b"RS", "n18"),
    (b"RU", "n14c15"),
    (b"SA", "n2c18"),
    (b"SC", "a4n20a3"),
    (b"SD", "n14"),
    (b"SE", "n20"),
    (b"SI", "n15"),
    (b"SK", "n20"),
    (b"SM", "a1n10c12"),
    (b"SN", "c2n22"),
    (b"SO", "n19"),
    (b"ST", "n21"),
    (b"SV", "a4n20"),
    (b"TD", "n23"),
    (b"TG", "a2n22"),
    (b"TL", "n19"),
    (b"TN", "n20"),
    (b"TR", "n6c16"),
    (b"UA", "n6c19"),
    (b"VA", "n18"),
    (b"VG", "a4n16"),
    (b"XK", "n16"),
    (b"YE", "a4n4c18"),
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

/// True when the digit at `at` is inside of a number.
pub(super) fn covers(text: &str, at: usize) -> bool {
    let mut start = text::floor(text, at.saturating_sub(LONGEST));
    while let Some(offset) = text.as_bytes()[start..at].iter().position(u8::is_ascii_digit) {
        let digit = start + offset;
        let end = country_before(text, digit).and_then(|start| number_at(text, start));
        if end.is_some_and(|end| end > at) {
            return true;
        }
        start = digit + 1;
    }
    false
}

/// The most bytes that a number has before its last digit: 34 and separators between groups.
const LONGEST: usize = 48;

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
    listed(text, start).or_else(|| unlisted(text, start))
}

/// A number as its country lays them out.
fn listed(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let country = [bytes[start].to_ascii_uppercase(), bytes[start + 1].to_ascii_uppercase()];
    let row = LAYOUTS.binary_search_by_key(&&country, |row| row.0).ok()?;
    let layout = LAYOUTS[row].1;
    let wanted = 4 + parts(layout).map(|(_, len)| len).sum::<usize>();
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
                let number = &number[..len];
                let valid = is_laid_out(&number[4..], layout) && is_checked(number);
                return (valid && text::closes(text, end)).then_some(end);
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

/// A number of another country or length that is called an IBAN right before and has the check
/// digits of one: the registry grows, and one in a hundred others would pass.
fn unlisted(text: &str, start: usize) -> Option<usize> {
    if !NAMED.before(text, start, WINDOW) {
        return None;
    }
    let mut number = [0; 34];
    let mut len = 0;
    let mut separated = true;
    let near = &text[start..text::floor(text, start + LONGEST)];
    for (offset, c) in near.char_indices() {
        if c.is_ascii_alphanumeric() && len < number.len() {
            number[len] = c.to_ascii_uppercase() as u8;
            len += 1;
            separated = false;
            let end = start + offset + 1;
            if len >= SHORTEST && text::closes(text, end) && is_checked(&number[..len]) {
                return Some(end);
            }
        } else if separated || !(c == '.' || text::is_dash(c) || text::is_blank(c)) {
            return None;
        } else {
            separated = true;
        }
    }
    None
}

/// The word right before a number.
const NAMED: Words = Words { whole: &["iban", "ibans"], unspaced: &[] };
const WINDOW: usize = 24;
/// The characters of the shortest number of any country.
const SHORTEST: usize = 15;

/// The kinds and lengths of a layout.
fn parts(layout: &str) -> impl Iterator<Item = (u8, usize)> {
    let kinds = |c: char| c.is_ascii_lowercase();
    let lens = layout.split(kinds).skip(1).map(|len| len.parse().expect("a length"));
    layout.bytes().filter(u8::is_ascii_lowercase).zip(lens)
}

/// Digits and letters stand where the country has them: words of a sentence seldom do.
fn is_laid_out(account: &[u8], layout: &str) -> bool {
    let mut at = 0;
    parts(layout).all(|(kind, len)| {
        let part = &account[at..at + len];
        at += len;
        match kind {
            b'n' => part.iter().all(u8::is_ascii_digit),
            b'a' => part.iter().all(u8::is_ascii_alphabetic),
            _ => true,
        }
    })
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
    use super::{LAYOUTS, parts};

    #[test]
    fn countries_are_in_order() {
        assert!(LAYOUTS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        let len = |layout| 4 + parts(layout).map(|(_, len)| len).sum::<usize>();
        assert!(LAYOUTS.iter().all(|row| (15..=34).contains(&len(row.1))));
    }
}
