//! Conditions that are the same for every text, and parts of conditions that are.
//!
//! Each node gets the set of values it can have, whatever text and facts there are;
//! what is not known for sure is taken to be possible. So what is reported is so.

use super::Compile;
use super::value::{Bounds, Range, Truths, opposite, turned};
use crate::diag::{Code, Diagnostic};
use crate::ids::RuleId;
use crate::program::{Node, NodeId, Program};
use crate::spec::expr::{ArithOp, CompareOp};
use crate::spec::model::{FactType, Mode};

/// Looks at the conditions of all rules, and at `exempt`.
pub(super) fn constant(compile: &mut Compile<'_>) {
    let mut found = Vec::new();
    let mut walk = Walk::new(compile);
    for &rule in &compile.tables.order {
        walk.rule(rule);
    }
    for at in 0..compile.tables.rules.len() {
        if let Some(when) = compile.tables.logic[at].when
            && compile.tables.rules[at].mode != Mode::Disabled
        {
            let subject = format!("the rule `{}`", compile.tables.rules[at].id);
            let says = Says {
                never: format!("{subject} can never fire"),
                always: format!("{subject} fires on every text"),
            };
            walk.report(when, &says, &mut found);
        }
    }
    if let Some(exempt) = compile.tables.exempt {
        walk.value(exempt);
        let says = Says {
            never: "`exempt` exempts nothing".to_owned(),
            always: "`exempt` exempts every text".to_owned(),
        };
        walk.report(exempt, &says, &mut found);
    }
    for diagnostic in found {
        compile.sink.push(diagnostic);
    }
}

/// What to say of a whole condition.
struct Says {
    never: String,
    always: String,
}

/// What a node can be.
#[derive(Clone, Copy)]
enum Value {
    Truth(Truths),
    Number(Range),
    /// A text or a set.
    Other {
        can_be_unknown: bool,
    },
}

struct Walk<'c> {
    compile: &'c Compile<'c>,
    program: &'c Program,
    /// By node, once it was looked at.
    values: Vec<Option<Value>>,
    /// By rule.
    rules: Vec<Truths>,
}

impl<'c> Walk<'c> {
    fn new(compile: &'c Compile<'_>) -> Self {
        let program = &compile.tables.program;
        let (values, rules) = (vec![None; program.nodes.len()], compile.tables.rules.len());
        Self { compile, program, values, rules: vec![Truths::ANY; rules] }
    }

    /// What the rule can be for others that refer to it.
    fn rule(&mut self, rule: RuleId) {
        let logic = &self.compile.tables.logic[rule.index()];
        let mut truths = logic.when.map_or(Truths::KNOWN, |when| self.truths(when));
        // A document in another language.
        truths.may_fail |= !logic.langs.is_empty();
        self.rules[rule.index()] = truths;
    }

    fn truths(&mut self, node: NodeId) -> Truths {
        match self.value(node) {
            Value::Truth(truths) => truths,
            Value::Number(_) | Value::Other { .. } => Truths::ANY,
        }
    }

    fn range(&mut self, node: NodeId) -> Range {
        match self.value(node) {
            Value::Number(range) => range,
            Value::Truth(_) | Value::Other { .. } => Range::anything(true),
        }
    }

    /// The value of a node; conditions nest only so deep.
    fn value(&mut self, id: NodeId) -> Value {
        if let Some(value) = self.values[id.0 as usize] {
            return value;
        }
        let value = self.compute(id);
        self.values[id.0 as usize] = Some(value);
        value
    }

