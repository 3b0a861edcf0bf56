//! Reddit `AutoModerator`: YAML documents separated by `---`, a rule each.
//!
//! All checks of a rule must hold; a search check holds when any of its fields has any of its
//! values. A check that cannot be carried over becomes a fact of the caller, which is unknown
//! until it is passed: the rule stays silent rather than act on less than it asked for.

mod checks;
mod search;

use super::draft::{Draft, Exception, Fact, Group, Mode, Pattern, Rule};
use super::names::{Names, slug};
use super::node::{self, Entry, Node};
use super::report::{Problem, Report, shown};
use super::source::Source;
use super::yaml::{self, Document};
use std::collections::HashSet;

/// The actions, mildest first; `note` is for rules that only write, flair or lock.
const ACTIONS: [&str; 6] = ["approve", "note", "report", "filter", "remove", "spam"];

/// Keys for which the caller has to act; their values are carried along as `meta`.
const CARRIED: [&str; 25] = [
    "set_flair",
    "overwrite_flair",
    "set_locked",
    "set_sticky",
    "set_nsfw",
    "set_spoiler",
    "set_contest_mode",
    "set_original_content",
    "set_suggested_sort",
    "set_post_crowd_control_level",
    "comment_stickied",
    "comment_locked",
    "comment_subject",
    "message_subject",
    "modmail",
    "modmail_subject",
    "auto_approve",
    "set_note",
    "note",
    "overwrite_note",
    "report_mods",
    "mute_user",
    "ban_user",
    "lock_comment",
    "label",
];

pub(crate) fn import(source: &Source, report: &mut Report<'_>) -> Result<Draft, Vec<Problem>> {
    let documents = yaml::parse(source)?;
    let mut importer = Importer::new(report);
    let (mut found, mut nothing) = (0, 0);
    for document in &documents {
        if document.root.is_map() {
            found += 1;
            importer.document(document, found);
        } else if document.root.items().is_empty() {
            nothing += 1;
        } else {
            let what = format!("a section that is {}", document.root.kind());
            importer.report.lost(
                document.root.at,
                what,
                "a rule is a mapping of keys; AutoModerator skips it",
            );
        }
    }
    if found == 0 {
        let (message, hint) = if nothing == documents.len() {
            ("the file has no rules", "a rule is `key: value` lines between `---` lines")
        } else {
            ("no section of the file is a rule", "a rule is `key: value` lines between `---` lines")
        };
        return Err(vec![Problem::whole(message, hint)]);
    }
    Ok(importer.finish())
}

struct Importer<'r, 's> {
    draft: Draft,
    names: Names,
    report: &'r mut Report<'s>,
    /// Whether each rule spares moderators.
    spares_moderators: Vec<bool>,
    /// What was said once for the whole file.
    said: HashSet<&'static str>,
}

/// A rule while its keys are read.
#[expect(clippy::struct_excessive_bools, reason = "what was met so far, each by itself")]
struct Reading {
    rule: Rule,
    /// Conditions that must all hold.
    terms: Vec<String>,
    /// Names of its groups, without those that other things in conditions have.
    groups: Names,
    at: usize,
    /// True when it may fire more often than the original.
    looser: bool,
    /// Patterns that match more than the original, by the place of their group.
    loose: Vec<(usize, Vec<Pattern>)>,
    /// True when it asks only for submissions, or for comments.
    has_type: bool,
    has_checks: bool,
    has_actions: bool,
    moderators_exempt: Option<bool>,
    before: Before,
}

/// What there was before a rule, in case that it is none.
struct Before {
    facts: usize,
    losses: usize,
    said: HashSet<&'static str>,
}

impl<'r, 's> Importer<'r, 's> {
    fn new(report: &'r mut Report<'s>) -> Self {
        Self {
            draft: Draft::default(),
            names: Names::default(),
            report,
            spares_moderators: Vec::new(),
            said: HashSet::new(),
        }
    }

    /// True the first time.
    fn first(&mut self, topic: &'static str) -> bool {
        self.said.insert(topic)
    }

    fn document(&mut self, document: &Document, n: usize) {
        let root = &document.root;
        let reason =
            ["action_reason", "report_reason"].iter().find_map(|key| get(root, key)?.scalar());
        let wanted =
            reason.as_deref().map_or(String::new(), |reason| slug(&without_placeholders(reason)));
        let id = self.names.give(&wanted, &format!("rule_{n}"));
        let mut reading = Reading {
            rule: Rule { comments: document.comments.clone(), id, ..Rule::default() },
            terms: Vec::new(),
            groups: Names::default(),
            at: root.at,
            looser: false,
            loose: Vec::new(),
            has_type: get(root, "type").is_some_and(|kind| kind.text() != Some("any")),
            has_checks: false,
            has_actions: false,
            moderators_exempt: None,
            before: Before {
                facts: self.draft.facts.len(),
                losses: self.report.len(),
                said: self.said.clone(),
            },
        };
        for entry in self.counting(root) {
            self.key(&mut reading, entry);
        }
        self.complete(reading);
    }

