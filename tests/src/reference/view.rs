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

    /// The text with tag characters read as letters, if it has any outside flags.
    pub fn tags(raw: &str) -> Option<Self> {
        let mut chars = itself(raw);
        let mut in_flag = false;
        for char in &mut chars {
            let tag = matches!(char.c, '\u{E0020}'..='\u{E007F}');
            in_flag = char.c == '\u{1F3F4}' || in_flag && tag;
            if tag && !in_flag && char.c != '\u{E007F}' {
                char.c = char::from_u32(char.c as u32 - 0xE0000).unwrap_or(char.c);
                char.hidden = true;
            }
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
