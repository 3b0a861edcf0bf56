//! CSV lists: the first row names the columns, every other row is a pattern.
//!
//! A row becomes the mapping it stands for, with the place of every cell, and is
//! decoded like one in a policy. An empty cell is a key that is not there.

use crate::diag::{Code, Diagnostic, Sink};
use crate::span::{FileId, SourceSpan, Spanned};
use crate::spec::decode;
use crate::spec::model::Pattern;
use crate::spec::suggest::nearest;
use crate::spec::tree::{Entry, Node, NodeKind, Scalar};
use csv_core::{ReadFieldResult, ReaderBuilder};
use rustc_hash::FxHashMap;

/// Columns beside the keys of patterns: what recognizers take.
const OF_ENTITIES: &[&str] = &["region"];
/// What may stand between columns; the first that the header has does.
const DELIMITERS: [char; 3] = [',', ';', '\t'];

/// The patterns in the text of a list, and how many rows have one, usable or not.
pub(super) fn entries(text: &str, file: FileId, sink: &mut Sink) -> (Vec<Pattern>, usize) {
    let mut rows = Rows::new(text, file);
    let Some(header) = rows.next(sink) else { return (Vec::new(), 0) };
    let Some(columns) = columns(&header, sink) else { return (Vec::new(), 1) };
    let mut items = Vec::new();
    while let Some(row) = rows.next(sink) {
        items.extend(item(row, &columns, sink));
    }
    let written = items.len().max(usize::from(rows.failed));
    let span = SourceSpan::new(file, 0, text.len() as u32);
    let list = Node { span, kind: NodeKind::Seq(items) };
    (decode::list(&list, text, false, sink), written)
}

/// The name of every column; nothing for a comment. None when the row is no header.
fn columns(header: &[Cell], sink: &mut Sink) -> Option<Vec<Option<String>>> {
    let known = || decode::pattern_keys().iter().chain(OF_ENTITIES).copied();
    let name = |cell: &Cell| cell.value.trim().to_owned();
    let is_kind = |cell: &Cell| decode::PATTERN_KINDS.contains(&name(cell).as_str());
    if !header.iter().any(is_kind) {
        sink.push(no_header(header));
        return None;
    }
    let mut seen: FxHashMap<String, SourceSpan> = FxHashMap::default();
    let mut columns = Vec::with_capacity(header.len());
    for cell in header {
        let name = name(cell);
        if name.starts_with('#') {
            columns.push(None);
            continue;
        }
        if !known().any(|known| known == name) {
            sink.push(unknown_column(&name, cell.span, known()));
        } else if let Some(&first) = seen.get(&name) {
            let message = format!("the column `{name}` is there twice");
            sink.push(
                Diagnostic::new(Code::DuplicateKey, cell.span, message)
                    .also(first, "the first one")
                    .hint("keep one of them; a column for people starts with `#`"),
            );
        }
        seen.entry(name.clone()).or_insert(cell.span);
        columns.push(Some(name).filter(|name| known().any(|known| known == *name)));
    }
    Some(columns)
}

fn no_header(header: &[Cell]) -> Diagnostic {
    let place = header.first().map_or_else(SourceSpan::default, |first| {
        let end = header.last().map_or(first.span.end, |last| last.span.end);
        SourceSpan::new(first.span.file, first.span.start, end)
    });
    let near = header.iter().find_map(|cell| {
        Some((cell, nearest(cell.value.trim(), decode::PATTERN_KINDS.iter().copied())?))
    });
    let diagnostic = Diagnostic::new(
        Code::ListSyntax,
        near.map_or(place, |(cell, _)| cell.span),
        "the first row has to name the columns, and none of them says what to look for",
    )
    .hint("start the file with the row `text`, or with several columns such as `text,boundary`");
    match near {
        Some((cell, meant)) => {
            diagnostic.label(format!("did you mean `{meant}`?")).fix(cell.span, meant)
        }
        None => diagnostic,
    }
}

fn unknown_column<'k>(
    name: &str,
    span: SourceSpan,
    known: impl Iterator<Item = &'k str> + Clone,
) -> Diagnostic {
    let message = if name.is_empty() {
        "a column has no name".to_owned()
    } else {
        format!("unknown column `{name}`")
    };
    let diagnostic = Diagnostic::new(Code::UnknownKey, span, message);
    if let Some(meant) = nearest(name, known.clone()) {
        return diagnostic.label(format!("did you mean `{meant}`?")).fix(span, meant);
    }
    let names: Vec<String> = known.map(|name| format!("`{name}`")).collect();
    let names = names.join(", ");
    diagnostic.hint(format!("the columns are {names}; one for people starts with `#`"))
}

