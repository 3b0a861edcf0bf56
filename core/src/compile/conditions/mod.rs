//! Conditions: names resolved, types checked, written as program nodes.

mod calls;
mod names;

use super::Compile;
use super::names::list;
use super::order::{Mentions, note};
use crate::diag::{Code, Diagnostic};
use crate::ids::{FieldId, ModelId, RuleId};
use crate::program::{Node, NodeId, Run, Signal};
use crate::span::{SourceSpan, Spanned};
use crate::spec::expr::{ArithOp, CompareOp, Condition, Expr, ExprKind};
use crate::spec::model::FactType;
use rustc_hash::FxHashSet;

/// The type of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Type {
    Bool,
    Number,
    Text,
    Duration,
    Set,
    /// Something wrong that was reported; fits everywhere.
    Error,
}

impl Type {
    fn name(self) -> &'static str {
        match self {
            Type::Bool => "true or false",
            Type::Number => "a number",
            Type::Text => "a text",
            Type::Duration => "a duration",
            Type::Set => "a set of texts",
            Type::Error => "an error",
        }
    }
}

/// Functions of conditions: name and what they take.
pub(crate) const FUNCTIONS: &[(&str, &str)] = &[
    ("count", "count(group)"),
    ("distinct", "distinct(group)"),
    ("near", "near(a, b, words)"),
    ("before", "before(a, b) or before(a, b, words)"),
    ("same_sentence", "same_sentence(a, b)"),
    ("starts", "starts(group)"),
    ("ends", "ends(group)"),
    ("whole", "whole(group)"),
];

impl Compile<'_> {
    /// The conditions of all rules, and `exempt`.
    pub(super) fn conditions(&mut self) {
        let spec = self.spec;
        for (at, rule) in spec.rules.iter().enumerate() {
            let id = RuleId::new(at);
            let mut mentions = Mentions::default();
            if let Some(when) = &rule.when {
                let prefix = spec.prefix(rule.when_scope);
                let node = Checker::new(self, Some(id), prefix, &mut mentions).condition(when);
                self.tables.logic[at].when = Some(node);
            }
            self.mentions.push(mentions);
        }
        if let Some(exempt) = &spec.exempt {
            let mut mentions = Mentions::default();
            let node = Checker::new(self, None, "", &mut mentions).condition(exempt);
            self.tables.exempt = Some(node);
            self.facts_used.extend(mentions.facts);
        }
    }
}

/// One condition while it is checked; without a rule it is `exempt`, which sees
/// facts only.
struct Checker<'c, 'p> {
    compile: &'c mut Compile<'p>,
    rule: Option<RuleId>,
    /// What the rules are named after that the condition calls by their short names.
    prefix: &'c str,
    mentions: &'c mut Mentions,
    /// Unknown names that were reported: of each the first place is enough.
    reported: FxHashSet<String>,
}

type Typed = (NodeId, Type);

/// A number that is measured on a text.
#[derive(Clone, Copy)]
enum Measured {
    Signal(Signal),
    Model(ModelId),
}

impl Measured {
    fn node(self, field: Option<FieldId>) -> Node {
        match self {
            Self::Signal(signal) => Node::Signal(signal, field),
            Self::Model(model) => Node::Model(model, field),
        }
    }
}

impl<'c, 'p> Checker<'c, 'p> {
    fn new(
        compile: &'c mut Compile<'p>,
        rule: Option<RuleId>,
        prefix: &'c str,
        mentions: &'c mut Mentions,
    ) -> Self {
        Self { compile, rule, prefix, mentions, reported: FxHashSet::default() }
    }
}

impl Checker<'_, '_> {
    fn condition(&mut self, condition: &Condition) -> NodeId {
        self.expect(&condition.root, Type::Bool, "a condition is true or false")
    }

    fn report(&mut self, code: Code, span: SourceSpan, message: String, hint: impl Into<String>) {
        self.compile.sink.push(Diagnostic::new(code, span, message).hint(hint));
    }

