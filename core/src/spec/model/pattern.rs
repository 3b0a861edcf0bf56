//! Patterns, what is set on them, and the exceptions that spare their matches.

use crate::span::{SourceSpan, Spanned};

/// A named group of patterns and what holds for all of them.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its name; `patterns` when the author gave none.
    pub name: Spanned<String>,
    /// The patterns.
    pub patterns: Vec<Pattern>,
    /// What is set on the group.
    pub options: PatternOptions,
}

/// A pattern and what is set on it.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// The whole pattern.
    pub span: SourceSpan,
    /// What it looks for.
    pub kind: PatternKind,
    /// What is set on it.
    pub options: PatternOptions,
}

/// What a pattern looks for.
#[derive(Clone, Debug)]
pub enum PatternKind {
    /// A word or phrase, with `*` and `\*` as written.
    Text(Spanned<String>),
    /// A regular expression.
    Regex(Spanned<String>),
    /// A named list, `as_domain` when each entry is a domain.
    List {
        /// The list's name.
        name: Spanned<String>,
        /// `as: domain`.
        as_domain: bool,
    },
    /// A host and its subdomains.
    Domain(Spanned<String>),
    /// A recognizer by name, with its own keys.
    Entity {
        /// `phone`, `iban`, …
        name: Spanned<String>,
        /// `region: US` and the like.
        keys: Vec<(Spanned<String>, Spanned<String>)>,
    },
}

/// Keys that resolve pattern > group > rule > policy, and those of one pattern.
#[derive(Clone, Debug, Default)]
pub struct PatternOptions {
    /// `in:`.
    pub fields: Option<Vec<Spanned<String>>>,
    /// `evasion:`.
    pub evasion: Option<Spanned<Level>>,
    /// `inflect:`.
    pub inflect: Option<Spanned<&'static str>>,
    /// `boundary:`.
    pub boundary: Option<Spanned<Boundary>>,
    /// `case: sensitive`.
    pub case_sensitive: Option<Spanned<bool>>,
    /// `veto: off` is `false`.
    pub veto: Option<Spanned<bool>>,
    /// `view:`, for regexes.
    pub view: Option<Spanned<View>>,
}

/// What `inflect:` takes: languages whose regular endings are known, and `off`
/// where the setting around it is not meant.
pub const INFLECTIONS: [&str; 6] = ["en", "de", "es", "fr", "pt", "off"];

/// Evasion levels, each finding a superset of the one before.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Case only.
    #[default]
    Exact,
    /// Unicode forms, marks, invisible characters, look-alikes, styled letters.
    Fold,
    /// Leet, masks, repeats, separators, wrappers, joined phrases.
    Standard,
    /// Deletions, swaps, phonetic spelling, irregular separators, reversal.
    Strong,
}

impl Level {
    /// All levels, mildest first.
    pub const ALL: [Level; 4] = [Level::Exact, Level::Fold, Level::Standard, Level::Strong];

    /// The name in policies.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Fold => "fold",
            Self::Standard => "standard",
            Self::Strong => "strong",
        }
    }
}

/// What must stand beside a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Boundary {
    /// No letter or digit, as POLICY.md "Boundaries" defines.
    Word,
    /// Anything.
    Any,
}

/// The form of the text a regex runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum View {
    /// The original text.
    Raw,
    /// The folded text.
    Fold,
}

/// Something that spares matches.
#[derive(Clone, Debug)]
pub struct Exception {
    /// The whole entry.
    pub span: SourceSpan,
    /// What it is.
    pub kind: ExceptionKind,
}

/// What an exception looks at.
#[derive(Clone, Debug)]
pub enum ExceptionKind {
    /// A pattern whose occurrence covers the match: text, list or domain.
    Pattern(Pattern),
    /// `{ after: […], words: n }`.
    After {
        /// The words before the match.
        patterns: Vec<Pattern>,
        /// How many words back; the default is 3.
        words: Option<Spanned<u64>>,
    },
    /// `{ before: […], words: n }`.
    Before {
        /// The words behind the match.
        patterns: Vec<Pattern>,
        /// How many words on; the default is 3.
        words: Option<Spanned<u64>>,
    },
    /// `{ quoted: true }`.
    Quoted,
}
