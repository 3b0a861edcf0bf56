//! Chunks of Chinese and Japanese that are characters and signs as they stand: one look-up each.
//!
//! Nothing begins in most of them; only where the first character of a needle
//! stands is asked further. What is more than that is left to [`super::chunks`].

use super::anywhere::Anywhere;
use super::chunks::{ends_words, may_wrap};
use super::look::Look;
use super::paths::{Paths, is_own};
use super::words::{Bitmap, SymbolHash};
use super::{Sight, symbols};
use crate::view::alphabets;
use crate::view::chars;
use crate::view::glyphs::glyphs;
use crate::view::props::Class;
use crate::view::reading::ReadingKind;
use crate::view::table;
use std::ops::Range;
use std::sync::LazyLock;

/// Ideographs and what stands between them and kana.
const MAIN: Range<u32> = 0x3100..0xA000;
/// Signs and kana.
const KANA: Range<u32> = 0x3000..0x3100;
/// ASCII and what signs there are beside it.
const BASIC: Range<u32> = 0..0x100;
/// Dashes, quotation marks and the like.
const GENERAL: Range<u32> = 0x2000..0x2080;
/// Signs of full width.
const FULL: Range<u32> = 0xFF00..0xFF80;

/// What a character is here.
mod kind {
    /// More than this file knows of.
    pub(super) const OTHER: u8 = 0;
    /// A sign that begins nothing.
    pub(super) const SIGN: u8 = 1;
    /// One that begins nothing where only such follow.
    pub(super) const ENDING: u8 = 2;
    /// A letter of a script without spaces that is nothing but itself and begins nothing.
    pub(super) const LETTER: u8 = 3;
    /// One that begins something.
    pub(super) const FIRST: u8 = 4;
    /// Beside these: behind a gate it is read as a letter of another script.
    pub(super) const LOOKS: u8 = 8;
}

/// What begins with which character, as it is or disguised.
#[derive(Debug, Default)]
pub(super) struct Cjk {
    /// The letters of [`MAIN`] that something begins with, one bit each; none where it is none.
    firsts: Box<[u64]>,
    /// By code point of the other ranges; see [`kind`].
    kana: Box<[u8]>,
    basic: Box<[u8]>,
    general: Box<[u8]>,
    full: Box<[u8]>,
    /// Two letters that something begins with.
    pairs: Bitmap,
}

/// Stands for any letter behind one that is a word by itself.
const ANYTHING: char = '\0';
/// No letter.
const END: u32 = 0x20;

/// The letters of [`MAIN`] that are nothing but themselves.
static LETTERS: LazyLock<Box<[u8]>> = LazyLock::new(|| MAIN.map(letter).collect());

impl Cjk {
    pub(super) fn new(at_words: &Paths, inside: &Paths, anywhere: &Anywhere) -> Self {
        let sign = |code: u32| sign(code, [at_words, inside], anywhere.paths());
        let signs = |range: Range<u32>| range.map(sign).collect();
        let letter_or_sign = |code: u32| match letter(code) {
            kind::OTHER => sign(code),
            letter => letter,
        };
        let mut this = Self {
            kana: KANA.map(letter_or_sign).collect(),
            basic: signs(BASIC),
            general: signs(GENERAL),
            full: signs(FULL),
            ..Self::default()
        };
        let mut pairs = Vec::new();
        for paths in [at_words, inside, anywhere.paths()] {
            paths.each_beginning(|first, second| {
                if this.begin(first) {
                    pairs.push(pair(first, second.unwrap_or(ANYTHING)));
                }
            });
        }
        this.pairs = Bitmap::of_hashes(pairs.len(), pairs.into_iter());
        this
    }

