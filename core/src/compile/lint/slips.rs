//! Signs that belong to the writing of a pattern, and became part of it.

use super::Compile;
use crate::diag::{Code, Diagnostic};
use crate::span::Spanned;
use crate::spec::model::{ExceptionKind, ListSource, Pattern, PatternKind, TestCase};

/// Quotation marks that YAML takes for a part of the text, and regexes between slashes.
pub(super) fn signs(compile: &mut Compile<'_>) {
    let spec = compile.spec;
    let mut found = Vec::new();
    let in_lists = spec.lists.iter().flat_map(|list| match &list.source {
        // A file has its own rules for quotes.
        ListSource::File { .. } => &[][..],
        _ => list.entries(),
    });
    let in_rules = spec.rules.iter().flat_map(|rule| {
        let except = rule.except.iter().filter_map(|exception| match &exception.kind {
            ExceptionKind::Pattern(pattern) => Some(pattern),
            _ => None,
        });
        rule.groups.iter().flat_map(|group| &group.patterns).chain(except)
    });
    found.extend(in_lists.chain(in_rules).flat_map(|p| [pattern(p), idle_key(p)]).flatten());
    // A text without quotes starts in the file as it does here.
    let sources = compile.policy.sources();
    let is_plain = |text: &Spanned<String>| sources.text(text.span).starts_with(is_mark);
    for rule in &spec.rules {
        let tests = &rule.tests;
        let cases =
            tests.hit.iter().chain(&tests.pass).chain(&tests.todo_hit).chain(&tests.todo_pass);
        found.extend(cases.filter_map(|case| test(case, &is_plain)));
        let texts = rule.message.iter().chain(&rule.description);
        found.extend(texts.filter(|text| is_enclosed(text) && is_plain(text)).map(stray));
    }
    for diagnostic in found {
        compile.sink.push(diagnostic);
    }
}

fn pattern(pattern: &Pattern) -> Option<Diagnostic> {
    match &pattern.kind {
        PatternKind::Text(text) if is_quoted(text) => Some(stray(text)),
        PatternKind::Text(text) => looks_like_regex(text).then(|| meant_as_regex(text)),
        PatternKind::Regex(regex) => slashes(regex),
        _ => None,
    }
}

fn test(case: &TestCase, is_plain: &dyn Fn(&Spanned<String>) -> bool) -> Option<Diagnostic> {
    let is_stray =
        |text: &&Spanned<String>| is_half_quoted(text) || (is_enclosed(text) && is_plain(text));
    let text = case.fields.iter().map(|(_, text)| text).find(is_stray)?;
    Some(stray(text))
}

/// A key that is set on a regex, for which it means nothing.
fn idle_key(pattern: &Pattern) -> Option<Diagnostic> {
    let PatternKind::Regex(_) = &pattern.kind else { return None };
    let options = &pattern.options;
    let evasion = options.evasion.as_ref().map(|key| ("evasion", key.span));
    let inflect = options.inflect.as_ref().map(|key| ("inflect", key.span));
    let veto = options.veto.as_ref().map(|key| ("veto", key.span));
    let (key, span) = evasion.or(inflect).or(veto)?;
    let message = format!("`{key}` changes nothing for a regex");
    Some(Diagnostic::new(Code::NoEffect, span, message).hint(
        "a regex is looked for in the folded text, or in the original with `view: raw`; what else is undone is for words",
    ))
}

/// A word or phrase with signs in it that only regexes have.
fn looks_like_regex(text: &str) -> bool {
    const SIGNS: [&str; 13] =
        ["\\b", "\\d", "\\s", "\\w", "\\S", "\\W", "(?", "[a-z", "[A-Z", "[0-9", ".*", ".+", "[^"];
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let enclosed = text.strip_prefix('/').and_then(|rest| rest.strip_suffix('/'));
    let either = text.match_indices('|').any(|(at, _)| {
        is_letter(text[..at].chars().next_back()) && is_letter(text[at + 1..].chars().next())
    });
    let anchored = text.strip_prefix('^').is_some_and(|rest| is_letter(rest.chars().next()));
    enclosed.is_some_and(|inner| inner.chars().count() > 1 && !inner.contains('/'))
        || either
        || (anchored && text.ends_with('$'))
        || SIGNS.iter().any(|sign| text.contains(sign))
}

