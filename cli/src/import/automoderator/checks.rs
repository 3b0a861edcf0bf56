//! Checks of numbers, ages and yes-or-no: of the item and of its author.

use super::{Importer, Reading, any_of, search};
use crate::import::draft::Fact;
use crate::import::node::{Entry, Node, Value};
use crate::import::report::shown;

/// Thresholds that `satisfy_any_threshold` is about; the last column is the name of the fact.
const THRESHOLDS: [(&str, &str); 8] = [
    ("account_age", "account_age"),
    ("comment_karma", "comment_karma"),
    ("post_karma", "post_karma"),
    ("link_karma", "post_karma"),
    ("combined_karma", "combined_karma"),
    ("comment_subreddit_karma", "comment_subreddit_karma"),
    ("post_subreddit_karma", "post_subreddit_karma"),
    ("combined_subreddit_karma", "combined_subreddit_karma"),
];

const AUTHOR_FLAGS: [&str; 6] = [
    "is_gold",
    "is_submitter",
    "is_contributor",
    "is_moderator",
    "has_verified_email",
    "is_banned",
];
const ITEM_FLAGS: [&str; 7] = [
    "is_top_level",
    "is_edited",
    "is_original_content",
    "is_poll",
    "is_gallery",
    "is_live",
    "past_archive_date",
];

impl Importer<'_, '_> {
    /// A check of the item that is no search; false when `key` is none.
    pub(super) fn item_check(&mut self, reading: &mut Reading, key: &str, entry: &Entry) -> bool {
        match key {
            "reports" | "body_longer_than" | "body_shorter_than" if whole(entry).is_none() => {
                self.lost_check(reading, entry, key, "its value should be a whole number");
            }
            "reports" => {
                if let Some(least) = whole(entry) {
                    self.fact("item.reports", "number");
                    reading.terms.push(format!("item.reports >= {least}"));
                }
            }
            "body_longer_than" | "body_shorter_than" => {
                if let Some(length) = whole(entry) {
                    let sign = if key == "body_longer_than" { '>' } else { '<' };
                    self.draft.field("body");
                    reading.terms.push(format!("length(body) {sign} {length}"));
                    if self.first("length") {
                        let why = "there, signs at both ends of the text do not count";
                        self.report
                            .changed(entry.at, shown(key), why)
                            .kept("the length of the whole text");
                    }
                }
            }
            key if ITEM_FLAGS.contains(&key) => self.flag(reading, entry, &format!("item.{key}")),
            _ => return false,
        }
        reading.has_checks = true;
        true
    }

    /// `author:` with checks, or just names.
    pub(super) fn author(&mut self, reading: &mut Reading, entry: &Entry) {
        if !entry.value.is_map() {
            let key = if entry.key.starts_with('~') { "~name" } else { "name" };
            let names = Entry { key: key.to_owned(), at: entry.at, value: entry.value.clone() };
            return self.search(reading, &names, search::Of::Author);
        }
        if entry.key.starts_with('~') {
            reading.looser = true;
            return self.bad_value(entry, "a name or a list of names");
        }
        let any =
            super::get(&entry.value, "satisfy_any_threshold").and_then(Node::bool) == Some(true);
        let mut thresholds = Vec::new();
        for entry in self.counting(&entry.value) {
            let key = entry.key.to_lowercase();
            if let Some((_, fact)) = THRESHOLDS.iter().find(|(name, _)| *name == key) {
                reading.has_checks = true;
                match self.threshold(entry, fact) {
                    Some(term) => thresholds.push(term),
                    None => self.lost_check(
                        reading,
                        entry,
                        fact,
                        "it is not of the form `< 10` or `> 2 days`",
                    ),
                }
            } else if AUTHOR_FLAGS.contains(&key.as_str()) {
                reading.has_checks = true;
                // A rule that asks for moderators cannot spare them.
                if key == "is_moderator" {
                    reading.moderators_exempt.get_or_insert(false);
                }
                self.flag(reading, entry, &format!("author.{key}"));
            } else if key == "contributor_quality" {
                self.lost_check(
                    reading,
                    entry,
                    &key,
                    "Reddit's rating of authors is not known outside of it",
                );
            } else if matches!(key.as_str(), "set_flair" | "overwrite_flair") {
                let entry = Entry { key: format!("author_{key}"), ..entry.clone() };
                self.carried(reading, &entry);
            } else if key != "satisfy_any_threshold" {
                self.search(reading, entry, search::Of::Author);
            }
        }
        if any && !thresholds.is_empty() {
            reading.terms.push(any_of(&thresholds));
        } else {
            reading.terms.extend(thresholds);
        }
    }

    /// `< 10`, `> 2 days`, `5`.
    fn threshold(&mut self, entry: &Entry, fact: &str) -> Option<String> {
        let text = entry.value.scalar()?;
        let text = text.trim();
        let digits = text.find(|c: char| c.is_ascii_digit() || c == '-')?;
        let sign = match text[..digits].trim() {
            "" | "=" | "==" => "==",
            sign @ ("<" | ">" | "<=" | ">=") => sign,
            _ => return None,
        };
        let number_len =
            text[digits..].bytes().take_while(|b| b.is_ascii_digit() || *b == b'-').count();
        let (number, unit) = text[digits..].split_at(number_len);
        let number: i64 = number.parse().ok()?;
        let unit = unit.trim().to_lowercase();
        let name = format!("author.{fact}");
        if fact != "account_age" {
            self.fact(&name, "number");
            return unit.is_empty().then(|| format!("{name} {sign} {number}"));
        }
        let unit = match unit.trim_end_matches('s') {
            "" | "day" => "days",
            "minute" => "minutes",
            "hour" => "hours",
            "week" => "weeks",
            "month" => "months",
            "year" => "years",
            _ => return None,
        };
        self.fact(&name, "duration");
        Some(format!("{name} {sign} {number} {unit}"))
    }

    fn flag(&mut self, reading: &mut Reading, entry: &Entry, fact: &str) {
        let Some(wanted) = entry.value.bool() else {
            let name = fact.rsplit('.').next().unwrap_or(fact);
            return self.lost_check(reading, entry, name, "its value should be `true` or `false`");
        };
        self.fact(fact, "bool");
        reading.terms.push(if wanted { fact.to_owned() } else { format!("not {fact}") });
    }

    fn fact(&mut self, name: &str, kind: &'static str) {
        let default = if name == "author.is_moderator" { "false" } else { "" };
        self.draft.fact(Fact { name: name.to_owned(), kind, default, comment: String::new() });
    }
}

/// A number that is written as one, without decimals.
fn whole(entry: &Entry) -> Option<i64> {
    match &entry.value.value {
        Value::Number(_) => entry.value.integer(),
        _ => None,
    }
}
