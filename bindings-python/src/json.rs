//! Python data as JSON, for policies written as dicts.

use crate::text::Text;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyFloat, PyInt, PyList, PyMapping, PyString, PyTuple};
use serde_json::{Map, Number, Value};

/// Deeper nesting is no policy, and a list may hold itself.
const MAX_DEPTH: usize = 64;

/// The JSON value of `data`; unlike `json.dumps` it never turns a key into text.
pub(crate) fn from_python(data: &Bound<'_, PyAny>) -> PyResult<Value> {
    convert(data, &mut Vec::new())
}

fn convert(data: &Bound<'_, PyAny>, path: &mut Vec<String>) -> PyResult<Value> {
    if path.len() > MAX_DEPTH {
        return Err(PyValueError::new_err(format!("nested too deeply at {}", path[..4].join("."))));
    }
    if data.is_none() {
        Ok(Value::Null)
    } else if let Ok(text) = data.cast::<PyString>() {
        Ok(Value::String(Text::new(text)?.to_owned()))
    } else if let Ok(truth) = data.cast::<PyBool>() {
        Ok(Value::Bool(truth.is_true()))
    } else if data.is_instance_of::<PyInt>() {
        let number = data.extract::<i64>().map_err(|_| unfit(data, "a number in range", path))?;
        Ok(Value::Number(number.into()))
    } else if data.is_instance_of::<PyFloat>() {
        let number = Number::from_f64(data.extract()?);
        number.map(Value::Number).ok_or_else(|| unfit(data, "a finite number", path))
    } else if data.is_instance_of::<PyList>() || data.is_instance_of::<PyTuple>() {
        let mut items = Vec::new();
        for (index, item) in data.try_iter()?.enumerate() {
            path.push(index.to_string());
            items.push(convert(&item?, path)?);
            path.pop();
        }
        Ok(Value::Array(items))
    } else if data.is_instance_of::<PyMapping>() {
        let mut map = Map::new();
        for (key, value) in crate::facts::items(data, "a policy")? {
            let Ok(key) = key.cast::<PyString>() else { return Err(unfit(&key, "a str", path)) };
            let key = Text::new(key)?.to_owned();
            path.push(key.clone());
            map.insert(key, convert(&value, path)?);
            path.pop();
        }
        Ok(Value::Object(map))
    } else {
        Err(unfit(data, "a dict, list, str, number, bool or None", path))
    }
}

fn unfit(data: &Bound<'_, PyAny>, wanted: &str, path: &[String]) -> PyErr {
    let at = if path.is_empty() { String::new() } else { format!(" at {}", path.join(".")) };
    let found = data.repr().map_or_else(|_| "it".to_owned(), |repr| repr.to_string());
    let found: String = found.chars().take(60).collect();
    PyTypeError::new_err(format!("expected {wanted}{at}, not {found}"))
}
