//! Models: `docs/models.md`, said a second time, with every n-gram written out.

use super::chars;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use std::collections::BTreeMap;

/// A model, read without a doubt: whether a file is sound is for the engine to say.
#[derive(Debug)]
pub struct Model {
    bits: u32,
    unit: f64,
    bias: f64,
    weights: BTreeMap<u64, i64>,
}

impl Model {
    /// The model in a file.
    ///
    /// # Panics
    /// When it is none.
    pub fn read(text: &str) -> Self {
        let value = |key: &str| -> i64 {
            let mut lines = text.lines();
            let found = lines.find_map(|line| line.strip_prefix(key)?.strip_prefix(' '));
            found.and_then(|value| value.parse().ok()).unwrap_or_else(|| panic!("no `{key}`"))
        };
        let count = value("weights");
        let head = |line: &&str| !line.starts_with("weights ");
        let body = text.lines().skip_while(head).skip(1);
        let body: String = body.take_while(|line| !line.starts_with("sha256 ")).collect();
        let bytes = BASE64_STANDARD.decode(body).expect("base64");
        let mut numbers = numbers(&bytes).into_iter();
        let mut weights = BTreeMap::new();
        let mut place = 0;
        for _ in 0..count {
            place += numbers.next().expect("a distance");
            let zigzag = numbers.next().expect("a weight").cast_signed();
            let weight = if zigzag % 2 == 0 { zigzag / 2 } else { -(zigzag + 1) / 2 };
            weights.insert(place, weight);
            place += 1;
        }
        let bits = u32::try_from(value("bits")).expect("few bits");
        let unit = 1.0 / f64::from(1_u32 << value("shift"));
        Self { bits, unit, bias: value("bias") as f64, weights }
    }

    /// The probability for texts, each with n-grams of its own.
    pub fn probability(&self, texts: &[&str]) -> f64 {
        let all: Vec<u32> = texts.iter().flat_map(|text| features(&tamis::fold(text))).collect();
        if all.is_empty() {
            return 0.0;
        }
        let place = |hash: u32| u64::from(hash >> (32 - self.bits));
        let weights = all.iter().map(|&hash| self.weights.get(&place(hash)).copied().unwrap_or(0));
        let sum: i64 = weights.sum();
        let x = (self.bias + sum as f64 / (all.len() as f64).sqrt()) * self.unit;
        1.0 / (1.0 + (-x).exp())
    }
}

/// The LEB128 numbers in `bytes`.
fn numbers(bytes: &[u8]) -> Vec<u64> {
    let ends = |byte: &u8| byte & 0x80 == 0;
    bytes
        .split_inclusive(ends)
        .map(|number| number.iter().rev().fold(0, |sum, byte| sum << 7 | u64::from(byte & 0x7f)))
        .collect()
}

/// The hashes of all features of a folded text.
fn features(folded: &str) -> Vec<u32> {
    let in_word = |c: char| chars::is_letter(c) || chars::is_mark(c) || chars::is_digit(c);
    let blank = |c: char| chars::is_space(c) || chars::is_line_break(c);
    let plain = |c: char| if c.is_ascii_digit() { '0' } else { c };
    let parts: Vec<String> = folded
        .split(blank)
        .filter(|part| !part.is_empty())
        .map(|part| part.chars().map(plain).collect())
        .collect();
    if parts.is_empty() {
        return Vec::new();
    }
    let stream: Vec<char> = format!(" {} ", parts.join(" ")).chars().collect();
    let mut all = Vec::new();
    for length in 2..=5 {
        all.extend(stream.windows(length).map(|run| {
            let hash = run.iter().rev().fold(0x9e37_79b9_7f4a_7c15, |hash, &c| step(hash, c));
            finish(hash)
        }));
    }
    let words: Vec<u64> = stream
        .split(|&c| !in_word(c))
        .filter(|word| !word.is_empty())
        .map(|word| word.iter().fold(0xd1b5_4a32_d192_ed03, |hash, &c| step(hash, c)))
        .collect();
    all.extend(words.iter().map(|&word| finish(word)));
    all.extend(words.windows(2).map(|pair| {
        let first = 0x8cb9_2ba7_2f3d_8dd7 ^ pair[0].rotate_left(23);
        finish(first.wrapping_mul(0xff51_afd7_ed55_8ccd) ^ pair[1])
    }));
    all
}

fn step(hash: u64, c: char) -> u64 {
    (hash.rotate_left(5) ^ u64::from(u32::from(c))).wrapping_mul(0x517c_c1b7_2722_0a95)
}

fn finish(hash: u64) -> u32 {
    ((hash ^ (hash >> 32)).wrapping_mul(0xc4ce_b9fe_1a85_ec53) >> 32) as u32
}
