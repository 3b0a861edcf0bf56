//! What people see: colours, tables, numbers, excerpts, progress.

pub(crate) mod diagnostics;
pub(crate) mod diff;
pub(crate) mod excerpt;
pub(crate) mod number;
pub(crate) mod progress;
pub(crate) mod style;
pub(crate) mod table;
