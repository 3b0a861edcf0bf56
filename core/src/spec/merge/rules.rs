//! Rules of bases: selected, renamed, and kept to the file they are from.

use super::Base;
use crate::diag::{Code, Diagnostic, Sink};
use crate::span::SourceSpan;
use crate::spec::bounds;
use crate::spec::model::{Extends, Mode, Policy, Rule, Scope};
use crate::spec::suggest::nearest;
use rustc_hash::FxHashMap;

/// What was inherited so far.
#[derive(Debug, Default)]
pub(super) struct Inherited {
    rules: Vec<Rule>,
    /// By rule, the place of the entry it came through.
    entries: Vec<SourceSpan>,
    scopes: Vec<Scope>,
    /// Rules by name.
    ids: FxHashMap<String, usize>,
    /// True once a bound was reported.
    is_full: bool,
}

/// What becomes of a rule of a base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Taken {
    No,
    /// Only because a rule that was selected refers to it: it is asked and adds nothing.
    Asked,
    Yes,
}

impl Inherited {
    pub(super) fn rules_mut(&mut self) -> &mut [Rule] {
        &mut self.rules
    }

    /// Takes in the rules of `base` that its entry selects.
    pub(super) fn take_in(&mut self, base: &Base, sink: &mut Sink) {
        if self.is_beyond_bounds(base, sink) {
            return;
        }
        let prefix = format!("{}.", base.name);
        let offset = self.scopes.len() as u32 + 1;
        self.scopes.push(Scope { prefix: prefix.clone(), except: base.policy.except.clone() });
        self.scopes.extend(base.policy.scopes.iter().map(|scope| Scope {
            prefix: format!("{prefix}{}", scope.prefix),
            except: scope.except.clone(),
        }));
        let mut again = Vec::new();
        for (rule, taken) in base.policy.rules.iter().zip(select(base, sink)) {
            if taken == Taken::No {
                continue;
            }
            let mut rule = rule.clone();
            localize(&mut rule, &base.policy);
            rule.scope += offset;
            rule.when_scope += offset;
            set_mode(&mut rule, &base.entry);
            if taken == Taken::Asked {
                make_helper(&mut rule);
            }
            if let Some(id) = &mut rule.id {
                id.value = format!("{prefix}{}", id.value);
                if let Some(&first) = self.ids.get(&id.value) {
                    again.push((id.value.clone(), self.entries[first]));
                    continue;
                }
                self.ids.insert(id.value.clone(), self.rules.len());
            }
            self.rules.push(rule);
            self.entries.push(base.entry.from.span);
        }
        report_again(&again, &base.entry, sink);
    }

    /// A short chain of files can stand for billions of rules: each may extend the
    /// next one twice.
    fn is_beyond_bounds(&mut self, base: &Base, sink: &mut Sink) -> bool {
        let scopes = self.scopes.len() + 1 + base.policy.scopes.len();
        let rules = self.rules.len() + base.policy.rules.len();
        let what = match (scopes > bounds::BASES, rules > bounds::INHERITED_RULES) {
            (true, _) => format!("the policy inherits from more than {} bases", bounds::BASES),
            (_, true) => {
                format!("the policy inherits more than {} rules", bounds::INHERITED_RULES)
            }
            _ => return self.is_full,
        };
        if !std::mem::replace(&mut self.is_full, true) {
            sink.push(Diagnostic::new(Code::LimitExceeded, base.entry.from.span, what).hint(
                "a base that several files extend is inherited once through each; extend it here \
                 and not there",
            ));
        }
        true
    }

    /// Warns of rules that came in twice, under two names, and count twice.
    pub(super) fn warn_of_twins(&self, sink: &mut Sink) {
        let mut first_by_place: FxHashMap<SourceSpan, usize> = FxHashMap::default();
        let mut told: Vec<(SourceSpan, SourceSpan)> = Vec::new();
        for (at, rule) in self.rules.iter().enumerate() {
            let Some(id) = rule.id.as_ref().filter(|_| acts(rule)) else { continue };
            let first = *first_by_place.entry(id.span).or_insert(at);
            let pair = (self.entries[first], self.entries[at]);
            if pair.0 == pair.1 || told.contains(&pair) {
                continue;
            }
            told.push(pair);
            let twin = self.rules[first].id.as_ref().map_or("", |id| id.as_str());
            let message =
                format!("`{twin}` and `{}` are one rule, and its points count twice", id.value);
            sink.push(
                Diagnostic::new(Code::InheritedTwice, pair.1, message)
                    .also(pair.0, "the rule comes in through here as well")
                    .hint("leave one of them out with `only`, or set `mode: disabled` under `override`"),
            );
        }
    }

    /// Puts the inherited rules before those of `policy`.
    pub(super) fn join(self, policy: &mut Policy) {
        let mut own = std::mem::take(&mut policy.rules);
        for rule in &mut own {
            localize(rule, policy);
        }
        policy.rules = self.rules;
        policy.rules.append(&mut own);
        policy.scopes = self.scopes;
        // Written into the rules: a base's rules do not get this file's.
        (policy.evasion, policy.inflect, policy.lang) = (None, None, None);
    }
}

