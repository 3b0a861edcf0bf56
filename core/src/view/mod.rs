//! Text as the engine sees it.

// The engine that reads these is built beside them.
#[allow(dead_code)]
pub(crate) mod props;
#[allow(dead_code, unused_imports)]
pub(crate) mod table;
