//! `Verdict`: the decision about one document, read through the ruleset.

use crate::document::Document;
use crate::parts;
use crate::ruleset::Ruleset;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};
use std::fmt::Write;
use tamis::{Offsets, RedactOptions, RedactStyle, Report};

/// What a policy decides about a document, and why.
///
/// Spans count code points, as Python does: `text[match.start:match.end]` is the match.
#[pyclass(frozen, module = "tamis")]
pub(crate) struct Verdict {
    ruleset: Py<Ruleset>,
    document: Document,
    decision: tamis::Verdict,
}

impl Verdict {
    pub(crate) fn new(ruleset: Py<Ruleset>, document: Document, decision: tamis::Verdict) -> Self {
        Self { ruleset, document, decision }
    }

    /// Hands the joined verdict to `read`; names and spans are looked up only now.
    fn with_report<T>(&self, offsets: Offsets, read: impl FnOnce(&Report<'_>) -> T) -> T {
        let input = self.document.input();
        read(&self.ruleset.get().core().report(&self.decision, &input, offsets))
    }

    fn json(&self, offsets: &str) -> PyResult<String> {
        self.with_report(parse_offsets(offsets)?, |report| serde_json::to_string(report))
            .map_err(|error| PyValueError::new_err(error.to_string()))
    }
}

#[pymethods]
impl Verdict {
    /// The most severe action of all labels and floors.
    #[getter]
    fn action(&self, py: Python<'_>) -> Py<PyString> {
        self.ruleset.get().action_name(py, self.decision.action())
    }

    /// True when the action is not the policy's first, mildest one.
    #[getter]
    fn flagged(&self) -> bool {
        self.decision.action().index() > 0
    }

    /// The score of every label of the policy, 0.0 for those in which nothing was found.
    #[getter]
    fn scores<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let scores = PyDict::new(py);
        for (label, name) in self.ruleset.get().label_names() {
            scores.set_item(name, self.decision.as_ref().score(label).to_f64())?;
        }
        Ok(scores)
    }