    fn push(&mut self, node: Node, of: Type) -> Typed {
        note(self.mentions, node);
        let nodes = &mut self.compile.tables.program.nodes;
        nodes.push(node);
        (NodeId(nodes.len() as u32 - 1), of)
    }

    /// Stands in for what was reported.
    fn error(&mut self) -> Typed {
        self.push(Node::Bool(false), Type::Error)
    }

    fn expect(&mut self, expr: &Expr, wanted: Type, hint: &str) -> NodeId {
        let (node, found) = self.expr(expr);
        self.check(expr, found, wanted, hint);
        node
    }

    /// Reports `expr` if its type `found` is not the `wanted` one.
    fn check(&mut self, expr: &Expr, found: Type, wanted: Type, hint: &str) {
        if found != wanted && found != Type::Error {
            let message = format!("expected {}, found {}", wanted.name(), found.name());
            let hint = match (wanted, found) {
                (Type::Bool, Type::Text) => {
                    "texts to look for go under `patterns:`; a condition names their group"
                }
                _ => hint,
            };
            let hint = match (wanted, found) {
                (Type::Bool, Type::Number) => {
                    self.compared(expr).unwrap_or_else(|| hint.to_owned())
                }
                _ => self.mend(expr, wanted, hint),
            };
            self.report(Code::TypeError, expr.span, message, hint);
        }
    }

    /// A hint for the commonest slips.
    fn mend(&self, expr: &Expr, wanted: Type, hint: &str) -> String {
        if let ExprKind::Name(name) = &expr.kind
            && wanted == Type::Number
            && self.group(name).is_some()
        {
            return format!("`{name}` is a group; `count({name})` says how often it was found");
        }
        hint.to_owned()
    }

    /// A hint for a number where a condition is asked for: it is to be compared.
    fn compared(&self, expr: &Expr) -> Option<String> {
        let (measured, example) = match &expr.kind {
            ExprKind::Name(name) => {
                let is_share = name.ends_with("_ratio") || self.compile.names.model(name).is_some();
                (name.clone(), if is_share { "> 0.8" } else { ">= 2" })
            }
            ExprKind::Call(function, arguments) => match &arguments[..] {
                [argument] => (format!("{}({})", function.value, name_of(argument)?), ">= 2"),
                _ => return None,
            },
            _ => return None,
        };
        Some(format!("compare it with a number, as `{measured} {example}`"))
    }

    /// The node of a part, and its type; its place is kept for warnings.
    fn expr(&mut self, expr: &Expr) -> Typed {
        let typed = self.node(expr);
        let places = &mut self.compile.places;
        let at = typed.0.0 as usize;
        places.resize(places.len().max(at + 1), SourceSpan::default());
        places[at] = expr.span;
        typed
    }

    fn node(&mut self, expr: &Expr) -> Typed {
        match &expr.kind {
            ExprKind::Error => self.error(),
            ExprKind::Bool(value) => self.push(Node::Bool(*value), Type::Bool),
            ExprKind::Number(value) => self.push(Node::Number(*value), Type::Number),
            ExprKind::Duration(seconds) => self.push(Node::Number(*seconds), Type::Duration),
            ExprKind::Text(text) => self.text(text),
            ExprKind::List(items) => self.list(items),
            ExprKind::Name(name) => self.name(name, expr.span),
            ExprKind::Not(inner) => {
                let inner = self.expect(inner, Type::Bool, "`not` turns true into false");
                self.push(Node::Not(inner), Type::Bool)
            }
            ExprKind::And(parts) => {
                let run = self.parts(parts, "`and` joins conditions");
                self.push(Node::And(run), Type::Bool)
            }
            ExprKind::Or(parts) => {
                let run = self.parts(parts, "`or` joins conditions");
                self.push(Node::Or(run), Type::Bool)
            }
            ExprKind::Compare(op, left, right) => self.compare(*op, left, right, expr.span),
            ExprKind::Arith(op, left, right) => self.arith(*op, left, right),
            ExprKind::Neg(inner) => {
                let inner = self.expect(inner, Type::Number, "`-` takes a number");
                self.push(Node::Neg(inner), Type::Number)
            }
            ExprKind::In(item, set) => {
                if self.unquoted(set, item, FactType::Set) {
                    return self.error();
                }
                self.looked_up(item, set, expr.span)
            }
            ExprKind::Call(name, arguments) => self.call(name, arguments, expr.span),
            ExprKind::NOf(n, parts) => self.n_of(n, parts),
        }
    }

