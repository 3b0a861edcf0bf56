//! Learning the weights: logistic regression by coordinate ascent on the dual.
//!
//! What is minimized is `½‖w‖² + Σ Cᵢ log(1 + e^(−yᵢ w·xᵢ))`. Each step settles the
//! share of one example exactly (Yu, Huang and Lin, 2011), so that there is no
//! learning rate to choose, and the result hardly depends on the order. All of it is
//! IEEE 754 and `libm`: the same documents give the same model, byte for byte,
//! whatever their order and the machine.

use super::features::features;
use super::file::MAX_SHIFT;
use super::measure::{Measured, Measures};
use super::{BITS, Model, sigmoid};
use crate::view;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt;

/// A document to learn from.
#[derive(Clone, Debug)]
pub struct Example {
    /// Its texts, folded.
    texts: Vec<String>,
    /// It has the label.
    positive: bool,
}

impl Example {
    /// A document with these texts; n-grams do not run from one into the next.
    pub fn new<T: AsRef<str>>(texts: &[T], positive: bool) -> Self {
        Self { texts: texts.iter().map(|text| view::fold(text.as_ref())).collect(), positive }
    }
}

/// How to learn.
#[derive(Clone, Debug)]
pub struct Options {
    /// What the model is for.
    pub label: String,
    /// There are 2 to this power weights; see [`BITS`].
    pub bits: u8,
    /// How much an error costs beside large weights (`C`): more follows the examples
    /// closer, less generalizes more.
    pub strength: f64,
    /// Documents with the label count as much in all as those without.
    pub balance: bool,
    /// The share of the documents that quality is measured on, from 0 to 0.9. The
    /// model itself is then trained on all of them.
    pub held_out: f64,
    /// Passes over the documents at most.
    pub passes: u32,
    /// Another seed shuffles, and holds out, others.
    pub seed: u64,
}

impl Options {
    /// The defaults, for a label.
    pub fn new(label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            bits: 18,
            strength: 10.0,
            balance: false,
            held_out: 0.2,
            passes: 60,
            seed: 1,
        }
    }

    fn check(&self) -> Result<(), TrainError> {
        let wrong = |what: &str| Err(TrainError::Option(what.to_owned()));
        if !BITS.contains(&self.bits) {
            return wrong(&format!("bits are {} to {}", BITS.start(), BITS.end()));
        }
        if !(self.strength.is_finite() && self.strength > 0.0 && self.strength <= 1e6) {
            return wrong("the strength is a number above 0, and 1000000 at most");
        }
        if !(0.0..=0.9).contains(&self.held_out) {
            return wrong("the share that is held out is 0 to 0.9");
        }
        let label = self.label.as_str();
        if label.is_empty() || label.trim() != label || label.contains(char::is_control) {
            return wrong("the label is a word or a few, on one line");
        }
        Ok(())
    }
}

/// A model, and how good it is.
#[derive(Clone, Debug)]
pub struct Trained {
    /// Trained on all documents.
    pub model: Model,
    /// The quality, on the documents that were held out, of a model trained on the others.
    pub measures: Option<Measures>,
}

/// Why nothing could be learned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TrainError {
    /// An option that makes no sense.
    Option(String),
    /// Of the documents, too few have the label: how many.
    FewPositives(usize),
    /// Too few lack it.
    FewNegatives(usize),
}

impl fmt::Display for TrainError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let few = |count: &usize| match count {
            0 => "no document".to_owned(),
            1 => "one document".to_owned(),
            n => format!("{n} documents"),
        };
        match self {
            Self::Option(what) => f.write_str(what),
            Self::FewPositives(n) => write!(f, "{} with the label: a model needs two", few(n)),
            Self::FewNegatives(n) => write!(f, "{} without the label: a model needs two", few(n)),
        }
    }
}

impl std::error::Error for TrainError {}

