//! What of the tables is only for people: it changes no verdict and no fingerprint.

use super::tables::{LabelInfo, RuleInfo, Tables};
use serde::{Deserialize, Serialize};

/// Descriptions, tags and notes, taken out of the tables.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct People {
    /// By label.
    labels: Vec<Option<String>>,
    /// By rule.
    rules: Vec<OfRule>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct OfRule {
    description: Option<String>,
    tags: Vec<String>,
    meta: Vec<(String, String)>,
}

impl People {
    /// Takes it out of the tables.
    pub(crate) fn take(tables: &mut Tables) -> Self {
        let of_rule = |RuleInfo { description, tags, meta, .. }: &mut RuleInfo| OfRule {
            description: description.take(),
            tags: std::mem::take(tags),
            meta: std::mem::take(meta),
        };
        let of_label = |label: &mut LabelInfo| label.description.take();
        Self {
            labels: tables.labels.iter_mut().map(of_label).collect(),
            rules: tables.rules.iter_mut().map(of_rule).collect(),
        }
    }

    /// Puts it back.
    pub(crate) fn give(self, tables: &mut Tables) {
        for (label, description) in tables.labels.iter_mut().zip(self.labels) {
            label.description = description;
        }
        for (rule, own) in tables.rules.iter_mut().zip(self.rules) {
            rule.description = own.description;
            rule.tags = own.tags;
            rule.meta = own.meta;
        }
    }

    /// True when it speaks of exactly the labels and rules of `tables`.
    pub(crate) fn fits(&self, tables: &Tables) -> bool {
        self.labels.len() == tables.labels.len() && self.rules.len() == tables.rules.len()
    }
}
