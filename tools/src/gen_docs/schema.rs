//! The keys of a policy, from the published JSON Schema, whose descriptions stand beside
//! the forms that the command line gives editors.

use super::{cell, put};
use crate::gen_tables::source_root;
use serde_json::Value;
use std::fmt::Write;
use std::fs;

/// Where the schema is published.
const SCHEMA: &str = "docs/policy.schema.json";

/// Kinds of mappings, by their names in the schema, in the order of the page.
const MAPPINGS: &[(&str, &str)] = &[
    ("", "A policy"),
    ("Rule", "A rule"),
    ("Group", "A group"),
    ("Pattern", "A pattern"),
    ("Exception", "An exception"),
    ("Label", "A label"),
    ("Fact", "A fact"),
    ("List", "A list"),
    ("Repeat", "`repeat`"),
    ("RuleTests", "`tests` of a rule"),
    ("Test", "A test"),
    ("Extends", "An entry of `extends`"),
    ("Override", "An entry of `override`"),
    ("Model", "A model"),
    ("Calibration", "`calibration`"),
];

/// The section, where there is a schema.
pub(super) fn keys(out: &mut String) {
    put!(out, "\n## Keys\n");
    put!(
        out,
        "Where a text is expected, a plain word or number is one: `no` and `007` are texts. A key that \
         is not listed is an error."
    );
    let schema = fs::read_to_string(source_root().join(SCHEMA)).unwrap_or_default();
    let schema: Value = serde_json::from_str(&schema).unwrap_or_default();
    for (name, title) in MAPPINGS {
        let mapping = if name.is_empty() { &schema } else { &schema["definitions"][name] };
        let forms = forms(mapping);
        if forms.is_empty() {
            continue;
        }
        put!(out, "\n**{title}**\n\n| key | what it is |\n|---|---|");
        for (key, what) in forms {
            put!(out, "| `{key}` | {} |", cell(&what));
        }
    }
}

/// Keys and descriptions of a mapping, also where it is one of several forms.
fn forms(mapping: &Value) -> Vec<(String, String)> {
    let mut keys: Vec<(String, String)> = Vec::new();
    let inner = ["anyOf", "oneOf", "allOf"].iter().filter_map(|key| mapping[key].as_array());
    for each in std::iter::once(mapping).chain(inner.flatten()) {
        let Some(properties) = each["properties"].as_object() else { continue };
        for (key, value) in properties {
            let what = value["description"].as_str().unwrap_or_default().to_owned();
            if !keys.iter().any(|(known, _)| known == key) {
                keys.push((key.clone(), what));
            }
        }
    }
    keys
}
