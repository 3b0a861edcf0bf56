//! Proposes needles where a text may be a disguise of their first word: a walk
//! of all readings of the text along a trie.
//!
//! The walk takes the same edges as the alignment and leaves out its conditions
//! and costs, so it proposes at least what the alignment accepts. It runs only
//! where something odd stands, see [`super::odd`], or where [`super::hints`] say so.

use super::super::work::Work;
use super::edges;
use super::gaps;
use super::hints::Ways;
use super::masks;
use super::seen::Seen;
use super::trie::{ROOT, Trie, is_letter};
use crate::spec::model::Level;
use crate::verdict::Kinds;
use crate::view::unit::{Flags, Unit};
use rustc_hash::FxHashSet;
use std::ops::Range;

/// Where a walk has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Frame {
    node: u32,
    /// The next unit.
    at: u32,
    /// The first gap that was stepped over.
    gap: (u32, u32),
    /// Something was consumed that repeats may follow.
    repeats: bool,
    /// A letter was left out, or two swapped.
    slipped: bool,
    /// The last unit hides a letter.
    masked: bool,
}

/// Places of a walk after which it looks out for those it has been to: most end sooner.
const SHORT: u64 = 64;

/// Places of a walk that are kept from one start to the next.
const WIDE: usize = 1024;

/// Buffers of walks.
#[derive(Debug, Default)]
pub(crate) struct Bufs {
    open: Vec<Frame>,
    met: FxHashSet<Frame>,
    gaps: Vec<u32>,
    /// What it took, and what it may take.
    pub(in super::super) work: Work,
}

impl Bufs {
    /// Bytes of heap memory held.
    pub(crate) fn memory_usage(&self) -> usize {
        self.open.capacity() * size_of::<Frame>()
            + self.met.capacity() * (size_of::<Frame>() + 1) * 8 / 7
            + self.gaps.capacity() * 4
    }
}

/// A walk along one trie at one level.
pub(super) struct Walk<'a> {
    pub(super) trie: &'a Trie,
    pub(super) level: Level,
    /// What is looked for beyond `standard`.
    pub(super) ways: Ways,
    pub(super) seen: &'a Seen<'a>,
}

