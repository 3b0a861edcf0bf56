//! Links to a service, by its hosts and what must follow them.
//!
//! Every such link has a slash, so slashes are where the search starts; the
//! host is read backwards from there, through look-alikes and defanged dots.

use super::domain::{Piece, What, before};
use super::{hosts, text};
use crate::spec::model::Level;
use crate::view::reading::{ReadingKind, Target};
use crate::view::table;

/// A host and the paths on it that count.
pub(super) struct Site {
    /// Small letters; what stands before the slash where the search starts.
    pub(super) host: &'static str,
    /// What follows the slash, in small letters and often nothing, and the code behind it.
    pub(super) paths: &'static [(&'static str, Code)],
}

/// What identifies a server, user or group.
#[derive(Clone, Copy)]
pub(super) struct Code {
    /// The characters it is made of, besides ASCII letters and digits.
    pub(super) signs: &'static [u8],
    /// Whether letters may be in it.
    pub(super) letters: bool,
    pub(super) shortest: usize,
    pub(super) longest: usize,
    /// Codes that lead elsewhere.
    pub(super) reserved: &'static [&'static str],
}

/// Finds links to any of `sites`.
pub(super) fn find(text: &str, sites: &[Site], add: &mut impl FnMut(usize, usize)) {
    let bytes = text.as_bytes();
    let (mut at, mut done) = (0, 0);
    while let Some(offset) = memchr::memchr(b'/', &bytes[at..]) {
        let slash = at + offset;
        at = slash + 1;
        let found = sites.iter().find_map(|site| link_at(text, slash, site));
        if let Some((start, end)) = found.filter(|&(start, _)| start >= done) {
            add(start, end);
            (at, done) = (end, end);
        }
    }
}

fn link_at(text: &str, slash: usize, site: &Site) -> Option<(usize, usize)> {
    let host = host_before(text, slash, site.host)?;
    let path = &text.as_bytes()[slash + 1..];
    let len = site.paths.iter().find_map(|&(prefix, code)| {
        let rest =
            path.get(prefix.len()..).filter(|_| text::starts_with(path, prefix.as_bytes()))?;
        Some(prefix.len() + code_len(rest, code)?)
    })?;
    let end = slash + 1 + len;
    if !text::closes(text, end) {
        return None;
    }
    let start = hosts::subdomains_before(text, host);
    let (start, tail) = hosts::link_around(text, start, slash);
    Some((start, tail.max(end)))
}

/// The length of a code at the start of `path`.
fn code_len(path: &[u8], code: Code) -> Option<usize> {
    let belongs = |b: &&u8| {
        b.is_ascii_digit() || code.letters && b.is_ascii_alphabetic() || code.signs.contains(b)
    };
    let len = path.iter().take(code.longest + 1).take_while(belongs).count();
    let is_reserved = |word: &&str| word.as_bytes().eq_ignore_ascii_case(&path[..len]);
    let fits = (code.shortest..=code.longest).contains(&len);
    (fits && !code.reserved.iter().any(is_reserved)).then_some(len)
}

/// The start of `host`, however it is disguised, when it ends at `end`.
fn host_before(text: &str, end: usize, host: &str) -> Option<usize> {
    if !may_end_with(text.as_bytes(), end, host.as_bytes()) {
        return None;
    }
    let mut at = end;
    for wanted in host.chars().rev() {
        let piece = visible_before(text, at)?;
        let same = match piece.what {
            What::Dot => wanted == '.',
            What::Char(c) => can_be(c, wanted),
            What::Invisible(_) => false,
        };
        if !same {
            return None;
        }
        at = piece.start;
    }
    let joins = |c: char| c == '-' || c == '\'' || c == '’';
    (text::opens(text, at) && !text[..at].ends_with(joins)).then_some(at)
}

/// False where the last character cannot be that of the host: most slashes are
/// told from hosts by one byte.
fn may_end_with(text: &[u8], end: usize, host: &[u8]) -> bool {
    match (end.checked_sub(1).map(|at| text[at]), host.last()) {
        (Some(b), Some(&last)) if b.is_ascii() => {
            b.to_ascii_lowercase() == last || b.is_ascii_digit() || b"@$!|+&<".contains(&b)
        }
        (last, _) => last.is_some(),
    }
}

/// The next piece that can be seen.
fn visible_before(text: &str, mut at: usize) -> Option<Piece> {
    for _ in 0..8 {
        let piece = before(text, at).filter(|piece| piece.price.level <= Level::Standard)?;
        if !matches!(piece.what, What::Invisible(_)) {
            return Some(piece);
        }
        at = piece.start;
    }
    None
}

/// True when `c` is `wanted` or can be read as it.
fn can_be(c: char, wanted: char) -> bool {
    if c.is_ascii_alphanumeric() && c.to_ascii_lowercase() == wanted {
        return true;
    }
    if table::fold(c).symbols().first() == Some(&wanted) {
        return true;
    }
    table::readings(c).any(|reading| {
        reading.target() == Target::Latin
            && reading.kind() != ReadingKind::Turned
            && reading.doubt() < 3
            && reading.symbols() == [wanted]
    })
}
