//! `tamis compile`: a policy → a file that loads in milliseconds.

mod report;

use crate::failure::{Exit, Failure, Run, in_words};
use crate::policy::PolicyArgs;
use crate::ui::number::{bytes, plural};
use clap::Args;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
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
    tamis compile policy.yaml --report\n  \
    tamis scan policy.tamis comments.jsonl")]
pub(crate) struct CompileArgs {
    #[command(flatten)]
    policy: PolicyArgs,
    /// Where to write the compiled ruleset; `-` is standard output
    #[arg(short, long, value_name = "FILE", required_unless_present = "report")]
    output: Option<PathBuf>,
    /// Tell what the ruleset consists of: how patterns are found, what takes memory, the
    /// regexes and recognizers that every text pays for, and how long it all took
    #[arg(long)]
    report: bool,
    /// Print the report as JSON
    #[arg(long, requires = "report")]
    json: bool,
}

/// Runs the command.
pub(crate) fn run(args: &CompileArgs) -> Run {
    let begin = Instant::now();
    let (_, ruleset) = args.policy.load_with_source()?;
    let compile = begin.elapsed();
    let begin = Instant::now();
    let compiled = ruleset.to_bytes();
    let encode = begin.elapsed();
    if let Some(output) = &args.output {
        args.write(output, &ruleset, &compiled)?;
    }
    if args.report {
        let begin = Instant::now();
        let loaded = Ruleset::from_bytes(&compiled);
        let load = begin.elapsed();
        if let Err(error) = loaded {
            return Err(Failure::input(format!("what was compiled {error}; please report this")));
        }
        let times = Times { compile, encode, load };
        report::print(&ruleset, compiled.len(), &times, args.json)?;
    }
    Ok(Exit::Fine)
}

/// How long the steps took.
struct Times {
    /// Reading the policy included.
    compile: Duration,
    encode: Duration,
    load: Duration,
}

impl CompileArgs {
    fn write(&self, output: &Path, ruleset: &Ruleset, compiled: &[u8]) -> Result<(), Failure> {
        if output.as_os_str() == "-" {
            if self.report {
                let message = "the ruleset and the report cannot both go to standard output";
                return Err(Failure::input(message));
            }
            let mut out = io::stdout().lock();
            out.write_all(compiled)?;
            return Ok(out.flush()?);
        }
        if is_same(output, Path::new(&self.policy.name)) {
            let name = &self.policy.name;
            return Err(Failure::input(format!("`{name}` is the policy itself; write elsewhere")));
        }
        write(output, compiled)?;
        Ok(summarize(output, ruleset, compiled.len())?)
    }
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
