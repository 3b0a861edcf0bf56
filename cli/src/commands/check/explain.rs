//! A verdict explained to someone who has not read the documentation.

use crate::ui::excerpt::{Marks, excerpt, one_line, visible};
use crate::ui::number::plural;
use crate::ui::style::{self, BOLD, DIM, MATCH, WARN};
use crate::ui::table::heading;
use std::io::{self, Write};
use tamis::ids::ActionId;
use tamis::report::RuleReport;
use tamis::why_not::kind_in_words;
use tamis::{Fired, Input, Match, Policy, Report, Ruleset, Suppressor, Verdict, VerdictRef};

/// So many matches of one rule are listed.
const MATCHES: usize = 6;
/// Longer finds are cut.
const FOUND: usize = 60;

/// A verdict and all that is needed to explain it.
pub(super) struct Explain<'e> {
    /// None when the ruleset was compiled before.
    policy: Option<&'e Policy>,
    ruleset: &'e Ruleset,
    verdict: VerdictRef<'e>,
    input: &'e Input<'e>,
    report: &'e Report<'e>,
}

impl<'e> Explain<'e> {
    /// All about `verdict`.
    pub(super) fn new(
        policy: Option<&'e Policy>,
        ruleset: &'e Ruleset,
        verdict: &'e Verdict,
        input: &'e Input<'e>,
        report: &'e Report<'e>,
    ) -> Self {
        Self { policy, ruleset, verdict: verdict.as_ref(), input, report }
    }

