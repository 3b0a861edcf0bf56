//! `tamis import`: lists and rules of other tools as a policy.

use crate::failure::{Exit, Run};
use crate::import::{self, Effect, Format, Imported, Loss, Options, Problem, Source};
use crate::ui::number::plural;
use crate::ui::style::{BAD, DIM, GOOD, PLACE, WARN};
use clap::{Args, ValueEnum};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

/// How often one and the same loss is printed for people; `--json` has all of them.
const ALIKE: usize = 3;

/// Turn the lists and rules of other tools into a policy
#[derive(Debug, Args)]
#[command(
    after_help = "The policy goes to standard output, and to standard error what could not be carried over: `lost`\n\
    is not in the policy, `changed` is there and means something a little different, `note` is a\n\
    decision to know of. A rule that might act more often than the original is in shadow mode.\n\
    docs/import.md tells what is kept and lost by format.\n\n\
    Exit codes: 0 imported (also with losses), 2 the file could not be read.\n\n\
    Examples:\n  \
    tamis import automoderator automoderator.yaml > policy.yaml\n  \
    tamis import wordlist words.txt --evasion standard > policy.yaml\n  \
    tamis import discord rules.json --json 2> losses.json > policy.yaml"
)]
pub(crate) struct ImportArgs {
    /// What the file is
    #[arg(value_enum, value_name = "KIND")]
    kind: Format,
    /// The file; `-` is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The policy's name [default: the file's]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Write `evasion:` into the policy: how hard to look behind disguises
    #[arg(long, value_enum, value_name = "LEVEL")]
    evasion: Option<Level>,
    /// Watched words of Discourse are regexes (`watched words regular expressions` is on)
    #[arg(long)]
    regex: bool,
    /// Report what was lost as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Level {
    Exact,
    Fold,
    Standard,
    Strong,
}

impl Level {
    fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Fold => "fold",
            Self::Standard => "standard",
            Self::Strong => "strong",
        }
    }
}

/// Runs the command.
pub(crate) fn run(args: &ImportArgs) -> Run {
    let options = Options {
        name: args.name.clone(),
        evasion: args.evasion.map(Level::name),
        words_are_regexes: args.regex,
    };
    let name = args.file.display().to_string();
    let imported = Source::read(&args.file)
        .map_err(|problem| vec![problem])
        .and_then(|source| import::import(args.kind, &source, &options));
    let mut err = anstream::stderr().lock();
    match imported {
        Ok(imported) => {
            let mut out = anstream::stdout().lock();
            out.write_all(imported.policy.as_bytes())?;
            out.flush()?;
            if args.json {
                write_json(&mut err, &Report::new(args.kind, &name, &imported))?;
            } else {
                write_losses(&mut err, &name, &imported.losses)?;
                write_summary(&mut err, &name, &imported)?;
            }
            Ok(if imported.checked.errors.is_empty() { Exit::Fine } else { Exit::Wrong })
        }
        Err(problems) => {
            if args.json {
                write_json(
                    &mut err,
                    &Unread { kind: args.kind.name(), file: &name, problems: &problems },
                )?;
            } else {
                write_problems(&mut err, &name, &problems)?;
            }
            Ok(Exit::Wrong)
        }
    }
}

/// The report of an import as JSON.
#[derive(Serialize)]
struct Report<'i> {
    kind: &'static str,
    file: &'i str,
    rules: usize,
    patterns: usize,
    lost: usize,
    changed: usize,
    losses: &'i [Loss],
    /// Warnings that `tamis lint` will show, by name.
    warnings: &'i BTreeMap<&'static str, u64>,
    /// Errors of the policy: faults of the importer.
    errors: &'i [String],
}

impl<'i> Report<'i> {
    fn new(kind: Format, file: &'i str, imported: &'i Imported) -> Self {
        Self {
            kind: kind.name(),
            file,
            rules: imported.rules,
            patterns: imported.patterns,
            lost: count(&imported.losses, Effect::Lost),
            changed: count(&imported.losses, Effect::Changed),
            losses: &imported.losses,
            warnings: &imported.checked.warnings,
            errors: &imported.checked.errors,
        }
    }
}