    /// `item in set`.
    fn looked_up(&mut self, item: &Expr, set: &Expr, span: SourceSpan) -> Typed {
        if let ExprKind::List(numbers) = &set.kind
            && let [first, ..] = &numbers[..]
            && numbers.iter().all(|n| matches!(n.kind, ExprKind::Number(_)))
        {
            let name = name_of(item).unwrap_or("a");
            let ExprKind::Number(number) = first.kind else { return self.error() };
            let message = "`in` looks texts up, and these are numbers".to_owned();
            let hint = format!("compare them one by one: `{name} == {number} or {name} == …`");
            self.report(Code::TypeError, set.span, message, hint);
            return self.error();
        }
        let ((item_node, item_type), (set_node, set_type)) = (self.expr(item), self.expr(set));
        if (item_type, set_type) == (Type::Set, Type::Text) {
            let message = "the text comes first, and then the set it is looked up in".to_owned();
            let hint = match (&set.kind, name_of(item)) {
                (ExprKind::Text(text), Some(name)) => format!("write `'{text}' in {name}`"),
                _ => "write `'a' in author.roles`".to_owned(),
            };
            self.report(Code::TypeError, span, message, hint);
            return self.error();
        }
        self.check(item, item_type, Type::Text, "`in` looks a text up in a set");
        let hint = "`in` looks into a list such as `['a', 'b']` or a fact of type set";
        self.check(set, set_type, Type::Set, hint);
        self.push(Node::In(item_node, set_node), Type::Bool)
    }

    fn text(&mut self, text: &str) -> Typed {
        let texts = &mut self.compile.tables.program.texts;
        texts.push(text.to_owned());
        let id = texts.len() as u32 - 1;
        self.push(Node::Text(id), Type::Text)
    }

    fn list(&mut self, items: &[Expr]) -> Typed {
        let start = self.compile.tables.program.texts.len() as u32;
        let mut texts = Vec::new();
        for item in items {
            match &item.kind {
                ExprKind::Text(text) => texts.push(text.clone()),
                ExprKind::Error => {}
                _ => {
                    let message = "a list holds quoted texts".to_owned();
                    let name = name_of(item).unwrap_or("a");
                    self.report(Code::TypeError, item.span, message, format!("write `'{name}'`"));
                }
            }
        }
        let len = texts.len() as u32;
        self.compile.tables.program.texts.extend(texts);
        self.push(Node::Texts(Run { start, len }), Type::Set)
    }

    fn parts(&mut self, parts: &[Expr], hint: &str) -> Run {
        let nodes: Vec<NodeId> = parts.iter().map(|p| self.expect(p, Type::Bool, hint)).collect();
        let children = &mut self.compile.tables.program.children;
        let start = children.len() as u32;
        children.extend(nodes);
        Run { start, len: parts.len() as u32 }
    }

    fn n_of(&mut self, n: &Spanned<u64>, parts: &[Expr]) -> Typed {
        if n.value == 0 || n.value > parts.len() as u64 {
            let message =
                format!("`{} of` needs at least that many parts, and at least one", n.value);
            let hint = format!("there are {}", parts.len());
            self.report(Code::WrongArguments, n.span, message, hint);
        }
        let run = self.parts(parts, "`of` counts conditions that are true");
        self.push(Node::AtLeast(n.value.min(u64::from(u32::MAX)) as u32, run), Type::Bool)
    }

