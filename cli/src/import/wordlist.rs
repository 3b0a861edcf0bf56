//! Lists of words: one a line with comments, or a table with weights and categories.

use super::draft::{Draft, Group, Kind, List, Pattern, Rule};
use super::names::{Names, slug};
use super::regex::{Dialect, Flags};
use super::report::{Problem, Report, shown};
use super::source::Source;
use super::{LIST_FROM, phrase, regex, table};
use std::collections::HashMap;
use std::path::Path;
use tamis::Milli;
use tamis::spec::suggest::is_language_code;

/// The columns of a table by what people call them.
const COLUMNS: [(Column, &[&str]); 5] = [
    (
        Column::Word,
        &["word", "term", "phrase", "text", "pattern", "keyword", "match", "words", "value"],
    ),
    (Column::Weight, &["weight", "score", "points", "severity", "level", "rating", "strength"]),
    (
        Column::Category,
        &["category", "label", "type", "group", "tag", "tags", "class", "categories"],
    ),
    (Column::Lang, &["lang", "language", "locale"]),
    (Column::Comment, &["note", "notes", "comment", "comments", "description", "id"]),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Word,
    Weight,
    Category,
    Lang,
    Comment,
}

/// An entry of the list.
struct Entry {
    at: usize,
    word: String,
    weight: Option<Milli>,
    category: String,
    lang: String,
}

pub(crate) fn import(source: &Source, report: &mut Report<'_>) -> Result<Draft, Vec<Problem>> {
    let entries = match layout(source) {
        Some(layout) => from_table(source, &layout, report)?,
        None => from_lines(source),
    };
    if entries.is_empty() {
        return Err(vec![Problem::whole(
            "the list has no words",
            "write one word or phrase a line",
        )]);
    }
    Ok(draft(entries, report))
}

/// A line without comment.
fn from_lines(source: &Source) -> Vec<Entry> {
    let entry = |(at, line): (usize, &str)| {
        let word = without_comment(line);
        let at = at + line.find(word).unwrap_or(0);
        (!word.is_empty()).then(|| Entry {
            at,
            word: word.to_owned(),
            weight: None,
            category: String::new(),
            lang: String::new(),
        })
    };
    source.lines().filter_map(entry).collect()
}

/// Comments start with `#` or `//` at the start of a line or behind white space, or with `;` at
/// its start.
fn without_comment(line: &str) -> &str {
    let line = line.trim();
    if line.starts_with(['#', ';']) && !line.starts_with("\\#") || line.starts_with("//") {
        return "";
    }
    let comment = ["#", "//"].iter().flat_map(|sign| line.match_indices(sign)).map(|(at, _)| at);
    let comment = comment.filter(|&at| line[..at].ends_with(char::is_whitespace)).min();
    let word = line[..comment.unwrap_or(line.len())].trim_end();
    word.strip_prefix('\\').filter(|rest| rest.starts_with('#')).unwrap_or(word)
}

/// How a table is written.
struct Layout {
    delimiter: char,
    /// What each column holds; none for one that is not known.
    columns: Vec<Option<Column>>,
    header: Vec<String>,
}

/// The layout if the file is a table: it has a header that names a column of words, or every line
/// has a number behind its word.
fn layout(source: &Source) -> Option<Layout> {
    let lines =
        || source.lines().map(|(_, line)| line).filter(|line| !without_comment(line).is_empty());
    let first = lines().next()?;
    let delimiter = table::delimiter(first);
    let split = |line: &str| -> Vec<String> {
        let bare = || line.split(delimiter).map(str::to_owned).collect();
        let cells = table::cells(line, delimiter).unwrap_or_else(bare);
        cells.iter().map(|cell| cell.trim().trim_matches('"').to_owned()).collect()
    };
    let header = split(first);
    let mut columns: Vec<Option<Column>> = header.iter().map(|name| column(name)).collect();
    for at in 0..columns.len() {
        let is_again = columns[..at].contains(&columns[at]) && columns[at] != Some(Column::Comment);
        columns[at] = columns[at].filter(|_| !is_again);
    }
    if columns.contains(&Some(Column::Word)) && (header.len() > 1 || is_table(source)) {
        return Some(Layout { delimiter, columns, header });
    }
    let rows: Vec<Vec<String>> = lines().map(split).collect();
    let width = header.len();
    if width < 2 || rows.iter().any(|row| row.len() != width) {
        return None;
    }
    let numbers = |column: usize| rows.iter().all(|row| row[column].parse::<f64>().is_ok());
    let weight = (1..width).find(|&column| numbers(column));
    if weight.is_none() && !is_table(source) {
        return None;
    }
    let mut columns = vec![None; width];
    columns[0] = Some(Column::Word);
    if let Some(weight) = weight {
        columns[weight] = Some(Column::Weight);
    }
    if let Some(category) = columns.iter_mut().find(|column| column.is_none()) {
        *category = Some(Column::Category);
    }
    Some(Layout { delimiter, columns, header: Vec::new() })
}

