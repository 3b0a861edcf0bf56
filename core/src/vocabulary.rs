//! The words of the policy format as data, for schemas, references and editors.
//!
//! They come from what reads policies, so they cannot say anything else.

use crate::entity::{Kind, Options};
use crate::program::Signal;
use crate::spec::decode;

/// A kind of mapping in a policy and the keys it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mapping {
    /// What it is, as messages call it: a rule, an exception, …
    pub title: &'static str,
    /// Its keys, in canonical order.
    pub keys: &'static [&'static str],
}

/// All kinds of mappings with keys of their own; those of recognizers are [`entities`].
pub fn mappings() -> Vec<Mapping> {
    decode::mappings().map(|(title, keys)| Mapping { title, keys }).collect()
}

/// The recognizers that `entity:` names, each with its own keys.
pub fn entities() -> Vec<(&'static str, &'static [&'static str])> {
    Kind::all().iter().map(|&kind| (kind.name(), Options::keys(kind))).collect()
}

/// The signals that conditions may ask for.
pub fn signals() -> Vec<&'static str> {
    Signal::ALL.iter().map(|signal| signal.name()).collect()
}
