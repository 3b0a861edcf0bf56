//! `Ruleset`: a compiled policy.

use crate::arrow::{self, Table, Texts};
use crate::batch::Batch;
use crate::document::{Document, Shared};
use crate::verdict::Verdict;
use crate::{errors, facts, json, parts, text};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDate, PyDict, PyList, PyString, PyTuple};
use std::fmt::Write;
use std::path::PathBuf;
use tamis::ids::{ActionId, LabelId, RuleId};
use tamis::spec::suggest::nearest;
use tamis::{FactValue, Input, NothingSelected, Policy, PolicyError};

/// From this many bytes on, classifying takes longer than letting other threads run.
const DETACH_FROM: usize = 4096;

/// A policy, compiled. Immutable, safe to share between threads and processes.
#[pyclass(frozen, weakref, module = "tamis")]
pub(crate) struct Ruleset {
    core: tamis::Ruleset,
    origin: Origin,
    /// The selectors of rules that were put into shadow mode.
    shadow: Vec<String>,
    /// Names as Python objects, made once, since every verdict shows some.
    actions: Vec<Py<PyString>>,
    labels: Vec<Py<PyString>>,
}

/// What a ruleset was made of. The sources themselves are with its warnings, so
/// that pickling can make it again elsewhere.
enum Origin {
    Files,
    Text,
    Data,
    Pack(String),
    /// Bytes of `to_bytes`: there is no source.
    Compiled,
}

impl Ruleset {
    /// Compiles what `load` gives, with the rules of `shadow` in shadow mode, while
    /// other threads run.
    fn compile(
        py: Python<'_>,
        origin: Origin,
        shadow: Option<Selectors>,
        load: impl FnOnce() -> Result<Policy, PolicyError> + Send,
    ) -> PyResult<Self> {
        let shadow = shadow.map_or_else(Vec::new, |selectors| selectors.0);
        let compiled = py.detach(|| {
            let mut policy = load().map_err(Refused::Policy)?;
            for selector in &shadow {
                policy.shadow(selector).map_err(Refused::Shadow)?;
            }
            policy.compile().map_err(Refused::Policy)
        });
        let core = compiled.map_err(|refused| match refused {
            Refused::Policy(error) => errors::policy_error(py, &error),
            Refused::Shadow(error) => PyValueError::new_err(format!("shadow: {error}")),
        })?;
        Ok(Self::new(py, core, origin, shadow))
    }

    fn new(py: Python<'_>, core: tamis::Ruleset, origin: Origin, shadow: Vec<String>) -> Self {
        let actions = core.actions().map(|name| PyString::new(py, name).unbind()).collect();
        let labels =
            core.labels().iter().map(|label| PyString::new(py, &label.name).unbind()).collect();
        Self { core, origin, shadow, actions, labels }
    }

    /// The files the policy was read from, by their paths below their root, the
    /// policy first. Packs are none: they come with Tamis.
    fn files(&self) -> Vec<(&str, &str)> {
        let files = self.core.warnings().sources().files().iter();
        files.filter_map(|file| Some((file.path()?, file.text()))).collect()
    }

    pub(crate) fn core(&self) -> &tamis::Ruleset {
        &self.core
    }

    pub(crate) fn action_name(&self, py: Python<'_>, action: ActionId) -> Py<PyString> {
        self.actions[action.index()].clone_ref(py)
    }

    pub(crate) fn action_id(&self, name: &str) -> PyResult<ActionId> {
        self.core.action_id(name).ok_or_else(|| {
            let known: Vec<&str> = self.core.actions().collect();
            PyValueError::new_err(format!(
                "unknown action '{name}'; the policy has {}",
                known.join(", ")
            ))
        })
    }

    pub(crate) fn rule_id(&self, name: &str) -> PyResult<RuleId> {
        self.core.rule_id(name).ok_or_else(|| {
            let ids = self.core.rules().iter().map(|rule| rule.id.as_str());
            let near = nearest(name, ids).map(|near| format!("; did you mean '{near}'?"));
            PyValueError::new_err(format!("unknown rule '{name}'{}", near.unwrap_or_default()))
        })
    }

    pub(crate) fn label_names(&self) -> impl Iterator<Item = (LabelId, &Py<PyString>)> {
        self.labels.iter().enumerate().map(|(i, name)| (LabelId(i as u32), name))
    }

