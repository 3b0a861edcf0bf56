//! The core's own files, included: the layout of the lexicon and the inflections.

#[path = "../../../core/src/lexicon/mod.rs"]
#[allow(dead_code, unreachable_pub, unused_imports)]
pub(crate) mod lexicon;
pub(crate) use lexicon::packed;

#[path = "../../../core/src/inflect/rule.rs"]
#[allow(dead_code, unreachable_pub)]
mod rule;
use rule::Rule;

#[path = "../../../core/src/inflect/en.rs"]
#[allow(dead_code, unreachable_pub)]
pub(crate) mod en;