    /// Notes that something begins with a letter; false for what is none.
    fn begin(&mut self, first: char) -> bool {
        let code = u32::from(first);
        if let Some(kind) = self.kana.get_mut(code.wrapping_sub(KANA.start) as usize) {
            let is_letter = *kind & !kind::LOOKS >= kind::LETTER;
            *kind = if is_letter { *kind & kind::LOOKS | kind::FIRST } else { *kind };
            return is_letter;
        }
        let is_letter = MAIN.contains(&code) && letter(code) != kind::OTHER;
        if is_letter {
            if self.firsts.is_empty() {
                self.firsts = vec![0; MAIN.len().div_ceil(64)].into();
            }
            let place = (code - MAIN.start) as usize;
            self.firsts[place >> 6] |= 1 << (place & 63);
        }
        is_letter
    }

    /// What a character is; `letters` are [`LETTERS`].
    #[inline(always)]
    fn kind(&self, code: u32, letters: &[u8]) -> u8 {
        let (kinds, start) = match code {
            0x3100..0xA000 => {
                let place = (code - MAIN.start) as usize;
                let first =
                    self.firsts.get(place >> 6).is_some_and(|bits| bits >> (place & 63) & 1 != 0);
                // What is first is a letter.
                let first = if first { kind::LETTER ^ kind::FIRST } else { 0 };
                return letters[place] ^ first;
            }
            0..0x800 => (&self.basic, BASIC.start),
            0x800..0x3000 => (&self.general, GENERAL.start),
            0x3000..0x3100 => (&self.kana, KANA.start),
            _ => (&self.full, FULL.start),
        };
        kinds.get(code.wrapping_sub(start) as usize).copied().unwrap_or(kind::OTHER)
    }

    /// Whether something may begin with two letters, or with the first of them twice.
    #[inline]
    fn may_begin(&self, first: u32, second: u32) -> bool {
        let [first, second] = [first, second].map(|code| char::from_u32(code).unwrap_or(ANYTHING));
        first == second
            || self.pairs.may_have_hash(pair(first, second))
            || self.pairs.may_have_hash(pair(first, ANYTHING))
    }

    /// Whether something may begin behind no gate with the ideograph at byte `at`.
    #[inline]
    pub(super) fn may_begin_at(&self, text: &str, at: usize) -> bool {
        let code = |at: usize| read(text.as_bytes(), at).map_or(0, |(code, _)| code);
        let (first, second) = (code(at), code(at + 3));
        let letters = &LETTERS;
        let kind = |code| self.kind(code, letters) & !kind::LOOKS;
        // What is behind no plain letter may be anything.
        kind(first) != kind::LETTER
            && (kind(first) != kind::FIRST
                || kind(second) < kind::LETTER
                || self.may_begin(first, second))
    }

    pub(super) fn memory_usage(&self) -> usize {
        let kinds = [&self.kana, &self.basic, &self.general, &self.full];
        kinds.iter().map(|kinds| kinds.len()).sum::<usize>()
            + self.firsts.len() * 8
            + self.pairs.memory_usage()
    }
}

/// The code point at byte `at` of UTF-8 and how many bytes it takes, up to three.
#[inline(always)]
fn read(bytes: &[u8], at: usize) -> Option<(u32, usize)> {
    let next = |n: usize| u32::from(bytes.get(at + n).copied().unwrap_or_default() & 0x3F);
    match *bytes.get(at)? {
        lead @ 0xE0..0xF0 => Some((u32::from(lead & 0xF) << 12 | next(1) << 6 | next(2), 3)),
        lead @ 0..0x80 => Some((u32::from(lead), 1)),
        lead @ 0xC0..0xE0 => Some((u32::from(lead & 0x1F) << 6 | next(1), 2)),
        _ => None,
    }
}

fn pair(first: char, second: char) -> SymbolHash {
    SymbolHash::of([first, second].into_iter())
}

/// [`kind::LETTER`] for what is one, with [`kind::LOOKS`] where it has readings.
fn letter(code: u32) -> u8 {
    match char::from_u32(code) {
        Some(c) if is_plain_letter(c) && table::readings(c).len() > 0 => kind::LETTER | kind::LOOKS,
        Some(c) if is_plain_letter(c) => kind::LETTER,
        _ => kind::OTHER,
    }
}

