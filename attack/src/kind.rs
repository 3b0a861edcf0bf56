//! Kinds of evasion and the levels that promise to undo them: the table of `POLICY.md`.

use serde::{Deserialize, Serialize};

/// The evasion levels of a policy, each undoing more than the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Case.
    Exact,
    /// Unicode forms, marks, invisible characters, look-alikes, styled letters.
    Fold,
    /// Leet, masks, repeats, uniform separators, wrappers, joined phrases, and compositions.
    Standard,
    /// Deletions, swaps, phonetic spelling, irregular separators, reversal, upside-down.
    Strong,
    /// No level promises it; measured to be honest about it.
    #[serde(rename = "none")]
    Beyond,
}

impl Level {
    /// All levels, mildest first.
    pub const ALL: [Level; 5] =
        [Level::Exact, Level::Fold, Level::Standard, Level::Strong, Level::Beyond];

    /// The name in policies; `none` for what no level promises.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Fold => "fold",
            Self::Standard => "standard",
            Self::Strong => "strong",
            Self::Beyond => "none",
        }
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident $name:literal $level:ident $family:ident;)*) => {
        /// A kind of evasion.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Kind { $($(#[$doc])* $kind,)* }

        impl Kind {
            /// All kinds, by level.
            pub const ALL: &'static [Kind] = &[$(Kind::$kind),*];

            /// Its name.
            pub fn name(self) -> &'static str {
                match self { $(Self::$kind => $name,)* }
            }

            /// The mildest level that undoes it.
            pub const fn level(self) -> Level {
                match self { $(Self::$kind => Level::$level,)* }
            }

            /// The family it belongs to.
            pub const fn family(self) -> Family {
                match self { $(Self::$kind => Family::$family,)* }
            }
        }
    };
}

kinds! {
    /// Capitals where there were none, or the reverse.
    Case "case" Exact Letters;
    /// Compatibility forms of Unicode: full width, ligatures, superscripts, jamo.
    Forms "forms" Fold Letters;
    /// Combining marks that the word does not have.
    Marks "marks" Fold Marks;
    /// Characters that show nothing.
    Invisible "invisible" Fold Invisible;
    /// Letters of other alphabets that look the same or nearly so.
    Lookalikes "lookalikes" Fold Letters;
    /// Mathematical, circled, squared and small capital letters, emoji and flags used as letters.
    Styled "styled" Fold Letters;
    /// Digits and symbols for letters.
    Leet "leet" Standard Leet;
    /// Letters struck out by a sign.
    Masks "masks" Standard Masks;
    /// Letters written several times.
    Repeats "repeats" Standard Repeats;
    /// One separator between all letters, or one tight sign inside the word.
    Separators "separators" Standard Separators;
    /// Entities, escapes, markup inside the word, reversed display.
    Wrappers "wrappers" Standard Wrappers;
    /// The words of a phrase run together.
    Joined "joined" Standard Joining;
    /// Digits glued to the end of the word.
    Digits "digits" Standard Joining;
    /// One letter left out.
    Deletion "deletion" Strong Spelling;
    /// Two neighbours swapped.
    Swap "swap" Strong Spelling;
    /// Spelled as it sounds.
    Phonetic "phonetic" Strong Spelling;
    /// Separators that differ, or stand in some places only.
    Irregular "irregular" Strong Separators;
    /// One space inside the word.
    StraySpace "stray-space" Strong Separators;
    /// Written backwards.
    Reversal "reversal" Strong Turning;
    /// Letters turned upside down.
    UpsideDown "upside-down" Strong Turning;
    /// Letters glued to the word.
    Embedded "embedded" Beyond Joining;
    /// Ciphers and codes.
    Cipher "cipher" Beyond Ciphers;
}

/// Kinds that work alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Family {
    /// Other glyphs for the letters.
    Letters,
    /// Marks on the letters.
    Marks,
    /// Invisible characters between them.
    Invisible,
    /// Digits and symbols for letters.
    Leet,
    /// Letters struck out.
    Masks,
    /// Letters repeated.
    Repeats,
    /// Something visible between the letters.
    Separators,
    /// Encoded or marked up.
    Wrappers,
    /// Run together with something else.
    Joining,
    /// Misspelled.
    Spelling,
    /// Turned around.
    Turning,
    /// Enciphered.
    Ciphers,
    /// Several of them at once.
    Composition,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_that_serialize() {
        for &kind in Kind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
        }
        for level in Level::ALL {
            assert_eq!(serde_json::to_value(level).unwrap(), level.name());
        }
    }

    #[test]
    fn kinds_stand_by_level() {
        assert!(Kind::ALL.is_sorted_by_key(|kind| kind.level()));
    }
}
