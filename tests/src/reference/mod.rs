//! The semantics of POLICY.md by plain nested loops: slow, obvious, and nothing
//! shared with the engine but the parsed policy.
//!
//! Read it beside POLICY.md; one concept a file:
//!
//! | file | POLICY.md |
//! |---|---|
//! | [`chars`] | what letters, marks, digits, gaps, emoji are |
//! | [`units`] | "Evasion": what a text reads as at a level |
//! | [`view`], [`decode`] | "Evasion": tag characters, decoded wrappers |
//! | [`pattern`], [`needle`], [`inflect`] | "Patterns": words, phrases, wildcards, inflections |
//! | [`align`], [`relax`], [`gate`] | "Evasion": the ways to consume a letter |
//! | [`shape`], [`cost`], [`token`] | "Evasion": what must hold of a match, what it costs |
//! | [`veto`], [`lexicon`] | "Evasion": matches that are innocent as written |
//! | [`boundary`] | "Boundaries" |
//! | [`find`] | spans and kinds; regexes |
//! | [`recognize`] | entities and domains |
//! | [`sentence`], [`words`] | sentence ends, blank lines, word numbers |
//! | [`matches`], [`quotes`] | "Exceptions", counting |
//! | [`facts`], [`signals`], [`kleene`], [`condition`] | "Conditions" |
//! | [`score`] | "Scores and actions" |
//! | [`resolve`] | "Keys": what resolves from where |
//!
//! Where POLICY.md leaves room, the head of a file says what was decided.

pub mod align;
pub mod boundary;
pub mod chars;
pub mod condition;
pub mod cost;
pub mod decode;
pub mod facts;
pub mod find;
pub mod gate;
pub mod inflect;
pub mod kleene;
pub mod lexicon;
pub mod matches;
pub mod model;
pub mod needle;
pub mod pattern;
pub mod quotes;
pub mod recognize;
pub mod relax;
pub mod resolve;
pub mod score;
pub mod sentence;
pub mod shape;
pub mod signals;
pub mod token;
pub mod units;
pub mod veto;
pub mod view;
pub mod words;

use crate::outcome::{self, FiredOutcome, LabelOutcome, MatchOutcome, Outcome, UndecidedOutcome};
use condition::World;
use facts::Facts;
use kleene::Truth;
use matches::{FieldText, Hit};
use model::Model;
use resolve::ResolvedRule;
use std::collections::BTreeMap;
use tamis::diag::{SourceFile, SourceMap};
use tamis::spec::model::{Mode, Policy};
use tamis::{Input, Milli};

/// A policy as the reference understands it.
#[derive(Debug)]
pub struct Reference<'p> {
    policy: &'p Policy,
    actions: Vec<String>,
    fields: Vec<String>,
    rules: Vec<ResolvedRule>,
    models: BTreeMap<String, Model>,
}

impl<'p> Reference<'p> {
    /// The reference for `policy`.
    ///
    /// # Errors
    /// When the policy uses what the reference does not know.
    pub fn new(policy: &'p Policy) -> Result<Self, String> {
        Ok(Self {
            policy,
            actions: resolve::actions(policy),
            fields: resolve::fields(policy),
            rules: resolve::rules(policy)?,
            models: BTreeMap::new(),
        })
    }

    /// The same, with the policy's models, which are among its sources.
    #[must_use]
    pub fn with_models(mut self, sources: &SourceMap) -> Self {
        for model in &self.policy.models {
            let file = model.file.and_then(|file| sources.file(file));
            let model_of = |file: &SourceFile| Model::read(file.text());
            self.models.extend(file.map(|file| (model.name.value.clone(), model_of(file))));
        }
        self
    }

    /// What POLICY.md says about one document.
    pub fn classify(&self, input: &Input<'_>) -> Outcome {
        let fields = self.bind_fields(input);
        let facts = Facts::bind(self.policy, input);
        let hits: Vec<Vec<Hit>> =
            self.rules.iter().map(|rule| matches::matches(rule, &fields)).collect();
        let world = World {
            rules: &self.rules,
            hits: &hits,
            fields: &fields,
            facts: &facts,
            models: &self.models,
            lang: input.language(),
        };
        let mut fired = Vec::new();
        let mut shadow = Vec::new();
        let mut undecided = Vec::new();
        for (number, rule) in self.rules.iter().enumerate() {
            let into = match rule.mode {
                Mode::Enforce => &mut fired,
                Mode::Shadow => &mut shadow,
                Mode::Disabled => continue,
            };
            match world.rule(number) {
                _ if rule.is_helper() => {}
                Truth::True => into.push((number, score::points(rule, &hits[number]))),
                Truth::Unknown => undecided.push(UndecidedOutcome {
                    rule: rule.id.clone(),
                    missing: self.missing(number, &facts),
                }),
                Truth::False => {}
            }
        }
        let exempt =
            self.policy.exempt.as_ref().is_some_and(|e| world.truth(None, &e.root) == Truth::True);
        self.outcome(&fields, &hits, &fired, &shadow, undecided, &facts, exempt)
    }

