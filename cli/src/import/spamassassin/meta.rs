//! Metas: expressions over other tests, as conditions.
//!
//! A test counts 1 where it hits and 0 where not, so that sums of tests can be compared with a
//! number; here such a sum is `2 of (a, b, c)`.

use std::collections::{HashMap, HashSet};

/// Parts within each other.
const DEPTH: usize = 50;
/// Tests that a sum may have, each as often as it counts.
const SUMMANDS: usize = 500;

/// An expression of truth values.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Condition {
    Known(bool),
    Test(String),
    Not(Box<Condition>),
    And(Vec<Condition>),
    Or(Vec<Condition>),
    /// At least so many hold.
    AtLeast(usize, Vec<Condition>),
}

impl Condition {
    /// The condition in the policy's language; `ask` gives each test its name there.
    pub(super) fn text(&self, ask: &mut impl FnMut(&str) -> String) -> String {
        self.write(ask, false)
    }

    fn write(&self, ask: &mut impl FnMut(&str) -> String, inside: bool) -> String {
        let joined = |parts: &[Self], sign: &str, ask: &mut _| {
            let parts: Vec<String> = parts.iter().map(|part| part.write(ask, true)).collect();
            let text = parts.join(sign);
            if inside { format!("({text})") } else { text }
        };
        match self {
            Self::Known(truth) => truth.to_string(),
            Self::Test(name) => ask(name),
            Self::Not(inner) => format!("not {}", inner.write(ask, true)),
            Self::And(parts) => joined(parts, " and ", ask),
            Self::Or(parts) => joined(parts, " or ", ask),
            Self::AtLeast(least, parts) => {
                let parts: Vec<String> = parts.iter().map(|part| part.write(ask, false)).collect();
                format!("{least} of ({})", parts.join(", "))
            }
        }
    }

    /// The tests it refers to, each with whether its hits make the condition hold (or fail).
    pub(super) fn names(&self) -> Vec<(String, bool)> {
        match self {
            Self::Known(_) => Vec::new(),
            Self::Test(name) => vec![(name.clone(), true)],
            Self::Not(inner) => {
                inner.names().into_iter().map(|(name, for_it)| (name, !for_it)).collect()
            }
            Self::And(parts) | Self::Or(parts) | Self::AtLeast(_, parts) => {
                parts.iter().flat_map(Self::names).collect()
            }
        }
    }

    fn not(self) -> Self {
        match self {
            Self::Known(truth) => Self::Known(!truth),
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }
}

/// The names of metas that lead back to themselves.
pub(super) fn cycles<'m>(metas: impl Iterator<Item = (&'m str, &'m Condition)>) -> Vec<String> {
    let mut links: HashMap<String, Vec<(String, bool)>> =
        metas.map(|(name, condition)| (name.to_owned(), condition.names())).collect();
    // What refers to nothing that is left cannot be in a circle.
    loop {
        let left: HashSet<String> = links.keys().cloned().collect();
        let before = links.len();
        links.retain(|_, names| names.iter().any(|(name, _)| left.contains(name)));
        if links.len() == before {
            let mut names: Vec<String> = links.into_keys().collect();
            names.sort();
            return names;
        }
    }
}

/// A number made of tests: how often each counts, and what is added.
#[derive(Clone, Debug)]
struct Sum {
    parts: Vec<(i64, Condition)>,
    constant: f64,
}

impl Sum {
    fn number(constant: f64) -> Self {
        Self { parts: Vec::new(), constant }
    }

    fn of(condition: Condition) -> Self {
        match condition {
            Condition::Known(truth) => Self::number(f64::from(u8::from(truth))),
            condition => Self { parts: vec![(1, condition)], constant: 0.0 },
        }
    }

    fn plus(mut self, other: Self, sign: i64) -> Self {
        self.parts.extend(other.parts.into_iter().map(|(n, part)| (n * sign, part)));
        self.constant += other.constant * sign as f64;
        self
    }

