//! Documents written as JSON objects.

use super::document::{Document, Draft, Id};
use super::json_text::{Text, TextMap, Texts};
use super::row_error::{RowCode, RowError};
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use tamis::FactValue;

/// Where the parts of a document stand in a JSON object.
#[derive(Clone, Debug, Default)]
pub(crate) struct JsonLayout {
    /// The path of the text, when it is not just `text`.
    pub(crate) text: Option<String>,
    /// Field names and paths.
    pub(crate) fields: Vec<(String, String)>,
    /// Fact names and paths.
    pub(crate) facts: Vec<(String, String)>,
    /// The field that a text without a name goes to.
    pub(crate) first_field: String,
    /// Whether `labels` and `known` are wanted. Elsewhere they may have any shape.
    pub(crate) labels: bool,
}

impl JsonLayout {
    /// Reads one line.
    pub(crate) fn parse<'a>(&self, line: &'a str) -> Result<Document<'a>, RowError> {
        let mut deserializer = serde_json::Deserializer::from_str(line);
        let draft = DraftSeed(self)
            .deserialize(&mut deserializer)
            .and_then(|draft| deserializer.end().map(|()| draft))
            .map_err(|error| in_words(&error))?;
        if draft.has_text_twice(&self.first_field) {
            let message =
                format!("`text` goes to the field `{}`, which is there too", self.first_field);
            return Err(RowError::new(RowCode::NotADocument, message));
        }
        draft.finish().ok_or_else(|| RowError::new(RowCode::NoText, self.missing_text()))
    }

    fn missing_text(&self) -> String {
        let paths: Vec<_> = self
            .text
            .iter()
            .chain(self.fields.iter().map(|(_, path)| path))
            .map(|path| format!("`{path}`"))
            .collect();
        if paths.is_empty() {
            return "the document has neither `text` nor `fields`".to_owned();
        }
        format!("the document has no text at {}", paths.join(" or "))
    }

    /// True when the texts are where the document format puts them.
    fn plain_texts(&self) -> bool {
        self.text.is_none() && self.fields.is_empty()
    }

    /// True when something in the value at `key` is wanted.
    fn concerns(&self, key: &str) -> bool {
        let known = match key {
            "text" | "fields" => self.plain_texts(),
            "id" | "lang" | "facts" => true,
            "labels" | "known" => self.labels,
            _ => false,
        };
        let mapped = self.fields.iter().chain(&self.facts).map(|(_, path)| path);
        known || self.text.iter().chain(mapped).any(|path| begins_with_key(path, key))
    }

    /// Takes what the document format has at `key`.
    fn take_known<'a>(
        &self,
        key: &str,
        raw: &'a RawValue,
        draft: &mut Draft<'a>,
    ) -> Result<(), String> {
        match key {
            "text" if self.plain_texts() => draft.set_text(text(raw, key)?)?,
            "fields" if self.plain_texts() => {
                let fields: Option<TextMap<'a>> = read(raw, key, "an object of texts")?;
                for (name, text) in fields.map_or_else(Vec::new, |fields| fields.0) {
                    draft.add_field(name, text)?;
                }
            }
            "id" => draft.id = (raw.get() != "null").then_some(Id::Json(raw)),
            "lang" => draft.lang = text(raw, key)?,
            "facts" => {
                let facts: Option<Map<String, Value>> = read(raw, key, "an object")?;
                flatten("", &facts.unwrap_or_default(), draft);
            }
            "labels" if self.labels => draft.labels = texts(raw, key)?.unwrap_or_default(),
            "known" if self.labels => draft.known = texts(raw, key)?,
            _ => {}
        }
        Ok(())
    }

    /// Takes the texts that the user said are at, or within, `key`.
    fn take_texts<'a>(
        &self,
        key: &str,
        raw: &'a RawValue,
        draft: &mut Draft<'a>,
    ) -> Result<(), String> {
        if let Some(path) = &self.text
            && let Some(found) = follow(key, raw, path)
        {
            draft.set_text(text(found, path)?)?;
        }
        for (name, path) in &self.fields {
            if let Some(found) = follow(key, raw, path)
                && let Some(text) = text(found, path)?
            {
                draft.add_field(Cow::Owned(name.clone()), text)?;
            }
        }
        Ok(())
    }

    /// The facts that the user said are at, or within, `key`.
    fn mapped_facts(&self, key: &str, raw: &RawValue) -> Vec<(String, FactValue<'static>)> {
        let facts = self.facts.iter().filter_map(|(name, path)| {
            let value: Value = serde_json::from_str(follow(key, raw, path)?.get()).ok()?;
            Some((name.clone(), FactValue::from_json(&value)))
        });
        facts.collect()
    }

    /// Where the JSON string of a field's text stands in `line`.
    pub(crate) fn text_place(&self, line: &str, field: Option<&str>) -> Option<Range<usize>> {
        let raw = match field {
            None => find(line, self.text.as_deref().unwrap_or("text")),
            Some(field) => match self.fields.iter().find(|(name, _)| name == field) {
                Some((_, path)) => find(line, path),
                None => find(find(line, "fields")?.get(), field),
            },
        }?;
        // A raw value borrows from the line it was found in.
        let start = raw.get().as_ptr() as usize - line.as_ptr() as usize;
        Some(start..start + raw.get().len())
    }
}

