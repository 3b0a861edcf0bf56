//! What is no innocent word: the patterns of the packs, offensive words of other
//! lists, and what is made of them by inflecting, joining and repeating.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use tamis::Policy;
use tamis::spec::expr::{Expr, ExprKind};
use tamis::spec::model::{Group, List, PatternKind, Rule};

use super::core_files::en::{self, Trust};
use super::sources::{self, Sources};
use super::{LANGUAGES, Words};

/// The words to take out, folded.
pub(super) struct Offence {
    /// English ones: out, whatever the language. Inflections included.
    words: BTreeMap<String, Trust>,
    /// What words begin with, from wildcards.
    prefixes: Vec<String>,
    /// `words` by what is left of them with runs of a letter cut down to one.
    runs: BTreeMap<String, Vec<String>>,
    /// Those of other languages, by the bit: no words of that language.
    foreign: Vec<(u16, BTreeSet<String>)>,
}

impl Offence {
    pub(super) fn new(sources: &Sources<'_>) -> io::Result<Self> {
        let (mut stems, prefixes) = packs();
        let innocent = words_of("innocent.txt")?;
        let listed = words_of("offensive.txt")?.into_iter().chain(fold(sources.offensive("en")?));
        stems.extend(listed.filter(|word| !innocent.contains(word)));
        stems.retain(|word| word.chars().count() > 1);
        let mut words = BTreeMap::new();
        for (form, trust) in stems.iter().flat_map(|stem| inflections(stem)) {
            let known = words.entry(form).or_insert(trust);
            *known = if trust == Trust::Sure { trust } else { *known };
        }
        words.extend(stems.into_iter().map(|stem| (stem, Trust::Sure)));
        let mut runs: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for word in words.keys() {
            runs.entry(collapsed(word)).or_default().push(word.clone());
        }
        let mut foreign = Vec::new();
        for (bit, language) in LANGUAGES.iter().enumerate().skip(1) {
            foreign.push((1 << bit, fold(sources.offensive(language.code)?).collect()));
        }
        Ok(Self { words, prefixes, runs, foreign })
    }

    /// Takes the words out; returns them.
    pub(super) fn remove_from(&self, words: &mut Words, english: &BTreeSet<String>) -> Vec<String> {
        for (language, offensive) in &self.foreign {
            for word in offensive {
                words.entry(word.clone()).and_modify(|info| info.languages &= !language);
            }
        }
        let is =
            |word: &String, languages: u16| languages == 0 || self.is(word, english.contains(word));
        let removed: Vec<String> = words
            .iter()
            .filter(|(word, info)| is(word, info.languages))
            .map(|(word, _)| word.clone())
            .collect();
        for word in &removed {
            words.remove(word);
        }
        removed
    }

    /// Whether a word goes. An edited English dictionary is believed where only the
    /// spelling suggests something: `assess` is the plural of nothing.
    fn is(&self, word: &str, is_english: bool) -> bool {
        // Patterns are found without the apostrophe that a text may leave out.
        let plain = word.replace('\'', "");
        let spelled = [word, &plain].into_iter().any(|word| match self.words.get(word) {
            Some(Trust::Sure) => true,
            Some(Trust::Agent | Trust::Spoken) => !is_english,
            None => false,
        });
        spelled
            || self.prefixes.iter().any(|prefix| word.starts_with(prefix.as_str()))
            || !is_english && self.repeats(word)
    }

    /// Whether the word is one of these with letters repeated.
    fn repeats(&self, word: &str) -> bool {
        let bases = self.runs.get(&collapsed(word)).into_iter().flatten();
        let lengths = run_lengths(word);
        bases.into_iter().any(|base| {
            run_lengths(base).iter().zip(&lengths).all(|(in_base, in_word)| in_base <= in_word)
        })
    }
}

fn fold(texts: Vec<String>) -> impl Iterator<Item = String> {
    texts.into_iter().map(|text| tamis::fold(&text))
}

