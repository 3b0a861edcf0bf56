//! The keys at the top of a policy.

use super::keys::Place;
use super::scalar::NameKind;
use super::{Decoder, declaring, model};
use crate::diag::{Code, Diagnostic};
use crate::span::Spanned;
use crate::spec::condition;
use crate::spec::expr::Condition;
use crate::spec::model::{Extends, INFLECTIONS, Level, Mode, Model, Override, Policy};
use crate::spec::tree::{Entry, Node, NodeKind};

/// Modes by name.
pub(super) const MODES: [(&str, Mode); 3] =
    [("enforce", Mode::Enforce), ("shadow", Mode::Shadow), ("disabled", Mode::Disabled)];

/// The key, if names are declared under it and its value is no such declaration.
fn unread(key: &str, value: &Node) -> Option<&'static str> {
    const LISTS: [&str; 2] = ["actions", "fields"];
    const MAPPINGS: [&str; 3] = ["facts", "labels", "lists"];
    let known = LISTS.iter().chain(&MAPPINGS).find(|known| **known == key)?;
    let is_read = match &value.kind {
        NodeKind::Seq(items) => LISTS.contains(known) && items.iter().all(|i| i.scalar().is_some()),
        NodeKind::Map(_) => MAPPINGS.contains(known),
        _ => false,
    };
    (!is_read).then_some(*known)
}

