//! A verdict in sentences, for somebody who has not read the policy.

use crate::ids::ActionId;
use crate::input::Input;
use crate::report::{self, MatchReport, Offsets, Report, RuleReport};
use crate::ruleset::Ruleset;
use crate::verdict::{Match, Suppressor, VerdictRef};
use std::fmt::Write;

impl Ruleset {
    /// Why the verdict is what it is: a sentence for the action, for each label,
    /// for each rule that fired or could not be decided, and for each match that
    /// an exception spared.
    ///
    /// # Panics
    /// When the verdict is of another ruleset or another document.
    pub fn explain<'a>(
        &'a self,
        verdict: impl Into<VerdictRef<'a>>,
        input: &'a Input<'_>,
    ) -> String {
        let verdict = verdict.into();
        let report = self.report(verdict, input, Offsets::Codepoints);
        let mut text = String::new();
        let mut writer = Explainer { ruleset: self, verdict, input, out: &mut text };
        // Writing to a string cannot fail.
        let _ = writer.write(&report);
        text
    }
}

struct Explainer<'e> {
    ruleset: &'e Ruleset,
    verdict: VerdictRef<'e>,
    input: &'e Input<'e>,
    out: &'e mut String,
}

impl Explainer<'_> {
    fn write(&mut self, report: &Report<'_>) -> std::fmt::Result {
        writeln!(self.out, "Action: {}.", report.action)?;
        if report.exempt {
            writeln!(
                self.out,
                "The document is exempt, so the first action holds whatever was found."
            )?;
        }
        if report.saturated {
            writeln!(self.out, "The text hit a limit; what lies beyond it was not looked at.")?;
        }
        self.labels()?;
        for rule in &report.rules {
            self.rule(rule, "")?;
        }
        for rule in &report.shadow.rules {
            self.rule(rule, "In shadow mode: ")?;
        }
        if !report.shadow.rules.is_empty() {
            writeln!(
                self.out,
                "With the shadow rules enforced the action would be {}.",
                report.shadow.action
            )?;
        }
        for undecided in &report.undecided {
            let missing = quoted(undecided.missing.iter().copied());
            let what = match undecided.missing.len() {
                0 => "a division by zero".to_owned(),
                1 => format!("the fact {missing} is missing"),
                _ => format!("the facts {missing} are missing"),
            };
            writeln!(self.out, "`{}` could not be decided: {what}.", undecided.rule)?;
        }
        if !report.invalid_facts.is_empty() {
            let facts = quoted(report.invalid_facts.iter().copied());
            writeln!(self.out, "Ignored, because the value is not of the declared type: {facts}.")?;
        }
        self.spared()?;
        if report.rules.is_empty() && report.shadow.rules.is_empty() && report.undecided.is_empty()
        {
            writeln!(self.out, "No rule fired.")?;
        }
        Ok(())
    }

    fn labels(&mut self) -> std::fmt::Result {
        for score in self.verdict.labels() {
            let label = &self.ruleset.labels()[score.label.index()];
            write!(self.out, "{}: {} points", label.name, score.score)?;
            let reached = label.thresholds.iter().find(|&&(action, _)| action == score.action);
            if let Some(&(action, at)) = reached {
                let name = self.ruleset.action_name(action);
                write!(self.out, ", which means {name} (from {at})")?;
            }
            let next = report::next_threshold(self.ruleset, score.label, score.action);
            if let Some((name, at)) = next {
                write!(self.out, "; {name} starts at {at}")?;
            }
            self.out.push_str(".\n");
        }
        Ok(())
    }

    fn rule(&mut self, rule: &RuleReport<'_>, prefix: &str) -> std::fmt::Result {
        write!(self.out, "{prefix}`{}` fired", rule.rule)?;
        if let Some(label) = rule.label {
            write!(self.out, " and adds {} points to {label}", rule.points)?;
        }
        if let Some(action) = self.floor(rule.rule) {
            write!(self.out, ", with {} as the least action", self.ruleset.action_name(action))?;
        }
        let mut first = true;
        for found in &rule.matches {
            self.out.push_str(if first { ": " } else { ", " });
            first = false;
            self.found(found)?;
        }
        self.out.push_str(".\n");
        Ok(())
    }

    fn floor(&self, rule: &str) -> Option<ActionId> {
        self.ruleset.rules().iter().find(|r| r.id == rule).and_then(|r| r.action)
    }

    fn found(&mut self, found: &MatchReport<'_>) -> std::fmt::Result {
        write!(self.out, "\"{}\"", found.text)?;
        if found.group != "patterns" {
            write!(self.out, " ({})", found.group)?;
        }
        write!(self.out, " at {}–{}", found.start, found.end)?;
        if self.ruleset.fields().len() > 1 {
            write!(self.out, " of {}", found.field)?;
        }
        if found.text != found.pattern && !found.text.eq_ignore_ascii_case(found.pattern) {
            write!(self.out, " for the pattern `{}`", found.pattern)?;
        }
        if !found.evasion.kinds.is_empty() {
            write!(self.out, ", undone: {}", found.evasion.kinds.join(", "))?;
        }
        Ok(())
    }

    fn spared(&mut self) -> std::fmt::Result {
        for found in self.verdict.matches() {
            if let Some(reason) = self.ruleset.spared(found) {
                let text = self.ruleset.field_text(self.input, found.field);
                let rule = &self.ruleset.rules()[found.rule.index()].id;
                let found = &text[found.raw.range()];
                writeln!(self.out, "\"{found}\" does not count for `{rule}`: {reason}.")?;
            }
        }
        Ok(())
    }
}

impl Ruleset {
    /// What took a match out, if anything did.
    fn spared(&self, found: &Match) -> Option<String> {
        Some(match found.suppressed_by? {
            Suppressor::Exception(except) => {
                format!("spared by the exception `{}`", self.exception_text(except))
            }
            Suppressor::Veto => "as it stands it is an ordinary word".to_owned(),
        })
    }
}

fn quoted<'n>(names: impl Iterator<Item = &'n str>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
