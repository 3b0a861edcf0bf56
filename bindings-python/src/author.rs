//! What authors of policies need: everything there is to say about one, and its layout.

use crate::errors;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyDate, PyDateAccess, PyTuple};
use std::path::PathBuf;
use tamis::diag::Diagnostics;
use tamis::{Date, Policy, PolicyError};

/// The day of a `datetime.date`.
pub(crate) fn day(date: &Bound<'_, PyDate>) -> PyResult<Date> {
    let year = u16::try_from(date.get_year()).unwrap_or_default();
    let day = Date::new(year, date.get_month(), date.get_day());
    day.ok_or_else(|| PyValueError::new_err("today is no day of the calendar"))
}

/// Everything there is to say about the policy at `path`: its errors or, if it has none,
/// all warnings. With `today`, a `datetime.date`, also the rules past their `expires:`.
/// Never raises for what is wrong with the policy.
#[pyfunction]
#[pyo3(signature = (path, *, root=None, today=None))]
pub(crate) fn lint<'py>(
    py: Python<'py>,
    path: PathBuf,
    root: Option<PathBuf>,
    today: Option<&Bound<'py, PyDate>>,
) -> PyResult<Bound<'py, PyTuple>> {
    let today = today.map(day).transpose()?;
    let found = py.detach(|| {
        said(
            match root {
                Some(root) => Policy::from_file_below(root, path),
                None => Policy::from_file(path),
            },
            today,
        )
    });
    errors::to_tuple(py, &found)
}

/// The same for a policy given as text.
#[pyfunction]
#[pyo3(signature = (text, *, today=None))]
pub(crate) fn lint_str<'py>(
    py: Python<'py>,
    text: &str,
    today: Option<&Bound<'py, PyDate>>,
) -> PyResult<Bound<'py, PyTuple>> {
    let today = today.map(day).transpose()?;
    let found = py.detach(|| said(text.parse(), today));
    errors::to_tuple(py, &found)
}

fn said(policy: Result<Policy, PolicyError>, today: Option<Date>) -> Diagnostics {
    match policy {
        Ok(policy) => policy.lint(today),
        Err(error) => error.diagnostics().clone(),
    }
}

/// The policy `text` in canonical layout; comments and meaning stay.
#[pyfunction]
pub(crate) fn format_policy(py: Python<'_>, text: &str) -> PyResult<String> {
    py.detach(|| tamis::format::format("<text>", text))
        .map_err(|error| errors::policy_error(py, &error))
}
