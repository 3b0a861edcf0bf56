//! The tests that rules carry.

use super::Compile;
use crate::diag::{Code, Diagnostic};
use crate::spec::model::TestCase;

/// A rule that acts should say with examples what it is for.
pub(super) fn missing(compile: &mut Compile<'_>) {
    for (at, rule) in compile.spec.rules.iter().enumerate() {
        let tests = &rule.tests;
        let helper = compile.tables.rules[at].is_helper();
        if helper || !tests.hit.is_empty() || !tests.todo_hit.is_empty() {
            continue;
        }
        let Some(id) = &rule.id else { continue };
        compile.sink.push(
            Diagnostic::new(
                Code::MissingTests,
                id.span,
                format!("the rule `{}` has no example of what it should catch", id.value),
            )
            .hint("add `tests: { hit: [\"…\"], pass: [\"…\"] }`; `tamis test` runs them"),
        );
    }
}

/// One document that a rule should both hit and let pass.
pub(super) fn contradicting(compile: &mut Compile<'_>) {
    for rule in &compile.spec.rules {
        let tests = &rule.tests;
        for hit in tests.hit.iter().chain(&tests.todo_hit) {
            let passes = tests.pass.iter().chain(&tests.todo_pass);
            if let Some(pass) = passes.into_iter().find(|pass| is_same(hit, pass)) {
                compile.sink.push(
                    Diagnostic::new(
                        Code::ContradictingTests,
                        pass.span,
                        "this should pass, and the same text should hit",
                    )
                    .also(hit.span, "to be hit")
                    .hint("decide which of the two is meant, and take the other out"),
                );
            }
        }
    }
}

fn is_same(a: &TestCase, b: &TestCase) -> bool {
    let lang = |case: &TestCase| case.lang.as_ref().map(|lang| lang.value.clone());
    let same = |a: &[(crate::span::Spanned<String>, crate::span::Spanned<String>)],
                b: &[(crate::span::Spanned<String>, crate::span::Spanned<String>)]| {
        a.len() == b.len()
            && a.iter().zip(b).all(|(a, b)| a.0.value == b.0.value && a.1.value == b.1.value)
    };
    same(&a.fields, &b.fields)
        && lang(a) == lang(b)
        && a.facts.len() == b.facts.len()
        && a.facts
            .iter()
            .zip(&b.facts)
            .all(|(a, b)| a.0.value == b.0.value && a.1.value == b.1.value)
}
