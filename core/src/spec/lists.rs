//! List files: one pattern a line, `#` starts a comment.

use super::decode::check_pattern_text;
use super::model::{ListSource, Pattern, PatternKind, PatternOptions, Policy};
use crate::diag::{Code, Diagnostic, Sink, SourceFile, SourceMap};
use crate::files::{Files, Missing};
use crate::read;
use crate::span::{FileId, SourceSpan, Spanned};

/// Reads the list files of `policy`, which stands at `place` among `files`;
/// `left` are the bytes that may still be read.
pub(crate) fn load(
    policy: &mut Policy,
    (files, place): (&Files, &str),
    left: &mut u64,
    sources: &mut SourceMap,
    sink: &mut Sink,
) {
    let mut loader = Loader { files, place, sources, sink, left };
    for list in &mut policy.lists {
        if let ListSource::File { path, entries } = &mut list.source {
            match loader.file(path) {
                Ok(found) => *entries = found,
                Err(diagnostic) => loader.sink.push(*diagnostic),
            }
        }
    }
}

struct Loader<'a> {
    files: &'a Files,
    /// Where the policy stands.
    place: &'a str,
    sources: &'a mut SourceMap,
    sink: &'a mut Sink,
    left: &'a mut u64,
}

impl Loader<'_> {
    fn file(&mut self, path: &Spanned<String>) -> Result<Vec<Pattern>, Box<Diagnostic>> {
        let place = Files::place(self.place, path)
            .ok_or_else(|| Box::new(unreadable(path, &Missing::Outside)))?;
        let found = self
            .files
            .open(&place, read::LIMIT.min(*self.left))
            .map_err(|missing| Box::new(unreadable(path, &missing)))?;
        *self.left = self.left.saturating_sub(found.text.len() as u64);
        let file = self.sources.add(SourceFile::new(found.name, found.text).at(place));
        if let Some(broken) = found.broken {
            return Err(Box::new(broken.diagnostic(file)));
        }
        let text = self.sources.file(file).map_or("", SourceFile::text);
        let (entries, lines) = entries(text, file, self.sink);
        if lines == 0 {
            let message = format!("the list `{}` has no entries", path.value);
            return Err(Box::new(Diagnostic::new(Code::EmptyList, path.span, message).hint(
                "write one pattern a line, or remove the list and the patterns that use it",
            )));
        }
        Ok(entries)
    }
}

/// Says why the list at `path` was not read.
fn unreadable(path: &Spanned<String>, missing: &Missing) -> Diagnostic {
    let name = &path.value;
    let (code, message, hint) = match missing {
        Missing::Outside => (
            Code::ListFileOutside,
            format!("`{name}` is outside the policy's folder"),
            "move the list beside the policy, or into a folder below it".to_owned(),
        ),
        Missing::NoRoot => (
            Code::MissingListFile,
            format!("`{name}` cannot be found: this policy is not a file"),
            "paths are relative to the policy file; load the policy from a file, or write the \
             list into it"
                .to_owned(),
        ),
        Missing::Absent(near) => {
            let near = near.as_ref().map(|meant| format!("did you mean `{meant}`? "));
            (
                Code::MissingListFile,
                format!("there is no file `{name}`"),
                format!("{}paths are relative to the policy file", near.unwrap_or_default()),
            )
        }
        Missing::Unreadable(problem) => {
            (problem.code(), format!("the list `{name}` {problem}"), problem.hint().to_owned())
        }
    };
    Diagnostic::new(code, path.span, message).hint(hint)
}

/// The patterns in the text of a list file, and how many lines have one, usable or not.
fn entries(text: &str, file: FileId, sink: &mut Sink) -> (Vec<Pattern>, usize) {
    let mut patterns = Vec::new();
    let mut lines = 0;
    let mut start = 0;
    for line in text.split_inclusive(['\n', '\r']) {
        let entry = entry(line.strip_prefix('\u{feff}').filter(|_| start == 0).unwrap_or(line));
        if !entry.is_empty() {
            lines += 1;
            let at = start + (entry.as_ptr() as usize - line.as_ptr() as usize);
            let span = SourceSpan::new(file, at as u32, (at + entry.len()) as u32);
            let text = Spanned::new(entry.to_owned(), span);
            if check_pattern_text(&text, sink) {
                let kind = PatternKind::Text(text);
                patterns.push(Pattern { span, kind, options: PatternOptions::default() });
            }
        }
        start += line.len();
    }
    (patterns, lines)
}

/// A line without its comment and the white space around it. A `#` inside a
/// word is no comment, and `\#` at the start of an entry is a `#`.
fn entry(line: &str) -> &str {
    let line = line.trim();
    if line.starts_with('#') {
        return "";
    }
    let comment = line
        .char_indices()
        .find(|&(i, c)| c == '#' && line[..i].ends_with(char::is_whitespace))
        .map_or(line.len(), |(i, _)| i);
    let entry = line[..comment].trim_end();
    if entry.starts_with("\\#") { &entry[1..] } else { entry }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_comments_and_marks() {
        let text =
            "\u{feff}spam\r\n# all of this\n\n  free money  # a phrase\nc#\n\\#tag\r#no\nsp*m";
        let mut sink = Sink::default();
        let (patterns, lines) = entries(text, FileId(3), &mut sink);
        assert_eq!(lines, 5);
        let found: Vec<_> = patterns
            .iter()
            .map(|pattern| {
                let PatternKind::Text(entry) = &pattern.kind else { panic!("{pattern:?}") };
                assert_eq!((entry.span, &text[entry.span.range()]), (pattern.span, entry.as_str()));
                entry.as_str()
            })
            .collect();
        assert_eq!(found, ["spam", "free money", "c#", "#tag", "sp*m"]);
        assert!(!sink.has_errors());
    }

    #[test]
    fn problems_have_their_place_in_the_list_file() {
        let mut sink = Sink::default();
        let (patterns, lines) = entries("ok\n**\n", FileId(1), &mut sink);
        assert_eq!((patterns.len(), lines), (1, 2));
        let list = sink.into_list();
        assert_eq!(list.len(), 1);
        assert_eq!((list[0].code, list[0].span.range()), (Code::BadWildcard, 3..5));
    }
}
