//! The canonical layout of a policy: `tamis fmt`.
//!
//! Keys in the order of the format, two spaces a level, quotes where they are needed,
//! lines of at most a hundred columns where that is possible. What is written in
//! brackets stays so where it fits on a line; lists of short items are filled. Comments
//! and single empty lines stay where they are. What a policy means never changes: the
//! result is read again and compared before it is handed out.

mod kinds;
mod parts;
mod print;
mod scalar;

use crate::diag::{Code, Diagnostic, PolicyError, Sink, SourceFile, SourceMap};
use crate::span::{FileId, SourceSpan};
use crate::spec::decode::Place;
use crate::spec::tree::{NodeKind, Tree};
use crate::spec::yaml;
use kinds::Kind;
use parts::Builder;
use print::Printer;
use std::sync::Arc;

pub(crate) use scalar::is_word;

/// The policy `text` in canonical layout; `name` is what errors call it. JSON, which is a
/// policy too, is left as it is.
///
/// # Errors
/// When the text is no YAML, or holds something whose layout cannot be changed.
///
/// ```
/// let text = "rules:\n- label: 'spam'\n  id: ad   # the first\npolicy: demo\n";
/// assert_eq!(
///     tamis::format::format("policy.yaml", text)?,
///     "policy: demo\nrules:\n  - id: ad  # the first\n    label: spam\n"
/// );
/// # Ok::<(), tamis::PolicyError>(())
/// ```
pub fn format(name: &str, text: &str) -> Result<String, PolicyError> {
    let mut sink = Sink::default();
    let parsed = yaml::parse(text, FileId(0), &mut sink);
    let file = SourceFile::new(name, text);
    if sink.has_errors() || !parsed.complete {
        return Err(failed(file, sink));
    }
    let is_json = text[parsed.tree.root.span.range()].starts_with('{');
    if is_json || !matches!(parsed.tree.root.kind, NodeKind::Map(_)) {
        return Ok(text.to_owned());
    }
    match printed(&file, &parsed.tree) {
        Some(out) if is_same(&parsed.tree, text, &out) => Ok(out),
        _ => {
            let message =
                "the layout of this policy cannot be changed without changing its meaning";
            let span = SourceSpan::new(FileId(0), 0, 0);
            sink.push(Diagnostic::new(Code::YamlSyntax, span, message).hint(
                "write texts of several lines without an indentation (`>2`) or empty lines (`>+`) \
                     of their own",
            ));
            Err(failed(file, sink))
        }
    }
}

fn printed(file: &SourceFile, tree: &Tree) -> Option<String> {
    print::is_printable(&tree.root).then_some(())?;
    let root = Builder { file }.container(&tree.root, &tree.comments);
    Printer { text: file.text() }.document(&root).ok()
}

/// True when `out` says what `tree`, read from `text`, says, with the same comments.
fn is_same(tree: &Tree, text: &str, out: &str) -> bool {
    let mut sink = Sink::default();
    let again = yaml::parse(out, FileId(0), &mut sink);
    let comments = |tree: &Tree, text: &str| {
        let mut all: Vec<String> =
            tree.comments.iter().map(|c| text[c.range()].trim_end().to_owned()).collect();
        all.sort_unstable();
        all
    };
    again.complete
        && !sink.has_errors()
        && kinds::same(&tree.root, &again.tree.root, Kind::Of(Place::Policy))
        && comments(tree, text) == comments(&again.tree, out)
}

fn failed(file: SourceFile, sink: Sink) -> PolicyError {
    let mut sources = SourceMap::default();
    sources.add(file);
    PolicyError::new(sink.finish(Arc::new(sources)))
}

#[cfg(test)]
mod tests;
