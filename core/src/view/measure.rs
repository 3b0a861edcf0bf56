//! Measures a raw text for the signals, in one pass over its code points; its words,
//! which need the view, apart from the rest.

use super::View;
use super::chars;
use super::props::{Class, Props};
use super::table;
use super::unit::Unit;
use rustc_hash::{FxHashSet, FxHasher};
use std::hash::Hasher;

/// What one text counts; see [`crate::program::Signal`] for the meanings.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    pub(crate) length: u32,
    pub(crate) words: u32,
    pub(crate) distinct_words: u32,
    pub(crate) mixed_words: u32,
    pub(crate) letters: u32,
    pub(crate) cased: u32,
    pub(crate) upper: u32,
    pub(crate) digits: u32,
    pub(crate) symbols: u32,
    /// Code points that show: no white space, nothing invisible.
    pub(crate) visible: u32,
    pub(crate) lines: u32,
    pub(crate) emoji: u32,
    pub(crate) links: u32,
    pub(crate) mentions: u32,
    pub(crate) hashtags: u32,
    pub(crate) invisible: u32,
    pub(crate) longest_run: u32,
    pub(crate) most_marks: u32,
}

impl Counts {
    /// Over two fields: counts add, maxima stay.
    pub(crate) fn plus(self, other: &Counts) -> Counts {
        Counts {
            length: self.length + other.length,
            words: self.words + other.words,
            distinct_words: self.distinct_words + other.distinct_words,
            mixed_words: self.mixed_words + other.mixed_words,
            letters: self.letters + other.letters,
            cased: self.cased + other.cased,
            upper: self.upper + other.upper,
            digits: self.digits + other.digits,
            symbols: self.symbols + other.symbols,
            visible: self.visible + other.visible,
            lines: self.lines + other.lines,
            emoji: self.emoji + other.emoji,
            links: self.links + other.links,
            mentions: self.mentions + other.mentions,
            hashtags: self.hashtags + other.hashtags,
            invisible: self.invisible + other.invisible,
            longest_run: self.longest_run.max(other.longest_run),
            most_marks: self.most_marks.max(other.most_marks),
        }
    }
}

/// Measures `text`: all but its words, which [`words`] counts.
pub(crate) fn counts(text: &str) -> Counts {
    plain(text).unwrap_or_else(|| by_character(text))
}

fn by_character(text: &str) -> Counts {
    let mut counter = Counter { text, counts: Counts::default(), last: Last::default() };
    for (at, c) in text.char_indices() {
        counter.read(at, c);
    }
    let mut counts = counter.counts;
    // The last line counts unless a line break ended it.
    let ends_with_break =
        text.chars().next_back().is_none_or(|c| table::props(c).class() == Class::LineBreak);
    counts.lines += u32::from(!ends_with_break);
    counts
}

/// What a character of plain text counts for, six counts side by side, ten bits each.
const LETTER: u64 = 1;
const UPPER: u64 = 1 << 10;
const DIGIT: u64 = 1 << 20;
const SYMBOL: u64 = 1 << 30;
const VISIBLE: u64 = 1 << 40;
const BREAK: u64 = 1 << 50;
/// Invisible, or the beginning of a tag.
const STRANGE: u64 = 1 << 63;
/// The beginning of a character of several bytes.
const WIDE: u64 = 1 << 62;
/// So many characters are counted before a count may spill into the next.
const PART: usize = 1_000;

static PLAIN: [u64; 256] = {
    let mut table = [WIDE; 256];
    let mut byte = 0;
    while byte < 128_u8 {
        table[byte as usize] = match byte {
            b'a'..=b'z' => LETTER + VISIBLE,
            b'A'..=b'Z' => LETTER + UPPER + VISIBLE,
            b'0'..=b'9' => DIGIT + VISIBLE,
            b'@' | b'#' => STRANGE,
            b' ' | b'\t' => 0,
            b'\n' | 0x0B | 0x0C | b'\r' => BREAK,
            _ if byte.is_ascii_graphic() => SYMBOL + VISIBLE,
            _ => STRANGE,
        };
        byte += 1;
    }
    table
};

/// What a character beyond ASCII counts for, if it is a letter with two cases or a sign by
/// itself: accents, Greek, Cyrillic, typographic quotes.
fn of_wide(c: char) -> u64 {
    let props = table::props(c);
    match props.class() {
        Class::Letter if props.is_cased() => {
            LETTER + VISIBLE + if props.is_upper() { UPPER } else { 0 }
        }
        Class::Punct if !is_letter_in_form(c) && !matches!(c, '＠' | '﹫' | '＃' | '﹟') => {
            SYMBOL + VISIBLE
        }
        _ => STRANGE,
    }
}

