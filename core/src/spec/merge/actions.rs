//! A file that states `actions:` has to have those its bases use.

use super::Base;
use crate::diag::{Code, Diagnostic, Fix, Sink, SourceMap};
use crate::span::{SourceSpan, Spanned};
use crate::spec::model::{DEFAULT_ACTIONS, Policy, Rule};

/// An inherited use of an action that the file's `actions:` lack.
struct Lacking {
    action: String,
    /// What uses it, for the message.
    what: String,
    place: SourceSpan,
}

/// Reports each action that inherited labels and rules use and `policy` lacks,
/// once, and takes the uses out, so that they are not reported again.
pub(super) fn check(
    policy: &mut Policy,
    bases: &[Base],
    inherited: &mut [Rule],
    sources: &SourceMap,
    sink: &mut Sink,
) {
    let Some(actions) = policy.actions.clone() else { return };
    let own_file = policy.span.file;
    if actions.first().is_none_or(|action| action.span.file != own_file) {
        return; // inherited themselves
    }
    let lacks = |action: &Spanned<String>| {
        action.span.file != own_file && !actions.iter().any(|own| own.value == action.value)
    };
    let mut lacking: Vec<Lacking> = Vec::new();
    let mut note = |action: &Spanned<String>, what: String| {
        if !lacking.iter().any(|known| known.action == action.value) {
            lacking.push(Lacking { action: action.value.clone(), what, place: action.span });
        }
    };
    for label in &mut policy.labels {
        let name = &label.name.value;
        label.thresholds.retain(|(action, _)| {
            let is_lacking = lacks(action);
            if is_lacking {
                note(action, format!("the inherited label `{name}` has a threshold for"));
            }
            !is_lacking
        });
    }
    for rule in inherited {
        if let Some(action) = rule.action.take_if(|action| lacks(action)) {
            let id = rule.id.as_ref().map_or("", |id| id.as_str());
            note(&action, format!("the inherited rule `{id}` has the action"));
        }
    }
    if let Some(action) = policy.saturated.take_if(|action| lacks(action)) {
        note(&action, "the inherited `saturated` is".to_owned());
    }
    for one in &lacking {
        sink.push(diagnostic(one, &actions, bases, sources));
    }
}

fn diagnostic(
    lacking: &Lacking,
    actions: &[Spanned<String>],
    bases: &[Base],
    sources: &SourceMap,
) -> Diagnostic {
    let (first, last) = (&actions[0], &actions[actions.len() - 1]);
    let span = SourceSpan::new(first.span.file, first.span.start, last.span.end);
    let name = &lacking.action;
    let message = format!("{} `{name}`, which `actions` lacks", lacking.what);
    let mut diagnostic = Diagnostic::new(Code::UnknownAction, span, message)
        .also(lacking.place, "inherited from here")
        .hint(format!("add `{name}` in its place by severity, or state the label or rule anew"));
    diagnostic.fix = Some(insertion(name, actions, bases, sources));
    diagnostic
}

/// Adds `name` behind the actions that come before it in the base that has it.
fn insertion(name: &str, actions: &[Spanned<String>], bases: &[Base], sources: &SourceMap) -> Fix {
    let stated = bases.iter().filter_map(|base| base.policy.actions.as_ref());
    let stated = stated.map(|actions| actions.iter().map(|a| a.value.as_str()).collect());
    let default = std::iter::once(DEFAULT_ACTIONS.to_vec());
    let order: Option<Vec<&str>> = stated.chain(default).find(|o: &Vec<&str>| o.contains(&name));
    let milder = |own: &Spanned<String>| {
        let order = order.as_deref().unwrap_or_default();
        order.iter().take_while(|other| **other != name).any(|other| *other == own.value)
    };
    let before = actions.iter().rposition(milder).unwrap_or(0);
    let before = &actions[before];
    let written = sources.text(before.span);
    let text = match item_indent(before.span, sources) {
        Some(indent) => format!("{written}\n{indent}- {name}"),
        None => format!("{written}, {name}"),
    };
    Fix::one(before.span, text, true)
}

/// The indentation of a list with an item a line; none for one in brackets.
fn item_indent(item: SourceSpan, sources: &SourceMap) -> Option<&str> {
    let text = sources.file(item.file)?.text();
    let line = text[..item.start as usize].rsplit('\n').next()?;
    let indent = line.len() - line.trim_start().len();
    line.trim_start().trim_end().eq("-").then(|| &line[..indent])
}
