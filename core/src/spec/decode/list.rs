//! `lists:`, named lists of patterns.

use super::Decoder;
use super::keys::Place;
use super::scalar::NameKind;
use crate::diag::{Code, Diagnostic, Sink};
use crate::span::Spanned;
use crate::spec::bounds;
use crate::spec::lists::Format;
use crate::spec::model::{List, ListSource, Pattern};
use crate::spec::tree::{Entry, Node, NodeKind};

impl Decoder<'_> {
    pub(super) fn lists(&mut self, node: &Node, subject: &str) -> Vec<List> {
        let entries = self.map(node, subject).unwrap_or_default();
        entries.iter().map(|entry| self.list(entry)).collect()
    }

    /// A list is kept whatever is wrong in it, so that patterns find it.
    fn list(&mut self, entry: &Entry) -> List {
        self.name(&entry.key, "a list", NameKind::Plain);
        let subject = format!("the list `{}`", entry.key.value);
        let source = match &entry.value.kind {
            NodeKind::Map(entries) => self.list_source(&entry.value, entries),
            NodeKind::Scalar(name) if Format::find(&name.value).is_some() => {
                let written = self.source.get(entry.value.span.range()).unwrap_or("");
                let fixed = format!("{{ file: {written} }}");
                let message = format!("{subject} takes a list, not the name of a file");
                self.report(
                    Diagnostic::new(Code::WrongType, entry.value.span, message)
                        .hint(format!("write `{fixed}`"))
                        .fix(entry.value.span, fixed),
                );
                None
            }
            NodeKind::Seq(items) if items.is_empty() => {
                let message = format!("{subject} has no entries");
                self.report(
                    Diagnostic::new(Code::EmptyList, entry.key.span, message)
                        .hint("add entries, or remove the list and the patterns that use it"),
                );
                None
            }
            _ => Some(ListSource::Inline(self.patterns(&entry.value, &subject))),
        };
        let source = source.unwrap_or_else(|| ListSource::Inline(Vec::new()));
        List { name: entry.key.clone(), source }
    }

    fn list_source(&mut self, node: &Node, entries: &[Entry]) -> Option<ListSource> {
        let (mut file, mut base) = (None, None);
        let (mut add, mut remove) = (Vec::new(), Vec::new());
        for entry in entries {
            let value = &entry.value;
            match entry.key.as_str() {
                "file" => file = Some(self.text(value, "`file`")),
                "extend" => base = Some(self.text(value, "`extend`")),
                "add" => add = self.patterns(value, "`add`"),
                "remove" => remove = self.patterns(value, "`remove`"),
                _ => self.unknown_key(Place::List, &entry.key),
            }
        }
        match (file, base) {
            (Some(file), None) => self.list_file(file?),
            (None, Some(base)) => Some(ListSource::Edit { base: base?, add, remove }),
            (Some(_), Some(_)) => {
                let span = self.first_line(node.span);
                self.report(
                    Diagnostic::new(
                        Code::ConflictingKeys,
                        span,
                        "a list has either `file` or `extend`, not both",
                    )
                    .hint("make two lists; a list may contain another: `{ list: NAME }`"),
                );
                None
            }
            (None, None) => {
                let hint = "write `[word, …]`, or `{ file: words.txt }`";
                self.missing_key(Place::List, node.span, "file", hint);
                None
            }
        }
    }

    fn list_file(&mut self, file: Spanned<String>) -> Option<ListSource> {
        if Format::find(&file).is_some() {
            return Some(ListSource::File { path: file, entries: Vec::new() });
        }
        let message = format!("`{}` is no list of a format that is known", file.value);
        self.report(
            Diagnostic::new(Code::ListFileFormat, file.span, message)
                .hint("a list file ends in `.txt` (one pattern a line), `.csv` or `.json`"),
        );
        None
    }

    /// A list of patterns.
    pub(super) fn patterns(&mut self, node: &Node, subject: &str) -> Vec<Pattern> {
        let items = self.seq(node, subject).unwrap_or_default();
        let item = format!("an item of {subject}");
        items.iter().filter_map(|node| self.pattern(node, &item)).collect()
    }
}

/// Checks the text of a word or phrase; false when it cannot be used.
pub(crate) fn check_pattern_text(text: &Spanned<String>, sink: &mut Sink) -> bool {
    let span = text.span;
    if text.trim().is_empty() {
        sink.push(
            Diagnostic::new(Code::EmptyPattern, span, "the pattern is empty")
                .hint("write a word or phrase, or take the pattern out"),
        );
        return false;
    }
    if !check_pattern_length(text, bounds::PATTERN_CHARS, sink) {
        return false;
    }
    let stars = Stars::of(text);
    if stars.fixed == 0 {
        sink.push(
            Diagnostic::new(Code::BadWildcard, span, "the pattern has nothing beside its `*`")
                .hint("`*` stands for more letters of a word: `spam*`; a star itself is `\\*`"),
        );
        return false;
    }
    if stars.doubled {
        sink.push(
            Diagnostic::new(Code::BadWildcard, span, "two `*` in a row mean no more than one")
                .hint("write one `*`; a star itself is `\\*`"),
        );
        return false;
    }
    true
}

/// Checks that a pattern has at most `limit` characters.
pub(super) fn check_pattern_length(text: &Spanned<String>, limit: usize, sink: &mut Sink) -> bool {
    if text.len() <= limit || text.chars().nth(limit).is_none() {
        return true;
    }
    let message = format!("the pattern has more than {limit} characters");
    sink.push(
        Diagnostic::new(Code::PatternTooLong, text.span, message)
            .hint("a long text is found by a phrase of it"),
    );
    false
}

/// The stars of a pattern, and what stands beside them.
struct Stars {
    /// Characters that are neither a star nor white space.
    fixed: usize,
    doubled: bool,
}

impl Stars {
    fn of(text: &str) -> Self {
        let mut stars = Self { fixed: 0, doubled: false };
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '\\' if chars.next_if_eq(&'*').is_some() => stars.fixed += 1,
                '*' => stars.doubled |= chars.peek() == Some(&'*'),
                c if c.is_whitespace() => {}
                _ => stars.fixed += 1,
            }
        }
        stars
    }
}
