//! Rulesets as bytes: written once, loaded in milliseconds, and trusted in nothing.
//!
//! A file is a [`header`], the tables that decide and what is only for people. The
//! tables are checked once, here: whatever the bytes were, what comes out of
//! [`Ruleset::from_bytes`] is as sound as what the compiler makes. Maps and automata
//! are not stored, since building them again from the tables costs less than checking
//! stored ones would, and nothing borrows from the bytes: a mapped file may go away.

mod check;
mod error;
mod header;
#[cfg(test)]
mod tests;

pub use error::LoadError;

use crate::date::Date;
use crate::diag::{Sink, SourceFile, SourceMap};
use crate::ruleset::{Expiry, People, Ruleset, fingerprint};
use crate::span::{SourceSpan, Spanned};
use header::Header;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What is stored beside the tables.
#[derive(Debug, Serialize, Deserialize)]
struct Extras {
    people: People,
    /// Rules with a last day: the rule, then year, month and day.
    expiries: Vec<(String, (u16, u8, u8))>,
}

impl Ruleset {
    /// The compiled ruleset as bytes, for [`Ruleset::from_bytes`] of the same version.
    ///
    /// Warnings, tests, comments and the text of the policy are not in it.
    ///
    /// ```
    /// let made: tamis::Ruleset = "policy: demo\nrules:\n  \
    ///     - { id: ad, action: review, patterns: [buy now] }\n".parse()?;
    /// let loaded = tamis::Ruleset::from_bytes(&made.to_bytes()).unwrap();
    /// assert_eq!(loaded.fingerprint(), made.fingerprint());
    /// assert_eq!(loaded.classify("Buy now!"), made.classify("Buy now!"));
    /// # Ok::<(), tamis::PolicyError>(())
    /// ```
    pub fn to_bytes(&self) -> Vec<u8> {
        let inner = self.inner();
        let mut tables = inner.tables.clone();
        let body = fingerprint::encode(&mut tables);
        let dated = inner.expiries.iter().map(|e| (e.rule.clone(), e.date.value.parts()));
        let extras = Extras { people: People::take(&mut tables), expiries: dated.collect() };
        let extras = fingerprint::to_bytes(&extras);
        let digest = fingerprint::digest(&body);
        header::write(fingerprint::fingerprint(&tables, &digest), &digest, &body, &extras)
    }

    /// Loads what [`Ruleset::to_bytes`] or `tamis compile` wrote.
    ///
    /// The bytes may come from anywhere: all of them are checked, and what is damaged,
    /// cut off, foreign or of another version is an error.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, LoadError> {
        let Header { fingerprint, tables: body, extras, digest } = header::read(bytes)?;
        let mut tables = fingerprint::decode(body).map_err(|_| LoadError::Damaged("its tables"))?;
        // Other tables of Unicode, another lexicon or other rules of matching.
        if fingerprint::fingerprint(&tables, &digest) != fingerprint {
            return Err(LoadError::OtherBuild);
        }
        check::tables(&tables).map_err(LoadError::Damaged)?;
        let extras = match postcard::take_from_bytes::<Extras>(extras) {
            Ok((extras, [])) if extras.people.fits(&tables) => extras,
            _ => return Err(LoadError::Damaged("its descriptions")),
        };
        extras.people.give(&mut tables);
        let expiries = extras.expiries.into_iter().map(expiry).collect::<Option<_>>();
        let expiries = expiries.ok_or(LoadError::Damaged("its dates"))?;
        let mut sources = SourceMap::default();
        sources.add(SourceFile::new("<compiled>", ""));
        let warnings = Sink::default().finish(Arc::new(sources));
        Ok(Self::new(tables, fingerprint::hex(fingerprint), warnings, expiries, None, false))
    }

    /// True when `bytes` begin as compiled rulesets do, whether or not they are whole.
    pub fn is_compiled(bytes: &[u8]) -> bool {
        bytes.starts_with(&header::MAGIC)
    }
}

/// `bytes` with changed tables, under a checksum and a fingerprint that fit: what is left
/// to refuse them are the checks. For fuzzing.
///
/// # Errors
/// When `bytes` are no compiled ruleset.
pub fn changed(bytes: &[u8], change: impl FnOnce(&mut Vec<u8>)) -> Result<Vec<u8>, LoadError> {
    let Header { tables, extras, .. } = header::read(bytes)?;
    let mut tables = tables.to_vec();
    change(&mut tables);
    Ok(sealed(&tables, extras))
}

fn sealed(tables: &[u8], extras: &[u8]) -> Vec<u8> {
    let digest = fingerprint::digest(tables);
    let own = fingerprint::decode(tables).map(|t| fingerprint::fingerprint(&t, &digest));
    header::write(own.unwrap_or_default(), &digest, tables, extras)
}

fn expiry((rule, (year, month, day)): (String, (u16, u8, u8))) -> Option<Expiry> {
    let date = Spanned::new(Date::new(year, month, day)?, SourceSpan::default());
    Some(Expiry { rule, date })
}
