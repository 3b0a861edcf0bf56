//! Exceptions take out the matches they cover, and no others.

use crate::ids::{ExceptId, FieldId};
use crate::ruleset::tables::{ExceptScope, Tables};
use crate::span::Span;
use crate::verdict::{Match, Suppressor};

/// A place where an exception was found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Occurrence {
    pub(super) field: FieldId,
    pub(super) scope: ExceptScope,
    pub(super) raw: Span,
    pub(super) except: ExceptId,
}

/// The order in which occurrences are looked up.
type Key = (FieldId, u8, u32, u32);

fn key(field: FieldId, scope: ExceptScope, start: u32) -> Key {
    match scope {
        ExceptScope::Rule(rule) => (field, 0, rule.0, start),
        ExceptScope::File(file) => (field, 1, file, start),
    }
}

/// Marks every match whose whole span lies in one occurrence of an exception of
/// its rule or of its rule's file.
///
/// Logarithmic a match: of the occurrences that begin no later, only the one
/// that reaches farthest can matter.
pub(super) fn suppress(tables: &Tables, matches: &mut [Match], occurrences: &mut [Occurrence]) {
    if occurrences.is_empty() {
        return;
    }
    occurrences.sort_unstable_by_key(|o| (key(o.field, o.scope, o.raw.start), o.raw.end, o.except));
    let same_scope = |a: &Occurrence, b: &Occurrence| a.field == b.field && a.scope == b.scope;
    // From here on the end and the id are those of the farthest so far.
    for at in 1..occurrences.len() {
        let (before, here) = (occurrences[at - 1], &mut occurrences[at]);
        if same_scope(&before, here) && before.raw.end >= here.raw.end {
            here.raw.end = before.raw.end;
            here.except = before.except;
        }
    }
    for found in matches {
        let scope = tables.logic[found.rule.index()].scope;
        let scopes = [ExceptScope::Rule(found.rule), ExceptScope::File(scope)];
        let covering = scopes.into_iter().find_map(|scope| covering(occurrences, scope, found));
        found.suppressed_by = covering.map(Suppressor::Exception).or(found.suppressed_by);
    }
}

fn covering(occurrences: &[Occurrence], scope: ExceptScope, found: &Match) -> Option<ExceptId> {
    let limit = key(found.field, scope, found.raw.start);
    let behind = occurrences.partition_point(|o| key(o.field, o.scope, o.raw.start) <= limit);
    let last = occurrences.get(behind.checked_sub(1)?)?;
    let covers = last.field == found.field && last.scope == scope && last.raw.end >= found.raw.end;
    covers.then_some(last.except)
}
