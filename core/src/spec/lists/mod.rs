//! List files: read, and decoded by what their name says they are.

mod json;
mod lines;
mod table;

use super::model::{ListSource, Pattern, Policy};
use crate::diag::{Code, Diagnostic, Sink, SourceFile, SourceMap};
use crate::files::{Files, Missing};
use crate::read;
use crate::span::{FileId, Spanned};

/// Reads the list files of `policy`, which stands at `place` among `files`;
/// `left` are the bytes that may still be read.
pub(crate) fn load(
    policy: &mut Policy,
    (files, place): (&Files, &str),
    left: &mut u64,
    sources: &mut SourceMap,
    sink: &mut Sink,
) {
    let mut loader = Loader { files, place, sources, sink, left };
    for list in &mut policy.lists {
        if let ListSource::File { path, entries } = &mut list.source {
            match loader.file(path) {
                Ok(found) => *entries = found,
                Err(diagnostic) => loader.sink.push(*diagnostic),
            }
        }
    }
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

struct Loader<'a> {
    files: &'a Files,
    /// Where the policy stands.
    place: &'a str,
    sources: &'a mut SourceMap,
    sink: &'a mut Sink,
    left: &'a mut u64,
}

impl Loader<'_> {
    fn file(&mut self, path: &Spanned<String>) -> Result<Vec<Pattern>, Box<Diagnostic>> {
        let place = Files::place(self.place, path)
            .ok_or_else(|| Box::new(unreadable(path, &Missing::Outside)))?;
        let found = self
            .files
            .open(&place, read::LIMIT.min(*self.left))
            .map_err(|missing| Box::new(unreadable(path, &missing)))?;
        *self.left = self.left.saturating_sub(found.text.len() as u64);
        let file = self.sources.add(SourceFile::new(found.name, found.text).at(place));
        if let Some(broken) = found.broken {
            return Err(Box::new(broken.diagnostic(file)));
        }
        let text = self.sources.file(file).map_or("", SourceFile::text);
        let (entries, written) = Format::of(path).read(text, file, self.sink);
        if written == 0 {
            let message = format!("the list `{}` has no entries", path.value);
            return Err(Box::new(Diagnostic::new(Code::EmptyList, path.span, message).hint(
                "write one pattern a line, or remove the list and the patterns that use it",
            )));
        }
        Ok(entries)
    }
}

/// Says why the list at `path` was not read.
fn unreadable(path: &Spanned<String>, missing: &Missing) -> Diagnostic {
    let name = &path.value;
    let (code, message, hint) = match missing {
        Missing::Outside => (
            Code::ListFileOutside,
            format!("`{name}` is outside the policy's folder"),
            "move the list beside the policy, or into a folder below it".to_owned(),
        ),
        Missing::NoRoot => (
            Code::MissingListFile,
            format!("`{name}` cannot be found: this policy is not a file"),
            "paths are relative to the policy file; load the policy from a file, or write the \
             list into it"
                .to_owned(),
        ),
        Missing::Absent(near) => {
            let near = near.as_ref().map(|meant| format!("did you mean `{meant}`? "));
            (
                Code::MissingListFile,
                format!("there is no file `{name}`"),
                format!("{}paths are relative to the policy file", near.unwrap_or_default()),
            )
        }
        Missing::Unreadable(problem) => {
            (problem.code(), format!("the list `{name}` {problem}"), problem.hint().to_owned())
        }
    };
    Diagnostic::new(code, path.span, message).hint(hint)
}
