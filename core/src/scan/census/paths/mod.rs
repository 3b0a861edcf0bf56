//! Whether a text can be read as the first word of a disguised needle: the walks of
//! [`super::super::relaxed`] over raw bytes, without the conditions that need a view.
//!
//! It may say yes too often and never no too often: what it says yes to is walked
//! and aligned on the view. `docs/evasion.md` tells what is undone.

mod atom;
mod consume;
mod gaps;
mod memo;
mod walk;

use super::symbols;
use crate::program::Run;
use crate::ruleset::tables::{Needle, Step, Tables};
use crate::spec::model::{Boundary, Level};
use crate::view::glyphs::glyphs;
use crate::view::props::{Class, ScriptKind};
use crate::view::reading::{Reading, ReadingKind, Target};
use crate::view::table;
use atom::is;
use rustc_hash::FxHashSet;
pub(super) use walk::Bufs;
use walk::Walk;

/// A trie of first words whose nodes tell the letters `a`–`z` that follow by a mask.
#[derive(Debug)]
pub(super) struct Paths {
    nodes: Vec<Node>,
    /// By node: the symbol that leads to it.
    symbols: Vec<char>,
    ends: Vec<End>,
    rests: Vec<Step>,
    /// By byte: whether anything begins as it may be read, behind a gate or not.
    begins: [bool; 128],
    /// By two bytes, the second of ASCII: whether anything goes on behind them.
    pairs: Vec<u128>,
    /// What characters of ASCII may be read as without a gate, a run for each.
    reads: Vec<Read>,
    read_ends: [u16; 128],
    /// Behind a gate some letter of ASCII may be read as one of a needle.
    pub(super) gated: bool,
    /// What each of them is.
    ascii: [u16; 128],
    /// First symbols, by hash.
    firsts: [u64; 1 << (FIRST_BITS - 6)],
    level: Level,
    /// Whether what was found as it is counts too.
    plain: bool,
    /// Some needle has an apostrophe.
    pub(super) apostrophes: bool,
}

#[derive(Clone, Copy, Debug, Default)]
struct Node {
    /// The children, a run of nodes: `a`–`z` first, then others, each by symbol.
    first: u32,
    /// Which of `a`–`z` there are.
    letters: u32,
    /// How many others there are.
    others: u32,
    /// The first words that end here, a run of [`Paths::ends`].
    ends: u32,
    count: u32,
    /// How many symbols lead here, up to 255.
    depth: u8,
    /// Some needle has an apostrophe here: one of the text separates nothing else.
    apostrophe: bool,
}

/// How a needle goes on behind its first word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct End {
    /// The text's word may go on.
    open: bool,
    /// The steps behind, a run of [`Paths::rests`].
    rest: Run,
}

/// A needle's first word, a run of the symbols of all of them, and what follows.
struct Head {
    /// Its first symbols as one number, which nearly always decides about the order.
    beginning: u128,
    start: u32,
    len: u32,
    /// Behind how many symbols apostrophes stand, a run of the places of all.
    apostrophes: Run,
    /// The text's word may go on behind it.
    open: bool,
    rest: Run,
}

impl Head {
    fn word<'s>(&self, symbols: &'s [char]) -> &'s [char] {
        &symbols[self.start as usize..(self.start + self.len) as usize]
    }
}

/// The heads of needles, in the order of their words, and what these consist of.
#[derive(Default)]
struct Heads {
    list: Vec<Head>,
    symbols: Vec<char>,
    /// Behind how many symbols of a head apostrophes stand.
    apostrophes: Vec<u32>,
}

const ROOT: u32 = 0;
/// Bits of the set of first symbols, as a power of two.
const FIRST_BITS: u32 = 12;

impl Default for Paths {
    fn default() -> Self {
        Self {
            nodes: Vec::new(),
            symbols: Vec::new(),
            ends: Vec::new(),
            rests: Vec::new(),
            begins: [false; 128],
            pairs: Vec::new(),
            reads: Vec::new(),
            read_ends: [0; 128],
            ascii: [0; 128],
            firsts: [0; 1 << (FIRST_BITS - 6)],
            level: Level::Exact,
            plain: false,
            apostrophes: false,
            gated: false,
        }
    }
}

