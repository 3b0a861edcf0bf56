//! Two-stage tries: blocks of 128 code points, equal ones stored once.

use std::collections::HashMap;

use crate::rust_source::array;

const BLOCK: usize = 128;
const CODE_POINTS: usize = 0x11_0000;

/// A value for each code point.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Trie {
    /// The block of each run of 128 code points.
    pub(crate) index: Vec<u16>,
    /// The values of the blocks, one behind the other.
    pub(crate) blocks: Vec<u16>,
}

impl Trie {
    /// The trie of `value`; surrogates, which no text has, get 0.
    pub(crate) fn new(mut value: impl FnMut(char) -> u16) -> Self {
        let values: Vec<u16> =
            (0..CODE_POINTS as u32).map(|c| char::from_u32(c).map_or(0, &mut value)).collect();
        let mut known: HashMap<&[u16], u16> = HashMap::new();
        let mut trie = Trie { index: Vec::new(), blocks: Vec::new() };
        for block in values.chunks(BLOCK) {
            let next = known.len();
            let id = *known.entry(block).or_insert_with(|| {
                trie.blocks.extend_from_slice(block);
                next as u16 // of 8704 at most
            });
            trie.index.push(id);
        }
        trie
    }

    /// The arrays as Rust source.
    pub(crate) fn source(&self, out: &mut String) {
        array(out, "The block of each run of 128 code points.", "INDEX", "u16", self.index.iter());
        array(out, "The blocks.", "BLOCKS", "u16", self.blocks.iter());
    }

    /// The arrays, little-endian.
    pub(crate) fn data(&self) -> Vec<u8> {
        self.index.iter().chain(&self.blocks).flat_map(|value| value.to_le_bytes()).collect()
    }
}
