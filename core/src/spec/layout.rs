//! Which line is laid out wrongly, where YAML only says that something does not fit.
//!
//! The parser names the place at which it gave up, often a line after the slip. The
//! lines around it show what was meant: a forgotten `- `, a line that is a space off,
//! a rule below another key.

use super::mend;
use crate::diag::{Code, Diagnostic};
use crate::span::{FileId, SourceSpan};
use std::ops::Range;

/// How many lines are looked at, in each direction.
const LINES: usize = 2_000;

/// The slip, and the bytes about which nothing else is to be said.
pub(super) struct Blame {
    pub(super) diagnostic: Diagnostic,
    pub(super) spoilt: Range<usize>,
}

/// A line that is neither empty nor a comment.
#[derive(Clone, Copy, Debug)]
struct Line<'a> {
    /// Where it starts.
    start: usize,
    /// Spaces before it.
    indent: usize,
    /// What is written behind them.
    text: &'a str,
}

impl<'a> Line<'a> {
    fn new(start: usize, line: &'a str) -> Option<Self> {
        let text = line.trim_start_matches(' ');
        let indent = line.len() - text.len();
        let text = text.trim_end();
        (!text.is_empty() && !text.starts_with('#')).then_some(Self { start, indent, text })
    }

    /// Where the text starts.
    fn head(&self) -> usize {
        self.start + self.indent
    }

    fn is_item(&self) -> bool {
        self.text == "-" || self.text.starts_with("- ")
    }

    /// The column at which keys stand, behind the `- ` of an item.
    fn content(&self) -> usize {
        let rest = self.text.strip_prefix('-').filter(|_| self.is_item());
        match rest {
            Some(rest) => self.indent + 1 + (rest.len() - rest.trim_start().len()),
            None => self.indent,
        }
    }

    /// The key that the line starts with, behind a `- `.
    fn key(&self) -> Option<&'a str> {
        let text = if self.is_item() { self.text[1..].trim_start() } else { self.text };
        let end = text.find(':')?;
        let behind = &text[end + 1..];
        let key = text[..end].trim_end();
        let is_plain = !key.is_empty() && !key.contains([' ', '"', '\'', '[', '{', ',', '#']);
        (is_plain && (behind.is_empty() || behind.starts_with(' '))).then_some(key)
    }

    /// True for a key below which a list may stand in the same column.
    fn opens_list(&self) -> bool {
        !self.is_item() && self.key().is_some() && !self.has_value()
    }

    /// True when the line's key has its value on the line.
    fn has_value(&self) -> bool {
        let value = self.key().and_then(|_| self.text.split_once(": ")).map(|(_, v)| v.trim());
        value.is_some_and(|value| !value.is_empty() && !value.starts_with(['#', '|', '>']))
    }
}

/// The lines around a place.
struct Around<'a> {
    text: &'a str,
    file: FileId,
    line: Line<'a>,
}

impl<'a> Around<'a> {
    fn at(text: &'a str, file: FileId, at: usize) -> Option<Self> {
        let start = text[..at].rfind('\n').map_or(0, |i| i + 1);
        let line = Line::new(start, text[start..].lines().next()?)?;
        Some(Self { text, file, line })
    }

    /// The lines above one that starts at `start`, nearest first.
    fn above(&self, start: usize) -> impl Iterator<Item = Line<'a>> + use<'a> {
        let mut end = start;
        let text = self.text;
        std::iter::from_fn(move || {
            let before = text.get(..end.checked_sub(1)?)?;
            let start = before.rfind('\n').map_or(0, |i| i + 1);
            end = start;
            Some(Line::new(start, &before[start..]))
        })
        .take(LINES)
        .flatten()
    }

    /// The lines below one that starts at `start`.
    fn below(&self, start: usize) -> impl Iterator<Item = Line<'a>> + use<'a> {
        let mut at = start;
        self.text[start..]
            .split_inclusive('\n')
            .map(move |line| {
                at += line.len();
                Line::new(at - line.len(), line)
            })
            .skip(1)
            .take(LINES)
            .flatten()
    }

