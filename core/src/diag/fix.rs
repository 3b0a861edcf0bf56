//! Mends that a machine can apply: replacements of bytes of policy files.

use super::Diagnostic;
use crate::span::{FileId, SourceSpan};

/// One replacement of bytes of a policy file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patch {
    /// The bytes to replace; empty to insert.
    pub span: SourceSpan,
    /// What to put there; empty to remove.
    pub text: String,
}

/// A mend of the problem: all of its patches, or none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fix {
    /// The patches; they do not overlap.
    pub patches: Vec<Patch>,
    /// True when nobody needs to look at it before it is applied. What is only
    /// likely, such as the nearest name of another rule, is for a person to choose.
    pub certain: bool,
}

impl Fix {
    /// A mend of one patch.
    pub(crate) fn one(span: SourceSpan, text: impl Into<String>, certain: bool) -> Self {
        Self { patches: vec![Patch { span, text: text.into() }], certain }
    }
}

/// Patches of one file, in order, that can be applied together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Patches {
    list: Vec<Patch>,
    /// How many mends they are.
    fixes: usize,
}

impl Patches {
    /// The mends of `file` among the diagnostics, the likely ones too if `likely`. Of
    /// mends that overlap only the first is taken: applying it may change the other.
    pub fn choose<'d>(
        diagnostics: impl IntoIterator<Item = &'d Diagnostic>,
        file: FileId,
        likely: bool,
    ) -> Self {
        let mut chosen = Self::default();
        for fix in diagnostics.into_iter().filter_map(|d| d.fix.as_ref()) {
            let fits = (fix.certain || likely)
                && !fix.patches.is_empty()
                && fix.patches.iter().all(|patch| patch.span.file == file)
                && fix.patches.iter().all(|patch| chosen.is_free(patch.span));
            if fits {
                chosen.list.extend(fix.patches.iter().cloned());
                chosen.list.sort_by_key(|patch| (patch.span.start, patch.span.end));
                chosen.fixes += 1;
            }
        }
        chosen
    }

    /// True when no patch so far touches `span`; patches side by side could meet in
    /// one comma, so these count as touching.
    fn is_free(&self, span: SourceSpan) -> bool {
        let after = self.list.partition_point(|patch| patch.span.end < span.start);
        self.list.get(after).is_none_or(|patch| span.end < patch.span.start)
    }

    /// How many mends they are.
    pub fn fixes(&self) -> usize {
        self.fixes
    }

    /// `text` with the patches applied; patches that do not fit it are left out.
    pub fn apply(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for Patch { span, text: with } in &self.list {
            let range = span.range();
            if range.start >= at
                && let Some(kept) = text.get(at..range.start)
                && text.is_char_boundary(range.end)
            {
                out.push_str(kept);
                out.push_str(with);
                at = range.end;
            }
        }
        out.push_str(&text[at..]);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;

    fn diagnostic(patches: &[(u32, u32, &str)], certain: bool) -> Diagnostic {
        let span = SourceSpan::new(FileId(0), 0, 0);
        let mut d = Diagnostic::new(Code::UnknownKey, span, "x");
        let patch = |&(start, end, text): &(u32, u32, &str)| Patch {
            span: SourceSpan::new(FileId(0), start, end),
            text: text.to_owned(),
        };
        d.fix = Some(Fix { patches: patches.iter().map(patch).collect(), certain });
        d
    }

    #[test]
    fn mends_apply_as_a_whole_or_not_at_all() {
        let text = "abcdefgh";
        let all = [
            diagnostic(&[(0, 1, "X"), (6, 7, "")], true),
            diagnostic(&[(2, 3, "Y"), (6, 8, "Z")], true), // overlaps the first
            diagnostic(&[(3, 3, "+")], true),
            diagnostic(&[(4, 5, "?")], false),
        ];
        let certain = Patches::choose(&all, FileId(0), false);
        assert_eq!((certain.fixes(), certain.apply(text).as_str()), (2, "Xbc+defh"));
        let likely = Patches::choose(&all, FileId(0), true);
        assert_eq!((likely.fixes(), likely.apply(text).as_str()), (3, "Xbc+d?fh"));
        assert_eq!(Patches::choose(&all, FileId(1), true).fixes(), 0);
    }

    #[test]
    fn patches_that_do_not_fit_change_nothing() {
        let all = [diagnostic(&[(1, 99, "x")], true)];
        assert_eq!(Patches::choose(&all, FileId(0), false).apply("a\u{e9}"), "a\u{e9}");
    }
}
