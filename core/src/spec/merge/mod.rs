//! A policy and its bases → one policy: POLICY.md "Inheritance".
//!
//! Bases merge in order, the file itself last. Each base comes here merged with
//! its own bases already. What is local to a file (`evasion`, `inflect`, `lang`,
//! `except`, names in conditions) stays with its rules: the first three are written
//! into the rules, the others are found through the rule's scope.

mod actions;
mod lists;
mod overrides;
mod rules;
mod settings;

use super::model::{Extends, ListSource, Policy};
use crate::diag::{Code, Diagnostic, Sink, SourceMap};
use crate::span::SourceSpan;
use std::sync::Arc;

/// A base of a policy.
#[derive(Debug)]
pub(crate) struct Base {
    /// How it is named by the policy.
    pub(crate) entry: Extends,
    /// What it says, its own bases included.
    pub(crate) policy: Arc<Policy>,
    /// What its rules are named after: `profanity_en`.
    pub(crate) name: String,
}

impl Base {
    /// The base that `entry` names. Without a `policy:` of its own it is called
    /// `stem`, as its file is.
    pub(crate) fn new(entry: &Extends, policy: Arc<Policy>, stem: &str, sink: &mut Sink) -> Self {
        let written = policy.name.as_ref();
        let name = written.map_or(stem, |name| name.as_str()).replace('-', "_");
        if !is_identifier(&name) {
            sink.push(bad_name(entry, written.map(|name| name.span), &name));
        }
        Self { entry: entry.clone(), policy, name }
    }
}

/// `[A-Za-z_][A-Za-z0-9_]*`, what can stand before the dot of an inherited name.
fn is_identifier(text: &str) -> bool {
    !text.starts_with(|c: char| c.is_ascii_digit())
        && !text.is_empty()
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

fn bad_name(entry: &Extends, written: Option<SourceSpan>, name: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Code::BaseName,
        entry.from.span,
        format!("rules cannot be inherited from a policy called `{name}`"),
    )
    .hint("give the base a `policy:` name of letters, digits, `-` and `_`: its rules are named after it");
    match written {
        Some(span) => diagnostic.also(span, "its name"),
        None => diagnostic.label("it has no `policy:`, so its file's name was taken"),
    }
}

/// True when `policy` is not yet what it means: it builds on something.
pub(crate) fn is_needed(policy: &Policy) -> bool {
    let edits = |list: &super::model::List| matches!(list.source, ListSource::Edit { .. });
    !policy.extends.is_empty() || !policy.overrides.is_empty() || policy.lists.iter().any(edits)
}

/// `own` with everything it inherits from `bases`, in the order of its entries.
pub(crate) fn merge(own: Policy, bases: &[Base], sources: &SourceMap, sink: &mut Sink) -> Policy {
    let mut inherited = rules::Inherited::default();
    for base in bases {
        inherited.take_in(base, sink);
    }
    overrides::apply(&own, inherited.rules_mut(), sink);
    inherited.warn_of_twins(sink);
    let mut merged = own;
    settings::merge(&mut merged, bases, sink);
    actions::check(&mut merged, bases, inherited.rules_mut(), sources, sink);
    lists::merge(&mut merged, bases, sink);
    inherited.join(&mut merged);
    merged
}

/// The parts called by name: those of the bases in order, the later of two in the
/// place of the earlier, and then `own`, in the same way. Duplicates within `own`
/// stay, so that they are reported as such.
fn by_name<T: Clone>(
    bases: impl Iterator<Item = T>,
    own: Vec<T>,
    name: impl Fn(&T) -> &str,
) -> Vec<T> {
    let mut all: Vec<T> = Vec::new();
    let mut places = rustc_hash::FxHashMap::<String, usize>::default();
    for part in bases {
        if let Some(&at) = places.get(name(&part)) {
            all[at] = part;
        } else {
            places.insert(name(&part).to_owned(), all.len());
            all.push(part);
        }
    }
    for part in own {
        match places.remove(name(&part)) {
            Some(at) => all[at] = part,
            None => all.push(part),
        }
    }
    all
}
