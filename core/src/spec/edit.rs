//! Taking something out of a policy's text, so that what stays is as it was written.
//!
//! Where a comment would be lost, or nothing would be left, there is no removal.

use super::tree::{Entry, Node, NodeKind, Tree};
use super::yaml;
use crate::diag::Sink;
use crate::span::{FileId, SourceSpan};
use std::ops::Range;

/// A policy file, to find the place of an item or entry in.
pub(crate) struct Editor<'s> {
    text: &'s str,
    tree: Tree,
}

impl<'s> Editor<'s> {
    pub(crate) fn new(text: &'s str, file: FileId) -> Self {
        let tree = yaml::parse(text, file, &mut Sink::default()).tree;
        Self { text, tree }
    }

    /// The bytes to take out so that the item at `span`, or the entry whose key is there,
    /// is gone. An only child takes its container with it.
    pub(crate) fn removal(&self, span: SourceSpan) -> Option<Range<usize>> {
        let mut path = Vec::new();
        find(&self.tree.root, span, &mut path).then_some(())?;
        while let Some((container, at)) = path.pop() {
            let (count, part) = match &container.kind {
                NodeKind::Seq(items) => (items.len(), items[at].span),
                NodeKind::Map(entries) => (entries.len(), whole(&entries[at])),
                _ => return None,
            };
            if count > 1 {
                let flow = container.is_flow(self.text);
                let style = match (flow, &container.kind) {
                    (true, _) => Style::Flow,
                    (false, NodeKind::Seq(_)) => Style::Item,
                    (false, _) => Style::Entry,
                };
                return removal(self.text, part.range(), style);
            }
        }
        None
    }
}

/// The key and the value.
fn whole(entry: &Entry) -> SourceSpan {
    let (key, value) = (entry.key.span, entry.value.span);
    SourceSpan::new(key.file, key.start, value.end.max(key.end))
}

/// Finds the part at `span`; `path` gets the containers from the top down, with the part
/// of each that leads on.
fn find<'t>(node: &'t Node, span: SourceSpan, path: &mut Vec<(&'t Node, usize)>) -> bool {
    let inside = |part: SourceSpan| part.start <= span.start && span.end <= part.end;
    match &node.kind {
        NodeKind::Seq(items) => {
            let at = items.partition_point(|item| item.span.end < span.end);
            let Some(item) = items.get(at) else { return false };
            path.push((node, at));
            item.span == span || (inside(item.span) && find(item, span, path))
        }
        NodeKind::Map(entries) => {
            let at = entries.partition_point(|entry| whole(entry).end < span.end);
            let Some(entry) = entries.get(at) else { return false };
            path.push((node, at));
            if entry.value.span == span && entry.value.scalar().is_some() {
                // `{ text: spam }` is the item that `spam` stands for.
                path.pop();
                return !path.is_empty();
            }
            entry.key.span == span || (inside(entry.value.span) && find(&entry.value, span, path))
        }
        _ => false,
    }
}

/// How a part of a list or mapping is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// Between brackets.
    Flow,
    /// Behind a dash.
    Item,
    /// A key on its own line.
    Entry,
}

/// The bytes to take out of `text` with the part of a list or mapping at `range`.
pub(crate) fn removal(text: &str, range: Range<usize>, style: Style) -> Option<Range<usize>> {
    let line_start = text[..range.start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let before = text[line_start..range.start].trim();
    let rest = &text[range.end..];
    let line = rest.find(['\n', '\r']).unwrap_or(rest.len());
    let next_line = range.end + line + line_break(&rest[line..]);
    if has_comment(&text[range.clone()]) {
        return None;
    }
    if style != Style::Flow {
        let dash = if style == Style::Item { "-" } else { "" };
        let own_line = before == dash && rest[..line].trim().is_empty();
        return own_line.then_some(line_start..next_line);
    }
    let skipped = rest.len() - rest.trim_start().len();
    match rest.as_bytes().get(skipped)? {
        b',' => {
            let comma = range.end + skipped + 1;
            let behind = &text[comma..];
            let spaces = behind.len() - behind.trim_start_matches([' ', '\t']).len();
            if behind[spaces..].starts_with('#') {
                return None;
            }
            let ends_line = behind[spaces..].starts_with(['\n', '\r']);
            let start = if ends_line && before.is_empty() { line_start } else { range.start };
            let end = if ends_line && before.is_empty() { next_line } else { comma + spaces };
            Some(start..end)
        }
        b']' | b'}' => {
            let kept = text[..range.start].trim_end();
            kept.ends_with(',').then(|| kept.len() - 1..range.end)
        }
        _ => None,
    }
}

fn line_break(text: &str) -> usize {
    if text.starts_with("\r\n") { 2 } else { usize::from(!text.is_empty()) }
}

/// True when there might be a comment in `text`.
fn has_comment(text: &str) -> bool {
    text.contains(" #") || text.contains("\n#") || text.contains("\t#")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(text: &str, part: &str) -> String {
        let at = text.rfind(part).expect("the part");
        let span = SourceSpan::new(FileId(0), at as u32, (at + part.len()) as u32);
        match Editor::new(text, FileId(0)).removal(span) {
            Some(range) => format!("{}{}", &text[..range.start], &text[range.end..]),
            None => "unchanged".to_owned(),
        }
    }

    #[test]
    fn items_and_entries_go_with_their_separators() {
        for (text, part, expected) in [
            ("a: [x, y, z]\n", "y", "a: [x, z]\n"),
            ("a: [x, y, z]\n", "z", "a: [x, y]\n"),
            ("a: [x, y, z]\n", "x", "a: [y, z]\n"),
            ("a: [\n  x,\n  y,\n]\n", "y", "a: [\n  x,\n]\n"),
            ("a: [\n  x, y, z,\n  v\n]\n", "v", "a: [\n  x, y, z\n]\n"),
            ("a:\n  - x\n  - y\n", "y", "a:\n  - x\n"),
            ("a:\r\n  - x\r\n  - y\r\n", "x", "a:\r\n  - y\r\n"),
            ("a:\n  - x\n  - y # why\n", "y", "unchanged"),
            ("a:\n  b: 1\n  c:\n    - 2\nd: 3\n", "c", "a:\n  b: 1\nd: 3\n"),
            ("a:\n  b: 1\nd: 3\n", "b", "d: 3\n"),
            ("r:\n  - { a: 1, b: [x] }\n", "x", "r:\n  - { a: 1 }\n"),
            ("r:\n  - a: 1\n    b: 2\n", "a", "unchanged"),
            ("a: [x]\n", "x", "unchanged"),
            ("a:\n- { text: x }\n- y\n", "y", "a:\n- { text: x }\n"),
            ("a: [x, { text: y, case: sensitive }]\n", "y", "a: [x]\n"),
            ("a:\n  - x\n  - text: y\n    case: sensitive\n", "y", "a:\n  - x\n"),
        ] {
            assert_eq!(without(text, part), expected, "{text:?} without {part}");
        }
    }
}
