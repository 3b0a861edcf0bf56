//! Where an address may have its `@`, however it is written.

use memchr::{memchr, memchr2, memchr3, memmem};

/// How the `@` of an address is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// `@`.
    Plain,
    /// `＠`, `﹫`, or as links and pages write it, `%40`, `&#64;`; of so many bytes.
    Wide(usize),
    /// What a bracket opens: `[at]`, `(at)`.
    Bracket,
    /// The word `at` between blanks; the place is that of the first blank.
    Word,
}

/// All such places of a text, for places that only move on: each search goes over the text once.
pub(super) struct Signs<'t> {
    bytes: &'t [u8],
    /// The next place of each search, behind which it goes on.
    next: [Option<usize>; SEARCHES.len()],
}

type Search = fn(&[u8]) -> Option<usize>;

const SEARCHES: [(Search, Option<Way>); 8] = [
    (|bytes| memchr3(b'@', b'[', b'(', bytes), None),
    (|bytes| memchr2(b'{', b'<', bytes), Some(Way::Bracket)),
    (|bytes| wide(bytes), Some(Way::Wide("＠".len()))),
    (|bytes| memmem::find(bytes, b"%40"), Some(Way::Wide(3))),
    (|bytes| memmem::find(bytes, b"&#64;"), Some(Way::Wide(5))),
    (|bytes| memmem::find(bytes, b"&#x40;"), Some(Way::Wide(6))),
    (|bytes| memmem::find(bytes, b" at "), Some(Way::Word)),
    (|bytes| memmem::find(bytes, b" AT "), Some(Way::Word)),
];

/// `＠` (EF BC A0) and `﹫` (EF B9 AB).
fn wide(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    while let Some(offset) = memchr(0xEF, &bytes[at..]) {
        at += offset;
        if matches!(bytes[at..], [_, 0xBC, 0xA0, ..] | [_, 0xB9, 0xAB, ..]) {
            return Some(at);
        }
        at += 1;
    }
    None
}

impl<'t> Signs<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        Self { bytes, next: SEARCHES.map(|(search, _)| search(bytes)) }
    }

    /// The next place at or behind `from`.
    pub(super) fn next(&mut self, from: usize) -> Option<(usize, Way)> {
        for (next, (search, _)) in self.next.iter_mut().zip(SEARCHES) {
            if next.is_some_and(|at| at < from) {
                *next = search(&self.bytes[from..]).map(|at| from + at);
            }
        }
        let places = self.next.iter().zip(SEARCHES);
        let (at, way) = places
            .filter_map(|(next, (_, way))| Some(((*next)?, way)))
            .min_by_key(|place| place.0)?;
        let read = if self.bytes[at] == b'@' { Way::Plain } else { Way::Bracket };
        Some((at, way.unwrap_or(read)))
    }
}
