//! With which letters a plain text goes on where it may hide a needle by a slip of the pen.
//!
//! Four letters tell more than words do: a space may stand anywhere between them, one may be
//! left out, two be swapped, some written as they sound, and still few texts begin so.

use super::trie::{ROOT, Trie, is_letter};
use crate::view::glyphs::PHONETIC;
use rustc_hash::FxHashSet;

/// How many letters are looked at, and how many are told apart: those of ASCII, any other,
/// and none.
const DEPTH: usize = 4;
const LETTERS: usize = 28;

/// All of them for one trie.
#[derive(Debug, Default)]
pub(super) struct Openings {
    /// One bit for each row of letters; shorter ones are those of whole words.
    bits: Vec<u64>,
}

/// The first letters of a text, one that is repeated counted once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Opening {
    letters: [u8; DEPTH],
    len: usize,
    last: Option<char>,
}

impl Opening {
    /// Takes in a letter; false for one too many.
    pub(super) fn push(&mut self, symbol: char) -> bool {
        if self.last == Some(symbol) {
            return true;
        }
        let Some(letter) = self.letters.get_mut(self.len) else { return false };
        *letter = match symbol {
            'a'..='z' => symbol as u8 - b'a' + 1,
            _ => LETTERS as u8 - 1,
        };
        self.len += 1;
        self.last = Some(symbol);
        true
    }

    /// True when no more letters are looked at.
    pub(super) fn is_full(&self) -> bool {
        self.len == DEPTH
    }

    fn with(mut self, symbols: impl IntoIterator<Item = char>) -> Self {
        symbols.into_iter().all(|symbol| self.push(symbol));
        self
    }

    fn place(&self) -> (usize, u64) {
        let place =
            self.letters.iter().fold(0, |place, &letter| place * LETTERS + usize::from(letter));
        (place / 64, 1 << (place % 64))
    }
}

impl Openings {
    pub(super) fn new(trie: &Trie) -> Self {
        let mut this = Self { bits: vec![0; LETTERS.pow(DEPTH as u32).div_ceil(64)] };
        // All ways to write what the trie has behind its root; at most one slip in each.
        let mut open = vec![(ROOT, Opening::default(), false)];
        let mut met = FxHashSet::default();
        while let Some((node, written, slipped)) = open.pop() {
            if written.is_full() || !trie.needles(node).is_empty() {
                let (word, bit) = written.place();
                this.bits[word] |= bit;
            }
            if written.is_full() || !met.insert((node, written, slipped)) {
                continue;
            }
            for (symbol, child) in trie.children(node) {
                open.push((child, written.with([symbol]), slipped));
                if slipped || !is_letter(symbol) {
                    continue;
                }
                open.push((child, written, true));
                let next = trie.children(child);
                open.extend(next.map(|(next, node)| (node, written.with([next, symbol]), true)));
            }
            for &(text, sound) in PHONETIC {
                let reached = sound.chars().try_fold(node, |node, letter| trie.child(node, letter));
                open.extend(reached.map(|reached| (reached, written.with(text.chars()), slipped)));
            }
        }
        this
    }

    /// Whether a needle may begin so; an opening that is not full is that of a whole word, or
    /// of several.
    pub(super) fn has(&self, opening: &Opening) -> bool {
        let (word, bit) = opening.place();
        self.bits[word] & bit != 0
    }

    pub(super) fn memory_usage(&self) -> usize {
        self.bits.capacity() * 8
    }
}
