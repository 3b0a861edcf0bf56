//! Views: a text as the engine sees it, with the way back to the original.
//!
//! [`View`] holds the folded text twice: as [`Unit`]s for literal patterns and
//! as a string for regexes and automata. Patterns go through the same builder
//! as texts, so the two cannot diverge. A text with Hangul has a second string,
//! with whole syllables, for regexes alone.

pub(crate) mod alphabets;
pub(crate) mod boundary;
mod build;
pub(crate) mod chars;
mod decode;

pub(crate) mod glyphs;
pub(crate) mod hangul;
mod lazy;
pub(crate) mod measure;
mod piece;
#[allow(dead_code, reason = "shared with the generator in tools/, which uses the rest")]
pub(crate) mod props;
#[allow(dead_code, reason = "shared with the generator in tools/, which uses the rest")]
pub(crate) mod reading;
#[allow(dead_code, reason = "shared with the generator in tools/, whose tests use the rest")]
pub(crate) mod table;
mod tags;
pub(crate) mod unit;

use crate::span::Span;
pub(crate) use decode::MAX_DEPTH as DECODE_DEPTH;
use decode::{Decoder, Shown};
use hangul::Written;
pub(crate) use lazy::LazyView;
use piece::Piece;
use std::iter::Peekable;
use std::ops::Range;
use unit::Unit;

/// The folded form of one text. Buffers are kept between texts.
#[derive(Debug, Default)]
pub(crate) struct View {
    /// The folded symbols.
    pub(crate) units: Vec<Unit>,
    /// The folded symbols as a string, for automata; [`Unit::folded`] points into it.
    pub(crate) folded: String,
    written: Written,
    /// The marks of all units.
    pub(crate) marks: Vec<char>,
    /// One more than the number of the last word.
    pub(crate) words: u32,
    /// Raw offsets of sentence ends and line breaks, ascending.
    pub(crate) breaks: Vec<u32>,
    /// The units by the place they came from, if that is not their order:
    /// behind a bidi override they are listed as they are read.
    by_raw: Vec<u32>,
}

impl View {
    /// Folds `text`, replacing what the view held.
    pub(crate) fn fill(&mut self, text: &str) {
        build::fill_part(self, text, 0..text.len(), 0);
    }

    /// The same for bytes `part` of `text`, which begins and ends between words; the places
    /// stay those in `text`, and words have numbers from `first_word` on.
    pub(crate) fn fill_passage(&mut self, text: &str, part: Range<usize>, first_word: u32) {
        build::fill_part(self, text, part, first_word);
    }

    /// [`fill_passage`](Self::fill_passage) with the wrappers undone, which `unwrapped` did;
    /// `part` are bytes of the text with wrappers.
    pub(crate) fn fill_unwrapped(
        &mut self,
        text: &str,
        unwrapped: &Unwrapped,
        part: Range<usize>,
        first_word: u32,
    ) {
        build::fill_decoded(self, text, &unwrapped.decoder, part, first_word);
        if unwrapped.is_reordered() {
            self.index_by_raw();
        }
    }

    /// The same with tag characters read as the ASCII they hide, on units that
    /// are [`Flags::HIDDEN`](unit::Flags::HIDDEN). False, and an empty view, when
    /// the text has none outside the flags of regions; to find that out takes a
    /// search for one byte.
    pub(crate) fn fill_tags(&mut self, text: &str) -> bool {
        let present = tags::present(text);
        if present {
            build::fill(self, tags::read(text), 0);
        } else {
            self.clear();
        }
        present
    }

    /// The same with wrappers undone: references, escapes, markup, overrides. What
    /// that changed shows in the flags: [`Flags::DECODED`](unit::Flags::DECODED) are all
    /// units that came out of a wrapper, whose raw bytes are the whole wrapper;
    /// [`Flags::BEHIND_WRAPPER`](unit::Flags::BEHIND_WRAPPER) is the first one behind
    /// markup that was left out. False, and an empty view, when there
    /// is nothing to undo; to find that out takes a fast pass over the bytes,
    /// and a slower one for texts that have what wrappers are made of.
    pub(crate) fn fill_decoded(&mut self, text: &str) -> bool {
        let mut unwrapped = Unwrapped::default();
        let decoded = unwrapped.fill(text);
        if decoded {
            self.fill_unwrapped(text, &unwrapped, 0..text.len(), 0);
        } else {
            self.clear();
        }
        decoded
    }

