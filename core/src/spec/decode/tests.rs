//! `tests:` of rules and of the policy.

use super::Decoder;
use super::keys::Place;
use crate::diag::{Code, Diagnostic};
use crate::span::Spanned;
use crate::spec::model::{RuleTests, TestCase};
use crate::spec::tree::{Entry, Node, NodeKind};

impl Decoder<'_> {
    pub(super) fn rule_tests(&mut self, node: &Node, subject: &str) -> RuleTests {
        let mut tests = RuleTests::default();
        for entry in self.map(node, subject).unwrap_or_default() {
            let value = &entry.value;
            match entry.key.as_str() {
                "hit" => tests.hit = self.cases(value, "`hit`"),
                "pass" => tests.pass = self.cases(value, "`pass`"),
                "todo_hit" => tests.todo_hit = self.cases(value, "`todo_hit`"),
                "todo_pass" => tests.todo_pass = self.cases(value, "`todo_pass`"),
                _ => self.unknown_key(Place::RuleTests, &entry.key),
            }
        }
        tests
    }

    /// Texts by the action they must end in.
    pub(super) fn policy_tests(
        &mut self,
        node: &Node,
        subject: &str,
    ) -> Vec<(Spanned<String>, Vec<TestCase>)> {
        let entries = self.map(node, subject).unwrap_or_default();
        let tests = |entry: &Entry| {
            let subject = format!("`{}`", entry.key.value);
            (entry.key.clone(), self.cases(&entry.value, &subject))
        };
        entries.iter().map(tests).collect()
    }

    fn cases(&mut self, node: &Node, subject: &str) -> Vec<TestCase> {
        let items = self.seq(node, subject).unwrap_or_default();
        let item = format!("an item of {subject}");
        items.iter().filter_map(|node| self.case(node, &item)).collect()
    }

    fn case(&mut self, node: &Node, subject: &str) -> Option<TestCase> {
        let text_field = |text: Spanned<String>| (Spanned::new("text".to_owned(), text.span), text);
        let mut case = TestCase {
            span: node.span,
            fields: Vec::new(),
            unnamed: true,
            facts: Vec::new(),
            lang: None,
        };
        let NodeKind::Map(entries) = &node.kind else {
            case.fields.push(text_field(self.text(node, subject)?));
            return Some(case);
        };
        let (mut said, mut is_known) = (None, true);
        for entry in entries {
            let (key, value) = (&entry.key, &entry.value);
            match key.as_str() {
                "text" | "fields" if said.is_some() => {
                    self.report(
                        Diagnostic::new(
                            Code::ConflictingKeys,
                            key.span,
                            "a test has either `text` or `fields`, not both",
                        )
                        .hint("put the text among the fields"),
                    );
                }
                "text" => {
                    said = Some(());
                    case.fields.extend(self.text(value, "`text`").map(text_field));
                }
                "fields" => {
                    said = Some(());
                    case.unnamed = false;
                    case.fields = self.test_fields(value);
                }
                "facts" => {
                    let entries = self.map(value, "`facts`").unwrap_or_default();
                    self.fact_values("", entries, &mut case.facts);
                }
                "lang" => case.lang = self.language(value, "`lang`"),
                _ => {
                    is_known = false;
                    self.unknown_key(Place::TestCase, key);
                }
            }
        }
        // A key that is a slip may be the one that is missing.
        if said.is_none() && is_known {
            let hint = "write `text: \"…\"`, or `fields:` with named texts";
            self.missing_key(Place::TestCase, node.span, "text", hint);
            return None;
        }
        Some(case)
    }

    fn test_fields(&mut self, node: &Node) -> Vec<(Spanned<String>, Spanned<String>)> {
        let entries = self.map(node, "`fields`").unwrap_or_default();
        let field = |entry: &Entry| {
            let text = self.text(&entry.value, &format!("`{}`", entry.key.value))?;
            Some((entry.key.clone(), text))
        };
        entries.iter().filter_map(field).collect()
    }
}
