//! What the user may write after `tamis`.

use crate::commands::{
    attack, bench, check, collateral, compile, diff, eval, fmt, import, lint, redact, scan, schema,
    test, train, tune, views,
};
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use std::sync::LazyLock;

static VERSION: LazyLock<String> = LazyLock::new(|| {
    format!(
        "{} (engine {}, Unicode {})",
        env!("CARGO_PKG_VERSION"),
        tamis::Ruleset::engine_version(),
        tamis::Ruleset::unicode_version(),
    )
});

/// Moderates text with policies that people can read.
#[derive(Debug, Parser)]
#[command(
    name = "tamis",
    version = VERSION.as_str(),
    arg_required_else_help = true,
    propagate_version = true,
    disable_help_subcommand = true,
    after_help = "POLICY is a policy file, a compiled ruleset (of `tamis compile`) or `pack:NAME`, a\n\
                  pack that comes with Tamis. `lint`, `test`, `attack`, `collateral`, `tune` and `fmt`\n\
                  need the policy itself.\n\
                  Exit codes: 0 all is well, 1 a test or a gate failed, 2 the input was wrong.\n\n\
                  Examples:\n  \
                  tamis check pack:profanity-en \"what a day\"\n  \
                  tamis scan policy.yaml comments.jsonl -o verdicts.jsonl\n  \
                  tamis test policy.yaml"
)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) color: ColorArgs,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Classify one text and explain the decision
    Check(check::CheckArgs),
    /// Classify files and sum up what was found
    Scan(scan::ScanArgs),
    /// Write files with the matches censored
    Redact(redact::RedactArgs),
    /// Find mistakes in policies
    Lint(lint::LintArgs),
    /// Bring policies into canonical layout
    Fmt(fmt::FmtArgs),
    /// Run the tests that policies carry
    Test(test::TestArgs),
    /// Measure a policy's quality on labelled documents
    Eval(eval::EvalArgs),
    /// Compare the decisions of two policies on the same documents
    Diff(diff::DiffArgs),
    /// Attack each rule with disguises of its own examples
    Attack(attack::AttackArgs),
    /// Find innocent words and pairs of words that rules hit
    Collateral(collateral::CollateralArgs),
    /// Show what the engine sees of a text
    Views(views::ViewsArgs),
    /// Learn the points of rules from labelled documents
    Tune(tune::TuneArgs),
    /// Learn a model, usable as a signal, from labelled documents
    Train(train::TrainArgs),
    /// Turn the lists and rules of other tools into a policy
    Import(import::ImportArgs),
    /// Compile a policy to a file that loads in milliseconds
    Compile(compile::CompileArgs),
    /// Write the JSON Schema of policies, for editors
    Schema(schema::SchemaArgs),
    /// Measure a policy's speed on documents
    Bench(bench::BenchArgs),
}

/// When to use colours.
#[derive(Clone, Copy, Debug, ClapArgs)]
pub(crate) struct ColorArgs {
    /// When to use colours; `auto` looks for a terminal and respects `NO_COLOR`
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    color: Color,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

impl ColorArgs {
    /// Makes the choice hold for everything that is printed.
    pub(crate) fn apply(self) {
        match self.color {
            Color::Auto => anstream::ColorChoice::Auto,
            Color::Always => anstream::ColorChoice::Always,
            Color::Never => anstream::ColorChoice::Never,
        }
        .write_global();
    }
}

/// Where the parts of a document stand in files.
#[derive(Clone, Debug, Default, ClapArgs)]
#[command(next_help_heading = "Reading")]
pub(crate) struct ReadArgs {
    /// How the files are written; `auto` goes by the name, then by the first character
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: crate::corpus::Format,
    /// The CSV column or JSON key of the text [default: text]
    #[arg(long, value_name = "COLUMN")]
    pub(crate) text: Option<String>,
    /// The CSV column or JSON key of a field that the policy names (repeatable)
    #[arg(long = "field", value_name = "NAME=COLUMN", value_parser = pair)]
    pub(crate) fields: Vec<(String, String)>,
    /// The CSV column or JSON key of a fact that the policy declares (repeatable)
    #[arg(long = "fact", value_name = "NAME=COLUMN", value_parser = pair)]
    pub(crate) facts: Vec<(String, String)>,
    /// Read no more than this many rows
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) limit: Option<u64>,
}

/// What all commands that read files say about them in their help.
pub(crate) const FILES_HELP: &str = "\
Files:
  txt    one text a line
  csv    with a header line; `--text`, `--field` and `--fact` name columns, and columns
         called `id`, `lang`, `labels` (separated by `;`) are understood; tsv the same
  jsonl  one JSON object a line: {id?, text | fields: {NAME: …}, facts?, lang?, labels?, known?};
         `--text`, `--field` and `--fact` name keys, with dots into nested objects
  All are UTF-8, plain or compressed with gzip or zstd, which is recognized by content.
  `-` is standard input, also read when no file is named. Blank lines are skipped.

Rows that cannot be read are counted, reported with file and line, and left out of all figures:
  not-utf8, not-json, not-a-document (JSON of another shape), no-text, column-count,
  unclosed-quote, too-long (a row over 16 MiB), broken-file (its end could not be read)";

/// `NAME=VALUE`.
pub(crate) fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => {
            Ok((name.trim().to_owned(), value.to_owned()))
        }
        _ => Err("write it as NAME=VALUE".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definition_is_sound() {
        Args::command().debug_assert();
    }

    #[test]
    fn pairs() {
        assert_eq!(pair("a=b=c"), Ok(("a".into(), "b=c".into())));
        assert_eq!(pair("a="), Ok(("a".into(), String::new())));
        assert!(pair("a").is_err());
        assert!(pair("=b").is_err());
    }
}
