//! Rows that cannot be read.

use serde::Serialize;
use std::fmt;

/// The kinds of trouble with a row; their names are part of the output format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RowCode {
    /// Bytes that are not UTF-8.
    NotUtf8,
    /// Not JSON at all.
    NotJson,
    /// JSON of another shape than a document.
    NotADocument,
    /// A document without any text.
    NoText,
    /// More or fewer columns than the header has.
    ColumnCount,
    /// A quote that is never closed.
    UnclosedQuote,
    /// Longer than rows may be.
    TooLong,
    /// The file could not be read to its end.
    BrokenFile,
}

impl RowCode {
    /// The name in output and messages.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::NotUtf8 => "not-utf8",
            Self::NotJson => "not-json",
            Self::NotADocument => "not-a-document",
            Self::NoText => "no-text",
            Self::ColumnCount => "column-count",
            Self::UnclosedQuote => "unclosed-quote",
            Self::TooLong => "too-long",
            Self::BrokenFile => "broken-file",
        }
    }
}

/// Why a row could not be read. Never quotes the row, which may hold anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RowError {
    /// The kind.
    pub(crate) code: RowCode,
    /// A few words.
    pub(crate) message: String,
}

impl RowError {
    /// An error of the kind `code`.
    pub(crate) fn new(code: RowCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code.name(), self.message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_json() {
        for code in [RowCode::NotUtf8, RowCode::NotADocument, RowCode::BrokenFile] {
            assert_eq!(serde_json::to_value(code).unwrap(), code.name());
        }
    }
}
