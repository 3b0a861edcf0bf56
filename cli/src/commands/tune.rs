//! `tamis tune`: the points of rules, learned from labelled documents.

mod change;
mod report;
mod rows;
mod search;

use super::judging::JudgeArgs;
use crate::args::FILES_HELP;
use crate::failure::{Exit, Failure, Run};
use crate::policy::SourceArgs;
use crate::ui::diff;
use crate::ui::style::{BAD, GOOD};
use change::Changed;
use clap::Args;
use report::Outcome;
use rows::{Rows, Split};
use search::Search;
use std::io::Write;
use tamis::Milli;

/// Learn the points of rules from labelled documents
#[derive(Debug, Args)]
#[command(after_help = format!("\
How it learns:\n  \
  A share of the documents is held out and only measured; which, a hash of the text says, so that\n  \
  copies stay on one side. On the others, rule after rule, all multiples of --step are tried as\n  \
  points, up to the highest threshold of the label. The best are those with the highest macro F1\n  \
  (as `tamis eval` counts it), less 0.0005 for each step away from what the author wrote. Rounds\n  \
  go on until nothing changes. There is no chance in it.\n  \
  Points stay positive or negative as they were. Rules that fired in fewer than five judged\n  \
  documents, that have no points, that repeat or that are in shadow mode stay as they are, and so\n  \
  do thresholds. A change that would break a test of the policy is taken back.\n  \
  Judge by the held-out figures: those it learned from are better by construction.\n\n\
What it prints:\n  \
  The change as a patch on standard output, the figures on standard error; with --fix the\n  \
  change is written, unless the held-out macro F1 falls.\n\n{FILES_HELP}\n\n\
Exit codes: 0 tuned, or there was nothing to change, 1 --fix wrote nothing, for the held-out\n\
macro F1 would fall, 2 wrong input.\n\n\
Examples:\n  \
  tamis tune policy.yaml corpus.jsonl > points.patch\n  \
  tamis tune policy.yaml corpus.jsonl --map offensive=harassment,profanity --step 1 --fix"))]
pub(crate) struct TuneArgs {
    #[command(flatten)]
    policy: SourceArgs,
    #[command(flatten)]
    judging: JudgeArgs,
    /// Points are multiples of this
    #[arg(long, value_name = "POINTS", default_value = "0.5", value_parser = step)]
    step: Milli,
    /// The share of documents that is only measured
    #[arg(long, value_name = "SHARE", default_value = "0.3", value_parser = share)]
    held_out: u8,
    /// Write the change into the policy
    #[arg(long, visible_alias = "write")]
    fix: bool,
    /// Print the figures, the changes and the patch as JSON
    #[arg(long)]
    json: bool,
}

/// A share as a number of a hundred.
fn share(text: &str) -> Result<u8, String> {
    let share = text.parse::<f64>().ok().filter(|share| *share >= 0.01);
    let nearest = |percent: &u8| share.is_some_and(|s| s * 100.0 < f64::from(*percent) + 0.5);
    (1..=90).find(nearest).ok_or_else(|| "a share is from 0.01 to 0.9".to_owned())
}

fn step(text: &str) -> Result<Milli, String> {
    match text.parse::<Milli>() {
        Ok(step) if step >= Milli(10) => Ok(step),
        Ok(_) => Err("the smallest step is 0.01".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

/// Runs the command.
pub(crate) fn run(args: &TuneArgs) -> Run {
    let (policy, ruleset) = args.policy.load_with_source()?;
    if args.fix {
        args.policy.own_file(&policy)?;
    }
    let at = args.judging.at(&ruleset)?;
    let labels = args.judging.labels(&ruleset)?;
    let corpus = args.judging.open(&ruleset)?;
    let mut rows = Rows::new(&ruleset, labels, args.held_out)?;
    let totals = corpus.read(|parsed| {
        let batch = ruleset.classify_batch_with(&parsed.documents, args.judging.threads);
        for (document, verdict) in parsed.documents.iter().zip(batch.iter()) {
            rows.add(document, verdict);
        }
        Ok(())
    })?;
    if totals.documents == 0 {
        return Err(Failure::input("the corpus has no rows; there is nothing to learn from"));
    }
    let problem = rows.finish(&policy, &ruleset, at)?;
    if let Some(empty) = [Split::Learned, Split::Held].into_iter().find(|s| problem.is_empty(*s)) {
        return Err(Failure::input(format!(
            "no document is {}: the corpus is too small to split",
            if empty == Split::Held { "held out" } else { "left to learn from" }
        )));
    }
    let tuned = Search::new(&problem, args.step).run();
    let changed = Changed::new(&args.policy, &policy, &problem, tuned)?;
    let outcome = Outcome::new(&problem, &changed, &ruleset, args.step, &totals);
    if args.json {
        let mut out = anstream::stdout().lock();
        serde_json::to_writer_pretty(&mut out, &outcome.data(&args.policy.name))?;
        writeln!(out)?;
    }
    let mut err = anstream::stderr().lock();
    totals.write_errors(&mut err)?;
    if !args.json {
        outcome.write(&mut err)?;
    }
    if !args.fix && !args.json {
        let patch = diff::patch(&args.policy.name, &changed.revision.old, &changed.revision.new);
        anstream::stdout().lock().write_all(patch.as_bytes())?;
    }
    if args.fix && !changed.revision.is_empty() {
        if outcome.is_worse() {
            writeln!(err, "{BAD}not written{BAD:#}: the held-out macro F1 would fall")?;
            return Ok(Exit::Gate);
        }
        changed.revision.write(&args.policy, &policy)?;
        writeln!(err, "{GOOD}written{GOOD:#}: {}", args.policy.name)?;
    }
    Ok(if totals.is_broken() { Exit::Wrong } else { Exit::Fine })
}
