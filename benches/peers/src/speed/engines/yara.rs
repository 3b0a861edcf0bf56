//! YARA-X: one rule of strings.

use super::{Found, Scan};
use crate::definitions::Problem;
use std::fmt::Write as _;

/// A scanner of rules that live as long as the program.
pub struct Yara(yara_x::Scanner<'static>);

impl Yara {
    pub fn new(list: &[String]) -> Result<Self, Problem> {
        let mut source = "rule words {\n  strings:\n".to_owned();
        for (at, word) in list.iter().enumerate() {
            // Writing to a string cannot fail.
            let _ = writeln!(
                source,
                "    $w{at} = {} nocase fullword",
                serde_json::Value::from(word.as_str())
            );
        }
        source += "  condition: any of them\n}\n";
        let rules = yara_x::compile(source.as_str())?;
        // A scanner borrows its rules; there are few lists.
        Ok(Self(yara_x::Scanner::new(Box::leak(Box::new(rules)))))
    }
}

impl Scan for Yara {
    #[inline]
    fn scan(&mut self, text: &str) -> Found {
        let (mut matches, mut sum) = (0, 0);
        let Ok(results) = self.0.scan(text.as_bytes()) else { return Found::default() };
        for rule in results.matching_rules() {
            for pattern in rule.patterns() {
                for found in pattern.matches() {
                    matches += 1;
                    sum += (found.range().start + found.range().end) as u64;
                }
            }
        }
        Found::of(matches, sum)
    }
}
