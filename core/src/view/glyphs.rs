//! Hand lists of how several characters stand for letters: drawn glyphs, masks,
//! and spellings that sound alike.
//!
//! Short on purpose: each line costs false positives. What the lists mean is
//! told by `docs/evasion.md`.

/// Sequences of characters that draw a letter. Compared with folded symbols;
/// the longest need not win, every one that fits is tried.
pub(crate) const GLYPHS: &[(&str, char)] = &[
    ("/\\", 'a'),
    ("/-\\", 'a'),
    ("/=\\", 'a'),
    ("|3", 'b'),
    ("|8", 'b'),
    ("|>", 'd'),
    ("|)", 'd'),
    ("[)", 'd'),
    ("[-", 'e'),
    ("|=", 'f'),
    ("|-|", 'h'),
    ("]-[", 'h'),
    ("}-{", 'h'),
    (")-(", 'h'),
    ("(-)", 'h'),
    ("_|", 'j'),
    ("|<", 'k'),
    ("|{", 'k'),
    ("|(", 'k'),
    ("|_", 'l'),
    ("|\\/|", 'm'),
    ("/\\/\\", 'm'),
    ("^^", 'm'),
    ("|v|", 'm'),
    ("(v)", 'm'),
    ("|\\|", 'n'),
    ("/\\/", 'n'),
    ("()", 'o'),
    ("[]", 'o'),
    ("|*", 'p'),
    ("|°", 'p'),
    ("|o", 'p'),
    ("|2", 'r'),
    ("|?", 'r'),
    ("/2", 'r'),
    ("'|'", 't'),
    ("-|-", 't'),
    ("']['", 't'),
    ("|_|", 'u'),
    ("(_)", 'u'),
    ("\\_/", 'u'),
    ("[_]", 'u'),
    ("\\/", 'v'),
    ("\\/\\/", 'w'),
    ("\\|/", 'w'),
    ("|/\\|", 'w'),
    ("vv", 'w'),
    ("><", 'x'),
    ("}{", 'x'),
    (")(", 'x'),
    ("`/", 'y'),
    ("'/", 'y'),
    ("7_", 'z'),
    // Cyrillic.
    ("|3", 'в'),
    ("}|{", 'ж'),
    (">|<", 'ж'),
    (")|(", 'ж'),
    ("|/|", 'и'),
    ("|\\|", 'и'),
    ("|<", 'к'),
    ("|{", 'к'),
    ("|(", 'к'),
    ("/\\", 'л'),
    ("|\\/|", 'м'),
    ("/\\/\\", 'м'),
    ("|v|", 'м'),
    ("|-|", 'н'),
    ("()", 'о'),
    ("[]", 'о'),
    ("|7", 'п'),
    ("|^|", 'п'),
    ("|o", 'р'),
    ("|*", 'р'),
    ("'|'", 'т'),
    ("-|-", 'т'),
    ("`/", 'у'),
    ("'/", 'у'),
    ("(|)", 'ф'),
    ("<|>", 'ф'),
    ("><", 'х'),
    (")(", 'х'),
    ("}{", 'х'),
    ("|_|,", 'ц'),
    ("'-|", 'ч'),
    ("|_|_|", 'ш'),
    ("|_|_|,", 'щ'),
    ("b|", 'ы'),
    ("|-()", 'ю'),
    ("|-o", 'ю'),
    ("<|", 'я'),
    // Greek.
    ("/_\\", 'δ'),
    ("|-|", 'η'),
    ("|<", 'κ'),
    ("/\\", 'λ'),
    ("|\\/|", 'μ'),
    ("\\/", 'ν'),
    ("()", 'ο'),
    ("|o", 'ρ'),
    ("'|'", 'τ'),
    ("(|)", 'φ'),
    ("><", 'χ'),
    ("\\|/", 'ψ'),
];

/// By character of ASCII: which of [`GLYPHS`] begin with it, one bit each.
const BEGINNINGS: [u128; 128] = {
    assert!(GLYPHS.len() <= 128);
    let mut beginnings = [0; 128];
    let mut at = 0;
    while at < GLYPHS.len() {
        let first = GLYPHS[at].0.as_bytes()[0];
        assert!(first < 128);
        beginnings[first as usize] |= 1 << at;
        at += 1;
    }
    beginnings
};

/// Signs, and letters and digits without a curve, that stand for the `|` of a glyph: `!\/!`.
const STROKES: &str = "!1l¦│┃∣❘";
/// Those that do so in glyphs of three characters or more only: `[\/]`.
const BRACKETS: &str = "[](){}";

/// True when `there` may stand where `glyph` has the character `drawn`.
#[inline]
pub(crate) fn draws(glyph: &str, drawn: char, there: char) -> bool {
    drawn == there
        || drawn == '|' && (STROKES.contains(there) || glyph.len() > 2 && BRACKETS.contains(there))
}