    fn clear(&mut self) {
        self.units.clear();
        self.folded.clear();
        self.marks.clear();
        self.words = 0;
        self.breaks.clear();
        self.by_raw.clear();
        self.written.clear();
    }

    fn index_by_raw(&mut self) {
        self.breaks.sort_unstable();
        let units = &self.units;
        self.by_raw.extend(0..units.len() as u32);
        self.by_raw.sort_unstable_by_key(|&at| (units[at as usize].raw_start, at));
    }

    /// True when units do not stand in the order of their raw bytes.
    #[inline]
    pub(crate) fn is_reordered(&self) -> bool {
        !self.by_raw.is_empty()
    }

    /// A view of its own for `text`.
    pub(crate) fn of(text: &str) -> Self {
        let mut view = Self::default();
        view.fill(text);
        view
    }

    /// The marks of `unit`.
    #[inline]
    pub(crate) fn marks_of(&self, unit: &Unit) -> &[char] {
        let start = unit.marks as usize;
        &self.marks[start..start + usize::from(unit.mark_count)]
    }

    /// The folded text as regexes see it: with whole syllables of Hangul.
    pub(crate) fn written(&self) -> &str {
        if self.written.starts.is_empty() { &self.folded } else { &self.written.text }
    }

    /// What units `start..end` are in [`written`](Self::written), for people.
    pub(crate) fn written_of(&self, start: usize, end: usize) -> &str {
        let starts = &self.written.starts;
        let byte = |at: usize| {
            if starts.is_empty() {
                self.units.get(at).map(|u| u.folded as usize)
            } else {
                starts.get(at).map(|&byte| byte as usize)
            }
        };
        let text = self.written();
        &text[byte(start).unwrap_or(text.len())..byte(end).unwrap_or(text.len())]
    }

    /// The units that bytes `start..end` of [`written`](Self::written) stand for;
    /// `end` is greater than `start`.
    pub(crate) fn units_written(&self, start: usize, end: usize) -> (usize, usize) {
        let starts = &self.written.starts;
        if starts.is_empty() {
            return (self.unit_at_folded(start), self.unit_at_folded(end - 1) + 1);
        }
        let behind = |at: usize| starts.partition_point(|&s| s as usize <= at);
        let first = starts[behind(start).saturating_sub(1)];
        (starts.partition_point(|&s| s < first), behind(end - 1))
    }

    /// The unit whose symbol covers byte `at` of the folded text.
    pub(crate) fn unit_at_folded(&self, at: usize) -> usize {
        self.units.partition_point(|u| u.folded as usize <= at).saturating_sub(1)
    }

    /// The first unit, by raw bytes, that ends behind raw byte `at`.
    pub(crate) fn unit_at_raw(&self, at: u32) -> usize {
        if self.is_reordered() {
            let next = self.by_raw.partition_point(|&i| self.units[i as usize].raw_end <= at);
            return self.by_raw.get(next).map_or(self.units.len(), |&i| i as usize);
        }
        self.units.partition_point(|u| u.raw_end <= at)
    }

    /// The same, found faster not far behind the unit `hint`.
    pub(crate) fn unit_at_raw_from(&self, at: u32, hint: usize) -> usize {
        let is_before = |unit: &Unit| unit.raw_end <= at;
        let hint = hint.min(self.units.len());
        if self.is_reordered() || !self.units[..hint].last().is_none_or(is_before) {
            return self.unit_at_raw(at);
        }
        let rest = &self.units[hint..];
        let mut end = 1;
        while end < rest.len() && is_before(&rest[end - 1]) {
            end *= 2;
        }
        let start = end / 2;
        let end = end.min(rest.len());
        hint + start.min(end) + rest[start.min(end)..end].partition_point(is_before)
    }

