//! Presidio recognizers: YAML with patterns, deny lists and context words.
//!
//! Scores are points and an entity is a label. Context words near a match raise its score as
//! Presidio does: by 0.35, to at least 0.4, at most 1, looking five words back.

use super::draft::{Draft, Exception, Group, Kind, List, Pattern, Rule};
use super::names::{Names, slug};
use super::node::{self, Entry, Node};
use super::regex::{self, Dialect, Flags};
use super::report::{Problem, Report, shown};
use super::source::Source;
use super::wordlist::milli;
use super::{LIST_FROM, phrase, yaml};
use std::collections::HashSet;
use tamis::Milli;
use tamis::spec::suggest::is_language_code;

/// By how much context raises a score, to what at least, and how many words back it may stand:
/// the defaults of Presidio's enhancer.
const CONTEXT_RAISE: Milli = Milli(350);
const CONTEXT_LEAST: Milli = Milli(400);
const CONTEXT_WORDS: u32 = 5;
/// The score of a deny list, and of anything at most.
const ONE: Milli = Milli(1_000);

/// Presidio's own recognizers that have an entity here.
const ENTITIES: [(&str, &str, &str); 8] = [
    ("CreditCardRecognizer", "CREDIT_CARD", "credit_card"),
    ("EmailRecognizer", "EMAIL_ADDRESS", "email"),
    ("IbanRecognizer", "IBAN_CODE", "iban"),
    ("IpRecognizer", "IP_ADDRESS", "ip"),
    ("PhoneRecognizer", "PHONE_NUMBER", "phone"),
    ("UrlRecognizer", "URL", "url"),
    ("UsSsnRecognizer", "US_SSN", "us_ssn"),
    ("CryptoRecognizer", "CRYPTO", "crypto_wallet"),
];

pub(crate) fn import(source: &Source, report: &mut Report<'_>) -> Result<Draft, Vec<Problem>> {
    let documents = yaml::parse(source)?;
    let mut importer = Importer {
        draft: Draft::default(),
        names: Names::default(),
        report,
        flags: default_flags(),
    };
    importer.draft.actions = vec!["allow".to_owned(), "redact".to_owned()];
    let mut found = 0;
    for document in &documents {
        let root = &document.root;
        let entries = root.entries();
        for (entry, repeated) in entries.iter().zip(node::repeated(entries)) {
            if repeated {
                importer.report.lost(entry.at, shown(&entry.key), node::REPEATED);
            }
            importer.setting(entry);
        }
        let recognizers = match root.get("recognizers") {
            Some(list) => list.items(),
            None if root.get("patterns").or(root.get("deny_list")).is_some() => vec![root],
            None => root.items().into_iter().filter(|_| !root.is_map()).collect(),
        };
        for node in recognizers {
            found += 1;
            importer.recognizer(node);
        }
    }
    if found == 0 {
        let hint = "recognizers stand under `recognizers:`, each with `patterns` or `deny_list`";
        return Err(vec![Problem::whole("the file has no recognizers", hint)]);
    }
    importer
        .report
        .note(0, "scores", "there each match has its own; here they are points and add up")
        .kept("one rule a score, and the lowest score of an entity leads to `redact`");
    Ok(importer.draft)
}

/// Python's flags that Presidio sets: case does not matter, `.` and `^` know no lines.
fn default_flags() -> Flags {
    Flags { dot_all: true, multi_line: true, ..Flags::of(Dialect::Python) }
}

struct Importer<'r, 's> {
    draft: Draft,
    names: Names,
    report: &'r mut Report<'s>,
    flags: Flags,
}

/// What a recognizer looks for, beside its patterns.
struct About {
    name: String,
    label: String,
    lang: Vec<String>,
    context: Vec<Pattern>,
}

impl Importer<'_, '_> {
    /// A key at the top of the file.
    fn setting(&mut self, entry: &Entry) {
        match entry.key.as_str() {
            "global_regex_flags" => match entry.value.integer() {
                // Python's re.I = 2, re.M = 8, re.S = 16, re.X = 64.
                Some(bits) => {
                    self.flags.case_sensitive = bits & 2 == 0;
                    self.flags.multi_line = bits & 8 != 0;
                    self.flags.dot_all = bits & 16 != 0;
                    self.flags.extended = bits & 64 != 0;
                }
                None => {
                    self.report
                        .lost(entry.at, shown(&entry.key), "it is not a number")
                        .kept("Presidio's default, 26");
                }
            },
            "allow_list" => {
                for word in entry.value.items() {
                    match word.scalar().map(|word| phrase::literal(&word)) {
                        Some(Ok(text)) => self.draft.except.push(Pattern::text(text)),
                        _ => {
                            self.report.lost(
                                word.at,
                                "an allowed text",
                                "it is not a text that can be looked for",
                            );
                        }
                    }
                }
            }
            // Read elsewhere; a file may be a recognizer by itself.
            "supported_languages"
            | "supported_language"
            | "recognizers"
            | "patterns"
            | "deny_list"
            | "context"
            | "name"
            | "supported_entity"
            | "deny_list_score"
            | "type"
            | "enabled"
            | "supported_entities" => {}
            other => {
                self.report.lost(
                    entry.at,
                    shown(other),
                    "it sets up the analyzer, not what is recognized",
                );
            }
        }
    }

