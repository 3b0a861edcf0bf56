//! Putting something into a policy's text, so that what stands there stays as it was written.
//!
//! Places are those of a tree of the same text. Where no place is safe, there is no insertion.

use super::tree::{Entry, Node, NodeKind};
use std::ops::Range;

/// A text to put at a place, instead of the bytes there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Insertion {
    pub(crate) range: Range<usize>,
    pub(crate) text: String,
}

impl Insertion {
    /// `text` with the insertion made.
    pub(crate) fn apply(&self, text: &str) -> String {
        [&text[..self.range.start], &self.text, &text[self.range.end..]].concat()
    }

    fn at(at: usize, text: String) -> Self {
        Self { range: at..at, text }
    }
}

/// A key and its value as they are to be written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Addition<'a> {
    pub(crate) key: &'a str,
    /// The value on one line.
    pub(crate) value: &'a str,
    /// The keys of such a mapping in the order they are written in.
    pub(crate) order: &'a [&'a str],
}

/// Puts items, as they are to be written, behind those of a list.
pub(crate) fn items(text: &str, list: &Node, items: &[String]) -> Option<Insertion> {
    let NodeKind::Seq(present) = &list.kind else { return None };
    let Some(last) = present.last() else {
        // An empty list is in brackets.
        let start = list.span.range().start;
        let inside = text[start..].starts_with('[').then_some(start + 1)?;
        return Some(Insertion::at(inside, items.join(", ")));
    };
    let end = end_of(text, last)?;
    let before = line_before(text, last.span.range().start);
    if list.is_flow(text) {
        let own_line = present.len() > 1 && before.trim().is_empty();
        let gap = if own_line { format!(",{}{before}", line_break(text)) } else { ", ".into() };
        let added = items.iter().fold(String::new(), |added, item| added + &gap + item);
        return Some(Insertion::at(end, added));
    }
    let dash = item_dash(before)?;
    let line = |item: &String| format!("{}{dash}{item}", line_break(text));
    Some(Insertion::at(line_end(text, end), items.iter().map(line).collect()))
}

/// Puts a key with its value into a mapping, where its order says.
pub(crate) fn entry(text: &str, map: &Node, addition: Addition<'_>) -> Option<Insertion> {
    let NodeKind::Map(entries) = &map.kind else { return None };
    let Addition { key, value, order } = addition;
    let Some(first) = entries.first() else {
        let start = map.span.range().start;
        let inside = text[start..].starts_with('{').then_some(start + 1)?;
        return Some(Insertion::at(inside, format!(" {key}: {value} ")));
    };
    let first_key = first.key.span.range().start;
    let key = if text[first_key..].starts_with('"') { format!("\"{key}\"") } else { key.into() };
    let rank = |key: &str| order.iter().position(|known| *known == key).unwrap_or(order.len());
    let earlier = |entry: &&Entry| rank(&entry.key.value) <= rank(addition.key);
    // The last of those that come before it; a mapping in no order gets it behind the last of them.
    let after = entries.iter().rev().find(earlier);
    let Some(after) = after else {
        return Some(before(text, map, first, &format!("{key}: {value}")));
    };
    let end = entry_end(text, after)?;
    if map.is_flow(text) {
        return Some(Insertion::at(end, format!(", {key}: {value}")));
    }
    let indent = column(text, first_key);
    let added = format!("{}{indent}{key}: {value}", line_break(text));
    Some(Insertion::at(line_end(text, end), added))
}

/// Puts an entry in front of the first of a mapping.
fn before(text: &str, map: &Node, first: &Entry, added: &str) -> Insertion {
    let at = first.key.span.range().start;
    let gap = if map.is_flow(text) {
        ", ".to_owned()
    } else {
        format!("{}{}", line_break(text), column(text, at))
    };
    Insertion::at(at, format!("{added}{gap}"))
}

/// Where the value of an entry ends; none when nothing was written.
fn entry_end(text: &str, entry: &Entry) -> Option<usize> {
    match &entry.value.kind {
        NodeKind::Empty | NodeKind::Bad => None,
        _ => end_of(text, &entry.value),
    }
}

/// Where a part ends, without the line breaks behind a block of text.
fn end_of(text: &str, node: &Node) -> Option<usize> {
    let end = match &node.kind {
        NodeKind::Bad | NodeKind::Empty => return None,
        NodeKind::Seq(items) if !node.is_flow(text) => end_of(text, items.last()?)?,
        NodeKind::Map(entries) if !node.is_flow(text) => entry_end(text, entries.last()?)?,
        _ => node.span.range().end,
    };
    Some(text[..end].trim_end().len())
}

