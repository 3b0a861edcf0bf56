//! `lint_ignore`, and the comment of that name: warnings that an author does not want.
//!
//! A rule or override has the key. Elsewhere, and in list files, a comment says it:
//! `# lint_ignore: unused-list` at the end of the line, or alone on the line before.

use crate::diag::{Code, Diagnostic, Severity, Sink, SourceFile};
use crate::policy::Policy;
use crate::span::{FileId, SourceSpan};
use crate::spec::model;

/// How the comment starts.
const COMMENT: &str = "lint_ignore:";

/// Drops the warnings about files of bases, which their own authors see, and those
/// that are not wanted.
pub(in crate::compile) fn without_ignored(policy: &Policy, sink: Sink) -> Sink {
    let mut ignores = Ignores::of(policy);
    sink.filtered(|diagnostic| {
        diagnostic.severity() == Severity::Error
            // A date that passed concerns whoever builds on the rule, too.
            || (policy.is_own(diagnostic.span.file) || diagnostic.code == Code::Expired)
                && !ignores.ignore(diagnostic)
    })
}

/// The same where everything was looked for: what ignores nothing is reported.
pub(super) fn settled(policy: &Policy, sink: Sink) -> Sink {
    let mut ignores = Ignores::of(policy);
    let mut sink = sink.filtered(|diagnostic| {
        diagnostic.severity() == Severity::Error
            || (policy.is_own(diagnostic.span.file) || diagnostic.code == Code::Expired)
                && !ignores.ignore(diagnostic)
    });
    for ignore in ignores.list.iter().filter(|ignore| policy.is_own(ignore.span.file)) {
        for name in ignore.names.iter().filter(|name| !name.used) {
            if let Some(diagnostic) = name.unneeded()
                && !(name.code == Some(Code::Expired) && ignore.has_date)
            {
                sink.push(diagnostic);
            }
        }
    }
    sink
}

/// A place where warnings are not wanted.
struct Ignore {
    span: SourceSpan,
    names: Vec<Name>,
    /// A rule with `expires:`: its warning comes and goes.
    has_date: bool,
}

/// The name or code of a warning in such a place.
struct Name {
    span: SourceSpan,
    text: String,
    code: Option<Code>,
    used: bool,
}

impl Name {
    fn new(span: SourceSpan, text: &str) -> Self {
        let code = Code::find(text).filter(|code| code.severity() == Severity::Warning);
        Self { span, text: text.to_owned(), code, used: false }
    }

    fn unneeded(&self) -> Option<Diagnostic> {
        let (message, hint) = match self.code {
            Some(Code::UnneededIgnore) => return None,
            Some(_) => (
                format!("there is no warning `{}` here to ignore", self.text),
                "take the name out; it would hide the next real one",
            ),
            None => (
                format!("`{}` is not a warning", self.text),
                "take the name that stands in brackets in the warning",
            ),
        };
        Some(Diagnostic::new(Code::UnneededIgnore, self.span, message).hint(hint))
    }
}

/// All such places.
struct Ignores {
    /// By file and place. Rules of one file do not overlap, and comments speak of a line.
    list: Vec<Ignore>,
    rules: usize,
}

impl Ignores {
    fn of(policy: &Policy) -> Self {
        let spec = policy.spec();
        let rules = spec.rules.iter().chain(spec.overrides.iter().map(|change| &change.patch));
        let mut list: Vec<Ignore> =
            rules.filter(|rule| !rule.lint_ignore.is_empty()).map(of_rule).collect();
        list.sort_by_key(|ignore| (ignore.span.file, ignore.span.start));
        let rules = list.len();
        for (at, file) in policy.sources().files().iter().enumerate() {
            let id = FileId(at as u32);
            if policy.is_own(id) && file.text().contains(COMMENT) {
                list.extend(comments(file, id));
            }
        }
        Self { list, rules }
    }

    /// True when a place says that it does not want this warning.
    fn ignore(&mut self, diagnostic: &Diagnostic) -> bool {
        let span = diagnostic.span;
        let (rules, comments) = self.list.split_at_mut(self.rules);
        // The last rule that starts before the place is the only one that can hold it.
        let key = |ignore: &Ignore| (ignore.span.file, ignore.span.start);
        let behind = rules.partition_point(|ignore| key(ignore) <= (span.file, span.start));
        let rule = behind.checked_sub(1).map(|at| &mut rules[at]);
        let rule = rule.filter(|ignore| holds(ignore, span)).into_iter();
        let comments = comments.iter_mut().filter(|ignore| holds(ignore, span));
        let names = rule.chain(comments).flat_map(|ignore| &mut ignore.names);
        let mut ignored = false;
        for name in names.filter(|name| name.code == Some(diagnostic.code)) {
            name.used = true;
            ignored = true;
        }
        ignored
    }
}

fn holds(ignore: &Ignore, span: SourceSpan) -> bool {
    ignore.span.file == span.file
        && ignore.span.start <= span.start
        && span.start <= ignore.span.end
}

fn of_rule(rule: &model::Rule) -> Ignore {
    let names = rule.lint_ignore.iter().map(|name| Name::new(name.span, name));
    Ignore { span: rule.span, names: names.collect(), has_date: rule.expires.is_some() }
}

/// The comments of a file.
fn comments(file: &SourceFile, id: FileId) -> Vec<Ignore> {
    let mut found = Vec::new();
    let mut waiting: Vec<Name> = Vec::new();
    for number in 1..=file.line_count() {
        let range = file.line_range(number);
        let line = file.line(number);
        let comment = line.rfind('#').filter(|&at| {
            line[at + 1..].trim_start().starts_with(COMMENT)
                && (at == 0 || line[..at].ends_with([' ', '\t']))
        });
        let code = line[..comment.unwrap_or(line.len())].trim();
        if let Some(at) = comment {
            let start = at + line[at..].find(COMMENT).unwrap_or(0) + COMMENT.len();
            let mut from = range.start + start;
            for name in line[start..].split(',') {
                let trimmed = name.trim();
                let offset = from + (name.len() - name.trim_start().len());
                let end = (offset + trimmed.len()) as u32;
                waiting.push(Name::new(SourceSpan::new(id, offset as u32, end), trimmed));
                from += name.len() + 1;
            }
        }
        // A comment alone speaks of the next line that says something.
        if !code.is_empty() && !code.starts_with('#') && !waiting.is_empty() {
            let span = SourceSpan::new(id, range.start as u32, range.end as u32);
            found.push(Ignore { span, names: std::mem::take(&mut waiting), has_date: false });
        }
    }
    if !waiting.is_empty() {
        let span = SourceSpan::new(id, u32::MAX, u32::MAX);
        found.push(Ignore { span, names: waiting, has_date: false });
    }
    found
}
