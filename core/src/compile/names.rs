//! Who is called what: one table a kind of name, duplicates and clashes reported.

use crate::diag::{Code, Diagnostic, Sink};
use crate::ids::{ActionId, FactId, FieldId, LabelId, ModelId, RuleId};
use crate::program::Signal;
use crate::span::{SourceSpan, Spanned};
use crate::spec::model;
use crate::spec::suggest;
use rustc_hash::FxHashMap;

/// The names of one kind, in the order of their ids.
#[derive(Debug)]
pub(super) struct Table<'p> {
    /// What they are, for messages: `label`, `action`, …
    kind: &'static str,
    unknown: Code,
    order: Vec<&'p str>,
    places: FxHashMap<&'p str, (u32, SourceSpan)>,
    /// What was read as one of the names is several: `[allow review, block]`. That was reported, and
    /// which names there are is not known.
    is_torn: bool,
}

impl<'p> Table<'p> {
    fn collect(
        kind: &'static str,
        unknown: Code,
        names: impl Iterator<Item = &'p Spanned<String>>,
        sink: &mut Sink,
    ) -> Self {
        Self::collect_some(kind, unknown, names.map(Some), sink)
    }

    /// The same where a name may be missing.
    fn collect_some(
        kind: &'static str,
        unknown: Code,
        names: impl Iterator<Item = Option<&'p Spanned<String>>>,
        sink: &mut Sink,
    ) -> Self {
        let mut this =
            Self { kind, unknown, order: Vec::new(), places: FxHashMap::default(), is_torn: false };
        for name in names {
            let Some(name) = name else {
                this.order.push("");
                continue;
            };
            this.is_torn |= name.contains([' ', ',', ';', '[', ']', '{', '}']);
            let id = this.order.len() as u32;
            // A duplicate, and what has no name, keeps its id so that tables stay aligned with the spec.
            this.order.push(name.as_str());
            // An own rule with dots in its name was reported as such.
            let is_reported = kind == "rule" && is_written_with_dots(name);
            if let Some(&(_, first)) = this.places.get(name.as_str()).filter(|_| !is_reported) {
                sink.push(
                    Diagnostic::new(
                        Code::DuplicateName,
                        name.span,
                        format!("the {kind} `{}` is declared twice", name.value),
                    )
                    .label("again here")
                    .also(first, "first declared here")
                    .hint(format!("rename one of them, or merge the two {kind}s")),
                );
            } else {
                this.places.insert(name.as_str(), (id, name.span));
            }
        }
        this
    }

    /// The id of a name; reports one that does not exist.
    pub(super) fn resolve(&self, name: &Spanned<String>, sink: &mut Sink) -> Option<u32> {
        if let Some(&(id, _)) = self.places.get(name.as_str()) {
            return Some(id);
        }
        if self.is_torn {
            return None;
        }
        let message = format!("there is no {} `{}`", self.kind, name.value);
        let diagnostic = Diagnostic::new(self.unknown, name.span, message);
        sink.push(match suggest::nearest(&name.value, self.order.iter().copied()) {
            Some(near) => {
                let diagnostic = diagnostic.meant(name.span, near, false).hint(self.known());
                match self.places.get(near) {
                    // The slip may as well be there.
                    Some(&(_, place)) if place.range().len() == near.len() => {
                        diagnostic.also(place, "declared here")
                    }
                    _ => diagnostic,
                }
            }
            None => diagnostic.hint(self.known()),
        });
        None
    }

    /// The id of a name, if it exists.
    pub(super) fn get(&self, name: &str) -> Option<u32> {
        self.places.get(name).map(|&(id, _)| id)
    }

    pub(super) fn names(&self) -> &[&'p str] {
        &self.order
    }

    fn known(&self) -> String {
        if self.order.is_empty() {
            return format!("the policy declares no {}; add it under `{}s:`", self.kind, self.kind);
        }
        format!("the {}s are {}", self.kind, list(self.order.iter().copied()))
    }
}

/// True for a name with dots that stands so in its file: inherited ones get theirs when they are merged.
fn is_written_with_dots(name: &Spanned<String>) -> bool {
    name.contains('.') && name.span.range().len() >= name.len()
}

/// Names in backticks, at most eight of them.
pub(super) fn list<'n>(names: impl ExactSizeIterator<Item = &'n str>) -> String {
    let count = names.len();
    let mut shown: Vec<String> = names.take(8).map(|name| format!("`{name}`")).collect();
    if count > shown.len() {
        shown.push(format!("{} more", count - shown.len()));
    }
    match shown.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// All names of a policy.
#[derive(Debug)]
pub(super) struct Names<'p> {
    pub(super) actions: Table<'p>,
    pub(super) labels: Table<'p>,
    pub(super) facts: Table<'p>,
    pub(super) fields: Table<'p>,
    pub(super) lists: Table<'p>,
    pub(super) models: Table<'p>,
    pub(super) rules: Table<'p>,
    unread_facts: &'p [String],
}