    /// The bytes of the original text that units `start..end` came from, with
    /// everything between them.
    #[inline]
    pub(crate) fn raw(&self, start: usize, end: usize) -> Span {
        if self.is_reordered() {
            let join = |span: Span, u: &Unit| {
                Span::new(span.start.min(u.raw_start), span.end.max(u.raw_end))
            };
            let first = &self.units[start];
            let first = Span::new(first.raw_start, first.raw_end);
            return self.units[start..end].iter().fold(first, join);
        }
        Span::new(self.units[start].raw_start, self.units[end - 1].raw_end)
    }

    /// The words that units `start..end` touch; an empty range at the next word
    /// if they touch none.
    pub(crate) fn words(&self, start: usize, end: usize) -> Span {
        let touched = |u: &&Unit| u.is_word();
        let units = &self.units[start..end];
        match (units.iter().find(touched), units.iter().rev().find(touched)) {
            (Some(first), Some(last)) => Span::new(first.word, last.word + 1),
            _ => Span::new(units[0].word, units[0].word),
        }
    }

    /// The words of this view that bytes `raw` of the original text touch, from
    /// the first to the last in reading order; an empty range at the next word if
    /// they touch none. For matches found on another view of the same text.
    pub(crate) fn words_covering(&self, raw: Span) -> Span {
        if self.is_reordered() {
            return self.words_covering_reordered(raw);
        }
        let start = self.units.partition_point(|u| u.raw_end <= raw.start);
        let inside = self.units[start..].partition_point(|u| u.raw_start < raw.end);
        if inside > 0 {
            return self.words(start, start + inside);
        }
        let next = self.units.get(start).map_or(self.words, |u| u.word);
        Span::new(next, next)
    }

    fn words_covering_reordered(&self, raw: Span) -> Span {
        let unit = |&i: &u32| &self.units[i as usize];
        let start = self.by_raw.partition_point(|i| unit(i).raw_end <= raw.start);
        let behind = &self.by_raw[start..];
        let inside = behind.iter().map(unit).take_while(|u| u.raw_start < raw.end);
        let touched = inside.filter(|u| u.is_word()).fold(None, |span: Option<Span>, u| {
            let span = span.unwrap_or_else(|| Span::new(u.word, u.word + 1));
            Some(Span::new(span.start.min(u.word), span.end.max(u.word + 1)))
        });
        touched.unwrap_or_else(|| {
            let next = behind.first().map_or(self.words, |i| unit(i).word);
            Span::new(next, next)
        })
    }

    /// True when no sentence ends and no line breaks between two raw offsets.
    pub(crate) fn same_sentence(&self, from: u32, to: u32) -> bool {
        let next = self.breaks.partition_point(|&at| at < from);
        self.breaks.get(next).is_none_or(|&at| at >= to)
    }

    /// Bytes of heap memory held.
    pub(crate) fn memory_usage(&self) -> usize {
        self.units.capacity() * size_of::<Unit>()
            + self.folded.capacity()
            + self.written.text.capacity()
            + (self.marks.capacity() + self.breaks.capacity() + self.by_raw.capacity()) * 4
            + self.written.starts.capacity() * 4
    }
}

/// What the wrappers of a text stand for, as a text of its own without the way back:
/// for those who only want to know whether something is in it.
#[derive(Debug, Default)]
pub(crate) struct Unwrapped {
    decoder: Decoder,
    text: String,
    /// The bytes of the original text that [`Self::text`] shows, a line break behind each part.
    shown: Vec<Range<usize>>,
}

impl Unwrapped {
    /// Undoes the wrappers of `text`; false when there are none.
    pub(crate) fn fill(&mut self, text: &str) -> bool {
        self.text.clear();
        self.shown.clear();
        self.decoder.decode(text)
    }

    /// Adds the first bytes of what is no longer what it was in the original text, in its order.
    pub(crate) fn changes(&self, into: &mut Vec<u32>) {
        for (line, pieces) in self.decoder.lines() {
            let changed = pieces.iter().filter(|piece| piece.dropped || piece.flags.0 != 0);
            into.extend(changed.map(|piece| piece.start));
            // What was left out at the end shows nowhere else.
            into.push(line.end as u32 - 1);
        }
    }

