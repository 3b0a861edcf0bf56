//! The order of evaluation: a rule comes after the rules its condition refers to.

use super::Compile;
use crate::diag::{Code, Diagnostic};
use crate::ids::{FactId, ModelId, RuleId};
use crate::program::Node;

/// What a rule's own condition mentions.
#[derive(Clone, Debug, Default)]
pub(super) struct Mentions {
    pub(super) rules: Vec<RuleId>,
    pub(super) facts: Vec<FactId>,
    pub(super) models: Vec<ModelId>,
}

/// The rules in order of evaluation; gives each the facts it depends on, and
/// reports cycles.
pub(super) fn order(compile: &mut Compile<'_>) -> Vec<RuleId> {
    let mut walk = Walk {
        mentions: std::mem::take(&mut compile.mentions),
        state: vec![State::New; compile.tables.rules.len()],
        path: Vec::new(),
        order: Vec::new(),
        cycles: Vec::new(),
    };
    for at in 0..compile.tables.rules.len() {
        walk.visit(RuleId::new(at));
    }
    for &rule in &walk.order {
        let mut facts = walk.mentions[rule.index()].facts.clone();
        for other in &walk.mentions[rule.index()].rules {
            facts.extend(&compile.tables.logic[other.index()].facts);
        }
        facts.sort_unstable();
        facts.dedup();
        compile.tables.logic[rule.index()].facts = facts;
    }
    for cycle in walk.cycles {
        report(compile, &cycle);
    }
    compile.mentions = walk.mentions;
    walk.order
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

struct Walk {
    mentions: Vec<Mentions>,
    state: Vec<State>,
    path: Vec<RuleId>,
    order: Vec<RuleId>,
    cycles: Vec<Vec<RuleId>>,
}

impl Walk {
    /// Depth first, with a stack of its own: chains of rules may be long.
    fn visit(&mut self, root: RuleId) {
        if self.state[root.index()] != State::New {
            return;
        }
        let mut stack = vec![(root, 0)];
        self.open(root);
        while let Some((rule, next)) = stack.last_mut() {
            let rule = *rule;
            let Some(&other) = self.mentions[rule.index()].rules.get(*next) else {
                stack.pop();
                self.path.pop();
                self.state[rule.index()] = State::Done;
                self.order.push(rule);
                continue;
            };
            *next += 1;
            match self.state[other.index()] {
                State::Done => {}
                State::New => {
                    self.open(other);
                    stack.push((other, 0));
                }
                State::Open => {
                    let start = self.path.iter().position(|&r| r == other).unwrap_or(0);
                    self.cycles.push(self.path[start..].to_vec());
                }
            }
        }
    }

    fn open(&mut self, rule: RuleId) {
        self.state[rule.index()] = State::Open;
        self.path.push(rule);
    }
}

fn report(compile: &mut Compile<'_>, cycle: &[RuleId]) {
    let name = |rule: &RuleId| format!("`{}`", compile.tables.rules[rule.index()].id);
    let mut path: Vec<String> = cycle.iter().map(name).collect();
    path.extend(path.first().cloned());
    let place = |rule: RuleId| {
        let rule = &compile.spec.rules[rule.index()];
        rule.when.as_ref().map_or(rule.span, |when| when.source.span)
    };
    let Some((&first, rest)) = cycle.split_first() else { return };
    let message =
        format!("the conditions of these rules refer to each other: {}", path.join(" → "));
    let mut diagnostic = Diagnostic::new(Code::RuleCycle, place(first), message)
        .hint("take one of the references out; a helper rule can hold what both need");
    for &rule in rest {
        diagnostic = diagnostic.also(place(rule), "part of the cycle");
    }
    compile.sink.push(diagnostic);
}

/// Notes what a node mentions.
pub(super) fn note(mentions: &mut Mentions, node: Node) {
    match node {
        Node::Rule(rule) => mentions.rules.push(rule),
        Node::Fact(fact) => mentions.facts.push(fact),
        Node::Model(model, _) => mentions.models.push(model),
        _ => {}
    }
}
