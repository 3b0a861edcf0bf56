//! Texts of the caller, borrowed from the Python objects that hold them.

use pyo3::exceptions::PyUnicodeEncodeError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::{PyBytes, PyString};
use std::ops::Deref;
use std::sync::Arc;

/// A text that lives as long as it is needed, without a copy where Python allows.
pub(crate) enum Text {
    /// The caller's own `str`.
    Shared(PyBackedStr),
    /// A copy of a `str` that is not Unicode: see [`mend`].
    Mended(Arc<str>),
}

impl Text {
    /// The text of a `str`; never fails for want of valid Unicode.
    pub(crate) fn new(text: &Bound<'_, PyString>) -> PyResult<Self> {
        match PyBackedStr::try_from(text.clone()) {
            Ok(shared) => Ok(Self::Shared(shared)),
            Err(error) if error.is_instance_of::<PyUnicodeEncodeError>(text.py()) => {
                mend(text).map(Self::Mended)
            }
            Err(error) => Err(error),
        }
    }

    /// The same text once more, without a copy.
    pub(crate) fn clone_ref(&self, py: Python<'_>) -> Self {
        match self {
            Self::Shared(text) => Self::Shared(text.clone_ref(py)),
            Self::Mended(text) => Self::Mended(Arc::clone(text)),
        }
    }
}

impl Deref for Text {
    type Target = str;
    fn deref(&self) -> &str {
        match self {
            Self::Shared(text) => text,
            Self::Mended(text) => text,
        }
    }
}

/// Replaces lone surrogates by U+FFFD, one for one, so that code-point offsets
/// stay those of the caller's `str`.
fn mend(text: &Bound<'_, PyString>) -> PyResult<Arc<str>> {
    // Not `text.encode(…)`: a subclass of `str` may have its own.
    let encoded = text
        .py()
        .get_type::<PyString>()
        .call_method1("encode", (text, "utf-8", "surrogatepass"))?
        .cast_into::<PyBytes>()?;
    let mut bytes = encoded.as_bytes().to_vec();
    let mut at = 0;
    while at + 2 < bytes.len() {
        // An encoded surrogate is ED A0..BF xx, as long as U+FFFD.
        if bytes[at] == 0xED && bytes[at + 1] >= 0xA0 {
            bytes[at..at + 3].copy_from_slice("\u{FFFD}".as_bytes());
            at += 3;
        } else {
            at += 1;
        }
    }
    Ok(String::from_utf8_lossy(&bytes).into())
}
