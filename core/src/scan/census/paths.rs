//! Whether a text can be read as the first word of a disguised needle: the walks of
//! [`super::super::relaxed`] over raw bytes, without the conditions that need a view.
//!
//! It may say yes too often and never no too often: what it says yes to is walked
//! and aligned on the view. `docs/evasion.md` tells what is undone.

use super::super::relaxed::masks;
use super::{phrases, symbols};
use crate::program::Run;
use crate::ruleset::tables::{Needle, Step, Tables};
use crate::spec::model::{Boundary, Level};
use crate::view::chars;
use crate::view::glyphs::{draws, glyphs};
use crate::view::props::{Class, ScriptKind};
use crate::view::reading::{Reading, ReadingKind, Target};
use crate::view::table;

/// Steps that one start may take; a text that needs more is looked at closely.
const STEPS: u32 = 400;
/// A gap ends within so many characters or where the next word begins.
const GAP: usize = 8;

/// A trie of first words whose nodes tell the letters `a`–`z` that follow by a mask.
#[derive(Debug)]
pub(super) struct Paths {
    nodes: Vec<Node>,
    /// By node: the symbol that leads to it.
    symbols: Vec<char>,
    ends: Vec<End>,
    rests: Vec<Step>,
    /// By byte: whether anything begins as it may be read.
    begins: [bool; 128],
    /// By two bytes, the second of ASCII: whether anything goes on behind them.
    pairs: Vec<u128>,
    /// What characters of ASCII may be read as without a gate, a run for each.
    reads: Vec<Read>,
    read_ends: [u16; 128],
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

/// A needle's first word, whether the text's word may go on behind it, and the steps
/// that follow.
pub(super) struct Head {
    pub(super) word: Vec<char>,
    /// Its first symbols as one number, which nearly always decides about the order.
    beginning: u128,
    /// Behind how many symbols apostrophes stand.
    apostrophes: Vec<usize>,
    open: bool,
    rest: Run,
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
            firsts: [0; 1 << (FIRST_BITS - 6)],
            level: Level::Exact,
            plain: false,
            apostrophes: false,
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
        let mut heads: Vec<Head> = Vec::with_capacity(needles.len());
        for &needle in needles {
            if let Some((mut head, rest)) = head(tables, &tables.needles.list[needle as usize]) {
                head.open |= plain;
                head.rest = Run { start: this.rests.len() as u32, len: rest.len() as u32 };
                this.rests.extend_from_slice(rest);
                heads.push(head);
            }
        }
        let order = |c: &char| (!c.is_ascii_lowercase(), *c);
        for head in &heads {
            let bit = (head.word[0] as u32).wrapping_mul(0x9E37_79B1) >> (32 - FIRST_BITS);
            this.firsts[(bit >> 6) as usize] |= 1 << (bit & 63);
        }
        heads.sort_by(|a, b| {
            let rest = || a.word.iter().map(order).cmp(b.word.iter().map(order));
            a.beginning.cmp(&b.beginning).then_with(rest)
        });
        let mut queue = std::collections::VecDeque::from([(ROOT, 0..heads.len(), 0)]);
        while let Some((number, range, depth)) = queue.pop_front() {
            let heads = &heads[range.clone()];
            let own = heads.iter().take_while(|head| head.word.len() == depth).count();
            let ends = this.ends.len() as u32;
            for &Head { open, rest, .. } in &heads[..own] {
                // Of those that ask for nothing more one says it for all.
                let end =
                    End { open, rest: if rest.len == 0 { Run { start: 0, len: 0 } } else { rest } };
                if !this.ends[ends as usize..].contains(&end) {
                    this.ends.push(end);
                }
            }
            let count = this.ends.len() as u32 - ends;
            let apostrophe = heads.iter().any(|head| head.apostrophes.contains(&depth));
            this.apostrophes |= apostrophe;
            let first = this.nodes.len() as u32;
            let mut node = Node { first, ends, count, apostrophe, ..Node::default() };
            let mut at = own;
            for run in heads[own..].chunk_by(|a, b| a.word[depth] == b.word[depth]) {
                let symbol = run[0].word[depth];
                match symbol {
                    'a'..='z' => node.letters |= 1 << (symbol as u32 - 'a' as u32),
                    _ => node.others += 1,
                }
                let from = range.start + at;
                queue.push_back((this.nodes.len() as u32, from..from + run.len(), depth + 1));
                this.nodes.push(Node::default());
                this.symbols.push(symbol);
                at += run.len();
            }
            this.nodes[number as usize] = node;
        }
        this.read_ascii();
        this.begins = std::array::from_fn(|byte| this.may_begin(byte as u8));
        if !this.is_empty() {
            this.pair_ascii();
        }
        this
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
        self.may_begin_at(text, start, gate) && self.walk(text, start, gate, bufs)
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
        let second = bytes.get(start + 1).copied().unwrap_or(b' ');
        gate || self.begin(first, second)
    }

