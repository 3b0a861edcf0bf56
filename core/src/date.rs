//! Days of the calendar, for `expires:`. The engine reads no clock: today is
//! always something the caller says.

use std::fmt;
use std::str::FromStr;

/// A day of the Gregorian calendar, from year 0 to 9999.
///
/// ```
/// use tamis::Date;
/// let day: Date = "2026-11-30".parse().unwrap();
/// assert!(day < Date::new(2026, 12, 1).unwrap());
/// assert_eq!(Date::from_unix(0).to_string(), "1970-01-01");
/// assert!("2026-02-29".parse::<Date>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// Year, month and day.
    pub(crate) fn parts(self) -> (u16, u8, u8) {
        (self.year, self.month, self.day)
    }

    /// The day, if the calendar has it.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap =
            year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            2 => 28 + u8::from(leap),
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        (year <= 9999 && (1..=days).contains(&day)).then_some(Self { year, month, day })
    }

    /// The day in UTC, from seconds since 1970; at most the last day of 9999.
    #[expect(clippy::cast_possible_truncation, reason = "bounded by the last day of 9999")]
    pub fn from_unix(seconds: u64) -> Self {
        // Years are counted from March, so that the leap day comes last.
        let days = (seconds / 86_400).min(2_932_896) + 719_468;
        let (era, day_of_era) = (days / 146_097, days % 146_097);
        let leaps = day_of_era / 1460 + day_of_era / 146_096 - day_of_era / 36_524;
        let year_of_era = (day_of_era - leaps) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let year = era * 400 + year_of_era + u64::from(month <= 2);
        Self { year: year as u16, month: month as u8, day: day as u8 }
    }
}

/// As policies write it: `2026-11-30`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// A text that is no day of the calendar, written `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoDate;

impl fmt::Display for NoDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a day of the calendar, written as `2026-11-30`")
    }
}

impl std::error::Error for NoDate {}

impl FromStr for Date {
    type Err = NoDate;

    fn from_str(text: &str) -> Result<Self, NoDate> {
        fn digits<T: FromStr>(part: Option<&str>, len: usize) -> Option<T> {
            let part = part?;
            let usable = part.len() == len && part.bytes().all(|b| b.is_ascii_digit());
            usable.then(|| part.parse().ok()).flatten()
        }
        let mut parts = text.split('-');
        let year = digits(parts.next(), 4).ok_or(NoDate)?;
        let month = digits(parts.next(), 2).ok_or(NoDate)?;
        let day = digits(parts.next(), 2).ok_or(NoDate)?;
        if parts.next().is_some() {
            return Err(NoDate);
        }
        Self::new(year, month, day).ok_or(NoDate)
    }
}

#[cfg(test)]
mod tests {
    use super::Date;

    #[test]
    fn dates_are_days_of_the_calendar() {
        for (text, expected) in [
            ("2026-11-30", true),
            ("2024-02-29", true),
            ("2026-02-29", false),
            ("2100-02-29", false),
            ("2026-13-01", false),
            ("2026-1-1", false),
            ("30.11.2026", false),
            ("2026-11-30T00:00", false),
            ("2026-11-00", false),
        ] {
            assert_eq!(text.parse::<Date>().is_ok(), expected, "{text}");
        }
    }

    #[test]
    fn days_since_1970() {
        for (days, text) in [
            (0, "1970-01-01"),
            (58, "1970-02-28"),
            (59, "1970-03-01"),
            (11_016, "2000-02-29"),
            (11_017, "2000-03-01"),
            (20_453, "2025-12-31"),
            (20_454, "2026-01-01"),
            (2_932_896, "9999-12-31"),
            (u64::MAX / 86_400, "9999-12-31"),
        ] {
            assert_eq!(Date::from_unix(days * 86_400).to_string(), text);
        }
    }
}
