//! The engines, each with the settings its documentation recommends against evasion.

use crate::outside::Outside;
use aho_corasick::{AhoCorasick, MatchKind};
use rustrict::CensorStr;
use std::error::Error;
use std::fmt::Write;
use std::ops::Range;
use tamis::Ruleset;
use tamis_attack::Filter;

/// An engine with its name and version.
pub struct Engine {
    name: String,
    version: String,
    kind: Kind,
}

enum Kind {
    Tamis(Ruleset),
    Rustrict,
    Decancer { words: AhoCorasick },
    DecancerFind { words: Vec<String> },
    Outside(Outside),
}

impl Engine {
    /// Its name in tables.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The version of its package.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// True for one that reads a few hundred lines a second: it gets fewer texts.
    pub fn is_slow(&self) -> bool {
        self.name == "better_profanity"
    }

    /// An error when an engine outside this process broke while it ran.
    pub fn check(&mut self) -> Result<(), Box<dyn Error>> {
        match &mut self.kind {
            Kind::Outside(outside) => outside.check(),
            _ => Ok(()),
        }
    }
}

/// All engines that can run here; what is missing is said on standard error. `words` are the list
/// of those that come without one.
pub fn all(words: &[String]) -> Vec<Engine> {
    let mut engines: Vec<Engine> = ["exact", "fold", "standard", "strong"]
        .iter()
        .filter_map(|level| tamis(words, level))
        .collect();
    let lock = include_str!("../../Cargo.lock");
    engines.push(Engine {
        name: "rustrict".into(),
        version: version(lock, "rustrict"),
        kind: Kind::Rustrict,
    });
    let both = format!("{} + {}", version(lock, "decancer"), version(lock, "aho-corasick"));
    engines.push(Engine {
        name: "decancer + aho-corasick".into(),
        version: both,
        kind: Kind::Decancer { words: automaton(words) },
    });
    engines.push(Engine {
        name: "decancer find".into(),
        version: version(lock, "decancer"),
        kind: Kind::DecancerFind { words: words.to_vec() },
    });
    for name in ["obscenity", "allprofanity", "glin-profanity"] {
        engines.extend(outside(name, Outside::node(name)));
    }
    engines.extend(outside("better_profanity", Outside::python()));
    engines
}

fn outside(name: &str, started: Result<Outside, Box<dyn Error>>) -> Option<Engine> {
    match started {
        Ok(outside) => Some(Engine {
            name: name.to_owned(),
            version: outside.version().to_owned(),
            kind: Kind::Outside(outside),
        }),
        Err(error) => {
            eprintln!("SKIPPED: {name} does not start: {error}");
            None
        }
    }
}

/// Tamis with one rule of word patterns.
fn tamis(words: &[String], level: &str) -> Option<Engine> {
    let mut policy = format!(
        "policy: evasion\nevasion: {level}\nrules:\n  - id: word\n    action: review\n    patterns:\n"
    );
    for word in words {
        // JSON text is YAML text. Writing to a string cannot fail.
        let _ = writeln!(policy, "      - {}", serde_json::Value::from(word.as_str()));
    }
    match policy.parse::<Ruleset>() {
        Ok(ruleset) => Some(Engine {
            name: format!("tamis {level}"),
            version: Ruleset::engine_version().to_owned(),
            kind: Kind::Tamis(ruleset),
        }),
        Err(error) => {
            eprintln!("SKIPPED: tamis {level}:\n{error}");
            None
        }
    }
}

fn automaton(words: &[String]) -> AhoCorasick {
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(words.iter().map(|word| word.to_lowercase()))
        .expect("a small list")
}

/// The version of a package in a lock file.
fn version(lock: &str, package: &str) -> String {
    let entry = format!("name = \"{package}\"\nversion = \"");
    let found = lock.split_once(&entry).and_then(|(_, rest)| rest.split_once('"'));
    found.map_or_else(|| "?".to_owned(), |(version, _)| version.to_owned())
}

/// Stands for places an engine does not tell.
const SOMEWHERE: Range<usize> = 0..1;

impl Filter for Engine {
    fn find(&mut self, text: &str) -> Vec<Range<usize>> {
        match &mut self.kind {
            Kind::Tamis(ruleset) => {
                let verdict = ruleset.classify(text);
                // What an exception or the veto takes out is not found.
                let found = verdict.as_ref().matches().iter();
                let found = found.filter(|found| found.suppressed_by.is_none());
                found.map(|found| found.raw.range()).collect()
            }
            Kind::Rustrict => somewhere(text.is_inappropriate()),
            Kind::Decancer { words } => somewhere(decancer::cure!(text).is_ok_and(|cured| {
                let cured: &str = &cured;
                words.find_iter(cured).any(|found| is_word(cured, found.range()))
            })),
            Kind::DecancerFind { words } => somewhere(decancer::cure!(text).is_ok_and(|cured| {
                words.iter().any(|word| cured.find(word).any(|found| is_word(&cured, found)))
            })),
            Kind::Outside(outside) => {
                outside.find_all(std::slice::from_ref(&text.to_owned())).remove(0)
            }
        }
    }

    fn find_all(&mut self, texts: &[String]) -> Vec<Vec<Range<usize>>> {
        match &mut self.kind {
            Kind::Outside(outside) => outside.find_all(texts),
            _ => texts.iter().map(|text| self.find(text)).collect(),
        }
    }

    fn has_places(&self) -> bool {
        match &self.kind {
            Kind::Tamis(_) => true,
            Kind::Outside(outside) => outside.has_places(),
            _ => false,
        }
    }
}

fn somewhere(found: bool) -> Vec<Range<usize>> {
    if found { vec![SOMEWHERE] } else { Vec::new() }
}

/// True when no letter or digit stands beside the place.
fn is_word(text: &str, place: Range<usize>) -> bool {
    let before = text[..place.start].chars().next_back();
    let after = text[place.end..].chars().next();
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}