    /// The same for a character beyond ASCII.
    #[inline]
    fn may_begin_wide(&self, text: &str, start: usize) -> bool {
        let Some(c) = text[start..].chars().next() else { return false };
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
        for byte in 0..128u8 {
            let c = char::from(byte);
            for reading in readings(c, self.level) {
                let look_alike = reading.kind() == ReadingKind::LookAlike;
                let gated = look_alike && c.is_ascii_alphabetic() && !may_misread(c);
                if let (false, &[symbol]) = (gated, reading.symbols())
                    && self.symbols.contains(&symbol)
                {
                    self.reads.push(Read { symbol, leet: reading.kind() == ReadingKind::Leet });
                }
            }
            self.read_ends[usize::from(byte)] = self.reads.len() as u16;
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
                let longer = |(glyph, letter): (&str, char)| {
                    let begins =
                        glyph.chars().zip(text.chars()).all(|(c, there)| draws(glyph, c, there));
                    glyph.len() > 2 && begins && self.child(ROOT, letter).is_some()
                };
                let alive = table::props(char::from(second)).is_ignorable()
                    || glyphs(char::from(first)).any(longer)
                    || self.reaches_end(text, &mut bufs);
                pairs[usize::from(first)] |= u128::from(alive) << second;
            }
        }
        self.pairs = pairs;
    }

    /// Whether some reading of `text`, the beginning of a longer one, may go on behind it,
    /// or ends before.
    fn reaches_end(&self, text: &str, bufs: &mut Bufs) -> bool {
        let walk = Walk { paths: self, text, gate: false };
        let end = text.len() as u32;
        bufs.open.clear();
        if walk.consume(State::default(), &mut bufs.open) {
            return true;
        }
        while let Some(state) = bufs.open.pop() {
            let next = walk.atom(state.at).map(|(atom, _)| atom);
            let gap = next.is_none_or(|atom| !is_word(atom.class));
            if state.at == end
                || self.nodes[state.node as usize].count > 0
                || gap && self.level >= Level::Standard
                || walk.go_on(state, &mut bufs.open)
            {
                return true;
            }
        }
        false
    }

    fn walk(&self, text: &str, start: usize, gate: bool, bufs: &mut Bufs) -> bool {
        let walk = Walk { paths: self, text, gate };
        bufs.open.clear();
        let first = State { at: start as u32, ..State::default() };
        if walk.consume(first, &mut bufs.open) {
            return true;
        }
        let mut steps = 0;
        while let Some(state) = bufs.open.pop() {
            steps += 1;
            if steps > STEPS || walk.accepts(&state) || walk.go_on(state, &mut bufs.open) {
                return true;
            }
        }
        false
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

/// The first run of symbols of a needle without apostrophes, and the steps behind it.
pub(super) fn head<'t>(tables: &'t Tables, needle: &Needle) -> Option<(Head, &'t [Step])> {
    let steps = tables.needles.steps(needle);
    let mut word = Vec::with_capacity(steps.len());
    let mut apostrophes = Vec::new();
    let mut open = needle.boundary == Boundary::Any;
    let mut behind = steps.len();
    for (at, step) in steps.iter().enumerate() {
        match step {
            Step::Symbol { symbol, .. } => word.push(*symbol),
            Step::Apostrophe => apostrophes.push(word.len()),
            Step::Gap | Step::Star if word.is_empty() => {}
            Step::Gap | Step::Star => {
                open |= *step == Step::Star;
                behind = at;
                break;
            }
        }
    }
    // Where words end is told by the letters of most scripts, not of all.
    open |= word.last().is_some_and(|&last| !table::props(last).is_word() || has_loose_ends(last));
    let rank = |&c: &char| u128::from(u32::from(c) + 1) | u128::from(!c.is_ascii_lowercase()) << 21;
    let beginning = (0..5).fold(0, |all, at| all << 22 | word.get(at).map_or(0, rank));
    let head = Head { word, beginning, apostrophes, open, rest: Run { start: 0, len: 0 } };
    (!head.word.is_empty()).then_some((head, &steps[behind..]))
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

/// Buffers of walks.
#[derive(Debug, Default)]
pub(super) struct Bufs {
    open: Vec<State>,
}

impl Bufs {
    pub(super) fn memory_usage(&self) -> usize {
        self.open.capacity() * size_of::<State>()
    }
}

/// Where a walk has come to.
#[expect(clippy::struct_excessive_bools, reason = "independent of one another")]
#[derive(Clone, Copy, Debug, Default)]
struct State {
    node: u32,
    /// The next byte.
    at: u32,
    /// The symbol that was consumed last, if it may be repeated.
    last: char,
    /// The first gap, in bytes.
    gap: (u32, u32),
    /// Letters of the text since the last gap, or since the start.
    since: u8,
    /// Letters consumed in all.
    letters: u8,
    /// Something was undone.
    used: bool,
    /// A letter was consumed as a letter.
    letter: bool,
    /// A digit was read as a letter.
    digit: bool,
    /// A sign or digit was read as a letter.
    sign: bool,
    /// What was consumed last is of a script whose words end anywhere.
    loose: bool,
}

/// A character of the text, folded.
#[derive(Clone, Copy)]
struct Atom {
    symbol: char,
    origin: char,
    /// The first byte behind it.
    next: u32,
    class: Class,
}

struct Walk<'a> {
    paths: &'a Paths,
    text: &'a str,
    gate: bool,
}