    /// Refuses what a policy would ignore or count as missing.
    fn check(&self, document: &Document) -> PyResult<()> {
        for name in document.field_names().into_iter().flatten() {
            if !self.core.fields().iter().any(|field| *field == *name) {
                return Err(unknown("field", name, self.core.fields().iter().map(|f| &**f)));
            }
        }
        for (name, _) in document.facts() {
            if !self.core.facts().iter().any(|fact| *fact.name == **name) {
                let known = self.core.facts().iter().map(|fact| &*fact.name);
                return Err(unknown("fact", name, known));
            }
        }
        // The engine alone knows what it can bind: ask it, on no text.
        let facts = document.facts().iter();
        let probe = facts.fold(Input::new(""), |i, (name, value)| i.fact(&**name, value.clone()));
        let verdict = self.core.classify(probe);
        match verdict.as_ref().invalid_facts().first() {
            None => Ok(()),
            Some(fact) => {
                let declared = &self.core.facts()[fact.index()];
                let value = document.facts().iter().find(|(name, _)| *name == *declared.name);
                Err(wrong_fact(&declared.name, declared.kind.name(), value.map(|(_, v)| v)))
            }
        }
    }

    fn document(
        &self,
        text: Option<&Bound<'_, PyAny>>,
        fields: Option<&Bound<'_, PyAny>>,
        shared: Shared,
        strict: bool,
    ) -> PyResult<Document> {
        let document = Document::from_call(text, fields, shared)?;
        if strict {
            self.check(&document)?;
        }
        Ok(document)
    }

    fn documents(
        &self,
        texts: &Bound<'_, PyAny>,
        shared: &Shared,
        strict: bool,
    ) -> PyResult<Vec<Document>> {
        if texts.is_instance_of::<PyString>() || texts.is_instance_of::<PyDict>() {
            return Err(PyTypeError::new_err("texts must be a list of texts, not a single one"));
        }
        let mut documents = Vec::with_capacity(texts.len().unwrap_or(0));
        let mut add = |item: &Bound<'_, PyAny>| {
            let document = Document::from_item(item, shared).and_then(|document| {
                if strict {
                    self.check(&document)?;
                }
                Ok(document)
            });
            documents.push(document.map_err(|error| at_row(texts.py(), documents.len(), error))?);
            PyResult::Ok(())
        };
        // Nearly always a list, which is read without an iterator object.
        if let Ok(list) = texts.cast_exact::<PyList>() {
            list.iter().try_for_each(|item| add(&item))?;
        } else {
            texts.try_iter()?.try_for_each(|item| add(&item?))?;
        }
        Ok(documents)
    }
}

/// A text of a column and what all of them share.
struct Row<'t>(&'t str, &'t Shared);

impl<'t> From<&'t Row<'_>> for Input<'t> {
    fn from(row: &'t Row<'_>) -> Self {
        row.1.input(row.0)
    }
}

fn threads(workers: isize) -> PyResult<usize> {
    usize::try_from(workers)
        .map_err(|_| PyValueError::new_err("workers is a number of threads, 0 for all cores"))
}

/// Why there is no ruleset.
enum Refused {
    Policy(PolicyError),
    Shadow(NothingSelected),
}

/// Selectors of rules: any iterable of texts but a single text.
struct Selectors(Vec<String>);

impl<'a, 'py> FromPyObject<'a, 'py> for Selectors {
    type Error = PyErr;

    fn extract(shadow: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        if shadow.is_instance_of::<PyString>() {
            let message = "shadow must be a list of selectors, not a single one";
            return Err(PyTypeError::new_err(message));
        }
        let one = |item: PyResult<Bound<'py, PyAny>>| {
            let item = item?;
            let Ok(item) = item.cast::<PyString>() else {
                let kind = item.get_type().name()?;
                return Err(PyTypeError::new_err(format!("shadow is a list of str, not {kind}")));
            };
            Ok(text::Text::new(item)?.to_owned())
        };
        shadow.try_iter()?.map(one).collect::<PyResult<_>>().map(Self)
    }
}

/// The same error, saying which text it is about.
fn at_row(py: Python<'_>, row: usize, error: PyErr) -> PyErr {
    let message = format!("texts[{row}]: {}", error.value(py));
    if error.is_instance_of::<PyTypeError>(py) {
        PyTypeError::new_err(message)
    } else if error.is_instance_of::<PyValueError>(py) {
        PyValueError::new_err(message)
    } else {
        error
    }
}

fn unknown<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a str>) -> PyErr {
    let known: Vec<&str> = known.collect();
    let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
    PyValueError::new_err(format!("unknown {what} '{name}'; the policy declares {known}"))
}

