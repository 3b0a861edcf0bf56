//! Diagnostics: everything Tamis has to say about a policy, with its place.
//!
//! A leaf module: it knows nothing of rules or texts. One [`Diagnostic`] serves
//! the terminal (its `Display`), editors and Python (its `Serialize`).

mod codes;
mod fix;
mod render;
mod source;

pub use codes::{Code, CodeInfo};
pub use fix::{Fix, Patch, Patches};
pub(crate) use source::floor_boundary;
pub use source::{Position, SourceFile, SourceMap};

use crate::span::SourceSpan;
use serde::Serialize;
use std::fmt;
use std::sync::Arc;

/// How bad a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The policy does not compile.
    Error,
    /// The policy compiles; something in it is probably not meant.
    Warning,
}

/// A second place a diagnostic points at, such as the first of two declarations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: SourceSpan,
    /// What is there.
    pub text: String,
}

/// One thing to say about a policy.
///
/// Messages start in lower case, have no final period and put symbols in backticks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The kind of problem; its severity comes with it.
    pub code: Code,
    /// One sentence.
    pub message: String,
    /// Where.
    pub span: SourceSpan,
    /// What stands there, in few words, shown beside the caret; may be empty.
    pub label: String,
    /// Other places.
    pub labels: Vec<Label>,
    /// What to do about it.
    pub hint: Option<String>,
    /// A mend that a machine can apply.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// A diagnostic of the kind `code` at `span`.
    pub fn new(code: Code, span: SourceSpan, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            span,
            label: String::new(),
            labels: Vec::new(),
            hint: None,
            fix: None,
        }
    }

    /// With what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// With a few words beside the caret.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.label = text.into();
        self
    }

    /// With another place.
    #[must_use]
    pub fn also(mut self, span: SourceSpan, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// With a mend that a machine can apply unasked.
    #[must_use]
    pub fn fix(mut self, span: SourceSpan, text: impl Into<String>) -> Self {
        self.fix = Some(Fix::one(span, text, true));
        self
    }

    /// With a mend that is likely, but for a person to choose.
    #[must_use]
    pub fn suggest(mut self, span: SourceSpan, text: impl Into<String>) -> Self {
        self.fix = Some(Fix::one(span, text, false));
        self
    }

    /// With the name that stands at `span` by a slip: `certain` when nothing else can
    /// have been meant.
    #[must_use]
    pub(crate) fn meant(self, span: SourceSpan, name: &str, certain: bool) -> Self {
        let mut this = self.label(format!("did you mean `{name}`?"));
        this.fix = Some(Fix::one(span, name, certain));
        this
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

/// Diagnostics while they are collected, in the order they were found.
#[derive(Debug, Default)]
pub(crate) struct Sink {
    list: Vec<Diagnostic>,
    errors: usize,
}

impl Sink {
    /// Errors of one policy that are kept.
    const MAX_ERRORS: usize = 1_000;

    /// Adds one. Nobody reads the thousandth error, and a hostile file could
    /// have millions: at the limit one more says so, and later ones are dropped.
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        if diagnostic.severity() == Severity::Error {
            self.errors += 1;
            if self.errors == Self::MAX_ERRORS {
                let message = format!("there are more than {} errors", Self::MAX_ERRORS);
                self.list.push(
                    Diagnostic::new(Code::TooManyErrors, diagnostic.span, message)
                        .hint("the rest is not listed; mend the first ones"),
                );
            }
            if self.is_full() {
                return;
            }
        }
        self.list.push(diagnostic);
    }

    /// True when no more errors are kept; work on their details can be saved.
    pub(crate) fn is_full(&self) -> bool {
        self.errors >= Self::MAX_ERRORS
    }

    /// Only those for which `keep` is true.
    pub(crate) fn filtered(mut self, keep: impl FnMut(&Diagnostic) -> bool) -> Self {
        self.list.retain(keep);
        self
    }

    /// All of them, to add to.
    pub(crate) fn each_mut(&mut self) -> impl Iterator<Item = &mut Diagnostic> {
        self.list.iter_mut()
    }

    /// All of them so far.
    pub(crate) fn list(&self) -> &[Diagnostic] {
        &self.list
    }

    /// True when one of them is an error.
    pub(crate) fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// All of them, in the order they were found.
    pub(crate) fn into_list(self) -> Vec<Diagnostic> {
        self.list
    }

    /// All of them, by file and place, with the sources they point into.
    pub(crate) fn finish(mut self, sources: Arc<SourceMap>) -> Diagnostics {
        self.list.sort_by_key(|d| (d.span.file, d.span.start, d.span.end, d.code));
        self.list.dedup();
        Diagnostics { list: self.list.into(), sources }
    }
}

impl From<&[Diagnostic]> for Sink {
    fn from(list: &[Diagnostic]) -> Self {
        let errors = list.iter().filter(|d| d.severity() == Severity::Error).count();
        Self { list: list.to_vec(), errors }
    }
}

/// Diagnostics of one policy and the files they point into.
#[derive(Clone)]
pub struct Diagnostics {
    list: Arc<[Diagnostic]>,
    sources: Arc<SourceMap>,
}

impl Diagnostics {
    /// The diagnostics, by file and place.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// True when there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The files.
    pub fn sources(&self) -> &SourceMap {
        &self.sources
    }

    /// The files, to share.
    pub(crate) fn shared_sources(&self) -> Arc<SourceMap> {
        Arc::clone(&self.sources)
    }

    /// One diagnostic as text, with the excerpt and a caret under the place.
    pub fn render(&self, diagnostic: &Diagnostic) -> String {
        render::render(diagnostic, &self.sources)
    }

    /// The diagnostics as data; what `--format json` prints and Python gets.
    pub fn to_data(&self) -> Vec<DiagnosticData> {
        self.iter().map(|d| render::data(d, &self.sources)).collect()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Debug for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, diagnostic) in self.iter().enumerate() {
            if i > 0 {
                f.write_str("\n")?;
            }
            f.write_str(&self.render(diagnostic))?;
        }
        Ok(())
    }
}

