//! What a run has read: figures and rows that could not be read.

use super::chunk::FileInfo;
use super::row_error::{RowCode, RowError};
use crate::ui::number::{bytes, count, plural, rate, seconds};
use crate::ui::style::{BOLD, WARN};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// So many bad rows are shown with their place; the rest is counted.
const SHOWN: usize = 10;

/// Figures of a run.
#[derive(Debug, Default)]
pub(crate) struct Totals {
    /// Documents that were read.
    pub(crate) documents: u64,
    /// Bytes of their texts.
    pub(crate) bytes: u64,
    /// Rows that could not be read, by kind.
    pub(crate) errors: BTreeMap<RowCode, u64>,
    /// From the first row to the end of the work on the last.
    pub(crate) seconds: f64,
    shown: Vec<String>,
}

/// Rows that could not be read, as JSON.
#[derive(Debug, Serialize)]
pub(crate) struct ErrorFigures<'t> {
    count: u64,
    by_code: &'t BTreeMap<RowCode, u64>,
}

impl Totals {
    /// Counts a row that could not be read.
    pub(super) fn add_error(&mut self, file: &FileInfo, line: u64, error: &RowError) {
        *self.errors.entry(error.code).or_default() += 1;
        if self.shown.len() < SHOWN {
            self.shown.push(format!("{}:{line}: {error}", file.name));
        }
    }

    /// How many rows could not be read.
    pub(crate) fn error_count(&self) -> u64 {
        self.errors.values().sum()
    }

    /// Those rows as JSON.
    pub(crate) fn error_figures(&self) -> ErrorFigures<'_> {
        ErrorFigures { count: self.error_count(), by_code: &self.errors }
    }

    /// True when a file could not be read to its end.
    pub(crate) fn is_broken(&self) -> bool {
        self.errors.contains_key(&RowCode::BrokenFile)
    }

    /// Texts in millions of bytes a second.
    pub(crate) fn mb_per_s(&self) -> f64 {
        per_second(self.bytes, self.seconds) / 1e6
    }

    /// Documents a second.
    pub(crate) fn documents_per_s(&self) -> f64 {
        per_second(self.documents, self.seconds)
    }

    /// Tells what was read, and how fast.
    pub(crate) fn write_headline(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(
            out,
            "{BOLD}{}{BOLD:#}, {} of text in {} ({} MB/s, {} documents/s)",
            plural(self.documents, "document"),
            bytes(self.bytes),
            seconds(self.seconds),
            rate(self.mb_per_s()),
            rate(self.documents_per_s())
        )
    }

    /// Tells of the rows that could not be read.
    pub(crate) fn write_errors(&self, out: &mut impl Write) -> io::Result<()> {
        let n = self.error_count();
        if n == 0 {
            return Ok(());
        }
        let rows = plural(n, "row");
        writeln!(out, "{WARN}{rows} could not be read{WARN:#}, and {} left out:", was(n))?;
        for line in &self.shown {
            writeln!(out, "  {line}")?;
        }
        let more = n - self.shown.len() as u64;
        if more > 0 {
            let by_code: Vec<_> = self
                .errors
                .iter()
                .map(|(code, n)| format!("{} {}", code.name(), count(*n)))
                .collect();
            writeln!(out, "  … and {} more (in all: {})", count(more), by_code.join(", "))?;
        }
        Ok(())
    }
}

fn was(n: u64) -> &'static str {
    if n == 1 { "was" } else { "were" }
}

fn per_second(n: u64, seconds: f64) -> f64 {
    if seconds > 0.0 { n as f64 / seconds } else { 0.0 }
}