/// Learns from documents.
pub fn train(examples: &[Example], options: &Options) -> Result<Trained, TrainError> {
    options.check()?;
    let positives = examples.iter().filter(|example| example.positive).count();
    if positives < 2 {
        return Err(TrainError::FewPositives(positives));
    }
    if examples.len() - positives < 2 {
        return Err(TrainError::FewNegatives(examples.len() - positives));
    }
    let all = in_order(examples, options.seed);
    let (held, kept) = split(&all, options.held_out);
    let measures = (!held.is_empty()).then(|| {
        let model = learn(&kept, options);
        let probability = |example: &Example| model.squeeze(example.sum(&model));
        Measures::of(held.iter().map(|example| Measured {
            probability: probability(example),
            positive: example.positive,
        }))
    });
    Ok(Trained { model: learn(&all, options), measures })
}

impl Example {
    fn sum(&self, model: &Model) -> super::Sum {
        let sums = self.texts.iter().map(|text| model.sum(text));
        sums.fold(super::Sum::default(), super::Sum::plus)
    }
}

/// The examples in an order that depends on nothing but their texts and the seed.
fn in_order(examples: &[Example], seed: u64) -> Vec<&Example> {
    let mut all: Vec<([u8; 32], &Example)> = examples
        .iter()
        .map(|example| {
            let mut digest = Sha256::new();
            digest.update(seed.to_le_bytes());
            for text in &example.texts {
                digest.update((text.len() as u64).to_le_bytes());
                digest.update(text);
            }
            (digest.finalize().into(), example)
        })
        .collect();
    all.sort_by_key(|(digest, example)| (*digest, example.positive));
    all.into_iter().map(|(_, example)| example).collect()
}

/// A share of each class, and the rest. Documents with the same texts stay together:
/// one that was learned by heart says nothing about others.
fn split<'e>(all: &[&'e Example], share: f64) -> (Vec<&'e Example>, Vec<&'e Example>) {
    let mut sides: BTreeMap<&[String], bool> = BTreeMap::new();
    for class in [true, false] {
        let count = all.iter().filter(|example| example.positive == class).count();
        let wanted = (count as f64 * share).floor();
        // At least one of a class has to be left to learn from.
        let mut left = if wanted < 1.0 { 0.0 } else { wanted.min(count as f64 - 1.0) };
        for example in all.iter().filter(|example| example.positive == class) {
            let held = *sides.entry(&example.texts).or_insert(left >= 1.0);
            left -= f64::from(u8::from(held));
        }
    }
    all.iter().partition(|example| sides[example.texts.as_slice()])
}

/// The model of these examples.
fn learn(examples: &[&Example], options: &Options) -> Model {
    let positives = examples.iter().filter(|example| example.positive).count();
    let costs = costs(options, examples.len() as f64, positives as f64);
    let mut machine = Machine::new(options.bits);
    let mut shares: Vec<Share> = Vec::with_capacity(examples.len());
    for example in examples {
        machine.read(example);
        let cost = if example.positive { costs.0 } else { costs.1 };
        shares.push(Share { now: 0.0, cost, norm: machine.norm() });
    }
    let mut order: Vec<u32> = (0..examples.len() as u32).collect();
    let mut random = SplitMix(options.seed);
    for _ in 0..options.passes {
        shuffle(&mut order, &mut random);
        let mut most: f64 = 0.0;
        for &at in &order {
            let example = examples[at as usize];
            machine.read(example);
            let change = machine.step(&mut shares[at as usize], example.positive);
            most = most.max(change);
        }
        if most < 1e-3 {
            break;
        }
    }
    machine.finish(options, examples.len() as u64, positives as u64)
}

/// What an error on a document with the label costs, and on one without.
fn costs(options: &Options, documents: f64, positives: f64) -> (f64, f64) {
    if !options.balance || positives <= 0.0 || positives >= documents {
        return (options.strength, options.strength);
    }
    let half = options.strength * documents / 2.0;
    (half / positives, half / (documents - positives))
}

/// What one example contributes to the weights.
struct Share {
    now: f64,
    /// The most it can be.
    cost: f64,
    /// The square of the example's length.
    norm: f64,
}

/// The weights while they are learned, and the example that is looked at.
struct Machine {
    weights: Vec<f64>,
    bias: f64,
    shift: u32,
    /// The places of the features, and what one of them counts.
    places: Vec<u32>,
    unit: f64,
}

impl Machine {
    fn new(bits: u8) -> Self {
        let weights = vec![0.0; 1 << bits];
        Self { weights, bias: 0.0, shift: 32 - u32::from(bits), places: Vec::new(), unit: 0.0 }
    }

