//! The conformance suite of Tamis: cases as data, and a slow reference
//! implementation that the engine is compared with.

pub mod cases;
pub mod check;
pub mod disguise;
pub mod engine;
pub mod generate;
pub mod outcome;
pub mod reference;
