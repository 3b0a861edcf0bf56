//! A text that a regex matches, for the tests of an imported rule.

use regex_syntax::hir::{Class, Hir, HirKind};

/// Characters of a sample at most.
const LONGEST: usize = 80;

/// A short text that the regex probably matches; boundaries and anchors are not looked at.
pub(crate) fn of(regex: &str) -> Option<String> {
    let hir = regex_syntax::Parser::new().parse(regex).ok()?;
    let mut out = String::new();
    add(&hir, &mut out)?;
    (!out.trim().is_empty()).then_some(out)
}

fn add(hir: &Hir, out: &mut String) -> Option<()> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => out.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(Class::Unicode(class)) => {
            let ranges: Vec<(char, char)> =
                class.ranges().iter().map(|r| (r.start(), r.end())).collect();
            out.push(nice(&ranges)?);
        }
        HirKind::Class(Class::Bytes(_)) => return None,
        HirKind::Repetition(inner) => {
            for _ in 0..inner.min {
                add(&inner.sub, out)?;
                if out.len() > LONGEST {
                    return None;
                }
            }
        }
        HirKind::Capture(inner) => add(&inner.sub, out)?,
        HirKind::Concat(parts) => parts.iter().try_for_each(|part| add(part, out))?,
        HirKind::Alternation(parts) => add(parts.first()?, out)?,
    }
    (out.len() <= LONGEST).then_some(())
}

/// The character of a class that reads best.
fn nice(ranges: &[(char, char)]) -> Option<char> {
    let holds = |c: char| ranges.iter().any(|&(from, to)| (from..=to).contains(&c));
    let liked = ('a'..='z').chain('0'..='9').chain('A'..='Z').chain(" -_.!".chars());
    liked.into_iter().find(|&c| holds(c)).or_else(|| {
        let first = ranges.first()?.0;
        (!first.is_control()).then_some(first)
    })
}
