//! What a part of a condition can be, over all texts and facts.

use crate::program::Signal;
use crate::spec::expr::CompareOp;

/// The truths a condition can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Truths {
    pub(super) may_hold: bool,
    pub(super) may_fail: bool,
    pub(super) can_be_unknown: bool,
}

impl Truths {
    pub(super) const ANY: Self = Self { may_hold: true, may_fail: true, can_be_unknown: true };
    /// Known, and either.
    pub(super) const KNOWN: Self = Self { may_hold: true, may_fail: true, can_be_unknown: false };

    pub(super) const fn only(value: bool) -> Self {
        Self { may_hold: value, may_fail: !value, can_be_unknown: false }
    }

    pub(super) const fn always_true(self) -> bool {
        !self.may_fail && !self.can_be_unknown
    }

    pub(super) const fn not(self) -> Self {
        Self { may_hold: self.may_fail, may_fail: self.may_hold, ..self }
    }

    /// True once `needed` of the parts are, false once that cannot be reached.
    pub(super) fn at_least(needed: usize, parts: &[Truths]) -> Self {
        let count = |can: fn(&Truths) -> bool| parts.iter().filter(|part| can(part)).count();
        let can_fail = count(|part| part.may_fail);
        let must_hold = count(|part| part.always_true());
        let must_fail = count(|part| !part.may_hold && !part.can_be_unknown);
        Self {
            may_hold: count(|part| part.may_hold) >= needed,
            may_fail: can_fail > parts.len().saturating_sub(needed),
            can_be_unknown: parts.iter().any(|part| part.can_be_unknown)
                && must_hold < needed
                && must_fail <= parts.len().saturating_sub(needed),
        }
    }
}

/// The numbers an expression can be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Range {
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) can_be_unknown: bool,
}

impl Range {
    pub(super) const fn new(low: f64, high: f64) -> Self {
        Self { low, high, can_be_unknown: false }
    }

    pub(super) const fn anything(can_be_unknown: bool) -> Self {
        Self { low: f64::NEG_INFINITY, high: f64::INFINITY, can_be_unknown }
    }

    /// What a signal can measure.
    pub(super) fn of(signal: Signal) -> Self {
        if signal.name().ends_with("_ratio") || signal == Signal::Saturated {
            Self::new(0.0, 1.0)
        } else {
            Self::new(0.0, f64::INFINITY)
        }
    }

    /// The range of `op` over both, from its values at their ends.
    pub(super) fn join(self, other: Self, op: impl Fn(f64, f64) -> f64) -> Self {
        let ends = [
            op(self.low, other.low),
            op(self.low, other.high),
            op(self.high, other.low),
            op(self.high, other.high),
        ];
        let unknown = self.can_be_unknown || other.can_be_unknown;
        if ends.iter().any(|end| end.is_nan()) {
            return Self::anything(unknown); // 0 × ∞
        }
        Self {
            low: ends.into_iter().fold(f64::INFINITY, f64::min),
            high: ends.into_iter().fold(f64::NEG_INFINITY, f64::max),
            can_be_unknown: unknown,
        }
    }

    /// What comparing the two can give.
    pub(super) fn compare(self, op: CompareOp, other: Self) -> Truths {
        let meets = self.low <= other.high && other.low <= self.high;
        #[expect(clippy::float_cmp, reason = "constants as they were written")]
        let is_point = self.low == self.high && other.low == other.high && self.low == other.low;
        let (may_hold, may_fail) = match op {
            CompareOp::Lt => (self.low < other.high, self.high >= other.low),
            CompareOp::Le => (self.low <= other.high, self.high > other.low),
            CompareOp::Gt => (self.high > other.low, self.low <= other.high),
            CompareOp::Ge => (self.high >= other.low, self.low < other.high),
            CompareOp::Eq => (meets, !is_point),
            CompareOp::Ne => (!is_point, meets),
        };
        let can_be_unknown = self.can_be_unknown || other.can_be_unknown;
        Truths { may_hold, may_fail, can_be_unknown }
    }
}

/// The numbers that are left of one thing when several comparisons hold.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    low: f64,
    high: f64,
    /// Whether the ends themselves are left out.
    above: bool,
    below: bool,
    /// Only whole numbers.
    whole: bool,
}

impl Bounds {
    pub(super) fn new(range: Range, whole: bool) -> Self {
        Self { low: range.low, high: range.high, above: false, below: false, whole }
    }

    /// With `op value` as well.
    pub(super) fn and(&mut self, op: CompareOp, value: f64) {
        let raise = |this: &mut Self, strict: bool| {
            if value > this.low || (value >= this.low && strict) {
                (this.low, this.above) = (value, strict);
            }
        };
        let lower = |this: &mut Self, strict: bool| {
            if value < this.high || (value <= this.high && strict) {
                (this.high, this.below) = (value, strict);
            }
        };
        match op {
            CompareOp::Lt => lower(self, true),
            CompareOp::Le => lower(self, false),
            CompareOp::Gt => raise(self, true),
            CompareOp::Ge => raise(self, false),
            CompareOp::Eq => {
                raise(self, false);
                lower(self, false);
            }
            CompareOp::Ne => {}
        }
    }

    /// True when no number is left.
    pub(super) fn is_empty(self) -> bool {
        let (mut low, mut high) = (self.low, self.high);
        if self.whole {
            low = if self.above { low.floor() + 1.0 } else { low.ceil() };
            high = if self.below { high.ceil() - 1.0 } else { high.floor() };
            return low > high;
        }
        #[expect(clippy::float_cmp, reason = "constants as they were written")]
        let is_point = low == high;
        low > high || (is_point && (self.above || self.below))
    }
}

/// The comparison that holds exactly when `op` does not.
pub(super) fn opposite(op: CompareOp) -> CompareOp {
    match op {
        CompareOp::Lt => CompareOp::Ge,
        CompareOp::Le => CompareOp::Gt,
        CompareOp::Gt => CompareOp::Le,
        CompareOp::Ge => CompareOp::Lt,
        CompareOp::Eq => CompareOp::Ne,
        CompareOp::Ne => CompareOp::Eq,
    }
}

/// `a op b` as `b op a`.
pub(super) fn turned(op: CompareOp) -> CompareOp {
    match op {
        CompareOp::Lt => CompareOp::Gt,
        CompareOp::Le => CompareOp::Ge,
        CompareOp::Gt => CompareOp::Lt,
        CompareOp::Ge => CompareOp::Le,
        CompareOp::Eq | CompareOp::Ne => op,
    }
}
