//! Hosts and links as texts write them, where no list says which are meant.

use super::domain::{What, before, is_top_level};
use super::text;

/// The most bytes of a host.
const LONGEST: usize = 253;
/// The most bytes of a label.
const LONGEST_LABEL: usize = 63;
/// The most bytes of a link behind its host that are read.
const LONGEST_TAIL: usize = 2048;

/// Labels with dots between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Host {
    /// One past the last byte of the host.
    pub(super) end: usize,
    /// The first byte of its last label.
    pub(super) top: usize,
    /// How many labels it has.
    pub(super) labels: usize,
    /// One past the last byte that was read; nothing up to there is another host.
    pub(super) read: usize,
}

/// The longest host that starts at `start` and ends with a top-level domain.
/// Without one, the place up to which there is none is the error.
pub(super) fn public(text: &str, start: usize) -> Result<Host, usize> {
    let mut best = None;
    let mut labels = 0;
    let read = each_label(text, start, |from, to| {
        labels += 1;
        let label = &text[from..to];
        let sentence = labels > 2 && begins_sentence(&text[start..from], label);
        if labels >= 2 && !sentence && may_be_top(label) && is_top_level(label) {
            best = Some(Host { end: to, top: from, labels, read: to });
        }
        !sentence
    });
    best.map(|host| Host { read, ..host }).ok_or(read)
}

/// The longest host that starts at `start`, whatever its last label is.
pub(super) fn any(text: &str, start: usize) -> Option<Host> {
    let mut last = None;
    let mut labels = 0;
    let read = each_label(text, start, |from, to| {
        labels += 1;
        last = Some(Host { end: to, top: from, labels, read: to });
        true
    });
    last.map(|host| Host { read, ..host })
}

/// Two letters at least, and no digit first: what tables need not be asked about.
fn may_be_top(label: &str) -> bool {
    label.len() > 1 && !label.starts_with(|c: char| c.is_ascii_digit())
}

/// `Thanks` in `example.com.Thanks`: a capital where all before is small.
fn begins_sentence(before: &str, label: &str) -> bool {
    label.starts_with(char::is_uppercase) && !before.contains(char::is_uppercase)
}

/// Calls `each` with the labels from `start` on until it says no, and returns
/// the end of what was read.
fn each_label(text: &str, start: usize, mut each: impl FnMut(usize, usize) -> bool) -> usize {
    let mut from = start;
    loop {
        let (to, read) = label(text, from);
        if to == from || to - start > LONGEST || !each(from, to) {
            return read;
        }
        match dot_len(text, to) {
            Some(len) if read == to => from = to + len,
            _ => return read,
        }
    }
}

/// A dot between labels, plain, in brackets, or of full width behind letters of full width.
fn dot_len(text: &str, at: usize) -> Option<usize> {
    let rest = &text.as_bytes()[at..];
    match rest {
        [b'.', ..] => Some(1),
        [0xEF, 0xBC, 0x8E, ..] => text[..at].ends_with(is_wide).then_some("．".len()),
        [b'[' | b'(', b'.', b']' | b')', ..] => Some(3),
        [b'[' | b'(', ..] if rest.len() > 4 && rest[1..4].eq_ignore_ascii_case(b"dot") => {
            matches!(rest[4], b']' | b')').then_some(5)
        }
        _ => None,
    }
}