    /// The line that `line` stands below: the nearest above that is further left, or
    /// for an item a key in the same column.
    fn parent(&self, line: &Line<'a>) -> Option<Line<'a>> {
        self.above(line.start).find(|above| {
            above.content() < line.indent
                || above.indent < line.indent
                || (above.indent == line.indent && line.is_item() && above.opens_list())
        })
    }

    fn span(&self, range: Range<usize>) -> SourceSpan {
        SourceSpan::new(self.file, range.start as u32, range.end as u32)
    }

    fn error(&self, line: &Line<'_>, message: impl Into<String>) -> Diagnostic {
        let text = line.key().filter(|_| !line.is_item()).unwrap_or(line.text);
        let span = self.span(line.head()..line.head() + text.len());
        Diagnostic::new(Code::YamlSyntax, span, message)
    }

    fn blame(line: &Line<'_>, diagnostic: Diagnostic) -> Blame {
        Blame { diagnostic, spoilt: line.start..line.head() + line.text.len() }
    }
}

/// The slip of layout behind an error at `at`, where an error of blocks was found.
pub(super) fn blame(text: &str, file: FileId, at: usize) -> Option<Blame> {
    let around = Around::at(text, file, at)?;
    let line = around.line;
    if let Some(blame) = no_colon(&around).or_else(|| tight_dash(&around)) {
        return Some(blame);
    }
    // In the middle of a line something else is wrong.
    let key = line.content() - line.indent + line.key().map_or(0, str::len);
    if at > line.head() + key + 1 {
        return None;
    }
    no_break_space(&around)
        .or_else(|| no_space_behind_dash(&around))
        .or_else(|| misplaced_rule(&around))
        .or_else(|| text_without_dash(&around))
        .or_else(|| no_dash(&around))
        .or_else(|| first_without_dash(&around))
        .or_else(|| outdented_first(&around))
        .or_else(|| odd_line_above(&around))
        .or_else(|| misaligned_item(&around))
        .or_else(|| beside_dash(&around))
        .or_else(|| misaligned(&around))
}

/// A space that only looks like one, before this line or the one above.
fn no_break_space(around: &Around<'_>) -> Option<Blame> {
    let mut near = std::iter::once(around.line).chain(around.above(around.line.start).take(1));
    let line = near.find(|line| line.text.starts_with('\u{a0}'))?;
    let width = line.text.len() - line.text.trim_start_matches('\u{a0}').len();
    let span = around.span(line.head()..line.head() + width);
    let spaces = " ".repeat(width / '\u{a0}'.len_utf8());
    let diagnostic =
        Diagnostic::new(Code::YamlSyntax, span, "this line starts with no-break spaces")
            .hint("indent with ordinary spaces; text copied from a web page often has others")
            .fix(span, spaces);
    Some(Around::blame(&line, diagnostic))
}

/// `-id: x`.
fn no_space_behind_dash(around: &Around<'_>) -> Option<Blame> {
    let line = around.line;
    let rest = line.text.strip_prefix('-')?;
    let is_text = rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '"' | '\'' | '{'));
    let beside = around.above(line.start).find(|above| above.indent <= line.indent)?;
    if !is_text || !beside.is_item() || beside.indent != line.indent {
        return None;
    }
    let dash = around.span(line.head()..line.head() + 1);
    let diagnostic = Diagnostic::new(Code::YamlSyntax, dash, "a space is missing behind this `-`")
        .hint(format!("write `- {}`", shown(rest)))
        .fix(dash, "- ");
    Some(Around::blame(&line, diagnostic))
}

/// A text in the column of the `-` of the items above.
fn text_without_dash(around: &Around<'_>) -> Option<Blame> {
    let line = around.line;
    let beside = around.above(line.start).find(|above| above.indent <= line.indent)?;
    let is_text = !line.is_item() && !line.text.contains([':', '=']);
    if !is_text || !beside.is_item() || beside.indent != line.indent || beside.key().is_some() {
        return None;
    }
    let head = around.span(line.head()..line.head());
    let diagnostic = around
        .error(&line, "a `- ` is missing before this item")
        .hint(format!("write `- {}`", shown(line.text)))
        .fix(head, "- ");
    Some(Around::blame(&line, diagnostic))
}

/// A `-` that YAML takes for a part of the text above, because it stands further right.
pub(super) fn swallowed_dash(text: &str, file: FileId, range: &Range<usize>) -> Option<Diagnostic> {
    let mut at = range.start;
    let written = text.get(range.clone())?;
    let lines = written.split_inclusive('\n').map(|line| {
        at += line.len();
        Line::new(at - line.len(), line.trim_end())
    });
    let dash = lines.skip(1).flatten().find(Line::is_item)?;
    let around = Around::at(text, file, range.start)?;
    let span = around.span(dash.head()..dash.head() + 1);
    let column = spaces(around.line.indent);
    let message = "this `-` continues the text above, for it stands further right";
    Some(
        Diagnostic::new(Code::YamlSyntax, span, message)
            .also(around.span(around.line.head()..around.line.head() + 1), "the item above")
            .hint(format!("indent it by {column}, like the item above"))
            .fix(around.span(dash.start..dash.head()), " ".repeat(around.line.indent)),
    )
}

