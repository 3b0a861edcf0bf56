//! All places where a pattern aligns with a text, by backtracking.
//!
//! An alignment is a sequence of [`Edge`]s. An edge consumes symbols of the
//! pattern and units of the text in one way. A higher evasion level adds kinds of
//! edges (in [`super::relax`]) and nothing else; what must hold of the finished
//! alignment is in [`super::shape`].
//!
//! Decisions made here:
//!
//! - An alignment begins and ends at whole characters: `s` is not in `ß`.
//! - At one start the cheapest alignment counts, of equal cost the longest, then
//!   the one with the fewest kinds, then the one whose kinds come first in the table.

use super::boundary::continues_word;
use super::chars;
use super::cost::{self, KindSet};
use super::needle::{Needle, is_letter};
use super::pattern::Symbol;
use super::relax;
use super::sentence::Sentences;
use super::shape;
use super::units::Unit;
use super::view::View;
use icu_casemap::CaseMapper;
use std::ops::Range;
use tamis::spec::model::Level;

/// What a space of a pattern may span, in characters.
const GAP: usize = 8;
/// What a wildcard may span, in letters.
const STAR: usize = 20;

/// A view of a text prepared for one evasion level.
#[derive(Debug)]
pub struct Text<'t> {
    /// The view.
    pub view: &'t View,
    /// Its units.
    pub units: Vec<Unit>,
    /// Where sentences and lines end.
    pub sentences: Sentences,
    /// What [`super::boundary::tags`] says of each unit.
    pub tags: Vec<Option<usize>>,
    /// Links, mentions, mail addresses and ids, in units.
    pub tokens: Vec<Range<usize>>,
    /// Invisible characters other than those that are part of an emoji or choose
    /// the form of a sign, in bytes of the view.
    pub invisible: Vec<usize>,
    /// The level the units were read at.
    pub level: Level,
    /// `case: sensitive`.
    pub case_sensitive: bool,
    /// Nothing is read but folded symbols, as exceptions are.
    pub literal: bool,
}

/// How an edge consumes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum How {
    /// The symbol itself, or a compatibility form of it.
    Itself,
    /// A styled form of the table.
    Styled,
    /// A letter with a stroke or hook.
    Variant,
    /// A letter of another script, or a symbol, that looks like it.
    LookAlike,
    /// A digit or symbol.
    Leet,
    /// Several characters that draw it.
    Glyph,
    /// The letter upside down.
    Turned,
    /// A mask.
    Mask,
    /// A space of the pattern.
    Gap,
    /// A wildcard.
    Star,
    /// An apostrophe, or none.
    Apostrophe,
    /// Nothing: the letter is missing.
    Deleted,
    /// The letter behind, or before, the one that should be here.
    Swapped {
        /// The first of the two in the text.
        first: bool,
    },
    /// Letters that sound alike.
    Sounds,
}

/// One step of an alignment.
#[derive(Clone, Debug)]
pub struct Edge {
    /// The symbols of the pattern.
    pub symbols: Range<usize>,
    /// The units skipped before it: a separator.
    pub gap: Range<usize>,
    /// The units consumed, repeats included.
    pub units: Range<usize>,
    /// How.
    pub how: How,
    /// A compatibility form was read.
    pub forms: bool,
    /// The text has marks the pattern lacks.
    pub marks: bool,
    /// The repeats at its end.
    pub repeats: Option<Repeats>,
}

/// Further letters like the one that an edge consumed.
#[derive(Clone, Debug)]
pub struct Repeats {
    /// The maximal run they are in is three or more long.
    pub stretched: bool,
    /// The gap before each of them; empty when they stand side by side.
    pub gap: Vec<char>,
    /// How each of them is the letter, and its unit; what equals the first is itself.
    pub read: Vec<(How, usize)>,
}

impl Edge {
    /// True when the text shows nothing of it: a missing letter or apostrophe.
    pub fn is_missing(&self) -> bool {
        self.units.is_empty() && matches!(self.how, How::Deleted | How::Apostrophe)
    }

    /// An edge that undoes nothing.
    pub fn new(symbols: Range<usize>, units: Range<usize>, how: How) -> Self {
        let gap = units.start..units.start;
        Self { symbols, gap, units, how, forms: false, marks: false, repeats: None }
    }
}

/// An aligned pattern: units of the text and what was undone.
#[derive(Clone, Debug)]
pub struct Alignment {
    /// The units.
    pub units: Range<usize>,
    /// What was undone.
    pub kinds: KindSet,
    /// What that costs.
    pub cost: u32,
    /// The edges.
    pub edges: Vec<Edge>,
}

/// All alignments of `needle` that `boundary` accepts.
pub fn alignments(
    needle: &Needle,
    text: &Text<'_>,
    boundary: impl Fn(&[Edge], Range<usize>) -> bool,
) -> Vec<Alignment> {
    let mut found = Vec::new();
    for start in 0..text.units.len() {
        if !text.units[start].opens {
            continue;
        }
        walk(needle, text, start, &mut Vec::new(), &mut |edges| {
            let end = edges.iter().map(|edge| edge.units.end).max().unwrap_or(start);
            let whole = end > start && text.units[end - 1].closes;
            if !whole || !boundary(edges, start..end) {
                return;
            }
            if let Some((kinds, cost)) = shape::judge(needle, text, edges)
                && (text.literal || cost::accepts(text.level, needle.longest, &kinds, cost))
            {
                let edges = edges.to_vec();
                found.push(Alignment { units: start..end, kinds, cost, edges });
            }
        });
    }
    found
}

