//! Warnings: what compiles but is probably not meant. A file a concern.
//!
//! Compiling looks for what costs next to nothing; `tamis lint` and [`Policy::lint`]
//! look at everything.

mod condition;
mod examples;
mod exceptions;
mod fixes;
mod ignore;
mod overlap;
mod points;
mod regex;
mod slips;
mod unused;
mod value;
mod words;

pub(super) use ignore::without_ignored;

use super::Compile;
use crate::date::Date;
use crate::diag::{Diagnostics, Sink};
use crate::policy::Policy;
use crate::span::SourceSpan;

/// Where a pattern was written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Origin {
    /// The pattern itself.
    pub(super) span: SourceSpan,
    /// The list it is an entry of.
    pub(super) list: Option<u32>,
    /// Of a word or phrase, the needle that is the pattern itself and no form of it.
    pub(super) plain: Option<u32>,
}

/// Looks at the whole policy once everything is resolved.
pub(super) fn lint(compile: &mut Compile<'_>) {
    unused::lists(compile);
    unused::groups(compile);
    unused::facts(compile);
    unused::models(compile);
    points::unreachable(compile);
    examples::missing(compile);
    if compile.is_thorough {
        points::without_effect(compile);
        examples::contradicting(compile);
        overlap::overlaps(compile);
        exceptions::idle(compile);
        slips::signs(compile);
        condition::constant(compile);
        regex::without_literal(compile);
        words::with_examples(compile);
    }
}

/// All there is to say about a policy.
pub(super) fn report(policy: &Policy, today: Option<Date>) -> Diagnostics {
    let mut sink = if policy.is_partial() {
        Sink::from(policy.found())
    } else {
        let mut sink = super::run(policy, super::Purpose::Deciding, true).sink;
        if !sink.has_errors() {
            for diagnostic in today.into_iter().flat_map(|day| past(policy, day)) {
                sink.push(diagnostic);
            }
            sink = ignore::settled(policy, sink);
        }
        sink
    };
    fixes::attach(policy, &mut sink);
    sink.finish(policy.shared_sources())
}

fn past(policy: &Policy, today: Date) -> Vec<crate::diag::Diagnostic> {
    crate::ruleset::past(&crate::ruleset::expiries(policy.spec()), today)
}
