//! Rewriting files of authors: all of a file at once, or nothing of it.

use crate::failure::{Failure, in_words};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Puts `text` in the place of the file at `path`. Whoever reads it meanwhile sees the
/// old file or the new one; links stay links, and permissions stay.
pub(crate) fn replace(path: &Path, text: &str) -> Result<(), Failure> {
    let failed = |error: io::Error| {
        Failure::input(format!("cannot write {}: {}", path.display(), in_words(&error)))
    };
    let target = path.canonicalize().map_err(failed)?;
    let beside = neighbour(&target);
    let written = write_beside(&beside, text, &target).and_then(|()| fs::rename(&beside, &target));
    written.map_err(|error| {
        let _ = fs::remove_file(&beside);
        failed(error)
    })
}

/// A new file in the same folder: only there a rename is one step.
fn neighbour(target: &Path) -> PathBuf {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    target.with_file_name(format!(".{name}.{}.tmp", std::process::id()))
}

fn write_beside(beside: &Path, text: &str, target: &Path) -> io::Result<()> {
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(beside)?;
    file.write_all(text.as_bytes())?;
    file.set_permissions(fs::metadata(target)?.permissions())?;
    file.sync_all()
}
