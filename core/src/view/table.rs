//! The one Unicode table of the engine, and how to read it.
//!
//! Matching asks this table alone and never `char::to_lowercase` or
//! `char::is_alphabetic`: the standard library and the crates beside it follow
//! other versions of Unicode, and a verdict must not depend on the compiler.
//! The data is generated; `tables/README.md` says from what and how.

use super::props::Props;
use super::reading::Reading;

#[path = "tables/mod.rs"]
mod tables;

pub(crate) use tables::{TABLE_SHA256, TABLE_VERSION, UNICODE_VERSION};

/// Code points in a block of the tries.
const BLOCK_BITS: u32 = 7;
const BLOCK_MASK: usize = (1 << BLOCK_BITS) - 1;

/// Looks `c` up in a two-stage trie.
#[inline]
fn lookup<const B: usize>(index: &[u16; 8704], blocks: &[u16; B], c: char) -> u16 {
    let c = c as usize;
    let block = index[c >> BLOCK_BITS] as usize;
    blocks[block << BLOCK_BITS | c & BLOCK_MASK]
}

/// The properties of `c`.
#[inline]
pub(crate) fn props(c: char) -> Props {
    let bits = match tables::props::ASCII.get(c as usize) {
        Some(&bits) => bits,
        None => lookup(&tables::props::INDEX, &tables::props::BLOCKS, c),
    };
    Props::from_bits(bits)
}

/// What a code point folds to: lower case, decomposed, without what is invisible.
///
/// Marks stay in the sequence as symbols of their own, behind their base and
/// in canonical order *within this code point*. Nothing is reordered across
/// code points, so two canonically equivalent texts may list the marks of one
/// base in another order.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Folded {
    symbols: Symbols,
    compat: bool,
}

#[derive(Clone, Copy, Debug)]
enum Symbols {
    One([char; 1]),
    Syllable([char; 3], u8),
    Many(&'static [char]),
}

impl Folded {
    #[inline]
    const fn one(c: char, compat: bool) -> Self {
        Self { symbols: Symbols::One([c]), compat }
    }

    /// The symbols, in order; empty for ignorables.
    #[inline]
    pub(crate) fn symbols(&self) -> &[char] {
        match &self.symbols {
            Symbols::One(symbol) => symbol,
            Symbols::Syllable(jamo, len) => &jamo[..usize::from(*len)],
            Symbols::Many(symbols) => symbols,
        }
    }

