//! Mail addresses.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::hosts::{self, Host};
use super::{Doc, text};

pub(super) const DOC: Doc = Doc {
    name: "email",
    what: "A mail address: a local part of the letters that RFC 5322 allows unquoted (letters \
           of other scripts too) or in double quotes, `@`, and a host that ends with a top-level domain, or an \
           internet address in brackets. The `@` \
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
        ("\"jane doe\"@example.com", &["\"jane doe\"@example.com"]),
        (
            "jane@[192.0.2.17] jo@[IPv6:2001:db8::1]",
            &["jane@[192.0.2.17]", "jo@[IPv6:2001:db8::1]"],
        ),
        ("email=jane@example.com", &["jane@example.com"]),
        ("news+jane=example.org@example.com", &["news+jane=example.org@example.com"]),
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
        "https://user:pass@example.com/",
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
    let start = local_start(text, sign, done).or_else(|| quoted_start(text, sign, done))?;
    if is_password(text, start) {
        return None;
    }
    let end = match hosts::public(text, sign + 1) {
        Ok(host) => host.end,
        Err(_) => literal_end(text, sign + 1)?,
    };
    Some((start, end))
}

/// True behind `https://user:`: what stands before the `@` lets somebody in.
fn is_password(text: &str, start: usize) -> bool {
    let Some(head) = text[..start].strip_suffix(':') else { return false };
    let user = head.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || "._%+-".contains(c));
    user.ends_with("//")
}

/// The start of `"jane doe"` before the sign.
fn quoted_start(text: &str, sign: usize, done: usize) -> Option<usize> {
    let inside = text[done..sign].strip_suffix('"')?;
    let from = text::ceil(text, done.max((done + inside.len()).saturating_sub(LONGEST)));
    let start = from + text[from..done + inside.len()].rfind('"')?;
    let local = &text[start + 1..done + inside.len()];
    let fits = !local.is_empty() && !local.contains(['\n', '@']) && text::opens(text, start);
    fits.then_some(start)
}

/// The end of an internet address in brackets: `[192.0.2.17]`, `[IPv6:2001:db8::1]`.
fn literal_end(text: &str, start: usize) -> Option<usize> {
    let inside = text[start..text::floor(text, start + LONGEST)].strip_prefix('[')?;
    let address = &inside[..inside.find(']')?];
    let known = match address.strip_prefix("IPv6:") {
        Some(address) => address.parse::<Ipv6Addr>().is_ok(),
        None => address.parse::<Ipv4Addr>().is_ok(),
    };
    known.then_some(start + address.len() + 2)
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
    let local = behind_key(local);
    let fits = !local.is_empty() && !local.ends_with('.') && !local.contains("..");
    fits.then(|| end - local.len())
}

/// `email=jane` is a key and what it holds; bounces (`news+jane=example.org`) are whole.
fn behind_key(local: &str) -> &str {
    match local.split_once('=') {
        Some((key, value)) if key.chars().all(|c| c.is_ascii_alphabetic() || c == '_') => value,
        _ => local,
    }
}

fn is_local(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&(c as u8));
    }
    text::is_word(c) || text::is_invisible(c)
}
