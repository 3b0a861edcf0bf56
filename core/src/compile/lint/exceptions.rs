//! Exceptions that can spare nothing: no pattern of the rules they hold for lies in them.

use super::Compile;
use crate::diag::{Code, Diagnostic};
use crate::ids::ExceptId;
use crate::ruleset::tables::{ExceptScope, Spares, Step, Use};
use crate::spec::model::{ExceptionKind, PatternKind};

/// Exceptions that are looked at, and comparisons of them with patterns; beyond, nothing is said.
const LOOKED_AT: usize = 2_000;
const COMPARED: usize = 2_000_000;

/// Phrases that none of the rule's patterns is a part of.
pub(super) fn idle(compile: &mut Compile<'_>) {
    let mut left = COMPARED;
    let mut found = Vec::new();
    for (at, rule) in compile.spec.rules.iter().enumerate().take(LOOKED_AT) {
        if rule.except.is_empty() {
            continue;
        }
        let Some(patterns) = Patterns::of_rule(compile, at) else { continue };
        for exception in &rule.except {
            let ExceptionKind::Pattern(pattern) = &exception.kind else { continue };
            let PatternKind::Text(text) = &pattern.kind else { continue };
            if patterns.may_lie_in(compile, exception.span, &mut left) {
                continue;
            }
            let message = format!("no pattern of the rule is found in `{}`", text.value);
            found.push(Diagnostic::new(Code::IdleException, exception.span, message).hint(
                "an exception spares the matches that lie inside it: write the whole phrase, \
                 the word that is found with what stands around it",
            ));
        }
    }
    for diagnostic in found {
        compile.sink.push(diagnostic);
    }
}

/// The words and phrases of a rule.
struct Patterns {
    rule: usize,
    /// Of each the longest run of symbols that every match has.
    runs: Vec<String>,
}

impl Patterns {
    /// None where something else than words is looked for: it may lie anywhere.
    fn of_rule(compile: &Compile<'_>, rule: usize) -> Option<Self> {
        let tables = &compile.tables;
        let is_own = |used: &Use| match used {
            Use::Pattern(id) => tables.patterns[id.index()].rule.index() == rule,
            Use::Except(_) => false,
        };
        let others = tables.regexes.iter().map(|row| &row.uses);
        let others = others.chain(tables.entities.iter().map(|row| &row.uses));
        let mut others = others.chain(tables.domains.iter().map(|row| &row.uses));
        if others.any(|uses| uses.iter().any(is_own)) {
            return None;
        }
        let needles = &tables.needles;
        let own = needles.list.iter().filter(|n| n.uses.of(&needles.uses).iter().any(is_own));
        let runs = own.map(|needle| longest(&symbols(needles.steps(needle)))).collect();
        Some(Self { rule, runs })
    }

    /// True when a pattern may be found in the exception that was written at `span`.
    fn may_lie_in(
        &self,
        compile: &Compile<'_>,
        span: crate::span::SourceSpan,
        left: &mut usize,
    ) -> bool {
        let tables = &compile.tables;
        let needles = &tables.needles;
        let written = |id: ExceptId| {
            let row = &tables.excepts[id.index()];
            compile.except_places[id.index()] == span
                && row.spares == Spares::Inside
                && matches!(row.scope, ExceptScope::Rule(rule) if rule.index() == self.rule)
        };
        let is_it = |used: &Use| matches!(used, Use::Except(id) if written(*id));
        let mut texts = needles
            .list
            .iter()
            .filter(|needle| needle.uses.of(&needles.uses).iter().any(is_it))
            .map(|needle| symbols(needles.steps(needle)))
            .peekable();
        texts.peek().is_none()
            || texts.any(|text| {
                *left = left.saturating_sub(self.runs.len());
                *left == 0
                    || !is_plain(&text)
                    || self.runs.iter().any(|run| text.concat().contains(run.as_str()))
            })
    }
}

/// The symbols of a needle, parted where a wildcard stands.
fn symbols(steps: &[Step]) -> Vec<String> {
    let mut runs = vec![String::new()];
    for step in steps {
        match step {
            Step::Symbol { symbol, .. } => runs.last_mut().expect("at least one").push(*symbol),
            Step::Star => runs.push(String::new()),
            _ => {} // gaps and apostrophes may be missing
        }
    }
    runs
}

fn longest(runs: &[String]) -> String {
    runs.iter().max_by_key(|run| run.len()).cloned().unwrap_or_default()
}

/// True for a text that is no disguise and stands for itself only.
fn is_plain(runs: &[String]) -> bool {
    let [text] = runs else { return false };
    let symbols: Vec<char> = text.chars().collect();
    text.chars().all(char::is_alphabetic)
        && !symbols.windows(3).any(|w| w[0] == w[1] && w[1] == w[2])
}
