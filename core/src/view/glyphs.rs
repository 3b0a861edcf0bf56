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
    ("][", 'i'),
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
    // Strokes and brackets begin what `|` begins.
    let mut at = 0;
    while at < 128 {
        if is_stroke(at as u8) || is_bracket(at as u8) {
            beginnings[at] |= beginnings[b'|' as usize];
        }
        at += 1;
    }
    beginnings
};

/// By character of ASCII: which of [`GLYPHS`] may go on with it behind their first.
const SECONDS: [u128; 128] = {
    let mut seconds = [0; 128];
    let mut at = 0;
    while at < GLYPHS.len() {
        let glyph = GLYPHS[at].0.as_bytes();
        let mut there = 0;
        while there < 128 {
            let stroke =
                glyph[1] == b'|' && (is_stroke(there) || glyph.len() > 2 && is_bracket(there));
            if glyph[1] == there || stroke {
                seconds[there as usize] |= 1 << at;
            }
            there += 1;
        }
        at += 1;
    }
    seconds
};

/// Signs, and letters and digits without a curve, that stand for the `|` of a glyph: `!\/!`.
const STROKES: [char; 8] = ['!', '1', 'l', '¦', '│', '┃', '∣', '❘'];

/// True for one of [`STROKES`] of ASCII.
const fn is_stroke(byte: u8) -> bool {
    matches!(byte, b'!' | b'1' | b'l')
}

/// True for brackets, which do so in glyphs of three characters or more only: `[\/]`.
const fn is_bracket(byte: u8) -> bool {
    matches!(byte, b'[' | b']' | b'(' | b')' | b'{' | b'}')
}

/// True when `there` may stand where `glyph` has the character `drawn`.
#[inline]
pub(crate) fn draws(glyph: &str, drawn: char, there: char) -> bool {
    if drawn != '|' || there == '|' {
        return drawn == there;
    }
    match u8::try_from(there) {
        Ok(byte) if byte < 128 => is_stroke(byte) || glyph.len() > 2 && is_bracket(byte),
        _ => STROKES.contains(&there),
    }
}

/// The glyphs that may begin with `first`.
#[inline]
pub(crate) fn glyphs(first: char) -> impl Iterator<Item = (&'static str, char)> {
    glyphs_among(first, u128::MAX)
}

#[inline]
fn glyphs_among(first: char, among: u128) -> impl Iterator<Item = (&'static str, char)> {
    let of = |c: char| BEGINNINGS.get(c as usize).copied();
    let beyond = || if STROKES.contains(&first) { of('|') } else { None };
    let mut bits = of(first).or_else(beyond).unwrap_or(0) & among;
    std::iter::from_fn(move || {
        let at = bits.trailing_zeros() as usize;
        bits &= bits.wrapping_sub(1);
        GLYPHS.get(at).copied()
    })
}

/// Those of them that may go on with `second`.
#[inline]
pub(crate) fn glyphs_of(first: char, second: char) -> impl Iterator<Item = (&'static str, char)> {
    let seconds = SECONDS.get(second as usize).copied().unwrap_or(u128::MAX);
    glyphs_among(first, seconds)
}

/// ASCII that hides a letter: `k*ll`. Emoji and most other symbols do too.
pub(crate) const MASKS: &str = "*#_-.%?!~^+=@$&/|";

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

/// True for one of the signs of ASCII that `list` holds.
#[inline]
pub(crate) fn is_one_of(list: &str, symbol: char) -> bool {
    symbol.is_ascii() && list.as_bytes().contains(&(symbol as u8))
}

/// Those that hide the last letter of a word too, where others end a sentence.
pub(crate) const END_MASKS: &str = "*#@$%&";

/// Those that hide a letter next to a hidden one: the others, repeated, mean something else.
pub(crate) const RUN_MASKS: &str = "*#_-%@$&!^+=~.?";

/// Those that do so in long rows.
pub(crate) const ROW_MASKS: &str = "*#_-%@$&~.";

/// Those that stand between innocent words.
pub(crate) const JOINING_MASKS: &str = "_-.?!~^+=&/–—";

