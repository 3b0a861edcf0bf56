//! What the names in a condition stand for, and what is said of those that stand for nothing.

use super::calls::usage;
use super::{Checker, FUNCTIONS, Measured, Type, Typed, list};
use crate::diag::{Code, Diagnostic};
use crate::ids::{GroupId, RuleId};
use crate::program::{Node, Signal};
use crate::span::SourceSpan;
use crate::spec::model::{FactType, Mode, Pattern, PatternKind};
use crate::spec::suggest;

impl Checker<'_, '_> {
    pub(super) fn group(&self, name: &str) -> Option<GroupId> {
        self.rule.and_then(|rule| self.compile.group_named(rule, name))
    }

    pub(super) fn name(&mut self, name: &str, span: SourceSpan) -> Typed {
        if let Some(group) = self.group(name) {
            self.compile.groups_used.push(group);
            return self.push(Node::Matched(group), Type::Bool);
        }
        // Before facts: an inherited condition means a rule of its own file, also where
        // another file declares a fact of that name.
        if self.rule.is_some()
            && let Some(rule) = self.compile.names.rule(self.prefix, name)
        {
            return self.rule_reference(rule, span);
        }
        if let Some(fact) = self.compile.names.fact(name) {
            let of = match self.compile.tables.facts[fact.index()].kind {
                FactType::Number => Type::Number,
                FactType::Bool => Type::Bool,
                FactType::Text => Type::Text,
                FactType::Duration => Type::Duration,
                FactType::Set => Type::Set,
            };
            return self.push(Node::Fact(fact), of);
        }
        if self.rule.is_some()
            && let Some(measured) = self.measured(name)
        {
            return self.push(measured.node(None), Type::Number);
        }
        if !self.compile.names.is_unread_fact(name) {
            self.unknown(name, span);
        }
        self.error()
    }

    /// What is measured on the text under that name: a signal, or what a model says.
    pub(super) fn measured(&self, name: &str) -> Option<Measured> {
        let model = || self.compile.names.model(name).map(Measured::Model);
        Signal::named(name).map(Measured::Signal).or_else(model)
    }

    pub(super) fn rule_reference(&mut self, rule: RuleId, span: SourceSpan) -> Typed {
        let info = &self.compile.tables.rules[rule.index()];
        if info.mode == Mode::Disabled {
            let message = format!("the rule `{}` is disabled, so this is always false", info.id);
            let diagnostic = Diagnostic::new(Code::DisabledReference, span, message).hint(
                "enable the rule, or use `mode: shadow`, in which a reference still sees its truth",
            );
            self.compile.sink.push(self.where_it_was_disabled(rule, diagnostic));
            self.mentions.rules.push(rule);
            return self.push(Node::Bool(false), Type::Bool);
        }
        self.push(Node::Rule(rule), Type::Bool)
    }

    /// An inherited condition is not at fault when this file disabled the rule.
    pub(super) fn where_it_was_disabled(
        &self,
        rule: RuleId,
        mut diagnostic: Diagnostic,
    ) -> Diagnostic {
        let policy = self.compile.policy;
        let mode = self.compile.spec.rules[rule.index()].mode.as_ref().map(|mode| mode.span);
        if let Some(mode) = mode.filter(|mode| policy.is_own(mode.file))
            && !policy.is_own(diagnostic.span.file)
        {
            let asked = std::mem::replace(&mut diagnostic.span, mode);
            let id = &self.compile.tables.rules[rule.index()].id;
            diagnostic.message = format!(
                "`{id}` is disabled, so it is always false where an inherited rule asks for it"
            );
            return diagnostic.also(asked, "asked for here");
        }
        diagnostic
    }

