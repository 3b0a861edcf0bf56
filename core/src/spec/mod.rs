//! What an author wrote: the policy as a spanned tree, typed, with every problem collected.
//!
//! Text becomes a [`tree`] (`yaml`), the tree becomes the typed [`model`]
//! (`decode`), the text of a condition becomes an expression ([`expr`],
//! `condition`), and a policy takes in its bases (`merge`). Each step collects diagnostics and goes on.

pub(crate) mod attached;
pub(crate) mod condition;
pub(crate) mod decode;
pub mod duration;
pub(crate) mod edit;
pub mod expr;
pub mod glob;
pub(crate) mod insert;
mod layout;
pub(crate) mod lists;
mod mend;
pub(crate) mod merge;
pub mod model;
pub(crate) mod models;
pub(crate) mod offsets;
mod quotes;
pub mod suggest;
mod syntax;
pub mod tree;
pub(crate) mod yaml;

/// Bounds on what is read, before any of `limits:` is known.
pub mod bounds {
    /// Bytes of a policy or of a list file.
    pub const FILE_BYTES: u64 = 16 << 20;
    /// Levels of lists and mappings within each other.
    pub const DEPTH: usize = 64;
    /// Policies that extend each other in a chain.
    pub const BASES_DEPTH: usize = 16;
    /// Bases of a policy, those of its bases counted each time they are inherited.
    pub const BASES: usize = 1_000;
    /// Inherited rules, counted as often as they are inherited.
    pub const INHERITED_RULES: usize = 100_000;
    /// Entries of all lists that are made by `extend`.
    pub const EDITED_ENTRIES: usize = 2_000_000;
    /// Characters of a pattern.
    pub const PATTERN_CHARS: usize = 1_000;
    /// Characters of a regular expression.
    pub const REGEX_CHARS: usize = 10_000;
    /// Bytes of a condition.
    pub const CONDITION_BYTES: usize = 64 << 10;
    /// Levels of parts of a condition within each other.
    pub const CONDITION_DEPTH: usize = 64;
}
