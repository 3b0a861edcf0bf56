//! The tree of a foreign regex → Rust's syntax, with notes on what could not be said there.

use super::Note;
use super::parse::{Alternatives, Atom, Piece};

const NO_LOOK: &str = "Rust's regexes have no look-around, which is what keeps their time linear";

/// What came of a tree.
#[derive(Debug)]
pub(super) struct Printed {
    /// `None` when no alternative is left.
    pub(super) regex: Option<String>,
    pub(super) notes: Vec<Note>,
    pub(super) looser: bool,
}

pub(super) fn print(source: &str, tree: &Alternatives) -> Printed {
    let mut printer = Printer { source, notes: Vec::new(), looser: false };
    let regex = printer.alternatives(tree, Edges { start: true, end: true });
    Printed { regex, notes: printer.notes, looser: printer.looser }
}

/// Whether nothing comes before, or after, in the whole regex.
#[derive(Clone, Copy)]
struct Edges {
    start: bool,
    end: bool,
}

struct Printer<'r> {
    source: &'r str,
    notes: Vec<Note>,
    looser: bool,
}

impl Printer<'_> {
    fn note(&mut self, piece: &Piece, why: &'static str, kept: &'static str, harmless: bool) {
        let what = self.source[piece.from..piece.to].to_owned();
        self.notes.push(Note { at: piece.from, what, why, kept, harmless });
    }

    /// The alternatives that can be said; `None` when there is none.
    fn alternatives(&mut self, all: &Alternatives, edges: Edges) -> Option<String> {
        let printed: Vec<String> =
            all.iter().filter_map(|pieces| self.row(pieces, edges)).collect();
        (!printed.is_empty()).then(|| printed.join("|"))
    }

    fn row(&mut self, pieces: &[Piece], edges: Edges) -> Option<String> {
        let (mut out, mut usable) = (String::new(), true);
        for (i, piece) in pieces.iter().enumerate() {
            let edges = Edges {
                start: edges.start && pieces[..i].iter().all(takes_nothing),
                end: edges.end && pieces[i + 1..].iter().all(takes_nothing),
            };
            match self.piece(piece, edges) {
                Some(text) => out.push_str(&text),
                // Goes on, so that everything that is to blame is named.
                None => usable = false,
            }
        }
        usable.then_some(out)
    }

    fn piece(&mut self, piece: &Piece, edges: Edges) -> Option<String> {
        if piece.possessive {
            self.note(
                piece,
                "a repetition cannot be kept from giving back what it took",
                "an ordinary repetition",
                true,
            );
        }
        let repeated = |inner: String| format!("{inner}{}", piece.repeat);
        // What repeats has itself for a neighbour.
        let inside =
            if piece.repeat.is_empty() { edges } else { Edges { start: false, end: false } };
        match &piece.atom {
            Atom::Text(text) => {
                // A character that was written as several escapes, or repeats as a whole.
                let needs_group =
                    !piece.repeat.is_empty() && text.chars().count() > 1 && !is_one(text);
                Some(repeated(if needs_group { format!("(?:{text})") } else { text.clone() }))
            }
            Atom::Group(open, inner) => {
                self.alternatives(inner, inside).map(|inner| repeated(format!("{open}{inner})")))
            }
            Atom::Atomic(inner) => {
                let printed = self.alternatives(inner, inside)?;
                self.note(
                    piece,
                    "a group cannot be kept from giving back what it took",
                    "an ordinary group",
                    true,
                );
                Some(repeated(format!("(?:{printed})")))
            }
            Atom::Look { ahead, negative, inner } => {
                self.look(piece, *ahead, *negative, inner, edges)
            }
            Atom::Keep => {
                self.note(piece, "a match begins where it begins", "a longer match", true);
                Some(String::new())
            }
            Atom::Missing(why) => {
                self.note(piece, why, "the other alternatives", false);
                None
            }
        }
    }

    /// A look-around as something that Rust has.
    fn look(
        &mut self,
        piece: &Piece,
        ahead: bool,
        negative: bool,
        inner: &Alternatives,
        edges: Edges,
    ) -> Option<String> {
        let written = &self.source[piece.from..piece.to];
        if let Some(same) = half_boundary(written) {
            return Some(same.to_owned());
        }
        if let Some(space) = space_boundary(written) {
            self.note(
                piece,
                NO_LOOK,
                "the same texts match; the white space belongs to the match",
                true,
            );
            return Some(space.to_owned());
        }
        let at_edge = if ahead { edges.end } else { edges.start };
        if !negative && at_edge {
            let inner = self.alternatives(inner, edges)?;
            self.note(
                piece,
                NO_LOOK,
                "the same texts match; what was looked at belongs to the match",
                true,
            );
            return Some(format!("(?:{inner})"));
        }
        if negative
            && at_edge
            && let Some(class) = other_than(inner)
        {
            self.note(
                piece,
                NO_LOOK,
                "the same texts match; the character beside it belongs to the match",
                true,
            );
            return Some(if ahead {
                format!("(?:{class}|\\z)")
            } else {
                format!("(?:\\A|{class})")
            });
        }
        self.note(piece, NO_LOOK, "the regex without it, which matches more", false);
        self.looser = true;
        Some(String::new())
    }
}