/// The words of a file of `tools/lexicon`.
fn words_of(name: &str) -> io::Result<BTreeSet<String>> {
    let lines = sources::lines(name)?;
    Ok(lines.iter().flat_map(|line| line.split_whitespace()).map(tamis::fold).collect())
}

/// The words and the prefixes that packs look for and that make a rule fire alone.
pub(super) fn packs() -> (BTreeSet<String>, Vec<String>) {
    let (mut words, mut prefixes) = (BTreeSet::new(), Vec::new());
    for name in tamis::pack_names() {
        let policy = Policy::pack(name).unwrap_or_else(|error| panic!("{name}: {error}"));
        // A rule with neither label nor action accuses nobody: others ask for it.
        let reports = |rule: &&Rule| rule.label.is_some() || rule.action.is_some();
        for rule in policy.spec().rules.iter().filter(reports) {
            for group in rule.groups.iter().filter(|group| accuses(rule, group)) {
                for text in texts(&policy, group) {
                    match text.strip_suffix('*') {
                        Some(start) if is_one_word(start) => prefixes.push(tamis::fold(start)),
                        None if is_one_word(text) => drop(words.insert(tamis::fold(text))),
                        _ => {}
                    }
                }
            }
        }
    }
    (words, prefixes)
}

fn is_one_word(text: &str) -> bool {
    text.chars().all(|c| c.is_alphabetic() || c == '\'')
}

fn texts<'p>(policy: &'p Policy, group: &'p Group) -> Vec<&'p str> {
    let lists = &policy.spec().lists;
    let of_list = |name: &str| {
        let list = lists.iter().find(|list| list.name.value == name);
        list.map(List::entries).unwrap_or_default()
    };
    let patterns = group.patterns.iter().flat_map(|pattern| match &pattern.kind {
        PatternKind::List { name, .. } => of_list(&name.value).iter().collect(),
        _ => vec![pattern],
    });
    let texts = patterns.filter_map(|pattern| match &pattern.kind {
        PatternKind::Text(text) => Some(text.value.as_str()),
        _ => None,
    });
    texts.collect()
}

/// Whether a match of this group alone makes the rule fire. Words that only accuse
/// beside others (`you`, `kill`) and words that excuse stay innocent.
fn accuses(rule: &Rule, group: &Group) -> bool {
    match &rule.when {
        None => true,
        Some(condition) => holds(&condition.root, &group.name.value),
    }
}

/// Whether a condition may hold when only `group` has a match, and one.
fn holds(expr: &Expr, group: &str) -> bool {
    match &expr.kind {
        ExprKind::Name(name) => name == group,
        ExprKind::Not(inner) => !holds(inner, group),
        ExprKind::And(parts) => parts.iter().all(|part| holds(part, group)),
        ExprKind::Or(parts) => parts.iter().any(|part| holds(part, group)),
        ExprKind::Call(name, arguments) if matches!(name.value.as_str(), "near" | "before") => {
            let other = |part: &Expr| matches!(&part.kind, ExprKind::Name(n) if n != group);
            !arguments.iter().any(other)
        }
        ExprKind::Call(_, arguments) => arguments.iter().any(|part| holds(part, group)),
        // `count(word) > count(name)` accuses what stands on the left.
        ExprKind::Compare(_, left, _) => holds(left, group),
        _ => false,
    }
}

fn inflections(word: &str) -> Vec<(String, Trust)> {
    let letters: Vec<char> = word.chars().collect();
    let forms = en::candidates(&letters).into_iter();
    forms.map(|(form, trust)| (form.into_iter().collect(), trust)).collect()
}

/// The word with every run of a letter cut down to one.
fn collapsed(word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    letters.dedup();
    letters.into_iter().collect()
}

fn run_lengths(word: &str) -> Vec<usize> {
    let letters: Vec<char> = word.chars().collect();
    letters.chunk_by(|a, b| a == b).map(<[char]>::len).collect()
}
