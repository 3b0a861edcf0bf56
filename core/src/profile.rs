//! Where the time goes: documents are decided once more with a clock between the stages.
//!
//! Deciding otherwise has no clock. Reading it between the stages costs more than some of them
//! take; what the readings themselves take is taken off, but caches and branches do worse, so
//! the sum is more than a batch takes. Compare the parts with one another.

use crate::engine;
use crate::input::Input;
use crate::probe::Probe;
use crate::ruleset::Ruleset;
use crate::scan::triggers;
use crate::scratch::Scratch;

pub use crate::probe::Stage;
pub use crate::scan::triggers::{Trigger, Triggers};

/// What the documents cost so far, by stage and by rule, and what of them was looked at closely.
#[derive(Debug)]
pub struct Profile {
    ruleset: Ruleset,
    scratch: Scratch,
    triggers: Triggers,
    documents: u64,
}

impl Ruleset {
    /// A profile to which documents are [added](Profile::add).
    ///
    /// ```
    /// # let ruleset: tamis::Ruleset = "policy: demo\nlabels: { spam: { review: 1 } }\nrules:\n  - { id: a, label: spam, points: 1, patterns: [gold] }".parse()?;
    /// let mut profile = ruleset.profile();
    /// profile.add("cheap g0ld here");
    /// assert_eq!(profile.triggers().count("digit").texts, 1);
    /// assert!(profile.rules()[0] > 0);
    /// # Ok::<(), tamis::PolicyError>(())
    /// ```
    pub fn profile(&self) -> Profile {
        let mut scratch = self.scratch();
        scratch.probe = Probe::running(self.rules().len());
        Profile { ruleset: self.clone(), scratch, triggers: Triggers::default(), documents: 0 }
    }
}

impl Profile {
    /// Decides about a document and adds what that cost.
    pub fn add<'t>(&mut self, input: impl Into<Input<'t>>) {
        let input = input.into();
        let inner = self.ruleset.inner();
        engine::classify_by_the_clock(inner, &mut self.scratch, &input);
        for field in input.fields() {
            if engine::field_id(inner, field.name.as_deref()).is_some() {
                let text = &field.text[..engine::cut_at(&field.text)];
                triggers::count(&inner.matcher, text, &mut self.scratch.sight, &mut self.triggers);
            }
        }
        self.documents += 1;
    }

    /// How many documents were added.
    pub fn documents(&self) -> u64 {
        self.documents
    }

    /// Nanoseconds by stage.
    pub fn stages(&self) -> impl Iterator<Item = (Stage, u64)> {
        let costs = self.scratch.probe.costs();
        Stage::ALL.into_iter().map(move |s| (s, costs.map_or(0, |costs| costs.stages[s as usize])))
    }

    /// Nanoseconds by rule, by rule id: its alignments, regexes, recognizers and conditions.
    /// What rules share, such as a pattern of a list, is divided among them; the look at the
    /// text and its views belong to none.
    pub fn rules(&self) -> &[u64] {
        self.scratch.probe.costs().map_or(&[], |costs| &costs.rules)
    }

    /// What made the engine look closely, by kind.
    pub fn triggers(&self) -> &Triggers {
        &self.triggers
    }
}