/// True for a letter of a script without spaces that is nothing else but behind a gate.
fn is_plain_letter(c: char) -> bool {
    let props = table::props(c);
    props.class() == Class::Letter
        && props.script().is_unspaced()
        && symbols::each(c, |symbol| symbol == c)
        && table::readings(c).all(|r| r.kind() == ReadingKind::LookAlike && !is_own(c, r))
        && !alphabets::is_odd(c)
        && glyphs(c).next().is_none()
        && !chars::is_voicing(c)
}

/// True for a sign that folds to no letter and changes nothing around it.
fn is_sign(c: char) -> bool {
    let shows_sign = |symbol| !(table::props(symbol).is_word() || matches!(symbol, '#' | '@'));
    matches!(table::props(c).class(), Class::Punct | Class::Space | Class::Other)
        && !chars::is_voicing(c)
        && !may_wrap(c)
        && symbols::each(c, shows_sign)
}

/// What a character is if it is no letter: `relaxed` are the disguised needles, `plain` those
/// that are found as they are.
fn sign(code: u32, relaxed: [&Paths; 2], plain: &Paths) -> u8 {
    let Some(c) = char::from_u32(code).filter(|&c| is_sign(c)) else { return kind::OTHER };
    match relaxed.iter().any(|paths| paths.may_begin_with(c)) {
        _ if plain.may_begin_with(c) => kind::OTHER,
        true if ends_words(c) => kind::ENDING,
        true => kind::OTHER,
        false => kind::SIGN,
    }
}

impl Look<'_> {
    /// Reads the characters of `start..end`; false, with nothing noted, where one is more than
    /// this file knows of.
    pub(super) fn cjk(&mut self, start: usize, end: usize, sight: &mut Sight) -> bool {
        if self.gate {
            return false;
        }
        let cjk = &self.census.cjk;
        let bytes = &self.text.as_bytes()[..end];
        let mut places = std::mem::take(&mut sight.wide.places);
        places.clear();
        let seen = cjk.places(bytes, start, end < self.text.len(), &mut places);
        if let Some(looks) = seen {
            self.foreign = true;
            sight.wide.see_unspaced(looks);
            for &place in &places {
                self.cjk_place(place as usize, sight);
            }
        }
        sight.wide.places = places;
        seen.is_some()
    }

    /// Asks what begins at a letter.
    #[inline(never)]
    fn cjk_place(&self, at: usize, sight: &mut Sight) {
        self.start(at, sight);
        let anywhere = self.census.anywhere.paths();
        let asked = sight.saw.anywhere && !self.long;
        if !asked
            && !anywhere.is_empty()
            && anywhere.survive(self.text, at, false, &mut sight.walks)
        {
            sight.see_anywhere(at);
        }
    }
}

impl Cjk {
    /// Adds where something may begin in `bytes` from `start` on, and tells whether letters look
    /// like those of other scripts; `None` where a character is more than this file knows of.
    #[inline]
    fn places(
        &self,
        bytes: &[u8],
        start: usize,
        goes_on: bool,
        places: &mut Vec<u32>,
    ) -> Option<bool> {
        let letters = &LETTERS;
        let mut at = start;
        let mut all = 0;
        let mut first = None;
        let mut ended = false;
        while at < bytes.len() {
            let (code, len) = read(bytes, at)?;
            let known = self.kind(code, letters);
            let kind = known & !kind::LOOKS;
            all |= known;
            if let Some((before, place)) = first.take()
                && (kind < kind::LETTER || self.may_begin(before, code))
            {
                places.push(place);
            }
            match kind {
                kind::OTHER => return None,
                kind::ENDING => ended = true,
                _ if ended => return None,
                kind::FIRST => first = Some((code, at as u32)),
                _ => {}
            }
            at += len;
        }
        // At the end of a text only what is a word by itself.
        let last = first.filter(|&(first, _)| goes_on || self.may_begin(first, END));
        places.extend(last.map(|(_, place)| place));
        Some(all & kind::LOOKS != 0)
    }
}
