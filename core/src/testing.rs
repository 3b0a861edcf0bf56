//! Runs the tests that a policy carries: each rule's own, and the policy's.

use crate::compile::{self, Purpose};
use crate::diag::PolicyError;
use crate::eval::Truth;
use crate::ids::RuleId;
use crate::input::{FactValue, Input};
use crate::policy::Policy;
use crate::ruleset::Ruleset;
use crate::span::SourceSpan;
use crate::spec::model::TestCase;
use std::fmt::Write;

/// What a test is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A rule's own condition.
    Rule(String),
    /// The final action.
    Policy,
}

/// What a test expects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// The rule's condition is true.
    Hit,
    /// It is not.
    Pass,
    /// A known gap: it should be true and is not yet.
    TodoHit,
    /// A known gap: it should not be true and still is.
    TodoPass,
    /// The verdict has this action.
    Action(String),
}

impl Expected {
    /// The key of the test in the policy.
    pub fn key(&self) -> &str {
        match self {
            Expected::Hit => "hit",
            Expected::Pass => "pass",
            Expected::TodoHit => "todo_hit",
            Expected::TodoPass => "todo_pass",
            Expected::Action(name) => name,
        }
    }

    /// True for known gaps.
    pub fn is_todo(&self) -> bool {
        matches!(self, Expected::TodoHit | Expected::TodoPass)
    }
}

/// How one test went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// What it is about.
    pub subject: Subject,
    /// What it expects.
    pub expected: Expected,
    /// Its number among those of the same subject and key, from 0.
    pub index: usize,
    /// The first text of the document.
    pub text: String,
    /// Where it stands in the policy.
    pub span: SourceSpan,
    /// True when it went as expected. A known gap passes while it is one and
    /// fails once it is closed, so that it gets moved.
    pub passed: bool,
    /// Why it did not, in sentences; empty when it passed.
    pub detail: String,
}

/// Compiles the policy and runs all of its tests, in the order they stand in.
///
/// A rule's tests speak of its own condition, whatever its mode.
pub fn run(policy: &Policy) -> Result<Vec<Outcome>, PolicyError> {
    let ruleset = compile::compile(policy, Purpose::Testing)?;
    let mut outcomes = Vec::new();
    for (at, rule) in policy.spec().rules.iter().enumerate() {
        let tests = &rule.tests;
        let runner = Runner { ruleset: &ruleset, rule: RuleId::new(at) };
        for (expected, cases) in [
            (Expected::Hit, &tests.hit),
            (Expected::Pass, &tests.pass),
            (Expected::TodoHit, &tests.todo_hit),
            (Expected::TodoPass, &tests.todo_pass),
        ] {
            for (index, case) in cases.iter().enumerate() {
                outcomes.push(runner.rule_test(case, &expected, index));
            }
        }
    }
    for (action, cases) in &policy.spec().tests {
        for (index, case) in cases.iter().enumerate() {
            outcomes.push(policy_test(&ruleset, case, action, index));
        }
    }
    Ok(outcomes)
}

/// The document that a test case describes.
pub fn input(case: &TestCase) -> Input<'_> {
    let mut input = Input::from_fields();
    for (name, text) in &case.fields {
        input = if case.unnamed {
            Input::new(text.as_str())
        } else {
            input.field(name.as_str(), text.as_str())
        };
    }
    for (name, value) in &case.facts {
        input = input.fact(name.as_str(), FactValue::from_json(value));
    }
    match &case.lang {
        Some(lang) => input.lang(lang.as_str()),
        None => input,
    }
}

fn first_text(case: &TestCase) -> String {
    case.fields.first().map(|(_, text)| text.value.clone()).unwrap_or_default()
}

struct Runner<'r> {
    ruleset: &'r Ruleset,
    rule: RuleId,
}

impl Runner<'_> {
    fn rule_test(&self, case: &TestCase, expected: &Expected, index: usize) -> Outcome {
        let document = input(case);
        let truth = self.ruleset.rule_truths(&document)[self.rule.index()];
        let passed = match expected {
            Expected::Hit | Expected::TodoPass => truth == Truth::True,
            _ => truth != Truth::True,
        };
        let detail = if passed { String::new() } else { self.detail(&document, expected, truth) };
        Outcome {
            subject: Subject::Rule(self.ruleset.rules()[self.rule.index()].id.clone()),
            expected: expected.clone(),
            index,
            text: first_text(case),
            span: case.span,
            passed,
            detail,
        }
    }

    fn detail(&self, document: &Input<'_>, expected: &Expected, truth: Truth) -> String {
        let offsets = crate::report::Offsets::Codepoints;
        let why = self.ruleset.why_not(document, self.rule, offsets);
        let mut text = String::from(match (expected, truth) {
            (Expected::TodoHit, _) => "it fires now: move the test to `hit`",
            (Expected::TodoPass, _) => "it passes now: move the test to `pass`",
            (_, Truth::True) => "the rule fires",
            (_, Truth::Unknown) => "the rule could not be decided",
            (_, Truth::False) => "the rule does not fire",
        });
        let sentences = why.reasons.iter().map(|reason| reason.sentence.clone());
        let lines: Vec<String> =
            if truth == Truth::True { why.grounds() } else { sentences.collect() };
        for line in lines {
            let _ = write!(text, "\n{line}");
        }
        text
    }
}

fn policy_test(
    ruleset: &Ruleset,
    case: &TestCase,
    action: &crate::span::Spanned<String>,
    index: usize,
) -> Outcome {
    let document = input(case);
    let verdict = ruleset.classify(&document);
    let passed = ruleset.action_name(verdict.action()) == action.value;
    let detail = if passed { String::new() } else { ruleset.explain(&verdict, &document) };
    Outcome {
        subject: Subject::Policy,
        expected: Expected::Action(action.value.clone()),
        index,
        text: first_text(case),
        span: case.span,
        passed,
        detail: detail.trim_end().to_owned(),
    }
}
