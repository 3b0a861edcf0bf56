//! Which rules a document can make true at all: those that something was found for,
//! those that need nothing to be found, and those that ask for either. Of a rule that
//! needs matches of several groups and lacks those of one, the others are worth nothing.

use super::guards::Guards;
use super::is_live;
use crate::ids::{GroupId, RuleId};
use crate::program::{Node, NodeId, Program, Run, Signal};
use crate::ruleset::tables::Tables;
use crate::spec::expr::CompareOp;
use crate::verdict::Match;
use smallvec::SmallVec;
use std::collections::BTreeSet;

/// Found out once a ruleset.
#[derive(Debug, Default)]
pub(crate) struct Wake {
    /// Rules whose condition can be true or unknown though nothing was found, in the
    /// order of evaluation; without those that signals guard.
    pub(super) always: Vec<RuleId>,
    pub(super) guards: Guards,
    /// By rule: its place in the order of evaluation.
    pub(super) rank: Vec<u32>,
    /// By rule: the rules that ask for it.
    pub(super) askers: Vec<Vec<RuleId>>,
    /// Some rule asks for another.
    pub(super) linked: bool,
    /// By rule: the groups that must each have a match, or its condition is false;
    /// a run of `needed`.
    needs: Vec<Run>,
    needed: Vec<GroupId>,
}

impl Wake {
    /// Rules that are evaluated for every text, or asked for beforehand whether they need be.
    pub(crate) fn always(&self) -> impl Iterator<Item = RuleId> {
        let mut rules: Vec<RuleId> = self.always.clone();
        rules.extend(self.guards.rules());
        rules.sort_unstable();
        rules.into_iter()
    }

    /// The groups that must each have a match, or the rule's condition is false.
    pub(crate) fn needs(&self, rule: RuleId) -> &[GroupId] {
        self.needs[rule.index()].of(&self.needed)
    }

    /// Bytes of heap memory held.
    pub(crate) fn memory_usage(&self) -> usize {
        let Self { always, guards, rank, askers, linked: _, needs, needed } = self;
        (always.capacity() + rank.capacity() + needed.capacity()) * 4
            + guards.memory_usage()
            + needs.capacity() * size_of::<Run>()
            + askers.capacity() * size_of::<Vec<RuleId>>()
            + askers.iter().map(|rules| rules.capacity() * 4).sum::<usize>()
    }
}

/// What a condition may turn out to be, one bit each.
const FALSE: u8 = 1;
const UNKNOWN: u8 = 2;
const TRUE: u8 = 4;
const ANY: u8 = FALSE | UNKNOWN | TRUE;

impl Wake {
    pub(crate) fn new(tables: &Tables, keep_disabled: bool) -> Self {
        let rules = tables.rules.len();
        let mut this =
            Self { rank: vec![0; rules], askers: vec![Vec::new(); rules], ..Self::default() };
        // Rules come behind those they refer to.
        let mut outcomes = vec![FALSE; rules];
        this.needs = vec![Run { start: 0, len: 0 }; rules];
        for (rank, &rule) in tables.order.iter().enumerate() {
            this.rank[rule.index()] = rank as u32;
            let Some(when) = tables.logic[rule.index()].when else { continue };
            for_each_rule(&tables.program, when, &mut |asked| {
                this.linked = true;
                this.askers[asked.index()].push(rule);
            });
            let needed = this.needed(&tables.program, when);
            this.needs[rule.index()] =
                Run { start: this.needed.len() as u32, len: needed.len() as u32 };
            this.needed.extend(needed);
            if is_live(tables, rule, keep_disabled) {
                // A document in another language does not ask at all.
                outcomes[rule.index()] = FALSE | outcome(&tables.program, when, &outcomes);
                let wakes = outcomes[rule.index()] != FALSE;
                if wakes && !this.guards.add(&tables.program, rule, when) {
                    this.always.push(rule);
                }
            }
        }
        this
    }

    /// True when every rule needs something to be found.
    pub(crate) fn is_empty(&self) -> bool {
        self.always.is_empty() && self.guards.is_empty()
    }

    /// Drops the matches of rules that lack another match they need: whatever else is
    /// found, their conditions are false. Those that are suppressed, or may be, stay for
    /// the verdict to show. `found` is false for every group, and is so again afterwards.
    pub(crate) fn drop_hopeless(
        &self,
        matches: &mut Vec<Match>,
        found: &mut Vec<bool>,
        spared: impl Fn(RuleId) -> bool,
    ) {
        if self.needed.is_empty() || matches.is_empty() {
            return;
        }
        let end = matches.iter().map(|m| m.group.index() + 1).max().unwrap_or(0);
        if found.len() < end {
            found.resize(end, false);
        }
        for each in &*matches {
            found[each.group.index()] = true;
        }
        let groups: Vec<GroupId> = matches.iter().map(|m| m.group).collect();
        // Of matches within each other the best is kept later, suppressed or not.
        let suppressed = matches.iter().filter(|m| m.suppressed_by.is_some());
        let suppressed: SmallVec<[RuleId; 4]> = suppressed.map(|m| m.rule).collect();
        // Matches of one rule come in runs: it is asked about once a run.
        let mut last: Option<(RuleId, bool)> = None;
        matches.retain(|each| match last {
            Some((rule, hopeful)) if rule == each.rule => hopeful,
            _ => {
                let needed = self.needs(each.rule);
                let has = |group: &GroupId| found.get(group.index()) == Some(&true);
                let hopeful =
                    needed.iter().all(has) || suppressed.contains(&each.rule) || spared(each.rule);
                last = Some((each.rule, hopeful));
                hopeful
            }
        });
        for group in groups {
            found[group.index()] = false;
        }
    }

