//! What a filter still finds.

use crate::kind::{Family, Kind, Level};
use crate::recipe::Recipe;
use crate::transform::Severity;
use serde::Serialize;
use std::collections::BTreeMap;

/// Attacks, and how many were seen through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// Attacks on seeds that are found undisguised.
    pub attacks: u64,
    /// Those in which something of the disguised seed was found.
    pub found: u64,
    /// Those in which all of it was found, in one piece.
    pub covered: u64,
    /// Those in which it was found and nothing beside it.
    pub exact: u64,
}

impl Count {
    /// Adds another count.
    pub fn add(&mut self, other: Count) {
        self.attacks += other.attacks;
        self.found += other.found;
        self.covered += other.covered;
        self.exact += other.exact;
    }

    /// The share of attacks found; 0 without attacks.
    pub fn recall(self) -> f64 {
        share(self.found, self.attacks)
    }

    /// The share of what was found that was found exactly; 0 when nothing was.
    pub fn exact_share(self) -> f64 {
        share(self.exact, self.found)
    }

    /// The share of what was found that was found whole; 0 when nothing was.
    pub fn covered_share(self) -> f64 {
        share(self.covered, self.found)
    }
}

fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// The figures of one recipe.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// Its name.
    pub recipe: String,
    /// What has to be undone.
    pub kinds: Vec<Kind>,
    /// The mildest level that promises to.
    pub level: Level,
    /// The family.
    pub family: Family,
    /// True for compositions.
    pub composed: bool,
    /// All attacks.
    pub total: Count,
    /// By severity.
    pub severities: BTreeMap<Severity, Count>,
    /// By the seeds' language.
    pub langs: BTreeMap<String, Count>,
}

impl Row {
    pub(crate) fn new(recipe: &Recipe) -> Self {
        Self {
            recipe: recipe.id().to_owned(),
            kinds: recipe.kinds(),
            level: recipe.level(),
            family: recipe.family(),
            composed: recipe.is_composed(),
            total: Count::default(),
            severities: BTreeMap::new(),
            langs: BTreeMap::new(),
        }
    }
}

/// The figures of a filter on a suite. Recipes that could change no seed are not in it.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// Seeds in the suite.
    pub seeds: usize,
    /// Seeds the filter finds undisguised, in one carrier at least.
    pub known_seeds: usize,
    /// Seeds in carriers.
    pub places: usize,
    /// Those that the filter finds undisguised.
    pub known_places: usize,
    /// False when the filter does not say where: `covered` and `exact` are then 0.
    pub has_places: bool,
    /// By recipe, in the order of the suite.
    pub rows: Vec<Row>,
}

impl Report {
    /// The mean of recall over single transforms up to `level`, each counting the same; case alone
    /// is not counted. With [`Level::Beyond`]: of those that no level promises.
    pub fn macro_recall(&self, level: Level) -> f64 {
        self.mean(|row| !row.composed && promised(row.level, level))
    }

    /// The same over compositions.
    pub fn composed_recall(&self, level: Level) -> f64 {
        self.mean(|row| row.composed && promised(row.level, level))
    }

    /// The mean of recall over the rows that are wanted; 0 when none are.
    pub fn mean(&self, wanted: impl Fn(&Row) -> bool) -> f64 {
        let (sum, n) = self
            .rows
            .iter()
            .filter(|row| wanted(row))
            .fold((0.0, 0_u32), |(sum, n), row| (sum + row.total.recall(), n + 1));
        if n == 0 { 0.0 } else { sum / f64::from(n) }
    }

    /// The counts of all rows that are wanted.
    pub fn sum(&self, wanted: impl Fn(&Row) -> bool) -> Count {
        let mut sum = Count::default();
        self.rows.iter().filter(|row| wanted(row)).for_each(|row| sum.add(row.total));
        sum
    }

    /// The row of a recipe.
    pub fn row(&self, recipe: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.recipe == recipe)
    }
}

/// True when `level` promises to undo what belongs to `row`.
fn promised(row: Level, level: Level) -> bool {
    match level {
        Level::Beyond => row == Level::Beyond,
        _ => (Level::Fold..=level).contains(&row),
    }
}

/// Lines, and how many of them were flagged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Flags {
    /// Lines looked at.
    pub lines: u64,
    /// Lines in which something was found.
    pub flagged: u64,
}

impl Flags {
    /// Flagged lines of 1,000.
    pub fn per_thousand(self) -> f64 {
        1000.0 * share(self.flagged, self.lines)
    }

    /// Flagged lines of 1,000 beyond those of a literal search for the same words.
    pub fn over(self, literal: Flags) -> f64 {
        self.per_thousand() - literal.per_thousand()
    }
}
