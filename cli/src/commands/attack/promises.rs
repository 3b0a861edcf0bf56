//! What each pattern of a rule promises to undo.

use std::collections::BTreeMap;
use tamis::spec::model::{
    Level as PolicyLevel, Pattern, PatternKind, PatternOptions, Policy, Rule, View,
};
use tamis_attack::{Kind, Level, Recipe};

/// Lists within lists are followed so far.
const DEPTH: usize = 16;

/// What one pattern promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Promise {
    level: Level,
    case_sensitive: bool,
}

impl Promise {
    /// True when a disguise by `recipe` is to be undone, `level` standing in for the pattern's own.
    pub(super) fn holds(self, recipe: &Recipe, level: Option<Level>) -> bool {
        let case = self.case_sensitive && recipe.kinds().contains(&Kind::Case);
        recipe.level() <= level.unwrap_or(self.level) && !case
    }
}

/// The promises of a rule's patterns, by group and pattern as written.
#[derive(Debug, Default)]
pub(super) struct Promises<'p>(BTreeMap<(&'p str, &'p str), Promise>);

/// What holds for a pattern, taken from the outside in.
#[derive(Clone, Copy)]
struct Options {
    level: PolicyLevel,
    case_sensitive: bool,
    view: Option<View>,
}

impl Options {
    fn with(self, own: &PatternOptions) -> Self {
        Self {
            level: own.evasion.as_ref().map_or(self.level, |level| level.value),
            case_sensitive: own.case_sensitive.as_ref().map_or(self.case_sensitive, |c| c.value),
            view: own.view.as_ref().map(|view| view.value).or(self.view),
        }
    }

    fn promise(self, regex: bool) -> Promise {
        let level = if regex { self.regex_level() } else { self.level };
        let level = match level {
            PolicyLevel::Exact => Level::Exact,
            PolicyLevel::Fold => Level::Fold,
            PolicyLevel::Standard => Level::Standard,
            PolicyLevel::Strong => Level::Strong,
        };
        Promise { level, case_sensitive: self.case_sensitive }
    }

    /// A regex is never undone beyond its view.
    fn regex_level(self) -> PolicyLevel {
        let raw = self.view == Some(View::Raw) || self.view.is_none() && self.case_sensitive;
        if raw { PolicyLevel::Exact } else { self.level.min(PolicyLevel::Fold) }
    }
}

impl<'p> Promises<'p> {
    /// The promises of `rule`, resolved pattern > group > rule > policy.
    pub(super) fn new(policy: &'p Policy, rule: &'p Rule) -> Self {
        let level = rule.evasion.as_ref().or(policy.evasion.as_ref());
        let outer = Options {
            level: level.map_or(PolicyLevel::Standard, |level| level.value),
            case_sensitive: false,
            view: None,
        };
        let mut promises = Self::default();
        for group in &rule.groups {
            let outer = outer.with(&group.options);
            for pattern in &group.patterns {
                promises.add(policy, &group.name.value, pattern, outer, DEPTH);
            }
        }
        promises
    }

    fn add(
        &mut self,
        policy: &'p Policy,
        group: &'p str,
        pattern: &'p Pattern,
        outer: Options,
        depth: usize,
    ) {
        let options = outer.with(&pattern.options);
        match &pattern.kind {
            PatternKind::Text(text) => self.keep(group, &text.value, options.promise(false)),
            PatternKind::Regex(source) => self.keep(group, &source.value, options.promise(true)),
            PatternKind::List { name, as_domain: false } if depth > 0 => {
                let list = policy.lists.iter().find(|list| list.name.value == name.value);
                for entry in list.into_iter().flat_map(tamis::spec::model::List::entries) {
                    self.add(policy, group, entry, options, depth - 1);
                }
            }
            // What hides a host or a number is not what hides a word.
            PatternKind::List { .. } | PatternKind::Domain(_) | PatternKind::Entity { .. } => {}
        }
    }

    /// Of a pattern that stands twice the one that promises more.
    fn keep(&mut self, group: &'p str, pattern: &'p str, promise: Promise) {
        let kept = self.0.entry((group, pattern)).or_insert(promise);
        if kept.level < promise.level {
            *kept = promise;
        }
    }

    /// The promise of a pattern; none for kinds that are not words.
    pub(super) fn of(&self, group: &str, pattern: &str) -> Option<Promise> {
        self.0.get(&(group, pattern)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tamis_attack::transform;

    #[test]
    fn the_nearest_level_counts() {
        let policy: tamis::Policy = r"
policy: p
evasion: exact
lists: { l: [listed] }
rules:
  - id: r
    evasion: fold
    action: review
    patterns:
      a: [plain, { text: own, evasion: exact }, { regex: 'rx+' }, { regex: 'Raw', case: sensitive }]
      b: { any: [{ list: l }, { text: Cased, case: sensitive }], evasion: exact }
  - { id: s, action: review, patterns: [outer] }
"
        .parse()
        .unwrap();
        let spec = policy.spec();
        let rule = Promises::new(spec, &spec.rules[0]);
        let level =
            |promises: &Promises<'_>, group, pattern| promises.of(group, pattern).map(|p| p.level);
        assert_eq!(level(&rule, "a", "plain"), Some(Level::Fold));
        assert_eq!(level(&rule, "a", "own"), Some(Level::Exact));
        assert_eq!(level(&rule, "a", "rx+"), Some(Level::Fold));
        assert_eq!(level(&rule, "a", "Raw"), Some(Level::Exact));
        assert_eq!(level(&rule, "b", "listed"), Some(Level::Exact));
        assert_eq!(level(&rule, "b", "plain"), None);
        let other = Promises::new(spec, &spec.rules[1]);
        assert_eq!(level(&other, "patterns", "outer"), Some(Level::Exact));

        let upper = Recipe::single(transform("case-upper").unwrap());
        let wide = Recipe::single(transform("form-fullwidth").unwrap());
        let holds =
            |group, pattern, recipe, level| rule.of(group, pattern).unwrap().holds(recipe, level);
        assert!(holds("a", "own", &upper, None) && !holds("a", "own", &wide, None));
        assert!(!holds("b", "Cased", &upper, None), "case is what it asks for");
        assert!(holds("a", "own", &wide, Some(Level::Standard)));
    }
}
