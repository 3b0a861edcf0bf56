//! A text as one of up to three views, with the way back to the original.
//!
//! *plain* is the text itself. *tags* has the letters that tag characters stand
//! for; *decoded* has wrappers undone. Everything else works on the view's own
//! text; only spans are taken back.

use super::decode;
use std::ops::Range;

/// A view of a text.
#[derive(Clone, Debug)]
pub struct View {
    /// What the view reads.
    pub text: String,
    /// Its characters, in order.
    chars: Vec<ViewChar>,
}

/// A character of a view.
#[derive(Clone, Debug)]
pub struct ViewChar {
    /// What is read.
    pub c: char,
    /// The bytes of the original it stands for.
    pub raw: Range<usize>,
    /// It was a tag character.
    pub hidden: bool,
    /// It came out of a wrapper.
    pub wrapped: bool,
    /// Markup was taken out right before it.
    pub after_markup: bool,
}

impl View {
    /// The text itself.
    pub fn plain(raw: &str) -> Self {
        Self::of(itself(raw))
    }

    /// The text with tag characters read as letters, if it has any outside the
    /// flags of regions.
    pub fn tags(raw: &str) -> Option<Self> {
        let mut chars = itself(raw);
        let mut at = 0;
        while at < chars.len() {
            let flag = flag(&chars[at..]);
            let c = chars[at].c;
            if flag == 0 && matches!(c, '\u{E0020}'..='\u{E007E}') {
                chars[at].c = char::from_u32(c as u32 - 0xE0000).unwrap_or(c);
                chars[at].hidden = true;
            }
            at += flag.max(1);
        }
        chars.iter().any(|char| char.hidden).then(|| Self::of(chars))
    }

    /// The text with wrappers undone, if it has any.
    pub fn decoded(raw: &str) -> Option<Self> {
        let chars = decode::decode(itself(raw));
        let changed = chars.iter().any(|char| char.wrapped || char.after_markup)
            || chars.len() != raw.chars().count();
        changed.then(|| Self::of(chars))
    }

    fn of(chars: Vec<ViewChar>) -> Self {
        Self { text: chars.iter().map(|char| char.c).collect(), chars }
    }

    /// The characters that the bytes `span` of the view touch.
    pub fn chars(&self, span: Range<usize>) -> impl Iterator<Item = &ViewChar> {
        let starts = self.text.char_indices().map(|(at, _)| at);
        let inside = starts.zip(&self.chars).filter(move |(at, _)| span.contains(at));
        inside.map(|(_, char)| char)
    }

    /// The bytes of the original that the bytes `span` of the view stand for.
    pub fn raw(&self, span: Range<usize>) -> Range<usize> {
        let start = self.chars(span.clone()).map(|char| char.raw.start).min();
        let end = self.chars(span).map(|char| char.raw.end).max();
        start.unwrap_or(0)..end.unwrap_or(0)
    }
}

/// How long the flag of a region at the start of `chars` is: a black flag, three to
/// six letters or digits in tag characters, and the one that ends them. 0 for none.
fn flag(chars: &[ViewChar]) -> usize {
    let region =
        |char: &&ViewChar| matches!(char.c, '\u{E0061}'..='\u{E007A}' | '\u{E0030}'..='\u{E0039}');
    let inside = chars.iter().skip(1).take_while(region).count();
    let whole = chars[0].c == '\u{1F3F4}'
        && (3..=6).contains(&inside)
        && chars.get(inside + 1).is_some_and(|char| char.c == '\u{E007F}');
    if whole { inside + 2 } else { 0 }
}

fn itself(raw: &str) -> Vec<ViewChar> {
    let one = |(at, c): (usize, char)| ViewChar {
        c,
        raw: at..at + c.len_utf8(),
        hidden: false,
        wrapped: false,
        after_markup: false,
    };
    raw.char_indices().map(one).collect()
}
