//! Links.

use super::{Doc, hosts, text};

pub(super) const DOC: Doc = Doc {
    name: "url",
    what: "A link: with a scheme (`https`, `ftp`, also defanged as `hxxp`), with `www.`, or a \
           bare host that ends with a top-level domain. Where that domain is also a word or \
           the ending of a file (`it`, `me`, `md`, `zip`), a bare host needs a path. The \
           punctuation of the sentence is not part of it.",
    example: "{ entity: url }",
    regions: &[],
    valid: &[
        ("see https://example.com/a_(b)?q=1#f.", &["https://example.com/a_(b)?q=1#f"]),
        ("(http://192.0.2.1:8080/x)", &["http://192.0.2.1:8080/x"]),
        (
            "www.example.org, example.net/x and shop.example.com",
            &["www.example.org", "example.net/x", "shop.example.com"],
        ),
        ("hxxps://example[.]com/x", &["hxxps://example[.]com/x"]),
        ("https://münchen.example/straße", &["https://münchen.example/straße"]),
        ("http://localhost:3000/", &["http://localhost:3000/"]),
        ("http://[2001:db8::1]:80/x", &["http://[2001:db8::1]:80/x"]),
        ("youtu.be/dQw4", &["youtu.be/dQw4"]),
        ("去https://example.com/看", &["https://example.com/"]),
        ("ftp://user:pw@example.com", &["ftp://user:pw@example.com"]),
    ],
    invalid: &["http://", "https:///x", "www.", "http://.", "example.notatld", "://example"],
    look_alike: &[
        "jane@example.com",
        "it was late.So we left",
        "done.it was fine",
        "open main.rs and notes.md",
        "e.g. this, i.e. that",
        "v1.2.3 costs 3.50",
        "node.js",
        "user.name()",
        "src/lib.com.bak",
        "wait...what",
        "100 M.Group 2",
    ],
};

/// Top-level domains that are also words people forget the space before, or endings of
/// files and names of members in programs; sorted.
const AMBIGUOUS: [&str; 86] = [
    "ad", "ag", "al", "am", "as", "at", "ba", "be", "best", "bet", "bi", "by", "call", "care",
    "cat", "cc", "cf", "cool", "da", "date", "day", "do", "dog", "fail", "fan", "fit", "foo",
    "fun", "fyi", "ga", "gay", "gd", "ge", "gl", "go", "gs", "here", "how", "id", "in", "is", "it",
    "la", "life", "lol", "love", "ma", "man", "map", "md", "me", "meet", "men", "ml", "mo", "mov",
    "ms", "my", "na", "name", "ne", "new", "no", "now", "one", "open", "pa", "pm", "ps", "pub",
    "py", "read", "rs", "run", "safe", "se", "select", "sh", "so", "talk", "to", "today", "us",
    "you", "zip", "zone",
];

pub(super) fn find(text: &str, add: &mut impl FnMut(usize, usize)) {
    let bytes = text.as_bytes();
    let (mut at, mut done) = (0, 0);
    while let Some(offset) = memchr::memchr2(b':', b'.', &bytes[at..]) {
        let sign = at + offset;
        at = sign + 1;
        if bytes[sign] == b'.' && bytes.get(at).is_none_or(u8::is_ascii_whitespace) {
            // The end of a sentence, which is what most dots are.
            continue;
        }
        let found = if bytes[sign] == b':' {
            with_scheme(text, sign, done)
        } else {
            match bare(text, sign, done) {
                Ok(found) => Some(found),
                Err(read) => {
                    at = at.max(read);
                    done = done.max(read);
                    None
                }
            }
        };
        if let Some((start, end)) = found {
            add(start, end);
            (at, done) = (end, end);
        }
    }
}

/// A link whose scheme ends at the colon at `colon`.
fn with_scheme(text: &str, colon: usize, done: usize) -> Option<(usize, usize)> {
    let rest = &text[colon + 1..];
    let (head, behind) = match rest.strip_prefix(']').or_else(|| rest.strip_prefix(')')) {
        Some(behind) => (text[..colon].strip_suffix(['[', '('])?, behind),
        None => (&text[..colon], rest),
    };
    let behind = behind.strip_prefix("//")?;
    let start = hosts::scheme_word(head).filter(|&start| start >= done)?;
    let authority = text.len() - behind.len();
    let host_start = authority + user_len(behind);
    let host_end = bracketed_end(text, host_start)
        .or_else(|| hosts::any(text, host_start).map(|host| host.end))?;
    Some((start, hosts::tail_end(text, host_end)))
}

