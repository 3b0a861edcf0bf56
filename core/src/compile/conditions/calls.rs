//! The functions of conditions and their arguments.

use super::{Checker, FUNCTIONS, Measured, Type, Typed, list};
use crate::diag::{Code, Diagnostic};
use crate::ids::{FieldId, GroupId};
use crate::program::Node;
use crate::span::{SourceSpan, Spanned};
use crate::spec::expr::{Expr, ExprKind};
use crate::spec::suggest;

impl Checker<'_, '_> {
    pub(super) fn call(
        &mut self,
        name: &Spanned<String>,
        arguments: &[Expr],
        span: SourceSpan,
    ) -> Typed {
        if self.rule.is_none() {
            let message = format!(
                "`exempt` can only ask for facts, and `{}(…)` looks at the text",
                name.value
            );
            self.report(
                Code::UnknownName,
                name.span,
                message,
                "use a rule for what depends on the text",
            );
            return self.error();
        }
        if let Some(measured) = self.measured(name) {
            return self.of_field(measured, name, arguments, span);
        }
        match (name.as_str(), arguments) {
            ("count", [g]) => self.on_group(g, name, Node::Count, Type::Number),
            ("distinct", [g]) => self.on_group(g, name, Node::Distinct, Type::Number),
            ("starts", [g]) => self.on_group(g, name, Node::Starts, Type::Bool),
            ("ends", [g]) => self.on_group(g, name, Node::Ends, Type::Bool),
            ("whole", [g]) => self.on_group(g, name, Node::Whole, Type::Bool),
            ("near", [a, b, n]) => {
                let (a, b) = (self.group_argument(a, name), self.group_argument(b, name));
                let within = self.words(n);
                self.pair(a, b, |a, b| Node::Near { a, b, within })
            }
            ("before", [a, b, rest @ ..]) if rest.len() < 2 => {
                let (a, b) = (self.group_argument(a, name), self.group_argument(b, name));
                let within = rest.first().map(|n| self.words(n));
                self.pair(a, b, |a, b| Node::Before { a, b, within })
            }
            ("same_sentence", [a, b]) => {
                let (a, b) = (self.group_argument(a, name), self.group_argument(b, name));
                self.pair(a, b, |a, b| Node::SameSentence { a, b })
            }
            _ => self.bad_call(name, arguments, span),
        }
    }

    pub(super) fn bad_call(
        &mut self,
        name: &Spanned<String>,
        arguments: &[Expr],
        span: SourceSpan,
    ) -> Typed {
        if FUNCTIONS.iter().any(|&(known, _)| known == name.value) {
            let message = format!("`{}` does not take {} arguments", name.value, arguments.len());
            self.report(Code::WrongArguments, span, message, format!("write `{}`", usage(name)));
        } else {
            let known = FUNCTIONS.iter().map(|&(known, _)| known);
            let message = format!("there is no function `{}`", name.value);
            let mut diagnostic = Diagnostic::new(Code::UnknownName, name.span, message);
            let other_word = elsewhere(&name.to_lowercase());
            let other_name = other_word.and_then(|(meant, _)| meant);
            if let Some(near) = other_name.or_else(|| suggest::nearest(name, known.clone())) {
                diagnostic = diagnostic.meant(name.span, near, false);
            }
            let hint = other_word.map(|(_, hint)| hint).filter(|hint| !hint.is_empty());
            let hint =
                hint.map_or_else(|| format!("the functions are {}", list(known)), str::to_owned);
            self.compile.sink.push(diagnostic.hint(hint));
        }
        self.error()
    }

    pub(super) fn on_group(
        &mut self,
        argument: &Expr,
        function: &str,
        node: impl Fn(GroupId) -> Node,
        of: Type,
    ) -> Typed {
        match self.group_argument(argument, function) {
            Some(group) => self.push(node(group), of),
            None => self.error(),
        }
    }

    pub(super) fn pair(
        &mut self,
        a: Option<GroupId>,
        b: Option<GroupId>,
        node: impl Fn(GroupId, GroupId) -> Node,
    ) -> Typed {
        match (a, b) {
            (Some(a), Some(b)) => self.push(node(a, b), Type::Bool),
            _ => self.error(),
        }
    }

