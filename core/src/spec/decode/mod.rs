//! The tree → the typed model, one file a concept, with every problem reported.
//!
//! A value that cannot be used is reported and left out; what remains is
//! decoded all the same, so that one run finds all mistakes.

mod exception;
mod facts;
mod keys;
mod label;
mod list;
mod other_words;
mod pattern;
mod policy;
mod rule;
mod scalar;
mod tests;

use super::mend::{in_quotes, meant_text};
use super::model;
use super::suggest::{Near, near};
use super::tree::{Entry, Node, NodeKind, Tree};
use crate::diag::{Code, Diagnostic, Sink};
use crate::span::{SourceSpan, Spanned};
pub(crate) use keys::Place;
pub(crate) use list::check_pattern_text;
pub(super) use pattern::KINDS as PATTERN_KINDS;

/// The policy in `tree`, which was read from the text `source`. With `strict`,
/// a text has to be in quotes: that is how data from programs comes.
pub(crate) fn policy(tree: &Tree, source: &str, strict: bool, sink: &mut Sink) -> model::Policy {
    Decoder { source, strict, sink, unknown: Vec::new() }.policy(&tree.root)
}

/// The patterns of a list file, whose text is `source` and whose entries are `list`.
pub(super) fn list(
    list: &Node,
    source: &str,
    strict: bool,
    sink: &mut Sink,
) -> Vec<model::Pattern> {
    Decoder { source, strict, sink, unknown: Vec::new() }.patterns(list, "the list")
}

/// The keys of a pattern.
pub(super) fn pattern_keys() -> &'static [&'static str] {
    Place::Pattern.keys()
}

/// Every kind of mapping: its name in messages, and its keys.
pub(crate) fn mappings() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    Place::ALL.iter().map(|place| (place.name(), place.keys()))
}

/// True for `message "Please …`, which a `: ` in the text made a key.
fn lacks_colon(key: &str, known: &str) -> bool {
    key.strip_prefix(known).is_some_and(|rest| rest.starts_with([' ', '"', '\'', '[', '{']))
}

/// The kinds of mappings beside `place` that have `key`: the two that are commonest.
fn elsewhere(place: Place, key: &str) -> Option<String> {
    let has_key = |p: &&Place| **p != place && p.keys().contains(&key);
    let mut others = Place::ALL.iter().filter(has_key);
    let first = others.next()?;
    // What overrides a rule has the keys of one.
    let second = others.find(|p| !(**p == Place::Override && *first == Place::Rule));
    let second = second.filter(|p| **p != Place::Override);
    let name = first.name();
    Some(second.map_or_else(|| name.to_owned(), |p| format!("{name} or {}", p.name())))
}

/// What every decoding function needs.
struct Decoder<'a> {
    source: &'a str,
    strict: bool,
    sink: &'a mut Sink,
    /// Unknown keys: the mappings they are of, where they stand and what they seem to mean. A key that
    /// is missing there was probably meant by one of them.
    unknown: Vec<(Place, SourceSpan, Option<&'static str>)>,
}

/// The key that `key` is a slip of, if names are declared under it and nothing else is: what
/// stands there is read, so that nothing is said about where these names are used.
fn declaring(place: Place, key: &str, entries: &[Entry]) -> Option<&'static str> {
    const DECLARING: [&str; 7] =
        ["patterns", "facts", "lists", "labels", "actions", "fields", "rules"];
    let meant = other_words::meant(place, key)
        .or_else(|| near(key, place.keys().iter().copied()).map(|near| near.name))?;
    let written = entries.iter().any(|entry| entry.key.as_str() == meant);
    (DECLARING.contains(&meant) && !written).then_some(meant)
}

