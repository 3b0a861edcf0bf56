//! The readings, packed.

use std::collections::BTreeSet;

use super::readings;
use crate::rust_source::{DATA_FILE, array, char_literal};
use crate::trie::Trie;
use crate::unicode;
use crate::view::reading::Reading;

/// The packed readings of every code point.
pub(crate) struct ReadingTable {
    /// 0 for none, else one more than the number of a list.
    trie: Trie,
    /// Where the lists are among the readings: start << 8 | length.
    lists: Vec<u32>,
    readings: Vec<u32>,
    pool: Vec<char>,
}

impl ReadingTable {
    pub(crate) fn new() -> Self {
        let all: Vec<(char, Vec<super::Reading>)> = unicode::scalars()
            .map(|c| (c, readings(c)))
            .filter(|(_, readings)| !readings.is_empty())
            .collect();
        let pool = pool(all.iter().flat_map(|(_, readings)| readings));
        let distinct: BTreeSet<&Vec<super::Reading>> = all.iter().map(|(_, list)| list).collect();
        let distinct: Vec<&Vec<super::Reading>> = distinct.into_iter().collect();
        let mut lists = Vec::new();
        let mut packed = Vec::new();
        for list in &distinct {
            lists.push((packed.len() as u32) << 8 | list.len() as u32);
            packed.extend(list.iter().map(|reading| pack(reading, &pool).bits()));
        }
        let mut all = all.iter().peekable();
        let trie = Trie::new(|c| match all.next_if(|(known, _)| *known == c) {
            None => 0,
            Some((_, list)) => {
                let at = distinct.binary_search(&list).expect("collected above");
                u16::try_from(at + 1).expect("fewer than 65,536 lists")
            }
        });
        Self { trie, lists, readings: packed, pool }
    }

    pub(crate) fn source(&self) -> String {
        let mut out = String::from(DATA_FILE);
        let doc = "Where each list of readings is: start << 8 | length.";
        array(&mut out, doc, "LISTS", "u32", self.lists.iter());
        array(&mut out, "The readings of the lists.", "READINGS", "u32", self.readings.iter());
        let pool: Vec<String> = self.pool.iter().map(|&c| char_literal(c)).collect();
        array(&mut out, "What they are read as.", "POOL", "char", pool.iter());
        self.trie.source(&mut out);
        out
    }

    /// Everything that decides what the table says.
    pub(crate) fn data(&self) -> Vec<u8> {
        let pool = self.pool.iter().map(|&c| c as u32);
        let words = self.lists.iter().chain(&self.readings).copied().chain(pool);
        let mut data = self.trie.data();
        data.extend(words.flat_map(u32::to_le_bytes));
        data
    }
}

fn pack(reading: &super::Reading, pool: &[char]) -> Reading {
    let symbols: Vec<char> = reading.symbols.chars().collect();
    let start = find(pool, &symbols).expect("in the pool");
    Reading::new(reading.target, reading.kind, reading.doubt, start, symbols.len())
}

/// All sequences of symbols in one array, the long ones first, so that the
/// short ones are mostly found inside.
fn pool<'r>(readings: impl Iterator<Item = &'r super::Reading>) -> Vec<char> {
    let mut sequences: Vec<Vec<char>> = readings.map(|r| r.symbols.chars().collect()).collect();
    sequences.sort();
    sequences.dedup();
    sequences.sort_by_key(|symbols| std::cmp::Reverse(symbols.len()));
    let mut pool = Vec::new();
    for symbols in sequences {
        if find(&pool, &symbols).is_none() {
            pool.extend(symbols);
        }
    }
    pool
}

fn find(pool: &[char], symbols: &[char]) -> Option<usize> {
    pool.windows(symbols.len()).position(|window| window == symbols)
}
