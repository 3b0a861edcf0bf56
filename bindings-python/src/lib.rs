//! The native half of the Python package `tamis`.
//!
//! Every class is frozen and owns what it shows: no setters, no lifetimes, no
//! state that two threads could fight over. Values that are merely read (parts
//! of verdicts, descriptions, diagnostics) are dataclasses of `tamis._types`.

mod arrow;
mod author;
mod batch;
mod document;
mod errors;
mod facts;
mod json;
mod parts;
mod ruleset;
mod text;
mod verdict;

use pyo3::prelude::*;
use pyo3::types::PyString;

/// The text as the level `fold` sees it: one case, one form of each letter, no
/// marks and no invisible characters. For debugging and tests.
#[pyfunction]
fn fold(text: &Bound<'_, PyString>) -> PyResult<String> {
    Ok(tamis::fold(&text::Text::new(text)?))
}

/// The folded token with letters that only look Latin read as such, where the engine would
/// read them so in `document`, the text that the token stands in.
#[pyfunction]
fn latinize(token: &Bound<'_, PyString>, document: &Bound<'_, PyString>) -> PyResult<String> {
    Ok(tamis::latinize(&text::Text::new(token)?, &text::Text::new(document)?))
}

/// The names that `Ruleset.pack` knows.
#[pyfunction]
fn pack_names() -> Vec<&'static str> {
    tamis::pack_names().to_vec()
}

#[pymodule(gil_used = false)]
mod _native {
    use super::{Bound, PyModule, PyModuleMethods, PyResult};

    #[pymodule_export]
    use super::arrow::Table;
    #[pymodule_export]
    use super::author::{format_policy, lint, lint_str};
    #[pymodule_export]
    use super::batch::{Batch, BatchIterator, BatchScores};
    #[pymodule_export]
    use super::ruleset::Ruleset;
    #[pymodule_export]
    use super::verdict::Verdict;
    #[pymodule_export]
    use super::{fold, latinize, pack_names};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))?;
        module.add("unicode_version", tamis::Ruleset::unicode_version())?;
        module.add("optimised", !cfg!(debug_assertions))
    }
}
