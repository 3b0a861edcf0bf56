//! Many documents at once: in parallel, in order, into columns.

mod chunks;
mod rows;

pub use chunks::Chunks;

use crate::decimal::Milli;
use crate::engine;
use crate::ids::{ActionId, LabelId};
use crate::input::Input;
use crate::ruleset::Ruleset;
use crate::verdict::VerdictRef;
use crate::workers;
use rayon::prelude::*;
use rows::Rows;
use std::ops::Range;

/// Bytes of documents that one task takes: so few that no thread is left with a long
/// tail, so many that nobody notices what a task costs.
const TASK_BYTES: usize = 32 << 10;

/// The verdicts of many documents, as columns in the order of the documents.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    actions: Vec<ActionId>,
    /// By label, one score a row.
    scores: Vec<Vec<Milli>>,
    /// What the tasks kept, in order: joined by nobody, so that nothing is copied.
    parts: Vec<Part>,
}

/// What one task found.
#[derive(Clone, Debug, Default)]
struct Part {
    /// One past its last row.
    end: usize,
    rows: Rows,
}

impl Batch {
    /// A batch of so many documents.
    fn new(len: usize, labels: usize, parts: Vec<Part>) -> Self {
        let mut actions = vec![ActionId(0); len];
        let mut scores = vec![vec![Milli::ZERO; len]; labels];
        for (row, verdict) in parts.iter().flat_map(|part| part.rows.iter()) {
            actions[row] = verdict.action();
            for label in verdict.labels() {
                scores[label.label.index()][row] = label.score;
            }
        }
        Self { actions, scores, parts }
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
        let part = self.parts.partition_point(|part| part.end <= row);
        self.parts[part].rows.get(row)
    }

    /// The verdicts, in the order of the documents.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = VerdictRef<'_>> {
        let mut kept = self.kept().peekable();
        (0..self.len()).map(move |row| match kept.next_if(|(at, _)| *at == row) {
            Some((_, verdict)) => verdict,
            None => VerdictRef::NOTHING,
        })
    }

    /// The verdicts that differ from the one of a text in which nothing is found, with
    /// their rows: what there is to look at in a batch of mostly harmless documents.
    pub fn kept(&self) -> impl Iterator<Item = (usize, VerdictRef<'_>)> {
        self.parts.iter().flat_map(|part| part.rows.iter())
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
        let whole = 0..inputs.len();
        let threads = workers::count(workers);
        let parts = if threads > 1
            && let Some(tasks) = split(inputs)
            && let Some(pool) = workers::pool(threads)
        {
            let run = |task: &Range<usize>| self.classify_part(inputs, task.clone());
            pool.install(|| tasks.par_iter().with_max_len(1).map(run).collect())
        } else {
            vec![self.classify_part(inputs, whole)]
        };
        Batch::new(inputs.len(), self.labels().len(), parts)
    }

    fn classify_part<'t, I>(&self, inputs: &'t [I], range: Range<usize>) -> Part
    where
        &'t I: Into<Input<'t>>,
    {
        let mut scratch = self.inner().pool.get();
        let mut part = Part { end: range.end, rows: Rows::default() };
        for (row, input) in range.clone().zip(&inputs[range]) {
            part.rows.push(row, engine::classify(self.inner(), &mut scratch, input.into()));
        }
        part
    }
}

/// What a document counts for: it costs something even when it is empty.
fn document_bytes(input: &Input<'_>) -> usize {
    64 + input.fields().iter().map(|field| field.text.len()).sum::<usize>()
}

/// Splits documents into tasks of about equal bytes; `None` when there is too little to
/// share: it would be done before a thread has woken up.
fn split<'t, I>(inputs: &'t [I]) -> Option<Vec<Range<usize>>>
where
    &'t I: Into<Input<'t>>,
{
    let mut tasks = Vec::new();
    let (mut start, mut bytes) = (0, 0);
    for (at, input) in inputs.iter().enumerate() {
        bytes += document_bytes(&input.into());
        if bytes >= TASK_BYTES {
            tasks.push(start..at + 1);
            (start, bytes) = (at + 1, 0);
        }
    }
    if start < inputs.len() {
        tasks.push(start..inputs.len());
    }
    (tasks.len() > 1).then_some(tasks)
}
