//! A document to classify: named texts, facts and a language.

use std::borrow::Cow;
use std::time::Duration;

/// One document, borrowed from the caller.
///
/// ```
/// use std::time::Duration;
/// let input = tamis::Input::new("hello").fact("author.age", Duration::from_secs(60)).lang("en");
/// assert_eq!(input.fields()[0].text, "hello");
/// ```
#[derive(Clone, Debug, Default)]
pub struct Input<'t> {
    fields: Fields<'t>,
    /// What most documents lack, apart: a text by itself is made and dropped at no cost.
    more: Option<Box<More<'t>>>,
}

/// What may be known of a document beside its texts.
#[derive(Clone, Debug, Default)]
struct More<'t> {
    facts: Vec<(Cow<'t, str>, FactValue<'t>)>,
    lang: Option<Cow<'t, str>>,
}

/// Most documents are one text, which must not cost an allocation.
#[derive(Clone, Debug)]
enum Fields<'t> {
    One(Field<'t>),
    Many(Vec<Field<'t>>),
}

impl Default for Fields<'_> {
    fn default() -> Self {
        Self::Many(Vec::new())
    }
}

/// A named text of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field<'t> {
    /// The name; `None` for a document that is just a text.
    pub name: Option<Cow<'t, str>>,
    /// The text.
    pub text: Cow<'t, str>,
}

impl<'t> Input<'t> {
    /// A document that is just a text.
    #[inline]
    pub fn new(text: impl Into<Cow<'t, str>>) -> Self {
        let field = Field { name: None, text: text.into() };
        Self { fields: Fields::One(field), more: None }
    }

    /// A document of named texts; add them with [`Input::field`].
    pub fn from_fields() -> Self {
        Self::default()
    }

    /// Adds a named text. A field the policy does not name is ignored. Give each
    /// field once, and not an unnamed text (which goes to the first field) beside
    /// it: of two texts for one field only the later one is looked at.
    #[must_use]
    pub fn field(mut self, name: impl Into<Cow<'t, str>>, text: impl Into<Cow<'t, str>>) -> Self {
        let field = Field { name: Some(name.into()), text: text.into() };
        self.fields = match self.fields {
            Fields::One(first) => Fields::Many(vec![first, field]),
            Fields::Many(mut fields) => {
                fields.push(field);
                Fields::Many(fields)
            }
        };
        self
    }

    /// Adds a fact. One the policy does not declare is ignored; one of another
    /// type than declared counts as missing and is listed in the verdict.
    #[must_use]
    pub fn fact(mut self, name: impl Into<Cow<'t, str>>, value: impl Into<FactValue<'t>>) -> Self {
        self.more.get_or_insert_default().facts.push((name.into(), value.into()));
        self
    }

    /// States the document's language, such as `de`; Tamis does not detect it.
    #[must_use]
    pub fn lang(mut self, lang: impl Into<Cow<'t, str>>) -> Self {
        self.more.get_or_insert_default().lang = Some(lang.into());
        self
    }

    /// The same document without a stated language.
    pub(crate) fn any_lang(mut self) -> Self {
        if let Some(more) = &mut self.more {
            more.lang = None;
        }
        self
    }

    /// The texts.
    #[inline]
    pub fn fields(&self) -> &[Field<'t>] {
        match &self.fields {
            Fields::One(field) => std::slice::from_ref(field),
            Fields::Many(fields) => fields,
        }
    }

    /// The text, of a document that is a borrowed text and nothing else.
    #[inline]
    pub(crate) fn plain(&self) -> Option<&'t str> {
        match (&self.fields, &self.more) {
            (Fields::One(Field { name: None, text: Cow::Borrowed(text) }), None) => Some(*text),
            _ => None,
        }
    }

    /// The facts.
    #[inline]
    pub fn facts(&self) -> &[(Cow<'t, str>, FactValue<'t>)] {
        self.more.as_ref().map_or(&[], |more| &more.facts)
    }

    /// The language, if stated.
    pub fn language(&self) -> Option<&str> {
        self.more.as_ref().and_then(|more| more.lang.as_deref())
    }
}

impl<'t> From<&'t str> for Input<'t> {
    #[inline]
    fn from(text: &'t str) -> Self {
        Self::new(text)
    }
}