/// Signs that stand beside innocent words, though they may stand for letters too.
pub(crate) const PUNCTUATION: &str = "()<>[]{}!|+#%*/\\^~.,:;-_'\"=?&";

/// Signs that open and close: what stands around letters faces them from both sides.
const PAIRS: [(char, char); 16] = [
    ('(', ')'),
    ('[', ']'),
    ('{', '}'),
    ('<', '>'),
    ('/', '\\'),
    ('«', '»'),
    ('‹', '›'),
    ('“', '”'),
    ('「', '」'),
    ('『', '』'),
    ('【', '】'),
    ('〔', '〕'),
    ('《', '》'),
    ('〈', '〉'),
    ('⟨', '⟩'),
    ('❪', '❫'),
];

/// The sign that faces `sign` from the other side of what both stand around.
pub(crate) fn mirrored(sign: char) -> char {
    let facing = PAIRS.iter().find_map(|&(open, close)| match sign {
        _ if sign == open => Some(close),
        _ if sign == close => Some(open),
        _ => None,
    });
    facing.unwrap_or(sign)
}

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
    // Russian: vowels without stress, consonants at the end of words, sounds in two letters.
    ("а", "о"),
    ("о", "а"),
    ("и", "е"),
    ("е", "и"),
    ("э", "е"),
    ("т", "д"),
    ("д", "т"),
    ("п", "б"),
    ("б", "п"),
    ("к", "г"),
    ("ф", "в"),
    ("с", "з"),
    ("з", "с"),
    ("ш", "ж"),
    ("тс", "ц"),
    ("щ", "сч"),
    ("сч", "щ"),
    // Greek: letters that have come to sound alike.
    ("ι", "η"),
    ("η", "ι"),
    ("υ", "ι"),
    ("ι", "υ"),
    ("ι", "ει"),
    ("ει", "ι"),
    ("ι", "οι"),
    ("οι", "ι"),
    ("ο", "ω"),
    ("ω", "ο"),
    ("ε", "αι"),
    ("αι", "ε"),
    // Hindi: vowels long and short, consonants that many say alike.
    ("\u{93F}", "\u{940}"),
    ("\u{940}", "\u{93F}"),
    ("\u{941}", "\u{942}"),
    ("\u{942}", "\u{941}"),
    ("\u{947}", "\u{948}"),
    ("\u{948}", "\u{947}"),
    ("\u{94B}", "\u{94C}"),
    ("\u{94C}", "\u{94B}"),
    ("इ", "ई"),
    ("ई", "इ"),
    ("उ", "ऊ"),
    ("ऊ", "उ"),
    ("स", "श"),
    ("श", "स"),
    ("श", "ष"),
    ("ष", "श"),
    ("न", "ण"),
    ("ण", "न"),
    ("ब", "व"),
    ("व", "ब"),
];

/// By character of ASCII: which of [`PHONETIC`] begin with it, one bit each.
const SOUNDS: [u128; 128] = {
    assert!(PHONETIC.len() <= 128);
    let mut sounds = [0; 128];
    let mut at = 0;
    while at < PHONETIC.len() {
        let first = PHONETIC[at].0.as_bytes()[0];
        if first < 128 {
            sounds[first as usize] |= 1 << at;
        }
        at += 1;
    }
    sounds
};

/// The others.
const SOUNDS_BEYOND: u128 = {
    let mut beyond = 0;
    let mut at = 0;
    while at < PHONETIC.len() {
        if PHONETIC[at].0.as_bytes()[0] >= 128 {
            beyond |= 1 << at;
        }
        at += 1;
    }
    beyond
};

/// True for the letters of Greek, Cyrillic and Devanagari that words are written with.
fn is_alphabet(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{52F}' | '\u{900}'..='\u{97F}')
}

/// The spellings that begin with `first`; beyond ASCII also others.
#[inline]
pub(crate) fn sounds(first: char) -> impl Iterator<Item = (&'static str, &'static str)> {
    let beyond = || if is_alphabet(first) { SOUNDS_BEYOND } else { 0 };
    let mut bits = SOUNDS.get(first as usize).copied().unwrap_or_else(beyond);
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
