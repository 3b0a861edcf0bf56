//! The first words of needles, letter by letter, for walking along a text that
//! can be read in several ways.

use super::super::key::first_run;
use crate::ruleset::tables::Tables;
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

/// A needle's key: a run of the symbols of all of them.
struct Key {
    /// Its first six symbols as one number, in their order: it nearly always decides.
    beginning: u128,
    start: u32,
    len: u32,
    needle: u32,
}

impl Key {
    fn new(symbols: &[char], start: usize, needle: u32) -> Self {
        let key = &symbols[start..];
        let symbol = |at: usize| key.get(at).map_or(0, |&c| u128::from(u32::from(c)));
        let beginning = (0..6).fold(0, |all, at| all << 21 | symbol(at));
        Self { beginning, start: start as u32, len: key.len() as u32, needle }
    }

    fn of<'s>(&self, symbols: &'s [char]) -> &'s [char] {
        &symbols[self.start as usize..(self.start + self.len) as usize]
    }
}

impl Trie {
    /// The trie of the first words of `needles`.
    pub(super) fn new(tables: &Tables, needles: &[u32]) -> Self {
        let mut symbols = Vec::with_capacity(needles.len() * 8);
        let mut keys = Vec::with_capacity(needles.len());
        for &needle in needles {
            let start = symbols.len();
            symbols.extend(first_run(tables, needle));
            // A needle of nothing but spaces and wildcards has no key.
            if symbols.len() > start {
                keys.push(Key::new(&symbols, start, needle));
            }
        }
        keys.sort_unstable_by(|a, b| {
            let rest = || (a.of(&symbols), a.needle).cmp(&(b.of(&symbols), b.needle));
            a.beginning.cmp(&b.beginning).then_with(rest)
        });
        let mut trie = Self {
            nodes: Vec::with_capacity(symbols.len() / 2),
            symbols: Vec::with_capacity(symbols.len() / 2),
            needles: Vec::with_capacity(keys.len()),
            ..Self::default()
        };
        trie.nodes.push(Node::default());
        trie.symbols.push('\0');
        // Breadth first, so that the children of a node are neighbours: node `n` has the
        // `n`th range.
        let mut ranges = Vec::with_capacity(symbols.len() / 2);
        ranges.push((0u32, keys.len() as u32, 0u32));
        let mut node = 0;
        while let Some(&(start, end, depth)) = ranges.get(node) {
            let heads = &keys[start as usize..end as usize];
            let own = heads.iter().take_while(|key| key.len == depth).count();
            let first = trie.nodes.len() as u32;
            let needles = trie.needles.len() as u32;
            trie.needles.extend(heads[..own].iter().map(|key| key.needle));
            let symbol = |key: &Key| symbols[(key.start + depth) as usize];
            let mut at = start + own as u32;
            for run in heads[own..].chunk_by(|a, b| symbol(a) == symbol(b)) {
                let behind = at + run.len() as u32;
                ranges.push((at, behind, depth + 1));
                trie.nodes.push(Node::default());
                trie.symbols.push(symbol(&run[0]));
                at = behind;
            }
            let children = trie.nodes.len() as u32 - first;
            trie.nodes[node] = Node { first, children, needles, count: own as u32 };
            node += 1;
        }
        trie.nodes.shrink_to_fit();
        trie.symbols.shrink_to_fit();
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

    /// The symbol that leads to `node`.
    pub(super) fn symbol(&self, node: u32) -> char {
        self.symbols[node as usize]
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
