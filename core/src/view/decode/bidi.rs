//! Bidi overrides: text that is stored in one order and shown in the other.
//!
//! Not the bidirectional algorithm. Only overrides against the letters' own
//! direction matter, for only they make a reader see other words than the text
//! has; everything else is read in the order it is stored in.

use super::super::chars;
use super::super::piece::Piece;
use super::super::props::{Class, ScriptKind};
use super::super::table;
use super::super::unit::Flags;

/// Deeper ones are ignored. Each level may move the text once.
const MAX_DEPTH: usize = 8;

const POP: char = '\u{202C}';
const POP_ISOLATE: char = '\u{2069}';

/// What a control begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    LeftToRight,
    RightToLeft,
    Embedding,
    Isolate,
}

fn kind(c: char) -> Option<Kind> {
    match c {
        '\u{202A}' | '\u{202B}' => Some(Kind::Embedding),
        '\u{202D}' => Some(Kind::LeftToRight),
        '\u{202E}' => Some(Kind::RightToLeft),
        '\u{2066}'..='\u{2068}' => Some(Kind::Isolate),
        _ => None,
    }
}

/// What was begun and has not ended.
#[derive(Clone, Copy)]
struct Frame {
    kind: Kind,
    /// Where its control is in the output.
    control: usize,
}

struct Reorder<'o> {
    output: &'o mut Vec<Piece>,
    frames: [Frame; MAX_DEPTH],
    depth: usize,
    /// How many were begun beyond the depth.
    ignored: usize,
    /// A control was left out behind the last piece of the output.
    after_removed: bool,
    reordered: bool,
}

/// Puts what overrides show into the order it is read in, `input` into `output`;
/// false when it is in that order already.
pub(super) fn reorder(input: &[Piece], output: &mut Vec<Piece>) -> bool {
    let overrides = |c| matches!(kind(c), Some(Kind::LeftToRight | Kind::RightToLeft));
    if !input.iter().any(|piece| overrides(piece.symbol)) {
        return false;
    }
    output.clear();
    let frames = [Frame { kind: Kind::Embedding, control: 0 }; MAX_DEPTH];
    let mut reorder =
        Reorder { output, frames, depth: 0, ignored: 0, after_removed: false, reordered: false };
    for &piece in input {
        reorder.read(piece);
    }
    reorder.end_line();
    reorder.reordered
}

impl Reorder<'_> {
    fn read(&mut self, piece: Piece) {
        let c = piece.symbol;
        if let Some(kind) = kind(c) {
            self.begin(kind);
            self.push(piece);
        } else if c == POP {
            if !self.pop() {
                self.push(piece);
            }
        } else if c == POP_ISOLATE {
            self.pop_isolate();
            self.push(piece);
        } else {
            if table::props(c).is_line_break() {
                self.end_line();
            }
            self.push(piece);
        }
    }

    fn push(&mut self, mut piece: Piece) {
        if std::mem::take(&mut self.after_removed) {
            piece.flags.set(Flags::BEHIND_WRAPPER);
        }
        piece.glued = self.output.last().is_some_and(|last| continues(last, &piece));
        self.output.push(piece);
    }

    fn begin(&mut self, kind: Kind) {
        match self.frames.get_mut(self.depth) {
            Some(frame) => {
                *frame = Frame { kind, control: self.output.len() };
                self.depth += 1;
            }
            None => self.ignored += 1,
        }
    }

    /// Ends the innermost override or embedding; true when it was turned around.
    fn pop(&mut self) -> bool {
        if self.ignored > 0 {
            self.ignored -= 1;
            return false;
        }
        match self.frames[..self.depth].last() {
            Some(frame) if frame.kind != Kind::Isolate => self.end(),
            _ => false,
        }
    }

    /// Ends the innermost isolate and all that is open in it.
    fn pop_isolate(&mut self) {
        let mut open = self.frames[..self.depth].iter();
        let Some(isolate) = open.rposition(|frame| frame.kind == Kind::Isolate) else { return };
        self.ignored = 0;
        while self.depth > isolate {
            self.end();
        }
    }

    fn end_line(&mut self) {
        self.ignored = 0;
        while self.depth > 0 {
            self.end();
        }
    }

    /// Ends the innermost frame. From now on it moves as one.
    fn end(&mut self) -> bool {
        self.depth -= 1;
        let frame = self.frames[self.depth];
        let (control, content) = self.output[frame.control..].split_at_mut(1);
        let reversed = is_against(frame.kind, content);
        if reversed {
            control[0].dropped = true;
            turn(content);
            self.after_removed = true;
            self.reordered = true;
        }
        for piece in content {
            piece.glued = true;
        }
        reversed
    }
}

/// True when most letters of `content` are written the other way.
fn is_against(kind: Kind, content: &[Piece]) -> bool {
    if !matches!(kind, Kind::LeftToRight | Kind::RightToLeft) {
        return false;
    }
    let (mut left_to_right, mut right_to_left) = (0, 0);
    for piece in content {
        if is_right_to_left(piece.symbol) {
            right_to_left += 1;
        } else if table::props(piece.symbol).is_word() {
            left_to_right += 1;
        }
    }
    if kind == Kind::RightToLeft {
        left_to_right > right_to_left
    } else {
        right_to_left > left_to_right
    }
}

/// Letters of the blocks that Unicode keeps for scripts written right to left.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}'
            | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
        && table::props(c).class() == Class::Letter
}

/// Turns the order of `content` around, each character with what belongs to it.
fn turn(content: &mut [Piece]) {
    for piece in content.iter_mut() {
        piece.flags.set(Flags::DECODED);
        if !piece.glued {
            piece.symbol = mirrored(piece.symbol);
        }
    }
    content.reverse();
    // Now the head of each group is its last piece.
    for group in content.split_inclusive_mut(|piece| !piece.glued) {
        group.reverse();
    }
}

/// Brackets are shown as their counterparts.
fn mirrored(c: char) -> char {
    match c {
        '(' => ')',
        ')' => '(',
        '<' => '>',
        '>' => '<',
        '[' => ']',
        ']' => '[',
        '{' => '}',
        '}' => '{',
        _ => c,
    }
}

/// True when `piece` is part of the character before it.
fn continues(last: &Piece, piece: &Piece) -> bool {
    let props = table::props(piece.symbol);
    match props.class() {
        Class::Mark | Class::VowelMark | Class::Ignorable => kind(piece.symbol).is_none(),
        Class::Emoji => {
            chars::is_emoji_modifier(piece.symbol) || last.symbol == chars::ZERO_WIDTH_JOINER
        }
        Class::Letter => {
            chars::is_voicing(piece.symbol)
                || props.script() == ScriptKind::Hangul && chars::continues_syllable(piece.symbol)
        }
        Class::LineBreak => last.symbol == '\r' && piece.symbol == '\n',
        _ => false,
    }
}
