//! What conditions ask of groups: counts, distances, places.
//!
//! Matches come ordered by field, start and end, so every question is answered
//! in one pass or by binary search, however many there are.

use crate::ids::{FieldId, GroupId};
use crate::verdict::Match;
use crate::view::props::Class;
use crate::view::unit::Unit;
use crate::view::{LazyView, View};

/// The surviving matches of one group.
#[derive(Clone, Copy)]
pub(super) struct Group<'m> {
    /// Those of the whole rule.
    matches: &'m [Match],
    id: GroupId,
}

impl<'m> Group<'m> {
    pub(super) fn new(matches: &'m [Match], id: GroupId) -> Self {
        Self { matches, id }
    }

    pub(super) fn iter(self) -> impl Iterator<Item = &'m Match> + Clone {
        self.matches.iter().filter(move |m| m.group == self.id)
    }

    /// How many disjoint matches there are, leftmost-longest.
    pub(super) fn count(self) -> u32 {
        count_disjoint(self.iter())
    }

    /// How many different patterns were found.
    pub(super) fn distinct(self) -> u32 {
        let mut patterns: Vec<_> = self.iter().map(|m| m.pattern).collect();
        patterns.sort_unstable();
        patterns.dedup();
        patterns.len() as u32
    }

    /// True when outside some match, on the sides asked for, there is only white
    /// space, punctuation and emoji in its field.
    pub(super) fn any_at_edge(self, views: &[LazyView], left: bool, right: bool) -> bool {
        self.matches.chunk_by(|a, b| a.field == b.field).any(|of_field| {
            let solid = |u: &&Unit| !u.is_gap() && u.class != Class::Emoji;
            let units = &view(views, of_field[0].field).units;
            let first = units.iter().find(solid).map_or(u32::MAX, |u| u.raw_start);
            let last = units.iter().rev().find(solid).map_or(0, |u| u.raw_end);
            of_field
                .iter()
                .filter(|m| m.group == self.id)
                .any(|m| (!left || m.raw.start <= first) && (!right || m.raw.end >= last))
        })
    }
}

/// The number of disjoint matches, leftmost-longest, of matches ordered by field,
/// start and end.
pub(crate) fn count_disjoint<'m>(matches: impl Iterator<Item = &'m Match>) -> u32 {
    let mut count = 0;
    // Where the last counted match lies: a longer one from the same start replaces it.
    let mut last: Option<(FieldId, u32, u32)> = None;
    for m in matches {
        match &mut last {
            Some((field, start, end)) if *field == m.field && m.raw.start < *end => {
                if m.raw.start == *start {
                    *end = (*end).max(m.raw.end);
                }
            }
            _ => {
                count += 1;
                last = Some((m.field, m.raw.start, m.raw.end));
            }
        }
    }
    count
}

/// True when a match of `a` ends before a match of `b` begins in the same field,
/// with at most `within` words between them.
pub(super) fn before(a: Group<'_>, b: Group<'_>, within: Option<u32>) -> bool {
    any_followed(a, b, |first, second| {
        within.is_none_or(|n| second.words.start.saturating_sub(first.words.end) <= n)
    })
}

/// True when a match of each stand in one sentence, apart from each other.
pub(super) fn same_sentence(a: Group<'_>, b: Group<'_>, views: &[LazyView]) -> bool {
    let together = |first: &Match, second: &Match| {
        view(views, first.field).same_sentence(first.raw.end, second.raw.start)
    };
    any_followed(a, b, together) || any_followed(b, a, together)
}

fn view(views: &[LazyView], field: FieldId) -> &View {
    views[field.index()].get().expect("the caller made the views of fields with matches")
}

/// True when `holds` of some match of `a` and the nearest match of `b` behind it:
/// what holds of a pair farther apart holds of the nearest too.
fn any_followed(a: Group<'_>, b: Group<'_>, holds: impl Fn(&Match, &Match) -> bool) -> bool {
    if a.iter().next().is_none() {
        return false;
    }
    let followers: Vec<&Match> = b.iter().collect();
    a.iter().any(|first| {
        let next =
            followers.partition_point(|m| (m.field, m.raw.start) < (first.field, first.raw.end));
        followers
            .get(next)
            .is_some_and(|second| second.field == first.field && holds(first, second))
    })
}

/// The highest cost among the matches, of one field or of all.
pub(super) fn evasion_cost(matches: &[Match], field: Option<FieldId>) -> f64 {
    let of_field = |m: &&Match| field.is_none_or(|f| m.field == f);
    f64::from(matches.iter().filter(of_field).map(|m| m.cost).max().unwrap_or(0)) / 10.0
}
