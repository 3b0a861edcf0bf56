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
    condition.len() > LONGEST || any(&mut condition.trim())
}

/// The most bytes of a condition that is read; brackets inside each other are calls inside each other.
const LONGEST: usize = 1_000;

/// `a || b`, up to a `)` that nothing here opened.
fn any(text: &mut &str) -> bool {
    let mut holds = all(text);
    while accept(text, "||") {
        holds |= all(text);
    }
    holds
}

/// `a && b`.
fn all(text: &mut &str) -> bool {
    let mut holds = one(text);
    while accept(text, "&&") {
        holds &= one(text);
    }
    holds
}

fn one(text: &mut &str) -> bool {
    if accept(text, "!") {
        return !one(text);
    }
    if accept(text, "(") {
        let holds = any(text);
        accept(text, ")");
        return holds;
    }
    // `can(Mail::X)` is one word; it holds unless it is 0 or another version.
    let end = text.find(['&', '|', '(', ')']).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    *text = rest;
    if accept(text, "(") {
        let close = text.find(')').map_or(text.len(), |at| at + 1);
        *text = &text[close..];
    }
    match word.trim().strip_prefix("version") {
        Some(rest) => is_version(rest.trim()),
        None => word.trim() != "0",
    }
}

fn is_version(comparison: &str) -> bool {
    const VERSION: f64 = 4.0;
    let sign = comparison.find(|c: char| c.is_ascii_digit()).unwrap_or(comparison.len());
    let number: f64 = comparison[sign..].trim().parse().unwrap_or(0.0);
    match comparison[..sign].trim() {
        "<" => VERSION < number,
        "<=" => VERSION <= number,
        ">" => VERSION > number,
        "==" => (VERSION - number).abs() < f64::EPSILON,
        _ => VERSION >= number,
    }
}

fn accept(text: &mut &str, sign: &str) -> bool {
    let rest = text.trim_start().strip_prefix(sign);
    *text = rest.unwrap_or(text);
    rest.is_some()
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
            ("(0)", false),
            ("(version >= 3.4 && version < 4.0)", false),
            ("version >= 3.4 && !plugin(Mail::X)", false),
            ("!(plugin(Mail::X) && version < 3.0) || 0", true),
            ("((", true),
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
