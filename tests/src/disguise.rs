//! Patterns and texts made by disguising them, and texts that are nearly that.
//!
//! A disguise is a list of small changes, one for each letter, and one to the
//! whole: proptest can take them away one by one. Words are mild.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::LazyLock;
use tamis::internals;

/// What is looked for: words of every length, phrases, digits, marks, wildcards,
/// apostrophes, and words of other scripts.
const PATTERNS: &[&str] = &[
    "kill",
    "darn",
    "spam",
    "heck",
    "moon",
    "kiss",
    "vow",
    "fox",
    "ass",
    "kit",
    "ok",
    "killer",
    "loser",
    "phone",
    "backer",
    "assess",
    "kill yourself",
    "go away",
    "good night all",
    "the rapist",
    "don't",
    "he'll go",
    "l33t",
    "1488",
    "c3po",
    "año",
    "ñandu",
    "pâté",
    "k*ll",
    "kill*",
    "*kill",
    "f-word",
    "a b c",
    "дурак",
    "сок",
    "черт",
    "κακος",
    "ζεστη",
    "كلب",
    "हेलो",
    "你好",
    "大灰狼",
    "ばか",
    "さくら",
    "바보",
    "고등어",
    "मादर",
    "Kill",
    "SS",
    "aeon",
    "mood",
    "xx yy zz ww",
];

/// What stands beside a disguise.
const AROUND: &[&str] = &[
    "",
    "",
    "",
    " ",
    " ",
    " the ",
    ". ",
    "!",
    "s",
    "x",
    "1",
    "69",
    "l",
    " l ",
    "-",
    "'",
    "\n\n",
    "привет как дела ",
    " hello all ",
    "#",
    "@",
    "www.",
    ".com/",
    "k ",
    "*",
    "_",
    "…",
    "я",
    "你",
    " e",
    ".l",
    "😀",
    "\u{200B}",
    "\u{301}",
    "I",
    "'ll",
    " what you are ",
    " уоu һаvе ",
    " сосК ",
    "...",
];

/// What stands between letters.
const GAPS: &[&str] = &[
    " ",
    " ",
    ".",
    "-",
    "_",
    "  ",
    " - ",
    "\n",
    "😀",
    ", ",
    "*",
    "|",
    "…",
    "           ",
    "/",
    "\n\n",
    "'",
    "==",
    "...",
    ">!",
    "(",
    "“",
    "1",
    "18",
    "😀😀",
    ". ",
    "()",
    "[]",
];

/// Every code point that may be read as a letter, by that letter.
static READ_AS: LazyLock<BTreeMap<String, Vec<char>>> = LazyLock::new(|| {
    let mut read_as: BTreeMap<String, Vec<char>> = BTreeMap::new();
    for c in '\0'..=char::MAX {
        for reading in internals::readings(c) {
            read_as.entry(reading.letters.iter().collect()).or_default().push(c);
        }
    }
    read_as
});

/// The letters of `READ_AS` that are upside down.
static TURNED: LazyLock<BTreeMap<String, Vec<char>>> = LazyLock::new(|| {
    let turned = |c: &char| internals::readings(*c).iter().any(|r| r.kind == "turned");
    let all = READ_AS.iter();
    all.map(|(letter, list)| (letter.clone(), list.iter().copied().filter(turned).collect()))
        .collect()
});

/// A change to one letter: what to do, and which of the ways.
type Change = (u8, u16);

/// What a disguise does to the whole.
type Shape = (u8, &'static str, &'static str);

