//! The file that is imported: read with a bound, decoded, with places in it.

use super::encoding;
use super::report::Problem;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Bytes of a file at most: as many as a policy file may have.
pub(crate) const LIMIT: u64 = 16 << 20;

/// A file's text and name.
#[derive(Debug)]
pub(crate) struct Source {
    /// As the user wrote it, for messages.
    pub(crate) name: String,
    pub(crate) text: String,
    /// What it was decoded as, where it is not UTF-8.
    pub(crate) encoding: Option<&'static str>,
    /// Where each line starts.
    lines: Vec<usize>,
}

/// A place as people count: from 1, columns in characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) line: u32,
    pub(crate) column: u32,
}

impl Source {
    /// The file at `path`; `-` is standard input.
    pub(crate) fn read(path: &Path) -> Result<Self, Problem> {
        let shown = path.display().to_string();
        let bytes = if shown == "-" { bounded(io::stdin().lock()) } else { file(path) }?;
        Self::decode(&shown, bytes)
    }

    /// A text that is at hand.
    pub(crate) fn new(name: &str, text: String) -> Self {
        let starts = text.bytes().enumerate().filter(|&(_, b)| b == b'\n').map(|(i, _)| i + 1);
        let lines = std::iter::once(0).chain(starts).collect();
        Self { name: name.to_owned(), text, encoding: None, lines }
    }

    fn decode(name: &str, bytes: Vec<u8>) -> Result<Self, Problem> {
        let bytes = match String::from_utf8(bytes) {
            // The mark at the start of files that Windows writes is no part of the text.
            Ok(text) => {
                let text = text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned);
                return Ok(Self::new(name, text));
            }
            Err(error) => error.into_bytes(),
        };
        let decoded = encoding::utf16(&bytes).map(|text| (text, "UTF-16"));
        let decoded = decoded.or_else(|| Some((encoding::windows_1252(&bytes)?, "Windows-1252")));
        if let Some((text, encoding)) = decoded {
            return Ok(Self { encoding: Some(encoding), ..Self::new(name, text) });
        }
        let at = std::str::from_utf8(&bytes).map_or_else(|error| error.valid_up_to(), str::len);
        let before = String::from_utf8_lossy(&bytes[..at]).into_owned();
        let place = Self::new(name, before).place(at);
        let message = format!("the file is no text: byte {at} cannot be read");
        Err(Problem::new(place, message, "save it as UTF-8; many editors call it an encoding"))
    }

    /// The place of the byte `at`.
    pub(crate) fn place(&self, at: usize) -> Place {
        let line = self.lines.partition_point(|&start| start <= at).saturating_sub(1);
        let start = self.lines[line];
        let before = self.text.get(start..at).unwrap_or("");
        Place { line: line as u32 + 1, column: before.chars().count() as u32 + 1 }
    }

    /// The lines without their ends, each with the byte it starts at.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let mut at = 0;
        self.text.split('\n').map(move |line| {
            let start = at;
            at += line.len() + 1;
            (start, line.strip_suffix('\r').unwrap_or(line))
        })
    }

    /// The name of the file without folder and ending, for naming the policy.
    pub(crate) fn stem(&self) -> &str {
        let stem = Path::new(&self.name).file_stem().and_then(|stem| stem.to_str());
        stem.filter(|stem| *stem != "-").unwrap_or("imported")
    }
}

fn file(path: &Path) -> Result<Vec<u8>, Problem> {
    let io = |error: io::Error| unreadable(&error);
    // Asked by path first: opening a pipe would wait for its other end.
    if std::fs::metadata(path).map_err(io)?.is_dir() {
        return Err(Problem::new(Place::default(), "it is a folder", "name the file itself"));
    }
    bounded(File::open(path).map_err(io)?)
}

fn bounded(reader: impl Read) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    reader.take(LIMIT + 1).read_to_end(&mut bytes).map_err(|error| unreadable(&error))?;
    if bytes.len() as u64 > LIMIT {
        let message = format!("the file is larger than {} MiB", LIMIT >> 20);
        return Err(Problem::new(Place::default(), message, "cut it into several files"));
    }
    Ok(bytes)
}

fn unreadable(error: &io::Error) -> Problem {
    let words = crate::failure::in_words(error);
    Problem::new(Place::default(), words, "check the path and the folder you are in")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_characters_from_one() {
        let source = Source::new("a.txt", "dé\nx\r\ny".to_owned());
        let place = |at| (source.place(at).line, source.place(at).column);
        assert_eq!((place(0), place(3), place(4), place(7)), ((1, 1), (1, 3), (2, 1), (3, 1)));
        assert_eq!(source.lines().collect::<Vec<_>>(), [(0, "dé"), (4, "x"), (7, "y")]);
    }

    #[test]
    fn what_is_no_text_is_told_with_its_place() {
        let problem = Source::decode("a", b"ok\nb\xff\x00".to_vec()).unwrap_err();
        assert_eq!((problem.line, problem.column), (2, 2));
        let marked = Source::decode("a", b"\xef\xbb\xbfword".to_vec()).unwrap();
        assert_eq!((marked.text.as_str(), marked.encoding), ("word", None));
    }

    #[test]
    fn other_encodings_are_read_and_told() {
        let wide = Source::decode("a", b"\xff\xfea\0\xe9\0".to_vec()).unwrap();
        assert_eq!((wide.text.as_str(), wide.encoding), ("a\u{e9}", Some("UTF-16")));
        let old = Source::decode("a", b"caf\xe9 \x80".to_vec()).unwrap();
        assert_eq!((old.text.as_str(), old.encoding), ("caf\u{e9} \u{20ac}", Some("Windows-1252")));
    }
}
