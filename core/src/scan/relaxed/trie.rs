//! The first words of needles, letter by letter, for walking along a text that
//! can be read in several ways.

use crate::ruleset::tables::{Step, Tables};
use crate::view::table;

/// A trie whose nodes are numbered so that children lie side by side.
#[derive(Debug, Default)]
pub(super) struct Trie {
    nodes: Vec<Node>,
    /// By node: the symbol that leads to it.
    symbols: Vec<char>,
    needles: Vec<u32>,
    /// Every symbol that leads anywhere, ascending.
    alphabet: Vec<char>,
    /// Grandchildren by their own symbol, those of a node side by side: where a walk goes
    /// on when a letter is left out. Empty unless asked for.
    skips: Vec<(char, u32)>,
    /// By node, and once more: where its grandchildren start.
    skip_starts: Vec<u32>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Node {
    /// The children, a run of nodes ordered by symbol.
    first: u32,
    children: u32,
    /// The needles whose first word ends here.
    needles: u32,
    count: u32,
}

/// The root.
pub(super) const ROOT: u32 = 0;

/// The first six symbols as one number, in their order.
fn beginning(key: &[char]) -> u128 {
    (0..6).fold(0, |all, at| all << 21 | key.get(at).map_or(0, |&c| u128::from(u32::from(c))))
}

impl Trie {
    /// The trie of the first words of `needles`.
    pub(super) fn new(tables: &Tables, needles: &[u32]) -> Self {
        let keys = needles.iter().map(|&needle| (key(tables, needle), needle));
        // Behind a number that nearly always decides about the order.
        let mut keys: Vec<(u128, Vec<char>, u32)> = keys
            // A needle of nothing but spaces and wildcards has no key.
            .filter(|(key, _)| !key.is_empty())
            .map(|(key, needle)| (beginning(&key), key, needle))
            .collect();
        keys.sort_unstable();
        let mut trie =
            Self { nodes: vec![Node::default()], symbols: vec!['\0'], ..Self::default() };
        // Breadth first, so that the children of a node are neighbours.
        let mut queue = std::collections::VecDeque::from([(ROOT, 0..keys.len(), 0)]);
        while let Some((node, range, depth)) = queue.pop_front() {
            let own =
                keys[range.clone()].iter().take_while(|(_, key, _)| key.len() == depth).count();
            let first = trie.nodes.len() as u32;
            let needles = trie.needles.len() as u32;
            trie.needles.extend(keys[range.start..range.start + own].iter().map(|&(_, _, n)| n));
            let mut at = range.start + own;
            while at < range.end {
                let symbol = keys[at].1[depth];
                let len = keys[at..range.end].partition_point(|(_, key, _)| key[depth] == symbol);
                queue.push_back((trie.nodes.len() as u32, at..at + len, depth + 1));
                trie.nodes.push(Node::default());
                trie.symbols.push(symbol);
                at += len;
            }
            let children = trie.nodes.len() as u32 - first;
            trie.nodes[node as usize] = Node { first, children, needles, count: own as u32 };
        }
        trie.alphabet = trie.symbols[1..].to_vec();
        trie.alphabet.sort_unstable();
        trie.alphabet.dedup();
        trie
    }

    /// Prepares [`skips`](Self::skips).
    pub(super) fn index_skips(&mut self) {
        for node in 0..self.nodes.len() as u32 {
            let first = self.skips.len();
            self.skip_starts.push(first as u32);
            let left_out = self.children(node).filter(|&(symbol, _)| is_letter(symbol));
            let skips: Vec<_> = left_out.flat_map(|(_, child)| self.children(child)).collect();
            self.skips.extend(skips);
            self.skips[first..].sort_unstable();
        }
        self.skip_starts.push(self.skips.len() as u32);
    }

    /// The nodes that `symbol` leads to from `node` when one letter is left out before it.
    pub(super) fn skips(&self, node: u32, symbol: char) -> impl Iterator<Item = u32> + use<'_> {
        let range = self.skip_starts[node as usize]..self.skip_starts[node as usize + 1];
        let skips = &self.skips[range.start as usize..range.end as usize];
        let first = skips.partition_point(|&(known, _)| known < symbol);
        skips[first..].iter().take_while(move |&&(known, _)| known == symbol).map(|&(_, node)| node)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.nodes.len() < 2
    }

    /// Whether `symbol` leads anywhere at all.
    pub(super) fn has(&self, symbol: char) -> bool {
        self.alphabet.binary_search(&symbol).is_ok()
    }

    #[inline]
    pub(super) fn child(&self, node: u32, symbol: char) -> Option<u32> {
        let Node { first, children, .. } = self.nodes[node as usize];
        let symbols = &self.symbols[first as usize..(first + children) as usize];
        symbols.binary_search(&symbol).ok().map(|at| first + at as u32)
    }

    pub(super) fn children(&self, node: u32) -> impl Iterator<Item = (char, u32)> + use<'_> {
        let Node { first, children, .. } = self.nodes[node as usize];
        (first..first + children).map(|child| (self.symbols[child as usize], child))
    }

    /// The needles whose first word ends at `node`.
    pub(super) fn needles(&self, node: u32) -> &[u32] {
        let Node { needles, count, .. } = self.nodes[node as usize];
        &self.needles[needles as usize..(needles + count) as usize]
    }

    pub(super) fn memory_usage(&self) -> usize {
        self.nodes.capacity() * size_of::<Node>()
            + (self.symbols.capacity() + self.needles.capacity()) * 4
            + self.skips.capacity() * 8
            + self.skip_starts.capacity() * 4
    }
}

pub(super) fn is_letter(symbol: char) -> bool {
    table::props(symbol).is_letter_like()
}

/// The first run of symbols of a needle, without apostrophes.
pub(super) fn key(tables: &Tables, needle: u32) -> Vec<char> {
    let steps = tables.needles.steps(&tables.needles.list[needle as usize]);
    let mut key = Vec::with_capacity(8);
    for step in steps {
        match step {
            Step::Symbol { symbol, .. } => key.push(*symbol),
            Step::Apostrophe => {}
            Step::Gap | Step::Star if key.is_empty() => {}
            Step::Gap | Step::Star => break,
        }
    }
    key
}
