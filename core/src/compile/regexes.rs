//! Regular expressions: checked, linted, shared.

use super::Compile;
use super::patterns::{Options, Target};
use crate::diag::{Code, Diagnostic};
use crate::ruleset::tables::RegexRow;
use crate::scan::{RegexError, check_regex};
use crate::span::Spanned;
use crate::spec::model::{Boundary, View};
use crate::view::fold;
use crate::view::hangul::{is_jamo, write_regex};
use regex_syntax::ast::{self, Ast};

impl Compile<'_> {
    pub(super) fn regex(&mut self, source: &Spanned<String>, options: Options, target: Target) {
        let case_sensitive = options.case_sensitive.unwrap_or(false);
        let size = self.tables.limits.regex_size;
        if let Err(error) = check_regex(source, case_sensitive, size) {
            self.report(source, error);
            return;
        }
        let view = options.view.unwrap_or(if case_sensitive { View::Raw } else { View::Fold });
        let mut written = source.value.clone();
        if view == View::Fold {
            self.lint_folded(source);
            written = write_regex(source);
            if let Err(error) = check_regex(&written, case_sensitive, size) {
                self.report(source, error.without_place());
                return;
            }
        }
        let boundary = options.boundary.unwrap_or(Boundary::Any);
        let Some(used) = self.used(target, source, options) else { return };
        let rows = &mut self.tables.regexes;
        let same = |row: &&mut RegexRow| {
            row.source == written
                && row.view == view
                && row.case_sensitive == case_sensitive
                && row.boundary == boundary
        };
        match rows.iter_mut().find(same) {
            Some(row) => row.uses.push(used),
            None => rows.push(RegexRow {
                source: written,
                view,
                case_sensitive,
                boundary,
                uses: vec![used],
            }),
        }
    }

    fn report(&mut self, source: &Spanned<String>, error: RegexError) {
        let diagnostic = match error {
            RegexError::Syntax(message, place) => {
                let span = place
                    .map_or(source.span, |place| self.policy.locate(source.span, source, place));
                let diagnostic = Diagnostic::new(
                    Code::BadRegex,
                    span,
                    format!("the regex is not valid: {}", message.trim_end_matches('.')),
                );
                if message.contains("look-around") || message.contains("backreference") {
                    diagnostic.hint("look-around and backreferences are left out so that matching takes linear time; use exceptions or `when` instead")
                } else {
                    diagnostic.hint("the syntax is that of Rust's `regex` crate; escape a literal sign with `\\`")
                }
            }
            RegexError::TooBig(limit) => Diagnostic::new(
                Code::RegexTooBig,
                source.span,
                format!("the compiled regex would take more than {limit} bytes"),
            )
            .hint(
                "make repetitions such as `{1,1000}` smaller, or raise `limits: { regex_size: … }`",
            ),
            RegexError::MatchesEmpty => Diagnostic::new(
                Code::RegexMatchesEmpty,
                source.span,
                "the regex matches the empty text, so it would match everywhere",
            )
            .hint("ask for at least one character, for instance `+` instead of `*`"),
        };
        self.sink.push(diagnostic);
    }

    /// A literal that folding changes can never be found in the folded view.
    fn lint_folded(&mut self, source: &Spanned<String>) {
        let Ok(tree) = ast::parse::Parser::new().parse(source) else { return };
        let Some(literal) = first_unfolded(&tree) else { return };
        let place = literal.span.start.offset..literal.span.end.offset;
        let span = self.policy.locate(source.span, source, place);
        let folded = fold(&literal.c.to_string());
        let shown = if folded.is_empty() { "nothing".to_owned() } else { format!("`{folded}`") };
        self.sink.push(
            Diagnostic::new(
                Code::RegexViewCase,
                span,
                format!(
                    "`{}` can never match: the folded text has {shown} in its place",
                    literal.c
                ),
            )
            .hint("write the folded form, or add `view: raw` to the pattern"),
        );
    }
}

/// True for a literal that no folded text contains.
fn is_unfolded(literal: &ast::Literal) -> bool {
    // The letters of Hangul syllables are rewritten.
    let is_rewritten = literal.kind == ast::LiteralKind::Verbatim && is_jamo(literal.c);
    let lower: String = literal.c.to_lowercase().collect();
    !is_rewritten && fold(&lower) != lower
}

/// The first literal of a class that has only such as no folded text contains.
fn all_unfolded(item: &ast::ClassSetItem) -> Option<ast::Literal> {
    match item {
        ast::ClassSetItem::Literal(literal) => is_unfolded(literal).then(|| literal.clone()),
        ast::ClassSetItem::Union(union) => {
            let mut all = union.items.iter().map(all_unfolded);
            let first = all.next()??;
            all.all(|item| item.is_some()).then_some(first)
        }
        _ => None,
    }
}

/// The first literal that no folded text contains, whatever its case.
fn first_unfolded(tree: &Ast) -> Option<ast::Literal> {
    match tree {
        Ast::Literal(literal) => is_unfolded(literal).then(|| (**literal).clone()),
        // Of a class that has others too, some only say it twice: `[eé]`.
        Ast::ClassBracketed(class) if !class.negated => match &class.kind {
            ast::ClassSet::Item(item) => all_unfolded(item),
            ast::ClassSet::BinaryOp(_) => None,
        },
        Ast::Repetition(inner) => first_unfolded(&inner.ast),
        Ast::Group(inner) => first_unfolded(&inner.ast),
        Ast::Alternation(parts) => parts.asts.iter().find_map(first_unfolded),
        Ast::Concat(parts) => parts.asts.iter().find_map(first_unfolded),
        _ => None,
    }
}
