//! The dictionary words behind the veto and the gate of look-alikes.

use super::chars;
use super::units::Unit;
use tamis::internals;

/// True when the symbols of `units` are a dictionary word. Whatever form an
/// apostrophe has, it is one.
pub fn is_word<'u>(units: impl Iterator<Item = &'u Unit>) -> bool {
    let symbol = |unit: &Unit| if chars::is_apostrophe(unit.source) { '\'' } else { unit.symbol };
    internals::is_word(&units.map(symbol).collect::<String>())
}
