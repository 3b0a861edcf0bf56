//! `tamis diff`: every decision that a change of a policy changes, before it is made.

mod changes;
mod report;

use super::scan;
use crate::args::{FILES_HELP, ReadArgs};
use crate::corpus::Corpus;
use crate::failure::{Exit, Failure, Run};
use crate::policy::{PolicyArgs, RootArgs};
use crate::ui::number::share;
use crate::ui::style::BAD;
use changes::Changes;
use clap::Args;
use std::io::Write;
use std::path::PathBuf;

/// Compare the decisions of two policies on the same documents
#[derive(Debug, Args)]
#[command(after_help = format!("\
How it counts:\n  \
  A decision is a document's action. A new flag is one that leaves the first action, a lost flag one that\n  \
  returns to it; the others become stricter or milder. A rule stands beside a change when it fired, enforced,\n  \
  for one of the policies only, or added other points. Rules are compared by name, actions too.\n  \
  Limits are a share of all documents, as 0.1%, or a number of them.\n\n\
With -o, one line of JSON is written for each changed decision, in order:\n  \
  {{\"id\" | \"line\", \"kind\", \"old\": VERDICT, \"new\": VERDICT}}\n\n\
{FILES_HELP}\n\n\
Exit codes: 0 compared, also when both are the same ruleset; 1 when more changed than a limit allows;\n\
2 wrong input, also a corpus without rows.\n\n\
Examples:\n  \
  tamis diff policy.yaml new-policy.yaml comments.jsonl\n  \
  tamis diff live.tamis policy.yaml logs.jsonl.gz --max-new-flags 0.1% --max-lost-flags 0"))]
pub(crate) struct DiffArgs {
    /// The policy as it was: a file, a compiled ruleset or `pack:NAME`
    #[arg(value_name = "OLD")]
    old: String,
    /// The policy as it is to be
    #[arg(value_name = "NEW")]
    new: String,
    /// Documents; `-` is standard input
    #[arg(value_name = "CORPUS")]
    files: Vec<PathBuf>,
    /// Exit with 1 when more documents are newly flagged
    #[arg(long, value_name = "SHARE", value_parser = Bound::parse)]
    max_new_flags: Option<Bound>,
    /// Exit with 1 when more documents are no longer flagged
    #[arg(long, value_name = "SHARE", value_parser = Bound::parse)]
    max_lost_flags: Option<Bound>,
    /// Show so many changed documents
    #[arg(long, value_name = "N", default_value_t = 10)]
    show: usize,
    /// Write every change to this file; `-` is standard output
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// Print the figures as JSON
    #[arg(long)]
    json: bool,
    /// In NEW, put rules into shadow mode, as a name, a glob or a tag (repeatable)
    #[arg(long, value_name = "GLOB")]
    shadow: Vec<String>,
    /// Use so many threads; 0 is all cores
    #[arg(long, value_name = "N", default_value_t = 0)]
    threads: usize,
    #[command(flatten)]
    root: RootArgs,
    #[command(flatten)]
    read: ReadArgs,
}

/// How much may change.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Bound {
    Documents(u64),
    /// Of all documents, from 0 to 1.
    Share(f64),
}

impl Bound {
    fn parse(text: &str) -> Result<Self, String> {
        let share = text.strip_suffix('%').and_then(|number| number.trim().parse::<f64>().ok());
        if let Some(share) = share.filter(|share| (0.0..=100.0).contains(share)) {
            return Ok(Self::Share(share / 100.0));
        }
        let count = text.parse().map(Self::Documents);
        count.map_err(|_| "write a share such as 0.1%, or a number of documents".to_owned())
    }

    fn allows(self, count: u64, documents: u64) -> bool {
        match self {
            Self::Documents(most) => count <= most,
            Self::Share(most) => count as f64 <= most * documents as f64,
        }
    }
}

/// Runs the command.
pub(crate) fn run(args: &DiffArgs) -> Run {
    let old = PolicyArgs::new(&args.old, &[], &args.root).load()?;
    let new = PolicyArgs::new(&args.new, &args.shadow, &args.root).load()?;
    let mut changes = Changes::new(&old, &new, args.show);
    if old.fingerprint() == new.fingerprint() {
        report::same(args.json, &changes)?;
        return Ok(Exit::Fine);
    }
    let corpus = Corpus::open(&args.files, &args.read, &new, args.threads, false)?;
    let mut output = match &args.output {
        Some(path) => Some(scan::create(path, &corpus)?),
        None => None,
    };
    let with_file = corpus.has_many_files();
    let totals = corpus.read(|parsed| {
        let before = old.classify_batch_with(&parsed.documents, args.threads);
        let after = new.classify_batch_with(&parsed.documents, args.threads);
        for row in &parsed.rows {
            let Ok(Some(at)) = row.what else { continue };
            let (Some(before), Some(after)) = (before.get(at), after.get(at)) else { continue };
            let document = &parsed.documents[at];
            let place = changes::Place {
                id: document.id.as_ref(),
                file: with_file.then_some(parsed.file.name.as_str()),
                line: row.line,
            };
            let Some(kind) = changes.add(document, &place, before, after) else { continue };
            if let Some(output) = &mut output {
                let row = report::Row::new(&changes, &place, kind, document, before, after);
                serde_json::to_writer(&mut *output, &row)?;
                output.write_all(b"\n").map_err(Failure::from)?;
            }
        }
        Ok(())
    })?;
    if let Some(output) = output {
        output.finish()?;
    }
    if totals.documents == 0 {
        return Err(Failure::input("the corpus has no rows; there is nothing to compare"));
    }
    let to_stderr = args.output.as_deref().is_some_and(|path| path.as_os_str() == "-");
    report::write(&changes, &totals, args.json, to_stderr)?;
    if totals.is_broken() {
        return Ok(Exit::Wrong);
    }
    gate(args, &changes, totals.documents)
}

fn gate(args: &DiffArgs, changes: &Changes<'_>, documents: u64) -> Run {
    let mut exit = Exit::Fine;
    let (fresh, lost) = (changes.counts.new_flags, changes.counts.lost_flags);
    for (bound, count, what, option) in [
        (args.max_new_flags, fresh, "newly flagged", "--max-new-flags"),
        (args.max_lost_flags, lost, "no longer flagged", "--max-lost-flags"),
    ] {
        if bound.is_some_and(|bound| !bound.allows(count, documents)) {
            let share = share(count, documents);
            let mut err = anstream::stderr().lock();
            writeln!(err, "{BAD}failed{BAD:#}: {count} documents ({share}) are {what} ({option})")?;
            exit = Exit::Gate;
        }
    }
    Ok(exit)
}

#[cfg(test)]
mod tests {
    use super::Bound;

    #[test]
    fn bounds_are_shares_or_numbers() {
        assert_eq!(Bound::parse("0.1%"), Ok(Bound::Share(0.001)));
        assert_eq!(Bound::parse("0"), Ok(Bound::Documents(0)));
        for text in ["0.1", "-1%", "101%", "x", ""] {
            assert!(Bound::parse(text).is_err(), "{text}");
        }
        assert!(Bound::Share(0.001).allows(1, 1000) && !Bound::Share(0.001).allows(2, 1000));
        assert!(Bound::Documents(0).allows(0, 5) && !Bound::Documents(0).allows(1, 5));
    }
}