/// True when the rule can change a verdict by itself.
fn acts(rule: &Rule) -> bool {
    let mode = rule.mode.as_ref().map_or(Mode::Enforce, |mode| mode.value);
    mode == Mode::Enforce && (rule.label.is_some() || rule.action.is_some())
}

/// Writes what `file` says for all its rules into one of them.
fn localize(rule: &mut Rule, file: &Policy) {
    rule.evasion = rule.evasion.take().or_else(|| file.evasion.clone());
    rule.inflect = rule.inflect.take().or_else(|| file.inflect.clone());
    rule.lang = rule.lang.take().or_else(|| file.lang.clone());
}

/// `mode:` of the entry; a rule that its author disabled stays so.
fn set_mode(rule: &mut Rule, entry: &Extends) {
    let is_disabled = rule.mode.as_ref().is_some_and(|mode| mode.value == Mode::Disabled);
    if let Some(mode) = entry.mode.as_ref().filter(|_| !is_disabled) {
        rule.mode = Some(mode.clone());
    }
}

fn make_helper(rule: &mut Rule) {
    rule.label = None;
    rule.action = None;
    rule.points = None;
    rule.repeat = None;
    rule.message = None;
}

/// What becomes of each rule of the base.
fn select(base: &Base, sink: &mut Sink) -> Vec<Taken> {
    let rules = &base.policy.rules;
    let Some(only) = &base.entry.only else { return vec![Taken::Yes; rules.len()] };
    let mut taken = vec![Taken::No; rules.len()];
    for selector in only {
        let mut found = false;
        for (rule, taken) in rules.iter().zip(&mut taken) {
            if rule.is_selected(selector) {
                (found, *taken) = (true, Taken::Yes);
            }
        }
        if !found {
            report_unmatched(selector, base, sink);
        }
    }
    add_asked(&base.policy, &mut taken);
    taken
}

/// Marks the rules that conditions of taken ones ask for.
fn add_asked(policy: &Policy, taken: &mut [Taken]) {
    let rules = &policy.rules;
    let named = |(at, rule): (usize, &'_ Rule)| Some((rule.id.as_ref()?.value.clone(), at));
    let ids: FxHashMap<String, usize> = rules.iter().enumerate().filter_map(named).collect();
    let mut open: Vec<usize> = (0..rules.len()).filter(|&at| taken[at] != Taken::No).collect();
    while let Some(at) = open.pop() {
        let rule = &rules[at];
        let Some(when) = &rule.when else { continue };
        when.root.each_name(&mut |name| {
            let is_group = rule.groups.iter().any(|group| group.name.value == name);
            let full = format!("{}{name}", policy.prefix(rule.when_scope));
            let asked = ids.get(&full).filter(|_| !is_group);
            if let Some(&other) = asked.filter(|&&other| taken[other] == Taken::No) {
                taken[other] = Taken::Asked;
                open.push(other);
            }
        });
    }
}

fn report_unmatched(selector: &crate::span::Spanned<String>, base: &Base, sink: &mut Sink) {
    let rules = &base.policy.rules;
    let ids = rules.iter().filter_map(|rule| Some(rule.id.as_ref()?.as_str()));
    let mut tags: Vec<&str> =
        rules.iter().flat_map(|rule| &rule.tags).map(|tag| tag.as_str()).collect();
    tags.sort_unstable();
    tags.dedup();
    let message = format!("`{}` selects no rule of `{}`", selector.value, base.entry.from.value);
    let mut diagnostic = Diagnostic::new(Code::UnmatchedOnly, selector.span, message);
    // The names are those in the base, without what this file puts before them.
    let short = selector.strip_prefix(&format!("{}.", base.name)).unwrap_or(selector);
    if let Some(meant) = nearest(short, tags.iter().copied().chain(ids)) {
        diagnostic = diagnostic.meant(selector.span, meant, false);
    }
    sink.push(if tags.is_empty() {
        diagnostic.hint("`only` takes names of rules and globs such as `threat_*`")
    } else {
        let shown: Vec<String> = tags.iter().take(8).map(|tag| format!("`{tag}`")).collect();
        diagnostic.hint(format!(
            "`only` takes names of rules, globs such as `threat_*`, and tags: {}",
            shown.join(", ")
        ))
    });
}

/// Reports the rules that an earlier entry brought in under the same name.
fn report_again(again: &[(String, SourceSpan)], entry: &Extends, sink: &mut Sink) {
    let Some((id, first)) = again.first() else { return };
    let more = match again.len() {
        1 => String::new(),
        n => format!(" and {} more rules", n - 1),
    };
    let message = format!("`{id}`{more} would be inherited twice under one name");
    sink.push(
        Diagnostic::new(Code::DuplicateName, entry.from.span, message)
            .label("again here")
            .also(*first, "first inherited here")
            .hint("remove one entry, divide the rules with `only`, or rename one of the bases"),
    );
}