fn is_table(source: &Source) -> bool {
    let ending = Path::new(&source.name).extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| matches!(ending.to_lowercase().as_str(), "csv" | "tsv"))
}

fn column(name: &str) -> Option<Column> {
    let name = name.to_lowercase();
    let called = |name: &str| COLUMNS.iter().find(|(_, names)| names.contains(&name));
    // `severity_rating`, `category_1`: the last word says what it is.
    let last = || name.split(|c: char| !c.is_alphabetic()).rfind(|word| !word.is_empty());
    called(&name).or_else(|| called(last()?)).map(|(column, _)| *column)
}

fn from_table(
    source: &Source,
    layout: &Layout,
    report: &mut Report<'_>,
) -> Result<Vec<Entry>, Vec<Problem>> {
    let mut rows = table::rows(source, layout.delimiter)?;
    rows.retain(|row| !matches!(row.cell(0).as_bytes(), [b'#' | b';', ..] | [b'/', b'/', ..]));
    if !layout.header.is_empty() {
        let at = if rows.is_empty() { 0 } else { rows.remove(0).at };
        for (name, column) in layout.header.iter().zip(&layout.columns) {
            if column.is_none() {
                report.lost(
                    at,
                    format!("the column {}", shown(name)),
                    "it is not known what it means",
                );
            }
        }
    }
    let find = |wanted: Column| layout.columns.iter().position(|&column| column == Some(wanted));
    let word = find(Column::Word).unwrap_or(0);
    let cell =
        |row: &table::Row, column| find(column).map_or("", |column| row.cell(column)).to_owned();
    let mut entries = Vec::new();
    for row in &rows {
        if row.cell(word).is_empty() {
            report.lost(row.at, "the row", "its word is missing");
            continue;
        }
        let written = cell(row, Column::Weight);
        entries.push(Entry {
            at: row.at,
            word: row.cell(word).to_owned(),
            weight: weight(&written, row.at, report),
            category: cell(row, Column::Category),
            lang: language(cell(row, Column::Lang), row.at, report),
        });
    }
    Ok(entries)
}

fn language(written: String, at: usize, report: &mut Report<'_>) -> String {
    if written.is_empty() || is_language_code(&written) {
        return written;
    }
    let what = format!("the language {}", shown(&written));
    report.lost(at, what, "it is not the code of a language").kept("the word, for every language");
    String::new()
}

fn weight(written: &str, at: usize, report: &mut Report<'_>) -> Option<Milli> {
    if written.is_empty() {
        return None;
    }
    let (points, exact) = milli(written).or_else(|| {
        report
            .lost(at, format!("the weight {}", shown(written)), "it is not a number")
            .kept("1 point");
        None
    })?;
    if !exact {
        report
            .changed(at, format!("the weight {written}"), "points have three decimal places")
            .kept(points.to_string());
    }
    Some(points)
}

/// A number as points, and whether it is exactly that.
pub(crate) fn milli(written: &str) -> Option<(Milli, bool)> {
    if let Ok(points) = written.parse::<Milli>() {
        return Some((points, true));
    }
    let value: f64 = written.parse().ok().filter(|value: &f64| value.is_finite())?;
    let rounded = format!("{value:.3}");
    let rounded = rounded.trim_end_matches('0').trim_end_matches('.');
    rounded
        .parse()
        .ok()
        .map(|points: Milli| (points, (points.to_f64() - value).abs() < f64::EPSILON))
}

/// What the words of one rule have in common.
type Key = (String, Option<Milli>, String);

