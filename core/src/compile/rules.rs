//! Rules, their groups and exceptions.

use super::Compile;
use super::patterns::{Options, Target, language};
use crate::diag::{Code, Diagnostic};
use crate::ids::{ExceptId, GroupId, RuleId};
use crate::ruleset::tables::{
    ExceptRow, ExceptScope, GroupRow, RepeatRow, RuleInfo, RuleLogic, Spares,
};
use crate::span::Spanned;
use crate::spec::model::{
    Exception, ExceptionKind, Group, Mode, Pattern, PatternKind, RedactSpec, Rule,
};

impl Compile<'_> {
    /// All rules, without their conditions.
    pub(super) fn rules(&mut self) {
        let spec = self.spec;
        for (at, rule) in spec.rules.iter().enumerate() {
            self.rule(rule, RuleId::new(at));
        }
    }

    fn rule(&mut self, rule: &Rule, id: RuleId) {
        let owned =
            |value: &Option<crate::span::Spanned<String>>| value.as_ref().map(|v| v.value.clone());
        let label = rule.label.as_ref().and_then(|l| self.names.label(l, &mut self.sink));
        let action = rule.action.as_ref().and_then(|a| self.names.action(a, &mut self.sink));
        self.tables.rules.push(RuleInfo {
            id: owned(&rule.id).unwrap_or_default(),
            label,
            points: rule.points.as_ref().map(|p| p.value).unwrap_or_default(),
            action,
            mode: rule.mode.as_ref().map_or(Mode::Enforce, |m| m.value),
            message: owned(&rule.message),
            description: owned(&rule.description),
            tags: rule.tags.iter().map(|t| t.value.clone()).collect(),
            meta: rule.meta.iter().map(|(k, v)| (k.value.clone(), v.value.clone())).collect(),
        });
        let langs = rule.lang.as_ref().or(self.spec.lang.as_ref());
        let langs = langs.into_iter().flatten();
        self.tables.logic.push(RuleLogic {
            first_group: self.tables.groups.len() as u32,
            groups: rule.groups.len() as u32,
            langs: langs.map(|l| l.value.to_lowercase().replace('_', "-")).collect(),
            scope: rule.scope,
            ..RuleLogic::default()
        });
        let lost = self.policy.has_error_in(rule.span);
        if rule.groups.is_empty() && rule.when.is_none() && !lost {
            let span = rule.id.as_ref().map_or(rule.span, |id| id.span);
            self.sink.push(
                Diagnostic::new(
                    Code::RuleWithoutCondition,
                    span,
                    "the rule has neither `patterns` nor `when`, so it can never fire",
                )
                .hint("say what it looks for under `patterns:`, or when it holds under `when:`"),
            );
        }
        self.groups(rule, id);
        self.exceptions(&rule.except, ExceptScope::Rule(id));
        let repeat = self.repeat(rule, id);
        let redact = self.redact(rule, id);
        let logic = self.tables.logic.last_mut().expect("pushed above");
        logic.repeat = repeat;
        logic.redact = redact;
    }

    fn groups(&mut self, rule: &Rule, id: RuleId) {
        let all = u64::MAX;
        let outer = Options {
            fields: match &rule.fields {
                Some(names) => self.field_bits(names),
                None => all,
            },
            level: rule
                .evasion
                .as_ref()
                .or(self.spec.evasion.as_ref())
                .map_or(super::DEFAULT_LEVEL, |l| l.value),
            boundary: None,
            case_sensitive: None,
            view: None,
            veto: true,
            inflect: language(rule.inflect.as_ref().or(self.spec.inflect.as_ref())),
        };
        for (at, group) in rule.groups.iter().enumerate() {
            let first = rule.groups[..at].iter().find(|g| g.name.value == group.name.value);
            if let Some(first) = first {
                self.sink.push(
                    Diagnostic::new(
                        Code::DuplicateName,
                        group.name.span,
                        format!("the group `{}` is declared twice", group.name.value),
                    )
                    .also(first.name.span, "first declared here")
                    .hint("join the two lists of patterns"),
                );
            }
            self.group(group, id, outer);
        }
    }

    fn group(&mut self, group: &Group, rule: RuleId, outer: Options) {
        let id = GroupId::new(self.tables.groups.len());
        self.tables.groups.push(GroupRow { name: group.name.value.clone(), rule });
        if group.patterns.is_empty()
            && !self.policy.has_error_in(self.spec.rules[rule.index()].span)
        {
            self.sink.push(
                Diagnostic::new(
                    Code::EmptyGroup,
                    group.name.span,
                    format!("the group `{}` has no patterns", group.name.value),
                )
                .hint("add patterns, or remove the group and what refers to it"),
            );
        }
        let options = self.options(outer, &group.options);
        for pattern in &group.patterns {
            self.pattern(pattern, options, Target::Group(rule, id));
        }
    }

    /// Exceptions of whole files: the policy's own, then those of its bases.
    pub(super) fn policy_exceptions(&mut self) {
        let spec = self.spec;
        let inherited = spec.scopes.iter().map(|scope| &scope.except);
        for (scope, except) in (0..).zip(std::iter::once(&spec.except).chain(inherited)) {
            self.exceptions(except, ExceptScope::File(scope));
        }
    }

    fn exceptions(&mut self, exceptions: &[Exception], scope: ExceptScope) {
        let options = Options {
            fields: u64::MAX,
            level: crate::spec::model::Level::Fold,
            boundary: None,
            case_sensitive: None,
            view: None,
            veto: true,
            inflect: None,
        };
        for exception in exceptions {
            let (text, spares, patterns) = match &exception.kind {
                ExceptionKind::Pattern(pattern) => {
                    (written(pattern), Spares::Inside, std::slice::from_ref(pattern))
                }
                ExceptionKind::After { patterns, words } => (
                    format!("after {}", all_written(patterns)),
                    Spares::After(reach(words.as_ref())),
                    &**patterns,
                ),
                ExceptionKind::Before { patterns, words } => (
                    format!("before {}", all_written(patterns)),
                    Spares::Before(reach(words.as_ref())),
                    &**patterns,
                ),
                ExceptionKind::Quoted => ("quoted".to_owned(), Spares::Quoted, &[][..]),
            };
            let id = ExceptId::new(self.tables.excepts.len());
            self.tables.excepts.push(ExceptRow { text, scope, spares });
            self.except_places.push(exception.span);
            for pattern in patterns {
                self.pattern(pattern, options, Target::Except(id));
            }
        }
    }

    fn repeat(&mut self, rule: &Rule, id: RuleId) -> Option<RepeatRow> {
        let repeat = rule.repeat.as_ref()?;
        let of = repeat.of.as_ref().and_then(|name| {
            let group = self.group_named(id, &name.value);
            if group.is_none() {
                self.unknown_group(rule, name);
            }
            group
        });
        Some(RepeatRow { each: repeat.each.value, max: repeat.max.as_ref().map(|m| m.value), of })
    }

    fn redact(&mut self, rule: &Rule, id: RuleId) -> Option<Vec<GroupId>> {
        match rule.redact.as_ref().map(|r| &r.value) {
            None | Some(RedactSpec::Yes) => None,
            Some(RedactSpec::No) => Some(Vec::new()),
            Some(RedactSpec::Groups(names)) => {
                let mut groups = Vec::new();
                for name in names {
                    match self.group_named(id, &name.value) {
                        Some(group) => groups.push(group),
                        None => self.unknown_group(rule, name),
                    }
                }
                Some(groups)
            }
        }
    }

    /// The group of that name in a rule.
    pub(super) fn group_named(&self, rule: RuleId, name: &str) -> Option<GroupId> {
        self.tables.logic[rule.index()]
            .group_ids()
            .find(|&group| self.tables.groups[group.index()].name == name)
    }

    fn unknown_group(&mut self, rule: &Rule, name: &crate::span::Spanned<String>) {
        let names: Vec<&str> = rule.groups.iter().map(|g| g.name.as_str()).collect();
        let message = format!("the rule has no group `{}`", name.value);
        let mut diagnostic = Diagnostic::new(Code::UnknownName, name.span, message);
        if let Some(near) = crate::spec::suggest::nearest(name, names.iter().copied()) {
            diagnostic = diagnostic.meant(name.span, near, false);
        }
        self.sink.push(if names.is_empty() {
            diagnostic.hint("the rule has no patterns at all")
        } else {
            diagnostic.hint(format!("its groups are {}", super::names::list(names.into_iter())))
        });
    }
}

/// How many words a context reaches when it does not say.
const REACH: u32 = 3;

fn reach(words: Option<&Spanned<u64>>) -> u32 {
    words.map_or(REACH, |words| u32::try_from(words.value).unwrap_or(u32::MAX))
}

fn all_written(patterns: &[Pattern]) -> String {
    patterns.iter().map(written).collect::<Vec<_>>().join(", ")
}

/// A pattern as its author wrote it, for explanations.
fn written(pattern: &Pattern) -> String {
    match &pattern.kind {
        PatternKind::Text(text) | PatternKind::Regex(text) | PatternKind::Domain(text) => {
            text.value.clone()
        }
        PatternKind::List { name, .. } => format!("list {}", name.value),
        PatternKind::Entity { name, .. } => format!("entity {}", name.value),
    }
}
