//! How cost grows: with the number of patterns, and with the length of a text.

use crate::Args;
use crate::data::Data;
use crate::definitions::Problem;
use crate::engines::{self, Engine, Words};
use crate::measure::in_turn;
use crate::measure::median;
use serde::{Deserialize, Serialize};
use std::time::Instant;
use tamis::Ruleset;

/// Numbers of patterns.
const PATTERNS: &[usize] = &[100, 316, 1_000, 3_162, 10_000, 31_623, 100_000];
/// Bytes of a text.
const LENGTHS: &[usize] = &[10, 32, 100, 316, 1_000, 10_000, 100_000, 1_000_000, 10_000_000];
/// Bytes of text read a round.
const BYTES: usize = 400_000;
/// The engines.
const ENGINES: &[&str] = &[
    "tamis-standard",
    "tamis-exact",
    "hyperscan",
    "aho-corasick-nfa",
    "aho-corasick-dfa",
    "daachorse",
];
/// A DFA of more patterns takes gigabytes.
const DFA_PATTERNS: usize = 10_000;

/// Everything that grows.
#[derive(Deserialize, Serialize)]
pub struct Growth {
    /// By number of patterns.
    pub patterns: Vec<Patterns>,
    /// By length of a text, with 402 words.
    pub lengths: Vec<Length>,
}

/// Figures for so many patterns.
#[derive(Deserialize, Serialize)]
pub struct Patterns {
    /// How many.
    pub n: usize,
    /// MB/s over 31-byte lines, by engine.
    pub mb_per_s: Vec<(String, f64)>,
    /// Milliseconds to compile them, from YAML, by engine.
    pub build_ms: Vec<(String, f64)>,
    /// Milliseconds to load them compiled, at `standard`.
    pub load_ms: Option<f64>,
    /// Bytes of memory, at `standard`.
    pub memory: usize,
    /// Bytes of the compiled ruleset.
    pub compiled: Option<usize>,
}

/// Figures for texts of one length.
#[derive(Deserialize, Serialize)]
pub struct Length {
    /// Bytes of a text.
    pub bytes: usize,
    /// MB/s, by engine.
    pub mb_per_s: Vec<(String, f64)>,
}

/// Measures both.
pub fn measure(args: &Args, data: &mut Data<'_>) -> Result<Growth, Problem> {
    let rounds = args.rounds.min(7);
    Ok(Growth { patterns: patterns(rounds, data)?, lengths: lengths(rounds, data)? })
}

fn patterns(rounds: usize, data: &mut Data<'_>) -> Result<Vec<Patterns>, Problem> {
    let all = data.list("w100k")?;
    let texts = data.some_texts("lines-en", BYTES)?;
    let bytes: usize = texts.iter().map(String::len).sum();
    let mut results = Vec::new();
    for &n in PATTERNS {
        // Every so many words: a list of n has frequent and rare ones alike.
        let list: Vec<String> =
            all.iter().step_by((all.len() / n).max(1)).take(n).cloned().collect();
        eprintln!("growth: {} patterns", list.len());
        let words = Words { list: &list, common: &[] };
        let mut built = Vec::new();
        let mut build_ms = Vec::new();
        for &name in ENGINES {
            if name == "aho-corasick-dfa" && n > DFA_PATTERNS {
                continue;
            }
            let begin = Instant::now();
            let Some(mut engine) = engines::build(name, &words)? else { continue };
            build_ms.push((name.to_owned(), begin.elapsed().as_secs_f64() * 1e3));
            let found = engine.run(&texts);
            built.push((name.to_owned(), engine, found));
        }
        let mb_per_s = rates(&mut built, &texts, bytes, rounds);
        let ruleset: Ruleset = engines::policy("tamis-standard", &words)?.parse()?;
        let memory = ruleset.memory_usage();
        let (load_ms, compiled) = crate::load::loading(&ruleset);
        results.push(Patterns { n, mb_per_s, build_ms, load_ms, memory, compiled });
    }
    Ok(results)
}

fn lengths(rounds: usize, data: &mut Data<'_>) -> Result<Vec<Length>, Problem> {
    let list = data.list("w402")?;
    let prose = data.texts("comments")?.join(" ");
    let words = Words { list: &list, common: &[] };
    let mut results = Vec::new();
    for &length in LENGTHS {
        eprintln!("growth: texts of {length} bytes");
        let texts = cut(&prose, length, BYTES.max(length));
        let bytes: usize = texts.iter().map(String::len).sum();
        let mut built = Vec::new();
        for &name in ENGINES {
            let Some(mut engine) = engines::build(name, &words)? else { continue };
            let found = engine.run(&texts);
            built.push((name.to_owned(), engine, found));
        }
        let rounds = if length > 1_000_000 { 3 } else { rounds };
        results.push(Length { bytes: length, mb_per_s: rates(&mut built, &texts, bytes, rounds) });
    }
    Ok(results)
}

/// Prose in texts of one length.
fn cut(prose: &str, length: usize, total: usize) -> Vec<String> {
    let prose = prose.repeat(total.div_ceil(prose.len()));
    let mut texts = Vec::new();
    let mut rest = prose.as_str();
    let mut sum = 0;
    while sum < total && rest.len() >= length {
        let (text, more) = rest.split_at(rest.floor_char_boundary(length).max(1));
        texts.push(text.to_owned());
        sum += text.len();
        rest = more;
    }
    texts
}

fn rates(
    built: &mut [(String, Box<dyn Engine>, engines::Found)],
    texts: &[String],
    bytes: usize,
    rounds: usize,
) -> Vec<(String, f64)> {
    let seconds = in_turn(built, texts, rounds);
    let names = built.iter().map(|(name, ..)| name.clone());
    names.zip(seconds.iter().map(|times| bytes as f64 / median(times) / 1e6)).collect()
}
