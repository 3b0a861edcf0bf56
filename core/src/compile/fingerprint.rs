//! The fingerprint: one short text for everything that can change a verdict.

use crate::entity;
use crate::lexicon;
use crate::ruleset::Ruleset;
use crate::ruleset::tables::Tables;
use crate::view::table;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// Raised whenever the engine may answer differently for the same tables.
const SEMANTICS: u32 = 2;

/// SHA-256 over the tables without what is only for people, the Unicode table,
/// the lexicon, what recognizers look up and the version of the semantics; 128 bits of it, in hexadecimal.
pub(super) fn fingerprint(tables: &Tables) -> String {
    let mut plain = tables.clone();
    for label in &mut plain.labels {
        label.description = None;
    }
    for rule in &mut plain.rules {
        rule.description = None;
        rule.tags.clear();
        rule.meta.clear();
    }
    let body = serde_json::to_vec(&plain).expect("tables are plain data");
    let mut hasher = Sha256::new();
    hasher.update(Ruleset::engine_version());
    hasher.update(SEMANTICS.to_le_bytes());
    hasher.update(table::TABLE_VERSION);
    hasher.update(table::TABLE_SHA256);
    hasher.update(lexicon::VERSION);
    if !tables.entities.is_empty() || !tables.domains.is_empty() {
        entity::digest(|bytes| hasher.update(bytes));
    }
    hasher.update(body);
    hasher.finalize()[..16].iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
