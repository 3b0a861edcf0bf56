//! Runs the regular expressions, each over the view it asked for.
//!
//! The only file that names regex-automata at run time.

use super::Hit;
use super::required::Required;
use crate::probe::{Probe, Stage};
use crate::ruleset::tables::{RegexRow, Tables, Use};
use crate::span::Span;
use crate::spec::model::{Boundary, View as RegexView};
use crate::verdict::Kinds;
use crate::view::boundary;
use crate::view::chars;
use crate::view::hangul;
use crate::view::unit::{Flags, Unit};
use crate::view::{LazyView, View};
use regex_automata::meta::{BuildError, Cache, Regex};
use regex_automata::util::{iter::Searcher, syntax};
use regex_automata::{Input, Match as Found, MatchError, Span as RegexSpan};

/// Why a regex cannot be used.
#[derive(Debug)]
pub(crate) enum RegexError {
    /// It is not of the syntax; the bytes of the regex that are wrong.
    Syntax(String, Option<std::ops::Range<usize>>),
    /// It needs more memory than the limit.
    TooBig(u32),
    /// It matches the empty text.
    MatchesEmpty,
}

impl RegexError {
    /// The same without a place: for a regex that is not as its author wrote it.
    pub(crate) fn without_place(self) -> Self {
        match self {
            RegexError::Syntax(message, _) => RegexError::Syntax(message, None),
            other => other,
        }
    }
}

/// Checks a regex without keeping it.
pub(crate) fn check(source: &str, row_case: bool, size: u32) -> Result<(), RegexError> {
    let regex = build(source, row_case, size).map_err(|error| explain(source, &error, size))?;
    if regex.is_match("") && matches_empty(source) {
        return Err(RegexError::MatchesEmpty);
    }
    Ok(())
}

/// True when the regex can match without consuming anything anywhere.
fn matches_empty(source: &str) -> bool {
    regex_syntax::Parser::new()
        .parse(source)
        .is_ok_and(|hir| hir.properties().minimum_len() == Some(0))
}

fn explain(source: &str, error: &BuildError, size: u32) -> RegexError {
    if error.size_limit().is_some() {
        return RegexError::TooBig(size);
    }
    match regex_syntax::Parser::new().parse(source) {
        Err(regex_syntax::Error::Parse(e)) => {
            let span = e.span();
            RegexError::Syntax(e.kind().to_string(), Some(span.start.offset..span.end.offset))
        }
        Err(regex_syntax::Error::Translate(e)) => {
            let span = e.span();
            RegexError::Syntax(e.kind().to_string(), Some(span.start.offset..span.end.offset))
        }
        _ => RegexError::Syntax(error.to_string(), None),
    }
}

#[expect(clippy::result_large_err, reason = "the error of the regex crate, made once a compile")]
fn build(source: &str, case_sensitive: bool, size: u32) -> Result<Regex, BuildError> {
    Regex::builder()
        .syntax(syntax::Config::new().case_insensitive(!case_sensitive))
        .configure(Regex::config().nfa_size_limit(Some(size as usize)))
        .build(source)
}

/// The compiled regexes, in the order of their rows.
#[derive(Debug)]
pub(super) struct Regexes {
    list: Vec<Regex>,
    required: Required,
    /// By row: finds the same in a text of ASCII as in the folded one.
    caseless: Vec<bool>,
    /// Some row asks for the folded text.
    folds: bool,
}

/// What regexes need while they run; one each, made when first needed.
#[derive(Debug, Default)]
pub(super) struct Caches {
    list: Vec<Option<Cache>>,
    /// By row: the regex may find something in the original text, in the folded one.
    raw: Vec<bool>,
    folded: Vec<bool>,
}

impl Regexes {
    pub(super) fn new(tables: &Tables) -> Self {
        let size = tables.limits.regex_size;
        let list = tables
            .regexes
            .iter()
            .map(|row| {
                build(&row.source, row.case_sensitive, size).expect("checked when compiling")
            })
            .collect();
        let caseless = |row: &RegexRow| !row.case_sensitive && !switches_off(&row.source);
        Self {
            list,
            required: Required::new(tables.regexes.iter()),
            caseless: tables.regexes.iter().map(caseless).collect(),
            folds: tables.regexes.iter().any(|row| row.view == RegexView::Fold),
        }
    }

