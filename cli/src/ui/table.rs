//! Small tables: the first column to the left, the others to the right.

use super::style::{BOLD, DIM};
use anstyle::Style;
use std::fmt::Write as _;
use std::io::{self, Write};

/// A table that is filled row by row.
#[derive(Debug)]
pub(crate) struct Table {
    header: Vec<String>,
    rows: Vec<Vec<Cell>>,
    left: usize,
}

/// A text and its colour.
#[derive(Debug)]
pub(crate) struct Cell {
    text: String,
    style: Style,
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Self {
        Self { text: text.into(), style: Style::new() }
    }
}

impl Cell {
    /// `text` in a colour.
    pub(crate) fn styled(text: impl Into<String>, style: Style) -> Self {
        Self { text: text.into(), style }
    }
}

impl Table {
    /// A table with these headings.
    pub(crate) fn new<T: Into<String>>(header: impl IntoIterator<Item = T>) -> Self {
        Self { header: header.into_iter().map(Into::into).collect(), rows: Vec::new(), left: 1 }
    }

    /// With the first `n` columns to the left.
    #[must_use]
    pub(crate) fn left(mut self, n: usize) -> Self {
        self.left = n;
        self
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, cells: Vec<Cell>) {
        self.rows.push(cells);
    }

    /// True when there are no rows.
    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Writes it, indented by two.
    pub(crate) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let widths: Vec<usize> = (0..self.header.len())
            .map(|i| {
                let cells = self.rows.iter().filter_map(|row| row.get(i)).map(|c| &c.text);
                let widest = cells.chain([&self.header[i]]).map(|text| text.chars().count()).max();
                widest.unwrap_or(0)
            })
            .collect();
        let header = self.header.iter().map(|text| (text.as_str(), BOLD));
        self.write_row(out, header, &widths)?;
        for row in &self.rows {
            self.write_row(out, row.iter().map(|c| (c.text.as_str(), c.style)), &widths)?;
        }
        Ok(())
    }

    fn write_row<'t>(
        &self,
        out: &mut impl Write,
        cells: impl Iterator<Item = (&'t str, Style)>,
        widths: &[usize],
    ) -> io::Result<()> {
        let mut line = String::from("  ");
        let mut pending = 0;
        for (i, ((text, style), width)) in cells.zip(widths).enumerate() {
            let padding = width - text.chars().count();
            let (before, after) = if i < self.left { (0, padding) } else { (padding, 0) };
            let gap = if i == 0 { 0 } else { 2 };
            line.push_str(&" ".repeat(pending + gap + before));
            let _ = write!(line, "{style}{text}{style:#}");
            pending = after;
        }
        writeln!(out, "{line}")
    }
}

/// A heading over what follows.
pub(crate) fn heading(out: &mut impl Write, text: &str, remark: &str) -> io::Result<()> {
    let gap = if remark.is_empty() { "" } else { "  " };
    writeln!(out, "\n{BOLD}{text}{BOLD:#}{gap}{DIM}{remark}{DIM:#}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up() {
        let mut table = Table::new(["Action", "n"]);
        table.row(vec!["allow".into(), "1,000".into()]);
        table.row(vec!["b".into(), "2".into()]);
        let mut out = Vec::new();
        table.write(&mut out).unwrap();
        let text = anstream::adapter::strip_bytes(&out).into_vec();
        assert_eq!(
            String::from_utf8(text).unwrap(),
            "  Action      n\n  allow   1,000\n  b           2\n"
        );
    }
}
