//! Diagnostics as text with an excerpt and a caret, and as data. Plain text: colour is the terminal's business.

use super::source::{SourceFile, SourceMap};
use super::{Diagnostic, DiagnosticData, Fix, FixData, LabelData, PatchData, Severity};
use crate::span::SourceSpan;
use std::fmt::Write as _;

/// Columns of a line that are shown; more is cut around the place.
const WIDTH: usize = 100;
/// Columns shown before the place when the line is cut.
const LEAD: usize = 32;

/// One diagnostic as text; ends with a line break.
pub(super) fn render(diagnostic: &Diagnostic, sources: &SourceMap) -> String {
    let severity = match diagnostic.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let info = diagnostic.code.info();
    let mut out = String::new();
    let message = printable(&diagnostic.message);
    let _ = writeln!(out, "{severity}[{} {}]: {message}", info.number, info.name);

    let spans = std::iter::once(diagnostic.span).chain(diagnostic.labels.iter().map(|l| l.span));
    let last_line = spans.map(|span| sources.position(span).line).max().unwrap_or(1);
    let gutter = last_line.to_string().len();

    excerpt(&mut out, sources, diagnostic.span, &diagnostic.label, gutter, ("-->", '^'));
    for label in &diagnostic.labels {
        excerpt(&mut out, sources, label.span, &label.text, gutter, (":::", '-'));
    }
    if let Some(hint) = &diagnostic.hint {
        let _ = writeln!(out, "{:gutter$} = help: {}", "", printable(hint));
    }
    out
}

/// The place, its line and what is marked there.
fn excerpt(
    out: &mut String,
    sources: &SourceMap,
    span: SourceSpan,
    label: &str,
    gutter: usize,
    (arrow, mark): (&str, char),
) {
    let Some(file) = sources.file(span.file) else { return };
    if file.text().is_empty() {
        // Nothing was read of it: there is no line to show.
        let _ = writeln!(out, "{:gutter$}{arrow} {}", "", printable(file.name()));
        if !label.is_empty() {
            let _ = writeln!(out, "{:gutter$} = note: {}", "", printable(label));
        }
        return;
    }
    let position = file.position(span.start);
    let _ = writeln!(
        out,
        "{:gutter$}{arrow} {}:{}:{}",
        "",
        printable(file.name()),
        position.line,
        position.column
    );
    let marked = Marked::new(file, span, position.line);
    let _ = writeln!(out, "{:gutter$} |", "");
    let line = format!("{:>gutter$} | {}", position.line, marked.text);
    let _ = writeln!(out, "{}", line.trim_end());
    let marks: String = std::iter::repeat_n(mark, marked.width).collect();
    let note = format!("{:gutter$} | {:2$}{marks} {3}", "", "", marked.column, printable(label));
    let _ = writeln!(out, "{}", note.trim_end());
    let _ = writeln!(out, "{:gutter$} |", "");
}

/// A line as it is shown, with the columns to mark.
struct Marked {
    text: String,
    column: usize,
    width: usize,
}

impl Marked {
    /// The first line of `span`, cut around it when it is long.
    fn new(file: &SourceFile, span: SourceSpan, line: u32) -> Self {
        let range = file.line_range(line);
        let text = file.line(line);
        let inside = |offset: u32| {
            let offset = (offset as usize).clamp(range.start, range.end) - range.start;
            super::source::floor_boundary(text, offset)
        };
        let (start, end) = (inside(span.start), inside(span.end));
        // Only a window around the place is ever formatted: a line may be megabytes long.
        // No further right than needed to show its end.
        let from = back(text, start, LEAD).min(back(text, text.len(), WIDTH));
        let whole = columns(&text[..ahead(text, 0, WIDTH + 1)]) <= WIDTH;
        let (from, left) = if whole || from == 0 { (0, "") } else { (from, "…") };
        let to = ahead(text, from, WIDTH);
        let right = if to < text.len() { "…" } else { "" };
        let (start, end) = (start.min(to), end.min(to));

        let column = columns(left) + columns(&text[from..start]);
        let width = columns(&text[start..end]).max(1);
        Self { text: format!("{left}{}{right}", printable(&text[from..to])), column, width }
    }
}

/// The boundary that is `width` columns before `at`, or the start.
fn back(text: &str, at: usize, width: usize) -> usize {
    let mut used = 0;
    for (i, c) in text[..at].char_indices().rev() {
        used += shown_width(c);
        if used > width {
            return i + c.len_utf8();
        }
    }
    0
}

/// The boundary that is `width` columns behind `from`, or the end.
fn ahead(text: &str, from: usize, width: usize) -> usize {
    let mut used = 0;
    for (i, c) in text[from..].char_indices() {
        used += shown_width(c);
        if used > width {
            return from + i;
        }
    }
    text.len()
}

/// The columns `text` takes once it is printable.
fn columns(text: &str) -> usize {
    text.chars().map(shown_width).sum()
}

/// `text` without anything that could move the cursor, colour the terminal,
/// reorder the line or hide in it.
fn printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' => out.push_str("    "),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            c if is_hidden(c) => {
                let _ = write!(out, "{}", c.escape_unicode());
            }
            c => out.push(c),
        }
    }
    out
}

/// The columns of a character as [`printable`] shows it.
fn shown_width(c: char) -> usize {
    match c {
        '\t' => 4,
        '\n' | '\r' => 2,
        ' '..='~' => 1,
        c if is_hidden(c) => c.escape_unicode().len(),
        c => width(c),
    }
}

