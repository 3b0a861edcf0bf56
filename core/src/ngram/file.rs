//! The file of a model: text, so that it travels wherever a policy's sources do.
//!
//! ```text
//! tamis-model 1              what it is, and the version of the format
//! label spam                 what it was trained for
//! documents 5573             on how many documents,
//! positives 747              and how many of them had the label
//! bits 18                    2^18 places for weights
//! shift 6                    weights count 2^-6
//! bias -123                  in the unit of the weights
//! weights 70312              how many weights other than 0 follow, in base64:
//! …                          for each the distance from the place before it and the
//! …                          weight, zigzag, both as LEB128; 76 characters a line
//! sha256 …                   of all lines before this one, each with a line feed
//! ```

use super::{BITS, Model};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};
use std::fmt::{self, Write};
use std::ops::Range;
use std::str::FromStr;

const MAGIC: &str = "tamis-model";
const VERSION: &str = "1";
/// Characters of base64 a line.
const LINE: usize = 76;
/// The greatest `shift`.
pub(super) const MAX_SHIFT: u8 = 24;

/// Why a text is no model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelError {
    message: String,
    /// Bytes of the text that are wrong.
    place: Range<usize>,
    hint: &'static str,
}

impl ModelError {
    fn new(message: impl Into<String>, place: Range<usize>) -> Self {
        let hint = "the file is damaged, or was changed by hand; train the model again";
        Self { message: message.into(), place, hint }
    }

    /// The bytes of the text that are wrong.
    pub fn place(&self) -> Range<usize> {
        self.place.clone()
    }

    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        self.hint
    }
}

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ModelError {}

impl fmt::Display for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = format!(
            "{MAGIC} {VERSION}\nlabel {}\ndocuments {}\npositives {}\nbits {}\nshift {}\nbias {}\nweights {}\n",
            self.label,
            self.documents,
            self.positives,
            self.bits,
            self.shift,
            self.bias,
            self.weight_count()
        );
        let body = BASE64_STANDARD.encode(packed(&self.weights));
        let mut rest = body.as_str();
        while !rest.is_empty() {
            let (line, more) = rest.split_at(rest.len().min(LINE));
            text.push_str(line);
            text.push('\n');
            rest = more;
        }
        let digest = hex(&Sha256::digest(text.as_bytes()));
        writeln!(f, "{text}sha256 {digest}")
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn packed(weights: &[i16]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut next = 0;
    for (at, &weight) in weights.iter().enumerate().filter(|row| *row.1 != 0) {
        leb128(at as u32 - next, &mut bytes);
        let weight = i32::from(weight);
        leb128(((weight << 1) ^ (weight >> 31)).cast_unsigned(), &mut bytes);
        next = at as u32 + 1;
    }
    bytes
}

fn leb128(mut value: u32, bytes: &mut Vec<u8>) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

impl FromStr for Model {
    type Err = ModelError;

    fn from_str(text: &str) -> Result<Self, ModelError> {
        let mut lines = Lines::new(text);
        lines.magic()?;
        let label = lines.value("label")?;
        let label = label.0.to_owned();
        let documents = lines.number("documents", 0..=u64::MAX)?;
        let positives = lines.number("positives", 0..=documents)?;
        let bits = lines.number("bits", (*BITS.start()).into()..=(*BITS.end()).into())? as u8;
        let shift = lines.number("shift", 0..=MAX_SHIFT.into())? as u8;
        let bias = lines.bias()?;
        let count = lines.number("weights", 0..=1 << bits)?;
        let body = lines.body()?;
        let from = body.1.clone();
        let broken = |message: &str| ModelError::new(message, from.clone());
        let bytes =
            BASE64_STANDARD.decode(body.0).map_err(|_| broken("the weights are not base64"))?;
        let weights = unpacked(&bytes, bits, count).map_err(broken)?;
        Ok(Self { label, bits, shift, bias, documents, positives, weights })
    }
}

