//! YAML text → tree, from the events of `granit-parser`.
//!
//! The parser stops at its first error. Authors want all of theirs at once, so
//! an error whose cause is plain (text that needs quotes) is reported, its byte
//! replaced by a harmless one of the same length in a copy, and the copy parsed
//! again: places stay those of the file. Nodes that cover such a byte are
//! [`NodeKind::Bad`], so nothing else is said about them.

mod anchors;
mod builder;
mod entries;

use super::mend::Mend;
use super::syntax;
use super::tree::{Node, Tree};
use crate::diag::{Diagnostic, Sink};
use crate::span::{FileId, SourceSpan};
use builder::{Builder, Frame};
use granit_parser::ScanError;

/// How often a text is parsed again, and how many bytes that may be in all.
const MENDS: usize = 64;
const MEND_BYTES: usize = 64 << 20;

/// What could be read of a document.
pub(crate) struct Parsed {
    pub(crate) tree: Tree,
    /// False when an error ended the reading before the end of the text.
    pub(crate) complete: bool,
}

/// The document in `text`. Problems go to `sink`.
pub(crate) fn parse(text: &str, file: FileId, sink: &mut Sink) -> Parsed {
    if let Some(fence) = syntax::fence(text, file) {
        sink.push(fence);
        let nothing = Node::bad(SourceSpan::new(file, 0, 0));
        return Parsed { tree: Tree { root: nothing, comments: Vec::new() }, complete: false };
    }
    let mut patched = text.to_owned();
    let mut mended: Vec<usize> = Vec::new();
    let (mut said, mut spoilt) = (Vec::new(), Vec::new());
    for retries in 0.. {
        let mut builder = Builder::new(text, file, &mended);
        let result = builder.run(&patched);
        let may_retry = retries < MENDS && (retries + 1) * text.len() <= MEND_BYTES;
        let bracket = if result.is_err() { builder.swallowed_bracket() } else { None };
        let mends = match &result {
            _ if may_retry && !builder.colons.is_empty() => std::mem::take(&mut builder.colons),
            Err(_) if may_retry && !builder.mends.is_empty() => std::mem::take(&mut builder.mends),
            Err(_) if may_retry && bracket.is_some() => bracket.into_iter().collect(),
            Err(error) if may_retry => {
                let in_brackets = builder.stack.iter().any(|frame| frame.flow);
                syntax::mends(text, file, error, in_brackets).unwrap_or_else(|blame| {
                    builder.found.push(blame.diagnostic);
                    builder.spoilt.push(blame.spoilt);
                    Vec::new()
                })
            }
            _ => Vec::new(),
        };
        let mends: Vec<Mend> =
            mends.into_iter().filter(|m| mended.binary_search(&m.at).is_err()).collect();
        if mends.is_empty() {
            let complete = result.is_ok() && spoilt.is_empty();
            if let Err(error) = result {
                end(&mut builder, text, &error, &mut said);
            }
            let is_told = |said: &Diagnostic| {
                let at = said.span.range().start;
                builder.joined.iter().any(|range| range.contains(&at))
            };
            said.retain(|diagnostic| !is_told(diagnostic));
            builder.spoilt.append(&mut spoilt);
            for diagnostic in said {
                sink.push(diagnostic);
            }
            return Parsed { tree: builder.finish(sink), complete };
        }
        for mend in mends {
            patched.replace_range(mend.at..=mend.at, mend.with);
            mended.push(mend.at);
            said.extend(mend.diagnostic);
            spoilt.extend(mend.spoilt);
        }
        mended.sort_unstable();
        mended.dedup();
    }
    unreachable!("retries are bounded")
}

/// Says what ended the reading, and takes back what was said about places behind it: a quote that is
/// not closed, for one, turns the text behind it inside out.
fn end(builder: &mut Builder<'_>, text: &str, error: &ScanError, said: &mut Vec<Diagnostic>) {
    builder.stop();
    if !builder.spoilt.is_empty() {
        return; // a slip of layout, which has been told
    }
    // `[a: b]` has a mapping without brackets of its own.
    let has_bracket = |f: &&Frame| text[f.start..].starts_with(['[', '{']);
    let open = builder.stack.iter().rev().find(has_bracket).map(|f| f.start);
    let problem = syntax::diagnostic(text, builder.file, error, open, builder.last_end);
    let at = problem.span.range().start;
    let line = text[..at].rfind('\n').map_or(0, |i| i + 1);
    builder.spoilt.push(if open.is_some() { at } else { line }..text.len());
    said.retain(|said| said.span.range().start < at);
    builder.found.push(problem);
}
