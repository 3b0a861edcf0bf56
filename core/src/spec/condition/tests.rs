//! Tests of the grammar.

use super::parser::Parser;
use crate::diag::Sink;
use crate::span::{FileId, SourceSpan};
use crate::spec::bounds;
use crate::spec::expr::{Expr, ExprKind};
use crate::spec::offsets::Offsets;

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
