//! From a decoded text back to where each part of it was written.
//!
//! YAML unescapes, joins lines and strips indentation. Walking the source and
//! the decoded text side by side finds the places again; where the two do not
//! line up the whole value is the place.

use crate::span::SourceSpan;
use std::ops::Range;

/// Where `part` (bytes of `decoded`) was written. `source` is the file and
/// `whole` the place of the value that `decoded` was read from.
pub(crate) fn locate(
    source: &str,
    whole: SourceSpan,
    decoded: &str,
    part: Range<usize>,
) -> SourceSpan {
    Offsets::new(source, whole, decoded).span(part)
}

/// The places of all parts of a decoded text.
pub(crate) struct Offsets {
    whole: SourceSpan,
    /// Start and end in the file of every decoded byte; empty when unknown.
    places: Vec<(u32, u32)>,
    /// True when the text ends at a comma: between brackets, that is where
    /// YAML ends a text without quotes.
    pub(crate) ends_at_comma: bool,
}

impl Offsets {
    /// The places of `decoded`, which was read at `whole` of the file `source`.
    pub(crate) fn new(source: &str, whole: SourceSpan, decoded: &str) -> Self {
        let places = source.get(whole.range()).and_then(|raw| {
            let flow = match raw.as_bytes().first() {
                Some(b'"') => flow(raw, decoded, Quote::Double),
                Some(b'\'') => flow(raw, decoded, Quote::Single),
                _ => flow(raw, decoded, Quote::Plain),
            };
            // A block is alone on its lines, so its line starts near.
            let indent = || whole.range().start - line_start(source, whole.range().start);
            flow.or_else(|| block(raw, decoded, indent(), false))
                .or_else(|| block(raw, decoded, indent(), true))
        });
        let mut places = places.unwrap_or_default();
        for (start, end) in &mut places {
            *start += whole.start;
            *end += whole.start;
        }
        let ends_at_comma = source.as_bytes().get(whole.end as usize) == Some(&b',');
        Self { whole, places, ends_at_comma }
    }

    /// Where the bytes `part` of the decoded text were written.
    pub(crate) fn span(&self, part: Range<usize>) -> SourceSpan {
        let file = self.whole.file;
        if self.places.is_empty() {
            return self.whole;
        }
        if let Some(&(start, _)) = self.places.get(part.start) {
            let end = if part.is_empty() {
                start
            } else {
                self.places[part.end.min(self.places.len()) - 1].1
            };
            return SourceSpan::new(file, start, end);
        }
        // Behind the last character.
        let end = self.places.last().map_or(self.whole.end, |place| place.1);
        SourceSpan::new(file, end, end)
    }
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind(['\n', '\r']).map_or(0, |i| i + 1)
}

#[derive(Clone, Copy, PartialEq)]
enum Quote {
    Plain,
    Single,
    Double,
}

/// Reads the source piece by piece; every piece decodes to one character.
struct Walk<'a> {
    raw: &'a str,
    at: usize,
    places: Vec<(u32, u32)>,
}

impl<'a> Walk<'a> {
    fn rest(&self) -> &'a str {
        &self.raw[self.at..]
    }

    /// The next `bytes` of the source stand for `c`.
    fn take(&mut self, bytes: usize, c: char) {
        let place = (self.at as u32, (self.at + bytes) as u32);
        self.places.extend(std::iter::repeat_n(place, c.len_utf8()));
        self.at += bytes;
    }

    /// A run of white space with line breaks in it: its length and the breaks.
    fn fold(&self) -> Option<(usize, usize)> {
        let rest = self.rest();
        let run = rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
        let breaks = rest[..run].replace("\r\n", "\n").matches(['\n', '\r']).count();
        (breaks > 0).then_some((run, breaks))
    }
}

/// Plain and quoted texts.
fn flow(raw: &str, decoded: &str, quote: Quote) -> Option<Vec<(u32, u32)>> {
    let at = usize::from(quote != Quote::Plain);
    let mut walk = Walk { raw, at, places: Vec::with_capacity(decoded.len()) };
    let mut chars = decoded.chars().peekable();
    while let Some(&c) = chars.peek() {
        if quote == Quote::Double && walk.rest().starts_with(['\\']) {
            let (bytes, escaped) = escape(walk.rest())?;
            match escaped {
                None => walk.at += bytes,
                Some(escaped) if escaped == c => {
                    chars.next();
                    walk.take(bytes, c);
                }
                Some(_) => return None,
            }
            continue;
        }
        if quote == Quote::Single && walk.rest().starts_with("''") {
            chars.next().filter(|&c| c == '\'')?;
            walk.take(2, '\'');
            continue;
        }
        if let Some((run, breaks)) = walk.fold() {
            let expected = if breaks == 1 { ' ' } else { '\n' };
            for i in 0..breaks.max(2) - 1 {
                chars.next().filter(|&c| c == expected)?;
                walk.take(if i == 0 { run } else { 0 }, expected);
            }
            continue;
        }
        chars.next();
        walk.rest().starts_with(c).then(|| walk.take(c.len_utf8(), c))?;
    }
    Some(walk.places)
}

