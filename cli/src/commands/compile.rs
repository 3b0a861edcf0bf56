//! `tamis compile`: a policy → a file that loads in milliseconds.

use crate::failure::{Exit, Failure, Run, in_words};
use crate::policy::PolicyArgs;
use crate::ui::number::{bytes, plural};
use clap::Args;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tamis::Ruleset;

/// Compile a policy to a file that loads in milliseconds
#[derive(Debug, Args)]
#[command(after_help = "\
    The file holds everything that decides, with its bases and lists, and a checksum. It decides\n\
    as the policy does and has the same fingerprint. Comments, tests and the texts of the policy\n\
    are not in it, so `lint`, `test` and `attack` still need the policy. Only the version of Tamis\n\
    that wrote it reads it.\n\n\
    Examples:\n  \
    tamis compile policy.yaml -o policy.tamis\n  \
    tamis scan policy.tamis comments.jsonl")]
pub(crate) struct CompileArgs {
    #[command(flatten)]
    policy: PolicyArgs,
    /// Where to write the compiled ruleset; `-` is standard output
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

/// Runs the command.
pub(crate) fn run(args: &CompileArgs) -> Run {
    let (_, ruleset) = args.policy.load_with_source()?;
    let compiled = ruleset.to_bytes();
    if args.output.as_os_str() == "-" {
        let mut out = io::stdout().lock();
        out.write_all(&compiled)?;
        out.flush()?;
        return Ok(Exit::Fine);
    }
    if is_same(&args.output, Path::new(&args.policy.name)) {
        let name = &args.policy.name;
        return Err(Failure::input(format!("`{name}` is the policy itself; write elsewhere")));
    }
    write(&args.output, &compiled)?;
    summarize(&args.output, &ruleset, compiled.len())?;
    Ok(Exit::Fine)
}

/// All of the file or nothing: who loads it meanwhile sees the old one.
fn write(path: &Path, compiled: &[u8]) -> Result<(), Failure> {
    let failed = |error: io::Error| {
        Failure::input(format!("cannot write {}: {}", path.display(), in_words(&error)))
    };
    // What is no plain file, such as /dev/null, cannot be replaced.
    if path.exists() && !path.is_file() {
        return fs::write(path, compiled).map_err(failed);
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(name);
    let written = fs::write(&part, compiled).and_then(|()| fs::rename(&part, path));
    written.map_err(|error| {
        // The part may not even be there.
        let _ = fs::remove_file(&part);
        failed(error)
    })
}

fn is_same(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

fn summarize(path: &Path, ruleset: &Ruleset, len: usize) -> io::Result<()> {
    let rules = plural(ruleset.rules().len() as u64, "rule");
    writeln!(
        anstream::stderr().lock(),
        "{}: {}, {rules}, fingerprint {}",
        path.display(),
        bytes(len as u64),
        ruleset.fingerprint()
    )
}
