//! Entities and domains, found in the original text.

use super::{Hit, costs};
use crate::entity;
use crate::entity::domain::{DomainHit, DomainSet};
use crate::probe::{Probe, Stage};
use crate::ruleset::tables::{Tables, Use};
use crate::span::Span;
use crate::spec::model::Level;
use crate::verdict::Kinds;
use crate::view::{LazyView, View};

/// What may be undone in a domain of an exception: forms that name the same host.
/// With marks or look-alikes it is another one, perhaps a trap.
const SAME_HOST: Kinds = Kinds::FORMS.union(Kinds::INVISIBLE);

/// The domains of a ruleset; ids are rows of its table.
#[derive(Debug, Default)]
pub(super) struct Domains {
    /// Of rules.
    sought: DomainSet,
    /// Of exceptions.
    spared: DomainSet,
}

/// What was found in a text, kept between texts.
#[derive(Debug, Default)]
pub(super) struct Bufs {
    spans: Vec<Span>,
    hosts: Vec<DomainHit>,
}

impl Bufs {
    /// Bytes of heap memory held.
    pub(super) fn memory_usage(&self) -> usize {
        self.spans.capacity() * size_of::<Span>() + self.hosts.capacity() * size_of::<DomainHit>()
    }
}

impl Domains {
    pub(super) fn new(tables: &Tables) -> Self {
        let of = |spares| {
            let rows =
                tables.domains.iter().enumerate().filter(move |(_, row)| row.spares == spares);
            DomainSet::new(rows.map(|(id, row)| (id as u32, row.name.as_str(), row.level)))
        };
        Self { sought: of(false), spared: of(true) }
    }

    /// Calls `give` for every domain in `text`. What a rule finds is the host, what
    /// an exception spares is all of the link.
    pub(super) fn find(
        &self,
        tables: &Tables,
        view: &mut LazyView,
        text: &str,
        bufs: &mut Bufs,
        give: &mut impl FnMut(&[Use], Hit),
        probe: &mut Probe,
    ) {
        for set in [&self.sought, &self.spared].into_iter().filter(|set| !set.is_empty()) {
            bufs.hosts.clear();
            set.find(text, &mut bufs.hosts);
            for host in &bufs.hosts {
                let row = &tables.domains[host.id as usize];
                let counts = if row.spares {
                    host.kinds.is_subset(SAME_HOST)
                } else {
                    is_within(row.level, host)
                };
                if counts {
                    let raw = if row.spares { host.link } else { host.host };
                    give(&row.uses, hit(view.of(text), raw, host.cost, host.kinds));
                }
            }
            probe.lap(Stage::Recognizers);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.sought.is_empty() && self.spared.is_empty()
    }

    pub(super) fn memory_usage(&self) -> usize {
        self.sought.memory_usage() + self.spared.memory_usage()
    }
}

/// Calls `give` for everything that recognizers find in `text`; `asked` tells for
/// whom it is worth the while.
pub(super) fn find_entities(
    tables: &Tables,
    view: &mut LazyView,
    text: &str,
    bufs: &mut Bufs,
    asked: impl Fn(&[Use]) -> bool,
    give: &mut impl FnMut(&[Use], Hit),
    probe: &mut Probe,
) {
    if tables.entities.is_empty() {
        return;
    }
    let digits = entity::has_digits(text);
    let may_be = |kind| entity::may_be_in(kind, digits, text);
    for row in tables.entities.iter().filter(|row| may_be(row.kind) && asked(&row.uses)) {
        bufs.spans.clear();
        entity::find(row.kind, &row.options, text, &mut bufs.spans);
        for &raw in &bufs.spans {
            give(&row.uses, hit(view.of(text), raw, 0, Kinds::NONE));
        }
        probe.lap_for(Stage::Recognizers, super::rules(tables, &row.uses));
    }
}

fn hit(view: &View, raw: Span, cost: u8, kinds: Kinds) -> Hit {
    Hit { raw, words: view.words_covering(raw), cost, kinds, vetoed: false, guessed: None }
}

/// True when `level` or one below it allows what was undone.
fn is_within(level: Level, host: &DomainHit) -> bool {
    [Level::Exact, Level::Fold, Level::Standard, Level::Strong].into_iter().any(|each| {
        each <= level
            && host.cost <= costs::ceiling(each, false)
            && host.kinds.is_subset(costs::kinds(each))
    })
}
