//! YAML text → tree, from the events of `granit-parser`.
//!
//! The parser stops at its first error. Authors want all of theirs at once, so
//! an error whose cause is plain (text that needs quotes) is reported, its byte
//! replaced by a harmless one of the same length in a copy, and the copy parsed
//! again: places stay those of the file. Nodes that cover such a byte are
//! [`NodeKind::Bad`], so nothing else is said about them.

use super::bounds;
use super::edit;
use super::layout;
use super::mend::{self, Mend};
use super::syntax;
use super::tree::{Entry, Node, NodeKind, Scalar, Tree};
use crate::diag::{Code, Diagnostic, Sink, floor_boundary};
use crate::span::{FileId, SourceSpan, Spanned};
use granit_parser::{Event, Parser, ScalarStyle, ScanError, Span, StructureStyle};
use rustc_hash::FxHashMap;
use std::ops::Range;

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
        let mends = match &result {
            Err(_) if may_retry && !builder.mends.is_empty() => std::mem::take(&mut builder.mends),
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

/// A list or mapping that is being read.
struct Frame {
    start: usize,
    flow: bool,
    kind: FrameKind,
}

/// An anchor that was met.
struct Anchor {
    id: usize,
    at: Range<usize>,
    /// The first alias of it.
    alias: Option<Range<usize>>,
    /// True on a list or mapping: it cannot have been meant as text.
    structure: bool,
}

enum FrameKind {
    Seq(Vec<Node>),
    /// The entries, and the key that waits for its value.
    Map(Vec<(Node, Node)>, Option<Node>),
}

struct Builder<'a> {
    /// The text as the author wrote it.
    text: &'a str,
    file: FileId,
    /// Bytes that were replaced.
    mended: &'a [usize],
    stack: Vec<Frame>,
    root: Option<Node>,
    comments: Vec<SourceSpan>,
    /// Where the last thing that was not a comment ended.
    last_end: usize,
    anchors: Vec<Anchor>,
    /// Text that the parser read otherwise than it was meant, without an error.
    mends: Vec<Mend>,
    found: Vec<Diagnostic>,
    /// Bytes that a slip of layout spoilt: nothing is said about what starts there.
    blamed: Option<Range<usize>>,
}

impl<'a> Builder<'a> {
    fn new(text: &'a str, file: FileId, mended: &'a [usize]) -> Self {
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
            blamed: None,
        }
    }

    fn run(&mut self, patched: &str) -> Result<(), ScanError> {
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
                    if plain && is_item {
                        self.found.extend(layout::swallowed_dash(self.text, self.file, &range));
                    }
                    let scalar = Scalar { value: value.into_owned(), plain };
                    self.node(range, NodeKind::Scalar(scalar))
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

    fn span(&self, range: Range<usize>) -> SourceSpan {
        SourceSpan::new(self.file, range.start as u32, range.end as u32)
    }

    fn node(&self, range: Range<usize>, kind: NodeKind) -> Node {
        let kind =
            if self.mended.iter().any(|at| range.contains(at)) { NodeKind::Bad } else { kind };
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

    /// An item of a list in which the first key comes again, with others behind it, is
    /// several items, of which all but the first lack their `- `. All but the last are
    /// added here; the last is returned.
    fn split_items(&mut self, pairs: Vec<(Node, Node)>) -> Vec<(Node, Node)> {
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

    fn add(&mut self, node: Node) {
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

    /// Keys are texts and each occurs once.
    fn entries(&mut self, pairs: Vec<(Node, Node)>, flow: bool) -> Vec<Entry> {
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

    /// Closes what an error left open and reports what was found on the way.
    fn finish(mut self, sink: &mut Sink) -> Tree {
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
        if let Some(blamed) = &self.blamed {
            spoil(&mut root, blamed);
        }
        Tree { root, comments: self.comments }
    }

    /// An error ended the reading: what was read last may be cut short.
    fn stop(&mut self) {
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

    /// One diagnostic for all real anchors: a bomb has thousands. A text behind
    /// an anchor that nothing refers to was meant to start with `&`.
    fn report_anchors(&mut self) {
        let mut first: Option<Anchor> = None;
        for anchor in std::mem::take(&mut self.anchors) {
            if anchor.alias.is_none() && !anchor.structure {
                self.mends.extend(mend::quote(self.text, self.file, anchor.at.start));
            } else if first.as_ref().is_none_or(|f| f.alias.is_none() && anchor.alias.is_some()) {
                first = Some(anchor);
            }
        }
        let Some(first) = first else { return };
        let span = self.span(first.at);
        let diagnostic =
            alias_error(span, "anchors and aliases are not allowed").label("an anchor");
        let alias = first.alias.map(|alias| self.span(alias));
        self.found.push(match alias {
            Some(alias) => diagnostic.also(alias, "the first alias of it"),
            None => diagnostic,
        });
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

fn alias_error(span: SourceSpan, message: &str) -> Diagnostic {
    Diagnostic::new(Code::Alias, span, message)
        .hint("write the value out where it is needed; patterns that rules share go under `lists:`")
}
