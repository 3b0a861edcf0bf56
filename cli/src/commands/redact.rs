//! `tamis redact`: files with the matches censored.

use crate::args::{FILES_HELP, ReadArgs};
use crate::commands::scan::create;
use crate::corpus::{Content, Corpus, Document, Layout, Output, Parsed, ParsedRow, RowCode};
use crate::failure::{Exit, Failure, Run};
use crate::policy::{self, PolicyArgs};
use clap::Args;
use rayon::prelude::*;
use serde::Serialize;
use std::borrow::Cow;
use std::io::Write;
use std::ops::Range;
use std::path::PathBuf;
use tamis::{Batch, RedactOptions, RedactStyle, Ruleset};

/// Rows that one worker prepares at a time.
const BLOCK: usize = 256;

/// Write files with the matches censored
#[derive(Debug, Args)]
#[command(after_help = format!("{FILES_HELP}\n\n\
The output has the format of the input: lines of text, or the same CSV or JSON Lines with only the\n\
texts replaced. A row that cannot be read is not passed on: it becomes an empty line of text,\n\
{{\"line\": n, \"error\": CODE}} in JSON Lines, and nothing in CSV. A blank line stays one in text and JSON\n\
Lines. Matches of rules that fired, are enforced and have points or an action are censored.\n\n\
Examples:\n  \
  tamis redact policy.yaml chat.txt > clean.txt\n  \
  tamis redact policy.yaml export.csv --text body --style 'text=[removed]' -o clean.csv"))]
pub(crate) struct RedactArgs {
    #[command(flatten)]
    policy: PolicyArgs,
    /// The files; `-` is standard input
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// `stars` (as many as characters), `fixed` (always as many), `first_letter`, or `text=…`
    #[arg(long, default_value = "stars", value_parser = style, value_name = "STYLE")]
    style: RedactStyle,
    /// Censor only documents that get this action or a more severe one
    #[arg(long, value_name = "ACTION")]
    at: Option<String>,
    /// Use so many threads; 0 is all cores
    #[arg(long, value_name = "N", default_value_t = 0)]
    threads: usize,
    #[command(flatten)]
    read: ReadArgs,
}

fn style(text: &str) -> Result<RedactStyle, String> {
    match text {
        "stars" => Ok(RedactStyle::Stars),
        "fixed" => Ok(RedactStyle::Fixed),
        "first_letter" => Ok(RedactStyle::FirstLetter),
        _ => match text.strip_prefix("text=") {
            Some(text) => Ok(RedactStyle::Text(text.to_owned())),
            None => Err("it is one of stars, fixed, first_letter, text=…".to_owned()),
        },
    }
}

/// Runs the command.
pub(crate) fn run(args: &RedactArgs) -> Run {
    let ruleset = args.policy.load()?;
    let at = args.at.as_deref().map(|name| policy::action(&ruleset, name)).transpose()?;
    let options = RedactOptions { style: args.style.clone(), at };
    let corpus = Corpus::open(&args.files, &args.read, &ruleset, args.threads, false)?;
    let mut output = match &args.output {
        Some(path) => create(path, &corpus)?,
        None => Output::stdout(),
    };
    let mut header = Header::default();
    let totals = corpus.read(|parsed| {
        header.write(&mut output, parsed)?;
        let batch = ruleset.classify_batch_with(&parsed.documents, args.threads);
        write_rows(&mut output, &ruleset, parsed, &batch, &options)
    })?;
    output.finish()?;
    totals.write_errors(&mut anstream::stderr().lock())?;
    Ok(if totals.is_broken() { Exit::Wrong } else { Exit::Fine })
}

/// The CSV header, which is written once.
#[derive(Default)]
struct Header(Option<Vec<String>>);

impl Header {
    fn write(&mut self, output: &mut Output, parsed: &Parsed<'_>) -> Result<(), Failure> {
        let Layout::Csv(layout) = &parsed.file.layout else { return Ok(()) };
        match &self.0 {
            Some(written) if *written == layout.header => Ok(()),
            Some(_) => Err(Failure::input(format!(
                "{} has other columns than the files before it; redact it by itself",
                parsed.file.name
            ))),
            None => {
                self.0 = Some(layout.header.clone());
                let mut line = Vec::new();
                write_record(&mut line, layout.header.iter(), parsed.file.delimiter);
                Ok(output.write_all(&line)?)
            }
        }
    }
}