    /// Writes the explanation.
    pub(super) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        self.decision(out)?;
        self.texts(out)?;
        self.fired(out)?;
        self.scores(out)?;
        self.spared(out)?;
        self.shadow(out)?;
        self.undecided(out)
    }

    fn decision(&self, out: &mut impl Write) -> io::Result<()> {
        let style = style::action(self.ruleset, self.verdict.action());
        let action = self.report.action;
        writeln!(out, "{BOLD}Decision:{BOLD:#} {style}{action}{style:#}, {}", self.reason())
    }

    /// Why it is this action and no other.
    fn reason(&self) -> String {
        if self.verdict.exempt() {
            return "because the document is exempt: whatever was found does not count".to_owned();
        }
        let action = self.verdict.action();
        if action == ActionId(0) {
            let nothing = self.verdict.fired().is_empty();
            let because = if nothing { "no rule fired" } else { "no score reaches a threshold" };
            return format!("because {because}");
        }
        let mut reasons = Vec::new();
        for label in self.verdict.labels().iter().filter(|l| l.action == action) {
            let info = &self.ruleset.labels()[label.label.index()];
            let at = info.thresholds.iter().find(|&&(a, _)| a == action).map(|&(_, at)| at);
            let from =
                at.map_or_else(String::new, |at| format!(" ({} from {at})", self.report.action));
            reasons.push(format!("{} scored {}{from}", info.name, label.score));
        }
        for fired in self.verdict.fired() {
            let rule = &self.ruleset.rules()[fired.rule.index()];
            if rule.action == Some(action) {
                reasons.push(format!("rule {} asks for it", rule.id));
            }
        }
        if self.verdict.saturated() {
            reasons.push("the text hit a limit of the policy".to_owned());
        }
        format!("because {}", reasons.join(" and "))
    }

    /// The texts with the matches of fired rules marked.
    fn texts(&self, out: &mut impl Write) -> io::Result<()> {
        let fields = self.input.fields();
        for field in fields {
            let name = field.name.as_deref();
            let remark = name.filter(|_| fields.len() > 1 || name != Some("text"));
            writeln!(out)?;
            if let Some(name) = remark {
                writeln!(out, "  {DIM}{name}:{DIM:#}")?;
            }
            let spans = self.verdict.matches().iter().filter(|m| {
                m.suppressed_by.is_none() && self.is_fired(m) && self.field_is(m, name)
            });
            let spans = spans.map(|m| m.raw.range()).collect();
            for line in excerpt(&field.text, spans, Marks::for_stdout()).lines() {
                writeln!(out, "  {line}")?;
            }
        }
        Ok(())
    }

    fn is_fired(&self, found: &Match) -> bool {
        self.verdict.fired().iter().any(|fired| fired.rule == found.rule)
    }

    /// A text without a name goes to the policy's first field.
    fn field_is(&self, found: &Match, name: Option<&str>) -> bool {
        let field = found.field.index();
        match name {
            Some(name) => self.ruleset.fields().get(field).is_some_and(|f| f == name),
            None => field == 0,
        }
    }

    fn fired(&self, out: &mut impl Write) -> io::Result<()> {
        if self.verdict.fired().is_empty() {
            return Ok(());
        }
        heading(out, "Rules that fired", "")?;
        for (fired, report) in self.verdict.fired().iter().zip(&self.report.rules) {
            writeln!(out, "  {BOLD}{}{BOLD:#}  {}", report.rule, self.effect(*fired))?;
            let info = &self.ruleset.rules()[fired.rule.index()];
            if let Some(description) = &info.description {
                writeln!(out, "    {DIM}{}{DIM:#}", one_line(description, 200))?;
            }
            self.grounds(out, report)?;
            if let Some(message) = &report.message {
                writeln!(out, "    tell the author: {}", one_line(message, 300))?;
            }
        }
        Ok(())
    }

    /// What a rule does: `adds 5 to harassment, asks for at least review`.
    fn effect(&self, fired: Fired) -> String {
        let rule = &self.ruleset.rules()[fired.rule.index()];
        let mut effects = Vec::new();
        if let Some(label) = rule.label {
            let label = &self.ruleset.labels()[label.index()].name;
            let points = fired.points;
            effects.push(match points.0 {
                0 => format!("speaks of {label}, without points"),
                n if n < 0 => format!("takes {} from {label}", tamis::Milli(-n)),
                _ => format!("adds {points} to {label}"),
            });
        }
        if let Some(action) = rule.action {
            effects.push(format!("asks for at least {}", self.ruleset.action_name(action)));
        }
        effects.join(", ")
    }

    /// What a rule found, and the condition that made it fire.
    fn grounds(&self, out: &mut impl Write, rule: &RuleReport<'_>) -> io::Result<()> {
        let many_fields = self.input.fields().len() > 1;
        for found in rule.matches.iter().take(MATCHES) {
            let text = one_line(found.text, FOUND);
            write!(out, "    {MATCH}{text}{MATCH:#}  at character {}", found.start + 1)?;
            if many_fields {
                write!(out, " of {}", found.field)?;
            }
            let pattern = one_line(found.pattern, FOUND);
            match found.group {
                "patterns" => write!(out, "{DIM}, pattern{DIM:#} {pattern}")?,
                group => write!(out, "{DIM}, pattern{DIM:#} {pattern} {DIM}of {group}{DIM:#}")?,
            }
            if !found.evasion.kinds.is_empty() {
                write!(out, "; {WARN}disguised{WARN:#} by {}", in_words(&found.evasion.kinds))?;
            }
            writeln!(out)?;
        }
        if rule.matches.len() > MATCHES {
            writeln!(out, "    … and {} more", rule.matches.len() - MATCHES)?;
        }
        if let Some(condition) = self.condition(rule.rule) {
            writeln!(out, "    {DIM}condition:{DIM:#} {}", one_line(condition, 300))?;
        }
        Ok(())
    }

    /// A rule's `when`, as its author wrote it.
    fn condition(&self, rule: &str) -> Option<&str> {
        let rules = &self.policy?.spec().rules;
        let rule = rules.iter().find(|r| r.id.as_ref().is_some_and(|id| id.value == rule))?;
        rule.when.as_ref().map(|when| when.source.value.as_str())
    }

    fn scores(&self, out: &mut impl Write) -> io::Result<()> {
        if self.verdict.labels().is_empty() {
            return Ok(());
        }
        heading(out, "Scores", "")?;
        for label in self.verdict.labels() {
            let info = &self.ruleset.labels()[label.label.index()];
            let style = style::action(self.ruleset, label.action);
            let name = self.ruleset.action_name(label.action);
            let levels: Vec<_> = info
                .thresholds
                .iter()
                .map(|&(action, at)| format!("{} from {at}", self.ruleset.action_name(action)))
                .collect();
            let probability = info.probability(label.score);
            let probability = probability
                .map(|p| format!(" {DIM}(probability {p:.3}){DIM:#}"))
                .unwrap_or_default();
            writeln!(
                out,
                "  {} {BOLD}{}{BOLD:#}{probability} → {style}{name}{style:#}  {DIM}({}){DIM:#}",
                info.name,
                label.score,
                levels.join(", ")
            )?;
        }
        Ok(())
    }

    /// Matches that exceptions took out.
    fn spared(&self, out: &mut impl Write) -> io::Result<()> {
        let mut lines: Vec<String> = Vec::new();
        for found in self.verdict.matches() {
            let Some(Suppressor::Exception(except)) = found.suppressed_by else { continue };
            let field =
                self.input.fields().iter().find(|f| self.field_is(found, f.name.as_deref()));
            let Some(text) = field.and_then(|f| f.text.get(found.raw.range())) else { continue };
            let line = format!(
                "  {}  would match rule {}; spared by the exception {}",
                one_line(text, FOUND),
                self.ruleset.rules()[found.rule.index()].id,
                visible(self.ruleset.exception_text(except))
            );
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
        if lines.is_empty() {
            return Ok(());
        }
        heading(out, "Spared", "")?;
        for line in lines.iter().take(MATCHES) {
            writeln!(out, "{line}")?;
        }
        Ok(())
    }

    fn shadow(&self, out: &mut impl Write) -> io::Result<()> {
        if self.verdict.shadow().is_empty() {
            return Ok(());
        }
        let action = self.ruleset.action_name(self.verdict.shadow_action());
        let remark = format!("they change nothing; enforced, the decision would be {action}");
        heading(out, "Rules on trial (mode shadow)", &remark)?;
        for (fired, report) in self.verdict.shadow().iter().zip(&self.report.shadow.rules) {
            writeln!(out, "  {BOLD}{}{BOLD:#}  {}", report.rule, self.effect(*fired))?;
            self.grounds(out, report)?;
        }
        Ok(())
    }

    fn undecided(&self, out: &mut impl Write) -> io::Result<()> {
        let undecided = &self.report.undecided;
        if undecided.is_empty() {
            return Ok(());
        }
        let n = plural(undecided.len() as u64, "rule");
        heading(out, "Not decided", &format!("{n} asked for facts that were not given"))?;
        for rule in undecided {
            let facts: Vec<_> = rule.missing.iter().map(|f| format!("--fact {f}=…")).collect();
            writeln!(out, "  {BOLD}{}{BOLD:#}  {}", rule.rule, facts.join(" "))?;
        }
        Ok(())
    }
}

/// Kinds of evasion as people would call them.
fn in_words(kinds: &[&str]) -> String {
    let kinds: Vec<_> = kinds.iter().map(|kind| kind_in_words(kind)).collect();
    kinds.join(" and ")
}
