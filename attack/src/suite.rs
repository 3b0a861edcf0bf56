//! Seeds × carriers × recipes × severities.

use crate::attack::{Attack, Carrier, Seed};
use crate::recipe::Recipe;

/// Innocent words: disguised, they tell what a filter flags for the disguise alone.
pub const INNOCENT: &[&str] = &[
    "hello", "garden", "window", "kitchen", "morning", "bicycle", "sunlight", "football",
    "library", "teacher", "pancake", "weather", "holiday", "dentist", "blanket", "concert",
    "penguin", "village", "harvest", "lantern",
];

/// What is attacked, and how.
#[derive(Clone, Debug)]
pub struct Suite {
    /// What to disguise.
    pub seeds: Vec<Seed>,
    /// Where to put it.
    pub carriers: Vec<Carrier>,
    /// How to disguise it.
    pub recipes: Vec<Recipe>,
    /// Decides which letters and signs are taken.
    pub number: u64,
}

impl Suite {
    /// A suite of its parts.
    pub fn new(
        seeds: Vec<Seed>,
        carriers: Vec<Carrier>,
        recipes: Vec<Recipe>,
        number: u64,
    ) -> Self {
        Self { seeds, carriers, recipes, number }
    }

    /// The same attacks on innocent words.
    #[must_use]
    pub fn innocent(&self) -> Self {
        let seeds = INNOCENT.iter().map(|word| Seed::new(*word, "en")).collect();
        Self { seeds, ..self.clone() }
    }

    /// Every seed in every carrier that fits it.
    pub fn places(&self) -> Vec<(&Seed, &Carrier)> {
        let fitting =
            |seed| self.carriers.iter().filter(move |c| c.fits(seed)).map(move |c| (seed, c));
        self.seeds.iter().flat_map(fitting).collect()
    }

    /// The attacks of one recipe on some of the places. A seed is disguised the same way in all
    /// its carriers.
    pub fn attacks<'s>(
        &self,
        recipe: &'s Recipe,
        places: &[(&'s Seed, &'s Carrier)],
    ) -> Vec<Attack<'s>> {
        let (kinds, level, family) = (recipe.kinds(), recipe.level(), recipe.family());
        let mut attacks = Vec::new();
        for &severity in recipe.severities() {
            for &(seed, carrier) in places {
                let Some(disguise) = recipe.disguise(&seed.text, severity, self.number) else {
                    continue;
                };
                let (text, hole) = carrier.fill(&disguise.text);
                let shift = |range: std::ops::Range<usize>| {
                    range.start + hole.start..range.end + hole.start
                };
                attacks.push(Attack {
                    text,
                    span: shift(disguise.span),
                    outer: shift(disguise.outer),
                    seed,
                    carrier,
                    recipe: recipe.id(),
                    severity,
                    kinds: kinds.clone(),
                    level,
                    family,
                });
            }
        }
        attacks
    }
}
