//! Columns in and out through the Arrow C interface, which `pyarrow`, Polars, pandas,
//! `DuckDB` and others speak. None of them is needed, and texts are not copied.

mod columns;
mod texts;

pub(crate) use columns::table;
pub(crate) use texts::{Texts, presence};

use arrow_array::{ArrayRef, RecordBatch, StructArray};
use arrow_schema::{ArrowError, Field};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};
use pyo3_arrow::error::PyArrowResult;
use pyo3_arrow::ffi::{ArrayIterator, to_schema_pycapsule, to_stream_pycapsule};
use std::sync::Arc;

/// Verdicts as columns, for anything that reads the Arrow C interface.
///
/// `pyarrow.table(t)`, `polars.DataFrame(t)` and `duckdb.from_arrow(t)` take it as it is.
#[pyclass(frozen, module = "tamis")]
pub(crate) struct Table(RecordBatch);

impl Table {
    pub(crate) fn new(rows: RecordBatch) -> Self {
        Self(rows)
    }
}

#[pymethods]
impl Table {
    /// The names of the columns.
    #[getter]
    fn column_names<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.0.schema_ref().fields().iter().map(|field| field.name().as_str()))
    }

    fn __len__(&self) -> usize {
        self.0.num_rows()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Table(rows={}, columns={})", self.0.num_rows(), self.column_names(py)?.repr()?))
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyArrowResult<Bound<'py, PyCapsule>> {
        to_schema_pycapsule(py, self.0.schema_ref().as_ref())
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyArrowResult<Bound<'py, PyCapsule>> {
        let field = Field::new_struct("", self.0.schema_ref().fields().clone(), false);
        let rows: ArrayRef = Arc::new(StructArray::from(self.0.clone()));
        let chunks: Vec<Result<ArrayRef, ArrowError>> = vec![Ok(rows)];
        let reader = ArrayIterator::new(chunks, Arc::new(field));
        to_stream_pycapsule(py, Box::new(reader), requested_schema)
    }
}
