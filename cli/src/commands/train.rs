//! `tamis train`: a small model that learns from labelled documents what has a label.

use crate::args::{FILES_HELP, ReadArgs};
use crate::corpus::{Corpus, Document, Totals};
use crate::failure::{Exit, Failure, Run, in_words};
use crate::ui::number::{bytes, count, plural};
use crate::ui::style::{BOLD, DIM};
use crate::ui::table::{Cell, Table};
use clap::Args;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tamis::Ruleset;
use tamis::ngram::{Example, Measures, Options, Point, Trained, train};

/// Learn a model, usable as a signal, from labelled documents
#[derive(Debug, Args)]
#[command(after_help = format!("\
What it does:\n  \
  A model gives a text a probability of having a label, from its runs of 2 to 5 characters, its words\n  \
  and its pairs of words, folded as patterns are. A policy uses it as a number:\n  \
      models: {{ spamlike: {{ file: spam.model }} }}\n  \
      rules:  [{{ id: looks_like_spam, label: spam, points: 3, when: spamlike > 0.9 }}]\n  \
  Documents with `known` count only if the label is named there. A document has the label if it has\n  \
  any of those that --label names.\n\n\
How good it is:\n  \
  A share of the documents, of each kind, is held out, and texts that occur twice stay on one side. What is\n  \
  shown is measured on them, with a model trained on the others; the model that is written is trained on\n  \
  all. `auc` is how often a document with the label gets a higher probability than one without.\n  \
  The same documents give the same model, byte for byte, in any order and on any machine.\n\n\
{FILES_HELP}\n\n\
Exit codes: 0 trained, 2 wrong input, also when fewer than two documents have the label, or lack it.\n\n\
Examples:\n  \
  tamis train messages.jsonl --label spam -o spam.model\n  \
  tamis train reports.csv --text body --label hate,threat --balance -o abuse.model --json"))]
pub(crate) struct TrainArgs {
    /// Labelled documents; `-` is standard input
    #[arg(value_name = "CORPUS")]
    files: Vec<PathBuf>,
    /// The label to learn; with several, any of them
    #[arg(long, value_name = "LABEL,…", value_delimiter = ',', required = true)]
    label: Vec<String>,
    /// Where the model is written
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// The share of documents that quality is measured on; 0 measures nothing
    #[arg(long, value_name = "SHARE", default_value_t = 0.2)]
    held_out: f64,
    /// How much an error costs beside a simple model: more follows the documents closer
    #[arg(long, value_name = "N", default_value_t = 10.0)]
    strength: f64,
    /// Let documents with the label count as much in all as those without
    #[arg(long)]
    balance: bool,
    /// The model has 2 to this power weights: 8 to 20
    #[arg(long, value_name = "N", default_value_t = 18)]
    bits: u8,
    /// Hold out, and shuffle, otherwise
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Print the figures as JSON on standard output
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    read: ReadArgs,
}

/// What was read.
#[derive(Debug, Default)]
struct Documents {
    examples: Vec<Example>,
    positives: u64,
    /// Left out: whether they have the label is not known.
    unknown: u64,
    /// All labels of the corpus.
    labels: BTreeMap<String, u64>,
}

/// Runs the command.
pub(crate) fn run(args: &TrainArgs) -> Run {
    let ruleset = reader(args)?;
    let corpus = Corpus::open(&args.files, &args.read, &ruleset, 0, true)?;
    if corpus.reads(&args.output) {
        return Err(Failure::input("--output would overwrite what is read"));
    }
    let mut documents = Documents::default();
    let totals = corpus.read(|parsed| {
        for document in &parsed.documents {
            documents.add(document, &args.label);
        }
        Ok(())
    })?;
    if totals.documents == 0 {
        return Err(Failure::input("the corpus has no rows; there is nothing to learn from"));
    }
    documents.check(&args.label)?;
    let options = Options {
        bits: args.bits,
        strength: args.strength,
        balance: args.balance,
        held_out: args.held_out,
        seed: args.seed,
        ..Options::new(args.label.join(", "))
    };
    let trained = train(&documents.examples, &options)
        .map_err(|error| Failure::input(format!("nothing can be learned: {error}")))?;
    let text = trained.model.to_string();
    write(&args.output, &text)?;
    let report = Report::new(args, &documents, &totals, &trained, text.len());
    if args.json {
        let mut out = io::stdout().lock();
        serde_json::to_writer_pretty(&mut out, &report)?;
        writeln!(out)?;
        totals.write_errors(&mut anstream::stderr().lock())?;
    } else {
        report.write(&mut anstream::stderr().lock(), &totals)?;
    }
    Ok(if totals.is_broken() { Exit::Wrong } else { Exit::Fine })
}

/// A policy with no more than the fields of `--field`: what readers of documents ask for.
fn reader(args: &TrainArgs) -> Result<Ruleset, Failure> {
    if let Some((name, _)) = args.read.facts.first() {
        return Err(Failure::input(format!("models know no facts; leave out --fact {name}=…")));
    }
    let fields: Vec<&str> = args.read.fields.iter().map(|(name, _)| name.as_str()).collect();
    let fields = if fields.is_empty() { vec!["text"] } else { fields };
    let policy = serde_json::json!({ "policy": "training", "fields": fields, "rules": [] });
    let policy = tamis::Policy::from_json_value(&policy).map_err(Failure::Policy)?;
    policy.compile().map_err(Failure::Policy)
}

