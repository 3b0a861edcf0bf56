//! Counts the instructions of fixed workloads and compares them with what is recorded: a guard
//! against getting slower that a noisy machine does not disturb.
//!
//! `make instructions` runs it under valgrind's callgrind, which knows vector code up to AVX2, so
//! what is counted is the path of such a machine. Counts say nothing of caches and branches: a
//! change in them is a question, not an answer.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for people")]

use serde_json::{Map, Value, json};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use tamis_benches::workloads::{WORKLOADS, Work};

/// Counts may grow by so much, in percent.
const TOLERANCE: f64 = 3.0;
/// The same with another compiler than the one that was recorded.
const OTHER_COMPILER: f64 = 15.0;

const HELP: &str = "\
instructions [--record] [NAME]…

  --record  take the counts as they are now
  NAME      count these workloads only
";

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.first().map(String::as_str) {
        Some("--help") => print!("{HELP}"),
        Some("--run") => {
            let wanted = args.get(1).ok_or("--run needs a name")?;
            let (_, prepare) =
                WORKLOADS.iter().find(|(name, _)| name == wanted).ok_or("no such workload")?;
            counted(&prepare());
        }
        _ => return guard(&args),
    }
    Ok(ExitCode::SUCCESS)
}

/// The part that callgrind counts; found by its name.
#[inline(never)]
fn counted(work: &Work) {
    work();
}

fn guard(args: &[String]) -> Result<ExitCode, Box<dyn Error>> {
    let record = args.iter().any(|arg| arg == "--record");
    let names: Vec<&String> = args.iter().filter(|arg| *arg != "--record").collect();
    if let Some(unknown) = names.iter().find(|name| WORKLOADS.iter().all(|w| w.0 != ***name)) {
        return Err(format!("there is no workload {unknown}\n\n{HELP}").into());
    }
    let recorded: Value = match std::fs::read_to_string(path()) {
        Ok(text) => serde_json::from_str(&text)?,
        Err(_) => json!({}),
    };
    let compiler = compiler()?;
    let same = recorded["compiler"] == compiler.as_str();
    let tolerance = if same { TOLERANCE } else { OTHER_COMPILER };
    if !same {
        println!("recorded with another compiler: {tolerance} % are tolerated");
    }
    let mut counts: Map<String, Value> =
        recorded["counts"].as_object().cloned().unwrap_or_default();
    let mut slower = 0;
    for (name, _) in
        WORKLOADS.iter().filter(|w| names.is_empty() || names.iter().any(|n| *n == w.0))
    {
        let count = count(name)?;
        let before = counts.get(*name).and_then(Value::as_u64);
        slower += u32::from(judge(name, count, before, tolerance));
        if record {
            counts.insert((*name).to_owned(), count.into());
        }
    }
    if record {
        let all = json!({ "compiler": compiler, "counts": counts });
        std::fs::write(path(), serde_json::to_string_pretty(&all)? + "\n")?;
        println!("recorded");
        return Ok(ExitCode::SUCCESS);
    }
    if slower > 0 {
        println!(
            "{slower} workloads take more instructions than recorded; if that is meant: make instructions-record"
        );
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

/// True when it is too many.
fn judge(name: &str, count: u64, before: Option<u64>, tolerance: f64) -> bool {
    let Some(before) = before else {
        println!("{name:26} {count:>14}   nothing is recorded");
        return true;
    };
    let change = (count as f64 / before as f64 - 1.0) * 100.0;
    let word = if change > tolerance {
        "TOO MANY"
    } else if change < -tolerance {
        "fewer: record it"
    } else {
        ""
    };
    println!("{name:26} {count:>14} {change:>+8.2} %  {word}");
    change > tolerance
}

/// Runs a workload under callgrind.
fn count(name: &str) -> Result<u64, Box<dyn Error>> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null", "--collect-atstart=no"])
        .arg("--toggle-collect=*instructions*counted*")
        .arg(std::env::current_exe()?)
        .args(["--run", name])
        .output()
        .map_err(|error| format!("valgrind does not start ({error}); is it installed?"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    let line = said.lines().find_map(|line| line.split_once("Collected :"));
    let count = line.and_then(|(_, count)| count.trim().parse().ok()).filter(|&count| count > 0);
    match count {
        Some(count) if output.status.success() => Ok(count),
        _ => Err(format!("{name}: callgrind counted nothing:\n{said}").into()),
    }
}

fn compiler() -> Result<String, Box<dyn Error>> {
    let output = Command::new("rustc").arg("--version").output()?;
    let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    Ok(format!("{version}, {}", std::env::consts::ARCH))
}

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("instructions.json")
}
