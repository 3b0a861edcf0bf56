//! The text of a condition → an expression with the place of every part.
//!
//! A lexer and a recursive-descent parser. From loose to tight: `or`, `and`,
//! `not`, one comparison or `in`, `+ -`, `* /`, unary `-`. Names stay names.

mod comparison;
mod lexer;
mod parser;
mod slips;
#[cfg(test)]
mod tests;

use super::bounds;
use super::expr::{Condition, Expr, ExprKind};
use super::offsets::Offsets;
use crate::diag::{Code, Diagnostic, Sink};
use crate::span::Spanned;

/// Reads the condition `text`, which stands in the file `source`.
pub(crate) fn parse(text: Spanned<String>, source: &str, sink: &mut Sink) -> Condition {
    let span = text.span;
    if text.value.len() > bounds::CONDITION_BYTES {
        let limit = bounds::CONDITION_BYTES;
        sink.push(
            Diagnostic::new(
                Code::LimitExceeded,
                span,
                format!("the condition is longer than {limit} bytes"),
            )
            .hint("give parts of it to rules without label and action, and refer to those"),
        );
        return Condition { source: text, root: Expr { kind: ExprKind::Error, span } };
    }
    let offsets = Offsets::new(source, span, &text.value);
    let root = parser::Parser::new(&text.value, &offsets, sink).condition();
    Condition { source: text, root }
}
