//! Internet addresses.

use std::net::Ipv6Addr;

use super::context::Words;
use super::{Doc, text};

pub(super) const DOC: Doc = Doc {
    name: "ip",
    what: "An internet address, version 4 (four numbers up to 255, without leading zeros) or \
           version 6 (all forms of RFC 4291). Dots may be defanged as `[.]`. Ports and prefix \
           lengths are not part of it. Version numbers, sections, clock times and hardware \
           addresses are told apart by what stands around them: four single digits count only \
           in a link, with a port, or near words such as `ip` or `server`.",
    example: "{ entity: ip }",
    regions: &[],
    valid: &[
        ("ping 192.0.2.17:8080 now", &["192.0.2.17"]),
        ("198.51.100.0/24", &["198.51.100.0"]),
        ("dns 9.9.9.9", &["9.9.9.9"]),
        ("it is 203.0.113.9.", &["203.0.113.9"]),
        ("http://203.0.113.9/x", &["203.0.113.9"]),
        ("192[.]0[.]2[.]17", &["192[.]0[.]2[.]17"]),
        ("2001:db8::8a2e:370:7334 is up", &["2001:db8::8a2e:370:7334"]),
        ("[2001:DB8:0:0:8:800:200C:417A]:443", &["2001:DB8:0:0:8:800:200C:417A"]),
        ("::ffff:192.0.2.128", &["::ffff:192.0.2.128"]),
        ("listen on ::1", &["::1"]),
        ("fe80::1%eth0", &["fe80::1"]),
        ("203.0.113.9:80,203.0.113.10", &["203.0.113.9", "203.0.113.10"]),
        ("203.0.113.9-203.0.113.20", &["203.0.113.9", "203.0.113.20"]),
        ("listens on 0.0.0.0:8080", &["0.0.0.0"]),
    ],
    invalid: &[
        "256.1.1.1",
        "1.2.3",
        "10.20.30.40.50",
        "01.2.3.4",
        "2001:db8:::1",
        "2001:db8::1::2",
        "1:2:3:4:5:6:7",
        "12345::1",
    ],
    look_alike: &[
        "version 10.20.30.40",
        "v10.20.30.40",
        "Chrome/120.0.0.0 Safari",
        "see section 14.2.1.3",
        "3.2.2.5 On pensions",
        "10.20.30.40-beta",
        "$1,234.5.6.7",
        "12:30:45",
        "00:1A:2B:3C:4D:5E",
        "std::vec",
        "a::b",
        "dead::beef",
    ],
};

/// Words before four numbers that are no address.
const OTHER: Words = Words {
    whole: &[
        "abschnitt",
        "article",
        "build",
        "chapter",
        "clause",
        "driver",
        "firmware",
        "kernel",
        "release",
        "rev",
        "revision",
        "section",
        "ver",
        "versao",
        "version",
        "versione",
        "версия",
    ],
    unspaced: &["バージョン", "版本", "버전"],
};
const WINDOW: usize = 12;
/// Words before an address; asked for where all four numbers have one digit.
const NEAR: Words = Words {
    whole: &[
        "addr",
        "address",
        "adresse",
        "connect",
        "dns",
        "gateway",
        "host",
        "ip",
        "ips",
        "localhost",
        "ping",
        "proxy",
        "router",
        "server",
        "ssh",
        "адрес",
        "сервер",
    ],
    unspaced: &["地址"],
};
const WINDOW_NEAR: usize = 32;
/// The most bytes of an address of either version.
const LONGEST: usize = 60;

pub(super) fn find(text: &str, add: &mut impl FnMut(usize, usize)) {
    let bytes = text.as_bytes();
    let (mut at, mut done, mut last) = (0, 0, 0);
    while let Some(offset) = memchr::memchr2(b'.', b':', &bytes[at..]) {
        let sign = at + offset;
        if !may_be_inside(bytes, sign) {
            at = sign + 1;
            continue;
        }
        let (start, end) = around(bytes, sign, done);
        at = end.max(sign + 1);
        done = at;
        let found = version_6(text, start, end).or_else(|| first_version_4(text, start, end, last));
        if let Some((start, end)) = found {
            add(start, end);
            last = end;
        }
    }
}

/// False for most signs of a sentence: before the first dot of an address stands a digit or the
/// bracket of a defanged one, and behind its first colon another part of it.
fn may_be_inside(bytes: &[u8], sign: usize) -> bool {
    let before = sign.checked_sub(1).map(|at| bytes[at]);
    match (bytes[sign], before, bytes.get(sign + 1)) {
        (b'.', Some(before), _) => before.is_ascii_digit() || matches!(before, b'[' | b'('),
        (b'.', None, _) | (_, _, None) => false,
        (_, _, Some(next)) => next.is_ascii_hexdigit() || matches!(next, b':' | b'[' | b'('),
    }
}

/// The characters of addresses around the sign at `at`, from `from` on.
fn around(bytes: &[u8], at: usize, from: usize) -> (usize, usize) {
    let belongs =
        |b: &u8| b.is_ascii_hexdigit() || matches!(b, b'.' | b':' | b'[' | b']' | b'(' | b')');
    let before = bytes[from..at].iter().rev().take_while(|b| belongs(b)).count();
    let behind = bytes[at..].iter().take_while(|b| belongs(b)).count();
    (at - before, at + behind)
}

