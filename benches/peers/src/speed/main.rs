//! Tamis beside other matchers: how fast, how that grows, and how far from the numbers to reach.
//!
//! `make speed-bench` runs all of it. `benches/README.md` says how it measures, `BIAS.md` what to
//! mind.

mod data;
mod definitions;
mod engines;
mod expected;
mod export;
mod growth;
mod hostile;
mod load;
mod measure;
mod plots;
mod quality;
mod report;
mod results;
mod rows;
mod threads;

use data::Data;
use definitions::{Definitions, Problem, root};
use expected::Expected;
use results::Results;
use std::path::PathBuf;

const HELP: &str = "\
speed [PART…] [--corpora FOLDER] [--out FOLDER] [--rounds N] [--only NAME]… [--record]

Parts, all but `export` when none is named:
  rows      engines side by side
  hostile   families of texts made to be slow
  growth    with the number of patterns and the length of texts
  threads   two threads over one
  load      compiling 10,000 words, and loading them compiled
  quality   the rows of the table that are not about speed
  report    speed.md and the plots from what was measured before
  export    writes texts, lists and policies to FOLDER for python/speed.py

  --corpora FOLDER  real corpora; without them the project's own stand in
  --out FOLDER      where results go [default: benches/results]
  --rounds N        how often the engines take turns [default: 11]
  --only NAME       this row or family only (repeatable)
  --most BYTES      the largest hostile text, at least 1,000,000 [default: 10,000,000]
  --record          take the counts of hits as they are found now
";

/// What was asked for.
pub struct Args {
    parts: Vec<String>,
    corpora: Option<PathBuf>,
    out: PathBuf,
    rounds: usize,
    only: Vec<String>,
    record: bool,
    most: usize,
}

const PARTS: &[&str] =
    &["rows", "hostile", "growth", "threads", "load", "quality", "report", "export"];

fn args() -> Result<Option<Args>, Problem> {
    let mut args = Args {
        parts: Vec::new(),
        corpora: None,
        out: root().join("benches/results"),
        rounds: 11,
        only: Vec::new(),
        record: false,
        most: 10_000_000,
    };
    let mut given = std::env::args().skip(1);
    while let Some(word) = given.next() {
        let mut value = || given.next().ok_or_else(|| format!("{word} needs a value\n\n{HELP}"));
        match word.as_str() {
            "--help" => return Ok(None),
            "--corpora" => args.corpora = Some(value()?.into()),
            "--out" => args.out = value()?.into(),
            "--rounds" => args.rounds = value()?.parse()?,
            "--only" => args.only.push(value()?),
            "--most" => args.most = value()?.parse()?,
            "--record" => args.record = true,
            part if PARTS.contains(&part) => args.parts.push(word),
            _ => return Err(format!("there is no {word}\n\n{HELP}").into()),
        }
    }
    if args.parts.is_empty() {
        let all = PARTS.iter().filter(|part| **part != "export");
        args.parts = all.map(|&part| part.to_owned()).collect();
    }
    Ok(Some(args))
}

impl Args {
    fn wants(&self, name: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| only == name)
    }
}

fn main() -> Result<(), Problem> {
    let Some(args) = args()? else {
        print!("{HELP}");
        return Ok(());
    };
    let definitions = Definitions::read()?;
    let mut data = Data::new(&definitions, args.corpora.as_deref());
    let mut results = Results::read(&args.out)?;
    results.begin(data.is_real());
    for part in &args.parts {
        match part.as_str() {
            "rows" => rows(&args, &definitions, &mut data, &mut results)?,
            "hostile" => results.set_hostile(hostile::measure(&args, &mut data)?),
            "growth" => results.set_growth(growth::measure(&args, &mut data)?),
            "threads" => results.set_threads(threads::measure(&args, &mut data)?),
            "load" => results.set_load(load::measure(&args, &mut data)?),
            "quality" => results.set_quality(quality::measure(&mut data)?),
            "export" => export::write(&args.out, &definitions, &mut data)?,
            _ => {}
        }
        if part != "export" && part != "report" {
            results.write(&args.out)?;
        }
    }
    if args.parts.iter().all(|part| part == "export") {
        return Ok(());
    }
    results.read_python(&args.out, &definitions)?;
    results.write(&args.out)?;
    plots::write(&args.out, &results)?;
    let report = report::markdown(&results, &definitions);
    std::fs::write(args.out.join("speed.md"), &report)?;
    print!("{}", report::numbers(&results, &definitions));
    Ok(())
}

fn rows(
    args: &Args,
    definitions: &Definitions,
    data: &mut Data<'_>,
    results: &mut Results,
) -> Result<(), Problem> {
    let mut expected = Expected::read(args.record)?;
    for row in definitions.rows.iter().filter(|row| args.wants(&row.name)) {
        let measured = rows::measure(row, args.rounds, definitions, data, &mut expected)?;
        results.set_row(measured);
        results.write(&args.out)?;
    }
    expected.finish()
}