fn wrong_fact(name: &str, kind: &str, value: Option<&FactValue<'_>>) -> PyErr {
    match value {
        Some(FactValue::Number(n)) if n.is_nan() => {
            PyValueError::new_err(format!("fact '{name}' is a {kind}, not NaN"))
        }
        Some(FactValue::Text(text)) if kind == "duration" => PyValueError::new_err(format!(
            "fact '{name}' is a duration, and '{text}' is none; pass a timedelta or '7 days'"
        )),
        other => {
            let found = match other {
                Some(FactValue::Number(_)) => "a number",
                Some(FactValue::Bool(_)) => "a bool",
                Some(FactValue::Text(_)) => "a str",
                Some(FactValue::Duration(_)) => "a timedelta",
                Some(FactValue::Set(_)) => "a set of str",
                Some(FactValue::Null) => "None",
                _ => "this",
            };
            let hint = if kind == "duration" { "; pass a timedelta or '7 days'" } else { "" };
            PyTypeError::new_err(format!("fact '{name}' is a {kind}, not {found}{hint}"))
        }
    }
}

#[pymethods]
impl Ruleset {
    /// Compiles a policy file. Raises `PolicyError` with everything that is wrong with it.
    ///
    /// Bases and lists may come from anywhere below `root`, by default the policy's own
    /// folder. `shadow` names rules to put into shadow mode, by name, glob or tag: they are
    /// reported apart and change no action. All constructors have it.
    #[staticmethod]
    #[pyo3(signature = (path, *, root=None, shadow=None))]
    fn from_file(
        py: Python<'_>,
        path: PathBuf,
        root: Option<PathBuf>,
        shadow: Option<Selectors>,
    ) -> PyResult<Self> {
        Self::compile(py, Origin::Files, shadow, move || match root {
            Some(root) => Policy::from_file_below(root, path),
            None => Policy::from_file(path),
        })
    }

    /// Compiles the text of a policy, YAML or JSON.
    #[staticmethod]
    #[pyo3(signature = (text, *, shadow=None))]
    fn from_str(
        py: Python<'_>,
        text: &Bound<'_, PyString>,
        shadow: Option<Selectors>,
    ) -> PyResult<Self> {
        let text = text::Text::new(text)?.to_owned();
        Self::compile(py, Origin::Text, shadow, || text.parse())
    }

    /// Compiles a policy and the bases and lists it names from a dict of their texts by
    /// path. The first is the policy; paths are relative to a common root, with "/".
    #[staticmethod]
    #[pyo3(signature = (sources, *, shadow=None))]
    fn from_sources(
        py: Python<'_>,
        sources: &Bound<'_, PyAny>,
        shadow: Option<Selectors>,
    ) -> PyResult<Self> {
        let mut files = Vec::new();
        for (path, source) in facts::items(sources, "sources")? {
            let (Ok(path), Ok(source)) = (path.cast::<PyString>(), source.cast::<PyString>())
            else {
                return Err(PyTypeError::new_err("sources are texts by path, both str"));
            };
            files.push((text::Text::new(path)?.to_owned(), text::Text::new(source)?.to_owned()));
        }
        Self::compile(py, Origin::Files, shadow, || Policy::from_sources(files))
    }

    /// Compiles a policy written as a dict, with the keys of a policy file.
    #[staticmethod]
    #[pyo3(signature = (policy, *, shadow=None))]
    fn from_dict(
        py: Python<'_>,
        policy: &Bound<'_, PyAny>,
        shadow: Option<Selectors>,
    ) -> PyResult<Self> {
        let value = json::from_python(policy)?;
        Self::compile(py, Origin::Data, shadow, || Policy::from_json_value(&value))
    }

    /// Compiles a pack that comes with Tamis, such as "profanity-en".
    #[staticmethod]
    #[pyo3(signature = (name, *, shadow=None))]
    fn pack(py: Python<'_>, name: &str, shadow: Option<Selectors>) -> PyResult<Self> {
        Self::compile(py, Origin::Pack(name.to_owned()), shadow, || Policy::pack(name))
    }

    /// Loads what `to_bytes` or `tamis compile` wrote. Raises `ValueError` when that was
    /// damaged, or written by another version of tamis.
    #[staticmethod]
    fn from_bytes(py: Python<'_>, data: &[u8]) -> PyResult<Self> {
        let core = py.detach(|| tamis::Ruleset::from_bytes(data));
        let core = core.map_err(|error| PyValueError::new_err(format!("the data {error}")))?;
        Ok(Self::new(py, core, Origin::Compiled, Vec::new()))
    }

