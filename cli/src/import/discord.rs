//! Discord `AutoMod`: rule objects as the API gives them, one or a list of them.
//!
//! Keywords are whole words, or parts of words where they begin or end with `*`; regexes are
//! Rust's and run as they are; the allow list spares what it covers.

use super::draft::{Draft, Exception, Fact, Group, Mode, Pattern, Rule};
use super::names::{Names, slug};
use super::node::{Node, Value};
use super::regex::{self, Dialect, Flags};
use super::report::{Problem, Report, shown};
use super::source::Source;
use super::{json, phrase};
use std::collections::HashSet;

/// The actions by Discord's number: name, severity, and what Discord does.
const ACTIONS: [(i64, &str, &str); 4] = [
    (2, "alert", "posts an alert for moderators"),
    (1, "block", "blocks the message"),
    (3, "timeout", "times the member out"),
    (4, "block_member", "keeps the member from interacting"),
];

/// What libraries call the numbers of triggers, actions, events and presets.
const TRIGGERS: [(&str, i64); 6] = [
    ("keyword", 1),
    ("spam", 3),
    ("keyword_preset", 4),
    ("mention_spam", 5),
    ("member_profile", 6),
    ("user_profile", 6),
];
const ACTION_TYPES: [(&str, i64); 4] = [
    ("block_message", 1),
    ("send_alert_message", 2),
    ("timeout", 3),
    ("block_member_interaction", 4),
];
const EVENTS: [(&str, i64); 2] = [("message_send", 1), ("member_update", 2)];
const PRESET_NAMES: [(&str, i64); 3] = [("profanity", 1), ("sexual_content", 2), ("slurs", 3)];

/// The number that a value is or names.
fn number(node: &Node, names: &[(&str, i64)]) -> Option<i64> {
    let named = || {
        let name = node.text()?.trim().to_lowercase().replace([' ', '-'], "_");
        names.iter().find(|known| known.0 == name).map(|known| known.1)
    };
    node.integer().or_else(named)
}

/// Lists of words that are not public, by Discord's number.
const PRESETS: [(i64, &str); 3] = [(1, "profanity"), (2, "sexual content"), (3, "slurs")];

pub(crate) fn import(source: &Source, report: &mut Report<'_>) -> Result<Draft, Vec<Problem>> {
    let mut root = json::parse(source).map_err(|problem| vec![problem])?;
    root.rename_keys(&snake_case);
    let held = ["auto_moderation_rules", "rules"].iter().find_map(|key| root.get(key));
    let rules: Vec<&Node> = match (&root.value, held) {
        (Value::List(items), _) => items.iter().collect(),
        (_, Some(rules)) => rules.items(),
        (Value::Map(_), None) if root.get("trigger_type").is_some() => vec![&root],
        _ => {
            let message = "the file holds neither a rule nor a list of rules";
            let hint = "a rule is an object with `trigger_type`, as `GET …/auto-moderation/rules` gives it";
            return Err(vec![Problem::new(source.place(root.at), message, hint)]);
        }
    };
    if rules.is_empty() {
        return Err(vec![Problem::whole("the file has no rules", "export them again")]);
    }
    let members = rules
        .iter()
        .filter_map(|rule| rule.get("trigger_type"))
        .any(|t| number(t, &TRIGGERS) == Some(6));
    let mut importer = Importer {
        draft: Draft::default(),
        names: Names::default(),
        report,
        members,
        bounded: false,
    };
    if members {
        importer.draft.fields = vec!["text", "profile"];
    }
    importer.draft.fact(Fact {
        name: "author.is_manager".to_owned(),
        kind: "bool",
        default: "false",
        comment: "has the permission Manage Server".to_owned(),
    });
    "author.is_manager".clone_into(&mut importer.draft.exempt);
    for (n, rule) in rules.into_iter().enumerate() {
        importer.rule(rule, n + 1);
    }
    Ok(importer.finish())
}

