//! Discourse watched words: rows of word, replacement, case-sensitivity, action.
//!
//! An export has no header and one action, which its name ends with
//! (`forum.example.com-watched-words-block.csv`); a table with a header may have all of them.

use super::draft::{Draft, Group, Kind, List, Mode, Pattern, Rule};
use super::names::Names;
use super::regex::{Dialect, Flags};
use super::report::{Problem, Report, shown};
use super::source::Source;
use super::table::Row;
use super::{LIST_FROM, phrase, regex, table};
use std::collections::HashMap;

/// The actions, mildest first, with what Discourse does.
const ACTIONS: [(&str, &str); 8] = [
    ("tag", "tags the topic"),
    ("link", "makes the word a link"),
    ("replace", "replaces the word"),
    ("censor", "hides the word behind ■"),
    ("flag", "lets the post appear and flags it for review"),
    ("require_approval", "holds the post until a moderator approves it"),
    ("silence", "silences a new user whose first posts have the word"),
    ("block", "refuses the post"),
];

/// What a row says beside its word.
struct Word {
    replacement: String,
    action: &'static str,
}

pub(crate) fn import(
    source: &Source,
    words_are_regexes: bool,
    report: &mut Report<'_>,
) -> Result<Draft, Vec<Problem>> {
    let first =
        source.lines().map(|(_, line)| line).find(|line| !line.trim().is_empty()).unwrap_or("");
    let mut rows = table::rows(source, table::delimiter(first))?;
    if rows.is_empty() {
        return Err(vec![Problem::whole(
            "the file has no words",
            "export the watched words again",
        )]);
    }
    let columns = Columns::of(&rows[0], report);
    if columns.header {
        rows.remove(0);
    }
    let default = file_action(source, report, columns.action.is_some());
    let mut importer = Importer {
        words_are_regexes,
        report,
        kept: Vec::new(),
        seen: HashMap::new(),
        starred: false,
        warned: false,
    };
    for row in &rows {
        importer.row(row, &columns, default);
    }
    let kept = std::mem::take(&mut importer.kept);
    Ok(draft(&kept))
}

/// Which column holds what.
struct Columns {
    header: bool,
    word: usize,
    replacement: Option<usize>,
    tags: Option<usize>,
    case_sensitive: Option<usize>,
    action: Option<usize>,
}

impl Columns {
    fn of(first: &Row, report: &mut Report<'_>) -> Self {
        let names: Vec<String> =
            first.cells.iter().map(|c| c.trim().to_lowercase().replace([' ', '-'], "_")).collect();
        let find = |wanted: &[&str]| names.iter().position(|name| wanted.contains(&name.as_str()));
        let Some(word) = find(&["word", "words", "watched_word"]).filter(|_| first.cells.len() > 1)
        else {
            // As uploads are read: word, replacement, case-sensitivity.
            return Self {
                header: false,
                word: 0,
                replacement: Some(1),
                tags: None,
                case_sensitive: Some(2),
                action: None,
            };
        };
        let known = [
            "word",
            "words",
            "watched_word",
            "replacement",
            "tag",
            "tags",
            "replacement_tags",
            "case_sensitive",
            "action",
            "action_key",
            "html",
            "id",
        ];
        for name in names.iter().filter(|name| !known.contains(&name.as_str())) {
            report.lost(
                first.at,
                format!("the column {}", shown(name)),
                "it is not known what it means",
            );
        }
        Self {
            header: true,
            word,
            replacement: find(&["replacement"]),
            tags: find(&["tag", "tags", "replacement_tags"]),
            case_sensitive: find(&["case_sensitive"]),
            action: find(&["action", "action_key"]),
        }
    }
}

/// The action that the name of an export ends with.
fn file_action(source: &Source, report: &mut Report<'_>, named: bool) -> &'static str {
    let stem = source.stem().to_lowercase().replace('-', "_");
    let found = ACTIONS
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| stem.ends_with(name))
        .max_by_key(|name| name.len());
    found.unwrap_or_else(|| {
        if !named {
            report
                .note(
                    0,
                    "the action",
                    "neither a column nor the name of the file says what the words are watched for",
                )
                .kept("`flag`; exports are called `…-watched-words-ACTION.csv`");
        }
        "flag"
    })
}

struct Importer<'r, 's> {
    words_are_regexes: bool,
    report: &'r mut Report<'s>,
    /// Words, their patterns, and whether these match more than the original.
    kept: Vec<(Word, Pattern, bool)>,
    /// Words and the action and text they were met with first.
    seen: HashMap<(String, bool), &'static str>,
    starred: bool,
    warned: bool,
}

