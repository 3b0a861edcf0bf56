//! Exceptions by context: words before or behind a match, quotation.

use super::quotes;
use crate::ids::{ExceptId, FieldId, RuleId};
use crate::program::Run;
use crate::ruleset::tables::{ExceptScope, Spares, Tables};
use crate::span::Span;
use crate::verdict::{Match, Suppressor};
use crate::view::{LazyView, View};
use rustc_hash::FxHashMap;

/// The contexts of a ruleset.
#[derive(Debug, Default)]
pub(super) struct Contexts {
    /// By rule: those of the rule and of its file, a run of `ids`.
    rules: Vec<Run>,
    ids: Vec<ExceptId>,
    /// Some of them spares what is quoted.
    quote: bool,
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
        let mut own: FxHashMap<RuleId, Vec<ExceptId>> = FxHashMap::default();
        let mut files: FxHashMap<u32, Vec<ExceptId>> = FxHashMap::default();
        let mut this = Self {
            quote: tables.excepts.iter().any(|row| row.spares == Spares::Quoted),
            ..Self::default()
        };
        for (id, row) in tables.excepts.iter().enumerate() {
            if row.spares != Spares::Inside {
                match row.scope {
                    ExceptScope::Rule(rule) => own.entry(rule).or_default(),
                    ExceptScope::File(file) => files.entry(file).or_default(),
                }
                .push(ExceptId::new(id));
            }
        }
        if own.is_empty() && files.is_empty() {
            return this;
        }
        // Rules without contexts of their own share those of their file.
        let mut shared: FxHashMap<u32, Run> = FxHashMap::default();
        for (rule, logic) in tables.logic.iter().enumerate() {
            let of_file = files.get(&logic.scope).map_or(&[][..], Vec::as_slice);
            let run = match own.get(&RuleId::new(rule)) {
                Some(own) => this.add([own, of_file].concat()),
                None => *shared.entry(logic.scope).or_insert_with(|| this.add(of_file.to_vec())),
            };
            this.rules.push(run);
        }
        this
    }

    fn add(&mut self, mut ids: Vec<ExceptId>) -> Run {
        ids.sort_unstable();
        let run = Run { start: self.ids.len() as u32, len: ids.len() as u32 };
        self.ids.append(&mut ids);
        run
    }

    /// The contexts that may spare matches of `rule`, in the order of the policy.
    fn of(&self, rule: RuleId) -> &[ExceptId] {
        self.rules.get(rule.index()).map_or(&[], |run| run.of(&self.ids))
    }

    /// Whether any text has to be searched for quotations.
    pub(super) fn quote(&self) -> bool {
        self.quote
    }

    /// Whether some context may spare matches of `rule`, given what was `found` of their
    /// patterns and whether a text may quote anything.
    pub(super) fn may_spare(
        &self,
        tables: &Tables,
        rule: RuleId,
        found: &[Neighbour],
        quotes: impl Fn() -> bool,
    ) -> bool {
        self.of(rule).iter().any(|id| match tables.excepts[id.index()].spares {
            Spares::Inside => false,
            Spares::After(_) | Spares::Before(_) => !found.is_empty(),
            Spares::Quoted => quotes(),
        })
    }

    pub(super) fn memory_usage(&self) -> usize {
        self.rules.capacity() * size_of::<Run>() + self.ids.capacity() * size_of::<ExceptId>()
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
        neighbours.sort_unstable_by_key(|n| (n.except, n.field, nearest_end(tables, n)));
        let mut quoted: Vec<Option<Vec<Span>>> = vec![None; texts.len()];
        for found in matches {
            if matches!(found.suppressed_by, Some(Suppressor::Exception(_))) {
                continue;
            }
            let field = found.field.index();
            let view = &mut views[field];
            let text = texts[field];
            let holds = |id: &ExceptId| match tables.excepts[id.index()].spares {
                Spares::Inside => false,
                Spares::After(reach) => last_before(neighbours, *id, found)
                    .is_some_and(|n| joins(view.of(text), (n.raw, n.words), place(found), reach)),
                Spares::Before(reach) => first_behind(neighbours, *id, found)
                    .is_some_and(|n| joins(view.of(text), place(found), (n.raw, n.words), reach)),
                Spares::Quoted => {
                    let places =
                        quoted[field].get_or_insert_with(|| by_reach(quotes::quoted(text)));
                    lies_in(places, found.raw)
                }
            };
            let holding = self.of(found.rule).iter().copied().find(holds);
            let holding = holding.map(Suppressor::Exception);
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
