//! What a policy costs before the first text: compiling it, and loading it compiled.

use crate::Args;
use crate::data::Data;
use crate::definitions::Problem;
use crate::engines::{self, Words};
use crate::measure::median;
use crate::rows::TargetResult;
use serde::{Deserialize, Serialize};
use std::hint::black_box;
use std::time::Instant;
use tamis::Ruleset;

/// Milliseconds and bytes.
#[derive(Deserialize, Serialize)]
pub struct Load {
    /// By policy.
    pub policies: Vec<PolicyLoad>,
    /// Numbers to reach.
    pub targets: Vec<TargetResult>,
}

/// One policy.
#[derive(Clone, Deserialize, Serialize)]
pub struct PolicyLoad {
    /// What it is.
    pub name: String,
    /// Bytes of YAML.
    pub source: usize,
    /// Milliseconds from YAML to ruleset.
    pub compile_ms: f64,
    /// Milliseconds from bytes to ruleset.
    pub load_ms: Option<f64>,
    /// Bytes of the compiled ruleset.
    pub compiled: Option<usize>,
    /// Bytes of memory.
    pub memory: usize,
}

/// Measures them.
pub fn measure(args: &Args, data: &mut Data<'_>) -> Result<Load, Problem> {
    let common = data.list("common10k")?;
    let mut policies = Vec::new();
    for (what, engine, list) in [
        ("10,000 common words at standard", "tamis-standard", "common10k"),
        ("10,000 rare words at standard", "tamis-standard", "rare10k"),
        ("10,000 rare words at strong", "tamis-strong", "rare10k"),
        ("10,000 rare words, a rule each", "tamis-standard-rules", "rare10k"),
        ("402 words at standard", "tamis-standard", "w402"),
        ("realistic, 500 rules", "tamis-realistic", "w2600"),
    ] {
        eprintln!("load: {what}");
        let list = data.list(list)?;
        let source = engines::policy(engine, &Words { list: &list, common: &common })?;
        let ruleset: Ruleset = source.parse()?;
        let rounds = (0..args.rounds.min(7)).map(|_| {
            let begin = Instant::now();
            black_box(black_box(&source).parse::<Ruleset>()).map(drop)?;
            Ok(begin.elapsed().as_secs_f64() * 1e3)
        });
        let rounds: Vec<f64> = rounds.collect::<Result<_, Problem>>()?;
        let (load_ms, compiled) = loading(&ruleset);
        policies.push(PolicyLoad {
            name: what.to_owned(),
            source: source.len(),
            compile_ms: median(&rounds),
            load_ms,
            compiled,
            memory: ruleset.memory_usage(),
        });
    }
    let worst = |of: &dyn Fn(&PolicyLoad) -> Option<f64>| {
        policies[..2].iter().filter_map(of).reduce(f64::max)
    };
    let target = |design: &str, figure, floor, aim| TargetResult {
        design: design.to_owned(),
        figure,
        quartiles: None,
        floor,
        aim,
        at_most: true,
        unit: "ms".to_owned(),
        row: "load".to_owned(),
    };
    let targets = vec![
        target("compile 10,000 words at standard", worst(&|p| Some(p.compile_ms)), 200.0, 80.0),
        target("load 10,000 words compiled", worst(&|p| p.load_ms), 10.0, 2.0),
    ];
    Ok(Load { policies, targets })
}

/// Milliseconds to load a ruleset compiled, and its bytes.
///
/// # Panics
/// When the bytes do not load.
pub fn loading(ruleset: &Ruleset) -> (Option<f64>, Option<usize>) {
    let bytes = ruleset.to_bytes();
    let rounds = (0..7).map(|_| {
        let begin = Instant::now();
        let loaded = black_box(Ruleset::from_bytes(black_box(&bytes)));
        let took = begin.elapsed().as_secs_f64() * 1e3;
        let loaded = loaded.unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(loaded.fingerprint(), ruleset.fingerprint());
        took
    });
    (Some(median(&rounds.collect::<Vec<_>>())), Some(bytes.len()))
}
