//! `SpamAssassin` rules: tests of subject, body and links, metas of them, and scores.
//!
//! Scores are points of the label `spam`. What looks at the mail around the text (other headers,
//! DNS, code) is lost; where a meta asks for it, it becomes a fact of the caller.

mod lines;
mod meta;
mod patterns;

use super::draft::{Draft, Fact, Group, Label, Mode, Rule};
use super::names::{identifier, is_taken};
use super::report::{Problem, Report, shown};
use super::source::Source;
use super::wordlist::milli;
use std::collections::{HashMap, HashSet};
use tamis::Milli;

/// Directives that define tests which a policy cannot do.
const OTHER_TESTS: [&str; 12] = [
    "full",
    "mimeheader",
    "uri_detail",
    "urirhsbl",
    "urirhssub",
    "uridnsbl",
    "urinsrhsbl",
    "urinsrhssub",
    "askdns",
    "urifullnsrhsbl",
    "urifullnsrhssub",
    "dns_query",
];
/// Settings that rules are often found with; their losses say so.
const SETTINGS: [&str; 26] = [
    "report_safe",
    "rewrite_header",
    "add_header",
    "clear_headers",
    "remove_header",
    "use_bayes",
    "bayes_auto_learn",
    "whitelist_from",
    "welcomelist_from",
    "blacklist_from",
    "blocklist_from",
    "whitelist_from_rcvd",
    "welcomelist_auth",
    "trusted_networks",
    "internal_networks",
    "ok_locales",
    "ok_languages",
    "loadplugin",
    "skip_rbl_checks",
    "dns_available",
    "lock_method",
    "priority",
    "reuse",
    "util_rb_tld",
    "util_rb_2tld",
    "redirector_pattern",
];
const ABOUT_MAIL: &str = "it looks at the mail around the text";

pub(crate) fn import(source: &Source, report: &mut Report<'_>) -> Result<Draft, Vec<Problem>> {
    if source.text.trim().is_empty() {
        return Err(vec![Problem::whole(
            "the file is empty",
            "a rule is a line such as `body NAME /words/`",
        )]);
    }
    let mut reader = Reader::new(report);
    for (at, line) in source.lines() {
        reader.line(at, line);
    }
    if !reader.open.is_empty() {
        reader.report.note(
            source.text.len(),
            "the end of the file",
            "an `if` is not closed by `endif`",
        );
    }
    if reader.tests.is_empty() && reader.known == 0 {
        let hint = "a rule is a line such as `body NAME /words/` or `score NAME 2.5`";
        return Err(vec![Problem::whole("no line of the file is one of SpamAssassin's", hint)]);
    }
    Ok(reader.finish())
}

/// What a test looks at.
#[derive(Debug)]
enum Looks {
    Body(String),
    RawBody(String),
    Subject {
        regex: String,
        negated: bool,
    },
    Uri(String),
    Meta(String),
    /// It cannot be carried over, and why.
    Lost(String),
}

/// A test and all that is said of it.
#[derive(Debug)]
struct Test {
    name: String,
    /// Where its definition stands.
    at: usize,
    looks: Looks,
}

/// What lines before or after a definition say of a test.
#[expect(clippy::struct_excessive_bools, reason = "what was said so far, each by itself")]
#[derive(Debug, Default)]
struct About {
    description: String,
    score: Option<Milli>,
    nice: bool,
    multiple: bool,
    /// A body test that does not look at the subject.
    no_subject: bool,
    replace: bool,
    hit: Vec<String>,
    pass: Vec<String>,
    /// Where the first such line stands.
    at: usize,
}

struct Reader<'r, 's> {
    report: &'r mut Report<'s>,
    tests: Vec<Test>,
    /// The place of each test in `tests`.
    places: HashMap<String, usize>,
    about: HashMap<String, About>,
    /// Names in the order of their first mention.
    mentioned: Vec<String>,
    required: Option<Milli>,
    tags: patterns::Tags,
    /// For each open `if`: whether its lines count.
    open: Vec<bool>,
    /// Lines that were understood.
    known: usize,
    said: HashSet<&'static str>,
}

