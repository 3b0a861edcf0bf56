//! The grammar of conditions.

use super::lexer::{self, Token};
use super::slips::{comparison_word, no_unit, not_used, slip_of_keyword, slip_of_number};
use crate::diag::{Code, Diagnostic, Sink};
use crate::span::Spanned;
use crate::spec::bounds;
use crate::spec::duration::{UNITS, unit_seconds};
use crate::spec::expr::{ArithOp, Expr, ExprKind};
use crate::spec::offsets::Offsets;
use std::ops::Range;

/// Words that cannot be names.
const KEYWORDS: [&str; 7] = ["and", "or", "not", "in", "of", "true", "false"];

/// How many syntax errors of one condition are reported.
const MAX_ERRORS: usize = 5;

pub(super) struct Parser<'a> {
    text: &'a str,
    offsets: &'a Offsets,
    sink: &'a mut Sink,
    pub(super) token: Token,
    /// The bytes of `token` in `text`.
    pub(super) at: Range<usize>,
    /// Where the token before ended.
    last_end: usize,
    depth: usize,
    errors: usize,
    /// Where the last of them starts: one place is reported once.
    last_error: Option<usize>,
}

impl<'a> Parser<'a> {
    pub(super) fn new(text: &'a str, offsets: &'a Offsets, sink: &'a mut Sink) -> Self {
        let (token, at) = lexer::next(text, 0);
        Self { text, offsets, sink, token, at, last_end: 0, depth: 0, errors: 0, last_error: None }
    }

    /// The whole text as one expression.
    pub(super) fn condition(mut self) -> Expr {
        let start = self.at.start;
        let expr = self.or();
        if self.token == Token::End {
            return expr;
        }
        // Reads on behind the error to find others.
        while self.token != Token::End && self.errors < MAX_ERRORS {
            let _ = self.unexpected("`and`, `or` or the end");
            self.skip_to_operator();
            if self.token != Token::End {
                self.or();
            }
        }
        self.expr(ExprKind::Error, start)
    }

    pub(super) fn advance(&mut self) -> Token {
        self.last_end = self.at.end;
        let (token, at) = lexer::next(self.text, self.at.end);
        self.at = at;
        std::mem::replace(&mut self.token, token)
    }

    pub(super) fn is_word(&self, word: &str) -> bool {
        matches!(&self.token, Token::Word(w) if w == word)
    }

    pub(super) fn is_sign(&self, sign: &str) -> bool {
        matches!(self.token, Token::Sign(s) if s == sign)
    }

    pub(super) fn accept_word(&mut self, word: &str) -> bool {
        let found = self.is_word(word);
        if found {
            self.advance();
        }
        found
    }

    /// The same where no name can stand: `AND` is reported and taken for `and`.
    pub(super) fn accept_operator(&mut self, word: &str) -> bool {
        let Token::Word(found) = &self.token else { return false };
        if found != word && found.eq_ignore_ascii_case(word) {
            let message = not_used(found);
            let at = self.at.clone();
            self.error(
                Code::ConditionSyntax,
                at,
                message,
                &format!("write `{word}` in lower case"),
            );
            self.advance();
            return true;
        }
        self.accept_word(word)
    }

    pub(super) fn accept_sign(&mut self, sign: &str) -> bool {
        let found = self.is_sign(sign);
        if found {
            self.advance();
        }
        found
    }

    /// An expression from `start` up to the last token read.
    pub(super) fn expr(&self, kind: ExprKind, start: usize) -> Expr {
        let end = self.last_end.max(start);
        Expr { kind, span: self.offsets.span(start..end) }
    }

    pub(super) fn error(
        &mut self,
        code: Code,
        at: Range<usize>,
        message: impl Into<String>,
        hint: &str,
    ) {
        if self.last_error.replace(at.start) == Some(at.start) {
            return;
        }
        self.errors += 1;
        if self.errors > MAX_ERRORS {
            return;
        }
        let mut diagnostic = Diagnostic::new(code, self.offsets.span(at), message);
        if !hint.is_empty() {
            diagnostic = diagnostic.hint(hint);
        }
        self.sink.push(diagnostic);
    }

