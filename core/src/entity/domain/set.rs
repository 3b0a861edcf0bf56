//! Many domains in one tree, and the walk that compares a text with all of them.

use std::ops::ControlFlow;

use rustc_hash::FxHashMap;

use super::super::{hosts, text};
use super::ends::each_host_end;
use super::piece::{self, Piece, Price, Undone, What, prices};
use super::punycode;
use crate::span::Span;
use crate::spec::model::Level;
use crate::verdict::Kinds;
use crate::view::reading::{Reading, ReadingKind};
use crate::view::table;

/// A listed domain that a text names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DomainHit {
    /// The entry's id.
    pub(crate) id: u32,
    /// The host as written, subdomains included.
    pub(crate) host: Span,
    /// The link around the host: scheme, user, port and path, where there are any.
    pub(crate) link: Span,
    /// What undoing the disguise cost, in tenths.
    pub(crate) cost: u8,
    /// What was undone.
    pub(crate) kinds: Kinds,
}

/// Domains to look for. Immutable and shared; looking needs no scratch.
#[derive(Clone, Debug, Default)]
pub(crate) struct DomainSet {
    edges: FxHashMap<(u32, char), u32>,
    /// Node, entry and its level, by node.
    ends: Vec<(u32, u32, Level)>,
    nodes: u32,
    /// The loosest level of all entries.
    loosest: Option<Level>,
}

/// A place in the walk.
#[derive(Clone, Copy, Debug)]
struct State {
    node: u32,
    /// Everything from here to the host's end is accounted for.
    at: usize,
    undone: Undone,
}

/// The most ways of reading a host that are followed at once. The cheapest are
/// kept, and a host as it is written is the cheapest of all.
const BEAM: usize = 32;

/// Ways not yet gone, the rightmost first.
struct Beam {
    states: [State; BEAM],
    len: usize,
}

impl Beam {
    fn new(first: State) -> Self {
        Self { states: [first; BEAM], len: 1 }
    }

    /// Takes the state furthest right, so that two ways to one place meet there.
    fn pop(&mut self) -> Option<State> {
        let states = &mut self.states[..self.len];
        let best = (0..states.len()).max_by_key(|&i| states[i].at)?;
        let state = states[best];
        self.len -= 1;
        self.states[best] = self.states[self.len];
        Some(state)
    }

    fn push(&mut self, state: State) {
        let states = &mut self.states[..self.len];
        let same = |s: &&mut State| s.node == state.node && s.at == state.at;
        let looser = |s: &State| (s.undone.level, s.undone.cost);
        if let Some(known) = states.iter_mut().find(same) {
            if looser(&state) < looser(known) {
                *known = state;
            }
            return;
        }
        if self.len < BEAM {
            self.states[self.len] = state;
            self.len += 1;
        } else if let Some(worst) = states.iter_mut().max_by_key(|s| looser(s))
            && looser(&state) < looser(worst)
        {
            *worst = state;
        }
    }
}

