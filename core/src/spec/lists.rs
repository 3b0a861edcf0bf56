//! List files: one pattern a line, `#` starts a comment.

use super::decode::check_pattern_text;
use super::model::{ListSource, Pattern, PatternKind, PatternOptions, Policy};
use crate::diag::{Code, Diagnostic, Sink, SourceFile, SourceMap};
use crate::read;
use crate::span::{FileId, SourceSpan, Spanned};
use std::path::{Component, Path};

/// Bytes of all list files of a policy together.
const TOTAL_BYTES: u64 = 64 << 20;

/// Reads the list files of `policy` from `folder`, the policy's own.
pub(crate) fn load(
    policy: &mut Policy,
    folder: Option<&Path>,
    sources: &mut SourceMap,
    sink: &mut Sink,
) {
    let mut loader = Loader { folder, sources, sink, left: TOTAL_BYTES };
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
    folder: Option<&'a Path>,
    sources: &'a mut SourceMap,
    sink: &'a mut Sink,
    /// Bytes that may still be read.
    left: u64,
}

impl Loader<'_> {
    fn file(&mut self, path: &Spanned<String>) -> Result<Vec<Pattern>, Box<Diagnostic>> {
        let fail = |code, message: String, hint: &str| {
            Box::new(Diagnostic::new(code, path.span, message).hint(hint))
        };
        let outside = || {
            fail(
                Code::ListFileOutside,
                format!("`{}` is outside the policy's folder", path.value),
                "move the list beside the policy, or into a folder below it",
            )
        };
        if !stays_below(&path.value) {
            return Err(outside());
        }
        let Some(folder) = self.folder else {
            return Err(fail(
                Code::MissingListFile,
                format!("`{}` cannot be found: this policy is not a file", path.value),
                "paths are relative to the policy file; load the policy from a file, or write the \
                 list into it",
            ));
        };
        let full = folder.join(&path.value);
        if leaves_by_link(folder, &full) {
            return Err(outside());
        }
        if !full.exists() {
            return Err(fail(
                Code::MissingListFile,
                format!("there is no file `{}`", path.value),
                &missing_hint(folder, &path.value),
            ));
        }
        let bytes = read::file(&full, read::LIMIT.min(self.left)).map_err(|problem| {
            fail(problem.code(), format!("the list `{}` {problem}", path.value), problem.hint())
        })?;
        self.left -= bytes.len() as u64;
        let name = folder.join(&path.value).display().to_string();
        let (text, broken) = read::utf8(bytes);
        let file = self.sources.add(SourceFile::new(name, text));
        if let Some(broken) = broken {
            return Err(Box::new(broken.diagnostic(file)));
        }
        let text = self.sources.file(file).map_or("", SourceFile::text);
        let (found, lines) = entries(text, file, self.sink);
        if lines == 0 {
            return Err(fail(
                Code::EmptyList,
                format!("the list `{}` has no entries", path.value),
                "write one pattern a line, or remove the list and the patterns that use it",
            ));
        }
        Ok(found)
    }
}

/// False when the text of `path` leads out of the folder it starts in.
fn stays_below(path: &str) -> bool {
    let mut depth = 0_usize;
    for component in Path::new(path).components() {
        match component {
            Component::Normal(_) => depth += 1,
            Component::CurDir => {}
            Component::ParentDir if depth > 0 => depth -= 1,
            Component::ParentDir | Component::RootDir | Component::Prefix(_) => return false,
        }
    }
    true
}

/// True when `full` is really elsewhere than under `folder`.
fn leaves_by_link(folder: &Path, full: &Path) -> bool {
    match (folder.canonicalize(), full.canonicalize()) {
        (Ok(folder), Ok(real)) => !real.starts_with(&folder),
        _ => false,
    }
}

fn missing_hint(folder: &Path, path: &str) -> String {
    let wanted = Path::new(path);
    let near = wanted.file_name().and_then(|name| name.to_str()).and_then(|name| {
        let parent = folder.join(wanted.parent()?);
        let mut names: Vec<String> = std::fs::read_dir(parent)
            .ok()?
            .take(1_000)
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .collect();
        names.sort();
        let meant = super::suggest::nearest(name, names.iter().map(String::as_str))?;
        Some(format!("did you mean `{meant}`? "))
    });
    format!("{}paths are relative to the policy file", near.unwrap_or_default())
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
