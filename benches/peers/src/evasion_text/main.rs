//! Disguises that people wrote: words whose letters were swapped for look-alikes, and the
//! attacks that rustrict's author collected. Tamis beside decancer and rustrict.
//!
//! `make evasion-text` runs it. What is missing is said on standard error.

mod attacks;
mod pairs;

use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};

const HEAD: &str = "\
# Evasion on real text

Written by `make evasion-text`; `benches/README.md` says what is counted.
";

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(corpora), None) = (args.next(), args.next()) else {
        return Err("usage: evasion-text FOLDER, of corpora with `evasion/*.jsonl`".into());
    };
    let folder = corpora.join("evasion");
    let mut out = HEAD.to_owned();
    let mut any = false;
    if let Some(rows) = read(&folder.join("homoglyph_pairs.jsonl"))? {
        pairs::measure(&rows, &mut out)?;
        any = true;
    }
    let lists = ["rustrict_test_positive", "rustrict_test_negative"];
    for name in lists {
        if let Some(rows) = read(&folder.join(format!("{name}.jsonl")))? {
            attacks::measure(name, &rows, &mut out)?;
            any = true;
        }
    }
    print!("{out}");
    if any {
        let results = Path::new(env!("CARGO_MANIFEST_DIR")).join("../results/evasion-text.md");
        std::fs::write(results, out)?;
    }
    Ok(())
}

/// The rows of a file of JSON Lines; nothing, loudly, where there is none.
fn read(path: &Path) -> Result<Option<Vec<serde_json::Value>>, Box<dyn Error>> {
    if !path.is_file() {
        eprintln!("SKIPPED: there is no {}", path.display());
        return Ok(None);
    }
    let text = std::fs::read_to_string(path)?;
    let rows = text.lines().filter(|line| !line.trim().is_empty()).map(serde_json::from_str);
    Ok(Some(rows.collect::<Result<_, _>>()?))
}

/// A string of a row.
fn field<'r>(row: &'r serde_json::Value, name: &str) -> Result<&'r str, String> {
    row[name].as_str().ok_or_else(|| format!("no `{name}` in {row}"))
}

/// The heading of a section and of its table.
fn table(out: &mut String, title: &str, first: &str, columns: &[&str]) {
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "\n## {title}\n\n| {first} | {} |\n|---|{}",
        columns.join(" | "),
        "--:|".repeat(columns.len())
    );
}

fn percent(part: usize, all: usize) -> String {
    format!("{:.1}", part as f64 * 100.0 / all.max(1) as f64)
}
