//! The condition of a rule: the value of each part, and which parts are to blame.

use super::render::{self, span_of_time};
use super::{Asker, Cause, Part, Reason, finds, words};
use crate::engine::Closer;
use crate::eval::Truth;
use crate::eval::trace::{Pair, Traced, TracedValue};
use crate::ids::GroupId;
use crate::program::{Node, NodeId};
use crate::span::SourceSpan;
use crate::spec::model::FactType;
use serde_json::json;

impl Asker<'_> {
    fn node(self, id: NodeId) -> Node {
        self.ruleset.inner().tables.program.nodes[id.0 as usize]
    }

    fn node_place(self, id: NodeId) -> SourceSpan {
        let origin = self.ruleset.inner().origin.as_ref();
        origin.and_then(|o| o.node_places.get(id.0 as usize).copied()).unwrap_or_default()
    }

    /// A part as its author wrote it, on one line.
    fn part_text(self, id: NodeId) -> String {
        let span = self.node_place(id);
        let origin = self.ruleset.inner().origin.as_ref();
        let source = origin.map_or("", |o| o.policy.sources().text(span));
        if source.is_empty() || source.contains('\\') {
            return render::text(&self.ruleset.inner().tables, id);
        }
        source.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The tree that people and programs see.
    pub(super) fn part(self, trace: &Traced, seen: &Closer) -> Part {
        let value = match &trace.value {
            TracedValue::Unknown => serde_json::Value::Null,
            TracedValue::Bool(value) => json!(value),
            TracedValue::Number(value) => json!(value),
            TracedValue::Text(text) => json!(text),
            TracedValue::Set(texts) => json!(texts),
        };
        Part {
            text: self.part_text(trace.node),
            value,
            note: self.note(trace, seen),
            place: self.place(self.node_place(trace.node)),
            is_comparison: matches!(self.node(trace.node), Node::Compare(..) | Node::In(..)),
            parts: trace.parts.iter().map(|part| self.part(part, seen)).collect(),
        }
    }

    /// What there is to say about a part beside its value.
    fn note(self, trace: &Traced, seen: &Closer) -> Option<String> {
        let found = |group: GroupId| {
            seen.matches.iter().any(|m| m.group == group && m.suppressed_by.is_none())
        };
        let name = |group: GroupId| format!("`{}`", self.ruleset.group_name(group));
        let nothing = |group: GroupId| format!("{} found nothing", name(group));
        let asked: &[GroupId] = &groups_of(self.node(trace.node));
        let missing: Vec<GroupId> = asked.iter().copied().filter(|&g| !found(g)).collect();
        match missing[..] {
            [] => {}
            [group] => return Some(nothing(group)),
            [a, b, ..] => return Some(format!("{} and {} found nothing", name(a), name(b))),
        }
        match self.node(trace.node) {
            Node::Near { .. } | Node::Before { .. } | Node::SameSentence { .. } => {
                Some(self.nearest(trace))
            }
            Node::Fact(fact) if trace.value == TracedValue::Unknown => {
                Some(format!("the fact `{}` is missing", self.ruleset.fact_name(fact)))
            }
            Node::Compare(..) | Node::In(..) | Node::Arith(..) => self.values(trace),
            Node::AtLeast(_, run) => {
                let of = run.len;
                let held = trace.parts.iter().filter(|part| is_true(part)).count();
                Some(format!("{held} of {of} hold"))
            }
            Node::Starts(_) => outside(trace, "no match stands at the start"),
            Node::Ends(_) => outside(trace, "no match stands at the end"),
            Node::Whole(_) => outside(trace, "no match is the whole text"),
            Node::Rule(rule) if trace.value != TracedValue::Bool(true) => {
                let id = &self.ruleset.rules()[rule.index()].id;
                Some(format!("ask why-not of the rule `{id}`"))
            }
            _ => None,
        }
    }

    fn nearest(self, trace: &Traced) -> String {
        let Some(Pair { a, b, words: between, one_sentence }) = trace.nearest else {
            return "their matches overlap or stand in different fields".to_owned();
        };
        let text = |m: &crate::verdict::Match| {
            words::quoted(&self.ruleset.field_text(self.input, m.field)[m.raw.range()])
        };
        let (first, second) = (text(&a), text(&b));
        let between = words::words(between);
        match self.node(trace.node) {
            Node::Near { within, .. } => {
                format!(
                    "the nearest are {first} and {second}, with {between} between ({within} at most)"
                )
            }
            Node::Before { .. } if a.raw.start > b.raw.start => {
                format!("{first} stands behind {second}, not before it")
            }
            Node::Before { within: Some(n), .. } => {
                format!(
                    "the nearest are {first} and {second}, with {between} between ({n} at most)"
                )
            }
            Node::SameSentence { .. } if !one_sentence => {
                format!("{first} and {second} stand in different sentences")
            }
            _ => format!("{first} and {second}, with {between} between"),
        }
    }

    /// `caps_ratio is 0.42`, for the parts of a comparison.
    fn values(self, trace: &Traced) -> Option<String> {
        let values: Vec<String> = trace.parts.iter().map(|part| self.is(part)).collect();
        (!values.is_empty()).then(|| words::joined(values))
    }

    fn is(self, part: &Traced) -> String {
        let text = self.part_text(part.node);
        let value = match (&part.value, self.node(part.node)) {
            (TracedValue::Unknown, Node::Fact(_)) => {
                return format!("the fact `{text}` is missing");
            }
            (TracedValue::Unknown, _) => "unknown".to_owned(),
            (TracedValue::Bool(value), _) => value.to_string(),
            (TracedValue::Number(n), Node::Fact(fact))
                if self.ruleset.facts()[fact.index()].kind == FactType::Duration =>
            {
                span_of_time(*n)
            }
            (TracedValue::Number(n), _) => rounded(*n),
            (TracedValue::Text(text), _) => format!("'{text}'"),
            (TracedValue::Set(texts), _) => {
                let texts: Vec<_> = texts.iter().map(|text| format!("'{text}'")).collect();
                format!("[{}]", texts.join(", "))
            }
        };
        format!("`{text}` is {value}")
    }

    /// Reasons for the parts that keep the condition from being true; what is returned
    /// are the groups that these parts ask for.
    pub(super) fn failing_parts(self, seen: &Closer, reasons: &mut Vec<Reason>) -> Vec<GroupId> {
        let groups = self.ruleset.inner().tables.logic[self.rule.index()].group_ids();
        let Some(trace) = &seen.trace else { return groups.collect() };
        let mut blamed = Vec::new();
        self.blame(trace, true, &mut blamed);
        let mut wanted: Vec<GroupId> = Vec::new();
        for (part, sought) in blamed {
            if sought {
                wanted.extend(groups_of(self.node(part.node)));
                for inner in &part.parts {
                    wanted.extend(groups_of(self.node(inner.node)));
                }
            }
            // Missing facts, and what a group found or not, are told on their own.
            let by_itself = sought && matches!(self.node(part.node), Node::Matched(_));
            if part.value == TracedValue::Unknown || by_itself {
                continue;
            }
            let text = self.part_text(part.node);
            let note = self.note(part, seen).map_or_else(String::new, |note| format!(": {note}"));
            let place = self.place(self.node_place(part.node));
            let verb = if sought { "does not hold" } else { "holds and should not" };
            let at = finds::in_place(place.as_ref());
            let sentence = format!("`{text}` {verb}{note}{at}.");
            reasons.push(Reason::new(Cause::Condition, sentence).at(place));
        }
        wanted.sort_unstable();
        wanted.dedup();
        wanted
    }

    /// The smallest parts because of which `trace` is not what it should be.
    fn blame<'t>(self, trace: &'t Traced, sought: bool, blamed: &mut Vec<(&'t Traced, bool)>) {
        let failing = |part: &&Traced| truth(part) != Truth::from(sought);
        match self.node(trace.node) {
            Node::Not(_) => {
                for part in &trace.parts {
                    self.blame(part, !sought, blamed);
                }
            }
            Node::And(_) | Node::Or(_) if !trace.parts.is_empty() => {
                for part in trace.parts.iter().filter(failing) {
                    self.blame(part, sought, blamed);
                }
            }
            Node::AtLeast(..) => {
                blamed.push((trace, sought));
                for part in trace.parts.iter().filter(failing) {
                    self.blame(part, sought, blamed);
                }
            }
            _ => blamed.push((trace, sought)),
        }
    }
}

fn outside(trace: &Traced, note: &str) -> Option<String> {
    (trace.value == TracedValue::Bool(false)).then(|| note.to_owned())
}

fn truth(trace: &Traced) -> Truth {
    match trace.value {
        TracedValue::Bool(value) => Truth::from(value),
        _ => Truth::Unknown,
    }
}

fn is_true(trace: &Traced) -> bool {
    trace.value == TracedValue::Bool(true)
}

/// The groups that a node asks for by itself.
fn groups_of(node: Node) -> Vec<GroupId> {
    match node {
        Node::Matched(g)
        | Node::Count(g)
        | Node::Distinct(g)
        | Node::Starts(g)
        | Node::Ends(g)
        | Node::Whole(g) => vec![g],
        Node::Near { a, b, .. } | Node::Before { a, b, .. } | Node::SameSentence { a, b } => {
            vec![a, b]
        }
        _ => Vec::new(),
    }
}

/// A number with three decimal places at most.
fn rounded(n: f64) -> String {
    ((n * 1000.0).round() / 1000.0).to_string()
}
