//! Families of texts made to be slow: throughput, growth, and beside an automaton.

use crate::Args;
use crate::data::Data;
use crate::definitions::Problem;
use crate::engines::{self, Engine, Words};
use crate::measure::median;
use crate::rows::TargetResult;
use cpu_time::ThreadTime;
use serde::{Deserialize, Serialize};
use std::hint::black_box;
use tamis_benches::hostile::FAMILIES;

/// Sizes of a text, in bytes.
pub const SIZES: &[usize] = &[10_000, 100_000, 1_000_000, 10_000_000];
/// The realistic policy reads no larger ones.
const REALISTIC: usize = 1_000_000;
/// A chat message of a family.
const SHORT: usize = 200;
/// So many of them.
const MESSAGES: usize = 500;
/// Repetitions: the smallest texts are read more often, and the median is taken.
const ROUNDS: usize = 5;
/// The policy under attack, and the one a careful community has.
const ENGINES: &[&str] = &["tamis-standard", "tamis-realistic"];

/// All families.
#[derive(Deserialize, Serialize)]
pub struct Hostile {
    /// By family; after them `prose`.
    pub families: Vec<FamilyResult>,
    /// Numbers to reach.
    pub targets: Vec<TargetResult>,
}

/// One family.
#[derive(Clone, Deserialize, Serialize)]
pub struct FamilyResult {
    /// Its name.
    pub name: String,
    /// What it is meant to hurt.
    pub what: String,
    /// Whether a verdict on 1 MB said that a limit was reached.
    pub saturated: bool,
    /// MB/s by size, 402 words at `standard`.
    pub standard: Vec<(usize, f64)>,
    /// The same with the realistic policy.
    pub realistic: Vec<(usize, f64)>,
    /// MB/s over messages of 200 bytes, 402 words at `standard`.
    pub messages: f64,
    /// MB/s of the contiguous NFA on 1 MB.
    pub nfa: f64,
    /// The exponent of time from the smallest to the largest size.
    pub exponent: f64,
}

/// Measures them.
pub fn measure(args: &Args, data: &mut Data<'_>) -> Result<Hostile, Problem> {
    let list = data.list("w402")?;
    let more = data.list("w2600")?;
    let common = data.list("common10k")?;
    let words = Words { list: &list, common: &common };
    let mut standard = built(ENGINES[0], &words)?;
    let mut realistic = built(ENGINES[1], &Words { list: &more, common: &common })?;
    let mut nfa = built("aho-corasick-nfa", &words)?;
    let ruleset: tamis::Ruleset = engines::policy(ENGINES[0], &words)?.parse()?;
    let mut families = Vec::new();
    for family in FAMILIES.iter().filter(|family| args.wants(family.name)) {
        eprintln!("hostile: {}", family.name);
        let text = |bytes| family.text(bytes, &list);
        families.push(one(
            family.name,
            family.what,
            &text,
            &mut [&mut *standard, &mut *realistic, &mut *nfa],
            &ruleset,
            args.most,
        ));
    }
    let prose = data.texts("comments")?.join("\n");
    let text = |bytes: usize| {
        let mut text = prose.repeat(bytes.div_ceil(prose.len()));
        text.truncate(text.floor_char_boundary(bytes));
        text
    };
    families.push(one(
        "prose",
        "comments, for comparison",
        &text,
        &mut [&mut *standard, &mut *realistic, &mut *nfa],
        &ruleset,
        args.most,
    ));
    let targets = targets(&families);
    Ok(Hostile { families, targets })
}

fn built(name: &str, words: &Words<'_>) -> Result<Box<dyn Engine>, Problem> {
    Ok(engines::build(name, words)?.ok_or("an engine is missing")?)
}

