//! Policies made for measuring: plain lists of words, and one as a large community has it.

use crate::random::Random;
use std::fmt::Write as _;

/// How a list of words becomes rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One rule with all words.
    OneRule,
    /// A rule a word.
    RulePerWord,
}

/// A policy that looks for words at a level; a hit gives 3 points and `review`.
pub fn words(words: &[String], level: &str, form: Form) -> String {
    let mut policy = format!(
        "policy: words\nevasion: {level}\nlabels: {{ listed: {{ review: 3, block: 6 }} }}\nrules:\n"
    );
    let head = |policy: &mut String, id: usize| {
        // Writing to a string cannot fail.
        let _ = writeln!(policy, "  - id: r{id}\n    label: listed\n    points: 3\n    patterns:");
    };
    if form == Form::OneRule {
        head(&mut policy, 0);
    }
    for (at, word) in words.iter().enumerate() {
        if form == Form::RulePerWord {
            head(&mut policy, at);
        }
        let _ = writeln!(policy, "      - {}", quoted(word));
    }
    policy
}

/// JSON text is YAML text.
fn quoted(word: &str) -> String {
    serde_json::Value::from(word).to_string()
}

/// What the rules of the realistic policy are, of a hundred.
const MIX: &[(usize, Kind)] = &[
    (38, Kind::Words),
    (16, Kind::Near),
    (10, Kind::Phrases),
    (8, Kind::Regex),
    (6, Kind::Signal),
    (5, Kind::Facts),
    (5, Kind::Entity),
    (4, Kind::Domain),
    (4, Kind::Wildcard),
    (4, Kind::Reference),
];

#[derive(Clone, Copy)]
enum Kind {
    Words,
    Near,
    Phrases,
    Regex,
    Signal,
    Facts,
    Entity,
    Domain,
    Wildcard,
    Reference,
}

const LABELS: &[&str] =
    &["harassment", "profanity", "spam", "scam", "threat", "doxxing", "adult", "off_topic"];

/// Frequent words, so that conditions are asked of many documents.
const PERSONS: &[&str] = &["you", "u", "your", "ur", "him", "her", "them", "he", "she", "they"];

const REGEXES: &[&str] = &[
    r"free\s+(?:gift|gold|money|coins)\s+(?:now|today)",
    r"(?:buy|sell|trade)ing\s+[a-z]+\s+for\s+\d+\s*(?:usd|eur|dollars)",
    r"discord\.gg/[a-z0-9]{4,12}",
    r"\b\d{1,3}%\s+(?:off|discount)\b",
    r"(?:whats?app|telegram|signal)\s*:?\s*\+?\d[\d\s-]{6,}",
    r"\bjoin\s+(?:my|our)\s+(?:server|channel|group)\b",
    r"(?:vote|upvote|like)\s+(?:this|my)\s+(?:post|video|comment)",
    r"\b(?:1st|first)\s+(?:come|order)\b",
];

const ENTITIES: &[&str] =
    &["email", "{ entity: phone, region: US }", "credit_card", "url", "ip", "iban"];

/// A policy of `rules` rules as a large community has them: words, distances, phrases, regexes,
/// signals, facts, entities, domains, wildcards and references, with exceptions, messages and
/// inflections here and there. The words come from `rare`, those of conditions also from
/// `common`; the same words give the same policy.
///
/// # Panics
/// When there are too few words: 50 of each are enough.
pub fn realistic(rules: usize, rare: &[String], common: &[String]) -> String {
    let mut made = Maker { random: Random::new(500), rare, common, policy: String::new() };
    made.head();
    for id in 0..rules {
        made.rule(id);
    }
    made.policy
}

struct Maker<'w> {
    random: Random,
    rare: &'w [String],
    common: &'w [String],
    policy: String,
}

