//! The dictionary words behind the veto and the gate of look-alikes.

use super::chars;
use super::units::Unit;
use icu_casemap::CaseMapper;
use tamis::internals;

/// True when the symbols of `units` are a dictionary word. Whatever form an
/// apostrophe has, it is one, and case does not count.
pub fn is_word<'u>(units: impl Iterator<Item = &'u Unit>) -> bool {
    internals::is_word(&key(units))
}

/// How frequent it is, in classes from 1 to 15.
pub fn frequency<'u>(units: impl Iterator<Item = &'u Unit>) -> u8 {
    internals::frequency(&key(units))
}

/// The languages it is a word of; a name is one of none that is known everywhere.
pub fn languages<'u>(units: impl Iterator<Item = &'u Unit>) -> Vec<&'static str> {
    internals::languages(&key(units))
}

fn key<'u>(units: impl Iterator<Item = &'u Unit>) -> String {
    let symbol = |unit: &Unit| match unit.symbol {
        _ if chars::is_apostrophe(unit.source) => '\'',
        'İ' => 'i',
        c => CaseMapper::new().simple_fold(c),
    };
    units.map(symbol).collect()
}
