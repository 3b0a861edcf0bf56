//! What a compiled ruleset consists of, for people and as JSON.

use super::Times;
use crate::ui::excerpt::one_line;
use crate::ui::number::{bytes, count, nanos, plural};
use crate::ui::style::{BOLD, WARN};
use crate::ui::table::{Cell, Table};
use serde::Serialize;
use std::io::{self, Write};
use tamis::{Inventory, Ruleset};

/// Regexes that are listed for people; the JSON has all.
const REGEXES: usize = 20;
/// Characters shown of a regex, and of the rules that use it.
const SHOWN: usize = 50;

#[derive(Serialize)]
struct Data<'r> {
    policy: &'r str,
    version: Option<&'r str>,
    fingerprint: &'r str,
    compiled_bytes: usize,
    /// Nanoseconds.
    compile_ns: u128,
    encode_ns: u128,
    load_ns: u128,
    #[serde(flatten)]
    inventory: &'r Inventory<'r>,
}

pub(super) fn print(ruleset: &Ruleset, len: usize, times: &Times, json: bool) -> io::Result<()> {
    let inventory = ruleset.inventory();
    if !json {
        return write(&mut anstream::stdout().lock(), ruleset, &inventory, len, times);
    }
    let data = Data {
        policy: ruleset.policy_name(),
        version: ruleset.policy_version(),
        fingerprint: ruleset.fingerprint(),
        compiled_bytes: len,
        compile_ns: times.compile.as_nanos(),
        encode_ns: times.encode.as_nanos(),
        load_ns: times.load.as_nanos(),
        inventory: &inventory,
    };
    let mut out = io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &data)?;
    writeln!(out)
}

fn write(
    out: &mut impl Write,
    ruleset: &Ruleset,
    inventory: &Inventory<'_>,
    len: usize,
    times: &Times,
) -> io::Result<()> {
    writeln!(
        out,
        "{BOLD}{}{BOLD:#}: {}, {}, {}, {}; {} in memory, {} compiled",
        ruleset.policy_name(),
        plural(inventory.rules as u64, "rule"),
        plural(inventory.patterns as u64, "pattern"),
        plural(inventory.exceptions as u64, "exception"),
        plural(inventory.literals as u64, "literal"),
        bytes(inventory.bytes as u64),
        bytes(len as u64)
    )?;
    let ns = |time: std::time::Duration| nanos(u64::try_from(time.as_nanos()).unwrap_or(u64::MAX));
    writeln!(
        out,
        "read and compiled in {}, encoded in {}, loaded again in {}\n",
        ns(times.compile),
        ns(times.encode),
        ns(times.load)
    )?;
    let mut table = Table::new(["Part", "what it finds or holds", "entries", "memory"]).left(2);
    for part in &inventory.parts {
        table.row(vec![
            part.name.into(),
            part.what.into(),
            count(part.entries as u64).into(),
            bytes(part.bytes as u64).into(),
        ]);
    }
    table.write(out)?;
    costly(out, inventory)
}

/// What every text pays for.
fn costly(out: &mut impl Write, inventory: &Inventory<'_>) -> io::Result<()> {
    let (entities, regexes) = (&inventory.entities, &inventory.regexes);
    if !inventory.always.is_empty() {
        let rules = plural(inventory.always.len() as u64, "rule");
        let names = one_line(&inventory.always.join(", "), 2 * SHOWN);
        writeln!(out, "\n{rules} evaluated for every text: {names}")?;
    }
    if !entities.is_empty() {
        let mut table = Table::new(["Recognizer", "used by"]).left(2);
        for entity in entities {
            table.row(vec![entity.entity.into(), users(&entity.rules).into()]);
        }
        writeln!(out)?;
        table.write(out)?;
    }
    if !regexes.is_empty() {
        let mut table = Table::new(["Regex", "used by", "required literal", "memory"]).left(2);
        for regex in regexes.iter().take(REGEXES) {
            let literal = if regex.literal { "yes".into() } else { Cell::styled("none", WARN) };
            table.row(vec![
                one_line(regex.source, SHOWN).into(),
                users(&regex.rules).into(),
                literal,
                bytes(regex.bytes as u64).into(),
            ]);
        }
        writeln!(out)?;
        table.write(out)?;
        if let more @ 1.. = regexes.len().saturating_sub(REGEXES) {
            writeln!(out, "  … and {} more", count(more as u64))?;
        }
    }
    Ok(())
}

fn users(rules: &[&str]) -> String {
    if rules.is_empty() {
        return "exceptions".to_owned();
    }
    one_line(&rules.join(", "), SHOWN)
}
