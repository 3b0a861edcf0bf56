//! Reading documents from files: in order, in bounded memory, past rows that are broken.

mod chunk;
mod csv;
mod document;
mod format;
mod json;
mod json_text;
mod layout;
mod lines;
mod output;
mod reader;
mod row_error;
mod source;
mod totals;

pub(crate) use chunk::{Chunk, Content, FileInfo};
pub(crate) use document::{Document, Id};
pub(crate) use format::Format;
pub(crate) use layout::Layout;
pub(crate) use output::Output;
pub(crate) use row_error::{RowCode, RowError};
pub(crate) use source::announce_stdin;
pub(crate) use totals::{ErrorFigures, Totals};

use crate::args::ReadArgs;
use crate::failure::Failure;
use crate::ui::progress::Progress;
use layout::Request;
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;
use tamis::Ruleset;

/// Files of documents that are about to be read.
pub(crate) struct Corpus {
    job: reader::Job,
    pool: rayon::ThreadPool,
    size: Option<u64>,
}

/// A chunk with its documents.
pub(crate) struct Parsed<'c> {
    /// The file.
    pub(crate) file: &'c FileInfo,
    /// Its rows, in order.
    pub(crate) rows: Vec<ParsedRow<'c>>,
    /// The documents among the rows, in order.
    pub(crate) documents: Vec<Document<'c>>,
}

/// A row and what came of it.
pub(crate) struct ParsedRow<'c> {
    /// The line it begins on, from 1.
    pub(crate) line: u64,
    /// The document, by its number in [`Parsed::documents`].
    pub(crate) what: Result<Option<usize>, RowError>,
    row: &'c chunk::Row,
    chunk: &'c Chunk,
}

impl ParsedRow<'_> {
    /// The row as it stands in the file.
    pub(crate) fn content(&self) -> Result<Content<'_>, RowError> {
        self.chunk.content(self.row)
    }
}

impl Corpus {
    /// Checks that `files` can be read and that `args` fit the policy.
    pub(crate) fn open(
        files: &[PathBuf],
        args: &ReadArgs,
        ruleset: &Ruleset,
        threads: usize,
        labels: bool,
    ) -> Result<Self, Failure> {
        let request = Request::new(args, ruleset, labels)?;
        let files = if files.is_empty() { vec![PathBuf::from("-")] } else { files.to_vec() };
        let mut size = Some(0);
        for file in &files {
            let bytes = source::check(file)?;
            if source::is_stdin(file) {
                announce_stdin("documents");
                size = None;
            }
            size = size.map(|size| size + bytes);
        }
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .map_err(|error| Failure::input(format!("cannot start {threads} threads: {error}")))?;
        let position = Arc::new(AtomicU64::new(0));
        let job = reader::Job { files, format: args.format, request, limit: args.limit, position };
        Ok(Self { job, pool, size })
    }

    /// True when more than one file is read, so that a line number alone names no row.
    pub(crate) fn has_many_files(&self) -> bool {
        self.job.files.len() > 1
    }

    /// True when `path` is one of the files.
    pub(crate) fn reads(&self, path: &Path) -> bool {
        let Ok(path) = path.canonicalize() else { return false };
        self.job.files.iter().any(|file| file.canonicalize().is_ok_and(|file| file == path))
    }

    /// Reads everything and hands it to `work`, chunk by chunk, within the pool of threads.
    pub(crate) fn read(
        self,
        mut work: impl FnMut(&Parsed<'_>) -> Result<(), Failure> + Send,
    ) -> Result<Totals, Failure> {
        let begin = Instant::now();
        let progress = Progress::new(self.size);
        let position = Arc::clone(&self.job.position);
        let mut totals = Totals::default();
        for chunk in reader::start(self.job) {
            let chunk = chunk?;
            self.pool.install(|| {
                let parsed = parse(&chunk);
                count(&parsed, &mut totals);
                work(&parsed)
            })?;
            progress.update(position.load(Ordering::Relaxed), totals.documents);
        }
        totals.seconds = begin.elapsed().as_secs_f64();
        progress.finish();
        if totals.documents == 0 && totals.error_count() > 0 {
            // Let the reasons be seen before the verdict on the whole.
            totals.write_errors(&mut anstream::stderr().lock())?;
            return Err(Failure::input("no row could be read; is the format right?"));
        }
        Ok(totals)
    }
}

fn parse(chunk: &Chunk) -> Parsed<'_> {
    let results: Vec<_> = chunk.rows().par_iter().map(|row| chunk.parse(row)).collect();
    let mut documents = Vec::with_capacity(results.len());
    let rows = chunk.rows().iter().zip(results).map(|(row, result)| {
        let what = result.map(|document| {
            document.map(|document| {
                documents.push(document);
                documents.len() - 1
            })
        });
        ParsedRow { line: row.line, what, row, chunk }
    });
    let rows = rows.collect();
    Parsed { file: &chunk.file, rows, documents }
}

fn count(parsed: &Parsed<'_>, totals: &mut Totals) {
    totals.documents += parsed.documents.len() as u64;
    totals.bytes += parsed.documents.iter().map(Document::bytes).sum::<u64>();
    for row in &parsed.rows {
        if let Err(error) = &row.what {
            totals.add_error(parsed.file, row.line, error);
        }
    }
}