impl<'p> Names<'p> {
    pub(super) fn collect(spec: &'p model::Policy, sink: &mut Sink) -> Self {
        let actions = spec.actions.as_deref().unwrap_or_default();
        let mut this = Self {
            actions: Table::collect("action", Code::UnknownAction, actions.iter(), sink),
            labels: Table::collect(
                "label",
                Code::UnknownLabel,
                spec.labels.iter().map(|l| &l.name),
                sink,
            ),
            facts: Table::collect(
                "fact",
                Code::UndeclaredFact,
                spec.facts.iter().map(|f| &f.name),
                sink,
            ),
            fields: Table::collect("field", Code::UnknownField, spec.fields.iter(), sink),
            lists: Table::collect(
                "list",
                Code::UnknownList,
                spec.lists.iter().map(|l| &l.name),
                sink,
            ),
            models: Table::collect(
                "model",
                Code::UnknownName,
                spec.models.iter().map(|m| &m.name),
                sink,
            ),
            rules: Table::collect_some(
                "rule",
                Code::UnknownName,
                spec.rules.iter().map(|r| r.id.as_ref()),
                sink,
            ),
            unread_facts: &spec.unread_facts,
        };
        if actions.is_empty() {
            this.actions.order = model::DEFAULT_ACTIONS.to_vec();
            this.actions.places = (0..)
                .zip(model::DEFAULT_ACTIONS)
                .map(|(id, name)| (name, (id, spec.span)))
                .collect();
        }
        if spec.fields.is_empty() {
            this.fields.order = vec!["text"];
            this.fields.places.insert("text", (0, spec.span));
        }
        this.clashes(spec, sink);
        this
    }

    /// Groups, rules, facts, models and signals share one scope per rule. What the file
    /// of an inherited rule cannot see does not clash with it.
    fn clashes(&self, spec: &model::Policy, sink: &mut Sink) {
        let mut report =
            |name: &Spanned<String>, what: &str, other: &str, first: Option<SourceSpan>| {
                let message = format!("the {what} `{}` has the name of a {other}", name.value);
                let mut diagnostic = Diagnostic::new(Code::NameClash, name.span, message)
                    .hint("conditions could not tell the two apart; rename one of them");
                if let Some(first) = first {
                    diagnostic = diagnostic.also(first, format!("the {other} is declared here"));
                }
                sink.push(diagnostic);
            };
        for fact in &spec.facts {
            if Signal::named(&fact.name).is_some() {
                report(&fact.name, "fact", "signal", None);
            }
        }
        for model in &spec.models {
            let name = &model.name;
            if Signal::named(name).is_some() {
                report(name, "model", "signal", None);
            } else if let Some(&(_, first)) = self.facts.places.get(name.as_str()) {
                report(name, "model", "fact", Some(first));
            }
        }
        for rule in &spec.rules {
            let prefix = spec.prefix(rule.scope);
            let is_seen =
                |place: SourceSpan, from: SourceSpan| prefix.is_empty() || place.file == from.file;
            if let Some(id) = &rule.id {
                if Signal::named(id).is_some() {
                    report(id, "rule", "signal", None);
                } else if let Some(&(_, first)) = self.facts.places.get(id.as_str()) {
                    report(id, "rule", "fact", Some(first));
                } else if let Some(&(_, first)) = self.models.places.get(id.as_str()) {
                    report(id, "rule", "model", Some(first));
                }
            }
            for group in &rule.groups {
                let name = &group.name;
                if Signal::named(name).is_some() {
                    report(name, "group", "signal", None);
                } else if let Some(&(_, first)) = self.facts.places.get(name.as_str())
                    && is_seen(first, name.span)
                {
                    report(name, "group", "fact", Some(first));
                } else if let Some(&(_, first)) = self.models.places.get(name.as_str())
                    && is_seen(first, name.span)
                {
                    report(name, "group", "model", Some(first));
                } else if let Some(first) = self.rule_place(prefix, name) {
                    report(name, "group", "rule", Some(first));
                }
            }
        }
    }

    pub(super) fn action(&self, name: &Spanned<String>, sink: &mut Sink) -> Option<ActionId> {
        self.actions.resolve(name, sink).map(ActionId)
    }

    pub(super) fn label(&self, name: &Spanned<String>, sink: &mut Sink) -> Option<LabelId> {
        self.labels.resolve(name, sink).map(LabelId)
    }

    pub(super) fn field(&self, name: &Spanned<String>, sink: &mut Sink) -> Option<FieldId> {
        self.fields.resolve(name, sink).map(FieldId)
    }

    pub(super) fn fact(&self, name: &str) -> Option<FactId> {
        self.facts.get(name).map(FactId)
    }

    /// The declaration of a fact of that name was reported.
    pub(super) fn is_unread_fact(&self, name: &str) -> bool {
        self.unread_facts.iter().any(|unread| unread == name)
    }

    pub(super) fn model(&self, name: &str) -> Option<ModelId> {
        self.models.get(name).map(|at| ModelId::new(at as usize))
    }

    /// The rule that is called `name` in a file whose rules are named after `prefix`.
    pub(super) fn rule(&self, prefix: &str, name: &str) -> Option<RuleId> {
        let id = match prefix {
            "" => self.rules.get(name),
            _ => self.rules.get(&format!("{prefix}{name}")),
        };
        id.map(RuleId)
    }

    fn rule_place(&self, prefix: &str, name: &str) -> Option<SourceSpan> {
        let rule = self.rule(prefix, name)?;
        let name = self.rules.order[rule.index()];
        self.rules.places.get(name).map(|&(_, span)| span)
    }
}
