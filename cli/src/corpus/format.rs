//! How files of documents are written.

use clap::ValueEnum;
use std::path::Path;

/// The choice of `--format`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// By the file's name, then by its first character
    #[default]
    Auto,
    /// One text a line
    Txt,
    /// Comma-separated, with a header
    Csv,
    /// Tab-separated, with a header
    Tsv,
    /// One JSON object a line
    Jsonl,
}

impl Format {
    /// The format of the content that begins with `start`, in a file called `path`.
    pub(crate) fn resolve(self, path: &Path, start: &[u8]) -> Format {
        if self != Format::Auto {
            return self;
        }
        by_name(path).unwrap_or_else(|| match start.iter().find(|b| !b.is_ascii_whitespace()) {
            Some(b'{') => Format::Jsonl,
            _ => Format::Txt,
        })
    }

    /// The character between columns.
    pub(crate) fn delimiter(self) -> u8 {
        if self == Format::Tsv { b'\t' } else { b',' }
    }
}

fn by_name(path: &Path) -> Option<Format> {
    let name = path.file_name()?.to_str()?.to_ascii_lowercase();
    let name = [".gz", ".zst", ".zstd"].iter().find_map(|e| name.strip_suffix(e)).unwrap_or(&name);
    match name.rsplit_once('.')?.1 {
        "txt" | "text" => Some(Format::Txt),
        "csv" => Some(Format::Csv),
        "tsv" => Some(Format::Tsv),
        "jsonl" | "ndjson" => Some(Format::Jsonl),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_name_then_by_content() {
        for (name, start, format) in [
            ("a.csv", "{", Format::Csv),
            ("a.CSV.GZ", "", Format::Csv),
            ("a.jsonl.zst", "", Format::Jsonl),
            ("a.log", "\n {\"text\"", Format::Jsonl),
            ("a.log", "hello", Format::Txt),
            ("-", "", Format::Txt),
        ] {
            assert_eq!(Format::Auto.resolve(Path::new(name), start.as_bytes()), format, "{name}");
        }
        assert_eq!(Format::Txt.resolve(Path::new("a.csv"), b""), Format::Txt);
    }
}
