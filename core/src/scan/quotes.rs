//! What a text quotes: paired quotation marks, lines behind `>`, code.
//!
//! Only pairs count. A lone `'` is an apostrophe far more often than a quotation
//! mark, so it never opens one.

use crate::span::Span;
use crate::view::table;

/// Opening marks and what closes each.
const PAIRS: [(char, &[char]); 8] = [
    ('“', &['”']),
    ('„', &['“', '”']),
    ('«', &['»']),
    ('»', &['«']),
    ('‹', &['›']),
    ('‘', &['’']),
    ('「', &['」']),
    ('『', &['』']),
];

/// Whether [`quoted`] may find anything in `text`.
pub(super) fn may_quote(text: &str) -> bool {
    let mut marks = 0;
    let mut strange = false;
    for byte in text.bytes() {
        marks += match byte {
            b'`' | b'~' | b'>' => 2,
            b'"' => 1,
            _ => 0,
        };
        strange |= !byte.is_ascii();
    }
    marks > 1 || strange && text.chars().any(|c| PAIRS.iter().any(|pair| pair.0 == c))
}

/// The quoted places of `text`, marks included. Linear in the text.
pub(super) fn quoted(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut paragraph = 0;
    let mut fence: Option<(char, usize)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let (start, end) = (at, at + line.len());
        at = end;
        let trimmed = line.trim();
        let opens = fence_of(trimmed);
        if let Some((sign, from)) = fence {
            if opens == Some(sign) {
                found.push(span(from, end));
                fence = None;
                paragraph = end;
            }
            continue;
        }
        if is_quoted_line(trimmed) {
            found.push(span(start, end));
        }
        if let Some(sign) = opens {
            inline(text, paragraph, start, &mut found);
            fence = Some((sign, start));
        } else if trimmed.is_empty() {
            inline(text, paragraph, start, &mut found);
            paragraph = end;
        }
    }
    // A fence that nothing closes quotes nothing.
    let rest = if fence.is_none() { paragraph } else { text.len() };
    inline(text, rest, text.len(), &mut found);
    found
}

/// `> text`, `>text`, `>> text`, but no face such as `>:(`.
fn is_quoted_line(line: &str) -> bool {
    let behind = line.trim_start_matches('>');
    let next = behind.chars().next();
    behind.len() < line.len() && next.is_none_or(|c| c.is_whitespace() || is_word(c))
}

/// The sign of a line that opens or closes a block of code.
fn fence_of(line: &str) -> Option<char> {
    ["```", "~~~"].into_iter().find(|f| line.starts_with(f)).and_then(|f| f.chars().next())
}

/// The quotations and code within one paragraph.
fn inline(text: &str, start: usize, end: usize, found: &mut Vec<Span>) {
    let paragraph = &text[start..end];
    let mut open: Option<(usize, char)> = None;
    let mut skip = 0;
    let mut before = None;
    for (at, c) in paragraph.char_indices() {
        let last = before.replace(c);
        if at < skip {
            continue;
        }
        if c == '`' {
            let run = paragraph[at..].bytes().take_while(|&b| b == b'`').count();
            // Longer runs are no code within a line, and looking for them takes long.
            let code = (run <= 3).then(|| closing_run(&paragraph[at + run..], run)).flatten();
            skip = match code {
                Some(len) => {
                    found.push(span(start + at, start + at + run + len));
                    at + run + len
                }
                None => at + run,
            };
            continue;
        }
        let next = paragraph[at + c.len_utf8()..].chars().next();
        match open {
            Some((from, mark)) if closes(mark, c) && !is_apostrophe(c, next) => {
                found.push(span(start + from, start + at + c.len_utf8()));
                open = None;
            }
            None if opens(c, last, next) => open = Some((at, c)),
            _ => {}
        }
    }
}

/// The length up to the end of the next run of exactly `run` backticks.
fn closing_run(text: &str, run: usize) -> Option<usize> {
    let mut at = 0;
    while let Some(next) = text[at..].find('`') {
        let from = at + next;
        let len = text[from..].bytes().take_while(|&b| b == b'`').count();
        at = from + len;
        if len == run {
            return Some(at);
        }
    }
    None
}

fn opens(c: char, last: Option<char>, next: Option<char>) -> bool {
    let directed = PAIRS.iter().any(|pair| pair.0 == c);
    let apart = !last.is_some_and(is_word) && next.is_some_and(|next| !next.is_whitespace());
    (c == '"' || directed) && apart
}

fn closes(mark: char, c: char) -> bool {
    mark == '"' && c == '"' || PAIRS.iter().any(|(open, close)| *open == mark && close.contains(&c))
}

/// `’` inside a word.
fn is_apostrophe(c: char, next: Option<char>) -> bool {
    c == '’' && next.is_some_and(is_word)
}

fn is_word(c: char) -> bool {
    table::props(c).is_word()
}

fn span(start: usize, end: usize) -> Span {
    Span::new(start as u32, end as u32)
}

#[cfg(test)]
mod tests {
    use super::{may_quote, quoted};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_quotes_may_quote(text in "(\"|“|”|«|»|‘|’|`|~|>|\n| |[a-c]){0,12}") {
            prop_assert!(quoted(&text).is_empty() || may_quote(&text));
        }
    }

    fn parts(text: &str) -> Vec<&str> {
        quoted(text).into_iter().map(|s| &text[s.start as usize..s.end as usize]).collect()
    }

    #[test]
    fn pairs_count_and_lone_marks_do_not() {
        assert_eq!(parts("he said \"spam\" twice"), ["\"spam\""]);
        assert_eq!(parts("“spam” „spam“ «spam» ‘don’t’ 「spam」").len(), 5);
        assert_eq!(parts("»spam« „spam”").len(), 2);
        assert!(parts("he said \"spam").is_empty());
        assert!(parts("a 5\" spam 6\" pipe").is_empty());
        assert!(parts("don't spam the boys'").is_empty());
        assert!(parts("\"open\n\nspam\" closed").is_empty());
        assert_eq!(parts("\"two\nlines\""), ["\"two\nlines\""]);
    }

    #[test]
    fn lines_and_code() {
        assert_eq!(parts("> spam\nspam"), ["> spam\n"]);
        assert_eq!(parts(">> spam\n>spam").len(), 2);
        assert!(parts(">:( spam").is_empty());
        assert_eq!(parts("a `spam` b ``c ` d``"), ["`spam`", "``c ` d``"]);
        assert!(parts("a `spam").is_empty());
        assert_eq!(parts("a\n```\nspam\n```\nspam"), ["```\nspam\n```\n"]);
        assert!(parts("a\n```\n\"spam\"").is_empty());
    }
}
