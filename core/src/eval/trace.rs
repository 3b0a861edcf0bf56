//! A condition taken apart, for people: the value of every part of it.
//!
//! Not on the way to a verdict: nothing is skipped, and parts are evaluated again
//! for each level they lie below.

use super::groups::Group;
use super::{Document, EvalBufs, Scope, Value};
use crate::ids::{GroupId, RuleId};
use crate::program::{Node, NodeId};
use crate::verdict::Match;
use crate::view::LazyView;

/// So many matches of a group are looked at for the nearest pair.
const PAIRS: usize = 500;

/// A part of a condition.
#[derive(Clone, Debug)]
pub(crate) struct Traced {
    pub(crate) node: NodeId,
    pub(crate) value: TracedValue,
    /// Of parts that ask for two groups together, what came nearest to it.
    pub(crate) nearest: Option<Pair>,
    /// What it is made of, constants apart.
    pub(crate) parts: Vec<Traced>,
}

/// The value of a part, on its own.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum TracedValue {
    Unknown,
    Bool(bool),
    Number(f64),
    Text(String),
    Set(Vec<String>),
}

/// Two matches of one field that do not overlap, and the words between them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pair {
    /// Of the group that the condition names first.
    pub(crate) a: Match,
    /// Of the other.
    pub(crate) b: Match,
    pub(crate) words: u32,
    /// True when both stand in one sentence.
    pub(crate) one_sentence: bool,
}

/// The condition of a rule after [`super::run`], taken apart; none when the rule has no condition.
pub(crate) fn trace(
    document: Document<'_>,
    rule: RuleId,
    views: &mut [LazyView],
    bufs: &mut EvalBufs,
) -> Option<Traced> {
    let when = document.tables.logic[rule.index()].when?;
    let EvalBufs { truths, alive, signals, models, .. } = bufs;
    let from = alive.partition_point(|m| m.rule < rule);
    let to = alive.partition_point(|m| m.rule <= rule);
    let mut scope = Scope { document, views, matches: &alive[from..to], truths, signals, models };
    Some(scope.trace(when))
}

impl Scope<'_, '_> {
    fn trace(&mut self, node: NodeId) -> Traced {
        let tables = self.document.tables;
        let value = own(self.value(node));
        let (parts, nearest) = match tables.program.nodes[node.0 as usize] {
            Node::Not(inner) | Node::Neg(inner) => (vec![inner], None),
            Node::And(run) | Node::Or(run) | Node::AtLeast(_, run) => {
                (run.of(&tables.program.children).to_vec(), None)
            }
            Node::Compare(_, left, right) | Node::Arith(_, left, right) => {
                (vec![left, right], None)
            }
            Node::In(item, set) => (vec![item, set], None),
            Node::Near { a, b, .. } | Node::SameSentence { a, b } => {
                (Vec::new(), self.nearest(a, b, false))
            }
            Node::Before { a, b, .. } => (Vec::new(), self.nearest(a, b, true)),
            _ => (Vec::new(), None),
        };
        let parts =
            parts.into_iter().filter(|&part| !is_constant(tables.program.nodes[part.0 as usize]));
        let parts = parts.map(|part| self.trace(part)).collect();
        Traced { node, value, nearest, parts }
    }

    /// The pair with the fewest words between; `ordered` prefers `a` before `b`.
    fn nearest(&mut self, a: GroupId, b: GroupId, ordered: bool) -> Option<Pair> {
        let matches = |id| Group::new(self.matches, id).iter().take(PAIRS);
        let pairs = matches(a).flat_map(|a| matches(b).filter_map(move |b| pair(a, b)));
        let (a, b, words) =
            pairs.min_by_key(|(a, b, words)| (ordered && a.raw.start > b.raw.start, *words))?;
        let (first, second) = if a.raw.start <= b.raw.start { (a, b) } else { (b, a) };
        let field = a.field.index();
        let view = self.views[field].of(self.document.texts[field]);
        let one_sentence = view.same_sentence(first.raw.end, second.raw.start);
        Some(Pair { a, b, words, one_sentence })
    }
}

fn pair(a: &Match, b: &Match) -> Option<(Match, Match, u32)> {
    let (first, second) = if a.raw.start <= b.raw.start { (a, b) } else { (b, a) };
    let apart = a.field == b.field && first.raw.end <= second.raw.start;
    apart.then(|| (*a, *b, second.words.start.saturating_sub(first.words.end)))
}

fn is_constant(node: Node) -> bool {
    matches!(node, Node::Bool(_) | Node::Number(_) | Node::Text(_) | Node::Texts(_))
}

fn own(value: Value<'_>) -> TracedValue {
    match value {
        Value::Unknown => TracedValue::Unknown,
        Value::Bool(value) => TracedValue::Bool(value),
        Value::Number(value) => TracedValue::Number(value),
        Value::Text(text) => TracedValue::Text(text.to_owned()),
        Value::Texts(texts) => TracedValue::Set(texts.to_vec()),
        Value::Set(texts) => {
            TracedValue::Set(texts.iter().map(|t| t.clone().into_owned()).collect())
        }
    }
}
