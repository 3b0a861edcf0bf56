//! What YAML's errors mean to an author of policies, and which can be stepped over.

use crate::diag::{Code, Diagnostic, floor_boundary};
use crate::span::{FileId, SourceSpan};
use granit_parser::{ErrorKind, ScanError};
use std::ops::Range;

/// A byte to replace so that the parser can go on, and what to say about it.
pub(super) struct Mend {
    /// The place of a one-byte character.
    pub(super) at: usize,
    /// One byte.
    pub(super) with: &'static str,
    /// The problem; none where another byte's mend says it.
    pub(super) diagnostic: Option<Diagnostic>,
    /// Bytes about which nothing else is to be said: what was meant there is not known.
    pub(super) spoilt: Option<Range<usize>>,
}

impl Mend {
    fn new(at: usize, with: &'static str, diagnostic: impl Into<Option<Diagnostic>>) -> Self {
        Self { at, with, diagnostic: diagnostic.into(), spoilt: None }
    }
}

/// The mends for an error at `at`, if its cause is plain.
pub(super) fn for_error(text: &str, file: FileId, error: &ErrorKind, at: usize) -> Vec<Mend> {
    match error {
        ErrorKind::MappingValueNotAllowed if text[at..].starts_with(':') => {
            stray_colons(text, file, at)
        }
        _ => one_byte(text, file, error, at).into_iter().collect(),
    }
}

fn one_byte(text: &str, file: FileId, error: &ErrorKind, at: usize) -> Option<Mend> {
    let byte = *text.as_bytes().get(at)?;
    match error {
        ErrorKind::UnexpectedCharacter { .. }
        | ErrorKind::MissingAnchorOrAliasName
        | ErrorKind::InvalidBlockScalarHeader => quote(text, file, at),
        ErrorKind::CommentNotSeparated if byte == b'#' => quote(text, file, at),
        ErrorKind::UnexpectedEofImplicitFlowMapping | ErrorKind::ExpectedNodeContent
            if byte == b',' =>
        {
            let span = SourceSpan::new(file, at as u32, at as u32 + 1);
            let diagnostic =
                Diagnostic::new(Code::EmptyItem, span, "an item before this comma is empty")
                    .hint("take the comma out; a comma as text needs quotes");
            Some(Mend::new(at, " ", diagnostic))
        }
        _ => None,
    }
}

/// The mend for text at `at` that starts with one of YAML's indicators.
pub(super) fn quote(text: &str, file: FileId, at: usize) -> Option<Mend> {
    let means = match text.as_bytes().get(at)? {
        b'*' => "an unquoted `*` starts an alias",
        b'&' => "an unquoted `&` starts an anchor",
        b'!' => "an unquoted `!` starts a tag",
        b'%' => "an unquoted `%` starts a directive",
        b'|' | b'>' => "starts a block of text on the lines below",
        b'@' | b'`' => "cannot start unquoted text",
        b'#' => "an unquoted `#` starts a comment",
        _ => return None,
    };
    if text.as_bytes()[at] == b'!' && text[..at].trim_end().ends_with("when:") {
        let span = SourceSpan::new(file, at as u32, at as u32 + 1);
        let message = "`!` is not used in conditions";
        let diagnostic = Diagnostic::new(Code::ConditionSyntax, span, message);
        return Some(Mend::new(at, "_", diagnostic.hint("write `not`")));
    }
    if text[..at].trim_end().ends_with("<<:") {
        // A merge key, about which more is said elsewhere.
        return Some(Mend::new(at, "_", None));
    }
    let mut meant = meant_text(text, at);
    let line = text[..at].rsplit(['\n', '\r']).next().unwrap_or("");
    if line.trim().is_empty()
        && let Some((key, _)) = meant.split_once(": ")
    {
        meant = key;
    }
    let quoted = in_quotes(meant);
    let span = SourceSpan::new(file, at as u32, (at + meant.len()) as u32);
    let shown = shorten(meant);
    let message = if shown.contains('`') {
        "this text needs quotes".to_owned()
    } else {
        format!("`{shown}` needs quotes")
    };
    let mut diagnostic = Diagnostic::new(Code::QuoteIt, span, message).label(means);
    diagnostic = if quoted.len() <= 80 && !quoted.contains('`') {
        diagnostic.hint(format!("write `{quoted}`")).fix(span, quoted)
    } else {
        diagnostic.hint("put the text in quotes").fix(span, quoted)
    };
    Some(Mend::new(at, "_", diagnostic))
}