    pub(super) fn unknown(&mut self, name: &str, span: SourceSpan) {
        if !self.reported.insert(name.to_owned()) {
            return;
        }
        if self.rule.is_none()
            && (self.measured(name).is_some() || self.compile.names.rule("", name).is_some())
        {
            let message = format!("`exempt` can only ask for facts, and `{name}` is none");
            self.report(Code::UnknownName, span, message, "declare what you need under `facts:`");
            return;
        }
        if let Some(meant) = constant(name) {
            let diagnostic = Diagnostic::new(
                Code::UnknownName,
                span,
                format!("nothing is called `{name}` here"),
            );
            self.compile.sink.push(match meant {
                "" => diagnostic.hint(
                    "a fact that was not passed leaves the rule undecided; it can have a `default`",
                ),
                _ => diagnostic.meant(span, meant, false),
            });
            return;
        }
        let candidates = self.candidates();
        let bare = name.strip_prefix("facts.").or_else(|| name.strip_prefix("fact."));
        let near = bare.and_then(|bare| candidates.iter().find(|c| *c == bare)).map(String::as_str);
        let near = near.or_else(|| suggest::nearest(name, candidates.iter().map(String::as_str)));
        // An inherited rule is called by its whole name.
        let inherited =
            || candidates.iter().find(|c| c.rsplit_once('.').is_some_and(|c| c.1 == name));
        let near = near.or_else(|| inherited().map(String::as_str)).or_else(|| signal_meant(name));
        if (name.contains('.') || self.rule.is_none()) && near.is_none() {
            let message = format!("the fact `{name}` is not declared");
            let hint = format!(
                "add it under `facts:`, for instance `{name}: number` (or bool, text, set; duration where `7 days` is asked for)"
            );
            self.report(Code::UndeclaredFact, span, message, hint);
            return;
        }
        let code = if name.contains('.') || self.rule.is_none() {
            Code::UndeclaredFact
        } else {
            Code::UnknownName
        };
        let mut diagnostic =
            Diagnostic::new(code, span, format!("nothing is called `{name}` here"));
        if FUNCTIONS.iter().any(|&(function, _)| function == name) {
            diagnostic =
                diagnostic.hint(format!("`{name}` is a function: write `{}`", usage(name)));
        } else if let Some(near) = near {
            diagnostic = diagnostic.meant(span, near, false);
        }
        if diagnostic.hint.is_none()
            && let Some(hint) = self.pattern_named(name)
        {
            diagnostic = diagnostic.hint(hint);
        }
        if diagnostic.hint.is_none() {
            let groups = self.group_names();
            diagnostic = diagnostic.hint(if groups.is_empty() {
                "a name is a group of this rule, another rule, a declared fact or a signal such as `words`".to_owned()
            } else {
                format!(
                    "a name is a group of this rule ({}), another rule, a declared fact or a signal such as `words`",
                    list(groups.iter().map(String::as_str))
                )
            });
        }
        self.compile.sink.push(diagnostic);
    }

    /// A hint where a condition names a pattern of the rule instead of its group.
    pub(super) fn pattern_named(&self, name: &str) -> Option<String> {
        let rule = &self.compile.spec.rules[self.rule?.index()];
        let is_pattern = |pattern: &Pattern| match &pattern.kind {
            PatternKind::Text(text) => text.eq_ignore_ascii_case(name),
            _ => false,
        };
        let group = rule.groups.iter().find(|group| group.patterns.iter().any(is_pattern))?;
        let group = &group.name.value;
        Some(format!(
            "`{name}` is a pattern of the group `{group}`; conditions name groups: write `{group}`, or give the pattern a group of its own"
        ))
    }

    pub(super) fn group_names(&self) -> Vec<String> {
        let groups = self
            .rule
            .into_iter()
            .flat_map(|rule| self.compile.tables.logic[rule.index()].group_ids());
        groups.map(|g| self.compile.tables.groups[g.index()].name.clone()).collect()
    }

    pub(super) fn candidates(&self) -> Vec<String> {
        let names = &self.compile.names;
        let mut all: Vec<String> = self.group_names();
        all.extend(names.facts.names().iter().map(|&n| n.to_owned()));
        if self.rule.is_some() {
            let rules = names.rules.names().iter();
            all.extend(rules.filter_map(|n| n.strip_prefix(self.prefix)).map(str::to_owned));
            all.extend(names.models.names().iter().map(|&n| n.to_owned()));
            all.extend(Signal::ALL.iter().map(|s| s.name().to_owned()));
        }
        all
    }
}

/// The constant that somebody means who writes that of another language; nothing for one
/// that there is not.
pub(super) fn constant(name: &str) -> Option<&'static str> {
    match name.to_ascii_lowercase().as_str() {
        "yes" | "true" | "on" => Some("true"),
        "no" | "false" | "off" => Some("false"),
        "null" | "none" | "nil" | "undefined" => Some(""),
        _ => None,
    }
}

/// The signal that other tools and everyday language call `name`.
fn signal_meant(name: &str) -> Option<&'static str> {
    let name = name.to_ascii_lowercase().replace('_', "");
    let name = name.strip_suffix("count").unwrap_or(&name);
    Some(match name {
        "caps" | "capitals" | "uppercase" | "upper" | "upperratio" | "uppercaseratio" => {
            "caps_ratio"
        }
        "chars" | "characters" | "char" | "character" | "len" | "size" | "textlength" => "length",
        "word" | "tokens" => "words",
        "newlines" | "linebreaks" | "line" => "lines",
        "link" | "urls" | "url" | "hyperlinks" => "links",
        "mention" | "pings" | "ats" => "mentions",
        "hashtag" | "tags" => "hashtags",
        "emoji" | "emojis" | "emoticons" | "smileys" => "emoji",
        "digits" | "numbers" | "digitsratio" => "digit_ratio",
        "symbols" | "punctuation" | "specialchars" => "symbol_ratio",
        "repeats" | "repetition" | "repeatedchars" | "run" | "maxrun" => "longest_run",
        "unique" | "uniquewords" => "unique_ratio",
        "zerowidth" | "hidden" => "invisible",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::signal_meant;
    use crate::program::Signal;

    #[test]
    fn signals_by_other_names() {
        for (name, signal) in [
            ("uppercase", "caps_ratio"),
            ("word_count", "words"),
            ("URLs", "links"),
            ("len", "length"),
        ] {
            assert_eq!(signal_meant(name), Some(signal), "{name}");
            assert!(Signal::named(signal).is_some());
        }
        assert_eq!(signal_meant("toxicity"), None);
    }
}