/// A pattern with options, a policy level, and a text that disguises it.
pub fn disguised() -> impl Strategy<Value = (Value, String)> {
    let options = prop_oneof![
        6 => Just(json!({})),
        2 => Just(json!({ "boundary": "any" })),
        1 => Just(json!({ "case": "sensitive" })),
        2 => Just(json!({ "veto": false })),
    ];
    let level = select(&["exact", "fold", "standard", "standard", "strong", "strong"][..]);
    let change = prop_oneof![5 => Just((0, 0)), 4 => (1_u8..34, any::<u16>())];
    let changes = proptest::collection::vec(change, 20);
    let gaps = (select(GAPS), select(GAPS));
    let shape = (0_u8..24, gaps).prop_map(|(shape, (a, b))| (shape, a, b));
    let around = (select(AROUND), select(AROUND), select(AROUND), select(AROUND));
    (select(PATTERNS), options, level, changes, shape, around).prop_map(
        |(pattern, options, level, changes, shape, (a, b, c, d))| {
            let mut entry = options.as_object().cloned().unwrap_or_default();
            entry.insert("text".to_owned(), pattern.into());
            entry.insert("evasion".to_owned(), level.into());
            let text = disguise(pattern, &changes, shape);
            (Value::Object(entry), format!("{a}{b}{text}{c}{d}"))
        },
    )
}

/// Ordinary words, some of which begin patterns.
const PLAIN: &[&str] = &[
    "the", "a", "I", "go", "we", "kil", "l", "ph", "of", "spa", "he", "it's", "don't", "look", "x",
];

/// A pattern, and a text of plain words with a slip of the pen or two in it: what `strong`
/// looks for where nothing is odd.
pub fn slipped() -> impl Strategy<Value = (Value, String)> {
    let veto = any::<bool>();
    let slip = (0_u8..9, any::<u16>());
    let slips = proptest::collection::vec(slip, 1..3);
    let around = proptest::collection::vec(select(PLAIN), 0..3);
    let words = (around.clone(), around);
    let signs = select(&[" ", " ", " ", ", ", ". ", "! ", " (", "\n", "' "][..]);
    (select(PATTERNS), veto, slips, words, signs).prop_map(
        |(pattern, veto, slips, (before, behind), sign)| {
            let entry = json!({ "text": pattern, "evasion": "strong", "veto": veto });
            let mut letters: Vec<char> = pattern.chars().filter(|&c| c != '*').collect();
            for (what, which) in slips {
                slip_in(&mut letters, what, usize::from(which));
            }
            let word: String = letters.into_iter().collect();
            (entry, [before.join(" "), word, behind.join(" ")].join(sign))
        },
    )
}

/// One slip of the pen.
fn slip_in(letters: &mut Vec<char>, what: u8, which: usize) {
    let at = which % letters.len().max(1);
    match what {
        0 | 1 if letters.len() > 2 => drop(letters.remove(at)),
        2 | 3 if at + 1 < letters.len() => letters.swap(at, at + 1),
        4 => letters.insert(at, ' '),
        5 => letters.insert(at, letters[at]),
        6 => *letters = letters.iter().flat_map(|&c| [c, ' ']).collect(),
        7 => letters.insert(at, '\''),
        _ => {
            let mut written: Vec<String> = letters.iter().map(char::to_string).collect();
            sounds(&mut written, which);
            *letters = written.concat().chars().collect();
        }
    }
}

/// `pattern`, disguised.
fn disguise(pattern: &str, changes: &[Change], (shape, gap, other): Shape) -> String {
    let mut letters: Vec<String> =
        pattern.chars().zip(changes.iter().cycle()).map(|(c, &change)| letter(c, change)).collect();
    match shape {
        0 => return letters.join(gap),
        1 if letters.len() > 2 => letters.insert(letters.len() / 2, gap.to_owned()),
        2 if letters.len() > 2 => {
            letters.insert(2, other.to_owned());
            letters.insert(1, gap.to_owned());
        }
        3 => letters.retain(|letter| letter != " "),
        4 => letters.reverse(),
        5 if letters.len() > 3 => letters.swap(2, 3),
        6 | 12 if letters.len() > 3 => drop(letters.remove(3)),
        7 => {
            letters.retain(|letter| letter != " ");
            return letters.join(gap);
        }
        8 => {
            return format!(
                "\u{202E}{}\u{202C}",
                letters.concat().chars().rev().collect::<String>()
            );
        }
        9 => sounds(&mut letters, gap.len()),
        10 if letters.len() > 4 => letters.swap(1, 2),
        11 if letters.len() > 2 => {
            letters.insert(2, gap.chars().rev().map(internals::mirrored).collect());
            letters.insert(1, gap.to_owned());
        }
        _ => {}
    }
    letters.concat()
}