/// Controls, and format characters that reorder or hide text. The joiner and the
/// variation selectors are not among them: they belong to emoji.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{180e}'
        | '\u{200b}' | '\u{200c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}')
}

/// The columns a character takes in a terminal, near enough for a caret: the
/// large blocks of combining and of wide characters, not every exception.
fn width(c: char) -> usize {
    match c {
        '\u{300}'..='\u{36f}'
        | '\u{483}'..='\u{489}'
        | '\u{591}'..='\u{5bd}'
        | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}'
        | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}'
        | '\u{200d}'
        | '\u{20d0}'..='\u{20ff}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{fe20}'..='\u{fe2f}'
        | '\u{1f3fb}'..='\u{1f3ff}' => 0,
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{303e}'
        | '\u{3041}'..='\u{a4cf}'
        | '\u{a960}'..='\u{a97f}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{1f300}'..='\u{1f64f}'
        | '\u{1f680}'..='\u{1faff}'
        | '\u{20000}'..='\u{3fffd}' => 2,
        _ => 1,
    }
}

/// One diagnostic as data.
pub(super) fn data(diagnostic: &Diagnostic, sources: &SourceMap) -> DiagnosticData {
    let info = diagnostic.code.info();
    let (start, end) = (sources.position(diagnostic.span), sources.end_position(diagnostic.span));
    let label = |span: SourceSpan, text: &str| {
        let at = sources.position(span);
        let file = sources.name(span).to_owned();
        LabelData { file, line: at.line, column: at.column, text: text.to_owned() }
    };
    DiagnosticData {
        code: info.number,
        name: info.name,
        severity: info.severity,
        message: diagnostic.message.clone(),
        file: sources.name(diagnostic.span).to_owned(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        hint: diagnostic.hint.clone(),
        labels: diagnostic.labels.iter().map(|l| label(l.span, &l.text)).collect(),
        fix: diagnostic.fix.as_ref().map(|fix| fix_data(fix, sources)),
        rendered: render(diagnostic, sources),
    }
}

fn fix_data(fix: &Fix, sources: &SourceMap) -> FixData {
    let patch = |patch: &super::Patch| PatchData {
        file: sources.name(patch.span).to_owned(),
        start: patch.span.start,
        end: patch.span.end,
        text: patch.text.clone(),
    };
    FixData { certain: fix.certain, patches: fix.patches.iter().map(patch).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;
    use crate::span::FileId;

    fn rendered(text: &str, start: usize, end: usize) -> String {
        let mut sources = SourceMap::default();
        let file = sources.add(SourceFile::new("p.yaml", text));
        let span = SourceSpan::new(file, start as u32, end as u32);
        render(&Diagnostic::new(Code::UnknownKey, span, "unknown key").label("here"), &sources)
    }

    /// The line and the line with the marks, behind the gutter.
    fn lines(text: &str, start: usize, end: usize) -> (String, String) {
        let out = rendered(text, start, end);
        let mut lines = out.lines().skip(3).map(|l| l.split_once("| ").unwrap().1.to_owned());
        (lines.next().unwrap(), lines.next().unwrap())
    }

    #[test]
    fn marks_stand_under_the_place() {
        assert_eq!(
            rendered("a: 1\nrulez: []\n", 5, 10),
            "error[E009 unknown-key]: unknown key\n --> p.yaml:2:1\n  |\n2 | rulez: []\n  | ^^^^^ here\n  |\n"
        );
        assert_eq!(lines("\tab", 1, 2), ("    ab".into(), "    ^ here".into()));
        assert_eq!(lines("\u{6b7b}ab", 3, 4).1, "  ^ here", "wide");
        assert_eq!(lines("e\u{301}ab", 3, 4).1, " ^ here", "combining");
        assert_eq!(lines("\u{1b}[1mab", 4, 5), ("\\u{1b}[1mab".into(), "         ^ here".into()));
        assert_eq!(lines("ab\ncd", 0, 5).1, "^^ here", "first line of several");
        assert_eq!(lines("ab", 2, 2).1, "  ^ here", "the end");
    }

    #[test]
    fn long_lines_are_cut_around_the_place() {
        let text = format!("{}here{}", "x".repeat(5000), "y".repeat(5000));
        let (line, marks) = lines(&text, 5000, 5004);
        assert_eq!(line.chars().count(), WIDTH + 2);
        let at = marks.find("^^^^ here").unwrap();
        assert_eq!(line.chars().skip(at).take(4).collect::<String>(), "here");
        let (line, marks) = lines(&text, 0, 10_004);
        assert!(line.ends_with('…') && marks.len() <= WIDTH + 6, "{marks}");
    }

    #[test]
    fn messages_cannot_talk_to_the_terminal() {
        let mut sources = SourceMap::default();
        let file = sources.add(SourceFile::new("\u{1b}[2J.yaml", ""));
        let span = SourceSpan::new(file, 0, 0);
        let d = Diagnostic::new(Code::UnreadableFile, span, "a\u{202e}b\nc").hint("\u{7}");
        let out = render(&d, &sources);
        assert!(!out.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{out}");
        let gone = SourceSpan::new(FileId(7), 0, 0);
        let d = Diagnostic::new(Code::UnreadableFile, gone, "no such file");
        assert_eq!(render(&d, &sources), "error[E003 unreadable-file]: no such file\n");
    }
}
