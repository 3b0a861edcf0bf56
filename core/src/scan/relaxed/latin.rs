//! Words that are written in the letters of other scripts, as a reader of Latin letters
//! takes them: the second step behind folding.

use super::edges;
use super::seen::Seen;
use crate::view::View;
use crate::view::reading::{ReadingKind, Target};
use crate::view::table;
use crate::view::unit::Unit;

/// The folded form of `token` with letters that only look Latin read as such, where the
/// engine would: beside Latin letters, in an impossible mix of scripts, or among Latin words
/// where the token is no word of its own. `document` is the text that the token stands in.
///
/// [`fold`](crate::fold) needs no context and keeps the letters of every script. This is the
/// second step, with the gate that patterns are matched with: ordinary Russian stays
/// Russian. Digits and signs for letters, masks and gaps are left alone.
///
/// ```
/// let text = "I һаtе mondays";
/// assert_eq!(tamis::latinize("һаtе", text), "hate");
/// // Wholly Cyrillic, but no word of Russian, among English words.
/// assert_eq!(tamis::latinize("һорѕ", "һорѕ in beer"), "hops");
/// assert_eq!(tamis::latinize("сору", "белый сору день"), "сору");
/// assert_eq!(tamis::latinize(text, text), "i hate mondays");
/// ```
pub fn latinize(token: &str, document: &str) -> String {
    let whole = View::of(document);
    let view = View::of(token);
    let seen = Seen::within(&view, &whole);
    let units = seen.units();
    let mut out = String::new();
    // What is kept is written in whole syllables.
    let mut kept = 0;
    let mut at = 0;
    while at < units.len() {
        let len = edges::code_point(units, at);
        if let Some(letters) = latin(&seen, &units[at], at) {
            out.push_str(view.written_of(kept, at));
            out.extend(letters);
            kept = at + len;
        }
        at += len;
    }
    out.push_str(view.written_of(kept, units.len()));
    out
}

/// What a reader takes the code point at `at` for, if the engine reads it so.
fn latin(seen: &Seen<'_>, unit: &Unit, at: usize) -> Option<&'static [char]> {
    if unit.symbol.is_ascii() {
        return None;
    }
    let reads = |kind| match kind {
        ReadingKind::Styled | ReadingKind::Variant => true,
        ReadingKind::LookAlike => seen.opens_gate(at, Target::Latin),
        ReadingKind::Turned | ReadingKind::Hidden | ReadingKind::Leet => false,
    };
    let mut latin = table::readings(unit.origin).filter(|r| r.target() == Target::Latin);
    Some(latin.find(|reading| reads(reading.kind()))?.symbols())
}
