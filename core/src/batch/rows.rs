//! The rows of a batch of which there is something to say: most documents have a
//! verdict that says nothing, and those take no memory here.

use crate::ids::{ActionId, FactId};
use crate::verdict::{Findings, Fired, LabelScore, Match, Undecided, Verdict, VerdictRef};

/// Verdicts of consecutive documents, those that say nothing left out, as columns.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    /// By row.
    entries: Vec<Entry>,
    labels: Vec<LabelScore>,
    fired: Vec<Fired>,
    shadow: Vec<Fired>,
    undecided: Vec<Undecided>,
    invalid_facts: Vec<FactId>,
    matches: Vec<Match>,
}

/// A verdict, and where its lists end in the columns; they begin where those of the
/// entry before end.
#[derive(Clone, Copy, Debug)]
struct Entry {
    row: usize,
    action: ActionId,
    shadow_action: ActionId,
    exempt: bool,
    saturated: bool,
    ends: Ends,
}

#[derive(Clone, Copy, Debug, Default)]
struct Ends {
    labels: usize,
    fired: usize,
    shadow: usize,
    undecided: usize,
    invalid_facts: usize,
    matches: usize,
}

impl Rows {
    /// Adds the verdict of a row behind all that are there.
    #[inline]
    pub(super) fn push(&mut self, row: usize, verdict: Verdict) {
        if !verdict.says_nothing() {
            self.keep(row, verdict);
        }
    }

    fn keep(&mut self, row: usize, verdict: Verdict) {
        let Verdict { action, shadow_action, exempt, saturated, .. } = verdict;
        // Taken apart by name: a new list must not be forgotten here.
        let Findings { labels, fired, shadow, undecided, invalid_facts, matches } =
            verdict.into_findings();
        self.labels.extend_from_slice(&labels);
        self.fired.extend_from_slice(&fired);
        self.shadow.extend_from_slice(&shadow);
        self.undecided.extend(undecided);
        self.invalid_facts.extend_from_slice(&invalid_facts);
        self.matches.extend_from_slice(&matches);
        let ends = Ends {
            labels: self.labels.len(),
            fired: self.fired.len(),
            shadow: self.shadow.len(),
            undecided: self.undecided.len(),
            invalid_facts: self.invalid_facts.len(),
            matches: self.matches.len(),
        };
        self.entries.push(Entry { row, action, shadow_action, exempt, saturated, ends });
    }

    /// The verdict of a row; [`VerdictRef::NOTHING`] when none was kept.
    pub(super) fn get(&self, row: usize) -> VerdictRef<'_> {
        match self.entries.binary_search_by_key(&row, |entry| entry.row) {
            Ok(at) => self.entry(at),
            Err(_) => VerdictRef::NOTHING,
        }
    }

    /// The verdicts that were kept, with their rows.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, VerdictRef<'_>)> {
        self.entries.iter().enumerate().map(|(at, entry)| (entry.row, self.entry(at)))
    }

    fn entry(&self, at: usize) -> VerdictRef<'_> {
        let start = at.checked_sub(1).map_or(Ends::default(), |before| self.entries[before].ends);
        let Entry { row: _, action, shadow_action, exempt, saturated, ends } = self.entries[at];
        VerdictRef {
            action,
            shadow_action,
            exempt,
            saturated,
            labels: &self.labels[start.labels..ends.labels],
            fired: &self.fired[start.fired..ends.fired],
            shadow: &self.shadow[start.shadow..ends.shadow],
            undecided: &self.undecided[start.undecided..ends.undecided],
            invalid_facts: &self.invalid_facts[start.invalid_facts..ends.invalid_facts],
            matches: &self.matches[start.matches..ends.matches],
        }
    }
}
