//! The readings: as what letters of Latin, Cyrillic or Greek a code point can
//! be read, beside the letters it folds to.
//!
//! Sources by priority: compatibility decomposition (the base letter's readings
//! serve), the lists by hand, the confusables of UTS #39, `decancer`, `any_ascii`.
//! The first reading of a target is what a reader takes it for; later ones are
//! alternatives.

pub(crate) mod conflicts;
mod hand;
pub(crate) mod sources;
pub(crate) mod table;
#[cfg(test)]
mod tests;

use icu_properties::props::Script;

use hand::Hand;

use crate::unicode;
use crate::view::props::Class;
use crate::view::reading::{ReadingKind, Target};
use crate::{classes, folding};

/// A reading before it is packed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Reading {
    pub(crate) target: Target,
    pub(crate) kind: ReadingKind,
    pub(crate) doubt: u8,
    pub(crate) symbols: String,
}

/// All readings of `c`, by target, the likeliest first.
pub(crate) fn readings(c: char) -> Vec<Reading> {
    let class = classes::class(c);
    if class == Class::Other || class == Class::Ignorable && hand::latin(c).is_empty() {
        return Vec::new();
    }
    let latin = latin(c);
    let mut found = latin.clone();
    found.extend(in_script(c, Target::Cyrillic, &latin));
    found.extend(in_script(c, Target::Greek, &latin));
    let mut arabic = Found::new(c, Target::Arabic);
    arabic.add_all(hand::arabic(c));
    found.extend(arabic.readings);
    found
}

/// Readings of one target in the order they were found, each once.
struct Found {
    /// What the code point folds to without its marks: no reading, but itself.
    itself: String,
    target: Target,
    readings: Vec<Reading>,
}

impl Found {
    fn new(c: char, target: Target) -> Self {
        let folded = folding::fold(c);
        let itself = folded.into_iter().filter(|&c| !is_droppable(c)).collect();
        Self { itself, target, readings: Vec::new() }
    }

    fn add(&mut self, kind: ReadingKind, doubt: u8, symbols: impl Into<String>) {
        let symbols = symbols.into();
        if symbols != self.itself && self.readings.iter().all(|known| known.symbols != symbols) {
            self.readings.push(Reading { target: self.target, kind, doubt, symbols });
        }
    }

    fn add_all(&mut self, readings: impl IntoIterator<Item = Hand>) {
        for (kind, doubt, symbols) in readings {
            self.add(kind, doubt, symbols);
        }
    }
}

fn is_droppable(c: char) -> bool {
    classes::class(c) == Class::Mark
}

/// The single code point that `c` decomposes to when its marks are dropped.
fn base(c: char, compat: bool) -> Option<char> {
    let decomposed = unicode::decompose(&c.to_string(), compat);
    let mut bases = decomposed.chars().filter(|&c| !is_droppable(c));
    let base = bases.next()?;
    (bases.next().is_none() && base != c).then_some(base)
}

/// The code point to ask next: canonical mappings are undone before the others.
fn simpler(c: char) -> Option<char> {
    base(c, false).or_else(|| base(c, true))
}

fn latin(c: char) -> Vec<Reading> {
    let mut found = Found::new(c, Target::Latin);
    // Doubtful readings by hand are alternatives to what the sources say, where they know.
    let (likely, unlikely): (Vec<Hand>, Vec<Hand>) = hand::latin(c)
        .into_iter()
        .partition(|&(_, doubt, _)| doubt < 3 || doubt_of_decancer(c) == 3);
    found.add_all(likely);
    if let Some(digit) = sources::digit(c).filter(|_| !c.is_ascii()) {
        found.add(ReadingKind::Styled, 0, digit);
    }
    // A digit in whatever form stands for the letters that it does in its own.
    let styled = found.readings.iter().filter(|reading| reading.kind == ReadingKind::Styled);
    let digits: Vec<char> = styled
        .filter_map(|reading| reading.symbols.parse().ok())
        .filter(char::is_ascii_digit)
        .collect();
    for digit in digits {
        found.add_all(hand::latin(digit));
    }
    if !c.is_ascii() && base(c, false).is_none() {
        add_by_shape(c, &mut found);
        add_other_case(c, &mut found);
        let is_l = |known: &Reading| known.kind == ReadingKind::LookAlike && known.symbols == "l";
        if unicode::script(c) != Script::Latin && found.readings.iter().any(is_l) {
            // A mere stroke.
            found.add(ReadingKind::LookAlike, 3, "i");
        }
    }
    found.add_all(unlikely);
    if let Some(base) = simpler(c) {
        let of_base = latin(base).into_iter();
        found.add_all(of_base.map(|reading| (reading.kind, reading.doubt, reading.symbols)));
    }
    found.readings
}

