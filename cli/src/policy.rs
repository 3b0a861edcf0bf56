//! Loading a POLICY argument.

use crate::failure::Failure;
use crate::ui::diagnostics;
use tamis::ids::ActionId;
use tamis::{Policy, Ruleset};

/// The ruleset of `spec`, a file or `pack:NAME`; its warnings go to standard error.
pub(crate) fn load(spec: &str) -> Result<Ruleset, Failure> {
    let ruleset = Policy::load(spec)?.compile()?;
    if !ruleset.warnings().is_empty() {
        // Warnings are `lint`'s to show; here a line is enough to not overlook them.
        diagnostics::mention_warnings(spec, ruleset.warnings())?;
    }
    Ok(ruleset)
}

/// The action called `name`.
pub(crate) fn action(ruleset: &Ruleset, name: &str) -> Result<ActionId, Failure> {
    ruleset.action_id(name).ok_or_else(|| {
        let actions: Vec<_> = ruleset.actions().collect();
        Failure::input(format!(
            "the policy has no action `{name}`; its actions are: {}",
            actions.join(", ")
        ))
    })
}
