//! `gen-lexicon`: the innocent words of the core, from packages of others.
//!
//! `sources` reads the packages, `hunspell` expands affixes, `offence` takes out what
//! is no innocent word, `packing` writes the data. What is taken from where, and how
//! much of it, is decided here.

mod core_files;
mod hunspell;
mod offence;
mod packing;
mod sources;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

use core_files::packed::Key;
use sources::Sources;

/// The tiers of SCOWL that are taken: up to 50, and what dialects add to them.
/// Beyond 50 a hundred words cover as much text as one word below.
const SCOWL_TIERS: [u32; 5] = [10, 20, 35, 40, 50];

/// Names shorter than this look too much like anything else.
const NAME_LETTERS: usize = 4;

/// The languages, by their bit: code, spellings of the locale in the packages, and
/// up to how many letters words are taken from the big dictionary. Patterns are
/// short, so it is the short words that look like one.
const LANGUAGES: [Language; 10] = [
    Language { code: "en", mnemonic: "english", faker: &["en_US", "en_GB"], letters: 0 },
    Language { code: "de", mnemonic: "", faker: &["de_DE", "de_AT", "de_CH"], letters: 0 },
    Language { code: "fr", mnemonic: "french", faker: &["fr_FR"], letters: 0 },
    Language { code: "es", mnemonic: "spanish", faker: &["es_ES", "es_MX"], letters: 0 },
    Language { code: "pt", mnemonic: "portuguese", faker: &["pt_BR", "pt_PT"], letters: 0 },
    Language { code: "it", mnemonic: "italian", faker: &["it_IT"], letters: 0 },
    Language { code: "nl", mnemonic: "", faker: &["nl_NL", "nl_BE"], letters: 7 },
    Language { code: "ru", mnemonic: "russian", faker: &["ru_RU"], letters: 5 },
    Language { code: "pl", mnemonic: "", faker: &["pl_PL"], letters: 0 },
    Language { code: "tr", mnemonic: "turkish", faker: &["tr_TR"], letters: 5 },
];

/// The bit of names.
const NAMES: u16 = 1 << LANGUAGES.len();

struct Language {
    code: &'static str,
    mnemonic: &'static str,
    faker: &'static [&'static str],
    letters: usize,
}

/// What is known of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Info {
    languages: u16,
    frequency: u8,
}

/// Words by their folded spelling.
type Words = BTreeMap<String, Info>;

/// The generated files, in memory.
#[derive(Debug)]
pub struct Generated {
    files: Vec<(PathBuf, Vec<u8>)>,
    summary: String,
    removed: Vec<String>,
}

impl Generated {
    /// Writes the files into the source tree.
    pub fn write(&self) -> io::Result<()> {
        self.files.iter().try_for_each(|(path, data)| fs::write(path, data))
    }

    /// The files that differ from what is checked in.
    pub fn stale_files(&self) -> Vec<&Path> {
        let stale = |(path, data): &&(PathBuf, Vec<u8>)| fs::read(path).ok().as_ref() != Some(data);
        self.files.iter().filter(stale).map(|(path, _)| path.as_path()).collect()
    }

    /// Counts and sizes, for people.
    pub fn summary(&self) -> &str {
        &self.summary
    }

    /// The words that were taken out as offensive, for a reviewer.
    pub fn removed(&self) -> &[String] {
        &self.removed
    }
}

/// The root of the workspace.
fn source_root() -> &'static Path {
    let tools = Path::new(env!("CARGO_MANIFEST_DIR"));
    tools.parent().unwrap_or(tools)
}

/// Builds the lexicon from the packages in `folder`, as `fetch.sh` leaves them.
///
/// # Errors
/// A file of a package is missing or not what it should be.
pub fn generate(folder: &Path) -> io::Result<Generated> {
    let sources = Sources::new(folder);
    let mut words = gather(&sources)?;
    let offence = offence::Offence::new(&sources)?;
    let removed = offence.remove_from(&mut words, &english(&sources)?);
    add_frequencies(&sources, &mut words)?;
    let packed = packing::pack(&words);
    let lexicon = source_root().join("core/src/lexicon");
    let summary = summary(&words, &removed, packed.data.len());
    let files = vec![
        (lexicon.join("words.bin"), packed.data),
        (lexicon.join("table.rs"), packed.table.into_bytes()),
    ];
    Ok(Generated { files, summary, removed })
}

fn gather(sources: &Sources<'_>) -> io::Result<Words> {
    let mut words = Words::new();
    for (bit, language) in LANGUAGES.iter().enumerate() {
        let bit = 1 << bit;
        let mut add = |found: Vec<String>, least: usize| add_all(&mut words, bit, found, least);
        // Two letters of a longer text are as often an abbreviation as a word.
        add(sources.cldr(language.code)?, 3);
        add(sources.faker("lorem", language.faker)?, 2);
        add(sources.mnemonic(language.mnemonic)?, 2);
        add(sources::by_hand(language.code)?, 2);
        let dictionary = sources.hunspell(language.code, language.letters)?;
        add(dictionary, 3);
        add_all(&mut words, NAMES, sources.faker("person", language.faker)?, NAME_LETTERS);
        add_all(&mut words, NAMES, sources.faker("address", language.faker)?, NAME_LETTERS);
    }
    for tier in SCOWL_TIERS {
        add_all(&mut words, 1, sources.scowl(tier)?, 2);
    }
    Ok(words)
}

/// The words that an edited English dictionary has.
fn english(sources: &Sources<'_>) -> io::Result<BTreeSet<String>> {
    let mut english = BTreeSet::new();
    for tier in SCOWL_TIERS {
        english.extend(sources.scowl(tier)?.iter().map(|word| tamis::fold(word)));
    }
    Ok(english)
}

/// Adds the words of texts; `least` is how many letters one must have.
fn add_all(words: &mut Words, language: u16, texts: Vec<String>, least: usize) {
    for text in texts {
        for word in text.split(|c: char| !is_word_symbol(c)) {
            let word = word.trim_matches(|c: char| matches!(c, '\'' | '’'));
            let Some(key) = Key::new(tamis::fold(word).chars()) else { continue };
            // A possessive is told by its word.
            if key.len() >= least && !word.ends_with("'s") && !word.ends_with("’s") {
                words.entry(key.letters().collect()).or_default().languages |= language;
            }
        }
    }
}

fn is_word_symbol(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\'' | '’' | '\u{300}'..='\u{36f}')
}

/// Frequencies only for words that SCOWL has: many entries of the list are junk.
fn add_frequencies(sources: &Sources<'_>, words: &mut Words) -> io::Result<()> {
    for (word, count) in sources.frequencies()? {
        if let Some(info) = words.get_mut(&word)
            && info.languages & 1 != 0
        {
            info.frequency = info.frequency.max(frequency_class(count));
        }
    }
    Ok(())
}

/// 1 to 15; each step is a factor of three. The list counts from 10^4 to 10^10.
fn frequency_class(count: u64) -> u8 {
    let steps = count.max(1).ilog(3);
    u8::try_from(steps.saturating_sub(6).clamp(1, 15)).unwrap_or(15)
}

fn summary(words: &Words, removed: &[String], bytes: usize) -> String {
    let mut text = format!("{} words in {bytes} bytes, {} taken out;", words.len(), removed.len());
    let names = LANGUAGES.iter().map(|language| language.code).chain(["names"]);
    for (bit, name) in names.enumerate() {
        let count = words.values().filter(|info| info.languages & 1 << bit != 0).count();
        write!(text, " {name} {count}").expect("writing to a string");
    }
    text
}

#[cfg(test)]
mod tests;
