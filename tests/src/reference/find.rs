//! What one pattern finds in one text: spans of the original and what was undone.
//!
//! A span runs from the first byte of the first unit to the end of the last one
//! with its marks and its variation selector. Kinds: `forms` when a
//! compatibility form was read, `marks` when the text has marks the pattern
//! lacks, `invisible` when an ignorable character stands strictly inside, other
//! than those that are part of an emoji or choose the form of a sign.

use super::align::{self, Text};
use super::boundary;
use super::chars;
use super::pattern::Symbol;
use super::sentence::Sentences;
use super::units;
use regex_automata::meta;
use regex_automata::util::syntax;
use std::ops::Range;
use tamis::Kinds;
use tamis::spec::model::{Boundary, Level, View};

/// What a pattern looks for, with its options resolved.
#[derive(Clone, Debug)]
pub enum Finder {
    /// A word or phrase.
    Text {
        /// Its symbols, read at `level`.
        symbols: Vec<Symbol>,
        /// Its evasion level.
        level: Level,
        /// `case: sensitive`.
        case_sensitive: bool,
        /// `boundary:`.
        boundary: Boundary,
        /// It is an exception: all dashes are one, and all quotation marks.
        unified: bool,
    },
    /// A regular expression.
    Regex {
        /// Compiled.
        regex: Box<meta::Regex>,
        /// What it runs on.
        view: View,
        /// `boundary:`.
        boundary: Boundary,
    },
}

/// A place where a pattern was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Bytes of the original text.
    pub span: Range<usize>,
    /// What was undone.
    pub kinds: Kinds,
}

/// Compiles a regex the way policies mean it.
pub fn regex(pattern: &str, view: View, case_sensitive: bool) -> Result<meta::Regex, String> {
    let folded = units::folded_regex(pattern);
    let pattern = if view == View::Fold { &folded } else { pattern };
    meta::Regex::builder()
        .syntax(syntax::Config::new().case_insensitive(!case_sensitive))
        .build(pattern)
        .map_err(|error| error.to_string())
}

/// Everything `finder` finds in `raw`, by start and end.
pub fn find(finder: &Finder, raw: &str) -> Vec<Found> {
    let sentences = Sentences::new(raw);
    match finder {
        Finder::Text { symbols, level, case_sensitive, boundary, unified } => {
            let mut text = text(raw, &sentences, *level, *case_sensitive);
            if *unified {
                units::unify(&mut text.units);
            }
            let bounded = |at: Range<usize>| match boundary {
                Boundary::Any => boundary::holds_anywhere(symbols, &text, at),
                Boundary::Word => boundary::holds(symbols, &text, at),
            };
            // A variation selector is part of a unit, which hides nothing from `exact`.
            let seen = |at| *level != Level::Exact || invisible(&text, at) == Kinds::NONE;
            let accepts = |at: Range<usize>| bounded(at.clone()) && seen(at);
            align::alignments(symbols, &text, accepts)
                .into_iter()
                .map(|found| {
                    let span = span(&text, found.units.clone());
                    let kinds = found.kinds.union(invisible(&text, found.units));
                    Found { span, kinds }
                })
                .collect()
        }
        Finder::Regex { regex, view, boundary } => {
            // Boundaries are asked of the units of `fold` in either view.
            let text = text(raw, &sentences, Level::Fold, false);
            let found = match view {
                View::Raw => on_raw(regex, &text),
                View::Fold => on_folded(regex, &text),
            };
            let accepts = |at: &Range<usize>| {
                *boundary == Boundary::Any
                    || at.is_empty()
                    || boundary::holds_for_units(&text, at.clone())
            };
            let mut found: Vec<Found> =
                found.into_iter().filter(|(_, units)| accepts(units)).map(|(f, _)| f).collect();
            // Two matches in one character are one place.
            found.dedup();
            found
        }
    }
}

/// `raw` prepared for one level.
fn text<'t>(raw: &'t str, sentences: &'t Sentences, level: Level, sensitive: bool) -> Text<'t> {
    let units = units::units(raw, level, sensitive);
    let tags = boundary::tags(&units);
    Text { raw, units, sentences, tags, level }
}

fn span(text: &Text<'_>, units: Range<usize>) -> Range<usize> {
    text.units[units.start].start..text.units[units].iter().map(|u| u.end).max().unwrap_or(0)
}

/// `invisible` if an ignorable stands strictly inside the units.
fn invisible(text: &Text<'_>, units: Range<usize>) -> Kinds {
    let start = text.units[units.start].start;
    let end = text.units[units].iter().map(|u| u.content_end).max().unwrap_or(start);
    let mut base = None;
    let mut rest = text.raw[start..end].chars().peekable();
    while let Some(c) = rest.next() {
        let joins = c == '\u{200D}' && rest.peek().is_some_and(|&next| chars::is_emoji(next));
        let part = base.is_some_and(|base| {
            joins && chars::is_emoji(base)
                || chars::is_variation_selector(c) && chars::has_forms(base)
        });
        if chars::is_ignorable(c) && !part {
            return Kinds::INVISIBLE;
        }
        if !chars::is_ignorable(c) && !chars::is_mark(c) && !chars::is_emoji_modifier(c) {
            base = Some(c);
        }
    }
    Kinds::NONE
}

fn on_raw(regex: &meta::Regex, text: &Text<'_>) -> Vec<(Found, Range<usize>)> {
    regex
        .find_iter(text.raw)
        .filter(|m| !m.is_empty())
        .map(|m| {
            let inside = |u: &units::Unit| u.start < m.end() && m.start() < u.end;
            // The units of one character are one place.
            let starts: Vec<usize> =
                text.units.iter().filter(|u| inside(u)).map(|u| u.start).collect();
            let touched = |u: &units::Unit| starts.contains(&u.start);
            let first = text.units.iter().position(touched).unwrap_or(0);
            let last = text.units.iter().rposition(touched).map_or(first, |i| i + 1);
            (Found { span: m.range(), kinds: Kinds::NONE }, first..last)
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
            let mut kinds = invisible(text, units.clone());
            for (holds, kind) in [(forms, Kinds::FORMS), (marks, Kinds::MARKS)] {
                if holds {
                    kinds = kinds.union(kind);
                }
            }
            (Found { span: span(text, units.clone()), kinds }, units)
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
