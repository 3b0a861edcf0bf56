//! All places where a pattern aligns with a text, by backtracking.
//!
//! An alignment is a sequence of [`Step`]s. A step consumes symbols of the
//! pattern and units of the text and says what it undid. A higher evasion level
//! adds kinds of steps in [`steps`] and nothing else.
//!
//! Decisions made here:
//!
//! - An alignment begins and ends at whole characters: `s` is not in `ß`.
//! - Of one pattern's alignments with one span the one with the fewest kinds counts.
//! - A span inside a longer span of the same pattern is no match of its own, so
//!   a wildcard reaches as far as it can, on both sides.

use super::boundary::continues_word;
use super::chars;
use super::pattern::Symbol;
use super::sentence::Sentences;
use super::units::Unit;
use icu_casemap::CaseMapper;
use std::collections::BTreeMap;
use std::ops::Range;
use tamis::Kinds;
use tamis::spec::model::Level;

/// What a space of a pattern may span, in characters.
const GAP: usize = 8;
/// What a wildcard may span, in letters.
const STAR: usize = 20;

/// A text prepared for one evasion level.
#[derive(Debug)]
pub struct Text<'t> {
    /// The original.
    pub raw: &'t str,
    /// Its units.
    pub units: Vec<Unit>,
    /// Where sentences and lines end.
    pub sentences: &'t Sentences,
    /// What [`super::boundary::tags`] says of each unit.
    pub tags: Vec<Option<usize>>,
    /// The level the units were read at.
    pub level: Level,
}

/// An aligned pattern: units of the text and what was undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alignment {
    /// The units.
    pub units: Range<usize>,
    /// What the steps undid.
    pub kinds: Kinds,
}

/// One step of an alignment.
struct Step {
    /// The next symbol of the pattern.
    symbol: usize,
    /// The next unit of the text.
    unit: usize,
    /// What the step undid.
    kinds: Kinds,
}

/// All alignments of `pattern` that `boundary` accepts.
pub fn alignments(
    pattern: &[Symbol],
    text: &Text<'_>,
    boundary: impl Fn(Range<usize>) -> bool,
) -> Vec<Alignment> {
    let mut found: BTreeMap<(usize, usize), Kinds> = BTreeMap::new();
    for start in 0..text.units.len() {
        if !text.units[start].opens {
            continue;
        }
        let mut ends = Vec::new();
        walk(pattern, text, 0, start, Kinds::NONE, &mut ends);
        for (end, kinds) in ends {
            let whole = end > start && text.units[end - 1].closes;
            if whole && boundary(start..end) {
                let best = found.entry((start, end)).or_insert(kinds);
                if kinds.0.count_ones() < best.0.count_ones() {
                    *best = kinds;
                }
            }
        }
    }
    let spans: Vec<(usize, usize)> = found.keys().copied().collect();
    found.retain(|&(start, end), _| {
        !spans.iter().any(|&(s, e)| s <= start && end <= e && (s, e) != (start, end))
    });
    found.into_iter().map(|((start, end), kinds)| Alignment { units: start..end, kinds }).collect()
}

/// Every end of the rest of the pattern, from `symbol` on at `unit`.
fn walk(
    pattern: &[Symbol],
    text: &Text<'_>,
    symbol: usize,
    unit: usize,
    kinds: Kinds,
    ends: &mut Vec<(usize, Kinds)>,
) {
    if symbol == pattern.len() {
        if !ends.contains(&(unit, kinds)) {
            ends.push((unit, kinds));
        }
        return;
    }
    for step in steps(pattern, text, symbol, unit) {
        walk(pattern, text, step.symbol, step.unit, kinds.union(step.kinds), ends);
    }
}

