//! What became different, counted by kind of change and by rule.

use crate::corpus::{Document, Id};
use serde::Serialize;
use std::collections::BTreeMap;
use tamis::ids::ActionId;
use tamis::{Fired, Ruleset, VerdictRef};

/// How a decision changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    /// It leaves the first action.
    NewFlag,
    /// It returns to the first action.
    LostFlag,
    Stricter,
    Milder,
}

impl Kind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::NewFlag => "new flag",
            Self::LostFlag => "lost flag",
            Self::Stricter => "stricter",
            Self::Milder => "milder",
        }
    }
}

/// Changes by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Counts {
    pub(super) new_flags: u64,
    pub(super) lost_flags: u64,
    pub(super) stricter: u64,
    pub(super) milder: u64,
}

impl Counts {
    fn add(&mut self, kind: Kind) {
        *match kind {
            Kind::NewFlag => &mut self.new_flags,
            Kind::LostFlag => &mut self.lost_flags,
            Kind::Stricter => &mut self.stricter,
            Kind::Milder => &mut self.milder,
        } += 1;
    }

    pub(super) fn all(self) -> u64 {
        self.new_flags + self.lost_flags + self.stricter + self.milder
    }
}

/// What a rule did otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Did {
    /// It fired for the new policy only.
    Fires,
    /// It fired for the old policy only.
    FiresNoMore,
    /// It fired for both and added other points.
    OtherPoints,
}

impl Did {
    pub(super) fn sign(self) -> &'static str {
        match self {
            Self::Fires => "+",
            Self::FiresNoMore => "-",
            Self::OtherPoints => "±",
        }
    }
}

/// Where a document stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'p> {
    pub(super) id: Option<&'p Id<'p>>,
    pub(super) file: Option<&'p str>,
    pub(super) line: u64,
}

/// A changed document to show.
#[derive(Debug)]
pub(super) struct Example {
    pub(super) place: String,
    pub(super) kind: Kind,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) rules: Vec<(String, Did)>,
    pub(super) text: String,
}

/// All changes of a run.
#[derive(Debug)]
pub(super) struct Changes<'r> {
    pub(super) old: &'r Ruleset,
    pub(super) new: &'r Ruleset,
    pub(super) counts: Counts,
    /// Documents by their actions, the old and the new one.
    pub(super) moves: BTreeMap<(String, String), u64>,
    /// What rules did otherwise in changed documents.
    pub(super) rules: BTreeMap<(String, Did), Counts>,
    /// Changed documents in which no rule did otherwise: labels, floors, exemptions changed.
    pub(super) without_rule: Counts,
    /// Documents with the same action for other reasons.
    pub(super) other_reasons: u64,
    pub(super) examples: Vec<Example>,
    show: usize,
}

impl<'r> Changes<'r> {
    pub(super) fn new(old: &'r Ruleset, new: &'r Ruleset, show: usize) -> Self {
        Self {
            old,
            new,
            counts: Counts::default(),
            moves: BTreeMap::new(),
            rules: BTreeMap::new(),
            without_rule: Counts::default(),
            other_reasons: 0,
            examples: Vec::new(),
            show,
        }
    }

    /// Counts a document; the kind of its change, if it changed.
    pub(super) fn add(
        &mut self,
        document: &Document<'_>,
        place: &Place<'_>,
        before: VerdictRef<'_>,
        after: VerdictRef<'_>,
    ) -> Option<Kind> {
        let from = self.old.action_name(before.action());
        let to = self.new.action_name(after.action());
        let rules = self.rules_of(before, after);
        if from == to {
            self.other_reasons += u64::from(!rules.is_empty());
            return None;
        }
        let kind = self.kind(before.action(), after.action());
        self.counts.add(kind);
        if rules.is_empty() {
            self.without_rule.add(kind);
        }
        for rule in &rules {
            self.rules.entry(rule.clone()).or_default().add(kind);
        }
        let (from, to) = (from.to_owned(), to.to_owned());
        if self.examples.len() < self.show {
            let text = document.input.fields().iter().map(|field| field.text.as_ref());
            self.examples.push(Example {
                place: shown(place),
                kind,
                from: from.clone(),
                to: to.clone(),
                rules,
                text: text.collect::<Vec<_>>().join(" ⏐ "),
            });
        }
        *self.moves.entry((from, to)).or_default() += 1;
        Some(kind)
    }

    fn kind(&self, before: ActionId, after: ActionId) -> Kind {
        let first = ActionId(0);
        match (before == first, after == first) {
            (true, false) => Kind::NewFlag,
            (false, true) => Kind::LostFlag,
            _ => {
                // In the new policy's order, where it has the old action too.
                let known = self.new.action_id(self.old.action_name(before));
                if after > known.unwrap_or(before) { Kind::Stricter } else { Kind::Milder }
            }
        }
    }

    /// The enforced rules that fired for one only, or added other points, by name.
    fn rules_of(&self, before: VerdictRef<'_>, after: VerdictRef<'_>) -> Vec<(String, Did)> {
        let named = |ruleset: &'r Ruleset, fired: &[Fired]| -> BTreeMap<&'r str, i64> {
            let name = |f: &Fired| (ruleset.rules()[f.rule.index()].id.as_str(), f.points.0);
            fired.iter().map(name).collect()
        };
        if before.fired().is_empty() && after.fired().is_empty() {
            return Vec::new();
        }
        let (old, new) = (named(self.old, before.fired()), named(self.new, after.fired()));
        let mut rules = Vec::new();
        for (rule, points) in &new {
            match old.get(rule) {
                None => rules.push(((*rule).to_owned(), Did::Fires)),
                Some(other) if other != points => {
                    rules.push(((*rule).to_owned(), Did::OtherPoints));
                }
                Some(_) => {}
            }
        }
        let gone = old.keys().filter(|rule| !new.contains_key(*rule));
        rules.extend(gone.map(|rule| ((*rule).to_owned(), Did::FiresNoMore)));
        rules
    }
}

fn shown(place: &Place<'_>) -> String {
    let id = place.id.and_then(|id| serde_json::to_string(id).ok());
    match (id, place.file) {
        (Some(id), _) => id.trim_matches('"').to_owned(),
        (None, Some(file)) => format!("{file}:{}", place.line),
        (None, None) => format!("line {}", place.line),
    }
}