/// `[gold #1, tin]`: on the line of the bracket at `open` a `#` that the author meant as text.
pub(super) fn text_with_comment(text: &str, file: FileId, open: usize) -> Option<Mend> {
    let line = text[open..floor_boundary(text, open + NEAR)].lines().next()?;
    let comment = line.find(" #")? + 1;
    let behind = &line[comment + 1..];
    let is_word = behind.starts_with(|c: char| c.is_alphanumeric()) && behind.contains([']', '}']);
    let item = line[..comment].rfind(['[', '{', ',', ':', '"', '\''])? + 1;
    let start = open + item + (line[item..].len() - line[item..].trim_start().len());
    if !is_word || line[item..comment].trim().is_empty() || line[..item].ends_with(['"', '\'']) {
        return None;
    }
    let end = behind.find([',', ']', '}']).map_or(line.len(), |end| comment + 1 + end);
    let span = SourceSpan::new(file, start as u32, (open + end) as u32);
    let quoted = in_quotes(text[span.range()].trim_end());
    let diagnostic = Diagnostic::new(Code::QuoteIt, span, "text with ` #` in it needs quotes")
        .label("an unquoted `#` starts a comment")
        .hint(format!("write `{}`", shorten(&quoted)))
        .fix(span, quoted);
    Some(Mend::new(open + comment, "_", diagnostic))
}

/// Bytes around a place that are looked at.
const NEAR: usize = 1_000;

/// What the author probably meant as one text: up to the end of the line, or of
/// the item where brackets are open on the line.
pub(crate) fn meant_text(text: &str, at: usize) -> &str {
    // A line may be megabytes long; what is meant stands near.
    let window = floor_boundary(text, at.saturating_sub(NEAR))..floor_boundary(text, at + NEAR);
    let before = &text[window.start..at];
    let line_start = before.rfind(['\n', '\r']).map_or(window.start, |i| window.start + i + 1);
    let mut meant = text[at..window.end].lines().next().unwrap_or("");
    if let Some(comment) = meant.find(" #") {
        meant = &meant[..comment];
    }
    let before = &text[line_start..at];
    if before.contains(['[', '{']) || line_start == at {
        let end = meant.find([',', ']', '}']).unwrap_or(meant.len());
        meant = &meant[..end];
    }
    let meant = meant.trim_end();
    if meant.is_empty() { &text[at..=at] } else { meant }
}

/// `text` as YAML in the quotes that need no escapes.
pub(crate) fn in_quotes(text: &str) -> String {
    if text.contains(['"', '\\']) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        format!("\"{text}\"")
    }
}

fn shorten(text: &str) -> String {
    if text.chars().count() <= 40 {
        return text.to_owned();
    }
    text.chars().take(39).chain(['…']).collect()
}

/// Escapes of one text that are stepped over.
const ESCAPES: usize = 64;

/// The `\` in double quotes that start no escape; `at` is the opening quote. One
/// problem, however many there are: the quotes are the wrong ones.
pub(super) fn bad_escapes(text: &str, file: FileId, at: usize) -> Vec<Mend> {
    let mut mends: Vec<Mend> = Vec::new();
    let mut place = at + 1;
    while mends.len() < ESCAPES
        && let Some(next) = text.get(place..).and_then(|rest| rest.find(['\\', '"']))
    {
        place += next;
        let Some(escape) = text[place + 1..].chars().next() else { break };
        if text.as_bytes()[place] == b'"' {
            break;
        }
        let end = place + 1 + escape.len_utf8();
        if !"0abt\tnvfre \"/\\N_LPxuU\n\r".contains(escape) {
            let span = SourceSpan::new(file, place as u32, end as u32);
            let message = format!("`\\{escape}` is no escape that YAML knows");
            let diagnostic = Diagnostic::new(Code::YamlSyntax, span, message)
                .label("inside double quotes `\\` starts an escape")
                .hint("use single quotes, where `\\` is an ordinary character, or write `\\\\`");
            let diagnostic = mends.is_empty().then_some(diagnostic);
            mends.push(Mend::new(place, "_", diagnostic));
        }
        place = end;
    }
    mends
}

/// A `:` where no key can be, and those behind it on the line: they are the same slip.
fn stray_colons(text: &str, file: FileId, at: usize) -> Vec<Mend> {
    let end = at + text[at..].find(['\n', '\r']).unwrap_or(text.len() - at);
    let start = text[..at].rfind('\n').map_or(0, |i| i + 1);
    let mut first = value_with_colon(text, file, at).unwrap_or_else(|| {
        Mend::new(
            at,
            "_",
            unopened(text, file, start..end).unwrap_or_else(|| stray_colon(file, at)),
        )
    });
    let is_quote = first.diagnostic.as_ref().is_some_and(|d| d.code == Code::QuoteIt);
    first.spoilt = (!is_quote).then_some(start..end);
    let rest = text[at + 1..end].match_indices(": ").take(COLONS);
    let others = rest.map(|(behind, _)| Mend::new(at + 1 + behind, "_", None));
    std::iter::once(first).chain(others).collect()
}

