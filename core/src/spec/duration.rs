//! Lengths of time as people write them: `7 days`, `2h`, `1.5 weeks`.

/// The seconds of a unit: `s`, `second`, `seconds`, … up to years of 365 days.
pub fn unit_seconds(unit: &str) -> Option<f64> {
    Some(match unit {
        "s" | "sec" | "second" | "seconds" => 1.0,
        "min" | "minute" | "minutes" => 60.0,
        "h" | "hour" | "hours" => 3_600.0,
        "d" | "day" | "days" => 86_400.0,
        "w" | "week" | "weeks" => 604_800.0,
        "month" | "months" => 2_592_000.0,
        "year" | "years" => 31_536_000.0,
        _ => return None,
    })
}

/// The units by their full names, for hints.
pub const UNITS: [&str; 7] = ["seconds", "minutes", "hours", "days", "weeks", "months", "years"];

/// The seconds of a text such as `7 days`.
pub fn parse(text: &str) -> Option<f64> {
    let text = text.trim();
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let number: f64 = text[..end].parse().ok()?;
    let seconds = number * unit_seconds(text[end..].trim_start())?;
    Some(if negative { -seconds } else { seconds })
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn reads_units() {
        for (text, seconds) in [
            ("7 days", Some(604_800.0)),
            ("2h", Some(7_200.0)),
            (" 1.5 min ", Some(90.0)),
            ("-1 second", Some(-1.0)),
            ("7", None),
            ("days", None),
            ("7 moons", None),
            ("1.2.3 days", None),
            (". days", None),
            ("", None),
        ] {
            assert_eq!(parse(text), seconds, "{text}");
        }
    }
}