    /// Reports the token at hand where `expected` should be.
    pub(super) fn unexpected(&mut self, expected: &str) -> Expr {
        let at = self.at.clone();
        let found = &self.text[at.clone()];
        let (message, hint) = match &self.token {
            Token::End => (
                format!("the condition ends where {expected} should follow"),
                "write what is missing, or take the last word out".to_owned(),
            ),
            Token::Bad(message, hint) => (message.clone(), (*hint).to_owned()),
            Token::Sign("&&" | "&") => (not_used("&&"), "write `and`".to_owned()),
            Token::Sign("||" | "|") => (not_used("||"), "write `or`".to_owned()),
            Token::Sign("!") => (not_used("!"), "write `not`".to_owned()),
            _ if expected.contains("behind `of`") => (
                format!("expected {expected}, found `{found}`"),
                "write `2 of (a, b, c)`".to_owned(),
            ),
            Token::Word(word) => {
                let rest = self.text[at.end..].trim_start();
                let hint = if expected.starts_with("`,`") {
                    "what stands in the brackets is parted by commas: `near(a, b, 3)`".to_owned()
                } else if word.eq_ignore_ascii_case("is") && rest.starts_with("not ") {
                    "write `!=`".to_owned()
                } else {
                    // `is less than`
                    let next = rest.split(' ').next().filter(|_| word.eq_ignore_ascii_case("is"));
                    let next = next.and_then(|next| comparison_word(&next.to_lowercase()));
                    next.map_or_else(|| slip_of_keyword(word), str::to_owned)
                };
                (format!("expected {expected}, found `{found}`"), hint)
            }
            Token::Sign(")" | "]") if expected.contains("the end") => (
                format!("this `{found}` closes nothing"),
                "take it out, or write the bracket that it closes".to_owned(),
            ),
            Token::Sign(",") if expected.contains("`and`") => {
                let behind = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
                let parts = self.text[..at.start].ends_with(|c: char| c.is_ascii_digit())
                    && behind(&self.text[at.end..]);
                let hint = if parts {
                    "a decimal has a point: `0.5`"
                } else {
                    "join two parts by `and` or `or`"
                };
                (format!("expected {expected}, found `,`"), hint.to_owned())
            }
            Token::Number(_) if expected.contains("`and`") => (
                format!("expected {expected}, found `{found}`"),
                slip_of_number(&self.text[..at.start]).to_owned(),
            ),
            _ => (
                format!("expected {expected}, found `{found}`"),
                "texts go in quotes, and every bracket has its partner".to_owned(),
            ),
        };
        self.error(Code::ConditionSyntax, at.clone(), message, &hint);
        Expr { kind: ExprKind::Error, span: self.offsets.span(at) }
    }

    /// Skips to behind the next `and` or `or` (or a sign that was meant as one).
    fn skip_to_operator(&mut self) {
        loop {
            match self.advance() {
                Token::Word(word) if word == "and" || word == "or" => return,
                Token::Sign("&&" | "||") | Token::End => return,
                _ => {}
            }
        }
    }

    /// Runs `parse` one level deeper, unless that is too deep.
    fn nested(&mut self, parse: impl FnOnce(&mut Self) -> Expr) -> Expr {
        if self.depth >= bounds::CONDITION_DEPTH {
            let at = self.at.clone();
            self.error(
                Code::ConditionTooDeep,
                at.clone(),
                format!(
                    "the condition is nested more than {} levels deep",
                    bounds::CONDITION_DEPTH
                ),
                "give a part of it to a rule without label and action, and refer to that rule",
            );
            // Nothing that follows could be read sensibly.
            self.errors = MAX_ERRORS;
            self.at = self.text.len()..self.text.len();
            self.token = Token::End;
            return Expr { kind: ExprKind::Error, span: self.offsets.span(at) };
        }
        self.depth += 1;
        let expr = parse(self);
        self.depth -= 1;
        expr
    }

    fn or(&mut self) -> Expr {
        self.nested(|p| p.chain("or", "||", Self::and, ExprKind::Or))
    }

    fn and(&mut self) -> Expr {
        self.chain("and", "&&", Self::not, ExprKind::And)
    }