impl DomainSet {
    /// The set of `entries`: an id, a domain in the form of [`super::normalize`]
    /// and the level it is compared at.
    pub(crate) fn new<'d>(entries: impl IntoIterator<Item = (u32, &'d str, Level)>) -> Self {
        let mut set = Self { nodes: 1, ..Self::default() };
        for (id, domain, level) in entries {
            let mut node = 0;
            for symbol in domain.chars().rev() {
                let fresh = set.nodes;
                node = *set.edges.entry((node, symbol)).or_insert(fresh);
                set.nodes = set.nodes.max(node + 1);
            }
            set.ends.push((node, id, level));
            set.loosest = set.loosest.max(Some(level));
        }
        set.ends.sort_unstable();
        set.ends.dedup();
        set
    }

    /// True when nothing is looked for.
    pub(crate) fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Bytes of heap memory held.
    pub(crate) fn memory_usage(&self) -> usize {
        self.edges.capacity() * size_of::<((u32, char), u32)>()
            + self.ends.capacity() * size_of::<(u32, u32, Level)>()
    }

    /// Appends what `text` names of the set, by the end of the host and by id.
    ///
    /// Linear in the text; nothing is allocated unless something is found.
    pub(crate) fn find(&self, text: &str, out: &mut Vec<DomainHit>) {
        let Some(loosest) = self.loosest else { return };
        let mut tail = Tail::default();
        each_host_end(text, loosest, |end| {
            let first = out.len();
            self.find_at(text, end, loosest, out);
            for hit in &mut out[first..] {
                hit.link = tail.link(text, hit.host);
            }
        });
    }

    /// Compares the host that ends at `end`.
    fn find_at(&self, text: &str, end: usize, loosest: Level, out: &mut Vec<DomainHit>) {
        let first = out.len();
        let start = State { node: 0, at: end, undone: Undone::NOTHING };
        self.walk(text, 0, start, loosest, &mut |state| {
            self.take(text, state, end, first, out);
        });
        out[first..].sort_unstable_by_key(|hit| hit.id);
    }

    /// Follows every way of reading `source` backwards from `start` down to byte
    /// `floor`, and reports each state.
    fn walk(
        &self,
        source: &str,
        floor: usize,
        start: State,
        loosest: Level,
        report: &mut dyn FnMut(State),
    ) {
        let mut beam = Beam::new(start);
        while let Some(state) = beam.pop() {
            report(state);
            if state.at <= floor {
                continue;
            }
            let mut push = |next: State| {
                if next.undone.level <= loosest && next.at >= floor {
                    beam.push(next);
                }
            };
            self.decode_label(source, floor, state, loosest, &mut push);
            let Some(piece) = piece::before(source, state.at) else { continue };
            self.step(source, state, piece, loosest, &mut push);
        }
    }

    /// The ways on over one piece.
    fn step(
        &self,
        source: &str,
        state: State,
        piece: Piece,
        loosest: Level,
        push: &mut dyn FnMut(State),
    ) {
        let undone = state.undone.and(piece.price);
        let stay = State { at: piece.start, undone, ..state };
        match piece.what {
            What::Invisible(c) => {
                push(stay);
                self.read_readings(c, stay, push);
            }
            What::Dot => self.follow(&['.'], stay, prices::NOTHING, push),
            What::Char(c) => {
                self.read(c, stay, loosest, push);
                if loosest > Level::Exact {
                    self.read_pair(source, c, stay, push);
                }
            }
        }
    }

    /// The ways of reading one character.
    fn read(&self, c: char, state: State, loosest: Level, push: &mut dyn FnMut(State)) {
        if c.is_ascii_alphabetic() && !matches!(c, 'I' | 'l') {
            // Nothing but itself: the case of nearly all hosts.
            self.follow(&[c.to_ascii_lowercase()], state, prices::NOTHING, push);
            return;
        }
        self.follow(table::fold_exact(c).symbols(), state, prices::NOTHING, push);
        if loosest == Level::Exact {
            return;
        }
        let folded = table::fold(c);
        if folded.compat() {
            self.follow(folded.symbols(), state, prices::FORM, push);
        }
        if folded.symbols().iter().any(|&s| table::props(s).is_mark()) {
            self.follow_without_marks(folded.symbols(), state, push);
        }
        if text::is_dash(c) && c != '-' {
            self.follow(&['-'], state, prices::LOOK_ALIKE, push);
        }
        self.read_readings(c, state, push);
    }

    fn read_readings(&self, c: char, state: State, push: &mut dyn FnMut(State)) {
        for reading in table::readings(c) {
            self.follow(reading.symbols(), state, price_of(reading), push);
        }
    }

    /// Two letters that together look like one, `second` the right one.
    fn read_pair(&self, source: &str, second: char, state: State, push: &mut dyn FnMut(State)) {
        let (first, one) = match second {
            'n' | 'N' => ('r', 'm'),
            'v' | 'V' => ('v', 'w'),
            'l' => ('c', 'd'),
            _ => return,
        };
        let Some(Piece { what: What::Char(left), start, price }) = piece::before(source, state.at)
        else {
            return;
        };
        if left.to_ascii_lowercase() == first {
            let state = State { at: start, undone: state.undone.and(price), ..state };
            self.follow(&[one], state, prices::LOOK_ALIKE, push);
        }
    }

    /// Goes down the tree along `symbols`, the last one first.
    fn follow(&self, symbols: &[char], state: State, price: Price, push: &mut dyn FnMut(State)) {
        let down =
            symbols.iter().rev().try_fold(state.node, |node, &symbol| self.edge(node, symbol));
        if let Some(node) = down {
            push(State { node, undone: state.undone.and(price), ..state });
        }
    }

    fn follow_without_marks(&self, symbols: &[char], state: State, push: &mut dyn FnMut(State)) {
        let mut bases = symbols.iter().rev().filter(|&&s| !table::props(s).is_mark());
        if let Some(node) = bases.try_fold(state.node, |node, &symbol| self.edge(node, symbol)) {
            push(State { node, undone: state.undone.and(prices::MARK), ..state });
        }
    }

    #[inline]
    fn edge(&self, node: u32, symbol: char) -> Option<u32> {
        self.edges.get(&(node, symbol)).copied()
    }

    /// When a label in `xn--` form ends where `state` is, the ways of reading
    /// what it stands for.
    fn decode_label(
        &self,
        source: &str,
        floor: usize,
        state: State,
        loosest: Level,
        push: &mut dyn FnMut(State),
    ) {
        let bytes = source.as_bytes();
        let is_label_end =
            bytes.get(state.at).is_none_or(|b| !b.is_ascii_alphanumeric() && *b != b'-');
        if !is_label_end || !bytes[state.at - 1].is_ascii_alphanumeric() {
            return;
        }
        let letters = |b: &&u8| b.is_ascii_alphanumeric() || **b == b'-';
        let label = bytes[floor..state.at].iter().rev().take(punycode::MAX + 1).take_while(letters);
        let start = state.at - label.count();
        let Some(letters) = punycode::strip(&bytes[start..state.at]) else { return };
        let Some(decoded) = punycode::decode(letters) else { return };
        let inner = State { at: decoded.as_str().len(), ..state };
        let mut done = |end: State| {
            if end.at == 0 {
                push(State { at: start, ..end });
            }
        };
        self.walk_decoded(decoded.as_str(), inner, loosest, &mut done);
    }

    /// As [`Self::walk`], over a label that was decoded: nothing in it is decoded again.
    fn walk_decoded(
        &self,
        label: &str,
        start: State,
        loosest: Level,
        report: &mut dyn FnMut(State),
    ) {
        let mut beam = Beam::new(start);
        while let Some(state) = beam.pop() {
            report(state);
            let Some(c) = label[..state.at].chars().next_back() else { continue };
            let stay = State { at: state.at - c.len_utf8(), ..state };
            let mut push = |next: State| {
                if next.undone.level <= loosest {
                    beam.push(next);
                }
            };
            if text::is_invisible(c) {
                push(State { undone: stay.undone.and(prices::INVISIBLE), ..stay });
            } else {
                self.read(c, stay, loosest, &mut push);
            }
        }
    }

    /// Takes down the entries that end at `state`, each once and at its lowest cost.
    fn take(&self, text: &str, state: State, end: usize, first: usize, out: &mut Vec<DomainHit>) {
        let from = self.ends.partition_point(|row| row.0 < state.node);
        let mut rows = self.ends[from..].iter().take_while(|row| row.0 == state.node).peekable();
        if rows.peek().is_none() || !starts_label(text, state.at) {
            return;
        }
        let start = hosts::subdomains_before(text, state.at);
        let host = Span::new(start as u32, end as u32);
        for &(_, id, level) in rows {
            let Undone { level: needed, cost, kinds } = state.undone;
            if needed > level {
                continue;
            }
            let hit = DomainHit { id, host, link: host, cost, kinds };
            match out[first..].iter_mut().find(|known| known.id == id) {
                Some(known) if known.cost <= cost => {}
                Some(known) => *known = hit,
                None => out.push(hit),
            }
        }
    }
}