    /// The groups without whose matches `node` is false.
    fn needed(&self, program: &Program, node: NodeId) -> BTreeSet<GroupId> {
        let of = |node: &NodeId| self.needed(program, *node);
        let each = |run: Run| run.of(&program.children).iter().map(of);
        let all = |run: Run| each(run).flatten().collect();
        let common = |run: Run| each(run).reduce(|a, b| &a & &b).unwrap_or_default();
        match program.nodes[node.0 as usize] {
            Node::Matched(g) | Node::Starts(g) | Node::Ends(g) | Node::Whole(g) => {
                BTreeSet::from([g])
            }
            Node::Near { a, b, .. } | Node::Before { a, b, .. } | Node::SameSentence { a, b } => {
                BTreeSet::from([a, b])
            }
            Node::Rule(rule) => self.needs[rule.index()].of(&self.needed).iter().copied().collect(),
            Node::And(run) => all(run),
            Node::AtLeast(n, run) if n >= run.len => all(run),
            Node::Or(run) | Node::AtLeast(1.., run) => common(run),
            Node::Compare(op, left, right) if compare(program, op, left, right) == FALSE => {
                // Beside another measure a count of none may be what makes it true.
                match [left, right].map(|node| program.nodes[node.0 as usize]) {
                    [Node::Count(g) | Node::Distinct(g), Node::Number(_)]
                    | [Node::Number(_), Node::Count(g) | Node::Distinct(g)] => BTreeSet::from([g]),
                    _ => BTreeSet::new(),
                }
            }
            _ => BTreeSet::new(),
        }
    }

    /// Adds the rules that ask for any of `rules`, and orders all of them for evaluation.
    /// `queued` is false for every rule, and is so again afterwards.
    pub(super) fn order(&self, rules: &mut Vec<RuleId>, queued: &mut [bool]) {
        if self.linked {
            for rule in &*rules {
                queued[rule.index()] = true;
            }
            let mut next = 0;
            while next < rules.len() {
                for &asker in &self.askers[rules[next].index()] {
                    if !std::mem::replace(&mut queued[asker.index()], true) {
                        rules.push(asker);
                    }
                }
                next += 1;
            }
            for rule in &*rules {
                queued[rule.index()] = false;
            }
        }
        rules.sort_unstable_by_key(|rule| self.rank[rule.index()]);
        rules.dedup();
    }
}

fn for_each_rule(program: &Program, node: NodeId, f: &mut impl FnMut(RuleId)) {
    match program.nodes[node.0 as usize] {
        Node::Rule(rule) => f(rule),
        Node::Not(inner) | Node::Neg(inner) => for_each_rule(program, inner, f),
        Node::And(run) | Node::Or(run) | Node::AtLeast(_, run) => {
            run.of(&program.children).iter().for_each(|&part| for_each_rule(program, part, f));
        }
        Node::Compare(_, left, right) | Node::Arith(_, left, right) | Node::In(left, right) => {
            for_each_rule(program, left, f);
            for_each_rule(program, right, f);
        }
        _ => {}
    }
}

/// What `node` may be when no group has a match: facts and signals may be anything.
fn outcome(program: &Program, node: NodeId, rules: &[u8]) -> u8 {
    let of = |node: NodeId| outcome(program, node, rules);
    let parts = |run: crate::program::Run| run.of(&program.children).iter().map(|&part| of(part));
    match program.nodes[node.0 as usize] {
        Node::Bool(value) => [FALSE, TRUE][usize::from(value)],
        Node::Rule(rule) => rules[rule.index()],
        Node::Matched(_)
        | Node::Near { .. }
        | Node::Before { .. }
        | Node::SameSentence { .. }
        | Node::Starts(_)
        | Node::Ends(_)
        | Node::Whole(_) => FALSE,
        Node::Not(inner) => {
            let inner = of(inner);
            inner & UNKNOWN | (inner & FALSE) << 2 | (inner & TRUE) >> 2
        }
        Node::And(run) => parts(run).fold(TRUE, |all, part| both(all, part, u8::min)),
        Node::Or(run) => parts(run).fold(FALSE, |any, part| both(any, part, u8::max)),
        Node::AtLeast(n, run) => {
            let can = parts(run).filter(|part| part & (TRUE | UNKNOWN) != 0).count();
            if can < n as usize { FALSE } else { ANY }
        }
        Node::Compare(op, left, right) => compare(program, op, left, right),
        _ => ANY,
    }
}

/// Every outcome that `pick` makes of one of `a` and one of `b`; the bits are ordered
/// as the truths are.
fn both(a: u8, b: u8, pick: fn(u8, u8) -> u8) -> u8 {
    let each = [FALSE, UNKNOWN, TRUE];
    let mut all = 0;
    for x in each.into_iter().filter(|x| a & x != 0) {
        for y in each.into_iter().filter(|y| b & y != 0) {
            all |= pick(x, y);
        }
    }
    all
}

/// Known only where both sides are counts of what was found, or written numbers.
fn compare(program: &Program, op: CompareOp, left: NodeId, right: NodeId) -> u8 {
    let number = |node: NodeId| match program.nodes[node.0 as usize] {
        Node::Number(n) => Some(n),
        Node::Count(_) | Node::Distinct(_) | Node::Signal(Signal::EvasionCost, _) => Some(0.0),
        _ => None,
    };
    let (Some(left), Some(right)) = (number(left), number(right)) else { return ANY };
    let Some(order) = left.partial_cmp(&right) else { return ANY };
    [FALSE, TRUE][usize::from(op.holds(order))]
}