/// A diagnostic as data.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct DiagnosticData {
    /// The stable code, such as `E012`.
    pub code: &'static str,
    /// The stable name, such as `unknown-key`.
    pub name: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// One sentence.
    pub message: String,
    /// The file as it was named.
    pub file: String,
    /// From 1.
    pub line: u32,
    /// From 1, in code points.
    pub column: u32,
    /// From 1; one past the last character is `end_column`.
    pub end_line: u32,
    /// From 1, in code points.
    pub end_column: u32,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// Other places.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<LabelData>,
    /// A mend that a machine can apply.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<FixData>,
    /// The text form.
    pub rendered: String,
}

/// The [`Fix`] of a [`DiagnosticData`].
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct FixData {
    /// True when nobody needs to look at it before it is applied.
    pub certain: bool,
    /// All to be applied, or none.
    pub patches: Vec<PatchData>,
}

/// The [`Patch`] of a [`FixData`].
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct PatchData {
    /// The file as it was named.
    pub file: String,
    /// The first byte to replace.
    pub start: u32,
    /// The byte behind the last one to replace.
    pub end: u32,
    /// What to put there.
    pub text: String,
}

/// Another place of a [`DiagnosticData`].
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct LabelData {
    /// The file as it was named.
    pub file: String,
    /// From 1.
    pub line: u32,
    /// From 1, in code points.
    pub column: u32,
    /// What is there.
    pub text: String,
}

/// Why a policy did not compile: all of its errors, and the warnings beside them.
#[derive(Clone, Debug)]
pub struct PolicyError {
    diagnostics: Diagnostics,
}

impl PolicyError {
    pub(crate) fn new(diagnostics: Diagnostics) -> Self {
        Self { diagnostics }
    }

    /// The errors and warnings, by file and place; at least one is an error.
    pub fn diagnostics(&self) -> &Diagnostics {
        &self.diagnostics
    }
}

impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let errors = self.diagnostics.iter().filter(|d| d.severity() == Severity::Error).count();
        let plural = if errors == 1 { "" } else { "s" };
        write!(f, "the policy has {errors} error{plural}\n\n{}", self.diagnostics)
    }
}

impl std::error::Error for PolicyError {}
