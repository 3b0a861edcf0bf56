//! Views: a text as the engine sees it, with the way back to the original.
//!
//! [`View`] holds the folded text twice: as [`Unit`]s for literal patterns and
//! as a string for regexes and automata. Patterns go through the same builder
//! as texts, so the two cannot diverge.

pub(crate) mod boundary;
mod build;
pub(crate) mod chars;
#[allow(dead_code, reason = "used by the levels that are being built")]
pub(crate) mod glyphs;
pub(crate) mod measure;
#[allow(dead_code, reason = "shared with the generator in tools/, which uses the rest")]
pub(crate) mod props;
#[allow(dead_code, reason = "undoing look-alikes comes with the evasion levels")]
pub(crate) mod reading;
#[allow(dead_code, reason = "shared with the generator in tools/, whose tests use the rest")]
pub(crate) mod table;
pub(crate) mod unit;

use crate::span::Span;
use unit::Unit;

/// The folded form of one text. Buffers are kept between texts.
#[derive(Debug, Default)]
pub(crate) struct View {
    /// The folded symbols.
    pub(crate) units: Vec<Unit>,
    /// The folded symbols as a string; [`Unit::folded`] points into it.
    pub(crate) folded: String,
    /// The marks of all units.
    pub(crate) marks: Vec<char>,
    /// How many words there are.
    pub(crate) words: u32,
    /// Raw offsets of sentence ends and line breaks, ascending.
    pub(crate) breaks: Vec<u32>,
}

impl View {
    /// Folds `text`, replacing what the view held.
    pub(crate) fn fill(&mut self, text: &str) {
        build::fill(self, text);
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

    /// The unit whose symbol covers byte `at` of the folded text.
    pub(crate) fn unit_at_folded(&self, at: usize) -> usize {
        self.units.partition_point(|u| u.folded as usize <= at).saturating_sub(1)
    }

    /// The first unit that ends behind raw byte `at`.
    pub(crate) fn unit_at_raw(&self, at: u32) -> usize {
        self.units.partition_point(|u| u.raw_end <= at)
    }

    /// The bytes of the original text that units `start..end` came from.
    #[inline]
    pub(crate) fn raw(&self, start: usize, end: usize) -> Span {
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

    /// True when no sentence ends and no line breaks between two raw offsets.
    pub(crate) fn same_sentence(&self, from: u32, to: u32) -> bool {
        let next = self.breaks.partition_point(|&at| at < from);
        self.breaks.get(next).is_none_or(|&at| at >= to)
    }

    /// Bytes of heap memory held.
    pub(crate) fn memory_usage(&self) -> usize {
        self.units.capacity() * size_of::<Unit>()
            + self.folded.capacity()
            + (self.marks.capacity() + self.breaks.capacity()) * 4
    }
}

/// The folded view of a text: case folded, compatibility forms and marks
/// removed, invisible characters dropped. What regexes with `view: fold` see.
///
/// Folding what is folded changes nothing.
///
/// ```
/// assert_eq!(tamis::fold("Ｈｅ\u{200B}ll\u{301}ö"), "hello");
/// assert_eq!(tamis::fold("STRASSE straße ﬁn"), "strasse strasse fin");
/// ```
pub fn fold(text: &str) -> String {
    View::of(text).folded
}

#[cfg(test)]
mod tests;
