//! Many documents at once: in parallel, in order, into columns.

use crate::decimal::Milli;
use crate::engine;
use crate::ids::{ActionId, FactId, LabelId};
use crate::input::Input;
use crate::ruleset::Ruleset;
use crate::verdict::{Fired, LabelScore, Match, Undecided, Verdict, VerdictRef};
use crate::workers;
use rayon::prelude::*;
use std::ops::Range;

/// Below this many bytes a batch is done before threads would have woken up.
const SERIAL_BYTES: usize = 16 << 10;
/// Bytes that one task takes at most, so that no thread is left with a long tail.
const TASK_BYTES: usize = 256 << 10;

/// The verdicts of many documents, as columns in the order of the documents.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    actions: Vec<ActionId>,
    shadow_actions: Vec<ActionId>,
    exempt: Vec<bool>,
    saturated: Vec<bool>,
    /// By label, one score a row.
    scores: Vec<Vec<Milli>>,
    labels: Lists<LabelScore>,
    fired: Lists<Fired>,
    shadow: Lists<Fired>,
    undecided: Lists<Undecided>,
    invalid_facts: Lists<FactId>,
    matches: Lists<Match>,
}

/// A list a row: the values of all rows, and where each row's end.
#[derive(Clone, Debug)]
struct Lists<T> {
    ends: Vec<usize>,
    values: Vec<T>,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self { ends: Vec::new(), values: Vec::new() }
    }
}

impl<T> Lists<T> {
    fn push(&mut self, values: Vec<T>) {
        self.values.extend(values);
        self.ends.push(self.values.len());
    }

    fn append(&mut self, other: Lists<T>) {
        let offset = self.values.len();
        self.ends.extend(other.ends.iter().map(|end| end + offset));
        self.values.extend(other.values);
    }

    fn row(&self, row: usize) -> &[T] {
        let start = row.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.values[start..self.ends[row]]
    }
}

impl Batch {
    fn with_labels(labels: usize) -> Self {
        Self { scores: vec![Vec::new(); labels], ..Self::default() }
    }

    fn push(&mut self, verdict: Verdict) {
        for (at, column) in self.scores.iter_mut().enumerate() {
            column.push(verdict.as_ref().score(LabelId::new(at)));
        }
        self.actions.push(verdict.action);
        self.shadow_actions.push(verdict.shadow_action);
        self.exempt.push(verdict.exempt);
        self.saturated.push(verdict.saturated);
        self.labels.push(verdict.labels);
        self.fired.push(verdict.fired);
        self.shadow.push(verdict.shadow);
        self.undecided.push(verdict.undecided);
        self.invalid_facts.push(verdict.invalid_facts);
        self.matches.push(verdict.matches);
    }

    fn append(&mut self, other: Batch) {
        for (column, more) in self.scores.iter_mut().zip(other.scores) {
            column.extend(more);
        }
        self.actions.extend(other.actions);
        self.shadow_actions.extend(other.shadow_actions);
        self.exempt.extend(other.exempt);
        self.saturated.extend(other.saturated);
        self.labels.append(other.labels);
        self.fired.append(other.fired);
        self.shadow.append(other.shadow);
        self.undecided.append(other.undecided);
        self.invalid_facts.append(other.invalid_facts);
        self.matches.append(other.matches);
    }

    /// How many documents there were.
    pub fn len(&self) -> usize {
        self.actions.len()
    }

    /// True when there were none.
    pub fn is_empty(&self) -> bool {
        self.actions.is_empty()
    }

    /// The action of each document.
    pub fn actions(&self) -> &[ActionId] {
        &self.actions
    }

    /// The score of each document for one label.
    ///
    /// # Panics
    /// When the label is not of the ruleset that made the batch.
    pub fn scores(&self, label: LabelId) -> &[Milli] {
        &self.scores[label.index()]
    }

