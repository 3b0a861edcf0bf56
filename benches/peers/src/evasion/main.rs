//! Disguises words and counts what Tamis and its peers still find, beside what they flag in
//! ordinary text.
//!
//! `make evasion-bench` installs the peers and runs it. `benches/README.md` says how it judges.

mod benign;
mod engines;
mod outside;
mod report;

use benign::Benign;
use engines::Engine;
use report::Measured;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::Instant;
use tamis_attack::{
    Carrier, Level, Recipe, Seed, Suite, compositions, drawn, run, run_innocent, singles,
};
use tamis_peers::machine;

/// So many compositions are drawn by chance.
const DRAWN: usize = 30;

/// A slow engine reads so many lines of each file.
const SLOW_LINES: usize = 1_000;

const HELP: &str = "\
evasion [--benign FOLDER] [--out FOLDER] [--number N] [--only NAME]…

  --benign FOLDER  JSON Lines of ordinary text: flags are counted on all lines
  --out FOLDER     where evasion.md and evasion.json go [default: benches/results]
  --number N       decides which letters and signs are taken [default: 1]
  --only NAME      run this engine only (repeatable)
";

struct Args {
    benign: Option<PathBuf>,
    out: PathBuf,
    number: u64,
    only: Vec<String>,
}

fn args() -> Result<Option<Args>, Box<dyn Error>> {
    let out = root().join("benches/results");
    let mut args = Args { benign: None, out, number: 1, only: Vec::new() };
    let mut given = std::env::args().skip(1);
    while let Some(flag) = given.next() {
        if flag == "--help" {
            return Ok(None);
        }
        let value = given.next().ok_or_else(|| format!("{flag} needs a value\n\n{HELP}"))?;
        match flag.as_str() {
            "--benign" => args.benign = Some(value.into()),
            "--out" => args.out = value.into(),
            "--number" => args.number = value.parse()?,
            "--only" => args.only.push(value),
            _ => return Err(format!("there is no {flag}\n\n{HELP}").into()),
        }
    }
    Ok(Some(args))
}

/// The repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn main() -> Result<(), Box<dyn Error>> {
    let Some(args) = args()? else {
        print!("{HELP}");
        return Ok(());
    };
    let seeds = seeds(&root().join("corpora/evasion-seeds.jsonl"))?;
    let words: Vec<String> = seeds.iter().map(|seed| seed.text.clone()).collect();
    let suite = Suite::new(seeds, Carrier::all(), recipes(args.number), args.number);
    let benign = Benign::read(args.benign.as_deref())?;
    let mut measured = Vec::new();
    for mut engine in engines::all(&words) {
        if args.only.is_empty() || args.only.contains(&engine.name().to_owned()) {
            measured.push(measure(&mut engine, &suite, &benign)?);
        }
    }
    std::fs::create_dir_all(&args.out)?;
    let machine = machine::describe();
    std::fs::write(
        args.out.join("evasion.md"),
        report::markdown(&measured, &suite, &benign, &machine),
    )?;
    let json = serde_json::to_string(&report::json(&measured, &suite, &benign, &machine))?;
    std::fs::write(args.out.join("evasion.json"), json + "\n")?;
    Ok(())
}

fn recipes(number: u64) -> Vec<Recipe> {
    let mut recipes = singles();
    recipes.extend(compositions());
    recipes.extend(drawn(DRAWN, Level::Standard, number));
    recipes
}

fn seeds(path: &Path) -> Result<Vec<Seed>, Box<dyn Error>> {
    #[derive(serde::Deserialize)]
    struct Row {
        text: String,
        lang: String,
    }
    let row = |line: &str| {
        let Row { text, lang } = serde_json::from_str(line)?;
        Ok(Seed::new(text, lang))
    };
    std::fs::read_to_string(path)?.lines().map(row).collect()
}

fn measure(
    engine: &mut Engine,
    suite: &Suite,
    benign: &Benign,
) -> Result<Measured, Box<dyn Error>> {
    let started = Instant::now();
    let name = engine.name().to_owned();
    eprintln!("{name}: attacks");
    let few = Suite { carriers: suite.carriers[..2].to_vec(), ..suite.clone() };
    let attacks = run(engine, if engine.is_slow() { &few } else { suite });
    eprintln!("{name}: the same on innocent words");
    // Two sentences are enough here: what is flagged is the disguise.
    let one = Suite { carriers: suite.carriers[..1].to_vec(), ..suite.clone() };
    let innocent = run_innocent(engine, if engine.is_slow() { &one } else { &few });
    let flagged = benign
        .sets
        .iter()
        .map(|set| {
            eprintln!("{name}: {}", set.name);
            let n = if engine.is_slow() { SLOW_LINES } else { usize::MAX };
            let lines = &set.lines[..n.min(set.lines.len())];
            let (flagged, beyond) = benign::flags(engine, lines);
            (set.name.clone(), flagged, beyond)
        })
        .collect();
    engine.check()?;
    eprintln!("{name}: done in {:.0} s", started.elapsed().as_secs_f64());
    Ok(Measured { name, version: engine.version().to_owned(), attacks, innocent, flagged })
}
