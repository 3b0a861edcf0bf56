//! The names that tests use: a slip in one would quietly test nothing.

use super::Compile;
use crate::spec::model::{RuleTests, TestCase};

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
    for (fact, _) in &case.facts {
        let _ = compile.names.facts.resolve(fact, &mut compile.sink);
    }
}