    /// `x and y and z`: one node of all parts.
    fn chain(
        &mut self,
        word: &str,
        sign: &'static str,
        part: fn(&mut Self) -> Expr,
        make: fn(Vec<Expr>) -> ExprKind,
    ) -> Expr {
        let start = self.at.start;
        let first = part(self);
        let mut parts = vec![first];
        loop {
            if self.is_sign(sign) {
                let at = self.at.clone();
                let message = not_used(sign);
                self.error(Code::ConditionSyntax, at, message, &format!("write `{word}`"));
                self.advance();
            } else if !self.accept_operator(word) {
                break;
            }
            parts.push(part(self));
        }
        if parts.len() == 1 {
            return parts.remove(0);
        }
        self.expr(make(parts), start)
    }

    fn not(&mut self) -> Expr {
        let start = self.at.start;
        if self.is_sign("!") {
            let at = self.at.clone();
            self.error(Code::ConditionSyntax, at, not_used("!"), "write `not`");
            self.advance();
        } else if !(self.accept_word("not") || self.is_shouted_not() && self.accept_operator("not"))
        {
            return self.comparison();
        }
        let inner = self.nested(Self::not);
        self.expr(ExprKind::Not(Box::new(inner)), start)
    }

    /// True at `NOT x`: a name is followed by an operator.
    fn is_shouted_not(&self) -> bool {
        let Token::Word(word) = &self.token else { return false };
        let (next, _) = lexer::next(self.text, self.at.end);
        let is_operand = match &next {
            Token::Word(word) => !KEYWORDS.contains(&word.to_ascii_lowercase().as_str()),
            Token::Sign(sign) => *sign == "(",
            _ => false,
        };
        is_operand && word != "not" && word.eq_ignore_ascii_case("not")
    }

    pub(super) fn sum(&mut self) -> Expr {
        self.arithmetic(Self::product, |sign| match sign {
            "+" => Some(ArithOp::Add),
            "-" => Some(ArithOp::Sub),
            _ => None,
        })
    }

    fn product(&mut self) -> Expr {
        self.arithmetic(Self::unary, |sign| match sign {
            "*" => Some(ArithOp::Mul),
            "/" => Some(ArithOp::Div),
            _ => None,
        })
    }

    /// A chain of operators of one strength, grouped from the left. Each adds a
    /// level to the tree, so a chain is bounded like nesting is.
    fn arithmetic(
        &mut self,
        part: fn(&mut Self) -> Expr,
        operator: fn(&str) -> Option<ArithOp>,
    ) -> Expr {
        let start = self.at.start;
        let mut left = part(self);
        let depth = self.depth;
        while let Token::Sign(sign) = self.token
            && let Some(op) = operator(sign)
        {
            self.advance();
            self.depth += 1;
            let right = self.nested(part);
            left = self.expr(ExprKind::Arith(op, Box::new(left), Box::new(right)), start);
        }
        self.depth = depth;
        left
    }

    fn unary(&mut self) -> Expr {
        let start = self.at.start;
        if self.accept_sign("-") {
            let inner = self.nested(Self::unary);
            return self.expr(ExprKind::Neg(Box::new(inner)), start);
        }
        self.primary()
    }

    fn primary(&mut self) -> Expr {
        let start = self.at.start;
        match &self.token {
            Token::Number(_) => self.number(),
            Token::Text(text) => {
                let kind = ExprKind::Text(text.clone());
                self.advance();
                self.expr(kind, start)
            }
            Token::Word(word) if word == "true" || word == "false" => {
                let kind = ExprKind::Bool(word == "true");
                self.advance();
                self.expr(kind, start)
            }
            Token::Word(word) if !KEYWORDS.contains(&word.as_str()) => self.name(),
            Token::Sign("(") => {
                self.advance();
                let inner = self.or();
                self.close(start, ")");
                inner
            }
            Token::Sign("[") => {
                self.advance();
                let items = self.items(start, "]");
                self.expr(ExprKind::List(items), start)
            }
            _ => self.unexpected("a value"),
        }
    }