    fn times(self, other: Self) -> Result<Self, String> {
        let (number, sum) = match (self.parts.is_empty(), other.parts.is_empty()) {
            (true, _) => (self.constant, other),
            (_, true) => (other.constant, self),
            _ => return Err("tests are multiplied with each other".to_owned()),
        };
        if number.fract() != 0.0 || number.abs() > 100.0 {
            return Err("a test is counted in fractions, or very often".to_owned());
        }
        let parts = sum.parts.into_iter().map(|(n, part)| (n * number as i64, part)).collect();
        Ok(Self { parts, constant: sum.constant * number })
    }

    /// True where the sum is not 0.
    fn truth(self) -> Result<Condition, String> {
        match self.parts.as_slice() {
            [] => Ok(Condition::Known(self.constant != 0.0)),
            [(1, part)] if self.constant == 0.0 => Ok(part.clone()),
            _ if self.constant == 0.0 && self.parts.iter().all(|(n, _)| *n > 0) => self.at_least(1),
            _ => Err("a difference is used as a truth value".to_owned()),
        }
    }

    /// True where the sum of tests is `least` or more; the constant does not count.
    fn at_least(&self, least: i64) -> Result<Condition, String> {
        let mut parts = Vec::new();
        let mut least = least;
        for (n, part) in &self.parts {
            // `-a` is 1 less than `not a`.
            let part = if *n < 0 {
                least += n.abs();
                part.clone().not()
            } else {
                part.clone()
            };
            for _ in 0..n.unsigned_abs() {
                parts.push(part.clone());
            }
            if parts.len() > SUMMANDS {
                return Err("too many tests are added".to_owned());
            }
        }
        Ok(match usize::try_from(least) {
            Err(_) | Ok(0) => Condition::Known(true),
            Ok(least) if least > parts.len() => Condition::Known(false),
            Ok(least) if least == parts.len() => one_or(parts, Condition::And),
            Ok(1) => one_or(parts, Condition::Or),
            Ok(least) => Condition::AtLeast(least, parts),
        })
    }

    /// `self SIGN 0`.
    fn compared(&self, sign: &str) -> Result<Condition, String> {
        // sum + constant ≥ 0 is sum ≥ -constant.
        let limit = -self.constant;
        let (least, above) = (limit.ceil() as i64, limit.floor() as i64 + 1);
        Ok(match sign {
            ">=" => self.at_least(least)?,
            ">" => self.at_least(above)?,
            "<" => self.at_least(least)?.not(),
            "<=" => self.at_least(above)?.not(),
            "==" | "!=" => {
                let equal = if limit.fract() == 0.0 {
                    both(self.at_least(least)?, self.at_least(above)?.not())
                } else {
                    Condition::Known(false)
                };
                if sign == "==" { equal } else { equal.not() }
            }
            _ => return Err(format!("`{sign}` is not known")),
        })
    }
}

fn one_or(mut parts: Vec<Condition>, make: fn(Vec<Condition>) -> Condition) -> Condition {
    if parts.len() == 1 { parts.remove(0) } else { make(parts) }
}

fn both(a: Condition, b: Condition) -> Condition {
    match (a, b) {
        (Condition::Known(true), other) | (other, Condition::Known(true)) => other,
        (Condition::Known(false), _) | (_, Condition::Known(false)) => Condition::Known(false),
        (a, b) => Condition::And(vec![a, b]),
    }
}

/// Reads a meta; `names` are the tests of the file, for `rules_matching`.
pub(super) fn parse(text: &str, names: &[&str]) -> Result<Condition, String> {
    let mut parser = Parser { rest: text, names, depth: 0 };
    let sum = parser.or()?;
    parser.skip();
    if parser.rest.is_empty() {
        sum.truth()
    } else {
        Err(format!("`{}` cannot be read", shorten(parser.rest)))
    }
}

