//! What finds the patterns of a ruleset: built from its tables once, and what it takes.

use super::automaton::Automaton;
use super::census::{Census, Sight};
use super::contexts::Contexts;
use super::key;
use super::recognizers::Domains;
use super::regex::Regexes;
use super::relaxed::Tries;
use super::sleepers::Sleepers;

use super::words::WordMap;
use crate::ids::{GroupId, RuleId};
use crate::ruleset::tables::Tables;

/// What finds the patterns of a ruleset: built from its tables, immutable.
#[derive(Debug)]
pub(crate) struct Matcher {
    pub(super) census: Census,
    pub(super) words: WordMap,
    pub(super) automaton: Automaton,
    pub(super) regexes: Regexes,
    pub(super) domains: Domains,
    pub(super) contexts: Contexts,
    pub(super) tries: Tries,
    pub(super) sleepers: Sleepers,
}

/// So many literals are worth a second thread when they are made ready.
const MANY: usize = 2_000;

impl Matcher {
    /// Builds the maps and automata, the census of a long list beside the rest. The
    /// regexes were checked when compiling.
    pub(crate) fn new(tables: &Tables) -> Self {
        let alone = || Self { census: Census::new(tables), ..Self::without_census(tables) };
        if tables.needles.list.len() < MANY {
            return alone();
        }
        std::thread::scope(|scope| {
            let census = || Census::without_twins(tables);
            let census = std::thread::Builder::new().spawn_scoped(scope, census);
            // Where no thread is to be had, one after the other.
            let Ok(census) = census else { return alone() };
            let twins = Census::twins(tables);
            let rest = Self::without_census(tables);
            let census = census.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            Self { census: census.with(twins), ..rest }
        })
    }

    /// Lets matches sleep that are worth nothing by themselves: `needs` tells which groups must
    /// each have a match, or a rule's condition is false.
    pub(crate) fn rest<'n>(&mut self, tables: &Tables, needs: impl Fn(RuleId) -> &'n [GroupId]) {
        self.sleepers = Sleepers::new(tables, needs);
    }

    fn without_census(tables: &Tables) -> Self {
        let (by_word, by_key): (Vec<_>, Vec<_>) =
            (0..tables.needles.list.len() as u32).partition(|&n| key::is_by_word(tables, n));
        Self {
            census: Census::default(),
            words: WordMap::new(tables, &by_word),
            automaton: Automaton::new(tables, &by_key),
            regexes: Regexes::new(tables),
            domains: Domains::new(tables),
            contexts: Contexts::new(tables),
            tries: Tries::new(tables),
            sleepers: Sleepers::default(),
        }
    }

    /// Looks at a text for the first time: what can be in it? Nothing is ruled out when
    /// `thorough`: what was vetoed is found too, for why-not.
    #[inline]
    pub(crate) fn look(&self, text: &str, thorough: bool, sight: &mut Sight) {
        if thorough {
            sight.see_all();
        } else {
            self.census.look(text, sight);
        }
    }

    /// True when only literals are looked for: what the census rules out is not there.
    pub(crate) fn is_literal(&self) -> bool {
        self.regexes.is_empty() && self.domains.is_empty()
    }

    /// Bytes of heap memory held.
    pub(crate) fn memory_usage(&self) -> usize {
        self.census.memory_usage()
            + self.words.memory_usage()
            + self.automaton.memory_usage()
            + self.regexes.memory_usage()
            + self.domains.memory_usage()
            + self.contexts.memory_usage()
            + self.tries.memory_usage()
            + self.sleepers.memory_usage()
    }

    /// What it consists of, with how many patterns are found by each part.
    pub(crate) fn parts(&self, tables: &Tables) -> Vec<Part> {
        let needles = &tables.needles.list;
        let by_word = (0..needles.len() as u32).filter(|&n| key::is_by_word(tables, n)).count();
        let relaxed = needles.iter().filter(|needle| needle.relaxed).count();
        let part = |name, what, entries, bytes| Part { name, what, entries, bytes };
        vec![
            part(
                "census",
                "one look at a text, which rules out most",
                needles.len(),
                self.census.memory_usage(),
            ),
            part("words", "one probe a word of the text", by_word, self.words.memory_usage()),
            part(
                "automaton",
                "wildcards, parts of words, signs, scripts without spaces",
                needles.len() - by_word,
                self.automaton.memory_usage(),
            ),
            part("disguises", "tries for words in disguise", relaxed, self.tries.memory_usage()),
            part("regexes", "regexes", tables.regexes.len(), self.regexes.memory_usage()),
            part("domains", "hosts of links", tables.domains.len(), self.domains.memory_usage()),
            part("entities", "recognizers", tables.entities.len(), 0),
        ]
    }

    /// Whether a regex has a literal that is looked for first, and the bytes it holds.
    pub(crate) fn regex_cost(&self, row: usize) -> (bool, usize) {
        self.regexes.cost(row)
    }
}

/// A part of a matcher.
pub(crate) struct Part {
    pub(crate) name: &'static str,
    pub(crate) what: &'static str,
    pub(crate) entries: usize,
    pub(crate) bytes: usize,
}
