//! Tags and comments of HTML, tags of `BBCode`.

use super::super::piece::Piece;
use super::super::table;
use super::links::is_letter;
use super::{Undone, symbol};

/// Names longer than this are not looked up: they fit one number.
const NAME: usize = size_of::<u128>();

/// Tags that begin a new line (sorted), where others join what stands around them.
const LINES: [u128; 32] = keys([
    "*",
    "article",
    "blockquote",
    "br",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "list",
    "nav",
    "ol",
    "p",
    "pre",
    "quote",
    "section",
    "table",
    "td",
    "th",
    "tr",
    "ul",
]);

/// Other tags of forums (sorted). Theirs is the only markup in square brackets: `[1]` and
/// `[sic]` are text.
const FORUM: [u128; 33] = keys([
    "b",
    "bg",
    "bold",
    "code",
    "color",
    "colour",
    "del",
    "email",
    "font",
    "highlight",
    "i",
    "icode",
    "img",
    "indent",
    "ins",
    "italic",
    "justify",
    "left",
    "media",
    "noparse",
    "plain",
    "right",
    "s",
    "size",
    "spoiler",
    "strike",
    "sub",
    "sup",
    "tt",
    "u",
    "url",
    "user",
    "youtube",
]);

/// Names as numbers: signs of `[` are many, and most of the words behind them are none of these.
const fn keys<const COUNT: usize>(names: [&str; COUNT]) -> [u128; COUNT] {
    let mut keys = [0; COUNT];
    let mut at = 0;
    while at < COUNT {
        let name = names[at].as_bytes();
        let mut len = 0;
        while len < name.len() {
            keys[at] |= (name[len] as u128) << (8 * (NAME - 1 - len));
            len += 1;
        }
        at += 1;
    }
    keys
}

/// The name of a tag, in lower case: its bytes as a number, the first one highest.
#[derive(Default)]
struct Name {
    key: u128,
    len: usize,
}

impl Name {
    /// The name that begins with `character(0)`; ASCII letters, digits and hyphens.
    fn read(character: impl Fn(usize) -> char) -> Self {
        let mut name = Name::default();
        loop {
            let c = character(name.len);
            if !c.is_ascii_alphanumeric() && c != '-' {
                return name;
            }
            if name.len < NAME {
                name.key |= (c.to_ascii_lowercase() as u128) << (8 * (NAME - 1 - name.len));
            }
            name.len += 1;
        }
    }

    fn is_among(&self, names: &[u128]) -> bool {
        self.len <= NAME && names.binary_search(&self.key).is_ok()
    }

    fn is_of_forum(&self) -> bool {
        self.is_among(&FORUM) || self.is_among(&LINES)
    }

    /// What is left of `len` pieces of a tag of this name.
    fn undone(&self, len: usize) -> Undone {
        if self.is_among(&LINES) { Undone::one(len, '\n') } else { Undone::nothing(len) }
    }
}

/// True when a link may begin at the `[` that `bytes` begin with.
pub(super) fn may_be_link(bytes: &[u8]) -> bool {
    let end = bytes[1..].iter().position(|byte| matches!(byte, b'[' | b']' | b'\n'));
    end.is_some_and(|end| {
        let (close, next) = (bytes[1 + end], bytes.get(2 + end));
        close == b'[' && end == 0 || close == b']' && matches!(next, Some(b'(' | b'['))
    })
}

/// True when the tag of a forum may begin at the `[` that `bytes` begin with.
pub(super) fn may_be_bbcode(bytes: &[u8]) -> bool {
    let name = bytes[1..].strip_prefix(b"/").unwrap_or(&bytes[1..]);
    let own = |at: usize| name.get(at).map_or('\0', |&byte| char::from(byte));
    own(0) == '*' || Name::read(own).is_of_forum()
}

/// `<b>`, `</b>`, `<b class="x">`: a letter stands behind the bracket, no other
/// `<` before the `>`. Names are not checked, for browsers leave out any.
pub(super) fn tag(rest: &[Piece]) -> Option<Undone> {
    let first = if symbol(rest, 1) == '/' { 2 } else { 1 };
    if !symbol(rest, first).is_ascii_alphabetic() {
        return None;
    }
    let name = Name::read(|at| symbol(rest, first + at));
    let mut at = first + name.len;
    match symbol(rest, at) {
        '>' => return Some(name.undone(at + 1)),
        '/' => {}
        c if c.is_ascii_whitespace() => {}
        _ => return None,
    }
    loop {
        at += 1;
        match rest.get(at)?.symbol {
            '>' => return Some(name.undone(at + 1)),
            '<' => return None,
            _ => {}
        }
    }
}

