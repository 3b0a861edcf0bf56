//! Records of separated values, with physical line numbers and bounded size.

use super::document::{Document, Draft, Id};
use super::lines::{Line, Lines, MAX_ROW};
use super::row_error::{RowCode, RowError};
use crate::facts;
use csv_core::{ReadRecordResult, Reader, ReaderBuilder, Terminator};
use std::borrow::Cow;
use std::io;
use tamis::FactValue;
use tamis::spec::model::FactType;

/// Which columns of a file hold what.
#[derive(Clone, Debug, Default)]
pub(crate) struct CsvLayout {
    /// The names of all columns.
    pub(crate) header: Vec<String>,
    /// Field names (none for the unnamed text) and columns.
    pub(crate) texts: Vec<(Option<String>, usize)>,
    /// Fact names, types and columns.
    pub(crate) facts: Vec<(String, FactType, usize)>,
    pub(crate) id: Option<usize>,
    pub(crate) lang: Option<usize>,
    pub(crate) labels: Option<usize>,
    pub(crate) known: Option<usize>,
}

impl CsvLayout {
    /// The document in the cells of one record.
    pub(crate) fn parse<'a>(&self, cells: &[&'a str]) -> Result<Document<'a>, RowError> {
        if cells.len() != self.header.len() {
            let message =
                format!("the row has {} columns, the header {}", cells.len(), self.header.len());
            return Err(RowError::new(RowCode::ColumnCount, message));
        }
        let mut draft = Draft::default();
        for (name, column) in &self.texts {
            let text = Cow::Borrowed(cells[*column]);
            match name {
                None => draft.text = Some(text),
                // Names of fields are not doubled: `Request::new` saw to that.
                Some(name) => draft.fields.push((Cow::Owned(name.clone()), text)),
            }
        }
        for (name, kind, column) in &self.facts {
            let cell = cells[*column];
            // An empty cell is a missing fact; one that is no such value is listed as invalid.
            if !cell.trim().is_empty() {
                let value = facts::parse(cell, *kind).unwrap_or(FactValue::Other);
                draft.set_fact(Cow::Owned(name.clone()), value);
            }
        }
        let cell = |column: Option<usize>| column.map(|c| cells[c]).filter(|c| !c.is_empty());
        draft.id = cell(self.id).map(Id::Text);
        draft.lang = cell(self.lang).map(Cow::Borrowed);
        draft.labels = cell(self.labels).map_or_else(Vec::new, facts::split_list);
        draft.known = cell(self.known).map(facts::split_list);
        draft.finish().ok_or_else(|| RowError::new(RowCode::NoText, "the row has no text"))
    }
}

/// Reads records from physical lines.
pub(crate) struct Records {
    reader: Reader,
    /// The record's lines as they stand in the file.
    raw: Vec<u8>,
    /// Its cells, unquoted, one behind the other.
    cells: Vec<u8>,
    ends: Vec<usize>,
}

/// What [`Records::next`] found.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Record {
    /// A record that began on this line; its cells can be had.
    Read(u64),
    /// A blank line.
    Blank,
    /// A record that could not be read, and the line it began on.
    Bad(u64, RowCode),
    /// The end of the file.
    End,
}

impl Records {
    /// A reader for records with `delimiter` between cells.
    pub(crate) fn new(delimiter: u8) -> Self {
        // Only a line feed ends a record; a carriage return before it is taken off below, so
        // that line ends within quotes stay as they are.
        let reader =
            ReaderBuilder::new().delimiter(delimiter).terminator(Terminator::Any(b'\n')).build();
        Self { reader, raw: Vec::new(), cells: Vec::new(), ends: Vec::new() }
    }

    /// The bytes and the ends of the cells of the record that was read last.
    pub(crate) fn cells(&self) -> (&[u8], &[usize]) {
        (&self.cells, &self.ends)
    }

    /// Reads the next record.
    ///
    /// A quote that is not closed before the file ends or the record gets too long costs only
    /// the line it is on: reading goes on with the line after it.
    pub(crate) fn next(&mut self, lines: &mut Lines) -> io::Result<Record> {
        self.raw.clear();
        self.cells.clear();
        self.ends.clear();
        self.reader.reset();
        let mut first = 0;
        loop {
            let from = self.raw.len();
            if from > MAX_ROW {
                return Ok(self.give_up(first, lines));
            }
            let line = lines.next(&mut self.raw)?;
            if from == 0 {
                first = lines.number();
            }
            match line {
                Line::End if from == 0 => return Ok(Record::End),
                Line::End => return Ok(self.give_up(first, lines)),
                // What was skipped cannot be read again.
                Line::TooLong => return Ok(Record::Bad(first, RowCode::TooLong)),
                Line::Read if from == 0 && self.raw.trim_ascii().is_empty() => {
                    return Ok(Record::Blank);
                }
                Line::Read if self.feed(from) => return Ok(Record::Read(first)),
                Line::Read => {}
            }
        }
    }

