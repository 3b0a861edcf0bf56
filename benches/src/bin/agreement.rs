//! Whether the census rules out too much on real text: every verdict of corpora, with it and
//! without it. Generated text does not have everything that people write.
//!
//! `cargo run --release -p tamis-benches --bin agreement -- [--list FILE]… [--pages BYTES] CORPUS…`:
//! corpora of JSON Lines with `text`, lists of a word a line. Without a list, the 402 and the 10,000
//! most frequent words of all corpora. With `--pages`, texts are put together, with line breaks and
//! spaces in turn, to at least so many bytes: long texts are looked at in passages. Exit 1 when any
//! verdict differs.
//!
//! Without the census everything is walked, and so the steps that undoing may take can run out
//! there first: the verdict says `saturated` and may lack matches. Such texts are counted apart,
//! when the quick way has all that the other one has.

use serde_json::Value;
use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;
use tamis::{Ruleset, VerdictRef};
use tamis_benches::policies::{self, Form};
use tamis_benches::words;

/// The levels at which the census looks for disguises.
const LEVELS: [&str; 3] = ["exact", "fold", "standard"];
/// So many texts that differ are shown, each.
const SHOWN: usize = 5;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let mut lists: Vec<(String, Vec<String>)> = Vec::new();
    let mut texts: Vec<String> = Vec::new();
    let mut page = 0;
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        if arg == "--list" {
            let path = args.next().ok_or("--list needs a file")?;
            let list = read(&path)?;
            lists.push((path, list.lines().map(str::to_owned).collect()));
        } else if arg == "--pages" {
            page = args.next().ok_or("--pages needs a number")?.parse()?;
        } else {
            for line in read(&arg)?.lines().filter(|line| !line.trim().is_empty()) {
                let row: Value = serde_json::from_str(line)?;
                let text =
                    row["text"].as_str().ok_or_else(|| format!("{arg}: no `text` in {line}"))?;
                texts.push(text.to_owned());
            }
        }
    }
    if texts.is_empty() {
        return Err("usage: agreement [--list FILE]… [--pages BYTES] CORPUS…".into());
    }
    if lists.is_empty() {
        let frequent = words::by_frequency(texts.iter().map(String::as_str));
        for count in [402, 10_000] {
            let list = frequent.iter().take(count).cloned().collect();
            lists.push((format!("{count} frequent words"), list));
        }
    }
    if page > 0 {
        texts = pages(&texts, page);
    }
    let mut differ = 0;
    for (name, list) in &lists {
        for level in LEVELS {
            differ += compare(name, list, level, &texts)?;
        }
    }
    Ok(if differ == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The texts put together to at least `bytes` each.
fn pages(texts: &[String], bytes: usize) -> Vec<String> {
    let mut pages = vec![String::new()];
    for (number, text) in texts.iter().enumerate() {
        let full = pages.last().is_none_or(|page| page.len() >= bytes);
        if full {
            pages.push(String::new());
        }
        if let Some(page) = pages.last_mut() {
            page.push_str(text);
            page.push(if number % 2 == 0 { '\n' } else { ' ' });
        }
    }
    pages
}

fn read(path: &str) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))
}

/// How many verdicts differ; the first of them are shown.
fn compare(name: &str, list: &[String], level: &str, texts: &[String]) -> io::Result<usize> {
    let mut out = io::stdout().lock();
    let policy = policies::words(list, level, Form::OneRule);
    let ruleset: Ruleset = policy.parse().unwrap_or_else(|error| panic!("{name}: {error}"));
    let (mut differ, mut tired) = (0, 0);
    for text in texts {
        let (quick, thorough) = (ruleset.classify(text), ruleset.classify_thoroughly(text));
        if quick == thorough {
            continue;
        }
        if is_tired(quick.as_ref(), thorough.as_ref()) {
            tired += 1;
            continue;
        }
        differ += 1;
        if differ <= SHOWN {
            let saturated = [&quick, &thorough].map(|verdict| verdict.as_ref().saturated());
            let (quick, thorough) = (quick.as_ref().matches(), thorough.as_ref().matches());
            let lacks = thorough.iter().filter(|found| !quick.contains(found));
            let adds = quick.iter().filter(|found| !thorough.contains(found));
            writeln!(out, "  {text:?}, saturated {saturated:?}")?;
            lacks
                .map(|found| ("lacks", found))
                .chain(adds.map(|found| ("adds", found)))
                .try_for_each(|(what, found)| writeln!(out, "    {what} {found:?}"))?;
        }
    }
    writeln!(
        out,
        "{name}, {level}: {} texts, {differ} differ; in {tired} the steps ran out without the \
         census first",
        texts.len()
    )?;
    Ok(differ)
}

/// True when the steps ran out on the way without the census, and the other has all that it
/// found, and more or with steps to spare.
fn is_tired(quick: VerdictRef<'_>, thorough: VerdictRef<'_>) -> bool {
    let known = |found| quick.matches().contains(found);
    thorough.saturated() && thorough.matches().iter().all(known)
}
