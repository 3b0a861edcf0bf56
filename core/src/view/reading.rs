//! How a code point may be read as letters of another kind, packed into 32 bits.
//!
//! `tamis-tools gen-tables` includes this file to write the table, as it does
//! with `props.rs`. Readings are directed: a text's `а` (Cyrillic) may be read
//! as `a` of a pattern; what a pattern says is never read as something else.

/// The alphabet that a reading is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub(crate) enum Target {
    /// `a`–`z` and `0`–`9`.
    Latin,
    Cyrillic,
    Greek,
    /// The letters of Arabic, for those of other languages that write with it.
    Arabic,
}

impl Target {
    pub(crate) const ALL: [Target; 4] =
        [Target::Latin, Target::Cyrillic, Target::Greek, Target::Arabic];
}

/// Why a code point can be read that way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub(crate) enum ReadingKind {
    /// It is that letter in another dress: circled, squared, small capital,
    /// flag half. No language writes words with these, so no gate is needed.
    Styled,
    /// A letter of the same alphabet with a stroke, hook or tail that Unicode
    /// does not decompose, or two letters in one: `ø`, `ł`, `ı`, `æ`.
    Variant,
    /// It looks like that letter, but is a symbol or belongs to another script.
    LookAlike,
    /// That letter turned upside down.
    Turned,
    /// A tag character: that letter made invisible.
    Hidden,
    /// A digit or sign that writers put for the letter: `3`, `@`, `$`.
    Leet,
}

impl ReadingKind {
    pub(crate) const ALL: [ReadingKind; 6] = [
        ReadingKind::Styled,
        ReadingKind::Variant,
        ReadingKind::LookAlike,
        ReadingKind::Turned,
        ReadingKind::Hidden,
        ReadingKind::Leet,
    ];
}

/// One reading of one code point.
///
/// Bits: target 0–1, kind 2–4, doubt 5–6, length 8–11, start in the pool 12 and up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub(crate) struct Reading(u32);

impl Reading {
    pub(crate) const fn new(
        target: Target,
        kind: ReadingKind,
        doubt: u8,
        start: usize,
        len: usize,
    ) -> Self {
        debug_assert!(doubt < 4 && len < 16 && start < 1 << 20);
        Self(
            target as u32
                | (kind as u32) << 2
                | (doubt as u32) << 5
                | (len as u32) << 8
                | (start as u32) << 12,
        )
    }

    #[inline]
    pub(crate) const fn from_bits(bits: u32) -> Self {
        Self(bits)
    }

    #[inline]
    pub(crate) const fn bits(self) -> u32 {
        self.0
    }

    #[inline]
    pub(crate) const fn target(self) -> Target {
        match self.0 & 3 {
            0 => Target::Latin,
            1 => Target::Cyrillic,
            2 => Target::Greek,
            _ => Target::Arabic,
        }
    }

    #[inline]
    pub(crate) const fn kind(self) -> ReadingKind {
        match self.0 >> 2 & 7 {
            0 => ReadingKind::Styled,
            1 => ReadingKind::Variant,
            2 => ReadingKind::LookAlike,
            3 => ReadingKind::Turned,
            4 => ReadingKind::Hidden,
            _ => ReadingKind::Leet,
        }
    }

    /// How far the eye must be helped: 0 not at all, 1 hardly, 2 somewhat,
    /// 3 only among letters that already make a word.
    #[inline]
    pub(crate) const fn doubt(self) -> u8 {
        (self.0 >> 5 & 3) as u8
    }

    /// Where its symbols are in the pool.
    #[inline]
    pub(super) const fn pool_range(self) -> std::ops::Range<usize> {
        let start = (self.0 >> 12) as usize;
        start..start + (self.0 >> 8 & 15) as usize
    }
}
