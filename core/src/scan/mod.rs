//! Views → hits: everything that is found in the texts of one document.
//!
//! [`words`], [`automaton`] and [`regex`] only propose; [`verify`] alone says
//! whether a literal matches. Hits are then given to the rules that asked for
//! them, and exceptions take out what they cover.

mod automaton;
mod except;
mod key;
mod regex;
mod verify;
mod words;

pub(crate) use regex::{RegexError, check as check_regex};

use crate::ids::{FieldId, RuleId};
use crate::ruleset::tables::{Needle, Tables, Use};
use crate::span::Span;
use crate::verdict::{Kinds, Match};
use crate::view::View;
use automaton::Automaton;
use except::Occurrence;
use regex::{Caches, Regexes};
use std::cmp::Reverse;
use verify::Aligned;
use words::WordMap;

/// What finds the patterns of a ruleset: built from its tables, immutable.
#[derive(Debug)]
pub(crate) struct Matcher {
    words: WordMap,
    automaton: Automaton,
    regexes: Regexes,
}

impl Matcher {
    /// Builds the maps and automata. The regexes were checked when compiling.
    pub(crate) fn new(tables: &Tables) -> Self {
        let (by_word, by_key): (Vec<_>, Vec<_>) =
            (0..tables.needles.list.len() as u32).partition(|&n| key::is_by_word(tables, n));
        Self {
            words: WordMap::new(tables, &by_word),
            automaton: Automaton::new(tables, &by_key),
            regexes: Regexes::new(tables),
        }
    }

    /// Bytes of heap memory held.
    pub(crate) fn memory_usage(&self) -> usize {
        self.words.memory_usage() + self.automaton.memory_usage() + self.regexes.memory_usage()
    }
}

/// A verified place, in units of one view.
#[derive(Clone, Copy, Debug)]
struct Hit {
    raw: Span,
    words: Span,
    cost: u8,
    kinds: Kinds,
}

/// What scanning one document found, and the buffers it needs.
#[derive(Debug, Default)]
pub(crate) struct ScanBufs {
    /// All matches, by rule, field, start, end and pattern once [`finish`] ran.
    pub(crate) matches: Vec<Match>,
    occurrences: Vec<Occurrence>,
    caches: Caches,
    verify: verify::Bufs,
    /// Places of needles whose length varies: needle, first unit, alignment.
    open_ended: Vec<(u32, usize, Aligned)>,
}

impl ScanBufs {
    /// Forgets the last document.
    pub(crate) fn clear(&mut self) {
        self.matches.clear();
        self.occurrences.clear();
    }
}

/// Finds everything in one field. `wanted` tells which rules look at all.
pub(crate) fn scan_field(
    tables: &Tables,
    matcher: &Matcher,
    view: &View,
    text: &str,
    field: FieldId,
    wanted: &dyn Fn(RuleId) -> bool,
    bufs: &mut ScanBufs,
) {
    let ScanBufs { matches, occurrences, caches, verify, open_ended } = bufs;
    let mut give = |uses: &[Use], hit: Hit| {
        for &each in uses {
            match each {
                Use::Pattern(pattern) => {
                    let row = &tables.patterns[pattern.index()];
                    if row.fields >> field.0 & 1 == 1 && wanted(row.rule) {
                        matches.push(Match {
                            rule: row.rule,
                            group: row.group,
                            pattern,
                            field,
                            raw: hit.raw,
                            words: hit.words,
                            cost: hit.cost,
                            kinds: hit.kinds,
                            suppressed_by: None,
                        });
                    }
                }
                Use::Except(except) => {
                    let scope = tables.excepts[except.index()].scope;
                    occurrences.push(Occurrence { field, scope, raw: hit.raw, except });
                }
            }
        }
    };
    let hit = |at: usize, found: Aligned| Hit {
        raw: view.raw(at, found.end),
        words: view.words(at, found.end),
        cost: found.cost,
        kinds: found.kinds,
    };
    let uses = |needle: &Needle| needle.uses.of(&tables.needles.uses);
    let mut propose = |needle: u32, at: usize| {
        let row = &tables.needles.list[needle as usize];
        let Some(found) = verify::align(&tables.needles, row, view, at, verify) else { return };
        if row.plain {
            give(uses(row), hit(at, found));
        } else {
            open_ended.push((needle, at, found));
        }
    };
    matcher.words.propose(view, &mut propose);
    matcher.automaton.propose(&tables.needles, view, &mut propose);
    keep_longest(open_ended);
    for (needle, at, found) in open_ended.drain(..) {
        give(uses(&tables.needles.list[needle as usize]), hit(at, found));
    }
    matcher.regexes.find(tables, view, text, caches, &mut give);
}

/// Drops the places that lie inside a longer one of the same needle, so that a
/// wildcard reaches as far as it can, on both sides.
fn keep_longest(places: &mut Vec<(u32, usize, Aligned)>) {
    places.sort_unstable_by_key(|&(needle, at, found)| (needle, at, Reverse(found.end)));
    let mut last = None;
    places.retain(|&(needle, _, found)| {
        let inside = last.is_some_and(|(same, end)| same == needle && found.end <= end);
        if !inside {
            last = Some((needle, found.end));
        }
        !inside
    });
}

/// Orders the matches, keeps the cheapest of those found twice at one place, and
/// takes out what exceptions cover.
pub(crate) fn finish(tables: &Tables, bufs: &mut ScanBufs) {
    if bufs.matches.is_empty() {
        return;
    }
    let place = |m: &Match| (m.rule, m.field, m.raw.start, m.raw.end, m.pattern);
    bufs.matches.sort_unstable_by_key(|m| (place(m), m.cost, m.kinds.0));
    bufs.matches.dedup_by_key(|m| place(m));
    except::suppress(tables, &mut bufs.matches, &mut bufs.occurrences);
}
