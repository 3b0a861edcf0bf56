//! The matches of all rules, what exceptions take out, and counting.

use super::cost::KindSet;
use super::find;
use super::resolve::ResolvedRule;
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
        let spared = spared(rule, field.text);
        for (group, named) in rule.groups.iter().enumerate() {
            for (pattern, looked_for) in named.patterns.iter().enumerate() {
                let here =
                    looked_for.fields.as_ref().is_none_or(|f| f.iter().any(|n| n == field.name));
                let found = if here { find::find(&looked_for.finder, field.text) } else { vec![] };
                hits.extend(found.into_iter().map(|found| Hit {
                    group,
                    pattern,
                    field: field.number,
                    suppressed: found.vetoed || spared.iter().any(|s| covers(s, &found.span)),
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

/// Every occurrence of every exception of `rule` in `text`.
fn spared(rule: &ResolvedRule, text: &str) -> Vec<Range<usize>> {
    rule.except.iter().flat_map(|e| find::find(e, text)).map(|found| found.span).collect()
}

fn covers(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
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
