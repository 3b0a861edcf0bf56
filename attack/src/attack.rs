//! A seed in a carrier, disguised.

use crate::kind::{Family, Kind, Level};
use crate::transform::Severity;
use serde::Serialize;
use std::ops::Range;

/// A word or phrase to disguise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Seed {
    /// The text.
    pub text: String,
    /// Its language, such as `en`: it is put into carriers of that language.
    pub lang: String,
}

impl Seed {
    /// A seed of a language.
    pub fn new(text: impl Into<String>, lang: impl Into<String>) -> Self {
        Self { text: text.into(), lang: lang.into() }
    }
}

/// A sentence with a hole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Carrier {
    /// What stands before the seed.
    pub before: String,
    /// What stands behind it.
    pub after: String,
    /// Its language; none fits every seed.
    pub lang: Option<String>,
}

/// Language and sentence; `{}` is the hole. At the ends, in the middle, beside punctuation, beside
/// words of one letter, and alone.
const CARRIERS: &[(&str, &str)] = &[
    ("", "{}"),
    ("en", "you are {} and everyone knows it"),
    ("en", "Honestly, {}! That was the end of it."),
    ("en", "is this a {} or what"),
    ("en", "the neighbours said \"{}\" again"),
    ("ru", "ну ты и {} конечно"),
    ("ru", "Опять {}, сколько можно!"),
    ("el", "είσαι {} και το ξέρεις"),
    ("el", "Πάλι {}, φτάνει πια!"),
    ("ko", "너는 정말 {} 그만해"),
    ("ko", "아니, {}!"),
    ("ar", "أنت {} دائما"),
    ("ar", "مرة أخرى {}، كفى!"),
    ("hi", "तुम {} हो और क्या"),
    ("hi", "फिर से {}, बस करो!"),
];

impl Carrier {
    /// The sentence with `{}` for the hole, for any language or one. Without a hole the seed
    /// comes last.
    pub fn new(sentence: &str, lang: Option<&str>) -> Self {
        let (before, after) = sentence.split_once("{}").unwrap_or((sentence, ""));
        Self { before: before.into(), after: after.into(), lang: lang.map(Into::into) }
    }

    /// The carriers of this crate: ordinary sentences in six languages, and the empty one.
    pub fn all() -> Vec<Self> {
        let lang = |lang: &'static str| Some(lang).filter(|lang| !lang.is_empty());
        CARRIERS.iter().map(|&(code, sentence)| Self::new(sentence, lang(code))).collect()
    }

    /// True when a seed of that language fits in.
    pub fn fits(&self, seed: &Seed) -> bool {
        self.lang.as_ref().is_none_or(|lang| *lang == seed.lang)
    }

    /// The sentence with `word` in its hole, and the bytes of `word` in it.
    pub fn fill(&self, word: &str) -> (String, Range<usize>) {
        let text = [&self.before, word, &self.after].concat();
        (text, self.before.len()..self.before.len() + word.len())
    }
}

/// A disguised seed in its carrier.
#[derive(Clone, Debug, Serialize)]
pub struct Attack<'s> {
    /// The whole text.
    pub text: String,
    /// The disguised seed, in bytes of the text.
    pub span: Range<usize>,
    /// The same with markup and invisible characters around it.
    pub outer: Range<usize>,
    /// What was disguised.
    pub seed: &'s Seed,
    /// Where it stands.
    pub carrier: &'s Carrier,
    /// The recipe's name.
    pub recipe: &'s str,
    /// How much was disguised.
    pub severity: Severity,
    /// What has to be undone.
    pub kinds: Vec<Kind>,
    /// The mildest level that promises to.
    pub level: Level,
    /// The family.
    pub family: Family,
}

impl Attack<'_> {
    /// True when `found` is the disguised seed and nothing else; what lies around it may belong
    /// to the place or not.
    pub fn is_exact(&self, found: &Range<usize>) -> bool {
        (self.outer.start..=self.span.start).contains(&found.start)
            && (self.span.end..=self.outer.end).contains(&found.end)
    }

    /// True when `found` has all of the disguised seed.
    pub fn is_covered(&self, found: &Range<usize>) -> bool {
        found.start <= self.span.start && self.span.end <= found.end
    }

    /// True when `found` has some of it.
    pub fn is_touched(&self, found: &Range<usize>) -> bool {
        found.start < self.outer.end && self.outer.start < found.end
    }
}
