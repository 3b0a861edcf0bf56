//! The names that tests use: a slip in one would quietly test nothing.

use super::Compile;
use crate::diag::{Code, Diagnostic};
use crate::span::Spanned;
use crate::spec::duration;
use crate::spec::model::{FactType, RuleTests, TestCase};
use serde_json::Value;

/// Reports actions, fields and facts of tests that the policy does not have.
pub(super) fn check(compile: &mut Compile<'_>) {
    let spec = compile.spec;
    for (action, cases) in &spec.tests {
        let _ = compile.names.action(action, &mut compile.sink);
        for case in cases {
            check_case(compile, case);
        }
    }
    for RuleTests { hit, pass, todo_hit, todo_pass } in spec.rules.iter().map(|r| &r.tests) {
        for case in hit.iter().chain(pass).chain(todo_hit).chain(todo_pass) {
            check_case(compile, case);
        }
    }
}

fn check_case(compile: &mut Compile<'_>, case: &TestCase) {
    if !case.unnamed {
        for (field, _) in &case.fields {
            let _ = compile.names.field(field, &mut compile.sink);
        }
    }
    for (fact, value) in &case.facts {
        if compile.names.is_unread_fact(fact) {
            continue;
        }
        let Some(id) = compile.names.facts.resolve(fact, &mut compile.sink) else { continue };
        check_value(compile, id as usize, value);
    }
}

/// A value of another type counts as missing at run time; in a test it is a slip.
fn check_value(compile: &mut Compile<'_>, fact: usize, value: &Spanned<Value>) {
    let Some(kind) = compile.spec.facts.get(fact).map(|fact| fact.kind.value) else { return };
    let (is, hint) = match kind {
        FactType::Number => ("a number", "write a number, such as `3` or `0.5`"),
        FactType::Bool => ("true or false", "write `true` or `false`"),
        FactType::Text => ("a text", "put it in quotes"),
        FactType::Duration => ("a duration", "write a number and a unit, such as `7 days`"),
        FactType::Set => ("a set of texts", "write `[one, two]`"),
    };
    let fits = match (kind, &value.value) {
        (_, Value::Null)
        | (FactType::Number, Value::Number(_))
        | (FactType::Bool, Value::Bool(_))
        | (FactType::Text, Value::String(_)) => true,
        (FactType::Duration, Value::String(text)) => duration::parse(text).is_some(),
        (FactType::Set, Value::Array(items)) => items.iter().all(Value::is_string),
        _ => false,
    };
    if !fits {
        let name = &compile.spec.facts[fact].name.value;
        let message = format!("the fact `{name}` takes {is}");
        let diagnostic = Diagnostic::new(Code::TypeError, value.span, message);
        compile.sink.push(diagnostic.hint(hint));
    }
}
