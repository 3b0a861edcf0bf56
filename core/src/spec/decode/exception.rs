//! `except:`, what spares matches.

use super::Decoder;
use super::keys::Place;
use crate::diag::{Code, Diagnostic};
use crate::span::Spanned;
use crate::spec::model::{Exception, ExceptionKind};
use crate::spec::tree::{Entry, Node, NodeKind};

/// The keys that make an entry a context.
const CONTEXTS: [&str; 3] = ["after", "before", "quoted"];

impl Decoder<'_> {
    pub(super) fn exceptions(&mut self, node: &Node, subject: &str) -> Vec<Exception> {
        let items = self.seq(node, subject).unwrap_or_default();
        let item = format!("an item of {subject}");
        items.iter().filter_map(|node| self.exception(node, &item)).collect()
    }

    fn exception(&mut self, node: &Node, subject: &str) -> Option<Exception> {
        let span = node.span;
        if let NodeKind::Map(entries) = &node.kind {
            let context = entries.iter().find(|e| CONTEXTS.contains(&e.key.as_str()));
            if let Some(context) = context {
                let kind = self.context(context, entries)?;
                return Some(Exception { span, kind });
            }
            if let Some(entry) = entries.iter().find(|e| !belongs(&e.key)) {
                self.stranger(&entry.key);
                return None;
            }
        }
        let pattern = self.pattern(node, subject)?;
        Some(Exception { span, kind: ExceptionKind::Pattern(pattern) })
    }

    /// A key that patterns have but exceptions do not, or a slip.
    fn stranger(&mut self, key: &Spanned<String>) {
        if Place::Pattern.keys().contains(&key.as_str()) {
            let message = format!("an exception cannot have `{}`", key.value);
            self.report(
                Diagnostic::new(Code::UnknownKey, key.span, message)
                    .hint("exceptions are texts, `{ list: NAME }` or `{ domain: HOST }`"),
            );
        } else {
            self.unknown_key(Place::Exception, key);
        }
    }

    fn context(&mut self, context: &Entry, entries: &[Entry]) -> Option<ExceptionKind> {
        let name = context.key.as_str();
        let mut words = None;
        for entry in entries {
            let key = entry.key.as_str();
            if key == name {
                continue;
            }
            if key == "words" && name != "quoted" {
                words = self.integer(&entry.value, "`words`");
                if words.as_ref().is_some_and(|words| words.value == 0) {
                    self.report(
                        Diagnostic::new(
                            Code::BadNumber,
                            entry.value.span,
                            "`words` must be above 0",
                        )
                        .hint("1 asks for the word next to the match"),
                    );
                }
            } else if belongs(&entry.key) {
                let message = format!("an exception is either `{name}` or `{key}`, not both");
                self.report(
                    Diagnostic::new(Code::ConflictingKeys, entry.key.span, message)
                        .hint("write two exceptions"),
                );
            } else {
                self.unknown_key(Place::Exception, &entry.key);
            }
        }
        let subject = format!("`{name}`");
        if name == "quoted" {
            self.word(&context.value, &subject, &[("true", ())])?;
            return Some(ExceptionKind::Quoted);
        }
        let patterns = self.patterns(&context.value, &subject);
        if matches!(&context.value.kind, NodeKind::Seq(items) if items.is_empty()) {
            let message = format!("{subject} has no patterns");
            self.report(
                Diagnostic::new(Code::EmptyGroup, context.key.span, message)
                    .hint("name the words that spare a match, or take the exception out"),
            );
        }
        Some(match name {
            "after" => ExceptionKind::After { patterns, words },
            _ => ExceptionKind::Before { patterns, words },
        })
    }
}

fn belongs(key: &Spanned<String>) -> bool {
    Place::Exception.keys().contains(&key.as_str())
}
