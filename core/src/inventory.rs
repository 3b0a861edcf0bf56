//! What a compiled policy consists of: which patterns are found in which way, and what
//! takes memory.

use crate::ids::RuleId;
use crate::ruleset::tables::{Tables, Use};
use crate::ruleset::{Ruleset, tables_memory};
use crate::scan::Part;
use serde::Serialize;

/// The parts of a ruleset, in figures; `tamis compile --report` prints it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Inventory<'r> {
    /// Rules, helpers and disabled ones included.
    pub rules: usize,
    /// Patterns as rules see them, each entry of a list once a use.
    pub patterns: usize,
    /// Exceptions.
    pub exceptions: usize,
    /// Literals to look for: equal ones are one, inflected and joined forms their own.
    pub literals: usize,
    /// Bytes of memory that the ruleset holds.
    pub bytes: usize,
    /// How patterns are found, and what takes memory for it.
    pub parts: Vec<PartReport>,
    /// Each regex, the slowest kind first: without a literal that has to be there, then
    /// the largest.
    pub regexes: Vec<RegexReport<'r>>,
    /// Each recognizer of entities, which reads the whole text.
    pub entities: Vec<EntityReport<'r>>,
    /// Rules that are evaluated for every text, since they can hold though nothing is found.
    pub always: Vec<&'r str>,
}

/// A way to find patterns, or a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PartReport {
    /// Its name, such as `words`.
    pub name: &'static str,
    /// What it is.
    pub what: &'static str,
    /// How many patterns, states or rows it has.
    pub entries: usize,
    /// Bytes of memory it holds.
    pub bytes: usize,
}

/// A regex of the ruleset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RegexReport<'r> {
    /// As it is compiled.
    pub source: &'r str,
    /// True when a literal that has to be there is looked for first, which is quick.
    pub literal: bool,
    /// Bytes of memory it holds.
    pub bytes: usize,
    /// The rules that use it; exceptions are not among them.
    pub rules: Vec<&'r str>,
}

/// A recognizer of the ruleset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EntityReport<'r> {
    /// What it finds, such as `email`.
    pub entity: &'static str,
    /// The rules that use it; exceptions are not among them.
    pub rules: Vec<&'r str>,
}

impl Ruleset {
    /// What the ruleset consists of.
    pub fn inventory(&self) -> Inventory<'_> {
        let inner = self.inner();
        let tables = &inner.tables;
        let mut parts: Vec<PartReport> = inner
            .matcher
            .parts(tables)
            .into_iter()
            .map(|Part { name, what, entries, bytes }| PartReport { name, what, entries, bytes })
            .filter(|part| part.entries > 0)
            .collect();
        parts.push(PartReport {
            name: "tables",
            what: "rules, names, patterns as written, conditions",
            entries: tables.rules.len() + tables.patterns.len() + tables.program.nodes.len(),
            bytes: tables_memory(tables),
        });
        let mut regexes: Vec<RegexReport<'_>> = (tables.regexes.iter().enumerate())
            .map(|(at, row)| {
                let (literal, bytes) = inner.matcher.regex_cost(at);
                RegexReport { source: &row.source, literal, bytes, rules: rules(tables, &row.uses) }
            })
            .collect();
        regexes.sort_by_key(|regex| (regex.literal, std::cmp::Reverse(regex.bytes)));
        Inventory {
            rules: tables.rules.len(),
            patterns: tables.patterns.len(),
            exceptions: tables.excepts.len(),
            literals: tables.needles.list.len(),
            bytes: self.memory_usage(),
            parts,
            regexes,
            entities: (tables.entities.iter())
                .map(|row| EntityReport {
                    entity: row.kind.name(),
                    rules: rules(tables, &row.uses),
                })
                .collect(),
            always: (inner.wake.always())
                .map(|rule| tables.rules[rule.index()].id.as_str())
                .collect(),
        }
    }
}

/// The rules among those who use a pattern, each once.
fn rules<'r>(tables: &'r Tables, uses: &[Use]) -> Vec<&'r str> {
    let of_rule = |each: &Use| match each {
        Use::Pattern(pattern) => Some(tables.patterns[pattern.index()].rule),
        Use::Except(_) => None,
    };
    let mut ids: Vec<RuleId> = uses.iter().filter_map(of_rule).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.into_iter().map(|rule| tables.rules[rule.index()].id.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_counted_by_how_they_are_found() {
        let ruleset: Ruleset =
            "policy: demo\nrules:\n  - id: a\n    action: review\n    patterns: \
             [darn, heck, 'b*d word', { regex: 'free[0-9]+' }, { regex: '[0-9]{3,}' }, \
             { entity: email }, { domain: example.com }]\n    except: ['darn good']\n  \
             - { id: b, action: review, when: caps_ratio > 0.5 }\n"
                .parse()
                .unwrap();
        let inventory = ruleset.inventory();
        let entries = |name: &str| {
            inventory.parts.iter().find(|part| part.name == name).map(|part| part.entries)
        };
        assert_eq!((inventory.rules, inventory.patterns, inventory.exceptions), (2, 7, 1));
        assert_eq!(inventory.literals, 4);
        assert_eq!(entries("words"), Some(3), "{inventory:?}");
        assert_eq!(entries("automaton"), Some(1));
        assert_eq!(entries("regexes"), Some(2));
        assert_eq!(entries("domains"), Some(1));
        let literal: Vec<bool> = inventory.regexes.iter().map(|regex| regex.literal).collect();
        assert_eq!(literal, [false, true], "those without a literal come first");
        assert_eq!(inventory.regexes[0].rules, ["a"]);
        assert_eq!(inventory.entities[0].entity, "email");
        assert_eq!(inventory.always, ["b"], "it can hold for any text");
        let parts: usize = inventory.parts.iter().map(|part| part.bytes).sum();
        assert!(parts <= inventory.bytes && inventory.bytes < parts + 20_000, "{inventory:?}");
    }
}
