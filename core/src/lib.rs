//! Tamis: text moderation with policies that people can read.
pub mod decimal;
pub mod ids;
pub mod input;
pub mod span;
pub mod spec;
pub mod verdict;
mod view;

pub use decimal::Milli;
pub use input::{FactValue, Field, Input};
pub use span::{SourceSpan, Span, Spanned};
pub use verdict::{Fired, Kinds, LabelScore, Match, Suppressor, Undecided, Verdict, VerdictRef};
