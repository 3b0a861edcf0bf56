//! A rule's examples, with the parts that its patterns match.

use super::promises::{Promise, Promises};
use std::ops::Range;
use tamis::spec::model::TestCase;
use tamis::{RuleId, Ruleset, Truth, testing};
use tamis_attack::{Level, Recipe, Severity};

/// A `hit` test that hits, and what in it can be disguised.
pub(super) struct Example<'c> {
    case: &'c TestCase,
    /// By field and place; they do not overlap.
    parts: Vec<Part>,
    level: Option<Level>,
}

/// A place that a pattern matches.
#[derive(Clone, Debug)]
struct Part {
    /// The index among the fields of the test.
    field: usize,
    span: Range<usize>,
    promise: Promise,
}

/// A disguised example.
pub(super) struct Disguised {
    pub(super) case: TestCase,
    /// Where the disguised parts are: index of the field, bytes of its text.
    pub(super) spans: Vec<(usize, Range<usize>)>,
}

impl<'c> Example<'c> {
    /// Nothing when the test does not hit, or no match of the rule itself can be disguised.
    pub(super) fn new(
        ruleset: &Ruleset,
        rule: RuleId,
        case: &'c TestCase,
        promises: &Promises<'_>,
        level: Option<Level>,
    ) -> Option<Self> {
        let input = testing::input(case);
        if ruleset.rule_truths(input.clone())[rule.index()] != Truth::True {
            return None;
        }
        let verdict = ruleset.classify(input);
        let part = |found: &tamis::Match| {
            let field = ruleset.field_name(found.field);
            let field =
                (0..case.fields.len()).rev().find(|&at| is_field(ruleset, case, at, field))?;
            let group = ruleset.group_name(found.group);
            let promise = promises.of(group, ruleset.pattern_text(found.pattern))?;
            Some(Part { field, span: found.raw.range(), promise })
        };
        let parts: Vec<Part> = verdict.as_ref().matches_of(rule).filter_map(part).collect();
        let parts = apart(parts);
        (!parts.is_empty()).then_some(Self { case, parts, level })
    }

    /// The example with every part disguised that promises to undo it. Nothing when the recipe can
    /// change none of them.
    pub(super) fn disguise(
        &self,
        recipe: &Recipe,
        severity: Severity,
        seed: u64,
    ) -> Option<Disguised> {
        let mut case = self.case.clone();
        let mut spans: Vec<(usize, Range<usize>)> = Vec::new();
        // From the back, so that the places in front stay where they are.
        for part in self.parts.iter().rev().filter(|part| part.promise.holds(recipe, self.level)) {
            let text = &mut case.fields[part.field].1.value;
            let disguise = recipe.disguise(&text[part.span.clone()], severity, seed);
            let Some(disguise) = disguise else { continue };
            text.replace_range(part.span.clone(), &disguise.text);
            let grown =
                |at: usize| at + disguise.text.len() - part.span.len().min(disguise.text.len());
            let shrunk = part.span.len().saturating_sub(disguise.text.len());
            for (_, span) in spans.iter_mut().filter(|(field, _)| *field == part.field) {
                *span = grown(span.start) - shrunk..grown(span.end) - shrunk;
            }
            let start = part.span.start + disguise.outer.start;
            spans.push((part.field, start..start + disguise.outer.len()));
        }
        spans.reverse();
        (!spans.is_empty()).then_some(Disguised { case, spans })
    }
}

/// True when field `at` of the test is the one the ruleset calls `name`.
pub(super) fn is_field(ruleset: &Ruleset, case: &TestCase, at: usize, name: &str) -> bool {
    // A text without a name goes to the first field.
    if case.unnamed { ruleset.fields()[0] == name } else { case.fields[at].0.value == name }
}

/// By place, without parts inside longer ones.
fn apart(mut parts: Vec<Part>) -> Vec<Part> {
    parts.sort_by_key(|part| (part.field, part.span.start, std::cmp::Reverse(part.span.end)));
    let mut kept: Vec<Part> = Vec::new();
    for part in parts {
        let clear = |last: &Part| last.field != part.field || last.span.end <= part.span.start;
        if kept.last().is_none_or(clear) {
            kept.push(part);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use tamis_attack::transform;

    fn disguise(recipe: &str, rule: &str, severity: Severity) -> Option<(String, Vec<String>)> {
        let text = format!("policy: p\nrules:\n  - {rule}\n");
        let policy: tamis::Policy = text.parse().unwrap();
        let ruleset = policy.compile().unwrap();
        let spec = policy.spec();
        let promises = Promises::new(spec, &spec.rules[0]);
        let case = &spec.rules[0].tests.hit[0];
        let example = Example::new(&ruleset, ruleset.rule_id("r")?, case, &promises, None)?;
        let recipe = Recipe::single(transform(recipe).unwrap());
        let Disguised { case, spans } = example.disguise(&recipe, severity, 1)?;
        let text = case.fields[0].1.value.clone();
        Some((text.clone(), spans.iter().map(|(_, span)| text[span.clone()].to_owned()).collect()))
    }

    const NEAR: &str = "{ id: r, action: review, evasion: fold, patterns: { act: [kill], who: [{ text: you, evasion: exact }, me] }, \
        when: 'near(act, who, 3)', tests: { hit: ['we kill you, so kill me'] } }";

    #[test]
    fn every_part_is_disguised_that_promises_it() {
        let (text, parts) = disguise("form-fullwidth", NEAR, Severity::All).unwrap();
        assert_eq!(text, "we ｋｉｌｌ you, so ｋｉｌｌ ｍｅ");
        assert_eq!(parts, ["ｋｉｌｌ", "ｋｉｌｌ", "ｍｅ"]);
        let (text, parts) = disguise("case-upper", NEAR, Severity::All).unwrap();
        assert_eq!(text, "we KILL YOU, so KILL ME");
        assert_eq!(parts.len(), 4);
        assert!(disguise("leet-digits", NEAR, Severity::All).is_none(), "fold does not promise it");
        assert!(disguise("hangul-conjoining", NEAR, Severity::One).is_none());
    }

    #[test]
    fn a_part_inside_a_longer_one_is_not_disguised_twice() {
        let rule =
            "{ id: r, action: review, patterns: [kill, kill me], tests: { hit: ['oh kill me'] } }";
        let (text, parts) = disguise("case-upper", rule, Severity::All).unwrap();
        assert_eq!((text.as_str(), parts.len()), ("oh KILL ME", 1));
    }

    #[test]
    fn tests_that_do_not_hit_are_left_out() {
        let rule = "{ id: r, action: review, patterns: [kill], tests: { hit: ['we spill'] } }";
        assert!(disguise("case-upper", rule, Severity::All).is_none());
    }
}
