//! The JSON Schema of policies, for editors.
//!
//! [`shape`] states the form of every mapping; words that have a list of their own in
//! the engine come from there. A test holds the keys to those the engine decodes.

mod shape;
mod words;

use schemars::generate::SchemaSettings;
use schemars::transform::{Transform, transform_subschemas};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// The schema as a JSON text. Draft 7 is the one that all editors know.
pub(crate) fn text() -> String {
    let settings = SchemaSettings::draft07().with_transform(Flatten);
    let mut schema = settings.into_generator().into_root_schema_for::<shape::Policy>();
    schema.insert("title".to_owned(), "A Tamis policy, format 1".into());
    let mut text = serde_json::to_string_pretty(&schema).expect("a schema is plain JSON");
    text.push('\n');
    text
}

/// What `Option` adds: the key may be missing, but its value is never null.
#[derive(Clone, Debug)]
struct Flatten;

impl Transform for Flatten {
    fn transform(&mut self, schema: &mut Schema) {
        transform_subschemas(self, schema);
        let Some(parts) = schema.get("anyOf").and_then(|parts| parts.as_array()).cloned() else {
            return;
        };
        let is_null = |part: &serde_json::Value| part.get("type").is_some_and(|t| t == "null");
        let kept: Vec<_> = parts.iter().filter(|part| !is_null(part)).cloned().collect();
        if let ([only], true) = (kept.as_slice(), kept.len() < parts.len()) {
            schema.remove("anyOf");
            // Beside a reference, draft 7 reads nothing else.
            schema.insert("allOf".to_owned(), vec![only.clone()].into());
        }
    }
}

/// A name as conditions and rules use it.
const NAME: &str = "^[A-Za-z_][A-Za-z0-9_]*$";

/// A text: also a number or boolean in YAML, which is taken as it is written.
pub(crate) struct Text;

impl JsonSchema for Text {
    fn schema_name() -> Cow<'static, str> {
        "Text".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["string", "number", "boolean"] })
    }
}

/// A mapping whose keys are names of the author's.
pub(crate) struct Named<T>(std::marker::PhantomData<T>);

impl<T: JsonSchema> JsonSchema for Named<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Named{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "additionalProperties": generator.subschema_for::<T>(),
        })
    }
}

/// One of two forms.
pub(crate) struct Either<A, B>(std::marker::PhantomData<(A, B)>);

impl<A: JsonSchema, B: JsonSchema> JsonSchema for Either<A, B> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("{}Or{}", A::schema_name(), B::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "anyOf": [generator.subschema_for::<A>(), generator.subschema_for::<B>()],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::text;
    use serde_json::Value;
    use std::collections::BTreeSet;

    fn schema() -> Value {
        serde_json::from_str(&text()).expect("JSON")
    }

    /// By the name of a mapping in messages, its definition here.
    const DEFINITIONS: &[(&str, &str)] = &[
        ("a policy", ""),
        ("a rule", "Rule"),
        ("a label", "LongLabel"),
        ("a group", "LongGroup"),
        ("a pattern", "LongPattern"),
        ("an exception", "LongException"),
        ("`repeat`", "Repeat"),
        ("`tests` of a rule", "RuleTests"),
        ("a test", "LongTest"),
        ("a fact", "LongFact"),
        ("a list", "LongList"),
        ("an entry of `extends`", "LongExtends"),
        ("an entry of `override`", "Override"),
        ("a model", "Model"),
        ("`calibration`", "Calibration"),
    ];

    fn keys(definition: &Value) -> BTreeSet<&str> {
        definition["properties"]
            .as_object()
            .expect("properties")
            .keys()
            .map(String::as_str)
            .collect()
    }

    #[test]
    fn it_has_the_keys_that_the_engine_decodes() {
        let schema = schema();
        let own: BTreeSet<&str> =
            tamis::vocabulary::entities().iter().flat_map(|e| e.1).copied().collect();
        for mapping in tamis::vocabulary::mappings() {
            let name = DEFINITIONS.iter().find(|row| row.0 == mapping.title);
            let (_, name) = name.unwrap_or_else(|| panic!("{} has no definition", mapping.title));
            let definition = if name.is_empty() { &schema } else { &schema["definitions"][name] };
            let mut keys = keys(definition);
            if *name == "LongPattern" {
                keys.retain(|key| !own.contains(key));
            }
            let expected: BTreeSet<&str> = mapping.keys.iter().copied().collect();
            assert_eq!(keys, expected, "{}", mapping.title);
            assert_eq!(definition["additionalProperties"], Value::Bool(false), "{}", mapping.title);
        }
    }

    #[test]
    fn every_key_says_what_it_is() {
        let schema = schema();
        for (_, name) in DEFINITIONS {
            let definition = if name.is_empty() { &schema } else { &schema["definitions"][name] };
            for (key, value) in definition["properties"].as_object().expect("properties") {
                assert!(value["description"].is_string(), "{name}: `{key}` has no description");
            }
        }
    }

    /// `docs/policy.schema.json` is this schema; `make schema` writes it.
    #[test]
    fn the_published_one_is_current() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/policy.schema.json");
        if std::env::var_os("UPDATE_GOLDENS").is_some() {
            std::fs::write(path, text()).expect("a schema to write");
        }
        let published = std::fs::read_to_string(path).unwrap_or_default();
        assert!(published == text(), "docs/policy.schema.json is out of date: `make schema`");
    }
}
