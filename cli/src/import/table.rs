//! Separated values with the place of every record.

use super::report::Problem;
use super::source::Source;

/// A record and the byte it starts at.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) at: usize,
    pub(crate) cells: Vec<String>,
}

impl Row {
    /// The cell of a column without white space around it; empty when there is none.
    pub(crate) fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell.trim())
    }
}

/// The records of a file; blank lines are left out. Every quote that is never closed is a problem.
pub(crate) fn rows(source: &Source, delimiter: char) -> Result<Vec<Row>, Vec<Problem>> {
    let text = source.text.as_str();
    let (mut rows, mut problems) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < text.len() {
        let end = text[at..].find('\n').map_or(text.len(), |end| at + end + 1);
        if text[at..end].trim().is_empty() {
            at = end;
        } else if let Some((cells, next)) = record(text, at, delimiter) {
            rows.push(Row { at, cells });
            at = next;
        } else {
            problems.push(Problem::new(
                source.place(at),
                "a quote in this row is never closed, or text follows behind it",
                "quote the whole cell or nothing of it; a quote within quotes is written twice",
            ));
            at = end;
        }
    }
    if problems.is_empty() { Ok(rows) } else { Err(problems) }
}

/// The cells of one line; none when a quote is open at its end.
pub(crate) fn cells(line: &str, delimiter: char) -> Option<Vec<String>> {
    record(line, 0, delimiter).map(|(cells, _)| cells)
}

/// The cells of the record at `at`, and where the next one starts.
fn record(text: &str, mut at: usize, delimiter: char) -> Option<(Vec<String>, usize)> {
    let mut cells = Vec::new();
    loop {
        let cell = if text[at..].starts_with('"') {
            quoted(text, &mut at)?
        } else {
            let len = text[at..].find([delimiter, '\n']).unwrap_or(text.len() - at);
            let cell = text[at..at + len].to_owned();
            at += len;
            cell
        };
        cells.push(cell.strip_suffix('\r').map_or(cell.clone(), str::to_owned));
        match text[at..].chars().next() {
            Some(c) if c == delimiter => at += c.len_utf8(),
            Some(_) => return Some((cells, at + 1)),
            None => return Some((cells, at)),
        }
    }
}

/// A quoted cell.
fn quoted(text: &str, at: &mut usize) -> Option<String> {
    let mut cell = String::new();
    *at += 1;
    loop {
        let quote = text[*at..].find('"')?;
        cell.push_str(&text[*at..*at + quote]);
        *at += quote + 1;
        if !text[*at..].starts_with('"') {
            break;
        }
        cell.push('"');
        *at += 1;
    }
    // Text behind the quotes would mean that one is missing, and rows were swallowed.
    let clean = text[*at..].starts_with([',', ';', '\t', '\n', '\r']) || text[*at..].is_empty();
    *at += usize::from(text[*at..].starts_with('\r'));
    clean.then_some(cell)
}

/// The delimiter that occurs most often in `line`.
pub(crate) fn delimiter(line: &str) -> char {
    let most = [',', ';', '\t'].into_iter().rev().max_by_key(|&d| line.matches(d).count());
    most.unwrap_or(',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<(usize, Vec<String>)>, Vec<u32>> {
        rows(&Source::new("a.csv", text.to_owned()), ',')
            .map(|rows| rows.into_iter().map(|row| (row.at, row.cells)).collect())
            .map_err(|problems| problems.iter().map(|p| p.line).collect())
    }

    #[test]
    fn records_quotes_and_line_ends() {
        let row = |at: usize, cells: &[&str]| {
            (at, cells.iter().map(|&c| c.to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(
            read("a,b\r\n\n\"x\n\"\"y\"\"\",\"\"\nlast,").unwrap(),
            [row(0, &["a", "b"]), row(6, &["x\n\"y\"", ""]), row(19, &["last", ""])]
        );
        assert_eq!(read("a\n\"open\nb\n\"c\n").unwrap_err(), [2, 4]);
        assert_eq!(delimiter("a;b;c,d"), ';');
        assert_eq!(delimiter("plain"), ',');
    }
}
