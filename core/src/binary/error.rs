//! Why bytes are no ruleset.

use std::fmt;

/// Why [`Ruleset::from_bytes`](crate::Ruleset::from_bytes) refused.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LoadError {
    /// They are something else.
    Foreign,
    /// They are of this version of the format, which this version of Tamis does not read.
    Format(u32),
    /// Another version of Tamis compiled them.
    Engine(String),
    /// The same version compiled them, but with other tables.
    OtherBuild,
    /// They end before they should: so many bytes are missing, as far as that is known.
    Truncated(Option<u64>),
    /// So many bytes follow after the end.
    Trailing(u64),
    /// They changed since they were written.
    Checksum,
    /// They are whole, but what they say cannot be: this part is wrong.
    Damaged(&'static str),
}

/// Reads as the end of a sentence about the file.
impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Foreign => f.write_str("is not a compiled ruleset"),
            Self::Format(found) => write!(
                f,
                "is a compiled ruleset of format {found}, and this version of Tamis reads format {}",
                super::header::FORMAT
            ),
            Self::Engine(found) => write!(
                f,
                "was compiled by Tamis {found}, and this is Tamis {}; compile it again",
                env!("CARGO_PKG_VERSION")
            ),
            Self::OtherBuild => f.write_str(
                "was compiled by another build of Tamis, whose tables differ; compile it again",
            ),
            Self::Truncated(Some(1)) => f.write_str("is cut off: 1 byte is missing"),
            Self::Truncated(Some(missing)) => {
                write!(f, "is cut off: {missing} bytes are missing")
            }
            Self::Truncated(None) => f.write_str("is cut off"),
            Self::Trailing(1) => f.write_str("has 1 byte after its end"),
            Self::Trailing(extra) => write!(f, "has {extra} bytes after its end"),
            Self::Checksum => f.write_str("is damaged: its checksum does not fit"),
            Self::Damaged(part) => write!(f, "is damaged: {part} cannot be right"),
        }
    }
}

impl std::error::Error for LoadError {}
