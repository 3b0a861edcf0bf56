//! Links inside a word: `[wo](https://x.example)rd`, `w[o][1]rd`, `w[[o]]rd`; a page shows
//! only what stands in the first brackets.

use super::super::piece::Piece;
use super::super::props::Class;
use super::super::table;
use super::{markup, symbol};

/// Sets [`Piece::dropped`] on what links in words have beside their text.
pub(super) fn drop_targets(pieces: &mut [Piece]) {
    let mut at = 0;
    while at < pieces.len() {
        if pieces[at].symbol == '['
            && let Some(link) = link(pieces, at)
        {
            let start = if at > 0 && pieces[at - 1].symbol == '!' { at - 1 } else { at };
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

/// A link: its text is from `text` to `behind`, all of it ends at `end`.
struct Link {
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
        (']', ']') if wiki => return Some(Link { text, behind, end: behind + 2 }),
        (']', '(') if !wiki => (behind + 2, ')'),
        // `[b][/b]` are tags.
        (']', '[') if !wiki && markup::bbcode(&pieces[start..]).is_none() => (behind + 2, ']'),
        _ => return None,
    };
    // No target has brackets, so that what is scanned here is not scanned again.
    let ends = |c: char| matches!(c, '[' | ']' | '(' | ')') || table::props(c).is_space();
    let end = part(pieces, target, ends)?;
    (symbol(pieces, end) == closing).then(|| Link { text, behind, end: end + 1 })
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
    matches!(table::props(c).class(), Class::Letter | Class::Mark | Class::VowelMark)
}

fn leave_out(pieces: &mut [Piece]) {
    for piece in pieces {
        piece.dropped = true;
    }
}
