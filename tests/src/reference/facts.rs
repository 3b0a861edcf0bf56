//! The facts of a document, bound to those the policy declares.
//!
//! A value of the wrong type, null or NaN counts as missing and is listed; a
//! missing fact has its default, or no value. Undeclared facts are ignored.

use tamis::spec::model::{Fact, FactType, Policy, Value};
use tamis::{FactValue, Input};

/// Each declared fact with its value.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    values: Vec<(String, Option<Value>)>,
    /// Names of facts whose value was not usable, in policy order.
    pub invalid: Vec<String>,
}

impl Facts {
    /// Binds the facts of `input`.
    pub fn bind(policy: &Policy, input: &Input<'_>) -> Self {
        let mut facts = Self::default();
        for declared in &policy.facts {
            let given = input.facts().iter().rev().find(|(name, _)| *name == declared.name.value);
            let value = given.and_then(|(_, value)| read(value, declared.kind.value));
            if given.is_some() && value.is_none() {
                facts.invalid.push(declared.name.value.clone());
            }
            let value = value.or_else(|| default(declared));
            facts.values.push((declared.name.value.clone(), value));
        }
        facts
    }

    /// The value of a declared fact; `None` inside when it is missing.
    pub fn get(&self, name: &str) -> Option<&Option<Value>> {
        self.values.iter().find(|(n, _)| n == name).map(|(_, value)| value)
    }
}

fn default(fact: &Fact) -> Option<Value> {
    fact.default.as_ref().map(|value| value.value.clone())
}

fn read(value: &FactValue<'_>, kind: FactType) -> Option<Value> {
    match (value, kind) {
        (FactValue::Number(n), FactType::Number) if !n.is_nan() => Some(Value::Number(*n)),
        (FactValue::Bool(b), FactType::Bool) => Some(Value::Bool(*b)),
        (FactValue::Text(t), FactType::Text) => Some(Value::Text(t.to_string())),
        (FactValue::Duration(s), FactType::Duration) if !s.is_nan() => Some(Value::Duration(*s)),
        (FactValue::Text(t), FactType::Duration) => duration(t).map(Value::Duration),
        (FactValue::Set(items), FactType::Set) => {
            Some(Value::Set(items.iter().map(ToString::to_string).collect()))
        }
        _ => None,
    }
}

/// `7 days` in seconds.
fn duration(text: &str) -> Option<f64> {
    let text = text.trim();
    let unit_at = text.find(|c: char| c.is_ascii_alphabetic())?;
    let number: f64 = text[..unit_at].trim().parse().ok()?;
    let unit = match &text[unit_at..] {
        "second" | "seconds" | "s" => 1.0,
        "minute" | "minutes" | "min" => 60.0,
        "hour" | "hours" | "h" => 3600.0,
        "day" | "days" | "d" => 86_400.0,
        "week" | "weeks" | "w" => 7.0 * 86_400.0,
        "month" | "months" => 30.0 * 86_400.0,
        "year" | "years" => 365.0 * 86_400.0,
        _ => return None,
    };
    Some(number * unit)
}