/// The end of the last link that was read. A host in its path has the same end,
/// so that a path full of hosts is read once.
#[derive(Default)]
struct Tail {
    end: usize,
}

impl Tail {
    fn link(&mut self, text: &str, host: Span) -> Span {
        let (start, end) = (host.start as usize, host.end as usize);
        if end > self.end {
            self.end = hosts::tail_end(text, end);
        }
        Span::new(hosts::link_start(text, start) as u32, self.end as u32)
    }
}

/// True when no label runs on before `at`.
fn starts_label(source: &str, at: usize) -> bool {
    if ends_contraction(source, at) {
        return false;
    }
    let mut chars = source[..at].chars().rev().take(32).filter(|&c| !text::is_invisible(c));
    let letter = |c: char| text::is_word(c) && !text::is_unspaced(c);
    let verdict = chars.try_for_each(|c| match c {
        // A hyphen joins only what stands before it.
        '-' | '_' => ControlFlow::Continue(()),
        c => ControlFlow::Break(!letter(c)),
    });
    // Escapes such as `%61` are letters as well.
    let escaped = at >= 3 && source.as_bytes()[at - 3] == b'%';
    verdict.break_value().unwrap_or(true) || escaped && is_escaped_sign(source, at)
}

/// `t.me` in `I can't.me too`: a label of two letters at most behind an apostrophe
/// in a word.
fn ends_contraction(source: &str, at: usize) -> bool {
    let mut head = source[..at].chars().rev();
    let behind_word = head.next().is_some_and(|c| table::props(c).is_apostrophe())
        && head.next().is_some_and(text::is_word);
    behind_word && source[at..].chars().take_while(|&c| text::is_word(c)).take(3).count() < 3
}

/// True when the escape that ends at `at` is no letter: `%2F`, `%20`.
fn is_escaped_sign(source: &str, at: usize) -> bool {
    matches!(piece::before(source, at), Some(Piece { what: What::Char(c), .. }) if !text::is_word(c) && c != '-')
}

/// What a reading costs.
fn price_of(reading: Reading) -> Price {
    match reading.kind() {
        ReadingKind::Styled => prices::FORM,
        ReadingKind::Hidden => prices::HIDDEN,
        ReadingKind::Variant => prices::MARK,
        ReadingKind::LookAlike => prices::LOOK_ALIKE,
        ReadingKind::Leet => prices::LEET,
        ReadingKind::Turned => prices::TURNED,
    }
}