fn one(
    name: &str,
    what: &str,
    text: &dyn Fn(usize) -> String,
    engines: &mut [&mut dyn Engine; 3],
    ruleset: &tamis::Ruleset,
    most: usize,
) -> FamilyResult {
    let [standard, realistic, nfa] = engines;
    let mut result = FamilyResult {
        name: name.to_owned(),
        what: what.to_owned(),
        saturated: false,
        standard: Vec::new(),
        realistic: Vec::new(),
        messages: 0.0,
        nfa: 0.0,
        exponent: 0.0,
    };
    let mut seconds = Vec::new();
    for &size in SIZES.iter().filter(|size| **size <= most) {
        let texts = [text(size)];
        let bytes = texts[0].len();
        let took = time(*standard, &texts);
        seconds.push((bytes as f64, took));
        result.standard.push((bytes, bytes as f64 / took / 1e6));
        if size <= REALISTIC {
            result.realistic.push((bytes, bytes as f64 / time(*realistic, &texts) / 1e6));
        }
        if size == 1_000_000 {
            result.nfa = bytes as f64 / time(*nfa, &texts) / 1e6;
        }
        if size == 1_000_000 {
            result.saturated = ruleset.classify(texts[0].as_str()).as_ref().saturated();
        }
    }
    let messages = vec![text(SHORT); MESSAGES];
    let bytes: usize = messages.iter().map(String::len).sum();
    result.messages = bytes as f64 / time(*standard, &messages) / 1e6;
    result.exponent = exponent(&seconds);
    result
}

/// The median of a few rounds; a text that takes seconds is read once.
fn time(engine: &mut dyn Engine, texts: &[String]) -> f64 {
    let once = |engine: &mut dyn Engine| {
        let begin = ThreadTime::now();
        black_box(engine.run(black_box(texts)));
        begin.elapsed().as_secs_f64().max(1e-7)
    };
    let first = once(engine);
    if first > 1.0 {
        return first;
    }
    let passes = (0.003 / first).ceil().clamp(1.0, 1e5) as usize;
    let rounds = (0..ROUNDS).map(|_| {
        let begin = ThreadTime::now();
        for _ in 0..passes {
            black_box(engine.run(black_box(texts)));
        }
        begin.elapsed().as_secs_f64() / passes as f64
    });
    median(&rounds.collect::<Vec<_>>())
}

/// The exponent of growth between the first and the last.
fn exponent(points: &[(f64, f64)]) -> f64 {
    let ((small, fast), (large, slow)) = (points[0], points[points.len() - 1]);
    (slow / fast).ln() / (large / small).ln()
}

fn targets(families: &[FamilyResult]) -> Vec<TargetResult> {
    let hostile = || families.iter().filter(|family| family.name != "prose");
    let slowest = |of: &dyn Fn(&FamilyResult) -> f64| {
        hostile().map(|f| (of(f), f)).min_by(|a, b| a.0.total_cmp(&b.0))
    };
    let least =
        |family: &FamilyResult| family.standard.iter().map(|s| s.1).fold(f64::INFINITY, f64::min);
    let at_1mb = |family: &FamilyResult| family.standard.get(2).map_or(f64::NAN, |s| s.1);
    let named =
        |what: &str, found: Option<(f64, &FamilyResult)>, floor, aim, at_most, unit: &str| {
            TargetResult {
                design: match found {
                    Some((_, family)) => format!("{what}: {}", family.name),
                    None => what.to_owned(),
                },
                figure: found.map(|(figure, _)| figure),
                quartiles: None,
                floor,
                aim,
                at_most,
                unit: unit.to_owned(),
                row: "hostile".to_owned(),
            }
        };
    let steepest = hostile().map(|f| (f.exponent, f)).max_by(|a, b| a.0.total_cmp(&b.0));
    let prose = families.iter().find(|family| family.name == "prose").map_or(f64::NAN, at_1mb);
    vec![
        named("worst hostile family, any size", slowest(&least), 40.0, 100.0, false, "MB/s"),
        named(
            "worst hostile family in messages of 200 bytes",
            slowest(&|f| f.messages),
            40.0,
            100.0,
            false,
            "MB/s",
        ),
        named(
            "worst hostile family over aho-corasick contiguous NFA on it",
            slowest(&|f| at_1mb(f) / f.nfa),
            0.3,
            0.3,
            false,
            "×",
        ),
        named(
            "steepest growth of time from 10 kB to the largest text, exponent",
            steepest,
            1.05,
            1.05,
            true,
            "",
        ),
        named(
            "worst hostile family over prose (reported)",
            slowest(&|f| at_1mb(f) / prose),
            0.0,
            0.0,
            false,
            "×",
        ),
        named(
            "the realistic policy on the worst hostile family (reported)",
            slowest(&|f| f.realistic.iter().map(|s| s.1).fold(f64::INFINITY, f64::min)),
            0.0,
            0.0,
            false,
            "MB/s",
        ),
    ]
}
