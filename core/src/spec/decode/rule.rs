//! Rules.

use super::keys::Place;
use super::policy::MODES;
use super::scalar::NameKind;
use super::{Decoder, declaring, other_words};
use crate::date::Date;
use crate::decimal::Milli;
use crate::diag::{Code, Diagnostic, Severity};
use crate::span::Spanned;
use crate::spec::model::{RedactSpec, Repeat, Rule};
use crate::spec::suggest::{near, nearest};
use crate::spec::tree::{Entry, Node, NodeKind};

impl Decoder<'_> {
    pub(super) fn rules(&mut self, node: &Node, subject: &str) -> Vec<Rule> {
        let items = self.seq(node, subject).unwrap_or_default();
        items.iter().filter_map(|node| self.rule(node)).collect()
    }

    fn rule(&mut self, node: &Node) -> Option<Rule> {
        let entries = self.map(node, "a rule")?;
        let mut rule = Rule { span: node.span, ..Rule::default() };
        let mut torn = false;
        let mut section: Option<&Entry> = None;
        for entry in entries {
            if self.rule_key(&mut rule, &entry.key, &entry.value) {
                section = Some(entry).filter(|entry| entry.key.value == "patterns");
                torn = entry.key.value == "when" && is_torn(&entry.value);
            } else if let Some(groups) = section.filter(|groups| {
                matches!(entry.value.kind, NodeKind::Seq(_) | NodeKind::Map(_))
                    && self.is_outdented(Place::Rule, groups, &entry.key)
            }) {
                self.outdented(groups, &entry.key);
                let kind = NodeKind::Map(vec![entry.clone()]);
                let group = Node { span: entry.value.span, kind };
                rule.groups.extend(self.groups(&groups.key, &group));
            } else if !(torn && matches!(entry.value.kind, NodeKind::Empty)) {
                self.unknown_key(Place::Rule, &entry.key);
                if let Some(meant) = declaring(Place::Rule, &entry.key, entries) {
                    let key = Spanned::new(meant.to_owned(), entry.key.span);
                    self.rule_key(&mut rule, &key, &entry.value);
                }
            }
        }
        let is_id = |key: &str| {
            nearest(key, ["id"]).is_some() || other_words::meant(Place::Rule, key) == Some("id")
        };
        let has_id = entries.iter().any(|e| is_id(&e.key));
        if !has_id {
            let hint = "give it a name: verdicts, tests and other rules refer to it";
            self.missing_key(Place::Rule, node.span, "id", hint);
        }
        Some(rule)
    }

    /// Decodes one key of a rule; false when rules have no such key.
    pub(super) fn rule_key(
        &mut self,
        rule: &mut Rule,
        key: &Spanned<String>,
        value: &Node,
    ) -> bool {
        let subject = &format!("`{}`", key.value);
        match key.as_str() {
            "id" => {
                rule.id = self.text(value, subject);
                if let Some(id) = &rule.id {
                    self.name(id, "a rule", NameKind::InConditions);
                }
            }
            "label" => rule.label = self.text(value, subject),
            "points" => rule.points = self.milli(value, subject),
            "action" => rule.action = self.text(value, subject),
            "description" => rule.description = self.text(value, subject),
            "message" => rule.message = self.text(value, subject),
            "tags" => rule.tags = self.texts(value, subject),
            "meta" => rule.meta = self.meta(value, subject),
            "lang" => rule.lang = Some(self.languages(value, subject)),
            "in" => rule.fields = Some(self.fields(value, subject)),
            "evasion" => rule.evasion = self.level(value, subject),
            "inflect" => rule.inflect = self.inflect(value),
            "patterns" => rule.groups = self.groups(key, value),
            "when" => rule.when = self.condition(value, subject),
            "except" => rule.except = self.exceptions(value, subject),
            "repeat" => rule.repeat = self.repeat(value, subject),
            "redact" => rule.redact = self.redact(value, subject),
            "mode" => rule.mode = self.word(value, subject, &MODES),
            "expires" => rule.expires = self.date(value, subject),
            "tests" => rule.tests = self.rule_tests(value, subject),
            "lint_ignore" => rule.lint_ignore = self.lint_ignore(value, subject),
            _ => return false,
        }
        true
    }

    /// Free keys; their values are carried along as they are written.
    fn meta(&mut self, node: &Node, subject: &str) -> Vec<(Spanned<String>, Spanned<String>)> {
        let mut meta = Vec::new();
        for entry in self.map(node, subject).unwrap_or_default() {
            if let Some(plain) = entry.value.plain() {
                meta.push((entry.key.clone(), Spanned::new(plain.to_owned(), entry.value.span)));
            } else if let Some(text) = self.text(&entry.value, &format!("`{}`", entry.key.value)) {
                meta.push((entry.key.clone(), text));
            }
        }
        meta
    }

    fn repeat(&mut self, node: &Node, subject: &str) -> Option<Repeat> {
        if let Some(plain) = node.plain().filter(|text| text.parse::<Milli>().is_ok()) {
            let hint = format!(
                "write the points of each further match, and where they end: `{{ each: {plain}, max: 10 }}`"
            );
            let diagnostic = self.wrong_type(node, subject, "a mapping");
            self.push_some(diagnostic.map(|d| d.hint(hint)));
            return None;
        }
        let entries = self.map(node, subject)?;
        let (mut each, mut max, mut of) = (None, None, None);
        for entry in entries {
            let value = &entry.value;
            match entry.key.as_str() {
                "each" => each = Some(self.milli(value, "`each`")),
                "max" => max = self.milli(value, "`max`"),
                "of" => of = self.text(value, "`of`"),
                _ => self.unknown_key(Place::Repeat, &entry.key),
            }
        }
        if each.is_none() {
            let hint = "the points for each match beyond the first";
            self.missing_key(Place::Repeat, node.span, "each", hint);
        }
        Some(Repeat { span: node.span, each: each??, max, of })
    }

    fn redact(&mut self, node: &Node, subject: &str) -> Option<Spanned<RedactSpec>> {
        if matches!(node.kind, NodeKind::Seq(_)) {
            let groups = self.texts(node, subject);
            return Some(Spanned::new(RedactSpec::Groups(groups), node.span));
        }
        let redact = self.boolean(node, subject)?;
        Some(redact.map(|yes| if yes { RedactSpec::Yes } else { RedactSpec::No }))
    }

    /// A date such as `2026-11-30`.
    fn date(&mut self, node: &Node, subject: &str) -> Option<Spanned<Date>> {
        let date = self.text(node, subject)?;
        if let Ok(day) = date.parse() {
            return Some(Spanned::new(day, date.span));
        }
        let message = format!("`{}` is not a date", date.value);
        self.report(
            Diagnostic::new(Code::BadDate, date.span, message)
                .hint("write year, month and day as `2026-11-30`"),
        );
        None
    }

    fn lint_ignore(&mut self, node: &Node, subject: &str) -> Vec<Spanned<String>> {
        let warnings = || {
            let codes = Code::all().iter().filter(|code| code.severity() == Severity::Warning);
            codes.map(|code| code.name())
        };
        let names = self.texts(node, subject);
        for name in &names {
            if Code::find(name).is_some_and(|code| code.severity() == Severity::Warning) {
                continue;
            }
            let message = format!("`{}` is not a warning", name.value);
            let mut diagnostic = Diagnostic::new(Code::BadValue, name.span, message);
            if let Some(meant) = near(name, warnings()) {
                diagnostic = self.meant(diagnostic, name.span, meant);
            }
            self.report(diagnostic.hint("take the name that stands in brackets in the warning"));
        }
        names
    }
}

/// True for the first part of a condition that a comma between brackets tore
/// apart: `{ when: near(a, b, 3) }`. The condition is reported; its other parts,
/// which YAML takes for keys, are not.
fn is_torn(node: &Node) -> bool {
    node.plain().is_some_and(|text| text.matches('(').count() > text.matches(')').count())
}
