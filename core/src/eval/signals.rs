//! Signals: numbers measured on a text, each field once and only when asked for.

use crate::ids::FieldId;
use crate::program::Signal;
use crate::view::LazyView;
use crate::view::measure::{self, Counts};

/// The measurements of one document, made when the first signal is asked for; those of
/// words, which need a view, when one of words is.
#[derive(Debug, Default)]
pub(crate) struct Signals {
    fields: Vec<Counts>,
    measured: bool,
    words: bool,
}

impl Signals {
    /// Bytes of heap memory held.
    pub(crate) fn memory_usage(&self) -> usize {
        self.fields.capacity() * size_of::<Counts>()
    }

    /// Forgets the last document.
    pub(crate) fn clear(&mut self) {
        self.measured = false;
        self.words = false;
    }

    /// The signal over one field, or over all: counts add, ratios use the sums,
    /// maxima stay.
    pub(crate) fn get(
        &mut self,
        signal: Signal,
        field: Option<FieldId>,
        texts: &[&str],
        views: &mut [LazyView],
    ) -> f64 {
        if !self.measured {
            self.fields.clear();
            self.fields.extend(texts.iter().map(|text| measure::counts(text)));
            self.measured = true;
        }
        let of_words = match signal {
            Signal::Words | Signal::UniqueRatio => true,
            // ASCII has letters of one script.
            Signal::MixedScript => texts.iter().any(|text| !text.is_ascii()),
            _ => false,
        };
        if of_words && !self.words {
            for ((counts, text), view) in self.fields.iter_mut().zip(texts).zip(views) {
                measure::words(view.of(text), counts);
            }
            self.words = true;
        }
        match field {
            Some(field) => of(signal, &self.fields[field.index()]),
            None if self.fields.len() == 1 => of(signal, &self.fields[0]),
            None => of(signal, &self.fields.iter().fold(Counts::default(), Counts::plus)),
        }
    }
}

fn of(signal: Signal, counts: &Counts) -> f64 {
    let ratio = |part: u32, whole: u32| {
        if whole == 0 { 0.0 } else { f64::from(part) / f64::from(whole) }
    };
    match signal {
        Signal::Length => f64::from(counts.length),
        Signal::Words => f64::from(counts.words),
        Signal::Letters => f64::from(counts.letters),
        Signal::Lines => f64::from(counts.lines),
        Signal::Emoji => f64::from(counts.emoji),
        Signal::Links => f64::from(counts.links),
        Signal::Mentions => f64::from(counts.mentions),
        Signal::Hashtags => f64::from(counts.hashtags),
        Signal::Invisible => f64::from(counts.invisible),
        Signal::CapsRatio => ratio(counts.upper, counts.cased),
        Signal::DigitRatio => ratio(counts.digits, counts.visible),
        Signal::SymbolRatio => ratio(counts.symbols, counts.visible),
        Signal::UniqueRatio => ratio(counts.distinct_words, counts.words),
        Signal::LongestRun => f64::from(counts.longest_run),
        Signal::MixedScript => f64::from(counts.mixed_words),
        Signal::Zalgo => f64::from(counts.most_marks),
        // Not measured on the text alone; the evaluator answers them.
        Signal::EvasionCost | Signal::Saturated => 0.0,
    }
}
