//! Rules past their `expires:` date. The engine never reads the clock; people do.

use std::time::{SystemTime, UNIX_EPOCH};
use tamis::Policy;
use tamis::diag::{Code, Diagnostic};

/// A warning for each rule whose date has passed, unless it is told to be quiet about it.
pub(crate) fn expired(policy: &Policy) -> Vec<Diagnostic> {
    let today = today();
    let rules = policy
        .spec()
        .rules
        .iter()
        .filter(|rule| !rule.lint_ignore.iter().any(|name| name.value == Code::Expired.name()));
    let expired = rules.filter_map(|rule| {
        // Dates are written as 2026-11-30, so they sort as texts.
        let date = rule.expires.as_ref().filter(|date| date.value < today)?;
        let id = rule.id.as_ref().map_or("", |id| id.value.as_str());
        let message = format!("the rule `{id}` expired on {}", date.value);
        let hint = "renew the date, or take the rule out; until then it still works";
        Some(Diagnostic::new(Code::Expired, date.span, message).hint(hint))
    });
    expired.collect()
}

/// Today's date, in UTC.
fn today() -> String {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
    date(seconds / 86_400)
}

/// The date of a day counted from 1970-01-01, in the proleptic Gregorian calendar: years are
/// counted from March, so that the leap day comes last.
fn date(days: u64) -> String {
    let days = days + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let leaps = day_of_era / 1460 + day_of_era / 146_096 - day_of_era / 36_524;
    let year_of_era = (day_of_era - leaps) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        for (days, text) in [
            (0, "1970-01-01"),
            (58, "1970-02-28"),
            (59, "1970-03-01"),
            (11_016, "2000-02-29"),
            (11_017, "2000-03-01"),
            (20_453, "2025-12-31"),
            (20_454, "2026-01-01"),
        ] {
            assert_eq!(date(days), text);
        }
    }

    #[test]
    fn rules_past_their_date() {
        let policy: Policy = "policy: demo\nrules:\n\
            \x20 - { id: a, action: review, patterns: [spam], expires: 2001-01-01 }\n\
            \x20 - { id: b, action: review, patterns: [spam], expires: 9999-12-31 }\n\
            \x20 - { id: c, action: review, patterns: [spam], expires: 2001-01-01, lint_ignore: [expired] }\n"
            .parse()
            .unwrap();
        let expired = expired(&policy);
        let messages: Vec<_> = expired.iter().map(|d| d.message.as_str()).collect();
        assert_eq!(messages, ["the rule `a` expired on 2001-01-01"]);
    }
}
