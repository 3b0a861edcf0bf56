//! `SpamAssassin` rules: tests of subject, body and links, metas of them, and scores.
//!
//! Scores are points of the label `spam`. What looks at the mail around the text (other headers,
//! DNS, code) is lost; where a meta asks for it, it becomes a fact of the caller.

mod lines;
mod meta;
mod patterns;
mod rules;

use super::draft::Draft;
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
}
