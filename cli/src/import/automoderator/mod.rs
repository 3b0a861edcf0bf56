//! Reddit `AutoModerator`: YAML documents separated by `---`, a rule each.
//!
//! All checks of a rule must hold; a search check holds when any of its fields has any of its
//! values. A check that cannot be carried over becomes a fact of the caller, which is unknown
//! until it is passed: the rule stays silent rather than act on less than it asked for.

mod checks;
mod keys;
mod search;

use super::draft::{Draft, Fact, Group, Mode, Pattern, Rule};
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
