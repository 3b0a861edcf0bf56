//! Text lists: one pattern a line, `#` starts a comment.

use crate::diag::Sink;
use crate::span::{FileId, SourceSpan, Spanned};
use crate::spec::decode::check_pattern_text;
use crate::spec::model::{Pattern, PatternKind, PatternOptions};

/// The patterns in the text of a list file, and how many lines have one, usable or not.
pub(super) fn entries(text: &str, file: FileId, sink: &mut Sink) -> (Vec<Pattern>, usize) {
    let mut patterns = Vec::new();
    let mut lines = 0;
    let mut start = 0;
    for line in text.split_inclusive(['\n', '\r']) {
        let entry = entry(line.strip_prefix('\u{feff}').filter(|_| start == 0).unwrap_or(line));
        if !entry.is_empty() {
            lines += 1;
            let at = start + (entry.as_ptr() as usize - line.as_ptr() as usize);
            let span = SourceSpan::new(file, at as u32, (at + entry.len()) as u32);
            let text = Spanned::new(entry.to_owned(), span);
            if check_pattern_text(&text, sink) {
                let kind = PatternKind::Text(text);
                patterns.push(Pattern { span, kind, options: PatternOptions::default() });
            }
        }
        start += line.len();
    }
    (patterns, lines)
}

/// A line without its comment and the white space around it. A `#` inside a
/// word is no comment, and `\#` at the start of an entry is a `#`.
fn entry(line: &str) -> &str {
    let line = line.trim();
    if line.starts_with('#') {
        return "";
    }
    let comment = line
        .char_indices()
        .find(|&(i, c)| c == '#' && line[..i].ends_with(char::is_whitespace))
        .map_or(line.len(), |(i, _)| i);
    let entry = line[..comment].trim_end();
    if entry.starts_with("\\#") { &entry[1..] } else { entry }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;

    #[test]
    fn lines_comments_and_marks() {
        let text =
            "\u{feff}spam\r\n# all of this\n\n  free money  # a phrase\nc#\n\\#tag\r#no\nsp*m";
        let mut sink = Sink::default();
        let (patterns, lines) = entries(text, FileId(3), &mut sink);
        assert_eq!(lines, 5);
        let found: Vec<_> = patterns
            .iter()
            .map(|pattern| {
                let PatternKind::Text(entry) = &pattern.kind else { panic!("{pattern:?}") };
                assert_eq!((entry.span, &text[entry.span.range()]), (pattern.span, entry.as_str()));
                entry.as_str()
            })
            .collect();
        assert_eq!(found, ["spam", "free money", "c#", "#tag", "sp*m"]);
        assert!(!sink.has_errors());
    }

    #[test]
    fn problems_have_their_place_in_the_list_file() {
        let mut sink = Sink::default();
        let (patterns, lines) = entries("ok\n**\n", FileId(1), &mut sink);
        assert_eq!((patterns.len(), lines), (1, 2));
        let list = sink.into_list();
        assert_eq!(list.len(), 1);
        assert_eq!((list[0].code, list[0].span.range()), (Code::BadWildcard, 3..5));
    }
}