/// What chats show as a name or a picture, and pages not at all: `<@123>`, `<#f00>`, `<:x:1>`,
/// `<?x>`, `<a:x:1>` (one that moves). Only inside a word, where it hides that there is one.
pub(super) fn mention(pieces: &[Piece], at: usize) -> Option<Undone> {
    let rest = &pieces[at..];
    let marks = matches!(symbol(rest, 1), '@' | '#' | ':' | '?' | '!')
        || symbol(rest, 1) == 'a' && symbol(rest, 2) == ':';
    let before = at.checked_sub(1).is_some_and(|at| is_letter(symbol(pieces, at)));
    if !marks || !before {
        return None;
    }
    let ends = |c: char| matches!(c, '<' | '>') || table::props(c).is_space();
    let len = 1 + rest[1..].iter().position(|piece| ends(piece.symbol))?;
    let closed = symbol(rest, len) == '>' && is_letter(symbol(rest, len + 1));
    closed.then(|| Undone::nothing(len + 1))
}

/// `[b]`, `[/b]`, `[color=red]`, `[*]`; known names only.
pub(super) fn bbcode(rest: &[Piece]) -> Option<Undone> {
    if symbol(rest, 1) == '*' && symbol(rest, 2) == ']' {
        return Some(Undone::one(3, '\n'));
    }
    let first = if symbol(rest, 1) == '/' { 2 } else { 1 };
    let name = Name::read(|at| symbol(rest, first + at));
    if !name.is_of_forum() {
        return None;
    }
    let mut at = first + name.len;
    // `[b]`, or `[url=…]` and `[quote by=…]`; `[left of it]` is text.
    let mut complete = match symbol(rest, at) {
        ']' => return Some(name.undone(at + 1)),
        '=' => true,
        ' ' => false,
        _ => return None,
    };
    loop {
        at += 1;
        match rest.get(at)?.symbol {
            ']' => return complete.then(|| name.undone(at + 1)),
            '=' => complete = true,
            '[' => return None,
            c if table::props(c).is_line_break() => return None,
            _ => {}
        }
    }
}

/// Where the next `-->` is. Remembered, because comments that never end would
/// all look for it to the end of the text.
#[derive(Default)]
pub(super) struct CommentEnd(usize);

impl CommentEnd {
    /// The comment at `at`.
    pub(super) fn comment(&mut self, pieces: &[Piece], at: usize) -> Option<Undone> {
        if !begins(pieces, at, "<!--") {
            return None;
        }
        let inside = at + 4;
        if self.0 < inside {
            let mut ends = inside..pieces.len();
            self.0 = ends.find(|&at| begins(pieces, at, "-->")).unwrap_or(usize::MAX);
        }
        (self.0 != usize::MAX).then(|| Undone::nothing(self.0 + 3 - at))
    }
}

/// True for the first two characters of a tag or comment, which may end in a later line.
pub(super) fn may_go_on(pieces: &[Piece]) -> bool {
    matches!(pieces, [first, next] if first.symbol == '<'
        && (next.symbol.is_ascii_alphabetic() || matches!(next.symbol, '/' | '!')))
}

/// True when `text` stands at `at`.
pub(super) fn begins(pieces: &[Piece], at: usize, text: &str) -> bool {
    text.chars().enumerate().all(|(n, c)| symbol(pieces, at + n) == c)
}

#[cfg(test)]
mod tests {
    use super::{FORUM, LINES, Name};

    #[test]
    fn names_can_be_searched() {
        assert!(LINES.is_sorted() && FORUM.is_sorted());
        let name = |text: &'static str| {
            Name::read(|at| char::from(*text.as_bytes().get(at).unwrap_or(&0)))
        };
        assert!(name("Youtube").is_of_forum() && name("LI]").is_of_forum());
        assert!(!name("youtubes").is_of_forum() && !name("aBlockquoteOfOnesOwn").is_of_forum());
    }
}
