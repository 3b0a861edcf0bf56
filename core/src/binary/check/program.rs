//! Conditions: trees, not graphs, so that evaluating one takes as long as it is.

use super::{Check, ensure};
use crate::ids::{FactId, FieldId, GroupId, ModelId, RuleId};
use crate::program::{Node, NodeId, Program, Run};
use crate::ruleset::tables::Tables;
use crate::spec::bounds;

const CONDITION: &str = "a condition";

/// Nodes on top of each other: each level of the source makes a few.
const DEPTH: usize = 8 * bounds::CONDITION_DEPTH;

pub(super) fn check(tables: &Tables) -> Check {
    let mut walk = Walk {
        tables,
        seen: vec![false; tables.program.nodes.len()],
        known: vec![false; tables.rules.len()],
        stack: Vec::new(),
    };
    for &rule in &tables.order {
        if let Some(when) = tables.logic[rule.index()].when {
            walk.tree(when, Some(rule))?;
        }
        walk.known[rule.index()] = true;
    }
    match tables.exempt {
        Some(exempt) => walk.tree(exempt, None),
        None => Ok(()),
    }
}

struct Walk<'t> {
    tables: &'t Tables,
    /// Nodes that are in a tree already.
    seen: Vec<bool>,
    /// Rules whose truth is known by now.
    known: Vec<bool>,
    /// Nodes to look at, with their depth.
    stack: Vec<(NodeId, usize)>,
}

impl Walk<'_> {
    /// Checks the condition of `rule`; that of nobody sees facts only.
    fn tree(&mut self, root: NodeId, rule: Option<RuleId>) -> Check {
        self.push(root, u32::MAX, 0)?;
        while let Some((id, depth)) = self.stack.pop() {
            let node = self.tables.program.nodes[id.0 as usize];
            self.leaf(node, rule)?;
            match node {
                Node::Not(a) | Node::Neg(a) => self.push(a, id.0, depth + 1)?,
                Node::Compare(_, a, b) | Node::Arith(_, a, b) | Node::In(a, b) => {
                    self.push(a, id.0, depth + 1)?;
                    self.push(b, id.0, depth + 1)?;
                }
                Node::And(run) | Node::Or(run) | Node::AtLeast(_, run) => {
                    let Program { children, .. } = &self.tables.program;
                    for &child in slice(run, children)? {
                        self.push(child, id.0, depth + 1)?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// A child comes before its parent and has only one.
    fn push(&mut self, id: NodeId, parent: u32, depth: usize) -> Check {
        let fresh = self.seen.get_mut(id.0 as usize).is_some_and(|s| !std::mem::replace(s, true));
        ensure(fresh && id.0 < parent && depth <= DEPTH, CONDITION)?;
        self.stack.push((id, depth));
        Ok(())
    }

    /// What a node names exists, and its condition may ask for it.
    fn leaf(&self, node: Node, rule: Option<RuleId>) -> Check {
        let Tables { program, facts, models, fields, groups, .. } = self.tables;
        let is_field = |FieldId(id): FieldId| (id as usize) < fields.len();
        let own = |GroupId(id): GroupId| {
            rule.is_some() && groups.get(id as usize).map(|group| group.rule) == rule
        };
        let sound = match node {
            Node::Bool(_)
            | Node::Not(_)
            | Node::Neg(_)
            | Node::And(_)
            | Node::Or(_)
            | Node::AtLeast(..)
            | Node::Compare(..)
            | Node::Arith(..)
            | Node::In(..) => true,
            Node::Number(number) => number.is_finite(),
            Node::Text(text) => (text as usize) < program.texts.len(),
            Node::Texts(run) => slice(run, &program.texts).is_ok(),
            Node::Fact(FactId(id)) => (id as usize) < facts.len(),
            Node::Rule(other) => {
                rule.is_some() && self.known.get(other.index()).is_some_and(|&known| known)
            }
            Node::Matched(g)
            | Node::Count(g)
            | Node::Distinct(g)
            | Node::Starts(g)
            | Node::Ends(g)
            | Node::Whole(g) => own(g),
            Node::Near { a, b, within: _ }
            | Node::Before { a, b, within: _ }
            | Node::SameSentence { a, b } => own(a) && own(b),
            Node::Signal(_, field) => rule.is_some() && field.is_none_or(is_field),
            Node::Model(ModelId(id), field) => {
                rule.is_some() && (id as usize) < models.len() && field.is_none_or(is_field)
            }
        };
        ensure(sound, CONDITION)
    }
}

fn slice<T>(run: Run, of: &[T]) -> Result<&[T], &'static str> {
    let start = run.start as usize;
    let end = start.checked_add(run.len as usize).ok_or(CONDITION)?;
    of.get(start..end).ok_or(CONDITION)
}