/// Why a file could not be imported, as JSON.
#[derive(Serialize)]
struct Unread<'p> {
    kind: &'static str,
    file: &'p str,
    problems: &'p [Problem],
}

fn count(losses: &[Loss], effect: Effect) -> usize {
    losses.iter().filter(|loss| loss.effect == effect).count()
}

fn write_json(err: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *err, value)?;
    writeln!(err)
}

/// `FILE:LINE:COLUMN`, or only the file.
fn place(name: &str, line: u32, column: u32) -> String {
    if line == 0 { name.to_owned() } else { format!("{name}:{line}:{column}") }
}

fn write_problems(err: &mut impl Write, name: &str, problems: &[Problem]) -> io::Result<()> {
    for problem in problems {
        let place = place(name, problem.line, problem.column);
        writeln!(err, "{BAD}error{BAD:#}: {PLACE}{place}{PLACE:#}: {}", problem.message)?;
        writeln!(err, "  {GOOD}= help: {GOOD:#}{}", problem.hint)?;
    }
    Ok(())
}

fn write_losses(err: &mut impl Write, name: &str, losses: &[Loss]) -> io::Result<()> {
    let mut times: BTreeMap<(Effect, &str, &str), usize> = BTreeMap::new();
    for loss in losses {
        *times.entry((loss.effect, &loss.what, &loss.why)).or_default() += 1;
    }
    let mut printed: BTreeMap<(Effect, &str, &str), usize> = BTreeMap::new();
    for loss in losses {
        let key = (loss.effect, loss.what.as_str(), loss.why.as_str());
        let printed = printed.entry(key).or_default();
        *printed += 1;
        if *printed > ALIKE {
            continue;
        }
        write_loss(err, name, loss)?;
        let more = times[&key] - ALIKE.min(times[&key]);
        if *printed == ALIKE && more > 0 {
            writeln!(err, "  {DIM}and {more} more like it; --json has all of them{DIM:#}")?;
        }
    }
    Ok(())
}

fn write_loss(err: &mut impl Write, name: &str, loss: &Loss) -> io::Result<()> {
    let style = match loss.effect {
        Effect::Lost => BAD,
        Effect::Changed => WARN,
        Effect::Note => DIM,
    };
    let place = place(name, loss.line, loss.column);
    let effect = loss.effect.name();
    let why = crate::ui::excerpt::visible(&loss.why);
    writeln!(err, "{PLACE}{place}{PLACE:#}: {style}{effect}{style:#}: {}: {why}", loss.what)?;
    if !loss.kept.is_empty() {
        writeln!(err, "  {DIM}kept: {}{DIM:#}", loss.kept)?;
    }
    Ok(())
}

fn write_summary(err: &mut impl Write, name: &str, imported: &Imported) -> io::Result<()> {
    let Imported { rules, patterns, losses, checked, .. } = imported;
    let effects = match (count(losses, Effect::Lost), count(losses, Effect::Changed)) {
        (0, 0) => format!("{GOOD}nothing lost{GOOD:#}"),
        (lost, changed) => format!("{WARN}{lost} lost, {changed} changed{WARN:#}"),
    };
    let (rules, patterns) = (plural(*rules as u64, "rule"), plural(*patterns as u64, "pattern"));
    writeln!(err, "{name}: {rules}, {patterns}; {effects}")?;
    let named = |counts: Vec<(&str, u64)>| -> String {
        let named: Vec<String> = counts
            .into_iter()
            .map(|(name, n)| if n == 1 { name.to_owned() } else { format!("{name} (× {n})") })
            .collect();
        named.join(", ")
    };
    if !checked.warnings.is_empty() {
        let names = named(checked.warnings.iter().map(|(name, n)| (*name, *n)).collect());
        writeln!(err, "{WARN}note{WARN:#}: `tamis lint` will warn of: {names}")?;
    }
    for error in &checked.errors {
        writeln!(
            err,
            "{BAD}error{BAD:#}: the imported policy is not valid, which is a fault of Tamis:\n{error}"
        )?;
    }
    Ok(())
}
