//! What the side-by-sides share.

pub mod machine;
pub mod pairs;
