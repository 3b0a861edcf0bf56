//! The grammar of conditions.

use super::lexer::{self, Token};
use crate::diag::{Code, Diagnostic, Sink};
use crate::span::Spanned;
use crate::spec::bounds;
use crate::spec::duration::{UNITS, unit_seconds};
use crate::spec::expr::{ArithOp, CompareOp, Expr, ExprKind};
use crate::spec::offsets::Offsets;
use crate::spec::suggest::nearest;
use std::ops::Range;

/// Words that cannot be names.
const KEYWORDS: [&str; 7] = ["and", "or", "not", "in", "of", "true", "false"];

/// How many syntax errors of one condition are reported.
const MAX_ERRORS: usize = 5;

pub(super) struct Parser<'a> {
    text: &'a str,
    offsets: &'a Offsets,
    sink: &'a mut Sink,
    token: Token,
    /// The bytes of `token` in `text`.
    at: Range<usize>,
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

    fn advance(&mut self) -> Token {
        self.last_end = self.at.end;
        let (token, at) = lexer::next(self.text, self.at.end);
        self.at = at;
        std::mem::replace(&mut self.token, token)
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(&self.token, Token::Word(w) if w == word)
    }

    fn is_sign(&self, sign: &str) -> bool {
        matches!(self.token, Token::Sign(s) if s == sign)
    }

    fn accept_word(&mut self, word: &str) -> bool {
        let found = self.is_word(word);
        if found {
            self.advance();
        }
        found
    }

    fn accept_sign(&mut self, sign: &str) -> bool {
        let found = self.is_sign(sign);
        if found {
            self.advance();
        }
        found
    }

    /// An expression from `start` up to the last token read.
    fn expr(&self, kind: ExprKind, start: usize) -> Expr {
        let end = self.last_end.max(start);
        Expr { kind, span: self.offsets.span(start..end) }
    }

    fn error(&mut self, code: Code, at: Range<usize>, message: impl Into<String>, hint: &str) {
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
    fn unexpected(&mut self, expected: &str) -> Expr {
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
            Token::Word(word) => {
                (format!("expected {expected}, found `{found}`"), slip_of_keyword(word))
            }
            Token::Sign(",") if expected.contains("`and`") => (
                format!("expected {expected}, found `,`"),
                "join two parts by `and` or `or`".to_owned(),
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
            } else if !self.accept_word(word) {
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
        } else if !self.accept_word("not") {
            return self.comparison();
        }
        let inner = self.nested(Self::not);
        self.expr(ExprKind::Not(Box::new(inner)), start)
    }

    fn comparison(&mut self) -> Expr {
        let start = self.at.start;
        let left = self.sum();
        if self.accept_word("in") {
            let right = self.sum();
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
            "=" => (CompareOp::Eq, "write `==`"),
            "<>" | "\u{2260}" => (CompareOp::Ne, "write `!=`"),
            "\u{2264}" => (CompareOp::Le, "write `<=`"),
            "\u{2265}" => (CompareOp::Ge, "write `>=`"),
            _ => return None,
        };
        if !instead.is_empty() {
            let message = format!("`{sign}` is not a comparison here");
            self.error(Code::ConditionSyntax, self.at.clone(), message, instead);
        }
        self.advance();
        Some(op)
    }

    fn sum(&mut self) -> Expr {
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
        if KEYWORDS.contains(&word.as_str()) {
            return self.expr(ExprKind::Number(value), start);
        }
        self.advance();
        let hint = match nearest(&word, UNITS) {
            Some(unit) => format!("did you mean `{unit}`?"),
            None => "units are seconds, minutes, hours, days, weeks, months and years".to_owned(),
        };
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
    fn items(&mut self, open: usize, close: &'static str) -> Vec<Expr> {
        let mut items = Vec::new();
        loop {
            if self.accept_sign(close) {
                return items;
            }
            items.push(self.or());
            if !self.accept_sign(",") {
                self.close(open, close);
                return items;
            }
        }
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

fn not_used(sign: &str) -> String {
    format!("`{sign}` is not used in conditions")
}

/// A hint for a word that stands where it cannot.
fn slip_of_keyword(word: &str) -> String {
    let lower = word.to_lowercase();
    match lower.as_str() {
        "near" | "before" => {
            return format!("write `{lower}(a, b, 3)`, with two groups of the rule");
        }
        "same_sentence" => return "write `same_sentence(a, b)`, with two groups".to_owned(),
        "is" | "equals" => return "write `==`".to_owned(),
        "more" | "greater" | "above" | "over" => return "write `>`".to_owned(),
        "less" | "fewer" | "below" | "under" => return "write `<`".to_owned(),
        "contains" | "has" => {
            return "what is looked for in the text goes under `patterns:`; a set is asked by `'x' in set`".to_owned();
        }
        _ => {}
    }
    match nearest(&lower, ["and", "or", "not", "in", "of"]) {
        Some(keyword) if lower == keyword && word != keyword => {
            format!("write `{keyword}` in lower case")
        }
        Some(keyword) if keyword.len() > 2 && lower != keyword => {
            format!("did you mean `{keyword}`?")
        }
        _ => "texts go in quotes; join two parts by `and` or `or`".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::{FileId, SourceSpan};

    /// The expression with every operator in front of its parts.
    fn show(expr: &Expr) -> String {
        let list = |head: &str, parts: &[Expr]| {
            let parts: Vec<_> = parts.iter().map(show).collect();
            format!("({head} {})", parts.join(" "))
        };
        match &expr.kind {
            ExprKind::Name(name) => name.clone(),
            ExprKind::Number(value) => value.to_string(),
            ExprKind::Bool(value) => value.to_string(),
            ExprKind::Text(text) => format!("{text:?}"),
            ExprKind::Duration(seconds) => format!("{seconds}s"),
            ExprKind::List(items) => list("list", items),
            ExprKind::Not(inner) => format!("(not {})", show(inner)),
            ExprKind::And(parts) => list("and", parts),
            ExprKind::Or(parts) => list("or", parts),
            ExprKind::Compare(op, a, b) => format!("({op:?} {} {})", show(a), show(b)),
            ExprKind::Arith(op, a, b) => format!("({op:?} {} {})", show(a), show(b)),
            ExprKind::Neg(inner) => format!("(neg {})", show(inner)),
            ExprKind::In(a, b) => format!("(in {} {})", show(a), show(b)),
            ExprKind::Call(name, arguments) => list(name, arguments),
            ExprKind::NOf(count, parts) => list(&format!("{} of", count.value), parts),
            ExprKind::Error => "?".to_owned(),
        }
    }

    /// The expression, and the text each problem points at.
    fn parsed(text: &str) -> (String, Vec<String>) {
        let mut sink = Sink::default();
        let whole = SourceSpan::new(FileId(0), 0, text.len() as u32);
        let offsets = Offsets::new(text, whole, text);
        let expr = Parser::new(text, &offsets, &mut sink).condition();
        let found = sink.into_list();
        (show(&expr), found.iter().map(|d| text[d.span.range()].to_owned()).collect())
    }

    #[test]
    fn operators_bind_as_documented() {
        for (text, expected) in [
            ("a or b and c", "(or a (and b c))"),
            ("a and b and c or d", "(or (and a b c) d)"),
            ("not a and b", "(and (not a) b)"),
            ("not x in y", "(not (in x y))"),
            ("not not a == b", "(not (not (Eq a b)))"),
            ("a + b * c - d", "(Sub (Add a (Mul b c)) d)"),
            ("-a * -2", "(Mul (neg a) (neg 2))"),
            ("a - b - c < d / e", "(Lt (Sub (Sub a b) c) (Div d e))"),
            ("(a or b) and c", "(and (or a b) c)"),
            ("age < 7 days", "(Lt age 604800s)"),
            ("'mod' in author.roles", "(in \"mod\" author.roles)"),
            ("x in ['a', \"b\"]", "(in x (list \"a\" \"b\"))"),
            ("2 of (a, b and c, not d) and e", "(and (2 of a (and b c) (not d)) e)"),
            ("near(a, b, 3) and count(a) >= 2", "(and (near a b 3) (Ge (count a) 2))"),
            ("true or x != false", "(or true (Ne x false))"),
            ("f()", "(f )"),
        ] {
            assert_eq!(parsed(text), (expected.to_owned(), vec![]), "{text}");
        }
    }

    #[test]
    fn problems_point_at_their_place_and_reading_goes_on() {
        for (text, places) in [
            ("a < b < c", &["<"][..]),
            ("a = b && c || d", &["=", "&&", "||"]),
            ("!a", &["!"]),
            ("a b and c d", &["b", "d"]),
            ("near(a b, 3) and x y", &["b", "y"]),
            ("(a and b", &["("]),
            ("a and", &[""]),
            ("7 dayz < x", &["dayz"]),
            ("1.5 of (a, b)", &["1.5"]),
            ("x not in ['a']", &["not"]),
            ("a $ b", &["$"]),
            ("'a", &["'a"]),
            ("", &[""]),
        ] {
            let places: Vec<String> = places.iter().map(|p| (*p).to_owned()).collect();
            assert_eq!(parsed(text).1, places, "{text}");
        }
    }

    #[test]
    fn nesting_and_chains_are_bounded() {
        let deep = |n: usize| format!("{}a{}", "(".repeat(n), ")".repeat(n));
        assert!(parsed(&deep(bounds::CONDITION_DEPTH - 1)).1.is_empty());
        assert_eq!(parsed(&deep(10_000)).1.len(), 1);
        assert_eq!(parsed(&"not ".repeat(10_000)).1.len(), 1);
        assert_eq!(parsed(&format!("x < {}1", "-".repeat(10_000))).1.len(), 1);
        assert_eq!(parsed(&format!("x < 1{}", " + 1".repeat(10_000))).1.len(), 1);
        assert!(parsed(&format!("a{}", " or a".repeat(10_000))).1.is_empty());
    }
}