    /// Whether a compatibility mapping was needed: fullwidth, styled, ligature,
    /// superscript and the like. Case and canonical mappings alone are not.
    #[inline]
    pub(crate) const fn compat(&self) -> bool {
        self.compat
    }
}

/// The context-free fold of `c`.
///
/// It is the fixed point of compatibility decomposition and full case folding,
/// with these exceptions: ignorables vanish, `İ` is a plain `i`, the combining
/// iota U+0345 stays a mark, and a final jamo becomes the initial one of the
/// same letter, so that syllables, compatibility and half-width jamo compare.
/// Folding a symbol of the result yields that symbol.
#[inline]
pub(crate) fn fold(c: char) -> Folded {
    match tables::fold::ASCII.get(c as usize) {
        Some(&'\0') => Folded { symbols: Symbols::Many(&[]), compat: false },
        Some(&folded) => Folded::one(folded, false),
        None => fold_beyond_ascii(c),
    }
}

/// `fold` where it is one symbol that needed no compatibility mapping: the
/// case of nearly all text, and the cheap one.
#[inline]
pub(crate) fn fold_one(c: char) -> Option<char> {
    if let Some(&folded) = tables::fold::ASCII.get(c as usize) {
        return (folded != '\0').then_some(folded);
    }
    match lookup(&tables::fold::INDEX, &tables::fold::BLOCKS, c) {
        0 if is_syllable(c) => None,
        0 => Some(c),
        entry if usize::from(entry) <= tables::fold::CANONICAL_SINGLES => {
            Some(tables::fold::SINGLES[usize::from(entry) - 1])
        }
        _ => None,
    }
}

/// As [`fold`], but without compatibility mappings: case and canonical
/// equivalence only, which is what `exact` compares.
#[inline]
pub(crate) fn fold_exact(c: char) -> Folded {
    let folded = fold(c);
    if !folded.compat {
        return folded;
    }
    match tables::fold::EXACT.binary_search_by_key(&c, |entry| entry.0) {
        Ok(at) => Folded { symbols: Symbols::Many(tables::fold::EXACT[at].1), compat: false },
        Err(_) => Folded::one(c, false),
    }
}

fn fold_beyond_ascii(c: char) -> Folded {
    let entry = usize::from(lookup(&tables::fold::INDEX, &tables::fold::BLOCKS, c));
    if entry == 0 {
        return if is_syllable(c) { fold_syllable(c) } else { Folded::one(c, false) };
    }
    if let Some(&single) = tables::fold::SINGLES.get(entry - 1) {
        return Folded::one(single, entry > tables::fold::CANONICAL_SINGLES);
    }
    // Packed as start << 8 | compat << 7 | length.
    let record = tables::fold::MANY[entry - 1 - tables::fold::SINGLES.len()];
    let (start, len) = ((record >> 8) as usize, (record & 127) as usize);
    Folded {
        symbols: Symbols::Many(&tables::fold::POOL[start..start + len]),
        compat: record & 128 != 0,
    }
}

const SYLLABLES: std::ops::RangeInclusive<char> = '\u{AC00}'..='\u{D7A3}';
const VOWELS: u32 = 21;
const FINALS: u32 = 28; // counting "none"

#[inline]
fn is_syllable(c: char) -> bool {
    SYLLABLES.contains(&c)
}

/// The jamo of a Hangul syllable, by arithmetic: 11,172 entries less.
#[inline]
fn fold_syllable(c: char) -> Folded {
    let index = c as u32 - *SYLLABLES.start() as u32;
    let jamo = |base: u32, offset: u32| char::from_u32(base + offset).unwrap_or(c);
    let initial = jamo(0x1100, index / (VOWELS * FINALS));
    let vowel = jamo(0x1161, index / FINALS % VOWELS);
    let symbols = match index % FINALS {
        0 => Symbols::Syllable([initial, vowel, '\0'], 2),
        n => Symbols::Syllable([initial, vowel, tables::fold::FINALS[n as usize]], 3),
    };
    Folded { symbols, compat: false }
}

/// Which final of a syllable folds to `symbol`, counted from 1.
pub(crate) fn final_index(symbol: char) -> Option<u32> {
    let at = tables::fold::FINALS.iter().skip(1).position(|&last| last == symbol)?;
    Some(1 + at as u32)
}

/// As what letters `c` may be read, by target, the likeliest first; what it
/// folds to is not among them. A reading stands for the whole code point and
/// its marks.
#[inline]
pub(crate) fn readings(c: char) -> impl ExactSizeIterator<Item = Reading> + Clone {
    let list = match lookup(&tables::readings::INDEX, &tables::readings::BLOCKS, c) {
        0 => 0..0,
        list => {
            let list = tables::readings::LISTS[usize::from(list) - 1] as usize;
            list >> 8..(list >> 8) + (list & 255)
        }
    };
    tables::readings::READINGS[list].iter().map(|&bits| Reading::from_bits(bits))
}

/// The longest name of a character reference, in bytes.
pub(crate) const LONGEST_REFERENCE: usize = tables::references::LONGEST;

/// What the HTML character reference of that name, without `&` and `;`, stands
/// for; NUL where there is no second character. Names differ by case.
pub(crate) fn named_reference(name: &[u8]) -> Option<[char; 2]> {
    use tables::references::{CHARACTERS, ENDS, NAMES, PAIRS};
    let name_at = |at: usize| {
        let start = if at == 0 { 0 } else { ENDS[at - 1] };
        &NAMES.as_bytes()[usize::from(start)..usize::from(ENDS[at])]
    };
    let (mut low, mut high) = (0, ENDS.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        match name_at(middle).cmp(name) {
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
            std::cmp::Ordering::Equal => {
                let pair = PAIRS.binary_search_by_key(&(middle as u16), |entry| entry.0);
                let second = pair.map_or('\0', |at| PAIRS[at].1);
                return Some([CHARACTERS[middle], second]);
            }
        }
    }
    None
}

impl Reading {
    /// What it is read as: one letter, seldom two, all of them folded.
    #[inline]
    pub(crate) fn symbols(self) -> &'static [char] {
        &tables::readings::POOL[self.pool_range()]
    }
}
