//! Links inside a word: `[wo](https://x.example)rd`, `w[o][1]rd`, `w[[o]]rd`, `w<https://x.example|o>rd`;
//! a page shows only their text. So it is with spoilers (`w>!o!<rd`) and `CDATA`.

use super::super::piece::Piece;
use super::super::props::Class;
use super::super::table;
use super::{markup, symbol};

/// Sets [`Piece::dropped`] on what links in words have beside their text.
pub(super) fn drop_targets(pieces: &mut [Piece]) {
    let mut at = 0;
    let mut spoiler = Spoiler::default();
    while at < pieces.len() {
        let found = match pieces[at].symbol {
            '[' => link(pieces, at),
            '<' => labelled(pieces, at),
            _ => None,
        };
        if let Some(link) = spoiler.ends(pieces, at).or(found) {
            let image = link.start > 0 && pieces[link.start].symbol == '[';
            let image = image && pieces[link.start - 1].symbol == '!';
            let start = link.start - usize::from(image);
            if touches_word(pieces, start, link.end) {
                leave_out(&mut pieces[start..link.text]);
                leave_out(&mut pieces[link.behind..link.end]);
                at = link.end;
                continue;
            }
        }
        at += 1;
    }
}

/// A link: its text is from `text` to `behind`, all of it from `start` to `end`.
struct Link {
    start: usize,
    text: usize,
    behind: usize,
    end: usize,
}

/// The link that begins with the bracket at `start`.
fn link(pieces: &[Piece], start: usize) -> Option<Link> {
    let wiki = symbol(pieces, start + 1) == '[';
    let text = start + 1 + usize::from(wiki);
    let behind = part(pieces, text, |c| matches!(c, '[' | ']') || breaks(c))?;
    let (target, closing) = match (symbol(pieces, behind), symbol(pieces, behind + 1)) {
        (']', ']') if wiki => return Some(Link { start, text, behind, end: behind + 2 }),
        (']', '(') if !wiki => (behind + 2, ')'),
        // `[b][/b]` are tags.
        (']', '[') if !wiki && markup::bbcode(&pieces[start..]).is_none() => (behind + 2, ']'),
        _ => return None,
    };
    // No target has brackets, so that what is scanned here is not scanned again.
    let ends = |c: char| matches!(c, '[' | ']' | '(' | ')') || table::props(c).is_space();
    let end = part(pieces, target, ends)?;
    (symbol(pieces, end) == closing).then(|| Link { start, text, behind, end: end + 1 })
}

/// `<https://x.example|text>`, `<@123|text>` and `<![CDATA[text]]>`; neither a target nor a text
/// has angle brackets, so that nothing is scanned again.
fn labelled(pieces: &[Piece], start: usize) -> Option<Link> {
    if markup::begins(pieces, start, "<![CDATA[") {
        let text = start + 9;
        let inside = part(pieces, text, |c| matches!(c, '<' | '>' | ']') || breaks(c))?;
        let closed = markup::begins(pieces, inside, "]]>");
        return closed.then_some(Link { start, text, behind: inside, end: inside + 3 });
    }
    let ends = |c: char| matches!(c, '<' | '>' | '|') || table::props(c).is_space();
    let bar = part(pieces, start + 1, ends).filter(|&at| symbol(pieces, at) == '|')?;
    let names = |piece: &Piece| piece.symbol == ':';
    let target = &pieces[start + 1..bar];
    if !matches!(symbol(target, 0), '@' | '#' | '!') && !target.iter().any(names) {
        return None;
    }
    let behind = part(pieces, bar + 1, |c| matches!(c, '<' | '>' | '|') || breaks(c))?;
    let closed = symbol(pieces, behind) == '>' && behind > bar + 1;
    closed.then(|| Link { start, text: bar + 1, behind, end: behind + 1 })
}

/// `>!text!<`: the beginning of one, and whether a tag is open, whose end is no beginning.
#[derive(Default)]
struct Spoiler {
    start: Option<usize>,
    in_tag: bool,
}

impl Spoiler {
    /// The spoiler that ends at `at`.
    fn ends(&mut self, pieces: &[Piece], at: usize) -> Option<Link> {
        match (symbol(pieces, at), symbol(pieces, at + 1)) {
            ('!', '<') => {
                let start = self.start.take()?;
                return (at > start + 1).then(|| Link {
                    start,
                    text: start + 2,
                    behind: at,
                    end: at + 2,
                });
            }
            ('>', next) => {
                let in_tag = std::mem::take(&mut self.in_tag);
                self.start = (!in_tag && next == '!').then_some(at);
            }
            ('<', _) => *self = Self { start: None, in_tag: true },
            (c, _) if breaks(c) => *self = Self::default(),
            _ => {}
        }
        None
    }
}

/// Where the first character is that `ends` what begins at `from`.
fn part(pieces: &[Piece], from: usize, ends: impl Fn(char) -> bool) -> Option<usize> {
    let len = pieces.get(from..)?.iter().position(|piece| ends(piece.symbol))?;
    Some(from + len)
}

fn breaks(c: char) -> bool {
    table::props(c).is_line_break()
}

fn touches_word(pieces: &[Piece], start: usize, end: usize) -> bool {
    let before = start.checked_sub(1).is_some_and(|at| is_letter(symbol(pieces, at)));
    before || is_letter(symbol(pieces, end))
}

pub(super) fn is_letter(c: char) -> bool {
    // A sign that is one letter in another form is a letter.
    let symbol = table::fold_one(c).unwrap_or(c);
    matches!(table::props(symbol).class(), Class::Letter | Class::Mark | Class::VowelMark)
}

fn leave_out(pieces: &mut [Piece]) {
    for piece in pieces {
        piece.dropped = true;
    }
}
