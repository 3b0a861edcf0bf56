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
use crate::diag::Sink;
use crate::span::{FileId, SourceSpan};
use builder::{Builder, Frame};

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
    loop {
        let mut builder = Builder::new(text, file, &mended);
        let result = builder.run(&patched);
        let may_retry = mended.len() < MENDS && (mended.len() + 1) * text.len() <= MEND_BYTES;
        let bracket = if result.is_err() { builder.swallowed_bracket() } else { None };
        let mends = match &result {
            Err(_) if may_retry && !builder.mends.is_empty() => std::mem::take(&mut builder.mends),
            Err(_) if may_retry && bracket.is_some() => bracket.into_iter().collect(),
            Err(error) if may_retry => {
                let in_brackets = builder.stack.iter().any(|frame| frame.flow);
                syntax::mends(text, file, error, in_brackets).unwrap_or_else(|blame| {
                    builder.found.push(blame.diagnostic);
                    builder.blamed = Some(blame.spoilt);
                    Vec::new()
                })
            }
            _ => Vec::new(),
        };
        let mends: Vec<Mend> = mends.into_iter().filter(|m| !mended.contains(&m.at)).collect();
        if mends.is_empty() {
            let complete = result.is_ok();
            if let Err(error) = result {
                // `[a: b]` has a mapping without brackets of its own.
                let has_bracket = |f: &&Frame| text[f.start..].starts_with(['[', '{']);
                let open = builder.stack.iter().rev().find(has_bracket).map(|f| f.start);
                if builder.blamed.is_none() {
                    let problem = syntax::diagnostic(text, file, &error, open, builder.last_end);
                    builder.found.push(problem);
                }
                builder.stop();
            }
            return Parsed { tree: builder.finish(sink), complete };
        }
        for mend in mends {
            patched.replace_range(mend.at..=mend.at, mend.with);
            mended.push(mend.at);
            mend.diagnostic.into_iter().for_each(|diagnostic| sink.push(diagnostic));
        }
    }
}