impl Paths {
    /// The paths of `needles` at `level`, the highest of theirs.
    /// What is found as it is counts where `plain`.
    pub(super) fn new(tables: &Tables, needles: &[u32], level: Level, plain: bool) -> Self {
        let mut this = Self {
            nodes: vec![Node::default()],
            symbols: vec!['\0'],
            level,
            plain,
            ..Self::default()
        };
        let mut heads = Heads::default();
        for &needle in needles {
            let rest = heads.add(tables, &tables.needles.list[needle as usize], plain);
            if let Some((rest, head)) = rest.zip(heads.list.last_mut()) {
                head.rest = Run { start: this.rests.len() as u32, len: rest.len() as u32 };
                this.rests.extend_from_slice(rest);
            }
        }
        heads.sort();
        for head in &heads.list {
            let first = heads.symbols[head.start as usize];
            let bit = (first as u32).wrapping_mul(0x9E37_79B1) >> (32 - FIRST_BITS);
            this.firsts[(bit >> 6) as usize] |= 1 << (bit & 63);
        }
        this.grow(&heads);
        this.read_ascii();
        this.begins = std::array::from_fn(|byte| this.may_begin(byte as u8));
        if !this.is_empty() {
            this.pair_ascii();
        }
        this
    }

    /// The nodes, breadth first, so that the children of one are neighbours: node `n` has
    /// the `n`th range of the heads.
    fn grow(&mut self, heads: &Heads) {
        let Heads { list, symbols, apostrophes } = heads;
        let size = symbols.len() / 2;
        self.nodes.reserve(size);
        self.symbols.reserve(size);
        let mut ranges = Vec::with_capacity(size);
        ranges.push((0u32, list.len() as u32, 0u32));
        let mut number = 0;
        while let Some(&(start, end, depth)) = ranges.get(number) {
            let heads = &list[start as usize..end as usize];
            let own = heads.iter().take_while(|head| head.len == depth).count();
            let ends = self.ends.len() as u32;
            for &Head { open, rest, .. } in &heads[..own] {
                // Of those that ask for nothing more one says it for all.
                let end =
                    End { open, rest: if rest.len == 0 { Run { start: 0, len: 0 } } else { rest } };
                if !self.ends[ends as usize..].contains(&end) {
                    self.ends.push(end);
                }
            }
            let count = self.ends.len() as u32 - ends;
            let has = |head: &Head| head.apostrophes.of(apostrophes).contains(&depth);
            let apostrophe = !apostrophes.is_empty() && heads.iter().any(has);
            self.apostrophes |= apostrophe;
            let first = self.nodes.len() as u32;
            let depth_here = depth.min(255) as u8;
            let mut node =
                Node { first, ends, count, depth: depth_here, apostrophe, ..Node::default() };
            let symbol = |head: &Head| symbols[(head.start + depth) as usize];
            let mut at = start + own as u32;
            for run in heads[own..].chunk_by(|a, b| symbol(a) == symbol(b)) {
                let symbol = symbol(&run[0]);
                match symbol {
                    'a'..='z' => node.letters |= 1 << (symbol as u32 - 'a' as u32),
                    _ => node.others += 1,
                }
                let behind = at + run.len() as u32;
                ranges.push((at, behind, depth + 1));
                self.nodes.push(Node::default());
                self.symbols.push(symbol);
                at = behind;
            }
            self.nodes[number] = node;
            number += 1;
        }
        self.nodes.shrink_to_fit();
        self.symbols.shrink_to_fit();
    }

    pub(super) fn is_empty(&self) -> bool {
        self.nodes.len() < 2
    }

    /// Whether a text that begins with two bytes may be a disguise of anything, behind
    /// no gate.
    #[inline(always)]
    pub(super) fn begin(&self, first: u8, second: u8) -> bool {
        let Some(&pairs) = self.pairs.get(usize::from(first)) else { return false };
        !second.is_ascii() && pairs != 0 || pairs >> (second & 127) & 1 != 0
    }

    /// Whether anything begins with `c`, as it is or as what it may be read as.
    pub(super) fn may_begin_with(&self, c: char) -> bool {
        let begins = |symbol| self.child(ROOT, symbol).is_some();
        !self.is_empty()
            && (!symbols::each(c, |symbol| !begins(symbol))
                || readings(c, self.level).any(|reading| begins(reading.symbols()[0]))
                || glyphs(symbols::first(c)).any(|(_, letter)| begins(letter)))
    }

    /// Gives the first two symbols of all that begins beyond `a`–`z`; no second where one may
    /// be all.
    pub(super) fn each_beginning(&self, mut give: impl FnMut(char, Option<char>)) {
        if self.is_empty() {
            return;
        }
        let symbol = |node: u32| self.symbols[node as usize];
        for node in self.children(ROOT).filter(|&node| !symbol(node).is_ascii_lowercase()) {
            if self.nodes[node as usize].count > 0 {
                give(symbol(node), None);
            }
            self.children(node).for_each(|child| give(symbol(node), Some(symbol(child))));
        }
    }

    /// Whether the ASCII character `byte` may be read as the beginning of anything.
    fn may_begin(&self, byte: u8) -> bool {
        let c = char::from(byte);
        let folded = table::fold(c);
        let own = folded.symbols().first().and_then(|&symbol| self.child(ROOT, symbol));
        let mut read =
            readings(c, self.level).any(|reading| self.child(ROOT, reading.symbols()[0]).is_some());
        if self.level >= Level::Standard {
            read |= glyphs(c).any(|(_, letter)| self.child(ROOT, letter).is_some());
        }
        own.is_some() || read
    }

