//! profanity-list: JSON with an object a word, or only words: an array, arrays by language or
//! category, or an object that says how severe each word is.
//!
//! In `match`, `|` separates alternatives and `*` says that the character before it may repeat.
//! `allow_partial` (default true) finds it inside words; in `exceptions`, `*` stands for the match.

use super::draft::{Draft, Exception, Group, Kind, Pattern, Rule};
use super::names::{Names, slug};
use super::node::{Entry, Node, Value};
use super::report::{Problem, Report, shown};
use super::source::Source;
use super::wordlist::{milli, threshold};
use super::{json, phrase, regex};
use std::collections::HashSet;
use tamis::Milli;

pub(crate) fn import(source: &Source, report: &mut Report<'_>) -> Result<Draft, Vec<Problem>> {
    let root = json::parse(source).map_err(|problem| vec![problem])?;
    let Some(lists) = Lists::of(&root) else {
        let message = format!("the file holds {}, not a list of words", root.kind());
        let hint = "it should look like `[{ \"id\": …, \"match\": …, \"severity\": … }]`, \
                    `[\"word\", …]`, `{ \"en\": [\"word\", …] }` or `{ \"word\": 2 }`";
        return Err(vec![Problem::new(source.place(root.at), message, hint)]);
    };
    if lists.is_empty() {
        return Err(vec![Problem::whole("the list has no entries", "export it again")]);
    }
    let mut importer = Importer { draft: Draft::default(), names: Names::default(), report };
    importer.report.note(
        root.at,
        "the list",
        "it says how severe a word is, not what to do: severities are points, and every word leads to `review`",
    );
    match lists {
        Lists::One(items) => items.iter().for_each(|item| importer.entry(item)),
        Lists::Named(lists) => {
            for list in lists {
                importer.named(list, lists.len() == 1);
            }
        }
        Lists::Rated(words) => importer.rated(words),
    }
    Ok(importer.draft)
}

