//! Documents of the caller: what `classify` takes, kept for the verdict.

use crate::facts::{self, Facts};
use crate::text::Text;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyMapping, PyString};
use std::borrow::Cow;
use std::sync::Arc;
use tamis::{FactValue, Input};

/// A text, or texts with facts and a language. Most are just a text, which
/// costs no more than a reference to the caller's `str`.
pub(crate) enum Document {
    Text(Text),
    Full(Box<Full>),
}

/// A document that is more than a text.
pub(crate) struct Full {
    content: Content,
    facts: Arc<Facts>,
    lang: Option<Arc<str>>,
}

enum Content {
    Text(Text),
    Fields(Vec<(Arc<str>, Text)>),
}

/// What applies to every document of a batch that does not say otherwise.
#[derive(Default)]
pub(crate) struct Shared {
    pub(crate) facts: Arc<Facts>,
    pub(crate) lang: Option<Arc<str>>,
}

impl Shared {
    pub(crate) fn new(
        facts: Option<&Bound<'_, PyAny>>,
        lang: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        Ok(Self {
            facts: Arc::new(facts.map(facts::extract).transpose()?.unwrap_or_default()),
            lang: lang
                .map(|lang| text_of(lang, "lang").map(|lang| Arc::from(&*lang)))
                .transpose()?,
        })
    }

    /// These facts, except those that `own` sets itself, and `own`.
    fn facts_with(&self, mut own: Facts) -> Arc<Facts> {
        if own.is_empty() {
            return Arc::clone(&self.facts);
        }
        let shared: Facts = (self.facts.iter())
            .filter(|(name, _)| own.iter().all(|(other, _)| name != other))
            .cloned()
            .collect();
        own.extend(shared);
        Arc::new(own)
    }
}

impl Document {
    /// The document of a call: a text or fields, exactly one of them.
    pub(crate) fn from_call(
        text: Option<&Bound<'_, PyAny>>,
        fields: Option<&Bound<'_, PyAny>>,
        shared: Shared,
    ) -> PyResult<Self> {
        let content = match (text, fields) {
            (Some(text), None) => Content::Text(text_of(text, "text")?),
            (None, Some(fields)) => fields_of(fields)?,
            (None, None) => return Err(PyTypeError::new_err("pass a text, or fields=")),
            (Some(_), Some(_)) => {
                return Err(PyTypeError::new_err("pass a text or fields=, not both"));
            }
        };
        Ok(Self::new(content, shared.facts, shared.lang))
    }

    /// One document of a batch: a `str`, or a dict as POLICY.md describes.
    pub(crate) fn from_item(item: &Bound<'_, PyAny>, shared: &Shared) -> PyResult<Self> {
        let (content, facts, lang) = if let Ok(text) = item.cast::<PyString>() {
            (Content::Text(Text::new(text)?), Facts::new(), None)
        } else if item.is_instance_of::<PyMapping>() {
            from_mapping(item)?
        } else {
            let kind = item.get_type().name()?;
            return Err(PyTypeError::new_err(format!("expected str or dict, not {kind}")));
        };
        Ok(Self::new(content, shared.facts_with(facts), lang.or_else(|| shared.lang.clone())))
    }

    fn new(content: Content, facts: Arc<Facts>, lang: Option<Arc<str>>) -> Self {
        match content {
            Content::Text(text) if facts.is_empty() && lang.is_none() => Self::Text(text),
            content => Self::Full(Box::new(Full { content, facts, lang })),
        }
    }

    /// The same document once more; texts are shared.
    pub(crate) fn clone_ref(&self, py: Python<'_>) -> Self {
        match self {
            Self::Text(text) => Self::Text(text.clone_ref(py)),
            Self::Full(full) => Self::Full(Box::new(Full {
                content: full.content.clone_ref(py),
                facts: Arc::clone(&full.facts),
                lang: full.lang.clone(),
            })),
        }
    }

