//! One folded symbol of a text, with the way back to the bytes it came from.

use super::props::{Class, ScriptKind};

/// A folded symbol and what stands around it in the original text.
///
/// Code points that expand (`ﬁ`, `ß`, Hangul syllables) make several units that
/// share one raw span; marks and variation selectors belong to the unit before
/// them; invisible characters make none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unit {
    /// The folded symbol.
    pub(crate) symbol: char,
    /// The code point it was folded from.
    pub(crate) origin: char,
    /// First byte of the code point in the original text.
    pub(crate) raw_start: u32,
    /// One past the last byte of the code point and of the marks that belong to it.
    pub(crate) raw_end: u32,
    /// Number of the word it is in, or of the next word if it is in none.
    pub(crate) word: u32,
    /// Where its symbol starts in the folded text, in bytes.
    pub(crate) folded: u32,
    /// Where its marks start in [`super::View::marks`].
    pub(crate) marks: u32,
    /// How many marks it has.
    pub(crate) mark_count: u8,
    /// What kind of symbol it is.
    pub(crate) class: Class,
    /// Its script.
    pub(crate) script: ScriptKind,
    /// See [`Flags`].
    pub(crate) flags: Flags,
}

/// What is known of a unit beside its symbol.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Flags(pub(crate) u16);

impl Flags {
    /// Reached through a compatibility mapping.
    pub(crate) const COMPAT: Flags = Flags(1);
    /// Not the first symbol of its code point.
    pub(crate) const CONTINUES: Flags = Flags(1 << 1);
    /// Continues a Hangul syllable, composed or in jamo.
    pub(crate) const IN_SYLLABLE: Flags = Flags(1 << 2);
    /// Invisible characters stand between this unit and the one before.
    pub(crate) const AFTER_INVISIBLE: Flags = Flags(1 << 3);
    /// One emoji with the unit before: behind a zero width joiner, or the second half
    /// of a flag.
    pub(crate) const JOINED: Flags = Flags(1 << 4);
    /// Upper or title case in the original.
    pub(crate) const UPPER: Flags = Flags(1 << 5);
    /// Inside a hashtag or @name.
    pub(crate) const IN_TAG: Flags = Flags(1 << 6);
    /// The last character of a sentence.
    pub(crate) const SENTENCE_END: Flags = Flags(1 << 7);
    /// The line break that ends a blank line.
    pub(crate) const BLANK_LINE: Flags = Flags(1 << 8);
    /// An apostrophe, of any form.
    pub(crate) const APOSTROPHE: Flags = Flags(1 << 9);
    /// A line feed that only completes the carriage return before it.
    pub(crate) const AFTER_CR: Flags = Flags(1 << 10);
    /// An apostrophe that joins the letters around it into one word.
    pub(crate) const JOINS_WORD: Flags = Flags(1 << 11);

    /// Invisible characters stand between its base and its marks.
    pub(crate) const INVISIBLE_INSIDE: Flags = Flags(1 << 12);
    /// Was a tag character, which does not show.
    pub(crate) const HIDDEN: Flags = Flags(1 << 13);
    /// Came out of a wrapper.
    pub(crate) const DECODED: Flags = Flags(1 << 14);
    /// Between this unit and the one before stood markup that was left out, or
    /// something invisible that came out of a wrapper.
    pub(crate) const BEHIND_WRAPPER: Flags = Flags(1 << 15);

    #[inline]
    pub(crate) fn has(self, flag: Flags) -> bool {
        self.0 & flag.0 != 0
    }

    #[inline]
    pub(crate) fn set(&mut self, flag: Flags) {
        self.0 |= flag.0;
    }
}

impl Unit {
    #[inline]
    pub(crate) fn has(&self, flag: Flags) -> bool {
        self.flags.has(flag)
    }

    /// A letter, a vowel sign or a digit: what words are made of.
    #[inline]
    pub(crate) fn is_word(&self) -> bool {
        matches!(self.class, Class::Letter | Class::VowelMark | Class::Digit)
    }

    /// A letter or a mark that is a letter of its script.
    #[inline]
    pub(crate) fn is_letter(&self) -> bool {
        matches!(self.class, Class::Letter | Class::VowelMark)
    }

    /// Not the first of its character: of a ligature, of a syllable.
    #[inline]
    pub(crate) fn is_inner(&self) -> bool {
        self.has(Flags::CONTINUES) || self.has(Flags::IN_SYLLABLE)
    }

    /// Not a letter of its own to the eye: inner, or a vowel sign of the one before.
    #[inline]
    pub(crate) fn is_attached(&self) -> bool {
        self.is_inner() || self.class == Class::VowelMark
    }

    /// Something was decoded to have this unit here; `inside` a match what stood before
    /// it counts too.
    #[inline]
    pub(crate) fn is_decoded(&self, inside: bool) -> bool {
        self.has(Flags::DECODED) || inside && self.has(Flags::BEHIND_WRAPPER)
    }

    /// What may stand between the words of a phrase.
    #[inline]
    pub(crate) fn is_gap(&self) -> bool {
        matches!(self.class, Class::Space | Class::LineBreak | Class::Punct)
    }
}
