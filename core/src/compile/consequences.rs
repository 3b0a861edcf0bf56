//! Errors that follow from others are not told: one slip, one message.

use crate::diag::{Code, Diagnostic, Sink};
use crate::span::SourceSpan;
use crate::spec::model;
use rustc_hash::FxHashMap;

/// Places beside the first at which an unknown name is marked.
const PLACES: usize = 4;

/// `sink` without unknown names that a declaration nobody could read would have made known, and
/// each other unknown name once, with the places where it stands.
pub(super) fn without(sink: Sink, spec: &model::Policy) -> Sink {
    let is_torn = |d: &Diagnostic| d.code == Code::BaseConflict && d.message.ends_with("`actions`");
    // Which of the two a clashing name means is not known, and so not its type.
    let no_types = sink.list().iter().any(|diagnostic| diagnostic.code == Code::NameClash);
    let no_actions = sink.list().iter().any(is_torn);
    let undeclared = |diagnostic: &Diagnostic| {
        spec.unread.iter().any(|section| declares(section).contains(&diagnostic.code))
            // A rule whose `id` was reported may have any name.
            || diagnostic.code == Code::UnknownAction && no_actions
            || diagnostic.code == Code::TypeError && no_types
            || diagnostic.code == Code::UnknownName && spec.rules.iter().any(|rule| rule.id.is_none())
    };
    once(sink.filtered(|diagnostic| !undeclared(diagnostic)))
}

/// What is said about names that are not among those declared under `section`.
fn declares(section: &str) -> &'static [Code] {
    match section {
        "actions" => &[Code::UnknownAction],
        "fields" => &[Code::UnknownField],
        "facts" => &[Code::UndeclaredFact, Code::UnknownName],
        "labels" => &[Code::UnknownLabel],
        "lists" => &[Code::UnknownList],
        _ => &[],
    }
}

/// Names of one kind mean the same throughout a policy.
const GLOBAL: [Code; 5] = [
    Code::UnknownAction,
    Code::UnknownField,
    Code::UndeclaredFact,
    Code::UnknownLabel,
    Code::UnknownList,
];

fn once(mut sink: Sink) -> Sink {
    let mut places: FxHashMap<(Code, String), Vec<SourceSpan>> = FxHashMap::default();
    sink = sink.filtered(|diagnostic| match name(diagnostic) {
        Some(name) => {
            let places = places.entry((diagnostic.code, name.to_owned())).or_default();
            places.push(diagnostic.span);
            places.len() == 1
        }
        None => true,
    });
    for diagnostic in sink.each_mut() {
        let key = name(diagnostic).map(|name| (diagnostic.code, name.to_owned()));
        for &place in
            key.and_then(|key| places.get(&key)).into_iter().flatten().skip(1).take(PLACES)
        {
            *diagnostic = diagnostic.clone().also(place, "and here");
        }
    }
    sink
}

/// What an error about an unknown name has in common with others about that name.
fn name(diagnostic: &Diagnostic) -> Option<&str> {
    match diagnostic.code {
        // Conditions and tests say it in different words.
        Code::UndeclaredFact => diagnostic.message.split('`').nth(1),
        code => GLOBAL.contains(&code).then_some(diagnostic.message.as_str()),
    }
}
