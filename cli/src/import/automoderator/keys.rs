//! The keys of a rule that are no checks: its type, priority, action, and what it writes.

use super::{ACTIONS, CARRIED, Importer, Reading, any_of, search};
use crate::import::draft::{Exception, Fact};
use crate::import::names::slug;
use crate::import::node::{Entry, Node};
use crate::import::report::shown;

impl Importer<'_, '_> {
    /// Reads one key.
    pub(super) fn key(&mut self, reading: &mut Reading, entry: &Entry) {
        let (key, value) = (entry.key.to_lowercase(), &entry.value);
        match key.as_str() {
            "type" => self.kind(reading, value),
            "priority" => self.priority(entry),
            "moderators_exempt" => match value.bool() {
                Some(exempt) => reading.moderators_exempt = Some(exempt),
                None => self.bad_value(entry, "`true` or `false`"),
            },
            "action" => self.action(reading, entry),
            "action_reason" | "report_reason" => {
                if let Some(text) = self.placeholders(entry) {
                    reading.rule.description = text;
                }
            }
            "comment" | "message" => {
                reading.has_actions = true;
                if let Some(text) = self.placeholders(entry) {
                    if reading.rule.message.is_empty() {
                        reading.rule.message = text;
                    } else {
                        self.report
                            .changed(entry.at, shown(&key), "a rule has one message")
                            .kept("`meta`");
                        reading.rule.meta.push((key, text));
                    }
                }
            }
            key if CARRIED.contains(&key) => self.carried(reading, entry),
            "author" | "~author" => self.author(reading, entry),
            "ignore_blockquotes" => {
                if value.bool() == Some(true) {
                    reading.rule.except.push(Exception::Quoted);
                    if self.first("quotes") {
                        let why = "quotation marks and code spare a match too, not only lines that start with `>`";
                        self.report
                            .changed(entry.at, shown(key.as_str()), why)
                            .kept("`except: [{ quoted: true }]`");
                    }
                }
            }
            "standard" => {
                let name = value.scalar().unwrap_or_default();
                let why = "the lists behind Reddit's standard conditions are not part of the file";
                self.lost_check(reading, entry, &format!("standard_{name}"), why);
            }
            "parent_submission"
            | "crosspost_submission"
            | "crosspost_author"
            | "crosspost_subreddit"
            | "subreddit"
            | "discussion_type"
            | "poll_option_count" => {
                self.lost_check(
                    reading,
                    entry,
                    &key,
                    "it asks about another item than the text at hand",
                );
            }
            _ if self.item_check(reading, &key, entry) => {}
            _ => self.search(reading, entry, search::Of::Item),
        }
    }

    pub(super) fn kind(&mut self, reading: &mut Reading, value: &Node) {
        let kinds: Vec<String> = value
            .items()
            .iter()
            .filter_map(|kind| kind.scalar())
            .map(|k| k.to_lowercase())
            .collect();
        let known = |kind: &str| {
            matches!(kind, "any" | "comment" | "submission") || kind.ends_with(" submission")
        };
        if let Some(unknown) = kinds.iter().find(|kind| !known(kind)) {
            self.report.lost(
                value.at,
                format!("the type {}", shown(unknown)),
                "there is no such type",
            );
            reading.looser = true;
            return;
        }
        if kinds.is_empty() || kinds.iter().any(|kind| kind == "any") {
            return;
        }
        reading.has_checks = true;
        let fact = self.item_type();
        let term = |kind: &String| match kind.as_str() {
            "submission" => format!("{fact} != 'comment'"),
            kind => format!("{fact} == '{kind}'"),
        };
        let terms: Vec<String> = kinds.iter().map(term).collect();
        reading.terms.push(any_of(&terms));
    }

    /// The fact that says what is looked at.
    pub(super) fn item_type(&mut self) -> &'static str {
        self.draft.fact(Fact {
            name: "item.type".to_owned(),
            kind: "text",
            default: "",
            comment: "comment, text submission, link submission, …".to_owned(),
        });
        "item.type"
    }

    fn priority(&mut self, entry: &Entry) {
        match entry.value.integer() {
            Some(0) => {}
            Some(_) => {
                if self.first("priority") {
                    let why = "there the first rule that removes ends the search for others; here all rules run and the most severe action wins";
                    self.report.changed(entry.at, "priorities", why);
                }
            }
            None => self.bad_value(entry, "a whole number"),
        }
    }

    fn action(&mut self, reading: &mut Reading, entry: &Entry) {
        let action = entry.value.scalar().unwrap_or_default().to_lowercase();
        if action == "note" || !ACTIONS.contains(&action.as_str()) {
            self.bad_value(entry, "approve, remove, spam, filter or report");
            return;
        }
        if action == "approve" && self.first("approve") {
            let why = "there it approves only what was removed or reported; here it is the mildest action above `allow`";
            self.report
                .changed(entry.at, "`action: approve`", why)
                .kept("the action `approve`, for the caller to act on");
        }
        reading.has_actions = true;
        reading.rule.action = Some(action);
    }

    pub(super) fn carried(&mut self, reading: &mut Reading, entry: &Entry) {
        reading.has_actions |= !entry.key.ends_with("_subject");
        let values: Vec<String> =
            entry.value.items().iter().filter_map(|value| value.scalar()).collect();
        let text = if values.is_empty() && entry.value.is_map() {
            let parts = entry.value.entries().iter();
            parts
                .map(|e| format!("{}: {}", e.key, e.value.scalar().unwrap_or_default()))
                .collect::<Vec<_>>()
                .join(", ")
        } else {
            values.join(", ")
        };
        if self.first("carried") {
            let why = "a policy decides and does not write, flair or lock";
            self.report
                .changed(entry.at, shown(&entry.key), why)
                .kept("keys such as this one in `meta`, for the caller to act on");
        }
        reading.rule.meta.push((entry.key.to_lowercase(), text));
    }

    /// The text of a message, with the placeholders that exist here.
    pub(super) fn placeholders(&mut self, entry: &Entry) -> Option<String> {
        let Some(text) = entry.value.scalar() else {
            self.bad_value(entry, "a text");
            return None;
        };
        let text = text.trim_end().replace("{{match}}", "{match}");
        if let Some(at) = text.find("{{") {
            let end = text[at..].find("}}").map_or(text.len(), |end| at + end + 2);
            let why = "only `{match}` and `{rule}` are filled in";
            self.report
                .changed(entry.at, shown(&text[at..end]), why)
                .kept("the placeholder as it is written");
        }
        Some(text)
    }

    pub(super) fn bad_value(&mut self, entry: &Entry, wanted: &str) {
        let what = format!("the value of {}", shown(&entry.key));
        self.report.lost(
            entry.value.at,
            what,
            format!("it should be {wanted}; AutoModerator refuses such a file"),
        );
    }

    /// A check that only the caller can make: a fact without default.
    pub(super) fn lost_check(
        &mut self,
        reading: &mut Reading,
        entry: &Entry,
        name: &str,
        why: &str,
    ) {
        reading.has_checks = true;
        let name = format!("check.{}_{}", reading.rule.id, slug(name));
        self.report
            .lost(entry.at, shown(&entry.key), why)
            .kept(format!("the fact `{name}`: pass it, or the rule stays undecided"));
        self.draft.fact(Fact {
            name: name.clone(),
            kind: "bool",
            default: "",
            comment: format!("`{}` of the rule `{}`", entry.key, reading.rule.id),
        });
        reading.terms.push(name);
    }
}