/// What stands on the line before `at`.
fn line_before(text: &str, at: usize) -> &str {
    let start = text[..at].rfind(['\n', '\r']).map_or(0, |line| line + 1);
    &text[start..at]
}

/// The end of the line at `at`, a comment included.
fn line_end(text: &str, at: usize) -> usize {
    text[at..].find(['\n', '\r']).map_or(text.len(), |line| at + line)
}

/// The dash of an item of a block with what is around it; none when more stands there.
fn item_dash(before: &str) -> Option<&str> {
    (before.trim() == "-").then_some(before)
}

/// As many spaces as there are characters before `at` on its line.
fn column(text: &str, at: usize) -> String {
    let before = line_before(text, at).trim_start_matches('\u{feff}');
    " ".repeat(before.chars().count())
}

fn line_break(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Sink;
    use crate::span::FileId;
    use crate::spec::yaml;

    fn root(text: &str) -> Node {
        yaml::parse(text, FileId(0), &mut Sink::default()).tree.root
    }

    fn child<'n>(node: &'n Node, key: &str) -> &'n Node {
        let NodeKind::Map(entries) = &node.kind else { panic!("no mapping") };
        &entries.iter().find(|entry| entry.key.value == key).expect("the key").value
    }

    #[test]
    fn items_stand_behind_the_last() {
        for (text, expected) in [
            ("a: [x, y]\nb: 1\n", "a: [x, y, n, m]\nb: 1\n"),
            ("a: [x, y,]\n", "a: [x, y, n, m,]\n"),
            ("a: []\n", "a: [n, m]\n"),
            ("a: [\n  x,\n  y\n]\n", "a: [\n  x,\n  y,\n  n,\n  m\n]\n"),
            ("a:\n  - x\n  - y # why\nb: 1\n", "a:\n  - x\n  - y # why\n  - n\n  - m\nb: 1\n"),
            ("a:\r\n- x\r\n", "a:\r\n- x\r\n- n\r\n- m\r\n"),
            ("a:\n  - x: 1\n    y: 2\n", "a:\n  - x: 1\n    y: 2\n  - n\n  - m\n"),
            ("a:\n  - x", "a:\n  - x\n  - n\n  - m"),
            ("a:\n- { x: 1 }\n- [y]\n", "a:\n- { x: 1 }\n- [y]\n- n\n- m\n"),
        ] {
            let tree = root(text);
            let made = items(text, child(&tree, "a"), &["n".into(), "m".into()]).expect(text);
            assert_eq!(made.apply(text), expected, "{text:?}");
        }
    }

    #[test]
    fn entries_stand_where_their_order_says() {
        let order = ["id", "patterns", "except", "tests"];
        for (text, expected) in [
            ("r: { id: x, tests: {} }\n", "r: { id: x, except: [n], tests: {} }\n"),
            ("r: {}\n", "r: { except: [n] }\n"),
            ("r: { tests: {} }\n", "r: { except: [n], tests: {} }\n"),
            ("{\"r\": {\"id\": \"x\"}}\n", "{\"r\": {\"id\": \"x\", \"except\": [n]}}\n"),
            (
                "r:\n  id: x\n  patterns:\n    - y # why\n\n  # these\n  tests: { hit: [y] }\n",
                "r:\n  id: x\n  patterns:\n    - y # why\n  except: [n]\n\n  # these\n  tests: { hit: [y] }\n",
            ),
            ("r:\n  tests: {}\n", "r:\n  except: [n]\n  tests: {}\n"),
            ("r:\n  id: |\n    x\n\nz: 1\n", "r:\n  id: |\n    x\n  except: [n]\n\nz: 1\n"),
            ("r:\r\n  id: x\r\n", "r:\r\n  id: x\r\n  except: [n]\r\n"),
        ] {
            let tree = root(text);
            let addition = Addition { key: "except", value: "[n]", order: &order };
            let made = entry(text, child(&tree, "r"), addition).expect(text);
            assert_eq!(made.apply(text), expected, "{text:?}");
        }
    }

    #[test]
    fn what_is_unclear_is_left_alone() {
        let text = "r:\n  id:\n  patterns:\n";
        let addition = Addition { key: "except", value: "[n]", order: &["id", "patterns"] };
        assert_eq!(entry(text, child(&root(text), "r"), addition), None);
        assert_eq!(items(text, child(&root(text), "r"), &["n".into()]), None);
    }
}