/// The length of an escape and what it stands for; nothing for an escaped line break.
fn escape(rest: &str) -> Option<(usize, Option<char>)> {
    let kind = rest[1..].chars().next()?;
    let digits = match kind {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        '\n' | '\r' => {
            let run = rest[1..].len() - rest[1..].trim_start().len();
            return Some((1 + run, None));
        }
        _ => 0,
    };
    if digits > 0 {
        let code = u32::from_str_radix(rest.get(2..2 + digits)?, 16).ok()?;
        if (0xd800..0xdc00).contains(&code) {
            let low = u32::from_str_radix(rest.get(8..12)?, 16).ok()?;
            let c = char::from_u32(0x10000 + ((code - 0xd800) << 10) + low.checked_sub(0xdc00)?)?;
            return Some((12, Some(c)));
        }
        return Some((2 + digits, char::from_u32(code)));
    }
    let c = match kind {
        '0' => '\0',
        'a' => '\u{7}',
        'b' => '\u{8}',
        't' | '\t' => '\t',
        'n' => '\n',
        'v' => '\u{b}',
        'f' => '\u{c}',
        'r' => '\r',
        'e' => '\u{1b}',
        'N' => '\u{85}',
        '_' => '\u{a0}',
        'L' => '\u{2028}',
        'P' => '\u{2029}',
        other => other,
    };
    Some((1 + kind.len_utf8(), Some(c)))
}

/// Literal (`|`) and folded (`>`) blocks; `raw` starts at the first character of text.
fn block(raw: &str, decoded: &str, indent: usize, folded: bool) -> Option<Vec<(u32, u32)>> {
    let mut walk = Walk { raw, at: 0, places: Vec::with_capacity(decoded.len()) };
    let mut chars = decoded.chars().peekable();
    while let Some(c) = chars.next() {
        let rest = walk.rest();
        if !rest.starts_with(['\n', '\r']) {
            rest.starts_with(c).then(|| walk.take(c.len_utf8(), c))?;
            continue;
        }
        let mut breaks = 0;
        let mut run = 0;
        loop {
            let line = &rest[run..];
            let feed = if line.starts_with("\r\n") {
                2
            } else {
                usize::from(line.starts_with(['\n', '\r']))
            };
            if feed == 0 || (!folded && breaks == 1) {
                break;
            }
            breaks += 1;
            run += feed;
            let spaces = rest[run..].len() - rest[run..].trim_start_matches(' ').len();
            run += spaces.min(indent);
        }
        walk.take(run, c);
        if folded {
            // One break is a space; of more the first is dropped, except beside
            // lines that are indented further.
            while c == '\n' && chars.next_if_eq(&'\n').is_some() {
                walk.take(0, '\n');
            }
        } else if c != '\n' {
            return None;
        }
    }
    Some(walk.places)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Sink;
    use crate::span::FileId;
    use crate::spec::{tree::NodeKind, yaml};

    /// Reads the value of `k:` and finds `part` of it in the file.
    fn found<'s>(source: &'s str, part: &str) -> &'s str {
        let mut sink = Sink::default();
        let tree = yaml::parse(source, FileId(0), &mut sink).tree;
        let NodeKind::Map(entries) = &tree.root.kind else { panic!("{tree:?}") };
        let node = &entries[0].value;
        let value = &node.scalar().unwrap().value;
        let at = value.find(part).unwrap_or_else(|| panic!("{part:?} in {value:?}"));
        &source[locate(source, node.span, value, at..at + part.len()).range()]
    }

    #[test]
    fn every_style_maps_back() {
        for source in [
            "k: ab and cd < 3\n",
            "k: 'ab and cd < 3'\n",
            "k: \"ab and cd < 3\"\n",
            "k: ab\n  and\n\n  cd < 3\n",
            "k: 'it''s ab\n  and cd < 3'\n",
            "k: \"\\x41 \\u00e9 \\\n   ab and\n  cd < 3\"\n",
            "k: |\n  x\n  ab and cd < 3\n",
            "k: |-\n    x\n\n      y\n    ab and cd < 3",
            "k: >\n  ab\n  and\n\n\n  cd < 3\n\n",
            "k: >-\r\n  ab\r\n  and cd < 3\r\n",
            "k: |2\n   x\n  ab and cd < 3\n",
        ] {
            assert_eq!(found(source, "ab"), "ab", "{source:?}");
            assert_eq!(found(source, "cd"), "cd", "{source:?}");
            assert_eq!(found(source, "cd < 3"), "cd < 3", "{source:?}");
        }
        assert_eq!(found("k: \"a\\ud83d\\ude00b\"", "\u{1f600}"), "\\ud83d\\ude00");
        assert_eq!(found("k: 'it''s'", "'"), "''");
    }

    #[test]
    fn what_does_not_line_up_is_the_whole() {
        let whole = SourceSpan::new(FileId(0), 1, 4);
        assert_eq!(locate("xabcx", whole, "different", 2..3), whole);
        assert_eq!(locate("xabcx", whole, "abc", 3..3).range(), 4..4);
        assert_eq!(locate("", whole, "abc", 0..1), whole);
    }
}
