//! One document of a file, borrowed from the row it was read from where possible.

use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use std::borrow::Cow;
use tamis::{FactValue, Input};

/// A document and what the file says about it.
#[derive(Debug)]
pub(crate) struct Document<'a> {
    /// What is classified.
    pub(crate) input: Input<'a>,
    /// The document's own name.
    pub(crate) id: Option<Id<'a>>,
    /// Corpus labels that hold.
    pub(crate) labels: Vec<Cow<'a, str>>,
    /// Corpus labels that were judged at all; absent means every one.
    pub(crate) known: Option<Vec<Cow<'a, str>>>,
}

impl<'t> From<&'t Document<'_>> for Input<'t> {
    fn from(document: &'t Document<'_>) -> Self {
        Input::from(&document.input)
    }
}

impl Document<'_> {
    /// The size of its texts in bytes.
    pub(crate) fn bytes(&self) -> u64 {
        self.input.fields().iter().map(|field| field.text.len() as u64).sum()
    }
}

/// A document's `id`, printed as it was written.
#[derive(Clone, Debug)]
pub(crate) enum Id<'a> {
    /// Any JSON value.
    Json(&'a RawValue),
    /// A CSV cell.
    Text(&'a str),
}

impl Serialize for Id<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Json(raw) => raw.serialize(serializer),
            Self::Text(text) => serializer.serialize_str(text),
        }
    }
}

/// Collects the parts of a document in whatever order a row has them.
#[derive(Debug, Default)]
pub(crate) struct Draft<'a> {
    pub(crate) text: Option<Cow<'a, str>>,
    pub(crate) fields: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    pub(crate) facts: Vec<(Cow<'a, str>, FactValue<'a>)>,
    pub(crate) lang: Option<Cow<'a, str>>,
    pub(crate) id: Option<Id<'a>>,
    pub(crate) labels: Vec<Cow<'a, str>>,
    pub(crate) known: Option<Vec<Cow<'a, str>>>,
}

impl<'a> Draft<'a> {
    /// Sets a fact; a later value replaces an earlier one.
    pub(crate) fn set_fact(&mut self, name: Cow<'a, str>, value: FactValue<'a>) {
        match self.facts.iter_mut().find(|(known, _)| *known == name) {
            Some((_, old)) => *old = value,
            None => self.facts.push((name, value)),
        }
    }

    /// Sets the text; a second one would be hidden from whoever reads the first.
    pub(crate) fn set_text(&mut self, text: Option<Cow<'a, str>>) -> Result<(), String> {
        if self.text.is_some() {
            return Err("the document has two texts under one key".to_owned());
        }
        self.text = text;
        Ok(())
    }

    /// Adds a field, under the same rule.
    pub(crate) fn add_field(
        &mut self,
        name: Cow<'a, str>,
        text: Cow<'a, str>,
    ) -> Result<(), String> {
        if self.fields.iter().any(|(known, _)| *known == name) {
            return Err(format!("the document has two texts for the field `{name}`"));
        }
        self.fields.push((name, text));
        Ok(())
    }

    /// True when the field that the unnamed text goes to has a text of its own: one of them
    /// would never be looked at.
    pub(crate) fn has_text_twice(&self, first_field: &str) -> bool {
        self.text.is_some() && self.fields.iter().any(|(name, _)| name == first_field)
    }

    /// The document, if there is any text in it.
    pub(crate) fn finish(self) -> Option<Document<'a>> {
        let mut input = match self.text {
            Some(text) => Input::new(text),
            None if self.fields.is_empty() => return None,
            None => Input::from_fields(),
        };
        for (name, text) in self.fields {
            input = input.field(name, text);
        }
        for (name, value) in self.facts {
            input = input.fact(name, value);
        }
        if let Some(lang) = self.lang {
            input = input.lang(lang);
        }
        Some(Document { input, id: self.id, labels: self.labels, known: self.known })
    }
}
