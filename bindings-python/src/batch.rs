//! `Batch`: verdicts of many documents, held as columns.

use crate::arrow::{self, Table};
use crate::document::Document;
use crate::ruleset::Ruleset;
use crate::verdict::Verdict;
use pyo3::exceptions::{PyIndexError, PyKeyError, PyOverflowError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyFloat, PyList, PySlice, PyString, PyTuple};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tamis::ids::LabelId;

/// The verdicts of `classify_batch`, in the order of the texts.
#[pyclass(frozen, sequence, module = "tamis")]
pub(crate) struct Batch {
    ruleset: Py<Ruleset>,
    documents: Vec<Document>,
    rows: Arc<tamis::Batch>,
}

impl Batch {
    pub(crate) fn new(ruleset: Py<Ruleset>, documents: Vec<Document>, rows: tamis::Batch) -> Self {
        Self { ruleset, documents, rows: Arc::new(rows) }
    }

    /// A verdict of its own: keeping one row must not keep the whole batch.
    fn verdict(&self, py: Python<'_>, row: usize) -> Option<Verdict> {
        let verdict = self.rows.get(row)?.to_owned();
        let document = self.documents.get(row)?.clone_ref(py);
        Some(Verdict::new(self.ruleset.clone_ref(py), document, verdict))
    }
}

#[pymethods]
impl Batch {
    /// The action of each text.
    #[getter]
    fn actions<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let ruleset = self.ruleset.get();
        PyList::new(py, self.rows.actions().iter().map(|&id| ruleset.action_name(py, id)))
    }

    /// The scores by label: `batch.scores["spam"]` has one number for each text.
    #[getter]
    fn scores(&self, py: Python<'_>) -> BatchScores {
        BatchScores { ruleset: self.ruleset.clone_ref(py), rows: Arc::clone(&self.rows) }
    }

    /// The batch as columns, for anything that reads the Arrow C interface: the action, a
    /// score for each label and the matches, a row for each text.
    fn to_arrow(&self, py: Python<'_>) -> PyResult<Table> {
        let ruleset = self.ruleset.get().core();
        let (rows, documents) = (&*self.rows, &self.documents);
        let rows = py.detach(|| arrow::table(ruleset, rows, None, |row| documents[row].input()));
        Ok(Table::new(rows.map_err(|error| PyValueError::new_err(error.to_string()))?))
    }

    fn __len__(&self) -> usize {
        self.rows.len()
    }

    fn __getitem__<'py>(
        &self,
        py: Python<'py>,
        index: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let len = self.rows.len().cast_signed();
        let get = |row: isize| {
            let row = if row < 0 { row + len } else { row };
            usize::try_from(row)
                .ok()
                .and_then(|row| self.verdict(py, row))
                .ok_or_else(no_such_row)
                .and_then(|verdict| Bound::new(py, verdict))
        };
        if let Ok(slice) = index.cast::<PySlice>() {
            let indices = slice.indices(len)?;
            let rows = (0..indices.slicelength.cast_signed())
                .map(|i| get(indices.start + i * indices.step))
                .collect::<PyResult<Vec<_>>>()?;
            return Ok(PyList::new(py, rows)?.into_any());
        }
        match index.extract::<isize>() {
            Ok(row) => Ok(get(row)?.into_any()),
            Err(error) if error.is_instance_of::<PyOverflowError>(py) => Err(no_such_row()),
            Err(_) => {
                let kind = index.get_type().name()?;
                Err(PyTypeError::new_err(format!("rows are numbered; got {kind}")))
            }
        }
    }

    fn __iter__(slf: Py<Self>) -> BatchIterator {
        BatchIterator { batch: slf, next: AtomicUsize::new(0) }
    }

    fn __repr__(&self) -> String {
        let actions = self.rows.actions();
        let counts: Vec<String> = (self.ruleset.get().core().actions().enumerate())
            .map(|(id, name)| (name, actions.iter().filter(|action| action.index() == id).count()))
            .filter(|&(_, count)| count > 0)
            .map(|(name, count)| format!(", {name}={count}"))
            .collect();
        format!("Batch(len={}{})", self.rows.len(), counts.concat())
    }

    /// Pickled as what it came from: the same policy decides the same again.
    fn __reduce__<'py>(
        &self,
        py: Python<'py>,
    ) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
        let restore = py.import("tamis._pickle")?.getattr("restore_batch")?;
        let items: Vec<_> =
            self.documents.iter().map(|d| d.to_item(py)).collect::<PyResult<_>>()?;
        Ok((restore, (self.ruleset.clone_ref(py), items).into_pyobject(py)?))
    }
}