    /// Calls `give` for every match of every regex.
    pub(super) fn find(
        &self,
        tables: &Tables,
        view: &mut LazyView,
        text: &str,
        caches: &mut Caches,
        give: &mut impl FnMut(&[Use], Hit),
        probe: &mut Probe,
    ) {
        if self.list.is_empty() {
            return;
        }
        let Caches { list, raw, folded } = caches;
        list.resize_with(self.list.len(), || None);
        self.required.look(text, raw, self.list.len());
        // Folding such a text changes nothing but case, and moves nothing.
        // Without branches, which compilers make vectors of.
        let odd = text
            .bytes()
            .fold(0, |odd, byte| odd | u8::from(!matches!(byte, b' '..=b'~' | b'\t' | b'\n')));
        let plain = odd == 0;
        if self.folds && !plain {
            self.required.look(view.of(text).written(), folded, self.list.len());
        }
        for (at, (regex, row)) in self.list.iter().zip(&tables.regexes).enumerate() {
            let folds = row.view == RegexView::Fold;
            let worth = if folds && !plain { &*folded } else { &*raw };
            if !worth[at] {
                continue;
            }
            let cache = list[at].get_or_insert_with(|| regex.create_cache());
            let search = |input: &Input<'_>| Ok(regex.search_with(cache, input));
            if folds && !(plain && self.caseless[at]) {
                let view = view.of(text);
                probe.lap(Stage::View);
                each(view.written(), search, |span| {
                    if let Some(hit) = hit(row, view, span) {
                        give(&row.uses, hit);
                    }
                });
            } else {
                each(text, search, |span| {
                    if let Some(hit) = hit(row, view.of(text), span) {
                        give(&row.uses, hit);
                    }
                });
            }
            probe.lap_for(Stage::Regexes, super::rules(tables, &row.uses));
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub(super) fn memory_usage(&self) -> usize {
        self.list.capacity() * size_of::<Regex>()
            + self.list.iter().map(Regex::memory_usage).sum::<usize>()
            + self.required.memory_usage()
            + self.caseless.capacity()
    }

    /// Whether a literal is looked for first, and the bytes held.
    pub(super) fn cost(&self, row: usize) -> (bool, usize) {
        let gated = self.required.has(row as u32) || self.list[row].is_accelerated();
        (gated, self.list[row].memory_usage())
    }
}

/// True when a flag of the regex may make case count: `(?-i)`, `(?s-i:…)`.
fn switches_off(source: &str) -> bool {
    source.split("(?").skip(1).any(|flags| {
        let flags = flags.bytes().take_while(|byte| byte.is_ascii_alphabetic() || *byte == b'-');
        flags.into_iter().any(|byte| byte == b'-')
    })
}

impl Caches {
    /// Bytes of heap memory held.
    pub(super) fn memory_usage(&self) -> usize {
        self.list.capacity() * size_of::<Option<Cache>>()
            + self.list.iter().flatten().map(Cache::memory_usage).sum::<usize>()
            + (self.raw.capacity() + self.folded.capacity())
    }
}

/// Calls `found` for every match that `search` finds, one after the other.
fn each(
    haystack: &str,
    mut search: impl FnMut(&Input<'_>) -> Result<Option<Found>, MatchError>,
    mut found: impl FnMut(RegexSpan),
) {
    let mut searcher = Searcher::new(Input::new(haystack));
    while let Some(next) = searcher.advance(&mut search) {
        found(next.span());
    }
}

/// The place in the original text, if the boundaries of the row allow it.
fn hit(row: &RegexRow, view: &View, found: RegexSpan) -> Option<Hit> {
    if found.start == found.end {
        return None;
    }
    let units = &view.units;
    let (start, end) = match row.view {
        RegexView::Fold => whole_characters(units, view.units_written(found.start, found.end)),
        RegexView::Raw => {
            let start = view.unit_at_raw(found.start as u32);
            let inside = units[start..].partition_point(|u| (u.raw_start as usize) < found.end);
            (start, start + inside)
        }
    };
    if row.boundary == Boundary::Word && start < end {
        let bounded = boundary::begins(units, start, false) && boundary::ends(units, end, false);
        if !bounded {
            return None;
        }
    }
    let raw = match row.view {
        RegexView::Fold => view.raw(start, end),
        RegexView::Raw => Span::new(found.start as u32, found.end as u32),
    };
    let words = if start < end {
        view.words(start, end)
    } else {
        let next = units.get(start).map_or(view.words, |u| u.word);
        Span::new(next, next)
    };
    let kinds = match row.view {
        RegexView::Fold => kinds(view, start, end),
        RegexView::Raw => Kinds::NONE,
    };
    Some(Hit { raw, words, cost: 0, kinds, vetoed: false, guessed: None })
}

/// Widens a range to whole characters: what a regex finds in `ﬁ` is all of it.
fn whole_characters(units: &[Unit], (mut start, mut end): (usize, usize)) -> (usize, usize) {
    let inside = |unit: &Unit| unit.has(Flags::CONTINUES) || unit.has(Flags::IN_SYLLABLE);
    while start > 0 && inside(&units[start]) {
        start -= 1;
    }
    while units.get(end).is_some_and(inside) {
        end += 1;
    }
    (start, end)
}

/// What folding undid in the units; the pattern was written for the folded text,
/// so it costs nothing.
fn kinds(view: &View, start: usize, end: usize) -> Kinds {
    let mut kinds = Kinds::NONE;
    for (at, unit) in view.units[start..end].iter().enumerate() {
        // A letter of Hangul that stands alone is in the folded text as it was written.
        if unit.has(Flags::COMPAT) && hangul::alone(unit.symbol) != unit.origin {
            kinds = kinds.union(Kinds::FORMS);
        }
        if view.marks_of(unit).iter().any(|&m| !chars::is_emoji_modifier(m)) {
            kinds = kinds.union(Kinds::MARKS);
        }
        let before = at > 0 && unit.has(Flags::AFTER_INVISIBLE) && !unit.has(Flags::JOINED);
        if before || unit.has(Flags::INVISIBLE_INSIDE) {
            kinds = kinds.union(Kinds::INVISIBLE);
        }
    }
    kinds
}
