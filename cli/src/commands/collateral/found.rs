//! What was looked at, and what was found.

use tamis::collateral::{Cause, Hit, Hunt, Word};
use tamis::{Input, Ruleset, Span, Truth};

/// An innocent text that a rule hits.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) text: String,
    /// From 15 down to 1; 0 is not known.
    pub(super) frequency: u8,
    /// Empty for pairs.
    pub(super) languages: Vec<&'static str>,
    pub(super) group: String,
    pub(super) pattern: String,
    pub(super) span: Span,
    pub(super) cause: Cause,
    /// The rule fires on the text without more.
    pub(super) alone: bool,
}

impl Found {
    pub(super) fn is_pair(&self) -> bool {
        self.text.contains(' ')
    }
}

/// What one rule finds, the most frequent first.
#[derive(Debug)]
pub(super) struct RuleFindings {
    pub(super) rule: String,
    pub(super) found: Vec<Found>,
}

/// What all rules find.
#[derive(Debug)]
pub(super) struct Findings {
    pub(super) words: usize,
    pub(super) pairs: usize,
    /// How many rules were looked at.
    pub(super) looked: usize,
    /// The rules that find something, in the order of the policy.
    pub(super) rules: Vec<RuleFindings>,
}

/// A pair's frequency is that of its words multiplied: added, as frequencies are steps of a
/// factor, less one whole scale.
const SCALE: u8 = 15;

impl Findings {
    pub(super) fn look(hunt: &Hunt, ruleset: &Ruleset, words: &[Word], threads: usize) -> Self {
        let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        let pairs = hunt.pairs(words);
        let pair_texts: Vec<&str> = pairs.iter().map(|(text, _)| text.as_str()).collect();
        let mut findings = Self {
            words: words.len(),
            pairs: pairs.len(),
            looked: hunt.rules(),
            rules: ruleset.rules().iter().map(|rule| RuleFindings::new(&rule.id)).collect(),
        };
        for hit in hunt.hits(&texts, threads) {
            let word = &words[hit.text];
            findings.add(ruleset, &word.text, word.frequency, word.languages.clone(), hit);
        }
        for hit in hunt.hits(&pair_texts, threads) {
            let (text, frequency) = &pairs[hit.text];
            let frequency = frequency.saturating_sub(SCALE).max(1);
            findings.add(ruleset, text, frequency, Vec::new(), hit);
        }
        findings.rules.retain(|rule| !rule.found.is_empty());
        for rule in &mut findings.rules {
            // A stable sort: words before pairs, each in the order they came.
            rule.found.sort_by_key(|found| std::cmp::Reverse(found.frequency));
        }
        findings
    }

    fn add(
        &mut self,
        ruleset: &Ruleset,
        text: &str,
        frequency: u8,
        languages: Vec<&'static str>,
        hit: Hit,
    ) {
        let Some(rule) = ruleset.rule_id(&hit.rule) else { return };
        let input =
            ruleset.fields().iter().fold(Input::from_fields(), |i, name| i.field(name, text));
        let alone = ruleset.rule_truths(input)[rule.index()] == Truth::True;
        let Hit { group, pattern, span, cause, .. } = hit;
        let text = text.to_owned();
        let found = Found { text, frequency, languages, group, pattern, span, cause, alone };
        self.rules[rule.index()].found.push(found);
    }

    /// How many finds there are.
    pub(super) fn count(&self) -> usize {
        self.rules.iter().map(|rule| rule.found.len()).sum()
    }

    pub(super) fn count_pairs(&self) -> usize {
        self.rules.iter().flat_map(|rule| &rule.found).filter(|found| found.is_pair()).count()
    }
}

impl RuleFindings {
    fn new(rule: &str) -> Self {
        Self { rule: rule.to_owned(), found: Vec::new() }
    }

    /// The first `limit` of them; all when that is 0.
    pub(super) fn shown(&self, limit: usize) -> &[Found] {
        let n = if limit == 0 { self.found.len() } else { limit.min(self.found.len()) };
        &self.found[..n]
    }
}
