//! What one pattern finds in one text: spans of the original and what was undone.
//!
//! A span runs from the first byte of the first unit to the end of the last one
//! with its marks and its variation selector. Kinds: `forms` when a
//! compatibility form was read, `marks` when the text has marks the pattern
//! lacks, `invisible` when an ignorable character stands strictly inside, other
//! than those that are part of an emoji or choose the form of a sign.

use super::align::{self, Alignment, Text};
use super::boundary;
use super::chars;
use super::cost::{Kind, KindSet};
use super::needle::Needle;
use super::recognize::Recognizer;
use super::sentence::Sentences;
use super::token;
use super::units;
use super::veto;
use super::view::View;
use regex_automata::meta;
use regex_automata::util::syntax;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;
use tamis::spec::model::{self, Boundary, Level};

/// What a pattern looks for, with its options resolved.
#[derive(Clone, Debug)]
pub enum Finder {
    /// A word or phrase.
    Text {
        /// Its variants, read at `level`.
        needles: Vec<Needle>,
        /// Its evasion level.
        level: Level,
        /// `case: sensitive`.
        case_sensitive: bool,
        /// `boundary:`.
        boundary: Boundary,
        /// `veto:` is not off.
        veto: bool,
        /// It is an exception: all dashes are one, and all quotation marks, and
        /// nothing is read but what the folded text says.
        unified: bool,
    },
    /// A regular expression.
    Regex {
        /// Compiled.
        regex: Box<meta::Regex>,
        /// What it runs on.
        view: model::View,
        /// `boundary:`.
        boundary: Boundary,
    },
    /// An entity or a domain.
    Recognizer(Recognizer),
}

/// A place where a pattern was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Bytes of the original text.
    pub span: Range<usize>,
    /// What was undone.
    pub kinds: KindSet,
    /// What that costs, in tenths.
    pub cost: u32,
    /// It reads as dictionary words without any undoing.
    pub vetoed: bool,
    /// For a guess that may be vetoed: how many of the words around each language knows.
    pub guessed: Option<BTreeMap<&'static str, usize>>,
}

/// Compiles a regex the way policies mean it.
pub fn regex(
    pattern: &str,
    view: model::View,
    case_sensitive: bool,
) -> Result<meta::Regex, String> {
    let folded = units::folded_regex(pattern);
    let pattern = if view == model::View::Fold { &folded } else { pattern };
    meta::Regex::builder()
        .syntax(syntax::Config::new().case_insensitive(!case_sensitive))
        .build(pattern)
        .map_err(|error| error.to_string())
}

/// Everything `finder` finds in `raw`, by start and end.
pub fn find(finder: &Finder, raw: &str) -> Vec<Found> {
    match finder {
        Finder::Text { level, unified, .. } => {
            let mut found = Vec::new();
            let seen = if *unified { Level::Standard } else { *level };
            for view in views(raw, seen) {
                found.extend(in_view(finder, &view));
            }
            if !*unified {
                found = not_contained(&best_by_start(&found));
            }
            found.sort_by_key(|found| (found.span.start, found.span.end));
            found.dedup_by_key(|found| found.span.clone());
            found
        }
        Finder::Recognizer(recognizer) => {
            let found = recognizer.find(raw).into_iter();
            found
                .map(|(span, kinds, cost)| Found {
                    span,
                    kinds,
                    cost,
                    vetoed: false,
                    guessed: None,
                })
                .collect()
        }
        Finder::Regex { regex, view, boundary } => {
            // Boundaries are asked of the units of `fold` in either view.
            let plain = View::plain(raw);
            let text = text(&plain, Level::Fold, false, true);
            let found = match view {
                model::View::Raw => on_raw(regex, &text),
                model::View::Fold => on_folded(regex, &text),
            };
            let accepts = |at: &Range<usize>| {
                *boundary == Boundary::Any
                    || at.is_empty()
                    || boundary::holds_for_units(&text, at.clone())
            };
            let found: Vec<Found> =
                found.into_iter().filter(|(_, units)| accepts(units)).map(|(f, _)| f).collect();
            // Two matches in one character are one place.
            not_contained(&best_by_start(&found))
        }
    }
}

