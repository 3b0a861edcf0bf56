//! `tamis bench`: how fast a policy decides on documents that are in memory, and where the time goes.

mod costs;

use crate::args::{FILES_HELP, ReadArgs};
use crate::corpus::Corpus;
use crate::failure::{Exit, Failure, Run};
use crate::policy::PolicyArgs;
use crate::ui::number::{bytes, count, nanos, plural, rate, seconds, share};
use crate::ui::style::BOLD;
use crate::ui::table::Table;
use clap::Args;
use costs::{Costs, Named, Part, RuleCost, Window};
use hdrhistogram::Histogram;
use serde::Serialize;
use std::hint::black_box;
use std::io::{self, Write};
use std::path::PathBuf;
use std::time::{Duration, Instant};
use tamis::ids::ActionId;
use tamis::{Input, Ruleset};

/// Latency is measured on at least so many calls…
const CALLS: usize = 100_000;
/// …or for so long, whichever comes first, but on each document once.
const CALL_TIME: Duration = Duration::from_secs(3);

/// Measure a policy's speed on documents
#[derive(Debug, Args)]
#[command(after_help = format!("\
How it measures:\n  \
  The documents are read into memory first. Throughput is the median of --rounds batches over all\n  \
  of them, after one that is not counted, with full verdicts. Latency is taken call by call on one\n  \
  thread, the clock's own 20 to 40 ns included. MB are millions of bytes of text.\n  \
  `flagged` are the documents with an action above the first: figures with other hits are not\n  \
  comparable. Stages and rules are measured apart, by deciding up to 3 seconds of the documents with\n  \
  a clock between the stages: compare them with one another, not with the throughput. What a rule\n  \
  costs is what its own patterns, regexes, entities and condition take; the look at the text\n  \
  belongs to none. `triggers` are shares of texts and characters by what made the engine look\n  \
  closely: `clear` is what one look decided, `everything` where nothing could be ruled out.\n\n{FILES_HELP}\n\n\
Examples:\n  \
  tamis bench policy.yaml comments.jsonl\n  \
  tamis bench policy.yaml comments.jsonl.zst --threads 1 --limit 10000 --json"))]
pub(crate) struct BenchArgs {
    #[command(flatten)]
    policy: PolicyArgs,
    /// Documents; `-` is standard input
    #[arg(value_name = "CORPUS")]
    files: Vec<PathBuf>,
    /// Use so many threads for throughput; 0 is all cores
    #[arg(long, value_name = "N", default_value_t = 0)]
    threads: usize,
    /// How many batches are timed
    #[arg(long, value_name = "N", default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
    /// Keep no more than so many bytes of text in memory
    #[arg(long, value_name = "N", default_value_t = 256 << 20)]
    max_bytes: u64,
    /// Print the figures as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    read: ReadArgs,
}

/// The figures.
#[derive(Serialize)]
struct Figures<'r> {
    documents: u64,
    bytes: u64,
    threads: usize,
    /// The median round.
    seconds: f64,
    mb_per_s: f64,
    documents_per_s: f64,
    latency_ns: Latency,
    stages: Named<Part>,
    triggers: Named<Window>,
    rules: Vec<RuleCost<'r>>,
    /// So many documents were decided with a clock.
    profiled: u64,
    flagged: u64,
    rounds: Vec<f64>,
    ruleset: RulesetName<'r>,
}

#[derive(Serialize)]
struct Latency {
    p50: u64,
    p99: u64,
    p999: u64,
    max: u64,
    mean: f64,
    calls: u64,
}

#[derive(Serialize)]
struct RulesetName<'r> {
    policy: &'r str,
    version: Option<&'r str>,
    fingerprint: &'r str,
    memory_bytes: usize,
}

