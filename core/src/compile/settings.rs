//! The parts of a policy beside its rules: actions, labels, facts, fields, limits.

use super::Compile;
use crate::decimal::Milli;
use crate::diag::{Code, Diagnostic};
use crate::ids::ActionId;
use crate::limits::{FIELDS, Limits};
use crate::ruleset::tables::{Calibration, FactInfo, LabelInfo};
use crate::span::Spanned;
use crate::spec::model;
use crate::spec::suggest;

impl Compile<'_> {
    /// Fills in everything but rules.
    pub(super) fn settings(&mut self) {
        let spec = self.spec;
        let owned = |names: &[&str]| names.iter().map(|&n| n.to_owned()).collect::<Vec<_>>();
        self.tables.policy = spec.name.as_ref().map(|n| n.value.clone()).unwrap_or_default();
        self.tables.version = spec.version.as_ref().map(|v| v.value.clone());
        self.tables.actions = owned(self.names.actions.names());
        self.tables.fields = owned(self.names.fields.names());
        self.tables.named_fields = !spec.fields.is_empty();
        if let Some(extra) = spec.fields.get(FIELDS) {
            self.sink.push(
                Diagnostic::new(
                    Code::LimitExceeded,
                    extra.span,
                    format!("a policy may name {FIELDS} fields at most"),
                )
                .hint("join fields that rules treat alike before calling"),
            );
        }
        self.tables.facts = spec
            .facts
            .iter()
            .map(|fact| FactInfo {
                name: fact.name.value.clone(),
                kind: fact.kind.value,
                default: fact.default.as_ref().map(|d| d.value.clone()),
            })
            .collect();
        self.models();
        let labels = spec.labels.iter().map(|label| self.label(label)).collect();
        self.tables.labels = labels;
        self.limits();
        let second = ActionId(1.min(self.tables.actions.len() as u32 - 1));
        self.tables.saturated = match &spec.saturated {
            Some(name) => self.names.action(name, &mut self.sink).unwrap_or(second),
            None => second,
        };
    }

    fn label(&mut self, label: &model::Label) -> LabelInfo {
        let mut thresholds: Vec<(ActionId, Spanned<Milli>)> = Vec::new();
        for (action, at) in &label.thresholds {
            let Some(id) = self.names.action(action, &mut self.sink) else { continue };
            if id == ActionId(0) {
                self.sink.push(
                    Diagnostic::new(
                        Code::BadValue,
                        action.span,
                        format!("`{}` is the first action and needs no threshold", action.value),
                    )
                    .hint("it is what happens when no threshold is reached; remove the entry"),
                );
            } else if at.value <= Milli::ZERO {
                self.sink.push(
                    Diagnostic::new(
                        Code::ThresholdNotPositive,
                        at.span,
                        format!("the threshold of `{}` must be above 0", action.value),
                    )
                    .hint("a score of 0 means that nothing was found"),
                );
            } else {
                thresholds.push((id, at.clone()));
            }
        }
        thresholds.sort_by_key(|&(id, _)| id);
        for pair in thresholds.windows(2) {
            let [(low, low_at), (high, high_at)] = pair else { continue };
            if low_at.value >= high_at.value {
                let name = |id: &ActionId| self.tables.actions[id.index()].as_str();
                self.sink.push(
                    Diagnostic::new(
                        Code::ThresholdOrder,
                        high_at.span,
                        format!(
                            "`{}` is more severe than `{}` and needs a higher threshold",
                            name(high),
                            name(low)
                        ),
                    )
                    .also(low_at.span, format!("`{}` starts at {}", name(low), low_at.value))
                    .hint("thresholds rise with the severity of the action"),
                );
            }
        }
        LabelInfo {
            name: label.name.value.clone(),
            description: label.description.as_ref().map(|d| d.value.clone()),
            thresholds: thresholds.into_iter().map(|(id, at)| (id, at.value)).collect(),
            calibration: label
                .calibration
                .as_ref()
                .map(|c| Calibration { bias: c.bias.value, slope: c.slope.value }),
        }
    }

    fn limits(&mut self) {
        for (name, value) in &self.spec.limits {
            let known = Limits::ALL.iter().find(|&&(known, _, _)| known == name.as_str());
            if let Some(&(_, fixed, what)) = Limits::FIXED.iter().find(|row| row.0 == name.as_str())
            {
                self.sink.push(
                    Diagnostic::new(
                        Code::UnknownKey,
                        name.span,
                        format!("the limit `{}` cannot be set", name.value),
                    )
                    .hint(format!("it is {fixed} for every policy: {what}")),
                );
                continue;
            }
            let Some(&(_, _, ceiling)) = known else {
                let names = Limits::ALL.iter().map(|&(name, _, _)| name);
                let near = suggest::near(name, names.clone());
                let mut diagnostic = Diagnostic::new(
                    Code::UnknownKey,
                    name.span,
                    format!("there is no limit `{}`", name.value),
                )
                .hint(format!("the limits are {}", super::names::list(names)));
                if let Some(near) = near {
                    diagnostic = diagnostic.meant(name.span, near.name, near.alone);
                }
                self.sink.push(diagnostic);
                continue;
            };
            if value.value > u64::from(ceiling) {
                self.sink.push(
                    Diagnostic::new(
                        Code::LimitExceeded,
                        value.span,
                        format!("`{}` may be {ceiling} at most", name.value),
                    )
                    .hint("beyond it the engine's tables would not hold"),
                );
                continue;
            }
            self.tables.limits.set(name, value.value as u32);
        }
    }
}