/// Look-arounds that are one side of a word boundary.
fn half_boundary(written: &str) -> Option<&'static str> {
    Some(match written {
        r"(?<!\w)" | r"(?<![\w])" | r"(?<![a-zA-Z0-9_])" | r"(?<![A-Za-z0-9_])" | r"(?<=\W|^)"
        | r"(?<=^|\W)" => r"\b{start-half}",
        r"(?!\w)" | r"(?![\w])" | r"(?![a-zA-Z0-9_])" | r"(?![A-Za-z0-9_])" | r"(?=\W|$)"
        | r"(?=$|\W)" => r"\b{end-half}",
        _ => return None,
    })
}

/// Look-arounds for the end of the text or white space.
fn space_boundary(written: &str) -> Option<&'static str> {
    Some(match written {
        r"(?<!\S)" | r"(?<=\s|^)" | r"(?<=^|\s)" => r"(?:^|\s)",
        r"(?!\S)" | r"(?=\s|$)" | r"(?=$|\s)" => r"(?:\s|$)",
        _ => return None,
    })
}

/// The class of all characters but the single ones that `inner` lists.
fn other_than(inner: &Alternatives) -> Option<String> {
    let mut class = String::from("[^");
    for pieces in inner {
        let [Piece { atom: Atom::Text(text), repeat, .. }] = pieces.as_slice() else { return None };
        if !repeat.is_empty() {
            return None;
        }
        match text.as_bytes() {
            // A class in a class is one with what both have.
            [b'^' | b'$', ..] | [b'\\', b'b' | b'B' | b'A' | b'z' | b'Z', ..] => return None,
            [b'[' | b'\\', ..] => class.push_str(text),
            _ if text == "." => return None,
            _ if text.chars().count() == 1 => class.push_str(text),
            _ => return None,
        }
    }
    class.push(']');
    Some(class)
}

/// Anchors, boundaries, flags and look-arounds take no text.
fn takes_nothing(piece: &Piece) -> bool {
    match &piece.atom {
        Atom::Text(text) => {
            matches!(text.as_str(), "^" | "$" | "\\b" | "\\B" | "\\A" | "\\z")
                || text.starts_with("(?") && text.ends_with(')') && !text.contains(':')
        }
        Atom::Look { .. } | Atom::Keep => true,
        _ => false,
    }
}

/// True for a class, an escape or a group: what a repetition behind it repeats as a whole.
fn is_one(text: &str) -> bool {
    text.starts_with(['\\', '[', '('])
}
