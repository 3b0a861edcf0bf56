//! Search checks: `~title+body#2 (includes, regex): [values]`.

use super::{Importer, Reading};
use crate::import::draft::{Group, Kind, Pattern};
use crate::import::names::slug;
use crate::import::node::{Entry, Node};
use crate::import::phrase;
use crate::import::regex::{self, Dialect, Flags};
use crate::import::report::shown;
use std::collections::HashSet;

/// Whose fields are searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    Item,
    Author,
}

/// Fields by the key's name, what they are called here, and their default way to match.
const ITEM_FIELDS: [(&str, &str, Way); 17] = [
    ("title", "title", Way::IncludesWord),
    ("body", "body", Way::IncludesWord),
    ("url", "url", Way::Includes),
    ("domain", "domain", Way::IncludesWord),
    ("id", "id", Way::FullExact),
    ("flair_text", "flair_text", Way::FullExact),
    ("flair_css_class", "flair_css_class", Way::FullExact),
    ("flair_template_id", "flair_template_id", Way::FullExact),
    ("media_author", "media_author", Way::FullExact),
    ("media_author_url", "media_author_url", Way::Includes),
    ("media_title", "media_title", Way::IncludesWord),
    ("media_description", "media_description", Way::IncludesWord),
    ("crosspost_id", "crosspost_id", Way::FullExact),
    ("crosspost_title", "crosspost_title", Way::IncludesWord),
    ("poll_option_text", "poll_option_text", Way::IncludesWord),
    ("subreddit_name", "subreddit_name", Way::FullExact),
    ("event_title", "event_title", Way::IncludesWord),
];
const AUTHOR_FIELDS: [(&str, &str, Way); 5] = [
    ("name", "author_name", Way::IncludesWord),
    ("id", "author_id", Way::FullExact),
    ("flair_text", "author_flair_text", Way::FullExact),
    ("flair_css_class", "author_flair_css_class", Way::FullExact),
    ("flair_template_id", "author_flair_template_id", Way::FullExact),
];

/// What a comment has; all other fields belong to submissions.
const OF_COMMENTS: [&str; 2] = ["body", "id"];

/// Where the fields of a policy stand: the texts that people read first.
pub(super) fn rank(field: &str) -> usize {
    let names = ITEM_FIELDS.iter().chain(&AUTHOR_FIELDS).map(|(_, name, _)| *name);
    names.into_iter().position(|name| name == field).unwrap_or(usize::MAX)
}

/// How values are searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Includes,
    IncludesWord,
    StartsWith,
    EndsWith,
    FullExact,
    FullText,
}

impl Way {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "includes" => Self::Includes,
            "includes-word" => Self::IncludesWord,
            "starts-with" => Self::StartsWith,
            "ends-with" => Self::EndsWith,
            "full-exact" => Self::FullExact,
            "full-text" => Self::FullText,
            _ => return None,
        })
    }

    /// The function of conditions that asks for it.
    fn function(self) -> Option<&'static str> {
        match self {
            Self::Includes | Self::IncludesWord => None,
            Self::StartsWith => Some("starts"),
            Self::EndsWith => Some("ends"),
            Self::FullExact | Self::FullText => Some("whole"),
        }
    }

    /// A regex that is searched for in this way.
    fn around(self, regex: &str) -> String {
        match self {
            Self::Includes => regex.to_owned(),
            Self::IncludesWord => regex::bounded(regex),
            Self::StartsWith => format!("^(?:{regex})"),
            Self::EndsWith => format!("(?:{regex})$"),
            Self::FullExact => format!("^(?:{regex})$"),
            Self::FullText => format!(r"^\W*(?:{regex})\W*$"),
        }
    }
}

/// A key, taken apart.
#[expect(clippy::struct_excessive_bools, reason = "the parts of the key, each of its own")]
struct Key {
    negated: bool,
    fields: Vec<&'static str>,
    /// The name of its group.
    name: String,
    way: Way,
    regex: bool,
    case_sensitive: bool,
    /// `domain` alone and without modifier, which is about hosts and their subdomains.
    domain: bool,
}

impl Importer<'_, '_> {
    pub(super) fn search(&mut self, reading: &mut Reading, entry: &Entry, of: Of) {
        let Some(key) = self.parse_key(entry, of) else {
            // One check fewer: it may fire more often.
            reading.looser = true;
            return;
        };
        let values = entry.value.items();
        if values.is_empty() {
            self.report.lost(
                entry.at,
                shown(&entry.key),
                "it has no value, so AutoModerator skips it",
            );
            return;
        }
        reading.has_checks = true;
        let mut patterns: Vec<Pattern> = Vec::new();
        let mut loose: Vec<Pattern> = Vec::new();
        let mut narrower = false;
        let mut seen = HashSet::new();
        for value in values {
            match self.value(&key, value) {
                Some((pattern, _)) if !seen.insert(pattern.clone()) => {
                    self.report.note(
                        value.at,
                        shown(&value.scalar().unwrap_or_default()),
                        "it is in the list already",
                    );
                }
                Some((pattern, looser)) => {
                    loose.extend(looser.then(|| pattern.clone()));
                    patterns.push(pattern);
                }
                None => narrower = true,
            }
        }
        if patterns.is_empty() {
            self.lost_check(reading, entry, &key.name, "nothing of it can be searched for");
            if key.negated
                && let Some(term) = reading.terms.last_mut()
            {
                *term = format!("not {term}");
            }
            return;
        }
        if key.negated {
            reading.looser |= narrower;
        } else if !loose.is_empty() {
            reading.loose.push((reading.rule.groups.len(), loose));
        }
        self.only_submissions(reading, &key, of);
        let group = reading.groups.give(&key.name, "search");
        let fields = self.fields(&key);
        let function = key.way.function().filter(|_| !key.regex);
        if let Some(function) = function
            && self.first(function)
        {
            let why = "white space, punctuation and emoji may stand beside it too";
            self.report
                .changed(entry.at, shown(&entry.key), why)
                .kept(format!("`{function}({group})`"));
        }
        let found = function.map_or(group.clone(), |function| format!("{function}({group})"));
        reading.terms.push(if key.negated { format!("not {found}") } else { found });
        reading.rule.groups.push(Group { fields, ..Group::named(group, patterns) });
    }

