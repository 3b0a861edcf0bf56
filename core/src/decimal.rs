//! Points and scores: decimals with at most three places, summed exactly.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A decimal with three places, held as an integer number of thousandths.
///
/// Sums of `Milli` are exact and independent of order, which floats are not.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Milli(pub i64);

impl Milli {
    /// Nought.
    pub const ZERO: Milli = Milli(0);
    /// Magnitudes beyond this are refused: sums of any policy stay far from overflow.
    pub const MAX: Milli = Milli(1_000_000_000_000);

    /// The nearest `f64`, exact in print for every allowed value.
    pub fn to_f64(self) -> f64 {
        self.0 as f64 / 1000.0
    }
}

/// Why a text is no [`Milli`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecimalError {
    /// Not of the form `-12.345`.
    Syntax,
    /// More than three digits after the point.
    Places,
    /// Beyond [`Milli::MAX`].
    Range,
}

impl fmt::Display for DecimalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Syntax => "not a decimal number",
            Self::Places => "more than three decimal places",
            Self::Range => "number out of range",
        })
    }
}

impl std::error::Error for DecimalError {}

impl FromStr for Milli {
    type Err = DecimalError;

    fn from_str(s: &str) -> Result<Self, DecimalError> {
        let (negative, digits) = match s.as_bytes() {
            [b'-', ..] => (true, &s[1..]),
            [b'+', ..] => (false, &s[1..]),
            _ => (false, s),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let is_digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() && fraction.is_empty() || !is_digits(whole) || !is_digits(fraction) {
            return Err(DecimalError::Syntax);
        }
        let fraction = fraction.trim_end_matches('0');
        if fraction.len() > 3 {
            return Err(DecimalError::Places);
        }
        let whole = whole.trim_start_matches('0');
        if whole.len() > 10 {
            return Err(DecimalError::Range);
        }
        let parse = |t: &str| if t.is_empty() { 0 } else { t.parse::<i64>().unwrap_or(0) };
        let places = [1000, 100, 10, 1][fraction.len()];
        let value = parse(whole) * 1000 + parse(fraction) * places;
        if value > Self::MAX.0 {
            return Err(DecimalError::Range);
        }
        Ok(Milli(if negative { -value } else { value }))
    }
}

impl fmt::Display for Milli {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, fraction) = (self.0.unsigned_abs() / 1000, self.0.unsigned_abs() % 1000);
        if fraction == 0 {
            return write!(f, "{sign}{whole}");
        }
        let fraction = format!("{fraction:03}");
        write!(f, "{sign}{whole}.{}", fraction.trim_end_matches('0'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_and_prints() {
        for (text, thousandths, printed) in [
            ("0", 0, "0"),
            ("5", 5000, "5"),
            ("5.0", 5000, "5"),
            ("-0.5", -500, "-0.5"),
            (".125", 125, "0.125"),
            ("+2.10", 2100, "2.1"),
            ("0.1000", 100, "0.1"),
        ] {
            let value: Milli = text.parse().unwrap();
            assert_eq!(value, Milli(thousandths), "{text}");
            assert_eq!(value.to_string(), printed);
        }
        for (text, error) in [
            ("", DecimalError::Syntax),
            (".", DecimalError::Syntax),
            ("1e3", DecimalError::Syntax),
            ("0.0001", DecimalError::Places),
            ("99999999999", DecimalError::Range),
        ] {
            assert_eq!(text.parse::<Milli>(), Err(error), "{text}");
        }
    }
}
