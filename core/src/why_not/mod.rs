//! Why a rule did not fire, or fired and changed nothing.
//!
//! The answer joins what the engine saw (matches, what removed them, the value of
//! every part of the condition) with what it would have seen had the rule been
//! written otherwise: the rule is compiled again with one thing changed at a time.
//! None of this is on the way to a verdict.

mod answer;
mod condition;
mod finds;
mod render;
mod what_if;
mod words;

use answer::MATCHES;
pub use answer::{Cause, Find, GroupFinds, Part, Place, Reason, Removed, ScoreGap, WhyNot};
pub use words::kind as kind_in_words;

use crate::engine::Closer;
use crate::eval::Truth;
use crate::ids::{ActionId, RuleId};
use crate::input::Input;
use crate::report::Offsets;
use crate::ruleset::Ruleset;
use crate::span::SourceSpan;
use crate::spec::model::Mode;
use crate::verdict::Verdict;

impl Ruleset {
    /// Why `rule` did not fire on a document, or fired and changed nothing.
    ///
    /// Slow, for people: the rule is compiled again to see what other settings would
    /// have found. That needs the policy's source, which a ruleset made from compiled bytes lacks.
    ///
    /// ```
    /// let ruleset: tamis::Ruleset = r#"
    /// policy: demo
    /// labels: { spam: { review: 3 } }
    /// rules:
    ///   - { id: offer, label: spam, points: 3, patterns: [free gold], except: [free gold day] }
    /// "#.parse()?;
    /// let offer = ruleset.rule_id("offer").unwrap();
    /// let why = ruleset.why_not("the free gold day", offer, tamis::Offsets::Codepoints);
    /// assert!(!why.fired);
    /// assert!(why.to_string().contains("removed by the exception `free gold day`"));
    /// # Ok::<(), tamis::PolicyError>(())
    /// ```
    pub fn why_not<'t>(
        &self,
        input: impl Into<Input<'t>>,
        rule: RuleId,
        offsets: Offsets,
    ) -> WhyNot {
        let input = input.into();
        let verdict = self.classify(&input);
        Asker { ruleset: self, input: &input, rule, offsets, verdict: &verdict }.answer()
    }
}

/// A question: why did `rule` not fire?
#[derive(Clone, Copy)]
struct Asker<'a> {
    ruleset: &'a Ruleset,
    input: &'a Input<'a>,
    rule: RuleId,
    offsets: Offsets,
    verdict: &'a Verdict,
}