    /// The entries of a mapping without those that are written again further down.
    fn counting<'n>(&mut self, node: &'n Node) -> Vec<&'n Entry> {
        let entries = node.entries();
        let mut counting = Vec::new();
        for (entry, repeated) in entries.iter().zip(node::repeated(entries)) {
            if repeated {
                let why = format!("{}; `#2` behind it keeps both", node::REPEATED);
                self.report.lost(entry.at, shown(&entry.key), why);
            } else {
                counting.push(entry);
            }
        }
        counting
    }

    fn key(&mut self, reading: &mut Reading, entry: &Entry) {
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

    fn kind(&mut self, reading: &mut Reading, value: &Node) {
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
    fn item_type(&mut self) -> &'static str {
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

    fn carried(&mut self, reading: &mut Reading, entry: &Entry) {
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
    fn placeholders(&mut self, entry: &Entry) -> Option<String> {
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

    fn bad_value(&mut self, entry: &Entry, wanted: &str) {
        let what = format!("the value of {}", shown(&entry.key));
        self.report.lost(
            entry.value.at,
            what,
            format!("it should be {wanted}; AutoModerator refuses such a file"),
        );
    }

    /// A check that only the caller can make: a fact without default.
    fn lost_check(&mut self, reading: &mut Reading, entry: &Entry, name: &str, why: &str) {
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

    fn complete(&mut self, mut reading: Reading) {
        // A check that could not be read may have left nothing behind.
        reading.has_checks &= !reading.terms.is_empty();
        if !reading.has_checks || !reading.has_actions {
            self.forget(reading.before);
            let why = if reading.has_checks { "it has no action" } else { "it has no check" };
            self.report.lost(
                reading.at,
                format!("the rule `{}`", reading.rule.id),
                format!("{why}, so AutoModerator skips it"),
            );
            return;
        }
        let action = reading.rule.action.clone();
        let spares = reading.moderators_exempt.unwrap_or({
            matches!(action.as_deref(), Some("remove" | "spam" | "filter" | "report"))
        });
        reading.rule.action.get_or_insert_with(|| "note".to_owned());
        reading.rule.when = reading.terms.join(" and ");
        let twin = self.twin(&mut reading);
        if reading.looser {
            shadow(&mut reading.rule);
        }
        for mut rule in std::iter::once(reading.rule).chain(twin) {
            self.spares_moderators.push(spares);
            simplify(&mut rule);
            self.draft.rules.push(rule);
        }
    }

    /// Takes back what a rule brought along that is not imported.
    fn forget(&mut self, before: Before) {
        self.draft.forget_facts(before.facts);
        self.report.keep_nothing_since(before.losses);
        self.said = before.said;
    }

    /// Where only some patterns of one group match more than the original, they go to a rule of
    /// their own in shadow mode, and the others go on acting.
    fn twin(&mut self, reading: &mut Reading) -> Option<Rule> {
        let (group, loose) = match reading.loose.as_slice() {
            [] => return None,
            [(group, loose)] if loose.len() < reading.rule.groups[*group].patterns.len() => {
                (*group, loose)
            }
            _ => {
                reading.looser = true;
                return None;
            }
        };
        let mut twin = reading.rule.clone();
        twin.id = self.names.give(&format!("{}_looser", twin.id), "rule");
        twin.comments.clear();
        twin.groups[group].patterns.clone_from(loose);
        reading.rule.groups[group].patterns.retain(|pattern| !loose.contains(pattern));
        shadow(&mut twin);
        Some(twin)
    }

    fn finish(mut self) -> Draft {
        if self.spares_moderators.iter().any(|&spares| spares) {
            self.draft.fact(Fact {
                name: "author.is_moderator".to_owned(),
                kind: "bool",
                default: "false",
                comment: String::new(),
            });
            if self.spares_moderators.iter().all(|&spares| spares) {
                "author.is_moderator".clone_into(&mut self.draft.exempt);
            } else {
                for (rule, _) in self
                    .draft
                    .rules
                    .iter_mut()
                    .zip(&self.spares_moderators)
                    .filter(|(_, spares)| **spares)
                {
                    if rule.when.is_empty() {
                        super::draft::UNNAMED.clone_into(&mut rule.when);
                    }
                    rule.when.push_str(" and not author.is_moderator");
                }
            }
        }
        let used = |action: &&str| {
            self.draft.rules.iter().any(|rule| rule.action.as_deref() == Some(action))
        };
        let actions = ACTIONS.iter().copied().filter(used).map(str::to_owned);
        self.draft.actions = std::iter::once("allow".to_owned()).chain(actions).collect();
        if self.draft.fields.is_empty() {
            self.draft.fields = vec!["title", "body"];
        }
        self.draft.fields.sort_by_key(|field| search::rank(field));
        self.draft
    }
}

fn shadow(rule: &mut Rule) {
    rule.mode = Mode::Shadow;
    rule.comments.push("In shadow mode: it may match more than the original.".to_owned());
}

/// A rule whose only condition is its only group needs no names.
fn simplify(rule: &mut Rule) {
    if let [Group { name, fields, .. }] = rule.groups.as_mut_slice()
        && rule.when == *name
    {
        super::draft::UNNAMED.clone_into(name);
        rule.fields = std::mem::take(fields);
        rule.when.clear();
    }
}

/// `a or b` in brackets, or the only one.
fn any_of(terms: &[String]) -> String {
    match terms {
        [term] => term.clone(),
        _ => format!("({})", terms.join(" or ")),
    }
}

/// The value at a key, whatever its case.
fn get<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    node.entries()
        .iter()
        .rev()
        .find(|entry| entry.key.eq_ignore_ascii_case(key))
        .map(|entry| &entry.value)
}

fn without_placeholders(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("{{") {
        out.push_str(before);
        rest = behind.split_once("}}").map_or("", |(_, rest)| rest);
    }
    out + rest
}
