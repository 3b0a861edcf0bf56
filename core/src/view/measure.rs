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

/// The same of a text whose characters count one by one and that has neither links nor
/// tags, the case of most texts: many times faster. None for others.
fn plain(text: &str) -> Option<Counts> {
    let bytes = text.as_bytes();
    if may_link(bytes) {
        return None;
    }
    let mut counts = if text.is_ascii() { of_ascii(bytes)? } else { of_characters(text)? };
    counts.cased = counts.letters;
    // The last line counts unless a line break ended it.
    let ends_line = |byte: &u8| matches!(byte, b'\n' | 0x0B | 0x0C);
    counts.lines += u32::from(!bytes.last().is_none_or(ends_line));
    Some(counts)
}

/// True where links may begin, which have `//` or `ww`, and for `\r`, which counts with what
/// follows.
fn may_link(bytes: &[u8]) -> bool {
    let pair = |first: u8, second: u8| {
        first == b'/' && second == b'/' || first | 0x20 == b'w' && second | 0x20 == b'w'
    };
    let (firsts, seconds) = (bytes, bytes.get(1..).unwrap_or_default());
    any(firsts.iter().map(|&byte| byte == b'\r'))
        || any(firsts.iter().zip(seconds).map(|(&a, &b)| pair(a, b)))
}

/// A text of ASCII; none where something is invisible or may begin a tag.
fn of_ascii(bytes: &[u8]) -> Option<Counts> {
    let mut counts = Counts { length: bytes.len() as u32, ..Counts::default() };
    // Each is a loop of its own, over parts whose counts fit a byte: compilers make vectors of that.
    for part in bytes.chunks(255) {
        let strange = count(part, |byte| matches!(byte, b'@' | b'#' | 0..=8 | 0x7F))
            + count(part, |byte| byte.wrapping_sub(14) < 18);
        if strange > 0 {
            return None;
        }
        let (letters, digits) = (
            count(part, |byte| (byte | 0x20).wrapping_sub(b'a') < 26),
            count(part, |byte| byte.wrapping_sub(b'0') < 10),
        );
        let breaks = count(part, |byte| byte.wrapping_sub(10) < 4);
        let blanks = count(part, |byte| matches!(byte, b' ' | b'\t'));
        counts.letters += letters;
        counts.digits += digits;
        counts.upper += count(part, |byte| byte.wrapping_sub(b'A') < 26);
        counts.visible += part.len() as u32 - breaks - blanks;
        counts.symbols += part.len() as u32 - breaks - blanks - letters - digits;
        counts.lines += breaks;
    }
    counts.longest_run = longest_run(bytes);
    Some(counts)
}

/// How many of at most 255 bytes are such.
#[inline]
fn count(part: &[u8], is: impl Fn(u8) -> bool) -> u32 {
    u32::from(part.iter().fold(0u8, |count, &byte| count + u8::from(is(byte))))
}

/// True when any is; all are asked, without branches, which compilers make vectors of.
#[inline]
fn any(flags: impl Iterator<Item = bool>) -> bool {
    flags.fold(0u8, |any, flag| any | u8::from(flag)) != 0
}

/// How often the most repeated byte stands side by side. Thrice is rare.
fn longest_run(bytes: &[u8]) -> u32 {
    let later = |by: usize| bytes.get(by..).unwrap_or_default();
    let pairs = bytes.iter().zip(later(1));
    let triples = pairs.clone().zip(later(2));
    if any(triples.map(|((&a, &b), &c)| a == b && b == c)) {
        let runs = bytes.chunk_by(|a, b| a == b).map(<[u8]>::len);
        return runs.max().unwrap_or(0) as u32;
    }
    let twice = any(pairs.map(|(&a, &b)| a == b));
    u32::from(!bytes.is_empty()) + u32::from(twice)
}

/// A text with letters and signs beyond ASCII; none where a character counts for more than
/// itself, or for less.
fn of_characters(text: &str) -> Option<Counts> {
    let mut counts = Counts::default();
    let (mut last, mut run) = ('\0', 0);
    for c in text.chars() {
        let class = match c {
            '@' | '#' => return None,
            ' '..='~' | '\t'..='\r' => Plain::of_ascii(c),
            _ => Plain::of_wide(c)?,
        };
        let Plain { letter, upper, digit, sign, breaks } = class;
        counts.length += 1;
        counts.letters += u32::from(letter);
        counts.upper += u32::from(upper);
        counts.digits += u32::from(digit);
        counts.symbols += u32::from(sign);
        counts.visible += u32::from(letter | digit | sign);
        counts.lines += u32::from(breaks);
        run = if c == last { run + 1 } else { 1 };
        counts.longest_run = counts.longest_run.max(run);
        last = c;
    }
    Some(counts)
}

/// What a character counts for.
#[derive(Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, not states")]
struct Plain {
    letter: bool,
    upper: bool,
    digit: bool,
    sign: bool,
    breaks: bool,
}

impl Plain {
    fn of_ascii(c: char) -> Self {
        let letter = c.is_ascii_alphabetic();
        let digit = c.is_ascii_digit();
        let sign = c.is_ascii_graphic() && !letter && !digit;
        let breaks = matches!(c, '\n'..='\r');
        Self { letter, upper: c.is_ascii_uppercase(), digit, sign, breaks }
    }

    /// A letter with two cases or a sign by itself: accents, Greek, Cyrillic, typographic quotes.
    fn of_wide(c: char) -> Option<Self> {
        let props = table::props(c);
        match props.class() {
            Class::Letter if props.is_cased() => {
                Some(Self { letter: true, upper: props.is_upper(), ..Self::default() })
            }
            Class::Punct if !is_letter_in_form(c) && !matches!(c, '＠' | '﹫' | '＃' | '﹟') => {
                Some(Self { sign: true, ..Self::default() })
            }
            _ => None,
        }
    }
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
        // A vowel sign of another script is a mark, and of that script still; a voicing mark
        // is one like others there.
        let signs = word.iter().flat_map(|unit| view.marks_of(unit));
        let signs = signs.filter(|&&m| !chars::is_voicing(m)).map(|&m| table::props(m));
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
