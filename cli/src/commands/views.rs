//! `tamis views`: what the engine sees of a text.

mod costs;
mod pairs;
mod text;

use super::stdin::read_stdin;
use crate::failure::{Exit, Run};
use clap::Args;
use serde::Serialize;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use tamis::Offsets;
use tamis::views::Views;

/// Show what the engine sees of a text
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    tamis views \"k1ll &#100;arn\"\n  \
    echo \"some text\" | tamis views --json\n  \
    tamis views --costs\n  \
    tamis views --pairs pairs.jsonl\n\n\
    A text that begins with a dash goes behind `--`. Long texts are cut; `--json` has all of them.")]
pub(crate) struct ViewsArgs {
    /// The text; without it, or with `-`, standard input is read
    text: Option<String>,
    /// Print as JSON; places are bytes of the text
    #[arg(long)]
    json: bool,
    /// Print what each level undoes and what it costs instead
    #[arg(long, conflicts_with = "text")]
    costs: bool,
    /// Count in a file of pairs (JSON Lines with `text`, `plain` and `group`) how many
    /// changed words come out as they were
    #[arg(long, value_name = "FILE", conflicts_with_all = ["text", "costs"])]
    pairs: Option<PathBuf>,
}

/// The views and what their places count.
#[derive(Serialize)]
struct Data<'v> {
    offsets: Offsets,
    #[serde(flatten)]
    views: &'v Views,
}

/// Runs the command.
pub(crate) fn run(args: &ViewsArgs) -> Run {
    if args.costs {
        if args.json {
            write_json(&costs::data())?;
        } else {
            costs::write(&mut anstream::stdout().lock())?;
        }
        return Ok(Exit::Fine);
    }
    if let Some(path) = &args.pairs {
        return pairs::run(path, args.json);
    }
    let text = match args.text.as_deref() {
        Some(text) if text != "-" => text.to_owned(),
        _ => read_stdin()?,
    };
    let views = tamis::views(&text);
    if args.json {
        write_json(&Data { offsets: Offsets::Bytes, views: &views })?;
    } else {
        text::write(&mut anstream::stdout().lock(), &text, &views)?;
    }
    Ok(Exit::Fine)
}

/// On one line, except for people.
fn write_json(value: &impl Serialize) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if out.is_terminal() {
        serde_json::to_writer_pretty(&mut out, value)?;
    } else {
        serde_json::to_writer(&mut out, value)?;
    }
    writeln!(out)
}
