//! Binding the facts of a document to the slots of a ruleset.

use crate::ids::FactId;
use crate::input::FactValue;
use crate::ruleset::tables::{FactInfo, Tables};
use crate::spec::duration;
use crate::spec::model::{FactType, Value as Literal};
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// A value in a condition.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Value<'d> {
    /// A missing fact, or what follows from one.
    Unknown,
    Bool(bool),
    /// A number, or a duration in seconds; never NaN.
    Number(f64),
    Text(&'d str),
    /// Texts quoted in the policy.
    Texts(&'d [String]),
    /// Texts of the caller.
    Set(&'d [Cow<'d, str>]),
}

/// The facts of one document, by slot.
#[derive(Debug, Default)]
pub(crate) struct Facts<'d> {
    slots: Vec<Value<'d>>,
    /// Slots whose value was of another type, null or NaN, ascending.
    pub(crate) invalid: Vec<FactId>,
}

/// From the name of a fact to its slot.
#[derive(Debug, Default)]
pub(crate) struct FactNames(FxHashMap<String, FactId>);

impl FactNames {
    pub(crate) fn new(facts: &[FactInfo]) -> Self {
        let slots = facts.iter().enumerate();
        Self(slots.map(|(i, fact)| (fact.name.clone(), FactId::new(i))).collect())
    }
}

impl FactNames {
    /// Bytes of heap memory held.
    pub(crate) fn memory_usage(&self) -> usize {
        self.0.capacity() * (size_of::<(String, FactId)>() + 1)
            + self.0.keys().map(String::capacity).sum::<usize>()
    }
}

impl<'d> Facts<'d> {
    /// Binds what the document carries; undeclared facts are ignored.
    pub(crate) fn bind(
        tables: &'d Tables,
        names: &FactNames,
        given: &'d [(Cow<'d, str>, FactValue<'d>)],
    ) -> Self {
        let mut this = Self::default();
        if tables.facts.is_empty() {
            return this;
        }
        this.slots.extend(tables.facts.iter().map(|f| default_of(f.default.as_ref())));
        for (name, value) in given {
            let Some(&id) = names.0.get(name.as_ref()) else { continue };
            match read(tables.facts[id.index()].kind, value) {
                Some(value) => this.slots[id.index()] = value,
                None => this.invalid.push(id),
            }
        }
        this.invalid.sort_unstable();
        this.invalid.dedup();
        this
    }

    /// The value of a fact.
    pub(crate) fn get(&self, fact: FactId) -> Value<'d> {
        self.slots[fact.index()]
    }

    /// True when the document lacks the fact and it has no default.
    pub(crate) fn is_missing(&self, fact: FactId) -> bool {
        self.slots[fact.index()] == Value::Unknown
    }
}

fn default_of(default: Option<&Literal>) -> Value<'_> {
    match default {
        None => Value::Unknown,
        Some(Literal::Number(n) | Literal::Duration(n)) => Value::Number(*n),
        Some(Literal::Bool(b)) => Value::Bool(*b),
        Some(Literal::Text(t)) => Value::Text(t),
        Some(Literal::Set(items)) => Value::Texts(items),
    }
}

/// The value as the declared type has it; `None` when it is of another.
fn read<'d>(kind: FactType, value: &'d FactValue<'d>) -> Option<Value<'d>> {
    let finite = |n: f64| n.is_finite().then_some(Value::Number(n));
    match (kind, value) {
        (FactType::Number, FactValue::Number(n)) | (FactType::Duration, FactValue::Duration(n)) => {
            finite(*n)
        }
        (FactType::Duration, FactValue::Text(text)) => finite(duration::parse(text)?),
        (FactType::Bool, FactValue::Bool(b)) => Some(Value::Bool(*b)),
        (FactType::Text, FactValue::Text(text)) => Some(Value::Text(text)),
        (FactType::Set, FactValue::Set(items)) => Some(Value::Set(items)),
        _ => None,
    }
}