/// The same of a text whose characters count one by one and that has neither links nor
/// tags, the case of most texts: many times faster. None for others.
fn plain(text: &str) -> Option<Counts> {
    let bytes = text.as_bytes();
    // What begins a link has `//` or `ww`; `\r\n` is one line break.
    let mut returns = 0;
    for pair in bytes.windows(2) {
        match pair {
            [b'/', b'/'] | [b'w' | b'W', b'w' | b'W'] => return None,
            [b'\r', b'\n'] => returns += 1,
            _ => {}
        }
    }
    let mut counts = Counts::default();
    let (mut last, mut run) = ('\0', 0);
    let (mut at, mut of_last) = (0, BREAK);
    while at < bytes.len() {
        let (mut sum, mut number) = (0, 0);
        while number < PART && at < bytes.len() {
            let byte = bytes[at];
            let mut c = char::from(byte);
            of_last = PLAIN[usize::from(byte)];
            at += 1;
            if of_last & WIDE != 0 {
                c = text[at - 1..].chars().next()?;
                of_last = of_wide(c);
                at += c.len_utf8() - 1;
            }
            sum += of_last & !STRANGE;
            if of_last & STRANGE != 0 {
                return None;
            }
            run = if c == last { run + 1 } else { 1 };
            counts.longest_run = counts.longest_run.max(run);
            last = c;
            number += 1;
        }
        let count = |of: u64| (sum / of) as u32 & 0x3FF;
        counts.length += number as u32;
        counts.letters += count(LETTER);
        counts.upper += count(UPPER);
        counts.digits += count(DIGIT);
        counts.symbols += count(SYMBOL);
        counts.visible += count(VISIBLE);
        counts.lines += count(BREAK);
    }
    counts.lines -= returns;
    counts.cased = counts.letters;
    // The last line counts unless a line break ended it.
    counts.lines += u32::from(of_last & BREAK == 0);
    Some(counts)
}

/// What the next code point needs to know of those before.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, not states")]
struct Last {
    character: Option<char>,
    class: Option<Class>,
    /// The last code point that is neither mark nor invisible was an emoji.
    emoji: bool,
    joiner: bool,
    /// A regional indicator that waits for its second half.
    half_flag: bool,
    run: u32,
    marks: u32,
    /// Behind `://` or `www.`, up to the next white space.
    in_link: bool,
}

struct Counter<'t> {
    text: &'t str,
    counts: Counts,
    last: Last,
}

impl Counter<'_> {
    fn read(&mut self, at: usize, c: char) {
        let props = table::props(c);
        let class = match props.class() {
            Class::Punct if is_letter_in_form(c) => Class::Letter,
            class => class,
        };
        self.counts.length += 1;
        let blank = matches!(class, Class::Space | Class::LineBreak | Class::Ignorable);
        self.counts.visible += u32::from(!blank);
        self.run(c);
        match class {
            Class::Letter => {
                self.counts.letters += 1;
                self.counts.cased += u32::from(props.is_cased());
                self.counts.upper += u32::from(props.is_cased() && props.is_upper());
            }
            Class::Digit => self.counts.digits += 1,
            Class::LineBreak if c != '\n' || self.last.character != Some('\r') => {
                self.counts.lines += 1;
            }
            Class::Punct => self.counts.symbols += 1,
            Class::Emoji => {
                self.counts.symbols += 1;
                self.emoji(c);
            }
            Class::Ignorable => self.invisible(c),
            Class::Mark | Class::VowelMark => self.marks(),
            _ => {}
        }
        self.links(at, c, class);
        self.tags(at, c);
        self.last.joiner = c == chars::ZERO_WIDTH_JOINER;
        if class == Class::Ignorable && !extends(c) {
            self.last.emoji = false;
        }
        if !matches!(class, Class::Ignorable | Class::Mark) {
            self.last.emoji = class == Class::Emoji;
            if class != Class::VowelMark {
                self.last.marks = 0;
            }
            self.last.class = Some(class);
        }
        self.last.character = Some(c);
    }

    fn run(&mut self, c: char) {
        self.last.run = if self.last.character == Some(c) { self.last.run + 1 } else { 1 };
        self.counts.longest_run = self.counts.longest_run.max(self.last.run);
    }

    /// A skin tone, the next part of a joined sequence and the second half of a
    /// flag are part of the emoji before.
    fn emoji(&mut self, c: char) {
        let half = chars::is_regional_indicator(c);
        // Halves of flags stand side by side.
        let beside = self.last.character.is_some_and(chars::is_regional_indicator);
        let second = half && beside && self.last.half_flag;
        let part = second || self.last.emoji && (self.last.joiner || chars::is_emoji_modifier(c));
        self.last.half_flag = half && !second;
        self.counts.emoji += u32::from(!part);
    }

    fn invisible(&mut self, c: char) {
        let in_emoji = c == chars::ZERO_WIDTH_JOINER && self.last.emoji
            || chars::is_variation_selector(c)
                && matches!(self.last.class, Some(Class::Emoji | Class::Punct | Class::Digit));
        self.counts.invisible += u32::from(!in_emoji);
    }

    fn marks(&mut self) {
        self.last.marks += 1;
        self.counts.most_marks = self.counts.most_marks.max(self.last.marks);
    }

    /// `scheme://x` and `www.x`; one address counts once.
    fn links(&mut self, at: usize, c: char, class: Class) {
        if matches!(class, Class::Space | Class::LineBreak) {
            self.last.in_link = false;
        }
        if self.last.in_link {
            return;
        }
        let rest = &self.text[at..];
        let blank = |c: char| matches!(table::props(c).class(), Class::Space | Class::LineBreak);
        let goes_on = |prefix: usize| rest[prefix..].chars().next().is_some_and(|c| !blank(c));
        let scheme = c == ':'
            && rest.starts_with("://")
            && goes_on(3)
            && self.last.character.is_some_and(|c| c.is_ascii_alphanumeric());
        let www = matches!(c, 'w' | 'W')
            && rest.get(..4).is_some_and(|p| p.eq_ignore_ascii_case("www."))
            && goes_on(4)
            && !self.last.character.is_some_and(|c| table::props(c).is_word());
        if scheme || www {
            self.last.in_link = true;
            self.counts.links += 1;
        }
    }

    /// `@name` and `#tag`, not inside a word or an address; a tag has a letter.
    fn tags(&mut self, at: usize, c: char) {
        let sign = match c {
            '@' | '＠' | '﹫' => '@',
            '#' | '＃' | '﹟' => '#',
            _ => return,
        };
        if self.last.in_link {
            return;
        }
        if self.last.character.is_some_and(|c| table::props(c).is_word() || c == '_') {
            return;
        }
        let mut name = self.text[at + c.len_utf8()..]
            .chars()
            .take_while(|&c| table::props(c).is_word() || c == '_')
            .take(64);
        if sign == '@' {
            self.counts.mentions += u32::from(name.next().is_some());
        } else {
            let letter = name.any(|c| table::props(c).class() == Class::Letter);
            self.counts.hashtags += u32::from(letter);
        }
    }
}

