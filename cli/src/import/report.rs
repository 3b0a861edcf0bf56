//! What an import could not carry over, and what kept it from working at all.

use super::source::{Place, Source};
use serde::Serialize;

/// What happened to something of the original.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Effect {
    /// It is not in the policy.
    Lost,
    /// It is in the policy and means something a little different.
    Changed,
    /// A decision of the importer that its user should know.
    Note,
}

impl Effect {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Lost => "lost",
            Self::Changed => "changed",
            Self::Note => "note",
        }
    }
}

/// One thing that was not carried over as it was.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Loss {
    pub(crate) line: u32,
    pub(crate) column: u32,
    pub(crate) effect: Effect,
    /// What it concerns, as it stands in the file.
    pub(crate) what: String,
    pub(crate) why: String,
    /// What the policy has instead; empty when nothing.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) kept: String,
}

impl Loss {
    /// With what the policy has instead.
    pub(crate) fn kept(&mut self, kept: impl Into<String>) -> &mut Self {
        self.kept = kept.into();
        self
    }
}

/// Why the file cannot be imported. Line 0 means the whole file.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Problem {
    pub(crate) line: u32,
    pub(crate) column: u32,
    pub(crate) message: String,
    pub(crate) hint: String,
}

impl Problem {
    pub(crate) fn new(place: Place, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { line: place.line, column: place.column, message: message.into(), hint: hint.into() }
    }

    /// A problem with the whole file.
    pub(crate) fn whole(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::new(Place::default(), message, hint)
    }
}

/// Losses while they are collected.
#[derive(Debug)]
pub(crate) struct Report<'s> {
    source: &'s Source,
    losses: Vec<Loss>,
}

impl<'s> Report<'s> {
    pub(crate) fn new(source: &'s Source) -> Self {
        Self { source, losses: Vec::new() }
    }

    /// Something at the byte `at` that is not in the policy.
    pub(crate) fn lost(
        &mut self,
        at: usize,
        what: impl Into<String>,
        why: impl Into<String>,
    ) -> &mut Loss {
        self.add(Effect::Lost, self.source.place(at), what.into(), why.into())
    }

    /// Something at the byte `at` that means something a little different.
    pub(crate) fn changed(
        &mut self,
        at: usize,
        what: impl Into<String>,
        why: impl Into<String>,
    ) -> &mut Loss {
        self.add(Effect::Changed, self.source.place(at), what.into(), why.into())
    }

    /// A decision to know of, about what stands at the byte `at`.
    pub(crate) fn note(
        &mut self,
        at: usize,
        what: impl Into<String>,
        why: impl Into<String>,
    ) -> &mut Loss {
        self.add(Effect::Note, self.source.place(at), what.into(), why.into())
    }

    /// How many losses there are.
    pub(crate) fn len(&self) -> usize {
        self.losses.len()
    }

    /// Of the losses behind the first `len` nothing is kept: what had it is not in the policy,
    /// so what would be different in it is not worth telling.
    pub(crate) fn keep_nothing_since(&mut self, len: usize) {
        let behind = self.losses.split_off(len.min(self.losses.len()));
        let lost = behind.into_iter().filter(|loss| loss.effect == Effect::Lost);
        self.losses.extend(lost.map(|loss| Loss { kept: String::new(), ..loss }));
    }

    fn add(&mut self, effect: Effect, place: Place, what: String, why: String) -> &mut Loss {
        let Place { line, column } = place;
        self.losses.push(Loss { line, column, effect, what, why, kept: String::new() });
        let last = self.losses.len() - 1;
        &mut self.losses[last]
    }

    /// All of them by place; those of one place in the order they were found.
    pub(crate) fn finish(mut self) -> Vec<Loss> {
        self.losses.sort_by_key(|loss| (loss.line, loss.column));
        self.losses
    }
}

/// A piece of the original for a message: short, on one line, in backticks.
pub(crate) fn shown(text: &str) -> String {
    let line = crate::ui::excerpt::one_line(text, 60);
    if line.contains('`') { format!("\"{line}\"") } else { format!("`{line}`") }
}