/// The sign with its sides exchanged.
fn turned(sign: &str) -> &str {
    match sign {
        ">=" => "<=",
        "<=" => ">=",
        ">" => "<",
        "<" => ">",
        other => other,
    }
}

fn shorten(text: &str) -> String {
    text.chars().take(20).collect()
}

struct Parser<'t> {
    rest: &'t str,
    names: &'t [&'t str],
    depth: usize,
}

impl Parser<'_> {
    fn skip(&mut self) {
        self.rest = self.rest.trim_start();
    }

    /// Takes the first of `signs` that is next.
    fn accept<'s>(&mut self, signs: &[&'s str]) -> Option<&'s str> {
        self.skip();
        let sign = signs.iter().find(|sign| self.rest.starts_with(**sign))?;
        self.rest = &self.rest[sign.len()..];
        Some(sign)
    }

    fn or(&mut self) -> Result<Sum, String> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err("it is nested too deeply".to_owned());
        }
        let sum = self.chain(&["||"], Self::and, Condition::Or);
        self.depth -= 1;
        sum
    }

    fn and(&mut self) -> Result<Sum, String> {
        self.chain(&["&&"], Self::comparison, Condition::And)
    }

    fn chain(
        &mut self,
        signs: &[&str],
        part: fn(&mut Self) -> Result<Sum, String>,
        make: fn(Vec<Condition>) -> Condition,
    ) -> Result<Sum, String> {
        let first = part(self)?;
        let mut parts = Vec::new();
        while self.accept(signs).is_some() {
            parts.push(part(self)?.truth()?);
        }
        if parts.is_empty() {
            return Ok(first);
        }
        parts.insert(0, first.truth()?);
        Ok(Sum::of(make(parts)))
    }

    fn comparison(&mut self) -> Result<Sum, String> {
        let left = self.sum()?;
        let Some(sign) = self.accept(&[">=", "<=", "==", "!=", ">", "<"]) else { return Ok(left) };
        let right = self.sum()?;
        // Tests to the left read better.
        if left.parts.is_empty() {
            return right.plus(left, -1).compared(turned(sign)).map(Sum::of);
        }
        left.plus(right, -1).compared(sign).map(Sum::of)
    }

    fn sum(&mut self) -> Result<Sum, String> {
        let mut sum = self.product()?;
        while let Some(sign) = self.accept(&["+", "-"]) {
            let next = self.product()?;
            sum = sum.plus(next, if sign == "+" { 1 } else { -1 });
        }
        Ok(sum)
    }

    fn product(&mut self) -> Result<Sum, String> {
        let mut product = self.unary()?;
        loop {
            if self.accept(&["*"]).is_some() {
                product = product.times(self.unary()?)?;
            } else if self.accept(&["/"]).is_some() {
                return Err("tests are divided".to_owned());
            } else {
                return Ok(product);
            }
        }
    }

    fn unary(&mut self) -> Result<Sum, String> {
        self.skip();
        if self.rest.starts_with("!=") {
            return Err("`!=` compares nothing".to_owned());
        }
        if self.accept(&["!"]).is_some() {
            self.depth += 1;
            if self.depth > DEPTH {
                return Err("it is nested too deeply".to_owned());
            }
            let inner = self.unary()?.truth()?.not();
            self.depth -= 1;
            return Ok(Sum::of(inner));
        }
        if self.accept(&["("]).is_some() {
            let inner = self.or()?;
            return match self.accept(&[")"]) {
                Some(_) => Ok(inner),
                None => Err("a `(` is never closed".to_owned()),
            };
        }
        self.name_or_number()
    }

    fn name_or_number(&mut self) -> Result<Sum, String> {
        let end = self
            .rest
            .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.')))
            .unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        if word.is_empty() {
            return Err(if rest.is_empty() {
                "it ends too early".to_owned()
            } else {
                format!("`{}` cannot be read", shorten(rest))
            });
        }
        self.rest = rest;
        if word.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
            let number: f64 =
                word.parse().map_err(|_| format!("`{word}` is neither a test nor a number"))?;
            return Ok(Sum::number(number));
        }
        if word == "rules_matching" {
            return self.matching();
        }
        if super::identifier(word) != word {
            return Err(format!("`{word}` is no name of a test"));
        }
        Ok(Sum::of(Condition::Test(word.to_owned())))
    }

    /// `rules_matching(__A_*)`: the sum of all tests with such names.
    fn matching(&mut self) -> Result<Sum, String> {
        let rest = self.rest.trim_start().strip_prefix('(').and_then(|rest| rest.split_once(')'));
        let Some((pattern, rest)) = rest else {
            return Err("`rules_matching` needs a pattern in brackets".to_owned());
        };
        self.rest = rest;
        let mut sum = Sum::number(0.0);
        for name in self.names.iter().filter(|name| glob(pattern.trim(), name)) {
            sum = sum.plus(Sum::of(Condition::Test((*name).to_owned())), 1);
        }
        Ok(sum)
    }
}

