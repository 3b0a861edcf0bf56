//! A partial alignment: how far it came and what it undid.

use super::costs;
use super::seen::Seen;
use crate::verdict::Kinds;

/// What happened in the pattern word that is being consumed.
#[expect(clippy::struct_excessive_bools, reason = "independent, and compared as a whole")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct WordState {
    /// The first unit.
    pub(super) start: u32,
    /// Places between consecutive letters, and how many of them have a gap.
    pub(super) places: u16,
    pub(super) gaps: u16,
    /// The first gap.
    pub(super) gap: (u32, u32),
    /// Gaps that stand in links and the like.
    pub(super) gaps_in_place: u16,
    /// Not all gaps are equal to the first.
    pub(super) irregular: bool,
    /// Some gap mirrors the first, and the others are equal to either.
    pub(super) paired: bool,
    /// Some gap is longer than an irregular one may be.
    pub(super) long: bool,
    pub(super) masks: u8,
    /// A mask other than `*`.
    pub(super) other_mask: bool,
    pub(super) visible: u8,
    /// Digits read as letters.
    pub(super) digits: u8,
    /// Nothing consumed yet that a gap could follow.
    pub(super) fresh: bool,
    /// The last step was masked.
    pub(super) masked: bool,
    /// The last step was left out.
    pub(super) slip: bool,
    /// The last step consumed repeats.
    pub(super) repeated: bool,
    /// Some step consumed repeats behind gaps.
    pub(super) spelled_repeat: bool,
}

impl WordState {
    pub(super) fn at(start: u32) -> Self {
        Self {
            start,
            places: 0,
            gaps: 0,
            gap: (0, 0),
            gaps_in_place: 0,
            irregular: false,
            paired: false,
            long: false,
            masks: 0,
            other_mask: false,
            visible: 0,
            digits: 0,
            fresh: true,
            masked: false,
            slip: false,
            repeated: false,
            spelled_repeat: false,
        }
    }
}

/// A partial alignment.
///
/// Ordered so that of two that differ in cost alone the cheaper comes first.
#[expect(clippy::struct_excessive_bools, reason = "independent facts, not states")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct State {
    /// The next unit.
    pub(super) end: u32,
    pub(super) word: WordState,
    pub(super) kinds: u64,
    /// A letter was consumed as a letter.
    pub(super) letter: bool,
    /// A digit was read as a letter.
    pub(super) digit: bool,
    /// The one slip of the pen that a match may have was used.
    pub(super) slipped: bool,
    /// One symbol stands between some letters of a word.
    pub(super) tight: bool,
    /// The gap that spells out the last word, where a wildcard ends the pattern.
    pub(super) spelled: (u32, u32),
    /// What the gap before the next unit had to undo: it belongs to that unit.
    pub(super) waiting: u64,
    pub(super) cost: u8,
    /// What was undone in the edge at hand: once for all of its units.
    pub(super) edge: u64,
}

impl State {
    pub(super) fn new(start: usize, kinds: Kinds, cost: u8) -> Self {
        Self {
            end: start as u32,
            word: WordState::at(start as u32),
            kinds: kinds.0,
            letter: false,
            digit: false,
            slipped: false,
            tight: false,
            spelled: (0, 0),
            waiting: 0,
            cost,
            edge: 0,
        }
    }

    /// Everything but what it cost: states with one key can be continued alike.
    pub(super) fn key(&self) -> Self {
        Self { cost: 0, edge: 0, ..*self }
    }

    /// Adds an event of `kind` at a raw place, if the edge has none.
    pub(super) fn undo(&mut self, seen: &Seen<'_>, kind: Kinds, raw: u32) {
        if kind.is_subset(Kinds(self.edge)) {
            return;
        }
        self.edge |= kind.0;
        self.event(seen, kind, costs::cost(kind, Kinds(self.kinds)), raw);
    }

    /// Adds an event of a cost of its own.
    pub(super) fn event(&mut self, seen: &Seen<'_>, kind: Kinds, cost: u8, raw: u32) {
        let extra = if seen.is_place(raw) { costs::IN_PLACE } else { 0 };
        self.kinds |= kind.0;
        self.cost = self.cost.saturating_add(cost).saturating_add(extra);
    }

    /// Adds the gaps of a word, each an event of `kind`.
    pub(super) fn add_gaps(&mut self, word: &WordState, kind: Kinds, price: (u8, u8)) {
        // More tight ones are beyond every ceiling.
        let most = if kind == Kinds::IRREGULAR { costs::MANY.into() } else { 20 };
        for _ in 0..word.gaps.min(most) {
            self.cost = self.cost.saturating_add(costs::either(price, kind, Kinds(self.kinds)));
            self.kinds |= kind.0;
        }
        let places = word.gaps_in_place.min(9) as u8;
        self.cost = self.cost.saturating_add(costs::IN_PLACE.saturating_mul(places));
    }

    pub(super) fn is_hopeless(&self) -> bool {
        self.cost > costs::GREATEST
    }
}

impl State {
    /// A state of which only the place and the gap used before matter.
    pub(super) fn at_gap(at: u32, gap: (u32, u32)) -> Self {
        let mut state = Self::new(at as usize, Kinds::NONE, 0);
        state.word.gap = gap;
        state.word.gaps = u16::from(gap.1 > 0);
        state
    }
}
