//! What may begin anywhere, as it is: patterns without boundaries, in scripts without
//! spaces, of symbols and emoji.

use super::super::key::first_run;
use super::paths::{self, Paths};
use super::symbols;
use crate::ruleset::tables::Tables;
use crate::spec::model::Level;
use crate::view::props::Class;
use crate::view::table;

/// Keys by their first two symbols, then letter by letter.
#[derive(Debug, Default)]
pub(super) struct Anywhere {
    /// By hash of two neighbouring symbols: whether a key begins with them. A key of
    /// one symbol stands as that symbol and [`ALONE`].
    pairs: Vec<u64>,
    /// Some key begins with a character of ASCII.
    ascii: bool,
    /// Some key is one symbol.
    alone: bool,
    paths: Paths,
}

const PAIR_BITS: u32 = 16;
const ALONE: char = '\0';

impl Anywhere {
    /// `None` when something can be told by no symbol.
    pub(super) fn new(tables: &Tables, needles: &[u32]) -> Option<Self> {
        if needles.is_empty() {
            return Some(Self::default());
        }
        let mut this = Self { pairs: vec![0; 1 << (PAIR_BITS - 6)], ..Self::default() };
        for &needle in needles {
            let key: Vec<char> = first_run(tables, needle).collect();
            if key.is_empty() || key.iter().any(|&symbol| table::props(symbol).is_apostrophe()) {
                // A text may show another apostrophe.
                return None;
            }
            let second = key.get(1).copied().unwrap_or(ALONE);
            let bit = pair(key[0], second);
            this.pairs[bit >> 6] |= 1 << (bit & 63);
            this.ascii |= key[0].is_ascii();
            this.alone |= second == ALONE;
        }
        this.paths = Paths::new(tables, needles, Level::Exact, true);
        Some(this)
    }

    /// The keys, letter by letter.
    pub(super) fn paths(&self) -> &Paths {
        &self.paths
    }

    /// Whether some key may stand in a text; `foreign` tells whether anything in it is
    /// beyond ASCII.
    #[inline(always)]
    pub(super) fn may_be_in(&self, foreign: bool) -> bool {
        !self.pairs.is_empty() && (foreign || self.ascii)
    }

    /// Calls `found` with the first byte of each key in `text`, until it says false.
    pub(super) fn find(
        &self,
        text: &str,
        walks: &mut paths::Bufs,
        mut found: impl FnMut(usize) -> bool,
    ) {
        // `ALONE` before the first symbol begins no key.
        let mut before = (ALONE, 0);
        let mut next = 0;
        loop {
            if !self.ascii && before.0.is_ascii() {
                // Nothing begins here, and nothing before what is beyond ASCII.
                let Some(len) = strange(&text.as_bytes()[next..]) else { return };
                next += len;
            }
            let at = next;
            let Some(c) = text[at..].chars().next() else { return };
            next += c.len_utf8();
            // Between the first two letters of a key apostrophes may be left out, or added.
            if c == '\'' || !c.is_ascii() && table::props(c).is_apostrophe() {
                continue;
            }
            if matches!(c, ' '..='~') {
                let here = (c.to_ascii_lowercase(), at);
                if let Some(at) = self.meets(text, &mut before, here, walks)
                    && !found(at)
                {
                    return;
                }
                continue;
            }
            if symbols::is_plain_han(c) {
                if let Some(at) = self.meets(text, &mut before, (c, at), walks)
                    && !found(at)
                {
                    return;
                }
                continue;
            }
            if matches!(table::props(c).class(), Class::Ignorable | Class::Mark) {
                continue;
            }
            let goes_on = symbols::each(c, |symbol| {
                self.meets(text, &mut before, (symbol, at), walks).is_none_or(&mut found)
            });
            if !goes_on {
                return;
            }
        }
    }

    /// Where a key begins: at the symbol before `here` if it goes on with it, or there if it is
    /// that one alone.
    #[inline]
    fn meets(
        &self,
        text: &str,
        before: &mut (char, usize),
        here: (char, usize),
        walks: &mut paths::Bufs,
    ) -> Option<usize> {
        let last = std::mem::replace(before, here);
        if self.begins(last.0, here.0) && self.paths.survive(text, last.1, false, walks) {
            return Some(last.1);
        }
        let alone = self.alone
            && self.begins(here.0, ALONE)
            && self.paths.survive(text, here.1, false, walks);
        alone.then_some(here.1)
    }

    #[inline]
    fn begins(&self, first: char, second: char) -> bool {
        let bit = pair(first, second);
        self.pairs[bit >> 6] >> (bit & 63) & 1 != 0
    }

    pub(super) fn memory_usage(&self) -> usize {
        self.pairs.capacity() * 8 + self.paths.memory_usage()
    }
}

/// Where the first byte beyond ASCII is.
#[inline]
fn strange(bytes: &[u8]) -> Option<usize> {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let (eights, rest) = bytes.as_chunks::<8>();
    for (at, eight) in eights.iter().enumerate() {
        let high = u64::from_le_bytes(*eight) & HIGH;
        if high != 0 {
            return Some(8 * at + high.trailing_zeros() as usize / 8);
        }
    }
    rest.iter().position(|byte| !byte.is_ascii()).map(|at| 8 * eights.len() + at)
}

#[inline]
fn pair(first: char, second: char) -> usize {
    let both = (u64::from(u32::from(first)) << 32 | u64::from(u32::from(second)))
        .wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (both >> (64 - PAIR_BITS)) as usize
}
