//! Everything beside rules and lists: what is replaced by name, what is united,
//! and what bases have to agree on.

use super::{Base, by_name};
use crate::diag::{Code, Diagnostic, Sink};
use crate::span::SourceSpan;
use crate::spec::model::{Fact, Policy};
use rustc_hash::{FxHashMap, FxHashSet};

/// Fills in what `policy` gets from its bases.
pub(super) fn merge(policy: &mut Policy, bases: &[Base], sink: &mut Sink) {
    let mut bases_agree = Agree { bases, sink };
    if policy.actions.is_none() {
        policy.actions = bases_agree.on("actions", |base| {
            let actions = base.actions.as_ref()?;
            let names = actions.iter().map(|action| action.value.clone()).collect::<Vec<_>>();
            Some((actions, names, actions.first()?.span))
        });
    }
    if policy.exempt.is_none() {
        policy.exempt = bases_agree.on("exempt", |base| {
            let exempt = base.exempt.as_ref()?;
            Some((exempt, exempt.source.value.clone(), exempt.source.span))
        });
    }
    if policy.saturated.is_none() {
        policy.saturated = bases_agree.on("saturated", |base| {
            let saturated = base.saturated.as_ref()?;
            Some((saturated, saturated.value.clone(), saturated.span))
        });
    }
    limits(policy, &mut bases_agree);
    if policy.fields.is_empty() {
        let all = bases.iter().flat_map(|base| base.policy.fields.iter().cloned());
        policy.fields = by_name(all, Vec::new(), |field| field);
    }
    facts(policy, bases, sink);
    let own = std::mem::take(&mut policy.models);
    let models = bases.iter().flat_map(|base| base.policy.models.iter().cloned());
    policy.models = by_name(models, own, |model| &model.name);
    let own = std::mem::take(&mut policy.labels);
    let labels = bases.iter().flat_map(|base| base.policy.labels.iter().cloned());
    policy.labels = by_name(labels, own, |label| &label.name);
}

/// What bases have to say the same about, unless the file says it itself.
struct Agree<'a> {
    bases: &'a [Base],
    sink: &'a mut Sink,
}

impl<'a> Agree<'a> {
    /// What the bases say about `what`. `get` gives it, what makes two of them the
    /// same, and its place.
    fn on<T: Clone + 'a, K: PartialEq>(
        &mut self,
        what: &str,
        get: impl Fn(&'a Policy) -> Option<(&'a T, K, SourceSpan)>,
    ) -> Option<T> {
        let mut first: Option<(&T, K, SourceSpan, &str)> = None;
        for base in self.bases {
            let Some((value, key, span)) = get(&base.policy) else { continue };
            let from = base.entry.from.as_str();
            match &first {
                None => first = Some((value, key, span, from)),
                Some((_, agreed, _, _)) if *agreed == key => {}
                Some((_, _, other, first_from)) => {
                    let message = format!("`{first_from}` and `{from}` do not agree on `{what}`");
                    self.sink.push(
                        Diagnostic::new(Code::BaseConflict, base.entry.from.span, message)
                            .also(*other, "one says this")
                            .also(span, "the other this")
                            .hint(format!("state `{what}:` in this file; then it holds for all")),
                    );
                    break;
                }
            }
        }
        first.map(|(value, ..)| value.clone())
    }
}

/// `limits:`, each by its name.
fn limits<'a>(policy: &mut Policy, bases: &mut Agree<'a>) {
    let named = bases.bases.iter().flat_map(|base| &base.policy.limits);
    let mut names: Vec<&'a str> = named.map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        if policy.limits.iter().any(|(own, _)| own.value == name) {
            continue;
        }
        let of = |base: &'a Policy| {
            let limit = base.limits.iter().find(|(other, _)| other.value == name)?;
            Some((limit, limit.1.value, limit.1.span))
        };
        policy.limits.extend(bases.on(&format!("limits: {{ {name}: … }}"), of));
    }
}

/// `facts:`, united. Declarations of one fact have the same type; where their
/// defaults differ, the file itself has to say which one holds.
fn facts(policy: &mut Policy, bases: &[Base], sink: &mut Sink) {
    let own = std::mem::take(&mut policy.facts);
    let settled: FxHashSet<&str> =
        own.iter().filter(|fact| fact.default.is_some()).map(|fact| fact.name.as_str()).collect();
    let mut united: Vec<Fact> = Vec::new();
    let mut places: FxHashMap<String, usize> = FxHashMap::default();
    for fact in bases.iter().flat_map(|base| &base.policy.facts) {
        let Some(&at) = places.get(fact.name.as_str()) else {
            places.insert(fact.name.value.clone(), united.len());
            united.push(fact.clone());
            continue;
        };
        check_types(&united[at], fact, sink);
        if !settled.contains(fact.name.as_str()) {
            check_defaults(&united[at], fact, sink);
        }
        let default = &mut united[at].default;
        *default = default.take().or_else(|| fact.default.clone());
    }
    for mut fact in own {
        match places.remove(fact.name.as_str()) {
            None => united.push(fact),
            Some(at) => {
                check_types(&united[at], &fact, sink);
                fact.default = fact.default.or_else(|| united[at].default.take());
                united[at] = fact;
            }
        }
    }
    policy.facts = united;
    let unread = bases.iter().flat_map(|base| &base.policy.unread_facts);
    policy.unread_facts.extend(unread.cloned());
}

fn check_types(first: &Fact, second: &Fact, sink: &mut Sink) {
    let (a, b) = (first.kind.value.name(), second.kind.value.name());
    if a != b {
        let message = format!("the fact `{}` cannot be both a {a} and a {b}", second.name.value);
        sink.push(
            Diagnostic::new(Code::FactConflict, second.kind.span, message)
                .label(format!("a {b} here"))
                .also(first.kind.span, format!("a {a} here"))
                .hint("the caller passes one value for both: agree on a type, or rename one fact"),
        );
    }
}

fn check_defaults(first: &Fact, second: &Fact, sink: &mut Sink) {
    let (Some(a), Some(b)) = (&first.default, &second.default) else { return };
    if a.value != b.value && first.kind.value == second.kind.value {
        let name = &second.name.value;
        let message = format!("two bases have different defaults for the fact `{name}`");
        sink.push(
            Diagnostic::new(Code::FactConflict, b.span, message)
                .also(a.span, "the other default")
                .hint(format!("declare `{name}` in this file, with the default that is to hold")),
        );
    }
}
