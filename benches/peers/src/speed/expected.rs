//! What every engine must find: recorded once, asserted before every measurement.

use crate::definitions::{Problem, here};
use crate::engines::Found;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// The hits of an engine in a row.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct Hits {
    row: String,
    engine: String,
    /// Of texts and list: others have other hits.
    digest: String,
    flagged: u64,
    matches: u64,
}

/// All recorded hits.
#[derive(Debug, Default, Deserialize, Serialize)]
pub struct Expected {
    #[serde(default)]
    hits: Vec<Hits>,
    #[serde(skip)]
    record: bool,
    #[serde(skip)]
    unknown: usize,
}

impl Expected {
    /// Reads what is recorded; with `record`, whatever is found is taken.
    pub fn read(record: bool) -> Result<Self, Problem> {
        let mut expected: Self = match std::fs::read_to_string(path()) {
            Ok(text) => toml::from_str(&text)?,
            Err(_) => Self::default(),
        };
        expected.record = record;
        Ok(expected)
    }

    /// Fails when an engine found something else than is recorded for these texts and this list.
    pub fn check(
        &mut self,
        row: &str,
        engine: &str,
        digest: &str,
        found: Found,
    ) -> Result<(), Problem> {
        let hits = Hits {
            row: row.to_owned(),
            engine: engine.to_owned(),
            digest: digest.to_owned(),
            flagged: found.flagged,
            matches: found.matches,
        };
        let same = |known: &&mut Hits| {
            known.row == hits.row && known.engine == hits.engine && known.digest == hits.digest
        };
        match self.hits.iter_mut().find(same) {
            Some(known) if *known == hits => {}
            Some(known) if self.record => *known = hits,
            Some(known) => {
                return Err(format!(
                    "{row}: {engine} flagged {} texts with {} hits, but {} with {} are recorded: a \
                     fast wrong answer is no result. If it is right now, --record",
                    hits.flagged, hits.matches, known.flagged, known.matches
                )
                .into());
            }
            None if self.record => self.hits.push(hits),
            None => self.unknown += 1,
        }
        Ok(())
    }

    /// Writes what was recorded, and says what could not be asserted.
    pub fn finish(mut self) -> Result<(), Problem> {
        if self.unknown > 0 {
            eprintln!(
                "{} counts of hits were not asserted: none is recorded for these texts and lists",
                self.unknown
            );
        }
        if self.record {
            self.hits.sort_by(|a, b| (&a.row, &a.engine).cmp(&(&b.row, &b.engine)));
            let head = "# Written by `speed --record`: how many texts an engine flags in a row, and \
                        how many hits it tells.\n\n";
            std::fs::write(path(), head.to_owned() + &toml::to_string(&self)?)?;
        }
        Ok(())
    }
}

fn path() -> PathBuf {
    here().join("definitions/expected.toml")
}