impl Asker<'_> {
    fn answer(self) -> WhyNot {
        let info = &self.ruleset.rules()[self.rule.index()];
        let seen = self.ruleset.look_closer(self.input, self.rule);
        let exempt = self.verdict.as_ref().exempt();
        let counts = info.mode == Mode::Enforce && !info.is_helper() && !exempt;
        let mut answer = WhyNot {
            rule: info.id.clone(),
            summary: String::new(),
            fired: seen.truth == Truth::True && counts,
            truth: seen.truth,
            action: self.ruleset.action_name(self.verdict.action()).to_owned(),
            offsets: self.offsets,
            reasons: Vec::new(),
            condition: None,
            groups: Vec::new(),
            missing: Vec::new(),
            score: self.score(seen.truth == Truth::True),
        };
        self.standing(exempt, &mut answer);
        // What a disabled rule would have done is told by one that is not.
        let skipped = info.mode == Mode::Disabled || !seen.speaks;
        match skipped.then(|| what_if::enabled(self)).flatten() {
            Some(enabled) => {
                let input = self.input.clone().any_lang();
                let rule = enabled.rule_id(&info.id).unwrap_or(self.rule);
                let asker = Asker { ruleset: &enabled, input: &input, rule, ..self };
                let seen = enabled.look_closer(&input, rule);
                asker.look_at(&seen, &mut answer);
            }
            None => self.look_at(&seen, &mut answer),
        }
        if answer.fired {
            answer.reasons.extend(Self::threshold(&answer));
        }
        answer.summary = summary(&answer);
        answer
    }

    /// What the rule found and what came of it.
    fn look_at(self, seen: &Closer, answer: &mut WhyNot) {
        answer.groups = self.groups(seen);
        answer.condition = seen.trace.as_ref().map(|trace| self.part(trace, seen));
        answer.missing =
            seen.missing.iter().map(|&fact| self.ruleset.fact_name(fact).to_owned()).collect();
        if seen.truth != Truth::True {
            Self::missing_facts(seen, answer);
            let empty = self.failing_parts(seen, &mut answer.reasons);
            self.removed(seen, &mut answer.reasons);
            what_if::explore(self, seen, &empty, &mut answer.reasons);
            if seen.saturated {
                answer.reasons.push(Reason::new(
                    Cause::Saturated,
                    "The text hit a limit of undoing, so disguises behind it were not looked for."
                        .to_owned(),
                ));
            }
        }
    }

    /// What about the rule or the document makes it count or not, whatever was found.
    fn standing(self, exempt: bool, answer: &mut WhyNot) {
        let info = &self.ruleset.rules()[self.rule.index()];
        let id = &info.id;
        let mut say = |cause, sentence: String| answer.reasons.push(Reason::new(cause, sentence));
        if exempt {
            let action = self.ruleset.action_name(ActionId(0));
            say(
                Cause::Exempt,
                format!("The document is exempt, so the action is {action}, whatever was found."),
            );
        }
        match info.mode {
            Mode::Disabled => say(
                Cause::Disabled,
                format!("`{id}` is disabled (`mode: disabled`): its patterns are not looked for."),
            ),
            Mode::Shadow => {
                let would = self.ruleset.action_name(self.verdict.as_ref().shadow_action());
                say(
                    Cause::Shadow,
                    format!(
                        "`{id}` is in shadow mode, so it is reported and changes nothing; \
                         with the shadow rules enforced the action would be {would}."
                    ),
                );
            }
            Mode::Enforce => {}
        }
        if info.is_helper() {
            say(
                Cause::Helper,
                format!(
                    "`{id}` has neither a label nor an action: other rules may use it, \
                     alone it does nothing."
                ),
            );
        }
        let langs = &self.ruleset.inner().tables.logic[self.rule.index()].langs;
        if let Some(lang) = self.input.language()
            && !crate::engine::speaks(langs, lang)
        {
            say(
                Cause::Language,
                format!(
                    "The document states the language `{lang}`, and `{id}` is for {} only.",
                    words::names(langs.iter().map(String::as_str))
                ),
            );
        }
    }

    fn missing_facts(seen: &Closer, answer: &mut WhyNot) {
        if seen.truth != Truth::Unknown {
            return;
        }
        let sentence = match &answer.missing[..] {
            [] => "The condition cannot be decided: something is divided by zero.".to_owned(),
            [fact] => format!("The condition cannot be decided: the fact `{fact}` is missing."),
            facts => format!(
                "The condition cannot be decided: the facts {} are missing.",
                words::names(facts.iter().map(String::as_str))
            ),
        };
        answer.reasons.push(Reason::new(Cause::MissingFact, sentence));
    }

    fn score(self, fired: bool) -> Option<ScoreGap> {
        let info = &self.ruleset.rules()[self.rule.index()];
        let label = info.label?;
        let verdict = self.verdict.as_ref();
        let score = verdict.score(label);
        let found = verdict.labels().iter().find(|l| l.label == label);
        let action = found.map_or(ActionId(0), |l| l.action);
        let next = crate::report::next_threshold(self.ruleset, label, action);
        let own = verdict.fired().iter().find(|f| f.rule == self.rule).filter(|_| fired);
        Some(ScoreGap {
            label: self.ruleset.labels()[label.index()].name.clone(),
            score: score.to_f64(),
            action: self.ruleset.action_name(action).to_owned(),
            points: own.map_or(info.points, |f| f.points).to_f64(),
            next: next.map(|(name, _)| name.to_owned()),
            threshold: next.map(|(_, at)| at.to_f64()),
            missing: next.map(|(_, at)| crate::decimal::Milli(at.0 - score.0).to_f64()),
        })
    }

    /// Why a rule that fired did not lead to more.
    fn threshold(answer: &WhyNot) -> Option<Reason> {
        let gap = answer.score.as_ref()?;
        let (next, at, missing) = (gap.next.as_ref()?, gap.threshold?, gap.missing?);
        let ScoreGap { label, score, points, .. } = gap;
        let sentence = format!(
            "`{}` fired and adds {} to {label}, which has {score} in all; \
             {next} starts at {at}, so {} missing.",
            answer.rule,
            words::points(*points),
            words::are_points(missing),
        );
        Some(Reason::new(Cause::Threshold, sentence))
    }

    /// The place of something in the policy's sources.
    fn place(self, span: SourceSpan) -> Option<Place> {
        let origin = self.ruleset.inner().origin.as_ref()?;
        if span == SourceSpan::default() {
            return None;
        }
        let sources = origin.policy.sources();
        let at = sources.position(span);
        Some(Place { file: sources.name(span).to_owned(), line: at.line, column: at.column })
    }
}

fn summary(answer: &WhyNot) -> String {
    let rule = &answer.rule;
    match (answer.fired, answer.truth) {
        (true, _) => format!("`{rule}` fired; the action is {}.", answer.action),
        (false, Truth::True) => format!("`{rule}` holds, but does not count."),
        (false, Truth::Unknown) => format!("`{rule}` could not be decided."),
        (false, Truth::False) => format!("`{rule}` did not fire."),
    }
}
