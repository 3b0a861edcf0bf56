//! Loading a POLICY argument.

use crate::failure::Failure;
use crate::ui::diagnostics;
use tamis::ids::ActionId;
use tamis::{Policy, Ruleset};

/// The ruleset of `spec`, a file or `pack:NAME`; its warnings go to standard error.
pub(crate) fn load(spec: &str) -> Result<Ruleset, Failure> {
    load_with_source(spec).map(|(_, ruleset)| ruleset)
}

/// The same, with what its author wrote.
pub(crate) fn load_with_source(spec: &str) -> Result<(Policy, Ruleset), Failure> {
    let policy = Policy::load(spec)?;
    let ruleset = policy.compile()?;
    if !ruleset.warnings().is_empty() {
        // Warnings are `lint`'s to show; here a line is enough to not overlook them.
        diagnostics::mention_warnings(spec, ruleset.warnings())?;
    }
    Ok((policy, ruleset))
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
