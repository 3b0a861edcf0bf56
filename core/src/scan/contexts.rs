//! Exceptions by context: words before or behind a match, quotation.

use super::quotes;
use crate::ids::{ExceptId, FieldId};
use crate::ruleset::tables::{ExceptScope, Spares, Tables};
use crate::span::Span;
use crate::verdict::{Match, Suppressor};
use crate::view::{LazyView, View};

/// The contexts of a ruleset.
#[derive(Debug, Default)]
pub(super) struct Contexts {
    ids: Vec<ExceptId>,
}

/// A place where a pattern of a context was found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Neighbour {
    pub(super) except: ExceptId,
    pub(super) field: FieldId,
    pub(super) raw: Span,
    pub(super) words: Span,
}

impl Contexts {
    pub(super) fn new(tables: &Tables) -> Self {
        let rows = tables.excepts.iter().enumerate();
        let contexts = rows.filter(|(_, row)| row.spares != Spares::Inside);
        Self { ids: contexts.map(|(id, _)| ExceptId::new(id)).collect() }
    }

    /// Marks every match for which a context of its rule, or of its rule's file, holds.
    /// The quoted places of a field are looked for once, and only when asked for.
    pub(super) fn suppress(
        &self,
        tables: &Tables,
        texts: &[&str],
        views: &mut [LazyView],
        neighbours: &mut [Neighbour],
        matches: &mut [Match],
    ) {
        if self.ids.is_empty() {
            return;
        }
        for found in &*matches {
            views[found.field.index()].of(texts[found.field.index()]);
        }
        let view = |field: usize| views[field].get().expect("made above");
        neighbours.sort_unstable_by_key(|n| (n.except, n.field, nearest_end(tables, n)));
        let mut quoted: Vec<Option<Vec<Span>>> = vec![None; texts.len()];
        for found in matches {
            if matches!(found.suppressed_by, Some(Suppressor::Exception(_))) {
                continue;
            }
            let field = found.field.index();
            let scope = ExceptScope::File(tables.logic[found.rule.index()].scope);
            let own = ExceptScope::Rule(found.rule);
            let holds = |&&id: &&ExceptId| {
                let row = &tables.excepts[id.index()];
                let speaks = row.scope == own || row.scope == scope;
                speaks
                    && match row.spares {
                        Spares::Inside => false,
                        Spares::After(reach) => {
                            last_before(neighbours, id, found).is_some_and(|n| {
                                joins(view(field), (n.raw, n.words), place(found), reach)
                            })
                        }
                        Spares::Before(reach) => {
                            first_behind(neighbours, id, found).is_some_and(|n| {
                                joins(view(field), place(found), (n.raw, n.words), reach)
                            })
                        }
                        Spares::Quoted => {
                            let places = quoted[field]
                                .get_or_insert_with(|| by_reach(quotes::quoted(texts[field])));
                            lies_in(places, found.raw)
                        }
                    }
            };
            let holding = self.ids.iter().find(holds).map(|&id| Suppressor::Exception(id));
            found.suppressed_by = holding.or(found.suppressed_by);
        }
    }
}

/// The end of an occurrence that faces the matches it is for.
fn nearest_end(tables: &Tables, neighbour: &Neighbour) -> u32 {
    match tables.excepts[neighbour.except.index()].spares {
        Spares::Before(_) => neighbour.raw.start,
        _ => neighbour.raw.end,
    }
}

fn place(found: &Match) -> (Span, Span) {
    (found.raw, found.words)
}

/// The occurrence that ends last of those that end before `found` begins.
fn last_before<'n>(all: &'n [Neighbour], id: ExceptId, found: &Match) -> Option<&'n Neighbour> {
    let limit = (id, found.field, found.raw.start);
    let behind = all.partition_point(|n| (n.except, n.field, n.raw.end) <= limit);
    let last = all.get(behind.checked_sub(1)?)?;
    (last.except == id && last.field == found.field).then_some(last)
}

/// The occurrence that begins first of those that begin behind `found`.
fn first_behind<'n>(all: &'n [Neighbour], id: ExceptId, found: &Match) -> Option<&'n Neighbour> {
    let limit = (id, found.field, found.raw.end);
    let before = all.partition_point(|n| (n.except, n.field, n.raw.start) < limit);
    all.get(before).filter(|n| n.except == id && n.field == found.field)
}

/// True when `first` and `second`, bytes and words each, stand in one sentence, and
/// the nearest word of one is among the `reach` words next to the other.
fn joins(view: &View, first: (Span, Span), second: (Span, Span), reach: u32) -> bool {
    second.1.start.saturating_sub(first.1.end) < reach
        && view.same_sentence(first.0.end, second.0.start)
}

/// Places by start, each with the end of the farthest so far.
fn by_reach(mut places: Vec<Span>) -> Vec<Span> {
    places.sort_unstable_by_key(|place| (place.start, place.end));
    let mut farthest = 0;
    for place in &mut places {
        farthest = farthest.max(place.end);
        place.end = farthest;
    }
    places
}

fn lies_in(places: &[Span], raw: Span) -> bool {
    let behind = places.partition_point(|place| place.start <= raw.start);
    behind > 0 && places[behind - 1].end >= raw.end
}
