//! What a view is built from: characters with the bytes they came from.

use super::unit::Flags;

/// One character as the builder reads it. In a plain text it is the character
/// itself; out of a wrapper it is what the wrapper stands for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) symbol: char,
    /// First byte in the original text.
    pub(super) start: u32,
    /// One past the last byte in the original text.
    pub(super) end: u32,
    /// [`Flags::DECODED`], [`Flags::BEHIND_WRAPPER`], [`Flags::HIDDEN`] or nothing.
    pub(super) flags: Flags,
    /// Moves with the piece before it when a run is turned around.
    pub(super) glued: bool,
    /// Markup that is to be left out.
    pub(super) dropped: bool,
}

impl Piece {
    #[inline]
    pub(super) fn new(symbol: char, start: u32, end: u32, flags: Flags) -> Self {
        Self { symbol, start, end, flags, glued: false, dropped: false }
    }
}

/// The characters of `text` from byte `from` on as they are.
#[inline]
pub(super) fn plain(text: &str, from: usize) -> impl Iterator<Item = Piece> {
    text[from..].char_indices().map(move |(at, c)| {
        let start = (from + at) as u32;
        Piece::new(c, start, start + c.len_utf8() as u32, Flags::default())
    })
}
