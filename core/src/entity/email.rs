//! Mail addresses.

use super::hosts::{self, Host};
use super::{Doc, text};

pub(super) const DOC: Doc = Doc {
    name: "email",
    what: "A mail address: a local part of the letters that RFC 5322 allows unquoted (letters \
           of other scripts too), `@`, and a host that ends with a top-level domain. The `@` \
           may be written `[at]` or `(at)`, dots `[.]`, `[dot]` or `(dot)`.",
    example: "{ entity: email }",
    regions: &[],
    valid: &[
        ("write to Jane.Doe+spam@mail.example.co.uk.", &["Jane.Doe+spam@mail.example.co.uk"]),
        ("<mailto:jane@example.org>", &["jane@example.org"]),
        ("'jane@example.com'", &["jane@example.com"]),
        ("jane@example.com.Thanks", &["jane@example.com"]),
        ("用户@例子.中国 hi", &["用户@例子.中国"]),
        ("jane [at] example (dot) com", &["jane [at] example (dot) com"]),
        ("jane(AT)example.com", &["jane(AT)example.com"]),
        ("ja\u{200B}ne@exam\u{200B}ple.com", &["ja\u{200B}ne@exam\u{200B}ple.com"]),
        ("a@example.com,b@example.com", &["a@example.com", "b@example.com"]),
    ],
    invalid: &[
        "jane@example",
        "jane..doe@",
        "@example.com",
        "jane@-example.com",
        "jane@example.notatld",
        "jane@@example.com",
        "jane.@example.com",
    ],
    look_alike: &[
        "icon@2x.png",
        "@jane hi",
        "git@localhost",
        "meet me @ 5.com or so",
        "see (at) once",
    ],
};

/// The most bytes of a local part.
const LONGEST: usize = 64;

pub(super) fn find(text: &str, add: &mut impl FnMut(usize, usize)) {
    let bytes = text.as_bytes();
    let (mut at, mut done) = (0, 0);
    while let Some(offset) = memchr::memchr3(b'@', b'[', b'(', &bytes[at..]) {
        let sign = at + offset;
        at = sign + 1;
        let found = if bytes[sign] == b'@' {
            plain(text, sign, done)
        } else {
            spelled_out(text, sign, done)
        };
        if let Some((start, end)) = found {
            add(start, end);
            (at, done) = (end, end);
        }
    }
}

fn plain(text: &str, sign: usize, done: usize) -> Option<(usize, usize)> {
    let start = local_start(text, sign, done)?;
    let host = hosts::public(text, sign + 1).ok()?;
    Some((start, host.end))
}

/// `[at]` and `(at)`, white space around allowed.
fn spelled_out(text: &str, sign: usize, done: usize) -> Option<(usize, usize)> {
    let inside = text[sign + 1..].trim_start_matches(' ');
    let word = inside.get(..2).filter(|word| word.eq_ignore_ascii_case("at"))?;
    let close = inside[word.len()..].trim_start_matches(' ');
    let close = close.strip_prefix([']', ')'])?;
    let host_start = text.len() - close.trim_start_matches(' ').len();
    let local_end = text[..sign].trim_end_matches(' ').len();
    if sign - local_end > 3 || host_start - sign > 12 {
        return None;
    }
    let start = local_start(text, local_end, done)?;
    let host = loose_host(text, host_start)?;
    Some((start, host.end))
}

/// A host whose dots may have white space around their brackets.
fn loose_host(text: &str, start: usize) -> Option<Host> {
    if let Ok(host) = hosts::public(text, start) {
        return Some(host);
    }
    let mut end = hosts::any(text, start)?.end;
    let mut labels = 1;
    while let Some(next) = loose_dot(text, end) {
        labels += 1;
        let host = hosts::any(text, next)?;
        if super::domain::is_top_level(&text[host.top..host.end]) {
            return Some(Host { labels, ..host });
        }
        end = host.end;
        if labels > 8 {
            break;
        }
    }
    None
}

/// The end of ` (dot) ` or ` dot ` at `at`.
fn loose_dot(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..text::floor(text, at + 16)];
    let inner = rest.trim_start_matches(' ');
    let unwrapped = inner.strip_prefix(['[', '(']);
    let core = unwrapped.unwrap_or(inner).trim_start_matches(' ');
    let core = match core.strip_prefix('.') {
        Some(behind) => behind,
        None => core.get(3..).filter(|_| core[..3].eq_ignore_ascii_case("dot"))?,
    };
    let behind = core.trim_start_matches(' ');
    let behind = match unwrapped {
        Some(_) => behind.strip_prefix([']', ')'])?.trim_start_matches(' '),
        None if behind.len() < core.len() && inner.len() < rest.len() => behind,
        None => return None,
    };
    Some(at + rest.len() - behind.len())
}

/// The start of the local part that ends at `end`; none when it is empty or too long.
fn local_start(text: &str, end: usize, done: usize) -> Option<usize> {
    let head = &text[done..end];
    let mut len = 0;
    for c in head.chars().rev() {
        if !is_local(c) {
            break;
        }
        len += c.len_utf8();
        if len > LONGEST {
            return None;
        }
    }
    let local = &head[head.len() - len..];
    // Quotes and the like before it belong to the sentence.
    let local = local.trim_start_matches(|c: char| !(text::is_word(c) || matches!(c, '_' | '+')));
    let fits = !local.is_empty() && !local.ends_with('.') && !local.contains("..");
    fits.then(|| end - local.len())
}

fn is_local(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&(c as u8));
    }
    text::is_word(c) || text::is_invisible(c)
}