    fn compute(&mut self, id: NodeId) -> Value {
        let known = Value::Truth(Truths::KNOWN);
        match self.program.nodes[id.0 as usize] {
            Node::Bool(value) => Value::Truth(Truths::only(value)),
            Node::Number(value) => Value::Number(Range::new(value, value)),
            Node::Text(_) | Node::Texts(_) => Value::Other { can_be_unknown: false },
            Node::Fact(fact) => {
                let fact = &self.compile.tables.facts[fact.index()];
                let unknown = fact.default.is_none();
                match fact.kind {
                    FactType::Bool => {
                        Value::Truth(Truths { can_be_unknown: unknown, ..Truths::KNOWN })
                    }
                    FactType::Number | FactType::Duration => {
                        Value::Number(Range::anything(unknown))
                    }
                    FactType::Text | FactType::Set => Value::Other { can_be_unknown: unknown },
                }
            }
            Node::Rule(rule) => Value::Truth(self.rules[rule.index()]),
            Node::Count(_) => Value::Number(Range::new(0.0, f64::INFINITY)),
            Node::Distinct(group) => {
                let patterns = self.compile.tables.patterns.iter();
                let most = patterns.filter(|pattern| pattern.group == group).count();
                Value::Number(Range::new(0.0, most as f64))
            }
            Node::Signal(signal, _) => Value::Number(Range::of(signal)),
            Node::Model(..) => Value::Number(Range::new(0.0, 1.0)),
            Node::Not(inner) => Value::Truth(self.truths(inner).not()),
            Node::And(run) => {
                let parts = self.parts(run);
                let mut truths = Truths::at_least(parts.len(), &parts);
                truths.may_hold &= !self.contradicts(run.of(&self.program.children), false);
                Value::Truth(truths)
            }
            Node::Or(run) => {
                let parts = self.parts(run);
                let mut truths = Truths::at_least(1, &parts);
                truths.may_fail &= !self.contradicts(run.of(&self.program.children), true);
                Value::Truth(truths)
            }
            Node::AtLeast(needed, run) => {
                let parts = self.parts(run);
                Value::Truth(Truths::at_least(needed as usize, &parts))
            }
            Node::Compare(op, left, right) => Value::Truth(self.compare(op, left, right)),
            Node::Arith(op, left, right) => {
                let (left, right) = (self.range(left), self.range(right));
                Value::Number(match op {
                    ArithOp::Add => left.join(right, |a, b| a + b),
                    ArithOp::Sub => left.join(right, |a, b| a - b),
                    ArithOp::Mul => left.join(right, |a, b| a * b),
                    ArithOp::Div if right.low > 0.0 || right.high < 0.0 => {
                        left.join(right, |a, b| a / b)
                    }
                    ArithOp::Div => Range::anything(true),
                })
            }
            Node::Neg(inner) => {
                let range = self.range(inner);
                Value::Number(Range { low: -range.high, high: -range.low, ..range })
            }
            Node::In(item, set) => {
                let unknown = self.is_unknown(item) || self.is_unknown(set);
                Value::Truth(Truths { can_be_unknown: unknown, ..Truths::KNOWN })
            }
            Node::Matched(_)
            | Node::Near { .. }
            | Node::Before { .. }
            | Node::SameSentence { .. }
            | Node::Starts(_)
            | Node::Ends(_)
            | Node::Whole(_) => known,
        }
    }

    fn is_unknown(&mut self, node: NodeId) -> bool {
        match self.value(node) {
            Value::Truth(truths) => truths.can_be_unknown,
            Value::Number(range) => range.can_be_unknown,
            Value::Other { can_be_unknown } => can_be_unknown,
        }
    }

    fn parts(&mut self, run: crate::program::Run) -> Vec<Truths> {
        run.of(&self.program.children).iter().map(|&part| self.truths(part)).collect()
    }

    fn compare(&mut self, op: CompareOp, left: NodeId, right: NodeId) -> Truths {
        if let (Value::Number(left), Value::Number(right)) = (self.value(left), self.value(right)) {
            return left.compare(op, right);
        }
        let unknown = self.is_unknown(left) || self.is_unknown(right);
        Truths { can_be_unknown: unknown, ..Truths::KNOWN }
    }

    /// True when the parts cannot all be true; with `negated`, when they cannot all be
    /// false: `x > 5 and x < 3`, `act and not act`.
    fn contradicts(&mut self, parts: &[NodeId], negated: bool) -> bool {
        let mut truths: Vec<(Node, bool)> = Vec::new();
        let mut numbers: Vec<(Node, Bounds)> = Vec::new();
        for &part in parts {
            let (node, turned) = self.unwrapped(part, negated);
            if let Some((atom, op, value)) = self.comparison(node) {
                let op = if turned { opposite(op) } else { op };
                let at = numbers.iter().position(|(other, _)| *other == atom);
                let at = at.unwrap_or_else(|| {
                    numbers.push((atom, Self::bounds(atom)));
                    numbers.len() - 1
                });
                numbers[at].1.and(op, value);
            } else if matches!(node, Node::Matched(_) | Node::Rule(_) | Node::Fact(_)) {
                truths.push((node, !turned));
            }
        }
        let both = |(node, value): &(Node, bool)| truths.contains(&(*node, !value));
        truths.iter().any(both) || numbers.iter().any(|(_, bounds)| bounds.is_empty())
    }

