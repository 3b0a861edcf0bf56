//! Patterns and groups of them, with what is set on each.

use super::Decoder;
use super::keys::Place;
use super::list::{check_pattern_length, check_pattern_text};
use super::scalar::NameKind;
use crate::diag::{Code, Diagnostic};
use crate::span::Spanned;
use crate::spec::bounds;
use crate::spec::model::{Boundary, Group, Pattern, PatternKind, PatternOptions, View};
use crate::spec::tree::{Entry, Node, NodeKind};

/// The keys that say what a pattern is.
pub(in crate::spec) const KINDS: [&str; 5] = ["text", "regex", "list", "domain", "entity"];

/// What a pattern looks for, as far as its keys depend on it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Meaning {
    /// Something a recognizer finds.
    Entity,
    /// A host.
    Domain,
    /// Words, a regex, a list of them.
    Other,
}

impl Meaning {
    fn of(kind: &Entry, entries: &[Entry]) -> Self {
        match kind.key.as_str() {
            "entity" => Self::Entity,
            "domain" => Self::Domain,
            "list" if entries.iter().any(|e| e.key.as_str() == "as") => Self::Domain,
            _ => Self::Other,
        }
    }

    /// True for a key that other patterns have and that would mean nothing here.
    fn refuses(self, key: &str) -> bool {
        match key {
            "inflect" | "boundary" | "case" | "veto" => self != Self::Other,
            "evasion" => self == Self::Entity,
            _ => false,
        }
    }

    fn hint(self) -> &'static str {
        match self {
            Self::Entity => "a recognizer has rules of its own; `in` says where it looks",
            _ => "domains are compared by rules of their own; they take `in` and `evasion`",
        }
    }
}