/// Runs the command.
pub(crate) fn run(args: &BenchArgs) -> Run {
    let ruleset = args.policy.load()?;
    let Loaded { documents, bytes, cut } = load(args, &ruleset)?;
    let threads = match args.threads {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        n => n,
    };
    let (rounds, flagged) = throughput(&ruleset, &documents, threads, args.rounds);
    let seconds = median(&rounds);
    let Costs { documents: profiled, stages, triggers, rules } =
        costs::measure(&ruleset, &documents);
    let figures = Figures {
        documents: documents.len() as u64,
        bytes,
        threads,
        seconds,
        mb_per_s: bytes as f64 / seconds / 1e6,
        documents_per_s: documents.len() as f64 / seconds,
        latency_ns: latency(&ruleset, &documents)?,
        stages,
        triggers,
        rules,
        profiled,
        flagged,
        rounds,
        ruleset: RulesetName {
            policy: ruleset.policy_name(),
            version: ruleset.policy_version(),
            fingerprint: ruleset.fingerprint(),
            memory_bytes: ruleset.memory_usage(),
        },
    };
    if args.json {
        let mut out = io::stdout().lock();
        serde_json::to_writer_pretty(&mut out, &figures)?;
        writeln!(out)?;
    } else {
        write(&mut anstream::stdout().lock(), &figures, cut)?;
    }
    Ok(Exit::Fine)
}

/// Documents in memory.
struct Loaded {
    documents: Vec<Input<'static>>,
    bytes: u64,
    /// Documents were left out for --max-bytes.
    cut: bool,
}

fn load(args: &BenchArgs, ruleset: &Ruleset) -> Result<Loaded, Failure> {
    let corpus = Corpus::open(&args.files, &args.read, ruleset, args.threads, false)?;
    let mut loaded = Loaded { documents: Vec::new(), bytes: 0, cut: false };
    let totals = corpus.read(|parsed| {
        for document in &parsed.documents {
            let bytes = document.bytes();
            if loaded.cut || loaded.bytes + bytes > args.max_bytes {
                loaded.cut = true;
                break;
            }
            loaded.bytes += bytes;
            loaded.documents.push(owned(&document.input));
        }
        Ok(())
    })?;
    totals.write_errors(&mut anstream::stderr().lock())?;
    if loaded.documents.is_empty() {
        return Err(Failure::input("the corpus has no rows; there is nothing to measure"));
    }
    Ok(loaded)
}

