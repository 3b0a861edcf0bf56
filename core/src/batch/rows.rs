//! The rows of a batch of which there is something to say: most documents have a
//! verdict that says nothing, and those take no memory here.

use crate::ids::{ActionId, FactId};
use crate::verdict::{Fired, LabelScore, Match, Undecided, Verdict, VerdictRef};

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

/// The verdict that says nothing.
pub(super) const NOTHING: VerdictRef<'static> = VerdictRef {
    action: ActionId(0),
    shadow_action: ActionId(0),
    exempt: false,
    saturated: false,
    labels: &[],
    fired: &[],
    shadow: &[],
    undecided: &[],
    invalid_facts: &[],
    matches: &[],
};

impl Rows {
    /// Adds the verdict of a row behind all that are there.
    #[inline]
    pub(super) fn push(&mut self, row: usize, verdict: Verdict) {
        if !says_nothing(&verdict) {
            self.keep(row, verdict);
        }
    }

    fn keep(&mut self, row: usize, verdict: Verdict) {
        // Taken apart by name: a new part of verdicts must not be forgotten here.
        let Verdict {
            action,
            shadow_action,
            exempt,
            saturated,
            labels,
            fired,
            shadow,
            undecided,
            invalid_facts,
            matches,
        } = verdict;
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

    /// The verdict of a row; [`NOTHING`] when none was kept.
    pub(super) fn get(&self, row: usize) -> VerdictRef<'_> {
        match self.entries.binary_search_by_key(&row, |entry| entry.row) {
            Ok(at) => self.entry(at),
            Err(_) => NOTHING,
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

/// True for a verdict equal to the default one.
fn says_nothing(verdict: &Verdict) -> bool {
    verdict.action == ActionId(0)
        && verdict.shadow_action == ActionId(0)
        && !verdict.exempt
        && !verdict.saturated
        && verdict.labels.is_empty()
        && verdict.fired.is_empty()
        && verdict.shadow.is_empty()
        && verdict.undecided.is_empty()
        && verdict.invalid_facts.is_empty()
        && verdict.matches.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::RuleId;

    #[test]
    fn what_was_kept_comes_back() {
        let undecided = |rule| Undecided { rule: RuleId(rule), missing: vec![FactId(7)] };
        let open = Verdict { undecided: vec![undecided(1), undecided(2)], ..Verdict::default() };
        let exempt = Verdict { exempt: true, ..Verdict::default() };
        let flagged = Verdict {
            action: ActionId(1),
            invalid_facts: vec![FactId(3)],
            undecided: vec![undecided(3)],
            ..Verdict::default()
        };
        let mut rows = Rows::default();
        let given = [Verdict::default(), open, exempt, Verdict::default(), flagged];
        for (row, verdict) in given.iter().enumerate() {
            rows.push(row, verdict.clone());
        }
        for (row, verdict) in given.iter().enumerate() {
            assert_eq!(rows.get(row).to_owned(), *verdict, "row {row}");
        }
        assert_eq!(rows.iter().map(|(row, _)| row).collect::<Vec<_>>(), [1, 2, 4]);
        assert_eq!(rows.get(99).to_owned(), Verdict::default());
    }
}
