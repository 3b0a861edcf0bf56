//! Writing rows to a file or standard output, compressed as the name says.

use super::source::is_stdin;
use crate::failure::{Failure, in_words};
use flate2::write::GzEncoder;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Where rows go.
pub(crate) enum Output {
    /// As they are.
    Plain(Box<dyn Write + Send>),
    /// For names that end in `.gz`.
    Gzip(GzEncoder<BufWriter<File>>),
    /// For names that end in `.zst`.
    Zstd(zstd::stream::write::Encoder<'static, BufWriter<File>>),
}

impl Output {
    /// Standard output.
    pub(crate) fn stdout() -> Self {
        Self::Plain(Box::new(BufWriter::with_capacity(64 << 10, io::stdout())))
    }

    /// The file at `path`, or standard output for `-`.
    pub(crate) fn create(path: &Path) -> Result<Self, Failure> {
        if is_stdin(path) {
            return Ok(Self::stdout());
        }
        let failed = |error: io::Error| {
            let why = match error.kind() {
                io::ErrorKind::NotFound => "there is no such folder".to_owned(),
                _ => in_words(&error),
            };
            Failure::input(format!("cannot write {}: {why}", path.display()))
        };
        let file = BufWriter::with_capacity(64 << 10, File::create(path).map_err(failed)?);
        let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
        Ok(match extension.to_ascii_lowercase().as_str() {
            "gz" => Self::Gzip(GzEncoder::new(file, flate2::Compression::default())),
            "zst" | "zstd" => {
                Self::Zstd(zstd::stream::write::Encoder::new(file, 0).map_err(failed)?)
            }
            _ => Self::Plain(Box::new(file)),
        })
    }

    /// Writes everything out and ends the compression.
    pub(crate) fn finish(self) -> io::Result<()> {
        match self {
            Self::Plain(mut writer) => writer.flush(),
            Self::Gzip(encoder) => encoder.finish()?.flush(),
            Self::Zstd(encoder) => encoder.finish()?.flush(),
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(writer) => writer.write(bytes),
            Self::Gzip(writer) => writer.write(bytes),
            Self::Zstd(writer) => writer.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(writer) => writer.flush(),
            Self::Gzip(writer) => writer.flush(),
            Self::Zstd(writer) => writer.flush(),
        }
    }
}