    fn recognizer(&mut self, node: &Node) {
        if let Some(name) = node.scalar() {
            return self.predefined(node, &name, None);
        }
        let name = node.get("name").and_then(Node::scalar).unwrap_or_default();
        if !node.is_map() {
            self.report.lost(
                node.at,
                "a recognizer",
                format!("it is {}, not a mapping", node.kind()),
            );
            return;
        }
        if node.get("enabled").and_then(Node::bool) == Some(false) {
            self.report.lost(
                node.at,
                format!("the recognizer {}", shown(&name)),
                "it is not enabled",
            );
            return;
        }
        let own = node.get("patterns").is_some() || node.get("deny_list").is_some();
        if !own || node.get("type").and_then(Node::text) == Some("predefined") {
            return self.predefined(node, &name, Some(node));
        }
        self.unknown_keys(node, &name);
        let entity = node.get("supported_entity").or_else(|| node.get("supported_entities"));
        let entity = entity
            .and_then(|e| e.items().first().and_then(|e| e.scalar()))
            .unwrap_or_else(|| name.clone());
        let about = About {
            label: match slug(&entity) {
                label if label.is_empty() => "pii".to_owned(),
                label => label,
            },
            context: self.context(node, &name),
            lang: self.languages(node),
            name,
        };
        let mut rows = self.patterns(node, &about);
        rows.extend(self.deny_list(node, &about));
        if rows.is_empty() {
            self.report.lost(
                node.at,
                format!("the recognizer {}", shown(&about.name)),
                "nothing of it can be looked for",
            );
        }
        for (score, patterns) in rows {
            self.rules(&about, score, patterns);
        }
    }

    fn unknown_keys(&mut self, node: &Node, name: &str) {
        const KNOWN: [&str; 12] = [
            "name",
            "supported_language",
            "supported_languages",
            "supported_entity",
            "supported_entities",
            "patterns",
            "deny_list",
            "deny_list_score",
            "context",
            "type",
            "enabled",
            "version",
        ];
        for entry in node.entries().iter().filter(|entry| !KNOWN.contains(&entry.key.as_str())) {
            let what = format!("the key {} of {}", shown(&entry.key), shown(name));
            self.report.lost(entry.at, what, "it is not known what it means");
        }
    }

    /// A recognizer that comes with Presidio, as an entity if there is one.
    fn predefined(&mut self, node: &Node, name: &str, settings: Option<&Node>) {
        let class = settings.and_then(|s| s.get("class_name")).and_then(Node::scalar);
        let wanted = class.as_deref().unwrap_or(name);
        let Some((_, label, entity)) = ENTITIES.iter().find(|(class, ..)| *class == wanted) else {
            let why = if wanted.contains("Spacy")
                || wanted.contains("Stanza")
                || wanted.contains("Transformers")
            {
                "it is a model of language"
            } else {
                "its patterns and checks are in Presidio's code, not in the file"
            };
            self.report.lost(node.at, format!("the recognizer {}", shown(name)), why);
            return;
        };
        if let Some(context) = settings.and_then(|s| s.get("context")) {
            self.report.lost(
                context.at,
                format!("the context of {}", shown(name)),
                "the entity has context words of its own",
            );
        }
        let about = About {
            name: name.to_owned(),
            label: slug(label),
            lang: settings.map(|settings| self.languages(settings)).unwrap_or_default(),
            context: Vec::new(),
        };
        self.report
            .changed(
                node.at,
                format!("the recognizer {}", shown(name)),
                "what it finds is decided by Tamis",
            )
            .kept(format!("`entity: {entity}`"));
        self.rules(&about, ONE, vec![Pattern::new(Kind::Entity(entity))]);
    }

