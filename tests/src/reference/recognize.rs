//! Entities and domains: what is made of the places that recognizers find.
//!
//! Recognizers have one form only, that of the engine, and tests of their own beside
//! them. What a rule and an exception do with their places is said here again: a rule
//! finds hosts, within the ceilings of its level; an exception spares links, and only
//! where no more than the form of letters and what is invisible was undone.

use super::cost::{self, Kind, KindSet};
use std::ops::Range;
use tamis::internals;
use tamis::spec::model::Level;
use tamis::{Kinds, Span};

/// A recognizer with its options.
#[derive(Clone, Debug)]
pub enum Recognizer {
    /// `{ entity: … }`.
    Entity {
        /// Its name.
        name: String,
        /// Its own keys.
        keys: Vec<(String, String)>,
    },
    /// `{ domain: … }` of a rule.
    Domain {
        /// As written.
        name: String,
        /// Its evasion level.
        level: Level,
    },
    /// `{ domain: … }` of an exception.
    Spared {
        /// As written.
        name: String,
    },
}

/// A place in bytes, the kinds that were undone there and what that costs, in tenths.
type Place = (Range<usize>, KindSet, u32);

impl Recognizer {
    /// True when there is such a recognizer, with such keys or with such a name.
    pub fn exists(&self) -> bool {
        self.ask("").is_some()
    }

    /// Everything it finds in `text`.
    pub fn find(&self, text: &str) -> Vec<Place> {
        self.ask(text).unwrap_or_default()
    }

    fn ask(&self, text: &str) -> Option<Vec<Place>> {
        let hosts = |name: &str, level| {
            let found = internals::hosts(name, level, text)?;
            Some(found.into_iter().map(|h| (h.host, h.link, kinds(h.kinds), u32::from(h.cost))))
        };
        let same_host = KindSet::from([Kind::Forms, Kind::Invisible]);
        let found = match self {
            Self::Entity { name, keys } => {
                let keys: Vec<(&str, &str)> =
                    keys.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
                let spans = internals::entities(name, &keys, text)?;
                spans.into_iter().map(|span| (range(span), KindSet::new(), 0)).collect()
            }
            Self::Domain { name, level } => hosts(name, *level)?
                .filter(|(_, _, kinds, cost)| cost::accepts(*level, usize::MAX, kinds, *cost))
                .map(|(host, _, kinds, cost)| (range(host), kinds, cost))
                .collect(),
            Self::Spared { name } => hosts(name, Level::Fold)?
                .filter(|(_, _, kinds, _)| kinds.is_subset(&same_host))
                .map(|(_, link, kinds, cost)| (range(link), kinds, cost))
                .collect(),
        };
        Some(found)
    }
}

fn range(span: Span) -> Range<usize> {
    span.start as usize..span.end as usize
}

fn kinds(kinds: Kinds) -> KindSet {
    kinds.names().filter_map(Kind::named).collect()
}
