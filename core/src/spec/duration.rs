//! Lengths of time as people write them: `7 days`, `90s`, `1.5 hours`.

/// Seconds in each unit, with every name it goes by. A month is 30 days and a year 365.
pub const UNITS: &[(&[&str], f64)] = &[
    (&["second", "seconds", "sec", "secs", "s"], 1.0),
    (&["minute", "minutes", "min", "mins", "m"], 60.0),
    (&["hour", "hours", "h"], 3600.0),
    (&["day", "days", "d"], 86_400.0),
    (&["week", "weeks", "w"], 604_800.0),
    (&["month", "months"], 2_592_000.0),
    (&["year", "years", "y"], 31_536_000.0),
];

/// The seconds in one `unit`, if there is such a unit.
pub fn unit_seconds(unit: &str) -> Option<f64> {
    UNITS.iter().find(|(names, _)| names.contains(&unit)).map(|&(_, seconds)| seconds)
}

/// The seconds that `text` stands for: a number and a unit, with or without a
/// space; a leading `-` is allowed.
pub fn parse(text: &str) -> Option<f64> {
    let text = text.trim();
    let split = text.find(|c: char| c.is_ascii_alphabetic())?;
    let (number, unit) = text.split_at(split);
    let number = number.trim();
    let plain = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+');
    if number.is_empty() || !number.chars().all(plain) {
        return None;
    }
    let value = number.parse::<f64>().ok()?;
    Some(value * unit_seconds(unit)?)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn reads_numbers_with_units() {
        assert_eq!(parse("2 days"), Some(172_800.0));
        assert_eq!(parse("90s"), Some(90.0));
        assert_eq!(parse(" 1.5 hours "), Some(5400.0));
        assert_eq!(parse("-1 day"), Some(-86_400.0));
        for bad in ["", "2", "days", "2 fortnights", "2 3 days", "1e3 s"] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }
}
