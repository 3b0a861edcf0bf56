//! The matches of all rules, what exceptions take out, and counting.

use super::cost::KindSet;
use super::find;
use super::quotes;
use super::resolve::{ResolvedException, ResolvedRule};
use super::sentence::Sentences;
use super::veto::is_other_language;
use super::words;
use std::ops::Range;

/// A text of the document, under a name of the policy.
#[derive(Clone, Copy, Debug)]
pub struct FieldText<'t> {
    /// Its number in the policy.
    pub number: usize,
    /// Its name.
    pub name: &'t str,
    /// Its text.
    pub text: &'t str,
}

/// A match, by numbers within its rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The group.
    pub group: usize,
    /// The pattern in the group.
    pub pattern: usize,
    /// The field's number.
    pub field: usize,
    /// Bytes of the field.
    pub span: Range<usize>,
    /// What was undone.
    pub kinds: KindSet,
    /// What that costs, in tenths.
    pub cost: u32,
    /// An exception covers it, or it is vetoed.
    pub suppressed: bool,
}

/// All matches of `rule`, ordered by field, start, end and pattern.
pub fn matches(rule: &ResolvedRule, fields: &[FieldText<'_>]) -> Vec<Hit> {
    let mut hits = Vec::new();
    for field in fields {
        let exceptions: Vec<Spared> =
            rule.except.iter().map(|e| Spared::new(e, field.text)).collect();
        for (group, named) in rule.groups.iter().enumerate() {
            for (pattern, looked_for) in named.patterns.iter().enumerate() {
                let here =
                    looked_for.fields.as_ref().is_none_or(|f| f.iter().any(|n| n == field.name));
                let found = if here { find::find(&looked_for.finder, field.text) } else { vec![] };
                hits.extend(found.into_iter().map(|found| Hit {
                    group,
                    pattern,
                    field: field.number,
                    suppressed: found.vetoed
                        || found.guessed.as_ref().is_some_and(|g| is_other_language(&rule.langs, g))
                        || exceptions.iter().any(|e| e.holds(&found.span, field.text)),
                    span: found.span,
                    kinds: found.kinds,
                    cost: found.cost,
                }));
            }
        }
    }
    hits.sort_by_key(|h| (h.field, h.span.start, h.span.end, h.group, h.pattern));
    hits
}

/// Where an exception was found in one text.
enum Spared {
    /// Matches in these places.
    In(Vec<Range<usize>>),
    /// Matches with one of these places before them, among so many words.
    After(Vec<Range<usize>>, usize),
    /// Matches with one of these places behind them, among so many words.
    Before(Vec<Range<usize>>, usize),
}

impl Spared {
    fn new(exception: &ResolvedException, text: &str) -> Self {
        let places = |finders: &[find::Finder]| {
            let found = finders.iter().flat_map(|finder| find::find(finder, text));
            found.map(|found| found.span).collect()
        };
        match exception {
            ResolvedException::Covering(finder) => Self::In(places(std::slice::from_ref(finder))),
            ResolvedException::After(finders, reach) => Self::After(places(finders), *reach),
            ResolvedException::Before(finders, reach) => Self::Before(places(finders), *reach),
            ResolvedException::Quoted => Self::In(quotes::quoted(text)),
        }
    }

    fn holds(&self, found: &Range<usize>, text: &str) -> bool {
        match self {
            Self::In(places) => places.iter().any(|p| p.start <= found.start && found.end <= p.end),
            Self::After(places, reach) => {
                places.iter().any(|p| near(p.end..found.start, *reach, text))
            }
            Self::Before(places, reach) => {
                places.iter().any(|p| near(found.end..p.start, *reach, text))
            }
        }
    }
}

/// True when what lies `between` is in one sentence and leaves room for one more word
/// among `reach`.
fn near(between: Range<usize>, reach: usize, text: &str) -> bool {
    let sentences = Sentences::new(text);
    between.start <= between.end
        && words::words_in(&words::seen(text), between.clone()) < reach
        && !sentences.ends_in(between.clone())
        && !sentences.line_ends_in(between)
}

/// How many of `hits` are disjoint, taken leftmost-longest, field by field.
pub fn disjoint<'h>(hits: impl Iterator<Item = &'h Hit>) -> usize {
    let mut hits: Vec<&Hit> = hits.collect();
    hits.sort_by_key(|h| (h.field, h.span.start, std::cmp::Reverse(h.span.end)));
    let mut count = 0;
    let mut last: Option<(usize, usize)> = None;
    for hit in hits {
        if last.is_none_or(|(field, end)| field != hit.field || end <= hit.span.start) {
            count += 1;
            last = Some((hit.field, hit.span.end));
        }
    }
    count
}