impl<'a> Walk<'a> {
    fn units(&self) -> &'a [Unit] {
        self.seen.units()
    }

    /// Proposes every needle whose first word may be read from `start` on.
    pub(super) fn from(&self, start: usize, bufs: &mut Bufs, propose: &mut impl FnMut(u32)) {
        let first = Frame {
            node: ROOT,
            at: start as u32,
            gap: (0, 0),
            repeats: false,
            slipped: false,
            masked: false,
        };
        // Most places are left at once: nothing begins as they do.
        bufs.open.clear();
        self.step(first, start, bufs);
        if bufs.open.is_empty() {
            return;
        }
        // Clearing takes as long as the largest walk was wide.
        if bufs.met.capacity() > WIDE {
            bufs.met = FxHashSet::default();
        }
        bufs.met.clear();
        let mut taken = 0;
        while let Some(frame) = bufs.open.pop() {
            if !bufs.work.allows(start) {
                return;
            }
            bufs.work.add(1);
            taken += 1;
            if taken > SHORT && !bufs.met.insert(frame) {
                continue;
            }
            for &needle in self.trie.needles(frame.node) {
                propose(needle);
            }
            self.go_on(frame, bufs);
        }
    }

    /// Everything that may follow `frame`.
    fn go_on(&self, frame: Frame, bufs: &mut Bufs) {
        let units = self.units();
        let at = frame.at as usize;
        if self.level >= Level::Standard && frame.repeats {
            self.repeat(frame, bufs);
        }
        if at < units.len() {
            self.step(frame, at, bufs);
            // Apostrophes are no letters of the key.
            if units[at].has(Flags::APOSTROPHE) {
                bufs.open.push(Frame { at: frame.at + 1, repeats: false, ..frame });
            }
        }
        if self.ways.slips && !frame.slipped && at < units.len() {
            self.leave_out(frame, at, bufs);
        }
        if self.level >= Level::Standard && at < units.len() {
            let mut ends = std::mem::take(&mut bufs.gaps);
            ends.clear();
            bufs.work.add(self.gap_ends(frame, &mut ends));
            for &end in &ends {
                let gap = if frame.gap.1 == 0 { (frame.at, end) } else { frame.gap };
                self.step(Frame { gap, ..frame }, end as usize, bufs);
            }
            bufs.gaps = ends;
        }
    }

    /// Where a gap may end, and the steps that it took to see.
    fn gap_ends(&self, frame: Frame, ends: &mut Vec<u32>) -> usize {
        let state = super::state::State::at_gap(frame.at, frame.gap);
        gaps::ends(self.units(), &state, !self.ways.splits, ends)
    }

    /// Everything that can be consumed at `at`.
    fn step(&self, frame: Frame, at: usize, bufs: &mut Bufs) {
        let units = self.units();
        let unit = &units[at];
        let Frame { node, .. } = frame;
        if self.level >= Level::Standard
            && node != ROOT
            && masks::may_go_on(units, at, frame.masked)
        {
            for (symbol, child) in self.trie.children(node) {
                bufs.work.add(1);
                if is_letter(symbol) {
                    let at = at as u32 + 1;
                    bufs.open.push(Frame {
                        node: child,
                        at,
                        repeats: false,
                        masked: true,
                        ..frame
                    });
                }
            }
        }
        let to = |node: u32, len: usize| Frame {
            node,
            at: (at + len) as u32,
            repeats: len == 1,
            masked: false,
            ..frame
        };
        let masks_only = frame.masked && masks::is_equal_before(units, at);
        if let Some(child) = self.trie.child(node, unit.symbol) {
            bufs.open.push(to(child, 1));
        }
        if masks_only {
            return;
        }
        let wants = |letter| self.trie.child(node, letter).is_some();
        edges::edges(self.seen, at, self.level, &wants, &mut |edge| {
            if edge.kind == Kinds::PHONETIC && (!self.ways.sounds || frame.slipped) {
                return;
            }
            let mut reached = node;
            let fits = edge.letters.for_each(|letter| {
                let child = self.trie.child(reached, letter);
                reached = child.unwrap_or(reached);
                child.is_some()
            });
            if fits {
                bufs.open.push(to(reached, edge.units));
            }
        });
        if self.ways.slips && !frame.slipped && unit.is_letter() {
            self.swap(frame, at, bufs);
        }
    }

    /// A letter left out before what stands at `at`.
    fn leave_out(&self, frame: Frame, at: usize, bufs: &mut Bufs) {
        let to = |node: u32, len: usize| Frame {
            node,
            at: (at + len) as u32,
            repeats: false,
            slipped: true,
            masked: false,
            ..frame
        };
        let open = &mut bufs.open;
        let unit = &self.units()[at];
        open.extend(self.trie.skips(frame.node, unit.symbol).map(|node| to(node, 1)));
        let wants = |letter| self.trie.skips(frame.node, letter).next().is_some();
        edges::edges(self.seen, at, self.level, &wants, &mut |edge| {
            if edge.kind == Kinds::PHONETIC {
                return;
            }
            let mut first = None;
            edge.letters.for_each(|letter| {
                first = Some(letter);
                false
            });
            let Some(first) = first else { return };
            for node in self.trie.skips(frame.node, first) {
                let mut reached = Some(node);
                let mut number = 0;
                edge.letters.for_each(|letter| {
                    number += 1;
                    if number > 1 {
                        reached = reached.and_then(|node| self.trie.child(node, letter));
                    }
                    reached.is_some()
                });
                open.extend(reached.map(|node| to(node, edge.units)));
            }
        });
    }

    /// The letter behind the next one, then that: side by side, or over a gap.
    fn swap(&self, frame: Frame, at: usize, bufs: &mut Bufs) {
        let units = self.units();
        let behind = at as u32 + 1;
        let take = |end: usize, gap: (u32, u32), open: &mut Vec<Frame>| {
            let second = units.get(end).filter(|unit| unit.is_letter());
            let reached = second
                .and_then(|second| self.trie.child(frame.node, second.symbol))
                .and_then(|node| self.trie.child(node, units[at].symbol));
            open.extend(reached.map(|node| Frame {
                node,
                at: end as u32 + 1,
                gap,
                repeats: false,
                slipped: true,
                masked: false,
            }));
        };
        take(at + 1, frame.gap, &mut bufs.open);
        if units.get(at + 1).is_none_or(Unit::is_word) {
            return;
        }
        let mut ends = Vec::new();
        bufs.work.add(self.gap_ends(Frame { at: behind, ..frame }, &mut ends));
        for end in ends {
            let gap = if frame.gap.1 == 0 { (behind, end) } else { frame.gap };
            take(end as usize, gap, &mut bufs.open);
        }
    }

    /// Further letters like the last one, next to it or behind the same gap.
    fn repeat(&self, frame: Frame, bufs: &mut Bufs) {
        let units = self.units();
        let at = frame.at as usize;
        if let Some(cluster) = gaps::cluster_before(units, at) {
            self.repeat_letter(frame, &cluster, bufs);
        }
        if let Some(letter) = gaps::letter_before(units, at) {
            self.repeat_letter(frame, &letter, bufs);
        }
    }

    fn repeat_letter(&self, frame: Frame, letter: &Range<usize>, bufs: &mut Bufs) {
        let units = self.units();
        let at = frame.at as usize;
        let len = letter.len();
        let (_, end) = self.seen.run(letter);
        let all = (end - at) / len;
        for number in (1..=all.min(3)).chain(all.saturating_sub(3).max(4)..=all) {
            let at = (at + number * len) as u32;
            bufs.open.push(Frame { at, repeats: number == all, ..frame });
        }
        let symbol = self.trie.symbol(frame.node);
        if all == 0
            && len == 1
            && let Some(len) = self.again(symbol, at)
        {
            bufs.open.push(Frame { at: frame.at + len, ..frame });
        }
        let mut state = super::state::State::at_gap(frame.at, frame.gap);
        while let Some(end) = gaps::same_end(units, &state) {
            bufs.work.add(1 + (end - state.end) as usize / gaps::LOOKS);
            let equal = gaps::is_letter(units, letter, end as usize);
            let again = if equal { Some(len as u32) } else { self.again(symbol, end as usize) };
            let Some(more) = again else { break };
            if state.word.gaps == 0 {
                state = super::state::State::at_gap(state.end, (state.end, end));
            }
            state.end = end + more;
            bufs.open.push(Frame { at: state.end, gap: state.word.gap, repeats: false, ..frame });
        }
    }

    /// How many units at `at` are `symbol` or may be read as it.
    fn again(&self, symbol: char, at: usize) -> Option<u32> {
        let units = self.units();
        let mut len = (units.get(at)?.symbol == symbol).then_some(1);
        edges::edges(self.seen, at, self.level, &|letter| letter == symbol, &mut |edge| {
            if edge.is_one_for_one(units, at) {
                len = Some(edge.units as u32);
            }
        });
        len
    }
}