fn draft(entries: Vec<Entry>, report: &mut Report<'_>) -> Draft {
    let mut draft = Draft::default();
    let mut order: Vec<Key> = Vec::new();
    let mut groups: HashMap<Key, Vec<Pattern>> = HashMap::new();
    let mut seen: HashMap<(String, String, String), Option<Milli>> = HashMap::new();
    for entry in entries {
        let what = shown(&entry.word);
        let known = (entry.word.to_lowercase(), entry.category.clone(), entry.lang.clone());
        match seen.get(&known) {
            Some(weight) if *weight == entry.weight => {
                report.note(entry.at, what, "it is in the list already");
                continue;
            }
            Some(_) => {
                report
                    .lost(entry.at, what, "it is in the list already, with another weight")
                    .kept("the first one");
                continue;
            }
            None => {}
        }
        if entry.weight == Some(Milli::ZERO) {
            report.lost(entry.at, what, "its weight is 0, so it would change nothing");
            continue;
        }
        let Some(pattern) = pattern(&entry, report) else { continue };
        seen.insert(known, entry.weight);
        let key = (entry.category, entry.weight, entry.lang);
        if !groups.contains_key(&key) {
            order.push(key.clone());
        }
        groups.entry(key).or_default().push(pattern);
    }
    let weighted = order.iter().any(|(_, weight, _)| weight.is_some());
    report.note(
        0,
        "the list",
        if weighted {
            "it says how bad a word is, not what to do: every word leads to `review`; add `block` to the labels"
        } else {
            "it says nothing of actions: every word leads to `review`; change the labels as you need"
        },
    );
    let mut names = Names::default();
    for key in order {
        let patterns = groups.remove(&key).unwrap_or_default();
        rule(&mut draft, &mut names, key, patterns);
    }
    draft
}

fn pattern(entry: &Entry, report: &mut Report<'_>) -> Option<Pattern> {
    if let Some((source, case_sensitive)) = slashed(&entry.word) {
        let flags = Flags { case_sensitive, ..Flags::of(Dialect::Python) };
        let (pattern, looser) = regex::pattern(source, entry.at, flags, report)?;
        if looser {
            report.lost(
                entry.at,
                shown(&entry.word),
                "without its look-around it would match more; write an exception",
            );
            return None;
        }
        return Some(pattern);
    }
    match phrase::wildcard(&entry.word) {
        Ok(text) => Some(Pattern::text(text)),
        Err(why) => {
            report.lost(entry.at, shown(&entry.word), why);
            None
        }
    }
}

/// `/regex/` and `/regex/i`; true when it has flags without `i`.
fn slashed(word: &str) -> Option<(&str, bool)> {
    let (source, flags) = word.strip_prefix('/')?.rsplit_once('/')?;
    let known = flags.bytes().all(|b| matches!(b, b'i' | b'g' | b'u' | b'm' | b's'));
    (known && !source.is_empty()).then(|| (source, !flags.contains('i')))
}

fn rule(
    draft: &mut Draft,
    names: &mut Names,
    (category, weight, lang): Key,
    patterns: Vec<Pattern>,
) {
    let label = match slug(&category) {
        name if name.is_empty() => "wordlist".to_owned(),
        name => name,
    };
    let points = weight.unwrap_or(Milli(1_000));
    let mut id = label.clone();
    for part in [weight.map(|weight| weight.to_string().replace('-', "minus ")), Some(lang.clone())]
    {
        if let Some(part) = part.filter(|part| !part.is_empty()) {
            id = format!("{id} {part}");
        }
    }
    let id = names.give(&slug(&id), "wordlist");
    threshold(draft, &label, points);
    let patterns = if patterns.len() >= LIST_FROM {
        draft.lists.push(List { name: id.clone(), entries: patterns });
        vec![Pattern::new(Kind::List(id.clone()))]
    } else {
        patterns
    };
    draft.rules.push(Rule {
        id,
        label: Some(label),
        points: Some(points),
        lang: if lang.is_empty() { Vec::new() } else { vec![lang] },
        groups: vec![Group::unnamed(patterns)],
        ..Rule::default()
    });
}

/// Declares the label; its lowest points alone lead to `review`.
pub(crate) fn threshold(draft: &mut Draft, name: &str, points: Milli) {
    let positive = if points > Milli::ZERO { points } else { Milli(1_000) };
    draft.threshold(name, "review", positive);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_end_where_people_mean_them_to() {
        for (line, word) in [
            ("darn # mild", "darn"),
            ("  # all", ""),
            ("// all", ""),
            ("; all", ""),
            ("c#", "c#"),
            ("http://x.example", "http://x.example"),
            ("heck  // mild", "heck"),
            ("\\#tag", "#tag"),
            ("a;b", "a;b"),
        ] {
            assert_eq!(without_comment(line), word, "{line}");
        }
    }

    #[test]
    fn numbers_become_points() {
        assert_eq!(milli("2.5"), Some((Milli(2_500), true)));
        assert_eq!(milli("0.33333"), Some((Milli(333), false)));
        assert_eq!(milli("1e1"), Some((Milli(10_000), true)));
        assert_eq!(milli("x"), None);
    }
}
