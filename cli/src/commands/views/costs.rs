//! What each level undoes and what it costs.

use crate::ui::style::DIM;
use crate::ui::table::{Table, heading};
use serde::Serialize;
use std::io::{self, Write};
use tamis::evasion::{COSTS, IN_PLACE, MANY, SHORT, SPECIAL, ceiling};
use tamis::spec::model::Level;

/// The tables as data.
#[derive(Serialize)]
pub(super) struct Data {
    /// What all numbers count.
    unit: &'static str,
    costs: Vec<Cost>,
    /// Cases in which a kind costs something else.
    special: Vec<Special>,
    /// What each undoing costs more in links, names, mail addresses and ids.
    in_place: u8,
    /// So many masks, or irregular gaps, of a word cost something.
    many: u8,
    /// Patterns whose longest word has so many letters at most are short.
    short: usize,
    ceilings: Vec<Ceiling>,
}

#[derive(Serialize)]
struct Cost {
    kind: String,
    level: Level,
    first: u8,
    further: u8,
    what: &'static str,
}

#[derive(Serialize)]
struct Special {
    kind: String,
    first: u8,
    further: u8,
    what: &'static str,
}

#[derive(Serialize)]
struct Ceiling {
    level: Level,
    normal: u8,
    short: u8,
}

/// The tables of the engine.
pub(super) fn data() -> Data {
    let cost = |row: &tamis::evasion::Cost| Cost {
        kind: row.kind.names().collect(),
        level: row.level,
        first: row.first,
        further: row.further,
        what: row.what,
    };
    let ceiling =
        |level| Ceiling { level, normal: ceiling(level, false), short: ceiling(level, true) };
    Data {
        unit: "tenths",
        costs: COSTS.iter().map(cost).collect(),
        special: SPECIAL
            .iter()
            .map(|&(kind, (first, further), what)| Special {
                kind: kind.names().collect(),
                first,
                further,
                what,
            })
            .collect(),
        in_place: IN_PLACE,
        many: MANY,
        short: SHORT,
        ceilings: Level::ALL.map(ceiling).into(),
    }
}

/// Writes the tables for people.
pub(super) fn write(out: &mut impl Write) -> io::Result<()> {
    let data = data();
    let mut table = Table::new(["Kind", "Level", "What is undone", "First", "Further"]).left(3);
    for row in data.costs {
        let [first, further] = [row.first, row.further].map(|n| n.to_string().into());
        let special = data.special.iter().filter(|special| special.kind == row.kind);
        let special: Vec<_> = special
            .map(|s| [s.what.into(), s.first.to_string().into(), s.further.to_string().into()])
            .collect();
        table.row(vec![row.kind.into(), row.level.name().into(), row.what.into(), first, further]);
        for [what, first, further] in special {
            table.row(vec!["".into(), "".into(), what, first, further]);
        }
    }
    table.write(out)?;
    heading(out, "Ceilings", "what a match may cost in sum")?;
    let mut table = Table::new(["Level", "Normal", "Short"]);
    for row in data.ceilings {
        let numbers = [row.normal, row.short].map(|n| n.to_string().into());
        let [normal, short] = numbers;
        table.row(vec![row.level.name().into(), normal, short]);
    }
    table.write(out)?;
    writeln!(
        out,
        "\n{DIM}All numbers are tenths: a verdict calls 6 a cost of 0.6. The first of a kind in a match costs\n\
         the first number, each other one the second. A pattern is short when its longest word has\n\
         {} letters or fewer. In links, names, mail addresses and ids each undoing costs {} more. Of the\n\
         masks and irregular gaps of one word no more than {} cost anything.{DIM:#}",
        data.short, data.in_place, data.many
    )
}
