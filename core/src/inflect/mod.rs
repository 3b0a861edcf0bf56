//! Inflections: `inflect: en` makes `kill` find `kills`, `killed`, `killing`, `killin`.
//!
//! Only regular endings, decided by spelling; a short list of function words never
//! inflects. [`rules`] is the documented list. What is written with an apostrophe
//! (`idiot's`, `idiots'`, `killin'`) needs no form of its own, for an apostrophe ends
//! a word.
//!
//! In a phrase the first and the last word inflect, one at a time, unless they are
//! function words: `kill you` finds `killing you`, `dumb idiot` finds `dumb idiots`.
//!
//! Precision comes first. `-in` is dropped where English has that word (`puff` does not
//! find `puffin`), `-er` where it has it and it is no rarer than the stem, or is a known
//! other word: `show` does not find `shower`, nor `butt` `butter`; `spam` finds `spammer`.

mod de;
pub(crate) mod en;
mod romance;
mod rule;

use crate::lexicon;
use en::Trust;

pub(crate) use rule::Rule;

/// A language whose inflections are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Lang {
    English,
    German,
    Spanish,
    French,
    Portuguese,
}

impl Lang {
    pub(crate) const ALL: [Self; 5] =
        [Self::English, Self::German, Self::Spanish, Self::French, Self::Portuguese];

    /// The language with this code, as in `inflect: en`.
    pub(crate) fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.code() == code)
    }

    /// Its code.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::Spanish => "es",
            Self::French => "fr",
            Self::Portuguese => "pt",
        }
    }
}

/// All endings of a language.
pub(crate) fn rules(lang: Lang) -> &'static [Rule] {
    match lang {
        Lang::English => en::RULES,
        Lang::German => de::RULES,
        Lang::Spanish => romance::SPANISH,
        Lang::French => romance::FRENCH,
        Lang::Portuguese => romance::PORTUGUESE,
    }
}

/// The regular forms of a folded word, each once, without the word itself. Empty for
/// function words, for words with symbols that are no letters, and for single letters.
pub(crate) fn forms(lang: Lang, word: &[char]) -> Vec<Vec<char>> {
    match lang {
        Lang::English => {
            let stem = english_frequency(word);
            let candidates = en::candidates(word).into_iter();
            let kept = candidates.filter(|(form, trust)| !is_other_word(form, *trust, stem));
            kept.map(|(form, _)| form).collect()
        }
        Lang::German => de::forms(word).found,
        Lang::Spanish => romance::spanish(word).found,
        Lang::French => romance::french(word).found,
        Lang::Portuguese => romance::portuguese(word).found,
    }
}

/// Which words of a phrase inflect, one at a time: the first and the last that can.
pub(crate) fn positions(lang: Lang, phrase: &[Vec<char>]) -> Vec<usize> {
    let last = phrase.len().saturating_sub(1);
    let ends = if last == 0 { vec![0] } else { vec![0, last] };
    let inflects = |&at: &usize| phrase.get(at).is_some_and(|word| !forms(lang, word).is_empty());
    ends.into_iter().filter(inflects).collect()
}

/// Whether a form of a stem this frequent is rather an English word of its own.
fn is_other_word(form: &[char], trust: Trust, stem: Option<u8>) -> bool {
    match trust {
        Trust::Sure => false,
        Trust::Spoken => english_frequency(form).is_some(),
        // What is offensive is not in the lexicon, and how frequent it is not known.
        Trust::Agent => stem.is_some_and(|stem| english_frequency(form) >= Some(stem)),
    }
}

/// How frequent an English word of the lexicon is.
fn english_frequency(word: &[char]) -> Option<u8> {
    let entry = lexicon::lookup(word.iter().copied())?;
    entry.languages.intersects(lexicon::Languages::ENGLISH).then_some(entry.frequency)
}

/// Forms of a word as they are found.
#[derive(Debug)]
struct Forms<'w> {
    word: &'w [char],
    found: Vec<Vec<char>>,
}

impl<'w> Forms<'w> {
    fn of(word: &'w [char]) -> Self {
        Self { word, found: Vec::new() }
    }

    /// Adds `stem` with each of the endings; nothing to words of less than three letters.
    fn add_all(&mut self, stem: &[char], endings: &[&str]) {
        let letters = |word: &[char]| word.iter().all(char::is_ascii_lowercase);
        if self.word.len() < 3 || !letters(self.word) {
            return;
        }
        for ending in endings {
            let form: Vec<char> = stem.iter().copied().chain(ending.chars()).collect();
            if form != self.word && !self.found.contains(&form) {
                self.found.push(form);
            }
        }
    }
}

#[cfg(test)]
mod tests;
