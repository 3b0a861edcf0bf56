//! The meaning of conditions, by a walk over the tree.

use super::chars;
use super::facts::Facts;
use super::kleene::{self, Truth};
use super::matches::{self, FieldText, Hit};
use super::model::Model;
use super::resolve::ResolvedRule;
use super::sentence::Sentences;
use super::signals;
use super::words;
use std::collections::{BTreeMap, BTreeSet};
use tamis::spec::expr::{ArithOp, CompareOp, Expr, ExprKind};
use tamis::spec::model::{Mode, Value};

/// Everything a condition can ask about one document.
#[derive(Debug)]
pub struct World<'w> {
    /// The rules.
    pub rules: &'w [ResolvedRule],
    /// The matches of each rule, suppressed ones included.
    pub hits: &'w [Vec<Hit>],
    /// The texts.
    pub fields: &'w [FieldText<'w>],
    /// The facts.
    pub facts: &'w Facts,
    /// The models, by name.
    pub models: &'w BTreeMap<String, Model>,
    /// The document's language.
    pub lang: Option<&'w str>,
}

/// A value of a condition; `None` is unknown.
type Maybe<T> = Option<T>;

impl World<'_> {
    /// The truth of the condition of rule number `rule`, whatever its mode.
    pub fn rule(&self, rule: usize) -> Truth {
        let resolved = &self.rules[rule];
        let skipped = self.lang.is_some_and(|stated| {
            !resolved.langs.is_empty() && !resolved.langs.iter().any(|l| same_language(l, stated))
        });
        match &resolved.when {
            _ if skipped => Truth::False,
            Some(when) => self.truth(Some(rule), &when.root),
            None => Truth::from(self.surviving(rule).next().is_some()),
        }
    }

    /// The truth of a condition; `rule` is `None` for `exempt`, which has no groups.
    ///
    /// # Panics
    /// When the expression is of another type: the compiler of policies refuses it.
    pub fn truth(&self, rule: Option<usize>, expr: &Expr) -> Truth {
        let sub = |e: &Expr| self.truth(rule, e);
        match &expr.kind {
            ExprKind::Bool(value) => Truth::from(*value),
            ExprKind::Not(inner) => kleene::not(sub(inner)),
            ExprKind::And(parts) => kleene::and(parts.iter().map(sub)),
            ExprKind::Or(parts) => kleene::or(parts.iter().map(sub)),
            ExprKind::NOf(n, parts) => {
                kleene::n_of(n.value, &parts.iter().map(sub).collect::<Vec<_>>())
            }
            ExprKind::Name(name) => self.named(rule, name),
            ExprKind::Compare(op, a, b) => Truth::from(self.compare(rule, *op, a, b)),
            ExprKind::In(item, set) => Truth::from(self.is_in(rule, item, set)),
            ExprKind::Call(name, args) => self.call(rule, name, args),
            other => panic!("not a condition: {other:?}"),
        }
    }

    /// A group, a rule or a fact of type bool.
    fn named(&self, rule: Option<usize>, name: &str) -> Truth {
        if self.group(rule, name).is_some() {
            return Truth::from(!self.group_hits(rule, name).is_empty());
        }
        let prefix = rule.map_or("", |rule| &self.rules[rule].when_prefix);
        if let Some(other) = self.rules.iter().position(|r| r.id == format!("{prefix}{name}")) {
            // A disabled rule is false to those that refer to it.
            return match self.rules[other].mode {
                Mode::Disabled => Truth::False,
                Mode::Enforce | Mode::Shadow => self.rule(other),
            };
        }
        match self.facts.get(name) {
            Some(Some(Value::Bool(value))) => Truth::from(*value),
            Some(None) => Truth::Unknown,
            other => panic!("`{name}` is no group, rule or bool: {other:?}"),
        }
    }

    fn group(&self, rule: Option<usize>, name: &str) -> Option<usize> {
        self.rules[rule?].groups.iter().position(|g| g.name == name)
    }

    /// The matches of `rule` that no exception took out.
    fn surviving(&self, rule: usize) -> impl Iterator<Item = &Hit> {
        self.hits[rule].iter().filter(|h| !h.suppressed)
    }

    fn group_hits(&self, rule: Option<usize>, name: &str) -> Vec<&Hit> {
        let number = self.group(rule, name).expect("a group");
        self.surviving(rule.expect("a rule")).filter(|h| h.group == number).collect()
    }

    fn call(&self, rule: Option<usize>, name: &str, args: &[Expr]) -> Truth {
        let hits = |i: usize| self.group_hits(rule, name_of(&args[i]));
        let distance = args.get(2).map(|n| match n.kind {
            ExprKind::Number(n) => n,
            _ => panic!("a distance is a number"),
        });
        let any_pair = |holds: &dyn Fn(&Hit, &Hit) -> bool| {
            let (a, b) = (hits(0), hits(1));
            Truth::from(a.iter().any(|x| b.iter().any(|y| x != y && holds(x, y))))
        };
        let any = |holds: &dyn Fn(&Hit) -> bool| Truth::from(hits(0).iter().any(|h| holds(h)));
        match name {
            "near" => any_pair(&|a, b| self.before(a, b, distance) || self.before(b, a, distance)),
            "before" => any_pair(&|a, b| self.before(a, b, distance)),
            "same_sentence" => any_pair(&|a, b| self.same_sentence(a, b)),
            "starts" => any(&|h| self.nothing_before(h)),
            "ends" => any(&|h| self.nothing_behind(h)),
            "whole" => any(&|h| self.nothing_before(h) && self.nothing_behind(h)),
            other => panic!("`{other}` is no condition"),
        }
    }

    fn text(&self, hit: &Hit) -> &str {
        self.fields.iter().find(|f| f.number == hit.field).expect("a field of the document").text
    }

    /// `a` ends before `b` begins, with at most `most` words between.
    fn before(&self, a: &Hit, b: &Hit, most: Option<f64>) -> bool {
        a.field == b.field && a.span.end <= b.span.start && {
            let words = words::seen(self.text(a));
            let between = words::words_in(&words, a.span.end..b.span.start);
            most.is_none_or(|most| between as f64 <= most)
        }
    }

    /// As for `near`, matches that overlap are not two: nothing is between them.
    fn same_sentence(&self, a: &Hit, b: &Hit) -> bool {
        let (a, b) = if a.span.start <= b.span.start { (a, b) } else { (b, a) };
        let between = a.span.end..b.span.start;
        a.field == b.field && between.start <= between.end && {
            let sentences = Sentences::new(self.text(a));
            !sentences.ends_in(between.clone()) && !sentences.line_ends_in(between)
        }
    }

    fn nothing_before(&self, hit: &Hit) -> bool {
        nothing(&self.text(hit)[..hit.span.start])
    }

    fn nothing_behind(&self, hit: &Hit) -> bool {
        let behind = &self.text(hit)[hit.span.end..];
        // A mark there belongs to the match: a regex on the raw text may leave it over.
        let first = behind.chars().find(|&c| !chars::is_ignorable(c));
        !first.is_some_and(chars::is_mark) && nothing(behind)
    }

    fn compare(&self, rule: Option<usize>, op: CompareOp, a: &Expr, b: &Expr) -> Maybe<bool> {
        let (a, b) = (self.value(rule, a)?, self.value(rule, b)?);
        let order = match (&a, &b) {
            (Value::Number(a), Value::Number(b)) | (Value::Duration(a), Value::Duration(b)) => {
                a.partial_cmp(b)?
            }
            (Value::Text(a), Value::Text(b)) => a.cmp(b),
            (Value::Bool(a), Value::Bool(b)) => a.cmp(b),
            other => panic!("not comparable: {other:?}"),
        };
        Some(match op {
            CompareOp::Eq => order.is_eq(),
            CompareOp::Ne => order.is_ne(),
            CompareOp::Lt => order.is_lt(),
            CompareOp::Le => order.is_le(),
            CompareOp::Gt => order.is_gt(),
            CompareOp::Ge => order.is_ge(),
        })
    }

    fn is_in(&self, rule: Option<usize>, item: &Expr, set: &Expr) -> Maybe<bool> {
        if let ExprKind::List(items) = &set.kind {
            let item = self.value(rule, item)?;
            return Some(items.iter().any(|i| self.value(rule, i).as_ref() == Some(&item)));
        }
        match (self.value(rule, item)?, self.value(rule, set)?) {
            (Value::Text(item), Value::Set(items)) => Some(items.contains(&item)),
            other => panic!("not a set: {other:?}"),
        }
    }

    /// The value of an expression that is no condition.
    fn value(&self, rule: Option<usize>, expr: &Expr) -> Maybe<Value> {
        match &expr.kind {
            ExprKind::Number(n) => Some(Value::Number(*n)),
            ExprKind::Text(t) => Some(Value::Text(t.clone())),
            ExprKind::Bool(b) => Some(Value::Bool(*b)),
            ExprKind::Duration(s) => Some(Value::Duration(*s)),
            ExprKind::Neg(inner) => match self.value(rule, inner)? {
                Value::Number(n) => Some(Value::Number(-n)),
                Value::Duration(s) => Some(Value::Duration(-s)),
                other => panic!("not a number: {other:?}"),
            },
            ExprKind::Arith(op, a, b) => {
                let a = self.number(rule, a)?;
                let b = self.number(rule, b)?;
                arith(*op, a, b).map(Value::Number)
            }
            ExprKind::Call(name, args) => Some(Value::Number(self.measured(rule, name, args))),
            ExprKind::Name(name) => match self.facts.get(name) {
                Some(value) => value.clone(),
                None => Some(Value::Number(self.signal(name, None))),
            },
            other => panic!("not a value: {other:?}"),
        }
    }

    fn number(&self, rule: Option<usize>, expr: &Expr) -> Maybe<f64> {
        match self.value(rule, expr)? {
            Value::Number(n) => Some(n),
            other => panic!("not a number: {other:?}"),
        }
    }

    /// `count(g)`, `distinct(g)`, or a signal of one field.
    fn measured(&self, rule: Option<usize>, name: &str, args: &[Expr]) -> f64 {
        let argument = name_of(&args[0]);
        match name {
            "count" => {
                let hits = self.group_hits(rule, argument);
                matches::disjoint(hits.into_iter()) as f64
            }
            "distinct" => {
                let hits = self.group_hits(rule, argument);
                hits.iter().map(|h| h.pattern).collect::<BTreeSet<_>>().len() as f64
            }
            signal => self.signal(signal, Some(argument)),
        }
    }

    fn signal(&self, name: &str, field: Option<&str>) -> f64 {
        let asked = self.fields.iter().filter(|f| field.is_none_or(|name| name == f.name));
        let texts: Vec<&str> = asked.map(|f| f.text).collect();
        if let Some(model) = self.models.get(name) {
            return model.probability(&texts);
        }
        signals::signal(name, &texts).unwrap_or_else(|| panic!("no signal `{name}`"))
    }
}

