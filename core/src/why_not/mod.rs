//! Why a rule did not fire, or fired and changed nothing.
//!
//! The answer joins what the engine saw (matches, what removed them, the value of
//! every part of the condition) with what it would have seen had the rule been
//! written otherwise: the rule is compiled again with one thing changed at a time.
//! None of this is on the way to a verdict.

mod condition;
mod finds;
mod render;
mod what_if;
mod words;

pub use words::kind as kind_in_words;

use crate::engine::Closer;
use crate::eval::Truth;
use crate::ids::{ActionId, RuleId};
use crate::input::Input;
use crate::report::{EvasionReport, Offsets};
use crate::ruleset::Ruleset;
use crate::span::SourceSpan;
use crate::spec::model::Mode;
use crate::verdict::Verdict;
use serde::Serialize;
use std::fmt;

/// So many matches of a group are named in a sentence.
const MATCHES: usize = 3;

/// Why a rule did not fire on a document, or why it changed nothing. Its `Display` is a
/// sentence a line, its `Serialize` the JSON of `tamis check --why-not --json`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct WhyNot {
    /// The rule.
    pub rule: String,
    /// The answer in one sentence.
    pub summary: String,
    /// True when it fired, counts, and the document is not exempt.
    pub fired: bool,
    /// The value of its condition; of a rule without one, whether it found anything.
    pub truth: Truth,
    /// The action of the verdict.
    pub action: String,
    /// What `start` and `end` count.
    pub offsets: Offsets,
    /// What kept it from firing or from changing the action, the weightiest first.
    pub reasons: Vec<Reason>,
    /// Its condition, part by part; none when it has none.
    pub condition: Option<Part>,
    /// What each of its groups found.
    pub groups: Vec<GroupFinds>,
    /// The facts its condition asks for that the document lacks.
    pub missing: Vec<String>,
    /// How its label stands; none when it has no label.
    pub score: Option<ScoreGap>,
}

/// One reason, in a sentence.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Reason {
    /// What kind of reason it is.
    pub cause: Cause,
    /// The reason for a person.
    pub sentence: String,
    /// The level that would have found it, for [`Cause::Level`] and [`Cause::Ceiling`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<&'static str>,
    /// Where in the policy the reason was written, where there is such a place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// The matches it is about: removed ones, or those another setting would find.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub matches: Vec<Find>,
}

/// The kinds of reasons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Cause {
    /// The document is exempt.
    Exempt,
    /// The rule is disabled.
    Disabled,
    /// The rule is in shadow mode.
    Shadow,
    /// The rule has neither label nor action.
    Helper,
    /// The document states a language that the rule is not for.
    Language,
    /// A fact is missing.
    MissingFact,
    /// A part of the condition does not hold.
    Condition,
    /// An exception removed a match.
    Exception,
    /// A match was vetoed: what would have to be undone is innocent as it stands.
    Veto,
    /// A field the rule does not look in has it.
    Field,
    /// A higher level undoes the disguise.
    Level,
    /// The kinds of disguise are undone at this level, but all in all cost too much.
    Ceiling,
    /// It is there in other capitals.
    Case,
    /// It is there, but as a part of a longer word.
    Boundary,
    /// It is there in another form of the word.
    Inflection,
    /// A group found nothing, and no other setting would.
    NothingFound,
    /// The text hit a limit of undoing.
    Saturated,
    /// The score stays below the next threshold.
    Threshold,
}

impl Cause {
    /// Every kind.
    pub const ALL: [Cause; 18] = [
        Cause::Exempt,
        Cause::Disabled,
        Cause::Shadow,
        Cause::Helper,
        Cause::Language,
        Cause::MissingFact,
        Cause::Condition,
        Cause::Exception,
        Cause::Veto,
        Cause::Field,
        Cause::Level,
        Cause::Ceiling,
        Cause::Case,
        Cause::Boundary,
        Cause::Inflection,
        Cause::NothingFound,
        Cause::Saturated,
        Cause::Threshold,
    ];
}

/// A place in a policy file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1.
    pub column: u32,
}

