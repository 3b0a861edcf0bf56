//! Tests and what was said of them → rules.

use super::{Looks, Reader, Test, meta};
use crate::import::draft::{Draft, Fact, Group, Label, Mode, Rule};
use std::collections::{HashMap, HashSet};
use tamis::Milli;

impl Reader<'_, '_> {
    /// All that was read, as a policy.
    pub(super) fn finish(mut self) -> Draft {
        let mut draft = Draft {
            fields: vec!["subject", "body"],
            actions: vec!["allow".to_owned(), "spam".to_owned()],
            labels: vec![Label {
                name: "spam".to_owned(),
                thresholds: vec![("spam".to_owned(), self.required.unwrap_or(Milli(5_000)))],
            }],
            ..Draft::default()
        };
        self.report
            .changed(0, "mail", "there a text is decoded, joined and stripped of markup first")
            .kept("the fields `subject` and `body`: pass them as readers see them");
        for name in std::mem::take(&mut self.mentioned) {
            if !self.places.contains_key(&name) {
                let at = self.about[&name].at;
                self.report.lost(
                    at,
                    format!("what is said of `{name}`"),
                    "the file does not define this test",
                );
            }
        }
        // Tests first: metas need to know which of them are there.
        let mut rules: HashMap<String, Rule> = HashMap::new();
        let mut looser: HashSet<String> = HashSet::new();
        let tests = std::mem::take(&mut self.tests);
        for test in tests.iter().filter(|test| !matches!(test.looks, Looks::Meta(_))) {
            if let Some((rule, loose)) = self.rule(test) {
                looser.extend(loose.then(|| test.name.clone()));
                rules.insert(test.name.clone(), rule);
            }
        }
        let metas = self.metas(&tests, &mut rules, &mut draft);
        spread(&metas, &mut looser);
        for test in &tests {
            let Some(mut rule) = rules.remove(&test.name) else { continue };
            // A rule that takes points away acts against actions: it may match more.
            let acts = rule.points.is_none_or(|points| points > Milli::ZERO);
            if looser.contains(&test.name) && acts && rule.mode == Mode::Enforce {
                rule.mode = Mode::Shadow;
                rule.comments
                    .push("In shadow mode: it may match more than the original.".to_owned());
            }
            draft.rules.push(rule);
        }
        draft
    }

    /// What is said of a test, as a rule without patterns.
    fn frame(&mut self, test: &Test) -> Rule {
        let about = self.about.remove(&test.name).unwrap_or_default();
        let sub = test.name.starts_with("__");
        let default = match (about.nice, test.name.starts_with("T_")) {
            (true, _) => Milli(-1_000),
            (_, true) => Milli(10),
            _ => Milli(1_000),
        };
        let score = about.score.unwrap_or(default);
        if about.multiple && self.first("multiple") {
            let why = "metas count how often it hits";
            self.report
                .changed(test.at, format!("`{}`", test.name), why)
                .kept("it counts once, here and below");
        }
        let sample = |text: String| vec![("body", text)];
        Rule {
            id: test.name.clone(),
            label: (!sub).then(|| "spam".to_owned()),
            points: (!sub).then_some(score),
            description: about.description,
            mode: if !sub && score == Milli::ZERO { Mode::Disabled } else { Mode::Enforce },
            hit: about.hit.into_iter().map(sample).collect(),
            pass: about.pass.into_iter().map(sample).collect(),
            ..Rule::default()
        }
    }