/// Writes all rows, prepared in parallel, in order.
fn write_rows(
    output: &mut Output,
    ruleset: &Ruleset,
    parsed: &Parsed<'_>,
    batch: &Batch,
    options: &RedactOptions,
) -> Result<(), Failure> {
    let blocks: Vec<Vec<u8>> = parsed
        .rows
        .par_chunks(BLOCK)
        .map(|rows| {
            let mut block = Vec::new();
            for row in rows {
                write_row(&mut block, ruleset, parsed, row, batch, options);
            }
            block
        })
        .collect();
    for block in blocks {
        output.write_all(&block)?;
    }
    Ok(())
}

fn write_row(
    out: &mut Vec<u8>,
    ruleset: &Ruleset,
    parsed: &Parsed<'_>,
    row: &ParsedRow<'_>,
    batch: &Batch,
    options: &RedactOptions,
) {
    let layout = &parsed.file.layout;
    let document = match &row.what {
        Ok(Some(at)) => batch.get(*at).map(|verdict| (&parsed.documents[*at], verdict)),
        Ok(None) => None,
        Err(error) => return write_error(out, layout, row.line, error.code),
    };
    let (Some((document, verdict)), Ok(content)) = (document, row.content()) else {
        if !matches!(layout, Layout::Csv(_)) {
            out.push(b'\n');
        }
        return;
    };
    let texts = ruleset.redact(verdict, &document.input, options);
    match (content, layout) {
        (Content::Line(line), Layout::Jsonl(_)) => {
            match replacements(parsed, document, line, &texts) {
                Some(places) => write_json(out, line, &places),
                None => write_error(out, layout, row.line, RowCode::NotADocument),
            }
        }
        (Content::Cells(cells), Layout::Csv(layout)) => {
            let mut cells: Vec<Cow<'_, str>> = cells.into_iter().map(Cow::Borrowed).collect();
            // Fields come in the layout's order: both were made from it.
            for ((_, column), text) in layout.texts.iter().zip(texts) {
                cells[*column] = text;
            }
            write_record(out, cells.iter(), parsed.file.delimiter);
        }
        _ => {
            for text in texts {
                out.extend_from_slice(text.as_bytes());
            }
            out.push(b'\n');
        }
    }
}

/// A row that cannot be read may hold anything: it is never passed on.
fn write_error(out: &mut Vec<u8>, layout: &Layout, line: u64, code: RowCode) {
    #[derive(Serialize)]
    struct Bad {
        line: u64,
        error: RowCode,
    }
    match layout {
        Layout::Txt => out.push(b'\n'),
        Layout::Csv(_) => {}
        Layout::Jsonl(_) => {
            out.extend(serde_json::to_vec(&Bad { line, error: code }).unwrap_or_default());
            out.push(b'\n');
        }
    }
}

/// Where in the line which JSON strings go, by place; nothing if one cannot be placed.
fn replacements(
    parsed: &Parsed<'_>,
    document: &Document<'_>,
    line: &str,
    texts: &[Cow<'_, str>],
) -> Option<Vec<Replacement>> {
    let Layout::Jsonl(layout) = &parsed.file.layout else { return None };
    let fields = document.input.fields().iter().zip(texts);
    let changed = fields.filter(|(field, text)| field.text != **text);
    let mut places: Vec<_> = changed
        .map(|(field, text)| {
            let place = layout.text_place(line, field.name.as_deref())?;
            Some((place, serde_json::to_string(text).ok()?))
        })
        .collect::<Option<_>>()?;
    places.sort_by_key(|(place, _): &Replacement| place.start);
    Some(places)
}

/// A place in a line and what to put there.
type Replacement = (Range<usize>, String);

/// The line with some strings replaced and every other byte as it was.
fn write_json(out: &mut Vec<u8>, line: &str, places: &[Replacement]) {
    let mut at = 0;
    for (place, text) in places {
        out.extend_from_slice(&line.as_bytes()[at..place.start]);
        out.extend_from_slice(text.as_bytes());
        at = place.end;
    }
    out.extend_from_slice(&line.as_bytes()[at..]);
    out.push(b'\n');
}

/// A record of separated values, quoted where needed.
fn write_record<T: AsRef<str>>(out: &mut Vec<u8>, cells: impl Iterator<Item = T>, delimiter: u8) {
    for (i, cell) in cells.enumerate() {
        if i > 0 {
            out.push(delimiter);
        }
        let cell = cell.as_ref().as_bytes();
        if cell.iter().any(|&b| b == delimiter || matches!(b, b'"' | b'\n' | b'\r')) {
            out.push(b'"');
            for &byte in cell {
                if byte == b'"' {
                    out.push(b'"');
                }
                out.push(byte);
            }
            out.push(b'"');
        } else {
            out.extend_from_slice(cell);
        }
    }
    out.push(b'\n');
}