/// The glyphs that may begin with `first`.
#[inline]
pub(crate) fn glyphs(first: char) -> impl Iterator<Item = (&'static str, char)> {
    let of = |c: char| BEGINNINGS.get(c as usize).copied().unwrap_or(0);
    let stroke = STROKES.contains(first) || BRACKETS.contains(first);
    let mut bits = of(first) | if stroke { of('|') } else { 0 };
    std::iter::from_fn(move || {
        let at = bits.trailing_zeros() as usize;
        bits &= bits.wrapping_sub(1);
        GLYPHS.get(at).copied()
    })
}

/// ASCII that hides a letter: `k*ll`. Emoji and most other symbols do too.
pub(crate) const MASKS: &str = "*#_-.%?!~^+=@$&/";

/// [`MASKS`] as bits.
const MASK_BITS: u128 = {
    let mut bits = 0;
    let mut at = 0;
    while at < MASKS.len() {
        bits |= 1 << MASKS.as_bytes()[at];
        at += 1;
    }
    bits
};

/// True for one of [`MASKS`].
#[inline]
pub(crate) const fn is_ascii_mask(symbol: char) -> bool {
    symbol.is_ascii() && MASK_BITS >> symbol as u32 & 1 != 0
}

/// Those that hide the last letter of a word too, where others end a sentence.
pub(crate) const END_MASKS: &str = "*#@$%&";

/// Those that hide a letter next to a hidden one: the others, repeated, mean something else.
pub(crate) const RUN_MASKS: &str = "*#_-%@$&!^+=~";

/// Those that do so in long rows.
pub(crate) const ROW_MASKS: &str = "*#_-%@$&";

/// Those that stand between innocent words.
pub(crate) const JOINING_MASKS: &str = "_-.?!~^+=&/–—";

/// Signs that stand beside innocent words, though they may stand for letters too.
pub(crate) const PUNCTUATION: &str = "()<>[]{}!|+#%*/\\^~.,:;-_'\"=?&";

/// Spellings that sound alike: what the text has, what the pattern has.
pub(crate) const PHONETIC: &[(&str, &str)] = &[
    ("ph", "f"),
    ("f", "ph"),
    ("f", "gh"),
    ("k", "c"),
    ("c", "k"),
    ("k", "ck"),
    ("ck", "k"),
    ("q", "ck"),
    ("q", "k"),
    ("x", "ck"),
    ("x", "cks"),
    ("x", "ks"),
    ("kk", "ck"),
    ("z", "s"),
    ("s", "z"),
    ("zz", "ss"),
    ("u", "oo"),
    ("oo", "u"),
    ("a", "er"),
    ("ah", "er"),
    ("y", "i"),
    ("i", "y"),
    ("ee", "i"),
    ("i", "ee"),
    ("ee", "ea"),
    ("ie", "y"),
    ("ey", "y"),
    ("v", "f"),
    ("v", "u"),
    ("sh", "ch"),
    ("g", "j"),
    ("j", "g"),
    ("wh", "w"),
    ("w", "wh"),
    ("n", "kn"),
    ("r", "wr"),
    // They sound like nothing, but are put in place of what they look like, or of a vowel.
    ("rn", "m"),
    ("nn", "m"),
    ("cl", "d"),
    ("x", "a"),
    ("x", "e"),
    ("x", "i"),
    ("x", "o"),
    ("x", "u"),
    ("i", "igh"),
    ("ite", "ight"),
    ("o", "ou"),
    ("oo", "ou"),
    ("u", "o"),
    ("u", "ou"),
    ("l", "i"),
    ("ah", "a"),
    ("aw", "o"),
    ("oh", "o"),
    ("oe", "o"),
    ("oa", "o"),
    ("uh", "u"),
    ("uh", "er"),
    ("ur", "er"),
    ("eh", "e"),
    ("h", "wh"),
    ("sch", "sh"),
    ("c", "ck"),
    ("d", "t"),
    ("v", "w"),
    ("f", "th"),
];

/// By character of ASCII: which of [`PHONETIC`] begin with it, one bit each.
const SOUNDS: [u128; 128] = {
    assert!(PHONETIC.len() <= 128);
    let mut sounds = [0; 128];
    let mut at = 0;
    while at < PHONETIC.len() {
        sounds[PHONETIC[at].0.as_bytes()[0] as usize] |= 1 << at;
        at += 1;
    }
    sounds
};

/// The spellings that begin with `first`.
#[inline]
pub(crate) fn sounds(first: char) -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut bits = SOUNDS.get(first as usize).copied().unwrap_or(0);
    std::iter::from_fn(move || {
        let at = bits.trailing_zeros() as usize;
        bits &= bits.wrapping_sub(1);
        PHONETIC.get(at).copied()
    })
}

/// ASCII letters that are others upside down: what the text has, what it is read as. Only in
/// words with a letter that is nothing but upside down.
pub(crate) const TURNED: &[(char, char)] = &[
    ('b', 'q'),
    ('d', 'p'),
    ('m', 'w'),
    ('n', 'u'),
    ('p', 'd'),
    ('q', 'b'),
    ('u', 'n'),
    ('w', 'm'),
];
