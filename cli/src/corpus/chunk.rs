//! A bounded piece of a file: rows that are split but not yet parsed.

use super::document::{Document, Draft};
use super::layout::Layout;
use super::row_error::{RowCode, RowError};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// A chunk is full with this many rows…
pub(crate) const CHUNK_ROWS: usize = 8192;
/// …or this many bytes; one row may go beyond.
pub(crate) const CHUNK_BYTES: usize = 2 << 20;

/// What is known of a file that is being read.
#[derive(Debug)]
pub(crate) struct FileInfo {
    /// Its name in messages.
    pub(crate) name: String,
    /// How its rows are understood.
    pub(crate) layout: Layout,
    /// The character between its columns, if it has columns.
    pub(crate) delimiter: u8,
}

/// Rows of one file, in order.
#[derive(Debug)]
pub(crate) struct Chunk {
    /// The file.
    pub(crate) file: Arc<FileInfo>,
    data: Vec<u8>,
    /// Ends of cells within `data`, for files with columns.
    ends: Vec<usize>,
    rows: Vec<Row>,
}

/// A row of a chunk.
#[derive(Debug)]
pub(crate) struct Row {
    /// The line it begins on, from 1.
    pub(crate) line: u64,
    place: Place,
}

#[derive(Debug)]
enum Place {
    Line(Range<usize>),
    Record { start: usize, ends: Range<usize> },
    Blank,
    Bad(RowError),
}

/// The content of a row.
#[derive(Debug)]
pub(crate) enum Content<'a> {
    /// A line without its end.
    Line(&'a str),
    /// The cells of a record.
    Cells(Vec<&'a str>),
    /// Nothing but white space.
    Blank,
}

impl Chunk {
    /// A chunk without rows.
    pub(crate) fn new(file: Arc<FileInfo>) -> Self {
        Self { file, data: Vec::new(), ends: Vec::new(), rows: Vec::new() }
    }

    /// True when it should be worked on before more is read.
    pub(crate) fn is_full(&self) -> bool {
        self.rows.len() >= CHUNK_ROWS || self.data.len() >= CHUNK_BYTES
    }

    /// Its rows, in order.
    pub(crate) fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Adds a line, given with its end.
    pub(crate) fn push_line(&mut self, line: u64, content: &[u8]) {
        let content = content.strip_suffix(b"\n").unwrap_or(content);
        let content = content.strip_suffix(b"\r").unwrap_or(content);
        let start = self.data.len();
        self.data.extend_from_slice(content);
        self.rows.push(Row { line, place: Place::Line(start..self.data.len()) });
    }

    /// Adds a record, given as cells one behind the other and their ends.
    pub(crate) fn push_record(&mut self, line: u64, cells: &[u8], ends: &[usize]) {
        let (start, first) = (self.data.len(), self.ends.len());
        self.data.extend_from_slice(cells);
        self.ends.extend(ends.iter().map(|end| start + end));
        let ends = first..self.ends.len();
        self.rows.push(Row { line, place: Place::Record { start, ends } });
    }

    /// Adds a blank line.
    pub(crate) fn push_blank(&mut self, line: u64) {
        self.rows.push(Row { line, place: Place::Blank });
    }

    /// Adds a row that could not be read.
    pub(crate) fn push_error(&mut self, line: u64, error: RowError) {
        self.rows.push(Row { line, place: Place::Bad(error) });
    }

    /// What a row holds.
    pub(crate) fn content(&self, row: &Row) -> Result<Content<'_>, RowError> {
        match &row.place {
            Place::Line(range) => utf8(&self.data[range.clone()]).map(Content::Line),
            Place::Record { start, ends } => {
                let ends = &self.ends[ends.clone()];
                let starts = std::iter::once(*start).chain(ends.iter().copied());
                let cells = starts.zip(ends).map(|(start, &end)| utf8(&self.data[start..end]));
                cells.collect::<Result<_, _>>().map(Content::Cells)
            }
            Place::Blank => Ok(Content::Blank),
            Place::Bad(error) => Err(error.clone()),
        }
    }

    /// The document in a row; none in a blank one.
    pub(crate) fn parse(&self, row: &Row) -> Result<Option<Document<'_>>, RowError> {
        match (self.content(row)?, &self.file.layout) {
            (Content::Line(line), Layout::Jsonl(layout)) => layout.parse(line).map(Some),
            (Content::Line(line), _) => {
                Ok(Draft { text: Some(Cow::Borrowed(line)), ..Draft::default() }.finish())
            }
            (Content::Cells(cells), Layout::Csv(layout)) => layout.parse(&cells).map(Some),
            (Content::Cells(_) | Content::Blank, _) => Ok(None),
        }
    }
}

fn utf8(bytes: &[u8]) -> Result<&str, RowError> {
    std::str::from_utf8(bytes).map_err(|error| {
        let message = format!("byte {} of the row is not UTF-8", error.valid_up_to() + 1);
        RowError::new(RowCode::NotUtf8, message)
    })
}
