//! What kind of thing a code point is, packed into sixteen bits.
//!
//! `tamis-tools gen-tables` includes this file to write the table, the core to
//! read it: the layout has one home.

/// The kind of a code point. Every code point has exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub(crate) enum Class {
    /// Private use, unassigned.
    Other,
    /// `L*` and `Nl`, without the tatweel.
    Letter,
    /// A mark that readers do without: accents, harakat, points, enclosing marks, the tatweel.
    Mark,
    /// A mark that is a letter of its script: vowel signs, viramas, Thai tones, kana voicing.
    VowelMark,
    /// `Nd` and `No`.
    Digit,
    /// White space that breaks no line, and the Braille blank.
    Space,
    /// LF, VT, FF, CR, NEL, LS, PS.
    LineBreak,
    /// `P*`, and `S*` that is no emoji.
    Punct,
    /// Pictographs, regional indicators, skin tones; not `©`, `®`, `™`, `‼`, `⁉`, `Ⓜ`, `ℹ`.
    Emoji,
    /// Invisible: default-ignorable code points, format and control characters.
    Ignorable,
}

impl Class {
    const ALL: [Class; 10] = [
        Class::Other,
        Class::Letter,
        Class::Mark,
        Class::VowelMark,
        Class::Digit,
        Class::Space,
        Class::LineBreak,
        Class::Punct,
        Class::Emoji,
        Class::Ignorable,
    ];
}

/// The script of a code point, as far as matching and signals care.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub(crate) enum ScriptKind {
    /// Shared by scripts: digits, punctuation, symbols.
    Common,
    /// Takes the script of its base.
    Inherited,
    Latin,
    Cyrillic,
    Greek,
    Armenian,
    Georgian,
    Hebrew,
    Arabic,
    Devanagari,
    Bengali,
    Gurmukhi,
    Gujarati,
    Tamil,
    Telugu,
    Kannada,
    Malayalam,
    Sinhala,
    Thai,
    Lao,
    Khmer,
    Myanmar,
    Tibetan,
    Hangul,
    Han,
    Hiragana,
    Katakana,
    Bopomofo,
    Ethiopic,
    Cherokee,
    /// Any other script.
    Other,
}

impl ScriptKind {
    /// True where two letters make a word.
    pub(crate) const fn is_dense(self) -> bool {
        matches!(self, Self::Han | Self::Hiragana | Self::Katakana)
    }

    const ALL: [ScriptKind; 31] = [
        ScriptKind::Common,
        ScriptKind::Inherited,
        ScriptKind::Latin,
        ScriptKind::Cyrillic,
        ScriptKind::Greek,
        ScriptKind::Armenian,
        ScriptKind::Georgian,
        ScriptKind::Hebrew,
        ScriptKind::Arabic,
        ScriptKind::Devanagari,
        ScriptKind::Bengali,
        ScriptKind::Gurmukhi,
        ScriptKind::Gujarati,
        ScriptKind::Tamil,
        ScriptKind::Telugu,
        ScriptKind::Kannada,
        ScriptKind::Malayalam,
        ScriptKind::Sinhala,
        ScriptKind::Thai,
        ScriptKind::Lao,
        ScriptKind::Khmer,
        ScriptKind::Myanmar,
        ScriptKind::Tibetan,
        ScriptKind::Hangul,
        ScriptKind::Han,
        ScriptKind::Hiragana,
        ScriptKind::Katakana,
        ScriptKind::Bopomofo,
        ScriptKind::Ethiopic,
        ScriptKind::Cherokee,
        ScriptKind::Other,
    ];

    /// Whether words of this script follow each other without spaces: each
    /// letter counts as a word and patterns need no boundary. Bopomofo is not
    /// among them: it comes in short runs whose edges are Han or punctuation.
    #[inline]
    pub(crate) const fn is_unspaced(self) -> bool {
        const SET: u32 = 1 << ScriptKind::Han as u32
            | 1 << ScriptKind::Hiragana as u32
            | 1 << ScriptKind::Katakana as u32
            | 1 << ScriptKind::Thai as u32
            | 1 << ScriptKind::Lao as u32
            | 1 << ScriptKind::Khmer as u32
            | 1 << ScriptKind::Myanmar as u32
            | 1 << ScriptKind::Tibetan as u32;
        SET >> self as u32 & 1 != 0
    }

    /// Whether this names one script, and not something scripts share.
    #[inline]
    pub(crate) const fn is_specific(self) -> bool {
        !matches!(self, ScriptKind::Common | ScriptKind::Inherited)
    }
}

/// The properties of one code point.
///
/// Bits: class 0–3, script 4–8, then one flag each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub(crate) struct Props(u16);

impl Props {
    const SCRIPT_SHIFT: u32 = 4;
    /// `Uppercase`, or a titlecase letter.
    pub(crate) const UPPER: u16 = 1 << 9;
    /// `Cased`.
    pub(crate) const CASED: u16 = 1 << 10;
    /// Any of the apostrophes that are one.
    pub(crate) const APOSTROPHE: u16 = 1 << 11;
    /// May end a sentence.
    pub(crate) const SENTENCE_END: u16 = 1 << 12;
    /// A closing quote or bracket.
    pub(crate) const CLOSING: u16 = 1 << 13;
    /// A joiner or variation selector: changes how its neighbours look.
    pub(crate) const JOINER: u16 = 1 << 14;
    /// Its fold is not just itself.
    pub(crate) const FOLDS: u16 = 1 << 15;

