//! Small integer names for the parts of a ruleset.
//!
//! Every table of a compiled ruleset is indexed by one of these instead of a
//! bare `usize`, so that a rule can never be looked up among labels.

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub u32);

        impl $name {
            /// The id as an index into the table it names.
            #[inline]
            pub fn index(self) -> usize {
                self.0 as usize
            }

            /// The id of the entry at `index`; tables hold fewer than 2³¹ entries.
            #[inline]
            pub(crate) fn new(index: usize) -> Self {
                debug_assert!(index < i32::MAX as usize);
                Self(index as u32)
            }
        }
    )*};
}

ids! {
    /// An action, by severity: 0 is the mildest, the policy's default.
    ActionId,
    /// A label, in policy order.
    LabelId,
    /// A rule, in policy order (bases first).
    RuleId,
    /// A named group of patterns; unique in the ruleset, each belongs to one rule.
    GroupId,
    /// A pattern as a rule sees it; unique in the ruleset, each belongs to one group.
    PatternId,
    /// An exception, of a rule or of a whole file.
    ExceptId,
    /// A declared fact: the slot its value is bound to.
    FactId,
    /// A model, in policy order.
    ModelId,
    /// A field of documents, in policy order; [`FieldId::TEXT`] when there is one unnamed text.
    FieldId,
}

impl FieldId {
    /// The only field of documents that have just a text.
    pub const TEXT: FieldId = FieldId(0);
}
