//! `tamis eval`: a policy's quality and speed on labelled documents.

mod gate;
mod judge;
mod page;
mod report;

use super::judging::JudgeArgs;
use crate::args::FILES_HELP;
use crate::failure::{Exit, Failure, Run};
use crate::policy::PolicyArgs;
use crate::ui::style::BAD;
use clap::Args;
use gate::Gate;
use judge::Judge;
use std::io::Write;
use std::path::PathBuf;

/// Documents over which the cost of rules is measured.
const PROFILED: u64 = 20_000;

/// Measure a policy's quality on labelled documents
#[derive(Debug, Args)]
#[command(after_help = format!("\
How it counts:\n  \
  A corpus label is predicted for a document when its policy label gets the action --at or a more\n  \
  severe one from its score (by default any action above the first). The policy label is the one\n  \
  of the same name, or those that --map names: any of them predicts it.\n  \
  A document with `known` is judged only on the labels named there, others on every label.\n  \
  precision = tp / (tp + fp), recall = tp / (tp + fn), f1 = 2 tp / (2 tp + fp + fn), and 0 where\n  \
  that is 0 / 0; macro F1 is the mean over the judged labels.\n  \
  Of a rule, `hits` are the documents in which it fired, `tp` and `fp` those where a corpus label it\n  \
  speaks for holds or does not; `only tp` and `only fp` are those among them whose prediction\n  \
  would be lost if the rule's points were taken away.\n  \
  `seconds` are those of the whole run, reading included. `cost_ns` of a rule is what its own patterns\n  \
  and its condition take, a document, over the first 20,000 documents; `tamis bench` has more.\n\n{FILES_HELP}\n\n\
Exit codes: 0 measured, 1 a --require did not hold, 2 wrong input, also a corpus without rows or without a label in common.\n\n\
Examples:\n  \
  tamis eval policy.yaml corpus.jsonl\n  \
  tamis eval policy.yaml corpus.jsonl --map offensive=harassment,profanity --at block --json\n  \
  tamis eval policy.yaml corpus.jsonl --report report.html --require 'f1(harassment) >= 0.8'"))]
pub(crate) struct EvalArgs {
    #[command(flatten)]
    policy: PolicyArgs,
    #[command(flatten)]
    judging: JudgeArgs,
    /// Fail unless this holds: f1(…), precision(…) or recall(…) of a corpus label, or
    /// `macro_f1`, at least or above a number (repeatable)
    #[arg(long, value_name = "CONDITION")]
    require: Vec<Gate>,
    /// Write the figures with plots as one HTML file that works offline
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Print the figures as JSON
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub(crate) fn run(args: &EvalArgs) -> Run {
    let ruleset = args.policy.load()?;
    let at = args.judging.at(&ruleset)?;
    let labels = args.judging.labels(&ruleset)?;
    let corpus = args.judging.open(&ruleset)?;
    let mut judge = Judge::new(&ruleset, labels, at);
    let mut profile = ruleset.profile();
    let totals = corpus.read(|parsed| {
        let batch = ruleset.classify_batch_with(&parsed.documents, args.judging.threads);
        for (document, verdict) in parsed.documents.iter().zip(batch.iter()) {
            judge.add(document, verdict);
            if args.json && profile.documents() < PROFILED {
                profile.add(document);
            }
        }
        Ok(())
    })?;
    if totals.documents == 0 {
        return Err(Failure::input("the corpus has no rows; there is nothing to measure"));
    }
    let quality = judge.finish()?;
    let missed: Vec<(&Gate, f64)> = args
        .require
        .iter()
        .filter_map(|gate| gate.missed(&quality).map(|v| v.map(|v| (gate, v))).transpose())
        .collect::<Result<_, Failure>>()?;
    if let Some(path) = &args.report {
        let page = page::page(&ruleset, &quality, &totals, &missed);
        std::fs::write(path, page).map_err(|error| Failure::write(path, &error))?;
    }
    if args.json {
        let mut out = std::io::stdout().lock();
        serde_json::to_writer_pretty(
            &mut out,
            &report::data(&ruleset, &quality, &totals, &profile),
        )?;
        writeln!(out)?;
        totals.write_errors(&mut anstream::stderr().lock())?;
    } else {
        report::write(&mut anstream::stdout().lock(), &ruleset, &quality, &totals)?;
    }
    for (gate, value) in &missed {
        writeln!(anstream::stderr(), "{BAD}failed{BAD:#}: {gate}: it is {value:.4}")?;
    }
    Ok(match (totals.is_broken(), missed.is_empty()) {
        (true, _) => Exit::Wrong,
        (false, false) => Exit::Gate,
        (false, true) => Exit::Fine,
    })
}