/// A document that no longer borrows from its file.
fn owned(input: &Input<'_>) -> Input<'static> {
    use std::borrow::Cow;
    use tamis::FactValue;
    let text = |text: &Cow<'_, str>| Cow::Owned(text.clone().into_owned());
    // A text without a name comes first if there is one.
    let unnamed = input.fields().iter().find(|field| field.name.is_none());
    let mut copy = unnamed.map_or_else(Input::from_fields, |field| Input::new(text(&field.text)));
    for field in input.fields() {
        if let Some(name) = &field.name {
            copy = copy.field(text(name), text(&field.text));
        }
    }
    for (name, value) in input.facts() {
        let value = match value {
            FactValue::Number(n) => FactValue::Number(*n),
            FactValue::Bool(b) => FactValue::Bool(*b),
            FactValue::Text(t) => FactValue::Text(text(t)),
            FactValue::Duration(s) => FactValue::Duration(*s),
            FactValue::Set(items) => FactValue::Set(items.iter().map(text).collect()),
            FactValue::Null => FactValue::Null,
            FactValue::Other => FactValue::Other,
        };
        copy = copy.fact(text(name), value);
    }
    match input.language() {
        Some(lang) => copy.lang(lang.to_owned()),
        None => copy,
    }
}

/// Seconds of each round, and the documents that were flagged.
fn throughput(
    ruleset: &Ruleset,
    documents: &[Input<'static>],
    threads: usize,
    rounds: u32,
) -> (Vec<f64>, u64) {
    let warm = ruleset.classify_batch_with(documents, threads);
    let flagged = warm.actions().iter().filter(|&&action| action != ActionId(0)).count();
    let rounds = (0..rounds).map(|_| {
        let begin = Instant::now();
        black_box(ruleset.classify_batch_with(black_box(documents), threads));
        begin.elapsed().as_secs_f64()
    });
    (rounds.collect(), flagged as u64)
}

fn median(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    let half = values.len() / 2;
    if values.len() % 2 == 1 { values[half] } else { f64::midpoint(values[half - 1], values[half]) }
}

/// Single calls on this thread, with scratch of its own.
fn latency(ruleset: &Ruleset, documents: &[Input<'static>]) -> Result<Latency, Failure> {
    let failed = |error: String| Failure::input(format!("cannot measure latency: {error}"));
    // Three digits, up to a minute.
    let mut histogram: Histogram<u64> =
        Histogram::new_with_bounds(1, 60_000_000_000, 3).map_err(|e| failed(e.to_string()))?;
    let mut scratch = ruleset.scratch();
    let begin = Instant::now();
    let mut sum = 0;
    loop {
        for document in documents {
            let call = Instant::now();
            drop(black_box(ruleset.classify_with(&mut scratch, black_box(document))));
            let ns = call.elapsed().as_nanos() as u64;
            histogram.saturating_record(ns.max(1));
            sum += ns;
        }
        if histogram.len() >= CALLS as u64 || begin.elapsed() >= CALL_TIME {
            break;
        }
    }
    Ok(Latency {
        p50: histogram.value_at_quantile(0.5),
        p99: histogram.value_at_quantile(0.99),
        p999: histogram.value_at_quantile(0.999),
        max: histogram.max(),
        mean: sum as f64 / histogram.len() as f64,
        calls: histogram.len(),
    })
}

fn write(out: &mut impl Write, figures: &Figures<'_>, cut: bool) -> io::Result<()> {
    let more = if cut { ", the rest left out for --max-bytes" } else { "" };
    writeln!(
        out,
        "{BOLD}{}{BOLD:#}, {} of text{more}; {} flagged ({})",
        plural(figures.documents, "document"),
        bytes(figures.bytes),
        count(figures.flagged),
        share(figures.flagged, figures.documents)
    )?;
    let mut table = Table::new(["Throughput", ""]);
    let threads = plural(figures.threads as u64, "thread");
    let slowest = figures.rounds.iter().copied().fold(0.0, f64::max);
    let fastest = figures.rounds.iter().copied().fold(f64::INFINITY, f64::min);
    table.row(vec![threads.into(), format!("{} MB/s", rate(figures.mb_per_s)).into()]);
    table.row(vec!["".into(), format!("{} documents/s", rate(figures.documents_per_s)).into()]);
    let rounds = plural(figures.rounds.len() as u64, "round");
    table.row(vec![format!("median of {rounds}").into(), seconds(figures.seconds).into()]);
    let range = format!("{} – {}", seconds(fastest), seconds(slowest));
    table.row(vec!["fastest – slowest".into(), range.into()]);
    writeln!(out)?;
    table.write(out)?;

    let latency = &figures.latency_ns;
    let mut table = Table::new(["Latency of a call", "1 thread"]);
    for (name, ns) in [
        ("median", latency.p50),
        ("99 %", latency.p99),
        ("99.9 %", latency.p999),
        ("slowest", latency.max),
    ] {
        table.row(vec![name.into(), nanos(ns).into()]);
    }
    table.row(vec!["calls".into(), count(latency.calls).into()]);
    writeln!(out)?;
    table.write(out)?;
    costs::write(out, figures.profiled, &figures.stages, &figures.triggers, &figures.rules)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians() {
        assert!((median(&[3.0, 1.0, 2.0]) - 2.0).abs() < f64::EPSILON);
        assert!((median(&[4.0, 1.0]) - 2.5).abs() < f64::EPSILON);
    }

    #[test]
    fn owned_documents_are_the_same() {
        let input = Input::new("a").field("title", "b").fact("n", 1.0).lang("en");
        let copy = owned(&input);
        assert_eq!(copy.fields(), input.fields());
        assert_eq!(copy.facts(), input.facts());
        assert_eq!(copy.language(), Some("en"));
    }
}
