//! How many words a stretch of a text has, without a view of it.

use std::ops::Range;

/// What a character is to words.
const LETTER: u8 = 1;
const DIGIT: u8 = 1 << 1;
const APOSTROPHE: u8 = 1 << 2;
const SPACE: u8 = 1 << 3;
/// Only a view can tell.
const ODD: u8 = 1 << 4;

const KINDS: [u8; 128] = {
    let mut kinds = [0; 128];
    let mut byte = 0;
    while byte < 128 {
        kinds[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => LETTER,
            b'0'..=b'9' => DIGIT,
            b'\'' => APOSTROPHE,
            9..=13 | b' ' => SPACE,
            0..=31 | 127 => ODD,
            _ => 0,
        };
        byte += 1;
    }
    kinds
};

/// What the character of that code point is to words.
#[inline]
fn kind(code: u32) -> u8 {
    KINDS.get(code as usize).copied().unwrap_or(ODD)
}

/// The words of `len` characters, which begin and end between words, as a view numbers them.
/// `code` tells the code point of one, or any beyond ASCII for what is no character of it;
/// `chunk` counts the words between two spaces where there is anything but printable ASCII.
pub(super) fn words(
    len: usize,
    code: impl Fn(usize) -> u32,
    mut chunk: impl FnMut(Range<usize>) -> u32,
) -> u32 {
    let (mut words, mut at) = (0, 0);
    // Of the chunk at hand: where it begins, and how many words were counted before it.
    let (mut start, mut before) = (0, 0);
    let (mut last, mut inside) = (SPACE, false);
    while at < len {
        let here = kind(code(at));
        if here & ODD != 0 {
            let end = (at..len).find(|&at| kind(code(at)) & SPACE != 0).unwrap_or(len);
            words = before + chunk(start..end);
            (start, before, at) = (end, words, end);
            (last, inside) = (SPACE, false);
            continue;
        }
        let word = here & (LETTER | DIGIT) != 0;
        let joins = here & APOSTROPHE != 0
            && inside
            && last & LETTER != 0
            && at + 1 < len
            && kind(code(at + 1)) & LETTER != 0;
        words += u32::from(word && !inside);
        inside = word || joins;
        if here & SPACE != 0 {
            (start, before) = (at, words);
        }
        last = here;
        at += 1;
    }
    words
}
