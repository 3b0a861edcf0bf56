//! Generated data; `tools/src/gen_entities.rs` says from what.

pub(super) mod phones;
pub(super) mod tlds;
