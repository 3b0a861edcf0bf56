//! A condition as text again, where its source is not at hand.

use crate::program::{Node, NodeId, Run};
use crate::ruleset::tables::Tables;
use crate::spec::expr::{ArithOp, CompareOp};
use crate::spec::model::FactType;

/// How strongly a part binds: what binds less stands in parentheses.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Binds {
    Or,
    And,
    Not,
    Compare,
    Sum,
    Product,
    Atom,
}

/// The text of a part.
pub(super) fn text(tables: &Tables, node: NodeId) -> String {
    Renderer { tables }.node(node).0
}

struct Renderer<'t> {
    tables: &'t Tables,
}

impl Renderer<'_> {
    fn node(&self, node: NodeId) -> (String, Binds) {
        let Tables { program, groups, fields, facts, models, rules, .. } = self.tables;
        let group = |id: crate::ids::GroupId| groups[id.index()].name.as_str();
        let atom = |text: String| (text, Binds::Atom);
        match program.nodes[node.0 as usize] {
            Node::Bool(value) => atom(value.to_string()),
            Node::Number(value) => atom(value.to_string()),
            Node::Text(text) => atom(format!("'{}'", program.texts[text as usize])),
            Node::Texts(run) => {
                let items: Vec<_> =
                    run.of(&program.texts).iter().map(|text| format!("'{text}'")).collect();
                atom(format!("[{}]", items.join(", ")))
            }
            Node::Fact(fact) => atom(facts[fact.index()].name.clone()),
            Node::Rule(rule) => atom(rules[rule.index()].id.clone()),
            Node::Matched(g) => atom(group(g).to_owned()),
            Node::Count(g) => atom(format!("count({})", group(g))),
            Node::Distinct(g) => atom(format!("distinct({})", group(g))),
            Node::Near { a, b, within } => {
                atom(format!("near({}, {}, {within})", group(a), group(b)))
            }
            Node::Before { a, b, within } => {
                let within = within.map_or_else(String::new, |n| format!(", {n}"));
                atom(format!("before({}, {}{within})", group(a), group(b)))
            }
            Node::SameSentence { a, b } => {
                atom(format!("same_sentence({}, {})", group(a), group(b)))
            }
            Node::Starts(g) => atom(format!("starts({})", group(g))),
            Node::Ends(g) => atom(format!("ends({})", group(g))),
            Node::Whole(g) => atom(format!("whole({})", group(g))),
            Node::Signal(signal, None) => atom(signal.name().to_owned()),
            Node::Signal(signal, Some(field)) => {
                atom(format!("{}({})", signal.name(), fields[field.index()]))
            }
            Node::Model(model, None) => atom(models[model.index()].name.clone()),
            Node::Model(model, Some(field)) => {
                atom(format!("{}({})", models[model.index()].name, fields[field.index()]))
            }
            Node::Not(inner) => (format!("not {}", self.within(inner, Binds::Not)), Binds::Not),
            Node::And(run) => (self.list(run, " and ", Binds::And), Binds::And),
            Node::Or(run) => (self.list(run, " or ", Binds::Or), Binds::Or),
            Node::AtLeast(n, run) => atom(format!("{n} of ({})", self.list(run, ", ", Binds::Or))),
            Node::Compare(op, left, right) => {
                let (left, right) = (self.side(left, right), self.side(right, left));
                (format!("{left} {} {right}", compare(op)), Binds::Compare)
            }
            Node::Arith(op, left, right) => {
                let (sign, binds) = match op {
                    ArithOp::Add => ("+", Binds::Sum),
                    ArithOp::Sub => ("-", Binds::Sum),
                    ArithOp::Mul => ("*", Binds::Product),
                    ArithOp::Div => ("/", Binds::Product),
                };
                // `a - (b - c)` keeps its parentheses.
                let tighter = if binds == Binds::Sum { Binds::Product } else { Binds::Atom };
                let (left, right) = (self.within(left, binds), self.within(right, tighter));
                (format!("{left} {sign} {right}"), binds)
            }
            Node::Neg(inner) => atom(format!("-{}", self.within(inner, Binds::Atom))),
            Node::In(item, set) => {
                let (item, set) = (self.within(item, Binds::Sum), self.within(set, Binds::Sum));
                (format!("{item} in {set}"), Binds::Compare)
            }
        }
    }

    fn within(&self, node: NodeId, least: Binds) -> String {
        let (text, binds) = self.node(node);
        if binds < least { format!("({text})") } else { text }
    }

    fn list(&self, run: Run, between: &str, least: Binds) -> String {
        let parts = run.of(&self.tables.program.children).iter();
        parts.map(|&part| self.within(part, least)).collect::<Vec<_>>().join(between)
    }

    /// One side of a comparison; a number beside a duration is one.
    fn side(&self, node: NodeId, other: NodeId) -> String {
        let nodes = &self.tables.program.nodes;
        let duration = |node: Node| {
            matches!(node, Node::Fact(fact)
                if self.tables.facts[fact.index()].kind == FactType::Duration)
        };
        match nodes[node.0 as usize] {
            Node::Number(seconds) if duration(nodes[other.0 as usize]) => span_of_time(seconds),
            _ => self.within(node, Binds::Sum),
        }
    }
}

fn compare(op: CompareOp) -> &'static str {
    match op {
        CompareOp::Eq => "==",
        CompareOp::Ne => "!=",
        CompareOp::Lt => "<",
        CompareOp::Le => "<=",
        CompareOp::Gt => ">",
        CompareOp::Ge => ">=",
    }
}

/// Seconds in the largest unit that divides them, as in policies.
pub(super) fn span_of_time(seconds: f64) -> String {
    for (unit, length) in [("day", 86_400.0), ("hour", 3_600.0), ("minute", 60.0)] {
        if seconds != 0.0 && seconds % length == 0.0 {
            return amount(seconds / length, unit);
        }
    }
    amount(seconds, "second")
}

#[expect(clippy::float_cmp, reason = "exactly one")]
fn amount(n: f64, unit: &str) -> String {
    format!("{n} {unit}{}", if n == 1.0 { "" } else { "s" })
}
