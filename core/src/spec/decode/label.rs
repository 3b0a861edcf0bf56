//! `labels:`, their thresholds and calibration.

use super::Decoder;
use super::keys::Place;
use super::scalar::NameKind;
use crate::decimal::Milli;
use crate::diag::{Code, Diagnostic};
use crate::span::Spanned;
use crate::spec::model::{Calibration, Label};
use crate::spec::suggest::nearest;
use crate::spec::tree::{Entry, Node, NodeKind};

type Thresholds = Vec<(Spanned<String>, Spanned<Milli>)>;

impl Decoder<'_> {
    pub(super) fn labels(&mut self, node: &Node, subject: &str) -> Vec<Label> {
        if let NodeKind::Seq(items) = &node.kind {
            let diagnostic = self.wrong_type(node, subject, "a mapping");
            let hint =
                "say from which score each label leads to which action: `spam: { review: 3 }`";
            self.push_some(diagnostic.map(|d| d.hint(hint)));
            return items.iter().filter_map(Self::named_only).collect();
        }
        let entries = self.map(node, subject).unwrap_or_default();
        entries.iter().map(|entry| self.label(entry)).collect()
    }

    /// A label in a list of names, kept so that its rules find it.
    fn named_only(node: &Node) -> Option<Label> {
        let name = match &node.kind {
            NodeKind::Map(entries) => entries.first()?.key.clone(),
            _ => Spanned::new(node.scalar()?.value.clone(), node.span),
        };
        Some(Label { name, description: None, thresholds: Vec::new(), calibration: None })
    }

    /// A label is kept whatever is wrong in it, so that its rules find it.
    fn label(&mut self, entry: &Entry) -> Label {
        self.name(&entry.key, "a label", NameKind::Slashed);
        let mut label = Label {
            name: entry.key.clone(),
            description: None,
            thresholds: Vec::new(),
            calibration: None,
        };
        let subject = format!("the label `{}`", entry.key.value);
        let NodeKind::Map(entries) = &entry.value.kind else {
            let diagnostic = self.wrong_type(&entry.value, &subject, "a mapping");
            let score = entry.value.plain().filter(|text| text.parse::<Milli>().is_ok());
            let example = score.unwrap_or("3");
            let hint = format!(
                "write from which score it leads to which action: `{{ review: {example} }}`"
            );
            self.push_some(diagnostic.map(|d| d.hint(hint)));
            return label;
        };
        let long = entries.iter().any(|e| Place::Label.keys().contains(&e.key.as_str()));
        if !long {
            label.thresholds = self.thresholds(entries);
            return label;
        }
        for entry in entries {
            let value = &entry.value;
            match entry.key.as_str() {
                "at" => {
                    let entries = self.map(value, "`at`").unwrap_or_default();
                    label.thresholds = self.thresholds(entries);
                }
                "description" => label.description = self.text(value, "`description`"),
                "calibration" => {
                    label.calibration = self.calibration(value);
                }
                _ => self.stray_key(&entry.key, value),
            }
        }
        label
    }

    fn thresholds(&mut self, entries: &[Entry]) -> Thresholds {
        let mut thresholds = Vec::new();
        for entry in entries {
            let is_mapping = matches!(entry.value.kind, NodeKind::Map(_));
            if is_mapping && nearest(&entry.key, ["calibration"]).is_some() {
                self.unknown_key(Place::Label, &entry.key);
                continue;
            }
            let subject = format!("the threshold of `{}`", entry.key.value);
            if let Some((action, _)) = entry.key.split_once(['<', '>', '=']) {
                let message = format!("a threshold is no condition: `{}`", entry.key.value);
                self.report(Diagnostic::new(Code::BadValue, entry.key.span, message).hint(
                    format!("write `{}: 3`: the action starts at that score", action.trim()),
                ));
                continue;
            }
            if let Some(at) = self.milli(&entry.value, &subject) {
                thresholds.push((entry.key.clone(), at));
            }
        }
        thresholds
    }

    /// In the long form a number can only be a threshold that belongs under `at`.
    fn stray_key(&mut self, key: &Spanned<String>, value: &Node) {
        let is_number = value.plain().is_some_and(|text| text.parse::<Milli>().is_ok());
        if !is_number {
            self.unknown_key(Place::Label, key);
            return;
        }
        let message = format!("unknown key `{}`", key.value);
        self.report(
            Diagnostic::new(Code::UnknownKey, key.span, message)
                .hint("beside `description` or `calibration`, thresholds go under `at: { … }`"),
        );
    }

    fn calibration(&mut self, node: &Node) -> Option<Calibration> {
        let entries = self.map(node, "`calibration`")?;
        let (mut bias, mut slope) = (None, None);
        for entry in entries {
            match entry.key.as_str() {
                "bias" => bias = Some(self.float(&entry.value, "`bias`")),
                "slope" => slope = Some(self.float(&entry.value, "`slope`")),
                _ => self.unknown_key(Place::Calibration, &entry.key),
            }
        }
        for (key, missing) in [("bias", bias.is_none()), ("slope", slope.is_none())] {
            if missing {
                let hint = "both numbers come from `tamis tune`";
                self.missing_key(Place::Calibration, node.span, key, hint);
            }
        }
        Some(Calibration { span: node.span, bias: bias??, slope: slope?? })
    }
}
