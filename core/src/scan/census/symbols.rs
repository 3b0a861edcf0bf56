//! What a character beyond ASCII folds to, as the view will have it.

use crate::view::chars;
use crate::view::props::Class;
use crate::view::table;

/// Calls `f` for each symbol that `c` makes in a view, marks left out; false as soon as
/// `f` says so.
#[inline]
pub(super) fn each(c: char, mut f: impl FnMut(char) -> bool) -> bool {
    if let Some(symbol) = table::fold_one(c) {
        return f(symbol);
    }
    let folded = table::fold(c);
    let mut symbols = folded.symbols().iter().copied().peekable();
    while let Some(symbol) = symbols.next() {
        // か and the mark that makes it が are one letter.
        let voiced = symbols.peek().and_then(|&mark| chars::voiced(symbol, mark));
        if voiced.is_some() {
            symbols.next();
        } else if table::props(symbol).class() == Class::Mark || chars::is_voicing(symbol) {
            continue;
        }
        if !f(voiced.unwrap_or(symbol)) {
            return false;
        }
    }
    true
}

/// True for a Chinese character that is nothing but itself: most are.
#[inline]
pub(super) fn is_plain_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}') && table::readings(c).len() == 0
}

/// The first symbol that `c` makes.
#[inline]
pub(super) fn first(c: char) -> char {
    let mut first = c;
    each(c, |symbol| {
        first = symbol;
        false
    });
    first
}