impl Documents {
    fn add(&mut self, document: &Document<'_>, wanted: &[String]) {
        for label in &document.labels {
            *self.labels.entry(label.to_string()).or_default() += 1;
        }
        let has = |list: &[Cow<'_, str>], label: &String| list.iter().any(|l| *l == label.as_str());
        let positive = wanted.iter().any(|label| has(&document.labels, label));
        let judged = |label| document.known.as_ref().is_none_or(|known| has(known, label));
        if !positive && !wanted.iter().all(judged) {
            self.unknown += 1;
            return;
        }
        let texts: Vec<&str> = document.input.fields().iter().map(|f| f.text.as_ref()).collect();
        self.examples.push(Example::new(&texts, positive));
        self.positives += u64::from(positive);
    }

    /// A label that no document has is a slip.
    fn check(&self, wanted: &[String]) -> Result<(), Failure> {
        let Some(label) = wanted.iter().find(|label| !self.labels.contains_key(label.as_str()))
        else {
            return Ok(());
        };
        let mut known: Vec<(&String, &u64)> = self.labels.iter().collect();
        known.sort_by_key(|row| std::cmp::Reverse(row.1));
        let shown: Vec<String> =
            known.iter().take(8).map(|(label, n)| format!("{label} ({})", count(**n))).collect();
        Err(Failure::input(if shown.is_empty() {
            format!("no document has the label `{label}`, nor any other; is this the right corpus?")
        } else {
            format!("no document has the label `{label}`; there are {}", shown.join(", "))
        }))
    }
}

/// Writes the model beside its place first: a policy may be reading it.
fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let failed = |error: &io::Error| {
        Failure::input(format!("cannot write {}: {}", path.display(), in_words(error)))
    };
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let beside = path.with_file_name(name);
    std::fs::write(&beside, text).map_err(|error| failed(&error))?;
    std::fs::rename(&beside, path).map_err(|error| {
        let _ = std::fs::remove_file(&beside);
        failed(&error)
    })
}

/// The figures of a run.
#[derive(Debug, Serialize)]
struct Report<'r> {
    model: String,
    labels: &'r [String],
    documents: u64,
    positives: u64,
    /// Documents of which it is not known whether they have the label.
    unknown: u64,
    unreadable: u64,
    weights: u64,
    /// Of the file.
    bytes: u64,
    /// None when nothing was held out, or nothing could be.
    held_out: Option<&'r Measures>,
}

impl<'r> Report<'r> {
    fn new(
        args: &'r TrainArgs,
        documents: &Documents,
        totals: &Totals,
        trained: &'r Trained,
        bytes: usize,
    ) -> Self {
        Self {
            model: args.output.display().to_string(),
            labels: &args.label,
            documents: documents.examples.len() as u64,
            positives: documents.positives,
            unknown: documents.unknown,
            unreadable: totals.error_count(),
            weights: trained.model.weight_count() as u64,
            bytes: bytes as u64,
            held_out: trained.measures.as_ref(),
        }
    }

    fn write(&self, out: &mut impl Write, totals: &Totals) -> io::Result<()> {
        let documents = plural(self.documents, "document");
        let positives = count(self.positives);
        let labels = self.labels.join(" or ");
        writeln!(out, "{BOLD}{documents}{BOLD:#}, {positives} with {labels}")?;
        if self.unknown > 0 {
            let unknown = plural(self.unknown, "document");
            writeln!(out, "{DIM}{unknown} left out: `known` does not name the label{DIM:#}")?;
        }
        totals.write_errors(out)?;
        match self.held_out {
            Some(measures) => write_measures(out, measures)?,
            None => writeln!(out, "{DIM}nothing was held out, so nothing is measured{DIM:#}")?,
        }
        let (weights, size) = (count(self.weights), bytes(self.bytes));
        writeln!(out, "{BOLD}{}{BOLD:#}: {weights} weights, {size}", self.model)
    }
}

fn write_measures(out: &mut impl Write, measures: &Measures) -> io::Result<()> {
    let (documents, positives) = (plural(measures.documents, "document"), measures.positives);
    writeln!(out, "\nOn {documents} that were held out, {} with the label:", count(positives))?;
    let mut table = Table::new(["above", "precision", "recall", "F1", "right", "wrong", "missed"]);
    let row = |point: &Point, name: String| {
        vec![
            name.into(),
            format!("{:.3}", point.precision).into(),
            format!("{:.3}", point.recall).into(),
            Cell::styled(format!("{:.3}", point.f1), BOLD),
            count(point.tp).into(),
            count(point.fp).into(),
            count(point.missed).into(),
        ]
    };
    for point in &measures.points {
        table.row(row(point, point.threshold.to_string()));
    }
    table.row(row(&measures.best, format!("{} (best F1)", measures.best.threshold)));
    table.write(out)?;
    writeln!(out, "  AUC {:.4}, log loss {:.4}\n", measures.auc, measures.log_loss)
}
