//! `facts:`, what the caller may pass beside the text.

use super::Decoder;
use super::keys::Place;
use super::scalar::{NameKind, decimal};
use crate::diag::{Code, Diagnostic};
use crate::span::Spanned;
use crate::spec::duration;
use crate::spec::model::{Fact, FactType, Policy, Value};
use crate::spec::tree::{Entry, Node, NodeKind};

const TYPES: [(&str, FactType); 5] = [
    ("number", FactType::Number),
    ("bool", FactType::Bool),
    ("text", FactType::Text),
    ("duration", FactType::Duration),
    ("set", FactType::Set),
];

impl Decoder<'_> {
    pub(super) fn facts(&mut self, node: &Node, subject: &str, policy: &mut Policy) {
        let entries = self.map(node, subject).unwrap_or_default();
        self.declare(entries, policy);
        // `- name: type`: reported, and what it means is plain.
        let NodeKind::Seq(items) = &node.kind else { return };
        for item in items {
            match &item.kind {
                NodeKind::Map(entries) => self.declare(entries, policy),
                NodeKind::Scalar(name) => policy.unread_facts.push(name.value.clone()),
                _ => {}
            }
        }
    }

    fn declare(&mut self, entries: &[Entry], policy: &mut Policy) {
        for entry in entries {
            match self.fact(entry) {
                Some(fact) => policy.facts.push(fact),
                None => policy.unread_facts.push(entry.key.value.clone()),
            }
        }
    }

    fn fact(&mut self, entry: &Entry) -> Option<Fact> {
        let name = entry.key.clone();
        self.name(&name, "a fact", NameKind::Dotted);
        let subject = format!("the type of `{}`", name.value);
        let NodeKind::Map(entries) = &entry.value.kind else {
            let kind = self.fact_type(&entry.value, &subject)?;
            return Some(Fact { name, kind, default: None });
        };
        let (mut kind, mut default) = (None, None);
        for key in entries {
            match key.key.as_str() {
                "type" => kind = Some(self.fact_type(&key.value, &subject)),
                "default" => default = Some(&key.value),
                _ if Place::Fact
                    .keys()
                    .iter()
                    .any(|k| entries.iter().any(|e| e.key.as_str() == *k)) =>
                {
                    self.unknown_key(Place::Fact, &key.key);
                }
                _ => self.nested(&name, &key.key),
            }
        }
        let Some(kind) = kind else {
            if default.is_some() || entries.is_empty() {
                let hint = "write `type: bool`, or number, text, duration, set";
                self.missing_key(Place::Fact, entry.value.span, "type", hint);
            }
            return None;
        };
        let kind = kind?;
        let default = default.and_then(|node| self.value(node, kind.value));
        Some(Fact { name, kind, default })
    }

    /// A type; the names that other languages give it are understood in the error.
    fn fact_type(&mut self, node: &Node, subject: &str) -> Option<Spanned<FactType>> {
        let meant = match node.plain().unwrap_or("") {
            "int" | "integer" | "float" | "double" | "decimal" => "number",
            "str" | "string" => "text",
            "boolean" => "bool",
            "time" | "timedelta" | "age" | "seconds" | "minutes" | "hours" | "days" | "weeks"
            | "months" | "years" => "duration",
            "list" | "array" => "set",
            _ => return self.word(node, subject, &TYPES),
        };
        let kind = TYPES.iter().find(|(name, _)| *name == meant).map(|&(_, kind)| kind);
        let message = format!("{subject} cannot be `{}`", node.plain().unwrap_or(""));
        self.report(
            Diagnostic::new(Code::BadValue, node.span, message)
                .label(format!("did you mean `{meant}`?"))
                .fix(node.span, meant)
                .hint("one of `number`, `bool`, `text`, `duration`, `set`"),
        );
        // Declared all the same, so that nothing is said about where it is used.
        kind.map(|kind| Spanned::new(kind, node.span))
    }

    /// A fact under a fact: facts are declared by their dotted names.
    fn nested(&mut self, outer: &Spanned<String>, inner: &Spanned<String>) {
        let message = format!("unknown key `{}`", inner.value);
        self.report(
            Diagnostic::new(Code::UnknownKey, inner.span, message)
                .hint(format!("declare the fact as `{}.{}: TYPE`", outer.value, inner.value)),
        );
    }

    /// A default of the type `kind`.
    fn value(&mut self, node: &Node, kind: FactType) -> Option<Spanned<Value>> {
        let subject = "`default`";
        let span = node.span;
        let value = match kind {
            FactType::Number => Value::Number(self.float(node, subject)?.value),
            FactType::Bool => Value::Bool(self.boolean(node, subject)?.value),
            FactType::Text => Value::Text(self.text(node, subject)?.value),
            FactType::Set => {
                self.seq(node, subject)?;
                Value::Set(self.texts(node, subject).into_iter().map(|t| t.value).collect())
            }
            FactType::Duration => {
                let text = self.text(node, subject)?;
                let Some(seconds) = duration::parse(&text) else {
                    let message = format!("`{}` is not a duration", text.value);
                    self.report(
                        Diagnostic::new(Code::BadValue, span, message)
                            .hint("write a number and a unit, such as `7 days`"),
                    );
                    return None;
                };
                Value::Duration(seconds)
            }
        };
        Some(Spanned::new(value, span))
    }

    /// `facts:` of a test: nested mappings become dotted names.
    pub(super) fn fact_values(
        &mut self,
        prefix: &str,
        entries: &[Entry],
        out: &mut Vec<(Spanned<String>, Spanned<serde_json::Value>)>,
    ) {
        for entry in entries {
            let name = match prefix {
                "" => entry.key.value.clone(),
                _ => format!("{prefix}.{}", entry.key.value),
            };
            if let NodeKind::Map(inner) = &entry.value.kind {
                self.fact_values(&name, inner, out);
            } else if let Some(value) = self.json(&entry.value, &format!("the fact `{name}`")) {
                let name = Spanned::new(name, entry.key.span);
                out.push((name, Spanned::new(value, entry.value.span)));
            }
        }
    }

    /// A value as a document would have it: plain numbers, booleans and null
    /// are themselves, all else is text.
    fn json(&mut self, node: &Node, subject: &str) -> Option<serde_json::Value> {
        use serde_json::Value as Json;
        match &node.kind {
            NodeKind::Seq(items) => {
                let item = format!("an item of {subject}");
                let items = items.iter().map(|node| self.json(node, &item));
                Some(Json::Array(items.collect::<Vec<_>>().into_iter().flatten().collect()))
            }
            NodeKind::Scalar(scalar) if !scalar.plain => Some(Json::String(scalar.value.clone())),
            NodeKind::Scalar(scalar) => Some(match scalar.value.as_str() {
                "true" => Json::Bool(true),
                "false" => Json::Bool(false),
                "null" => Json::Null,
                text => match decimal(text).and_then(serde_json::Number::from_f64) {
                    Some(number) => Json::Number(number),
                    None => Json::String(text.to_owned()),
                },
            }),
            NodeKind::Map(_) | NodeKind::Empty => {
                let diagnostic = self.wrong_type(node, subject, "a text, number, boolean or list");
                self.push_some(diagnostic.map(|d| d.hint("facts have no structure inside lists")));
                None
            }
            NodeKind::Bad => None,
        }
    }
}
