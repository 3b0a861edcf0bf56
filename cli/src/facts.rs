//! Facts written as text, read by the type the policy declares.

use crate::failure::Failure;
use std::borrow::Cow;
use tamis::spec::model::FactType;
use tamis::{FactValue, Ruleset};

/// The value that `text` stands for; `None` when it is not of the type.
///
/// A duration stays a text: the engine reads it, and lists it if it cannot.
pub(crate) fn parse(text: &str, kind: FactType) -> Option<FactValue<'_>> {
    let trimmed = text.trim();
    match kind {
        FactType::Number => {
            trimmed.parse().ok().filter(|n: &f64| n.is_finite()).map(FactValue::Number)
        }
        FactType::Bool => match trimmed.to_ascii_lowercase().as_str() {
            "true" | "yes" | "1" => Some(FactValue::Bool(true)),
            "false" | "no" | "0" => Some(FactValue::Bool(false)),
            _ => None,
        },
        FactType::Text => Some(FactValue::Text(Cow::Borrowed(text))),
        FactType::Duration => Some(FactValue::Text(Cow::Borrowed(trimmed))),
        FactType::Set => Some(FactValue::Set(split_list(trimmed))),
    }
}

/// The entries of `a, b` or `a;b`; none for an empty text.
pub(crate) fn split_list(text: &str) -> Vec<Cow<'_, str>> {
    text.split([',', ';']).map(str::trim).filter(|s| !s.is_empty()).map(Cow::Borrowed).collect()
}

/// How a value of the type is written.
pub(crate) fn example(kind: FactType) -> &'static str {
    match kind {
        FactType::Number => "a number such as 0.5",
        FactType::Bool => "true or false",
        FactType::Text => "any text",
        FactType::Duration => "a duration such as `7 days`",
        FactType::Set => "texts separated by commas",
    }
}

/// The type of the fact called `name`, or a failure that lists those there are.
pub(crate) fn declared(ruleset: &Ruleset, name: &str) -> Result<FactType, Failure> {
    if let Some(fact) = ruleset.facts().iter().find(|fact| &*fact.name == name) {
        return Ok(fact.kind);
    }
    Err(Failure::input(format!("the policy declares no fact `{name}`; {}", list(ruleset))))
}

/// A sentence part with all declared facts.
pub(crate) fn list(ruleset: &Ruleset) -> String {
    let facts: Vec<_> =
        ruleset.facts().iter().map(|f| format!("{} ({})", f.name, f.kind.name())).collect();
    if facts.is_empty() {
        return "it declares none at all".to_owned();
    }
    format!("its facts are: {}", facts.join(", "))
}

/// Fails, with the names there are, when the policy has no field `name`.
pub(crate) fn check_field(ruleset: &Ruleset, name: &str) -> Result<(), Failure> {
    if ruleset.fields().iter().any(|field| field == name) {
        return Ok(());
    }
    let fields = ruleset.fields().join(", ");
    Err(Failure::input(format!("the policy has no field `{name}`; its fields are: {fields}")))
}

/// Fails when a text without a name, given by `option`, and a named one go to the same field.
pub(crate) fn refuse_first_field<'n>(
    ruleset: &Ruleset,
    option: &str,
    mut names: impl Iterator<Item = &'n String>,
) -> Result<(), Failure> {
    match ruleset.fields().first() {
        Some(first) if names.any(|name| name == first) => Err(Failure::input(format!(
            "{option} is the text of the field `{first}`, the policy's first, which --field \
             gives too; name each field with --field"
        ))),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_by_type() {
        assert_eq!(parse(" 2.5 ", FactType::Number), Some(FactValue::Number(2.5)));
        assert_eq!(parse("NaN", FactType::Number), None);
        assert_eq!(parse("Yes", FactType::Bool), Some(FactValue::Bool(true)));
        assert_eq!(parse("maybe", FactType::Bool), None);
        assert_eq!(parse(" a ", FactType::Text), Some(FactValue::Text(" a ".into())));
        assert_eq!(parse(" 7 days", FactType::Duration), Some(FactValue::Text("7 days".into())));
        let set = FactValue::Set(vec!["mod".into(), "vip".into()]);
        assert_eq!(parse("mod; vip,", FactType::Set), Some(set));
    }
}
