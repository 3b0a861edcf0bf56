//! Hits → truth: evaluates the conditions of the rules, in Kleene logic.

pub(crate) mod facts;
pub(crate) mod groups;
mod guards;
pub(crate) mod models;
pub(crate) mod signals;
pub(crate) mod trace;
pub(crate) mod wake;

use crate::ids::{GroupId, RuleId};
use crate::probe::{Probe, Stage};
use crate::program::{Node, NodeId, Signal};
use crate::ruleset::tables::Tables;
use crate::spec::expr::{ArithOp, CompareOp};
use crate::spec::model::Mode;
use crate::verdict::Match;
use crate::view::LazyView;
use facts::{Facts, Value};
use groups::Group;
use models::Models;
use signals::Signals;
use smallvec::SmallVec;
use wake::Wake;

/// The value of a condition.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Truth {
    /// It does not hold.
    #[default]
    False,
    /// A fact it needs is missing.
    Unknown,
    /// It holds.
    True,
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Truth::True } else { Truth::False }
    }
}

impl std::ops::Not for Truth {
    type Output = Truth;
    fn not(self) -> Truth {
        match self {
            Truth::False => Truth::True,
            Truth::Unknown => Truth::Unknown,
            Truth::True => Truth::False,
        }
    }
}

/// Buffers of this stage.
#[derive(Debug, Default)]
pub(crate) struct EvalBufs {
    /// The value of each rule's own condition; of those not evaluated it is false.
    pub(crate) truths: Vec<Truth>,
    /// The rules that were evaluated, in that order.
    pub(crate) evaluated: Vec<RuleId>,
    /// By rule, while the evaluation is ordered.
    queued: Vec<bool>,
    /// By rule, the run of its matches among the surviving ones.
    runs: Vec<(u32, u32)>,
    /// By comparison of signals, whether it holds.
    holding: Vec<bool>,
    /// By rule or group, while hopeless matches are dropped.
    pub(crate) found: Vec<bool>,
    /// The matches that no exception took out.
    pub(crate) alive: Vec<Match>,
    pub(crate) signals: Signals,
    pub(crate) models: Models,
}

impl EvalBufs {
    /// Bytes of heap memory held.
    pub(crate) fn memory_usage(&self) -> usize {
        self.truths.capacity() * size_of::<Truth>()
            + self.evaluated.capacity() * size_of::<RuleId>()
            + self.queued.capacity()
            + self.found.capacity()
            + self.holding.capacity()
            + self.runs.capacity() * size_of::<(u32, u32)>()
            + self.alive.capacity() * size_of::<Match>()
            + self.signals.memory_usage()
    }
}

/// What conditions are evaluated on.
#[derive(Clone, Copy)]
pub(crate) struct Document<'d> {
    pub(crate) tables: &'d Tables,
    pub(crate) facts: &'d Facts<'d>,
    /// The texts of the document, by field id; empty where it lacks a field.
    pub(crate) texts: &'d [&'d str],
    pub(crate) saturated: bool,
}

/// Evaluates every rule that can be anything but false and that `wanted` lets look, the
/// referenced before the referring. The work does not grow with the rules of which
/// nothing was found.
pub(crate) fn run(
    document: Document<'_>,
    wake: &Wake,
    views: &mut [LazyView],
    matches: &[Match],
    wanted: &dyn Fn(RuleId) -> bool,
    bufs: &mut EvalBufs,
    probe: &mut Probe,
) {
    bufs.forget();
    let EvalBufs { truths, evaluated, queued, runs, alive, signals, models, holding, .. } = bufs;
    let tables = document.tables;
    signals.clear();
    models.clear(tables);
    if truths.len() < tables.rules.len() {
        truths.resize(tables.rules.len(), Truth::False);
        runs.resize(tables.rules.len(), (0, 0));
        queued.resize(tables.rules.len(), false);
    }
    alive.extend(matches.iter().filter(|m| m.suppressed_by.is_none()));
    evaluated.extend_from_slice(&wake.always);
    wake.guards.pass(document.texts, views, signals, holding, evaluated);
    let unasked = evaluated.len();
    let mut start = 0;
    for run in alive.chunk_by(|a, b| a.rule == b.rule) {
        let rule = run[0].rule;
        runs[rule.index()] = (start, start + run.len() as u32);
        start += run.len() as u32;
        evaluated.push(rule);
    }
    // Those that are always evaluated are in order.
    if unasked > wake.always.len() || evaluated.len() > unasked {
        wake.order(evaluated, queued);
    }
    probe.lap(Stage::Conditions);
    for &rule in evaluated.iter() {
        if !wanted(rule) {
            continue;
        }
        let (start, end) = runs[rule.index()];
        let matches = &alive[start as usize..end as usize];
        truths[rule.index()] = match tables.logic[rule.index()].when {
            None => Truth::from(!matches.is_empty()),
            Some(when) => {
                let mut scope = Scope { document, views, matches, truths, signals, models };
                scope.truth(when)
            }
        };
        probe.lap_for(Stage::Conditions, std::iter::once(rule));
    }
}