/// The weights in `bytes`, which has to be what [`packed`] writes.
fn unpacked(bytes: &[u8], bits: u8, count: u64) -> Result<Box<[i16]>, &'static str> {
    let mut weights = vec![0; 1 << bits].into_boxed_slice();
    let mut rest = bytes;
    let mut next = 0_usize;
    for _ in 0..count {
        let gap = read_leb128(&mut rest)?;
        let zigzag = read_leb128(&mut rest)?;
        let weight = (zigzag >> 1).cast_signed() ^ -((zigzag & 1).cast_signed());
        let weight = i16::try_from(weight).map_err(|_| "a weight is too large")?;
        if weight == 0 {
            return Err("a weight is 0");
        }
        let place = next.checked_add(gap as usize).filter(|&at| at < weights.len());
        let place = place.ok_or("a weight has a place beyond the last")?;
        weights[place] = weight;
        next = place + 1;
    }
    if rest.is_empty() { Ok(weights) } else { Err("there are more weights than the file says") }
}

fn read_leb128(bytes: &mut &[u8]) -> Result<u32, &'static str> {
    let mut value = 0;
    for shift in [0, 7, 14, 21] {
        let (&byte, rest) =
            bytes.split_first().ok_or("there are fewer weights than the file says")?;
        *bytes = rest;
        value |= u32::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Ok(value);
        }
    }
    Err("a number is too long")
}

/// The lines of a model, with the digest of those that were read.
struct Lines<'t> {
    text: &'t str,
    at: usize,
    digest: Sha256,
}

type Line<'t> = (&'t str, Range<usize>);

impl<'t> Lines<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, at: 0, digest: Sha256::new() }
    }

    /// The next line; an editor or a version control may have changed how lines end.
    fn next(&mut self) -> Option<Line<'t>> {
        let rest = &self.text[self.at..];
        if rest.is_empty() {
            return None;
        }
        let end = rest.find('\n').unwrap_or(rest.len());
        let line = rest[..end].trim_end_matches('\r');
        let place = self.at..self.at + line.len();
        self.at = (self.at + end + 1).min(self.text.len());
        Some((line, place))
    }

    /// The next line, which counts for the digest.
    fn take(&mut self) -> Option<Line<'t>> {
        let line = self.next()?;
        self.digest.update(line.0);
        self.digest.update("\n");
        Some(line)
    }

    fn ended(&self, wanted: &str) -> ModelError {
        let end = self.text.len();
        ModelError::new(format!("the model ends before its `{wanted}`"), end..end)
    }

    fn magic(&mut self) -> Result<(), ModelError> {
        let (line, place) = self.take().ok_or_else(|| self.ended(MAGIC))?;
        match line.split_once(' ') {
            Some((MAGIC, VERSION)) => Ok(()),
            Some((MAGIC, version)) => {
                let shown: String = version.chars().take(20).collect();
                let message = format!("models of version `{shown}` are not known here");
                let hint = "train it with this version of Tamis, or use the Tamis that wrote it";
                Err(ModelError { hint, ..ModelError::new(message, place) })
            }
            _ => {
                let hint = "`tamis train CORPUS… --label NAME -o FILE` writes models";
                let place = place.start..place.end.min(floor(self.text, place.start + 60));
                Err(ModelError { hint, ..ModelError::new("the file is no model of Tamis", place) })
            }
        }
    }

    fn value(&mut self, key: &str) -> Result<Line<'t>, ModelError> {
        let (line, place) = self.take().ok_or_else(|| self.ended(key))?;
        match line.strip_prefix(key).and_then(|rest| rest.strip_prefix(' ')) {
            Some(value) if !value.is_empty() && value.trim() == value => {
                Ok((value, place.end - value.len()..place.end))
            }
            _ => Err(ModelError::new(format!("here should be `{key} …`"), place)),
        }
    }

    fn number(
        &mut self,
        key: &str,
        allowed: std::ops::RangeInclusive<u64>,
    ) -> Result<u64, ModelError> {
        let (value, place) = self.value(key)?;
        let is_number = value.bytes().all(|b| b.is_ascii_digit());
        let number = value.parse().ok().filter(|number| is_number && allowed.contains(number));
        number.ok_or_else(|| {
            let (low, high) = allowed.into_inner();
            let message = format!("`{key}` is a whole number from {low} to {high}");
            ModelError::new(message, place)
        })
    }

    fn bias(&mut self) -> Result<i32, ModelError> {
        let (value, place) = self.value("bias")?;
        value.parse().map_err(|_| ModelError::new("`bias` is a whole number", place))
    }

    /// The lines of base64 as one text, and the digest behind them checked.
    fn body(&mut self) -> Result<(String, Range<usize>), ModelError> {
        let start = self.at;
        let mut body = String::new();
        loop {
            let before = self.digest.clone();
            let (line, place) = self.take().ok_or_else(|| self.ended("sha256"))?;
            let Some(written) = line.strip_prefix("sha256 ") else {
                body.push_str(line);
                continue;
            };
            if hex(&before.finalize()) != written {
                let message = "the checksum is not that of the model";
                return Err(ModelError::new(message, place));
            }
            return match self.next() {
                None => Ok((body, start..place.start)),
                Some((_, place)) => {
                    Err(ModelError::new("there is something behind the model's end", place))
                }
            };
        }
    }
}

