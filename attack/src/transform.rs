//! One way to disguise a word.

use crate::catalog;
use crate::draft::{Disguise, Draft};
use crate::kind::{Kind, Level};
use crate::rng::{Rng, key};
use serde::{Deserialize, Serialize};

/// How much of a word is disguised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// One letter or place.
    One,
    /// Half of those that can be.
    Half,
    /// All that can be.
    All,
}

impl Severity {
    /// All severities, mildest first.
    pub const ALL: [Severity; 3] = [Severity::One, Severity::Half, Severity::All];

    /// The name.
    pub fn name(self) -> &'static str {
        match self {
            Self::One => "one",
            Self::Half => "half",
            Self::All => "all",
        }
    }

    /// How many of `n` places.
    fn of(self, n: usize) -> usize {
        match self {
            Self::One => n.min(1),
            Self::Half => n.div_ceil(2),
            Self::All => n,
        }
    }
}

/// When a transform has its turn in a composition: letters are replaced before they are repeated,
/// and what is encoded is the text as it then is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Stage {
    /// Letters go, come or move.
    Spelling,
    /// Spaces between words go.
    Joining,
    Case,
    /// Letters become something else.
    Letters,
    Repeats,
    Marks,
    Invisible,
    Separators,
    /// What is there is encoded or marked up.
    Wrapping,
    /// Everything at once.
    Whole,
}

/// What a transform does to a draft; false when it has nothing to change.
pub(crate) type Op = fn(&mut Draft, &mut Hand<'_>) -> bool;

/// One way to disguise a word.
#[derive(Debug)]
pub struct Transform {
    pub(crate) id: &'static str,
    pub(crate) about: &'static str,
    pub(crate) kinds: &'static [Kind],
    pub(crate) severities: &'static [Severity],
    pub(crate) stage: Stage,
    pub(crate) op: Op,
    /// What `op` works with: characters, a table, signs; see [`Hand::data`].
    pub(crate) data: &'static str,
}

impl Transform {
    /// Its name: lower-case words with dashes, unique.
    pub fn id(&self) -> &'static str {
        self.id
    }

    /// What it does, in a few words.
    pub fn about(&self) -> &'static str {
        self.about
    }

    /// What has to be undone.
    pub fn kinds(&self) -> &'static [Kind] {
        self.kinds
    }

    /// The mildest level that promises to undo it.
    pub fn level(&self) -> Level {
        self.kinds.iter().map(|kind| kind.level()).max().unwrap_or(Level::Exact)
    }

    /// How much of a word it can disguise.
    pub fn severities(&self) -> &'static [Severity] {
        self.severities
    }

    /// `seed` disguised, or nothing when there is nothing to change in it, or nothing more than at
    /// a milder severity. `number` decides which letters and signs are taken; the letters of a
    /// milder severity are among those of a harsher one.
    pub fn disguise(&self, seed: &str, severity: Severity, number: u64) -> Option<Disguise> {
        let mut draft = Draft::new(seed);
        let mut hand = Hand::new(self, severity, key(number, &[self.id, seed]));
        hand.strict = true;
        let changed = self.severities.contains(&severity) && (self.op)(&mut draft, &mut hand);
        changed.then(|| draft.finish()).filter(|disguise| disguise.text != seed)
    }
}

/// What an operation works with.
pub(crate) struct Hand<'t> {
    pub(crate) rng: Rng,
    pub(crate) severity: Severity,
    pub(crate) data: &'static str,
    severities: &'t [Severity],
    /// Refuse a severity that changes as little as a milder one.
    strict: bool,
}

impl<'t> Hand<'t> {
    pub(crate) fn new(transform: &'t Transform, severity: Severity, key: u64) -> Self {
        Self {
            rng: Rng::new(key),
            severity,
            data: transform.data,
            severities: transform.severities,
            strict: false,
        }
    }

    /// As many of the places as the severity asks for; none when there are none, or no more than
    /// a milder severity of the same transform takes. A milder choice is part of a harsher one.
    pub(crate) fn choose(&mut self, mut places: Vec<usize>) -> Vec<usize> {
        let n = self.severity.of(places.len());
        let milder = self.severities.iter().filter(|&&other| other < self.severity);
        if self.strict && milder.into_iter().any(|other| other.of(places.len()) == n) {
            return Vec::new();
        }
        self.rng.shuffle(&mut places);
        places.truncate(n);
        places.sort_unstable();
        places
    }
}

/// All transforms, by kind.
pub fn transforms() -> impl Iterator<Item = &'static Transform> {
    catalog::all()
}

/// The transform of that name.
pub fn transform(id: &str) -> Option<&'static Transform> {
    transforms().find(|transform| transform.id == id)
}
