//! Regular expressions that cannot be reached through a fixed text.

use super::Compile;
use crate::diag::{Code, Diagnostic};
use crate::ruleset::tables::Use;
use regex_syntax::hir::{Class, Hir, HirKind};

/// Characters that every match has to contain in a row for the engine to look for.
const ENOUGH: usize = 2;
/// Signs one of which may stand at a place that the engine looks for.
const SIGNS: usize = 4;

/// Regexes of which no match needs to contain any fixed text.
pub(super) fn without_literal(compile: &mut Compile<'_>) {
    for row in &compile.tables.regexes {
        // As it is written: with case folded, every letter would be a class of two.
        let Ok(hir) = regex_syntax::Parser::new().parse(&row.source) else { continue };
        if has_fixed_text(&hir) {
            continue;
        }
        for used in &row.uses {
            let Use::Pattern(pattern) = used else { continue };
            compile.sink.push(
                Diagnostic::new(
                    Code::RegexWithoutLiteral,
                    compile.origins[pattern.index()].span,
                    "no fixed text is part of every match, so the regex runs over every message",
                )
                .hint(
                    "write two characters, or a sign, that are always there; or ask in `when` with a \
                     signal such as `digit_ratio`",
                ),
            );
        }
    }
}

/// True when each match contains one of a few fixed texts: two characters, or one sign
/// such as `@`, which is rarer than any letter.
fn has_fixed_text(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Literal(literal) => std::str::from_utf8(&literal.0)
            .is_ok_and(|text| text.chars().count() >= ENOUGH || text.chars().any(is_sign)),
        HirKind::Class(Class::Unicode(class)) => {
            let chars = class.iter().flat_map(|range| range.start()..=range.end());
            let few: Vec<char> = chars.take(SIGNS + 1).collect();
            !few.is_empty() && few.len() <= SIGNS && few.into_iter().all(is_sign)
        }
        HirKind::Capture(capture) => has_fixed_text(&capture.sub),
        HirKind::Repetition(repetition) => repetition.min > 0 && has_fixed_text(&repetition.sub),
        HirKind::Alternation(parts) => parts.iter().all(has_fixed_text),
        HirKind::Concat(parts) => parts.iter().any(has_fixed_text),
        HirKind::Empty | HirKind::Look(_) | HirKind::Class(_) => false,
    }
}

fn is_sign(c: char) -> bool {
    !c.is_alphanumeric() && !c.is_whitespace()
}

#[cfg(test)]
mod tests {
    use super::has_fixed_text;

    #[test]
    fn what_is_always_there() {
        for (regex, expected) in [
            ("shoo+t", true),
            ("a|bcd", false),
            ("abc|bcd", true),
            ("(?:free|cheap) [0-9]+", true),
            ("[0-9]{4}", false),
            ("x?y*", false),
            ("(?:ab)+", true),
            ("caf\u{e9}", true),
            (r"[a-z]+@[a-z]+", true),
            (r"[0-9]{3}[.\-][0-9]{3}", true),
            (r"[0-9]{3}[.\- ]?[0-9]{3}", false),
            (r"[^a]{3}", false),
        ] {
            let hir = regex_syntax::Parser::new().parse(regex).unwrap();
            assert_eq!(has_fixed_text(&hir), expected, "{regex}");
        }
    }
}