fn no_such_row() -> PyErr {
    PyIndexError::new_err("no such row in the batch")
}

/// Iterates over the verdicts of a batch.
#[pyclass(frozen, module = "tamis._native")]
pub(crate) struct BatchIterator {
    batch: Py<Batch>,
    /// Atomic, so that threads that share the iterator each get other rows.
    next: AtomicUsize,
}

#[pymethods]
impl BatchIterator {
    fn __iter__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __next__(&self, py: Python<'_>) -> Option<Verdict> {
        self.batch.get().verdict(py, self.next.fetch_add(1, Ordering::Relaxed))
    }

    fn __length_hint__(&self) -> usize {
        self.batch.get().rows.len().saturating_sub(self.next.load(Ordering::Relaxed))
    }
}

/// The score columns of a batch: a mapping from labels to lists of float.
#[pyclass(frozen, mapping, module = "tamis._native")]
pub(crate) struct BatchScores {
    ruleset: Py<Ruleset>,
    rows: Arc<tamis::Batch>,
}

impl BatchScores {
    fn column<'py>(&self, py: Python<'py>, label: LabelId) -> PyResult<Bound<'py, PyList>> {
        // Most scores are zero, of which one object is enough.
        let zero = PyFloat::new(py, 0.0);
        let number = |score: &tamis::Milli| match score.to_f64() {
            0.0 => zero.clone(),
            score => PyFloat::new(py, score),
        };
        PyList::new(py, self.rows.scores(label).iter().map(number))
    }

    fn find(&self, name: &str) -> Option<LabelId> {
        let labels = self.ruleset.get().core().labels();
        labels.iter().position(|label| *label.name == *name).map(|i| LabelId(i as u32))
    }

    fn names(&self, py: Python<'_>) -> Vec<Py<PyString>> {
        self.ruleset.get().label_names().map(|(_, name)| name.clone_ref(py)).collect()
    }
}

#[pymethods]
impl BatchScores {
    fn __getitem__<'py>(&self, py: Python<'py>, label: &str) -> PyResult<Bound<'py, PyList>> {
        let id = self.find(label).ok_or_else(|| {
            let known: Vec<&str> =
                self.ruleset.get().core().labels().iter().map(|label| &*label.name).collect();
            let known = known.join(", ");
            PyKeyError::new_err(format!("no label '{label}'; the policy has {known}"))
        })?;
        self.column(py, id)
    }

    #[pyo3(signature = (label, default=None, /))]
    fn get<'py>(
        &self,
        py: Python<'py>,
        label: &str,
        default: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        match self.find(label) {
            Some(id) => Ok(Some(self.column(py, id)?.into_any())),
            None => Ok(default),
        }
    }

    fn __len__(&self) -> usize {
        self.ruleset.get().core().labels().len()
    }

    fn __contains__(&self, label: &Bound<'_, PyAny>) -> bool {
        label.extract::<&str>().is_ok_and(|label| self.find(label).is_some())
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(PyList::new(py, self.names(py))?.try_iter()?.into_any())
    }

    fn keys(&self, py: Python<'_>) -> Vec<Py<PyString>> {
        self.names(py)
    }

    fn values<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyList>>> {
        self.ruleset.get().label_names().map(|(label, _)| self.column(py, label)).collect()
    }

    fn items<'py>(&self, py: Python<'py>) -> PyResult<Vec<(Py<PyString>, Bound<'py, PyList>)>> {
        self.names(py).into_iter().zip(self.values(py)?).map(Ok).collect()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let names = self.names(py).into_pyobject(py)?;
        Ok(format!("BatchScores(labels={names}, rows={})", self.rows.len()))
    }
}
