//! Innocent words and pairs of words that the rules of a policy would hit.
//!
//! Every word of the lexicon is a text of its own, and so are pairs of frequent words in whose
//! junction a pattern could be read. What a pattern finds there is collateral unless it is what
//! the author wrote: the word itself, one of its regular forms, or a word in the rule's own
//! `hit` tests. Groups are asked, not conditions: of `near(act, person, 3)` an innocent word
//! that counts as the act is half of a false alarm. Groups that a condition only denies are
//! left out, for they excuse.

mod groups;
mod hunter;
mod meant;
mod pairs;

use crate::diag::PolicyError;
use crate::ids::{PatternId, RuleId};
use crate::lexicon;
use crate::policy::Policy;
use crate::ruleset::Ruleset;
use crate::ruleset::tables::Use;
use crate::span::Span;
use crate::spec::glob;
use crate::spec::model::{self, TestCase};
use crate::verdict::{Kinds, Match};
use groups::Incriminating;
use meant::Meant;
use rustc_hash::{FxHashMap, FxHashSet};

/// An innocent word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The word, folded.
    pub text: String,
    /// How frequent it is in English, from 1 to 15, each step a factor of three; 0: not known.
    pub frequency: u8,
    /// The languages it is known from, by code; `name` for names of people and places.
    pub languages: Vec<&'static str>,
}

/// The words of the lexicon, the most frequent first, then by length and alphabet.
pub fn words() -> Vec<Word> {
    let word = |(text, entry): (String, lexicon::Entry)| {
        let all = lexicon::Languages::ALL.iter();
        let known = all.filter(|(language, _)| entry.languages.intersects(*language));
        let languages = known.map(|&(_, code)| if code.is_empty() { NAME } else { code }).collect();
        Word { text, frequency: entry.frequency, languages }
    };
    let mut words: Vec<Word> = lexicon::words().map(word).collect();
    words.sort_by(|a, b| {
        let length = |word: &Word| word.text.len();
        b.frequency.cmp(&a.frequency).then(length(a).cmp(&length(b))).then(a.text.cmp(&b.text))
    });
    words
}

/// What stands for names among the codes of languages.
pub const NAME: &str = "name";

/// An innocent text that a rule hits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The index of the text among those that were asked.
    pub text: usize,
    /// The rule, by name.
    pub rule: String,
    /// The group of the rule.
    pub group: String,
    /// The pattern as written.
    pub pattern: String,
    /// The bytes of the text that it finds.
    pub span: Span,
    /// Why it finds them.
    pub cause: Cause,
}

/// Why a pattern finds an innocent text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cause {
    /// It is found inside a longer word: `boundary: any`.
    Inside,
    /// A `*` of it stands for the rest of the word.
    Wildcard,
    /// It begins in one word and ends in the next.
    Across,
    /// It is a regular expression.
    Regex,
    /// The text reads like a disguise of it, of these kinds.
    Disguise(Kinds),
}

impl Cause {
    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Inside => "inside",
            Self::Wildcard => "wildcard",
            Self::Across => "across",
            Self::Regex => "regex",
            Self::Disguise(_) => "disguise",
        }
    }

    /// The plainer, the less.
    fn rank(self) -> u8 {
        match self {
            Self::Inside => 0,
            Self::Wildcard => 1,
            Self::Across => 2,
            Self::Regex => 3,
            Self::Disguise(_) => 4,
        }
    }
}

/// Looks for what the rules of a policy hit.
#[derive(Debug)]
pub struct Hunt {
    /// The policy, every match of which makes its rule fire.
    ruleset: Ruleset,
    incriminating: Incriminating,
    /// By rule, the words of its `hit` tests: they are meant.
    tested: FxHashMap<String, FxHashSet<String>>,
    regexes: FxHashSet<PatternId>,
}

