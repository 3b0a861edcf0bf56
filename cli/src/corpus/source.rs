//! Opening files: standard input, compression, byte order marks, progress.

use crate::failure::Failure;
use flate2::read::MultiGzDecoder;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, IsTerminal, Read, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

const BUFFER: usize = 256 << 10;

/// Content to read, decompressed.
pub(crate) type Content = Box<dyn BufRead + Send>;

/// True for the name of standard input.
pub(crate) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// How a file is called in messages.
pub(crate) fn display_name(path: &Path) -> String {
    if is_stdin(path) { "standard input".to_owned() } else { path.display().to_string() }
}

/// Fails when a file is certain not to be readable, before any work is done.
pub(crate) fn check(path: &Path) -> Result<u64, Failure> {
    if is_stdin(path) {
        return Ok(0);
    }
    let metadata = std::fs::metadata(path).map_err(|e| Failure::read(path, &e))?;
    if metadata.is_dir() {
        return Err(Failure::read(path, &io::ErrorKind::IsADirectory.into()));
    }
    Ok(metadata.len())
}

/// Opens a file or standard input. `position` counts the bytes taken from the disk.
pub(crate) fn open(path: &Path, position: Arc<AtomicU64>) -> io::Result<Content> {
    let raw: Box<dyn Read + Send> =
        if is_stdin(path) { Box::new(io::stdin()) } else { Box::new(File::open(path)?) };
    skip_mark(decompress(Counting { raw, position })?)
}

/// On a terminal, says that standard input is being read.
pub(crate) fn announce_stdin(what: &str) {
    if io::stdin().is_terminal() {
        let end = if cfg!(windows) { "Ctrl-Z and Enter" } else { "Ctrl-D" };
        let _ = writeln!(anstream::stderr(), "Reading {what} from standard input; {end} ends it.");
    }
}

/// Recognizes compression by its first bytes, whatever the name says.
fn decompress(raw: impl Read + Send + 'static) -> io::Result<Content> {
    let (start, raw) = peek(raw, 4)?;
    Ok(match start.as_slice() {
        [0x1f, 0x8b, ..] => {
            let buffered = BufReader::with_capacity(BUFFER, raw);
            Box::new(BufReader::with_capacity(BUFFER, MultiGzDecoder::new(buffered)))
        }
        // A frame, or a frame of other data before it.
        [0x28, 0xb5, 0x2f, 0xfd] | [0x50..=0x5f, 0x2a, 0x4d, 0x18] => {
            let buffered = BufReader::with_capacity(BUFFER, raw);
            let decoder = zstd::stream::read::Decoder::with_buffer(buffered)?;
            Box::new(BufReader::with_capacity(BUFFER, decoder))
        }
        _ => Box::new(BufReader::with_capacity(BUFFER, raw)),
    })
}

/// Drops a UTF-8 byte order mark and refuses UTF-16.
fn skip_mark(content: Content) -> io::Result<Content> {
    let (start, mut rest) = peek(content, 3)?;
    match start.as_slice() {
        [0xef, 0xbb, 0xbf] => io::copy(&mut (&mut rest).take(3), &mut io::sink()).map(|_| ())?,
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => {
            let message = "it is UTF-16; convert it to UTF-8 first";
            return Err(io::Error::new(io::ErrorKind::InvalidData, message));
        }
        _ => {}
    }
    Ok(Box::new(BufReader::with_capacity(BUFFER, rest)))
}

/// A start that was taken off, and what comes after it.
type Whole<R> = io::Chain<Cursor<Vec<u8>>, R>;

/// The first `n` bytes (fewer at the end), and a reader that still begins with them.
fn peek<R: Read>(mut raw: R, n: u64) -> io::Result<(Vec<u8>, Whole<R>)> {
    let mut start = Vec::new();
    raw.by_ref().take(n).read_to_end(&mut start)?;
    Ok((start.clone(), Cursor::new(start).chain(raw)))
}

struct Counting<R> {
    raw: R,
    position: Arc<AtomicU64>,
}

impl<R: Read> Read for Counting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.raw.read(buffer)?;
        self.position.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> io::Result<String> {
        let mut text = String::new();
        skip_mark(decompress(Cursor::new(bytes.to_vec()))?)?.read_to_string(&mut text)?;
        Ok(text)
    }

    fn gzip(text: &str) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn compression_marks_and_short_content() {
        assert_eq!(read(b"").unwrap(), "");
        assert_eq!(read(b"a").unwrap(), "a");
        assert_eq!(read(b"\xef\xbb\xbfa").unwrap(), "a");
        assert_eq!(read(b"\xef\xbbz").unwrap_err().kind(), io::ErrorKind::InvalidData);
        assert_eq!(read(&gzip("one")).unwrap(), "one");
        assert_eq!(read(&[gzip("one"), gzip("two")].concat()).unwrap(), "onetwo");
        assert_eq!(read(&zstd::encode_all("three".as_bytes(), 1).unwrap()).unwrap(), "three");
        assert!(read(b"\xff\xfea\0").unwrap_err().to_string().contains("UTF-16"));
        let cut = gzip("one two three four");
        let error = read(&cut[..cut.len() - 9]).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
    }
}
