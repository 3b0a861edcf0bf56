//! Every bound of the engine, with its default and what it bounds.

use crate::spec::bounds;
use crate::view::DECODE_DEPTH;
use serde::{Deserialize, Serialize};

macro_rules! limits {
    ($($(#[doc = $doc:literal])* $name:ident: $default:literal, $max:literal;)*) => {
        /// The bounds a policy may set under `limits:`.
        ///
        /// Each has a default that no honest policy or text comes near, and a
        /// ceiling beyond which the engine's tables would not hold.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[non_exhaustive]
        pub struct Limits {
            $($(#[doc = $doc])* pub $name: u32,)*
        }

        impl Default for Limits {
            fn default() -> Self {
                Self { $($name: $default,)* }
            }
        }

        impl Limits {
            /// Name, default and ceiling of every limit.
            pub const ALL: &'static [(&'static str, u32, u32)] =
                &[$((stringify!($name), $default, $max),)*];

            /// True when none is above its ceiling.
            pub(crate) fn is_within_ceilings(&self) -> bool {
                $(self.$name <= $max)&&*
            }

            /// What each limit bounds, in the order of [`Limits::ALL`].
            pub const DOCS: &'static [&'static str] = &[$(concat!($($doc),*),)*];

            /// Sets the limit called `name`; false when there is none.
            pub(crate) fn set(&mut self, name: &str, value: u32) -> bool {
                match name {
                    $(stringify!($name) => self.$name = value,)*
                    _ => return false,
                }
                true
            }
        }
    };
}

limits! {
    /// Patterns of all rules, list entries counted once a use.
    patterns: 1_000_000, 16_777_216;
    /// Bytes of memory one compiled regex may take.
    regex_size: 1_048_576, 67_108_864;
    /// Steps of undoing evasion a text may take for each of its characters, four times as many
    /// at `strong`, beside the first few thousand; beyond it only `exact` and `fold` go on.
    undoing: 8, 65_536;
}

impl Limits {
    /// The bounds that no policy sets, for people: name, value and what it bounds.
    pub const FIXED: &'static [(&'static str, u64, &'static str)] = &[
        ("policy_size", bounds::FILE_BYTES, "bytes of a policy, a list or a model"),
        ("nesting", bounds::DEPTH as u64, "levels of lists and mappings within each other"),
        ("bases_depth", bounds::BASES_DEPTH as u64, "policies that extend each other in a chain"),
        ("bases", bounds::BASES as u64, "bases of a policy"),
        ("inherited_rules", bounds::INHERITED_RULES as u64, "inherited rules"),
        ("edited_entries", bounds::EDITED_ENTRIES as u64, "entries of lists made by `extend`"),
        ("pattern_length", bounds::PATTERN_CHARS as u64, "characters of a word or phrase"),
        ("regex_length", bounds::REGEX_CHARS as u64, "characters of a regular expression"),
        ("condition_size", bounds::CONDITION_BYTES as u64, "bytes of a condition"),
        ("condition_depth", bounds::CONDITION_DEPTH as u64, "levels of parts of a condition"),
        ("fields", FIELDS as u64, "fields of a policy"),
        ("wildcard", WILDCARD as u64, "letters that a `*` stands for"),
        ("gap", GAP as u64, "characters that the space of a phrase stands for"),
        ("decode_depth", DECODE_DEPTH as u64, "wrappers within each other that are undone"),
        ("text_size", TEXT_BYTES as u64, "bytes of a text; the rest is not looked at"),
    ];
}

/// Letters that a `*` stands for at most.
pub(crate) const WILDCARD: usize = 20;
/// Characters a pattern's space stands for at most.
pub(crate) const GAP: usize = 8;
/// Fields a policy may name: one bit each in a pattern's row.
pub(crate) const FIELDS: usize = 64;
/// Bytes of one text; what lies beyond is not looked at and the verdict is saturated.
pub(crate) const TEXT_BYTES: usize = (u32::MAX / 4) as usize;