impl EvalBufs {
    /// Forgets the last document.
    fn forget(&mut self) {
        for rule in self.evaluated.drain(..) {
            self.truths[rule.index()] = Truth::False;
            self.runs[rule.index()] = (0, 0);
        }
        self.alive.clear();
    }

    /// The evaluated rules of that truth, in policy order.
    pub(crate) fn rules_that_are(&self, truth: Truth) -> impl Iterator<Item = RuleId> + use<> {
        let is = |rule: &&RuleId| self.truths[rule.index()] == truth;
        let mut rules: SmallVec<[RuleId; 4]> = self.evaluated.iter().filter(is).copied().collect();
        rules.sort_unstable();
        rules.into_iter()
    }
}

/// The truth of the policy's `exempt`, which sees facts only.
pub(crate) fn exempt(document: Document<'_>, bufs: &mut EvalBufs) -> bool {
    let Some(node) = document.tables.exempt else { return false };
    let EvalBufs { truths, signals, models, .. } = bufs;
    let mut scope = Scope { document, views: &mut [], matches: &[], truths, signals, models };
    scope.truth(node) == Truth::True
}

/// One rule's condition and what it can see.
struct Scope<'s, 'd> {
    document: Document<'d>,
    /// By field, each made when first asked for.
    views: &'s mut [LazyView],
    /// The rule's surviving matches, by field, start, end.
    matches: &'s [Match],
    truths: &'s [Truth],
    signals: &'s mut Signals,
    models: &'s mut Models,
}