impl Importer<'_, '_> {
    fn row(&mut self, row: &Row, columns: &Columns, default: &'static str) {
        let cell = |column: Option<usize>| column.map_or("", |column| row.cell(column));
        let text = row.cell(columns.word).to_owned();
        if text.is_empty() {
            self.report.lost(row.at, "the row", "its word is missing");
            return;
        }
        let action = match cell(columns.action).to_lowercase().replace([' ', '-'], "_").as_str() {
            "" => default,
            name => {
                if let Some((known, _)) = ACTIONS.iter().find(|(known, _)| *known == name) {
                    known
                } else {
                    let what = format!("the action {} of {}", shown(name), shown(&text));
                    self.report.lost(row.at, what, "Discourse has no such action").kept("`flag`");
                    "flag"
                }
            }
        };
        let case_sensitive = match cell(columns.case_sensitive).to_lowercase().as_str() {
            "true" | "t" | "yes" | "1" => true,
            "" | "false" | "f" | "no" | "0" => false,
            other => {
                let what = format!("{} as case-sensitivity of {}", shown(other), shown(&text));
                self.report.lost(row.at, what, "it is neither `true` nor `false`").kept("any case");
                false
            }
        };
        for extra in
            row.cells.iter().skip(3).filter(|cell| !columns.header && !cell.trim().is_empty())
        {
            self.report.lost(
                row.at,
                format!("the cell {}", shown(extra)),
                "a row has a word, a replacement and a case-sensitivity",
            );
        }
        let tags = cell(columns.tags);
        let replacement = if tags.is_empty() { cell(columns.replacement) } else { tags }.to_owned();
        let known =
            (if case_sensitive { text.clone() } else { text.to_lowercase() }, case_sensitive);
        if let Some(first) = self.seen.get(&known) {
            if *first == action {
                self.report.note(row.at, shown(&text), "it is in the list already");
            } else {
                let why = format!(
                    "it is there already, for `{first}`; in Discourse a word has one action"
                );
                self.report.lost(row.at, shown(&text), why).kept("the first one");
            }
            return;
        }
        self.seen.insert(known, action);
        if let Some((pattern, looser)) = self.pattern(&text, row.at, case_sensitive) {
            self.kept.push((Word { replacement, action }, pattern, looser));
        }
    }

    fn pattern(&mut self, text: &str, at: usize, case_sensitive: bool) -> Option<(Pattern, bool)> {
        if self.words_are_regexes {
            let flags = Flags { case_sensitive, ..Flags::of(Dialect::Ruby) };
            let found = regex::pattern(text, at, flags, self.report);
            if found.is_none() {
                self.report.note(at, shown(text), "Discourse may have skipped it silently as well");
            }
            return found;
        }
        if !self.warned && looks_like_regex(text) {
            self.warned = true;
            self.report.note(at, shown(text), "it looks like a regex: if the site has `watched words regular expressions` on, import with `--regex`").kept("the words as they are written");
        }
        if !self.starred && text.contains('*') {
            self.starred = true;
            self.report
                .changed(at, "`*`", "there it stands for anything but white space")
                .kept("up to 20 letters of the same word");
        }
        match phrase::wildcard(text) {
            Ok(text) => Some((Pattern::text(text).case_sensitive(case_sensitive), false)),
            Err(why) => {
                self.report.lost(at, shown(text), why);
                None
            }
        }
    }
}

fn looks_like_regex(text: &str) -> bool {
    ["\\b", "\\d", "\\w", "\\s", "(?", ".*", ".+", "[a-", "[^", "|"]
        .iter()
        .any(|sign| text.contains(sign))
}

fn draft(words: &[(Word, Pattern, bool)]) -> Draft {
    let mut draft = Draft { actions: vec!["allow".to_owned()], ..Draft::default() };
    let mut names = Names::default();
    for (action, does) in ACTIONS {
        // Words with one replacement are one rule; those that match more now stand apart.
        let mut rules: Vec<(&str, bool, Vec<Pattern>)> = Vec::new();
        let mut places: HashMap<(&str, bool), usize> = HashMap::new();
        for (word, pattern, looser) in words.iter().filter(|(word, ..)| word.action == action) {
            let key = (word.replacement.as_str(), *looser);
            let place = *places.entry(key).or_insert(rules.len());
            if place == rules.len() {
                rules.push((key.0, key.1, Vec::new()));
            }
            rules[place].2.push(pattern.clone());
        }
        if rules.is_empty() {
            continue;
        }
        draft.actions.push(action.to_owned());
        for (replacement, looser, patterns) in rules {
            let id = names.give(&format!("watched_{action}"), "watched");
            let patterns = listed(&mut draft, &id, patterns);
            let key = if action == "tag" { "tags" } else { "replacement" };
            let meta = (!replacement.is_empty()).then(|| (key.to_owned(), replacement.to_owned()));
            draft.rules.push(Rule {
                comments: if looser {
                    vec!["Matches more than the original: see the report of the import.".to_owned()]
                } else {
                    Vec::new()
                },
                id,
                action: Some(action.to_owned()),
                description: format!("Discourse {does}."),
                meta: meta.into_iter().collect(),
                groups: vec![Group::unnamed(patterns)],
                mode: if looser { Mode::Shadow } else { Mode::Enforce },
                ..Rule::default()
            });
        }
    }
    draft
}

fn listed(draft: &mut Draft, name: &str, patterns: Vec<Pattern>) -> Vec<Pattern> {
    if patterns.len() < LIST_FROM {
        return patterns;
    }
    draft.lists.push(List { name: name.to_owned(), entries: patterns });
    vec![Pattern::new(Kind::List(name.to_owned()))]
}
