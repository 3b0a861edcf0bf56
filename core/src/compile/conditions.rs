//! Conditions: names resolved, types checked, written as program nodes.

use super::Compile;
use super::names::list;
use super::order::{Mentions, note};
use crate::diag::{Code, Diagnostic};
use crate::ids::{FieldId, GroupId, ModelId, RuleId};
use crate::program::{Node, NodeId, Run, Signal};
use crate::span::{SourceSpan, Spanned};
use crate::spec::expr::{ArithOp, CompareOp, Condition, Expr, ExprKind};
use crate::spec::model::{FactType, Mode, Pattern, PatternKind};
use crate::spec::suggest;
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
        if found != wanted && found != Type::Error {
            let message = format!("expected {}, found {}", wanted.name(), found.name());
            let hint = match (wanted, found) {
                (Type::Bool, Type::Text) => {
                    "texts to look for go under `patterns:`; a condition names their group"
                }
                _ => hint,
            };
            let hint = self.mend(expr, wanted, hint);
            self.report(Code::TypeError, expr.span, message, hint);
        }
        node
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
                let item = self.expect(item, Type::Text, "`in` looks a text up in a set");
                let set = self.expect(
                    set,
                    Type::Set,
                    "`in` looks into a list such as `['a', 'b']` or a fact of type set",
                );
                self.push(Node::In(item, set), Type::Bool)
            }
            ExprKind::Call(name, arguments) => self.call(name, arguments, expr.span),
            ExprKind::NOf(n, parts) => self.n_of(n, parts),
        }
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
                    self.report(Code::TypeError, item.span, message, "write it as `'a'`");
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
        if self.unquoted(left, right) || self.unquoted(right, left) {
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
                Some("write durations with their unit, such as `7 days`".to_owned())
            }
            (Type::Bool, Type::Number) => {
                Some(self.mend(left, Type::Number, "compare like with like"))
            }
            (Type::Number, Type::Bool) => {
                Some(self.mend(right, Type::Number, "compare like with like"))
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

    /// `author.role == guest`: a word beside a text that is no name of anything.
    fn unquoted(&mut self, fact: &Expr, word: &Expr) -> bool {
        let (ExprKind::Name(fact), ExprKind::Name(name)) = (&fact.kind, &word.kind) else {
            return false;
        };
        let names = &self.compile.names;
        let kind = |name: &str| names.fact(name).map(|f| self.compile.tables.facts[f.index()].kind);
        if kind(fact) != Some(FactType::Text) || kind(name).is_some() {
            return false;
        }
        let (code, message) = if self.candidates().contains(name) {
            (Code::TypeError, format!("`{fact}` is a text, and `{name}` is none"))
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
        let hint = "arithmetic is on numbers";
        let left = self.expect(left, Type::Number, hint);
        let right = self.expect(right, Type::Number, hint);
        self.push(Node::Arith(op, left, right), Type::Number)
    }

    fn group(&self, name: &str) -> Option<GroupId> {
        self.rule.and_then(|rule| self.compile.group_named(rule, name))
    }

    fn name(&mut self, name: &str, span: SourceSpan) -> Typed {
        if let Some(group) = self.group(name) {
            self.compile.groups_used.push(group);
            return self.push(Node::Matched(group), Type::Bool);
        }
        // Before facts: an inherited condition means a rule of its own file, also where
        // another file declares a fact of that name.
        if self.rule.is_some()
            && let Some(rule) = self.compile.names.rule(self.prefix, name)
        {
            return self.rule_reference(rule, span);
        }
        if let Some(fact) = self.compile.names.fact(name) {
            let of = match self.compile.tables.facts[fact.index()].kind {
                FactType::Number => Type::Number,
                FactType::Bool => Type::Bool,
                FactType::Text => Type::Text,
                FactType::Duration => Type::Duration,
                FactType::Set => Type::Set,
            };
            return self.push(Node::Fact(fact), of);
        }
        if self.rule.is_some()
            && let Some(measured) = self.measured(name)
        {
            return self.push(measured.node(None), Type::Number);
        }
        self.unknown(name, span);
        self.error()
    }

    /// What is measured on the text under that name: a signal, or what a model says.
    fn measured(&self, name: &str) -> Option<Measured> {
        let model = || self.compile.names.model(name).map(Measured::Model);
        Signal::named(name).map(Measured::Signal).or_else(model)
    }

    fn rule_reference(&mut self, rule: RuleId, span: SourceSpan) -> Typed {
        let info = &self.compile.tables.rules[rule.index()];
        if info.mode == Mode::Disabled {
            let message = format!("the rule `{}` is disabled, so this is always false", info.id);
            let diagnostic = Diagnostic::new(Code::DisabledReference, span, message).hint(
                "enable the rule, or use `mode: shadow`, in which a reference still sees its truth",
            );
            self.compile.sink.push(self.where_it_was_disabled(rule, diagnostic));
            self.mentions.rules.push(rule);
            return self.push(Node::Bool(false), Type::Bool);
        }
        self.push(Node::Rule(rule), Type::Bool)
    }

    /// An inherited condition is not at fault when this file disabled the rule.
    fn where_it_was_disabled(&self, rule: RuleId, mut diagnostic: Diagnostic) -> Diagnostic {
        let policy = self.compile.policy;
        let mode = self.compile.spec.rules[rule.index()].mode.as_ref().map(|mode| mode.span);
        if let Some(mode) = mode.filter(|mode| policy.is_own(mode.file))
            && !policy.is_own(diagnostic.span.file)
        {
            let asked = std::mem::replace(&mut diagnostic.span, mode);
            let id = &self.compile.tables.rules[rule.index()].id;
            diagnostic.message = format!(
                "`{id}` is disabled, so it is always false where an inherited rule asks for it"
            );
            return diagnostic.also(asked, "asked for here");
        }
        diagnostic
    }

    fn unknown(&mut self, name: &str, span: SourceSpan) {
        if !self.reported.insert(name.to_owned()) {
            return;
        }
        if self.rule.is_none()
            && (self.measured(name).is_some() || self.compile.names.rule("", name).is_some())
        {
            let message = format!("`exempt` can only ask for facts, and `{name}` is none");
            self.report(Code::UnknownName, span, message, "declare what you need under `facts:`");
            return;
        }
        let candidates = self.candidates();
        let near = suggest::nearest(name, candidates.iter().map(String::as_str));
        // An inherited rule is called by its whole name.
        let inherited =
            || candidates.iter().find(|c| c.rsplit_once('.').is_some_and(|c| c.1 == name));
        let near = near.or_else(|| inherited().map(String::as_str));
        if (name.contains('.') || self.rule.is_none()) && near.is_none() {
            let message = format!("the fact `{name}` is not declared");
            let hint = format!(
                "add it under `facts:`, for instance `{name}: number` (or bool, text, duration, set)"
            );
            self.report(Code::UndeclaredFact, span, message, hint);
            return;
        }
        let code = if name.contains('.') || self.rule.is_none() {
            Code::UndeclaredFact
        } else {
            Code::UnknownName
        };
        let mut diagnostic =
            Diagnostic::new(code, span, format!("nothing is called `{name}` here"));
        if FUNCTIONS.iter().any(|&(function, _)| function == name) {
            diagnostic =
                diagnostic.hint(format!("`{name}` is a function: write `{}`", usage(name)));
        } else if let Some(near) = near {
            diagnostic = diagnostic.meant(span, near, false);
        }
        if diagnostic.hint.is_none()
            && let Some(hint) = self.pattern_named(name)
        {
            diagnostic = diagnostic.hint(hint);
        }
        if diagnostic.hint.is_none() {
            let groups = self.group_names();
            diagnostic = diagnostic.hint(if groups.is_empty() {
                "a name is a group of this rule, another rule, a declared fact or a signal such as `words`".to_owned()
            } else {
                format!(
                    "a name is a group of this rule ({}), another rule, a declared fact or a signal such as `words`",
                    list(groups.iter().map(String::as_str))
                )
            });
        }
        self.compile.sink.push(diagnostic);
    }

    /// A hint where a condition names a pattern of the rule instead of its group.
    fn pattern_named(&self, name: &str) -> Option<String> {
        let rule = &self.compile.spec.rules[self.rule?.index()];
        let is_pattern = |pattern: &Pattern| match &pattern.kind {
            PatternKind::Text(text) => text.eq_ignore_ascii_case(name),
            _ => false,
        };
        let group = rule.groups.iter().find(|group| group.patterns.iter().any(is_pattern))?;
        let group = &group.name.value;
        Some(format!(
            "`{name}` is a pattern of the group `{group}`; conditions name groups: write `{group}`, or give the pattern a group of its own"
        ))
    }

    fn group_names(&self) -> Vec<String> {
        let groups = self
            .rule
            .into_iter()
            .flat_map(|rule| self.compile.tables.logic[rule.index()].group_ids());
        groups.map(|g| self.compile.tables.groups[g.index()].name.clone()).collect()
    }

    fn candidates(&self) -> Vec<String> {
        let names = &self.compile.names;
        let mut all: Vec<String> = self.group_names();
        all.extend(names.facts.names().iter().map(|&n| n.to_owned()));
        if self.rule.is_some() {
            let rules = names.rules.names().iter();
            all.extend(rules.filter_map(|n| n.strip_prefix(self.prefix)).map(str::to_owned));
            all.extend(names.models.names().iter().map(|&n| n.to_owned()));
            all.extend(Signal::ALL.iter().map(|s| s.name().to_owned()));
        }
        all
    }

    fn call(&mut self, name: &Spanned<String>, arguments: &[Expr], span: SourceSpan) -> Typed {
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

    fn bad_call(&mut self, name: &Spanned<String>, arguments: &[Expr], span: SourceSpan) -> Typed {
        if FUNCTIONS.iter().any(|&(known, _)| known == name.value) {
            let message = format!("`{}` does not take {} arguments", name.value, arguments.len());
            self.report(Code::WrongArguments, span, message, format!("write `{}`", usage(name)));
        } else {
            let known = FUNCTIONS.iter().map(|&(known, _)| known);
            let message = format!("there is no function `{}`", name.value);
            let mut diagnostic = Diagnostic::new(Code::UnknownName, name.span, message);
            if let Some(near) = suggest::nearest(name, known.clone()) {
                diagnostic = diagnostic.meant(name.span, near, false);
            }
            self.compile.sink.push(diagnostic.hint(format!("the functions are {}", list(known))));
        }
        self.error()
    }

    fn on_group(
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

    fn pair(
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

    fn group_argument(&mut self, argument: &Expr, function: &str) -> Option<GroupId> {
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
            self.compile.sink.push(if groups.is_empty() {
                diagnostic.hint("give the rule named groups under `patterns:`")
            } else {
                let names = list(groups.iter().map(String::as_str));
                let hint = self.pattern_named(name);
                diagnostic.hint(hint.unwrap_or_else(|| format!("its groups are {names}")))
            });
        } else if !matches!(argument.kind, ExprKind::Error) {
            let message = format!("`{function}` takes the name of a group here");
            self.report(
                Code::WrongArguments,
                argument.span,
                message,
                format!("write `{}`", usage(function)),
            );
        }
        None
    }

    /// A number of words, written out.
    fn words(&mut self, argument: &Expr) -> u32 {
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

    fn of_field(
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

fn usage(function: &str) -> &'static str {
    FUNCTIONS.iter().find(|&&(name, _)| name == function).map_or("", |&(_, usage)| usage)
}