    /// `supported_language: en`, `supported_languages: [en, {language: es}]`.
    fn languages(&mut self, node: &Node) -> Vec<String> {
        let lists =
            ["supported_language", "supported_languages"].iter().filter_map(|key| node.get(key));
        let language =
            |item: &Node| item.scalar().or_else(|| item.get("language").and_then(Node::scalar));
        let all: Vec<String> = lists.flat_map(Node::items).filter_map(language).collect();
        let (codes, others): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|code| is_language_code(code));
        for other in others {
            self.report.lost(
                node.at,
                format!("the language {}", shown(&other)),
                "it is not the code of a language",
            );
        }
        codes
    }

    /// The words of `context`, of the recognizer or of its languages.
    fn context(&mut self, node: &Node, name: &str) -> Vec<Pattern> {
        let languages = node.get("supported_languages").map(Node::items).unwrap_or_default();
        let of_languages = languages.into_iter().filter_map(|language| language.get("context"));
        let lists: Vec<&Node> = node.get("context").into_iter().chain(of_languages).collect();
        let (mut words, mut seen) = (Vec::new(), HashSet::new());
        for word in lists.into_iter().flat_map(Node::items) {
            match word.scalar().map(|word| phrase::literal(&word)) {
                Some(Ok(text)) if !seen.insert(text.clone()) => {}
                Some(Ok(text)) => words.push(Pattern::text(text)),
                _ => {
                    self.report.lost(
                        word.at,
                        format!("a context word of {}", shown(name)),
                        "it is not a text that can be looked for",
                    );
                }
            }
        }
        words
    }

    /// The regexes by score.
    fn patterns(&mut self, node: &Node, about: &About) -> Vec<(Milli, Vec<Pattern>)> {
        let mut rows: Vec<(Milli, Vec<Pattern>)> = Vec::new();
        for pattern in node.get("patterns").map(Node::items).unwrap_or_default() {
            let name = pattern.get("name").and_then(Node::scalar).unwrap_or_default();
            let what = format!("the pattern {} of {}", shown(&name), shown(&about.name));
            let Some((source, at)) = pattern.get("regex").and_then(|r| Some((r.text()?, r.at)))
            else {
                self.report.lost(pattern.at, what, "it has no `regex`");
                continue;
            };
            let score = pattern.get("score");
            let score = match score.and_then(Node::scalar).and_then(|text| milli(&text)) {
                Some((score, _)) if score > Milli::ZERO && score <= ONE => score,
                _ => {
                    let at = score.map_or(pattern.at, |score| score.at);
                    self.report
                        .lost(
                            at,
                            format!("the score of {what}"),
                            "a score is above 0 and at most 1",
                        )
                        .kept("0.01");
                    Milli(10)
                }
            };
            let Some((found, looser)) = regex::pattern(source, at, self.flags, self.report) else {
                continue;
            };
            if looser {
                self.report
                    .lost(at, what, "without its look-around it would match more than it did")
                    .kept("nothing of the pattern");
                continue;
            }
            match rows.iter_mut().find(|(known, _)| *known == score) {
                Some((_, patterns)) => patterns.push(found),
                None => rows.push((score, vec![found])),
            }
        }
        rows
    }

    fn deny_list(&mut self, node: &Node, about: &About) -> Option<(Milli, Vec<Pattern>)> {
        let words = node.get("deny_list")?.items();
        let score =
            node.get("deny_list_score").and_then(Node::scalar).and_then(|text| milli(&text));
        let mut patterns: Vec<Pattern> = Vec::new();
        let mut seen = HashSet::new();
        for word in words {
            match word.scalar().map(|word| phrase::literal(&word)) {
                Some(Ok(text)) if !seen.insert(text.clone()) => {
                    self.report.note(word.at, shown(&text), "it is in the list already");
                }
                Some(Ok(text)) => {
                    patterns.push(Pattern::text(text).case_sensitive(self.flags.case_sensitive));
                }
                _ => {
                    let what = format!("an item of the deny list of {}", shown(&about.name));
                    self.report.lost(word.at, what, "it is not a text that can be looked for");
                }
            }
        }
        (!patterns.is_empty())
            .then(|| (score.map_or(ONE, |(score, _)| score.max(Milli(1))), patterns))
    }

    /// The rule for a score, and the one for what context adds to it.
    fn rules(&mut self, about: &About, score: Milli, patterns: Vec<Pattern>) {
        let id = self.names.give(&slug(&about.name), &about.label);
        self.threshold(&about.label, score);
        let raised = Milli((score.0 + CONTEXT_RAISE.0).clamp(CONTEXT_LEAST.0, ONE.0));
        let with_context = !about.context.is_empty() && raised > score;
        // A list is written once for the two rules.
        let patterns = if patterns.len() >= LIST_FROM || (with_context && patterns.len() > 1) {
            self.draft.lists.push(List { name: id.clone(), entries: patterns });
            vec![Pattern::new(Kind::List(id.clone()))]
        } else {
            patterns
        };
        let rule = Rule {
            id: id.clone(),
            label: Some(about.label.clone()),
            points: Some(score),
            description: format!("Presidio's {}.", about.name),
            lang: about.lang.clone(),
            groups: vec![Group::unnamed(patterns.clone())],
            except: Vec::<Exception>::new(),
            ..Rule::default()
        };
        if with_context {
            let english = about.lang.is_empty() || about.lang.iter().all(|lang| lang == "en");
            let words = Group {
                inflect: english.then_some("en"),
                ..Group::named("context", about.context.clone())
            };
            let context = Rule {
                id: self.names.give(&format!("{id}_context"), "context"),
                points: Some(Milli(raised.0 - score.0)),
                description: format!("A word near it that tells of {}.", about.label),
                groups: vec![Group::named("found", patterns), words],
                when: format!("before(context, found, {CONTEXT_WORDS})"),
                ..rule.clone()
            };
            self.draft.rules.push(rule);
            self.draft.rules.push(context);
        } else {
            self.draft.rules.push(rule);
        }
    }

    fn threshold(&mut self, name: &str, score: Milli) {
        self.draft.threshold(name, "redact", score);
    }
}
