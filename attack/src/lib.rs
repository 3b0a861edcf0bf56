//! Disguises words the way writers do to slip past filters, and measures what a filter still finds.
//!
//! A *seed* (a word or phrase) stands in a *carrier* (a sentence with a hole) and is disguised by
//! a *recipe*: one [`Transform`], or several in turn. Each [`Attack`] knows where the disguised
//! seed lies and which [`Level`] of `POLICY.md` promises to undo it.
//!
//! ```
//! use tamis_attack::{Severity, transform};
//!
//! let disguise = transform("separator-dot").unwrap().disguise("darn", Severity::All, 1).unwrap();
//! assert_eq!(disguise.text, "d.a.r.n");
//! assert_eq!(disguise.span, 0..7);
//! ```
//!
//! [`run()`] tries a [`Filter`] on a [`Suite`] of attacks and counts only seeds that it finds
//! undisguised in the same carrier, so that lists of different filters do not matter:
//!
//! ```
//! use tamis_attack::{Carrier, Filter, Level, Seed, Suite, run, singles};
//!
//! struct Literal;
//! impl Filter for Literal {
//!     fn find(&mut self, text: &str) -> Vec<std::ops::Range<usize>> {
//!         text.match_indices("darn").map(|(at, found)| at..at + found.len()).collect()
//!     }
//! }
//!
//! let suite = Suite::new(vec![Seed::new("darn", "en")], Carrier::all(), singles(), 7);
//! let report = run(&mut Literal, &suite);
//! assert!(report.macro_recall(Level::Standard) < 0.05);
//! ```
//!
//! Everything is deterministic: the same suite and seed number give the same texts on any machine.
//! The transforms are written from Unicode's charts and from what people type. The crate depends
//! on no engine, and shares no table with one.

mod attack;
mod catalog;
mod draft;
mod kind;
mod recipe;
mod report;
mod rng;
mod run;
mod suite;
mod table;
mod transform;

pub use attack::{Attack, Carrier, Seed};
pub use draft::Disguise;
pub use kind::{Family, Kind, Level};
pub use recipe::{Recipe, compositions, drawn, singles};
pub use report::{Count, Flags, Report, Row};
pub use run::{Filter, flags, run, run_innocent};
pub use suite::{INNOCENT, Suite};
pub use table::{markdown, side_by_side};
pub use transform::{Severity, Transform, transform, transforms};
