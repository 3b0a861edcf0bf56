//! A clock that the stages are read by when a ruleset is profiled, and that does nothing else.
//!
//! It stands only behind the look that decides nearly all texts, so it costs nothing there.

use crate::ids::RuleId;
use std::time::Instant;

/// A part of the work on a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// The look at the bytes that decides most texts: words found, disguises ruled out.
    Census,
    /// The text as units, where a look was not enough; again with wrappers undone.
    View,
    /// Words, automata and walks that propose places.
    Propose,
    /// Alignment at the proposed places, and the veto.
    Verify,
    /// Regular expressions.
    Regexes,
    /// Entities and domains.
    Recognizers,
    /// Matches put in order, exceptions taken out.
    Exceptions,
    /// Conditions, and the signals they ask for.
    Conditions,
    /// Facts bound before, scores and the verdict behind.
    Verdict,
}

impl Stage {
    /// All, in order.
    pub const ALL: [Self; 9] = [
        Self::Census,
        Self::View,
        Self::Propose,
        Self::Verify,
        Self::Regexes,
        Self::Recognizers,
        Self::Exceptions,
        Self::Conditions,
        Self::Verdict,
    ];

    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Census => "census",
            Self::View => "view",
            Self::Propose => "propose",
            Self::Verify => "verify",
            Self::Regexes => "regexes",
            Self::Recognizers => "recognizers",
            Self::Exceptions => "exceptions",
            Self::Conditions => "conditions",
            Self::Verdict => "verdict",
        }
    }
}

/// The clock; none outside of profiling.
#[derive(Debug, Default)]
pub(crate) struct Probe(Option<Box<Costs>>);

/// Nanoseconds so far.
#[derive(Debug)]
pub(crate) struct Costs {
    pub(crate) stages: [u64; Stage::ALL.len()],
    /// By rule.
    pub(crate) rules: Vec<u64>,
    last: Instant,
    /// What reading the clock takes.
    reading: u64,
}

impl Probe {
    /// A clock that runs.
    pub(crate) fn running(rules: usize) -> Self {
        const READINGS: u32 = 1_000;
        let begin = Instant::now();
        for _ in 0..READINGS {
            std::hint::black_box(Instant::now());
        }
        let reading = (begin.elapsed() / READINGS).as_nanos() as u64;
        let stages = [0; Stage::ALL.len()];
        Self(Some(Box::new(Costs { stages, rules: vec![0; rules], last: Instant::now(), reading })))
    }

    /// What was measured.
    pub(crate) fn costs(&self) -> Option<&Costs> {
        self.0.as_deref()
    }

    /// Begins anew: what passed since the last reading counts for nothing.
    pub(crate) fn begin(&mut self) {
        if let Some(costs) = &mut self.0 {
            costs.last = Instant::now();
        }
    }

    /// What passed since the last reading was this stage.
    #[inline]
    pub(crate) fn lap(&mut self, stage: Stage) {
        if let Some(costs) = &mut self.0 {
            costs.lap(stage);
        }
    }

    /// The same, spent for these rules in equal parts.
    #[inline]
    pub(crate) fn lap_for(&mut self, stage: Stage, rules: impl Iterator<Item = RuleId> + Clone) {
        let Some(costs) = &mut self.0 else { return };
        let passed = costs.lap(stage);
        let n = rules.clone().count() as u64;
        for rule in rules {
            costs.rules[rule.index()] += passed / n;
        }
    }
}

impl Costs {
    fn lap(&mut self, stage: Stage) -> u64 {
        let now = Instant::now();
        let passed = (now - self.last).as_nanos() as u64;
        let passed = passed.saturating_sub(self.reading);
        self.last = now;
        self.stages[stage as usize] += passed;
        passed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_stand_in_order() {
        for (at, stage) in Stage::ALL.into_iter().enumerate() {
            assert_eq!(stage as usize, at, "{}", stage.name());
        }
    }

    #[test]
    fn time_goes_to_stages_and_rules() {
        let mut probe = Probe::running(2);
        probe.lap_for(Stage::Verify, [RuleId(1)].into_iter());
        probe.begin();
        std::thread::sleep(std::time::Duration::from_millis(2));
        probe.lap_for(Stage::Regexes, [RuleId(0), RuleId(1)].into_iter());
        let costs = probe.costs().expect("it runs");
        assert!(costs.rules[0] > 500_000, "{costs:?}");
        assert!(costs.stages[Stage::Regexes as usize] >= 2 * costs.rules[0]);
        assert_eq!(costs.stages[Stage::Conditions as usize], 0);
    }
}