impl Hunt {
    /// A hunt with the rules of `policy` whose names one of `rules` fits; all if there are none.
    ///
    /// # Errors
    /// When the policy does not compile.
    pub fn new(policy: &Policy, rules: &[String]) -> Result<Self, PolicyError> {
        let spec = policy.spec();
        let wanted = |rule: &model::Rule| {
            let id = rule.id.as_ref().map_or("", |id| id.as_str());
            rules.is_empty() || rules.iter().any(|glob| glob::matches(glob, id))
        };
        let ruleset = hunter::compile(policy, wanted)?;
        let tested = spec.rules.iter().filter_map(|rule| {
            let id = rule.id.as_ref()?.value.clone();
            Some((id, rule.tests.hit.iter().flat_map(texts_of).flat_map(words_in).collect()))
        });
        let regexes = ruleset.inner().tables.regexes.iter().flat_map(|regex| &regex.uses);
        let pattern = |used: &Use| match used {
            Use::Pattern(id) => Some(*id),
            Use::Except(_) => None,
        };
        Ok(Self {
            incriminating: Incriminating::new(spec),
            tested: tested.collect(),
            regexes: regexes.filter_map(pattern).collect(),
            ruleset,
        })
    }

    /// How many rules are hunted with.
    pub fn rules(&self) -> usize {
        self.ruleset.rules().len()
    }

    /// Pairs of words of `words`, the most frequent first, in which a pattern could be read
    /// across the space, and all pairs of the most frequent words.
    pub fn pairs(&self, words: &[Word]) -> Vec<(String, u8)> {
        pairs::pairs(&self.ruleset, words)
    }

    /// What the rules hit in these words and pairs on `workers` threads (0: all cores), in their
    /// order; of each rule in a text one hit. In a pair only what reaches from one word into
    /// the other is told: the rest is told of the words.
    pub fn hits<T: AsRef<str> + Sync>(&self, texts: &[T], workers: usize) -> Vec<Hit> {
        let inputs: Vec<&str> = texts.iter().map(AsRef::as_ref).collect();
        let batch = self.ruleset.classify_batch_with(&inputs, workers);
        let mut meant = Meant::default();
        let mut hits = Vec::new();
        for (row, verdict) in batch.kept() {
            for fired in verdict.fired() {
                let found = verdict.matches_of(fired.rule).filter(|m| m.suppressed_by.is_none());
                let found = found.filter_map(|m| self.hit(inputs[row], row, m, &mut meant));
                // The plainest says most about the rule.
                hits.extend(found.min_by_key(|hit| hit.cause.rank()));
            }
        }
        hits
    }

    /// The match as a hit, unless it is what the author meant.
    fn hit(&self, text: &str, row: usize, found: &Match, meant: &mut Meant) -> Option<Hit> {
        let rule = self.rule_name(found.rule);
        let group = self.ruleset.group_name(found.group);
        let touches = &text[found.raw.range()];
        if text.contains(' ') && !touches.trim().contains(' ')
            || !self.incriminating.has(rule, group)
            || self.is_tested(rule, text, found.raw)
        {
            return None;
        }
        Some(Hit {
            text: row,
            cause: self.cause(text, found, meant)?,
            rule: rule.to_owned(),
            group: group.to_owned(),
            pattern: self.ruleset.pattern_text(found.pattern).to_owned(),
            span: found.raw,
        })
    }

    fn rule_name(&self, rule: RuleId) -> &str {
        &self.ruleset.rules()[rule.index()].id
    }

    /// True when all words that the match touches are in the rule's own `hit` tests.
    fn is_tested(&self, rule: &str, text: &str, span: Span) -> bool {
        let Some(tested) = self.tested.get(rule) else { return false };
        let mut touched = words_at(text).filter(|(at, word)| {
            *at < span.end as usize && span.start as usize <= at + word.len().saturating_sub(1)
        });
        touched.all(|(_, word)| tested.contains(word))
    }

    fn cause(&self, text: &str, found: &Match, meant: &mut Meant) -> Option<Cause> {
        if self.regexes.contains(&found.pattern) {
            return Some(Cause::Regex);
        }
        if found.cost > 0 {
            return Some(Cause::Disguise(found.kinds));
        }
        let pattern = self.ruleset.pattern_text(found.pattern);
        let (start, end) = (found.raw.start as usize, found.raw.end as usize);
        // What an apostrophe parts is a word, to the engine too: `mother's`.
        let is_whole = |at: Option<char>| at.is_none_or(|c| matches!(c, ' ' | '\''));
        let whole =
            is_whole(text[..start].chars().next_back()) && is_whole(text[end..].chars().next());
        match (pattern.contains('*'), whole) {
            (true, _) if meant.is_form(pattern, &text[start..end]) => None,
            (true, _) => Some(Cause::Wildcard),
            (false, true) => None,
            (false, false) if text[start..end].contains(' ') => Some(Cause::Across),
            (false, false) if meant.is_form(pattern, word_around(text, start, end)) => None,
            (false, false) => Some(Cause::Inside),
        }
    }
}