/// One letter, changed.
fn letter(c: char, (what, which): Change) -> String {
    let which = usize::from(which);
    let pick = |list: &[char]| list.get(which % list.len().max(1)).copied();
    let read_as = |c: char| pick(READ_AS.get(&c.to_string()).map_or(&[], Vec::as_slice));
    match what {
        1 => c.to_uppercase().collect(),
        2 => [c, c].iter().collect(),
        3 => c.to_string().repeat(3 + which % 3),
        4..=8 => read_as(c).unwrap_or(c).to_string(),
        9 => "1!|3450$@7+".chars().nth(which % 11).unwrap_or(c).to_string(),
        10 => format!("{c}\u{301}"),
        11 => format!("\u{200B}{c}"),
        12 => internals::masks().chars().nth(which % 30).unwrap_or('*').to_string(),
        13 => "😀".repeat(1 + which % 2),
        14 => {
            let drawn: Vec<&str> =
                internals::glyphs().iter().filter(|g| g.1 == c).map(|g| g.0).collect();
            drawn.get(which % drawn.len().max(1)).map_or(c.to_string(), |&g| g.to_owned())
        }
        15 if c.is_ascii_graphic() => char::from_u32(0xE0000 + c as u32).unwrap_or(c).to_string(),
        16 if c.is_ascii_graphic() => char::from_u32(0xFEE0 + c as u32).unwrap_or(c).to_string(),
        17 => format!("&#{};", c as u32),
        18 if c.is_ascii() => format!("%{:02x}", c as u32),
        19 => format!("<b>{c}</b>"),
        20 => format!("**{c}**"),
        21 => format!("{c}{c}\u{301}"),
        22 => format!("{c}.{c}"),
        23 => format!("\\u{:04x}", c as u32),
        25 => {
            let (open, close) =
                [("[", "](x.y)"), ("<a:b|", ">"), (">!", "!<"), ("<![CDATA[", "]]>")][which % 4];
            format!("{open}{c}{close}")
        }
        26 => format!("{}{c}", ["§c", "^1", "&4", "|cff00ff00", "\u{1B}[1m", "\u{3}04"][which % 6]),
        27 => format!("{c}{}", ["\\*", "[[a]]", "<@1>", "—", "/", ".."][which % 6]),
        28 if c.is_ascii_lowercase() => {
            format!(":{}_{c}:", ["regional_indicator", "letter", "x_9"][which % 3])
        }
        29 if c.is_ascii() => format!("\\{:03o}", c as u32),
        30 => ["—", "–", "/", "\\#", "..."][which % 5].to_owned(),
        31 => format!("{c}{}", read_as(c).unwrap_or(c)),
        32 => format!("{}{c}", read_as(c).unwrap_or(c)),
        33 => format!("{c}{}{c}", "1!|3450$@7+".chars().nth(which % 11).unwrap_or(c)),
        24 => pick(TURNED.get(&c.to_string()).map_or(&[], Vec::as_slice)).unwrap_or(c).to_string(),
        _ => c.to_string(),
    }
}

/// One place written as it sounds.
fn sounds(letters: &mut Vec<String>, which: usize) {
    let plain = letters.concat();
    let pairs = internals::phonetic();
    let fits: Vec<_> = pairs.iter().filter(|(_, meant)| plain.contains(meant)).collect();
    if let Some((written, meant)) = fits.get(which % fits.len().max(1)) {
        *letters = vec![plain.replacen(meant, written, 1)];
    }
}
