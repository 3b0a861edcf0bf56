//! JSON lists: an array of patterns, each written as in a policy.

use crate::diag::{Code, Diagnostic, Sink};
use crate::span::{FileId, SourceSpan};
use crate::spec::model::Pattern;
use crate::spec::tree::NodeKind;
use crate::spec::{decode, yaml};

/// The patterns in the text of a list, and how many items it has, usable or not.
///
/// The parser is the one of policies, so that places and advice are the same; the
/// decoder is strict and wants quotes around every text, as JSON does. `#` starts
/// a comment.
pub(super) fn entries(text: &str, file: FileId, sink: &mut Sink) -> (Vec<Pattern>, usize) {
    let mut own = Sink::default();
    let parsed = yaml::parse(text, file, &mut own);
    let root = &parsed.tree.root;
    let mut patterns = Vec::new();
    match &root.kind {
        _ if !parsed.complete => {}
        NodeKind::Seq(_) => patterns = decode::list(root, text, true, &mut own),
        NodeKind::Empty if !own.has_errors() => return (patterns, 0),
        _ if own.has_errors() => {}
        _ => own.push(not_an_array(text, root.span)),
    }
    let items = if let NodeKind::Seq(items) = &root.kind { items.len() } else { 0 };
    // What was reported was written, even if nothing of it could be read.
    let written = items.max(usize::from(own.has_errors()));
    for diagnostic in own.into_list() {
        sink.push(diagnostic);
    }
    (patterns, written)
}

fn not_an_array(text: &str, span: SourceSpan) -> Diagnostic {
    let whole = text.get(span.range()).unwrap_or("");
    let line = whole.find(['\n', '\r']).unwrap_or(whole.len());
    let span = SourceSpan::new(span.file, span.start, span.start + line as u32);
    Diagnostic::new(Code::WrongType, span, "a JSON list is an array of patterns").hint(
        "write `[\"word\", …]`; an entry with options is `{ \"text\": \"word\", \"boundary\": \"any\" }`",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::model::{Boundary, PatternKind};

    #[test]
    fn texts_and_options_with_their_places() {
        let text = "\u{feff}[ # words\n\t\"spam\", {\"text\": \"\\ud83d\\ude00\\u00e9\", \"boundary\": \"any\"},\n\t{\"list\": \"more\"}]\n";
        let mut sink = Sink::default();
        let (patterns, written) = entries(text, FileId(2), &mut sink);
        assert_eq!(sink.into_list(), []);
        assert_eq!(written, 3);
        let PatternKind::Text(first) = &patterns[0].kind else { panic!("{:?}", patterns[0]) };
        assert_eq!((first.as_str(), &text[first.span.range()]), ("spam", "\"spam\""));
        let PatternKind::Text(second) = &patterns[1].kind else { panic!("{:?}", patterns[1]) };
        assert_eq!(second.as_str(), "\u{1f600}é");
        assert_eq!(patterns[1].options.boundary.as_ref().map(|b| b.value), Some(Boundary::Any));
        assert!(
            matches!(&patterns[2].kind, PatternKind::List { name, .. } if name.value == "more")
        );
    }

    #[test]
    fn what_is_no_list_is_reported_once() {
        for (text, code) in [
            ("{\"words\": [\"spam\"]}", Code::WrongType),
            ("\"spam\"", Code::WrongType),
            ("[\"spam\"", Code::YamlSyntax),
            ("[7]", Code::NotText),
            ("[spam]", Code::NotText),
        ] {
            let mut sink = Sink::default();
            let (patterns, written) = entries(text, FileId(1), &mut sink);
            let list = sink.into_list();
            assert_eq!((patterns.len(), written, list.len()), (0, 1, 1), "{text}: {list:?}");
            assert_eq!(list[0].code, code, "{text}");
        }
        assert_eq!(entries("[]", FileId(1), &mut Sink::default()).1, 0);
        assert_eq!(entries(" \n", FileId(1), &mut Sink::default()).1, 0);
    }
}
