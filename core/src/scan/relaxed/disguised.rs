//! Words that a whole text shows to be written in look-alikes: where most of its words are,
//! the letters that are left of a script do not outweigh those that only look like it.

use super::seen::Scripts;
use crate::lexicon;
use crate::view::View;
use crate::view::props::ScriptKind;
use crate::view::reading::{ReadingKind, Target};
use crate::view::unit::{Flags, Unit};
use crate::view::{alphabets, table};
use std::ops::Range;

/// Letters of other scripts that stand for those of one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Disguised {
    /// In words that no language writes: of several scripts or alphabets.
    pub(super) certain: u32,
    /// In words that are none but in the other script, or in capitals amid small letters.
    pub(super) likely: u32,
}

impl Disguised {
    pub(super) fn all(self) -> u32 {
        self.certain + self.likely
    }

    pub(super) fn without(self, word: Self) -> Self {
        Self {
            certain: self.certain.saturating_sub(word.certain),
            likely: self.likely.saturating_sub(word.likely),
        }
    }

    /// Those of all words of a text.
    pub(super) fn of_units(units: &[Unit], target: Target) -> Self {
        let mut sum = Self::default();
        for word in units.split(|unit| !unit.is_word()).filter(|word| !word.is_empty()) {
            let word = Self::of_word(word, target);
            sum.certain += word.certain;
            sum.likely += word.likely;
        }
        sum
    }

    /// Those of one word: all its letters of other scripts, or none.
    pub(super) fn of_word(word: &[Unit], target: Target) -> Self {
        let scripts = Scripts::of_units(word);
        let foreign = scripts.all() - scripts.of(target);
        if foreign == 0 || !look_alike(word, target) {
            return Self::default();
        }
        if scripts.is_mixed() || mixes_alphabets(word) {
            return Self { certain: foreign, likely: 0 };
        }
        let symbols = || word.iter().map(|unit| unit.symbol);
        let irregular = !is_cased_as_word(word);
        let word = irregular || !lexicon::is_word(symbols()) && is_word_of(word, target);
        Self { certain: 0, likely: if word { foreign } else { 0 } }
    }
}

/// True when the units are an ordinary word and written as one.
pub(super) fn is_ordinary(view: &View, word: Range<usize>) -> bool {
    is_cased_as_word(&view.units[word.clone()]) && super::words::is_word(view, word)
}

/// True for a word of Cyrillic letters that no language writes together.
pub(super) fn mixes_alphabets(word: &[Unit]) -> bool {
    let letters = word.iter().filter(|u| u.script == ScriptKind::Cyrillic);
    alphabets::are_mixed(letters.map(|unit| unit.symbol))
}

/// True when letters are all small, all capitals, or only the first is one: writers of
/// look-alikes take capitals (`сосК`) where small letters do not look alike.
pub(super) fn is_cased_as_word(word: &[Unit]) -> bool {
    let mut cased = word.iter().filter(|unit| table::props(unit.origin).is_cased());
    let Some(first) = cased.next() else { return true };
    let (mut upper, mut lower) = (false, false);
    for unit in cased {
        upper |= unit.has(Flags::UPPER);
        lower |= !unit.has(Flags::UPPER);
    }
    !upper || !lower && first.has(Flags::UPPER)
}

fn is_of(script: ScriptKind, target: Target) -> bool {
    match target {
        Target::Latin => script == ScriptKind::Latin,
        Target::Cyrillic => script == ScriptKind::Cyrillic,
        Target::Greek => script == ScriptKind::Greek,
        Target::Arabic => {
            !matches!(script, ScriptKind::Latin | ScriptKind::Cyrillic | ScriptKind::Greek)
        }
    }
}

/// True when every letter is of the script or looks like one of it.
fn look_alike(word: &[Unit], target: Target) -> bool {
    word.iter()
        .filter(|unit| unit.is_letter())
        .all(|unit| is_of(unit.script, target) || reading(unit, target).is_some())
}

fn reading(unit: &Unit, target: Target) -> Option<&'static [char]> {
    let mut readings = table::readings(unit.origin);
    let looks = readings.find(|r| r.kind() == ReadingKind::LookAlike && r.target() == target)?;
    Some(looks.symbols())
}

/// The fewest letters of a word that tell something: shorter ones are words somewhere.
const TELLS: usize = 4;

/// True when a word of look-alikes, read as what they look like, is an ordinary one.
fn is_word_of(word: &[Unit], target: Target) -> bool {
    let read = |unit: &Unit| reading(unit, target).unwrap_or(&[]);
    word.len() >= TELLS
        && word.iter().all(Unit::is_letter)
        && lexicon::is_word(word.iter().flat_map(|unit| read(unit).iter().copied()))
}