    /// A search that is turned around holds for every comment, if it is about what comments lack.
    fn only_submissions(&mut self, reading: &mut Reading, key: &Key, of: Of) {
        let about_comments = key.fields.iter().any(|field| OF_COMMENTS.contains(field));
        if key.negated && of == Of::Item && !about_comments && !reading.has_type {
            let fact = self.item_type();
            reading.terms.push(format!("{fact} != 'comment'"));
            reading.has_type = true;
        }
    }

    /// The fields of the group. A host is looked for in the link.
    fn fields(&mut self, key: &Key) -> Vec<&'static str> {
        let fields = if key.domain { vec!["url"] } else { key.fields.clone() };
        for field in &fields {
            self.draft.field(field);
        }
        fields
    }

    fn parse_key(&mut self, entry: &Entry, of: Of) -> Option<Key> {
        let written = entry.key.to_lowercase();
        let (name, modifiers) = match written.split_once('(') {
            Some((name, rest)) => (name.trim(), rest.trim().strip_suffix(')')),
            None => (written.trim(), Some("")),
        };
        let Some(modifiers) = modifiers else {
            self.report.lost(entry.at, shown(&entry.key), "its `(` is never closed");
            return None;
        };
        let negated = name.starts_with('~');
        let (names, suffix) = name
            .trim_start_matches('~')
            .split_once('#')
            .unwrap_or((name.trim_start_matches('~'), ""));
        let known: &[(&str, &'static str, Way)] =
            if of == Of::Item { &ITEM_FIELDS } else { &AUTHOR_FIELDS };
        let mut fields = Vec::new();
        let mut default = Way::IncludesWord;
        for name in names.split('+').map(str::trim) {
            let Some((_, field, way)) = known.iter().find(|(known, ..)| *known == name) else {
                let why = format!("AutoModerator has no key or field {}", shown(name));
                self.report
                    .lost(entry.at, shown(&entry.key), why)
                    .kept("the rule in shadow mode, without this check");
                return None;
            };
            if !fields.contains(field) {
                fields.push(*field);
            }
            default = *way;
        }
        let (mut way, mut regex, mut case_sensitive) = (None, false, false);
        for modifier in modifiers.split(',').map(str::trim).filter(|modifier| !modifier.is_empty())
        {
            match modifier {
                "regex" => regex = true,
                "case-sensitive" => case_sensitive = true,
                name => {
                    let named = Way::named(name);
                    if named.is_none() {
                        let what = format!("the modifier {} of {}", shown(name), shown(&entry.key));
                        self.report
                            .lost(entry.at, what, "AutoModerator has no such modifier")
                            .kept("the search without it");
                    }
                    // The first one counts.
                    way = way.or(named);
                }
            }
        }
        let default = if fields.len() == 1 { default } else { Way::IncludesWord };
        Some(Key {
            negated,
            domain: fields == ["domain"] && way.is_none() && !regex,
            name: slug(&format!("{} {suffix}", fields.join("_"))),
            fields,
            way: way.unwrap_or(default),
            regex,
            case_sensitive,
        })
    }

    /// The pattern of a value, and whether it matches more than the original.
    fn value(&mut self, key: &Key, value: &Node) -> Option<(Pattern, bool)> {
        let Some(text) = value.scalar() else {
            self.report.lost(value.at, "a value", format!("it is {}, not a text", value.kind()));
            return None;
        };
        if value.bool().is_some() {
            let why = "without quotes YAML takes the word for true or false";
            self.report
                .note(value.at, "a value", why)
                .kept(format!("`{text}`, which AutoModerator looks for"));
        }
        if key.regex {
            let flags = Flags {
                case_sensitive: key.case_sensitive,
                dot_all: true,
                ..Flags::of(Dialect::Python)
            };
            let (mut pattern, looser) = regex::pattern(&text, value.at, flags, self.report)?;
            if let Kind::Regex(regex) = &mut pattern.kind {
                *regex = key.way.around(regex);
            }
            return Some((pattern, looser));
        }
        if key.domain && is_host(&text) {
            return Some((Pattern::new(Kind::Domain(text.to_lowercase())), false));
        }
        if key.domain {
            let hint =
                if text.starts_with("self.") { "; ask for `type: text submission`" } else { "" };
            self.report.lost(value.at, shown(&text), format!("it is not the name of a host{hint}"));
            return None;
        }
        match phrase::literal(&text) {
            Ok(text) => {
                let anywhere = matches!(key.way, Way::Includes | Way::StartsWith | Way::EndsWith);
                Some((
                    Pattern::text(text).anywhere(anywhere).case_sensitive(key.case_sensitive),
                    false,
                ))
            }
            Err(why) => {
                self.report.lost(value.at, shown(&text), why);
                None
            }
        }
    }
}

fn is_host(text: &str) -> bool {
    text.contains('.')
        && !text.starts_with("self.")
        && !text.starts_with('.')
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'))
}