/// How the words of a file are put together.
enum Lists<'n> {
    /// `[…]`, or the only list of a file: `{ "words": […] }`.
    One(&'n [Node]),
    /// `{ "en": […], "de": […] }`.
    Named(&'n [Entry]),
    /// `{ "word": 2 }`.
    Rated(&'n [Entry]),
}

impl<'n> Lists<'n> {
    fn of(root: &'n Node) -> Option<Self> {
        let is_list = |entry: &Entry| matches!(entry.value.value, Value::List(_));
        match &root.value {
            Value::List(items) => Some(Self::One(items)),
            Value::Map(entries) if entries.iter().any(is_list) => Some(Self::Named(entries)),
            Value::Map(entries) if entries.iter().any(|e| rating(&e.value).is_some()) => {
                Some(Self::Rated(entries))
            }
            _ => None,
        }
    }

    fn is_empty(&self) -> bool {
        match self {
            Self::One(items) => items.is_empty(),
            Self::Named(entries) | Self::Rated(entries) => entries.is_empty(),
        }
    }
}

/// Where an entry has what it looks for; the first is that of the format.
const WORD_KEYS: [&str; 3] = ["match", "word", "text"];
/// Where it has how severe it is, and what kind of word.
const SEVERITY_KEYS: [&str; 4] = ["severity", "rating", "level", "score"];
const TAG_KEYS: [&str; 3] = ["tags", "category", "categories"];
/// The label of words that have no tag.
const PROFANITY: &str = "profanity";

struct Importer<'r, 's> {
    draft: Draft,
    names: Names,
    report: &'r mut Report<'s>,
}

impl Importer<'_, '_> {
    fn entry(&mut self, node: &Node) {
        let word = node.text().map(str::to_owned);
        let written = WORD_KEYS.iter().find_map(|key| node.get(key)).and_then(Node::text);
        let matches = match (&word, written) {
            (Some(word), _) => word.clone(),
            (None, Some(found)) => found.to_owned(),
            (None, None) => {
                let why = if node.is_map() {
                    "it has no `match`"
                } else {
                    "it is neither an object nor a text"
                };
                self.report.lost(node.at, "an entry", why);
                return;
            }
        };
        let id = node.get("id").and_then(Node::scalar).unwrap_or_else(|| matches.clone());
        for entry in node.entries() {
            self.check_key(entry, &id);
        }
        let partial = allow_partial(node, word.is_some());
        let mut patterns = Vec::new();
        let mut bases = Vec::new();
        // A plain array of words has no alternatives.
        let alternatives: Vec<&str> =
            if word.is_some() { vec![&matches] } else { matches.split('|').collect() };
        for alternative in alternatives {
            let found = match &word {
                Some(word) => self.plain(word, node.at),
                None => self.alternative(alternative.trim(), node.at, partial),
            };
            if let Some((pattern, base)) = found {
                patterns.push(pattern);
                bases.push(base);
            }
        }
        if patterns.is_empty() {
            self.report.lost(
                node.at,
                format!("the entry {}", shown(&id)),
                "nothing of it can be looked for",
            );
            return;
        }
        let (tags, label) = tags(node);
        let points = self.severity(node, &id);
        threshold(&mut self.draft, &label, points);
        let except = self.exceptions(node, &bases);
        let name = self.names.give(&slug(&id), "entry");
        if name != slug(&id) {
            self.report
                .changed(
                    node.at,
                    format!("the id {}", shown(&id)),
                    "no rule can have this name, or another has it",
                )
                .kept(format!("`{name}`"));
        }
        self.draft.rules.push(Rule {
            id: name,
            label: Some(label),
            points: Some(points),
            tags,
            groups: vec![Group::unnamed(patterns)],
            except,
            ..Rule::default()
        });
    }

    /// A list of words under a name: of a language, for its texts alone, or of a category.
    /// The name of the only list says nothing.
    fn named(&mut self, list: &Entry, alone: bool) {
        let Value::List(items) = &list.value.value else {
            self.report.lost(list.at, format!("`{}`", list.key), "it is no list of words");
            return;
        };
        let first = self.draft.rules.len();
        for item in items {
            self.entry(item);
        }
        let lang = is_language(&list.key).then(|| list.key.replace('_', "-"));
        for rule in &mut self.draft.rules[first..] {
            match &lang {
                Some(lang) => rule.lang = vec![lang.clone()],
                None if alone => {}
                None => rule.tags.push(list.key.clone()),
            }
        }
    }

    /// `{ "word": 2 }`: each word with a number that says how severe or how sure it is.
    fn rated(&mut self, words: &[Entry]) {
        for word in words {
            let rating = rating(&word.value).and_then(Node::scalar);
            let Some(points) = rating.and_then(|text| milli(&text)) else {
                self.report.lost(word.at, shown(&word.key), "it has no number");
                continue;
            };
            let (points, _) = points;
            for entry in word.value.entries() {
                self.check_key(entry, &word.key);
            }
            if points <= Milli::ZERO {
                self.report.lost(word.at, shown(&word.key), "with no points it would do nothing");
                continue;
            }
            let Some((pattern, _)) = self.plain(&word.key, word.at) else { continue };
            let (tags, label) = tags(&word.value);
            threshold(&mut self.draft, &label, points);
            let id = self.names.give(&slug(&word.key), "entry");
            self.draft.rules.push(Rule {
                id,
                label: Some(label),
                points: Some(points),
                tags,
                groups: vec![Group::unnamed(vec![pattern])],
                ..Rule::default()
            });
        }
    }

    fn check_key(&mut self, entry: &Entry, id: &str) {
        const KNOWN: [&str; 4] = ["id", "allow_partial", "partial_match", "exceptions"];
        let lists = [&KNOWN[..], &WORD_KEYS, &SEVERITY_KEYS, &TAG_KEYS];
        let known = |key: &str| lists.iter().any(|list| list.contains(&key));
        if !known(&entry.key) {
            let what = format!("the key {} of {}", shown(&entry.key), shown(id));
            self.report.lost(entry.at, what, "it is not known what it means");
        }
    }

    fn severity(&mut self, node: &Node, id: &str) -> Milli {
        let Some(value) = SEVERITY_KEYS.iter().find_map(|key| node.get(key)) else {
            if node.is_map() {
                self.report
                    .note(node.at, format!("the entry {}", shown(id)), "it has no severity")
                    .kept("1 point");
            }
            return Milli(1_000);
        };
        let points = value.scalar().and_then(|text| milli(&text)).map(|(points, _)| points);
        points.filter(|&points| points > Milli::ZERO).unwrap_or_else(|| {
            let what = format!("the severity of {}", shown(id));
            self.report.lost(value.at, what, "it is not a number from 1 to 4").kept("1 point");
            Milli(1_000)
        })
    }

    /// A word of a plain array, in which no sign has a meaning.
    fn plain(&mut self, text: &str, at: usize) -> Option<(Pattern, String)> {
        match phrase::literal(text) {
            Ok(pattern) => Some((Pattern::text(pattern), text.to_owned())),
            Err(why) => {
                self.report.lost(at, format!("the match {}", shown(text)), why);
                None
            }
        }
    }

    /// The pattern of an alternative, and what exceptions put in the place of `*`.
    fn alternative(&mut self, text: &str, at: usize, partial: bool) -> Option<(Pattern, String)> {
        let base = text.replace('*', "");
        if let Err(why) = phrase::literal(&base) {
            self.report.lost(at, format!("the match {}", shown(text)), why);
            return None;
        }
        if !text.contains('*') {
            return Some((Pattern::text(text).anywhere(partial), base));
        }
        if text.starts_with('*') || text.contains("**") {
            let why = "a `*` says that the character before it may repeat, and there is none";
            self.report.lost(at, format!("the match {}", shown(text)), why);
            return None;
        }
        // `lo*ng`: `o` once or more often.
        let repeated: Vec<String> = text.split('*').map(regex_syntax::escape).collect();
        let source = repeated.join("+");
        let source = if partial { source } else { regex::bounded(&source) };
        Some((Pattern { raw: false, ..regex::build(source, false) }, base))
    }

    fn exceptions(&mut self, node: &Node, bases: &[String]) -> Vec<Exception> {
        let mut all: Vec<Exception> = Vec::new();
        let mut seen = HashSet::new();
        for exception in node.get("exceptions").map(Node::items).unwrap_or_default() {
            let Some(text) = exception.text().map(str::trim).filter(|text| !text.is_empty()) else {
                self.report.lost(exception.at, "an exception", "it is not a text");
                continue;
            };
            for base in bases {
                // Exceptions of the original are found inside words as matches are.
                let spared = phrase::wildcard(&format!("*{}*", text.replace('*', base)));
                if let Ok(text) = spared
                    && seen.insert(text.clone())
                {
                    all.push(Exception::Pattern(Pattern::new(Kind::Text(text))));
                }
                if !text.contains('*') {
                    break;
                }
            }
        }
        all
    }
}

/// The tags of an entry, and the label that the first of them is.
fn tags(node: &Node) -> (Vec<String>, String) {
    let written = TAG_KEYS.iter().find_map(|key| node.get(key)).map(Node::items);
    let tags: Vec<String> =
        written.unwrap_or_default().iter().filter_map(|tag| tag.scalar()).collect();
    let label = tags.first().map(|tag| slug(tag)).filter(|tag| !tag.is_empty());
    (tags, label.unwrap_or_else(|| PROFANITY.to_owned()))
}

/// The number of `{ "word": 2 }` or `{ "word": { "severity": 2 } }`.
fn rating(value: &Node) -> Option<&Node> {
    let inside = || SEVERITY_KEYS.iter().find_map(|key| value.get(key));
    let number = if value.is_map() { inside()? } else { value };
    matches!(number.value, Value::Number(_)).then_some(number)
}

/// True for `en`, `pt-BR` and their like.
fn is_language(key: &str) -> bool {
    let mut parts = key.split(['-', '_']);
    let letters = |part: &str| part.bytes().all(|b| b.is_ascii_alphabetic());
    parts.next().is_some_and(|first| first.len() == 2 && letters(first))
        && parts.all(|part| (2..=4).contains(&part.len()) && letters(part))
}

/// Whether an entry is found inside words too; a word of a plain array is not.
fn allow_partial(node: &Node, plain: bool) -> bool {
    let given = node.get("allow_partial").or_else(|| node.get("partial_match"));
    given.map_or(!plain, |value| value.scalar().as_deref() != Some("false"))
}
