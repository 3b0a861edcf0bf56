//! `tamis scan`: files classified, verdicts written, a summary at the end.

mod summary;

use super::tally::Tally;
use crate::args::{FILES_HELP, ReadArgs};
use crate::corpus::{Corpus, Document, Id, Output, Parsed, ParsedRow, RowCode, Totals};
use crate::failure::{Exit, Failure, Run};
use crate::policy::{self, PolicyArgs};
use crate::ui::number::plural;
use crate::ui::style::BAD;
use clap::Args;
use rayon::prelude::*;
use serde::Serialize;
use std::io::Write;
use std::path::{Path, PathBuf};
use tamis::ids::ActionId;
use tamis::{Batch, Offsets, Report, Ruleset};

/// Rows whose output one worker prepares at a time.
const BLOCK: usize = 256;

/// Classify files and sum up what was found
#[derive(Debug, Args)]
#[command(after_help = format!("{FILES_HELP}\n\n\
With -o, one line is written for each row that is not blank, in order:\n  \
  a verdict, as `tamis check --json` prints it, after the document's `id`, or after the number\n  \
  of its `line` if it has none; or {{\"line\": n, \"error\": CODE}} for a row that cannot be read.\n  \
  With several files, `line` comes with `file`. A name in .gz or .zst is compressed.\n\n\
The summary goes to standard output, or to standard error when the verdicts go there.\n\
MB are millions of bytes of text; times are those of the whole run, reading included.\n\
Exit codes: 0 whatever was found, 1 when --fail-on says so, 2 when a file could not be read.\n\n\
Examples:\n  \
  tamis scan policy.yaml comments.jsonl\n  \
  tamis scan policy.yaml export.csv.gz --text body --fact author.age=account_age -o out.jsonl\n  \
  zcat old.gz | tamis scan policy.yaml --fail-on block"))]
pub(crate) struct ScanArgs {
    #[command(flatten)]
    policy: PolicyArgs,
    /// The files; `-` is standard input
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Write one verdict a line to this file; `-` is standard output
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// Exit with 1 when a document gets this action or a more severe one
    #[arg(long, value_name = "ACTION")]
    fail_on: Option<String>,
    /// Print the summary as JSON
    #[arg(long)]
    json: bool,
    /// Use so many threads; 0 is all cores
    #[arg(long, value_name = "N", default_value_t = 0)]
    threads: usize,
    #[command(flatten)]
    read: ReadArgs,
}

/// Runs the command.
pub(crate) fn run(args: &ScanArgs) -> Run {
    let ruleset = args.policy.load()?;
    let fail_on = args.fail_on.as_deref().map(|name| policy::action(&ruleset, name)).transpose()?;
    let corpus = Corpus::open(&args.files, &args.read, &ruleset, args.threads, false)?;
    let mut output = match &args.output {
        Some(path) => Some(create(path, &corpus)?),
        None => None,
    };
    let with_file = corpus.has_many_files();
    let mut tally = Tally::new(&ruleset);
    let totals = corpus.read(|parsed| {
        let batch = ruleset.classify_batch_with(&parsed.documents, args.threads);
        tally.add(&batch);
        match &mut output {
            Some(output) => write_rows(output, &ruleset, parsed, &batch, with_file),
            None => Ok(()),
        }
    })?;
    if let Some(output) = output {
        output.finish()?;
    }
    args.summarize(&ruleset, &tally, &totals)?;
    gate(&ruleset, &tally, &totals, fail_on)
}

/// Opens the output, unless that would destroy what is about to be read.
pub(super) fn create(path: &Path, corpus: &Corpus) -> Result<Output, Failure> {
    if corpus.reads(path) {
        let path = path.display();
        return Err(Failure::input(format!("{path} is one of the files to read; write elsewhere")));
    }
    Output::create(path)
}

impl ScanArgs {
    fn summarize(&self, ruleset: &Ruleset, tally: &Tally, totals: &Totals) -> Result<(), Failure> {
        let to_stderr = self.output.as_deref().is_some_and(|path| path.as_os_str() == "-");
        let mut stdout;
        let mut stderr;
        let mut out: &mut dyn Write = if to_stderr {
            stderr = anstream::stderr().lock();
            &mut stderr
        } else {
            stdout = anstream::stdout().lock();
            &mut stdout
        };
        if self.json {
            serde_json::to_writer_pretty(&mut out, &summary::data(ruleset, tally, totals))?;
            writeln!(out)?;
            totals.write_errors(&mut anstream::stderr().lock())?;
        } else {
            summary::write(&mut out, ruleset, tally, totals)?;
        }
        Ok(())
    }
}

fn gate(ruleset: &Ruleset, tally: &Tally, totals: &Totals, fail_on: Option<ActionId>) -> Run {
    if totals.is_broken() {
        return Ok(Exit::Wrong);
    }
    let Some(action) = fail_on else { return Ok(Exit::Fine) };
    let n = tally.at_least(action);
    if n == 0 {
        return Ok(Exit::Fine);
    }
    let name = ruleset.action_name(action);
    let documents = plural(n, "document");
    let mut err = anstream::stderr().lock();
    writeln!(err, "{BAD}failed{BAD:#}: {documents} at or above {name} (--fail-on {name})")?;
    Ok(Exit::Gate)
}

/// One line of the output.
#[derive(Serialize)]
struct Entry<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a Id<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<RowCode>,
    #[serde(flatten)]
    report: Option<Report<'a>>,
}

/// Writes a line for each row, prepared in parallel, in order.
fn write_rows(
    output: &mut Output,
    ruleset: &Ruleset,
    parsed: &Parsed<'_>,
    batch: &Batch,
    with_file: bool,
) -> Result<(), Failure> {
    let file = with_file.then_some(parsed.file.name.as_str());
    let blocks: Vec<serde_json::Result<Vec<u8>>> = parsed
        .rows
        .par_chunks(BLOCK)
        .map(|rows| {
            let mut block = Vec::new();
            for row in rows {
                if let Some(entry) = entry(ruleset, row, &parsed.documents, batch, file) {
                    serde_json::to_writer(&mut block, &entry)?;
                    block.push(b'\n');
                }
            }
            Ok(block)
        })
        .collect();
    for block in blocks {
        output.write_all(&block?).map_err(Failure::from)?;
    }
    Ok(())
}

/// What is written for a row; nothing for a blank one.
fn entry<'a>(
    ruleset: &'a Ruleset,
    row: &'a ParsedRow<'_>,
    documents: &'a [Document<'_>],
    batch: &'a Batch,
    file: Option<&'a str>,
) -> Option<Entry<'a>> {
    let number = Some(row.line);
    match &row.what {
        Err(error) => {
            let error = Some(error.code);
            Some(Entry { id: None, file, line: number, error, report: None })
        }
        Ok(None) => None,
        Ok(Some(at)) => {
            let document = &documents[*at];
            let verdict = batch.get(*at)?;
            let report = Some(ruleset.report(verdict, &document.input, Offsets::Codepoints));
            Some(match &document.id {
                Some(id) => Entry { id: Some(id), file: None, line: None, error: None, report },
                None => Entry { id: None, file, line: number, error: None, report },
            })
        }
    }
}