fn meant_as_regex(text: &Spanned<String>) -> Diagnostic {
    let regex = text.strip_prefix('/').and_then(|rest| rest.strip_suffix('/')).unwrap_or(text);
    Diagnostic::new(Code::LooksLikeRegex, text.span, "this is looked for letter by letter").hint(
        format!(
            "if it is a regular expression, write `{{ regex: '{}' }}`",
            shown(&regex.replace('\'', "''"))
        ),
    )
}

fn stray(text: &Spanned<String>) -> Diagnostic {
    let inner = text.trim_matches(|c| is_mark(c) || c == '"').replace('"', "\\\"");
    Diagnostic::new(Code::StrayQuote, text.span, "the quotation mark is part of this text")
        .hint(format!("quotes that enclose a text are straight and come in pairs: `\"{inner}\"`"))
}

/// The quotation marks that word processors make.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{201c}'..='\u{201f}')
}

/// A text between two of them.
fn is_enclosed(text: &str) -> bool {
    text.starts_with(is_mark) && text.chars().count() > 2 && text.ends_with(is_mark)
}

/// A pattern that begins or ends with a quotation mark.
fn is_quoted(text: &str) -> bool {
    let single = |c| matches!(c, '\u{2018}' | '\u{201a}' | '\u{201b}');
    let longer = text.chars().any(char::is_alphanumeric);
    longer
        && (text.starts_with(|c| is_mark(c) || single(c))
            || text.ends_with(is_mark)
            || is_half_quoted(text))
}

/// A text with one mark, at an end of it.
fn is_half_quoted(text: &str) -> bool {
    let curly = |c| is_mark(c);
    let once = |is: &dyn Fn(char) -> bool| text.chars().filter(|&c| is(c)).count() == 1;
    let at_end = |is: &dyn Fn(char) -> bool| text.starts_with(is) || text.ends_with(is);
    let straight = |c| c == '"';
    let has_letters = text.chars().any(char::is_alphabetic);
    // Inches are written so: 15".
    let inches = text.strip_suffix('"').is_some_and(|t| t.ends_with(|c: char| c.is_ascii_digit()));
    has_letters
        && !inches
        && (once(&curly) && at_end(&curly) || once(&straight) && at_end(&straight))
}

/// `/…/i`, as other tools write regexes.
fn slashes(regex: &Spanned<String>) -> Option<Diagnostic> {
    let inner = regex.strip_prefix('/')?;
    let (inner, flags) = inner.rsplit_once('/')?;
    let is_flags = flags.len() <= 4 && flags.bytes().all(|b| b"gimsuxy".contains(&b));
    if inner.is_empty() || inner.contains('/') || !is_flags {
        return None;
    }
    Some(
        Diagnostic::new(Code::RegexInSlashes, regex.span, "the slashes are part of this regex")
            .hint(format!(
                "write `{}`; case is ignored unless the pattern says `case: sensitive`",
                shown(inner)
            )),
    )
}

fn shown(text: &str) -> String {
    let (mut chars, mut out) = (text.chars(), String::new());
    out.extend(chars.by_ref().take(60).map(|c| if c == '`' { '\'' } else { c }));
    out + if chars.next().is_some() { "…" } else { "" }
}

#[cfg(test)]
mod tests {
    use super::{is_half_quoted, is_quoted, looks_like_regex};

    #[test]
    fn signs_of_regexes_are_told_from_signs_of_text() {
        for (text, expected) in [
            ("/bargain/", true),
            ("bargain|deal", true),
            (r"bargain\w+", true),
            ("f.*k", true),
            ("^gold$", true),
            ("[a-z]old", true),
            ("(?:gold)", true),
            ("really?", false),
            ("and/or", false),
            ("/r/", false),
            ("/r/gold/", false),
            (":|", false),
            (r"\o/", false),
            (r"5\*", false),
            ("$100", false),
            ("what... ever", false),
            ("f*ck", false),
            ("[removed]", false),
        ] {
            assert_eq!(looks_like_regex(text), expected, "{text}");
        }
    }

    #[test]
    fn marks_that_enclose_are_told_from_marks_of_the_text() {
        for (text, pattern, test) in [
            ("\u{201c}buy gold\u{201d}", true, false),
            ("\u{201c}buy", true, true),
            ("gold\u{201d}", true, true),
            ("I found gold\"", true, true),
            ("\u{2018}gold\u{2019}", true, false),
            ("players\u{2019}", false, false),
            ("he said \"gold\"", false, false),
            ("a 15\" screen", false, false),
            ("screen of 15\"", false, false),
            ("\"", false, false),
            ("gold", false, false),
        ] {
            assert_eq!((is_quoted(text), is_half_quoted(text)), (pattern, test), "{text}");
        }
    }
}
