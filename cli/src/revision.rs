//! A policy's own file before and after a change that a command makes, and whether its tests
//! still pass.

use crate::failure::Failure;
use crate::files;
use crate::policy::PolicyArgs;
use tamis::amend::Change;
use tamis::{FileId, Policy, testing};

/// The text of a policy's own file, as it is and as it would be.
pub(crate) struct Revision {
    /// What its author wrote.
    pub(crate) old: String,
    /// The same with the changes.
    pub(crate) new: String,
    /// Rules that leave no place for their change.
    pub(crate) left: Vec<String>,
}

impl Revision {
    /// The file as it is.
    pub(crate) fn unchanged(policy: &Policy) -> Self {
        let old = policy.sources().file(FileId(0)).map_or("", |file| file.text()).to_owned();
        Self { new: old.clone(), old, left: Vec::new() }
    }

    /// The file with `changes`, and the policy that it makes.
    pub(crate) fn new(
        args: &PolicyArgs,
        policy: &Policy,
        changes: &[Change],
    ) -> Result<(Self, Policy), Failure> {
        let amended = policy.amend(changes);
        let changed = args.load_changed(policy, &amended.text)?;
        let revision = Self { new: amended.text, left: amended.left, ..Self::unchanged(policy) };
        Ok((revision, changed))
    }

    /// True when nothing would change.
    pub(crate) fn is_empty(&self) -> bool {
        self.old == self.new
    }

    /// Writes the new text over the old one.
    pub(crate) fn write(&self, args: &PolicyArgs, policy: &Policy) -> Result<(), Failure> {
        if self.is_empty() {
            return Ok(());
        }
        let (_, path) = args.own_file(policy)?;
        files::replace(&path, &self.new)
    }
}

/// How many of the policy's tests fail.
pub(crate) fn failing(policy: &Policy) -> Result<usize, Failure> {
    Ok(testing::run(policy)?.iter().filter(|outcome| !outcome.passed).count())
}
