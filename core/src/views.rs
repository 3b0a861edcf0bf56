//! What the engine sees of a text, as plain data for people and programs.
//!
//! Nothing here decides anything: it shows what patterns are compared with. Spans are
//! bytes of the original text. What the kinds and levels mean: `docs/evasion.md`.

use crate::scan::{latinize, shown};
use crate::span::Span;
use crate::spec::model::Level;
use crate::verdict::Kinds;
use crate::view::View as Built;
use crate::view::props::Class;
use crate::view::table;
use crate::view::unit::{Flags, Unit};
use serde::Serialize;
use std::ops::Range;

/// All views of one text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Views {
    /// The text with its forms, marks and invisible characters undone.
    pub folded: View,
    /// The folded text with letters that only look Latin read as such, where the engine
    /// does; only if there are any.
    pub latin: Option<String>,
    /// The same with invisible tag characters read as the ASCII they hide; only if there are any.
    pub tags: Option<View>,
    /// The same with references, escapes, markup and overrides undone; only if there are any.
    /// Matches count words in this view where there is one.
    pub decoded: Option<View>,
}

/// One view of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct View {
    /// The view as a text. Of the folded view: what regexes with `view: fold` see.
    pub text: String,
    /// What was undone, in reading order. A change of case alone is not listed.
    pub pieces: Vec<Piece>,
    /// What may be read as other letters.
    pub readings: Vec<Reading>,
    /// The words, in reading order.
    pub words: Vec<Word>,
    /// The chunks without white space in which disguises are looked for, or cost more.
    pub chunks: Vec<Chunk>,
}

/// Neighbouring characters that had the same undone.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Piece {
    /// Where it is, with what was left out in front of it.
    #[serde(flatten)]
    pub span: Span,
    /// The original text there.
    pub text: String,
    /// What it is in the view; empty where all of it was left out.
    pub reads: String,
    /// What was undone: `forms`, `marks`, `invisible`, `hidden`, `decoded`.
    pub kinds: Vec<&'static str>,
}

/// A character, or several that draw a letter, that may be read as other letters.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Reading {
    /// Where it is.
    #[serde(flatten)]
    pub span: Span,
    /// The original text there.
    pub text: String,
    /// What it may be read as.
    pub letters: String,
    /// The kind of evasion that this would be, such as `leet`.
    pub kind: &'static str,
    /// The lowest level that reads it so.
    pub level: &'static str,
}

/// A word.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Word {
    /// Where it is.
    #[serde(flatten)]
    pub span: Span,
    /// Its number, from 0: what distances count.
    pub number: u32,
    /// As it is in the view.
    pub text: String,
}

/// Characters between white space that are not what they seem, or are no words.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Chunk {
    /// Where it is.
    #[serde(flatten)]
    pub span: Span,
    /// As it is in the view.
    pub text: String,
    /// The lowest level that looks for disguises in it, `fold` or `standard`; `strong` looks
    /// everywhere.
    pub odd: Option<&'static str>,
    /// `link`, `mention`, `mail` or `id`: there what is undone costs more.
    pub place: Option<&'static str>,
}

/// Shows what the engine sees of `text`.
///
/// Linear in the length of the text, which is less than 4 GiB; it allocates much more than
/// classifying does.
///
/// ```
/// let views = tamis::views("Ｋ1ll &#100;arn");
/// assert_eq!(views.folded.text, "k1ll &#100;arn");
///
/// let form = &views.folded.pieces[0];
/// assert_eq!((&*form.text, &*form.reads, &*form.kinds), ("Ｋ", "k", &["forms"][..]));
/// let leet = &views.folded.readings[0];
/// assert_eq!((&*leet.text, leet.kind, leet.level), ("1", "leet", "standard"));
///
/// let decoded = views.decoded.expect("a reference was undone");
/// assert_eq!(decoded.text, "k1ll darn");
/// assert_eq!((decoded.words[1].number, &*decoded.words[1].text), (1, "darn"));
/// assert!(views.tags.is_none());
/// ```
pub fn views(text: &str) -> Views {
    let mut built = Built::of(text);
    let folded = show(&built, text);
    let latin = Some(latinize(text, text)).filter(|latin| *latin != folded.text);
    let tags = built.fill_tags(text).then(|| show(&built, text));
    let decoded = built.fill_decoded(text).then(|| show(&built, text));
    Views { folded, latin, tags, decoded }
}