/// What the sources say. Where two agree, their letter comes first.
fn add_by_shape(c: char, found: &mut Found) {
    let confusable = sources::confusable(c);
    let decancer = sources::decancer(c);
    let agreed = decancer.filter(|letter| confusable.contains(letter));
    let doubt = |letter: char| match (confusable.contains(&letter), decancer == Some(letter)) {
        (true, true) => 1,
        (true, false) => 2,
        _ => doubt_of_decancer(c),
    };
    if let Some(letters) = variant(c, decancer) {
        found.add(ReadingKind::Variant, 1, letters);
    }
    for letter in agreed.into_iter().chain(confusable.iter().copied()).chain(decancer) {
        found.add(ReadingKind::LookAlike, doubt(letter), letter);
    }
}

/// What a letter looks like in its other case: disguised words are written in capitals too, or
/// their capitals in small letters.
fn add_other_case(c: char, found: &mut Found) {
    if unicode::script(c) == Script::Latin || !sources::is_letter(c) {
        return;
    }
    for other in [unicode::simple_lower(c), unicode::simple_upper(c)] {
        let mut shapes = Found::new(other, found.target);
        if other != c && base(other, false).is_none() {
            shapes.add_all(hand::latin(other));
            add_by_shape(other, &mut shapes);
        }
        let alike = shapes.readings.into_iter().filter(|r| r.kind == ReadingKind::LookAlike);
        found.add_all(alike.map(|reading| (reading.kind, 3, reading.symbols)));
    }
}

/// How much to trust decancer alone: it knows the alphabets of Europe well,
/// and finds a Latin letter in nearly every sign of the others.
fn doubt_of_decancer(c: char) -> u8 {
    match unicode::script(c) {
        Script::Latin | Script::Cyrillic | Script::Greek | Script::Armenian | Script::Cherokee => 2,
        _ => 3,
    }
}

/// The usual letter, or two, that a Latin letter is but for a stroke: what
/// `any_ascii` says, if another source agrees.
fn variant(c: char, decancer: Option<char>) -> Option<String> {
    let letters = sources::any_ascii(c)?;
    let agrees = decancer.is_some_and(|letter| letters.chars().eq([letter]))
        || letters.chars().count() > 1 && sources::prototype(c).to_lowercase() == letters;
    agrees.then_some(letters)
}

/// Readings in Cyrillic or Greek: by shape, else by the Latin letter it is read as.
fn in_script(c: char, target: Target, latin: &[Reading]) -> Vec<Reading> {
    let mut found = Found::new(c, target);
    if is_member(base(c, false).unwrap_or(c), target) {
        return found.readings;
    }
    add_in_script(c, &mut found);
    if let Some(base) = simpler(c) {
        add_in_script(base, &mut found);
    }
    if found.readings.is_empty()
        && let Some(first) = latin.first()
    {
        add_through_latin(first, &mut found);
    }
    found.readings
}

/// Whether `c` is one of the letters that the target is written with.
fn is_member(c: char, target: Target) -> bool {
    match target {
        Target::Latin => c.is_ascii_alphabetic(),
        Target::Cyrillic => sources::CYRILLIC.has(c),
        Target::Greek => sources::GREEK.has(c) || c == 'ς',
        Target::Arabic => false,
    }
}

fn add_in_script(c: char, found: &mut Found) {
    let (shapes, script, by_hand) = match found.target {
        Target::Latin | Target::Arabic => return,
        Target::Cyrillic => (&sources::CYRILLIC, Script::Cyrillic, hand::cyrillic(c)),
        Target::Greek => (&sources::GREEK, Script::Greek, hand::greek(c)),
    };
    if sources::is_letter(c) {
        let own = unicode::script(c) == script;
        let kind = if own { ReadingKind::Variant } else { ReadingKind::LookAlike };
        for letter in shapes.like(c) {
            found.add(kind, 1, letter);
        }
        let cases = [unicode::simple_lower(c), unicode::simple_upper(c)];
        let other_case = cases.into_iter().filter(|&cased| cased != c);
        for letter in other_case.flat_map(|c| shapes.like(c)) {
            found.add(kind, 2, letter);
        }
    }
    found.add_all(by_hand);
}

/// What the Latin letter that a code point is read as can be read as in turn.
/// A chain of two look-alikes must be of good ones.
fn add_through_latin(first: &Reading, found: &mut Found) {
    let mut letters = first.symbols.chars();
    let (Some(letter), None) = (letters.next(), letters.next()) else { return };
    if letter.is_ascii_digit() && first.kind == ReadingKind::LookAlike {
        return;
    }
    for cased in [letter, unicode::simple_upper(letter)] {
        let mut through = Found::new(cased, found.target);
        add_in_script(cased, &mut through);
        let chains = through.readings.into_iter().filter(|reading| {
            first.kind != ReadingKind::LookAlike || first.doubt < 3 && reading.doubt < 2
        });
        let chains: Vec<Hand> = chains
            .map(|reading| (first.kind, first.doubt.max(reading.doubt), reading.symbols))
            .collect();
        found.add_all(chains);
    }
}
