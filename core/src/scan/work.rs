//! How much work undoing may take.

use std::cell::Cell;

/// Steps taken along one pass over a text, from left to right.
///
/// A pass may take so many steps at once, and so many more for each place it has passed: what
/// one part of a text uses up, a later one gets again.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Work {
    used: u64,
    /// The most that was taken in one pass before.
    most: u64,
    spent: bool,
    base: u64,
    rate: u64,
}

impl Work {
    /// `base` steps at once, and `rate` for each place.
    pub(super) fn new(base: u64, rate: u64) -> Self {
        Self { base, rate, ..Self::default() }
    }

    /// Does something with work that is shared.
    #[inline]
    pub(super) fn of<T>(shared: &Cell<Self>, f: impl FnOnce(&mut Self) -> T) -> T {
        let mut work = shared.get();
        let found = f(&mut work);
        shared.set(work);
        found
    }

    /// Another pass begins.
    #[inline]
    pub(super) fn restart(&mut self) {
        self.most = self.most();
        self.used = 0;
    }

    /// Notes that steps were taken.
    #[inline]
    pub(super) fn add(&mut self, steps: usize) {
        self.used += steps as u64;
    }

    /// Whether steps may be taken from `place` on.
    #[inline]
    pub(super) fn allows(&mut self, place: usize) -> bool {
        let allows = self.used <= self.base + self.rate * place as u64;
        self.spent |= !allows;
        allows
    }

    /// The steps of the pass that took most.
    pub(super) fn most(&self) -> u64 {
        self.most.max(self.used)
    }

    /// Whether some were not allowed, in any pass.
    pub(super) fn is_spent(&self) -> bool {
        self.spent
    }
}

#[cfg(test)]
mod tests {
    use super::Work;

    #[test]
    fn later_places_may_go_on() {
        let mut work = Work::new(10, 2);
        work.add(10);
        assert!(work.allows(0));
        work.add(5);
        assert!(!work.allows(0) && !work.allows(2));
        assert!(work.allows(3));
        assert!(work.is_spent());
    }

    #[test]
    fn a_pass_has_steps_of_its_own() {
        let mut work = Work::new(1, 0);
        work.add(2);
        work.restart();
        assert!(work.allows(0) && !work.is_spent());
    }
}
