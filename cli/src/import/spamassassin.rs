use super::draft::Draft;
use super::report::{Problem, Report};
use super::source::Source;
pub(crate) fn import(_: &Source, _: &mut Report<'_>) -> Result<Draft, Vec<Problem>> { Ok(Draft::default()) }
