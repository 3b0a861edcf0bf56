//! Time, engine after engine, round after round: that of this thread on a processor, so that what
//! else the machine does counts for little.

use crate::engines::{Engine, Found};
use cpu_time::ThreadTime;
use std::hint::black_box;

/// A round of an engine takes at least so long: it reads the texts so often.
const ROUND_SECONDS: f64 = 0.02;

/// Seconds that an engine took to read all texts once, by round.
pub type Rounds = Vec<f64>;

/// Lets the engines read the texts in turn, `rounds` times; each begins every round once in a
/// while. What they find must stay the same.
///
/// # Panics
/// When an engine finds something else than before.
pub fn in_turn(
    engines: &mut [(String, Box<dyn Engine>, Found)],
    texts: &[String],
    rounds: usize,
) -> Vec<Rounds> {
    let mut times = vec![Vec::with_capacity(rounds); engines.len()];
    let passes: Vec<u32> = engines
        .iter_mut()
        .map(|(_, engine, _)| {
            let begin = ThreadTime::now();
            black_box(engine.run(black_box(texts)));
            (ROUND_SECONDS / begin.elapsed().as_secs_f64().max(1e-7)).ceil().clamp(1.0, 1e6) as u32
        })
        .collect();
    for round in 0..rounds {
        for turn in 0..engines.len() {
            let at = (round + turn) % engines.len();
            let (name, engine, expected) = &mut engines[at];
            let begin = ThreadTime::now();
            for _ in 0..passes[at] {
                let found = black_box(engine.run(black_box(texts)));
                assert_eq!(found, *expected, "{name} found something else this time");
            }
            times[at].push(begin.elapsed().as_secs_f64() / f64::from(passes[at]));
        }
    }
    times
}

/// The middle value.
pub fn median(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    let half = values.len() / 2;
    match values.len() {
        0 => f64::NAN,
        n if n % 2 == 1 => values[half],
        _ => f64::midpoint(values[half - 1], values[half]),
    }
}

/// The median of the ratios `over / of`, round by round.
pub fn ratio(of: &[f64], over: &[f64]) -> f64 {
    let ratios: Vec<f64> = of.iter().zip(over).map(|(of, over)| over / of).collect();
    median(&ratios)
}

/// The quartiles of the same.
pub fn spread(of: &[f64], over: &[f64]) -> (f64, f64) {
    let mut ratios: Vec<f64> = of.iter().zip(over).map(|(of, over)| over / of).collect();
    ratios.sort_by(f64::total_cmp);
    let at = |share: f64| ratios[((ratios.len() - 1) as f64 * share).round() as usize];
    (at(0.25), at(0.75))
}
