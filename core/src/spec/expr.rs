//! Conditions as syntax: `near(act, who, 3) and author.age < 7 days`.

use crate::span::{SourceSpan, Spanned};
use std::cmp::Ordering;

/// A condition as written, and what it says.
#[derive(Clone, Debug)]
pub struct Condition {
    /// The text of the condition after YAML decoding.
    pub source: Spanned<String>,
    /// Its meaning; [`ExprKind::Error`] where it could not be read.
    pub root: Expr,
}

/// A part of a condition and its place in the policy file.
#[derive(Clone, Debug)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it stands.
    pub span: SourceSpan,
}

impl Expr {
    /// Calls `see` with every name that stands for a value; names of functions and
    /// their groups or fields are none.
    pub fn each_name<'e>(&'e self, see: &mut impl FnMut(&'e str)) {
        match &self.kind {
            ExprKind::Name(name) => see(name),
            ExprKind::Not(inner) | ExprKind::Neg(inner) => inner.each_name(see),
            ExprKind::And(parts) | ExprKind::Or(parts) | ExprKind::NOf(_, parts) => {
                for part in parts {
                    part.each_name(see);
                }
            }
            ExprKind::Compare(_, left, right)
            | ExprKind::Arith(_, left, right)
            | ExprKind::In(left, right) => {
                left.each_name(see);
                right.each_name(see);
            }
            ExprKind::Call(..)
            | ExprKind::List(_)
            | ExprKind::Number(_)
            | ExprKind::Bool(_)
            | ExprKind::Text(_)
            | ExprKind::Duration(_)
            | ExprKind::Error => {}
        }
    }
}

/// The kinds of expressions.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// A group, rule, fact, model or signal; dots only in facts and inherited names.
    Name(String),
    /// A number.
    Number(f64),
    /// `true` or `false`.
    Bool(bool),
    /// `'quoted'` or `"quoted"`.
    Text(String),
    /// `7 days`, in seconds.
    Duration(f64),
    /// `['a', 'b']`.
    List(Vec<Expr>),
    /// `not x`.
    Not(Box<Expr>),
    /// `x and y`, two or more.
    And(Vec<Expr>),
    /// `x or y`, two or more.
    Or(Vec<Expr>),
    /// `x < y`.
    Compare(CompareOp, Box<Expr>, Box<Expr>),
    /// `x + y`.
    Arith(ArithOp, Box<Expr>, Box<Expr>),
    /// `-x`.
    Neg(Box<Expr>),
    /// `x in ['a', 'b']`, `'mod' in author.roles`.
    In(Box<Expr>, Box<Expr>),
    /// `count(act)`, `near(act, who, 3)`, `caps_ratio(title)`.
    Call(Spanned<String>, Vec<Expr>),
    /// `2 of (a, b, c)`.
    NOf(Spanned<u64>, Vec<Expr>),
    /// Something that was reported already; diagnostics about it would be noise.
    Error,
}

/// Comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum CompareOp {
    /// `==` (`=` is accepted with a hint).
    Eq,
    /// `!=`.
    Ne,
    /// `<`.
    Lt,
    /// `<=`.
    Le,
    /// `>`.
    Gt,
    /// `>=`.
    Ge,
}

impl CompareOp {
    /// Whether it holds of two values that stand in that order.
    pub fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Eq => order.is_eq(),
            Self::Ne => order.is_ne(),
            Self::Lt => order.is_lt(),
            Self::Le => order.is_le(),
            Self::Gt => order.is_gt(),
            Self::Ge => order.is_ge(),
        }
    }
}

/// Arithmetic on numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum ArithOp {
    /// `+`.
    Add,
    /// `-`.
    Sub,
    /// `*`.
    Mul,
    /// `/`; by zero is unknown.
    Div,
}