    fn compare(&mut self, op: CompareOp, left: &Expr, right: &Expr, span: SourceSpan) -> Typed {
        if self.unquoted(left, right, FactType::Text) || self.unquoted(right, left, FactType::Text)
        {
            return self.error();
        }
        let ((l, left_type), (r, right_type)) = (self.expr(left), self.expr(right));
        let equality = matches!(op, CompareOp::Eq | CompareOp::Ne);
        let hint = match (left_type, right_type) {
            (Type::Error, _) | (_, Type::Error) => None,
            (Type::Set, _) | (_, Type::Set) => {
                Some("ask whether a text is in a set: `'a' in author.roles`".to_owned())
            }
            (Type::Number, Type::Duration) | (Type::Duration, Type::Number) => {
                let number = if left_type == Type::Number { left } else { right };
                Some(if matches!(number.kind, ExprKind::Number(_)) {
                    "write durations with their unit, such as `7 days`".to_owned()
                } else {
                    "the one is a number and the other a duration: a number has no unit".to_owned()
                })
            }
            (Type::Bool, Type::Number) => {
                Some(self.mend(left, Type::Number, "compare like with like"))
            }
            (Type::Number, Type::Bool) => {
                Some(self.mend(right, Type::Number, "compare like with like"))
            }
            (Type::Duration, Type::Text) | (Type::Text, Type::Duration) => {
                Some("durations are written without quotes, such as `7 days`".to_owned())
            }
            (Type::Number, Type::Text) | (Type::Text, Type::Number) => {
                Some("numbers are written without quotes, and texts in quotes".to_owned())
            }
            (Type::Bool, Type::Text) | (Type::Text, Type::Bool) => {
                Some("`true` and `false` are written without quotes".to_owned())
            }
            (a, b) if a != b => Some("compare like with like".to_owned()),
            (Type::Bool | Type::Text, _) if !equality => {
                Some("only numbers and durations are greater or less; use `==` or `!=`".to_owned())
            }
            _ => None,
        };
        if let Some(hint) = hint {
            let message = format!("cannot compare {} with {}", left_type.name(), right_type.name());
            self.report(Code::TypeError, span, message, hint);
        }
        self.push(Node::Compare(op, l, r), Type::Bool)
    }

    /// `author.role == guest`, `mod in author.roles`: a word that should be a text beside a fact
    /// of type `wanted`.
    fn unquoted(&mut self, fact: &Expr, word: &Expr, wanted: FactType) -> bool {
        let (ExprKind::Name(fact), ExprKind::Name(name)) = (&fact.kind, &word.kind) else {
            return false;
        };
        let names = &self.compile.names;
        let kind = |name: &str| names.fact(name).map(|f| self.compile.tables.facts[f.index()].kind);
        if kind(fact) != Some(wanted) || kind(name).is_some() || names::constant(name).is_some() {
            return false;
        }
        let (code, message) = if self.candidates().contains(name) {
            (Code::TypeError, format!("`{name}` is no text, and `{fact}` asks for one"))
        } else {
            (Code::UnknownName, format!("nothing is called `{name}` here"))
        };
        self.compile.sink.push(
            Diagnostic::new(code, word.span, message)
                .hint(format!("text goes in quotes: `'{name}'`")),
        );
        true
    }

    fn arith(&mut self, op: ArithOp, left: &Expr, right: &Expr) -> Typed {
        let ((l, left_type), (r, right_type)) = (self.expr(left), self.expr(right));
        let is_other = |found| found != Type::Number && found != Type::Error;
        // Said once, and of what follows from it nothing.
        let hint = match (is_other(left_type), is_other(right_type)) {
            (false, false) if left_type == Type::Error || right_type == Type::Error => {
                return self.error();
            }
            (false, false) => return self.push(Node::Arith(op, l, r), Type::Number),
            _ if left_type == Type::Duration || right_type == Type::Duration => {
                "arithmetic is on numbers: compare durations with what you reckon, such as `4 days`"
            }
            _ => "arithmetic is on numbers",
        };
        let (expr, found) =
            if is_other(left_type) { (left, left_type) } else { (right, right_type) };
        self.check(expr, found, Type::Number, hint);
        self.error()
    }
}

fn name_of(expr: &Expr) -> Option<&str> {
    match &expr.kind {
        ExprKind::Name(name) => Some(name),
        _ => None,
    }
}
