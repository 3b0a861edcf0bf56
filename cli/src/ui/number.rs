//! Numbers as people like to read them.

/// `12,345`.
pub(crate) fn count(n: u64) -> String {
    group(&n.to_string())
}

/// Digits in groups of three.
fn group(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 row`, `2 rows`.
pub(crate) fn plural(n: u64, what: &str) -> String {
    format!("{} {what}{}", count(n), if n == 1 { "" } else { "s" })
}

/// `12.34 %` of the whole.
pub(crate) fn share(part: u64, whole: u64) -> String {
    let share = if whole == 0 { 0.0 } else { part as f64 / whole as f64 * 100.0 };
    if part > 0 && share < 0.005 {
        return "< 0.01 %".to_owned();
    }
    format!("{share:.2} %")
}

/// `1.2 MB`.
pub(crate) fn bytes(n: u64) -> String {
    match n {
        0..1000 => format!("{n} bytes"),
        1000..1_000_000 => format!("{:.1} kB", n as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", n as f64 / 1e6),
        _ => format!("{:.2} GB", n as f64 / 1e9),
    }
}

/// `850 ms`, `1.2 s`, `3 min 20 s`.
pub(crate) fn seconds(seconds: f64) -> String {
    if seconds < 1.0 {
        return format!("{:.0} ms", seconds * 1e3);
    }
    if seconds < 100.0 {
        return format!("{seconds:.1} s");
    }
    let minutes = (seconds / 60.0).floor();
    format!("{minutes} min {:.0} s", (seconds - 60.0 * minutes).floor())
}

/// `640 ns`, `1.25 µs`, `3.4 ms`.
pub(crate) fn nanos(ns: u64) -> String {
    match ns {
        0..1000 => format!("{ns} ns"),
        1000..1_000_000 => format!("{:.2} µs", ns as f64 / 1e3),
        _ => format!("{:.2} ms", ns as f64 / 1e6),
    }
}

/// A rate with as many digits as it deserves: `0.85`, `12.3`, `1,234`.
pub(crate) fn rate(rate: f64) -> String {
    match rate {
        r if r >= 100.0 => group(&format!("{r:.0}")),
        r if r >= 10.0 => format!("{r:.1}"),
        r => format!("{r:.2}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        assert_eq!(count(0), "0");
        assert_eq!(count(999), "999");
        assert_eq!(count(1_234_567), "1,234,567");
        assert_eq!(plural(1, "row"), "1 row");
        assert_eq!(plural(0, "row"), "0 rows");
        assert_eq!(share(1, 3), "33.33 %");
        assert_eq!(share(1, 1_000_000), "< 0.01 %");
        assert_eq!(share(0, 0), "0.00 %");
        assert_eq!(bytes(6_403_151), "6.4 MB");
        assert_eq!(seconds(0.0512), "51 ms");
        assert_eq!(seconds(200.0), "3 min 20 s");
        assert_eq!(nanos(1250), "1.25 µs");
        assert_eq!(rate(1234.4), "1,234");
    }
}