/// What the symbol at `symbol` can consume at `unit`.
fn steps(pattern: &[Symbol], text: &Text<'_>, symbol: usize, unit: usize) -> Vec<Step> {
    let next = |unit, kinds| Step { symbol: symbol + 1, unit, kinds };
    match &pattern[symbol] {
        Symbol::Unit(wanted) => match text.units.get(unit) {
            Some(there) => read_as(wanted, there, text.level)
                .map(|kinds| next(unit + 1, kinds))
                .into_iter()
                .collect(),
            None => Vec::new(),
        },
        Symbol::Gap => gaps(text, unit).into_iter().map(|end| next(end, Kinds::NONE)).collect(),
        Symbol::Star => {
            // The letter behind the wildcard is of the same word too.
            let missing = |s: &&Symbol| matches!(s, Symbol::Apostrophe { inside: true, .. });
            let behind = pattern[symbol + 1..].iter().find(|s| !missing(s));
            let followed = matches!(behind, Some(Symbol::Unit(_)));
            let joins = |end: usize| {
                end == unit
                    || !followed
                    || !text.units.get(end).is_some_and(continues_word)
                    || same_word(text, end)
            };
            let ends = stars(text, unit, symbol > 0).into_iter().filter(|&end| joins(end));
            ends.map(|end| next(end, Kinds::NONE)).collect()
        }
        Symbol::Apostrophe { inside, quote } => {
            let is_one = |c| chars::is_apostrophe(c) || *quote && chars::is_quote(c);
            let there = text.units.get(unit).filter(|u| is_one(u.source));
            let mut steps = Vec::new();
            let exact = text.level == Level::Exact;
            match there {
                Some(plain) if plain.marks.is_empty() => steps.push(next(unit + 1, Kinds::NONE)),
                Some(_) if !exact => steps.push(next(unit + 1, Kinds::MARKS)),
                _ => {}
            }
            if *inside {
                steps.push(next(unit, Kinds::NONE));
            }
            steps
        }
    }
}

/// What is undone when a unit of the text is read as one of the pattern.
fn read_as(wanted: &Unit, there: &Unit, level: Level) -> Option<Kinds> {
    let mut extra = there.marks.clone();
    for mark in &wanted.marks {
        extra.remove(extra.iter().position(|m| m == mark)?);
    }
    // A skin tone is not evasion: emoji match with modifiers.
    extra.retain(|&m| !chars::is_emoji_modifier(m));
    if wanted.symbol != there.symbol || level == Level::Exact && !extra.is_empty() {
        return None;
    }
    // The pattern's own form is nothing undone.
    let case = CaseMapper::new();
    let own = wanted.form && case.simple_fold(wanted.source) == case.simple_fold(there.source);
    let forms = if there.form && !own { Kinds::FORMS } else { Kinds::NONE };
    let marks = if extra.is_empty() { Kinds::NONE } else { Kinds::MARKS };
    Some(forms.union(marks))
}

/// The ends of the gaps that begin at `start`.
fn gaps(text: &Text<'_>, start: usize) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut length = 0;
    let mut end = start;
    while let Some(unit) = text.units.get(end) {
        length += usize::from(unit.opens);
        if !chars::is_gap(unit.source) || length > GAP {
            break;
        }
        end += 1;
        if unit.closes {
            let span = text.units[start].start..unit.end;
            if text.sentences.ends_in(span.clone()) || text.sentences.blank_line_in(span) {
                break;
            }
            ends.push(end);
        }
    }
    ends
}

/// The ends of the wildcards that begin at `start`, the empty one included; it
/// may continue a word that the pattern is in, or begin one.
fn stars(text: &Text<'_>, start: usize, continues: bool) -> Vec<usize> {
    // It reads whole syllables of Hangul.
    let cuts =
        |at: usize| text.units.get(at).is_some_and(|u| !u.opens && chars::is_hangul(u.symbol));
    if cuts(start) {
        return Vec::new();
    }
    let mut ends = vec![start];
    let mut letters = 0;
    for end in start..text.units.len() {
        letters += usize::from(text.units[end].opens);
        let begins = end == start && !continues;
        if letters > STAR || !letter_of_word(text, end) || !begins && !same_word(text, end) {
            break;
        }
        ends.push(end + 1);
    }
    ends.retain(|&end| !cuts(end));
    ends
}

fn letter_of_word(text: &Text<'_>, at: usize) -> bool {
    let c = text.units[at].source;
    chars::is_letter(c) || chars::is_mark(c) && !chars::is_free_mark(c)
}

/// True when the unit `at` continues the word of the unit before it, or begins one.
fn same_word(text: &Text<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).filter(|&b| continues_word(&text.units[b])) else {
        return true;
    };
    let (a, b) = (text.units[before].source, text.units[at].source);
    (chars::is_mark(b) || chars::is_unspaced(a) == chars::is_unspaced(b))
        && !super::boundary::changes_in_tag(text, before, at)
}
