//! What undoing sees in a text, for people (`tamis views`). Not on the way to a verdict.

use super::edges::{Letters, edges};
use super::odd::is_odd;
use super::seen::{self, Seen, is_space};
use crate::spec::model::Level;
use crate::verdict::Kinds;
use crate::view::View;
use crate::view::unit::Unit;
use std::ops::Range;

/// Units without white space where disguises are looked for, or cost more.
pub(crate) struct Chunk {
    pub(crate) units: Range<usize>,
    /// The lowest level that looks for disguises in it; `strong` does everywhere.
    pub(crate) odd: Option<Level>,
    /// `link`, `mention`, `mail` or `id`.
    pub(crate) place: Option<&'static str>,
}

/// Units read as letters they are not.
pub(crate) struct Reading {
    pub(crate) units: Range<usize>,
    pub(crate) letters: String,
    pub(crate) kind: Kinds,
    /// The lowest level that reads them so.
    pub(crate) level: Level,
}

/// The chunks of a view that are odd or a place, in reading order.
pub(crate) fn chunks(view: &View) -> Vec<Chunk> {
    let seen = Seen::new(view);
    let mut chunks = Vec::new();
    let mut start = 0;
    for units in seen.units().split(is_space) {
        let range = start..start + units.len();
        start = range.end + 1;
        let levels = [Level::Fold, Level::Standard];
        let odd = levels.into_iter().find(|&level| is_odd(&seen, range.clone(), level, &|_| true));
        let place = place(units);
        if !units.is_empty() && (odd.is_some() || place.is_some()) {
            chunks.push(Chunk { units: range, odd, place });
        }
    }
    chunks
}

fn place(chunk: &[Unit]) -> Option<&'static str> {
    if seen::is_link(chunk) {
        return Some("link");
    }
    if seen::is_mail(chunk) {
        return Some("mail");
    }
    if seen::is_mention(chunk) {
        return Some("mention");
    }
    seen::is_id(chunk).then_some("id")
}

/// What single characters and glyphs of a view may be read as, in reading order.
/// Spellings that only sound alike are left out: they are in every text.
pub(crate) fn readings(view: &View) -> Vec<Reading> {
    let seen = Seen::new(view);
    let mut readings: Vec<Reading> = Vec::new();
    for at in 0..seen.units().len() {
        let first = readings.len();
        for level in [Level::Fold, Level::Standard, Level::Strong] {
            edges(&seen, at, level, &|_| true, &mut |edge| {
                let units = at..at + edge.units;
                let letters = spelled(edge.letters);
                let known =
                    readings[first..].iter().any(|r| r.units == units && r.letters == letters);
                if edge.kind != Kinds::PHONETIC && !known {
                    readings.push(Reading { units, letters, kind: edge.kind, level });
                }
            });
        }
    }
    readings
}

fn spelled(letters: Letters<'_>) -> String {
    let mut text = String::new();
    letters.for_each(|c| {
        text.push(c);
        true
    });
    text
}
