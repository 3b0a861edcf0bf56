//! The head of a compiled ruleset: what it is, who wrote it, how long it is, and a
//! checksum over all the rest. All numbers are little-endian.
//!
//! | bytes | what |
//! |---|---|
//! | 0..8 | magic |
//! | 8..12 | version of the format |
//! | 12..36 | version of the engine, filled up with zeros |
//! | 36..52 | fingerprint of the ruleset |
//! | 52..60 | length of the tables |
//! | 60..68 | length of the extras |
//! | 68..100 | SHA-256 of the bytes before, of the digest of the tables, and of the extras |
//!
//! Then the tables, then the extras. The first 36 bytes stay where they are in every
//! version of the format, so that an old Tamis can say what a newer file is.

use super::LoadError;
use crate::ruleset::fingerprint;
use sha2::{Digest, Sha256};

pub(super) use crate::policy::COMPILED as MAGIC;

/// Raised when the layout of header, tables or extras changes within a version of Tamis.
pub(super) const FORMAT: u32 = 1;

const ENGINE: usize = 24;
const FINGERPRINT: usize = 16;
/// Where the checksum begins: it covers what is before.
const CHECKSUM_AT: usize = 68;
const LEN: usize = CHECKSUM_AT + 32;

/// The parts of a compiled ruleset whose checksum fits.
pub(super) struct Header<'b> {
    pub(super) fingerprint: [u8; FINGERPRINT],
    pub(super) tables: &'b [u8],
    pub(super) extras: &'b [u8],
    /// The digest of the tables.
    pub(super) digest: [u8; 32],
}

/// The whole file. `digest` is that of the tables.
pub(super) fn write(
    fingerprint: [u8; FINGERPRINT],
    digest: &[u8; 32],
    tables: &[u8],
    extras: &[u8],
) -> Vec<u8> {
    let mut out = Vec::with_capacity(LEN + tables.len() + extras.len());
    out.extend(MAGIC);
    out.extend(FORMAT.to_le_bytes());
    out.extend(engine(env!("CARGO_PKG_VERSION")));
    out.extend(fingerprint);
    out.extend((tables.len() as u64).to_le_bytes());
    out.extend((extras.len() as u64).to_le_bytes());
    out.extend(checksum(&out, digest, extras));
    out.extend(tables);
    out.extend(extras);
    out
}

/// Takes a file apart.
pub(super) fn read(bytes: &[u8]) -> Result<Header<'_>, LoadError> {
    if !bytes.starts_with(&MAGIC) {
        let begins = !bytes.is_empty() && MAGIC.starts_with(bytes);
        return Err(if begins { LoadError::Truncated(None) } else { LoadError::Foreign });
    }
    let mut head = Reader(&bytes[MAGIC.len()..]);
    let format = u32::from_le_bytes(head.take()?);
    if format != FORMAT {
        return Err(LoadError::Format(format));
    }
    let by: [u8; ENGINE] = head.take()?;
    if by != engine(env!("CARGO_PKG_VERSION")) {
        return Err(LoadError::Engine(shown(&by)));
    }
    let fingerprint: [u8; FINGERPRINT] = head.take()?;
    let tables = u64::from_le_bytes(head.take()?);
    let extras = u64::from_le_bytes(head.take()?);
    let stored: [u8; 32] = head.take()?;
    let rest = head.0;
    let wanted = tables.saturating_add(extras);
    match (rest.len() as u64).checked_sub(wanted) {
        Some(0) => {}
        Some(more) => return Err(LoadError::Trailing(more)),
        None => return Err(LoadError::Truncated(Some(wanted - rest.len() as u64))),
    }
    let (tables, extras) = rest.split_at(tables as usize);
    let digest = fingerprint::digest(tables);
    if checksum(&bytes[..CHECKSUM_AT], &digest, extras) != stored {
        return Err(LoadError::Checksum);
    }
    Ok(Header { fingerprint, tables, extras, digest })
}

/// The bytes of a header, from the front.
struct Reader<'b>(&'b [u8]);

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], LoadError> {
        let (taken, rest) = self.0.split_first_chunk().ok_or(LoadError::Truncated(None))?;
        self.0 = rest;
        Ok(*taken)
    }
}

fn checksum(head: &[u8], tables: &[u8; 32], extras: &[u8]) -> [u8; 32] {
    Sha256::new().chain_update(head).chain_update(tables).chain_update(extras).finalize().into()
}

/// A version, cut to its place; one that long would still differ from others there.
fn engine(version: &str) -> [u8; ENGINE] {
    let mut out = [0; ENGINE];
    let len = version.len().min(ENGINE);
    out[..len].copy_from_slice(&version.as_bytes()[..len]);
    out
}

/// The version of a file from elsewhere, for a message.
fn shown(by: &[u8; ENGINE]) -> String {
    let text = by.iter().take_while(|&&b| b != 0);
    text.map(|&b| if b.is_ascii_graphic() { b as char } else { '?' }).collect()
}
