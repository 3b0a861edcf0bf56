//! A draft as YAML, in the layout of the documentation's example.

use super::draft::{Draft, Exception, Group, Kind, List, Mode, Pattern, Rule, Sample, UNNAMED};
use std::fmt::Write;

/// Columns of a line; a single long value may go beyond.
const WIDTH: usize = 100;

/// The policy's text.
pub(crate) fn policy(draft: &Draft) -> String {
    let mut out = String::new();
    comments(&mut out, "", &draft.comments);
    line(&mut out, "", "policy", &scalar(&draft.name));
    if !draft.fields.is_empty() {
        line(&mut out, "", "fields", &format!("[{}]", draft.fields.join(", ")));
    }
    facts(&mut out, draft);
    if !draft.actions.is_empty() {
        let names: Vec<String> = draft.actions.iter().map(|name| scalar(name)).collect();
        out.push('\n');
        flow(&mut out, "", "actions", &names);
    }
    for (key, value) in
        [("exempt", draft.exempt.as_str()), ("evasion", draft.evasion.unwrap_or(""))]
    {
        if !value.is_empty() {
            line(&mut out, "", key, value);
        }
    }
    labels(&mut out, draft);
    lists(&mut out, &draft.lists);
    if !draft.except.is_empty() {
        out.push('\n');
        flow(
            &mut out,
            "",
            "except",
            &draft.except.iter().map(exception_pattern).collect::<Vec<_>>(),
        );
    }
    if draft.rules.is_empty() {
        out.push_str("\nrules: []\n");
    } else {
        out.push_str("\nrules:\n");
    }
    for (at, each) in draft.rules.iter().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        rule(&mut out, each);
    }
    out
}

fn facts(out: &mut String, draft: &Draft) {
    if draft.facts.is_empty() {
        return;
    }
    out.push_str("\nfacts:\n");
    let written: Vec<String> = draft
        .facts
        .iter()
        .map(|fact| match fact.default {
            "" => format!("  {}: {}", fact.name, fact.kind),
            default => format!("  {}: {{ type: {}, default: {default} }}", fact.name, fact.kind),
        })
        .collect();
    let width = written.iter().map(|line| line.chars().count()).max().unwrap_or(0);
    for (fact, line) in draft.facts.iter().zip(written) {
        let line = match fact.comment.as_str() {
            "" => line,
            comment => format!("{line:width$}  # {}", one_line(comment)),
        };
        out.push_str(line.trim_end());
        out.push('\n');
    }
}

fn labels(out: &mut String, draft: &Draft) {
    if draft.labels.is_empty() {
        return;
    }
    out.push_str("\nlabels:\n");
    for label in &draft.labels {
        let thresholds: Vec<String> = label
            .thresholds
            .iter()
            .map(|(action, at)| format!("{}: {at}", scalar(action)))
            .collect();
        line(out, "  ", &label.name, &format!("{{ {} }}", thresholds.join(", ")));
    }
}

fn lists(out: &mut String, lists: &[List]) {
    if lists.is_empty() {
        return;
    }
    out.push_str("\nlists:\n");
    for list in lists {
        patterns(out, "  ", &list.name, &list.entries);
    }
}

fn rule(out: &mut String, rule: &Rule) {
    const INDENT: &str = "    ";
    comments(out, "  ", &rule.comments);
    line(out, "  - ", "id", &rule.id);
    let mut put = |key: &str, value: &str| {
        if !value.is_empty() {
            line(out, INDENT, key, value);
        }
    };
    put("label", &rule.label.as_deref().map_or_else(String::new, scalar));
    put("points", &rule.points.map_or_else(String::new, |points| points.to_string()));
    put("action", &rule.action.as_deref().map_or_else(String::new, scalar));
    put("description", &text_or_nothing(&rule.description));
    put("message", &text_or_nothing(&rule.message));
    if !rule.tags.is_empty() {
        flow(out, INDENT, "tags", &scalars(&rule.tags));
    }
    meta(out, rule);
    if !rule.lang.is_empty() {
        flow(out, INDENT, "lang", &scalars(&rule.lang));
    }
    if !rule.fields.is_empty() {
        line(out, INDENT, "in", &format!("[{}]", rule.fields.join(", ")));
    }
    groups(out, &rule.groups);
    if !rule.when.is_empty() {
        condition(out, INDENT, &rule.when);
    }
    if !rule.except.is_empty() {
        flow(out, INDENT, "except", &rule.except.iter().map(exception).collect::<Vec<_>>());
    }
    match rule.mode {
        Mode::Enforce => {}
        Mode::Shadow => line(out, INDENT, "mode", "shadow"),
        Mode::Disabled => line(out, INDENT, "mode", "disabled"),
    }
    tests(out, rule);
}

fn meta(out: &mut String, rule: &Rule) {
    if rule.meta.is_empty() {
        return;
    }
    out.push_str("    meta:\n");
    for (key, value) in &rule.meta {
        line(out, "      ", &scalar(key), &quoted(value));
    }
}