fn arith(op: ArithOp, a: f64, b: f64) -> Maybe<f64> {
    match op {
        ArithOp::Add => Some(a + b),
        ArithOp::Sub => Some(a - b),
        ArithOp::Mul => Some(a * b),
        ArithOp::Div => (b != 0.0).then(|| a / b),
    }
}

fn name_of(expr: &Expr) -> &str {
    match &expr.kind {
        ExprKind::Name(name) => name,
        other => panic!("not a name: {other:?}"),
    }
}

/// Only white space, punctuation, symbols and emoji, with what attaches to them.
fn nothing(text: &str) -> bool {
    text.chars().all(|c| {
        chars::is_gap(c)
            || chars::is_emoji(c)
            || chars::is_emoji_modifier(c)
            || chars::is_ignorable(c)
            || chars::is_free_mark(c)
            || chars::is_voicing(c)
    })
}

/// `de` is the language of `de-AT`.
fn same_language(wanted: &str, stated: &str) -> bool {
    let stated = stated.to_ascii_lowercase();
    let wanted = wanted.to_ascii_lowercase();
    stated == wanted || stated.strip_prefix(&wanted).is_some_and(|rest| rest.starts_with('-'))
}

/// The names a condition mentions, also as arguments.
pub fn names<'e>(expr: &'e Expr, into: &mut Vec<&'e str>) {
    match &expr.kind {
        ExprKind::Name(name) => into.push(name),
        ExprKind::Not(a) | ExprKind::Neg(a) => names(a, into),
        ExprKind::Compare(_, a, b) | ExprKind::Arith(_, a, b) | ExprKind::In(a, b) => {
            names(a, into);
            names(b, into);
        }
        ExprKind::And(parts)
        | ExprKind::Or(parts)
        | ExprKind::List(parts)
        | ExprKind::Call(_, parts)
        | ExprKind::NOf(_, parts) => parts.iter().for_each(|p| names(p, into)),
        ExprKind::Number(_)
        | ExprKind::Bool(_)
        | ExprKind::Text(_)
        | ExprKind::Duration(_)
        | ExprKind::Error => {}
    }
}