/// The pattern that a row stands for; none when all its cells are empty.
fn item(row: Vec<Cell>, columns: &[Option<String>], sink: &mut Sink) -> Option<Node> {
    let span =
        SourceSpan::new(row.first()?.span.file, row.first()?.span.start, row.last()?.span.end);
    if let Some(extra) = row[columns.len().min(row.len())..].iter().find(|c| !c.value.is_empty()) {
        let message =
            format!("the row has more cells than the header has columns ({})", columns.len());
        sink.push(
            Diagnostic::new(Code::ListSyntax, extra.span, message)
                .hint("put quotes around a cell with the separator in it"),
        );
        return Some(Node { span, kind: NodeKind::Bad });
    }
    let mut entries = Vec::new();
    let mut bad = false;
    for (cell, column) in row.into_iter().zip(columns) {
        bad |= cell.bad;
        let Some(name) = column.as_ref().filter(|_| !cell.value.is_empty()) else { continue };
        entries.push(Entry { key: Spanned::new(name.clone(), cell.span), value: cell.node(name) });
    }
    if bad {
        return Some(Node { span, kind: NodeKind::Bad });
    }
    (!entries.is_empty()).then_some(Node { span, kind: NodeKind::Map(entries) })
}

/// A cell of a row.
struct Cell {
    value: String,
    /// Without the quotes, unless there are some inside.
    span: SourceSpan,
    /// It was reported.
    bad: bool,
}

impl Cell {
    /// The value of the key `name`: `in` takes several texts, with spaces between them.
    fn node(self, name: &str) -> Node {
        let span = self.span;
        let scalar = |value: String| NodeKind::Scalar(Scalar { value, plain: true });
        if name != "in" {
            return Node { span, kind: scalar(self.value) };
        }
        let exact = self.value.len() == span.range().len();
        let mut items = Vec::new();
        for part in self.value.split_whitespace() {
            let at = (part.as_ptr() as usize - self.value.as_ptr() as usize) as u32;
            let place =
                SourceSpan::new(span.file, span.start + at, span.start + at + part.len() as u32);
            let span = if exact { place } else { span };
            items.push(Node { span, kind: scalar(part.to_owned()) });
        }
        Node { span, kind: NodeKind::Seq(items) }
    }
}

/// Reads row after row.
struct Rows<'t> {
    text: &'t str,
    file: FileId,
    at: usize,
    delimiter: char,
    reader: csv_core::Reader,
    /// Something was reported, after which nothing can be read.
    failed: bool,
}

