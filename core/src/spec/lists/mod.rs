//! List files: read, and decoded by what their name says they are.

mod json;
mod lines;
mod table;

use super::attached::{Attached, Kind};
use super::model::{ListSource, Pattern, Policy};
use crate::diag::{Code, Diagnostic, Sink};
use crate::span::{FileId, Spanned};

/// Reads the list files of `policy`, which stands where `attached` looks from.
pub(crate) fn load(policy: &mut Policy, attached: &mut Attached<'_>, sink: &mut Sink) {
    for list in &mut policy.lists {
        if let ListSource::File { path, entries } = &mut list.source {
            match read(path, attached, sink) {
                Ok(found) => *entries = found,
                Err(diagnostic) => sink.push(*diagnostic),
            }
        }
    }
}

fn read(
    path: &Spanned<String>,
    attached: &mut Attached<'_>,
    sink: &mut Sink,
) -> Result<Vec<Pattern>, Box<Diagnostic>> {
    let (file, text) = attached.open(path, Kind::List)?;
    let (entries, written) = Format::of(path).read(text, file, sink);
    if written == 0 {
        let message = format!("the list `{}` has no entries", path.value);
        return Err(Box::new(
            Diagnostic::new(Code::EmptyList, path.span, message)
                .hint("write one pattern a line, or remove the list and the patterns that use it"),
        ));
    }
    Ok(entries)
}

/// How a list is written, by the end of its file's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// One pattern a line.
    Lines,
    /// A header and a pattern a row.
    Table,
    /// An array of patterns as a policy writes them.
    Json,
}

impl Format {
    const ALL: [(&'static str, Format); 3] =
        [("txt", Format::Lines), ("csv", Format::Table), ("json", Format::Json)];

    /// The format of a file that can be a list.
    pub(super) fn find(path: &str) -> Option<Self> {
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
        Self::ALL.iter().find(|row| ending.eq_ignore_ascii_case(row.0)).map(|row| row.1)
    }

    /// The same, for a path that was looked at before.
    fn of(path: &str) -> Self {
        Self::find(path).unwrap_or(Self::Lines)
    }

    /// The patterns in `text`, and how many entries it has, usable or not.
    fn read(self, text: &str, file: FileId, sink: &mut Sink) -> (Vec<Pattern>, usize) {
        match self {
            Self::Lines => lines::entries(text, file, sink),
            Self::Table => table::entries(text, file, sink),
            Self::Json => json::entries(text, file, sink),
        }
    }
}
