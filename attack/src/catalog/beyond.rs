//! What no level promises to undo, kept to be honest about it.

use super::{ALL, Common};
use crate::draft::Draft;
use crate::kind::Kind;
use crate::transform::{Hand, Stage, Transform};
use std::fmt::Write;

const CIPHER: Common = Common { kinds: &[Kind::Cipher], stage: Stage::Whole, severities: ALL };
const EMBEDDED: Common = CIPHER.kinds(&[Kind::Embedded]);

pub(super) const LIST: &[Transform] = &[
    EMBEDDED.with("embedded-both", "letters glued to both ends", embedded_both, "xx"),
    EMBEDDED.with("embedded-before", "a word glued to the beginning", embedded_before, "my"),
    EMBEDDED.with("embedded-behind", "a word glued to the end", embedded_behind, "lol"),
    CIPHER.with("cipher-base64", "Base64", base64, ""),
    CIPHER.with("cipher-rot13", "each letter 13 places on", rot13, ""),
    CIPHER.with("cipher-hex", "bytes in hexadecimal", hex, ""),
    CIPHER.with("cipher-numbers", "places in the alphabet", numbers, ""),
    CIPHER.with("cipher-morse", "Morse code", morse, "\
        .- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...- .-- -..- -.-- --.."),
    CIPHER.with("cipher-pig-latin", "pig Latin", pig_latin, ""),
];

fn embedded_both(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    draft.open.push_str(hand.data);
    draft.close.insert_str(0, hand.data);
    true
}

fn embedded_before(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    draft.open.push_str(hand.data);
    true
}

fn embedded_behind(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    draft.close.insert_str(0, hand.data);
    true
}

fn base64(draft: &mut Draft, _: &mut Hand<'_>) -> bool {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let body = draft.body();
    let mut code = String::new();
    for three in body.as_bytes().chunks(3) {
        let bits = three.iter().fold(0, |bits, &byte| bits << 8 | u32::from(byte));
        let bits = bits << (8 * (3 - three.len()));
        for n in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * n)) as usize & 63];
            code.push(if n <= three.len() { char::from(digit) } else { '=' });
        }
    }
    draft.replace(code);
    true
}

fn rot13(draft: &mut Draft, _: &mut Hand<'_>) -> bool {
    let turn = |c: char| match c {
        'a'..='m' | 'A'..='M' => char::from_u32(u32::from(c) + 13).unwrap_or(c),
        'n'..='z' | 'N'..='Z' => char::from_u32(u32::from(c) - 13).unwrap_or(c),
        _ => c,
    };
    let body = draft.body();
    draft.replace(body.chars().map(turn).collect());
    true
}

fn hex(draft: &mut Draft, _: &mut Hand<'_>) -> bool {
    let mut code = String::new();
    for byte in draft.body().bytes() {
        // Writing to a string cannot fail.
        let _ = write!(code, "{byte:02x}");
    }
    draft.replace(code);
    true
}

/// The letters as places in the alphabet, when all are Latin.
fn places(draft: &Draft) -> Option<Vec<usize>> {
    let place = |c: char| c.is_ascii_alphabetic().then(|| c.to_ascii_lowercase() as usize - 97);
    draft.body().chars().filter(|c| !c.is_whitespace()).map(place).collect()
}

fn numbers(draft: &mut Draft, _: &mut Hand<'_>) -> bool {
    let Some(places) = places(draft) else { return false };
    let numbers: Vec<String> = places.iter().map(|place| (place + 1).to_string()).collect();
    draft.replace(numbers.join("-"));
    true
}

fn morse(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    let Some(places) = places(draft) else { return false };
    let codes: Vec<&str> = hand.data.split(' ').collect();
    let words: Vec<&str> = places.iter().map(|&place| codes[place]).collect();
    draft.replace(words.join(" "));
    true
}

fn pig_latin(draft: &mut Draft, _: &mut Hand<'_>) -> bool {
    let body = draft.body();
    let turn = |word: &str| match word.find(super::ops::is_vowel) {
        Some(0) | None => format!("{word}way"),
        Some(at) => format!("{}{}ay", &word[at..], &word[..at]),
    };
    draft.replace(body.split(' ').map(turn).collect::<Vec<_>>().join(" "));
    body.is_ascii()
}

#[cfg(test)]
mod tests {
    use crate::transform::{Severity, transform};

    #[test]
    fn ciphers_are_right() {
        let cipher = |id: &str, word: &str| {
            transform(id).unwrap().disguise(word, Severity::All, 1).unwrap().text
        };
        assert_eq!(cipher("cipher-base64", "darn"), "ZGFybg==");
        assert_eq!(cipher("cipher-base64", "spam it"), "c3BhbSBpdA==");
        assert_eq!(cipher("cipher-rot13", "darn"), "qnea");
        assert_eq!(cipher("cipher-hex", "darn"), "6461726e");
        assert_eq!(cipher("cipher-numbers", "darn"), "4-1-18-14");
        assert_eq!(cipher("cipher-morse", "darn"), "-.. .- .-. -.");
        assert_eq!(cipher("cipher-pig-latin", "spam it"), "amspay itway");
    }
}