impl<'t> Rows<'t> {
    fn new(text: &'t str, file: FileId) -> Self {
        let mut rows = Self {
            text,
            file,
            at: if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 },
            delimiter: ',',
            reader: csv_core::Reader::new(),
            failed: false,
        };
        rows.skip();
        let header = rows.text[rows.at..].lines().next().unwrap_or("");
        rows.delimiter = DELIMITERS.into_iter().find(|&d| header.contains(d)).unwrap_or(',');
        rows.reader = ReaderBuilder::new().delimiter(rows.delimiter as u8).build();
        rows
    }

    /// Goes on behind blank lines and lines that are comments.
    fn skip(&mut self) {
        loop {
            let rest = &self.text[self.at..];
            let line = rest.find('\n').map_or(rest.len(), |end| end + 1);
            let written = rest[..line].trim();
            if line == 0 || !(written.is_empty() || written.starts_with('#')) {
                return;
            }
            self.at += line;
        }
    }

    /// The cells of the next row; none at the end.
    fn next(&mut self, sink: &mut Sink) -> Option<Vec<Cell>> {
        self.skip();
        if self.failed || self.at == self.text.len() {
            return None;
        }
        let mut cells = Vec::new();
        loop {
            let (cell, last) = self.cell(sink);
            cells.push(cell);
            if last {
                return Some(cells);
            }
        }
    }

    /// The next cell, and whether it is the last of its row.
    fn cell(&mut self, sink: &mut Sink) -> (Cell, bool) {
        let start = self.at;
        let mut bytes = Vec::new();
        let mut buffer = [0; 256];
        let last = loop {
            // Nothing more: the reader is told that the text ends here.
            let (result, read, wrote) =
                self.reader.read_field(&self.text.as_bytes()[self.at..], &mut buffer);
            self.at += read;
            bytes.extend_from_slice(&buffer[..wrote]);
            match result {
                ReadFieldResult::Field { record_end } => break record_end,
                ReadFieldResult::End => break true,
                ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => {}
            }
        };
        // Cells end at ASCII, so these are whole characters.
        let raw = &self.text[start..self.at];
        let raw = raw.trim_end_matches(['\n', '\r']);
        let raw = if last { raw } else { raw.strip_suffix(self.delimiter).unwrap_or(raw) };
        self.finish(start, raw, String::from_utf8_lossy(&bytes).into_owned(), last, sink)
    }

    fn finish(
        &mut self,
        start: usize,
        raw: &str,
        value: String,
        last: bool,
        sink: &mut Sink,
    ) -> (Cell, bool) {
        let place = |from: usize, len: usize| {
            SourceSpan::new(self.file, (start + from) as u32, (start + from + len) as u32)
        };
        if !raw.starts_with('"') {
            let kept = raw.trim_start();
            let span = place(raw.len() - kept.len(), kept.trim_end().len());
            return (Cell { value: kept.trim_end().to_owned(), span, bad: false }, last);
        }
        if raw.strip_prefix('"').and_then(|raw| raw.strip_suffix('"')) == Some(&value) {
            return (Cell { value, span: place(1, raw.len() - 2), bad: false }, last);
        }
        let span = place(0, raw.len());
        let sound = format!("\"{}\"", value.replace('"', "\"\"")) == raw;
        if !sound {
            let line = raw.find(['\n', '\r']).unwrap_or(raw.len());
            self.failed |= self.at == self.text.len();
            sink.push(
                Diagnostic::new(
                    Code::ListSyntax,
                    place(0, line),
                    "the quotation mark at the start of this cell is not closed at its end",
                )
                .hint("a cell in quotes ends with a quote; a quote inside it is written twice: `\"\"`"),
            );
        }
        (Cell { value, span, bad: !sound }, last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::model::{Boundary, PatternKind};

    fn read(text: &str) -> (Vec<Pattern>, usize, Vec<Diagnostic>) {
        let mut sink = Sink::default();
        let (patterns, written) = entries(text, FileId(3), &mut sink);
        (patterns, written, sink.into_list())
    }

    #[test]
    fn rows_comments_quotes_and_places() {
        let text = "\u{feff}# our words\r\ntext, boundary ,#why,regex\r\n\r\nspam,any,\"a, b\"\r\n  # all of this\n\
                    \"free \"\"gold\"\"\",,,\n,,x,\n, word ,,\"\\d{3}, é\"\n\"#tag\"";
        let (patterns, written, found) = read(text);
        assert_eq!(found, []);
        assert_eq!((patterns.len(), written), (4, 4));
        let texts: Vec<(&str, &str)> = patterns
            .iter()
            .map(|pattern| {
                let (PatternKind::Text(t) | PatternKind::Regex(t)) = &pattern.kind else {
                    panic!("{pattern:?}")
                };
                (t.as_str(), &text[t.span.range()])
            })
            .collect();
        let expected = [
            ("spam", "spam"),
            ("free \"gold\"", "\"free \"\"gold\"\"\""),
            ("\\d{3}, é", "\\d{3}, é"),
            ("#tag", "#tag"),
        ];
        assert_eq!(texts, expected);
        let boundary = |at: usize| patterns[at].options.boundary.as_ref().map(|b| b.value);
        assert_eq!((boundary(0), boundary(2)), (Some(Boundary::Any), Some(Boundary::Word)));
    }

    #[test]
    fn separators_are_those_of_the_header() {
        for text in ["text;boundary\na,b;any\n", "text\tboundary\na,b\tany\n"] {
            let (patterns, _, found) = read(text);
            assert_eq!(found, [], "{text}");
            assert!(matches!(&patterns[0].kind, PatternKind::Text(t) if t.value == "a,b"));
        }
    }

    #[test]
    fn fields_are_separate() {
        let text = "text,in\nspam,title body\n";
        let (patterns, _, found) = read(text);
        assert_eq!(found, []);
        let fields = patterns[0].options.fields.as_ref().unwrap();
        let shown: Vec<&str> = fields.iter().map(|f| &text[f.span.range()]).collect();
        assert_eq!(shown, ["title", "body"]);
    }

    #[test]
    fn mistakes_are_reported_and_the_rest_is_read() {
        for (text, code, at, left) in [
            ("spam\nscam\n", Code::ListSyntax, "spam", 0),
            ("txt\nscam\n", Code::ListSyntax, "txt", 0),
            ("text,bondary\nspam,any\n", Code::UnknownKey, "bondary", 1),
            ("text,text\nspam,\n", Code::DuplicateKey, "text", 1),
            ("text\nspam,ham\nscam\n", Code::ListSyntax, "ham", 1),
            ("text\n\"spam\nscam\n", Code::ListSyntax, "\"spam", 0),
            ("text\n\"spam\"x\nscam\n", Code::ListSyntax, "\"spam\"x", 1),
            ("text\n\"a \"b\"\"\nscam\n", Code::ListSyntax, "\"a \"b\"\"", 1),
            ("text,regex\nspam,ham\n", Code::ConflictingKeys, "ham", 0),
            ("text,boundary\n,any\n", Code::MissingKey, ",any", 0),
            ("text,boundary\nspam,anny\n", Code::BadValue, "anny", 1),
        ] {
            let (patterns, written, found) = read(text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert_eq!((found[0].code, &text[found[0].span.range()]), (code, at), "{text}");
            assert_eq!(patterns.len(), left, "{text}");
            assert!(written > 0, "{text}");
        }
        assert_eq!(read("").1, 0);
        assert_eq!(read("text\n# nothing\n").1, 0);
    }
}