    /// Makes [`text`](Self::text) of the bytes of the original text that `choose` adds: all of it,
    /// or parts that begin and end between words.
    pub(crate) fn show(&mut self, text: &str, choose: impl FnOnce(&mut Vec<Range<usize>>)) {
        choose(&mut self.shown);
        for part in &self.shown {
            for part in self.decoder.parts(part.clone()) {
                match part {
                    Shown::Plain(part) => self.text.push_str(&text[part]),
                    Shown::Line(pieces) => {
                        let shown = pieces.iter().filter(|piece| !piece.dropped);
                        self.text.extend(shown.map(|piece| piece.symbol));
                    }
                }
            }
            self.text.push('\n');
        }
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// How many words bytes `part` of the text are, which begins and ends between words.
    /// `plain` counts those of a part where nothing was undone, and `view` is used for others.
    pub(crate) fn count_words(
        &self,
        part: Range<usize>,
        view: &mut View,
        mut plain: impl FnMut(&mut View, Range<usize>) -> u32,
    ) -> u32 {
        let count = |part| match part {
            Shown::Plain(part) => plain(view, part),
            Shown::Line(pieces) => {
                let shown = |piece: &&Piece| !piece.dropped;
                build::fill(view, pieces.iter().filter(shown).copied(), 0);
                view.words
            }
        };
        self.decoder.parts(part).map(count).sum()
    }

    /// Whether what is shown stands in another order than in the text.
    pub(crate) fn is_reordered(&self) -> bool {
        self.decoder.reordered
    }

    /// Replaces `places`, ascending bytes of [`text`](Self::text), by the bytes of the original
    /// text that stand for them; false when these do not tell all of them apart.
    pub(crate) fn to_raw<'p>(&self, places: impl Iterator<Item = &'p mut u32>) -> bool {
        if self.decoder.reordered {
            return false;
        }
        let mut places = places.peekable();
        // Where in the unwrapped text a part begins.
        let mut at = 0;
        for part in &self.shown {
            for part in self.decoder.parts(part.clone()) {
                let apart = match part {
                    Shown::Plain(part) => plain_to_raw(part, &mut at, &mut places),
                    Shown::Line(pieces) => pieces_to_raw(pieces, &mut at, &mut places),
                };
                if !apart {
                    return false;
                }
            }
            // The line break.
            at += 1;
        }
        places.peek().is_none()
    }

    /// Bytes of heap memory held.
    pub(crate) fn memory_usage(&self) -> usize {
        self.decoder.memory_usage()
            + self.text.capacity()
            + self.shown.capacity() * size_of::<Range<usize>>()
    }
}

/// Places in a part that is as it was and begins at byte `at` of the unwrapped text.
fn plain_to_raw<'p>(
    part: Range<usize>,
    at: &mut u32,
    places: &mut Peekable<impl Iterator<Item = &'p mut u32>>,
) -> bool {
    let end = *at + part.len() as u32;
    while let Some(place) = places.next_if(|place| **place < end) {
        *place = part.start as u32 + (*place - *at);
    }
    *at = end;
    true
}

/// The same of pieces; false when some share the bytes they came from.
fn pieces_to_raw<'p>(
    pieces: &[Piece],
    at: &mut u32,
    places: &mut Peekable<impl Iterator<Item = &'p mut u32>>,
) -> bool {
    let mut before = None;
    for piece in pieces.iter().filter(|piece| !piece.dropped) {
        let end = *at + piece.symbol.len_utf8() as u32;
        while let Some(place) = places.next_if(|place| **place < end) {
            if before == Some(piece.start) {
                return false;
            }
            *place = piece.start;
        }
        *at = end;
        before = Some(piece.start);
    }
    true
}

/// The folded view of a text: case folded, compatibility forms and marks
/// removed, invisible characters dropped. What regexes with `view: fold` see.
///
/// Folding what is folded changes nothing.
///
/// ```
/// assert_eq!(tamis::fold("Ｈｅ\u{200B}ll\u{301}ö"), "hello");
/// assert_eq!(tamis::fold("STRASSE straße ﬁn"), "strasse strasse fin");
/// assert_eq!(tamis::fold("한국 ㅋㅋ"), "한국 ㅋㅋ");
/// ```
pub fn fold(text: &str) -> String {
    View::of(text).written().to_owned()
}

#[cfg(test)]
mod tests;
