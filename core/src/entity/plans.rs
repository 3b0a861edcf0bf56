//! The numbering plans of the world: which digits are a telephone number where.
//!
//! The tables come from libphonenumber's metadata as one automaton over digits,
//! so asking costs one step a digit and needs neither regexes nor locks.

use super::tables::phones::{ENDS, NEXT, REGIONS};
use serde::{Deserialize, Serialize};

/// A row of the table of plans; stored by its code, since rows may move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct Region(u16);

impl From<Region> for String {
    fn from(region: Region) -> Self {
        REGIONS[usize::from(region.0)].0.to_owned()
    }
}

impl TryFrom<String> for Region {
    type Error = String;

    fn try_from(code: String) -> Result<Self, String> {
        Region::parse(&code).ok_or_else(|| format!("there is no region {code}"))
    }
}

/// Hands all bytes of the tables to `take`.
pub(super) fn digest(take: &mut impl FnMut(&[u8])) {
    for (code, calling, trunk, start) in REGIONS {
        take(code.as_bytes());
        take(&calling.to_le_bytes());
        take(trunk.as_bytes());
        take(&start.to_le_bytes());
    }
    for next in &NEXT {
        take(&next.to_le_bytes());
    }
    for ends in &ENDS {
        take(&ends.to_le_bytes());
    }
}

impl Region {
    /// The region with a code of two letters, in any case.
    pub(super) fn parse(code: &str) -> Option<Region> {
        let code = match code {
            // What people write, and what ISO calls it.
            _ if code.eq_ignore_ascii_case("uk") => "GB",
            _ => code,
        };
        let at = REGIONS.iter().position(|row| row.0.eq_ignore_ascii_case(code))?;
        Some(Region(at as u16))
    }

    /// The calling code, without `+`.
    pub(super) fn calling_code(self) -> u16 {
        REGIONS[usize::from(self.0)].1
    }

    /// True when national calls of the region begin with a prefix.
    pub(super) fn dials_trunk(self) -> bool {
        !REGIONS[usize::from(self.0)].2.is_empty()
    }

    /// True when `digits` are a whole national number of the region, with or
    /// without its trunk prefix.
    pub(super) fn has_national(self, digits: &[u8]) -> bool {
        let (_, _, trunk, start) = REGIONS[usize::from(self.0)];
        accepts(start, digits) || strip(digits, trunk).is_some_and(|rest| accepts(start, rest))
    }

    /// True when `digits` are written with the region's trunk prefix.
    pub(super) fn has_trunk(self, digits: &[u8]) -> bool {
        let (_, _, trunk, start) = REGIONS[usize::from(self.0)];
        strip(digits, trunk).is_some_and(|rest| accepts(start, rest))
    }
}

/// What an international number, written without `+`, is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum International {
    /// A number of a plan.
    Valid,
    /// The calling code exists, and the rest has a length that numbers have.
    Possible,
    /// Neither.
    No,
}

/// Judges calling code and national number.
pub(super) fn international(digits: &[u8]) -> International {
    let mut best = International::No;
    for len in 1..=3.min(digits.len()) {
        let (code, national) = digits.split_at(len);
        let code = code.iter().fold(0, |sum, &digit| sum * 10 + u16::from(digit));
        let from = REGIONS.partition_point(|row| row.1 < code);
        let plans = REGIONS[from..].iter().take_while(|row| row.1 == code);
        for &(_, _, trunk, start) in plans {
            // `+44 (0)20 …` keeps the prefix of national calls.
            let spare = strip(national, trunk).filter(|_| trunk == "0");
            if accepts(start, national) || spare.is_some_and(|rest| accepts(start, rest)) {
                return International::Valid;
            }
            if (7..=12).contains(&national.len()) {
                best = International::Possible;
            }
        }
    }
    best
}

/// True when the automaton ends after `digits`.
fn accepts(start: u16, digits: &[u8]) -> bool {
    let mut state = usize::from(start);
    for &digit in digits {
        state = usize::from(NEXT[state * 10 + usize::from(digit)]);
        if state == 0 {
            return false;
        }
    }
    ENDS[state / 64] >> (state % 64) & 1 != 0
}

/// The digits behind a prefix that is not empty.
fn strip<'d>(digits: &'d [u8], prefix: &str) -> Option<&'d [u8]> {
    let prefix = prefix.as_bytes();
    let starts = digits.len() > prefix.len()
        && !prefix.is_empty()
        && prefix.iter().zip(digits).all(|(&p, &d)| p - b'0' == d);
    starts.then(|| &digits[prefix.len()..])
}

#[cfg(test)]
mod tests {
    use super::{International, Region, international};

    fn digits(text: &str) -> Vec<u8> {
        text.bytes().map(|b| b - b'0').collect()
    }

    #[test]
    fn plans_know_their_numbers() {
        let has = |region: &str, number: &str| {
            Region::parse(region).expect("a region").has_national(&digits(number))
        };
        assert!(has("US", "2125550100") && has("us", "12125550100"));
        assert!(!has("US", "1125550100") && !has("US", "212555010"));
        assert!(has("GB", "02079460018") && has("UK", "2079460018"));
        assert!(!has("GB", "0207946001"));
        assert!(has("DE", "03023125000") && has("FR", "0199001234") && has("AU", "0291570156"));
        assert!(Region::parse("XX").is_none());
    }

    #[test]
    fn calling_codes_are_tried_at_each_length() {
        assert_eq!(international(&digits("12125550100")), International::Valid);
        assert_eq!(international(&digits("442079460018")), International::Valid);
        assert_eq!(international(&digits("4402079460018")), International::Valid);
        assert_eq!(international(&digits("35312345678")), International::Valid);
        assert_eq!(international(&digits("10005550100")), International::Possible);
        assert_eq!(international(&digits("9995550100")), International::No);
        assert_eq!(international(&[]), International::No);
    }
}