fn groups(out: &mut String, groups: &[Group]) {
    if let [group] = groups
        && group.name == UNNAMED
        && group.fields.is_empty()
        && group.inflect.is_none()
    {
        return patterns(out, "    ", "patterns", &group.patterns);
    }
    if groups.is_empty() {
        return;
    }
    out.push_str("    patterns:\n");
    for group in groups {
        if group.fields.is_empty() && group.inflect.is_none() {
            patterns(out, "      ", &group.name, &group.patterns);
            continue;
        }
        let _ = writeln!(out, "      {}:", group.name);
        if !group.fields.is_empty() {
            line(out, "        ", "in", &format!("[{}]", group.fields.join(", ")));
        }
        if let Some(language) = group.inflect {
            line(out, "        ", "inflect", language);
        }
        patterns(out, "        ", "any", &group.patterns);
    }
}

fn tests(out: &mut String, rule: &Rule) {
    if rule.hit.is_empty() && rule.pass.is_empty() {
        return;
    }
    out.push_str("    tests:\n");
    for (key, texts) in [("hit", &rule.hit), ("pass", &rule.pass)] {
        if !texts.is_empty() {
            flow(out, "      ", key, &texts.iter().map(sample).collect::<Vec<_>>());
        }
    }
}

fn sample(sample: &Sample) -> String {
    if let [("", text)] = sample.as_slice() {
        return quoted(text);
    }
    let fields: Vec<String> =
        sample.iter().map(|(name, text)| format!("{name}: {}", quoted(text))).collect();
    format!("{{ fields: {{ {} }} }}", fields.join(", "))
}

/// Patterns: on one line, wrapped, or one a line where they have options.
fn patterns(out: &mut String, indent: &str, key: &str, patterns: &[Pattern]) {
    let written: Vec<String> = patterns.iter().map(pattern).collect();
    let wide = patterns.iter().zip(&written).any(|(p, w)| w.starts_with('{') && p.is_long(w));
    let width: usize = written.iter().map(|text| text.chars().count() + 2).sum();
    if wide && indent.len() + key.len() + width + 4 > WIDTH {
        let _ = writeln!(out, "{indent}{key}:");
        for text in &written {
            let _ = writeln!(out, "{indent}  - {text}");
        }
        return;
    }
    flow(out, indent, key, &written);
}

impl Pattern {
    /// A regex is easier to read on a line of its own.
    fn is_long(&self, written: &str) -> bool {
        matches!(self.kind, Kind::Regex(_)) || written.chars().count() > 40
    }
}

fn pattern(pattern: &Pattern) -> String {
    let mut keys = match &pattern.kind {
        Kind::Text(text) if !pattern.anywhere && !pattern.case_sensitive => return scalar(text),
        Kind::Text(text) => format!("text: {}", scalar(text)),
        Kind::Regex(regex) => format!("regex: {}", single_quoted(regex)),
        Kind::Domain(host) => format!("domain: {}", scalar(host)),
        Kind::Entity(name) => format!("entity: {name}"),
        Kind::List(name) => format!("list: {name}"),
    };
    for (set, text) in [
        (pattern.anywhere, ", boundary: any"),
        (pattern.case_sensitive, ", case: sensitive"),
        (pattern.raw, ", view: raw"),
    ] {
        if set {
            keys.push_str(text);
        }
    }
    format!("{{ {keys} }}")
}

fn exception(exception: &Exception) -> String {
    match exception {
        Exception::Pattern(pattern) => exception_pattern(pattern),
        Exception::Quoted => "{ quoted: true }".to_owned(),
    }
}

fn exception_pattern(exception: &Pattern) -> String {
    match &exception.kind {
        Kind::Text(text) => quoted(text),
        _ => pattern(exception),
    }
}

/// A list in brackets, wrapped where it does not fit.
fn flow(out: &mut String, indent: &str, key: &str, items: &[String]) {
    let one = format!("{indent}{key}: [{}]", items.join(", "));
    if one.chars().count() <= WIDTH || items.len() == 1 {
        out.push_str(&one);
        out.push('\n');
        return;
    }
    let _ = writeln!(out, "{indent}{key}: [");
    let inner = format!("{indent}  ");
    let mut row = String::new();
    for (at, item) in items.iter().enumerate() {
        let comma = if at + 1 < items.len() { "," } else { "" };
        let length = inner.len() + row.chars().count() + item.chars().count() + 2;
        if !row.is_empty() && length > WIDTH {
            let _ = writeln!(out, "{inner}{}", row.trim_end());
            row.clear();
        }
        let _ = write!(row, "{item}{comma} ");
    }
    let _ = writeln!(out, "{inner}{}", row.trim_end());
    let _ = writeln!(out, "{indent}]");
}