/// A word alone on its line or before a bracket, above what stands beside or below it: `hit`,
/// `- one`, `pass:`. The parser reads all of it as one text, up to the next `: `.
fn no_colon(around: &Around<'_>) -> Option<Blame> {
    let line = around.line;
    let beside = around.above(line.start).find(|above| {
        above.indent < line.indent || (above.indent == line.indent && !above.is_item())
    })?;
    let head = beside.text.split(['[', '{']).next().unwrap_or("");
    let name = mend::key_name(head);
    let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    // The second line of a longer text is no key.
    let goes_on = |above: Line<'_>| above.has_value() && above.indent < beside.indent;
    if beside.is_item()
        || beside.key().is_some()
        || !is_name
        || around.above(beside.start).next().is_some_and(goes_on)
    {
        return None;
    }
    let span = around.span(beside.head()..beside.head() + head.len());
    let message = mend::colon_message(name, &head[name.len()..]);
    let rest = shown(&beside.text[head.len()..]);
    let space = if rest.is_empty() { "" } else { " " };
    let diagnostic = Diagnostic::new(Code::YamlSyntax, span, message)
        .hint(format!("write `{name}:{space}{rest}`"))
        .suggest(span, format!("{name}:{space}"));
    Some(Blame { diagnostic, spoilt: beside.start..line.head() + line.text.len() })
}

/// `-id: a` above the other keys of its item.
fn tight_dash(around: &Around<'_>) -> Option<Blame> {
    let line = around.line;
    let first = around.above(line.start).find(|above| above.indent < line.indent)?;
    let key = first.key()?.strip_prefix('-').filter(|key| key.starts_with(char::is_alphabetic))?;
    let dash = around.span(first.head()..first.head() + 1);
    let diagnostic = Diagnostic::new(Code::YamlSyntax, dash, "a space is missing behind this `-`")
        .hint(format!("write `- {key}`"))
        .fix(dash, "- ");
    Some(Blame { diagnostic, spoilt: first.start..line.head() + line.text.len() })
}

/// An item with an `id` below another key than `rules`.
fn misplaced_rule(around: &Around<'_>) -> Option<Blame> {
    let line = around.line;
    let is_rule = |line: &Line<'_>| line.is_item() && line.key() == Some("id");
    let parent = around.parent(&line)?;
    let rule = std::iter::once(line)
        .chain(around.below(parent.start).take_while(|l| l.start < line.start))
        .find(is_rule)?;
    let parent = around.above(rule.start).find(|above| above.indent == 0 && !above.is_item())?;
    let key = parent.key().filter(|&key| key != "rules")?;
    let message = format!("a rule cannot stand under `{key}`");
    let place = parent.head()..parent.head() + key.len();
    let diagnostic = around
        .error(&rule, message)
        .also(around.span(place), format!("`{key}` starts here"))
        .hint("move the rule up, to the others under `rules:`");
    let spoilt = parent.head()..line.head() + line.text.len();
    Some(Blame { diagnostic, spoilt })
}

/// A key in the column of the `-` of the items above: `- id: a` … `id: b`.
fn no_dash(around: &Around<'_>) -> Option<Blame> {
    let line = around.line;
    let key = line.key().filter(|_| !line.is_item())?;
    let beside = around.above(line.start).find(|above| above.indent <= line.indent)?;
    if !beside.is_item() || beside.indent != line.indent || beside.key() != Some(key) {
        return None;
    }
    Some(Around::blame(&line, missing_dash(around, &line, key)))
}

fn missing_dash(around: &Around<'_>, line: &Line<'_>, key: &str) -> Diagnostic {
    around
        .error(line, format!("a `- ` is missing before `{key}`"))
        .label("a new item starts here")
        .hint(format!("write `- {}`", shown(line.text)))
}

/// A list whose first item has no `- `, and a later one has.
fn first_without_dash(around: &Around<'_>) -> Option<Blame> {
    let line = around.line;
    if !line.is_item() {
        return None;
    }
    let parent = around.above(line.start).find(|above| {
        above.indent < line.indent || (above.indent == line.indent && above.key() == Some("rules"))
    })?;
    let parent_key = parent.key().filter(|_| !parent.has_value())?;
    let first = around.below(parent.start).next().filter(|first| first.start < line.start)?;
    let key = first.key().filter(|_| !first.is_item())?;
    let diagnostic = if Some(key) == line.key() {
        missing_dash(around, &first, key)
    } else if parent_key == "rules" {
        around
            .error(&first, "`rules` is a list: every rule starts with `- id:`")
            .hint(format!("write `- id: {key}`, and the rule's other keys below `id`"))
    } else {
        let message = format!("`{parent_key}` has a key here and an item with `- ` below it");
        let at = around.span(line.head()..line.head() + 1);
        around
            .error(&first, message)
            .also(at, "the item")
            .hint("use one of the two for all that stands in it")
    };
    let spoilt = first.start..line.head() + line.text.len();
    Some(Blame { diagnostic, spoilt })
}

