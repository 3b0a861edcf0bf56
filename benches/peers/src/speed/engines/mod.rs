//! The engines: built from a list, then asked about one text at a time.

mod automata;
#[cfg(feature = "hyperscan")]
mod hyperscan;
mod regexes;
mod rustrict;
mod tamis;
#[cfg(feature = "yara-x")]
mod yara;

use crate::definitions::Problem;
use std::ops::AddAssign;

/// What an engine found. All of it is added up, so that nothing can be left out by an optimizer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Texts with a hit.
    pub flagged: u64,
    /// Hits.
    pub matches: u64,
    /// Places, actions, scores: whatever the engine tells, added up.
    pub sum: u64,
}

impl AddAssign for Found {
    fn add_assign(&mut self, more: Self) {
        self.flagged += more.flagged;
        self.matches += more.matches;
        self.sum = self.sum.wrapping_add(more.sum);
    }
}

impl Found {
    /// Of one text.
    fn of(matches: u64, sum: u64) -> Self {
        Self { flagged: u64::from(matches > 0), matches, sum }
    }
}

/// An engine that reads one text.
trait Scan {
    fn scan(&mut self, text: &str) -> Found;
}

/// An engine that reads texts one by one, without a virtual call for each.
pub trait Engine {
    /// Reads them all.
    fn run(&mut self, texts: &[String]) -> Found;
}

impl<S: Scan> Engine for S {
    #[inline(never)]
    fn run(&mut self, texts: &[String]) -> Found {
        let mut all = Found::default();
        for text in texts {
            all += self.scan(text);
        }
        all
    }
}

/// The words an engine looks for; `common` are frequent ones, for conditions.
pub struct Words<'w> {
    /// The list.
    pub list: &'w [String],
    /// Frequent words.
    pub common: &'w [String],
}

/// The engine of that name; `None`, said on standard error, when it is not built in.
pub fn build(name: &str, words: &Words<'_>) -> Result<Option<Box<dyn Engine>>, Problem> {
    let list = words.list;
    let engine: Box<dyn Engine> = match name {
        "aho-corasick-dfa" => Box::new(automata::aho_corasick(list, true)?),
        "aho-corasick-nfa" => Box::new(automata::aho_corasick(list, false)?),
        "daachorse" => Box::new(automata::Bytewise::new(list, automata::Case::Ascii)?),
        "daachorse-lower" => Box::new(automata::Bytewise::new(list, automata::Case::Unicode)?),
        "daachorse-raw" => Box::new(automata::Bytewise::new(list, automata::Case::AsItIs)?),
        "daachorse-char" => Box::new(automata::Charwise::new(list, automata::Case::Unicode)?),
        "daachorse-char-raw" => Box::new(automata::Charwise::new(list, automata::Case::AsItIs)?),
        "regex" => Box::new(regexes::Alternation::new(list)?),
        "regex-set" => Box::new(regexes::Set::new(list)?),
        "rustrict" => Box::new(rustrict::Words::new(list)),
        "rustrict-own" => Box::new(rustrict::OwnList),
        _ if name.starts_with("tamis-") => Box::new(tamis::Tamis::new(name, words)?),
        _ if name.starts_with("hyperscan") => return hyperscan(name, list),
        "yara-x" => return yara(list),
        _ => return Err(format!("no engine is called `{name}`").into()),
    };
    Ok(Some(engine))
}

/// The policy of an engine of Tamis.
pub fn policy(name: &str, words: &Words<'_>) -> Result<String, Problem> {
    tamis::policy(name, words)
}

#[cfg(feature = "hyperscan")]
fn hyperscan(name: &str, list: &[String]) -> Result<Option<Box<dyn Engine>>, Problem> {
    Ok(Some(Box::new(hyperscan::Hyperscan::new(name, list)?)))
}

#[cfg(not(feature = "hyperscan"))]
fn hyperscan(name: &str, _: &[String]) -> Result<Option<Box<dyn Engine>>, Problem> {
    eprintln!("SKIPPED: {name}: built without the feature `hyperscan` (libhyperscan-dev)");
    Ok(None)
}

#[cfg(feature = "yara-x")]
fn yara(list: &[String]) -> Result<Option<Box<dyn Engine>>, Problem> {
    Ok(Some(Box::new(yara::Yara::new(list)?)))
}

#[cfg(not(feature = "yara-x"))]
fn yara(_: &[String]) -> Result<Option<Box<dyn Engine>>, Problem> {
    eprintln!("SKIPPED: yara-x: built without the feature `yara-x`");
    Ok(None)
}
