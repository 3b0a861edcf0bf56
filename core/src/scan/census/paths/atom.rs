//! The characters of a text as the walk reads them, folded.

use super::super::super::relaxed::masks;
use crate::view::glyphs::glyphs;
use crate::view::props::Class;
use crate::view::table;

/// What the walk has to know of a character, as bits.
pub(super) mod is {
    pub(in super::super) const LETTER: u16 = 1;
    pub(in super::super) const DIGIT: u16 = 1 << 1;
    /// A vowel sign, which has no place of its own.
    pub(in super::super) const VOWEL: u16 = 1 << 2;
    /// White space.
    pub(in super::super) const SPACE: u16 = 1 << 3;
    pub(in super::super) const APOSTROPHE: u16 = 1 << 4;
    /// It may hide a letter.
    pub(in super::super) const MASK: u16 = 1 << 5;
    /// It may do so behind another one that does.
    pub(in super::super) const ROW_MASK: u16 = 1 << 6;
    /// It may hide the last letter of a word.
    pub(in super::super) const END_MASK: u16 = 1 << 7;
    /// It may begin a glyph of several characters.
    pub(in super::super) const DRAWN: u16 = 1 << 8;
    /// It is a letter of ASCII and can be nothing else.
    pub(in super::super) const PLAIN: u16 = 1 << 9;
    /// It is a character of ASCII that is white space or no control character.
    pub(in super::super) const ASCII: u16 = 1 << 10;
    pub(in super::super) const WORD: u16 = LETTER | DIGIT;
}

/// The [`is`] bits of a character that folds to `symbol` first.
pub(super) fn kinds(origin: char, symbol: char) -> u16 {
    let props = table::props(origin);
    let class = props.class();
    let mut kinds = match class {
        Class::Letter => is::LETTER,
        Class::VowelMark => is::LETTER | is::VOWEL,
        Class::Digit => is::DIGIT,
        Class::Space | Class::LineBreak => is::SPACE,
        _ => 0,
    };
    let flag = |on: bool, flag: u16| if on { flag } else { 0 };
    kinds |= flag(props.is_apostrophe(), is::APOSTROPHE);
    kinds |= flag(masks::may_mask(symbol, class, origin), is::MASK);
    // The same emoji again does so too.
    let again = class == Class::Emoji || masks::may_follow_mask(symbol, class);
    kinds |= flag(again, is::ROW_MASK);
    kinds |= flag(masks::may_end_word(symbol, class), is::END_MASK);
    kinds | flag(glyphs(symbol).next().is_some(), is::DRAWN)
}

/// A character of the text, folded.
#[derive(Clone, Copy)]
pub(super) struct Atom {
    pub(super) symbol: char,
    pub(super) origin: char,
    /// The first byte behind it.
    pub(super) next: u32,
    /// See [`is`].
    pub(super) kinds: u16,
    /// Marks or invisible characters stood before it.
    pub(super) hidden: bool,
}

impl Atom {
    pub(super) fn has(&self, kinds: u16) -> bool {
        self.kinds & kinds != 0
    }
}
