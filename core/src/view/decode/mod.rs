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
use std::ops::Range;

/// How many wrappers may stand around each other.
pub(crate) const MAX_DEPTH: usize = 2;

/// What the wrappers of a text stand for. Only the lines that have any are read character by
/// character; buffers are kept between texts.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    /// The lines with wrappers, in the order of the text.
    lines: Vec<Line>,
    /// Of all of them, one after the other.
    pieces: Vec<Piece>,
    input: Vec<Piece>,
    output: Vec<Piece>,
    /// Whether some pieces stand in another order than in the text.
    pub(super) reordered: bool,
}

/// A line of which something was undone.
#[derive(Clone, Copy, Debug)]
struct Line {
    /// Its first byte and one past the last.
    start: usize,
    end: usize,
    /// One past the last of its pieces, which begin behind those of the line before.
    pieces: usize,
}

/// A part of what a text is once its wrappers are undone.
pub(super) enum Shown<'d> {
    /// Bytes of the text as they are.
    Plain(Range<usize>),
    /// What stands for a line; some of it is left out.
    Line(&'d [Piece]),
}

impl Decoder {
    /// Undoes the wrappers of `text`; false when there are none.
    pub(super) fn decode(&mut self, text: &str) -> bool {
        self.lines.clear();
        self.pieces.clear();
        self.reordered = false;
        let bytes = text.as_bytes();
        let mut end = 0;
        while let Some(at) = trigger::find(bytes, end) {
            let start = bytes[end..at].iter().rposition(|&byte| byte == b'\n');
            let start = start.map_or(end, |line| end + line + 1);
            let len = bytes[at..].iter().position(|&byte| byte == b'\n');
            end = len.map_or(text.len(), |len| at + len + 1);
            if !self.read(text, start..end) {
                // A tag or comment that goes on in another line.
                self.lines.clear();
                self.pieces.clear();
                self.reordered = false;
                self.read(text, 0..text.len());
                break;
            }
        }
        !self.lines.is_empty()
    }

    /// Undoes the wrappers of one line; false where something in it may go on behind it.
    fn read(&mut self, text: &str, line: Range<usize>) -> bool {
        let Self { lines, pieces, input, output, reordered } = self;
        input.clear();
        input.extend(piece::plain(&text[..line.end], line.start));
        let mut undone = false;
        for _ in 0..MAX_DEPTH {
            if !undo(input, output) {
                break;
            }
            std::mem::swap(input, output);
            undone = true;
        }
        if line.len() < text.len() && input.windows(2).any(markup::may_go_on) {
            return false;
        }
        if bidi::reorder(input, output) {
            std::mem::swap(input, output);
            *reordered = true;
            undone = true;
        }
        if undone {
            pieces.append(input);
            lines.push(Line { start: line.start, end: line.end, pieces: pieces.len() });
        }
        true
    }

    /// The lines of which something was undone, and what stands for each.
    pub(super) fn lines(&self) -> impl Iterator<Item = (Range<usize>, &[Piece])> {
        let mut first = 0;
        self.lines.iter().map(move |line| {
            let pieces = std::mem::replace(&mut first, line.pieces)..line.pieces;
            (line.start..line.end, &self.pieces[pieces])
        })
    }

    /// What the last call of [`decode`](Self::decode) that said true made of bytes `part` of its
    /// text, which are all of it where [`reordered`](Self::reordered) is true.
    pub(super) fn parts(&self, part: Range<usize>) -> impl Iterator<Item = Shown<'_>> {
        let first = self.lines.partition_point(|line| line.end <= part.start);
        let mut lines = self.lines[first..].iter();
        let mut pieces = first.checked_sub(1).map_or(0, |before| self.lines[before].pieces);
        let mut next = lines.next();
        let mut at = part.start;
        std::iter::from_fn(move || {
            if at >= part.end {
                return None;
            }
            let Some(line) = next.filter(|line| line.start < part.end) else {
                return Some(Shown::Plain(std::mem::replace(&mut at, part.end)..part.end));
            };
            if at < line.start {
                return Some(Shown::Plain(std::mem::replace(&mut at, line.start)..line.start));
            }
            let mut own = &self.pieces[pieces..line.pieces];
            if !self.reordered {
                let behind = |end: usize| own.partition_point(|piece| (piece.start as usize) < end);
                own = &own[behind(at)..behind(part.end)];
            }
            pieces = line.pieces;
            at = line.end;
            next = lines.next();
            Some(Shown::Line(own))
        })
    }

    /// Bytes of heap memory held.
    pub(super) fn memory_usage(&self) -> usize {
        let pieces = self.pieces.capacity() + self.input.capacity() + self.output.capacity();
        pieces * size_of::<Piece>() + self.lines.capacity() * size_of::<Line>()
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