    pub(super) fn group_argument(&mut self, argument: &Expr, function: &str) -> Option<GroupId> {
        if let ExprKind::Name(name) = &argument.kind {
            if let Some(group) = self.group(name) {
                self.compile.groups_used.push(group);
                return Some(group);
            }
            let groups = self.group_names();
            let message =
                format!("`{function}` takes a group, and `{name}` is no group of this rule");
            let mut diagnostic = Diagnostic::new(Code::UnknownName, argument.span, message);
            if let Some(near) = suggest::nearest(name, groups.iter().map(String::as_str)) {
                diagnostic = diagnostic.meant(argument.span, near, false);
            }
            let is_rule = self.compile.names.rule(self.prefix, name).is_some();
            self.compile.sink.push(if let Some(hint) = self.pattern_named(name) {
                diagnostic.hint(hint)
            } else if is_rule {
                diagnostic.hint(format!("`{name}` is a rule: ask for it beside, as `… and {name}`"))
            } else if groups.is_empty() {
                diagnostic.hint("give the rule named groups under `patterns:`")
            } else {
                let names = list(groups.iter().map(String::as_str));
                diagnostic.hint(format!("its groups are {names}"))
            });
        } else if !matches!(argument.kind, ExprKind::Error) {
            let message = format!("`{function}` takes the name of a group here");
            let hint = match &argument.kind {
                ExprKind::Text(name) if self.group(name).is_some() => {
                    format!("names are written without quotes: `{name}`")
                }
                ExprKind::Text(_) => {
                    "texts go under `patterns:`, into a group with a name that stands here"
                        .to_owned()
                }
                _ => format!("write `{}`", usage(function)),
            };
            self.report(Code::WrongArguments, argument.span, message, hint);
        }
        None
    }

    /// A number of words, written out.
    pub(super) fn words(&mut self, argument: &Expr) -> u32 {
        match argument.kind {
            ExprKind::Number(n) if n >= 0.0 && n.fract() == 0.0 && n <= 1e6 => whole(n),
            ExprKind::Error => 0,
            _ => {
                let message = "the distance is a whole number of words".to_owned();
                self.report(
                    Code::WrongArguments,
                    argument.span,
                    message,
                    "write for instance `near(a, b, 3)`",
                );
                0
            }
        }
    }

    pub(super) fn of_field(
        &mut self,
        measured: Measured,
        name: &Spanned<String>,
        arguments: &[Expr],
        span: SourceSpan,
    ) -> Typed {
        let [argument] = arguments else {
            let message = format!("`{}` takes one field, or nothing", name.value);
            let hint = format!(
                "write `{0}` for the whole document or `{0}(title)` for one field",
                name.value
            );
            self.report(Code::WrongArguments, span, message, hint);
            return self.error();
        };
        match &argument.kind {
            ExprKind::Name(field) => {
                let field = Spanned::new(field.clone(), argument.span);
                match self.compile.names.field(&field, &mut self.compile.sink) {
                    Some(field) => self.push(measured.node(Some(FieldId(field.0))), Type::Number),
                    None => self.error(),
                }
            }
            ExprKind::Error => self.error(),
            _ => {
                let message = format!("`{}` takes the name of a field here", name.value);
                self.report(
                    Code::WrongArguments,
                    argument.span,
                    message,
                    "the fields are listed under `fields:`",
                );
                self.error()
            }
        }
    }
}

#[expect(clippy::cast_sign_loss, reason = "checked by the caller")]
fn whole(n: f64) -> u32 {
    n as u32
}

/// What a function of another language, in lower case, is here: another function, and a hint.
fn elsewhere(name: &str) -> Option<(Option<&'static str>, &'static str)> {
    Some(match name {
        "within" | "close" | "proximity" | "distance" => {
            (Some("near"), "write `near(a, b, words)`")
        }
        "startswith" | "starts_with" | "beginswith" => {
            (Some("starts"), "`starts(group)` asks where a group was found; facts are compared")
        }
        "endswith" | "ends_with" => {
            (Some("ends"), "`ends(group)` asks where a group was found; facts are compared")
        }
        "len" | "size" => (None, "`length` measures the text, `count(group)` what was found"),
        "any" => (None, "write `a or b`, or `1 of (a, b)`"),
        "all" => (None, "write `a and b`"),
        "contains" | "has" | "includes" | "match" | "matches" | "regex" | "text" => (
            None,
            "what is looked for in the text goes under `patterns:`; a set is asked by `'x' in set`",
        ),
        "lower" | "upper" | "lowercase" => (None, "case does not matter unless a pattern says so"),
        _ => return None,
    })
}

pub(super) fn usage(function: &str) -> &'static str {
    FUNCTIONS.iter().find(|&&(name, _)| name == function).map_or("", |&(_, usage)| usage)
}
