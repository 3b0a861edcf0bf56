//! Regular expressions of Python, Perl, Ruby and JavaScript → those of Rust's `regex` crate.
//!
//! The regex is read into a tree and written again. What Rust's regexes lack is named, with its
//! place, and as much as possible is kept: an alternative that cannot be carried over leaves the
//! others; a look-around at an edge becomes a word boundary or ordinary text; a negative one is
//! left out, which makes the regex match more and is said so ([`Translated::looser`]).

mod escape;
mod parse;
mod print;
pub(crate) mod sample;

use super::draft::{Kind, Pattern};
use super::proof;
use super::report::Report;
use regex_syntax::hir::{Class, ClassUnicode, Hir, HirKind};

/// Characters of a regex at most, as in policies.
const LONGEST: usize = 10_000;

/// Whose regex it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    Python,
    Perl,
    Ruby,
    /// Only checked.
    Rust,
}

/// How the original runs its regexes.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "flags are what they are")]
pub(crate) struct Flags {
    pub(crate) dialect: Dialect,
    pub(crate) case_sensitive: bool,
    /// `.` matches line breaks.
    pub(crate) dot_all: bool,
    /// `^` and `$` match at line breaks.
    pub(crate) multi_line: bool,
    /// White space and comments in the regex mean nothing.
    pub(crate) extended: bool,
}

impl Flags {
    pub(crate) fn of(dialect: Dialect) -> Self {
        Self {
            dialect,
            case_sensitive: false,
            dot_all: false,
            // Ruby knows no other way.
            multi_line: dialect == Dialect::Ruby,
            extended: false,
        }
    }
}

/// Something in a regex that is not carried over as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Note {
    /// The byte of the regex it starts at.
    pub(crate) at: usize,
    pub(crate) what: String,
    pub(crate) why: &'static str,
    /// What is there instead; empty when nothing.
    pub(crate) kept: &'static str,
    /// True when the texts that match stay the same.
    pub(crate) harmless: bool,
}

/// A regex that can be used.
#[derive(Clone, Debug)]
pub(crate) struct Translated {
    pub(crate) regex: String,
    pub(crate) notes: Vec<Note>,
    /// True when it may match what the original does not.
    pub(crate) looser: bool,
}

/// Why nothing of a regex can be used: what is to blame, and what it is.
#[derive(Clone, Debug)]
pub(crate) struct Unusable {
    pub(crate) notes: Vec<Note>,
    pub(crate) why: String,
}

/// Translates a regex.
pub(crate) fn translate(source: &str, flags: Flags) -> Result<Translated, Unusable> {
    if source.chars().nth(LONGEST).is_some() {
        return Err(Unusable {
            notes: Vec::new(),
            why: "it has more than 10,000 characters".to_owned(),
        });
    }
    if flags.dialect == Dialect::Rust {
        let regex = source.to_owned();
        return check(&regex, flags, Vec::new()).map(|()| Translated {
            regex,
            notes: Vec::new(),
            looser: false,
        });
    }
    let unusable = |notes: Vec<Note>, why: &str| Unusable { notes, why: why.to_owned() };
    let tree = parse::parse(source, flags).map_err(|why| unusable(Vec::new(), why))?;
    let printed = print::print(source, &tree);
    let Some(body) = printed.regex else {
        return Err(unusable(printed.notes, "nothing of the regex is left without it"));
    };
    let regex = with_flags(body, flags);
    check(&regex, flags, printed.notes.clone())?;
    Ok(Translated { regex, notes: printed.notes, looser: printed.looser })
}

/// The regex with the flags it needs at its start; those without an effect are left out.
fn with_flags(body: String, flags: Flags) -> String {
    let mut letters = String::new();
    for (set, letter, signs) in [
        (flags.dot_all, 's', &['.'][..]),
        (flags.multi_line, 'm', &['^', '$'][..]),
        (flags.extended, 'x', &[]),
    ] {
        if set && (signs.is_empty() || has_sign(&body, signs)) {
            letters.push(letter);
        }
    }
    if letters.is_empty() { body } else { format!("(?{letters}){body}") }
}

/// True when one of `signs` stands in the regex with its special meaning (or might).
fn has_sign(regex: &str, signs: &[char]) -> bool {
    let mut chars = regex.chars();
    let mut in_class = false;
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                chars.next();
            }
            '[' => in_class = true,
            ']' => in_class = false,
            c if !in_class && signs.contains(&c) => return true,
            _ => {}
        }
    }
    false
}

/// The engine has the last word on what it can use.
fn check(regex: &str, flags: Flags, notes: Vec<Note>) -> Result<(), Unusable> {
    proof::regex(regex, flags.case_sensitive).map_err(|why| Unusable { notes, why })
}