/// The largest character boundary of `text` that is at most `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model() -> Model {
        let mut weights = vec![0; 1 << 8].into_boxed_slice();
        for (at, weight) in [(0, 1), (1, -1), (2, 64), (130, -65), (131, i16::MAX), (255, i16::MIN)]
        {
            weights[at] = weight;
        }
        let label = "spam/scam".to_owned();
        Model { label, bits: 8, shift: 6, bias: -123, documents: 10, positives: 4, weights }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let text = model().to_string();
        assert_eq!(text.parse(), Ok(model()));
        assert_eq!(text.replace('\n', "\r\n").parse(), Ok(model()), "line ends may change");
        let nothing = Model { weights: vec![0; 1 << 8].into_boxed_slice(), ..model() };
        assert_eq!(nothing.to_string().parse(), Ok(nothing));
    }

    #[test]
    fn every_change_of_a_byte_and_every_cut_is_found() {
        let text = model().to_string();
        for at in 0..text.len() {
            for with in ["x", "0", " ", "\n", "é", ""] {
                let changed = format!("{}{with}{}", &text[..at], &text[at + 1..]);
                // Without the line feed at the end it is still whole.
                let whole = changed == text || changed == text.trim_end();
                let read = changed.parse::<Model>();
                assert_eq!(read.is_ok(), whole, "byte {at} as {with:?}");
                if let Err(error) = read {
                    let place = error.place();
                    assert!(changed.get(place.clone()).is_some(), "{place:?} of {changed:?}");
                }
            }
            assert!(text[..at].parse::<Model>().is_err() || at + 1 == text.len());
        }
    }

    /// The checksum finds accidents; whoever writes it anew meets these checks.
    #[test]
    fn values_are_checked_behind_the_checksum() {
        let sealed = |lines: &str| format!("{lines}sha256 {}\n", hex(&Sha256::digest(lines)));
        let head = |bits: u64, weights: u64| {
            format!(
                "tamis-model 1\nlabel x\ndocuments 1\npositives 1\nbits {bits}\nshift 0\nbias 0\nweights {weights}\n"
            )
        };
        for (lines, message) in [
            (format!("{}AAI=\n", head(8, 1)), None),
            (format!("{}AAA=\n", head(8, 1)), Some("a weight is 0")),
            (format!("{}/////38C\n", head(8, 1)), Some("a number is too long")),
            (format!("{}gAIC\n", head(8, 1)), Some("a weight has a place beyond the last")),
            (format!("{}AICABA==\n", head(8, 1)), Some("a weight is too large")),
            (format!("{}AAIA\n", head(8, 2)), Some("there are fewer weights than the file says")),
            (
                format!("{}AAIAAg==\n", head(8, 1)),
                Some("there are more weights than the file says"),
            ),
            (format!("{}AA!\n", head(8, 1)), Some("the weights are not base64")),
            (head(40, 0), Some("`bits` is a whole number from 8 to 20")),
            (head(8, 300), Some("`weights` is a whole number from 0 to 256")),
        ] {
            let read = sealed(&lines).parse::<Model>();
            assert_eq!(read.err().map(|error| error.to_string()).as_deref(), message, "{lines}");
        }
    }
}
