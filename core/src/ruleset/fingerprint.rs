//! The fingerprint: one short text for everything that can change a verdict.

use super::people::People;
use super::tables::Tables;
use crate::entity;
use crate::lexicon;
use crate::view::table;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// Raised whenever the engine may answer differently for the same tables.
const SEMANTICS: u32 = 7;

/// The tables as bytes, without what is only for people: what the fingerprint is made
/// of and what a compiled ruleset stores, so that neither can cover less than the other.
pub(crate) fn encode(tables: &mut Tables) -> Vec<u8> {
    let people = People::take(tables);
    let bytes = to_bytes(tables);
    people.give(tables);
    bytes
}

/// Plain data as bytes.
pub(crate) fn to_bytes(data: &impl Serialize) -> Vec<u8> {
    // Writing to memory cannot fail, and the data has no part that cannot be written.
    postcard::to_allocvec(data).expect("plain data")
}

/// The tables of [`encode`], if nothing is left over.
pub(crate) fn decode(bytes: &[u8]) -> Result<Tables, postcard::Error> {
    match postcard::take_from_bytes(bytes)? {
        (tables, []) => Ok(tables),
        _ => Err(postcard::Error::DeserializeBadEncoding),
    }
}

/// SHA-256 over the digest of the encoded tables, the Unicode table, the lexicon, what
/// recognizers look up and the version of the semantics; 128 bits of it.
pub(crate) fn fingerprint(tables: &Tables, digest: &[u8; 32]) -> [u8; 16] {
    let mut hasher = Sha256::new();
    hasher.update(env!("CARGO_PKG_VERSION"));
    hasher.update(SEMANTICS.to_le_bytes());
    hasher.update(table::TABLE_VERSION);
    hasher.update(table::TABLE_SHA256);
    hasher.update(lexicon::VERSION);
    if !tables.entities.is_empty() || !tables.domains.is_empty() {
        entity::digest(|bytes| hasher.update(bytes));
    }
    hasher.update(digest);
    let mut out = [0; 16];
    out.copy_from_slice(&hasher.finalize()[..16]);
    out
}

/// The digest of encoded tables that [`fingerprint`] takes.
pub(crate) fn digest(encoded: &[u8]) -> [u8; 32] {
    Sha256::digest(encoded).into()
}

/// A fingerprint as it is shown.
pub(crate) fn hex(fingerprint: [u8; 16]) -> String {
    fingerprint.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
