//! How many texts of a list are flagged: the English pack at each level, and rustrict.

use crate::{field, percent, table};
use rustrict::CensorStr;
use serde_json::Value;
use std::error::Error;
use std::fmt::Write;
use tamis::Ruleset;

const LEVELS: [&str; 4] = ["exact", "fold", "standard", "strong"];

/// The pack with all its patterns at one level.
fn pack(level: &str) -> Result<Ruleset, Box<dyn Error>> {
    let policy = format!(
        "policy: attacks\nversion: '1'\nextends: [pack:profanity-en]\n\
         override:\n  profanity_en.*: {{ evasion: {level} }}\n"
    );
    policy.parse().map_err(|error| format!("{error}").into())
}

/// Counts the texts of a list that each flags.
pub fn measure(name: &str, rows: &[Value], out: &mut String) -> Result<(), Box<dyn Error>> {
    let texts = rows.iter().map(|row| field(row, "text")).collect::<Result<Vec<_>, _>>()?;
    table(out, &format!("`{name}`: flagged texts"), "filter", &["texts", "flagged", "percent"]);
    let mut count = |filter: &str, flags: &dyn Fn(&str) -> bool| {
        let flagged = texts.iter().filter(|text| flags(text)).count();
        let (all, share) = (texts.len(), percent(flagged, texts.len()));
        // Writing to a string cannot fail.
        let _ = writeln!(out, "| {filter} | {all} | {flagged} | {share} |");
    };
    for level in LEVELS {
        let pack = pack(level)?;
        count(&format!("tamis profanity-en, {level}"), &|text| {
            !pack.classify(text).as_ref().fired().is_empty()
        });
    }
    count("rustrict, inappropriate", &|text| text.is_inappropriate());
    count("rustrict, anything", &|text| text.is(rustrict::Type::ANY));
    Ok(())
}
