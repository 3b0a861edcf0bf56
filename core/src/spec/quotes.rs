//! Quotes that are not closed where they should be, and text that runs on behind them.

use crate::diag::{Code, Diagnostic};
use crate::span::{FileId, SourceSpan};

/// The problem with the quoted text that ends before `at`, where text follows it; the
/// reading had come to `from`.
pub(super) fn text_behind(text: &str, file: FileId, from: usize, at: usize) -> Option<Diagnostic> {
    let opening = opening(text, from, at)?;
    let quote = &text[opening..=opening];
    let span = |start: usize, end: usize| SourceSpan::new(file, start as u32, end as u32);
    let width = text[at..].chars().next().map_or(0, char::len_utf8);
    let here = span(at, at + width);
    if text[opening..at].contains('\n') {
        let line = text[opening..].lines().next().unwrap_or("").trim_end();
        return Some(
            Diagnostic::new(
                Code::YamlSyntax,
                span(opening, opening + line.len()),
                "this quote is not closed on its line",
            )
            .also(here, "so the text ends before this, and this does not fit")
            .hint(format!("add the closing `{quote}`")),
        );
    }
    let problem = Diagnostic::new(Code::YamlSyntax, here, "there is text behind the closing quote");
    if text[at..].starts_with(['"', '\'']) {
        return Some(
            Diagnostic::new(Code::YamlSyntax, here, "a `,` is missing between two texts")
                .also(span(opening, at), "the first text")
                .hint("write `\"first\", \"second\"`; or put all of it in one pair of quotes")
                .fix(span(at, at), ", "),
        );
    }
    if text[at..].starts_with(['[', '{']) {
        let message = "a `:` or a `,` is missing before this bracket";
        let hint = "write `key: [a, b]`, or a comma between the items of a list";
        return Some(Diagnostic::new(Code::YamlSyntax, here, message).hint(hint));
    }
    let Some(whole) = meant(text, opening) else {
        return Some(problem.hint("put the whole text in one pair of quotes"));
    };
    let inner = &whole[1..whole.len() - 1];
    let range = span(opening, opening + whole.len());
    let written = if quote == "'" && !inner.contains(['"', '\\']) {
        format!("\"{inner}\"")
    } else {
        format!("'{}'", inner.replace('\'', "''"))
    };
    let ends = format!("the text ends with the second `{quote}`");
    Some(
        Diagnostic::new(Code::YamlSyntax, range, format!("there is a `{quote}` inside the text"))
            .label(ends)
            .hint(if written.contains('`') || written.len() > 80 {
                "put the text in the other kind of quotes".to_owned()
            } else {
                format!("write `{written}`")
            })
            .fix(range, written),
    )
}

/// What was meant as one text: up to the last such quote before the item ends.
fn meant(text: &str, opening: usize) -> Option<&str> {
    let quote = text[opening..].chars().next()?;
    let line = text[opening..].lines().next()?;
    let ends = line.match_indices(quote).skip(2).map(|(at, _)| at + 1);
    let closes = |&end: &usize| {
        let rest = line[end..].trim_start();
        rest.is_empty() || rest.starts_with([',', ']', '}']) || line[end..].starts_with(" #")
    };
    ends.into_iter().find(closes).map(|end| &line[..end])
}

/// Where the quoted text opens that is closed right before `at`.
fn opening(text: &str, from: usize, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut place = from;
    while place < at {
        match bytes[place] {
            b'#' if starts(text, place) => place += text[place..].find('\n')?,
            quote @ (b'"' | b'\'') if starts(text, place) => {
                let end = closing(bytes, place, quote)?;
                if end >= at || text[end..at].trim().is_empty() {
                    return Some(place);
                }
                place = end;
            }
            _ => place += 1,
        }
    }
    None
}

/// True where a quote begins a text: behind white space, a bracket or a comma.
fn starts(text: &str, at: usize) -> bool {
    at == 0 || matches!(text.as_bytes()[at - 1], b' ' | b'\n' | b'\r' | b'[' | b'{' | b',' | b'\t')
}

/// The place behind the quote that closes the text opened at `open`.
fn closing(bytes: &[u8], open: usize, quote: u8) -> Option<usize> {
    let mut at = open + 1;
    loop {
        match *bytes.get(at)? {
            b'\\' if quote == b'"' => at += 2,
            b if b == quote && quote == b'\'' && bytes.get(at + 1) == Some(&quote) => at += 2,
            b if b == quote => return Some(at + 1),
            _ => at += 1,
        }
    }
}
