//! Tries a filter on attacks.

use crate::attack::{Attack, Carrier, Seed};
use crate::report::{Count, Flags, Report, Row};
use crate::suite::Suite;
use std::ops::Range;

/// Something that finds words in texts.
pub trait Filter {
    /// The places found, in bytes; anything that is not empty when the filter knows no places.
    fn find(&mut self, text: &str) -> Vec<Range<usize>>;

    /// The places found in many texts, for filters that are faster with many at once.
    fn find_all(&mut self, texts: &[String]) -> Vec<Vec<Range<usize>>> {
        texts.iter().map(|text| self.find(text)).collect()
    }

    /// False when it only says that there is something: places are then not judged.
    fn has_places(&self) -> bool {
        true
    }
}

/// Stands in the hole of a carrier to see whether the carrier alone is flagged.
const NOTHING: &str = "something";

/// Measures `filter` on `suite`.
///
/// Only seeds that it finds undisguised in the same carrier count, and a carrier that it flags
/// with an innocent word in the hole is left out. Time and memory are those of one recipe's texts
/// at a time.
pub fn run(filter: &mut impl Filter, suite: &Suite) -> Report {
    let places = suite.places();
    let innocent: Vec<String> = places.iter().map(|(_, c)| c.fill(NOTHING).0).collect();
    let (plain, holes): (Vec<String>, Vec<_>) =
        places.iter().map(|(seed, carrier)| carrier.fill(&seed.text)).unzip();
    let flagged = filter.find_all(&innocent);
    let found = filter.find_all(&plain);
    let sees = filter.has_places();
    let overlaps = |found: &[Range<usize>], hole: &Range<usize>| {
        found.iter().any(|f| !sees || f.start < hole.end && hole.start < f.end)
    };
    let known: Vec<(&Seed, &Carrier)> = (0..places.len())
        .filter(|&i| flagged[i].is_empty() && overlaps(&found[i], &holes[i]))
        .map(|i| places[i])
        .collect();
    let mut seeds: Vec<&str> = known.iter().map(|(seed, _)| seed.text.as_str()).collect();
    seeds.dedup();
    Report {
        seeds: suite.seeds.len(),
        known_seeds: seeds.len(),
        places: places.len(),
        known_places: known.len(),
        has_places: sees,
        rows: rows(filter, suite, &known),
    }
}

/// The same transforms on innocent words (see [`Suite::innocent`]): what counts as found here is
/// flagged for its disguise.
pub fn run_innocent(filter: &mut impl Filter, suite: &Suite) -> Report {
    let suite = suite.innocent();
    let places = suite.places();
    let plain: Vec<String> = places.iter().map(|(seed, c)| c.fill(&seed.text).0).collect();
    let found = filter.find_all(&plain);
    let silent = places.iter().zip(found).filter(|(_, found)| found.is_empty());
    let known: Vec<(&Seed, &Carrier)> = silent.map(|(place, _)| *place).collect();
    Report {
        seeds: suite.seeds.len(),
        known_seeds: suite.seeds.len(),
        places: places.len(),
        known_places: known.len(),
        has_places: filter.has_places(),
        rows: rows(filter, &suite, &known),
    }
}

fn rows(filter: &mut impl Filter, suite: &Suite, known: &[(&Seed, &Carrier)]) -> Vec<Row> {
    let mut rows = Vec::new();
    for recipe in &suite.recipes {
        let attacks = suite.attacks(recipe, known);
        if attacks.is_empty() {
            continue;
        }
        let texts: Vec<String> = attacks.iter().map(|attack| attack.text.clone()).collect();
        let found = filter.find_all(&texts);
        let mut row = Row::new(recipe);
        for (attack, found) in attacks.iter().zip(&found) {
            let count = judge(attack, found, filter.has_places());
            row.total.add(count);
            row.severities.entry(attack.severity).or_default().add(count);
            row.langs.entry(attack.seed.lang.clone()).or_default().add(count);
        }
        rows.push(row);
    }
    rows
}

fn judge(attack: &Attack<'_>, found: &[Range<usize>], sees: bool) -> Count {
    if !sees {
        return Count { attacks: 1, found: found.len().min(1) as u64, ..Count::default() };
    }
    let any = |judge: &dyn Fn(&Range<usize>) -> bool| u64::from(found.iter().any(judge));
    Count {
        attacks: 1,
        found: any(&|f| attack.is_touched(f)),
        covered: any(&|f| attack.is_covered(f)),
        exact: any(&|f| attack.is_exact(f)),
    }
}

/// How many of `lines` the filter flags.
pub fn flags(filter: &mut impl Filter, lines: &[String]) -> Flags {
    let flagged = filter.find_all(lines).iter().filter(|found| !found.is_empty()).count();
    Flags { lines: lines.len() as u64, flagged: flagged as u64 }
}