/// Colons of one line that are stepped over.
const COLONS: usize = 64;

fn stray_colon(file: FileId, at: usize) -> Diagnostic {
    let span = SourceSpan::new(file, at as u32, at as u32 + 1);
    Diagnostic::new(Code::YamlSyntax, span, "`:` is not expected here")
        .hint("text with a `:` in it needs quotes; keys of one mapping start in one column")
}

/// A bracket of the line `range` that closes what was never opened: `list: one, two: 2]`.
fn unopened(text: &str, file: FileId, range: Range<usize>) -> Option<Diagnostic> {
    let mut open = Vec::new();
    let mut quote = None;
    for (at, byte) in text[range.clone()].bytes().enumerate() {
        match byte {
            b'"' | b'\'' if quote == Some(byte) => quote = None,
            b'"' | b'\'' if quote.is_none() => quote = Some(byte),
            _ if quote.is_some() => {}
            b'[' | b'{' => open.push(byte + 2), // the bracket that closes it, in ASCII
            b']' | b'}' if open.last() == Some(&byte) => drop(open.pop()),
            b']' | b'}' => {
                let at = range.start + at;
                let span = SourceSpan::new(file, at as u32, at as u32 + 1);
                let (close, opens) = (byte as char, (byte - 2) as char);
                let message = format!("`{close}` closes nothing");
                let hint = format!("a `{opens}` is missing before it; or take it out");
                return Some(Diagnostic::new(Code::YamlSyntax, span, message).hint(hint));
            }
            _ => {}
        }
    }
    None
}

/// `spam { review: 3 }`: the parser reads `spam { review` as a key, at `key`. All of what is in the
/// brackets is stepped over, as the text that it would be behind a `:`.
pub(super) fn missing_colon(text: &str, file: FileId, key: &Range<usize>) -> Vec<Mend> {
    let written = &text[key.clone()];
    let Some(bracket) = written.find(['[', '{']) else { return Vec::new() };
    let name = key_name(&written[..bracket]);
    let is_name = |b: u8| b.is_ascii_alphanumeric() || b"_-./".contains(&b);
    let open = key.start + bracket;
    let close = closing(text, open);
    let behind = text.as_bytes().get(open + 1).is_some_and(u8::is_ascii);
    if !name.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
        || !name.bytes().all(is_name)
        || close <= key.end
        || !behind
    {
        return Vec::new();
    }
    let span = SourceSpan::new(file, key.start as u32, (key.start + name.len()) as u32);
    let head = SourceSpan::new(file, key.start as u32, open as u32);
    let message = colon_message(name, &written[name.len()..bracket]);
    let hint = format!("write `{name}: {}`", shorten(&text[open..=close]));
    let diagnostic = Diagnostic::new(Code::YamlSyntax, span, message);
    let diagnostic = if hint.contains('\n') { diagnostic } else { diagnostic.hint(hint) };
    let mut colon = Mend::new(open, ":", diagnostic.fix(head, format!("{name}: ")));
    colon.spoilt = Some(key.start..close + 1);
    let inside = text[open + 2..=close].bytes().enumerate();
    let signs = inside.filter(|(_, b)| b.is_ascii() && !b.is_ascii_alphanumeric() && *b != b' ');
    let signs = signs.map(|(at, _)| Mend::new(open + 2 + at, "_", None));
    [colon, Mend::new(open + 1, " ", None)].into_iter().chain(signs).collect()
}

/// A key without the signs that were meant as its `:`.
pub(super) fn key_name(written: &str) -> &str {
    written.trim_end_matches(|c: char| c.is_whitespace() || ":=\u{ff1a}".contains(c))
}

/// What is wrong with `sign`, which stands behind the key `name`.
pub(super) fn colon_message(name: &str, sign: &str) -> String {
    match sign.chars().find(|c| !c.is_whitespace() || *c == '\u{a0}') {
        Some(':') if sign.contains('\u{a0}') => {
            format!("a no-break space stands behind the `:` of `{name}`")
        }
        Some(':') => format!("a space is missing behind the `:` of `{name}`"),
        Some('\u{a0}') | None => format!("a `:` is missing behind `{name}`"),
        Some(sign) => format!("`{sign}` stands behind `{name}`, where a `:` should"),
    }
}

