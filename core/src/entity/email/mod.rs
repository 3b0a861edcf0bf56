//! Mail addresses.

mod local;
mod signs;
mod spelled;

use std::net::{Ipv4Addr, Ipv6Addr};

use super::{Doc, hosts, text};
use local::{local_start, quoted_start};
use signs::{Signs, Way};

pub(in crate::entity) const DOC: Doc = Doc {
    name: "email",
    what: "A mail address: a local part of the letters that RFC 5322 allows unquoted (letters \
           of other scripts too) or in double quotes, `@`, and a host that ends with a top-level domain, or an \
           internet address in brackets. Forms of full width count. The `@` \
           may be written `[at]`, `(at)`, `{at}`, `<at>`, `(@)` or `(a)`, `%40` as in links, `&#64;` as in pages, dots `[.]`, `[dot]` and the like. \
           Bare words (`ann at example dot com`) count where something says that an address is meant: a word \
           such as `mail` or `contact` right before it, a dot or digit in its name, a host that gives out \
           mailboxes, or a name that begins the sentence; what looks so, as in `meet at example dot com`, does not.",
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
        ("https://page.example/?to=jane@example.com&x=1", &["jane@example.com"]),
        ("https://page.example/u/jane@example.com", &["jane@example.com"]),
        ("q&a@example.com", &["q&a@example.com"]),
        ("请联系jane@example.com谢谢", &["jane@example.com"]),
        ("메일은jane@example.com입니다", &["jane@example.com"]),
        ("ｊａｎｅ＠ｅｘａｍｐｌｅ．ｃｏｍ", &["ｊａｎｅ＠ｅｘａｍｐｌｅ．ｃｏｍ"]),
        ("jane＠example.com", &["jane＠example.com"]),
        ("jane(a)example.com, jo (@) example.com", &["jane(a)example.com", "jo (@) example.com"]),
        ("jane {at} example {dot} com", &["jane {at} example {dot} com"]),
        ("jane <AT> example <DOT> com", &["jane <AT> example <DOT> com"]),
        ("jane@example dot com", &["jane@example dot com"]),
        ("https://page.example/?to=jane%40example.com&x=1", &["jane%40example.com"]),
        (
            "jane&#64;example.com jo&#x40;example.com",
            &["jane&#64;example.com", "jo&#x40;example.com"],
        ),
        ("ann at example dot com", &["ann at example dot com"]),
        ("mail ann at example dot co dot uk or call", &["ann at example dot co dot uk"]),
        ("ask for jane dot doe at example dot com", &["jane dot doe at example dot com"]),
        ("my email is ann at example.com", &["ann at example.com"]),
        ("REACH ME: JDOE77 AT GMAIL DOT COM", &["JDOE77 AT GMAIL DOT COM"]),
    ],
    invalid: &[
        "jane@example",
        "jane..doe@",
        "@example.com",
        "jane@-example.com",
        "jane@example.notatld",
        "jane@@example.com",
        "jane.@example.com",
        "mail ann at example dot notatld",
        "jane＠例子",
    ],
    look_alike: &[
        "icon@2x.png",
        "https://user%40example.com:pass@files.example/",
        "40%40 off.com",
        "@jane hi",
        "git@localhost",
        "clone git@code.example.com:team/project.git",
        "meet me @ 5.com or so",
        "see (at) once",
        "https://user:pass@example.com/",
        "https://user@example.com/",
        "meet at example dot com",
        "Look at example dot com for more",
        "find us at example dot com",
        "email me at example dot com",
        "the idiots are on a shirt at example dot com",
        "write about it at example.com",
        "she works at example.com",
        "ann at example.com",
        "we sat at a table, dot com or not",
        "option (a) example.com",
        "section 3.2 at example dot com",
    ],
};

/// The most bytes of an internet address in brackets.
const LONGEST_LITERAL: usize = 64;

pub(in crate::entity) fn find(text: &str, add: &mut impl FnMut(usize, usize)) {
    let mut signs = Signs::new(text);
    let (mut at, mut done) = (0, 0);
    while let Some((sign, way)) = signs.next(at) {
        at = sign + 1;
        let found = match way {
            Way::Plain => plain(text, sign, sign + 1, done),
            Way::Wide(len) => plain(text, sign, sign + len, done),
            Way::Bracket => spelled::in_brackets(text, sign, done),
            Way::Word => spelled::as_word(text, sign, done),
        };
        if let Some((start, end)) = found {
            add(start, end);
            (at, done) = (end, end);
        }
    }
}

/// The address whose `@` is `sign..behind`.
fn plain(text: &str, sign: usize, behind: usize, done: usize) -> Option<(usize, usize)> {
    let start = local_start(text, sign, done).or_else(|| quoted_start(text, sign, done))?;
    if lets_in(text, start) {
        return None;
    }
    let host = || hosts::public(text, behind).ok().map(|host| host.end);
    let end = host()
        .or_else(|| literal_end(text, behind))
        .or_else(|| spelled::host(text, behind).map(|host| host.end))?;
    (!is_remote_path(&text[end..])).then_some((start, end))
}

/// `git@host:team/project.git`: a path on the host.
fn is_remote_path(rest: &str) -> bool {
    let path = rest.strip_prefix(':').filter(|path| path.starts_with(text::is_word));
    let near = path.map(|path| &path[..text::floor(path, LONGEST_LITERAL)]);
    near.is_some_and(|path| path.split(char::is_whitespace).next().is_some_and(|p| p.contains('/')))
}

/// True behind `https://` and `https://user:`: what stands before the `@` lets somebody in.
fn lets_in(text: &str, start: usize) -> bool {
    let head = &text[..start];
    if head.ends_with("//") {
        return !head.ends_with("mailto://");
    }
    let Some(head) = head.strip_suffix(':') else { return false };
    let user = head.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || "._%+-".contains(c));
    user.ends_with("//")
}

/// The end of an internet address in brackets: `[192.0.2.17]`, `[IPv6:2001:db8::1]`.
fn literal_end(text: &str, start: usize) -> Option<usize> {
    let inside = text[start..text::floor(text, start + LONGEST_LITERAL)].strip_prefix('[')?;
    let address = &inside[..inside.find(']')?];
    let known = match address.strip_prefix("IPv6:") {
        Some(address) => address.parse::<Ipv6Addr>().is_ok(),
        None => address.parse::<Ipv4Addr>().is_ok(),
    };
    known.then_some(start + address.len() + 2)
}
