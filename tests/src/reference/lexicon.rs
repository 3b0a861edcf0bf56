//! The dictionary words behind the veto and the gate of look-alikes.

use super::chars;
use super::units::Unit;
use icu_casemap::CaseMapper;
use tamis::internals;

/// True when the symbols of `units` are a dictionary word. Whatever form an
/// apostrophe has, it is one, and case does not count.
pub fn is_word<'u>(units: impl Iterator<Item = &'u Unit>) -> bool {
    let symbol = |unit: &Unit| match unit.symbol {
        _ if chars::is_apostrophe(unit.source) => '\'',
        'İ' => 'i',
        c => CaseMapper::new().simple_fold(c),
    };
    internals::is_word(&units.map(symbol).collect::<String>())
}
