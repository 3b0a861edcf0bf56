//! Domains of a policy, found in texts however they are disguised.
//!
//! A name is only ever compared with listed ones, so that `end.Of` a sentence
//! is no host. Names are kept in one tree of symbols, last symbol first; a text
//! is walked backwards from the end of what could be a host, each symbol taken
//! as itself or as what it can be read as. The work at a dot is bounded by the
//! longest listed name, so a scan is linear in the text.

mod ends;
mod name;
mod piece;
mod punycode;
mod set;
#[cfg(test)]
mod tests;

pub(crate) use name::normalize;
pub(crate) use set::{DomainHit, DomainSet};

pub(super) use piece::{Piece, What, before};

use super::tables::tlds::TLDS;
use super::text;
use crate::view::table;

/// Names that are no top-level domains of the public tree but are used as such:
/// examples of documents (RFC 6761), Tor.
const SPECIAL: [&str; 4] = ["example", "invalid", "onion", "test"];

/// Hands all bytes of the list of top-level domains to `take`.
pub(super) fn digest(take: &mut impl FnMut(&[u8])) {
    TLDS.iter().chain(&SPECIAL).for_each(|name| {
        take(name.as_bytes());
        take(b".");
    });
}

/// True for a top-level domain in ASCII or Unicode, in any capitals and forms, what is
/// invisible in it left out.
pub(super) fn is_top_level(label: &str) -> bool {
    let mut low = ['\0'; punycode::MAX];
    let mut len = 0;
    for c in label.chars().filter(|&c| !text::is_invisible(c)) {
        let Some(slot) = low.get_mut(len) else { return false };
        *slot = match table::fold(c).symbols() {
            &[symbol] => symbol,
            _ => c,
        };
        len += 1;
    }
    let low = &low[..len];
    if low.iter().any(|c| !c.is_ascii()) {
        return is_international_top_level(low);
    }
    let order = |name: &&str| name.chars().cmp(low.iter().copied());
    TLDS.binary_search_by(order).is_ok() || SPECIAL.binary_search_by(order).is_ok()
}

/// True when an `xn--` domain decodes to `label`.
fn is_international_top_level(label: &[char]) -> bool {
    let from = TLDS.partition_point(|name| *name < "xn--");
    let forms = TLDS[from..].iter().map_while(|name| name.strip_prefix("xn--"));
    let decoded = forms.filter_map(|letters| punycode::decode(letters.as_bytes()));
    decoded.into_iter().any(|decoded| decoded.as_str().chars().eq(label.iter().copied()))
}