    /// The rule of a test that is no meta, and whether it matches more than the original.
    fn rule(&mut self, test: &Test) -> Option<(Rule, bool)> {
        let about = self.about.get(&test.name);
        let replace = about.is_some_and(|about| about.replace);
        let no_subject = about.is_some_and(|about| about.no_subject);
        let (written, fields, negated): (_, Vec<&'static str>, _) = match &test.looks {
            Looks::Body(regex) if no_subject => (regex, vec!["body"], false),
            Looks::Body(regex) => (regex, Vec::new(), false),
            Looks::RawBody(regex) => {
                let why = "there it looks at the text before it is decoded, markup included";
                self.looks_at_body(test, "rawbody", why);
                (regex, vec!["body"], false)
            }
            Looks::Uri(regex) => {
                self.looks_at_body(test, "uri", "there it looks at links alone");
                (regex, vec!["body"], false)
            }
            Looks::Subject { regex, negated } => (regex, vec!["subject"], *negated),
            Looks::Lost(why) => {
                self.report.lost(test.at, format!("the test `{}`", test.name), why.clone());
                return None;
            }
            Looks::Meta(_) => return None,
        };
        let uri = matches!(test.looks, Looks::Uri(_));
        let (pattern, looser) = self.pattern(test, written, replace, uri)?;
        let mut rule = self.frame(test);
        rule.fields = fields;
        rule.groups = vec![Group::unnamed(vec![pattern])];
        if negated {
            rule.when = format!("not {}", crate::import::draft::UNNAMED);
        }
        // A search that is turned around matches less when its regex matches more.
        Some((rule, looser && !negated))
    }

    /// A test of something that texts do not have apart looks at their body; said once a kind.
    fn looks_at_body(&mut self, test: &Test, kind: &'static str, why: &str) {
        if self.first(kind) {
            self.report
                .changed(test.at, format!("`{kind} {}`", test.name), why)
                .kept("the whole body, here and below");
        }
    }

    /// The conditions of metas; gives what each of them refers to.
    fn metas(
        &mut self,
        tests: &[Test],
        rules: &mut HashMap<String, Rule>,
        draft: &mut Draft,
    ) -> Vec<(String, Vec<(String, bool)>)> {
        let names: Vec<&str> = tests.iter().map(|test| test.name.as_str()).collect();
        let metas = tests.iter().filter_map(|test| match &test.looks {
            Looks::Meta(text) => Some((test, text)),
            _ => None,
        });
        let mut parsed = Vec::new();
        for (test, text) in metas {
            match meta::parse(text, &names) {
                Ok(condition) => parsed.push((test, condition)),
                Err(why) => {
                    self.report.lost(test.at, format!("the meta `{}`", test.name), why);
                }
            }
        }
        for name in
            meta::cycles(parsed.iter().map(|(test, condition)| (test.name.as_str(), condition)))
        {
            parsed.retain(|(test, _)| {
                let keep = test.name != name;
                if !keep {
                    self.report.lost(
                        test.at,
                        format!("the meta `{name}`"),
                        "it refers back to itself",
                    );
                }
                keep
            });
        }
        let mut known: HashSet<String> = rules.keys().cloned().collect();
        known.extend(parsed.iter().map(|(test, _)| test.name.clone()));
        let mut links = Vec::new();
        for (test, condition) in parsed {
            let mut rule = self.frame(test);
            let mut ask = |name: &str| {
                if known.contains(name) {
                    return name.to_owned();
                }
                self.fact(test, name, draft)
            };
            rule.when = condition.text(&mut ask);
            links.push((test.name.clone(), condition.names()));
            rules.insert(test.name.clone(), rule);
        }
        links
    }

    /// The fact for a test that is not in the policy but in a meta.
    fn fact(&mut self, meta: &Test, name: &str, draft: &mut Draft) -> String {
        let fact = format!("sa.{name}");
        if draft.fact(Fact {
            name: fact.clone(),
            kind: "bool",
            default: "",
            comment: String::new(),
        }) {
            let what = format!("`{name}` in the meta `{}`", meta.name);
            let why = "the test is not in the policy";
            self.report
                .lost(meta.at, what, why)
                .kept(format!("the fact `{fact}`: pass it, or metas that need it stay undecided"));
        }
        fact
    }
}

/// A meta may match more where it asks for tests that do, or for the absence of tests that match
/// less; and the other way round.
fn spread(metas: &[(String, Vec<(String, bool)>)], looser: &mut HashSet<String>) {
    let mut narrower: HashSet<String> = HashSet::new();
    loop {
        let before = looser.len() + narrower.len();
        for (name, names) in metas {
            for (other, for_it) in names {
                let (more, less) = (looser.contains(other), narrower.contains(other));
                if if *for_it { more } else { less } {
                    looser.insert(name.clone());
                }
                if if *for_it { less } else { more } {
                    narrower.insert(name.clone());
                }
            }
        }
        if looser.len() + narrower.len() == before {
            return;
        }
    }
}