fn show(view: &Built, text: &str) -> View {
    View {
        text: view.written().to_owned(),
        pieces: pieces(view, text),
        readings: readings(view, text),
        words: words(view),
        chunks: chunks(view),
    }
}

/// Neighbouring characters of a view that had the same undone.
struct Run {
    units: Range<usize>,
    raw: Span,
    kinds: Kinds,
}

fn pieces(view: &Built, text: &str) -> Vec<Piece> {
    let mut ends: Vec<u32> = view.units.iter().map(|u| u.raw_end).collect();
    // Behind overrides units do not stand in the order of the text.
    ends.sort_unstable();
    let mut runs: Vec<Run> = Vec::new();
    let mut at = 0;
    while at < view.units.len() {
        let next = character(view, at, &ends);
        at = next.units.end;
        match runs.last_mut() {
            Some(run) if run.kinds == next.kinds && run.units.end == next.units.start => {
                run.units.end = next.units.end;
                run.raw.start = run.raw.start.min(next.raw.start);
                run.raw.end = run.raw.end.max(next.raw.end);
            }
            _ if next.kinds != Kinds::NONE => runs.push(next),
            _ => {}
        }
    }
    let end = ends.last().map_or(0, |&end| end as usize);
    let shown = runs.into_iter().map(|run| Piece {
        span: run.raw,
        text: text[run.raw.range()].to_owned(),
        reads: view.written_of(run.units.start, run.units.end).to_owned(),
        kinds: run.kinds.names().collect(),
    });
    shown.chain(left_out(text, end)).collect()
}

/// The character whose first unit is at `at`; what was left out in front of it is part of it.
fn character(view: &Built, at: usize, ends: &[u32]) -> Run {
    let inner = view.units[at + 1..].iter().take_while(|u| u.is_inner()).count();
    let units = at..at + 1 + inner;
    let kinds = view.units[units.clone()].iter().fold(Kinds::NONE, |all, u| all.union(undone(u)));
    let mut raw = view.raw(units.start, units.end);
    if kinds.0 & Kinds::INVISIBLE.union(Kinds::DECODED).0 != 0 {
        let before = ends.partition_point(|&end| end <= raw.start);
        raw.start = before.checked_sub(1).map_or(0, |before| ends[before]);
    }
    Run { units, raw, kinds }
}

fn undone(unit: &Unit) -> Kinds {
    // What joins emoji, and the tone of their skin, is part of them.
    let marked = unit.mark_count > 0 && unit.class != Class::Emoji;
    let invisible = unit.has(Flags::AFTER_INVISIBLE) && !unit.has(Flags::JOINED);
    let kinds = [
        (Kinds::FORMS, unit.has(Flags::COMPAT)),
        (Kinds::MARKS, marked),
        (Kinds::INVISIBLE, invisible || unit.has(Flags::INVISIBLE_INSIDE)),
        (Kinds::HIDDEN, unit.has(Flags::HIDDEN)),
        (Kinds::DECODED, unit.is_decoded(true)),
    ];
    let undone = kinds.into_iter().filter(|&(_, undone)| undone);
    undone.fold(Kinds::NONE, |all, (kind, _)| all.union(kind))
}

/// What is left of the text from byte `end` on, where nothing of the view came from.
fn left_out(text: &str, end: usize) -> Option<Piece> {
    let rest = &text[end..];
    let invisible = rest.chars().all(|c| table::props(c).class() == Class::Ignorable);
    let kind = if invisible { Kinds::INVISIBLE } else { Kinds::DECODED };
    (!rest.is_empty()).then(|| Piece {
        span: Span::new(end as u32, text.len() as u32),
        text: rest.to_owned(),
        reads: String::new(),
        kinds: kind.names().collect(),
    })
}

fn readings(view: &Built, text: &str) -> Vec<Reading> {
    let shown = shown::readings(view).into_iter().map(|reading| {
        let span = view.raw(reading.units.start, reading.units.end);
        Reading {
            span,
            text: text[span.range()].to_owned(),
            letters: reading.letters,
            kind: reading.kind.names().next().unwrap_or_default(),
            level: reading.level.name(),
        }
    });
    shown.collect()
}

fn words(view: &Built) -> Vec<Word> {
    let in_word = |at: usize| {
        let unit = &view.units[at];
        (unit.is_word() || unit.has(Flags::JOINS_WORD)).then_some(unit.word)
    };
    let mut words: Vec<Word> = Vec::new();
    let mut at = 0;
    while at < view.units.len() {
        let start = at;
        let number = in_word(start);
        while at < view.units.len() && in_word(at) == number {
            at += 1;
        }
        words.extend(number.map(|number| Word {
            span: view.raw(start, at),
            number,
            text: view.written_of(start, at).to_owned(),
        }));
    }
    words
}

