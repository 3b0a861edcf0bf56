//! The files of a policy, and where in them a byte is.

use crate::span::{FileId, SourceSpan};

/// A place for people: both count from 1, columns in code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The column in code points, from 1.
    pub column: u32,
}

/// A file of a policy: its name as the author wrote it and its text.
#[derive(Clone, Debug)]
pub struct SourceFile {
    name: String,
    /// Its path among the files of its policy.
    path: Option<String>,
    text: String,
    /// Byte offset of the first byte of every line.
    lines: Vec<u32>,
}

impl SourceFile {
    /// A file called `name`.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let (name, text) = (name.into(), text.into());
        let lines = line_starts(&text);
        Self { name, path: None, text, lines }
    }

    /// The same file at `path` among the files of its policy.
    #[must_use]
    pub(crate) fn at(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Its path among the files of its policy, relative to their common root and
    /// with `/` between the parts, as [`Policy::from_sources`] takes it; none for
    /// packs and for policies that are no files.
    ///
    /// [`Policy::from_sources`]: crate::Policy::from_sources
    pub fn path(&self) -> Option<&str> {
        self.path.as_deref()
    }

    /// Its name for people.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it holds; empty when it could not be read.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The position of the byte `offset`; a place inside a character counts as
    /// its start, one beyond the end as the end.
    pub fn position(&self, offset: u32) -> Position {
        let offset = floor_boundary(&self.text, offset as usize);
        let line = self.lines.partition_point(|&start| start as usize <= offset) - 1;
        let mut start = self.lines[line] as usize;
        if line == 0 && self.text.starts_with('\u{feff}') {
            start = '\u{feff}'.len_utf8().min(offset);
        }
        let column = self.text[start..offset].chars().count();
        Position { line: line as u32 + 1, column: column as u32 + 1 }
    }

    /// The text of a line, counted from 1, without its line break and without a
    /// byte-order mark; empty when there is no such line.
    pub fn line(&self, line: u32) -> &str {
        let range = self.line_range(line);
        &self.text[range]
    }

    /// The bytes of [`SourceFile::line`].
    pub(crate) fn line_range(&self, line: u32) -> std::ops::Range<usize> {
        let index = (line as usize).saturating_sub(1);
        let Some(&start) = self.lines.get(index) else {
            return self.text.len()..self.text.len();
        };
        let end = self.lines.get(index + 1).map_or(self.text.len(), |&next| next as usize);
        let mut start = start as usize;
        let kept = self.text[start..end].trim_end_matches(['\n', '\r']).len();
        if index == 0 && self.text.starts_with('\u{feff}') {
            start = '\u{feff}'.len_utf8();
            return start..(kept.max(start));
        }
        start..start + kept
    }

    /// How many lines there are; a file has at least one.
    pub fn line_count(&self) -> u32 {
        self.lines.len() as u32
    }
}

/// `\n`, `\r\n` and a lone `\r` end a line, as they do for YAML.
fn line_starts(text: &str) -> Vec<u32> {
    let bytes = text.as_bytes();
    let breaks = bytes
        .iter()
        .enumerate()
        .filter(|&(i, &b)| b == b'\n' || (b == b'\r' && bytes.get(i + 1) != Some(&b'\n')));
    std::iter::once(0).chain(breaks.map(|(i, _)| i as u32 + 1)).collect()
}

/// The largest character boundary of `text` that is at most `offset`.
pub(crate) fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// All files of a policy, by [`FileId`].
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

impl SourceMap {
    /// Adds a file.
    pub fn add(&mut self, file: SourceFile) -> FileId {
        let id = FileId(self.files.len() as u32);
        self.files.push(file);
        id
    }

    /// The file `id`, if it is one of these.
    pub fn file(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(id.0 as usize)
    }

    /// All files, the policy first.
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// The name of the file that `span` is in.
    pub fn name(&self, span: SourceSpan) -> &str {
        self.file(span.file).map_or("", SourceFile::name)
    }

    /// Where `span` starts.
    pub fn position(&self, span: SourceSpan) -> Position {
        self.at(span.file, span.start)
    }

    /// Where `span` ends.
    pub fn end_position(&self, span: SourceSpan) -> Position {
        self.at(span.file, span.end)
    }

    fn at(&self, file: FileId, offset: u32) -> Position {
        self.file(file).map_or(Position { line: 1, column: 1 }, |file| file.position(offset))
    }

    /// The text at `span`; empty where it does not fit the file.
    pub fn text(&self, span: SourceSpan) -> &str {
        self.file(span.file).and_then(|file| file.text.get(span.range())).unwrap_or("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(file: &SourceFile, offset: u32) -> (u32, u32) {
        let position = file.position(offset);
        (position.line, position.column)
    }

    #[test]
    fn positions_count_code_points_and_know_all_line_breaks() {
        let file = SourceFile::new("x", "a\u{e9}b\r\nc\rd\n");
        assert_eq!(at(&file, 0), (1, 1));
        assert_eq!(at(&file, 3), (1, 3));
        assert_eq!(at(&file, 2), (1, 2), "inside a character");
        assert_eq!(at(&file, 6), (2, 1));
        assert_eq!(at(&file, 8), (3, 1));
        assert_eq!(at(&file, 10), (4, 1));
        assert_eq!(at(&file, 99), (4, 1), "beyond the end");
        assert_eq!(["a\u{e9}b", "c", "d", "", ""], [1, 2, 3, 4, 5].map(|line| file.line(line)));
    }

    #[test]
    fn a_byte_order_mark_is_no_column() {
        let file = SourceFile::new("x", "\u{feff}ab\nc");
        assert_eq!(at(&file, 3), (1, 1));
        assert_eq!(at(&file, 0), (1, 1));
        assert_eq!(at(&file, 4), (1, 2));
        assert_eq!(file.line(1), "ab");
        assert_eq!(SourceFile::new("x", "\u{feff}").line(1), "");
    }
}