fn texts_of(case: &TestCase) -> impl Iterator<Item = &str> {
    case.fields.iter().map(|(_, text)| text.value.as_str())
}

/// The bytes `start..end` with the letters around them.
fn word_around(text: &str, start: usize, end: usize) -> &str {
    let from = text[..start].rfind([' ', '\'']).map_or(0, |at| at + 1);
    let to = text[end..].find([' ', '\'']).map_or(text.len(), |at| end + at);
    &text[from..to]
}

/// The folded words of a text.
fn words_in(text: &str) -> Vec<String> {
    let folded = crate::view::fold(text);
    words_at(&folded).map(|(_, word)| word.to_owned()).collect()
}

/// The words of a folded text, with the places they begin at.
fn words_at(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let parts = text.split(|c: char| !c.is_alphanumeric() && c != '\'');
    parts
        .filter(|word| !word.is_empty())
        .map(move |word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: &str = r#"
policy: p
fields: [title, body]
lists: { l: [{ text: hat, boundary: any, in: title }] }
rules:
  - id: wide
    action: review
    in: body
    patterns: [art*, { text: corn, boundary: any }]
    except: [party, popcorn]
    tests: { hit: ["an artful dodge"] }
  - id: near
    action: review
    patterns: { act: [{ text: ham, boundary: any }], who: [you], nice: [{ text: bacon, boundary: any }] }
    when: near(act, who, 3) and not nice
  - { id: rx, action: review, mode: shadow, patterns: [{ regex: 'cr[ei]st' }] }
  - { id: stray, action: review, evasion: strong, patterns: [{ text: aboard, veto: off }] }
  - { id: phrase, patterns: [{ text: ass hat, boundary: any }, { list: l }] }
  - { id: off, action: review, mode: disabled, patterns: [{ text: the, boundary: any }] }
"#;

    fn found(texts: &[&str]) -> Vec<(usize, String, &'static str)> {
        let policy: Policy = POLICY.parse().expect("a policy");
        let hunt = Hunt::new(&policy, &[]).expect("it compiles");
        let hits = hunt.hits(texts, 1).into_iter();
        hits.map(|hit| (hit.text, hit.rule, hit.cause.name())).collect()
    }

    #[test]
    fn what_is_found_in_innocent_words_is_told() {
        let words =
            ["art", "arts", "artist", "artful", "popcorn", "cornice", "champ", "you", "bacons"];
        let expected = [(2, "wide", "wildcard"), (5, "wide", "inside"), (6, "near", "inside")];
        assert_eq!(found(&words), expected.map(|(at, rule, cause)| (at, rule.to_owned(), cause)));
        assert_eq!(found(&["hams", "ham's", "corns"]), [], "forms of what was written are meant");
        assert_eq!(
            found(&["crest", "other", "that"]),
            [(0, "rx".to_owned(), "regex"), (2, "phrase".to_owned(), "inside")]
        );
    }

    #[test]
    fn pairs_are_told_for_what_joins_them() {
        let pairs = ["class hats", "ass hat", "corner shop", "a board"];
        let expected = [(0, "phrase", "across"), (3, "stray", "disguise")];
        assert_eq!(found(&pairs), expected.map(|(at, rule, cause)| (at, rule.to_owned(), cause)));
    }

    #[test]
    fn pairs_are_proposed_where_a_pattern_could_be_cut() {
        let policy: Policy = POLICY.parse().expect("a policy");
        let hunt =
            Hunt::new(&policy, &["phrase".to_owned(), "stray".to_owned()]).expect("it compiles");
        let pairs: Vec<String> = hunt.pairs(&words()).into_iter().map(|(pair, _)| pair).collect();
        for pair in ["a board", "class hat", "of the"] {
            assert!(pairs.iter().any(|other| other == pair), "{pair}");
        }
    }

    #[test]
    fn words_come_by_frequency() {
        let words = words();
        assert_eq!(words[0].frequency, 15);
        assert!(words.windows(2).all(|pair| pair[0].frequency >= pair[1].frequency));
        assert!(words.iter().any(|word| word.languages == [NAME]));
    }
}
