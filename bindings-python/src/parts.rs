//! Parts of verdicts and descriptions as dataclasses of `tamis._types`.

use crate::document::Document;
use crate::ruleset::Ruleset;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyString, PyTuple, PyType};
use pyo3::{IntoPyObjectExt, ffi};
use serde_json::Value;
use tamis::Offsets;
use tamis::report::{MatchReport, Report, RuleReport};
use tamis::spec::model::Value as FactDefault;

/// The classes that verdicts are read through, looked up once. Reading locks
/// nothing once they are there, and classifying never comes here.
struct Classes {
    evasion: Class<2>,
    /// What nearly all matches have: nothing was undone.
    plain: Py<PyAny>,
    matched: Class<7>,
    rule: Class<5>,
    label: Py<PyType>,
    shadow: Py<PyType>,
    undecided: Py<PyType>,
}

static CLASSES: PyOnceLock<Classes> = PyOnceLock::new();

fn classes(py: Python<'_>) -> PyResult<&Classes> {
    CLASSES.get_or_try_init(py, || {
        let types = py.import("tamis._types")?;
        let class = |name: &str| -> PyResult<Py<PyType>> {
            Ok(types.getattr(name)?.cast_into::<PyType>()?.unbind())
        };
        let evasion = Class::new(class("Evasion")?.bind(py), ["cost", "kinds"])?;
        let nothing = [0.0.into_bound_py_any(py)?, PyTuple::empty(py).into_any()];
        let matched = ["group", "pattern", "field", "start", "end", "text", "evasion"];
        let fired = ["rule", "label", "points", "message", "matches"];
        Ok(Classes {
            plain: evasion.make(py, &nothing)?.unbind(),
            evasion,
            matched: Class::new(class("Match")?.bind(py), matched)?,
            rule: Class::new(class("FiredRule")?.bind(py), fired)?,
            label: class("LabelScore")?,
            shadow: class("Shadow")?,
            undecided: class("UndecidedRule")?,
        })
    })
}

/// A frozen dataclass with slots, made without its `__init__`, which sets each field through two
/// calls of Python: that took most of the time in which a verdict is read.
struct Class<const FIELDS: usize> {
    /// `object.__new__` of the class.
    new: Py<PyAny>,
    made: Py<PyType>,
    fields: [Py<PyString>; FIELDS],
}

impl<const FIELDS: usize> Class<FIELDS> {
    /// Fails where the class has other fields than these.
    fn new(class: &Bound<'_, PyType>, fields: [&str; FIELDS]) -> PyResult<Self> {
        let own: Vec<String> = class.getattr("__match_args__")?.extract()?;
        if own != fields {
            return Err(PyTypeError::new_err(format!("{class} has the fields {own:?}")));
        }
        let py = class.py();
        Ok(Self {
            new: py.get_type::<PyAny>().getattr("__new__")?.unbind(),
            made: class.clone().unbind(),
            fields: fields.map(|name| PyString::intern(py, name).unbind()),
        })
    }

    fn make<'py>(
        &self,
        py: Python<'py>,
        values: &[Bound<'py, PyAny>; FIELDS],
    ) -> PyResult<Bound<'py, PyAny>> {
        let made = self.new.bind(py).call1((&self.made,))?;
        for (name, value) in self.fields.iter().zip(values) {
            // SAFETY: all three are objects that live while the thread is attached. This sets an
            // attribute as `object.__setattr__` does, which is how frozen dataclasses set theirs.
            #[expect(unsafe_code, reason = "the C interface has no other way past `frozen`")]
            let failed = unsafe {
                ffi::PyObject_GenericSetAttr(made.as_ptr(), name.as_ptr(), value.as_ptr())
            };
            if failed != 0 {
                return Err(PyErr::fetch(py));
            }
        }
        Ok(made)
    }
}

/// A tuple that a function of `tamis._types` makes of JSON; for what is read seldom.
pub(crate) fn from_data<'py>(
    py: Python<'py>,
    function: &str,
    data: &impl serde::Serialize,
) -> PyResult<Bound<'py, PyTuple>> {
    let json = serde_json::to_string(data).map_err(|e| PyValueError::new_err(e.to_string()))?;
    Ok(py.import("tamis._types")?.call_method1(function, (json,))?.cast_into()?)
}

/// JSON as Python data.
pub(crate) fn loads<'py>(py: Python<'py>, json: &str) -> PyResult<Bound<'py, PyAny>> {
    py.import("json")?.call_method1("loads", (json,))
}

/// Why a rule did not fire on a document; the rule is compiled again, while other threads run.
pub(crate) fn why_not<'py>(
    py: Python<'py>,
    ruleset: &Ruleset,
    document: &Document,
    rule: &str,
) -> PyResult<Bound<'py, PyAny>> {
    let id = ruleset.rule_id(rule)?;
    let (core, input) = (ruleset.core(), document.input());
    let answer = py.detach(|| core.why_not(&input, id, Offsets::Codepoints));
    let json = serde_json::to_string(&answer).map_err(|e| PyValueError::new_err(e.to_string()))?;
    py.import("tamis._types")?.call_method1("why_not", (json, answer.to_string()))
}

