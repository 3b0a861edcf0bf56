//! Texts of a column, wherever and however they lie.

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef};
use arrow_buffer::NullBuffer;
use arrow_schema::DataType;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3_arrow::input::AnyArray;

/// A column of texts: an Arrow array, or several one after the other.
pub(crate) struct Texts {
    chunks: Vec<ArrayRef>,
}

impl Texts {
    /// The column of any object with `__arrow_c_array__` or `__arrow_c_stream__`.
    pub(crate) fn new(column: &Bound<'_, PyAny>) -> PyResult<Self> {
        let readable = ["__arrow_c_array__", "__arrow_c_stream__"].map(|name| column.hasattr(name));
        let [array, stream] = readable;
        if !array? && !stream? {
            let kind = column.get_type().name()?;
            return Err(PyTypeError::new_err(format!(
                "expected a column with the Arrow C interface, not {kind}; \
                 lists of str are for classify_batch"
            )));
        }
        let chunked = column.extract::<AnyArray>()?.into_chunked_array()?;
        let (chunks, field) = chunked.into_inner();
        if !is_text(field.data_type()) {
            let kind = field.data_type();
            let hint = match kind {
                DataType::Struct(_) => "; pass one column of it",
                DataType::Binary | DataType::LargeBinary | DataType::BinaryView => {
                    "; decode it first"
                }
                _ => "",
            };
            return Err(PyTypeError::new_err(format!(
                "expected a column of strings, not of {kind}{hint}"
            )));
        }
        for chunk in &chunks {
            // Others made them: what is not UTF-8 would be undefined behaviour here.
            chunk.to_data().validate_full().map_err(|error| {
                PyValueError::new_err(format!("the column is not valid: {error}"))
            })?;
        }
        Ok(Self { chunks })
    }

    /// The texts, `None` where there is none.
    pub(crate) fn rows(&self) -> Vec<Option<&str>> {
        let mut out = Vec::with_capacity(self.chunks.iter().map(Array::len).sum());
        self.chunks.iter().for_each(|chunk| read(chunk, &mut out));
        out
    }
}

/// Which rows have a text; `None` when all have.
pub(crate) fn presence(rows: &[Option<&str>]) -> Option<NullBuffer> {
    rows.contains(&None).then(|| rows.iter().map(Option::is_some).collect())
}

fn is_text(kind: &DataType) -> bool {
    match kind {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Null => true,
        DataType::Dictionary(_, values) => is_text(values),
        _ => false,
    }
}

/// Appends the texts of an array of a kind that [`is_text`] allows.
fn read<'a>(array: &'a ArrayRef, out: &mut Vec<Option<&'a str>>) {
    match array.data_type() {
        DataType::Utf8 => out.extend(array.as_string::<i32>().iter()),
        DataType::LargeUtf8 => out.extend(array.as_string::<i64>().iter()),
        DataType::Utf8View => out.extend(array.as_string_view().iter()),
        DataType::Dictionary(..) => {
            let dictionary = array.as_any_dictionary();
            let mut values = Vec::new();
            read(dictionary.values(), &mut values);
            if values.is_empty() {
                return out.extend(std::iter::repeat_n(None, array.len()));
            }
            let keys = dictionary.normalized_keys().into_iter().enumerate();
            let text = |(row, key): (usize, usize)| {
                if dictionary.keys().is_null(row) { None } else { values[key] }
            };
            out.extend(keys.map(text));
        }
        _ => out.extend(std::iter::repeat_n(None, array.len())),
    }
}
