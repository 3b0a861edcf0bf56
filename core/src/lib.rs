//! Tamis: text moderation with policies that people can read.
pub mod decimal;
mod engine;
mod eval;
pub mod ids;
pub mod input;
mod limits;
mod program;
mod ruleset;
mod scan;
mod score;
mod scratch;
pub mod span;
pub mod spec;
pub mod verdict;
mod view;

pub use decimal::Milli;
pub use input::{FactValue, Field, Input};
pub use span::{SourceSpan, Span, Spanned};
pub use verdict::{Fired, Kinds, LabelScore, Match, Suppressor, Undecided, Verdict, VerdictRef};
