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
    facts: Option<Arc<Facts>>,
    lang: Option<Arc<str>>,
}

enum Content {
    Text(Text),
    Fields(Vec<(Arc<str>, Text)>),
}

/// What applies to every document of a batch that does not say otherwise.
#[derive(Default)]
pub(crate) struct Shared {
    /// `None` when there are none: a call with a text alone shares nothing.
    pub(crate) facts: Option<Arc<Facts>>,
    pub(crate) lang: Option<Arc<str>>,
}

impl Shared {
    pub(crate) fn new(
        facts: Option<&Bound<'_, PyAny>>,
        lang: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let facts = facts.map(facts::extract).transpose()?.filter(|facts| !facts.is_empty());
        Ok(Self {
            facts: facts.map(Arc::new),
            lang: lang
                .map(|lang| text_of(lang, "lang").map(|lang| Arc::from(&*lang)))
                .transpose()?,
        })
    }

    /// These facts, except those that `own` sets itself, and `own`.
    fn facts_with(&self, mut own: Facts) -> Option<Arc<Facts>> {
        if own.is_empty() {
            return self.facts.clone();
        }
        let shared: Facts = (self.facts.iter().flat_map(|facts| facts.iter()))
            .filter(|(name, _)| own.iter().all(|(other, _)| name != other))
            .cloned()
            .collect();
        own.extend(shared);
        Some(Arc::new(own))
    }

    /// True when a document is no more than its text.
    fn is_empty(&self) -> bool {
        self.facts.is_none() && self.lang.is_none()
    }

    /// A text with what is shared.
    pub(crate) fn input<'t>(&'t self, text: &'t str) -> Input<'t> {
        with(Input::new(text), self.facts.as_ref(), self.lang.as_deref())
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
            let text = Text::new(text)?;
            if shared.is_empty() {
                return Ok(Self::Text(text));
            }
            (Content::Text(text), Facts::new(), None)
        } else if item.is_instance_of::<PyMapping>() {
            from_mapping(item)?
        } else {
            let kind = item.get_type().name()?;
            return Err(PyTypeError::new_err(format!("expected str or dict, not {kind}")));
        };
        Ok(Self::new(content, shared.facts_with(facts), lang.or_else(|| shared.lang.clone())))
    }

    fn new(content: Content, facts: Option<Arc<Facts>>, lang: Option<Arc<str>>) -> Self {
        match content {
            Content::Text(text) if facts.is_none() && lang.is_none() => Self::Text(text),
            content => Self::Full(Box::new(Full { content, facts, lang })),
        }
    }

    /// The same document once more; texts are shared.
    pub(crate) fn clone_ref(&self, py: Python<'_>) -> Self {
        match self {
            Self::Text(text) => Self::Text(text.clone_ref(py)),
            Self::Full(full) => Self::Full(Box::new(Full {
                content: full.content.clone_ref(py),
                facts: full.facts.clone(),
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
        let input = match &full.content {
            Content::Text(text) => Input::new(&**text),
            Content::Fields(fields) => fields
                .iter()
                .fold(Input::from_fields(), |input, (name, text)| input.field(&**name, &**text)),
        };
        with(input, full.facts.as_ref(), full.lang.as_deref())
    }

    /// The facts, by dotted name.
    pub(crate) fn facts(&self) -> &[(String, FactValue<'static>)] {
        match self {
            Self::Text(_) => &[],
            Self::Full(full) => full.facts.as_ref().map_or(&[], |facts| &***facts),
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
        if let Some(facts) = &full.facts {
            item.set_item("facts", facts::to_dict(py, facts)?)?;
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

/// The document with facts and a language.
fn with<'t>(
    mut input: Input<'t>,
    facts: Option<&'t Arc<Facts>>,
    lang: Option<&'t str>,
) -> Input<'t> {
    for (name, value) in facts.into_iter().flat_map(|facts| facts.iter()) {
        input = input.fact(name.as_str(), borrow(value));
    }
    match lang {
        Some(lang) => input.lang(lang),
        None => input,
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