/// The first key below another in that one's column, the next one deeper: `facts:`, `age: …`, `  role: …`.
fn outdented_first(around: &Around<'_>) -> Option<Blame> {
    let line = around.line;
    line.key().filter(|_| !line.is_item())?;
    let mut above = around.above(line.start);
    let (first, parent) = (above.next()?, above.next()?);
    let key = first.key().filter(|_| first.has_value() && !first.is_item())?;
    let section = parent.key().filter(|_| !parent.has_value())?;
    if first.indent != parent.content() || line.indent <= first.indent {
        return None;
    }
    let (is, should) = (spaces(first.indent), spaces(line.indent));
    let message = format!("`{key}` is indented by {is} and the line below by {should}");
    let diagnostic = around
        .error(&first, message)
        .hint(format!("indent it by {should}, so that it stands below `{section}`"))
        .fix(around.span(first.start..first.head()), " ".repeat(line.indent));
    Some(Blame { diagnostic, spoilt: parent.start..line.head() + line.text.len() })
}

/// The line above stands elsewhere than both its neighbours.
fn odd_line_above(around: &Around<'_>) -> Option<Blame> {
    let line = around.line;
    let mut above = around.above(line.start);
    let (odd, before) = (above.next()?, above.next()?);
    let key = odd.key().filter(|_| odd.has_value() && !odd.is_item())?;
    if line.indent <= odd.indent || before.content() != line.indent {
        return None;
    }
    Some(Around::blame(&odd, moved(around, &odd, key, before)))
}

/// `- id: b` in another column than the `- id: a` above.
fn misaligned_item(around: &Around<'_>) -> Option<Blame> {
    let line = around.line;
    let key = line.key().filter(|_| line.is_item())?;
    let above = around.above(line.start).find(|l| l.is_item() && l.key() == Some(key))?;
    if above.indent == line.indent {
        return None;
    }
    let (is, should) = (spaces(line.indent), spaces(above.indent));
    let dash = around.span(line.head()..line.head() + 1);
    let message = format!("this item is indented by {is} and the one above by {should}");
    let diagnostic = Diagnostic::new(Code::YamlSyntax, dash, message)
        .also(around.span(above.head()..above.head() + 1), "the item above")
        .hint(format!("indent it by {should}, and its other lines with it"));
    Some(Around::blame(&line, diagnostic))
}

/// A key of an item in the column of the item's `-`.
fn beside_dash(around: &Around<'_>) -> Option<Blame> {
    let line = around.line;
    let key = line.key().filter(|_| !line.is_item())?;
    let beside = around.above(line.start).find(|above| above.indent <= line.indent)?;
    if !beside.is_item() || beside.indent != line.indent || beside.key().is_none() {
        return None;
    }
    Some(Around::blame(&line, moved(around, &line, key, beside)))
}

/// A line that is some spaces off the one above.
fn misaligned(around: &Around<'_>) -> Option<Blame> {
    let line = around.line;
    let above = around.above(line.start).next()?;
    let key = line.key()?;
    let next = around.below(line.start).next();
    let too_deep = line.indent > above.content() && above.has_value();
    let off = line.indent.abs_diff(above.content()) == 1
        || next.is_some_and(|next| next.content() == above.content());
    if line.is_item() || !(too_deep || off) {
        return None;
    }
    Some(Around::blame(&line, moved(around, &line, key, above)))
}

/// `line` belongs below `beside`.
fn moved(around: &Around<'_>, line: &Line<'_>, key: &str, beside: Line<'_>) -> Diagnostic {
    let (is, should) = (line.indent, beside.content());
    let other = beside.key().filter(|_| beside.is_item());
    let other = other.map_or_else(|| "the line above".to_owned(), |key| format!("`{key}` above"));
    let message = format!("`{key}` is indented by {} and {other} by {should}", spaces(is));
    let below = beside.key().map_or_else(String::new, |key| format!(" below `{key}`"));
    let span = around.span(line.start..line.head());
    let diagnostic = around
        .error(line, message)
        .hint(format!("indent it by {}, so that it stands{below}", spaces(should)));
    diagnostic.fix(span, " ".repeat(should))
}

fn spaces(count: usize) -> String {
    match count {
        1 => "1 space".to_owned(),
        count => format!("{count} spaces"),
    }
}

fn shown(text: &str) -> String {
    let text = text.trim();
    if text.chars().count() <= 40 {
        return text.to_owned();
    }
    text.chars().take(39).chain(['…']).collect()
}
