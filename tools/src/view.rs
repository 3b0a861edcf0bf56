//! The core's own files, included: its layout when generating, its accessors when testing.

#[path = "../../core/src/view/props.rs"]
#[allow(dead_code, unreachable_pub)]
pub(crate) mod props;

#[cfg(test)]
#[path = "../../core/src/view/table.rs"]
#[allow(dead_code, unreachable_pub)]
pub(crate) mod table;

#[path = "../../core/src/view/reading.rs"]
#[allow(dead_code, unreachable_pub)]
pub(crate) mod reading;