/// Where the bracket at `open` is closed; the end of its line if that is not near.
fn closing(text: &str, open: usize) -> usize {
    let (mut depth, mut quote) = (0, None);
    for (at, byte) in text[open..].bytes().enumerate().take(NEAR) {
        match byte {
            b'"' | b'\'' if quote == Some(byte) => quote = None,
            b'"' | b'\'' if quote.is_none() => quote = Some(byte),
            _ if quote.is_some() => {}
            b'[' | b'{' => depth += 1,
            b']' | b'}' if depth == 1 => return open + at,
            b']' | b'}' => depth -= 1,
            _ => {}
        }
    }
    let line = text[open..].lines().next().unwrap_or("").trim_end();
    let last = line.char_indices().next_back().map_or(0, |(at, _)| at);
    open + last
}

/// `message: Please: talk`: the second `:` of a value that needs quotes.
fn value_with_colon(text: &str, file: FileId, at: usize) -> Option<Mend> {
    let line = floor_boundary(text, at.saturating_sub(NEAR));
    let line = text[line..at].rfind('\n').map_or(line, |i| line + i + 1);
    let key = text[line..at].find(": ")? + line;
    let value = key + 2 + (text[key + 2..at].len() - text[key + 2..at].trim_start().len());
    if text[line..at].contains(['[', '{', '"', '\'']) || value >= at {
        return None;
    }
    let meant = meant_text(text, value);
    let quoted = in_quotes(meant);
    let span = SourceSpan::new(file, value as u32, (value + meant.len()) as u32);
    if let Some((key, rest)) = meant.split_once(": ")
        && rest.starts_with(['[', '{'])
        && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    {
        let message = format!("`{key}` cannot stand behind another key on its line");
        let hint = format!("keys inside a line stand between braces: `{{ {} }}`", shorten(meant));
        let diagnostic = Diagnostic::new(Code::YamlSyntax, span, message).hint(hint);
        let diagnostic = diagnostic.suggest(span, format!("{{ {meant} }}"));
        return Some(Mend::new(at, "_", diagnostic));
    }
    let mut diagnostic = Diagnostic::new(Code::QuoteIt, span, "text with `: ` in it needs quotes")
        .label("a `: ` ends a key");
    diagnostic = if quoted.len() <= 80 && !quoted.contains('`') {
        diagnostic.hint(format!("write `{quoted}`"))
    } else {
        diagnostic.hint("put the text in quotes")
    };
    Some(Mend::new(at, "_", diagnostic.fix(span, quoted)))
}

/// A better place for an error at `at`: the parser reports some tabs at the
/// text before them.
pub(super) fn place(text: &str, error: &ErrorKind, at: usize) -> usize {
    use ErrorKind as E;
    let tab = matches!(
        error,
        E::TabInBlockIndentation | E::TabInIndentation | E::TabNotAllowed | E::TabInPlainScalar
    );
    if !tab {
        return at;
    }
    let mut start = at;
    for line in text[at..].split_inclusive('\n') {
        let indent = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
        if let Some(tab) = indent.find('\t') {
            return start + tab;
        }
        start += line.len();
    }
    at
}

