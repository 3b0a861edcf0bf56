//! Tamis: text moderation with policies that people can read.
pub mod decimal;
pub mod diag;
pub mod ids;
pub mod input;
mod packs;
mod policy;
mod read;
pub mod span;
pub mod spec;
pub mod verdict;
mod view;

pub use decimal::Milli;
pub use diag::PolicyError;
pub use input::{FactValue, Field, Input};
pub use packs::pack_names;
pub use policy::Policy;
pub use span::{SourceSpan, Span, Spanned};
pub use verdict::{Fired, Kinds, LabelScore, Match, Suppressor, Undecided, Verdict, VerdictRef};
