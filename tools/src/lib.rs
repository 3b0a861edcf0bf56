//! What builds the checked-in data of Tamis.
//!
//! `gen-tables` writes `core/src/view/tables/` from the Unicode data that
//! `icu_properties`, `icu_casemap` and `icu_normalizer` carry. Nothing here is
//! linked into the engine.

mod classes;
mod fold_table;
mod folding;
pub mod gen_tables;
mod rust_source;
mod trie;
mod unicode;
mod view;

#[cfg(test)]
mod tests;
