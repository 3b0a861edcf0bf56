//! Names that the policy format accepts, made from names of anything.

use std::collections::HashSet;

/// Words of conditions and names of signals, which no rule, group or fact can have.
const TAKEN: &[&str] = &[
    "and",
    "or",
    "not",
    "in",
    "of",
    "true",
    "false",
    "length",
    "words",
    "letters",
    "lines",
    "emoji",
    "links",
    "mentions",
    "hashtags",
    "invisible",
    "caps_ratio",
    "digit_ratio",
    "symbol_ratio",
    "unique_ratio",
    "longest_run",
    "zalgo",
    "mixed_script",
    "evasion_cost",
    "saturated",
    "count",
    "distinct",
    "near",
    "before",
    "same_sentence",
    "starts",
    "ends",
    "whole",
];

/// Characters of a name made from a sentence.
const LONGEST: usize = 40;

/// Gives each thing a name of its own.
#[derive(Debug, Default)]
pub(crate) struct Names {
    used: HashSet<String>,
}

impl Names {
    /// `wanted` as a name, or `otherwise` if nothing of it can be one; numbered if it is taken.
    pub(crate) fn give(&mut self, wanted: &str, otherwise: &str) -> String {
        let base = match identifier(wanted) {
            name if name.is_empty() => otherwise.to_owned(),
            name => name,
        };
        let base = if is_taken(&base) { format!("{base}_rule") } else { base };
        let mut name = base.clone();
        let mut n = 2;
        while !self.used.insert(name.clone()) {
            name = format!("{base}_{n}");
            n += 1;
        }
        name
    }
}

/// True for a name that something else has in every condition.
pub(crate) fn is_taken(name: &str) -> bool {
    name == super::draft::UNNAMED || TAKEN.contains(&name)
}

/// `text` in the characters of names; `-` and spaces become `_`. Empty if it has no letter or digit.
pub(crate) fn identifier(text: &str) -> String {
    let mut name = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || (c == '_' && name.is_empty()) {
            name.push(c);
        } else if c == '\'' {
            // `don't` reads better as `dont`.
        } else if c == '_' || !(name.is_empty() || name.ends_with('_')) {
            name.push('_');
        }
        if name.len() >= LONGEST && name.ends_with('_') {
            break;
        }
    }
    name.truncate(LONGEST * 2);
    let name = name.trim_end_matches('_');
    if !name.contains(|c: char| c.is_ascii_alphanumeric()) {
        return String::new();
    }
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        format!("_{name}")
    } else {
        name.to_owned()
    }
}

/// The same in small letters, for names made from words; `CreditCard` is two of them.
pub(crate) fn slug(text: &str) -> String {
    let mut apart = String::with_capacity(text.len() + 4);
    let mut last = ' ';
    for c in text.chars() {
        if c.is_ascii_uppercase() && last.is_ascii_lowercase() {
            apart.push('_');
        }
        apart.extend(c.to_lowercase());
        last = c;
    }
    identifier(&apart)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_from_anything() {
        for (text, name) in [
            ("Shill words: don't", "shill_words_dont"),
            ("2girls", "_2girls"),
            ("  ", ""),
            ("слово", ""),
            ("a--b", "a_b"),
            ("__HAS_X", "__has_x"),
            ("CreditCardRecognizer", "credit_card_recognizer"),
        ] {
            assert_eq!(slug(text), name, "{text}");
        }
        let mut names = Names::default();
        assert_eq!(names.give("x", "r"), "x");
        assert_eq!(names.give("x", "r"), "x_2");
        assert_eq!(names.give("words", "r"), "words_rule");
        assert_eq!(names.give("???", "r"), "r");
    }
}