/// True for what is part of the character before it, as joiners, selectors and tags are.
fn extends(c: char) -> bool {
    chars::is_variation_selector(c)
        || matches!(c, '\u{34F}' | '\u{200C}' | '\u{200D}' | '\u{E0020}'..='\u{E007F}')
}

/// True for a sign that is a letter in another form, such as `ⓚ`, and not several.
fn is_letter_in_form(c: char) -> bool {
    !c.is_ascii()
        && matches!(table::fold(c).symbols(), &[one] if one != c && table::props(one).is_letter())
}

/// Counts the words of a text: how many there are, how many differ, how many mix scripts. Case and forms make
/// no difference, marks do: `ma`, `má` and `mà` are three words of Vietnamese.
pub(crate) fn words(view: &View, counts: &mut Counts) {
    let mut seen = FxHashSet::default();
    let mut mixed = 0;
    let units: Vec<&Unit> = view.units.iter().filter(|u| u.is_word()).collect();
    for word in units.chunk_by(|a, b| a.word == b.word) {
        let mut hasher = FxHasher::default();
        // A vowel sign of another script is a mark, and of that script still.
        let signs = word.iter().flat_map(|unit| view.marks_of(unit)).map(|&m| table::props(m));
        let signs = signs.filter(|p| p.class() == Class::VowelMark).map(Props::script);
        let scripts = word.iter().map(|u| u.script).chain(signs);
        let mut scripts = scripts.filter(|s| s.is_specific());
        let first = scripts.next();
        mixed += u32::from(scripts.any(|script| Some(script) != first));
        for unit in word {
            hasher.write_u32(u32::from(unit.symbol));
            // In whatever order they were written.
            let marks = view.marks_of(unit).iter().map(|&mark| u32::from(mark));
            hasher.write_u32(marks.fold(0, u32::wrapping_add));
        }
        seen.insert(hasher.finish());
    }
    counts.words = view.words;
    counts.distinct_words = seen.len() as u32;
    counts.mixed_words = mixed;
}

#[cfg(test)]
mod tests {
    use super::{by_character, plain};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn plain_texts_measure_alike(text in "([ -~\t\r\n\x0B\x0C]|a{1,3}|[A-Z ]{3}|\r\n|[éÉßпПΣ’“”…—ⓚ＠✓漢\u{301}]|é{3}){0,40}") {
            if let Some(counts) = plain(&text) {
                prop_assert_eq!(format!("{counts:?}"), format!("{:?}", by_character(&text)));
            }
        }
    }

    #[test]
    fn each_byte_measures_alike() {
        for byte in 0..128 {
            let text = String::from(char::from(byte)).repeat(2) + "x";
            if let Some(counts) = plain(&text) {
                assert_eq!(format!("{counts:?}"), format!("{:?}", by_character(&text)), "{byte}");
            }
        }
        assert!(plain("what a plain TEXT, 1 of 2!").is_some());
        assert!(plain("“naïve” – проба…").is_some());
        for other in ["see www.x", "http://x", "@me", "#tag", "a\u{301}", "a\u{7F}", "漢"] {
            assert!(plain(other).is_none(), "{other}");
        }
    }
}