fn is_wide(c: char) -> bool {
    matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

/// The end of the label at `from`, and the end of what was read; no label has
/// more letters than it may, or a hyphen at an end.
fn label(text: &str, from: usize) -> (usize, usize) {
    let ascii = text[from..].starts_with(|c: char| c.is_ascii_alphanumeric());
    let belongs = |c: char| {
        c.is_ascii_alphanumeric()
            || matches!(c, '-' | '_')
            || text::is_invisible(c)
            || !c.is_ascii() && text::is_word(c) && !(ascii && text::touches(c))
    };
    let rest = &text[from..];
    let read = from + rest.find(|c| !belongs(c)).unwrap_or(rest.len());
    let hangs = |c: char| matches!(c, '-' | '_') || text::is_invisible(c);
    let label = text[from..read].trim_end_matches(hangs);
    let fits = label.len() <= LONGEST_LABEL && !label.starts_with('-');
    (if fits { from + label.len() } else { from }, read)
}

/// The start of the labels that stand before a host and belong to it.
pub(super) fn subdomains_before(text: &str, at: usize) -> usize {
    let mut start = at;
    while at - start < LONGEST {
        let Some(dot) = before(text, start).filter(|piece| piece.what == What::Dot) else { break };
        if text[dot.start..start].contains(text::is_blank) {
            break;
        }
        let label = label_start(text, dot.start);
        if label == dot.start {
            break;
        }
        start = label;
    }
    start
}

/// The start of the label that ends at `end`.
pub(super) fn label_start(text: &str, end: usize) -> usize {
    let mut start = end;
    let mut here = end;
    let ascii = text[..end].ends_with(|c: char| c.is_ascii());
    for c in text[..end].chars().rev() {
        here -= c.len_utf8();
        if end - here > LONGEST || ascii && text::touches(c) {
            break;
        }
        if text::is_word(c) || c == '_' {
            start = here;
        } else if !(text::is_dash(c) || text::is_invisible(c)) {
            break;
        }
    }
    start
}

/// The link around a host: scheme and user before it, port and path behind it.
pub(super) fn link_around(text: &str, start: usize, end: usize) -> (usize, usize) {
    (link_start(text, start), tail_end(text, end))
}

/// The start of the link whose host starts at `start`.
pub(super) fn link_start(text: &str, start: usize) -> usize {
    scheme_start(text, user_start(text, start)).unwrap_or(start)
}

/// The start of `name:password@` before a host.
fn user_start(text: &str, start: usize) -> usize {
    let Some(head) = text[..start].strip_suffix('@') else { return start };
    let belongs = |c: &char| !c.is_whitespace() && !matches!(c, '/' | '@' | '<' | '>' | '"');
    let len: usize =
        head.chars().rev().take(LONGEST_LABEL).take_while(belongs).map(char::len_utf8).sum();
    head.len() - len
}

/// The start of a scheme whose `://` ends at `at`.
fn scheme_start(text: &str, at: usize) -> Option<usize> {
    let head = text[..at].strip_suffix("//").or_else(|| text[..at].strip_suffix("\\\\"))?;
    let colon = [":", "[:]", "(:)"].into_iter().find_map(|colon| head.strip_suffix(colon))?;
    let start = scheme_word(colon)?;
    Some(start)
}

/// The start of the scheme that `head` ends with.
pub(super) fn scheme_word(head: &str) -> Option<usize> {
    let letters = head.bytes().rev().take(12).take_while(u8::is_ascii_alphabetic).count();
    let start = head.len() - letters;
    let known = SCHEMES.iter().any(|scheme| head[start..].eq_ignore_ascii_case(scheme));
    (known && text::opens(head, start)).then_some(start)
}

/// Schemes of links with a host, the defanged ones included.
const SCHEMES: [&str; 13] = [
    "http", "https", "ftp", "ftps", "sftp", "ws", "wss", "hxxp", "hxxps", "hxtp", "hxtps", "h**p",
    "discord",
];

/// The end of port, path, query and fragment behind a host, without the
/// punctuation of the sentence around.
pub(super) fn tail_end(text: &str, host_end: usize) -> usize {
    let end = port_end(text, host_end);
    let rest = &text[end..text::floor(text, end + LONGEST_TAIL)];
    if !rest.starts_with(['/', '?', '#']) {
        return end;
    }
    let stop = rest.find(|c: char| !is_of_links(c)).unwrap_or(rest.len());
    end + trimmed(&rest[..stop])
}

fn port_end(text: &str, at: usize) -> usize {
    let bytes = &text.as_bytes()[at..];
    let digits = bytes.iter().skip(1).take(6).take_while(|b| b.is_ascii_digit()).count();
    let is_port = bytes.first() == Some(&b':') && (1..=5).contains(&digits);
    if is_port { at + 1 + digits } else { at }
}

fn is_of_links(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_graphic()
            && !matches!(c, '<' | '>' | '"' | '`' | '{' | '}' | '|' | '\\' | '^');
    }
    text::is_word(c) && !text::is_unspaced(c)
}

/// The length of `tail` without closing punctuation and brackets that nothing opened.
fn trimmed(tail: &str) -> usize {
    let mut len = tail.len();
    let count = |sign: u8| tail.bytes().filter(|&b| b == sign).count();
    let (mut round, mut square) =
        (count(b')').saturating_sub(count(b'(')), count(b']').saturating_sub(count(b'[')));
    while let Some(last) = tail[..len].bytes().next_back() {
        match last {
            b'.' | b',' | b';' | b':' | b'!' | b'?' | b'\'' | b'*' | b'_' | b'~' => {}
            b')' if round > 0 => round -= 1,
            b']' if square > 0 => square -= 1,
            _ => break,
        }
        len -= 1;
    }
    // A lone slash belongs to the host.
    len
}

#[cfg(test)]
mod tests {
    use super::{any, link_around, public, subdomains_before, tail_end};

    fn public_host(text: &str) -> Option<&str> {
        public(text, 0).ok().map(|host| &text[..host.end])
    }

    #[test]
    fn public_hosts_end_with_a_top_level_domain() {
        assert_eq!(public_host("a.example.com/x"), Some("a.example.com"));
        assert_eq!(public_host("example.com.Thanks"), Some("example.com"));
        assert_eq!(public_host("Example.Com"), Some("Example.Com"));
        assert_eq!(public_host("example.com看"), Some("example.com"));
        assert_eq!(public_host("пример.рф"), Some("пример.рф"));
        assert_eq!(public_host("example[.]com"), Some("example[.]com"));
        assert_eq!(
            public_host("exam\u{200B}ple.c\u{AD}om\u{200B}"),
            Some("exam\u{200B}ple.c\u{AD}om")
        );
        assert_eq!(public_host("2x.png"), None);
        assert_eq!(public_host("-a.com"), None);
        assert_eq!(public_host(&format!("{}.com", "a".repeat(64))), None);
        assert_eq!(any("localhost:80", 0).map(|host| host.end), Some(9));
    }

    #[test]
    fn tails_end_before_punctuation() {
        let tail = |text: &str| text[..tail_end(text, 1)].to_owned();
        assert_eq!(tail("h:80/a."), "h:80/a");
        assert_eq!(tail("h/a_(b)."), "h/a_(b)");
        assert_eq!(tail("h/a)"), "h/a");
        assert_eq!(tail("h?q=1, x"), "h?q=1");
        assert_eq!(tail("h:x"), "h");
    }

    #[test]
    fn links_begin_with_their_scheme() {
        let text = "see hxxps[:]//me:pw@a.example.com/x.";
        let at = text.find("example").expect("it is there");
        let host = subdomains_before(text, at);
        assert_eq!(&text[host..], "a.example.com/x.");
        let (start, end) = link_around(text, host, at + 11);
        assert_eq!(&text[start..end], "hxxps[:]//me:pw@a.example.com/x");
    }
}
