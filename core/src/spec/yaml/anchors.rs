//! Anchors and aliases: a policy has none, and text may begin with their signs.

use super::builder::Builder;
use crate::diag::{Code, Diagnostic};
use crate::span::SourceSpan;
use crate::spec::mend;
use std::ops::Range;

/// An anchor that was met.
pub(super) struct Anchor {
    pub(super) id: usize,
    pub(super) at: Range<usize>,
    /// The first alias of it.
    pub(super) alias: Option<Range<usize>>,
    /// True on a list or mapping: it cannot have been meant as text.
    pub(super) structure: bool,
}

impl Builder<'_> {
    /// One diagnostic for all real anchors: a bomb has thousands. A text behind
    /// an anchor that nothing refers to was meant to start with `&`.
    pub(super) fn report_anchors(&mut self) {
        let mut first: Option<Anchor> = None;
        for anchor in std::mem::take(&mut self.anchors) {
            if anchor.alias.is_none() && !anchor.structure {
                self.mends.extend(mend::quote(self.text, self.file, anchor.at.start));
            } else if first.as_ref().is_none_or(|f| f.alias.is_none() && anchor.alias.is_some()) {
                first = Some(anchor);
            }
        }
        let Some(first) = first else { return };
        let span = self.span(first.at);
        let diagnostic =
            alias_error(span, "anchors and aliases are not allowed").label("an anchor");
        let alias = first.alias.map(|alias| self.span(alias));
        self.found.push(match alias {
            Some(alias) => diagnostic.also(alias, "the first alias of it"),
            None => diagnostic,
        });
    }
}

pub(super) fn alias_error(span: SourceSpan, message: &str) -> Diagnostic {
    Diagnostic::new(Code::Alias, span, message)
        .hint("write the value out where it is needed; patterns that rules share go under `lists:`")
}