/// What is wrong with a line. Serde's messages quote at most single values of wrong types,
/// which are cut off here: a row may hold anything.
fn in_words(error: &serde_json::Error) -> RowError {
    use serde_json::error::Category;
    let text = error.to_string();
    let what = text.rsplit_once(" at line ").map_or(text.as_str(), |(what, _)| what);
    match error.classify() {
        Category::Data if what.starts_with("invalid type") => {
            RowError::new(RowCode::NotADocument, "the line is not a JSON object")
        }
        Category::Data => RowError::new(RowCode::NotADocument, what),
        Category::Syntax | Category::Eof | Category::Io => {
            RowError::new(RowCode::NotJson, format!("{what} at column {}", error.column()))
        }
    }
}

/// A part of a document, or a failure that says what it should be.
fn read<'a, T: Deserialize<'a>>(raw: &'a RawValue, key: &str, what: &str) -> Result<T, String> {
    serde_json::from_str(raw.get()).map_err(|_| format!("`{key}` is not {what}"))
}

fn text<'a>(raw: &'a RawValue, key: &str) -> Result<Option<Cow<'a, str>>, String> {
    read::<Option<Text<'a>>>(raw, key, "a text").map(|text| text.map(|text| text.0))
}

fn texts<'a>(raw: &'a RawValue, key: &str) -> Result<Option<Vec<Cow<'a, str>>>, String> {
    read::<Option<Texts<'a>>>(raw, key, "a list of texts").map(|texts| texts.map(|texts| texts.0))
}

/// Nested facts get dotted names.
fn flatten(prefix: &str, facts: &Map<String, Value>, draft: &mut Draft<'_>) {
    for (name, value) in facts {
        let name = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
        match value {
            Value::Object(nested) => flatten(&name, nested, draft),
            value => draft.set_fact(Cow::Owned(name), FactValue::from_json(value)),
        }
    }
}

/// True for `key` itself and for `key.more`.
fn begins_with_key(path: &str, key: &str) -> bool {
    path.strip_prefix(key).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The value at `path`, when `path` leads to or through the value `raw` at `key`.
fn follow<'a>(key: &str, raw: &'a RawValue, path: &str) -> Option<&'a RawValue> {
    let rest = path.strip_prefix(key)?;
    if rest.is_empty() { Some(raw) } else { find(raw.get(), rest.strip_prefix('.')?) }
}

/// The value at a path of keys joined by dots in a JSON object; keys may hold dots themselves.
fn find<'a>(json: &'a str, path: &str) -> Option<&'a RawValue> {
    struct Find<'p>(&'p str);
    impl<'de> Visitor<'de> for Find<'_> {
        type Value = Option<&'de RawValue>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut found = None;
            while let Some(Text(key)) = map.next_key()? {
                let raw: &'de RawValue = map.next_value()?;
                found = follow(&key, raw, self.0).or(found);
            }
            Ok(found)
        }
    }
    serde_json::Deserializer::from_str(json).deserialize_map(Find(path)).ok().flatten()
}

struct DraftSeed<'l>(&'l JsonLayout);

