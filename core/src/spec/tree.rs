//! A YAML (or JSON) document as a tree that knows where everything stands.
//!
//! Comments are kept by place, so that tools can patch the text by byte span.

use crate::span::{SourceSpan, Spanned};

/// A document.
#[derive(Clone, Debug)]
pub struct Tree {
    /// Its only node at the top.
    pub root: Node,
    /// Its comments with their `#`, in order.
    pub comments: Vec<SourceSpan>,
}

/// A value and its place.
#[derive(Clone, Debug)]
pub struct Node {
    /// Where it stands, quotes and brackets included. An empty value has the
    /// place of its key or of its `-`.
    pub span: SourceSpan,
    /// What it is.
    pub kind: NodeKind,
}

/// The kinds of values.
#[derive(Clone, Debug)]
pub enum NodeKind {
    /// A text; whether it is a number or a boolean is for its reader to say.
    Scalar(Scalar),
    /// A list.
    Seq(Vec<Node>),
    /// A mapping with its keys in order; no key occurs twice.
    Map(Vec<Entry>),
    /// Nothing was written.
    Empty,
    /// Something that was reported already; more about it would be noise.
    Bad,
}

/// A text as YAML reads it. A plain one is as written: `no`, `~` and `007` stay.
#[derive(Clone, Debug)]
pub struct Scalar {
    /// The text.
    pub value: String,
    /// True without quotes and outside a block.
    pub plain: bool,
}

/// A key with its value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key.
    pub key: Spanned<String>,
    /// The value.
    pub value: Node,
}

impl Node {
    /// A node that was reported.
    pub(super) fn bad(span: SourceSpan) -> Self {
        Self { span, kind: NodeKind::Bad }
    }

    /// True when it was reported already.
    pub fn is_bad(&self) -> bool {
        matches!(self.kind, NodeKind::Bad)
    }

    /// True for a list or mapping that is written in brackets in `text`, its file.
    pub fn is_flow(&self, text: &str) -> bool {
        // A list whose dashes are not indented begins with its first item.
        let inside = match &self.kind {
            NodeKind::Seq(items) => items.first().map(|item| item.span.start),
            NodeKind::Map(entries) => entries.first().map(|entry| entry.key.span.start),
            _ => return false,
        };
        let brackets = text.get(self.span.range()).is_some_and(|t| t.starts_with(['[', '{']));
        brackets && inside.is_none_or(|inside| inside > self.span.start)
    }

    /// The text, if it is one.
    pub fn scalar(&self) -> Option<&Scalar> {
        match &self.kind {
            NodeKind::Scalar(scalar) => Some(scalar),
            _ => None,
        }
    }

    /// The text of a plain scalar.
    pub fn plain(&self) -> Option<&str> {
        self.scalar().filter(|s| s.plain).map(|s| s.value.as_str())
    }
}
