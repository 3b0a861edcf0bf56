//! Events of the parser → tree.

use super::anchors::Anchor;
use crate::diag::{Code, Diagnostic, Sink, floor_boundary};
use crate::span::{FileId, SourceSpan};
use crate::spec::bounds;
use crate::spec::layout;
use crate::spec::mend::{self, Mend};
use crate::spec::tree::{Node, NodeKind, Scalar, Tree};
use granit_parser::{Event, Parser, ScalarStyle, ScanError, Span, StructureStyle};
use std::ops::Range;

/// A list or mapping that is being read.
pub(super) struct Frame {
    pub(super) start: usize,
    pub(super) flow: bool,
    pub(super) kind: FrameKind,
}

pub(super) enum FrameKind {
    Seq(Vec<Node>),
    /// The entries, and the key that waits for its value.
    Map(Vec<(Node, Node)>, Option<Node>),
}

pub(super) struct Builder<'a> {
    /// The text as the author wrote it.
    pub(super) text: &'a str,
    pub(super) file: FileId,
    /// Bytes that were replaced, in order.
    pub(super) mended: &'a [usize],
    pub(super) stack: Vec<Frame>,
    pub(super) root: Option<Node>,
    pub(super) comments: Vec<SourceSpan>,
    /// Where the last thing that was not a comment ended.
    pub(super) last_end: usize,
    pub(super) anchors: Vec<Anchor>,
    /// Text that the parser read otherwise than it was meant, without an error.
    pub(super) mends: Vec<Mend>,
    pub(super) found: Vec<Diagnostic>,
    /// Keys with no `:` behind them, which the parser read on into their values.
    pub(super) colons: Vec<Mend>,
    /// Texts that go on over what was meant as an item.
    pub(super) joined: Vec<Range<usize>>,
    /// Bytes that a slip spoilt: nothing is said about what starts there.
    pub(super) spoilt: Vec<Range<usize>>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(text: &'a str, file: FileId, mended: &'a [usize]) -> Self {
        Self {
            text,
            file,
            mended,
            stack: Vec::new(),
            root: None,
            comments: Vec::new(),
            last_end: 0,
            anchors: Vec::new(),
            mends: Vec::new(),
            found: Vec::new(),
            colons: Vec::new(),
            joined: Vec::new(),
            spoilt: Vec::new(),
        }
    }

    pub(super) fn run(&mut self, patched: &str) -> Result<(), ScanError> {
        let options = granit_parser::options! {
            emit_anchor_events: true,
            emit_unresolved_aliases: true,
            flow_nesting_limit: bounds::DEPTH,
            block_nesting_limit: bounds::DEPTH,
            max_buffered_comment_events: usize::MAX,
        };
        let mut documents = 0;
        for next in Parser::new_from_str_with_options(patched, options) {
            let (event, span) = next?;
            let range = span.byte_range().unwrap_or(0..0);
            let range = floor_boundary(patched, range.start)..floor_boundary(patched, range.end);
            if matches!(event, Event::DocumentStart(..)) {
                documents += 1;
                if documents > 1 {
                    self.second_document(range);
                    return Ok(());
                }
            }
            self.event(event, &span, range);
        }
        Ok(())
    }

    fn second_document(&mut self, at: Range<usize>) {
        let span = self.span(at);
        self.found.push(
            Diagnostic::new(Code::MultipleDocuments, span, "a second document starts here")
                .hint("a policy is one document: take the `---` out, or make it a file of its own"),
        );
    }

    fn event(&mut self, event: Event<'_>, span: &Span, range: Range<usize>) {
        if let Some(tag) = event.tag() {
            let at = span.tag_span().and_then(|s| s.byte_range());
            let at = at.unwrap_or(range.start..range.start);
            let _ = tag;
            self.mends.extend(mend::quote(self.text, self.file, at.start));
        }
        let tagged = event.tag().is_some();
        match event {
            Event::Scalar(value, style, ..) => {
                let end = range.end;
                let node = if tagged {
                    Node::bad(self.span(range))
                } else if style == ScalarStyle::Plain && range.is_empty() {
                    self.empty(range.start)
                } else {
                    let plain = style == ScalarStyle::Plain;
                    let is_item = matches!(
                        self.stack.last(),
                        Some(Frame { kind: FrameKind::Seq(_), flow: false, .. })
                    );
                    let dash = (plain && is_item)
                        .then(|| layout::swallowed_dash(self.text, self.file, &range))
                        .flatten();
                    if plain && self.awaits_key() {
                        self.colons.extend(mend::missing_colon(self.text, self.file, &range));
                    }
                    if let Some(dash) = dash {
                        self.found.push(dash);
                        self.joined.push(range.clone());
                        Node::bad(self.span(range))
                    } else {
                        let scalar = Scalar { value: value.into_owned(), plain };
                        self.node(range, NodeKind::Scalar(scalar))
                    }
                };
                self.add(node);
                self.last_end = self.last_end.max(end);
            }
            Event::SequenceStart(style, ..) => {
                self.open(&range, style, FrameKind::Seq(Vec::new()));
            }
            Event::MappingStart(style, ..) => {
                self.open(&range, style, FrameKind::Map(Vec::new(), None));
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(range.end),
            Event::Anchor(id, _) => {
                self.last_end = self.last_end.max(range.end);
                let structure = !self.spoil_last();
                self.anchors.push(Anchor { id, at: range, alias: None, structure });
            }
            Event::Alias(id) => {
                // Ids rise in the order of the anchors; there may be very many.
                if let Ok(at) = self.anchors.binary_search_by_key(&id, |anchor| anchor.id) {
                    self.anchors[at].alias.get_or_insert(range.clone());
                }
                self.add_bad(range);
            }
            Event::UnresolvedAlias(_) => {
                self.mends.extend(mend::quote(self.text, self.file, range.start));
                self.add_bad(range);
            }
            Event::Comment(..) => self.comments.push(self.span(range)),
            _ => {} // the stream and its documents
        }
    }

    /// True where the next text is the key of a mapping in lines, but for the first of an item:
    /// there it may as well be a text with `: ` in it.
    fn awaits_key(&self) -> bool {
        match self.stack.as_slice() {
            [
                ..,
                Frame { kind: FrameKind::Seq(_), .. },
                Frame { kind: FrameKind::Map(pairs, None), flow: false, .. },
            ] => !pairs.is_empty(),
            [.., Frame { kind: FrameKind::Map(_, None), flow: false, .. }] => true,
            _ => false,
        }
    }

    pub(super) fn span(&self, range: Range<usize>) -> SourceSpan {
        SourceSpan::new(self.file, range.start as u32, range.end as u32)
    }

    fn node(&self, range: Range<usize>, kind: NodeKind) -> Node {
        let next = self.mended.partition_point(|&at| at < range.start);
        let is_mended = self.mended.get(next).is_some_and(|at| range.contains(at));
        let kind = if is_mended { NodeKind::Bad } else { kind };
        Node { span: self.span(range), kind }
    }

    fn add_bad(&mut self, range: Range<usize>) {
        self.last_end = self.last_end.max(range.end);
        self.add(Node::bad(self.span(range)));
    }

    fn open(&mut self, range: &Range<usize>, style: StructureStyle, kind: FrameKind) {
        let flow = matches!(style, StructureStyle::Flow);
        self.last_end = self.last_end.max(range.end);
        self.stack.push(Frame { start: range.start, flow, kind });
    }

    fn close(&mut self, end: usize) {
        let Some(frame) = self.stack.pop() else { return };
        let end = if frame.flow { end } else { self.last_end };
        self.last_end = self.last_end.max(end);
        let mut start = frame.start;
        let kind = match frame.kind {
            FrameKind::Seq(items) => NodeKind::Seq(items),
            FrameKind::Map(pairs, _) if frame.flow => NodeKind::Map(self.entries(pairs, true)),
            FrameKind::Map(pairs, _) => {
                let pairs = self.split_items(pairs);
                start = pairs.first().map_or(start, |(key, _)| key.span.range().start.max(start));
                NodeKind::Map(self.entries(pairs, false))
            }
        };
        let span = self.span(start.min(end)..end);
        self.add(Node { span, kind });
    }

    pub(super) fn add(&mut self, node: Node) {
        match self.stack.last_mut().map(|frame| &mut frame.kind) {
            None => self.root = Some(node),
            Some(FrameKind::Seq(items)) => items.push(node),
            Some(FrameKind::Map(pairs, key)) => match key.take() {
                None => *key = Some(node),
                Some(key) => pairs.push((key, node)),
            },
        }
    }

    /// A value that was not written, placed at its key or at its `-`, together
    /// with a comment behind it: that is often what was meant to be the value.
    fn empty(&self, at: usize) -> Node {
        let place = match self.stack.last().map(|frame| &frame.kind) {
            Some(FrameKind::Map(_, Some(key))) => {
                let colon = self.text[key.span.range().end..].find(':').unwrap_or(0);
                let from = key.span.range().end + colon + 1;
                key.span.range().start..self.behind(from, key.span.range().end)
            }
            Some(FrameKind::Seq(_)) => match self.dash() {
                Some(dash) => dash..self.behind(dash + 1, dash + 1),
                None => at..at,
            },
            _ => at..at,
        };
        self.node(place, NodeKind::Empty)
    }

    /// The next `-` that starts an item, behind white space and comments.
    fn dash(&self) -> Option<usize> {
        let mut at = self.last_end.min(self.text.len());
        loop {
            let rest = &self.text[at..];
            let trimmed = rest.trim_start();
            at += rest.len() - trimmed.len();
            match trimmed.as_bytes().first()? {
                b'#' => at += trimmed.find('\n')?,
                b'-' => return Some(at),
                _ => return None,
            }
        }
    }

    /// The end of a comment that follows `from` on its line, or `otherwise`.
    fn behind(&self, from: usize, otherwise: usize) -> usize {
        let Some(rest) = self.text.get(from..) else { return otherwise };
        if !rest.trim_start_matches([' ', '\t']).starts_with('#') {
            return otherwise; // before looking for the end of what may be a very long line
        }
        from + rest.lines().next().unwrap_or("").trim_end().len()
    }

    /// `[gold, #win]`: a bracket that is open because the one that closes it is in a comment.
    pub(super) fn swallowed_bracket(&self) -> Option<Mend> {
        let open = self.stack.iter().find(|frame| frame.flow)?.start;
        let is_text = |comment: &&SourceSpan| {
            let (start, text) = (comment.range().start, &self.text[comment.range()]);
            let is_word = text[1..].starts_with(|c: char| !c.is_whitespace() && c != '#');
            start > open && !self.mended.contains(&start) && is_word && text.contains([']', '}'])
        };
        match self.comments.iter().find(is_text) {
            Some(comment) => mend::quote(self.text, self.file, comment.range().start),
            // Behind a text the parser reads on for more of it, and a comment is not told yet.
            None => mend::text_with_comment(self.text, self.file, open)
                .filter(|mend| !self.mended.contains(&mend.at)),
        }
    }

    /// Closes what an error left open and reports what was found on the way.
    pub(super) fn finish(mut self, sink: &mut Sink) -> Tree {
        while let Some(frame) = self.stack.last_mut() {
            if let FrameKind::Map(pairs, key) = &mut frame.kind
                && let Some(key) = key.take()
            {
                let span = key.span;
                pairs.push((key, Node::bad(span)));
            }
            self.close(self.last_end);
        }
        self.report_anchors();
        for diagnostic in self.mends.into_iter().filter_map(|m| m.diagnostic).chain(self.found) {
            sink.push(diagnostic);
        }
        let nothing = SourceSpan::new(self.file, 0, 0);
        let mut root = self.root.unwrap_or(Node { span: nothing, kind: NodeKind::Empty });
        for range in &self.spoilt {
            spoil(&mut root, range);
        }
        Tree { root, comments: self.comments }
    }

    /// An error ended the reading: what was read last may be cut short.
    pub(super) fn stop(&mut self) {
        match self.stack.last_mut().map(|frame| &mut frame.kind) {
            None => self.root = Some(Node::bad(SourceSpan::new(self.file, 0, 0))),
            Some(FrameKind::Map(_, Some(_))) => {} // its value is missing, which is known to be bad
            Some(_) => {
                self.spoil_last();
            }
        }
    }

    /// Makes the text that was read last a reported one, if there is one.
    fn spoil_last(&mut self) -> bool {
        let last = match self.stack.last_mut().map(|frame| &mut frame.kind) {
            None => self.root.as_mut(),
            Some(FrameKind::Seq(items)) => items.last_mut(),
            Some(FrameKind::Map(_, Some(key))) => Some(key),
            Some(FrameKind::Map(pairs, None)) => pairs.last_mut().map(|pair| &mut pair.1),
        };
        match last {
            Some(node) if !matches!(node.kind, NodeKind::Seq(_) | NodeKind::Map(_)) => {
                node.kind = NodeKind::Bad;
                true
            }
            _ => false,
        }
    }
}

/// Takes out what starts in `range`.
fn spoil(node: &mut Node, range: &Range<usize>) {
    let starts = |span: SourceSpan| range.contains(&span.range().start);
    let spoil_value = |value: &mut Node| {
        if starts(value.span) {
            value.kind = NodeKind::Bad;
        } else {
            spoil(value, range);
        }
    };
    match &mut node.kind {
        NodeKind::Seq(items) => items.iter_mut().for_each(spoil_value),
        NodeKind::Map(entries) => {
            entries.retain(|entry| !starts(entry.key.span));
            entries.iter_mut().map(|entry| &mut entry.value).for_each(spoil_value);
        }
        _ => {}
    }
}
