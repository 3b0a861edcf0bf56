//! Two threads over one.

use crate::Args;
use crate::data::Data;
use crate::definitions::Problem;
use crate::engines::{self, Words};
use crate::measure::{median, ratio, spread};
use crate::rows::TargetResult;
use serde::{Deserialize, Serialize};
use std::hint::black_box;
use std::time::Instant;
use tamis::Ruleset;

/// Enough bytes that waking threads does not count.
const BYTES: usize = 2_800_000;

/// Seconds by number of threads.
#[derive(Deserialize, Serialize)]
pub struct Threads {
    /// MB/s of batches: texts, threads, figure.
    pub batches: Vec<(String, usize, f64)>,
    /// Numbers to reach.
    pub targets: Vec<TargetResult>,
}

/// Measures batches on one and on two threads, in turn.
pub fn measure(args: &Args, data: &mut Data<'_>) -> Result<Threads, Problem> {
    let list = data.list("w402")?;
    let ruleset: Ruleset =
        engines::policy("tamis-standard", &Words { list: &list, common: &[] })?.parse()?;
    let mut result = Threads { batches: Vec::new(), targets: Vec::new() };
    for texts in ["comments", "lines-en"] {
        let texts_read = data.some_texts(texts, BYTES)?;
        let bytes: usize = texts_read.iter().map(String::len).sum();
        let mut seconds = [Vec::new(), Vec::new()];
        let expected = ruleset.classify_batch_with(&texts_read, 1);
        for round in 0..=args.rounds {
            for at in [round % 2, 1 - round % 2] {
                let begin = Instant::now();
                let batch = black_box(ruleset.classify_batch_with(black_box(&texts_read), at + 1));
                // The first round starts the threads.
                if round > 0 {
                    seconds[at].push(begin.elapsed().as_secs_f64());
                }
                assert_eq!(batch.actions(), expected.actions(), "threads change a verdict");
            }
        }
        for (at, times) in seconds.iter().enumerate() {
            result.batches.push((texts.to_owned(), at + 1, bytes as f64 / median(times) / 1e6));
        }
        result.targets.push(TargetResult {
            design: format!("two threads over one, Rust, {texts}"),
            figure: Some(ratio(&seconds[1], &seconds[0])),
            quartiles: Some(spread(&seconds[1], &seconds[0])),
            floor: 1.8,
            aim: 1.95,
            at_most: false,
            unit: "×".to_owned(),
            row: "threads".to_owned(),
        });
    }
    Ok(result)
}
