//! Tables of the engine for the slow reference in `tests/`, which has its own
//! algorithms and shares only data; and the recognizers, which have no second form.
//! Not part of the API. [`mod@reference`] is what the reference of the format is written from.

pub use crate::binary::changed as change_compiled;

use crate::entity::domain::{self, DomainSet};
use crate::entity::{self, Kind, Options};
use crate::inflect::{self, Lang};
use crate::lexicon;
use crate::span::Span;
use crate::spec::model::Level;
use crate::verdict::Kinds;
use crate::view::alphabets;
use crate::view::glyphs;
use crate::view::reading::{ReadingKind, Target};
use crate::view::table;

/// One reading of a code point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The letters it is read as.
    pub letters: Vec<char>,
    /// `styled`, `variant`, `lookalike`, `turned`, `hidden` or `leet`.
    pub kind: &'static str,
    /// `latin`, `cyrillic`, `greek` or `arabic`.
    pub script: &'static str,
}

/// How `c` may be read.
pub fn readings(c: char) -> Vec<Reading> {
    let kind = |kind| match kind {
        ReadingKind::Styled => "styled",
        ReadingKind::Variant => "variant",
        ReadingKind::LookAlike => "lookalike",
        ReadingKind::Turned => "turned",
        ReadingKind::Hidden => "hidden",
        ReadingKind::Leet => "leet",
    };
    let script = |target| match target {
        Target::Latin => "latin",
        Target::Cyrillic => "cyrillic",
        Target::Greek => "greek",
        Target::Arabic => "arabic",
    };
    table::readings(c)
        .map(|r| Reading {
            letters: r.symbols().to_vec(),
            kind: kind(r.kind()),
            script: script(r.target()),
        })
        .collect()
}

/// True when `there` may stand where a glyph has the character `drawn`.
pub fn draws(glyph: &str, drawn: char, there: char) -> bool {
    glyphs::draws(glyph, drawn, there)
}

/// Sequences that draw a letter.
pub fn glyphs() -> &'static [(&'static str, char)] {
    glyphs::GLYPHS
}

/// Characters that hide a letter.
pub fn masks() -> &'static str {
    glyphs::MASKS
}

/// Those that hide the last letter of a word too.
pub fn end_masks() -> &'static str {
    glyphs::END_MASKS
}

/// Those that hide a letter next to a hidden one.
pub fn run_masks() -> &'static str {
    glyphs::RUN_MASKS
}

/// Those that do so in long rows.
pub fn row_masks() -> &'static str {
    glyphs::ROW_MASKS
}

/// By Cyrillic letters that not all languages have, which alphabets do, one bit each; and the
/// letters without which no word mixes them.
pub fn cyrillic_alphabets() -> (&'static [(&'static str, u8)], &'static str) {
    (&alphabets::ALPHABETS, alphabets::ODD)
}

/// The sign that faces `sign` from the other side of what both stand around.
pub fn mirrored(sign: char) -> char {
    glyphs::mirrored(sign)
}

/// Those that stand between innocent words.
pub fn joining_masks() -> &'static str {
    glyphs::JOINING_MASKS
}

/// Signs that stand beside innocent words, though they may stand for letters too.
pub fn punctuation() -> &'static str {
    glyphs::PUNCTUATION
}

/// Spellings that sound alike: text, pattern.
pub fn phonetic() -> &'static [(&'static str, &'static str)] {
    glyphs::PHONETIC
}

/// ASCII letters that are others upside down: text, pattern.
pub fn turned() -> &'static [(char, char)] {
    glyphs::TURNED
}

/// Whether a folded word is an ordinary word of some language.
pub fn is_word(word: &str) -> bool {
    lexicon::is_word(word.chars())
}

/// How frequent a folded word is in English, from 1 to 15; 0 when it is not known.
pub fn frequency(word: &str) -> u8 {
    lexicon::lookup(word.chars()).map_or(0, |entry| entry.frequency)
}

/// The languages a folded word is known from, by code; names have an empty one.
pub fn languages(word: &str) -> Vec<&'static str> {
    let known = lexicon::lookup(word.chars());
    let of = |language: lexicon::Languages| known.is_some_and(|k| k.languages.intersects(language));
    let all = lexicon::Languages::ALL.iter();
    all.filter(|(language, _)| of(*language)).map(|&(_, code)| code).collect()
}

