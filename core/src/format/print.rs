//! A document with its comments → lines.

use super::kinds::Kind;
use super::parts::{Container, Part, Remark, Value};
use super::scalar;
use crate::spec::decode::Place;
use crate::spec::tree::{Node, NodeKind};
use std::fmt::Write;

/// Columns of a line.
const WIDTH: usize = 100;
/// Columns of an item of a list that is written several to a line.
const SHORT: usize = 40;
/// Columns a level is indented by.
const STEP: usize = 2;

/// A line and the comment at its end.
#[derive(Debug)]
struct Line {
    text: String,
    comment: Option<String>,
    /// An empty line below would belong to its text: it ends a block that keeps them (`|+`).
    keeps: bool,
}

impl Line {
    fn new(indent: usize, text: &str) -> Self {
        let text = if text.is_empty() { String::new() } else { format!("{:indent$}{text}", "") };
        Self { text, comment: None, keeps: false }
    }
}

/// Adds an empty line, where it says nothing.
fn push_blank(lines: &mut Vec<Line>) {
    if !lines.last().is_some_and(|line| line.keeps) {
        lines.push(Line::new(0, ""));
    }
}

/// Something that is written in a way whose indentation matters.
pub(super) struct Unmovable;

type Lines = Result<Vec<Line>, Unmovable>;

pub(super) struct Printer<'t> {
    pub(super) text: &'t str,
}