    /// Goes back to the line after the one on which the record began.
    fn give_up(&self, first: u64, lines: &mut Lines) -> Record {
        let after = self.raw.iter().position(|&b| b == b'\n').map_or(self.raw.len(), |n| n + 1);
        lines.unread(&self.raw[after..], count_lines(&self.raw[after..]));
        Record::Bad(first, RowCode::UnclosedQuote)
    }

    /// Feeds the lines from `from` on; true when the record is complete.
    fn feed(&mut self, from: usize) -> bool {
        let mut input = &self.raw[from..];
        // The last line of a file may lack its end; csv_core needs one.
        let mut end_missing = !input.ends_with(b"\n");
        let (mut written, mut ended) = (self.cells.len(), self.ends.len());
        let done = loop {
            // Never more bytes or cells than there is input, and one cell more.
            self.cells.resize(written + input.len() + 2, 0);
            self.ends.resize(ended + input.len() + 2, 0);
            let (cells, ends) = (&mut self.cells[written..], &mut self.ends[ended..]);
            let (result, nin, nout, nend) = self.reader.read_record(input, cells, ends);
            written += nout;
            ended += nend;
            input = &input[nin..];
            match result {
                ReadRecordResult::Record => break true,
                ReadRecordResult::InputEmpty if end_missing => {
                    end_missing = false;
                    input = b"\n";
                }
                ReadRecordResult::InputEmpty | ReadRecordResult::End => break false,
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {}
            }
        };
        self.cells.truncate(written);
        self.ends.truncate(ended);
        if done && self.raw.ends_with(b"\r\n") && self.cells.ends_with(b"\r") {
            self.cells.pop();
            if let Some(end) = self.ends.last_mut() {
                *end = self.cells.len();
            }
        }
        done
    }
}

fn count_lines(bytes: &[u8]) -> u64 {
    bytes.split_inclusive(|&b| b == b'\n').count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn read(text: &str) -> Vec<(u64, Result<Vec<String>, RowCode>)> {
        let mut lines = Lines::new(Box::new(Cursor::new(text.as_bytes().to_vec())), MAX_ROW);
        let mut records = Records::new(b',');
        let mut all = Vec::new();
        loop {
            match records.next(&mut lines).unwrap() {
                Record::End => return all,
                Record::Blank => {}
                Record::Bad(line, code) => all.push((line, Err(code))),
                Record::Read(line) => {
                    let (cells, ends) = records.cells();
                    let starts = std::iter::once(0).chain(ends.iter().copied());
                    let cell =
                        |(s, &e): (usize, &usize)| String::from_utf8(cells[s..e].to_vec()).unwrap();
                    all.push((line, Ok(starts.zip(ends).map(cell).collect())));
                }
            }
        }
    }

    fn row(line: u64, cells: &[&str]) -> (u64, Result<Vec<String>, RowCode>) {
        (line, Ok(cells.iter().map(|&c| c.to_owned()).collect()))
    }

    #[test]
    fn quotes_line_ends_and_line_numbers() {
        assert_eq!(
            read("a,b\r\n\r\n\"x\r\ny\",\"q\"\"q\"\r\n\nlast,"),
            [row(1, &["a", "b"]), row(3, &["x\r\ny", "q\"q"]), row(6, &["last", ""])]
        );
        assert_eq!(read("\"a\",\"b\"\r\n"), [row(1, &["a", "b"])]);
        assert_eq!(read("a\"b,c"), [row(1, &["a\"b", "c"])]);
        assert_eq!(read(",\n"), [row(1, &["", ""])]);
    }

    #[test]
    fn an_open_quote_costs_one_row() {
        let unclosed = |line| (line, Err(RowCode::UnclosedQuote));
        assert_eq!(
            read("a,b\n\"open,1\nc,d\ne,f"),
            [row(1, &["a", "b"]), unclosed(2), row(3, &["c", "d"]), row(4, &["e", "f"])]
        );
        assert_eq!(read("\"open"), [unclosed(1)]);
        assert_eq!(read("a\n\"open\n"), [row(1, &["a"]), unclosed(2)]);
    }
}