impl<'d> Scope<'_, 'd> {
    fn truth(&mut self, node: NodeId) -> Truth {
        match self.value(node) {
            Value::Bool(value) => Truth::from(value),
            // The type checker lets only booleans stand here.
            _ => Truth::Unknown,
        }
    }

    fn value(&mut self, node: NodeId) -> Value<'d> {
        let program = &self.document.tables.program;
        let group = |id| Group::new(self.matches, id);
        match program.nodes[node.0 as usize] {
            Node::Bool(value) => Value::Bool(value),
            Node::Number(value) => Value::Number(value),
            Node::Text(text) => Value::Text(&program.texts[text as usize]),
            Node::Texts(run) => Value::Texts(run.of(&program.texts)),
            Node::Fact(fact) => self.document.facts.get(fact),
            Node::Rule(rule) => from_truth(self.truths[rule.index()]),
            Node::Matched(g) => Value::Bool(group(g).iter().next().is_some()),
            Node::Count(g) => Value::Number(f64::from(group(g).count())),
            Node::Distinct(g) => Value::Number(f64::from(group(g).distinct())),
            Node::Near { a, b, within } => {
                let within = Some(within);
                Value::Bool(
                    groups::before(group(a), group(b), within)
                        || groups::before(group(b), group(a), within),
                )
            }
            Node::Before { a, b, within } => {
                Value::Bool(groups::before(group(a), group(b), within))
            }
            Node::SameSentence { a, b } => Value::Bool(self.same_sentence(a, b)),
            Node::Starts(g) => Value::Bool(self.at_edge(g, true, false)),
            Node::Ends(g) => Value::Bool(self.at_edge(g, false, true)),
            Node::Whole(g) => Value::Bool(self.at_edge(g, true, true)),
            Node::Signal(signal, field) => Value::Number(match signal {
                Signal::EvasionCost => groups::evasion_cost(self.matches, field),
                Signal::Saturated => f64::from(u8::from(self.document.saturated)),
                _ => self.signals.get(signal, field, self.document.texts, self.views),
            }),
            Node::Model(model, field) => {
                let Document { tables, texts, .. } = self.document;
                Value::Number(self.models.get(tables, model, field, texts, self.views))
            }
            Node::Not(inner) => from_truth(!self.truth(inner)),
            Node::And(run) => from_truth(self.and(run.of(&program.children))),
            Node::Or(run) => from_truth(self.or(run.of(&program.children))),
            Node::AtLeast(n, run) => from_truth(self.at_least(n, run.of(&program.children))),
            Node::Compare(op, left, right) => compare(op, self.value(left), self.value(right)),
            Node::Arith(op, left, right) => arith(op, self.value(left), self.value(right)),
            Node::Neg(inner) => match self.value(inner) {
                Value::Number(n) => Value::Number(-n),
                _ => Value::Unknown,
            },
            Node::In(item, set) => match (self.value(item), self.value(set)) {
                (Value::Text(item), Value::Texts(set)) => {
                    Value::Bool(set.iter().any(|t| t == item))
                }
                (Value::Text(item), Value::Set(set)) => Value::Bool(set.iter().any(|t| t == item)),
                _ => Value::Unknown,
            },
        }
    }

    fn at_edge(&mut self, group: GroupId, left: bool, right: bool) -> bool {
        self.make_views();
        Group::new(self.matches, group).any_at_edge(self.views, left, right)
    }

    fn same_sentence(&mut self, a: GroupId, b: GroupId) -> bool {
        self.make_views();
        let group = |id| Group::new(self.matches, id);
        groups::same_sentence(group(a), group(b), self.views)
    }

    /// Makes the views of the fields in which something was found.
    fn make_views(&mut self) {
        for found in self.matches {
            let field = found.field.index();
            self.views[field].of(self.document.texts[field]);
        }
    }

    fn and(&mut self, parts: &[NodeId]) -> Truth {
        let mut all = Truth::True;
        for &part in parts {
            all = all.min(self.truth(part));
            if all == Truth::False {
                break;
            }
        }
        all
    }

    fn or(&mut self, parts: &[NodeId]) -> Truth {
        let mut any = Truth::False;
        for &part in parts {
            any = any.max(self.truth(part));
            if any == Truth::True {
                break;
            }
        }
        any
    }

    /// True once `n` parts are true, false once that cannot be reached.
    fn at_least(&mut self, n: u32, parts: &[NodeId]) -> Truth {
        let (mut yes, mut open) = (0, 0);
        for &part in parts {
            match self.truth(part) {
                Truth::True => yes += 1,
                Truth::Unknown => open += 1,
                Truth::False => {}
            }
        }
        if yes >= n {
            Truth::True
        } else if yes + open < n {
            Truth::False
        } else {
            Truth::Unknown
        }
    }
}

fn from_truth<'d>(truth: Truth) -> Value<'d> {
    match truth {
        Truth::False => Value::Bool(false),
        Truth::Unknown => Value::Unknown,
        Truth::True => Value::Bool(true),
    }
}

fn compare<'d>(op: CompareOp, left: Value<'_>, right: Value<'_>) -> Value<'d> {
    let order = match (left, right) {
        (Value::Number(l), Value::Number(r)) => l.partial_cmp(&r),
        (Value::Text(l), Value::Text(r)) => Some(l.cmp(r)),
        (Value::Bool(l), Value::Bool(r)) => Some(l.cmp(&r)),
        _ => None,
    };
    let Some(order) = order else { return Value::Unknown };
    Value::Bool(op.holds(order))
}

/// Arithmetic; division by zero is unknown, and so is what leaves the finite numbers.
fn arith<'d>(op: ArithOp, left: Value<'_>, right: Value<'_>) -> Value<'d> {
    let (Value::Number(left), Value::Number(right)) = (left, right) else {
        return Value::Unknown;
    };
    let result = match op {
        ArithOp::Add => left + right,
        ArithOp::Sub => left - right,
        ArithOp::Mul => left * right,
        ArithOp::Div if right == 0.0 => return Value::Unknown,
        ArithOp::Div => left / right,
    };
    if result.is_finite() { Value::Number(result) } else { Value::Unknown }
}

/// True when the rule's patterns are looked for and its condition is evaluated.
pub(crate) fn is_live(tables: &Tables, rule: RuleId, keep_disabled: bool) -> bool {
    keep_disabled || tables.rules[rule.index()].mode != Mode::Disabled
}
