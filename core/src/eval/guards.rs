//! Comparisons of signals with numbers without which a rule is false, asked before its
//! condition is evaluated: most rules of signals alone are false of most texts, and each
//! comparison is made once for all of them.

use super::signals::Signals;
use crate::ids::{FieldId, RuleId};
use crate::program::{Node, NodeId, Program, Run, Signal};
use crate::spec::expr::CompareOp;
use crate::view::LazyView;

/// Rules that can be true though nothing was found, and what tells that they are not.
#[derive(Debug, Default)]
pub(super) struct Guards {
    list: Vec<Guard>,
    /// Each once.
    comparisons: Vec<Comparison>,
    /// Of which one must hold: runs of numbers of them.
    clauses: Vec<u32>,
}

#[derive(Debug)]
struct Guard {
    rule: RuleId,
    /// A run of the clauses.
    any: Run,
}

/// A signal and a number.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Comparison {
    signal: Signal,
    field: Option<FieldId>,
    op: CompareOp,
    number: f64,
    /// The number stands on the left.
    turned: bool,
}

/// More alternatives than these are not asked for beforehand.
const MOST: usize = 8;

impl Guards {
    /// Guards `rule` if its condition can be guarded: then it need not always be evaluated.
    pub(super) fn add(&mut self, program: &Program, rule: RuleId, when: NodeId) -> bool {
        let Some(clause) = clause(program, when) else { return false };
        let any = Run { start: self.clauses.len() as u32, len: clause.len() as u32 };
        for comparison in clause {
            let known = self.comparisons.iter().position(|known| *known == comparison);
            let number = known.unwrap_or_else(|| {
                self.comparisons.push(comparison);
                self.comparisons.len() - 1
            });
            self.clauses.push(number as u32);
        }
        self.list.push(Guard { rule, any });
        true
    }

    /// Adds the rules of which some comparison holds, in the order they were guarded.
    pub(super) fn pass(
        &self,
        texts: &[&str],
        views: &mut [LazyView],
        signals: &mut Signals,
        holding: &mut Vec<bool>,
        rules: &mut Vec<RuleId>,
    ) {
        holding.clear();
        holding.extend(self.comparisons.iter().map(|comparison| {
            let Comparison { signal, field, op, number, turned } = *comparison;
            let value = signals.get(signal, field, texts, views);
            let (left, right) = if turned { (number, value) } else { (value, number) };
            left.partial_cmp(&right).is_none_or(|order| op.holds(order))
        }));
        let holds = |number: &u32| holding[*number as usize];
        let passed = self.list.iter().filter(|guard| guard.any.of(&self.clauses).iter().any(holds));
        rules.extend(passed.map(|guard| guard.rule));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub(super) fn rules(&self) -> impl Iterator<Item = RuleId> {
        self.list.iter().map(|guard| guard.rule)
    }

    pub(super) fn memory_usage(&self) -> usize {
        self.list.capacity() * size_of::<Guard>()
            + self.comparisons.capacity() * size_of::<Comparison>()
            + self.clauses.capacity() * 4
    }
}

/// Comparisons of which one holds where `node` is true or unknown.
fn clause(program: &Program, node: NodeId) -> Option<Vec<Comparison>> {
    let each = |run: Run| run.of(&program.children).iter().map(|&part| clause(program, part));
    let clause = match program.nodes[node.0 as usize] {
        Node::Compare(op, left, right) => {
            let [left, right] = [left, right].map(|node| program.nodes[node.0 as usize]);
            let (signal, field, number, turned) = match (left, right) {
                (Node::Signal(signal, field), Node::Number(number)) => {
                    (signal, field, number, false)
                }
                (Node::Number(number), Node::Signal(signal, field)) => {
                    (signal, field, number, true)
                }
                _ => return None,
            };
            // These are not measured on texts.
            if matches!(signal, Signal::EvasionCost | Signal::Saturated) {
                return None;
            }
            vec![Comparison { signal, field, op, number, turned }]
        }
        Node::And(run) => each(run).flatten().min_by_key(Vec::len)?,
        Node::Or(run) | Node::AtLeast(1.., run) => each(run).collect::<Option<Vec<_>>>()?.concat(),
        _ => return None,
    };
    (clause.len() <= MOST).then_some(clause)
}