    fn read(&mut self, example: &Example) {
        self.places.clear();
        for text in &example.texts {
            features(text, |hash| self.places.push(hash >> self.shift));
        }
        let count = self.places.len();
        self.unit = if count == 0 { 0.0 } else { 1.0 / (count as f64).sqrt() };
    }

    /// The square of the length of the example, in which a feature counts as often as it occurs
    /// and the bias is one feature more. Sorts the features.
    fn norm(&mut self) -> f64 {
        self.places.sort_unstable();
        let runs = self.places.chunk_by(|a, b| a == b).map(|run| run.len() as f64);
        1.0 + runs.map(|count| count * count).sum::<f64>() * self.unit * self.unit
    }

    /// Settles the share of the example; how much that moved what the model says of it.
    fn step(&mut self, share: &mut Share, positive: bool) -> f64 {
        let sign = if positive { 1.0 } else { -1.0 };
        let sum: f64 = self.places.iter().map(|&at| self.weights[at as usize]).sum();
        let margin = sign * (sum * self.unit + self.bias);
        let settled = settle(margin, share);
        let delta = settled - share.now;
        share.now = settled;
        let each = sign * delta * self.unit;
        for &at in &self.places {
            self.weights[at as usize] += each;
        }
        self.bias += sign * delta;
        (delta * share.norm).abs()
    }

    /// The weights as whole numbers.
    fn finish(self, options: &Options, documents: u64, positives: u64) -> Model {
        let used = self.weights.iter().filter(|&&weight| weight != 0.0);
        let (count, squares) =
            used.fold((0_u64, 0.0), |(n, sum), weight| (n + 1, sum + weight * weight));
        let typical = (squares / (count.max(1) as f64)).sqrt();
        // A typical weight is some sixteen units: what rounding loses is far below what
        // the next document would change.
        let mut shift = 0;
        let mut scale = 1.0;
        while shift < MAX_SHIFT && typical * scale < 16.0 {
            shift += 1;
            scale *= 2.0;
        }
        let round = |weight: f64, most: f64| (weight * scale).round().clamp(-most, most);
        Model {
            label: options.label.clone(),
            bits: options.bits,
            shift,
            bias: round(self.bias, f64::from(i32::MAX)) as i32,
            documents,
            positives,
            weights: self.weights.iter().map(|&w| round(w, f64::from(i16::MAX)) as i16).collect(),
        }
    }
}

/// The share `a` at which `log(a / (C − a)) + margin + norm (a − now)` is 0: with
/// `a = C σ(t)` a rising function of `t`, whose root Newton's steps find within bounds.
fn settle(margin: f64, share: &Share) -> f64 {
    let Share { now, cost, norm } = *share;
    let (mut low, mut high) = (-margin - norm * (cost - now), -margin + norm * now);
    let mut t = if now > 0.0 { (-margin).clamp(low, high) } else { f64::midpoint(low, high) };
    for _ in 0..40 {
        let p = sigmoid(t);
        let value = t + margin + norm * (cost * p - now);
        if value.abs() < 1e-9 {
            break;
        }
        if value > 0.0 {
            high = t;
        } else {
            low = t;
        }
        let next = t - value / (1.0 + norm * cost * p * (1.0 - p));
        t = if next > low && next < high { next } else { f64::midpoint(low, high) };
    }
    cost * sigmoid(t)
}

/// Steele, Lea and Flood's generator: enough for shuffling.
struct SplitMix(u64);

impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

fn shuffle(order: &mut [u32], random: &mut SplitMix) {
    for at in (1..order.len()).rev() {
        let other = (u128::from(random.next()) * (at as u128 + 1)) >> 64;
        order.swap(at, other as usize);
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "nothing read is exactly zero")]
mod tests {
    use super::*;

    const ADS: [&str; 6] = [
        "cheap gold for sale",
        "buy cheap gems now",
        "gold and gems, cheap",
        "sale: gems for gold",
        "free gems here",
        "free gold now",
    ];
    const TALK: [&str; 6] = [
        "see you tomorrow",
        "that was a good game",
        "thanks for the help",
        "where do we meet",
        "i have to go now",
        "see you there",
    ];