/// An address of version 4 at the start or behind a colon; `last` is the end of the one before.
fn first_version_4(text: &str, start: usize, end: usize, last: usize) -> Option<(usize, usize)> {
    let mut at = start;
    text[start..end].split(':').find_map(|part| {
        let from = at;
        at += part.len() + 1;
        version_4(text, from, from + part.len(), last)
    })
}

fn version_4(text: &str, start: usize, end: usize, last: usize) -> Option<(usize, usize)> {
    let run = &text[start..end];
    let start = start + run.find(|c: char| c.is_ascii_digit())?;
    let (numbers, end) = octets(text, start)?;
    let before = text[..start].chars().next_back();
    let follows_name = before == Some('/') && text[..start - 1].ends_with(text::is_word);
    // The second of a range: `192.0.2.1-192.0.2.9`.
    let range = before == Some('-') && last > 0 && last + 1 == start;
    let clean = !follows_name
        && (range || !matches!(before, Some('.' | '-' | '_' | '$')))
        && !follows_thousands(text, start)
        && text::opens(text, start)
        && text::closes(text, end)
        && !goes_on(&text[end..])
        && !OTHER.before(text, start, WINDOW);
    let meant = || numbers.iter().any(|&number| number > 9) || is_used(text, start, end);
    (clean && meant()).then_some((start, end))
}

/// Behind `1,`: a part of a larger number, but not behind another address or its port.
fn follows_thousands(text: &str, start: usize) -> bool {
    let Some(head) = text[..start].strip_suffix(',') else { return false };
    let rest = head.trim_end_matches(|c: char| c.is_ascii_digit());
    rest.len() < head.len() && !rest.ends_with(['.', ':'])
}

/// A word, a scheme or a port says that four digits are an address, not a section.
fn is_used(text: &str, start: usize, end: usize) -> bool {
    let port =
        |rest: &str| rest.starts_with(':') && rest[1..].starts_with(|c: char| c.is_ascii_digit());
    text[..start].ends_with("//") || port(&text[end..]) || NEAR.before(text, start, WINDOW_NEAR)
}

/// Four numbers with dots between them, and where they end.
fn octets(text: &str, start: usize) -> Option<([u8; 4], usize)> {
    let bytes = text.as_bytes();
    let mut numbers = [0; 4];
    let mut at = start;
    for (i, number) in numbers.iter_mut().enumerate() {
        if i > 0 {
            at += dot(&bytes[at..])?;
        }
        let len = bytes[at..].iter().take(4).take_while(|b| b.is_ascii_digit()).count();
        if len > 1 && bytes[at] == b'0' {
            return None;
        }
        *number = text[at..at + len].parse().ok()?;
        at += len;
    }
    Some((numbers, at))
}

/// The length of a dot, plain or defanged.
fn dot(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [b'.', ..] => Some(1),
        [b'[', b'.', b']', ..] | [b'(', b'.', b')', ..] => Some(3),
        _ => None,
    }
}

/// A fifth number, or a suffix of a version.
fn goes_on(rest: &str) -> bool {
    let mut chars = rest.chars();
    match chars.next() {
        Some('.') => chars.next().is_some_and(|c| c.is_ascii_digit()),
        Some('-' | '_') => chars.next().is_some_and(char::is_alphabetic),
        _ => false,
    }
}

fn version_6(text: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    memchr::memchr(b':', &text.as_bytes()[start..end])?;
    let run = text[start..end].trim_start_matches(['[', ']', '(', ')', '.']);
    let start = end - run.len();
    let run = run.split(['[', ']', '(', ')']).next().unwrap_or_default().trim_end_matches('.');
    // A sentence may go on with a colon, but an address may end with two.
    let run = if run.ends_with("::") { run } else { run.trim_end_matches(':') };
    if run.len() > LONGEST {
        return None;
    }
    let address: Ipv6Addr = run.parse().ok()?;
    let end = start + run.len();
    let whole = text::opens(text, start)
        && text::closes(text, end)
        && !text[..start].ends_with(':')
        && !text[end..].starts_with(':');
    (whole && is_meant(run, address)).then_some((start, end))
}

/// Not a path in a program (`dead::beef`), a clock or the address of a machine.
fn is_meant(run: &str, address: Ipv6Addr) -> bool {
    let groups = run.split(':').filter(|group| !group.is_empty()).count();
    let has_digit = run.bytes().any(|b| b.is_ascii_digit());
    let pairs = groups == 8 && run.split(':').all(|group| group.len() == 2);
    let known = address.is_loopback() || address.to_ipv4_mapped().is_some() || is_routable(address);
    has_digit && !pairs && (groups >= 3 || known)
}

/// Global, link-local or unique local unicast, or multicast.
fn is_routable(address: Ipv6Addr) -> bool {
    let first = address.segments()[0];
    matches!(first, 0x2000..=0x3FFF | 0xFC00..=0xFDFF | 0xFE80..=0xFEBF | 0xFF00..) || first == 0x64
}

#[cfg(test)]
mod tests {
    #[test]
    fn words_are_in_order() {
        super::super::context::check(&super::OTHER);
        super::super::context::check(&super::NEAR);
    }
}
