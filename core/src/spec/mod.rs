//! What an author wrote: the policy as a spanned tree, typed, with every problem collected.

pub mod duration;
pub mod expr;
pub mod model;