    /// The truth of every rule's own condition, whatever its mode.
    pub fn rule_truth(&self, input: &Input<'_>) -> Vec<Truth> {
        let fields = self.bind_fields(input);
        let facts = Facts::bind(self.policy, input);
        let hits: Vec<Vec<Hit>> =
            self.rules.iter().map(|rule| matches::matches(rule, &fields)).collect();
        let lang = input.language();
        let models = &self.models;
        let world =
            World { rules: &self.rules, hits: &hits, fields: &fields, facts: &facts, models, lang };
        (0..self.rules.len()).map(|number| world.rule(number)).collect()
    }

    /// The texts the policy knows, in its order; a text without a name is `text`.
    fn bind_fields<'t>(&'t self, input: &'t Input<'_>) -> Vec<FieldText<'t>> {
        let named = |name: &str| {
            let is = |f: &&tamis::Field<'_>| f.name.as_deref().unwrap_or("text") == name;
            input.fields().iter().find(is)
        };
        let known = self.fields.iter().enumerate();
        known
            .filter_map(|(number, name)| {
                Some(FieldText { number, name, text: named(name)?.text.as_ref() })
            })
            .collect()
    }

    /// The facts without a value that the condition of a rule names, also through
    /// the rules it refers to, in the order of their declaration.
    fn missing(&self, rule: usize, facts: &Facts) -> Vec<String> {
        let mut asked = vec![rule];
        let mut names = Vec::new();
        let mut at = 0;
        while let Some(&rule) = asked.get(at) {
            at += 1;
            let mut here = Vec::new();
            if let Some(when) = &self.rules[rule].when {
                condition::names(&when.root, &mut here);
            }
            for name in here {
                let id = format!("{}{name}", self.rules[rule].when_prefix);
                let other = self.rules.iter().position(|r| r.id == id);
                asked.extend(other.filter(|o| !asked.contains(o)));
                names.push(name);
            }
        }
        let declared = self.policy.facts.iter().map(|f| f.name.value.clone());
        declared.filter(|f| names.contains(&f.as_str()) && facts.get(f) == Some(&None)).collect()
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one verdict")]
    fn outcome(
        &self,
        fields: &[FieldText<'_>],
        hits: &[Vec<Hit>],
        fired: &[(usize, Milli)],
        shadow: &[(usize, Milli)],
        undecided: Vec<UndecidedOutcome>,
        facts: &Facts,
        exempt: bool,
    ) -> Outcome {
        let scores = score::scores(self.policy, &self.actions, &self.rules, fired);
        let mut both = [fired, shadow].concat();
        both.sort_unstable();
        let shadow_scores = score::scores(self.policy, &self.actions, &self.rules, &both);
        let name = |action: usize| self.actions[if exempt { 0 } else { action }].clone();
        let fired_outcomes = |fired: &[(usize, Milli)]| {
            let one = |&(rule, points): &(usize, Milli)| FiredOutcome {
                rule: self.rules[rule].id.clone(),
                points,
                matches: self.match_outcomes(fields, rule, &hits[rule], false),
            };
            fired.iter().map(one).collect()
        };
        let suppressed = (0..self.rules.len())
            .filter(|&rule| self.rules[rule].mode != Mode::Disabled)
            .flat_map(|rule| self.match_outcomes(fields, rule, &hits[rule], true))
            .collect();
        Outcome {
            action: name(score::action(&scores, &self.rules, fired)),
            shadow_action: name(score::action(&shadow_scores, &self.rules, &both)),
            exempt,
            labels: scores
                .iter()
                .map(|s| LabelOutcome {
                    label: self.policy.labels[s.label].name.value.clone(),
                    score: s.score,
                    probability: self.policy.labels[s.label].calibration.as_ref().map(|c| {
                        let x = c.bias.value + c.slope.value * s.score.to_f64();
                        outcome::trillionths(1.0 / (1.0 + (-x).exp()))
                    }),
                    action: self.actions[s.action].clone(),
                })
                .collect(),
            fired: fired_outcomes(fired),
            shadow: fired_outcomes(shadow),
            undecided,
            invalid_facts: facts.invalid.clone(),
            suppressed,
        }
    }

    fn match_outcomes(
        &self,
        fields: &[FieldText<'_>],
        rule: usize,
        hits: &[Hit],
        suppressed: bool,
    ) -> Vec<MatchOutcome> {
        let resolved = &self.rules[rule];
        let one = |h: &Hit| {
            let group = &resolved.groups[h.group];
            let field = fields.iter().find(|f| f.number == h.field).expect("a field");
            MatchOutcome {
                rule: resolved.id.clone(),
                group: group.name.clone(),
                pattern: group.patterns[h.pattern].text.clone(),
                field: field.name.to_owned(),
                span: h.span.clone(),
                text: field.text[h.span.clone()].to_owned(),
                kinds: h.kinds.iter().map(|kind| kind.name().to_owned()).collect(),
                cost: h.cost,
            }
        };
        hits.iter().filter(|h| h.suppressed == suppressed).map(one).collect()
    }
}
