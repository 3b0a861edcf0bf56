//! The conformance suite of Tamis: cases as data, a runner, and a slow reference
//! implementation that the engine is compared with.

pub mod outcome;
pub mod reference;
