//! What builds the checked-in data of Tamis.
//!
//! `gen-tables` writes `core/src/view/tables/` from the Unicode data that
//! `icu_properties`, `icu_casemap` and `icu_normalizer` carry, and the readings
//! of letters from the look-alikes of `unicode-security`, `decancer` and
//! `any_ascii`, and the character references of HTML that `entities` lists.
//! `gen-entities` writes `core/src/entity/tables/` from the numbering plans of
//! `phonenumber` and the top-level domains of `tld`. `gen-lexicon` writes the
//! lexicon of `core/src/lexicon/` from packages that `tools/lexicon/fetch.sh`
//! fetches. `gen-docs` writes `docs/reference.md` from the engine itself. Nothing here is
//! linked into the engine.

mod classes;
mod fold_table;
mod folding;
pub mod gen_docs;
pub mod gen_entities;
pub mod gen_tables;
pub mod lexicon;
mod phones;
mod readings;
mod references;
mod rust_source;
mod trie;
mod unicode;
mod view;

#[cfg(test)]
mod tests;