impl Decoder<'_> {
    pub(super) fn policy(&mut self, root: &Node) -> Policy {
        let mut policy = Policy { span: root.span, ..Policy::default() };
        let NodeKind::Map(entries) = &root.kind else {
            self.not_a_policy(root);
            return policy;
        };
        let mut section: Option<&Entry> = None;
        for entry in entries {
            let (key, value) = (&entry.key, &entry.value);
            if self.policy_key(&mut policy, key, value) {
                policy.unread.extend(unread(key, value));
                section = Some(entry);
            } else if let Some(above) = section.filter(|above| self.may_belong(above, entry)) {
                self.outdented(above, key);
                self.declared_below(&mut policy, above, entry);
            } else {
                self.unknown_key(Place::Policy, key);
                if let Some(meant) = declaring(Place::Policy, key, entries) {
                    self.policy_key(&mut policy, meant, value);
                }
            }
        }
        policy
    }

    /// Reads an entry that was meant below `section`, so that nothing is said about where its name is used.
    fn declared_below(&mut self, policy: &mut Policy, section: &Entry, entry: &Entry) {
        let node = Node { span: entry.value.span, kind: NodeKind::Map(vec![entry.clone()]) };
        let subject = &format!("`{}`", section.key.value);
        match section.key.as_str() {
            "facts" => self.facts(&node, subject, policy),
            "labels" => policy.labels.extend(self.labels(&node, subject)),
            _ => policy.lists.extend(self.lists(&node, subject)),
        }
    }

    /// True when `entry`, whose key no policy has, may have been meant below the section above it.
    fn may_belong(&self, section: &Entry, entry: &Entry) -> bool {
        let fits = match section.key.as_str() {
            "facts" => matches!(entry.value.kind, NodeKind::Scalar(_) | NodeKind::Map(_)),
            "labels" => matches!(entry.value.kind, NodeKind::Map(_)),
            "lists" => matches!(entry.value.kind, NodeKind::Seq(_) | NodeKind::Map(_)),
            _ => false,
        };
        fits && self.is_outdented(Place::Policy, section, &entry.key)
    }

    /// Decodes one key of a policy; false when policies have no such key.
    fn policy_key(&mut self, policy: &mut Policy, key: &str, value: &Node) -> bool {
        let subject = &format!("`{key}`");
        match key {
            "format" => policy.format = self.format(value, subject),
            "policy" => policy.name = self.text(value, subject),
            "version" => policy.version = self.text(value, subject),
            "description" => policy.description = self.text(value, subject),
            "extends" => policy.extends = self.extends(value, subject),
            "override" => policy.overrides = self.overrides(value, subject),
            "fields" => policy.fields = self.field_names(value, subject),
            "facts" => self.facts(value, subject, policy),
            "models" => policy.models = self.models(value, subject),
            "actions" => policy.actions = self.actions(value, subject),
            "exempt" => policy.exempt = self.condition(value, subject),
            "evasion" => policy.evasion = self.level(value, subject),
            "inflect" => policy.inflect = self.inflect(value),
            "lang" => policy.lang = Some(self.languages(value, subject)),
            "labels" => policy.labels = self.labels(value, subject),
            "lists" => policy.lists = self.lists(value, subject),
            "except" => policy.except = self.exceptions(value, subject),
            "limits" => policy.limits = self.limits(value, subject),
            "saturated" => policy.saturated = self.text(value, subject),
            "rules" => policy.rules = self.rules(value, subject),
            "tests" => policy.tests = self.policy_tests(value, subject),
            _ => return false,
        }
        true
    }

    fn not_a_policy(&mut self, root: &Node) {
        let hint = match root.kind {
            NodeKind::Scalar(_) => {
                "start with `policy: NAME`, then `labels:` and `rules:`; a list of words becomes a \
                 policy by `tamis import wordlist FILE`"
            }
            _ => "start with `policy: NAME`, then `labels:` and `rules:`",
        };
        let message = match root.kind {
            NodeKind::Bad | NodeKind::Map(_) => return,
            NodeKind::Empty => "the policy is empty",
            NodeKind::Seq(_) => "a policy is a mapping of keys, not a list",
            NodeKind::Scalar(_) => "a policy is a mapping of keys, not a text",
        };
        let span = self.first_line(root.span);
        self.report(Diagnostic::new(Code::WrongType, span, message).hint(hint));
    }

    fn format(&mut self, node: &Node, subject: &str) -> Option<Spanned<u64>> {
        let format = self.integer(node, subject)?;
        if format.value != 1 {
            let message = format!("the format {} is not known", format.value);
            self.report(
                Diagnostic::new(Code::BadValue, node.span, message)
                    .hint("this version reads format 1; a newer Tamis may read it"),
            );
        }
        Some(format)
    }

    /// A list of plain names.
    pub(super) fn names(&mut self, node: &Node, subject: &str, what: &str) -> Vec<Spanned<String>> {
        let names = self.texts(node, subject);
        if let Some(text) = node.scalar() {
            // Read all the same, so that nothing is said about where the names are used.
            let words = text.value.split(|c: char| !(c.is_alphanumeric() || c == '_'));
            let words = words.filter(|word| !word.is_empty());
            return words.map(|word| Spanned::new(word.to_owned(), node.span)).collect();
        }
        for name in &names {
            self.name(name, what, NameKind::Plain);
        }
        names
    }

    fn field_names(&mut self, node: &Node, subject: &str) -> Vec<Spanned<String>> {
        let NodeKind::Map(entries) = &node.kind else {
            return self.names(node, subject, "a field");
        };
        let names: Vec<_> = entries.iter().map(|entry| entry.key.clone()).collect();
        let listed: Vec<_> = names.iter().map(|name| name.as_str()).collect();
        let hint = format!("name them only, all are texts: `[{}]`", listed.join(", "));
        let diagnostic = self.wrong_type(node, subject, "a list");
        self.push_some(diagnostic.map(|d| d.hint(hint)));
        names
    }

    fn actions(&mut self, node: &Node, subject: &str) -> Option<Vec<Spanned<String>>> {
        let names = self.names(node, subject, "an action");
        if names.is_empty() && matches!(node.kind, NodeKind::Seq(ref items) if items.is_empty()) {
            self.report(
                Diagnostic::new(Code::EmptyItem, node.span, "`actions` has no action")
                    .hint("name them mildest first, such as `[allow, review, block]`"),
            );
        }
        (!names.is_empty()).then_some(names)
    }

    /// The text of a condition, read.
    pub(super) fn condition(&mut self, node: &Node, subject: &str) -> Option<Condition> {
        // `when: true` is a boolean in data from programs, and means itself.
        let text = match node.plain() {
            Some(word @ ("true" | "false")) => Spanned::new(word.to_owned(), node.span),
            _ => self.text(node, subject)?,
        };
        if text.trim().is_empty() {
            self.report(
                Diagnostic::new(Code::ConditionSyntax, node.span, "the condition is empty")
                    .hint("take the key out: without `when`, any match fires the rule"),
            );
            return None;
        }
        Some(condition::parse(text, self.source, self.sink))
    }

    pub(super) fn level(&mut self, node: &Node, subject: &str) -> Option<Spanned<Level>> {
        self.word(node, subject, &Level::ALL.map(|level| (level.name(), level)))
    }

    pub(super) fn inflect(&mut self, node: &Node) -> Option<Spanned<&'static str>> {
        self.word(node, "`inflect`", &INFLECTIONS.map(|code| (code, code)))
    }

    fn limits(&mut self, node: &Node, subject: &str) -> Vec<(Spanned<String>, Spanned<u64>)> {
        let entries = self.map(node, subject).unwrap_or_default();
        let limit = |e: &Entry| {
            let value = self.integer(&e.value, &format!("`{}`", e.key.value))?;
            Some((e.key.clone(), value))
        };
        entries.iter().filter_map(limit).collect()
    }

    fn extends(&mut self, node: &Node, subject: &str) -> Vec<Extends> {
        let items = self.seq(node, subject);
        if items.is_none() && node.scalar().is_some() {
            // Read all the same, so that nothing is said about what refers to it.
            return self.base(node).into_iter().collect();
        }
        items.unwrap_or_default().iter().filter_map(|item| self.base(item)).collect()
    }

    fn base(&mut self, node: &Node) -> Option<Extends> {
        let NodeKind::Map(entries) = &node.kind else {
            let from = self.text(node, "an item of `extends`")?;
            return Some(Extends { span: node.span, from, mode: None, only: None });
        };
        let (mut from, mut mode, mut only) = (None, None, None);
        for entry in entries {
            let value = &entry.value;
            match entry.key.as_str() {
                "from" => from = Some(self.text(value, "`from`")),
                "mode" => mode = self.word(value, "`mode`", &MODES),
                "only" => {
                    let names = self.texts(value, "`only`");
                    only = matches!(value.kind, NodeKind::Seq(_)).then_some(names);
                }
                _ => self.unknown_key(Place::Extends, &entry.key),
            }
        }
        if from.is_none() {
            self.missing_key(
                Place::Extends,
                node.span,
                "from",
                "write `from: pack:NAME` or a path",
            );
        }
        Some(Extends { span: node.span, from: from??, mode, only })
    }

    fn overrides(&mut self, node: &Node, subject: &str) -> Vec<Override> {
        let entries = self.map(node, subject).unwrap_or_default();
        let mut overrides = Vec::new();
        for entry in entries {
            let target = &entry.key;
            let Some(keys) = self.map(&entry.value, &format!("`{}`", target.value)) else {
                continue;
            };
            let mut patch = model::Rule { span: entry.value.span, ..model::Rule::default() };
            let (mut add_except, mut add_patterns) = (Vec::new(), Vec::new());
            for key in keys {
                match key.key.as_str() {
                    "add_except" => add_except = self.exceptions(&key.value, "`add_except`"),
                    "add_patterns" => add_patterns = self.groups(&key.key, &key.value),
                    "id" => self.unknown_key(Place::Override, &key.key),
                    _ => {
                        if !self.rule_key(&mut patch, &key.key, &key.value) {
                            self.unknown_key(Place::Override, &key.key);
                        }
                    }
                }
            }
            let keys = keys.iter().map(|key| key.key.clone()).collect();
            overrides.push(Override {
                target: target.clone(),
                patch,
                keys,
                add_except,
                add_patterns,
            });
        }
        overrides
    }

    fn models(&mut self, node: &Node, subject: &str) -> Vec<Model> {
        let entries = self.map(node, subject).unwrap_or_default();
        let mut models = Vec::new();
        for entry in entries {
            self.name(&entry.key, "a model", NameKind::InConditions);
            let mut file = None;
            for key in self.map(&entry.value, &format!("`{}`", entry.key.value)).unwrap_or_default()
            {
                match key.key.as_str() {
                    "file" => file = Some(self.text(&key.value, "`file`")),
                    _ => self.unknown_key(Place::Model, &key.key),
                }
            }
            let written = matches!(entry.value.kind, NodeKind::Map(_)) && file != Some(None);
            let path = file.flatten().filter(|path| !path.trim().is_empty());
            if path.is_none() && written {
                let hint = "`{ file: spam.model }`, a file that `tamis train` wrote";
                self.missing_key(Place::Model, entry.value.span, "file", hint);
            }
            // A model is kept whatever is wrong in it, so that conditions find it.
            models.push(Model { name: entry.key.clone(), path, file: None });
        }
        models
    }
}
