//! Undoes wrappers: what a page, a program or a terminal shows in other
//! characters than the text has.
//!
//! Character references, percent and backslash escapes, markup, and text that
//! a bidi override shows backwards. Two passes undo wrappers inside wrappers;
//! deeper ones nobody renders. Every pass is linear, also in hostile text: what
//! a wrapper scans cannot contain the start of another one that scans the same.

mod bidi;
mod codes;
mod emphasis;
mod escape;
mod links;
mod markup;
mod reference;
mod trigger;

use super::piece::{self, Piece};
use super::unit::Flags;
use markup::CommentEnd;

/// How many wrappers may stand around each other.
pub(crate) const MAX_DEPTH: usize = 2;

/// The buffers of decoding, kept between texts.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    pieces: Vec<Piece>,
    other: Vec<Piece>,
    /// Whether some pieces stand in another order than in the text.
    pub(super) reordered: bool,
}

impl Decoder {
    /// Undoes the wrappers of `text`; false when there are none.
    pub(super) fn decode(&mut self, text: &str) -> bool {
        trigger::may_have_wrappers(text.as_bytes()) && self.look(text)
    }

    /// The same for a text that may have some.
    fn look(&mut self, text: &str) -> bool {
        self.pieces.clear();
        self.reordered = false;
        self.pieces.extend(piece::plain(text));
        let mut undone = false;
        for _ in 0..MAX_DEPTH {
            if !undo(&mut self.pieces, &mut self.other) {
                break;
            }
            std::mem::swap(&mut self.pieces, &mut self.other);
            undone = true;
        }
        if bidi::reorder(&self.pieces, &mut self.other) {
            std::mem::swap(&mut self.pieces, &mut self.other);
            self.reordered = true;
        }
        undone || self.reordered
    }

    /// What the last call of [`decode`](Self::decode) that said true made of its text.
    pub(super) fn pieces(&self) -> impl Iterator<Item = Piece> {
        self.pieces.iter().copied().filter(|piece| !piece.dropped)
    }

    /// Bytes of heap memory held.
    pub(super) fn memory_usage(&self) -> usize {
        (self.pieces.capacity() + self.other.capacity()) * size_of::<Piece>()
    }
}

/// A wrapper that was recognized.
struct Undone {
    /// How many pieces it is long.
    len: usize,
    /// What it stands for: nothing for markup that is only left out.
    text: [Option<char>; 2],
}

impl Undone {
    fn nothing(len: usize) -> Self {
        Self { len, text: [None; 2] }
    }

    fn one(len: usize, c: char) -> Self {
        Self { len, text: [Some(c), None] }
    }
}

/// The character `at` of `pieces`, or NUL, which is part of no wrapper.
#[inline]
fn symbol(pieces: &[Piece], at: usize) -> char {
    pieces.get(at).map_or('\0', |piece| piece.symbol)
}

/// Undoes one layer of wrappers, `input` into `output`; false when there is none.
fn undo(input: &mut [Piece], output: &mut Vec<Piece>) -> bool {
    emphasis::drop_delimiters(input);
    links::drop_targets(input);
    output.clear();
    let mut comment_end = CommentEnd::default();
    let mut changed = false;
    let mut after_removed = false;
    let mut at = 0;
    while let Some(&piece) = input.get(at) {
        let rest = &input[at..];
        let undone = match piece.symbol {
            _ if piece.dropped => None,
            '&' => reference::read(rest).or_else(|| codes::read(input, at)),
            '%' => escape::percent(rest),
            '\\' => escape::backslash(rest),
            '<' => markup::tag(rest)
                .or_else(|| comment_end.comment(input, at))
                .or_else(|| markup::mention(input, at)),
            '[' => markup::bbcode(rest),
            '§' | '^' | '|' | '{' | ':' | '\u{1B}' | '\u{3}' => codes::read(input, at),
            _ => None,
        };
        if let Some(undone) = undone {
            let end = input[at + undone.len - 1].end;
            for c in undone.text.into_iter().flatten() {
                output.push(Piece::new(c, piece.start, end, Flags::DECODED));
            }
            after_removed = undone.text[0].is_none();
            changed = true;
            at += undone.len;
            continue;
        }
        at += 1;
        if piece.dropped {
            after_removed = true;
            changed = true;
            continue;
        }
        let mut piece = piece;
        if std::mem::take(&mut after_removed) {
            piece.flags.set(Flags::BEHIND_WRAPPER);
        }
        output.push(piece);
    }
    changed
}

#[cfg(test)]
mod tests;
