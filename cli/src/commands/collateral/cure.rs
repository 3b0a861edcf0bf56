//! `--fix`: exceptions written into the policy, and looked at before they are.

use super::found::Findings;
use crate::failure::Failure;
use crate::policy::PolicyArgs;
use crate::revision::{Revision, failing};
use crate::ui::number::plural;
use tamis::Policy;
use tamis::amend::{Change, ChangeKind};
use tamis::collateral::Hunt;

/// A policy's file with exceptions.
pub(super) struct Cure {
    pub(super) revision: Revision,
    /// How many finds are none any more.
    pub(super) cured: usize,
}

impl Cure {
    /// Exceptions for the first `limit` finds of each rule.
    pub(super) fn new(
        args: &PolicyArgs,
        policy: &Policy,
        findings: &Findings,
        limit: usize,
        threads: usize,
    ) -> Result<Self, Failure> {
        args.own_file(policy)?;
        let changes = findings.rules.iter().map(|rule| Change {
            rule: rule.rule.clone(),
            kind: ChangeKind::Spare(rule.shown(limit).iter().map(|f| f.text.clone()).collect()),
        });
        let (revision, changed) = Revision::new(args, policy, &changes.collect::<Vec<_>>())?;
        let broken = failing(&changed)?.saturating_sub(failing(policy)?);
        if broken > 0 {
            let tests = plural(broken as u64, "test");
            return Err(Failure::input(format!(
                "the exceptions would make {tests} of the policy fail; nothing was written"
            )));
        }
        let names: Vec<String> = findings.rules.iter().map(|rule| rule.rule.clone()).collect();
        let mut cured = 0;
        if !names.is_empty() {
            let hunt = Hunt::new(&changed, &names)?;
            cured = findings.count() - still_found(&hunt, findings, threads);
        }
        Ok(Self { revision, cured })
    }
}

/// How many of the finds there are still.
fn still_found(hunt: &Hunt, findings: &Findings, threads: usize) -> usize {
    let finds = |rule: &super::found::RuleFindings| {
        let texts: Vec<&str> = rule.found.iter().map(|found| found.text.as_str()).collect();
        hunt.hits(&texts, threads).into_iter().filter(|hit| hit.rule == rule.rule).count()
    };
    findings.rules.iter().map(finds).sum()
}
