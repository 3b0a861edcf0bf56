//! Conditions after compiling: a flat list of typed nodes, data only.
//!
//! Nodes refer to earlier nodes by index, so a program is a tree in post-order:
//! it can be checked, stored and walked without recursion limits of its own
//! (the parser bounds the nesting).

use crate::ids::{FactId, FieldId, GroupId, ModelId, RuleId};
use crate::spec::expr::{ArithOp, CompareOp};
use serde::{Deserialize, Serialize};

/// A node of a [`Program`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct NodeId(pub(crate) u32);

/// All conditions of a ruleset.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Program {
    /// The nodes; children come before their parents.
    pub(crate) nodes: Vec<Node>,
    /// Child lists of nodes that have any number of children.
    pub(crate) children: Vec<NodeId>,
    /// Texts that conditions quote.
    pub(crate) texts: Vec<String>,
}

/// A run of [`Program::children`] or [`Program::texts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Run {
    pub(crate) start: u32,
    pub(crate) len: u32,
}

impl Run {
    pub(crate) fn of<T>(self, list: &[T]) -> &[T] {
        &list[self.start as usize..(self.start + self.len) as usize]
    }
}

/// One operation of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Node {
    /// A known truth.
    Bool(bool),
    /// A number, or a duration in seconds.
    Number(f64),
    /// A quoted text: index into the texts.
    Text(u32),
    /// A list of quoted texts.
    Texts(Run),
    /// The value of a fact.
    Fact(FactId),
    /// The truth of another rule's condition.
    Rule(RuleId),
    /// True when the group has a surviving match.
    Matched(GroupId),
    /// Disjoint matches of a group.
    Count(GroupId),
    /// Distinct patterns of a group with a match.
    Distinct(GroupId),
    /// `near(a, b, within)`.
    Near {
        a: GroupId,
        b: GroupId,
        within: u32,
    },
    /// `before(a, b, within)`; without a bound anywhere in the same field.
    Before {
        a: GroupId,
        b: GroupId,
        within: Option<u32>,
    },
    /// `same_sentence(a, b)`.
    SameSentence {
        a: GroupId,
        b: GroupId,
    },
    /// `starts(g)`.
    Starts(GroupId),
    /// `ends(g)`.
    Ends(GroupId),
    /// `whole(g)`.
    Whole(GroupId),
    /// A number measured on the text, of one field or of all.
    Signal(Signal, Option<FieldId>),
    /// A model's probability, of one field or of all.
    Model(ModelId, Option<FieldId>),
    Not(NodeId),
    And(Run),
    Or(Run),
    /// True once this many are true, false once that cannot be reached.
    AtLeast(u32, Run),
    Compare(CompareOp, NodeId, NodeId),
    Arith(ArithOp, NodeId, NodeId),
    Neg(NodeId),
    In(NodeId, NodeId),
}

macro_rules! signals {
    ($($(#[doc = $doc:literal])* $variant:ident = $name:literal;)*) => {
        /// A number measured on the raw text of a document.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub(crate) enum Signal {
            $($(#[doc = $doc])* $variant,)*
        }

        impl Signal {
            /// Every signal that is built.
            pub(crate) const ALL: &'static [Signal] = &[$(Signal::$variant,)*];

            /// The name in conditions.
            pub(crate) fn name(self) -> &'static str {
                match self {
                    $(Signal::$variant => $name,)*
                }
            }

            /// What it measures, for the reference.
            pub(crate) fn doc(self) -> &'static str {
                match self {
                    $(Signal::$variant => concat!($($doc),*),)*
                }
            }
        }
    };
}

signals! {
    /// Code points.
    Length = "length";
    /// Words, as `near` counts them.
    Words = "words";
    /// Letters.
    Letters = "letters";
    /// Lines: line breaks, plus one for text behind the last of them.
    Lines = "lines";
    /// Emoji; a joined sequence, a flag or a skin tone is part of one.
    Emoji = "emoji";
    /// Web addresses: `scheme://…` or `www.…`.
    Links = "links";
    /// `@name`.
    Mentions = "mentions";
    /// `#tag`.
    Hashtags = "hashtags";
    /// Invisible characters, those inside emoji apart.
    Invisible = "invisible";
    /// Upper case among letters that have case.
    CapsRatio = "caps_ratio";
    /// Digits among characters that are no white space.
    DigitRatio = "digit_ratio";
    /// Punctuation, symbols and emoji among characters that are no white space.
    SymbolRatio = "symbol_ratio";
    /// Distinct words among words, folded.
    UniqueRatio = "unique_ratio";
    /// The longest run of one character.
    LongestRun = "longest_run";
    /// Most marks on one base.
    Zalgo = "zalgo";
    /// Words that mix scripts.
    MixedScript = "mixed_script";
    /// The highest cost among the surviving matches of this rule.
    EvasionCost = "evasion_cost";
    /// 1 when the text hit a limit of relaxed matching.
    Saturated = "saturated";
}

impl Signal {
    /// The signal of that name.
    pub(crate) fn named(name: &str) -> Option<Signal> {
        Self::ALL.iter().copied().find(|s| s.name() == name)
    }
}