/// `*` is anything, `?` one character.
fn glob(pattern: &str, name: &str) -> bool {
    let (pattern, name) = (pattern.as_bytes(), name.as_bytes());
    let (mut p, mut n, mut star) = (0, 0, None);
    while n < name.len() {
        if p < pattern.len() && (pattern[p] == b'?' || pattern[p] == name[n]) && pattern[p] != b'*'
        {
            p += 1;
            n += 1;
        } else if p < pattern.len() && pattern[p] == b'*' {
            star = Some((p, n));
            p += 1;
        } else if let Some((at, from)) = star {
            star = Some((at, from + 1));
            p = at + 1;
            n = from + 1;
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(|&b| b == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Result<String, String> {
        parse(text, &["__A_1", "__A_2", "B"]).map(|c| c.text(&mut str::to_owned))
    }

    #[test]
    fn metas_become_conditions() {
        for (meta, condition) in [
            ("A && (B || !C)", "A and (B or not C)"),
            ("!(A && B)", "not (A and B)"),
            ("A || B && C", "A or (B and C)"),
            ("(A + B + C) >= 2", "2 of (A, B, C)"),
            ("A + B + C > 2", "A and B and C"),
            ("A + B > 0", "A or B"),
            ("(A + B) == 0", "not (A or B)"),
            ("A + B + C == 1", "(A or B or C) and not 2 of (A, B, C)"),
            ("A + B < 1", "not (A or B)"),
            ("A + 2*B >= 2", "2 of (A, B, B)"),
            ("A - B > 0", "A and not B"),
            ("2 <= A + B + C", "2 of (A, B, C)"),
            ("A + B", "A or B"),
            ("(A && B) + C >= 2", "(A and B) and C"),
            ("rules_matching(__A_*) > 1", "__A_1 and __A_2"),
            ("A + B > 5", "false"),
            ("1", "true"),
        ] {
            assert_eq!(told(meta).unwrap(), condition, "{meta}");
        }
    }

    #[test]
    fn what_is_no_condition_is_refused() {
        for meta in [
            "",
            "A &&",
            "(A",
            "A B",
            "A / B",
            "A * B",
            "A - B",
            "0.5*A > 1",
            "A $ B",
            "!= A",
            &"(".repeat(1_000),
            &"!".repeat(1_000),
        ] {
            assert!(told(meta).is_err(), "{meta}");
        }
    }

    #[test]
    fn circles_are_found() {
        let metas: Vec<(&str, Condition)> =
            [("A", "B"), ("B", "C && D"), ("C", "A"), ("E", "A"), ("F", "X")]
                .map(|(name, text)| (name, parse(text, &[]).unwrap()))
                .into();
        // `E` is in no circle itself, but means nothing without it.
        assert_eq!(cycles(metas.iter().map(|(name, c)| (*name, c))), ["A", "B", "C", "E"]);
        assert!(glob("__A_*", "__A_") && glob("?*B", "xxB") && !glob("A", "AB"));
    }
}