impl<'r, 's> Reader<'r, 's> {
    fn new(report: &'r mut Report<'s>) -> Self {
        Self {
            report,
            tests: Vec::new(),
            places: HashMap::new(),
            about: HashMap::new(),
            mentioned: Vec::new(),
            required: None,
            tags: patterns::Tags::default(),
            open: Vec::new(),
            known: 0,
            said: HashSet::new(),
        }
    }

    fn first(&mut self, topic: &'static str) -> bool {
        self.said.insert(topic)
    }

    fn line(&mut self, at: usize, line: &str) {
        let text = lines::without_comment(line);
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let at = at + (line.len() - line.trim_start().len());
        let (key, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let rest = rest.trim();
        if self.condition(at, key, rest) || self.open.contains(&false) {
            return;
        }
        self.known += 1;
        let (name, value) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let value = value.trim();
        match key {
            "body" | "rawbody" | "uri" | "header" | "meta" => self.test(at, key, name, value),
            key if OTHER_TESTS.contains(&key) => {
                self.define(at, name, Looks::Lost(ABOUT_MAIL.to_owned()));
            }
            "score" => self.score(at, name, value),
            "describe" => value.clone_into(&mut self.of(name, at).description),
            "tflags" => self.flags(at, name, value),
            "test" => self.example(at, name, value),
            "required_score" | "required_hits" => match milli(rest) {
                Some((score, _)) if score > Milli::ZERO => self.required = Some(score),
                _ => {
                    self.report.lost(at, shown(text), "it is not a number above 0").kept("5");
                }
            },
            "replace_tag" | "replace_pre" | "replace_inter" | "replace_post" => {
                self.tags.define(key, name, value);
            }
            "replace_start" | "replace_end" => self.tags.sign(key, rest),
            "replace_rules" => {
                for name in rest.split_whitespace() {
                    self.of(name, at).replace = true;
                }
            }
            "lang" => {
                self.report.lost(at, shown(text), "a policy has its texts in one language");
            }
            key if SETTINGS.contains(&key) => {
                self.report.lost(at, shown(text), "it sets up the mail filter");
            }
            _ => {
                self.known -= 1;
                self.report.lost(at, shown(text), "it is neither a rule nor said of one");
            }
        }
    }

    /// `if`, `ifplugin`, `else` and `endif`; false for other lines.
    fn condition(&mut self, at: usize, key: &str, rest: &str) -> bool {
        match key {
            "if" | "ifplugin" => {
                let holds = key == "ifplugin" || lines::holds(rest);
                self.open.push(holds);
                let why = "what the mail filter can do is not known here";
                let kept = if holds {
                    "the lines below it"
                } else {
                    "the lines behind its `else`, if there are any"
                };
                self.report.note(at, shown(&format!("{key} {rest}")), why).kept(kept);
            }
            "else" => {
                if let Some(last) = self.open.last_mut() {
                    *last = !*last;
                    if !*last {
                        self.report.lost(at, "the lines behind `else`", "those before it are kept");
                    }
                }
            }
            "endif" => {
                self.open.pop();
            }
            _ => return false,
        }
        true
    }

    /// What is said of a test.
    fn of(&mut self, name: &str, at: usize) -> &mut About {
        if !self.about.contains_key(name) {
            self.mentioned.push(name.to_owned());
        }
        self.about.entry(name.to_owned()).or_insert_with(|| About { at, ..About::default() })
    }

    fn test(&mut self, at: usize, key: &str, name: &str, value: &str) {
        let looks = if value.is_empty() {
            Looks::Lost("its definition is missing".to_owned())
        } else if value.starts_with("eval:") {
            Looks::Lost("it runs code of SpamAssassin".to_owned())
        } else {
            match key {
                "body" => Looks::Body(value.to_owned()),
                "rawbody" => Looks::RawBody(value.to_owned()),
                "uri" => Looks::Uri(value.to_owned()),
                "meta" => Looks::Meta(value.to_owned()),
                _ => lines::header(value),
            }
        };
        self.define(at, name, looks);
    }

    fn define(&mut self, at: usize, name: &str, looks: Looks) {
        let why = match name {
            _ if name.is_empty() || identifier(name) != name => "this is no name of a test",
            _ if is_taken(name) => "the name means something else in conditions; choose another",
            _ => "",
        };
        if !why.is_empty() {
            self.report.lost(at, format!("the test {}", shown(name)), why);
            return;
        }
        let test = Test { name: name.to_owned(), at, looks };
        if let Some(&place) = self.places.get(name) {
            let old = std::mem::replace(&mut self.tests[place], test);
            self.report.lost(
                old.at,
                format!("the test `{name}`"),
                "it is defined again below, and the last definition counts",
            );
        } else {
            self.places.insert(name.to_owned(), self.tests.len());
            self.tests.push(test);
        }
    }

    /// `score NAME 1.5`, `score NAME 0.1 0.2 0.3 0.4`, `score NAME (0.5)`.
    fn score(&mut self, at: usize, name: &str, value: &str) {
        let numbers: Vec<&str> = value.split_whitespace().collect();
        let relative = numbers.first().is_some_and(|first| first.starts_with('('));
        let parsed: Option<Vec<Milli>> = numbers
            .iter()
            .map(|number| milli(number.trim_matches(['(', ')'])).map(|(points, _)| points))
            .collect();
        let Some(scores) = parsed.filter(|scores| matches!(scores.len(), 1 | 4)) else {
            self.report
                .lost(at, format!("the score of `{name}`"), "a score is one number or four")
                .kept("the default");
            return;
        };
        if scores.iter().any(|score| *score != scores[0]) && self.first("sets") {
            let why = "its other scores are for filters with network tests or learning";
            self.report
                .changed(at, format!("the scores of `{name}`"), why)
                .kept("the first of four, here and below");
        }
        let about = self.of(name, at);
        about.score = Some(match about.score {
            Some(before) if relative => Milli(before.0 + scores[0].0),
            None if relative => Milli(1_000 + scores[0].0),
            _ => scores[0],
        });
    }

    fn flags(&mut self, at: usize, name: &str, value: &str) {
        let about = self.of(name, at);
        let mut others = Vec::new();
        for flag in value.split_whitespace() {
            match flag {
                "nice" => about.nice = true,
                "multiple" => about.multiple = true,
                "nosubject" => about.no_subject = true,
                flag if flag.starts_with("maxhits=") => {} // goes with `multiple`
                flag => others.push(format!("`{flag}`")),
            }
        }
        if !others.is_empty() {
            let what = format!("{} in the flags of `{name}`", others.join(", "));
            self.report.lost(at, what, "it says how the test is learned, published or run");
        }
    }

    /// `test NAME ok TEXT`, `test NAME fail TEXT`.
    fn example(&mut self, at: usize, name: &str, value: &str) {
        match value.split_once(char::is_whitespace) {
            Some(("ok", text)) => self.of(name, at).hit.push(text.trim().to_owned()),
            Some(("fail", text)) => self.of(name, at).pass.push(text.trim().to_owned()),
            _ => {
                self.report.lost(
                    at,
                    format!("a test text of `{name}`"),
                    "it is neither `ok` nor `fail` with a text",
                );
            }
        }
    }

    fn finish(mut self) -> Draft {
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
                if self.first("raw") {
                    let why = "there it looks at the text before it is decoded, markup included";
                    self.report
                        .changed(test.at, format!("`rawbody {}`", test.name), why)
                        .kept("the body, here and below");
                }
                (regex, vec!["body"], false)
            }
            Looks::Uri(regex) => {
                if self.first("uri") {
                    let why = "there it looks at links alone";
                    self.report
                        .changed(test.at, format!("`uri {}`", test.name), why)
                        .kept("the whole body, here and below");
                }
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
            rule.when = format!("not {}", super::draft::UNNAMED);
        }
        // A search that is turned around matches less when its regex matches more.
        Some((rule, looser && !negated))
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