    /// The document as the engine takes it.
    pub(crate) fn input(&self) -> Input<'_> {
        let full = match self {
            Self::Text(text) => return Input::new(&**text),
            Self::Full(full) => full,
        };
        let mut input = match &full.content {
            Content::Text(text) => Input::new(&**text),
            Content::Fields(fields) => fields
                .iter()
                .fold(Input::from_fields(), |input, (name, text)| input.field(&**name, &**text)),
        };
        for (name, value) in full.facts.iter() {
            input = input.fact(name.as_str(), borrow(value));
        }
        match &full.lang {
            Some(lang) => input.lang(&**lang),
            None => input,
        }
    }

    /// The facts, by dotted name.
    pub(crate) fn facts(&self) -> &[(String, FactValue<'static>)] {
        match self {
            Self::Text(_) => &[],
            Self::Full(full) => &full.facts,
        }
    }

    /// The names of the fields; `None` for a document that is just a text.
    pub(crate) fn field_names(&self) -> Option<impl Iterator<Item = &str>> {
        match self {
            Self::Full(full) => match &full.content {
                Content::Fields(fields) => Some(fields.iter().map(|(name, _)| &**name)),
                Content::Text(_) => None,
            },
            Self::Text(_) => None,
        }
    }

    /// How many bytes of text there are to read.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Full(full) => match &full.content {
                Content::Text(text) => text.len(),
                Content::Fields(fields) => fields.iter().map(|(_, text)| text.len()).sum(),
            },
        }
    }

    /// The document as [`Document::from_item`] takes it.
    pub(crate) fn to_item<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let full = match self {
            Self::Text(text) => return Ok(PyString::new(py, text).into_any()),
            Self::Full(full) => full,
        };
        let item = PyDict::new(py);
        match &full.content {
            Content::Text(text) => item.set_item("text", &**text)?,
            Content::Fields(fields) => {
                let dict = PyDict::new(py);
                for (name, text) in fields {
                    dict.set_item(&**name, &**text)?;
                }
                item.set_item("fields", dict)?;
            }
        }
        if !full.facts.is_empty() {
            item.set_item("facts", facts::to_dict(py, &full.facts)?)?;
        }
        if let Some(lang) = &full.lang {
            item.set_item("lang", &**lang)?;
        }
        Ok(item.into_any())
    }
}

impl Content {
    fn clone_ref(&self, py: Python<'_>) -> Self {
        match self {
            Self::Text(text) => Self::Text(text.clone_ref(py)),
            Self::Fields(fields) => Self::Fields(
                fields.iter().map(|(name, text)| (Arc::clone(name), text.clone_ref(py))).collect(),
            ),
        }
    }
}

impl<'t> From<&'t Document> for Input<'t> {
    fn from(document: &'t Document) -> Self {
        document.input()
    }
}

fn borrow<'t>(value: &'t FactValue<'static>) -> FactValue<'t> {
    match value {
        FactValue::Text(text) => FactValue::Text(Cow::Borrowed(text)),
        FactValue::Set(items) => {
            FactValue::Set(items.iter().map(|item| Cow::Borrowed(&**item)).collect())
        }
        other => other.clone(),
    }
}

fn text_of(text: &Bound<'_, PyAny>, what: &str) -> PyResult<Text> {
    if let Ok(text) = text.cast::<PyString>() {
        return Text::new(text);
    }
    let kind = text.get_type().name()?;
    let hint = if kind == "bytes" { "; decode it first" } else { "" };
    Err(PyTypeError::new_err(format!("{what} must be a str, not {kind}{hint}")))
}

fn fields_of(fields: &Bound<'_, PyAny>) -> PyResult<Content> {
    let mut out = Vec::new();
    for (name, text) in facts::items(fields, "fields")? {
        let name: Arc<str> = Arc::from(&*text_of(&name, "the name of a field")?);
        let text = text_of(&text, &format!("field '{name}'"))?;
        out.push((name, text));
    }
    Ok(Content::Fields(out))
}

type Parts = (Content, Facts, Option<Arc<str>>);

fn from_mapping(item: &Bound<'_, PyAny>) -> PyResult<Parts> {
    let mut content = None;
    let mut facts = Facts::new();
    let mut lang = None;
    for (key, value) in facts::items(item, "a document")? {
        let key = text_of(&key, "a document's key")?;
        match &*key {
            "text" | "fields" if content.is_some() => {
                return Err(PyValueError::new_err("a document has text or fields, not both"));
            }
            "text" => content = Some(Content::Text(text_of(&value, "text")?)),
            "fields" => content = Some(fields_of(&value)?),
            "facts" | "lang" if value.is_none() => {}
            "facts" => facts = facts::extract(&value)?,
            "lang" => lang = Some(Arc::from(&*text_of(&value, "lang")?)),
            // What documents of a corpus have beside the text.
            "id" | "labels" | "known" | "spans" => {}
            other => {
                return Err(PyValueError::new_err(format!(
                    "unknown key '{other}' in a document; it has text or fields, facts, lang"
                )));
            }
        }
    }
    let content =
        content.ok_or_else(|| PyValueError::new_err("a document needs text or fields"))?;
    Ok((content, facts, lang))
}
