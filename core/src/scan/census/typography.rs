//! Signs beyond ASCII that stand in ordinary text as those of ASCII do: curly quotes,
//! dashes, emoji. They are looked at in the blocks, and leave it a plain text.

use super::look::{Look, bits};
use super::symbols;
use crate::view::props::Class;
use crate::view::table;

/// The signs beyond ASCII in a block, one bit a byte.
#[derive(Clone, Copy, Default)]
pub(super) struct Signs {
    /// What has to be read by character.
    pub(super) wide: u64,
    /// The first bytes of apostrophes of three bytes.
    pub(super) apostrophes: u64,
    /// Those that hide nothing at the end of a word.
    pub(super) ending: u64,
}

impl Look<'_> {
    /// The signs among `all` that is beyond ASCII in the block at `at`.
    #[inline(never)]
    pub(super) fn typography(&mut self, at: usize, all: u64) -> Signs {
        let mut signs = Signs::default();
        let mut foreign = all;
        let mut behind_sign = 0;
        while foreign != 0 {
            let bit = foreign.trailing_zeros();
            let place = at + bit as usize;
            if !may_be_sign(self.text.as_bytes()[place]) {
                // A text with letters of another script is not a plain one anyhow.
                return Signs { wide: all, ..Signs::default() };
            }
            let Some(c) = self.text[place..].chars().next() else { break };
            let end = (bit + c.len_utf8() as u32).min(u64::BITS);
            let range = bits(bit, end);
            foreign &= !range;
            match kind(c) {
                Kind::Apostrophe => signs.apostrophes |= 1 << bit,
                Kind::Ending => signs.ending |= range,
                Kind::Sign => behind_sign = end,
                Kind::Joiner if bit > 0 && behind_sign == bit => behind_sign = end,
                Kind::Joiner | Kind::Other => signs.wide |= range,
            }
        }
        self.signs_beyond_ascii = true;
        signs
    }
}

/// Whether a sign may begin with a byte: those of most letters do not.
#[inline]
fn may_be_sign(byte: u8) -> bool {
    matches!(byte, 0xC2 | 0xC3 | 0xE2 | 0xE3 | 0xEF | 0xF0)
}

enum Kind {
    Apostrophe,
    /// Hides nothing at the end of a word.
    Ending,
    /// Any other sign that is nothing but itself.
    Sign,
    /// Changes how the sign before it looks.
    Joiner,
    Other,
}

fn kind(c: char) -> Kind {
    match c {
        '’' | '‘' => Kind::Apostrophe,
        '”' | '…' => Kind::Ending,
        '\u{200D}' | '\u{FE0E}' | '\u{FE0F}' => Kind::Joiner,
        _ if is_sign(c) => Kind::Sign,
        _ => Kind::Other,
    }
}

/// True for a sign that folds to no letter, digit or beginning of a name, and is neither an
/// apostrophe nor part of a wrapper.
fn is_sign(c: char) -> bool {
    let props = table::props(c);
    let shows_sign = |symbol| !(table::props(symbol).is_word() || matches!(symbol, '#' | '@'));
    !c.is_ascii()
        && c != '§'
        && matches!(props.class(), Class::Punct | Class::Emoji)
        && !props.is_apostrophe()
        && symbols::each(c, shows_sign)
}