    /// The compiled policy as bytes, which `from_bytes` of the same version loads in
    /// milliseconds. Warnings and the source of the policy are not in it.
    fn to_bytes<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &py.detach(|| self.core.to_bytes()))
    }

    /// Decides about one document: a text, or `fields={"title": ..., "body": ...}`.
    ///
    /// `facts` are the values the policy's conditions ask for, nested or with dotted
    /// names; `lang` is the document's language, if you know it. Facts the policy does
    /// not declare are ignored and those of the wrong type count as missing, unless
    /// `strict=True`, which raises instead.
    #[pyo3(signature = (text=None, *, fields=None, facts=None, lang=None, strict=false))]
    fn classify(
        slf: &Bound<'_, Self>,
        text: Option<&Bound<'_, PyAny>>,
        fields: Option<&Bound<'_, PyAny>>,
        facts: Option<&Bound<'_, PyAny>>,
        lang: Option<&Bound<'_, PyAny>>,
        strict: bool,
    ) -> PyResult<Verdict> {
        let ruleset = slf.get();
        let document = ruleset.document(text, fields, Shared::new(facts, lang)?, strict)?;
        let verdict = if document.len() < DETACH_FROM {
            ruleset.core.classify(&document)
        } else {
            slf.py().detach(|| ruleset.core.classify(&document))
        };
        Ok(Verdict::new(slf.clone().unbind(), document, verdict))
    }

    /// True when the action is not the policy's first; may stop reading early.
    #[pyo3(signature = (text=None, *, fields=None, facts=None, lang=None, strict=false))]
    fn is_flagged(
        slf: &Bound<'_, Self>,
        text: Option<&Bound<'_, PyAny>>,
        fields: Option<&Bound<'_, PyAny>>,
        facts: Option<&Bound<'_, PyAny>>,
        lang: Option<&Bound<'_, PyAny>>,
        strict: bool,
    ) -> PyResult<bool> {
        let ruleset = slf.get();
        let document = ruleset.document(text, fields, Shared::new(facts, lang)?, strict)?;
        Ok(if document.len() < DETACH_FROM {
            ruleset.core.is_flagged(&document)
        } else {
            slf.py().detach(|| ruleset.core.is_flagged(&document))
        })
    }

    /// Why `rule` did not fire on a document, or fired and changed nothing: which part of its
    /// condition failed, what removed a match, which level would have found one, how far
    /// the score is from a threshold. Slow, for people.
    #[pyo3(signature = (text=None, *, rule, fields=None, facts=None, lang=None, strict=false))]
    fn why_not<'py>(
        slf: &Bound<'py, Self>,
        text: Option<&Bound<'_, PyAny>>,
        rule: &str,
        fields: Option<&Bound<'_, PyAny>>,
        facts: Option<&Bound<'_, PyAny>>,
        lang: Option<&Bound<'_, PyAny>>,
        strict: bool,
    ) -> PyResult<Bound<'py, PyAny>> {
        let ruleset = slf.get();
        let document = ruleset.document(text, fields, Shared::new(facts, lang)?, strict)?;
        parts::why_not(slf.py(), ruleset, &document, rule)
    }

    /// Decides about many documents on several cores, while other threads run.
    ///
    /// Each item is a text, or a dict with text or fields, and facts and lang if it has
    /// its own. `workers` is a number of threads, 0 for all cores.
    #[pyo3(signature = (texts, *, facts=None, lang=None, workers=0, strict=false))]
    fn classify_batch(
        slf: &Bound<'_, Self>,
        texts: &Bound<'_, PyAny>,
        facts: Option<&Bound<'_, PyAny>>,
        lang: Option<&Bound<'_, PyAny>>,
        workers: isize,
        strict: bool,
    ) -> PyResult<Batch> {
        let workers = threads(workers)?;
        let ruleset = slf.get();
        let documents = ruleset.documents(texts, &Shared::new(facts, lang)?, strict)?;
        let rows = slf.py().detach(|| ruleset.core.classify_batch_with(&documents, workers));
        Ok(Batch::new(slf.clone().unbind(), documents, rows))
    }

    /// Decides about a column of texts on several cores, while other threads run: an Arrow
    /// array or anything that gives one, such as a column of Polars, pandas or `DuckDB`.
    ///
    /// The result has a row for each text, with its action, a score for each label and its
    /// matches; `pyarrow.table` and `polars.DataFrame` take it as it is. A null stays null.
    #[pyo3(signature = (column, *, facts=None, lang=None, workers=0))]
    fn classify_arrow(
        slf: &Bound<'_, Self>,
        column: &Bound<'_, PyAny>,
        facts: Option<&Bound<'_, PyAny>>,
        lang: Option<&Bound<'_, PyAny>>,
        workers: isize,
    ) -> PyResult<Table> {
        let workers = threads(workers)?;
        let ruleset = &slf.get().core;
        let shared = Shared::new(facts, lang)?;
        let texts = Texts::new(column)?;
        let rows = slf.py().detach(|| {
            let rows = texts.rows();
            let documents: Vec<Row<'_>> =
                rows.iter().map(|text| Row(text.unwrap_or_default(), &shared)).collect();
            let batch = ruleset.classify_batch_with(&documents, workers);
            let present = arrow::presence(&rows);
            arrow::table(ruleset, &batch, present.as_ref(), |row| Input::from(&documents[row]))
        });
        Ok(Table::new(rows.map_err(|error| PyValueError::new_err(error.to_string()))?))
    }

    /// What is odd about the policy, though it compiles.
    #[getter]
    fn warnings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        errors::to_tuple(py, self.core.warnings())
    }

    /// A warning for each rule whose `expires:` date lies before `today`, a `datetime.date`.
    /// Such a rule still works: Tamis itself reads no clock.
    fn expired<'py>(
        &self,
        py: Python<'py>,
        today: &Bound<'py, PyDate>,
    ) -> PyResult<Bound<'py, PyTuple>> {
        errors::to_tuple(py, &self.core.expired(crate::author::day(today)?))
    }

    /// The policy's name.
    #[getter]
    fn policy(&self) -> &str {
        self.core.policy_name()
    }

    /// The policy's version, if it states one.
    #[getter]
    fn version(&self) -> Option<&str> {
        self.core.policy_version()
    }

    /// Rulesets with the same fingerprint give the same verdicts.
    #[getter]
    fn fingerprint(&self) -> &str {
        self.core.fingerprint()
    }

    /// The actions, mildest first; the first is the default.
    #[getter]
    fn actions<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, &self.actions)
    }

    /// The labels, in policy order.
    #[getter]
    fn labels<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        parts::from_data(py, "labels", &parts::describe_labels(&self.core))
    }

    /// The rules, in policy order.
    #[getter]
    fn rules<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        parts::from_data(py, "rules", &parts::describe_rules(&self.core))
    }

    /// The facts the policy asks for.
    #[getter]
    fn facts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        parts::from_data(py, "facts", &parts::describe_facts(&self.core))
    }

    /// The names of the fields of documents; ("text",) when the policy names none.
    #[getter]
    fn fields<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.core.fields())
    }

    /// How many bytes the compiled policy takes.
    #[getter]
    fn memory_usage(&self) -> usize {
        self.core.memory_usage()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let repr = |text: &str| PyString::new(py, text).repr();
        let mut out = format!("Ruleset(policy={}", repr(self.policy())?);
        if let Some(version) = self.version() {
            let _ = write!(out, ", version={}", repr(version)?);
        }
        let (rules, labels) = (self.core.rules().len(), self.core.labels().len());
        let fingerprint = repr(self.fingerprint())?;
        let _ = write!(out, ", rules={rules}, labels={labels}, fingerprint={fingerprint})");
        Ok(out)
    }

    /// Pickled as its source, and compiled again where it arrives: other versions of tamis
    /// read that too, and warnings come along. One that was loaded has only its bytes.
    fn __reduce__<'py>(
        &self,
        py: Python<'py>,
    ) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
        let restore = py.import("tamis._pickle")?.getattr("restore_ruleset")?;
        let files = self.files();
        let sources = self.core.warnings().sources().files();
        let text = sources.first().map_or("", |file| file.text());
        let (kind, source) = match &self.origin {
            Origin::Files => ("sources", PyTuple::new(py, &files)?.into_any()),
            Origin::Text => ("text", PyString::new(py, text).into_any()),
            Origin::Data => ("data", PyString::new(py, text).into_any()),
            Origin::Pack(name) => ("pack", PyString::new(py, name).into_any()),
            Origin::Compiled => ("compiled", self.to_bytes(py).into_any()),
        };
        let shadow = PyTuple::new(py, &self.shadow)?;
        Ok((restore, (kind, source, self.fingerprint(), shadow).into_pyobject(py)?))
    }
}