/// Translates a regex that stands at the byte `at` of the file, tells `report` of all that was
/// lost, and gives the pattern and whether it may match more than the original.
pub(crate) fn pattern(
    source: &str,
    at: usize,
    flags: Flags,
    report: &mut Report<'_>,
) -> Option<(Pattern, bool)> {
    let (translated, lost) = match translate(source, flags) {
        Ok(translated) => (Ok((translated.regex, translated.looser)), translated.notes),
        Err(unusable) => (Err(unusable.why), unusable.notes),
    };
    let whole = super::report::shown(source);
    for note in &lost {
        let what = format!("{} in {whole}", super::report::shown(&note.what));
        let loss = if note.harmless {
            report.changed(at, what, note.why)
        } else {
            report.lost(at, what, note.why)
        };
        if translated.is_ok() {
            loss.kept(note.kept);
        }
    }
    match translated {
        Ok((regex, looser)) => Some((build(regex, flags.case_sensitive), looser)),
        Err(why) => {
            report.lost(at, format!("the regex {whole}"), why);
            None
        }
    }
}

/// The pattern of a usable regex, on the text it means the same on.
pub(crate) fn build(regex: String, case_sensitive: bool) -> Pattern {
    if let Some(rest) = regex.strip_prefix("(?i)").filter(|rest| !rest.is_empty()) {
        // What patterns do by themselves; said in the regex it hides its letters from the engine.
        let raw = case_sensitive || needs_raw(rest);
        return Pattern { raw, ..Pattern::new(Kind::Regex(rest.to_owned())) };
    }
    // `case: sensitive` looks at the raw text by itself.
    let raw = !case_sensitive && needs_raw(&regex);
    Pattern { raw, ..Pattern::new(Kind::Regex(regex)).case_sensitive(case_sensitive) }
}

/// True for a regex that folding the text would change the meaning of: one that names characters
/// beyond ASCII, or looks for what is *not* a letter of some kind.
fn needs_raw(regex: &str) -> bool {
    const NAMES: [&str; 8] = ["\\x", "\\u", "\\U", "\\p", "\\P", "\\W", "\\D", "[^"];
    !regex.is_ascii() || NAMES.iter().any(|name| regex.contains(name))
}

/// The regex bounded as `AutoModerator`'s and Presidio's words are: no letter, digit or `_` may
/// touch a match at an end that is one itself.
pub(crate) fn bounded(regex: &str) -> String {
    let hir = regex_syntax::Parser::new().parse(regex);
    let edge = |first: bool| match &hir {
        Ok(hir) if edges_are_words(hir, first) => r"\b",
        _ if first => r"(?:\b{start-half}|\b)",
        _ => r"(?:\b{end-half}|\b)",
    };
    let (start, end) = (edge(true), edge(false));
    let is_simple = matches!(&hir, Ok(hir) if !has_alternatives(hir));
    if is_simple { format!("{start}{regex}{end}") } else { format!("{start}(?:{regex}){end}") }
}

fn has_alternatives(hir: &Hir) -> bool {
    // An alternation of single letters is a class by now; the text still has its `|`.
    matches!(hir.kind(), HirKind::Alternation(_) | HirKind::Class(_))
}

/// True when every match begins (or ends) with a letter, digit or `_`.
fn edges_are_words(hir: &Hir, first: bool) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    match hir.kind() {
        HirKind::Literal(literal) => match std::str::from_utf8(&literal.0) {
            Ok(text) if first => text.chars().next().is_some_and(is_word),
            Ok(text) => text.chars().next_back().is_some_and(is_word),
            Err(_) => false,
        },
        HirKind::Class(Class::Unicode(class)) => {
            let mut others = class.clone();
            others.difference(&word_class());
            others.ranges().is_empty()
        }
        HirKind::Repetition(inner) => edges_are_words(&inner.sub, first),
        HirKind::Capture(inner) => edges_are_words(&inner.sub, first),
        HirKind::Concat(parts) => {
            let mut parts = parts.iter();
            let mut next = || if first { parts.next() } else { parts.next_back() };
            // A part that may be missing leaves the edge to its neighbour.
            while let Some(part) = next() {
                if !edges_are_words(part, first) {
                    return false;
                }
                if part.properties().minimum_len() != Some(0) {
                    return true;
                }
            }
            false
        }
        HirKind::Alternation(parts) => parts.iter().all(|part| edges_are_words(part, first)),
        HirKind::Empty | HirKind::Class(Class::Bytes(_)) | HirKind::Look(_) => false,
    }
}

/// `\w`.
fn word_class() -> ClassUnicode {
    match regex_syntax::parse(r"\w").map(Hir::into_kind) {
        Ok(HirKind::Class(Class::Unicode(class))) => class,
        _ => ClassUnicode::empty(),
    }
}

#[cfg(test)]
mod tests;
