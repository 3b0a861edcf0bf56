//! Values that are one of a few words, or have a form of their own.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;
use tamis::Limits;
use tamis::diag::{Code, Severity};
use tamis::spec::model::{INFLECTIONS, Level};

macro_rules! words {
    ($($(#[doc = $doc:literal])* $name:ident = $schema:expr;)*) => {
        $(
            $(#[doc = $doc])*
            pub(crate) struct $name;

            impl JsonSchema for $name {
                fn schema_name() -> Cow<'static, str> {
                    stringify!($name).into()
                }

                fn json_schema(_: &mut SchemaGenerator) -> Schema {
                    $schema
                }
            }
        )*
    };
}

words! {
    /// The only format so far.
    Format = json_schema!({ "const": 1 });
    /// `exact`, `fold`, …
    Evasion = json_schema!({ "enum": Level::ALL.map(Level::name) });
    /// A language whose endings are known, or `off`.
    Inflection = json_schema!({ "enum": INFLECTIONS });
    /// `enforce`, `shadow` or `disabled`.
    Mode = json_schema!({ "enum": ["enforce", "shadow", "disabled"] });
    /// `word` or `any`.
    Boundary = json_schema!({ "enum": ["word", "any"] });
    /// `sensitive` or `insensitive`.
    Case = json_schema!({ "enum": ["sensitive", "insensitive"] });
    /// `raw` or `fold`.
    View = json_schema!({ "enum": ["raw", "fold"] });
    /// The type of a fact.
    FactType = json_schema!({ "enum": ["number", "bool", "text", "duration", "set"] });
    /// Yes or no, in everyday words too: YAML 1.2 reads `no` as a text.
    YesOrNo = json_schema!({
        "enum": [true, false, "true", "false", "yes", "no", "on", "off"]
    });
    /// `true` alone.
    Yes = json_schema!({ "enum": [true, "true"] });
    /// A name.
    Name = json_schema!({ "type": "string", "pattern": super::NAME });
    /// A number with at most three decimals.
    Points = json_schema!({ "type": "number", "minimum": -1e9, "maximum": 1e9 });
    /// A score above zero.
    Threshold = json_schema!({ "type": "number", "exclusiveMinimum": 0, "maximum": 1e9 });
    /// Any number.
    Number = json_schema!({ "type": "number" });
    /// A whole number from 1.
    Words = json_schema!({ "type": "integer", "minimum": 1 });
    /// A condition: a text, or `true` or `false`.
    Condition = json_schema!({ "type": ["string", "boolean"], "minLength": 1 });
    /// A day such as 2026-11-30.
    // Days that no month has; leap years are left to `lint`.
    Day = json_schema!({ "type": "string", "pattern": "^[0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))$" });
    /// The one thing a list can be used as.
    AsDomain = json_schema!({ "const": "domain" });
    /// The file of a list.
    ListFile = json_schema!({ "type": "string", "pattern": "\\.([tT][xX][tT]|[cC][sS][vV]|[jJ][sS][oO][nN])$" });
    /// A recognizer.
    Entity = json_schema!({
        "enum": tamis::vocabulary::entities().iter().map(|entity| entity.0).collect::<Vec<_>>()
    });
    /// A fact's value in a test.
    AnyValue = json_schema!({
        "type": ["string", "number", "boolean", "array", "object", "null"]
    });
    /// Any value that is a text as it is written.
    Scalar = json_schema!({ "type": ["string", "number", "boolean", "null"] });
    /// A warning, by its name or its number.
    Warning = warnings();
    /// `limits:`.
    LimitValues = limits();
}

fn warnings() -> Schema {
    let all = Code::all().iter().filter(|code| code.severity() == Severity::Warning);
    let words: Vec<&str> =
        all.clone().map(|code| code.name()).chain(all.map(|code| code.number())).collect();
    json_schema!({ "enum": words })
}

fn limits() -> Schema {
    let property = |&(name, default, most): &(&str, u32, u32)| {
        let value = serde_json::json!({
            "type": "integer", "minimum": 0, "maximum": most, "default": default
        });
        (name.to_owned(), value)
    };
    let properties: serde_json::Map<String, serde_json::Value> =
        Limits::ALL.iter().map(property).collect();
    json_schema!({ "type": "object", "properties": properties, "additionalProperties": false })
}