/// The error and a hint, in the words of someone who writes policies.
pub(super) fn explain(text: &str, at: usize, error: &ScanError) -> (String, &'static str) {
    use ErrorKind as E;
    let line = text[at..].lines().next().unwrap_or("");
    let (message, hint) = match error.kind() {
        E::UnclosedFlowCollection { open } => {
            let close = if *open == '[' { ']' } else { '}' };
            return (
                format!("`{open}` is never closed"),
                match close {
                    ']' => "add the missing `]`",
                    _ => "add the missing `}`",
                },
            );
        }
        E::MismatchedFlowCollectionEnd { open, close } => {
            let hint = match open {
                '[' => "a `]` is missing before that `}`; or one of the two is the wrong bracket",
                _ => "a `}` is missing before that `]`; or one of the two is the wrong bracket",
            };
            return (format!("`{open}` is closed by `{close}`"), hint);
        }
        E::MisplacedFlowCollectionEnd => {
            ("this bracket closes nothing", "take it out, or put the text in quotes")
        }
        E::UnclosedQuotedScalar | E::DocumentIndicatorInQuotedScalar => (
            "this quote is never closed",
            "add the closing quote; a quote inside single quotes is written twice",
        ),
        E::InvalidTrailingSingleQuotedScalar | E::InvalidTrailingDoubleQuotedScalar => {
            ("there is text behind the closing quote", "put the whole text in one pair of quotes")
        }
        E::TabInBlockIndentation
        | E::TabInIndentation
        | E::TabNotAllowed
        | E::TabAtBlockScalarStart
        | E::TabInPlainScalar => ("a tab is used for indentation", "indent with spaces"),
        E::BlockSequenceEntryNotAllowed | E::BlockEntryInFlowCollection => (
            "a list item cannot start here",
            "put every `- item` on a line of its own, or write `[item, item]`; text that starts with `-` needs quotes",
        ),
        E::ExpectedBlockMappingKey if text[..at].trim_end().ends_with([']', '}']) => (
            "there is text behind the closing bracket",
            "several keys on one line stand between `{` and `}`: `{ key: [a, b], other: c }`",
        ),
        E::ExpectedBlockMappingKey | E::ExpectedBlockSequenceEntry | E::InvalidIndentation => (
            "this does not fit the lines above",
            "items and keys that belong together start in one column; text with special characters needs quotes",
        ),
        E::ExpectedFlowSequenceSeparator => (
            "a `,` or `]` is missing before this",
            "items between `[` and `]` are separated by commas; text with brackets or braces in it needs quotes",
        ),
        E::ExpectedFlowMappingSeparator if behind_plain_regex(text, at) => (
            "this sign ends a regex that is not in quotes",
            "put the regex in single quotes: `{ regex: '…' }`",
        ),
        E::ExpectedFlowMappingSeparator
            if line.starts_with(':')
                && !text[..at].ends_with(char::is_whitespace)
                && tight_key(text, at) =>
        {
            (
                "a second `: ` in one value",
                "keys between `{` and `}` are separated by commas; text with `: ` in it needs quotes",
            )
        }
        E::ExpectedFlowMappingSeparator => (
            "a `,` or `}` is missing before this",
            "keys between `{` and `}` are separated by commas",
        ),
        E::MappingValueNotAllowed | E::InvalidColonPlacement | E::MappingKeyNotAllowed => (
            "`:` is not expected here",
            "text with a `:` in it needs quotes; or a bracket above is not closed",
        ),
        E::SimpleKeyExpected | E::InvalidSimpleKey if line.contains('\u{ff1a}') => (
            "`\u{ff1a}` stands behind this key, which is no `:`",
            "write the `:` of ASCII with a space behind it",
        ),
        E::SimpleKeyExpected | E::InvalidSimpleKey if line.contains(":\u{a0}") => (
            "a no-break space stands behind the `:` of this key",
            "write an ordinary space; text copied from a web page often has others",
        ),
        E::SimpleKeyExpected | E::InvalidSimpleKey if line.starts_with(['*', '&', '!']) => {
            ("a key that starts with this sign needs quotes", "write it as `\"*\": …`")
        }
        E::SimpleKeyExpected | E::InvalidSimpleKey if has_tight_colon(line) => {
            ("a space is missing behind the `:` of this key", "write `key: value`")
        }
        E::SimpleKeyExpected | E::InvalidSimpleKey => {
            ("a `:` is missing behind this key", "write `key: value`")
        }
        E::UnexpectedCharacter { character } => {
            let message = format!("unexpected character `{}`", character.escape_default());
            return (message, "put the text in quotes, or take the character out");
        }
        _ => return (plain_words(&error.info()), ""),
    };
    (message.to_owned(), hint)
}

/// True for `a: b: c`: the value before the `:` at `at` is the first word behind a key.
fn tight_key(text: &str, at: usize) -> bool {
    let from = floor_boundary(text, at.saturating_sub(NEAR));
    let line = text[from..at].rsplit(['\n', '{', ',']).next().unwrap_or("");
    line.split_once(": ").is_some_and(|(_, value)| !value.trim().contains([' ', '"', '\'']))
}

/// `points:4`
fn has_tight_colon(line: &str) -> bool {
    let line = line.trim_start().trim_start_matches("- ");
    line.split_once(':').is_some_and(|(key, rest)| {
        let is_key = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        is_key && rest.starts_with(|c: char| !c.is_whitespace())
    })
}

/// True behind `regex:` and a text that does not begin with a quote, on one line.
fn behind_plain_regex(text: &str, at: usize) -> bool {
    let from = floor_boundary(text, at.saturating_sub(NEAR));
    let line = text[from..at].rsplit('\n').next().unwrap_or("");
    line.rsplit_once("regex:").is_some_and(|(_, written)| {
        !written.trim_start().starts_with(['"', '\'']) && !written.contains(',')
    })
}

/// The parser's own words in the style of our messages.
fn plain_words(info: &str) -> String {
    let info = info.trim_end_matches('.').replace('\'', "`");
    let mut chars = info.chars();
    chars
        .next()
        .map_or_else(|| "unreadable".to_owned(), |c| c.to_lowercase().chain(chars).collect())
}