/// A condition; a long one is folded over lines at its `and`s and `or`s.
fn condition(out: &mut String, indent: &str, when: &str) {
    if indent.len() + when.len() + 6 <= WIDTH && is_safe_condition(when) {
        return line(out, indent, "when", when);
    }
    let _ = writeln!(out, "{indent}when: >-");
    let mut row = String::new();
    for word in when.split(' ') {
        let breaks = matches!(word, "and" | "or") && row.chars().count() > 60;
        if breaks || row.chars().count() + word.chars().count() + indent.len() + 3 > WIDTH {
            let _ = writeln!(out, "{indent}  {}", row.trim_end());
            row.clear();
        }
        row.push_str(word);
        row.push(' ');
    }
    let _ = writeln!(out, "{indent}  {}", row.trim_end());
}

/// True when YAML takes the condition as it is written.
fn is_safe_condition(when: &str) -> bool {
    when.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '(' | '_'))
        && !when.contains(": ")
        && !when.contains(" #")
        && !when.ends_with(':')
}

fn line(out: &mut String, indent: &str, key: &str, value: &str) {
    let _ = writeln!(out, "{indent}{key}: {value}");
}

fn comments(out: &mut String, indent: &str, lines: &[String]) {
    for text in lines {
        let _ = writeln!(out, "{}", format!("{indent}# {}", one_line(text)).trim_end());
    }
}

fn one_line(text: &str) -> String {
    crate::ui::excerpt::visible(
        &text.replace(['\n', '\r', '\t', '\u{85}', '\u{2028}', '\u{2029}'], " "),
    )
}

fn scalars<T: AsRef<str>>(texts: &[T]) -> Vec<String> {
    texts.iter().map(|text| scalar(text.as_ref())).collect()
}

fn text_or_nothing(text: &str) -> String {
    if text.is_empty() { String::new() } else { quoted(text) }
}

/// A text without quotes where every YAML reader takes it for the same text.
pub(crate) fn scalar(text: &str) -> String {
    let mut chars = text.chars();
    let plain = chars.next().is_some_and(char::is_alphabetic)
        && chars.all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.' | '\''))
        && !text.ends_with(' ')
        && !text.contains("  ")
        && !is_word_of_yaml(text);
    if plain { text.to_owned() } else { quoted(text) }
}

/// Words that some readers take for booleans or for nothing.
fn is_word_of_yaml(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    matches!(lower.as_str(), "true" | "false" | "yes" | "no" | "on" | "off" | "null" | "y" | "n")
}

/// A text in the quotes that need the fewest escapes.
pub(crate) fn quoted(text: &str) -> String {
    if text.chars().any(needs_escape) {
        return escaped(text);
    }
    if text.contains(['"', '\\']) {
        return format!("'{}'", text.replace('\'', "''"));
    }
    format!("\"{text}\"")
}

fn single_quoted(text: &str) -> String {
    if text.chars().any(needs_escape) {
        return escaped(text);
    }
    format!("'{}'", text.replace('\'', "''"))
}

/// What cannot be seen, or cannot stand in a quoted text on one line.
fn needs_escape(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{3164}'
        )
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(c, '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{ffff}' | '\u{a0}')
        || matches!(c, '\u{e0000}'..='\u{e0fff}')
}

fn escaped(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if needs_escape(c) && (c as u32) > 0xffff => {
                let _ = write!(out, "\\U{:08X}", c as u32);
            }
            c if needs_escape(c) => {
                let _ = write!(out, "\\u{:04X}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use tamis::Policy;

    #[test]
    fn texts_come_back_as_they_were() {
        for text in [
            "darn",
            "007",
            "no",
            "it's",
            "a: b",
            "#tag",
            "*",
            "- x",
            "say \"heck\"",
            "a\\*b",
            "x\u{200b}y",
            "line\nbreak",
            " lead",
            "{x}",
            "é",
            "\u{1f600}",
            "'",
            "&a",
            "@you",
            "a  b",
            "c#",
            "tail ",
            "\u{e0041}x",
        ] {
            for written in [scalar(text), quoted(text), single_quoted(text)] {
                let yaml = format!("policy: p\nrules:\n  - {{ id: a, tags: [{written}, z] }}\n");
                let policy: Policy = yaml.parse().unwrap();
                assert_eq!(policy.spec().rules[0].tags[0].value, text, "{written}");
            }
        }
    }

    #[test]
    fn long_lists_wrap_and_long_conditions_fold() {
        let mut draft = Draft { name: "p".into(), ..Draft::default() };
        let words = (0..40).map(|i| Pattern::text(format!("word{i}"))).collect();
        let when = (0..40).map(|i| format!("length > {i}")).collect::<Vec<_>>().join(" and ");
        draft.rules.push(Rule {
            id: "a".into(),
            action: Some("review".into()),
            groups: vec![Group::unnamed(words)],
            when: format!("patterns and {when}"),
            ..Rule::default()
        });
        let text = policy(&draft);
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH), "{text}");
        let read: Policy = text.parse().unwrap();
        assert_eq!(read.spec().rules[0].groups[0].patterns.len(), 40);
        read.compile().unwrap();
    }
}
