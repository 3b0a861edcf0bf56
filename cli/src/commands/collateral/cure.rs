//! `--fix`: exceptions written into the policy, and looked at before they are.

use super::found::Findings;
use crate::failure::Failure;
use crate::files;
use crate::policy::PolicyArgs;
use crate::ui::number::plural;
use std::path::PathBuf;
use tamis::amend::{Change, ChangeKind};
use tamis::collateral::Hunt;
use tamis::{Policy, testing};

/// A policy's file with exceptions.
pub(super) struct Cure {
    path: PathBuf,
    pub(super) old: String,
    pub(super) new: String,
    /// How many finds are none any more.
    pub(super) cured: usize,
    /// Rules that leave no place for exceptions.
    pub(super) left: Vec<String>,
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
        let (_, path) = args.own_file(policy)?;
        let changes = findings.rules.iter().map(|rule| Change {
            rule: rule.rule.clone(),
            kind: ChangeKind::Spare(rule.shown(limit).iter().map(|f| f.text.clone()).collect()),
        });
        let amended = policy.amend(&changes.collect::<Vec<_>>());
        let changed = args.load_changed(policy, &amended.text)?;
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
        let old = policy.sources().file(tamis::FileId(0)).map_or("", |file| file.text()).to_owned();
        Ok(Self { path, old, new: amended.text, cured, left: amended.left })
    }

    pub(super) fn write(&self) -> Result<(), Failure> {
        if self.old == self.new { Ok(()) } else { files::replace(&self.path, &self.new) }
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

fn failing(policy: &Policy) -> Result<usize, Failure> {
    Ok(testing::run(policy)?.iter().filter(|outcome| !outcome.passed).count())
}