    /// The verdict of one document.
    pub fn get(&self, row: usize) -> Option<VerdictRef<'_>> {
        (row < self.len()).then(|| self.row(row))
    }

    fn row(&self, row: usize) -> VerdictRef<'_> {
        VerdictRef {
            action: self.actions[row],
            shadow_action: self.shadow_actions[row],
            exempt: self.exempt[row],
            saturated: self.saturated[row],
            labels: self.labels.row(row),
            fired: self.fired.row(row),
            shadow: self.shadow.row(row),
            undecided: self.undecided.row(row),
            invalid_facts: self.invalid_facts.row(row),
            matches: self.matches.row(row),
        }
    }

    /// The verdicts, in the order of the documents.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = VerdictRef<'_>> {
        (0..self.len()).map(|row| self.row(row))
    }
}

impl Ruleset {
    /// Decides about many documents on all cores; row `i` is document `i`.
    ///
    /// ```
    /// # let ruleset: tamis::Ruleset = "policy: demo\nlabels: { spam: { review: 1 } }\nrules:\n  - { id: a, label: spam, points: 1, patterns: [gold] }".parse()?;
    /// let batch = ruleset.classify_batch(&["hello", "gold for sale"]);
    /// assert_eq!(batch.actions().iter().map(|&a| ruleset.action_name(a)).collect::<Vec<_>>(),
    ///            ["allow", "review"]);
    /// # Ok::<(), tamis::PolicyError>(())
    /// ```
    pub fn classify_batch<'t, I>(&self, inputs: &'t [I]) -> Batch
    where
        I: Sync,
        &'t I: Into<Input<'t>>,
    {
        self.classify_batch_with(inputs, 0)
    }

    /// The same on `workers` threads; 0 means one a core, 1 this thread.
    pub fn classify_batch_with<'t, I>(&self, inputs: &'t [I], workers: usize) -> Batch
    where
        I: Sync,
        &'t I: Into<Input<'t>>,
    {
        let threads = workers::count(workers);
        if threads > 1
            && let Some(tasks) = split(inputs, threads)
            && let Some(pool) = workers::pool(threads)
        {
            let parts: Vec<Batch> = pool.install(|| {
                let run = |task: &Range<usize>| self.classify_serial(&inputs[task.clone()]);
                tasks.par_iter().with_max_len(1).map(run).collect()
            });
            let mut parts = parts.into_iter();
            let mut all = parts.next().unwrap_or_else(|| Batch::with_labels(self.labels().len()));
            parts.for_each(|part| all.append(part));
            return all;
        }
        self.classify_serial(inputs)
    }

    fn classify_serial<'t, I>(&self, inputs: &'t [I]) -> Batch
    where
        &'t I: Into<Input<'t>>,
    {
        let mut scratch = self.inner().pool.get();
        let mut batch = Batch::with_labels(self.labels().len());
        for input in inputs {
            batch.push(engine::classify(self.inner(), &mut scratch, &input.into()));
        }
        batch
    }
}

/// Splits documents into tasks of about equal bytes; `None` when there is too
/// little to share.
fn split<'t, I>(inputs: &'t [I], threads: usize) -> Option<Vec<Range<usize>>>
where
    &'t I: Into<Input<'t>>,
{
    // A document costs something even when it is empty.
    let size = |input: &'t I| {
        let input: Input<'t> = input.into();
        64 + input.fields().iter().map(|f| f.text.len()).sum::<usize>()
    };
    let total: usize = inputs.iter().map(size).sum();
    if total < SERIAL_BYTES || inputs.len() < 2 {
        return None;
    }
    let target = (total / (threads * 8)).clamp(SERIAL_BYTES / 4, TASK_BYTES);
    let mut tasks = Vec::new();
    let (mut start, mut bytes) = (0, 0);
    for (at, input) in inputs.iter().enumerate() {
        bytes += size(input);
        if bytes >= target {
            tasks.push(start..at + 1);
            (start, bytes) = (at + 1, 0);
        }
    }
    if start < inputs.len() {
        tasks.push(start..inputs.len());
    }
    Some(tasks)
}
