//! Reading the files of a policy, never more than is allowed.

use crate::diag::{Code, Diagnostic};
use crate::span::{FileId, SourceSpan};
use crate::spec::bounds;
use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Bytes of one file.
pub(crate) const LIMIT: u64 = bounds::FILE_BYTES;

/// Why a file was not read.
#[derive(Debug)]
pub(crate) enum Problem {
    /// More bytes than the limit.
    TooLarge(u64),
    /// A directory, a pipe, …
    NotAFile,
    /// What the operating system says.
    Io(io::ErrorKind),
}

impl Problem {
    pub(crate) fn code(&self) -> Code {
        match self {
            Self::TooLarge(_) => Code::TooLarge,
            Self::NotAFile | Self::Io(_) => Code::UnreadableFile,
        }
    }

    pub(crate) fn hint(&self) -> &'static str {
        match self {
            Self::TooLarge(_) => "put long word lists into several files under `lists:`",
            Self::NotAFile => "name the file itself",
            Self::Io(io::ErrorKind::NotFound) => "check the path and the folder you are in",
            Self::Io(io::ErrorKind::PermissionDenied) => "give yourself the right to read it",
            Self::Io(_) => "check the path and the disk",
        }
    }
}

/// Reads as the end of a sentence about the file.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge(limit) => write!(f, "is larger than {} MiB", limit >> 20),
            Self::NotAFile => f.write_str("is not a file"),
            Self::Io(io::ErrorKind::NotFound) => f.write_str("does not exist"),
            Self::Io(io::ErrorKind::PermissionDenied) => f.write_str("may not be read by you"),
            Self::Io(kind) => write!(f, "cannot be read: {kind}"),
        }
    }
}

/// The bytes of a file of at most `limit`.
pub(crate) fn file(path: &Path, limit: u64) -> Result<Vec<u8>, Problem> {
    let io = |error: io::Error| Problem::Io(error.kind());
    // Asked by path first: opening a pipe would wait for its other end.
    let metadata = std::fs::metadata(path).map_err(io)?;
    if !metadata.is_file() {
        return Err(Problem::NotAFile);
    }
    if metadata.len() > limit {
        return Err(Problem::TooLarge(limit));
    }
    bounded(File::open(path).map_err(io)?, limit)
}

/// All that `reader` gives, if it is at most `limit` bytes; else no more than that is read.
fn bounded(reader: impl Read, limit: u64) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    reader.take(limit + 1).read_to_end(&mut bytes).map_err(|error| Problem::Io(error.kind()))?;
    if bytes.len() as u64 > limit { Err(Problem::TooLarge(limit)) } else { Ok(bytes) }
}

/// The first byte that is not UTF-8.
#[derive(Debug)]
pub(crate) struct NotUtf8 {
    at: usize,
    /// True when the file starts as UTF-16 does.
    utf16: bool,
}

/// The text of `bytes`, with replacements where they are not UTF-8.
pub(crate) fn utf8(bytes: Vec<u8>) -> (String, Option<NotUtf8>) {
    match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let utf16 = matches!(error.as_bytes(), [0xff, 0xfe, ..] | [0xfe, 0xff, ..]);
            let broken = NotUtf8 { at: error.utf8_error().valid_up_to(), utf16 };
            (String::from_utf8_lossy(error.as_bytes()).into_owned(), Some(broken))
        }
    }
}

impl NotUtf8 {
    /// At the replacement character that stands for the first bad byte.
    pub(crate) fn diagnostic(&self, file: FileId) -> Diagnostic {
        let (at, len) = (self.at as u32, '\u{fffd}'.len_utf8() as u32);
        let span = SourceSpan::new(file, at, at + len);
        let message = format!("the file is not UTF-8: byte {} cannot be read", self.at);
        Diagnostic::new(Code::NotUtf8, span, message).hint(if self.utf16 {
            "it looks like UTF-16; save it as UTF-8"
        } else {
            "save the file as UTF-8"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endless_input_is_given_up_early() {
        struct Counted(u64);
        impl Read for &mut Counted {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                buffer.fill(b'a');
                self.0 += buffer.len() as u64;
                Ok(buffer.len())
            }
        }
        let mut endless = Counted(0);
        assert!(matches!(bounded(&mut endless, 1000), Err(Problem::TooLarge(1000))));
        assert!(endless.0 <= 1001, "{} bytes were read", endless.0);
        assert_eq!(bounded(&b"abc"[..], 3).unwrap(), b"abc");
    }

    #[test]
    fn the_bad_byte_is_found() {
        let (text, broken) = utf8(b"ab\xffc".to_vec());
        assert_eq!((text.as_str(), broken.unwrap().at), ("ab\u{fffd}c", 2));
        assert!(utf8(vec![0xff, 0xfe, b'a', 0]).1.unwrap().utf16);
        assert!(utf8(b"ok".to_vec()).1.is_none());
    }
}