/// Calls `finish` with every way to go on behind `edges` to the end of the pattern.
fn walk(
    needle: &Needle,
    text: &Text<'_>,
    start: usize,
    edges: &mut Vec<Edge>,
    finish: &mut impl FnMut(&[Edge]),
) {
    let symbol = shape::next_symbol(edges);
    if symbol == needle.symbols.len() {
        finish(edges);
        return;
    }
    let unit = edges.last().map_or(start, |edge| edge.units.end);
    for chain in next(needle, text, edges, symbol, unit) {
        let before = edges.len();
        edges.extend(chain);
        if text.literal || shape::may_lead_on(needle, text, edges) {
            walk(needle, text, start, edges, finish);
        }
        edges.truncate(before);
    }
}

/// What can come behind `edges`: one edge, or several at once.
fn next(
    needle: &Needle,
    text: &Text<'_>,
    edges: &[Edge],
    symbol: usize,
    unit: usize,
) -> Vec<Vec<Edge>> {
    let mut chains: Vec<Vec<Edge>> =
        steps(needle, text, symbol, unit).into_iter().map(|edge| vec![edge]).collect();
    if text.level > Level::Exact && !text.literal {
        chains.extend(relax::steps(needle, text, edges, symbol, unit));
    }
    chains
}

/// What the symbol at `symbol` can consume at `unit` without any evasion but the
/// free ones.
fn steps(needle: &Needle, text: &Text<'_>, symbol: usize, unit: usize) -> Vec<Edge> {
    let to = |end, how| Edge::new(symbol..symbol + 1, unit..end, how);
    match &needle.symbols[symbol] {
        Symbol::Unit(wanted) => itself(text, wanted, symbol, unit).into_iter().collect(),
        Symbol::Gap => gaps(text, unit).into_iter().map(|end| to(end, How::Gap)).collect(),
        Symbol::Star => {
            // The letter behind the wildcard is of the same word too.
            let missing = |s: &&Symbol| matches!(s, Symbol::Apostrophe { inside: true, .. });
            let behind = needle.symbols[symbol + 1..].iter().find(|s| !missing(s));
            let followed = matches!(behind, Some(Symbol::Unit(_)));
            let joins = |end: usize| {
                end == unit
                    || !followed
                    || !text.units.get(end).is_some_and(continues_word)
                    || same_word(text, end)
            };
            let ends = stars(text, unit, symbol > 0).into_iter().filter(|&end| joins(end));
            ends.map(|end| to(end, How::Star)).collect()
        }
        Symbol::Apostrophe { inside, quote } => {
            let is_one = |c| chars::is_apostrophe(c) || *quote && chars::is_quote(c);
            let there = text.units.get(unit).filter(|u| is_one(u.source));
            let mut steps = Vec::new();
            if let Some(there) = there
                && (there.marks.is_empty() || text.level > Level::Exact)
            {
                let marks = !there.marks.is_empty();
                steps.push(Edge { marks, ..to(unit + 1, How::Apostrophe) });
            }
            if *inside {
                steps.push(to(unit, How::Apostrophe));
            }
            steps
        }
    }
}

/// The edge on which the unit at `unit` is read as the symbol `wanted` it is.
pub fn itself(text: &Text<'_>, wanted: &Unit, symbol: usize, unit: usize) -> Option<Edge> {
    let there = text.units.get(unit)?;
    // Russian is mostly written without the dots of ё.
    let dotless =
        matches!(there.symbol, 'е' | 'Е') && there.marks.is_empty() && wanted.marks == ['\u{308}'];
    let extra = extra_marks(&wanted.marks, &there.marks).or(dotless.then_some(true))?;
    // The capital of `ı` is that of `i`.
    let dotted = !chars::is_upper(there.source) || there.source == 'İ';
    if wanted.is_dotless() && (dotted || there.marks.contains(&'\u{307}')) {
        return None;
    }
    if wanted.symbol != there.symbol || text.level == Level::Exact && extra {
        return None;
    }
    let forms = is_form(wanted, there);
    let edge = Edge::new(symbol..symbol + 1, unit..unit + 1, How::Itself);
    Some(Edge { forms, marks: extra, ..edge })
}

/// True when a compatibility form was read; the pattern's own form is none.
pub fn is_form(wanted: &Unit, there: &Unit) -> bool {
    let case = CaseMapper::new();
    let own = wanted.form && case.simple_fold(wanted.source) == case.simple_fold(there.source);
    there.form && !own
}

/// Whether there are marks beyond the wanted ones; `None` when one of those is
/// missing. A skin tone is not evasion: emoji match with modifiers.
pub fn extra_marks(wanted: &[char], there: &[char]) -> Option<bool> {
    let mut extra = there.to_vec();
    for mark in wanted {
        extra.remove(extra.iter().position(|m| m == mark)?);
    }
    Some(extra.iter().any(|&m| !chars::is_emoji_modifier(m)))
}

/// True when a letter of the pattern is at `symbol`.
pub fn is_letter_at(needle: &Needle, symbol: usize) -> bool {
    needle.symbols.get(symbol).is_some_and(is_letter)
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
