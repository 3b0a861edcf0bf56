//! One comparison: `a < b`, `a in b`, and what people write instead of them.

use super::lexer::Token;
use super::parser::Parser;
use super::slips::{comparison_word, is_filler};
use crate::diag::Code;
use crate::spec::expr::{CompareOp, Expr, ExprKind};

impl Parser<'_> {
    /// What `in` looks into.
    fn set(&mut self) -> Expr {
        let start = self.at.start;
        if !self.is_sign("(") {
            return self.sum();
        }
        self.advance();
        let mut items = self.items(start, ")");
        if items.len() == 1 {
            return items.remove(0);
        }
        let at = start..start + 1;
        let message = "a list of texts stands between square brackets";
        self.error(Code::ConditionSyntax, at, message, "write `['a', 'b']`");
        self.expr(ExprKind::Error, start)
    }

    /// `x is y`, `x older than y`: reported, and read to the end.
    fn word_for_operator(&mut self, start: usize) -> Option<Expr> {
        let Token::Word(word) = &self.token else { return None };
        comparison_word(&word.to_lowercase())?;
        let _ = self.unexpected("`and`, `or` or the end");
        self.advance();
        let goes_on = |word: &str| is_filler(word) || comparison_word(word).is_some();
        while matches!(&self.token, Token::Word(word) if goes_on(&word.to_lowercase())) {
            self.advance();
        }
        if matches!(
            self.token,
            Token::Word(_) | Token::Number(_) | Token::Text(_) | Token::Sign("(" | "[" | "-")
        ) {
            let _ = self.set();
        }
        Some(self.expr(ExprKind::Error, start))
    }

    /// A comparison, or a value alone.
    pub(super) fn comparison(&mut self) -> Expr {
        let start = self.at.start;
        let left = self.sum();
        if self.accept_operator("in") {
            let right = self.set();
            return self.expr(ExprKind::In(Box::new(left), Box::new(right)), start);
        }
        if self.is_word("not") {
            let at = self.at.clone();
            self.advance();
            let found = if self.accept_word("in") { "not in" } else { "not" };
            let message = format!("`{found}` cannot stand between two values");
            self.error(Code::ConditionSyntax, at, message, "write `not x in y`");
            let _ = self.sum();
            return self.expr(ExprKind::Error, start);
        }
        if let Some(reported) = self.word_for_operator(start) {
            return reported;
        }
        let Some(op) = self.compare_op() else { return left };
        let right = self.sum();
        let expr = self.expr(ExprKind::Compare(op, Box::new(left), Box::new(right)), start);
        let second = self.at.clone();
        if self.compare_op().is_none() {
            return expr;
        }
        self.error(
            Code::ConditionSyntax,
            second,
            "comparisons cannot follow one another",
            "write `a < b and b < c`",
        );
        let _ = self.sum();
        self.expr(ExprKind::Error, start)
    }

    fn compare_op(&mut self) -> Option<CompareOp> {
        let Token::Sign(sign) = self.token else { return None };
        let (op, instead) = match sign {
            "==" => (CompareOp::Eq, ""),
            "!=" => (CompareOp::Ne, ""),
            "<" => (CompareOp::Lt, ""),
            "<=" => (CompareOp::Le, ""),
            ">" => (CompareOp::Gt, ""),
            ">=" => (CompareOp::Ge, ""),
            "=" | "===" => (CompareOp::Eq, "write `==`"),
            "<>" | "!==" | "\u{2260}" => (CompareOp::Ne, "write `!=`"),
            "=<" | "\u{2264}" => (CompareOp::Le, "write `<=`"),
            "=>" | "\u{2265}" => (CompareOp::Ge, "write `>=`"),
            _ => return None,
        };
        if !instead.is_empty() {
            let message = format!("`{sign}` is not a comparison here");
            self.error(Code::ConditionSyntax, self.at.clone(), message, instead);
        }
        self.advance();
        Some(op)
    }
}
