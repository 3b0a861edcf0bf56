//! Domains of a policy, found in texts however they are disguised.
//!
//! A name is only ever compared with listed ones, so that `end.Of` a sentence
//! is no host. Names are kept in one tree of symbols, last symbol first; a text
//! is walked backwards from the end of what could be a host, each symbol taken
//! as itself or as what it can be read as. The work at a dot is bounded by the
//! longest listed name, so a scan is linear in the text.

mod name;
mod piece;
mod punycode;
mod set;
#[cfg(test)]
mod tests;

pub(crate) use name::{NameError, normalize};
pub(crate) use set::{DomainHit, DomainSet};

pub(super) use piece::{Piece, What, before};

use super::tables::tlds::TLDS;
use crate::verdict::Kinds;

/// A letter of another script or a sign in place of one that looks the same.
pub(crate) const LOOK_ALIKES: Kinds = Kinds(1 << 3);
/// Styled letters that no compatibility form undoes.
pub(crate) const STYLED: Kinds = Kinds(1 << 4);
/// Digits and signs for letters.
pub(crate) const LEET: Kinds = Kinds(1 << 5);
/// `[.]`, `(dot)`, ` dot `.
pub(crate) const DEFANGED: Kinds = Kinds(1 << 6);
/// Percent escapes.
pub(crate) const PERCENT: Kinds = Kinds(1 << 7);

/// Names that are no top-level domains of the public tree but are used as such:
/// examples of documents (RFC 6761), Tor.
const SPECIAL: [&str; 4] = ["example", "invalid", "onion", "test"];

/// True for a top-level domain in ASCII or Unicode, in any capitals.
pub(super) fn is_top_level(label: &str) -> bool {
    if !label.is_ascii() {
        return is_international_top_level(label);
    }
    let mut low = [0u8; punycode::MAX];
    let Some(room) = low.get_mut(..label.len()) else { return false };
    room.copy_from_slice(label.as_bytes());
    room.make_ascii_lowercase();
    let known = |list: &[&str]| list.binary_search_by(|name| name.as_bytes().cmp(room)).is_ok();
    known(&TLDS) || known(&SPECIAL)
}

/// True when an `xn--` domain decodes to `label`.
fn is_international_top_level(label: &str) -> bool {
    let from = TLDS.partition_point(|name| *name < "xn--");
    let forms = TLDS[from..].iter().map_while(|name| name.strip_prefix("xn--"));
    let decoded = forms.filter_map(|letters| punycode::decode(letters.as_bytes()));
    decoded.into_iter().any(|decoded| decoded.as_str() == label)
}