impl Walk<'_> {
    /// The character at `at`, marks and invisible characters before it left out; tells
    /// too whether there were any.
    #[inline]
    fn atom(&self, at: u32) -> Option<(Atom, bool)> {
        let byte = *self.text.as_bytes().get(at as usize)?;
        if (0x20..0x7F).contains(&byte) {
            let origin = char::from(byte);
            let class = table::props(origin).class();
            let symbol = origin.to_ascii_lowercase();
            return Some((Atom { symbol, origin, next: at + 1, class }, false));
        }
        self.wide_atom(at)
    }

    fn wide_atom(&self, mut at: u32) -> Option<(Atom, bool)> {
        let mut hidden = false;
        for origin in self.text[at as usize..].chars() {
            let next = at + origin.len_utf8() as u32;
            let class = table::props(origin).class();
            if !matches!(class, Class::Ignorable | Class::Mark) {
                let symbol = symbols::first(origin);
                return Some((Atom { symbol, origin, next, class }, hidden));
            }
            at = next;
            hidden = true;
        }
        None
    }

    /// A needle's first word ends at `state`, and what follows lets it.
    fn accepts(&self, state: &State) -> bool {
        let Node { ends, count, .. } = self.paths.nodes[state.node as usize];
        if count == 0 {
            return false;
        }
        if self.paths.plain {
            return true;
        }
        let next = self.atom(state.at).map(|(atom, _)| atom);
        let digit = next.is_some_and(|atom| atom.class == Class::Digit);
        // Without anything undone a word is found by its letters alone.
        if !(state.used || digit) {
            return false;
        }
        // Signs alone are no word; of a phrase another word may be one.
        let unlike = state.sign && !state.letter && (state.digit || state.letters < 3);
        let goes_on = next.is_some_and(|atom| {
            atom.class == Class::Letter
                && !table::props(atom.origin).script().is_unspaced()
                // In names and hashtags words begin at capitals.
                && !table::props(atom.origin).is_upper()
        });
        let paths = self.paths;
        paths.ends[ends as usize..(ends + count) as usize].iter().any(|end| {
            let rest = end.rest.of(&paths.rests);
            !(unlike && rest.is_empty())
                && (end.open || state.loose || !goes_on)
                && phrases::may_follow(self.text, state.at as usize, rest, self.gate)
        })
    }

    /// Everything that may follow `state`; true where only a closer look can tell.
    fn go_on(&self, state: State, open: &mut Vec<State>) -> bool {
        let Some((atom, _)) = self.atom(state.at) else { return false };
        if self.consume(state, open) {
            return true;
        }
        let standard = self.paths.level >= Level::Standard;
        if standard && state.last == atom.symbol && state.last != '\0' {
            open.push(State { at: atom.next, used: true, ..state });
        }
        if table::props(atom.origin).is_apostrophe() {
            if !self.paths.nodes[state.node as usize].apostrophe {
                return false;
            }
            // Beside an apostrophe no gap stands.
            open.push(State { at: atom.next, last: '\0', since: 0, ..state });
            return false;
        }
        standard && !is_word(atom.class) && self.gaps(state, open)
    }

    /// The ends of a gap that begins at `state`.
    fn gaps(&self, state: State, open: &mut Vec<State>) -> bool {
        if state.gap.1 > 0 {
            if let Some(end) = self.same_gap(state) {
                return self.behind_gap(state, state.gap, end, open);
            }
            return false;
        }
        let mut end = state.at;
        let mut same = true;
        for number in 1.. {
            let Some((atom, _)) = self.atom(end) else { return false };
            if is_word(atom.class) || table::props(atom.origin).is_apostrophe() {
                return false;
            }
            end = atom.next;
            let Some((next, _)) = self.atom(end) else { return false };
            let last = is_word(next.class);
            let run_ends = next.symbol != atom.symbol;
            // Of a long gap the first run of equal signs may be all.
            if (last || run_ends && (same || number <= GAP))
                && self.behind_gap(state, (state.at, end), end, open)
            {
                return true;
            }
            same &= !run_ends;
            if number > 4 * GAP {
                // A long gap between single letters is rare enough for a closer look.
                return state.since == 1;
            }
        }
        false
    }

    fn behind_gap(&self, state: State, gap: (u32, u32), end: u32, open: &mut Vec<State>) -> bool {
        // Only one sign and the same may stand anywhere; other gaps at every place.
        if !self.is_tight(gap) && state.since != 1 {
            return false;
        }
        let behind = State { at: end, gap, since: 0, used: true, ..state };
        // The same letter again, behind the same gap.
        if let Some((atom, _)) = self.atom(end)
            && atom.symbol == state.last
        {
            open.push(State { at: atom.next, since: 1, ..behind });
        }
        self.consume(State { last: '\0', ..behind }, open)
    }

    fn is_tight(&self, gap: (u32, u32)) -> bool {
        // Marks and invisible characters are no signs.
        let sign = self.atom(gap.0).map(|(atom, _)| atom);
        sign.is_some_and(|sign| {
            !matches!(sign.class, Class::Space | Class::LineBreak) && sign.next >= gap.1
        })
    }

    /// The end of the gap at `state` that equals the first one.
    fn same_gap(&self, state: State) -> Option<u32> {
        let (mut here, mut there) = (state.at, state.gap.0);
        while there < state.gap.1 {
            let (a, _) = self.atom(here)?;
            let (b, _) = self.atom(there)?;
            if a.symbol != b.symbol || is_word(a.class) {
                return None;
            }
            (here, there) = (a.next, b.next);
        }
        Some(here)
    }

    /// Everything that can be consumed at `state`; true where only a closer look can tell.
    fn consume(&self, state: State, open: &mut Vec<State>) -> bool {
        let Some((atom, hidden)) = self.atom(state.at) else { return false };
        let paths = self.paths;
        let letter = is_word(atom.class) && atom.class != Class::Digit;
        if state.gap.1 > 0 && state.since >= 1 && letter && !self.is_tight(state.gap) {
            // There is a gap at every place, or nowhere.
            if atom.class != Class::VowelMark {
                return false;
            }
        }
        let to = |node: u32, at: u32, used: bool| State {
            node,
            at,
            last: atom.symbol,
            // A vowel sign has no place of its own, unless a gap parts it from its letter.
            since: state
                .since
                .saturating_add(u8::from(atom.class != Class::VowelMark || state.since == 0)),
            letters: state.letters.saturating_add(1),
            used: state.used || used || hidden,
            loose: !atom.origin.is_ascii() && has_loose_ends(atom.symbol),
            ..state
        };
        if atom.origin.is_ascii() {
            if let Some(child) = paths.child(state.node, atom.symbol) {
                let mut next = to(child, atom.next, false);
                next.letter |= letter;
                open.push(next);
            }
        } else if self.wide(state, atom, &to, open) {
            return true;
        }
        if paths.level < Level::Fold {
            return false;
        }
        self.read(state, atom, &to, open);
        if paths.level >= Level::Standard && (!letter || atom.symbol == 'v') {
            self.draw(state, atom, &to, open);
        }
        false
    }

    /// A character beyond ASCII as what it is; its fold may be several symbols.
    fn wide(
        &self,
        state: State,
        atom: Atom,
        to: &impl Fn(u32, u32, bool) -> State,
        open: &mut Vec<State>,
    ) -> bool {
        if chars::is_voicing(atom.origin) {
            return true;
        }
        let mut node = state.node;
        let mut letter = false;
        let mut ends = false;
        let fits = symbols::each(atom.origin, |symbol| {
            ends |= node != state.node && self.paths.nodes[node as usize].count > 0;
            letter |= table::props(symbol).is_letter_like();
            let child = self.paths.child(node, symbol);
            node = child.unwrap_or(node);
            child.is_some()
        });
        if ends {
            // A wildcard may stand for the rest of a ligature.
            return true;
        }
        if !fits {
            return false;
        }
        let mut next = to(node, atom.next, true);
        next.letter |= letter;
        open.push(next);
        false
    }

    /// What the character may be read as, or hide.
    fn read(
        &self,
        state: State,
        atom: Atom,
        to: &impl Fn(u32, u32, bool) -> State,
        open: &mut Vec<State>,
    ) {
        let paths = self.paths;
        let is_letter = is_word(atom.class) && atom.class != Class::Digit;
        if atom.origin.is_ascii() && !self.gate {
            for &Read { symbol, leet } in paths.reads(atom.origin) {
                if let Some(child) = paths.child(state.node, symbol) {
                    let mut next = to(child, atom.next, true);
                    next.letter |= is_letter && !leet;
                    next.digit |= leet && atom.class == Class::Digit;
                    next.sign |= leet || !is_letter;
                    open.push(next);
                }
            }
        } else {
            self.read_wide(state, atom, to, open);
        }
        let hides = paths.level >= Level::Standard
            && state.node != ROOT
            && masks::may_mask(atom.symbol, atom.class, atom.origin);
        if hides {
            for child in paths.children(state.node) {
                open.push(State { last: '\0', ..to(child, atom.next, true) });
            }
        }
    }

    /// What a character beyond ASCII, or behind a gate, may be read as.
    fn read_wide(
        &self,
        state: State,
        atom: Atom,
        to: &impl Fn(u32, u32, bool) -> State,
        open: &mut Vec<State>,
    ) {
        let paths = self.paths;
        let is_letter = is_word(atom.class) && atom.class != Class::Digit;
        for reading in readings(atom.origin, paths.level) {
            let look_alike = reading.kind() == ReadingKind::LookAlike;
            let gated = look_alike && is_letter && !is_own(atom.origin, reading);
            if gated && !self.gate && !may_misread(atom.origin) {
                continue;
            }
            let mut node = state.node;
            let fits = reading.symbols().iter().all(|&symbol| {
                let child = paths.child(node, symbol);
                node = child.unwrap_or(node);
                child.is_some()
            });
            if fits {
                let mut next = to(node, atom.next, true);
                let leet = reading.kind() == ReadingKind::Leet;
                let styled = reading.kind() == ReadingKind::Styled;
                next.letter |= styled || is_letter && !leet;
                next.digit |= leet && atom.class == Class::Digit;
                next.sign |= leet || look_alike && !is_letter;
                open.push(next);
            }
        }
    }

    /// What several characters draw.
    fn draw(
        &self,
        state: State,
        atom: Atom,
        to: &impl Fn(u32, u32, bool) -> State,
        open: &mut Vec<State>,
    ) {
        for (text, letter) in glyphs(atom.symbol) {
            let Some(child) = self.paths.child(state.node, letter) else { continue };
            if let Some(end) = self.spells(state.at, text) {
                open.push(State { last: '\0', sign: true, ..to(child, end, true) });
            }
        }
    }

    fn spells(&self, mut at: u32, text: &str) -> Option<u32> {
        for c in text.chars() {
            let (atom, _) = self.atom(at)?;
            if !draws(text, c, atom.symbol) {
                return None;
            }
            at = atom.next;
        }
        Some(at)
    }
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

#[inline]
fn is_word(class: Class) -> bool {
    matches!(class, Class::Letter | Class::VowelMark | Class::Digit)
}