/// The views that `level` looks at.
fn views(raw: &str, level: Level) -> Vec<View> {
    let mut views = vec![View::plain(raw)];
    if level >= Level::Fold {
        views.extend(View::tags(raw));
    }
    if level >= Level::Standard {
        views.extend(View::decoded(raw));
    }
    views
}

/// All that a word or phrase finds in one view.
fn in_view(finder: &Finder, view: &View) -> Vec<Found> {
    let Finder::Text { needles, level, case_sensitive, boundary, veto, unified } = finder else {
        return Vec::new();
    };
    let mut text = text(view, *level, *case_sensitive, *unified);
    if *unified {
        units::unify(&mut text.units);
    }
    let mut found = Vec::new();
    for needle in needles {
        let symbols = &needle.symbols;
        let alignments = align::alignments(needle, &text, |edges, at| match boundary {
            Boundary::Any => boundary::holds_anywhere(symbols, &text, at),
            Boundary::Word => boundary::holds(symbols, &text, edges, at),
        });
        found.extend(alignments.into_iter().map(|alignment| {
            let vetoed = *veto && veto::vetoes(needle, &text, &alignment);
            let guessed = veto::guessed(&text, &alignment).filter(|_| *veto);
            let Alignment { units, kinds, cost, .. } = alignment;
            Found { span: raw_span(&text, units), kinds, cost, vetoed, guessed }
        }));
    }
    found
}

/// What makes one place better than another of the same pattern: cheaper, then
/// longer, then fewer kinds, then kinds that come first in the table.
fn rank(found: &Found) -> (u32, Reverse<usize>, usize, &KindSet) {
    (found.cost, Reverse(found.span.len()), found.kinds.len(), &found.kinds)
}

/// The best place at each start.
fn best_by_start(found: &[Found]) -> Vec<Found> {
    let better = |a: &Found| {
        let others = found.iter().filter(|b| a.span.start == b.span.start);
        others.map(rank).min() == Some(rank(a))
    };
    let mut best: Vec<Found> = found.iter().filter(|a| better(a)).cloned().collect();
    best.sort_by_key(|found| found.span.start);
    best.dedup_by_key(|found| found.span.start);
    best
}

/// The places that no better one contains or is contained in.
fn not_contained(found: &[Found]) -> Vec<Found> {
    let nested = |a: &Range<usize>, b: &Range<usize>| {
        a.start <= b.start && b.end <= a.end || b.start <= a.start && a.end <= b.end
    };
    let stays = |a: &Found| {
        let place = |found: &Found| (found.cost, Reverse(found.span.len()));
        !found.iter().any(|b| nested(&a.span, &b.span) && place(b) < place(a))
    };
    found.iter().filter(|a| stays(a)).cloned().collect()
}

/// `view` prepared for one level.
fn text(view: &View, level: Level, case_sensitive: bool, literal: bool) -> Text<'_> {
    let units = units::units(&view.text, level, case_sensitive);
    let tags = boundary::tags(&units);
    let tokens = token::tokens(&units);
    Text {
        view,
        units,
        sentences: Sentences::new(&view.text),
        tags,
        tokens,
        invisible: invisible(&view.text),
        level,
        case_sensitive,
        literal,
    }
}

/// The bytes of the view that `units` cover.
fn span(text: &Text<'_>, units: Range<usize>) -> Range<usize> {
    text.units[units.start].start..text.units[units].iter().map(|u| u.end).max().unwrap_or(0)
}

