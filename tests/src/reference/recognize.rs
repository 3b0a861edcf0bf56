//! Entities and domains: what is made of the places that recognizers find.
//!
//! Recognizers have one form only, that of the engine, and tests of their own beside
//! them. What a rule and an exception do with their places is said here again: a rule
//! finds hosts, within the ceilings of its level; an exception spares links, and only
//! where no more than the form of letters and what is invisible was undone.

use std::ops::Range;
use tamis::evasion::{ceiling, kinds};
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

/// A place, and the kinds that were undone there with their cost in tenths.
#[derive(Clone, Debug)]
pub struct Recognized {
    /// Bytes of the text.
    pub span: Range<usize>,
    /// What was undone.
    pub kinds: Kinds,
    /// What that costs.
    pub cost: u32,
}

impl Recognizer {
    /// True when there is such a recognizer, with such keys or with such a name.
    pub fn exists(&self) -> bool {
        self.ask("").is_some()
    }

    /// Everything it finds in `text`.
    pub fn find(&self, text: &str) -> Vec<Recognized> {
        self.ask(text).unwrap_or_default()
    }

    fn ask(&self, text: &str) -> Option<Vec<Recognized>> {
        let place = |span: Span, kinds, cost: u8| Recognized {
            span: span.start as usize..span.end as usize,
            kinds,
            cost: u32::from(cost),
        };
        let found = match self {
            Self::Entity { name, keys } => {
                let keys: Vec<(&str, &str)> =
                    keys.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
                let spans = internals::entities(name, &keys, text)?;
                spans.into_iter().map(|span| place(span, Kinds::NONE, 0)).collect()
            }
            Self::Domain { name, level } => internals::hosts(name, *level, text)?
                .into_iter()
                .filter(|h| allows(*level, h.kinds, h.cost))
                .map(|h| place(h.host, h.kinds, h.cost))
                .collect(),
            Self::Spared { name } => internals::hosts(name, Level::Fold, text)?
                .into_iter()
                .filter(|h| h.kinds.is_subset(Kinds::FORMS.union(Kinds::INVISIBLE)))
                .map(|h| place(h.link, h.kinds, h.cost))
                .collect(),
        };
        Some(found)
    }
}

/// True when `level` or one below it undoes all of `found` for `cost`.
fn allows(level: Level, found: Kinds, cost: u8) -> bool {
    let levels = [Level::Exact, Level::Fold, Level::Standard, Level::Strong];
    let below = levels.into_iter().filter(|each| *each <= level);
    below.into_iter().any(|each| found.is_subset(kinds(each)) && cost <= ceiling(each, false))
}
