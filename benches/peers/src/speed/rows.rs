//! The rows: engines side by side on one set of texts with one list.

use crate::data::{Data, digest};
use crate::definitions::{Definitions, Problem, Row, Target};
use crate::engines::{self, Engine, Found, Words};
use crate::expected::Expected;
use crate::measure::{in_turn, median, ratio, spread};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::Instant;

/// A measured row.
#[derive(Deserialize, Serialize)]
pub struct RowResult {
    /// Its name.
    pub name: String,
    /// The name of the texts.
    pub texts: String,
    /// How many.
    pub n: usize,
    /// Their bytes.
    pub bytes: usize,
    /// The name of the list.
    pub list: String,
    /// How many words.
    pub words: usize,
    /// By engine.
    pub engines: Vec<EngineResult>,
    /// The numbers to reach.
    pub targets: Vec<TargetResult>,
}

/// A measured engine.
#[derive(Deserialize, Serialize)]
pub struct EngineResult {
    /// Its name.
    pub engine: String,
    /// Texts with a hit; a few engines tell nothing else.
    pub flagged: u64,
    /// Hits.
    pub matches: u64,
    /// Millions of bytes a second, the median round.
    pub mb_per_s: f64,
    /// Texts a second, the median round.
    pub texts_per_s: f64,
    /// The median of: time of this engine over time of the first, in the same round.
    pub times_first: f64,
    /// Building it.
    #[serde(default)]
    pub build_ms: f64,
    /// Seconds to read all texts once, by round.
    pub seconds: Vec<f64>,
}

/// A number to reach, and the figure.
#[derive(Clone, Deserialize, Serialize)]
pub struct TargetResult {
    /// The row of the table of numbers.
    pub design: String,
    /// What was measured; none when it could not be.
    pub figure: Option<f64>,
    /// The quartiles of the rounds, where there are rounds.
    pub quartiles: Option<(f64, f64)>,
    /// The floor.
    pub floor: f64,
    /// The aim.
    pub aim: f64,
    /// Less is better.
    pub at_most: bool,
    /// The unit.
    pub unit: String,
    /// Where the figure comes from.
    pub row: String,
}

/// Measures a row; the figures of engines that are not built in are left out.
pub fn measure(
    row: &Row,
    rounds: usize,
    definitions: &Definitions,
    data: &mut Data<'_>,
    expected: &mut Expected,
) -> Result<RowResult, Problem> {
    let texts = data.some_texts(&row.texts, row.bytes)?;
    let list = data.list(&row.list)?;
    let common = data.list("common10k")?;
    let words = Words { list: &list, common: &common };
    let digest = digest(texts.iter().chain(list.iter()));
    eprintln!("{}: {} texts, {} words", row.name, texts.len(), list.len());
    let mut built: Vec<(String, Box<dyn Engine>, Found)> = Vec::new();
    let mut build_ms = Vec::new();
    for name in &row.engines {
        let begin = Instant::now();
        let Some(mut engine) = engines::build(name, &words)? else { continue };
        build_ms.push(begin.elapsed().as_secs_f64() * 1e3);
        let found = engine.run(&texts);
        expected.check(&row.name, name, &digest, found)?;
        built.push((name.clone(), engine, found));
    }
    agree(&row.name, &built, definitions)?;
    let seconds = in_turn(&mut built, &texts, rounds);
    let bytes: usize = texts.iter().map(String::len).sum();
    let engines =
        built.iter().zip(&seconds).zip(build_ms).map(|(((name, _, found), times), ms)| {
            EngineResult {
                engine: name.clone(),
                flagged: found.flagged,
                matches: found.matches,
                mb_per_s: bytes as f64 / median(times) / 1e6,
                texts_per_s: texts.len() as f64 / median(times),
                times_first: ratio(&seconds[0], times),
                build_ms: ms,
                seconds: times.clone(),
            }
        });
    let engines: Vec<EngineResult> = engines.collect();
    let targets = row.target.iter().map(|t| target(t, &row.name, &engines)).collect();
    Ok(RowResult {
        name: row.name.clone(),
        texts: row.texts.clone(),
        n: texts.len(),
        bytes,
        list: row.list.clone(),
        words: list.len(),
        engines,
        targets,
    })
}

/// Engines that look for the same must find the same, and a higher level must flag what a lower
/// one does.
fn agree(
    row: &str,
    built: &[(String, Box<dyn Engine>, Found)],
    definitions: &Definitions,
) -> Result<(), Problem> {
    let mut by_kind: BTreeMap<&str, (&str, Found)> = BTreeMap::new();
    for (name, _, found) in built {
        let Some(kind) = &definitions.engines[name].finds else { continue };
        let (first, known) = *by_kind.entry(kind).or_insert((name, *found));
        if (known.flagged, known.matches) != (found.flagged, found.matches) {
            return Err(format!(
                "{row}: {name} flagged {} texts with {} hits, {first} {} with {}",
                found.flagged, found.matches, known.flagged, known.matches
            )
            .into());
        }
    }
    let levels = ["tamis-exact", "tamis-fold", "tamis-standard", "tamis-strong"];
    let flagged = |level: &str| built.iter().find(|(name, ..)| name == level).map(|b| b.2.flagged);
    let flagged: Vec<u64> = levels.into_iter().filter_map(flagged).collect();
    if !flagged.is_sorted() {
        return Err(format!("{row}: a higher level flags fewer texts: {flagged:?}").into());
    }
    Ok(())
}

/// The figure of a target.
pub fn target(target: &Target, row: &str, engines: &[EngineResult]) -> TargetResult {
    let of = |name: &str| engines.iter().find(|engine| engine.engine == name);
    let engine = of(&target.engine);
    let (figure, quartiles, unit) = match &target.over {
        None => (engine.map(|engine| engine.mb_per_s), None, "MB/s"),
        Some(over) => {
            let pair = engine.zip(of(over)).map(|(engine, over)| {
                let (mine, other) = (&engine.seconds, &over.seconds);
                if target.at_most {
                    (ratio(other, mine), spread(other, mine))
                } else {
                    (ratio(mine, other), spread(mine, other))
                }
            });
            (pair.map(|(figure, _)| figure), pair.map(|(_, spread)| spread), "×")
        }
    };
    TargetResult {
        design: target.design.clone(),
        figure,
        quartiles,
        floor: target.floor,
        aim: target.aim,
        at_most: target.at_most,
        unit: unit.to_owned(),
        row: row.to_owned(),
    }
}