fn chunks(view: &Built) -> Vec<Chunk> {
    let shown = shown::chunks(view).into_iter().map(|chunk| Chunk {
        span: view.raw(chunk.units.start, chunk.units.end),
        text: view.written_of(chunk.units.start, chunk.units.end).to_owned(),
        odd: chunk.odd.map(Level::name),
        place: chunk.place,
    });
    shown.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(view: &View) -> Vec<(&str, &str, String)> {
        view.pieces.iter().map(|p| (&*p.text, &*p.reads, p.kinds.join("+"))).collect()
    }

    fn row<'t>(text: &'t str, reads: &'t str, kinds: &str) -> (&'t str, &'t str, String) {
        (text, reads, kinds.to_owned())
    }

    #[test]
    fn neighbours_with_the_same_undone_are_one_piece() {
        let folded = views("ＫＩ\u{200b}ll da\u{301}\u{e9}\u{200b}").folded;
        assert_eq!(folded.text, "kill dae");
        assert_eq!(
            pieces(&folded),
            [
                row("ＫＩ", "ki", "forms"),
                row("\u{200b}l", "l", "invisible"),
                row("a\u{301}\u{e9}", "ae", "marks"),
                row("\u{200b}", "", "invisible"),
            ]
        );
    }

    #[test]
    fn what_was_left_out_belongs_to_what_is_behind() {
        let decoded = views("d<b>ar</b>n &#107;ill**s**").decoded.unwrap();
        assert_eq!(decoded.text, "darn kills");
        assert_eq!(
            pieces(&decoded),
            [
                row("<b>a", "a", "decoded"),
                row("</b>n", "n", "decoded"),
                row("&#107;", "k", "decoded"),
                row("**s", "s", "decoded"),
                row("**", "", "decoded"),
            ]
        );
        let turned = views("a \u{202e}nrad\u{202c} day").decoded.unwrap();
        assert_eq!(turned.text, "a darn day");
        assert!(turned.pieces.iter().any(|p| p.reads.contains("darn")), "{:?}", turned.pieces);
    }

    #[test]
    fn tags_are_a_view_of_their_own() {
        let views = views("a\u{e0064}\u{e0061}\u{e0072}\u{e006e}");
        assert_eq!(views.folded.text, "a");
        let tags = views.tags.unwrap();
        assert_eq!(tags.text, "adarn");
        assert_eq!(tags.pieces[0].kinds, ["hidden"]);
        assert_eq!(tags.pieces[0].reads, "darn");
    }

    #[test]
    fn words_and_syllables_are_whole() {
        let folded = views("don\u{2019}t 한국ﾋ 我们").folded;
        let words: Vec<_> = folded.words.iter().map(|w| (w.number, &*w.text)).collect();
        assert_eq!(words[0].0, 0);
        assert!(words[0].1.starts_with("don") && words[0].1.ends_with('t'), "{words:?}");
        assert_eq!(words[1], (1, "한국"));
        let numbers: Vec<_> = words.iter().map(|w| w.0).collect();
        assert_eq!(numbers, (0..words.len() as u32).collect::<Vec<_>>());
    }

    #[test]
    fn readings_and_chunks_tell_the_level() {
        let folded = views("day k1ll ѕhop example.com/x1 @me").folded;
        let chunks: Vec<_> = folded.chunks.iter().map(|c| (&*c.text, c.odd, c.place)).collect();
        assert_eq!(
            chunks,
            [
                ("k1ll", Some("standard"), None),
                ("ѕhop", Some("fold"), None),
                ("example.com/x1", Some("standard"), Some("link")),
                ("@me", Some("standard"), Some("mention")),
            ]
        );
        let s = folded.readings.iter().find(|r| r.text == "ѕ").unwrap();
        assert_eq!((&*s.letters, s.kind, s.level), ("s", "lookalike", "fold"));
    }

    #[test]
    fn nothing_to_undo_shows_nothing_undone() {
        let views = views("Have fun \u{1F44D}\u{1F3FD} today");
        assert_eq!(views.folded.pieces, []);
        assert_eq!((views.tags, views.decoded), (None, None));
        let empty = super::views("");
        assert_eq!((empty.folded.words, empty.folded.pieces), (vec![], vec![]));
    }
}