    fn examples() -> Vec<Example> {
        let with = |texts: [&'static str; 6], label| texts.map(|text| Example::new(&[text], label));
        with(ADS, true).into_iter().chain(with(TALK, false)).collect()
    }

    #[test]
    fn what_was_learned_is_known_and_carries_over() {
        let options = Options { held_out: 0.0, ..Options::new("spam") };
        let model = train(&examples(), &options).unwrap().model;
        for (ad, talk) in ADS.iter().zip(TALK) {
            assert!(model.probability(ad) > 0.6, "{ad}: {}", model.probability(ad));
            assert!(model.probability(talk) < 0.4, "{talk}: {}", model.probability(talk));
        }
        assert!(model.probability("GEMS, very CHEAP") > 0.6);
        assert!(model.probability("see you at the game") < 0.4);
        assert_eq!(model.probability(" \n"), 0.0);
        assert_eq!((model.documents(), model.positives()), (12, 6));
    }

    #[test]
    fn the_order_of_documents_makes_no_difference() {
        let options = Options::new("spam");
        let mut all = examples();
        let first = train(&all, &options).unwrap();
        all.reverse();
        all.swap(2, 7);
        let second = train(&all, &options).unwrap();
        assert_eq!(first.model.to_string(), second.model.to_string());
        assert_eq!(first.measures, second.measures);
        assert!(first.measures.is_some());
    }

    /// At the optimum each share is `C σ(−margin)`; nothing but the formula is assumed.
    #[test]
    fn the_optimum_is_reached() {
        let all = examples();
        let refs: Vec<&Example> = all.iter().collect();
        let options = Options { passes: 200, ..Options::new("spam") };
        let mut machine = Machine::new(options.bits);
        let mut shares: Vec<Share> = refs
            .iter()
            .map(|example| {
                machine.read(example);
                Share { now: 0.0, cost: options.strength, norm: machine.norm() }
            })
            .collect();
        for _ in 0..200 {
            for (example, share) in refs.iter().zip(&mut shares) {
                machine.read(example);
                machine.step(share, example.positive);
            }
        }
        for (example, share) in refs.iter().zip(&shares) {
            machine.read(example);
            let sum: f64 = machine.places.iter().map(|&at| machine.weights[at as usize]).sum();
            let sign = if example.positive { 1.0 } else { -1.0 };
            let margin = sign * (sum * machine.unit + machine.bias);
            let wanted = share.cost * sigmoid(-margin);
            assert!((share.now - wanted).abs() < 1e-3, "{} and {wanted}", share.now);
        }
    }

    #[test]
    fn classes_can_count_alike() {
        let mut all = examples();
        for n in 0..40 {
            all.push(Example::new(&[format!("good game number {n}")], false));
        }
        let plain = Options { held_out: 0.0, ..Options::new("spam") };
        let balanced = Options { balance: true, ..plain.clone() };
        let of = |options| train(&all, options).unwrap().model.probability("gems and a game");
        assert!(of(&balanced) > of(&plain));
    }

    #[test]
    fn what_is_held_out_is_a_share_of_each_class_and_never_learned() {
        let mut all = examples();
        all.extend(examples()); // every text twice
        let order = in_order(&all, 1);
        let (held, kept) = split(&order, 0.25);
        assert_eq!(held.len() + kept.len(), 24);
        let of = |list: &[&Example], class| list.iter().filter(|e| e.positive == class).count();
        assert_eq!((of(&held, true), of(&held, false)), (4, 4));
        assert!(held.iter().all(|h| kept.iter().all(|k| k.texts != h.texts)));
        assert!(split(&order, 0.0).0.is_empty());
    }

    #[test]
    fn too_little_to_learn_from_is_said() {
        let all = examples();
        let options = Options::new("spam");
        let failed = |list: &[Example], options: &Options| train(list, options).unwrap_err();
        assert_eq!(failed(&all[6..], &options), TrainError::FewPositives(0));
        assert_eq!(failed(&all[..7], &options), TrainError::FewNegatives(1));
        let odd = Options { bits: 40, ..Options::new("spam") };
        assert!(matches!(failed(&all, &odd), TrainError::Option(_)));
        let odd = Options { strength: f64::NAN, ..Options::new("spam") };
        assert!(matches!(failed(&all, &odd), TrainError::Option(_)));
    }
}
