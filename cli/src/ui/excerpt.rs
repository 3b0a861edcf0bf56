//! A text with its matches marked in place, safe for a terminal and of sensible length.

use super::style::{DIM, MATCH};
use std::fmt::Write as _;
use std::ops::Range;

/// Texts up to this many characters are shown whole.
const WHOLE: usize = 600;
/// Characters shown on either side of a match in a longer text.
const AROUND: usize = 80;
/// So many stretches of a long text are shown.
const STRETCHES: usize = 8;

/// How matches are marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Marks {
    /// By colour.
    Color,
    /// By brackets, where there is no colour.
    Brackets,
}

impl Marks {
    /// What standard output can show.
    pub(crate) fn for_stdout() -> Self {
        match anstream::AutoStream::choice(&std::io::stdout()) {
            anstream::ColorChoice::Never => Self::Brackets,
            _ => Self::Color,
        }
    }
}

/// `text` with `spans` (of bytes, in any order) marked; long texts are cut around them.
pub(crate) fn excerpt(text: &str, spans: Vec<Range<usize>>, marks: Marks) -> String {
    let spans = merge(spans);
    let mut out = String::new();
    let mut at = 0;
    for stretch in stretches(text, &spans) {
        if stretch.start > at {
            let _ = write!(out, "{DIM}…{DIM:#}");
        }
        at = stretch.start;
        for span in spans.iter().filter(|s| s.start >= stretch.start && s.end <= stretch.end) {
            out.push_str(&visible(&text[at..span.start]));
            let found = shortened(&text[span.clone()]);
            let _ = match marks {
                Marks::Color => write!(out, "{MATCH}{found}{MATCH:#}"),
                Marks::Brackets => write!(out, "[{found}]"),
            };
            at = span.end;
        }
        out.push_str(&visible(&text[at..stretch.end]));
        at = stretch.end;
    }
    if at < text.len() {
        let _ = write!(out, "{DIM}…{DIM:#}");
    }
    out
}

/// A match that covers very much shows its two ends.
fn shortened(found: &str) -> String {
    let (head, tail) = (forward(found, 0, AROUND), back(found, found.len(), AROUND));
    if forward(found, 0, WHOLE) == found.len() {
        return visible(found);
    }
    format!("{} … {}", visible(&found[..head]), visible(&found[tail..]))
}

/// `text` on one line of at most `width` characters.
pub(crate) fn one_line(text: &str, width: usize) -> String {
    let mut line: String =
        text.chars().take(width).map(|c| if c == '\n' { ' ' } else { c }).collect();
    if line.len() < text.len() {
        line.push('…');
    }
    visible(&line)
}

/// `text` without anything that could move the cursor, change colours, reorder the line or hide:
/// such characters become `<U+200B>`. Line breaks and tabs stay.
pub(crate) fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_hidden(c) {
            let _ = write!(out, "<U+{:04X}>", c as u32);
        } else {
            out.push(c);
        }
    }
    out
}

fn is_hidden(c: char) -> bool {
    match c {
        // The last two join emoji and choose their form: hiding is not what they are for.
        '\n' | '\t' | '\u{200d}' | '\u{fe0f}' => false,
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{180e}'
        | '\u{3164}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e007f}' => true,
        c => c.is_control(),
    }
}

/// Sorted, and overlapping ones made one.
fn merge(mut spans: Vec<Range<usize>>) -> Vec<Range<usize>> {
    spans.sort_by_key(|span| (span.start, span.end));
    let mut merged: Vec<Range<usize>> = Vec::new();
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => merged.push(span),
        }
    }
    merged
}

/// The parts of the text to show.
fn stretches(text: &str, spans: &[Range<usize>]) -> Vec<Range<usize>> {
    let head = forward(text, 0, WHOLE);
    if head == text.len() || spans.is_empty() {
        return std::iter::once(0..head).collect();
    }
    let mut shown: Vec<Range<usize>> = Vec::new();
    for span in spans {
        let around = back(text, span.start, AROUND)..forward(text, span.end, AROUND);
        let full = shown.len() == STRETCHES;
        match shown.last_mut() {
            Some(last) if around.start <= last.end => last.end = last.end.max(around.end),
            _ if full => break,
            _ => shown.push(around),
        }
    }
    shown
}

fn forward(text: &str, from: usize, n: usize) -> usize {
    text[from..].char_indices().nth(n).map_or(text.len(), |(i, _)| from + i)
}

fn back(text: &str, from: usize, n: usize) -> usize {
    text[..from].char_indices().rev().nth(n.saturating_sub(1)).map_or(0, |(i, _)| i)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str, spans: &[Range<usize>]) -> String {
        let text = excerpt(text, spans.to_vec(), Marks::Brackets);
        anstream::adapter::strip_str(&text).to_string()
    }

    #[test]
    fn matches_are_marked_once() {
        assert_eq!(plain("i will kill you", &[7..11, 12..15]), "i will [kill] [you]");
        assert_eq!(plain("abcd", &[1..3, 0..2]), "[abc]d");
        assert_eq!(plain("ab", &[0..1, 1..2]), "[a][b]");
        assert_eq!(plain("", &[]), "");
    }

    #[test]
    fn nothing_hides_or_moves_the_cursor() {
        assert_eq!(visible("k\u{200b}ill\u{1b}[2J\u{202e}"), "k<U+200B>ill<U+001B>[2J<U+202E>");
        assert_eq!(one_line("a\nb\u{7}cd", 4), "a b<U+0007>…");
    }

    #[test]
    fn long_texts_are_cut_around_matches() {
        let text = format!("{}X{}Y{}", "é".repeat(1000), "o".repeat(1000), "é".repeat(50));
        let (x, y) = (2000, 3001);
        let shown = plain(&text, &[x..x + 1, y..y + 1]);
        let half = "é".repeat(80);
        assert_eq!(shown, format!("…{half}[X]{0}…{0}[Y]{1}", "o".repeat(80), "é".repeat(50)));
        assert_eq!(plain(&text, &[]).chars().count(), WHOLE + 1);
    }
}
