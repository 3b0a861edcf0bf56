//! What single lines of a `.cf` file mean.

use super::{ABOUT_MAIL, Looks};

/// A line up to its `#`, unless that is escaped.
pub(super) fn without_comment(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if chars.next_if_eq(&'#').is_some() => out.push('#'),
            '#' => break,
            c => out.push(c),
        }
    }
    out
}

/// Whether the lines under an `if` count: those of a filter of version 4 with all plugins.
pub(super) fn holds(condition: &str) -> bool {
    const VERSION: f64 = 4.0;
    let text = condition.trim_start_matches('(').trim();
    if text.starts_with('!') {
        return false;
    }
    let Some(rest) = text.strip_prefix("version") else { return true };
    let rest = rest.trim();
    let sign = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
    let number: String =
        rest[sign..].chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
    let number: f64 = number.parse().unwrap_or(0.0);
    match rest[..sign].trim() {
        "<" => VERSION < number,
        "<=" => VERSION <= number,
        ">" => VERSION > number,
        "==" => (VERSION - number).abs() < f64::EPSILON,
        _ => VERSION >= number,
    }
}

/// `Subject =~ /words/i [if-unset: x]`.
pub(super) fn header(value: &str) -> Looks {
    let (name, rest) = value.split_once(char::is_whitespace).unwrap_or((value, ""));
    let rest = rest.trim();
    let plain = name.split(':').next().unwrap_or_default();
    if !plain.eq_ignore_ascii_case("subject") {
        return Looks::Lost(ABOUT_MAIL.to_owned());
    }
    for (sign, negated) in [("=~", false), ("!~", true)] {
        if let Some(regex) = rest.strip_prefix(sign) {
            let regex = regex.split("[if-unset:").next().unwrap_or_default();
            return Looks::Subject { regex: regex.trim().to_owned(), negated };
        }
    }
    Looks::Lost("it does not look at the words of the subject".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_versions() {
        assert_eq!(without_comment(r"body X /\#1/ # first"), "body X /#1/ ");
        for (condition, expected) in [
            ("(version >= 3.004002)", true),
            ("(version < 4.0)", false),
            ("version > 4.000000", false),
            ("!plugin(Mail::X)", false),
            ("can(Mail::X)", true),
        ] {
            assert_eq!(holds(condition), expected, "{condition}");
        }
    }

    #[test]
    fn only_the_words_of_the_subject_can_be_looked_at() {
        for (value, known) in [
            ("Subject =~ /x/", true),
            ("subject:raw !~ /x/ [if-unset: y]", true),
            ("From =~ /x/", false),
            ("exists:Subject", false),
            ("Subject eq x", false),
        ] {
            assert_eq!(matches!(header(value), Looks::Subject { .. }), known, "{value}");
        }
    }
}
