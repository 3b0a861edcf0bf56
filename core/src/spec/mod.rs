//! What an author wrote: the policy as a spanned tree, typed, with every problem collected.
//!
//! Text becomes a [`tree`] (`yaml`), the tree becomes the typed [`model`]
//! (`decode`), and the text of a condition becomes an expression ([`expr`],
//! `condition`). Each step collects diagnostics and goes on.

pub(crate) mod condition;
pub(crate) mod decode;
pub mod duration;
pub mod expr;
pub(crate) mod lists;
mod mend;
pub mod model;
pub(crate) mod offsets;
pub mod suggest;
pub mod tree;
mod unbuilt;
pub(crate) mod yaml;

/// Bounds on what is read, before any of `limits:` is known.
pub mod bounds {
    /// Bytes of a policy or of a list file.
    pub const FILE_BYTES: u64 = 16 << 20;
    /// Levels of lists and mappings within each other.
    pub const DEPTH: usize = 64;
    /// Characters of a pattern.
    pub const PATTERN_CHARS: usize = 1_000;
    /// Characters of a regular expression.
    pub const REGEX_CHARS: usize = 10_000;
    /// Bytes of a condition.
    pub const CONDITION_BYTES: usize = 64 << 10;
    /// Levels of parts of a condition within each other.
    pub const CONDITION_DEPTH: usize = 64;
}
