//! Kinds of evasion, what undoing them costs, and what a level accepts.
//!
//! Costs are tenths. The first event of a kind in a match costs the first number
//! of the table in `docs/evasion.md`, each other one the second.

use std::collections::BTreeSet;
use tamis::spec::model::Level;

/// A kind of evasion, in the order of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "docs/evasion.md says what each is")]
pub enum Kind {
    Forms,
    Marks,
    Invisible,
    Hidden,
    LookAlike,
    Leet,
    Masks,
    Repeats,
    Separators,
    Joined,
    Decoded,
    Deletion,
    Swap,
    Phonetic,
    Irregular,
    Reversed,
    Turned,
}

impl Kind {
    const ALL: [Kind; 17] = [
        Self::Forms,
        Self::Marks,
        Self::Invisible,
        Self::Hidden,
        Self::LookAlike,
        Self::Leet,
        Self::Masks,
        Self::Repeats,
        Self::Separators,
        Self::Joined,
        Self::Decoded,
        Self::Deletion,
        Self::Swap,
        Self::Phonetic,
        Self::Irregular,
        Self::Reversed,
        Self::Turned,
    ];

    /// The kind that verdicts call `name`.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Its name in verdicts.
    pub fn name(self) -> &'static str {
        self.row().0
    }

    /// The lowest level that has it.
    pub fn level(self) -> Level {
        self.row().1
    }

    /// What the first event costs, and each other one.
    fn price(self) -> (u32, u32) {
        self.row().2
    }

    fn row(self) -> (&'static str, Level, (u32, u32)) {
        match self {
            Self::Forms => ("forms", Level::Fold, (1, 0)),
            Self::Marks => ("marks", Level::Fold, (2, 0)),
            Self::Invisible => ("invisible", Level::Fold, (1, 0)),
            Self::Hidden => ("hidden", Level::Fold, (5, 0)),
            Self::LookAlike => ("lookalike", Level::Fold, (3, 1)),
            Self::Leet => ("leet", Level::Standard, (6, 2)),
            Self::Masks => ("masks", Level::Standard, (8, 3)),
            Self::Repeats => ("repeats", Level::Standard, (3, 1)),
            Self::Separators => ("separators", Level::Standard, (10, 0)),
            Self::Joined => ("joined", Level::Standard, (5, 0)),
            Self::Decoded => ("decoded", Level::Standard, (3, 0)),
            Self::Deletion => ("deletion", Level::Strong, (20, 0)),
            Self::Swap => ("swap", Level::Strong, (18, 0)),
            Self::Phonetic => ("phonetic", Level::Strong, (14, 6)),
            Self::Irregular => ("irregular", Level::Strong, (16, 4)),
            Self::Reversed => ("reversed", Level::Strong, (20, 0)),
            Self::Turned => ("turned", Level::Strong, (5, 1)),
        }
    }
}

/// The kinds of a match.
pub type KindSet = BTreeSet<Kind>;

/// What an event in a link, mention, mail address or id costs more.
const IN_TOKEN: u32 = 10;

/// One thing that was undone.
#[derive(Clone, Copy, Debug)]
pub struct Event {
    /// Its kind.
    pub kind: Kind,
    /// What the first of the kind costs, and each other one.
    price: (u32, u32),
    /// The unit of the text it is at.
    pub at: usize,
}

impl Event {
    /// An event of a kind with one price.
    pub fn new(kind: Kind, at: usize) -> Self {
        Self { kind, price: kind.price(), at }
    }

    /// The same for what stands behind `before` others like it in its word.
    #[must_use]
    pub fn after(self, before: usize) -> Self {
        let further = if before < MANY { self.price.1 } else { 0 };
        Self { price: (self.price.0, further), ..self }
    }

    /// Units equal to the one before; `stretched` when the run is 3 or longer.
    pub fn repeats(stretched: bool, at: usize) -> Self {
        let price = if stretched { (3, 1) } else { (6, 2) };
        Self { kind: Kind::Repeats, price, at }
    }

    /// One of the gaps of a word that are the same character.
    pub fn tight(at: usize) -> Self {
        Self { kind: Kind::Separators, price: (12, 2), at }
    }
}

/// So many masks or irregular gaps of a word cost something.
pub const MANY: usize = 6;

/// The summed cost of `events`, which are in the order of the text.
pub fn total(events: &[Event], in_token: impl Fn(usize) -> bool) -> u32 {
    let mut seen = KindSet::new();
    let mut cost = 0;
    for event in events {
        cost += if seen.insert(event.kind) { event.price.0 } else { event.price.1 };
        cost += if in_token(event.at) { IN_TOKEN } else { 0 };
    }
    cost
}

/// True when a match may be found at `level`: some level at or below it has all
/// its kinds and a ceiling as high as its cost. `longest` is the length of the
/// pattern's longest word.
pub fn accepts(level: Level, longest: usize, kinds: &KindSet, cost: u32) -> bool {
    Level::ALL
        .into_iter()
        .filter(|&l| l <= level)
        .any(|l| cost <= ceiling(l, longest) && kinds.iter().all(|kind| kind.level() <= l))
}

/// What a match may cost at most at `level` or one below.
pub fn highest(level: Level, longest: usize) -> u32 {
    let below = Level::ALL.into_iter().filter(|&l| l <= level);
    below.map(|l| ceiling(l, longest)).max().unwrap_or(0)
}

fn ceiling(level: Level, longest: usize) -> u32 {
    match level {
        Level::Exact => 0,
        Level::Fold => 40,
        _ if longest <= 3 => 20,
        Level::Standard => 30,
        Level::Strong => 45,
    }
}
