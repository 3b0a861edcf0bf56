//! N-gram models: a text's probability of having a label, learned from examples.
//!
//! A model is a table of whole-number weights, found by the hashes of a text's
//! `features`. The sum of their weights, divided by the root of their number, is
//! squeezed into 0 to 1. Sums are exact and the one function that is not an
//! operation of IEEE 754 is `libm`'s, so that a probability has the same bits on
//! every machine.

mod features;
mod file;
mod measure;
mod train;

pub use file::ModelError;
pub use measure::{Measures, Point};
pub use train::{Example, Options, TrainError, Trained, train};

use crate::view;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// The fewest and the most bits of a hash that name a weight.
pub const BITS: std::ops::RangeInclusive<u8> = 8..=20;

/// A trained model.
///
/// ```
/// use tamis::ngram::{Example, Model, Options, train};
/// let texts = ["cheap gold here", "cheap gems", "see you tomorrow", "good game", "gold for sale", "thanks a lot"];
/// let examples: Vec<_> =
///     texts.iter().enumerate().map(|(i, text)| Example::new(&[text], matches!(i, 0 | 1 | 4))).collect();
/// let model = train(&examples, &Options { held_out: 0.0, ..Options::new("spam") })?.model;
/// assert!(model.probability("cheap gold") > 0.5);
/// assert!(model.probability("good morning") < 0.5);
/// let same: Model = model.to_string().parse()?;
/// assert_eq!(same.probability("cheap gold"), model.probability("cheap gold"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct Model {
    label: String,
    /// The weights have 2 to this power places.
    bits: u8,
    /// A weight counts 2 to minus this power.
    shift: u8,
    /// What every text starts from, in the unit of the weights.
    bias: i32,
    documents: u64,
    positives: u64,
    weights: Box<[i16]>,
}

/// The weights of a text's features: what is left of it before it is a probability.
/// Sums of several texts add up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sum {
    total: i64,
    features: u64,
}

impl Sum {
    pub(crate) fn plus(self, other: Self) -> Self {
        Self { total: self.total + other.total, features: self.features + other.features }
    }
}

impl Model {
    /// The label it was trained for.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// How many documents it was trained on.
    pub fn documents(&self) -> u64 {
        self.documents
    }

    /// How many of them had the label.
    pub fn positives(&self) -> u64 {
        self.positives
    }

    /// Weights other than 0.
    pub fn weight_count(&self) -> usize {
        self.weights.iter().filter(|&&weight| weight != 0).count()
    }

    /// The probability that `text` has the label; 0 for a text in which nothing is written.
    pub fn probability(&self, text: &str) -> f64 {
        self.squeeze(self.sum(&view::fold(text)))
    }

    /// The sum of a folded text.
    pub(crate) fn sum(&self, folded: &str) -> Sum {
        let shift = 32 - u32::from(self.bits);
        let mut sum = Sum::default();
        features::features(folded, |hash| {
            sum.total += i64::from(self.weights[(hash >> shift) as usize]);
            sum.features += 1;
        });
        sum
    }

    /// The probability that a sum stands for.
    pub(crate) fn squeeze(&self, sum: Sum) -> f64 {
        if sum.features == 0 {
            return 0.0;
        }
        let unit = 1.0 / f64::from(1_u32 << self.shift);
        let mean = sum.total as f64 / (sum.features as f64).sqrt();
        sigmoid((f64::from(self.bias) + mean) * unit)
    }

    /// Bytes of heap memory held.
    pub(crate) fn memory_usage(&self) -> usize {
        self.weights.len() * size_of::<i16>() + self.label.capacity()
    }
}

/// 1 / (1 + e^−x), the same on every machine.
pub(crate) fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-x))
}

/// A model that has learned nothing.
impl Default for Model {
    fn default() -> Self {
        let weights = vec![0; 1 << *BITS.start()].into_boxed_slice();
        let label = String::new();
        Self { label, bits: *BITS.start(), shift: 0, bias: 0, documents: 0, positives: 0, weights }
    }
}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Model")
            .field("label", &self.label)
            .field("documents", &self.documents)
            .field("weights", &self.weight_count())
            .finish_non_exhaustive()
    }
}

/// As the text of its file: small, and checked when it is read.
impl Serialize for Model {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_string())
    }
}

impl<'de> Deserialize<'de> for Model {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