impl<'de> DeserializeSeed<'de> for DraftSeed<'_> {
    type Value = Draft<'de>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Draft<'de>, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for DraftSeed<'_> {
    type Value = Draft<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Draft<'de>, A::Error> {
        let layout = self.0;
        let mut draft = Draft::default();
        // Facts from keys of their own win over those under `facts`, whichever comes first.
        let mut mapped = Vec::new();
        while let Some(Text(key)) = map.next_key()? {
            if !layout.concerns(&key) {
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            let raw: &'de RawValue = map.next_value()?;
            layout.take_known(&key, raw, &mut draft).map_err(A::Error::custom)?;
            layout.take_texts(&key, raw, &mut draft).map_err(A::Error::custom)?;
            mapped.extend(layout.mapped_facts(&key, raw));
        }
        for (name, value) in mapped {
            draft.set_fact(Cow::Owned(name), value);
        }
        Ok(draft)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout() -> JsonLayout {
        let first_field = "body".to_owned();
        JsonLayout { labels: true, first_field, ..JsonLayout::default() }
    }

    #[test]
    fn the_document_format() {
        let line = r#"{"id": 7, "text": "a\nb", "facts": {"author": {"age": "2 days"}, "n": 1},
            "lang": "en", "labels": ["spam"], "known": null, "other": {"text": "no"}}"#;
        let document = layout().parse(line).unwrap();
        assert_eq!(document.input.fields()[0].text, "a\nb");
        assert_eq!(document.input.fields()[0].name, None);
        assert_eq!(document.input.language(), Some("en"));
        assert_eq!(serde_json::to_string(&document.id).unwrap(), "7");
        assert_eq!(document.labels, ["spam"]);
        assert_eq!(document.known, None);
        let facts: Vec<_> = document.input.facts().iter().map(|(n, _)| n.as_ref()).collect();
        assert_eq!(facts, ["author.age", "n"]);
    }

    #[test]
    fn mapped_keys() {
        let layout = JsonLayout {
            text: Some("data.body".into()),
            fields: vec![("title".into(), "t.x".into())],
            facts: vec![("age".into(), "user.age".into())],
            ..JsonLayout::default()
        };
        let line = r#"{"user": {"age": 3}, "facts": {"age": 1}, "t.x": "T", "data": {"body": "B"},
            "labels": [{"any": "shape"}]}"#;
        let document = layout.parse(line).unwrap();
        let fields: Vec<_> =
            document.input.fields().iter().map(|f| (f.name.as_deref(), f.text.as_ref())).collect();
        assert_eq!(fields, [(None, "B"), (Some("title"), "T")]);
        assert_eq!(document.input.facts(), [(Cow::Borrowed("age"), FactValue::Number(3.0))]);
        assert_eq!(layout.text_place(line, None).map(|r| &line[r]), Some("\"B\""));
        assert_eq!(layout.text_place(line, Some("title")).map(|r| &line[r]), Some("\"T\""));
    }

    #[test]
    fn what_is_no_document() {
        for (line, code) in [
            ("{\"text\": \"a\"", RowCode::NotJson),
            ("{\"text\": \"a\"} x", RowCode::NotJson),
            ("hello", RowCode::NotJson),
            ("[1]", RowCode::NotADocument),
            ("\"hello\"", RowCode::NotADocument),
            ("{\"text\": 3}", RowCode::NotADocument),
            ("{\"text\": \"a\", \"facts\": [1]}", RowCode::NotADocument),
            ("{\"text\": \"a\", \"labels\": [1]}", RowCode::NotADocument),
            ("{\"text\": \"a\", \"text\": \"b\"}", RowCode::NotADocument),
            ("{\"fields\": {\"a\": \"x\", \"a\": \"y\"}}", RowCode::NotADocument),
            ("{\"text\": \"a\", \"fields\": {\"body\": \"b\"}}", RowCode::NotADocument),
            ("{\"txt\": \"a\"}", RowCode::NoText),
            ("{\"text\": null}", RowCode::NoText),
            ("{\"fields\": {}}", RowCode::NoText),
        ] {
            let error = layout().parse(line).unwrap_err();
            assert_eq!(error.code, code, "{line}: {error}");
            assert!(!error.message.contains("hello"), "quotes the row: {error}");
        }
    }
}