impl<'t> From<&'t String> for Input<'t> {
    #[inline]
    fn from(text: &'t String) -> Self {
        Self::new(text.as_str())
    }
}

impl From<String> for Input<'_> {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

/// The value of a fact, passed beside the text.
#[derive(Clone, Debug, PartialEq)]
pub enum FactValue<'t> {
    /// A number; NaN counts as missing.
    Number(f64),
    /// True or false.
    Bool(bool),
    /// A text.
    Text(Cow<'t, str>),
    /// A length of time in seconds; may be negative, NaN counts as missing.
    Duration(f64),
    /// A set of texts.
    Set(Vec<Cow<'t, str>>),
    /// No value: counts as missing and is listed.
    Null,
    /// A value of no fact's type (nested data, say): counts as missing and is listed.
    Other,
}

macro_rules! fact_from {
    ($($from:ty => |$v:ident| $make:expr),* $(,)?) => {$(
        impl<'t> From<$from> for FactValue<'t> {
            fn from($v: $from) -> Self { $make }
        }
    )*};
}

fact_from! {
    f64 => |v| Self::Number(v),
    f32 => |v| Self::Number(v.into()),
    i32 => |v| Self::Number(v.into()),
    u32 => |v| Self::Number(v.into()),
    bool => |v| Self::Bool(v),
    &'t str => |v| Self::Text(v.into()),
    String => |v| Self::Text(v.into()),
    Duration => |v| Self::Duration(v.as_secs_f64()),
    Vec<&'t str> => |v| Self::Set(v.into_iter().map(Cow::Borrowed).collect()),
    Vec<String> => |v| Self::Set(v.into_iter().map(Cow::Owned).collect()),
}

impl FactValue<'static> {
    /// The fact a JSON value stands for.
    ///
    /// Numbers, booleans, texts and lists of texts are themselves. A duration
    /// is a text such as `7 days`: it stays a text here and is read when it is
    /// bound to a fact of that type, since only the policy knows the type.
    pub fn from_json(value: &serde_json::Value) -> Self {
        use serde_json::Value;
        match value {
            Value::Null => Self::Null,
            Value::Bool(b) => Self::Bool(*b),
            Value::Number(n) => n.as_f64().map_or(Self::Other, Self::Number),
            Value::String(s) => Self::Text(s.clone().into()),
            Value::Array(items) => {
                let texts: Option<Vec<_>> =
                    items.iter().map(|v| v.as_str().map(|s| Cow::Owned(s.to_owned()))).collect();
                texts.map_or(Self::Other, Self::Set)
            }
            Value::Object(_) => Self::Other,
        }
    }
}

impl<'t> From<&'t &str> for Input<'t> {
    #[inline]
    fn from(text: &'t &str) -> Self {
        Self::new(*text)
    }
}

/// Borrows the texts; only the list of facts is copied.
impl<'t> From<&'t Input<'_>> for Input<'t> {
    fn from(input: &'t Input<'_>) -> Self {
        let field = |f: &'t Field<'_>| Field {
            name: f.name.as_deref().map(Cow::Borrowed),
            text: Cow::Borrowed(&*f.text),
        };
        let fields = match &input.fields {
            Fields::One(one) => Fields::One(field(one)),
            Fields::Many(many) => Fields::Many(many.iter().map(field).collect()),
        };
        let fact = |(name, value): &'t (Cow<'_, str>, FactValue<'_>)| {
            (Cow::Borrowed(&**name), value.borrowed())
        };
        let more = input.more.as_ref().map(|more| {
            Box::new(More {
                facts: more.facts.iter().map(fact).collect(),
                lang: more.lang.as_deref().map(Cow::Borrowed),
            })
        });
        Self { fields, more }
    }
}

impl FactValue<'_> {
    fn borrowed(&self) -> FactValue<'_> {
        match self {
            Self::Number(n) => FactValue::Number(*n),
            Self::Bool(b) => FactValue::Bool(*b),
            Self::Text(text) => FactValue::Text(Cow::Borrowed(text)),
            Self::Duration(seconds) => FactValue::Duration(*seconds),
            Self::Set(items) => FactValue::Set(items.iter().map(|t| Cow::Borrowed(&**t)).collect()),
            Self::Null => FactValue::Null,
            Self::Other => FactValue::Other,
        }
    }
}
