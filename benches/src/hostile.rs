//! Texts made to be slow: each family repeats one shape that costs a matcher more than prose.
//!
//! A family is known by its name; the texts grow to any size, so that growth can be measured.

use crate::random::Random;
use std::fmt::Write as _;

/// One family.
#[derive(Clone, Copy, Debug)]
pub struct Family {
    /// Its name in tables.
    pub name: &'static str,
    /// What it is meant to hurt.
    pub what: &'static str,
    shape: Shape,
}

#[derive(Clone, Copy, Debug)]
enum Shape {
    /// This again and again.
    Repeat(&'static str),
    /// A base letter with so many marks.
    Marks(&'static [char], usize),
    /// Opened so often, then closed.
    Nested(&'static str, &'static str),
    /// Near-hits of the patterns: what the number says is changed in each.
    Near(Change),
}

#[derive(Clone, Copy, Debug)]
enum Change {
    /// The last letter is another one.
    LastLetter,
    /// Every word is broken by hyphens and its end is another one.
    Spelled,
    /// Letters are read as digits, the end is another one.
    Leet,
    /// Letters are doubled, the end is another one.
    Doubled,
    /// Letters are hidden by stars.
    Masked,
    /// Words are written together.
    Joined,
    /// The words themselves: everything is a hit.
    Hit,
}

/// All families. Those that are near-hits are made from the patterns of the list.
pub const FAMILIES: &[Family] = &[
    family("brackets", "symbols beside symbols", Shape::Repeat("((((")),
    family("lone-letters", "a spelled-out word without end", Shape::Repeat("a a a a ")),
    family("run", "one letter again and again", Shape::Repeat("aaaa")),
    family("runs", "every letter a run", Shape::Repeat("aaaabbbbccccdddd")),
    family("word-runs", "words of runs", Shape::Repeat("ssaalltt ppepppeerr ")),
    family("entities", "decoding", Shape::Repeat("&#97;")),
    family("entities-broken", "decoding that fails", Shape::Repeat("&#97")),
    family("percent", "decoding", Shape::Repeat("%61%61")),
    family("percent-twice", "decoding twice", Shape::Repeat("%2561")),
    family("escapes", "decoding", Shape::Repeat("\\u0061")),
    family("ampersands", "wrappers that never close", Shape::Repeat("&&&&")),
    family("at-signs", "a symbol that may be a letter", Shape::Repeat("@@@@")),
    family("stars", "masks", Shape::Repeat("****")),
    family("masked-letters", "masks inside words", Shape::Repeat("a*b**c ")),
    family("dollars", "symbols read as letters, in words", Shape::Repeat("$@1t b@$$ ")),
    family("digits", "digits read as letters", Shape::Repeat("1337 0110 ")),
    family("digits-only", "one number without end", Shape::Repeat("0123456789")),
    family("dots", "separators", Shape::Repeat("a.b.c.d.")),
    family("hyphens", "uniform separators", Shape::Repeat("s-h-a-s-h-a-")),
    family("mixed-separators", "separators that differ", Shape::Repeat("a-b_c.d e/f|")),
    family("spaces", "gaps", Shape::Repeat("        ")),
    family("newlines", "sentences", Shape::Repeat("a\n\n")),
    family("quotes", "quotation without end", Shape::Repeat("\"a \" 'b ")),
    family("apostrophes", "apostrophes", Shape::Repeat("a'b'c' ")),
    family("mentions", "names", Shape::Repeat("@aB1_cD2 ")),
    family("hashtags", "tags in camel case", Shape::Repeat("#aBcDeF1g ")),
    family("links", "links", Shape::Repeat("http://a.b/c?d=e&f ")),
    family("hosts", "hosts", Shape::Repeat("a.b.c.d.com.")),
    family("mail", "mail addresses", Shape::Repeat("a@b.c.d@e.f ")),
    family("numbers", "telephone numbers and cards", Shape::Repeat("+1 555 0100 4111 1111 ")),
    family("markup", "markup that opens and closes", Shape::Repeat("<b>a</b>")),
    family("markup-deep", "markup in markup", Shape::Nested("<b>a", "</b>")),
    family("markup-broken", "markup that never closes", Shape::Repeat("<b a=\"")),
    family("comments", "markup inside words", Shape::Repeat("a<!-- -->b")),
    family("markdown", "marks of markdown", Shape::Repeat("**a**_b_`c`")),
    family("bidi", "overrides", Shape::Repeat("\u{202E}abc\u{202C}")),
    family("bidi-deep", "overrides in overrides", Shape::Nested("\u{202E}a", "\u{202C}")),
    family("bidi-open", "overrides that never end", Shape::Repeat("\u{202E}a")),
    family("zero-width", "invisible characters in words", Shape::Repeat("a\u{200B}b\u{200D}")),
    family("zero-width-only", "nothing but invisible", Shape::Repeat("\u{200B}\u{200C}")),
    family("tags", "tag characters", Shape::Repeat("a\u{E0061}\u{E0062}")),
    family("zalgo", "stacks of marks", Shape::Marks(&['\u{301}', '\u{316}', '\u{334}'], 12)),
    family("marks-only", "marks without end", Shape::Marks(&['\u{301}', '\u{302}'], 4_000)),
    family("one-mark", "a mark on each letter", Shape::Marks(&['\u{301}'], 1)),
    family("scripts", "scripts that alternate", Shape::Repeat("aаaаbЬ ")),
    family("look-alikes", "wholly look-alikes", Shape::Repeat("ѕаӏт Ьаѕѕ ")),
    family("styled", "styled letters", Shape::Repeat("𝓪𝔟𝖈𝒹 ")),
    family("full-width", "full-width letters", Shape::Repeat("ａｂｃｄ ")),
    family("regional", "flags that are letters", Shape::Repeat("🇦🇧🇨🇩 ")),
    family("enclosed", "letters in circles", Shape::Repeat("ⓐⓑⓒⓓ")),
    family("ligatures", "code points of several letters", Shape::Repeat("ﬁﬂﬀ℡")),
    family("long-expansion", "one code point, 18 letters", Shape::Repeat("\u{FDFA}")),
    family("hangul", "syllables", Shape::Repeat("각갂갃간")),
    family("jamo", "letters of Hangul", Shape::Repeat("ㅎㅏㄴ")),
    family("han", "no spaces at all", Shape::Repeat("中文字符")),
    family("thai", "marks in a script without spaces", Shape::Repeat("กี่ก้ำ")),
    family("arabic", "joined letters and marks", Shape::Repeat("مُحَمَّد ")),
    family("emoji", "joined sequences", Shape::Repeat("👩\u{200D}👩\u{200D}👧🏽")),
    family("upside-down", "turned letters", Shape::Repeat("ɐqɔpǝ ")),
    family("braille", "pictures", Shape::Repeat("⣿⣷⣯⣟")),
    family("nul", "control characters", Shape::Repeat("a\0b\u{7F}")),
    family("near-hits", "words that differ at the end", Shape::Near(Change::LastLetter)),
    family("near-spelled", "spelled out, wrong at the end", Shape::Near(Change::Spelled)),
    family("near-leet", "in digits, wrong at the end", Shape::Near(Change::Leet)),
    family("near-doubled", "in runs, wrong at the end", Shape::Near(Change::Doubled)),
    family("near-masked", "masked", Shape::Near(Change::Masked)),
    family("near-joined", "run together", Shape::Near(Change::Joined)),
    family("all-hits", "nothing but hits", Shape::Near(Change::Hit)),
];

const fn family(name: &'static str, what: &'static str, shape: Shape) -> Family {
    Family { name, what, shape }
}

impl Family {
    /// A text of this family, of about `bytes` bytes. `words` are the patterns.
    ///
    /// # Panics
    /// When there are no words.
    pub fn text(&self, bytes: usize, words: &[String]) -> String {
        let mut text = String::with_capacity(bytes + 64);
        match self.shape {
            Shape::Repeat(unit) => {
                while text.len() < bytes {
                    text += unit;
                }
            }
            Shape::Marks(marks, n) => {
                while text.len() < bytes {
                    text.push('a');
                    text.extend(marks.iter().cycle().take(n));
                }
            }
            Shape::Nested(open, close) => {
                let depth = bytes / (open.len() + close.len());
                text += &open.repeat(depth);
                text += &close.repeat(depth);
            }
            Shape::Near(change) => {
                let mut random = Random::new(11);
                while text.len() < bytes {
                    change.write(random.pick::<String>(words), &mut text);
                }
            }
        }
        text
    }
}

impl Change {
    fn write(self, word: &str, text: &mut String) {
        let spoiled = || word.chars().rev().skip(1).collect::<Vec<_>>().into_iter().rev();
        match self {
            Self::LastLetter => text.extend(spoiled().chain(['q', ' '])),
            Self::Spelled => {
                spoiled().for_each(|c| {
                    // Writing to a string cannot fail.
                    let _ = write!(text, "{c}-");
                });
                text.push_str("q ");
            }
            Self::Leet => text.extend(spoiled().map(leet).chain(['q', ' '])),
            Self::Doubled => text.extend(spoiled().flat_map(|c| [c, c]).chain(['q', ' '])),
            Self::Masked => text.extend(
                word.chars()
                    .enumerate()
                    .map(|(at, c)| if at % 2 == 1 { '*' } else { c })
                    .chain([' ']),
            ),
            Self::Joined => text.extend(word.chars().filter(|c| *c != ' ')),
            Self::Hit => {
                text.push_str(word);
                text.push(' ');
            }
        }
    }
}

fn leet(c: char) -> char {
    match c {
        'a' => '4',
        'e' => '3',
        'i' => '1',
        'o' => '0',
        's' => '5',
        't' => '7',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn families_have_names_of_their_own_and_grow_to_size() {
        let words = ["basket".to_owned(), "free coins".to_owned()];
        let names: BTreeSet<_> = FAMILIES.iter().map(|family| family.name).collect();
        assert_eq!(names.len(), FAMILIES.len());
        for family in FAMILIES {
            for bytes in [100, 20_000] {
                let len = family.text(bytes, &words).len();
                assert!(
                    (bytes * 8 / 10..bytes * 2 + 9_000).contains(&len),
                    "{}: {len}",
                    family.name
                );
            }
        }
    }
}