impl Decoder<'_> {
    /// `patterns:`, a list or named groups.
    pub(super) fn groups(&mut self, key: &Spanned<String>, node: &Node) -> Vec<Group> {
        let subject = format!("`{}`", key.value);
        if let NodeKind::Map(entries) = &node.kind {
            return entries.iter().map(|entry| self.group(entry)).collect();
        }
        let name = Spanned::new("patterns".to_owned(), key.span);
        let patterns = self.patterns(node, &subject);
        vec![Group { name, patterns, options: PatternOptions::default() }]
    }

    /// A group is kept whatever is wrong in it, so that conditions find it.
    fn group(&mut self, entry: &Entry) -> Group {
        let name = entry.key.clone();
        self.name(&name, "a group", NameKind::InConditions);
        let subject = format!("the group `{}`", name.value);
        let mut options = PatternOptions::default();
        let NodeKind::Map(entries) = &entry.value.kind else {
            let patterns = self.patterns(&entry.value, &subject);
            return Group { name, patterns, options };
        };
        let mut patterns = None;
        for entry in entries {
            let (key, value) = (&entry.key, &entry.value);
            match key.as_str() {
                "any" => patterns = Some(self.patterns(value, "`any`")),
                "in" | "evasion" | "inflect" | "boundary" | "case" => {
                    self.option(&mut options, key, value);
                }
                _ => self.unknown_key(Place::Group, key),
            }
        }
        if patterns.is_none() && !entries.iter().any(|e| KINDS.contains(&e.key.as_str())) {
            let hint = "write the patterns as `any: [word, …]`";
            self.missing_key(Place::Group, entry.value.span, "any", hint);
        }
        Group { name, patterns: patterns.unwrap_or_default(), options }
    }

    /// One pattern: a text, or a mapping that says what it is.
    pub(super) fn pattern(&mut self, node: &Node, subject: &str) -> Option<Pattern> {
        let NodeKind::Map(entries) = &node.kind else {
            let text = self.text(node, subject)?;
            let usable = check_pattern_text(&text, self.sink);
            let kind = PatternKind::Text(text);
            return usable.then(|| Pattern {
                span: node.span,
                kind,
                options: PatternOptions::default(),
            });
        };
        let kind_key = self.kind_key(node, entries)?;
        let mut options = PatternOptions::default();
        let (mut as_domain, mut entity_keys) = (false, Vec::new());
        let meaning = Meaning::of(kind_key, entries);
        for entry in entries {
            let (key, value) = (&entry.key, &entry.value);
            match key.as_str() {
                kind if KINDS.contains(&kind) => {}
                name if meaning.refuses(name) => self.misplaced(key, meaning.hint()),
                "in" | "evasion" | "inflect" | "boundary" | "case" | "veto" => {
                    self.option(&mut options, key, value);
                }
                "view" if kind_key.key.as_str() == "regex" => self.option(&mut options, key, value),
                "as" if kind_key.key.as_str() == "list" => {
                    as_domain = self.word(value, "`as`", &[("domain", ())]).is_some();
                }
                "view" => self.misplaced(key, "`view` is for regexes"),
                "as" => self.misplaced(key, "`as` is for lists"),
                _ if kind_key.key.as_str() == "entity" => {
                    entity_keys.extend(self.entity_key(key, value));
                }
                _ => self.unknown_key(Place::Pattern, key),
            }
        }
        let kind = self.kind(kind_key, as_domain, entity_keys)?;
        Some(Pattern { span: node.span, kind, options })
    }

    /// A key of a recognizer, once for each of its values: `region: [US, CA]`.
    fn entity_key(
        &mut self,
        key: &Spanned<String>,
        value: &Node,
    ) -> Vec<(Spanned<String>, Spanned<String>)> {
        let subject = format!("`{}`", key.value);
        let values = match &value.kind {
            // An empty list has no value; what needs one says so.
            NodeKind::Seq(items) if items.is_empty() => {
                vec![Spanned::new(String::new(), value.span)]
            }
            NodeKind::Seq(_) => self.texts(value, &subject),
            _ => self.text(value, &subject).into_iter().collect(),
        };
        values.into_iter().map(|value| (key.clone(), value)).collect()
    }

    fn misplaced(&mut self, key: &Spanned<String>, hint: &str) {
        let message = format!("`{}` cannot be set on this pattern", key.value);
        self.report(Diagnostic::new(Code::UnknownKey, key.span, message).hint(hint));
    }

    /// The one key that says what the pattern is.
    fn kind_key<'n>(&mut self, node: &Node, entries: &'n [Entry]) -> Option<&'n Entry> {
        let mut kinds = entries.iter().filter(|e| KINDS.contains(&e.key.as_str()));
        let first = kinds.next();
        if first.is_none() {
            if let [entry] = entries
                && matches!(entry.value.kind, NodeKind::Seq(_))
                && !Place::Pattern.keys().contains(&entry.key.as_str())
            {
                let message = format!("a pattern cannot be the group `{}`", entry.key.value);
                let hint =
                    format!("groups are written without a `-`: `{}: [word, …]`", entry.key.value);
                self.report(Diagnostic::new(Code::WrongType, entry.key.span, message).hint(hint));
                return None;
            }
            for entry in entries {
                if !Place::Pattern.keys().contains(&entry.key.as_str()) {
                    self.unknown_key(Place::Pattern, &entry.key);
                    return None;
                }
            }
            let hint = "or `regex`, `list`, `domain`, `entity`: what to look for";
            self.missing_key(Place::Pattern, node.span, "text", hint);
        }
        if let (Some(first), Some(second)) = (first, kinds.next()) {
            let message = format!(
                "a pattern is either `{}` or `{}`, not both",
                first.key.value, second.key.value
            );
            self.report(
                Diagnostic::new(Code::ConflictingKeys, second.key.span, message)
                    .hint("write two patterns"),
            );
            return None;
        }
        first
    }

    fn kind(
        &mut self,
        entry: &Entry,
        as_domain: bool,
        keys: Vec<(Spanned<String>, Spanned<String>)>,
    ) -> Option<PatternKind> {
        let value = self.text(&entry.value, &format!("`{}`", entry.key.value))?;
        let usable = match entry.key.as_str() {
            "text" => check_pattern_text(&value, self.sink),
            "regex" => check_pattern_length(&value, bounds::REGEX_CHARS, self.sink),
            _ => true,
        };
        if usable && value.is_empty() {
            let message = format!("`{}` is empty", entry.key.value);
            self.report(
                Diagnostic::new(Code::EmptyPattern, value.span, message)
                    .hint("write what to look for, or take the pattern out"),
            );
            return None;
        }
        if !usable {
            return None;
        }
        Some(match entry.key.as_str() {
            "text" => PatternKind::Text(value),
            "regex" => PatternKind::Regex(value),
            "list" => PatternKind::List { name: value, as_domain },
            "domain" => PatternKind::Domain(value),
            _ => PatternKind::Entity { name: value, keys },
        })
    }

    /// A key that patterns and groups share.
    fn option(&mut self, options: &mut PatternOptions, key: &Spanned<String>, value: &Node) {
        let subject = &format!("`{}`", key.value);
        match key.as_str() {
            "in" => options.fields = Some(self.fields(value, subject)),
            "evasion" => options.evasion = self.level(value, subject),
            "inflect" => options.inflect = self.inflect(value),
            "boundary" => {
                let table = [("word", Boundary::Word), ("any", Boundary::Any)];
                options.boundary = self.word(value, subject, &table);
            }
            "case" => {
                let table = [("sensitive", true), ("insensitive", false)];
                options.case_sensitive = self.word(value, subject, &table);
            }
            "view" => {
                options.view =
                    self.word(value, subject, &[("raw", View::Raw), ("fold", View::Fold)]);
            }
            _ => {
                options.veto = self.boolean(value, subject);
            }
        }
    }
}