    /// The probability of every label with a `calibration`, also where nothing was found.
    #[getter]
    fn probabilities<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let probabilities = PyDict::new(py);
        let labels = self.ruleset.get().core().labels();
        for (label, name) in self.ruleset.get().label_names() {
            let score = self.decision.as_ref().score(label);
            if let Some(probability) = labels[label.index()].probability(score) {
                probabilities.set_item(name, probability)?;
            }
        }
        Ok(probabilities)
    }

    /// The labels with a score or an action, in policy order.
    #[getter]
    fn labels<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.with_report(Offsets::Codepoints, |report| parts::labels(py, report))
    }

    /// The enforced rules that fired, with what they matched, in policy order.
    #[getter]
    fn rules<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.with_report(Offsets::Codepoints, |report| parts::rules(py, report))
    }

    /// What rules in shadow mode found, and the action they would have led to.
    #[getter]
    fn shadow<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.with_report(Offsets::Codepoints, |report| parts::shadow(py, report))
    }

    /// The rules that could not be decided, with the facts they lacked.
    #[getter]
    fn undecided<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.with_report(Offsets::Codepoints, |report| parts::undecided(py, report))
    }

    /// The declared facts whose value was of the wrong type, None or NaN.
    #[getter]
    fn invalid_facts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let facts = self.ruleset.get().core().facts();
        let invalid = self.decision.as_ref().invalid_facts();
        PyTuple::new(py, invalid.iter().map(|fact| &*facts[fact.index()].name))
    }

    /// True when the policy's `exempt` held: the action is then the first one.
    #[getter]
    fn exempt(&self) -> bool {
        self.decision.as_ref().exempt()
    }

    /// True when the text hit a limit of relaxed matching.
    #[getter]
    fn saturated(&self) -> bool {
        self.decision.as_ref().saturated()
    }

    /// The decision in words, a sentence for each rule.
    fn explain(&self) -> String {
        self.ruleset.get().core().explain(&self.decision, &self.document.input())
    }

    /// Why `rule` did not fire, or fired and changed nothing.
    fn why_not<'py>(&self, py: Python<'py>, rule: &str) -> PyResult<Bound<'py, PyAny>> {
        parts::why_not(py, self.ruleset.get(), &self.document, rule)
    }

    /// The text with the matches of fired rules censored; a dict for a document of fields.
    ///
    /// `style` is `"stars"`, `"fixed"` or `"first_letter"`; `text="[removed]"` puts that text
    /// instead. With `at="block"` only if the verdict's action is at least that.
    #[pyo3(signature = (style="stars", at=None, *, text=None))]
    fn redact<'py>(
        &self,
        py: Python<'py>,
        style: &str,
        at: Option<&str>,
        text: Option<&Bound<'_, PyString>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let ruleset = self.ruleset.get();
        let style = match text {
            Some(text) => RedactStyle::Text(crate::text::Text::new(text)?.to_owned()),
            None => parse_style(style)?,
        };
        let at = at.map(|at| ruleset.action_id(at)).transpose()?;
        let options = RedactOptions { style, at };
        let input = self.document.input();
        let texts = ruleset.core().redact(&self.decision, &input, &options);
        let Some(names) = self.document.field_names() else {
            return Ok(PyString::new(py, &texts.concat()).into_any());
        };
        let fields = PyDict::new(py);
        for (name, text) in names.zip(&texts) {
            fields.set_item(name, &**text)?;
        }
        Ok(fields.into_any())
    }

    /// The verdict as JSON. `offsets` is what spans count: "codepoints", "bytes" (of
    /// UTF-8) or "utf16" (code units, as in JavaScript).
    #[pyo3(signature = (offsets="codepoints"))]
    fn to_json(&self, offsets: &str) -> PyResult<String> {
        self.json(offsets)
    }

    /// The same as [`to_json`], as Python data.
    #[pyo3(signature = (offsets="codepoints"))]
    fn to_dict<'py>(&self, py: Python<'py>, offsets: &str) -> PyResult<Bound<'py, PyAny>> {
        parts::loads(py, &self.json(offsets)?)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        self.with_report(Offsets::Codepoints, |report| {
            let scores = PyDict::new(py);
            for label in &report.labels {
                scores.set_item(label.label, label.score)?;
            }
            let rules: Vec<&str> = report.rules.iter().map(|rule| rule.rule).collect();
            let action = PyString::new(py, report.action).repr()?;
            let rules = rules.into_pyobject(py)?;
            let mut out = format!("Verdict(action={action}, scores={scores}, rules={rules}");
            for (name, set) in [("exempt", self.exempt()), ("saturated", self.saturated())] {
                if set {
                    let _ = write!(out, ", {name}=True");
                }
            }
            out.push(')');
            Ok(out)
        })
    }

    /// Equal when the rulesets are (by fingerprint) and the verdicts read the same.
    fn __eq__(&self, other: &Self) -> PyResult<bool> {
        Ok(self.decision == other.decision && self.json("bytes")? == other.json("bytes")?)
    }

    /// Pickled as what it came from: the same policy decides the same again.
    fn __reduce__<'py>(
        &self,
        py: Python<'py>,
    ) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
        let restore = py.import("tamis._pickle")?.getattr("restore_verdict")?;
        let arguments = (self.ruleset.clone_ref(py), self.document.to_item(py)?);
        Ok((restore, arguments.into_pyobject(py)?))
    }
}

fn parse_offsets(name: &str) -> PyResult<Offsets> {
    match name {
        "codepoints" => Ok(Offsets::Codepoints),
        "bytes" => Ok(Offsets::Bytes),
        "utf16" => Ok(Offsets::Utf16),
        other => Err(PyValueError::new_err(format!(
            "unknown offsets '{other}'; one of 'codepoints', 'bytes', 'utf16'"
        ))),
    }
}

fn parse_style(name: &str) -> PyResult<RedactStyle> {
    match name {
        "stars" => Ok(RedactStyle::Stars),
        "fixed" => Ok(RedactStyle::Fixed),
        "first_letter" => Ok(RedactStyle::FirstLetter),
        other => Err(PyValueError::new_err(format!(
            "unknown style '{other}'; one of 'stars', 'fixed', 'first_letter', or pass text="
        ))),
    }
}
