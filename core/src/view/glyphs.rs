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
];

/// ASCII that hides a letter: `k*ll`. Emoji and most other symbols do too.
pub(crate) const MASKS: &str = "*#_-.%?!~^+=@$&";

/// Those that hide the last letter of a word too, where others end a sentence.
pub(crate) const END_MASKS: &str = "*#@$%&";

/// Those that hide a letter next to a hidden one: the others, repeated, mean something else.
pub(crate) const RUN_MASKS: &str = "*#_-%@$&!^+=~";

/// Those that do so in long rows.
pub(crate) const ROW_MASKS: &str = "*#_-%@$&";

/// Those that stand between innocent words.
pub(crate) const JOINING_MASKS: &str = "_-.?!~^+=&";

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
    ("i", "igh"),
    ("ite", "ight"),
    ("o", "ou"),
    ("oo", "ou"),
    ("u", "o"),
    ("u", "ou"),
];
