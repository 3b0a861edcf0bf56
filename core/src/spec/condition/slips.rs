//! What is said of words and signs that other languages have and conditions do not.

use crate::spec::suggest::nearest;

pub(super) fn not_used(sign: &str) -> String {
    format!("`{sign}` is not used in conditions")
}

/// What to write instead of a word that compares two values, in lower case.
pub(super) fn comparison_word(lower: &str) -> Option<&'static str> {
    Some(match lower {
        "is" | "equals" | "equal" | "eq" => "write `==`",
        "more" | "greater" | "above" | "over" | "older" | "exceeds" | "gt" => "write `>`",
        "less" | "fewer" | "below" | "under" | "younger" | "newer" | "lt" => "write `<`",
        "at" | "gte" | "lte" => "at least is `>=`, at most is `<=`",
        "contains" | "has" | "includes" | "matches" | "like" | "startswith" | "endswith" => {
            "what is looked for in the text goes under `patterns:`; a set is asked by `'x' in set`"
        }
        "xor" => "write `(a or b) and not (a and b)`",
        _ => return None,
    })
}

/// Words that follow those: `older than`, `at least`.
pub(super) fn is_filler(lower: &str) -> bool {
    matches!(lower, "than" | "to" | "least" | "most" | "equal" | "or" | "not" | "then")
}

/// A hint for a word behind a number that is no unit of time.
pub(super) fn no_unit(word: &str, units: &[&'static str]) -> String {
    if matches!(
        word.to_ascii_lowercase().as_str(),
        "word"
            | "words"
            | "letter"
            | "letters"
            | "character"
            | "characters"
            | "time"
            | "times"
            | "point"
            | "points"
            | "link"
            | "links"
            | "x"
    ) {
        return "write the number alone: what is counted says the name beside it".to_owned();
    }
    if word.starts_with('_') || word.strip_prefix(['e', 'E']).is_some_and(is_digits) {
        return "write all digits of the number, with nothing between them".to_owned();
    }
    match nearest(word, units.iter().copied()) {
        Some(unit) => format!("did you mean `{unit}`?"),
        None => "units are seconds, minutes, hours, days, weeks, months and years".to_owned(),
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// A hint for a number behind what is whole already: `1 day 2 hours`, `0,5`.
pub(super) fn slip_of_number(before: &str) -> &'static str {
    let before = before.trim_end();
    if before.ends_with(|c: char| c.is_ascii_alphabetic()) {
        "write one number with one unit: `1 day 2 hours` is `26 hours`"
    } else {
        "join two parts by `and` or `or`"
    }
}

/// A hint for a word that stands where it cannot.
pub(super) fn slip_of_keyword(word: &str) -> String {
    let lower = word.to_lowercase();
    match lower.as_str() {
        "near" | "before" => {
            return format!("write `{lower}(a, b, 3)`, with two groups of the rule");
        }
        "of" => {
            return "write `2 of (a, b, c)`; any of them is `a or b`, all are `a and b`".to_owned();
        }
        "second" | "seconds" | "minute" | "minutes" | "hour" | "hours" | "day" | "days"
        | "week" | "weeks" => {
            return format!("write the number in digits: `3 {lower}`");
        }
        "between" => return "write `1 <= a and a <= 3`".to_owned(),
        "same_sentence" => return "write `same_sentence(a, b)`, with two groups".to_owned(),
        _ => {}
    }
    if let Some(hint) = comparison_word(&lower) {
        return hint.to_owned();
    }
    match nearest(&lower, ["and", "or", "not", "in", "of"]) {
        Some(keyword) if lower == keyword && word != keyword => {
            format!("write `{keyword}` in lower case")
        }
        Some(keyword) if keyword.len() > 2 && lower != keyword => {
            format!("did you mean `{keyword}`?")
        }
        _ => "texts go in quotes; join two parts by `and` or `or`".to_owned(),
    }
}
