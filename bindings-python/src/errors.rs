//! What Tamis has to say about a policy, as Python objects.

use pyo3::prelude::*;
use pyo3::types::PyTuple;
use tamis::diag::Diagnostics;

/// The exception for a policy that does not compile.
pub(crate) fn policy_error(py: Python<'_>, error: &tamis::PolicyError) -> PyErr {
    let make = || {
        let diagnostics = to_tuple(py, error.diagnostics())?;
        py.import("tamis._types")?.call_method1("policy_error", (diagnostics,))
    };
    make().map_or_else(|failure| failure, PyErr::from_value)
}

/// Diagnostics as a tuple of `tamis.Diagnostic`.
pub(crate) fn to_tuple<'py>(
    py: Python<'py>,
    diagnostics: &Diagnostics,
) -> PyResult<Bound<'py, PyTuple>> {
    crate::parts::from_data(py, "diagnostics", &diagnostics.to_data())
}