impl Printer<'_> {
    /// The whole document.
    pub(super) fn document(&self, root: &Container<'_>) -> Result<String, Unmovable> {
        let mut lines = Vec::new();
        let mut first = true;
        // Comments above everything stay there, whatever becomes the first key.
        let header = root.parts.first().map_or(&[][..], |part| part.lead.as_slice());
        remarks(&mut lines, header, 0, &mut first);
        let gap = root.parts.first().is_some_and(|part| part.after_blank) && !header.is_empty();
        if gap {
            lines.push(Line::new(0, ""));
        }
        lines.extend(self.block(root, Kind::Of(Place::Policy), 0, true)?);
        Ok(joined(&lines))
    }

    /// A container, a part a line; `is_root` when the comments of the first part are
    /// written already.
    fn block(&self, container: &Container<'_>, kind: Kind, indent: usize, is_root: bool) -> Lines {
        let mut lines = Vec::new();
        let mut first = true;
        for at in kind.order(keys(container)) {
            let part = &container.parts[at];
            let said = is_root && at == 0;
            if !said {
                remarks(&mut lines, &part.lead, indent, &mut first);
            }
            if part.after_blank && !first && !said {
                push_blank(&mut lines);
            }
            first = false;
            lines.extend(self.part(part, kind, indent)?);
        }
        remarks(&mut lines, &container.footer, indent, &mut first);
        Ok(lines)
    }

    fn part(&self, part: &Part<'_>, kind: Kind, indent: usize) -> Lines {
        let kind_of = kind.of_part(part.node, part.key.map(|key| key.as_str()));
        match part.key {
            Some(key) => {
                let raw = &self.text[key.span.range()];
                let head = format!("{}:", scalar::quoted_or_plain(key, raw, false));
                let is_regex = kind == Kind::Of(Place::Pattern) && key.value == "regex";
                self.behind(&head, part, kind_of, indent, is_regex)
            }
            None => self.item(part, kind_of, indent),
        }
    }

    /// A value behind `head`, which ends in a colon or is a dash.
    fn behind(
        &self,
        head: &str,
        part: &Part<'_>,
        kind: Kind,
        indent: usize,
        is_regex: bool,
    ) -> Lines {
        let Value::Container(container) = &part.value else {
            return self.scalar(head, part, indent, is_regex);
        };
        if let Some(inline) = self.inline(part, kind, false) {
            let room = WIDTH.saturating_sub(indent + columns(head) + 1);
            if container.flow && columns(&inline) <= room || container.parts.is_empty() {
                return Ok(ending(vec![Line::new(indent, &format!("{head} {inline}"))], part));
            }
        }
        if container.flow
            && let Some(lines) = self.filled(head, container, kind, indent)
        {
            return Ok(ending(lines, part));
        }
        let mut lines = vec![Line::new(indent, head)];
        lines[0].comment.clone_from(&container.opening);
        // Without brackets it stands behind the head, or above what is inside.
        match (&part.trail, &container.opening) {
            (Some(_), None) => lines[0].comment.clone_from(&part.trail),
            (Some(text), Some(_)) => lines.push(Line::new(indent + STEP, text)),
            (None, _) => {}
        }
        lines.extend(self.block(container, kind, indent + STEP, false)?);
        Ok(lines)
    }

    /// An item of a block: its first line stands behind the dash.
    fn item(&self, part: &Part<'_>, kind: Kind, indent: usize) -> Lines {
        let Value::Container(container) = &part.value else {
            return self.scalar("-", part, indent, false);
        };
        if container.flow
            && let Some(inline) = self.inline(part, kind, false)
            && (indent + STEP + columns(&inline) <= WIDTH || container.parts.is_empty())
        {
            return Ok(ending(vec![Line::new(indent, &format!("- {inline}"))], part));
        }
        if container.flow
            && let Some(lines) = self.filled("-", container, kind, indent)
        {
            return Ok(ending(lines, part));
        }
        let mut lines = Vec::new();
        let opening =
            container.opening.iter().chain(&part.trail).map(|text| Line::new(indent, text));
        lines.extend(opening);
        // Comments above the first key stand above the dash.
        let mut inner = self.block(container, kind, indent + STEP, false)?.into_iter().peekable();
        let is_above =
            |line: &Line| line.text.is_empty() || line.text.trim_start().starts_with('#');
        while let Some(line) = inner.next_if(is_above) {
            lines.push(Line::new(indent, line.text.trim_start()));
        }
        match inner.next() {
            Some(mut first) => {
                first.text.replace_range(indent..=indent, "-");
                lines.push(first);
            }
            None => lines.push(Line::new(indent, "-")),
        }
        lines.extend(inner);
        Ok(lines)
    }

    fn scalar(&self, head: &str, part: &Part<'_>, indent: usize, is_regex: bool) -> Lines {
        if matches!(part.node.kind, NodeKind::Empty) {
            let mut line = Line::new(indent, head);
            line.comment.clone_from(&part.trail);
            return Ok(vec![line]);
        }
        let raw = self.text[part.node.span.range()].trim_end();
        if let Some(header) = self.block_header(part.node) {
            return self.block_text(head, header, part, indent);
        }
        if raw.is_empty() {
            return Ok(vec![Line::new(indent, &format!("{head} \"\""))]);
        }
        if !raw.contains(['\n', '\r']) {
            let text = scalar::written(part.node, raw, is_regex);
            let mut line = Line::new(indent, &format!("{head} {text}"));
            line.comment.clone_from(&part.trail);
            return Ok(vec![line]);
        }
        // Folded: white space around a line break says nothing, an empty line does.
        let mut lines = raw.lines().map(str::trim);
        let mut all = vec![Line::new(indent, &format!("{head} {}", lines.next().unwrap_or("")))];
        all.extend(lines.map(|line| Line::new(indent + STEP, line)));
        let last = all.len() - 1;
        all[last].comment.clone_from(&part.trail);
        Ok(all)
    }

    /// A text that is a block below its `header`.
    fn block_text(&self, head: &str, header: &str, part: &Part<'_>, indent: usize) -> Lines {
        let raw = &self.text[part.node.span.range()];
        let (header, lines) = match &part.node.kind {
            NodeKind::Scalar(scalar) if header.starts_with('|') => {
                scalar::literal_block(header, &scalar.value, STEP)
            }
            NodeKind::Scalar(scalar) => {
                let lines = scalar::folded_block(header, raw.trim_end(), self.column(part.node));
                // Empty lines at either end are text, and lie outside of what was read.
                let whole = !header.contains('+') && !scalar.value.starts_with('\n');
                match lines.filter(|_| whole) {
                    Some(lines) => (header.to_owned(), lines),
                    // What its own indentation means is kept line by line.
                    None => scalar::literal_block(header, &scalar.value, STEP),
                }
            }
            _ => return Err(Unmovable),
        };
        let mut all = vec![Line::new(indent, &format!("{head} {header}"))];
        all[0].comment.clone_from(&part.trail);
        all.extend(lines.iter().map(|line| Line::new(indent + STEP, line)));
        let last = all.len() - 1;
        all[last].keeps = header.contains('+');
        Ok(all)
    }

    /// The `|` or `>` of a text that is a block; its place is that of its first line.
    fn block_header(&self, node: &Node) -> Option<&str> {
        let NodeKind::Scalar(scalar) = &node.kind else { return None };
        let before = self.text[..node.span.range().start].trim_end_matches(' ');
        let line = before.strip_suffix(['\n', '\r']).filter(|_| !scalar.plain)?;
        let line = line.trim_end().rsplit(['\n', '\r']).next().unwrap_or("");
        let line = line.rsplit_once(" #").map_or(line, |(line, _)| line.trim_end());
        let header = line.rsplit([' ', '\t']).next().unwrap_or("");
        header.starts_with(['|', '>']).then_some(header)
    }

    /// Columns before the first character of a node.
    fn column(&self, node: &Node) -> usize {
        let before = &self.text[..node.span.range().start];
        before.len() - before.rfind(['\n', '\r']).map_or(0, |at| at + 1)
    }

    /// A list in brackets over several lines, many short items to a line.
    fn filled(
        &self,
        head: &str,
        container: &Container<'_>,
        kind: Kind,
        indent: usize,
    ) -> Option<Vec<Line>> {
        if container.is_map || container.has_comments() {
            return None;
        }
        let items: Option<Vec<String>> = container
            .parts
            .iter()
            .map(|part| self.inline(part, kind.of_part(part.node, None), false))
            .collect();
        let items = items?;
        if items.iter().any(|item| columns(item) > SHORT) {
            return None;
        }
        let mut lines = vec![Line::new(indent, &format!("{head} ["))];
        let room = WIDTH - (indent + STEP).min(WIDTH / 2);
        let mut text = String::new();
        let last = items.len() - 1;
        for (at, item) in items.iter().enumerate() {
            let comma = if at < last { "," } else { "" };
            if !text.is_empty() && columns(&text) + columns(item) + 1 + comma.len() > room {
                lines.push(Line::new(indent + STEP, &text));
                text.clear();
            }
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(item);
            text.push_str(comma);
        }
        lines.push(Line::new(indent + STEP, &text));
        lines.push(Line::new(indent, "]"));
        Some(lines)
    }

    /// A value on one line; none where comments, line breaks or blocks forbid it.
    fn inline(&self, part: &Part<'_>, kind: Kind, is_regex: bool) -> Option<String> {
        let Value::Container(container) = &part.value else {
            let raw = self.text[part.node.span.range()].trim_end();
            let fits = !raw.contains(['\n', '\r'])
                && !raw.is_empty()
                && self.block_header(part.node).is_none();
            let is_text = matches!(part.node.kind, NodeKind::Scalar(_));
            return (fits && is_text && part.trail.is_none())
                .then(|| scalar::written(part.node, raw, is_regex));
        };
        if container.has_comments() || (!container.flow && !container.parts.is_empty()) {
            return None;
        }
        let mut texts = Vec::new();
        for at in kind.order(keys(container)) {
            texts.push(self.inline_part(&container.parts[at], kind)?);
        }
        Some(match (container.is_map, texts.is_empty()) {
            (true, true) => "{}".to_owned(),
            (true, false) => format!("{{ {} }}", texts.join(", ")),
            (false, _) => format!("[{}]", texts.join(", ")),
        })
    }

    fn inline_part(&self, part: &Part<'_>, kind: Kind) -> Option<String> {
        let kind_of = kind.of_part(part.node, part.key.map(|key| key.as_str()));
        let Some(key) = part.key else { return self.inline(part, kind_of, false) };
        let is_regex = kind == Kind::Of(Place::Pattern) && key.value == "regex";
        let raw = &self.text[key.span.range()];
        let value = self.inline(part, kind_of, is_regex)?;
        Some(format!("{}: {value}", scalar::quoted_or_plain(key, raw, false)))
    }
}

