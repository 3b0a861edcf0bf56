//! Tamis: text moderation with policies that people can read.
//!
//! A *policy* (a YAML file) compiles to a [`Ruleset`]; a ruleset decides about
//! documents ([`Input`]) and gives a [`Verdict`] for each; a [`Report`] joins a
//! verdict with the names and texts it stands for.
//!
//! ```
//! let ruleset: tamis::Ruleset = r#"
//! policy: demo
//! labels: { harassment: { review: 3, block: 6 } }
//! rules:
//!   - id: threat
//!     label: harassment
//!     points: 5
//!     patterns: { act: [kill], who: [you, u] }
//!     when: near(act, who, 3)
//!     except: ["kill you with kindness"]
//! "#.parse()?;
//!
//! let input = tamis::Input::new("I will K\u{200B}ILL you");
//! let verdict = ruleset.classify(&input);
//! assert_eq!(ruleset.action_name(verdict.action()), "review");
//! print!("{}", ruleset.explain(&verdict, &input));
//! # Ok::<(), tamis::PolicyError>(())
//! ```
//!
//! Only reading and compiling a policy can fail; deciding cannot, whatever the
//! text. Spans in Rust are bytes of the original text.
//!
//! How the parts fit together is told in `ARCHITECTURE.md`.

pub mod amend;
mod batch;
mod binary;
pub mod collateral;
mod compile;
mod date;
pub mod decimal;
pub mod diag;
mod engine;
mod entity;
mod eval;
mod explain;
mod files;
pub mod format;
pub mod ids;
mod inflect;
mod input;
#[doc(hidden)]
pub mod internals;
mod inventory;
#[allow(dead_code, reason = "`tools` writes the words with the other half of it")]
mod lexicon;
mod limits;
mod loader;
pub mod ngram;
mod packs;
mod policy;
mod probe;
pub mod profile;
mod program;
mod read;
mod redact;
pub mod report;
mod ruleset;
mod scan;
mod score;
mod scratch;
mod span;
pub mod spec;
pub mod testing;
mod verdict;
mod view;
pub mod views;
pub mod vocabulary;
pub mod why_not;
mod workers;

pub use batch::{Batch, Chunks};
pub use binary::LoadError;
pub use date::Date;
pub use decimal::Milli;
pub use diag::PolicyError;
pub use eval::Truth;
pub use ids::{ActionId, ExceptId, FactId, FieldId, GroupId, LabelId, ModelId, PatternId, RuleId};
pub use input::{FactValue, Field, Input};
pub use inventory::{EntityReport, Inventory, PartReport, RegexReport};
pub use limits::Limits;
pub use packs::pack_names;
pub use policy::{NothingSelected, Policy};
pub use redact::{RedactOptions, RedactStyle};
pub use report::{MatchReport, Offsets, Report, RuleReport};
pub use ruleset::{Calibration, FactInfo, LabelInfo, RuleInfo, Ruleset};
pub use scan::latinize;
pub use scratch::Scratch;
pub use span::{FileId, SourceSpan, Span, Spanned};
pub use verdict::{Fired, Kinds, LabelScore, Match, Suppressor, Undecided, Verdict, VerdictRef};
pub use view::fold;
pub use views::views;
pub use why_not::WhyNot;

/// What each level undoes and what it costs: the table `tamis views --costs` prints.
pub mod evasion {
    pub use crate::scan::costs::{COSTS, Cost, IN_PLACE, MANY, SHORT, SPECIAL, ceiling, kinds};
}

/// The examples of the README, run as tests.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;

/// Every public type can be shared between threads.
const _: () = {
    const fn shared<T: Send + Sync + std::panic::UnwindSafe + std::panic::RefUnwindSafe>() {}
    shared::<Ruleset>();
    shared::<Policy>();
    shared::<PolicyError>();
    shared::<Input<'_>>();
    shared::<Verdict>();
    shared::<Batch>();
    shared::<Scratch>();
    shared::<Report<'_>>();
};