impl Decoder<'_> {
    fn report(&mut self, diagnostic: Diagnostic) {
        self.sink.push(diagnostic);
    }

    /// Reports that `subject` should be `expected` and is something else.
    fn wrong_type(&mut self, node: &Node, subject: &str, expected: &str) -> Option<Diagnostic> {
        let found = match &node.kind {
            NodeKind::Bad => return None,
            NodeKind::Empty => {
                self.empty(node, subject);
                return None;
            }
            NodeKind::Scalar(_) => "a text",
            NodeKind::Seq(_) => "a list",
            NodeKind::Map(_) => "a mapping",
        };
        let message = format!("{subject} takes {expected}, not {found}");
        Some(Diagnostic::new(Code::WrongType, node.span, message))
    }

    fn push_some(&mut self, diagnostic: Option<Diagnostic>) {
        if let Some(diagnostic) = diagnostic {
            self.report(diagnostic);
        }
    }

    /// Reports a value that was not written, or that a `#` made a comment.
    fn empty(&mut self, node: &Node, subject: &str) {
        let written = self.source.get(node.span.range()).unwrap_or("");
        let mut diagnostic =
            Diagnostic::new(Code::EmptyItem, node.span, format!("{subject} has no value"));
        let comment =
            written.find(" #").map(|i| i + 1).filter(|_| !written.starts_with(['"', '\'']));
        diagnostic = match comment {
            Some(at) => {
                let quoted = in_quotes(&written[at..]);
                let start = node.span.start + at as u32;
                let span = SourceSpan::new(node.span.file, start, node.span.end);
                diagnostic
                    .label("`#` starts a comment")
                    .hint(format!("if the text starts with `#`, quote it: `{quoted}`"))
                    .fix(span, quoted)
            }
            None => diagnostic.hint("write a value, or take it out; an empty text is `\"\"`"),
        };
        self.report(diagnostic);
    }

    /// The items of a list.
    fn seq<'n>(&mut self, node: &'n Node, subject: &str) -> Option<&'n [Node]> {
        if let NodeKind::Seq(items) = &node.kind {
            return Some(items);
        }
        let diagnostic = self.wrong_type(node, subject, "a list").map(|d| {
            let written = self.source.get(node.span.range()).unwrap_or("");
            if node.scalar().is_some() && written.len() <= 60 && !written.contains('\n') {
                let fixed = format!("[{}]", written.trim_end_matches(']'));
                d.hint(format!("write `{fixed}`")).fix(node.span, fixed)
            } else {
                d.hint("write `[…]`, or a `-` before every item")
            }
        });
        self.push_some(diagnostic);
        None
    }

    /// The entries of a mapping.
    fn map<'n>(&mut self, node: &'n Node, subject: &str) -> Option<&'n [Entry]> {
        if let NodeKind::Map(entries) = &node.kind {
            return Some(entries);
        }
        let diagnostic = self.wrong_type(node, subject, "a mapping").map(|d| match &node.kind {
            NodeKind::Seq(_) if subject == "`tests`" => {
                d.hint("say what each text is for: in a rule `{ hit: […], pass: […] }`, in a policy `{ ACTION: […] }`")
            }
            NodeKind::Seq(_) => d.hint("write `key: value` lines without a `-` before them"),
            _ => d.hint("write `key: value` lines below it, indented, or `{ key: value }`"),
        });
        self.push_some(diagnostic);
        None
    }

    /// A list of texts.
    fn texts(&mut self, node: &Node, subject: &str) -> Vec<Spanned<String>> {
        let item = format!("an item of {subject}");
        let items = self.seq(node, subject).unwrap_or_default();
        items.iter().filter_map(|node| self.text(node, &item)).collect()
    }

    /// Reports a key that `place` does not have.
    fn unknown_key(&mut self, place: Place, key: &Spanned<String>) {
        if self.sink.is_full() {
            return; // suggestions take time
        }
        let mut diagnostic =
            Diagnostic::new(Code::UnknownKey, key.span, format!("unknown key `{}`", key.value));
        if let Some(known) = place.keys().iter().find(|known| lacks_colon(key, known)) {
            self.unknown.push((place, key.span, Some(known)));
            diagnostic.message = format!("a `:` is missing behind `{known}`");
            self.report(diagnostic.hint(format!("write `{known}: …`")));
            return;
        }
        let other_word = other_words::meant(place, key).map(|name| Near { name, alone: false });
        let own = other_word.or_else(|| near(key, place.keys().iter().copied()));
        self.unknown.push((place, key.span, own.map(|own| own.name)));
        if let Some(own) = own {
            diagnostic = self.meant(diagnostic, key.span, own);
        }
        if other_word.is_some() || other_words::hint(place, key).is_some() {
            if let Some(hint) = other_words::hint(place, key) {
                diagnostic = diagnostic.hint(hint);
            }
            self.report(diagnostic);
            return;
        }
        if let Some(others) = elsewhere(place, key) {
            diagnostic = diagnostic.hint(format!("`{}` belongs to {others}", key.value));
        } else if let Some(text) = self.text_with_colon(place, key).filter(|_| own.is_none()) {
            let message =
                format!("`{}:` is read as a key, and there is none of that name", key.value);
            diagnostic.message = message;
            diagnostic = diagnostic.hint(format!("a text with `: ` in it needs quotes: `{text}`"));
        } else if own.is_none() {
            let keys: Vec<_> = place.keys().iter().map(|key| format!("`{key}`")).collect();
            diagnostic = diagnostic.hint(format!("{} has {}", place.name(), keys.join(", ")));
        }
        self.report(diagnostic);
    }

    /// True when `key`, which `place` does not have, stands beside `section` and may be meant below it.
    fn is_outdented(&self, place: Place, section: &Entry, key: &Spanned<String>) -> bool {
        matches!(section.value.kind, NodeKind::Map(_))
            && !section.value.is_flow(self.source)
            && near(key, place.keys().iter().copied()).is_none()
            && other_words::meant(place, key).is_none()
            && elsewhere(place, key).is_none()
    }

    /// Reports `key` behind `section`, in which it was probably meant.
    fn outdented(&mut self, section: &Entry, key: &Spanned<String>) {
        let section = &section.key.value;
        let message = format!("unknown key `{}`", key.value);
        self.report(Diagnostic::new(Code::UnknownKey, key.span, message).hint(format!(
            "if it belongs to `{section}` above, indent it like the other lines there"
        )));
    }

    /// Where a text may stand, one whose `: ` made it a mapping, in quotes.
    fn text_with_colon(&self, place: Place, key: &Spanned<String>) -> Option<String> {
        let start = key.span.range().start;
        let before = self.source.get(..start)?.trim_end();
        let is_text = matches!(place, Place::Pattern | Place::Exception | Place::TestCase)
            && before.ends_with(['-', '[', ','])
            && self.source[start..].starts_with(key.as_str());
        let text = in_quotes(is_text.then(|| meant_text(self.source, start))?);
        (text.len() <= 80 && !text.contains('`')).then_some(text)
    }

    /// With the word of the format that was meant, in quotes where the slip is: a policy
    /// may be JSON.
    fn meant(&self, diagnostic: Diagnostic, span: SourceSpan, near: Near<'_>) -> Diagnostic {
        let mut diagnostic = diagnostic.meant(span, near.name, near.alone);
        let written = self.source.get(span.range()).unwrap_or("");
        if written.starts_with(['"', '\''])
            && let Some(fix) = &mut diagnostic.fix
        {
            fix.patches[0].text = in_quotes(near.name);
        }
        diagnostic
    }

    /// Reports that `place` at `span` lacks `key`.
    fn missing_key(&mut self, place: Place, span: SourceSpan, key: &str, hint: &str) {
        let inside = self.unknown.iter().rev().take_while(|(_, at, _)| at.start >= span.start);
        let may_mean = |meant: Option<&str>| meant.is_none_or(|meant| meant == key);
        if inside
            .into_iter()
            .any(|(of, at, meant)| *of == place && at.start < span.end && may_mean(*meant))
        {
            return;
        }
        let message = format!("{} needs the key `{key}`", place.name());
        self.report(Diagnostic::new(Code::MissingKey, self.first_line(span), message).hint(hint));
    }

    /// The part of `span` on its first line: enough to point at a whole mapping.
    fn first_line(&self, span: SourceSpan) -> SourceSpan {
        let text = self.source.get(span.range()).unwrap_or("");
        let len = text.find(['\n', '\r']).unwrap_or(text.len());
        SourceSpan::new(span.file, span.start, span.start + len as u32)
    }
}