/// True when the lexicon has words of the language with this code.
pub fn has_language(code: &str) -> bool {
    lexicon::Languages::parse(code).is_some()
}

/// The inflected forms of a folded word; none for an unknown language.
pub fn forms(lang: &str, word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let forms = Lang::parse(lang).map(|lang| inflect::forms(lang, &letters)).unwrap_or_default();
    forms.into_iter().map(|form| form.into_iter().collect()).collect()
}

/// The words of a phrase that inflect, one at a time.
pub fn inflected_words(lang: &str, words: &[String]) -> Vec<usize> {
    let letters: Vec<Vec<char>> = words.iter().map(|word| word.chars().collect()).collect();
    Lang::parse(lang).map(|lang| inflect::positions(lang, &letters)).unwrap_or_default()
}

/// The places of `text` where the recognizer `name` finds something; `None` when there
/// is no such recognizer, or it takes no such key.
pub fn entities(name: &str, keys: &[(&str, &str)], text: &str) -> Option<Vec<Span>> {
    let kind = Kind::parse(name)?;
    let mut options = Options::default();
    for (key, value) in keys {
        options.set(kind, key, value).ok()?;
    }
    let mut found = Vec::new();
    entity::find(kind, &options, text, &mut found);
    Some(found)
}

/// A host in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    /// The host, subdomains included.
    pub host: Span,
    /// The link around it.
    pub link: Span,
    /// What was undone, whatever it costs.
    pub kinds: Kinds,
    /// What that costs, in tenths.
    pub cost: u8,
}

/// The hosts in `text` that are `domain` or below it, compared at `level`; `None` when it
/// cannot be a domain.
pub fn hosts(domain: &str, level: Level, text: &str) -> Option<Vec<Host>> {
    let name = domain::normalize(domain).ok()?;
    let mut found = Vec::new();
    DomainSet::new([(0, name.as_str(), level)]).find(text, &mut found);
    let host = |hit: domain::DomainHit| Host {
        host: hit.host,
        link: hit.link,
        kinds: hit.kinds,
        cost: hit.cost,
    };
    Some(found.into_iter().map(host).collect())
}

/// What `docs/reference.md` is written from.
pub mod reference {
    use crate::entity::{Kind, Options};
    use crate::inflect::{self, Lang};
    use crate::program::Signal;

    /// A recognizer as its users know it.
    #[derive(Clone, Debug)]
    pub struct Entity {
        /// Its name in policies.
        pub name: &'static str,
        /// What it finds and what it checks.
        pub what: &'static str,
        /// A pattern as written in a policy.
        pub example: &'static str,
        /// The keys it has beside `entity`.
        pub keys: &'static [&'static str],
        /// The regions the examples are for.
        pub regions: &'static [&'static str],
        /// Texts, and what is found in each.
        pub valid: &'static [(&'static str, &'static [&'static str])],
        /// Texts with something of the form that fails a check.
        pub invalid: &'static [&'static str],
        /// Texts with something else that looks alike.
        pub look_alike: &'static [&'static str],
    }

    /// All recognizers.
    pub fn entities() -> Vec<Entity> {
        let entity = |&kind: &Kind| {
            let doc = kind.doc();
            Entity {
                name: doc.name,
                what: doc.what,
                example: doc.example,
                keys: Options::keys(kind),
                regions: doc.regions,
                valid: doc.valid,
                invalid: doc.invalid,
                look_alike: doc.look_alike,
            }
        };
        Kind::all().iter().map(entity).collect()
    }

    /// The signals and what they measure.
    pub fn signals() -> Vec<(&'static str, &'static str)> {
        Signal::ALL.iter().map(|signal| (signal.name(), signal.doc().trim())).collect()
    }

    /// The functions of conditions and how they are called.
    pub fn functions() -> &'static [(&'static str, &'static str)] {
        crate::compile::FUNCTIONS
    }

    /// A regular ending: language, ending, meaning, a word and one of its forms.
    pub fn endings() -> Vec<[&'static str; 5]> {
        let of = |lang: Lang| {
            let rules = inflect::rules(lang).iter();
            rules.map(move |r| [lang.code(), r.ending, r.meaning, r.word, r.form])
        };
        Lang::ALL.into_iter().flat_map(of).collect()
    }
}
