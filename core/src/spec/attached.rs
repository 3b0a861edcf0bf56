//! The files beside a policy that it names: lists and models.

use crate::diag::{Code, Diagnostic, SourceFile, SourceMap};
use crate::files::{Files, Missing};
use crate::read;
use crate::span::{FileId, Spanned};

/// Opens what a policy names.
pub(crate) struct Attached<'a> {
    /// Where files come from.
    pub(crate) files: &'a Files,
    /// Where the policy stands among them.
    pub(crate) place: &'a str,
    /// Where they go.
    pub(crate) sources: &'a mut SourceMap,
    /// The bytes that may still be read.
    pub(crate) left: &'a mut u64,
}

/// What a file is, for what is said about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    List,
    Model,
}

impl Attached<'_> {
    /// Reads the file called `path` and adds it to the sources.
    pub(super) fn open(
        &mut self,
        path: &Spanned<String>,
        kind: Kind,
    ) -> Result<(FileId, &str), Box<Diagnostic>> {
        let place = Files::place(self.place, path)
            .ok_or_else(|| Box::new(kind.unreadable(path, &Missing::Outside)))?;
        let found = self
            .files
            .open(&place, read::LIMIT.min(*self.left))
            .map_err(|missing| Box::new(kind.unreadable(path, &missing)))?;
        *self.left = self.left.saturating_sub(found.text.len() as u64);
        let file = self.sources.add(SourceFile::new(found.name, found.text).at(place));
        if let Some(broken) = found.broken {
            return Err(Box::new(broken.diagnostic(file)));
        }
        Ok((file, self.sources.file(file).map_or("", SourceFile::text)))
    }
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Model => "model",
        }
    }

    /// Says why the file at `path` was not read.
    fn unreadable(self, path: &Spanned<String>, missing: &Missing) -> Diagnostic {
        let (name, what) = (&path.value, self.name());
        let (absent, outside) = match self {
            Self::List => (Code::MissingListFile, Code::ListFileOutside),
            Self::Model => (Code::MissingModel, Code::ModelOutside),
        };
        let (code, message, hint) = match missing {
            Missing::Outside => (
                outside,
                format!("`{name}` is outside the policy's folder"),
                format!("move the {what} beside the policy, or into a folder below it"),
            ),
            Missing::NoRoot => {
                let instead = match self {
                    Self::List => ", or write the list into it",
                    Self::Model => "",
                };
                let hint = format!(
                    "paths are relative to the policy file; load the policy from a file{instead}"
                );
                (absent, format!("`{name}` cannot be found: this policy is not a file"), hint)
            }
            Missing::Absent(_) if name.contains(|c: char| c == '\\' || c.is_control()) => {
                let hint = "write `/` between folders, also on Windows".to_owned();
                (absent, format!("there is no file `{name}`"), hint)
            }
            Missing::Absent(_) if name.contains("://") => {
                let hint =
                    format!("nothing is fetched: keep the {what} as a file beside the policy");
                (absent, format!("there is no file `{name}`"), hint)
            }
            Missing::Absent(near) => {
                let near = near.as_ref().map(|meant| format!("did you mean `{meant}`? "));
                let near = near.unwrap_or_default();
                let hint = format!("{near}paths are relative to the policy file");
                (absent, format!("there is no file `{name}`"), hint)
            }
            Missing::Unreadable(problem) => {
                let message = format!("the {what} `{name}` {problem}");
                (problem.code(), message, problem.hint().to_owned())
            }
        };
        Diagnostic::new(code, path.span, message).hint(hint)
    }
}
