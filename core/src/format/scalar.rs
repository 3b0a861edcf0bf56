//! How a text is written: without quotes where it is a word, else in the quotes that
//! need no escapes.

use crate::spec::tree::{Node, NodeKind};

/// Words that some reader of YAML takes for something else.
const TAKEN: [&str; 14] = [
    "true",
    "false",
    "yes",
    "no",
    "on",
    "off",
    "null",
    "y",
    "n",
    "nan",
    "inf",
    "infinity",
    "none",
    "undefined",
];

/// True for a text that needs no quotes anywhere and looks like nothing but a text.
pub(crate) fn is_word(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| c.is_alphabetic() || c == '_')
        && chars.all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/'))
        && !TAKEN.contains(&text.to_lowercase().as_str())
}

/// A text of one line as it should be written; `raw` is how it was.
pub(super) fn written(node: &Node, raw: &str, is_regex: bool) -> String {
    let NodeKind::Scalar(scalar) = &node.kind else { return raw.to_owned() };
    quoted_or_plain(&scalar.value, raw, is_regex)
}

/// The same for a key.
pub(super) fn quoted_or_plain(value: &str, raw: &str, is_regex: bool) -> String {
    let in_quotes = raw.starts_with(['"', '\'']);
    // Who wrote an escape wanted the character to be seen.
    let has_escapes = raw.starts_with('"') && raw.contains('\\');
    if !in_quotes || has_escapes || value.chars().any(char::is_control) {
        return raw.to_owned();
    }
    if is_word(value) {
        return value.to_owned();
    }
    if is_regex || value.contains(['"', '\\']) {
        return format!("'{}'", value.replace('\'', "''"));
    }
    format!("\"{value}\"")
}

/// A text of the form `|`, from what it says: its header with what happens to line breaks at
/// the end, and its lines. Where the first line begins with a space, the header tells the
/// indentation, `step`.
pub(super) fn literal_block(header: &str, value: &str, step: usize) -> (String, Vec<String>) {
    let chomping = header.find(['+', '-']).map_or("", |at| &header[at..=at]);
    let text = value.strip_suffix('\n').unwrap_or(value);
    let lines: Vec<String> =
        if value.is_empty() { Vec::new() } else { text.split('\n').map(str::to_owned).collect() };
    let first = lines.iter().find(|line| !line.is_empty());
    let indented = first.is_some_and(|line| line.starts_with(' '));
    let step = if indented { step.to_string() } else { String::new() };
    (format!("|{step}{chomping}"), lines)
}

/// The lines of a text of the form `>` that was indented by `base` columns, without them.
/// `None` where the indentation is part of how it is written.
pub(super) fn folded_block(header: &str, raw: &str, base: usize) -> Option<Vec<String>> {
    if header.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let line = |(number, line): (usize, &str)| {
        if number == 0 || line.trim().is_empty() {
            return Some(line.trim_end().to_owned());
        }
        let (indent, content) = line.split_at_checked(base)?;
        indent.trim_matches(' ').is_empty().then(|| content.to_owned())
    };
    raw.lines().enumerate().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_only_where_they_are_needed() {
        for (value, raw, expected) in [
            ("kill", "\"kill\"", "kill"),
            ("no", "'no'", "\"no\""),
            ("2026.11", "\"2026.11\"", "\"2026.11\""),
            ("damn good", "'damn good'", "\"damn good\""),
            ("say \"hi\"", "'say \"hi\"'", "'say \"hi\"'"),
            ("it's", "'it''s'", "\"it's\""),
            ("k\u{200b}ill", "\"k\\u200Bill\"", "\"k\\u200Bill\""),
            ("plain text", "plain text", "plain text"),
            ("*", "'*'", "\"*\""),
        ] {
            assert_eq!(quoted_or_plain(value, raw, false), expected, "{raw}");
        }
        assert_eq!(quoted_or_plain("shoo+t", "\"shoo+t\"", true), "'shoo+t'");
    }
}
