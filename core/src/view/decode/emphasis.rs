//! Emphasis as Markdown and chats write it: `**`, `__`, `~~`, `||`, backticks, and
//! `*` and `_` inside words.
//!
//! Looser than any one dialect, because they differ. Delimiters are left out
//! in pairs; double ones between two letters also alone, since they can be
//! nothing but a separator there.

use super::super::piece::Piece;
use super::super::table;
use super::super::unit::Flags;
use super::links::is_letter;

const DELIMITERS: [char; 5] = ['*', '_', '`', '~', '|'];
/// The longest run that is a delimiter: longer ones are rules, masks or drawings.
const LONGEST: usize = 3;

/// A run of one delimiter character.
#[derive(Clone, Copy)]
struct Run {
    start: usize,
    len: usize,
    /// Something stands directly behind it, as emphasis begins.
    opens: bool,
    /// Something stands directly before it, as emphasis ends.
    closes: bool,
    /// How many of its two neighbours are letters.
    letters: u8,
}

/// Sets [`Piece::dropped`] on the delimiters that mean emphasis.
pub(super) fn drop_delimiters(pieces: &mut [Piece]) {
    let mut open: [[Option<Run>; LONGEST]; DELIMITERS.len()] = Default::default();
    let mut at = 0;
    while at < pieces.len() {
        let c = pieces[at].symbol;
        if c.is_ascii_alphanumeric() {
            at += 1;
            continue;
        }
        let kind = DELIMITERS.iter().position(|&delimiter| delimiter == c);
        let Some(kind) = kind.filter(|_| is_own(&pieces[at])) else {
            close_openings(c, &mut open);
            at += 1;
            continue;
        };
        let run = run_at(pieces, at);
        at += run.len;
        if run.len > LONGEST || run.len == 1 && matches!(c, '~' | '|') {
            continue;
        }
        let opening = &mut open[kind][run.len - 1];
        if let Some(first) = opening.filter(|first| run.closes && is_pair(first, &run)) {
            leave_out(pieces, first);
            leave_out(pieces, run);
            *opening = None;
        } else if run.opens {
            *opening = Some(run);
        }
        if run.len == 2 && run.letters == 2 {
            leave_out(pieces, run);
        }
    }
}

/// Single delimiters do not reach beyond a word, no delimiter beyond a line.
fn close_openings(c: char, open: &mut [[Option<Run>; LONGEST]]) {
    let props = table::props(c);
    if props.is_line_break() {
        open.fill([None; LONGEST]);
    } else if props.is_space() {
        for runs in open {
            runs[0] = None;
        }
    }
}

/// Around numbers alone it is arithmetic. Around a whole word a single
/// delimiter hides nothing, and there are many of those.
fn is_pair(first: &Run, second: &Run) -> bool {
    match first.len {
        1 => first.letters == 2 || second.letters == 2,
        _ => first.letters + second.letters > 0,
    }
}

/// False for what a wrapper stands for: an escaped star is a star.
fn is_own(piece: &Piece) -> bool {
    !piece.flags.has(Flags::DECODED)
}

fn run_at(pieces: &[Piece], start: usize) -> Run {
    let c = pieces[start].symbol;
    let len = pieces[start..].iter().take_while(|piece| piece.symbol == c && is_own(piece));
    let len = len.count();
    let symbol = |at: usize| pieces.get(at).map(|piece| piece.symbol);
    let (before, behind) = (start.checked_sub(1).and_then(symbol), symbol(start + len));
    let solid = |c: Option<char>| c.is_some_and(|c| !table::props(c).is_space());
    let letter = |c: Option<char>| c.is_some_and(is_letter);
    Run {
        start,
        len,
        opens: solid(behind),
        closes: solid(before),
        letters: u8::from(letter(before)) + u8::from(letter(behind)),
    }
}

fn leave_out(pieces: &mut [Piece], run: Run) {
    for piece in &mut pieces[run.start..run.start + run.len] {
        piece.dropped = true;
    }
}
