//! The mends of what is needless: taking it out.

use crate::diag::{Code, Diagnostic, Fix, Sink, SourceFile};
use crate::policy::Policy;
use crate::span::{FileId, SourceSpan};
use crate::spec::edit::Editor;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Gives the diagnostics that can be mended by a removal their fix.
pub(super) fn attach(policy: &Policy, sink: &mut Sink) {
    let mut editors: FxHashMap<FileId, Editor<'_>> = FxHashMap::default();
    for diagnostic in sink.each_mut().filter(|d| d.fix.is_none()) {
        let Some(certain) = is_certain(diagnostic) else { continue };
        let span = diagnostic.span;
        let Some(file) = policy.sources().file(span.file) else { continue };
        let range = if is_in_comment(file, span) {
            name_in_comment(file.text(), span.range())
        } else if span.file == FileId(0)
            || std::path::Path::new(file.name()).extension().is_some_and(|e| e == "json")
        {
            let editor =
                editors.entry(span.file).or_insert_with(|| Editor::new(file.text(), span.file));
            editor.removal(span)
        } else {
            entry_of_list(file, span)
        };
        diagnostic.fix = range.map(|range| {
            let span = SourceSpan::new(span.file, range.start as u32, range.end as u32);
            Fix::one(span, "", certain)
        });
    }
}

/// Whether removing what the diagnostic points at is certain to be right; none where
/// it is no mend.
fn is_certain(diagnostic: &Diagnostic) -> Option<bool> {
    match diagnostic.code {
        Code::UnusedList
        | Code::UnusedFact
        | Code::UnusedGroup
        | Code::DuplicatePattern
        | Code::UnneededIgnore => Some(true),
        // The wider one may be the slip.
        Code::SwallowedPattern | Code::SparedPattern => Some(false),
        _ => None,
    }
}

/// A line of a text file. Other formats have none of their own.
fn entry_of_list(file: &SourceFile, span: SourceSpan) -> Option<Range<usize>> {
    let text = file.text();
    file.name().to_ascii_lowercase().ends_with(".txt").then_some(())?;
    let start = text[..span.range().start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let rest = &text[span.range().end..];
    let line = rest.find(['\n', '\r']).unwrap_or(rest.len());
    let alone = text[start..span.range().start].trim().is_empty() && rest[..line].trim().is_empty();
    let line_break = if rest[line..].starts_with("\r\n") { 2 } else { 1 };
    alone.then(|| start..(span.range().end + line + line_break).min(text.len()))
}

fn is_in_comment(file: &SourceFile, span: SourceSpan) -> bool {
    let text = file.text();
    let start = text[..span.range().start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    text[start..span.range().start].contains("lint_ignore:")
        && text[start..span.range().start].contains('#')
}

/// One of several names in a comment, or the whole comment.
fn name_in_comment(text: &str, name: Range<usize>) -> Option<Range<usize>> {
    let start = text[..name.start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let end = name.end + text[name.end..].find(['\n', '\r']).unwrap_or(text.len() - name.end);
    let comma = |text: &str| text.trim().starts_with(',');
    if comma(&text[name.end..end]) {
        let behind = &text[name.end..end];
        let at = behind.find(',')? + 1;
        let spaces = behind[at..].len() - behind[at..].trim_start().len();
        return Some(name.start..name.end + at + spaces);
    }
    let before = text[start..name.start].trim_end();
    if before.ends_with(',') {
        return Some(start + before.len() - 1..name.end);
    }
    let comment = start + text[start..name.start].rfind('#')?;
    let kept = text[start..comment].trim_end();
    if kept.is_empty() {
        let line_break = if text[end..].starts_with("\r\n") { 2 } else { 1 };
        return Some(start..(end + line_break).min(text.len()));
    }
    Some(start + kept.len()..end)
}

#[cfg(test)]
mod tests {
    use super::name_in_comment;

    #[test]
    fn names_go_and_the_rest_of_the_comment_stays() {
        for (text, name, expected) in [
            ("a: 1 # lint_ignore: x\nb", "x", "a: 1\nb"),
            ("a: 1 # lint_ignore: x, y\nb", "x", "a: 1 # lint_ignore: y\nb"),
            ("a: 1 # lint_ignore: x, y\nb", "y", "a: 1 # lint_ignore: x\nb"),
            ("# lint_ignore: x\na: 1\n", "x", "a: 1\n"),
        ] {
            let at = text.rfind(name).unwrap();
            let range = name_in_comment(text, at..at + 1).unwrap();
            assert_eq!(format!("{}{}", &text[..range.start], &text[range.end..]), expected);
        }
    }
}
