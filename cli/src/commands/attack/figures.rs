//! What is counted.

use std::collections::BTreeMap;
use tamis_attack::{Kind, Level, Recipe, Severity};

/// Attacks, and those that were seen through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Figures {
    pub(super) attacks: u64,
    pub(super) seen: u64,
}

impl Figures {
    fn add(&mut self, seen: bool) {
        self.attacks += 1;
        self.seen += u64::from(seen);
    }

    fn join(&mut self, other: Self) {
        self.attacks += other.attacks;
        self.seen += other.seen;
    }
}

/// What attacks are counted under: a kind of evasion, or all compositions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Bucket {
    Kind(Kind),
    Compositions,
}

impl Bucket {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Kind(kind) => kind.name(),
            Self::Compositions => "compositions",
        }
    }

    /// The level that promises it; compositions are of several.
    pub(super) fn level(self) -> &'static str {
        match self {
            Self::Kind(kind) => kind.level().name(),
            Self::Compositions => "",
        }
    }
}

/// Where the attacks of `recipe` are counted: under what makes it as hard as it is. Never empty.
pub(super) fn buckets(recipe: &Recipe) -> Vec<Bucket> {
    if recipe.is_composed() {
        return vec![Bucket::Compositions];
    }
    let hardest = recipe.kinds().into_iter().filter(|kind| kind.level() == recipe.level());
    hardest.map(Bucket::Kind).collect()
}

/// Counts of a rule, or of all.
#[derive(Clone, Debug, Default)]
pub(super) struct Counts {
    pub(super) total: Figures,
    pub(super) buckets: BTreeMap<Bucket, Figures>,
    /// By the level that promises to undo it.
    pub(super) levels: BTreeMap<Level, Figures>,
}

/// A disguised text that the rule did not see through.
#[derive(Clone, Debug)]
pub(super) struct Missed {
    pub(super) recipe: String,
    pub(super) kind: Bucket,
    pub(super) severity: Severity,
    pub(super) text: String,
    /// The first disguised part, in bytes.
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The outcome for one rule.
#[derive(Clone, Debug)]
pub(super) struct Attacked<'r> {
    pub(super) rule: &'r str,
    /// Examples that were attacked.
    pub(super) examples: u64,
    /// `hit` tests that do not hit, or in which nothing can be disguised.
    pub(super) left_out: u64,
    pub(super) counts: Counts,
    /// What got through, those that say most first, one for each recipe.
    pub(super) missed: Vec<Missed>,
}

impl<'r> Attacked<'r> {
    pub(super) fn new(rule: &'r str) -> Self {
        let (counts, missed) = (Counts::default(), Vec::new());
        Self { rule, examples: 0, left_out: 0, counts, missed }
    }

    pub(super) fn add(&mut self, recipe: &Recipe, seen: bool) {
        self.counts.total.add(seen);
        self.counts.levels.entry(recipe.level()).or_default().add(seen);
        for bucket in buckets(recipe) {
            self.counts.buckets.entry(bucket).or_default().add(seen);
        }
    }

    /// Keeps a missed text, unless there is one of its recipe that is disguised as little.
    pub(super) fn missed(&mut self, missed: impl FnOnce() -> Missed) {
        let missed = missed();
        match self.missed.iter_mut().find(|other| other.recipe == missed.recipe) {
            Some(other) if missed.severity < other.severity => *other = missed,
            Some(_) => {}
            None => self.missed.push(missed),
        }
    }

    /// Puts one missed text of each kind before the second of any.
    pub(super) fn finish(&mut self) {
        let mut seen: BTreeMap<Bucket, u32> = BTreeMap::new();
        let mut ranked: Vec<(u32, Bucket, Missed)> = Vec::new();
        for missed in self.missed.drain(..) {
            let nth = seen.entry(missed.kind).or_default();
            *nth += 1;
            ranked.push((*nth, missed.kind, missed));
        }
        ranked.sort_by_key(|(nth, kind, _)| (*nth, *kind));
        self.missed = ranked.into_iter().map(|(_, _, missed)| missed).collect();
    }
}

/// The counts of all rules together.
pub(super) fn total(attacked: &[Attacked<'_>]) -> Counts {
    let mut all = Counts::default();
    for Attacked { counts, .. } in attacked {
        all.total.join(counts.total);
        for (&bucket, &figures) in &counts.buckets {
            all.buckets.entry(bucket).or_default().join(figures);
        }
        for (&level, &figures) in &counts.levels {
            all.levels.entry(level).or_default().join(figures);
        }
    }
    all
}