/// The lines with the comment behind the closing bracket.
fn ending(mut lines: Vec<Line>, part: &Part<'_>) -> Vec<Line> {
    if let Some(last) = lines.last_mut() {
        last.comment.clone_from(&part.trail);
    }
    lines
}

fn keys<'c>(container: &'c Container<'_>) -> impl Iterator<Item = Option<&'c str>> {
    container.parts.iter().map(|part| part.key.map(|key| key.as_str()))
}

fn remarks(lines: &mut Vec<Line>, remarks: &[Remark], indent: usize, first: &mut bool) {
    for remark in remarks {
        if remark.after_blank && !*first {
            push_blank(lines);
        }
        lines.push(Line::new(indent, &remark.text));
        *first = false;
    }
}

/// The text, comments at the ends of neighbouring lines in one column.
fn joined(lines: &[Line]) -> String {
    let mut out = String::new();
    let mut at = 0;
    while at < lines.len() {
        let indent = indent_of(&lines[at]);
        let run = lines[at..]
            .iter()
            .take_while(|line| line.comment.is_some() && indent_of(line) == indent)
            .count();
        let column =
            lines[at..at + run].iter().map(|line| columns(&line.text)).max().unwrap_or(0) + 2;
        for line in &lines[at..at + run.max(1)] {
            out.push_str(&line.text);
            if let Some(comment) = &line.comment {
                let spaces = column - columns(&line.text);
                let _ = write!(out, "{:spaces$}{comment}", "");
            }
            out.push('\n');
        }
        at += run.max(1);
    }
    out
}

fn indent_of(line: &Line) -> usize {
    line.text.len() - line.text.trim_start().len()
}

fn columns(text: &str) -> usize {
    text.chars().count()
}

/// True for nodes that the printer knows how to write.
pub(super) fn is_printable(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Seq(items) => items.iter().all(is_printable),
        NodeKind::Map(entries) => entries.iter().all(|entry| is_printable(&entry.value)),
        NodeKind::Scalar(_) | NodeKind::Empty => true,
        NodeKind::Bad => false,
    }
}
