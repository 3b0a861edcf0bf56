//! Reads files into chunks, on a thread of its own, never far ahead of the work.

use super::chunk::{Chunk, FileInfo};
use super::csv::{Record, Records};
use super::format::Format;
use super::layout::Request;
use super::lines::{Line, Lines, MAX_ROW};
use super::row_error::{RowCode, RowError};
use super::source;
use crate::failure::{Failure, in_words};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// How many chunks may wait for the work to catch up.
const AHEAD: usize = 2;

/// Reads `files` one after the other; the chunks come in order.
///
/// The thread is not waited for: it ends when nobody takes its chunks any more.
pub(crate) fn start(job: Job) -> Receiver<Result<Chunk, Failure>> {
    let (sender, receiver) = sync_channel(AHEAD);
    std::thread::spawn(move || {
        let mut out = Out { sender, left: job.limit.unwrap_or(u64::MAX) };
        for path in &job.files {
            match job.read_file(path, &mut out) {
                Ok(()) => {}
                Err(Stop::Failed(failure)) => return drop(out.sender.send(Err(failure))),
                Err(Stop::Enough) => return,
            }
        }
    });
    receiver
}

/// What is to be read.
pub(crate) struct Job {
    /// The files, in order.
    pub(crate) files: Vec<PathBuf>,
    /// How they are written.
    pub(crate) format: Format,
    /// Where the parts of documents stand in them.
    pub(crate) request: Request,
    /// Read no more rows.
    pub(crate) limit: Option<u64>,
    /// Counts the bytes taken from the files.
    pub(crate) position: Arc<AtomicU64>,
}

/// Why reading ends early.
enum Stop {
    /// Nobody wants more, or the limit is reached.
    Enough,
    /// The whole run is in vain.
    Failed(Failure),
}

struct Out {
    sender: SyncSender<Result<Chunk, Failure>>,
    left: u64,
}

impl Out {
    /// Counts a row that is not blank; stops when there have been enough.
    fn count(&mut self, chunk: &mut Chunk) -> Result<(), Stop> {
        self.left -= 1;
        if self.left == 0 {
            self.send(chunk)?;
            return Err(Stop::Enough);
        }
        Ok(())
    }

    fn send(&mut self, chunk: &mut Chunk) -> Result<(), Stop> {
        let full = std::mem::replace(chunk, Chunk::new(Arc::clone(&chunk.file)));
        if full.rows().is_empty() {
            return Ok(());
        }
        self.sender.send(Ok(full)).map_err(|_| Stop::Enough)
    }
}

impl Job {
    fn read_file(&self, path: &Path, out: &mut Out) -> Result<(), Stop> {
        let failed = |error: &io::Error| {
            Stop::Failed(Failure::input(format!(
                "cannot read {}: {}",
                source::display_name(path),
                in_words(error)
            )))
        };
        let content =
            source::open(path, Arc::clone(&self.position)).map_err(|error| failed(&error))?;
        let mut lines = Lines::new(content, MAX_ROW);
        let start = lines.peek().map_err(|error| failed(&error))?;
        let format = self.format.resolve(path, start);
        let name = source::display_name(path);
        match format {
            Format::Csv | Format::Tsv => {
                let mut records = Records::new(format.delimiter());
                let header = read_header(&mut records, &mut lines).map_err(|e| failed(&e))?;
                let Some(header) = header else { return Ok(()) };
                let layout = self.request.csv(header, &name).map_err(Stop::Failed)?;
                let delimiter = format.delimiter();
                let mut chunk = Chunk::new(Arc::new(FileInfo { name, layout, delimiter }));
                let result = read_records(&mut records, &mut lines, &mut chunk, out);
                finish(result, &lines, chunk, out)
            }
            Format::Auto | Format::Txt | Format::Jsonl => {
                let layout = self.request.plain(format, &name).map_err(Stop::Failed)?;
                let delimiter = b',';
                let mut chunk = Chunk::new(Arc::new(FileInfo { name, layout, delimiter }));
                let result = read_lines(&mut lines, &mut chunk, out);
                finish(result, &lines, chunk, out)
            }
        }
    }
}

/// Sends what is left, with a last row for content that broke off.
fn finish(
    result: Result<(), Broken>,
    lines: &Lines,
    mut chunk: Chunk,
    out: &mut Out,
) -> Result<(), Stop> {
    match result {
        Ok(()) => {}
        Err(Broken::Stopped(stop)) => return Err(stop),
        Err(Broken::Content(error)) => {
            let message = format!("the rest cannot be read: {}", in_words(&error));
            let error = RowError::new(RowCode::BrokenFile, message);
            chunk.push_error(lines.number() + 1, error);
        }
    }
    out.send(&mut chunk)
}

enum Broken {
    Content(io::Error),
    Stopped(Stop),
}

impl From<io::Error> for Broken {
    fn from(error: io::Error) -> Self {
        Self::Content(error)
    }
}

impl From<Stop> for Broken {
    fn from(stop: Stop) -> Self {
        Self::Stopped(stop)
    }
}

fn read_header(records: &mut Records, lines: &mut Lines) -> io::Result<Option<Vec<String>>> {
    loop {
        match records.next(lines)? {
            Record::Blank => {}
            Record::Read(_) => break,
            Record::End => return Ok(None),
            Record::Bad(..) => {
                let message = "its first line is not a CSV header";
                return Err(io::Error::new(io::ErrorKind::InvalidData, message));
            }
        }
    }
    let (cells, ends) = records.cells();
    let starts = std::iter::once(0).chain(ends.iter().copied());
    let cell = |(start, &end): (usize, &usize)| {
        String::from_utf8_lossy(&cells[start..end]).trim().to_owned()
    };
    Ok(Some(starts.zip(ends).map(cell).collect()))
}

fn read_records(
    records: &mut Records,
    lines: &mut Lines,
    chunk: &mut Chunk,
    out: &mut Out,
) -> Result<(), Broken> {
    loop {
        match records.next(lines)? {
            Record::End => return Ok(()),
            Record::Blank => chunk.push_blank(lines.number()),
            Record::Read(line) => {
                let (cells, ends) = records.cells();
                chunk.push_record(line, cells, ends);
                out.count(chunk)?;
            }
            Record::Bad(line, code) => {
                chunk.push_error(line, RowError::new(code, too_long_or_open(code)));
                out.count(chunk)?;
            }
        }
        if chunk.is_full() {
            out.send(chunk)?;
        }
    }
}

fn read_lines(lines: &mut Lines, chunk: &mut Chunk, out: &mut Out) -> Result<(), Broken> {
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match lines.next(&mut buffer)? {
            Line::End => return Ok(()),
            Line::Read if buffer.trim_ascii().is_empty() => chunk.push_blank(lines.number()),
            Line::Read => {
                chunk.push_line(lines.number(), &buffer);
                out.count(chunk)?;
            }
            Line::TooLong => {
                let code = RowCode::TooLong;
                chunk.push_error(lines.number(), RowError::new(code, too_long_or_open(code)));
                out.count(chunk)?;
            }
        }
        if chunk.is_full() {
            out.send(chunk)?;
        }
    }
}

fn too_long_or_open(code: RowCode) -> String {
    match code {
        RowCode::UnclosedQuote => "a quote opens on this line and is never closed".to_owned(),
        _ => format!("the row has more than {} MiB", MAX_ROW >> 20),
    }
}
