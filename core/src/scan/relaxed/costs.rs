//! What each kind of undoing costs, and how much a level allows in sum.
//!
//! Costs are tenths. They say how far a reader's eye must be helped: what no
//! honest writer does costs little, what happens by accident costs more. The
//! meaning of each row is in `docs/evasion.md`.

use crate::spec::model::Level;
use crate::verdict::Kinds;

/// A kind of undoing, the lowest level that does it and its cost in tenths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cost {
    /// The kind.
    pub kind: Kinds,
    /// The lowest level that undoes it.
    pub level: Level,
    /// What the first one in a match costs, in tenths.
    pub first: u8,
    /// What each further one costs, in tenths.
    pub further: u8,
    /// For people.
    pub what: &'static str,
}

const fn row(kind: Kinds, level: Level, first: u8, further: u8, what: &'static str) -> Cost {
    Cost { kind, level, first, further, what }
}

/// All costs, by level.
pub const COSTS: &[Cost] = &[
    row(Kinds::FORMS, Level::Fold, 1, 0, "full width, styled, circled, superscript letters"),
    row(Kinds::MARKS, Level::Fold, 2, 0, "accents, strokes and stacked marks"),
    row(Kinds::INVISIBLE, Level::Fold, 1, 0, "invisible characters"),
    row(Kinds::HIDDEN, Level::Fold, 5, 0, "text in invisible tag characters"),
    row(Kinds::LOOKALIKE, Level::Fold, 3, 1, "letters of other scripts that look alike"),
    row(Kinds::LEET, Level::Standard, 6, 2, "digits and symbols for letters"),
    row(Kinds::MASKS, Level::Standard, 8, 3, "letters hidden behind a symbol"),
    row(Kinds::REPEATS, Level::Standard, 3, 1, "a letter three times or more"),
    row(Kinds::SEPARATORS, Level::Standard, 10, 0, "the same gap between all letters"),
    row(Kinds::JOINED, Level::Standard, 5, 0, "a phrase without its spaces"),
    row(Kinds::DECODED, Level::Standard, 3, 0, "entities, escapes, markup, turned direction"),
    row(Kinds::TURNED, Level::Strong, 5, 1, "letters upside down"),
    row(Kinds::PHONETIC, Level::Strong, 14, 6, "letters written as they sound"),
    row(Kinds::IRREGULAR, Level::Strong, 16, 4, "gaps of several kinds, a stray space"),
    row(Kinds::SWAP, Level::Strong, 18, 0, "two neighbouring letters swapped"),
    row(Kinds::DELETION, Level::Strong, 20, 0, "one letter left out"),
    row(Kinds::REVERSED, Level::Strong, 20, 0, "backwards"),
];

/// A run of two where the pattern has one letter: innocent more often than longer ones.
pub(super) const DOUBLED: (u8, u8) = (6, 2);
/// One symbol between some of the letters.
pub(super) const TIGHT: (u8, u8) = (12, 2);
/// What each undoing inside a link, name, address or id costs more.
pub const IN_PLACE: u8 = 10;

/// Rows of [`COSTS`] that cost something else in a special case: the kind, what the first one
/// and each further one costs then, and the case.
pub const SPECIAL: &[(Kinds, (u8, u8), &str)] = &[
    (Kinds::REPEATS, DOUBLED, "a letter written twice"),
    (Kinds::SEPARATORS, TIGHT, "the same gap in some places only"),
];

/// Patterns whose longest word has so many letters at most are short.
pub const SHORT: usize = 3;

/// So many masks, or irregular gaps, of a word cost something: what more of them say is clear.
pub const MANY: u8 = 6;

/// The greatest sum a level allows, in tenths; short patterns are found in
/// innocent text more easily and may cost less.
pub const fn ceiling(level: Level, short: bool) -> u8 {
    match (level, short) {
        (Level::Exact, _) => 0,
        (Level::Fold, _) => 40,
        (_, true) => 20,
        (Level::Standard, false) => 30,
        (Level::Strong, false) => 45,
    }
}

/// Undoing that leaves the letters as they are.
pub(super) const FOLDED: Kinds = Kinds::FORMS
    .union(Kinds::MARKS)
    .union(Kinds::INVISIBLE)
    .union(Kinds::HIDDEN)
    .union(Kinds::DECODED);

/// No sum above this is accepted at any level.
pub(super) const GREATEST: u8 = 45;

/// The cost of one more event of `kind` where those of `kinds` happened before.
pub(crate) fn cost(kind: Kinds, kinds: Kinds) -> u8 {
    either(of(kind), kind, kinds)
}

/// What the first event of `kind` costs and what each further one does.
pub(super) fn of(kind: Kinds) -> (u8, u8) {
    let known = COSTS.iter().find(|row| row.kind == kind);
    known.map_or((0, 0), |row| (row.first, row.further))
}

pub(super) fn either((first, further): (u8, u8), kind: Kinds, kinds: Kinds) -> u8 {
    if kind.is_subset(kinds) { further } else { first }
}

/// The kinds that `level` undoes.
pub fn kinds(level: Level) -> Kinds {
    let undone = COSTS.iter().filter(|row| row.level <= level);
    undone.fold(Kinds::NONE, |all, row| all.union(row.kind))
}

/// True when `level` or one below it undoes all of `kinds` and allows `cost`: so
/// that each level finds what the ones below find.
pub(super) fn accepts(level: Level, kinds_found: Kinds, cost: u8, short: bool) -> bool {
    [Level::Exact, Level::Fold, Level::Standard, Level::Strong].into_iter().any(|each| {
        each <= level && cost <= ceiling(each, short) && kinds_found.is_subset(kinds(each))
    })
}