    /// A part without its `not`s, and whether it is turned around by them.
    fn unwrapped(&self, mut part: NodeId, mut turned: bool) -> (Node, bool) {
        while let Node::Not(inner) = self.program.nodes[part.0 as usize] {
            (part, turned) = (inner, !turned);
        }
        (self.program.nodes[part.0 as usize], turned)
    }

    /// One thing compared with a constant.
    fn comparison(&self, node: Node) -> Option<(Node, CompareOp, f64)> {
        let Node::Compare(op, left, right) = node else { return None };
        let node = |id: NodeId| self.program.nodes[id.0 as usize];
        let (atom, op, value) = match (node(left), node(right)) {
            (atom, Node::Number(value)) => (atom, op, value),
            (Node::Number(value), atom) => (atom, turned(op), value),
            _ => return None,
        };
        let is_atom =
            matches!(atom, Node::Fact(_) | Node::Count(_) | Node::Distinct(_) | Node::Signal(..));
        is_atom.then_some((atom, op, value))
    }

    fn bounds(atom: Node) -> Bounds {
        match atom {
            Node::Signal(signal, _) => {
                let whole = !signal.name().ends_with("_ratio") && signal.name() != "evasion_cost";
                Bounds::new(Range::of(signal), whole)
            }
            Node::Count(_) | Node::Distinct(_) => Bounds::new(Range::new(0.0, f64::INFINITY), true),
            _ => Bounds::new(Range::anything(true), false),
        }
    }

    fn report(&mut self, root: NodeId, says: &Says, found: &mut Vec<Diagnostic>) {
        let truths = self.truths(root);
        if !truths.may_hold {
            let blamed = self.blamed(root);
            if !self.was_said(blamed) {
                let span = self.compile.places[blamed.0 as usize];
                found.push(
                    Diagnostic::new(Code::NeverFires, span, says.never.clone())
                        .label("this is never true")
                        .hint(
                            self.mend(blamed, "write the condition so that some text can meet it"),
                        ),
                );
            }
        } else if truths.always_true() {
            let span = self.compile.places[root.0 as usize];
            found.push(
                Diagnostic::new(Code::AlwaysFires, span, says.always.clone())
                    .label("this is always true")
                    .hint("write the condition so that some text does not meet it"),
            );
        } else {
            self.report_parts(root, found);
        }
    }

    /// The outermost parts that are always the same.
    fn report_parts(&mut self, node: NodeId, found: &mut Vec<Diagnostic>) {
        let parts = match self.program.nodes[node.0 as usize] {
            Node::And(run) | Node::Or(run) | Node::AtLeast(_, run) => {
                run.of(&self.program.children).to_vec()
            }
            Node::Not(inner) => vec![inner],
            _ => return,
        };
        for part in parts {
            let truths = self.truths(part);
            let always = truths.always_true();
            if (!always && truths.may_hold) || self.was_said(part) {
                self.report_parts(part, found);
                continue;
            }
            let span = self.compile.places[part.0 as usize];
            let word = if always { "true" } else { "never true" };
            let always = if always { "always " } else { "" };
            found.push(
                Diagnostic::new(
                    Code::ConstantPart,
                    span,
                    format!("this part of the condition is {always}{word}, whatever the text"),
                )
                .hint(self.mend(part, "take it out, or write what was meant")),
            );
        }
    }

    /// What to do about a part: the commonest slip is a percentage.
    fn mend(&self, part: NodeId, otherwise: &str) -> String {
        let (node, _) = self.unwrapped(part, false);
        match self.comparison(node) {
            Some((Node::Signal(signal, _), _, value))
                if signal.name().ends_with("_ratio") && value > 1.0 =>
            {
                let share = value / 100.0;
                format!("`{}` goes from 0 to 1: {value} % is {share}", signal.name())
            }
            _ => otherwise.to_owned(),
        }
    }

    /// The part of a condition that is the reason that it cannot be true.
    fn blamed(&mut self, node: NodeId) -> NodeId {
        if let Node::And(run) = self.program.nodes[node.0 as usize] {
            for &part in run.of(&self.program.children) {
                if !self.truths(part).may_hold {
                    return self.blamed(part);
                }
            }
        }
        node
    }

    /// A reference to a disabled rule is false, and was reported as that.
    fn was_said(&self, node: NodeId) -> bool {
        let mut inner = node;
        while let Node::Not(other) = self.program.nodes[inner.0 as usize] {
            inner = other;
        }
        let span = self.compile.places[inner.0 as usize];
        matches!(self.program.nodes[inner.0 as usize], Node::Bool(false))
            && self.compile.policy.sources().text(span) != "false"
    }
}