/// The bytes of the original that `units` stand for.
fn raw_span(text: &Text<'_>, units: Range<usize>) -> Range<usize> {
    let raw = |unit: &units::Unit| text.view.raw(unit.start..unit.end);
    let start = text.units[units.clone()].iter().map(|u| raw(u).start).min();
    let end = text.units[units].iter().map(|u| raw(u).end).max();
    start.unwrap_or(0)..end.unwrap_or(0)
}

/// Where `units` end, variation selectors aside.
pub fn content_end(text: &Text<'_>, units: Range<usize>) -> usize {
    text.units[units].iter().map(|u| u.content_end).max().unwrap_or(0)
}

/// Where ignorable characters stand, other than those that are part of an emoji or
/// choose the form of a sign.
fn invisible(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut base = None;
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let joins = c == '\u{200D}' && rest.peek().is_some_and(|&(_, next)| chars::is_emoji(next));
        let part = base.is_some_and(|base| {
            joins && chars::is_emoji(base)
                || chars::is_variation_selector(c) && chars::has_forms(base)
        });
        if chars::is_ignorable(c) && !part {
            found.push(at);
        }
        if !chars::is_ignorable(c) && !chars::is_mark(c) && !chars::is_emoji_modifier(c) {
            base = Some(c);
        }
    }
    found
}

/// `invisible` if an ignorable stands strictly inside the units.
fn invisible_in(text: &Text<'_>, units: Range<usize>) -> bool {
    let span = text.units[units.start].start..content_end(text, units);
    text.invisible.iter().any(|at| span.contains(at))
}

fn on_raw(regex: &meta::Regex, text: &Text<'_>) -> Vec<(Found, Range<usize>)> {
    regex
        .find_iter(&text.view.text)
        .filter(|m| !m.is_empty())
        .map(|m| {
            let inside = |u: &units::Unit| u.start < m.end() && m.start() < u.end;
            // The units of one character are one place.
            let starts: Vec<usize> =
                text.units.iter().filter(|u| inside(u)).map(|u| u.start).collect();
            let touched = |u: &units::Unit| starts.contains(&u.start);
            let first = text.units.iter().position(touched).unwrap_or(0);
            let last = text.units.iter().rposition(touched).map_or(first, |i| i + 1);
            (found(m.range(), KindSet::new()), first..last)
        })
        .collect()
}

fn on_folded(regex: &meta::Regex, text: &Text<'_>) -> Vec<(Found, Range<usize>)> {
    let chars = units::folded(&text.units);
    let folded: String = chars.iter().map(|&(_, c)| c).collect();
    // Which unit each byte of the folded text comes from.
    let mut origin = Vec::new();
    for &(unit, c) in &chars {
        origin.extend(std::iter::repeat_n(unit, c.len_utf8()));
    }
    regex
        .find_iter(&folded)
        .filter(|m| !m.is_empty())
        .map(|m| {
            let units = whole_chars(text, origin[m.start()]..origin[m.end() - 1] + 1);
            let forms = text.units[units.clone()].iter().any(units::shows_other_form);
            let marks = text.units[units.clone()]
                .iter()
                .any(|u| u.marks.iter().any(|&m| !chars::is_emoji_modifier(m)));
            let invisible = invisible_in(text, units.clone());
            let kinds = [(forms, Kind::Forms), (marks, Kind::Marks), (invisible, Kind::Invisible)];
            let kinds = kinds.into_iter().filter(|(holds, _)| *holds).map(|(_, kind)| kind);
            (found(span(text, units.clone()), kinds.collect()), units)
        })
        .collect()
}

/// `units` widened to whole characters.
fn whole_chars(text: &Text<'_>, mut units: Range<usize>) -> Range<usize> {
    while !text.units[units.start].opens {
        units.start -= 1;
    }
    while !text.units[units.end - 1].closes {
        units.end += 1;
    }
    units
}

/// What a regex found: its view shows the text like that, and nothing was undone.
fn found(span: Range<usize>, kinds: KindSet) -> Found {
    Found { span, kinds, cost: 0, vetoed: false, guessed: None }
}