/// A part of a condition with its value.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Part {
    /// The part as written.
    pub text: String,
    /// A truth, number, text or list; null when it is unknown.
    pub value: serde_json::Value,
    /// What there is to say about it, if anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Where it was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// What it is made of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// True for comparisons, whose sides say why.
    #[serde(skip)]
    is_comparison: bool,
}

/// What a group found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroupFinds {
    /// The group.
    pub group: String,
    /// Its matches, removed ones included.
    pub matches: Vec<Find>,
}

/// A match, removed or not.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Find {
    /// The group.
    pub group: String,
    /// The pattern as written.
    pub pattern: String,
    /// The field.
    pub field: String,
    /// Where it starts.
    pub start: u32,
    /// One past its end.
    pub end: u32,
    /// The original text there.
    pub text: String,
    /// What was undone to find it.
    pub evasion: EvasionReport,
    /// What removed it, if anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub removed: Option<Removed>,
    /// True when the policy has several fields, so that sentences name it.
    #[serde(skip)]
    in_field: bool,
}

/// What removed a match.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Removed {
    /// An exception.
    Exception {
        /// As written.
        exception: String,
        /// Where.
        #[serde(skip_serializing_if = "Option::is_none")]
        place: Option<Place>,
    },
    /// The veto.
    Veto {
        /// Why the disguise is held to be innocent.
        because: String,
    },
}

/// How the label of a rule stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ScoreGap {
    /// The label.
    pub label: String,
    /// Its score.
    pub score: f64,
    /// The action the score leads to.
    pub action: String,
    /// What the rule adds, or would add, when it fires.
    pub points: f64,
    /// The next action, if there is a higher one.
    pub next: Option<String>,
    /// The score it starts at.
    pub threshold: Option<f64>,
    /// How many points are missing.
    pub missing: Option<f64>,
}

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

impl Reason {
    fn new(cause: Cause, sentence: String) -> Self {
        Self { cause, sentence, level: None, place: None, matches: Vec::new() }
    }

    fn at(self, place: Option<Place>) -> Self {
        Self { place, ..self }
    }

    fn about(self, matches: Vec<Find>) -> Self {
        Self { matches, ..self }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
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

impl WhyNot {
    /// What the rule found and measured, a sentence each: why its condition holds, when it does.
    pub fn grounds(&self) -> Vec<String> {
        let mut grounds = Vec::new();
        for GroupFinds { group, matches } in &self.groups {
            let counted = matches.iter().filter(|find| find.removed.is_none());
            let named: Vec<String> = counted.take(MATCHES).map(ToString::to_string).collect();
            if !named.is_empty() {
                grounds.push(format!("{} found {}.", words::group(group), words::joined(named)));
            }
        }
        if let Some(condition) = &self.condition {
            measured(condition, &mut grounds);
        }
        grounds
    }
}

/// Sentences for the comparisons of a condition that hold.
fn measured(part: &Part, grounds: &mut Vec<String>) {
    if part.is_comparison && part.value == serde_json::Value::Bool(true) {
        let note = part.note.as_ref().map_or_else(String::new, |note| format!(": {note}"));
        grounds.push(format!("`{}` holds{note}.", part.text));
    }
    for part in &part.parts {
        measured(part, grounds);
    }
}

impl fmt::Display for Find {
    /// `"k1ll" (3–7) for `kill`, written with digits or symbols for letters`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { text, pattern, start, end, .. } = self;
        write!(f, "{} ({start}–{end}", words::quoted(text))?;
        if self.in_field {
            write!(f, " of {}", self.field)?;
        }
        f.write_str(")")?;
        if text != pattern {
            write!(f, " for `{pattern}`")?;
        }
        if !self.evasion.kinds.is_empty() {
            let kinds = self.evasion.kinds.iter().map(|kind| words::kind(kind).to_owned());
            write!(f, ", written with {}", words::joined(kinds.collect()))?;
        }
        Ok(())
    }
}

impl fmt::Display for WhyNot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.summary)?;
        if self.truth == Truth::True {
            for ground in self.grounds() {
                writeln!(f, "{ground}")?;
            }
        }
        for reason in &self.reasons {
            writeln!(f, "{}", reason.sentence)?;
        }
        Ok(())
    }
}
