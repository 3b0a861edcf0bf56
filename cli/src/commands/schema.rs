//! `tamis schema`: the JSON Schema of policies.

use crate::failure::Run;
use crate::schema;
use clap::Args;
use std::io::Write;

/// Write the JSON Schema of policies, for editors
#[derive(Debug, Args)]
#[command(after_help = "An editor that has it completes keys and marks mistakes while you type;\n\
    docs/editors.md says how.\n\n\
    Example:\n  \
    tamis schema > policy.schema.json")]
pub(crate) struct SchemaArgs {}

/// Runs the command.
pub(crate) fn run(_: &SchemaArgs) -> Run {
    anstream::stdout().lock().write_all(schema::text().as_bytes())?;
    Ok(crate::failure::Exit::Fine)
}
