//! Facts: Python values passed beside a text.

use crate::text::Text;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{
    PyBool, PyDelta, PyDeltaAccess, PyDict, PyFloat, PyFrozenSet, PyInt, PyList, PyMapping, PySet,
    PyString, PyTuple,
};
use std::borrow::Cow;
use tamis::FactValue;

/// Facts by dotted name, in the order they were given.
pub(crate) type Facts = Vec<(String, FactValue<'static>)>;

/// Deeper nesting is no policy's fact, and a dict may hold itself.
const MAX_DEPTH: usize = 16;

/// The facts of a mapping; nested mappings flatten to dotted names.
pub(crate) fn extract(facts: &Bound<'_, PyAny>) -> PyResult<Facts> {
    let mut out = Facts::new();
    flatten("", facts, 0, &mut out)?;
    Ok(out)
}

fn flatten(prefix: &str, facts: &Bound<'_, PyAny>, depth: usize, out: &mut Facts) -> PyResult<()> {
    for (key, value) in items(facts, "facts")? {
        let Ok(key) = key.cast::<PyString>() else {
            let kind = key.get_type().name()?;
            return Err(PyTypeError::new_err(format!("names of facts are str, not {kind}")));
        };
        let key = Text::new(key)?;
        let name = if prefix.is_empty() { key.to_owned() } else { format!("{prefix}.{}", &*key) };
        if value.is_instance_of::<PyMapping>() && depth < MAX_DEPTH {
            flatten(&name, &value, depth + 1, out)?;
        } else {
            out.push((name, convert(&value)?));
        }
    }
    Ok(())
}

/// The items of any mapping.
pub(crate) fn items<'py>(
    mapping: &Bound<'py, PyAny>,
    what: &str,
) -> PyResult<Vec<(Bound<'py, PyAny>, Bound<'py, PyAny>)>> {
    if let Ok(dict) = mapping.cast::<PyDict>() {
        return Ok(dict.iter().collect());
    }
    let Ok(mapping) = mapping.cast::<PyMapping>() else {
        let kind = mapping.get_type().name()?;
        return Err(PyTypeError::new_err(format!("{what} must be a dict, not {kind}")));
    };
    mapping.items()?.iter().map(|item| item.extract()).collect()
}

/// The value of a fact. What fits no type of fact is passed on as such: the
/// verdict lists it, `strict=True` refuses it.
fn convert(value: &Bound<'_, PyAny>) -> PyResult<FactValue<'static>> {
    if value.is_none() {
        Ok(FactValue::Null)
    } else if let Ok(value) = value.cast::<PyString>() {
        Ok(FactValue::Text(Text::new(value)?.to_owned().into()))
    } else if let Ok(value) = value.cast::<PyBool>() {
        Ok(FactValue::Bool(value.is_true()))
    } else if let Ok(value) = value.cast::<PyDelta>() {
        Ok(FactValue::Duration(seconds(value)))
    } else if value.is_instance_of::<PyFloat>() || value.is_instance_of::<PyInt>() {
        // An int beyond the floats is no number a policy can compare.
        Ok(value.extract().map_or(FactValue::Other, FactValue::Number))
    } else if value.is_instance_of::<PyList>()
        || value.is_instance_of::<PyTuple>()
        || value.is_instance_of::<PySet>()
        || value.is_instance_of::<PyFrozenSet>()
    {
        set(value)
    } else if is_numpy_scalar(value)? {
        convert(&value.call_method0("item")?)
    } else {
        // Decimal, Fraction and others that know their float.
        Ok(value.extract().map_or(FactValue::Other, FactValue::Number))
    }
}

fn seconds(delta: &Bound<'_, PyDelta>) -> f64 {
    let whole = i64::from(delta.get_days()) * 86_400 + i64::from(delta.get_seconds());
    whole as f64 + f64::from(delta.get_microseconds()) / 1e6
}

fn set(items: &Bound<'_, PyAny>) -> PyResult<FactValue<'static>> {
    let mut texts: Vec<Cow<'static, str>> = Vec::new();
    for item in items.try_iter()? {
        let Ok(item) = item?.cast_into::<PyString>() else { return Ok(FactValue::Other) };
        texts.push(Text::new(&item)?.to_owned().into());
    }
    // A Python set has no order; the fact must not have one either.
    texts.sort_unstable();
    texts.dedup();
    Ok(FactValue::Set(texts))
}

/// True for a scalar of numpy that wraps a Python value. Its `item()` is of a
/// type of Python, except for a few exotic ones that return themselves.
fn is_numpy_scalar(value: &Bound<'_, PyAny>) -> PyResult<bool> {
    let kind = value.get_type();
    let of_numpy = kind.module()?.to_cow()? == "numpy" && value.hasattr("dtype")?;
    Ok(of_numpy
        && value.getattr("ndim")?.eq(0)?
        && !value.call_method0("item")?.get_type().is(&kind))
}

/// The facts as Python values, for pickling: [`extract`] reads them back.
pub(crate) fn to_dict<'py>(
    py: Python<'py>,
    facts: &[(String, FactValue<'static>)],
) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    for (name, value) in facts {
        match value {
            FactValue::Number(number) => dict.set_item(name, number)?,
            FactValue::Bool(truth) => dict.set_item(name, truth)?,
            FactValue::Text(text) => dict.set_item(name, &**text)?,
            FactValue::Duration(seconds) => dict.set_item(name, delta(py, *seconds)?)?,
            FactValue::Set(items) => {
                dict.set_item(name, PyTuple::new(py, items.iter().map(|item| &**item))?)?;
            }
            FactValue::Null => dict.set_item(name, py.None())?,
            // Of no fact's type, and so is the ellipsis.
            FactValue::Other => dict.set_item(name, py.Ellipsis())?,
        }
    }
    Ok(dict)
}

fn delta(py: Python<'_>, seconds: f64) -> PyResult<Bound<'_, PyDelta>> {
    let days = (seconds / 86_400.0).floor();
    let rest = seconds - days * 86_400.0;
    let micros = ((rest - rest.floor()) * 1e6).round();
    PyDelta::new(py, days as i32, rest.floor() as i32, micros as i32, true)
}