    /// `3`, `7 days`, `2 of (a, b, c)`.
    fn number(&mut self) -> Expr {
        let start = self.at.start;
        let Token::Number(value) = self.advance() else {
            return self.unexpected("a number");
        };
        let number_at = start..self.last_end;
        let Token::Word(word) = &self.token else {
            return self.expr(ExprKind::Number(value), start);
        };
        let (word, word_at) = (word.clone(), self.at.clone());
        if word == "of" {
            self.advance();
            return self.n_of(number_at);
        }
        if let Some(seconds) = unit_seconds(&word) {
            self.advance();
            return self.expr(ExprKind::Duration(value * seconds), start);
        }
        let lower = word.to_ascii_lowercase();
        if KEYWORDS.contains(&lower.as_str()) || comparison_word(&lower).is_some() {
            return self.expr(ExprKind::Number(value), start);
        }
        self.advance();
        let hint = no_unit(&word, &UNITS);
        let message = format!("`{word}` is no unit of time");
        self.error(Code::ConditionSyntax, word_at, message, &hint);
        self.expr(ExprKind::Error, start)
    }

    fn n_of(&mut self, number_at: Range<usize>) -> Expr {
        let start = number_at.start;
        if !self.is_sign("(") {
            return self.unexpected("`(` behind `of`");
        }
        let open = self.at.start;
        self.advance();
        let items = self.items(open, ")");
        let Ok(count) = self.text[number_at.clone()].parse::<u32>() else {
            self.error(
                Code::ConditionSyntax,
                number_at,
                "`of` takes a whole number",
                "write `2 of (a, b, c)`",
            );
            return self.expr(ExprKind::Error, start);
        };
        let count = Spanned::new(u64::from(count), self.offsets.span(number_at));
        self.expr(ExprKind::NOf(count, items), start)
    }

    /// `name`, `count(act)`.
    fn name(&mut self) -> Expr {
        let start = self.at.start;
        let Token::Word(name) = self.advance() else { return self.unexpected("a name") };
        let name_at = self.offsets.span(start..self.last_end);
        let open = self.at.start;
        if !self.accept_sign("(") {
            return self.expr(ExprKind::Name(name), start);
        }
        let errors = self.errors;
        let arguments = self.items(open, ")");
        if self.errors > errors {
            // What the arguments are meant to be is not known.
            return self.expr(ExprKind::Error, start);
        }
        self.expr(ExprKind::Call(Spanned::new(name, name_at), arguments), start)
    }

    /// What stands between brackets, up to and with `close`; `open` is the opening one.
    pub(super) fn items(&mut self, open: usize, close: &'static str) -> Vec<Expr> {
        let mut items = Vec::new();
        loop {
            if self.accept_sign(close) {
                return items;
            }
            self.named_argument();
            items.push(self.or());
            if !self.accept_sign(",") {
                self.close(open, close);
                return items;
            }
        }
    }

    /// `within=3` among arguments: the name is reported and left out.
    fn named_argument(&mut self) {
        let Token::Word(word) = &self.token else { return };
        let (next, _) = lexer::next(self.text, self.at.end);
        if next != Token::Sign("=") {
            return;
        }
        let (message, at) =
            (format!("arguments have no names, and this is `{word}`"), self.at.clone());
        let hint = "write the values alone, in their order: `near(a, b, 3)`";
        self.error(Code::ConditionSyntax, at, message, hint);
        self.advance();
        self.advance();
    }

    /// Takes the closing bracket, or reports that the one at `open` has none.
    fn close(&mut self, open: usize, close: &'static str) {
        if self.accept_sign(close) {
            return;
        }
        if self.token == Token::End {
            if self.errors == 0 {
                let at = open..open + 1;
                let message = format!("`{}` is never closed", &self.text[at.clone()]);
                if self.offsets.ends_at_comma {
                    let hint =
                        "between brackets a comma ends the text: put the condition in quotes";
                    self.error(Code::ConditionSyntax, at, message, hint);
                    return;
                }
                self.error(
                    Code::ConditionSyntax,
                    at,
                    message,
                    &format!("add the missing `{close}`"),
                );
            }
            return;
        }
        let _ = self.unexpected(if close == ")" { "`,` or `)`" } else { "`,` or `]`" });
        // Goes on behind the bracket that was meant, if there is one.
        let mut depth = 0;
        loop {
            match self.advance() {
                Token::Sign("(" | "[") => depth += 1,
                Token::Sign(")" | "]") if depth == 0 => return,
                Token::Sign(")" | "]") => depth -= 1,
                Token::End => return,
                _ => {}
            }
        }
    }
}