/// The labels that scored.
pub(crate) fn labels<'py>(py: Python<'py>, report: &Report<'_>) -> PyResult<Bound<'py, PyTuple>> {
    let class = classes(py)?.label.bind(py);
    collect(py, &report.labels, |l| class.call1((l.label, l.score, l.action, l.probability)))
}

/// The enforced rules that fired.
pub(crate) fn rules<'py>(py: Python<'py>, report: &Report<'_>) -> PyResult<Bound<'py, PyTuple>> {
    fired(py, &report.rules)
}

/// What rules in shadow mode would have done.
pub(crate) fn shadow<'py>(py: Python<'py>, report: &Report<'_>) -> PyResult<Bound<'py, PyAny>> {
    let rules = fired(py, &report.shadow.rules)?;
    classes(py)?.shadow.bind(py).call1((report.shadow.action, rules))
}

/// The rules that lacked a fact.
pub(crate) fn undecided<'py>(
    py: Python<'py>,
    report: &Report<'_>,
) -> PyResult<Bound<'py, PyTuple>> {
    let class = classes(py)?.undecided.bind(py);
    collect(py, &report.undecided, |u| class.call1((u.rule, PyTuple::new(py, &u.missing)?)))
}

fn fired<'py>(py: Python<'py>, rules: &[RuleReport<'_>]) -> PyResult<Bound<'py, PyTuple>> {
    let class = &classes(py)?.rule;
    collect(py, rules, |r| {
        class.make(
            py,
            &[
                r.rule.into_bound_py_any(py)?,
                r.label.into_bound_py_any(py)?,
                r.points.into_bound_py_any(py)?,
                r.message.as_deref().into_bound_py_any(py)?,
                collect(py, &r.matches, |m| matched(py, m))?.into_any(),
            ],
        )
    })
}

fn matched<'py>(py: Python<'py>, m: &MatchReport<'_>) -> PyResult<Bound<'py, PyAny>> {
    let classes = classes(py)?;
    let evasion = if m.evasion.kinds.is_empty() && m.evasion.cost == 0.0 {
        classes.plain.bind(py).clone()
    } else {
        let kinds = PyTuple::new(py, &m.evasion.kinds)?.into_any();
        classes.evasion.make(py, &[m.evasion.cost.into_bound_py_any(py)?, kinds])?
    };
    classes.matched.make(
        py,
        &[
            m.group.into_bound_py_any(py)?,
            m.pattern.into_bound_py_any(py)?,
            m.field.into_bound_py_any(py)?,
            m.start.into_bound_py_any(py)?,
            m.end.into_bound_py_any(py)?,
            m.text.into_bound_py_any(py)?,
            evasion,
        ],
    )
}

fn collect<'py, T, U: IntoPyObject<'py>>(
    py: Python<'py>,
    items: &[T],
    make: impl Fn(&T) -> PyResult<U>,
) -> PyResult<Bound<'py, PyTuple>> {
    PyTuple::new(py, items.iter().map(make).collect::<PyResult<Vec<_>>>()?)
}

/// The label as data, for `tamis.Label`.
pub(crate) fn describe_labels(core: &tamis::Ruleset) -> Vec<Value> {
    core.labels()
        .iter()
        .map(|label| {
            let thresholds: Vec<Value> = (label.thresholds.iter())
                .map(|&(action, at)| serde_json::json!([core.action_name(action), at.to_f64()]))
                .collect();
            serde_json::json!({
                "name": label.name,
                "description": label.description,
                "thresholds": thresholds,
                "calibration": label.calibration.map(|c| [c.bias, c.slope]),
            })
        })
        .collect()
}

/// The rules as data, for `tamis.Rule`.
pub(crate) fn describe_rules(core: &tamis::Ruleset) -> Vec<Value> {
    core.rules()
        .iter()
        .map(|rule| {
            serde_json::json!({
                "id": rule.id,
                "label": rule.label.map(|label| &core.labels()[label.index()].name),
                "points": rule.points.to_f64(),
                "action": rule.action.map(|action| core.action_name(action)),
                "mode": rule.mode,
                "message": rule.message,
                "description": rule.description,
                "tags": rule.tags,
                "meta": rule.meta,
                "helper": rule.is_helper(),
            })
        })
        .collect()
}

/// The facts as data, for `tamis.Fact`.
pub(crate) fn describe_facts(core: &tamis::Ruleset) -> Vec<Value> {
    core.facts()
        .iter()
        .map(|fact| {
            let default = fact.default.as_ref().map(|default| match default {
                FactDefault::Number(number) => serde_json::json!(number),
                FactDefault::Bool(truth) => serde_json::json!(truth),
                FactDefault::Text(text) => serde_json::json!(text),
                FactDefault::Duration(seconds) => serde_json::json!(seconds),
                FactDefault::Set(items) => serde_json::json!(items),
            });
            serde_json::json!({ "name": fact.name, "type": fact.kind.name(), "default": default })
        })
        .collect()
}
