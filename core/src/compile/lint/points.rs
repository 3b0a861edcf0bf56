//! Points that lead nowhere.

use super::Compile;
use crate::decimal::Milli;
use crate::diag::{Code, Diagnostic};
use crate::ids::{LabelId, RuleId};
use crate::spec::model::Mode;
use rustc_hash::FxHashSet;

/// A label whose rules together cannot reach its lowest threshold never acts.
pub(super) fn unreachable(compile: &mut Compile<'_>) {
    for (at, label) in compile.spec.labels.iter().enumerate() {
        let id = LabelId::new(at);
        let lowest = compile.tables.labels[at].thresholds.iter().map(|&(_, t)| t).min();
        let most = (0..compile.tables.rules.len())
            .map(RuleId::new)
            .filter(|rule| compile.tables.rules[rule.index()].label == Some(id))
            .map(|rule| most_points(compile, rule))
            .try_fold(Milli::ZERO, |sum, points| Some(Milli(sum.0 + points?.0)));
        let message = match (lowest, most) {
            (Some(lowest), Some(most)) if most < lowest => format!(
                "the label `{}` can reach {most} points at most and acts from {lowest} on",
                label.name.value
            ),
            _ => continue,
        };
        compile.sink.push(
            Diagnostic::new(Code::UnreachablePoints, label.name.span, message)
                .hint("raise the points of its rules, add rules, or lower the threshold"),
        );
    }
}

/// The most a rule can add; `None` when there is no bound.
fn most_points(compile: &Compile<'_>, rule: RuleId) -> Option<Milli> {
    let points = compile.tables.rules[rule.index()].points.max(Milli::ZERO);
    match compile.tables.logic[rule.index()].repeat {
        Some(repeat) if repeat.each > Milli::ZERO => Some(repeat.max?.max(points)),
        _ => Some(points),
    }
}

/// Rules that change no score, no action and no other rule.
pub(super) fn without_effect(compile: &mut Compile<'_>) {
    let referred: FxHashSet<RuleId> =
        compile.mentions.iter().flat_map(|m| &m.rules).copied().collect();
    for (at, rule) in compile.spec.rules.iter().enumerate() {
        let info = &compile.tables.rules[at];
        let Some(id) = &rule.id else { continue };
        if info.mode == Mode::Disabled {
            continue;
        }
        let repeats = compile.tables.logic[at].repeat.is_some();
        let found = match (&rule.points, &rule.label) {
            (Some(points), None) => Some((
                points.span,
                format!("the points of `{}` count nowhere: it has no label", id.value),
                "give the rule a `label:`, or take `points:` out",
            )),
            (points, Some(label))
                if info.points == Milli::ZERO && info.action.is_none() && !repeats =>
            {
                Some((
                    points.as_ref().map_or(label.span, |points| points.span),
                    format!("`{}` adds no points to its label", id.value),
                    "give it `points:`, or an `action:` of its own",
                ))
            }
            (None, None) if info.action.is_none() && !referred.contains(&RuleId::new(at)) => {
                Some((
                    id.span,
                    format!("`{}` has no label and no action, and no condition names it", id.value),
                    "give it a `label:` with points or an `action:`, or name it in a `when:`",
                ))
            }
            _ => None,
        };
        if let Some((span, message, hint)) = found {
            compile.sink.push(Diagnostic::new(Code::NoEffect, span, message).hint(hint));
        }
    }
}
