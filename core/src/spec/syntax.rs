//! What an error of the YAML parser means, and whether the reading can go on behind it.

use super::bounds;
use super::layout::{self, Blame};
use super::mend::{self, Mend};
use super::quotes;
use crate::diag::{Code, Diagnostic, floor_boundary};
use crate::span::{FileId, SourceSpan};
use granit_parser::{ErrorKind, ScanError};

/// A policy copied with the marks that show it as code elsewhere.
pub(super) fn fence(text: &str, file: FileId) -> Option<Diagnostic> {
    let start = text.len() - text.trim_start().len();
    let line = text[start..].lines().next().filter(|line| line.starts_with("```"))?.trim_end();
    let span = SourceSpan::new(file, start as u32, (start + line.len()) as u32);
    let message = "this line marks code in a chat or document and is no part of a policy";
    let diagnostic = Diagnostic::new(Code::YamlSyntax, span, message);
    Some(diagnostic.hint("take it out, and the line of backticks at the end"))
}

/// The bytes to replace after an error whose cause is plain. A slip of layout cannot be
/// stepped over: it ends the reading.
pub(super) fn mends(
    text: &str,
    file: FileId,
    error: &ScanError,
    in_brackets: bool,
) -> Result<Vec<Mend>, Box<Blame>> {
    let at = offset(error, text);
    if matches!(error.kind(), ErrorKind::UnknownQuotedScalarEscape) {
        return Ok(mend::bad_escapes(text, file, at));
    }
    if !in_brackets
        && is_layout(error.kind())
        && let Some(blame) = layout::blame(text, file, at)
    {
        return Err(Box::new(blame));
    }
    Ok(mend::for_error(text, file, error.kind(), at))
}

/// Errors that a line in the wrong place leads to.
fn is_layout(error: &ErrorKind) -> bool {
    matches!(
        error,
        ErrorKind::ExpectedBlockMappingKey
            | ErrorKind::ExpectedBlockSequenceEntry
            | ErrorKind::InvalidIndentation
            | ErrorKind::MappingValueNotAllowed
            | ErrorKind::BlockSequenceEntryNotAllowed
            | ErrorKind::SimpleKeyExpected
            | ErrorKind::InvalidSimpleKey
    )
}

fn offset(error: &ScanError, text: &str) -> usize {
    // The parser's place of an error can be inside a character.
    floor_boundary(text, error.marker().byte_offset().unwrap_or(text.len()))
}

/// The diagnostic for `error`; `open` is the innermost bracket that was open, `read` how
/// far the reading had come.
pub(super) fn diagnostic(
    text: &str,
    file: FileId,
    error: &ScanError,
    open: Option<usize>,
    read: usize,
) -> Diagnostic {
    let at = offset(error, text);
    let end = at + text[at..].chars().next().filter(|c| !c.is_control()).map_or(0, char::len_utf8);
    let span = SourceSpan::new(file, at as u32, end as u32);
    if matches!(error.kind(), ErrorKind::RecursionLimitExceeded) {
        return Diagnostic::new(Code::TooDeep, span, "lists and mappings are nested too deeply")
            .label(format!("more than {} levels", bounds::DEPTH))
            .hint("write it flatter");
    }
    if let Some(open) = open.filter(|&open| {
        text.get(open..at).is_some_and(|t| t.contains('\n')) && is_flow(error.kind())
    }) {
        let bracket = &text[open..=open];
        let close = if bracket == "[" { "]" } else { "}" };
        let open = SourceSpan::new(file, open as u32, open as u32 + 1);
        let message =
            format!("`{bracket}` is not closed on its line, and what follows does not fit");
        return Diagnostic::new(Code::YamlSyntax, open, message)
            .label(format!("a `{close}` is missing behind this"))
            .also(span, "this does not fit inside the brackets")
            .hint(format!("add the missing `{close}`"));
    }
    if matches!(
        error.kind(),
        ErrorKind::InvalidTrailingSingleQuotedScalar | ErrorKind::InvalidTrailingDoubleQuotedScalar
    ) && let Some(diagnostic) = quotes::text_behind(text, file, read, at)
    {
        return diagnostic;
    }
    let (message, hint) = mend::explain(text, at, error);
    let at = mend::place(text, error.kind(), at);
    let span = SourceSpan::new(file, at as u32, (at as u32).max(end as u32));
    let diagnostic = Diagnostic::new(Code::YamlSyntax, span, message);
    if hint.is_empty() { diagnostic } else { diagnostic.hint(hint) }
}

/// Errors that a bracket left open on an earlier line leads to.
fn is_flow(error: &ErrorKind) -> bool {
    matches!(
        error,
        ErrorKind::ExpectedFlowMappingSeparator
            | ErrorKind::ExpectedFlowSequenceSeparator
            | ErrorKind::InvalidColonPlacement
            | ErrorKind::BlockEntryInFlowCollection
            | ErrorKind::MappingValueNotAllowed
            | ErrorKind::UnexpectedEofFlowMapping
            | ErrorKind::UnexpectedEofFlowSequence
            | ErrorKind::UnexpectedEofImplicitFlowMapping
    )
}