    #[inline]
    fn child(&self, node: u32, symbol: char) -> Option<u32> {
        let Node { first, letters, others, .. } = self.nodes[node as usize];
        if symbol.is_ascii_lowercase() {
            let bit = 1 << (symbol as u32 - 'a' as u32);
            let before = (letters & (bit - 1)).count_ones();
            return (letters & bit != 0).then_some(first + before);
        }
        if others == 0 {
            return None;
        }
        let start = first + letters.count_ones();
        let symbols = &self.symbols[start as usize..(start + others) as usize];
        symbols.binary_search(&symbol).ok().map(|at| start + at as u32)
    }

    fn children(&self, node: u32) -> std::ops::Range<u32> {
        let Node { first, letters, others, .. } = self.nodes[node as usize];
        first..first + letters.count_ones() + others
    }

    /// Whether the text from `start` on may be a disguise of some needle's first word.
    /// `gate` tells whether letters of one script may be read as those of another.
    #[inline]
    pub(super) fn survive(&self, text: &str, start: usize, gate: bool, bufs: &mut Bufs) -> bool {
        self.may_begin_at(text, start, gate) && self.finds(text, start, gate, bufs)
    }

    /// The same where a first look was taken.
    pub(super) fn finds(&self, text: &str, start: usize, gate: bool, bufs: &mut Bufs) -> bool {
        Walk::new(self, text, gate).finds(start, bufs)
    }

    /// Whether anything of ASCII may begin a disguise behind no gate.
    pub(super) fn begins_with_ascii(&self) -> bool {
        self.pairs.iter().take(128).any(|&pairs| pairs != 0)
    }

    /// A first look at the same.
    #[inline(always)]
    pub(super) fn may_begin_at(&self, text: &str, start: usize, gate: bool) -> bool {
        let bytes = text.as_bytes();
        let first = bytes[start];
        if !first.is_ascii() {
            return self.may_begin_wide(text, start);
        }
        if gate {
            // Behind what does not show anything may follow.
            return self.begins[usize::from(first)] || first.is_ascii_control();
        }
        let second = bytes.get(start + 1).copied().unwrap_or(b' ');
        self.begin(first, second)
    }

    /// The same for a character beyond ASCII.
    #[inline]
    fn may_begin_wide(&self, text: &str, start: usize) -> bool {
        let Some(c) = text[start..].chars().next() else { return false };
        if symbols::is_plain_han(c) {
            return self.is_first(c);
        }
        let class = table::props(c).class();
        matches!(class, Class::Ignorable | Class::Mark)
            || table::readings(c).len() > 0
            || self.is_first(symbols::first(c))
    }

    #[inline]
    fn is_first(&self, symbol: char) -> bool {
        let bit = (symbol as u32).wrapping_mul(0x9E37_79B1) >> (32 - FIRST_BITS);
        self.firsts[(bit >> 6) as usize] >> (bit & 63) & 1 != 0
    }

    /// Notes what each character of ASCII may be read as.
    fn read_ascii(&mut self) {
        let known: FxHashSet<char> = self.symbols.iter().copied().collect();
        for byte in 0..128u8 {
            let c = char::from(byte);
            for reading in readings(c, self.level) {
                let look_alike = reading.kind() == ReadingKind::LookAlike;
                let gated = look_alike && c.is_ascii_alphabetic() && !may_misread(c);
                if !reading.symbols().first().is_some_and(|first| known.contains(first)) {
                    continue;
                }
                match reading.symbols() {
                    _ if gated => self.gated = true,
                    &[symbol] => {
                        let leet = reading.kind() == ReadingKind::Leet;
                        self.reads.push(Read { symbol, leet });
                    }
                    _ => {}
                }
            }
            self.read_ends[usize::from(byte)] = self.reads.len() as u16;
            let is_space = c.is_ascii_whitespace() && table::fold_one(c) == Some(c);
            if (0x20..0x7F).contains(&byte) || is_space {
                let symbol = c.to_ascii_lowercase();
                let mut kinds = atom::kinds(c, symbol) | is::ASCII;
                let plain = kinds & is::LETTER != 0
                    && kinds & is::DRAWN == 0
                    && readings(c, self.level).all(|r| r.kind() == ReadingKind::LookAlike)
                    && !may_misread(c);
                kinds |= if plain { is::PLAIN } else { 0 };
                self.ascii[usize::from(byte)] = kinds;
            }
        }
    }