    /// What the table stores for an entry.
    #[inline]
    pub(crate) const fn from_bits(bits: u16) -> Self {
        Self(bits)
    }

    /// The entry for a code point of this class and script, without flags.
    pub(crate) const fn new(class: Class, script: ScriptKind) -> Self {
        Self(class as u16 | (script as u16) << Self::SCRIPT_SHIFT)
    }

    /// The same with `flag` set when `on`.
    #[must_use]
    pub(crate) const fn with(self, flag: u16, on: bool) -> Self {
        if on { Self(self.0 | flag) } else { self }
    }

    #[inline]
    pub(crate) const fn bits(self) -> u16 {
        self.0
    }

    #[inline]
    const fn has(self, flag: u16) -> bool {
        self.0 & flag != 0
    }

    #[inline]
    pub(crate) const fn class(self) -> Class {
        // The mask keeps the index inside for the compiler; the table's test keeps it honest.
        const CLASSES: [Class; 16] = {
            let mut classes = [Class::Other; 16];
            let mut i = 0;
            while i < Class::ALL.len() {
                classes[i] = Class::ALL[i];
                i += 1;
            }
            classes
        };
        CLASSES[(self.0 & 15) as usize]
    }

    #[inline]
    pub(crate) const fn script(self) -> ScriptKind {
        const SCRIPTS: [ScriptKind; 32] = {
            let mut scripts = [ScriptKind::Other; 32];
            let mut i = 0;
            while i < ScriptKind::ALL.len() {
                scripts[i] = ScriptKind::ALL[i];
                i += 1;
            }
            scripts
        };
        SCRIPTS[(self.0 >> Self::SCRIPT_SHIFT & 31) as usize]
    }

    #[inline]
    const fn is_any(self, classes: u16) -> bool {
        classes >> (self.0 & 15) & 1 != 0
    }

    #[inline]
    pub(crate) const fn is_letter(self) -> bool {
        self.is_any(1 << Class::Letter as u16)
    }

    #[inline]
    pub(crate) const fn is_digit(self) -> bool {
        self.is_any(1 << Class::Digit as u16)
    }

    /// A letter or a mark that is one.
    #[inline]
    pub(crate) const fn is_letter_like(self) -> bool {
        self.is_any(1 << Class::Letter as u16 | 1 << Class::VowelMark as u16)
    }

    /// A mark of either sort.
    #[inline]
    pub(crate) const fn is_mark(self) -> bool {
        self.is_any(1 << Class::Mark as u16 | 1 << Class::VowelMark as u16)
    }

    /// Part of a word: a letter, mark or digit.
    #[inline]
    pub(crate) const fn is_word(self) -> bool {
        self.is_any(
            1 << Class::Letter as u16
                | 1 << Class::Mark as u16
                | 1 << Class::VowelMark as u16
                | 1 << Class::Digit as u16,
        )
    }

    /// White space, line breaks included.
    #[inline]
    pub(crate) const fn is_space(self) -> bool {
        self.is_any(1 << Class::Space as u16 | 1 << Class::LineBreak as u16)
    }

    /// What may stand in the gap of a phrase: white space and punctuation.
    #[inline]
    pub(crate) const fn is_gap(self) -> bool {
        self.is_any(
            1 << Class::Space as u16 | 1 << Class::LineBreak as u16 | 1 << Class::Punct as u16,
        )
    }

    #[inline]
    pub(crate) const fn is_line_break(self) -> bool {
        self.is_any(1 << Class::LineBreak as u16)
    }

    #[inline]
    pub(crate) const fn is_emoji(self) -> bool {
        self.is_any(1 << Class::Emoji as u16)
    }

    #[inline]
    pub(crate) const fn is_ignorable(self) -> bool {
        self.is_any(1 << Class::Ignorable as u16)
    }

    /// Upper or title case, also of symbols such as `Ⓐ`.
    #[inline]
    pub(crate) const fn is_upper(self) -> bool {
        self.has(Self::UPPER)
    }

    #[inline]
    pub(crate) const fn is_cased(self) -> bool {
        self.has(Self::CASED)
    }

    /// `'`, `’`, `‘`, `ʼ`, `＇` or `ʹ`: one and the same in patterns.
    #[inline]
    pub(crate) const fn is_apostrophe(self) -> bool {
        self.has(Self::APOSTROPHE)
    }

    /// A character that ends a sentence where the rules around it agree.
    #[inline]
    pub(crate) const fn is_sentence_end(self) -> bool {
        self.has(Self::SENTENCE_END)
    }

    /// A quote or bracket that may follow the end of a sentence.
    #[inline]
    pub(crate) const fn is_closing(self) -> bool {
        self.has(Self::CLOSING)
    }

    /// ZWJ, ZWNJ or a variation selector.
    #[inline]
    pub(crate) const fn is_joiner(self) -> bool {
        self.has(Self::JOINER)
    }

    /// Whether the fold is more, less or other than the code point itself.
    #[inline]
    pub(crate) const fn folds(self) -> bool {
        self.has(Self::FOLDS)
    }
}
