//! A document with its comments beside what they speak of.

use crate::diag::{SourceFile, floor_boundary};
use crate::span::{SourceSpan, Spanned};
use crate::spec::tree::{Node, NodeKind};

/// A comment on lines of its own.
#[derive(Clone, Debug)]
pub(super) struct Remark {
    pub(super) text: String,
    /// True when an empty line stands before it.
    pub(super) after_blank: bool,
}

/// A list or mapping.
#[derive(Debug)]
pub(super) struct Container<'t> {
    pub(super) parts: Vec<Part<'t>>,
    /// A comment behind the opening bracket, or behind the key of a block.
    pub(super) opening: Option<String>,
    /// Comments behind the last part.
    pub(super) footer: Vec<Remark>,
    /// Written in brackets.
    pub(super) flow: bool,
    pub(super) is_map: bool,
}

/// An item or an entry.
#[derive(Debug)]
pub(super) struct Part<'t> {
    pub(super) key: Option<&'t Spanned<String>>,
    pub(super) node: &'t Node,
    pub(super) value: Value<'t>,
    /// Comments before it.
    pub(super) lead: Vec<Remark>,
    /// True when an empty line stands before it, behind the comments.
    pub(super) after_blank: bool,
    /// A comment at the end of its line.
    pub(super) trail: Option<String>,
}

#[derive(Debug)]
pub(super) enum Value<'t> {
    Scalar,
    Container(Container<'t>),
}

impl Container<'_> {
    /// True when there is a comment anywhere inside.
    pub(super) fn has_comments(&self) -> bool {
        self.opening.is_some()
            || !self.footer.is_empty()
            || self.parts.iter().any(|part| {
                !part.lead.is_empty()
                    || part.trail.is_some()
                    || matches!(&part.value, Value::Container(inner) if inner.has_comments())
            })
    }
}

/// Puts comments to parts.
pub(super) struct Builder<'t> {
    pub(super) file: &'t SourceFile,
}

impl<'t> Builder<'t> {
    /// The container `node` with the comments inside it, and those behind it that belong
    /// to its last part.
    pub(super) fn container(&self, node: &'t Node, comments: &[SourceSpan]) -> Container<'t> {
        let flow = self.is_flow(node);
        let mut parts = Self::bare_parts(node);
        let mut inner: Vec<Vec<SourceSpan>> = vec![Vec::new(); parts.len()];
        let mut leads: Vec<Vec<SourceSpan>> = vec![Vec::new(); parts.len() + 1];
        let mut opening = None;
        for &comment in comments {
            let behind = parts.partition_point(|part| start_of(part) <= comment.start);
            let Some(at) = behind.checked_sub(1) else {
                // Before the first part.
                if opening.is_none() && !self.is_alone(comment) && leads[0].is_empty() {
                    opening = Some(self.shown(comment));
                } else {
                    leads[0].push(comment);
                }
                continue;
            };
            if self.belongs(&parts[at], comment, flow, leads[at + 1].is_empty()) {
                inner[at].push(comment);
            } else {
                leads[at + 1].push(comment);
            }
        }
        let mut end = node.span.start;
        for ((part, inner), lead) in parts.iter_mut().zip(&inner).zip(&leads) {
            let start = start_of(part);
            (part.lead, part.after_blank) = self.remarks(lead, end, start);
            end = self.written_end(part).max(inner.last().map_or(0, |comment| comment.end));
            let mut inner = inner.as_slice();
            let is_container = matches!(part.node.kind, NodeKind::Seq(_) | NodeKind::Map(_));
            if !is_container || Self::bare_parts(part.node).is_empty() {
                let mut texts = inner.iter().map(|&comment| self.shown(comment));
                part.trail = texts.next();
                part.lead.extend(texts.map(|text| Remark { text, after_blank: false }));
                inner = &[];
            } else if let Some((behind, others)) = inner.split_last()
                && self.is_flow(part.node)
                && behind.start >= end_of(part)
            {
                // Behind the bracket it speaks of all of it.
                part.trail = Some(self.shown(*behind));
                inner = others;
            }
            if is_container {
                part.value = Value::Container(self.container(part.node, inner));
            }
        }
        let last = leads.last().map_or(&[][..], Vec::as_slice);
        let (footer, _) = self.remarks(last, end, end);
        let is_map = matches!(node.kind, NodeKind::Map(_));
        Container { parts, opening, footer, flow, is_map }
    }

    fn bare_parts(node: &'t Node) -> Vec<Part<'t>> {
        let part = |key: Option<&'t Spanned<String>>, node: &'t Node| Part {
            key,
            node,
            value: Value::Scalar,
            lead: Vec::new(),
            after_blank: false,
            trail: None,
        };
        match &node.kind {
            NodeKind::Seq(items) => items.iter().map(|item| part(None, item)).collect(),
            NodeKind::Map(entries) => {
                entries.iter().map(|entry| part(Some(&entry.key), &entry.value)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// True when a comment that starts behind the start of a part is its own: inside it, at
    /// the end of its last line, or below it and indented further.
    fn belongs(&self, part: &Part<'_>, comment: SourceSpan, flow: bool, is_first: bool) -> bool {
        let end = self.written_end(part);
        if comment.start < end {
            return true;
        }
        let between = &self.text()[end as usize..comment.start as usize];
        if !between.contains(['\n', '\r']) {
            return true;
        }
        let is_block = matches!(part.node.kind, NodeKind::Seq(_) | NodeKind::Map(_))
            && !self.is_flow(part.node);
        let column = |at: u32| self.file.position(at).column;
        // An item starts behind its dash.
        let least = column(start_of(part)) + u32::from(part.key.is_some());
        is_first && is_block && !flow && column(comment.start) >= least
    }

    /// The end of what is written of a part: the place of a block of text goes on over the empty
    /// lines below it.
    fn written_end(&self, part: &Part<'_>) -> u32 {
        self.text()[..end_of(part) as usize].trim_end().len() as u32
    }

    /// Comments on lines of their own between the bytes `end` and `next`, and whether an
    /// empty line stands before `next`.
    fn remarks(&self, comments: &[SourceSpan], end: u32, next: u32) -> (Vec<Remark>, bool) {
        let mut end = end;
        let mut remarks = Vec::new();
        for &comment in comments {
            let after_blank = self.has_blank(end, comment.start);
            remarks.push(Remark { text: self.shown(comment), after_blank });
            end = comment.end;
        }
        (remarks, self.has_blank(end, next))
    }

    /// True when an empty line lies between two places.
    fn has_blank(&self, from: u32, to: u32) -> bool {
        let text = self.text();
        let (from, to) = (from as usize, floor_boundary(text, to as usize));
        let between = text.get(from..to).unwrap_or("");
        between.split('\n').skip(1).filter(|line| line.trim().is_empty()).count() > 1
            || between.replace("\r\n", "\n").contains("\n\n")
    }

    /// True for what is written in brackets.
    fn is_flow(&self, node: &Node) -> bool {
        node.is_flow(self.text())
    }

    fn is_alone(&self, comment: SourceSpan) -> bool {
        let line = self.file.position(comment.start).line;
        self.file.line(line).trim_start().starts_with('#')
    }

    fn shown(&self, comment: SourceSpan) -> String {
        self.text()[comment.range()].trim_end().to_owned()
    }

    fn text(&self) -> &'t str {
        self.file.text()
    }
}

fn start_of(part: &Part<'_>) -> u32 {
    part.key.map_or(part.node.span.start, |key| key.span.start)
}

fn end_of(part: &Part<'_>) -> u32 {
    part.node.span.end.max(part.key.map_or(0, |key| key.span.end))
}