    fn reads(&self, c: char) -> &[Read] {
        let end = |at: usize| usize::from(self.read_ends[at]);
        let at = c as usize;
        &self.reads[at.checked_sub(1).map_or(0, end)..end(at)]
    }

    /// Notes behind which two characters of ASCII anything goes on.
    fn pair_ascii(&mut self) {
        let mut bufs = Bufs::default();
        let mut pairs = vec![0u128; 256];
        pairs[128..].fill(u128::MAX);
        for first in (0..128u8).filter(|&byte| self.begins[usize::from(byte)]) {
            for second in 0..128u8 {
                let text = [first, second];
                let text = std::str::from_utf8(&text).expect("ASCII");
                let alive = table::props(char::from(second)).is_ignorable()
                    || Walk::unfinished(self, text).reaches_end(&mut bufs);
                pairs[usize::from(first)] |= u128::from(alive) << second;
            }
        }
        self.pairs = pairs;
    }

    pub(super) fn memory_usage(&self) -> usize {
        self.nodes.capacity() * size_of::<Node>()
            + self.pairs.capacity() * 16
            + self.reads.capacity() * size_of::<Read>()
            + self.ends.capacity() * size_of::<End>()
            + self.rests.capacity() * size_of::<Step>()
            + self.symbols.capacity() * 4
    }
}

impl Heads {
    /// Adds the head of a needle, which is `open` whatever it ends with, and gives the steps
    /// behind it; `None` for a needle that has none.
    fn add<'t>(&mut self, tables: &'t Tables, needle: &Needle, open: bool) -> Option<&'t [Step]> {
        let steps = tables.needles.steps(needle);
        let (start, first_apostrophe) = (self.symbols.len(), self.apostrophes.len());
        let mut open = open || needle.boundary == Boundary::Any;
        let mut behind = steps.len();
        for (at, step) in steps.iter().enumerate() {
            let len = self.symbols.len() - start;
            match step {
                Step::Symbol { symbol, .. } => self.symbols.push(*symbol),
                Step::Apostrophe => self.apostrophes.push(len as u32),
                Step::Gap | Step::Star if len == 0 => {}
                Step::Gap | Step::Star => {
                    open |= *step == Step::Star;
                    behind = at;
                    break;
                }
            }
        }
        let word = &self.symbols[start..];
        // Where words end is told by the letters of most scripts, not of all.
        let last = *word.last()?;
        open |= !table::props(last).is_word() || has_loose_ends(last);
        let rank =
            |&c: &char| u128::from(u32::from(c) + 1) | u128::from(!c.is_ascii_lowercase()) << 21;
        let beginning = (0..5).fold(0, |all, at| all << 22 | word.get(at).map_or(0, rank));
        let apostrophes = Run {
            start: first_apostrophe as u32,
            len: (self.apostrophes.len() - first_apostrophe) as u32,
        };
        self.list.push(Head {
            beginning,
            start: start as u32,
            len: word.len() as u32,
            apostrophes,
            open,
            rest: Run { start: 0, len: 0 },
        });
        Some(&steps[behind..])
    }

    /// By symbol, `a`–`z` first.
    fn sort(&mut self) {
        let order = |c: &char| (!c.is_ascii_lowercase(), *c);
        let word = |head: &Head| head.word(&self.symbols).iter().map(order);
        self.list.sort_by(|a, b| a.beginning.cmp(&b.beginning).then_with(|| word(a).cmp(word(b))));
    }
}

/// The readings of `c` that `level` undoes, gates aside.
fn readings(c: char, level: Level) -> impl Iterator<Item = Reading> + Clone {
    table::readings(c).filter(move |reading| match reading.kind() {
        ReadingKind::Styled | ReadingKind::Variant | ReadingKind::LookAlike => level >= Level::Fold,
        ReadingKind::Leet => level >= Level::Standard,
        ReadingKind::Turned => level >= Level::Strong,
        ReadingKind::Hidden => false,
    })
}

/// A letter that a character of ASCII may be read as.
#[derive(Clone, Copy, Debug)]
struct Read {
    symbol: char,
    leet: bool,
}

/// True for scripts whose words may end beside another letter.
fn has_loose_ends(c: char) -> bool {
    let script = table::props(c).script();
    script.is_unspaced() || script == ScriptKind::Hangul
}

/// True for a reading as a letter of its own script, which asks for no gate.
pub(super) fn is_own(origin: char, reading: Reading) -> bool {
    let target = match reading.target() {
        Target::Latin => ScriptKind::Latin,
        Target::Cyrillic => ScriptKind::Cyrillic,
        Target::Greek => ScriptKind::Greek,
        Target::Arabic => ScriptKind::Arabic,
    };
    table::props(origin).script() == target
}

/// `I` and `l`, which the eye takes for one another.
#[inline]
fn may_misread(origin: char) -> bool {
    matches!(origin, 'I' | 'l')
}