/// The length of `user:password@` at the start of an authority.
fn user_len(authority: &str) -> usize {
    let belongs = |c: char| c.is_ascii_graphic() && !matches!(c, '/' | '?' | '#' | '<' | '>' | '"');
    let window = &authority[..text::floor(authority, 128)];
    let end = window.find(|c| !belongs(c)).unwrap_or(window.len());
    window[..end].rfind('@').map_or(0, |at| at + 1)
}

/// The end of an address of version 6 in brackets.
fn bracketed_end(text: &str, start: usize) -> Option<usize> {
    let rest = text[start..text::floor(text, start + 64)].strip_prefix('[')?;
    let len = rest.find(']')?;
    rest[..len].parse::<std::net::Ipv6Addr>().ok()?;
    Some(start + len + 2)
}

/// A host without a scheme around the dot at `dot`; what was read in vain is the error.
fn bare(text: &str, dot: usize, done: usize) -> Result<(usize, usize), usize> {
    let start = hosts::label_start(text, dot).max(done);
    if start == dot {
        return Err(dot + 1);
    }
    let is_www = text[start..dot].eq_ignore_ascii_case("www");
    let host = match hosts::public(text, start) {
        Ok(host) => host,
        Err(read) => match hosts::any(text, start).filter(|host| is_www && host.labels > 2) {
            Some(host) => host,
            None => return Err(read),
        },
    };
    let (top, before) = (&text[host.top..host.end], &text[start..host.top]);
    let is_www = is_www && host.labels > 2;
    let may_be = opens_link(text, start)
        && (is_www || is_clean(text, start, host.end) && !is_mixed(before, top));
    if !may_be {
        return Err(host.read);
    }
    let end = hosts::tail_end(text, host.end);
    let meant = is_www || end > host.end || !(is_ambiguous(top) || is_short(before, top));
    if meant { Ok((start, end)) } else { Err(host.read) }
}

/// Not the host of a mail address, a file in a folder or a member in a program.
fn opens_link(text: &str, start: usize) -> bool {
    text::opens(text, start) && !text[..start].ends_with(['@', '.', '-', '_', '/', '\\', '$', '='])
}

/// Neither a number nor a call nor a longer name runs on behind the host.
fn is_clean(text: &str, start: usize, end: usize) -> bool {
    let digits = |c: char| c.is_ascii_digit() || c == '.';
    let rest = &text[end..];
    let mut chars = rest.chars();
    let goes_on = match chars.next() {
        Some('(' | '@' | '=') => true,
        Some('.' | '-' | '_') => chars.next().is_some_and(text::is_word),
        _ => false,
    };
    !goes_on && text::closes(text, end) && !text[start..end].chars().all(digits)
}

fn is_ambiguous(top: &str) -> bool {
    let mut low = [0u8; 8];
    let Some(room) = low.get_mut(..top.len()) else { return false };
    room.copy_from_slice(top.as_bytes());
    room.make_ascii_lowercase();
    AMBIGUOUS.binary_search_by(|name| name.as_bytes().cmp(room)).is_ok()
}

/// One letter or mere digits before a rare domain: `M.Group`, `1.ci`, but not `x.com`.
fn is_short(before: &str, top: &str) -> bool {
    let label = before.trim_end_matches('.');
    let short = label.chars().count() < 2 || label.bytes().all(|b| b.is_ascii_digit());
    short && !["com", "net", "org"].iter().any(|common| top.eq_ignore_ascii_case(common))
}

/// A capital that starts the last label, when the others are small: a new sentence.
fn is_mixed(before: &str, top: &str) -> bool {
    top.starts_with(char::is_uppercase) && !before.contains(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    #[test]
    fn ambiguous_names_are_in_order() {
        assert!(super::AMBIGUOUS.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
