//! The entries of a mapping, and what they show about the lines they stand on.

use super::anchors::alias_error;
use super::builder::{Builder, Frame, FrameKind};
use crate::diag::{Code, Diagnostic};
use crate::span::{SourceSpan, Spanned};
use crate::spec::edit;
use crate::spec::tree::{Entry, Node, NodeKind, Scalar};
use rustc_hash::{FxHashMap, FxHashSet};

/// What stands below a key that is written twice is read all the same, so that nothing is said about
/// where names declared there are used.
fn join(first: &mut Node, second: Node) {
    match (&mut first.kind, second.kind) {
        (kind @ NodeKind::Empty, second) => *kind = second,
        (NodeKind::Map(first), NodeKind::Map(second)) => {
            let names: FxHashSet<String> = first.iter().map(|e| e.key.value.clone()).collect();
            first.extend(second.into_iter().filter(|entry| !names.contains(&entry.key.value)));
        }
        (NodeKind::Seq(first), NodeKind::Seq(second)) => {
            let text = |node: &Node| node.scalar().map(|scalar| scalar.value.clone());
            let texts: FxHashSet<String> = first.iter().filter_map(text).collect();
            first.extend(
                second.into_iter().filter(|item| text(item).is_none_or(|t| !texts.contains(&t))),
            );
        }
        _ => {}
    }
}

impl Builder<'_> {
    /// An item of a list in which the first key comes again, with others behind it, is
    /// several items, of which all but the first lack their `- `. All but the last are
    /// added here; the last is returned.
    pub(super) fn split_items(&mut self, pairs: Vec<(Node, Node)>) -> Vec<(Node, Node)> {
        let is_item = matches!(self.stack.last(), Some(Frame { kind: FrameKind::Seq(_), .. }));
        let first = match pairs.first().map(|(key, _)| &key.kind) {
            Some(NodeKind::Scalar(first)) if is_item => first.value.clone(),
            _ => return pairs,
        };
        let is_first =
            |key: &Node| matches!(&key.kind, NodeKind::Scalar(key) if key.value == first);
        let mut item: Vec<(Node, Node)> = Vec::new();
        let mut pairs = pairs.into_iter().peekable();
        while let Some(pair) = pairs.next() {
            if item.len() > 1 && is_first(&pair.0) && pairs.peek().is_some() {
                let start = item[0].0.span;
                self.found.push(self.missing_dash(&first, pair.0.span, start));
                let end = item.last().map_or(start, |(_, value)| value.span);
                let span = self.span(start.range().start..end.range().end.max(start.range().end));
                let kind = NodeKind::Map(self.entries(std::mem::take(&mut item), false));
                self.add(Node { span, kind });
            }
            item.push(pair);
        }
        item
    }

    fn missing_dash(&self, name: &str, key: SourceSpan, first: SourceSpan) -> Diagnostic {
        let message = format!("a `- ` is missing before `{name}`");
        let diagnostic = Diagnostic::new(Code::YamlSyntax, key, message)
            .label("a new item starts here")
            .also(first, "the item above starts here and has this key already")
            .hint(format!("write `- {name}: …`, with the `-` below that of the item above"));
        let start = key.range().start;
        match start.checked_sub(2).filter(|&at| self.text[at..].starts_with("  ")) {
            Some(at) => diagnostic.fix(self.span(at..start), "- "),
            None => diagnostic,
        }
    }

    /// Keys are texts and each occurs once.
    pub(super) fn entries(&mut self, pairs: Vec<(Node, Node)>, flow: bool) -> Vec<Entry> {
        let mut seen: FxHashMap<String, usize> = FxHashMap::default();
        let mut entries: Vec<Entry> = Vec::with_capacity(pairs.len());
        for (key, value) in pairs {
            let key_span = key.span;
            let (name, plain) = match key.kind {
                NodeKind::Scalar(Scalar { value, plain }) => (value, plain),
                NodeKind::Bad => continue,
                _ => {
                    self.found.push(
                        Diagnostic::new(Code::WrongType, key_span, "a key must be a text")
                            .hint("write `key: value`; a `?` or `[` starts something else"),
                    );
                    continue;
                }
            };
            if plain && name == "<<" {
                self.found.push(alias_error(key_span, "merge keys (`<<`) are not allowed"));
                continue;
            }
            if let Some(&first) = seen.get(&name) {
                let diagnostic = self.duplicate(&entries[first], key_span, &value, flow);
                self.found.push(diagnostic);
                join(&mut entries[first].value, value);
                continue;
            }
            seen.insert(name.clone(), entries.len());
            entries.push(Entry { key: Spanned::new(name, key_span), value });
        }
        entries
    }

    /// A key that its mapping has already; where both say the same, one can go.
    fn duplicate(&self, first: &Entry, key: SourceSpan, value: &Node, flow: bool) -> Diagnostic {
        let message = format!("the key `{}` is written twice", first.key.value);
        let diagnostic = Diagnostic::new(Code::DuplicateKey, key, message)
            .label("the second one")
            .also(first.key.span, "the first one")
            .hint("keep one of them, with all that belongs to it");
        let is_value = |node: &Node| !matches!(node.kind, NodeKind::Empty | NodeKind::Bad);
        let written = |node: &Node| &self.text[node.span.range()];
        if !is_value(value) || !is_value(&first.value) || written(value) != written(&first.value) {
            return diagnostic;
        }
        let whole = key.range().start..value.span.range().end;
        let style = if flow { edit::Style::Flow } else { edit::Style::Entry };
        match edit::removal(self.text, whole, style) {
            Some(range) => diagnostic.fix(self.span(range), ""),
            None => diagnostic,
        }
    }
}
