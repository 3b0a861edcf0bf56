//! A policy while it is put together: what importers fill in and `write` prints.

use std::collections::{HashMap, HashSet};
use tamis::Milli;

/// A policy.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft {
    /// Lines above everything, without `#`.
    pub(crate) comments: Vec<String>,
    pub(crate) name: String,
    /// Empty means one unnamed text.
    pub(crate) fields: Vec<&'static str>,
    pub(crate) facts: Vec<Fact>,
    /// Mildest first; empty means the default ones.
    pub(crate) actions: Vec<String>,
    pub(crate) exempt: String,
    pub(crate) evasion: Option<&'static str>,
    pub(crate) labels: Vec<Label>,
    pub(crate) lists: Vec<List>,
    pub(crate) except: Vec<Pattern>,
    pub(crate) rules: Vec<Rule>,
    /// Facts that are declared, and where each label is: files may name very many.
    pub(super) declared: HashSet<String>,
    pub(super) places: HashMap<String, usize>,
}

/// A fact that the caller may pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fact {
    pub(crate) name: String,
    /// `bool`, `number`, …
    pub(crate) kind: &'static str,
    /// As YAML; empty for none.
    pub(crate) default: &'static str,
    pub(crate) comment: String,
}

/// A label and where its actions start.
#[derive(Clone, Debug)]
pub(crate) struct Label {
    pub(crate) name: String,
    pub(crate) thresholds: Vec<(String, Milli)>,
}

/// A named list of patterns.
#[derive(Clone, Debug)]
pub(crate) struct List {
    pub(crate) name: String,
    pub(crate) entries: Vec<Pattern>,
}

/// A rule.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rule {
    /// Lines above it, without `#`.
    pub(crate) comments: Vec<String>,
    pub(crate) id: String,
    pub(crate) label: Option<String>,
    pub(crate) points: Option<Milli>,
    pub(crate) action: Option<String>,
    pub(crate) description: String,
    pub(crate) message: String,
    pub(crate) tags: Vec<String>,
    pub(crate) meta: Vec<(String, String)>,
    pub(crate) lang: Vec<String>,
    /// `in:`; empty means all fields.
    pub(crate) fields: Vec<&'static str>,
    pub(crate) groups: Vec<Group>,
    pub(crate) when: String,
    pub(crate) except: Vec<Exception>,
    pub(crate) mode: Mode,
    pub(crate) hit: Vec<Sample>,
    pub(crate) pass: Vec<Sample>,
}

/// A document of a test: texts by field; without a name it is the first one.
pub(crate) type Sample = Vec<(&'static str, String)>;

/// How a rule takes part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Mode {
    #[default]
    Enforce,
    /// Reported apart: for what could act more often than the original did.
    Shadow,
    Disabled,
}

/// Patterns under one name; a rule with one group called `patterns` has a plain list.
#[derive(Clone, Debug, Default)]
pub(crate) struct Group {
    pub(crate) name: String,
    pub(crate) patterns: Vec<Pattern>,
    pub(crate) fields: Vec<&'static str>,
    pub(crate) inflect: Option<&'static str>,
}

/// The name of a group that needs none.
pub(crate) const UNNAMED: &str = "patterns";

impl Group {
    /// The only group of a rule.
    pub(crate) fn unnamed(patterns: Vec<Pattern>) -> Self {
        Self::named(UNNAMED, patterns)
    }

    pub(crate) fn named(name: impl Into<String>, patterns: Vec<Pattern>) -> Self {
        Self { name: name.into(), patterns, ..Self::default() }
    }
}

/// A pattern.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Pattern {
    pub(crate) kind: Kind,
    /// `boundary: any`.
    pub(crate) anywhere: bool,
    /// `case: sensitive`.
    pub(crate) case_sensitive: bool,
    /// `view: raw`.
    pub(crate) raw: bool,
}

/// What a pattern looks for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    /// A word or phrase in the language of patterns: `*` is a wildcard, `\*` a star.
    Text(String),
    Regex(String),
    Domain(String),
    Entity(&'static str),
    List(String),
}

impl Pattern {
    pub(crate) fn new(kind: Kind) -> Self {
        Self { kind, anywhere: false, case_sensitive: false, raw: false }
    }

    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::new(Kind::Text(text.into()))
    }

    #[must_use]
    pub(crate) fn anywhere(self, anywhere: bool) -> Self {
        Self { anywhere, ..self }
    }

    #[must_use]
    pub(crate) fn case_sensitive(self, case_sensitive: bool) -> Self {
        Self { case_sensitive, ..self }
    }
}

/// What spares matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Exception {
    Pattern(Pattern),
    /// `{ quoted: true }`.
    Quoted,
}

impl Draft {
    /// Declares a fact, once; true the first time.
    pub(crate) fn fact(&mut self, fact: Fact) -> bool {
        let new = self.declared.insert(fact.name.clone());
        if new {
            self.facts.push(fact);
        }
        new
    }

    /// Takes back the facts behind the first `len`: those of a rule that is none after all.
    pub(crate) fn forget_facts(&mut self, len: usize) {
        for fact in self.facts.drain(len.min(self.facts.len())..) {
            self.declared.remove(&fact.name);
        }
    }

    /// Declares a label whose `action` starts at the lowest of the points that it is given.
    pub(crate) fn threshold(&mut self, name: &str, action: &str, points: Milli) {
        if let Some(&place) = self.places.get(name) {
            for (_, at) in &mut self.labels[place].thresholds {
                *at = points.min(*at);
            }
        } else {
            self.places.insert(name.to_owned(), self.labels.len());
            let thresholds = vec![(action.to_owned(), points)];
            self.labels.push(Label { name: name.to_owned(), thresholds });
        }
    }

    /// Names a field, once.
    pub(crate) fn field(&mut self, name: &'static str) {
        if !self.fields.contains(&name) {
            self.fields.push(name);
        }
    }

    /// Patterns of all rules; a list counts where it stands.
    pub(crate) fn patterns(&self) -> usize {
        let groups = self.rules.iter().flat_map(|rule| &rule.groups);
        let written = groups.flat_map(|group| &group.patterns);
        let own = written.filter(|pattern| !matches!(pattern.kind, Kind::List(_))).count();
        own + self.lists.iter().map(|list| list.entries.len()).sum::<usize>()
    }
}