impl Maker<'_> {
    fn head(&mut self) {
        self.policy += "policy: realistic\nversion: \"1\"\nfacts:\n  author.age: duration\n  \
            author.trusted: { type: bool, default: false }\n  \
            author.reports: { type: number, default: 0 }\n  toxicity: number\n\
            actions: [allow, review, block]\nexempt: author.trusted\nlabels:\n";
        for label in LABELS {
            let _ = writeln!(self.policy, "  {label}: {{ review: 3, block: 6 }}");
        }
        let hosts: Vec<String> = (0..40).map(|_| format!("{}.example", self.host())).collect();
        let _ = writeln!(
            self.policy,
            "lists:\n  person: [{}]\n  hosts: [{}]",
            PERSONS.join(", "),
            hosts.join(", ")
        );
        let spared = self.words(8);
        let _ = writeln!(self.policy, "except: [{spared}]\nrules:");
    }

    fn rule(&mut self, id: usize) {
        let label = *self.random.pick(LABELS);
        let points = 1 + self.random.below(5);
        let _ = writeln!(self.policy, "  - id: r{id}\n    label: {label}\n    points: {points}");
        if self.random.percent(30) {
            self.policy += "    message: \"Please keep to the rules.\"\n    tags: [made]\n";
        }
        let mut chance = self.random.below(100);
        let kind = MIX.iter().find(|(share, _)| {
            let found = chance < *share;
            chance = chance.saturating_sub(*share);
            found
        });
        self.body(kind.map_or(Kind::Words, |(_, kind)| *kind), id);
        if self.random.percent(20) {
            let spared = self.phrase();
            let _ = writeln!(self.policy, "    except: [{}, {{ quoted: true }}]", quoted(&spared));
        }
    }

    fn body(&mut self, kind: Kind, id: usize) {
        let n = 1 + self.random.below(20);
        let words = self.words(n);
        let few = self.words(3);
        let more = self.words(4);
        let body = match kind {
            Kind::Words if self.random.percent(25) => {
                format!(
                    "    inflect: en\n    patterns: [{words}]\n    repeat: {{ each: 1, max: 8 }}\n"
                )
            }
            Kind::Words => format!("    patterns: [{words}]\n"),
            Kind::Near => format!(
                "    patterns: {{ act: [{words}], who: [{{ list: person }}] }}\n    \
                 when: near(act, who, {})\n",
                1 + self.random.below(5)
            ),
            Kind::Phrases => {
                let phrases: Vec<String> = (0..=n / 3).map(|_| quoted(&self.phrase())).collect();
                format!("    patterns: [{}]\n", phrases.join(", "))
            }
            Kind::Regex => {
                let regex = *self.random.pick(REGEXES);
                format!("    patterns: [{{ regex: '{regex}' }}, {few}]\n")
            }
            Kind::Signal => format!(
                "    when: {}\n",
                self.random.pick(&[
                    "caps_ratio > 0.8 and letters >= 20",
                    "longest_run >= 12",
                    "links >= 3 and words < 20",
                    "emoji > 15",
                    "mentions >= 6 or hashtags >= 8",
                    "zalgo > 4 or invisible > 6",
                ])
            ),
            Kind::Facts => format!(
                "    patterns: {{ what: [{words}] }}\n    \
                 when: what and (author.age < 7 days or author.reports > 3 or toxicity > 0.9)\n"
            ),
            Kind::Entity => {
                let entity = *self.random.pick(ENTITIES);
                let entity = if entity.starts_with('{') {
                    entity.into()
                } else {
                    format!("{{ entity: {entity} }}")
                };
                format!(
                    "    patterns: {{ ask: [{few}], what: [{entity}] }}\n    \
                     when: ask and what or count(what) >= 2\n"
                )
            }
            Kind::Domain => {
                let hosts: Vec<String> =
                    (0..n).map(|_| format!("{{ domain: {}.example }}", self.host())).collect();
                format!(
                    "    action: review\n    patterns: [{}, {{ list: hosts, as: domain }}]\n",
                    hosts.join(", ")
                )
            }
            Kind::Wildcard => {
                let stems: Vec<String> = (0..4)
                    .map(|_| {
                        let word = self.random.pick(self.rare).replace(' ', "");
                        quoted(&format!("{}xq*", word.chars().take(5).collect::<String>()))
                    })
                    .collect();
                format!("    patterns: [{}]\n", stems.join(", "))
            }
            Kind::Reference if id > 0 => format!(
                "    patterns: {{ also: [{few}], more: [{more}] }}\n    \
                 when: r{} and (also or more) or before(also, more, 4)\n",
                self.random.below(id)
            ),
            Kind::Reference => format!("    patterns: [{few}]\n"),
        };
        self.policy += &body;
    }

    fn words(&mut self, n: usize) -> String {
        let words: Vec<String> =
            (0..n).map(|_| quoted(self.random.pick::<String>(self.rare))).collect();
        words.join(", ")
    }

    /// Two or three words, one of them frequent.
    fn phrase(&mut self) -> String {
        let (first, second) = (self.random.pick(self.rare), self.random.pick(self.common));
        format!("{first} {second}")
    }

    fn host(&mut self) -> String {
        let word = self.random.pick(self.rare);
        let letters: String = word.chars().filter(char::is_ascii_alphanumeric).collect();
        format!("{letters}{}", self.random.below(1_000))
    }
}