/// The API's name of a key that libraries for JavaScript write as `triggerMetadata`.
fn snake_case(key: &str) -> String {
    let mut out = String::new();
    for c in key.chars() {
        if c.is_ascii_uppercase() && !out.is_empty() && !out.ends_with('_') {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

struct Importer<'r, 's> {
    draft: Draft,
    names: Names,
    report: &'r mut Report<'s>,
    /// True when profiles of members are looked at beside messages.
    members: bool,
    /// Whether the difference in boundaries was told.
    bounded: bool,
}

impl Importer<'_, '_> {
    fn rule(&mut self, node: &Node, n: usize) {
        let name = node.get("name").and_then(Node::scalar).unwrap_or_default();
        let shown_name = if name.is_empty() { format!("rule {n}") } else { shown(&name) };
        let written = node.get("trigger_type");
        let Some(trigger) = written.and_then(|trigger| number(trigger, &TRIGGERS)) else {
            let why = match written.and_then(Node::scalar) {
                Some(name) => format!("there is no trigger type {}", shown(&name)),
                None if node.is_map() => "it has no `trigger_type`".to_owned(),
                None => "it is not an object".to_owned(),
            };
            self.report.lost(node.at, shown_name, why);
            return;
        };
        self.unknown_keys(node, &shown_name);
        let id = self.names.give(&slug(&name), &format!("rule_{n}"));
        let mut rule = Rule { id, description: name, ..Rule::default() };
        let nothing = Node { at: node.at, value: Value::Null };
        let metadata = node.get("trigger_metadata").unwrap_or(&nothing);
        let usable = match trigger {
            1 | 6 => self.keywords(&mut rule, metadata, &shown_name, trigger == 6),
            5 => self.mentions(&mut rule, metadata, &shown_name),
            4 => {
                self.presets(metadata, &shown_name);
                false
            }
            3 => {
                self.report
                    .lost(
                        node.at,
                        shown_name.clone(),
                        "Discord's model of spam is not part of the rule",
                    )
                    .kept("nothing; a model's score can be a fact of the policy");
                false
            }
            other => {
                self.report.lost(
                    node.at,
                    shown_name.clone(),
                    format!("there is no trigger type {other}"),
                );
                false
            }
        };
        if !usable {
            return;
        }
        self.actions(&mut rule, node, &shown_name);
        self.exemptions(&mut rule, node, &shown_name);
        if node.get("enabled").and_then(Node::bool) == Some(false) {
            rule.mode = Mode::Disabled;
        }
        if let Some(id) = node.get("id").and_then(Node::scalar) {
            rule.meta.insert(0, ("discord_id".to_owned(), id));
        }
        self.draft.rules.push(rule);
    }

    fn unknown_keys(&mut self, node: &Node, name: &str) {
        const KNOWN: [&str; 11] = [
            "id",
            "guild_id",
            "name",
            "creator_id",
            "event_type",
            "trigger_type",
            "trigger_metadata",
            "actions",
            "enabled",
            "exempt_roles",
            "exempt_channels",
        ];
        const METADATA: [&str; 6] = [
            "keyword_filter",
            "regex_patterns",
            "presets",
            "allow_list",
            "mention_total_limit",
            "mention_raid_protection_enabled",
        ];
        let metadata = node.get("trigger_metadata").map(Node::entries).unwrap_or_default();
        let strangers = node.entries().iter().filter(|entry| !KNOWN.contains(&entry.key.as_str()));
        let others = metadata.iter().filter(|entry| !METADATA.contains(&entry.key.as_str()));
        for entry in strangers.chain(others) {
            let what = format!("the key {} of {name}", shown(&entry.key));
            self.report.lost(entry.at, what, "it is not known what it means");
        }
    }

    /// Texts of a list; other things in it are lost.
    fn texts<'n>(&mut self, node: &'n Node, key: &str, name: &str) -> Vec<(&'n str, usize)> {
        let mut texts = Vec::new();
        for item in node.get(key).map(Node::items).unwrap_or_default() {
            if let Some(text) = item.text() {
                texts.push((text, item.at));
            } else {
                let what = format!("an item of {} of {name}", shown(key));
                self.report.lost(item.at, what, format!("it is {}, not a text", item.kind()));
            }
        }
        texts
    }

    fn keywords(&mut self, rule: &mut Rule, metadata: &Node, name: &str, profile: bool) -> bool {
        let mut patterns: Vec<Pattern> = Vec::new();
        let mut seen = HashSet::new();
        for (text, at) in self.texts(metadata, "keyword_filter", name) {
            self.boundaries(at);
            match phrase::wildcard_ends(text) {
                Ok(text) if !seen.insert(text.to_lowercase()) => {
                    self.report.note(at, shown(&text), "it is in the list already");
                }
                Ok(text) => patterns.push(Pattern::text(text)),
                Err(why) => {
                    self.report.lost(at, format!("the keyword {}", shown(text)), why);
                }
            }
        }
        let flags = Flags { case_sensitive: true, ..Flags::of(Dialect::Rust) };
        for (source, at) in self.texts(metadata, "regex_patterns", name) {
            let found = regex::pattern(source, at, flags, self.report);
            patterns.extend(found.map(|(pattern, _)| pattern));
        }
        if patterns.is_empty() {
            self.report.lost(metadata.at, name, "nothing of it can be looked for");
            return false;
        }
        self.allowed(rule, metadata, name);
        rule.groups = vec![Group::unnamed(patterns)];
        if self.members {
            rule.fields = vec![if profile { "profile" } else { "text" }];
        }
        true
    }

    fn boundaries(&mut self, at: usize) {
        if !std::mem::replace(&mut self.bounded, true) {
            let why = "there a word ends at white space, and `*` stands for anything";
            self.report
                .changed(at, "keywords", why)
                .kept("words that also end at punctuation; `*` for up to 20 letters of the word");
        }
    }

    fn allowed(&mut self, rule: &mut Rule, metadata: &Node, name: &str) {
        for (text, at) in self.texts(metadata, "allow_list", name) {
            match phrase::wildcard_ends(text) {
                Ok(text) => rule.except.push(Exception::Pattern(Pattern::text(text))),
                Err(why) => {
                    self.report.lost(at, format!("the allowed {}", shown(text)), why);
                }
            }
        }
    }

    fn mentions(&mut self, rule: &mut Rule, metadata: &Node, name: &str) -> bool {
        if let Some(raids) = metadata
            .get("mention_raid_protection_enabled")
            .filter(|raids| raids.bool() == Some(true))
        {
            let why = "a raid shows in many messages together; a policy sees one at a time";
            self.report.lost(raids.at, format!("raid protection of {name}"), why);
        }
        let limit = metadata.get("mention_total_limit");
        let Some(most) = limit.and_then(Node::integer) else {
            self.report.lost(metadata.at, name, "it has no `mention_total_limit`");
            return false;
        };
        let at = limit.map_or(metadata.at, |limit| limit.at);
        self.report
            .changed(
                at,
                format!("the limit of {name}"),
                "there it counts different people and roles",
            )
            .kept("every mention counts");
        rule.when = if self.members {
            format!("mentions(text) > {most}")
        } else {
            format!("mentions > {most}")
        };
        true
    }

    fn presets(&mut self, metadata: &Node, name: &str) {
        for preset in metadata.get("presets").map(Node::items).unwrap_or_default() {
            let given = number(preset, &PRESET_NAMES);
            let known = PRESETS.iter().find(|preset| given == Some(preset.0));
            let what = known
                .map_or_else(|| "a preset".to_owned(), |(_, name)| format!("the preset {name}"));
            self.report
                .lost(
                    preset.at,
                    format!("{what} of {name}"),
                    "Discord's own lists of words are not public",
                )
                .kept("nothing; packs such as `extends: [pack:profanity-en]` may take its place");
        }
        for (text, at) in self.texts(metadata, "allow_list", name) {
            self.report.lost(
                at,
                format!("the allowed {} of {name}", shown(text)),
                "its preset is lost",
            );
        }
    }

    fn actions(&mut self, rule: &mut Rule, node: &Node, name: &str) {
        let mut worst: Option<usize> = None;
        let mut all = Vec::new();
        for action in node.get("actions").map(Node::items).unwrap_or_default() {
            let given = action.get("type").and_then(|kind| number(kind, &ACTION_TYPES));
            let Some(rank) = ACTIONS.iter().position(|action| Some(action.0) == given) else {
                self.report.lost(
                    action.at,
                    format!("an action of {name}"),
                    "there is no action of this type",
                );
                continue;
            };
            all.push(ACTIONS[rank].1);
            worst = worst.max(Some(rank));
            let metadata = action.get("metadata");
            for entry in metadata.map(Node::entries).unwrap_or_default() {
                let Some(text) = entry.value.scalar() else { continue };
                match entry.key.as_str() {
                    "custom_message" => rule.message = text,
                    "channel_id" => rule.meta.push(("alert_channel".to_owned(), text)),
                    "duration_seconds" => rule.meta.push(("timeout_seconds".to_owned(), text)),
                    other => {
                        let what = format!("{} of an action of {name}", shown(other));
                        self.report.lost(entry.at, what, "it is not known what it means");
                    }
                }
            }
        }
        if all.len() > 1 {
            rule.meta.push(("actions".to_owned(), all.join(", ")));
            self.report
                .changed(
                    node.get("actions").map_or(node.at, |a| a.at),
                    format!("the actions of {name}"),
                    "a rule has one action",
                )
                .kept("the most severe one; all of them in `meta`");
        }
        rule.action = Some(worst.map_or_else(
            || {
                self.report.note(node.at, name, "it has no action").kept("`alert`");
                "alert".to_owned()
            },
            |rank| ACTIONS[rank].1.to_owned(),
        ));
    }

    /// Roles and channels that are spared, as facts.
    fn exemptions(&mut self, rule: &mut Rule, node: &Node, name: &str) {
        let ids = |key| {
            let listed = node.get(key).map(Node::items).unwrap_or_default();
            let ids: Vec<String> = listed.iter().filter_map(|id| id.scalar()).collect();
            ids.into_iter().map(|id| format!("'{}'", id.replace('\'', "''"))).collect::<Vec<_>>()
        };
        let (roles, channels) = (ids("exempt_roles"), ids("exempt_channels"));
        let mut terms = vec![match rule.when.as_str() {
            "" => super::draft::UNNAMED.to_owned(),
            when => when.to_owned(),
        }];
        if !roles.is_empty() {
            self.draft.fact(Fact {
                name: "author.roles".to_owned(),
                kind: "set",
                default: "[]",
                comment: "ids of the member's roles".to_owned(),
            });
            terms.extend(roles.iter().map(|role| format!("not {role} in author.roles")));
        }
        if !channels.is_empty() {
            self.draft.fact(Fact {
                name: "channel".to_owned(),
                kind: "text",
                default: "\"\"",
                comment: "id of the channel; of a thread, that of its channel".to_owned(),
            });
            terms.push(match channels.as_slice() {
                [channel] => format!("channel != {channel}"),
                _ => format!("not channel in [{}]", channels.join(", ")),
            });
        }
        if terms.len() > 1 {
            rule.when = terms.join(" and ");
        }
        let event = node.get("event_type").and_then(|event| number(event, &EVENTS));
        let profile = rule.fields.first() == Some(&"profile");
        if let Some(event) = event.filter(|event| *event != 1 + i64::from(profile)) {
            let what = format!("the event type {event} of {name}");
            self.report.lost(
                node.get("event_type").map_or(node.at, |e| e.at),
                what,
                "its trigger goes with another event",
            );
        }
    }

    fn finish(mut self) -> Draft {
        let used =
            |name: &str| self.draft.rules.iter().any(|rule| rule.action.as_deref() == Some(name));
        let actions =
            ACTIONS.iter().map(|(_, name, _)| *name).filter(|name| used(name)).map(str::to_owned);
        self.draft.actions = std::iter::once("allow".to_owned()).chain(actions).collect();
        self.draft
    }
}
