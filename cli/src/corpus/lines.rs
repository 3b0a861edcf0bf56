//! Physical lines of bounded length, numbered, with a way to read some again.

use super::source::Content;
use std::io::{self, BufRead, Read};

/// A row, be it one line or several, may not be longer.
pub(crate) const MAX_ROW: usize = 16 << 20;

/// Lines of some content.
pub(crate) struct Lines {
    reader: Pushback,
    line: u64,
    limit: usize,
}

/// What [`Lines::next`] found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// A line, now in the buffer, its line end included.
    Read,
    /// A line beyond the limit; nothing of it is in the buffer.
    TooLong,
    /// The end of the content.
    End,
}

impl Lines {
    /// The lines of `content`, none of them longer than `limit` bytes.
    pub(crate) fn new(content: Content, limit: usize) -> Self {
        Self { reader: Pushback { pending: Vec::new(), at: 0, content }, line: 0, limit }
    }

    /// The number of the line that was read last, from 1.
    pub(crate) fn number(&self) -> u64 {
        self.line
    }

    /// The content from here on, to look at its start.
    pub(crate) fn peek(&mut self) -> io::Result<&[u8]> {
        self.reader.fill_buf()
    }

    /// Appends the next line to `buffer`.
    pub(crate) fn next(&mut self, buffer: &mut Vec<u8>) -> io::Result<Line> {
        let from = buffer.len();
        let allowed = self.limit as u64 + 1;
        let n = self.reader.by_ref().take(allowed).read_until(b'\n', buffer)?;
        if n == 0 {
            return Ok(Line::End);
        }
        self.line += 1;
        if buffer.ends_with(b"\n") || n <= self.limit {
            return Ok(Line::Read);
        }
        buffer.truncate(from);
        self.skip_rest()?;
        Ok(Line::TooLong)
    }

    fn skip_rest(&mut self) -> io::Result<()> {
        loop {
            let seen = self.reader.fill_buf()?;
            if seen.is_empty() {
                return Ok(());
            }
            let end = seen.iter().position(|&b| b == b'\n');
            let n = end.map_or(seen.len(), |at| at + 1);
            self.reader.consume(n);
            if end.is_some() {
                return Ok(());
            }
        }
    }

    /// Makes `bytes`, the last `lines` lines read, the next to be read again.
    pub(crate) fn unread(&mut self, bytes: &[u8], lines: u64) {
        self.reader.unread(bytes);
        self.line -= lines;
    }
}

/// A reader that takes back what was read.
struct Pushback {
    pending: Vec<u8>,
    at: usize,
    content: Content,
}

impl Pushback {
    fn unread(&mut self, bytes: &[u8]) {
        let mut pending = bytes.to_vec();
        pending.extend_from_slice(&self.pending[self.at..]);
        self.pending = pending;
        self.at = 0;
    }
}

impl Read for Pushback {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(buffer)?;
        self.consume(n);
        Ok(n)
    }
}

impl BufRead for Pushback {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at < self.pending.len() {
            return Ok(&self.pending[self.at..]);
        }
        self.content.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        if self.at < self.pending.len() {
            self.at += n;
        } else {
            self.content.consume(n);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn lines(text: &'static str, limit: usize) -> Lines {
        Lines::new(Box::new(Cursor::new(text.as_bytes())), limit)
    }

    #[test]
    fn numbers_limits_and_the_last_line() {
        let mut lines = lines("a\r\n\nlong line\nend", 5);
        let mut seen = Vec::new();
        loop {
            let mut buffer = Vec::new();
            let line = lines.next(&mut buffer).unwrap();
            if line == Line::End {
                break;
            }
            seen.push((lines.number(), line, String::from_utf8(buffer).unwrap()));
        }
        assert_eq!(
            seen,
            [
                (1, Line::Read, "a\r\n".to_owned()),
                (2, Line::Read, "\n".to_owned()),
                (3, Line::TooLong, String::new()),
                (4, Line::Read, "end".to_owned()),
            ]
        );
    }

    #[test]
    fn lines_can_be_read_again() {
        let mut lines = lines("a\nb\nc\n", 9);
        let mut buffer = Vec::new();
        for _ in 0..3 {
            lines.next(&mut buffer).unwrap();
        }
        lines.unread(b"b\nc\n", 2);
        buffer.clear();
        lines.next(&mut buffer).unwrap();
        assert_eq!((lines.number(), buffer.as_slice()), (2, b"b\n".as_slice()));
        lines.unread(b"b\n", 1);
        buffer.clear();
        while lines.next(&mut buffer).unwrap() != Line::End {}
        assert_eq!((lines.number(), buffer.as_slice()), (3, b"b\nc\n".as_slice()));
    }
}
