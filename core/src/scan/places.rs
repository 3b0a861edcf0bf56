//! Of places of one pattern that lie in one another, the best.

use crate::verdict::Match;
use std::cmp::Reverse;

/// Drops every match that contains, or lies in, a better one of its pattern: the
/// cheaper, then the longer. What is best read as an innocent word is one, so a veto
/// brings nothing else back.
///
/// Keeps the order. Matches of one pattern seldom overlap, so that this is one
/// pass; the work is bounded by the number of overlaps.
pub(super) fn keep_best(matches: &mut Vec<Match>) {
    if !overlap(matches) {
        return;
    }
    let mut order: Vec<u32> = (0..matches.len() as u32).collect();
    let key = |m: &Match| (m.pattern, m.field, m.raw.start, m.raw.end);
    order.sort_unstable_by_key(|&at| key(&matches[at as usize]));
    let mut dropped = vec![false; matches.len()];
    let mut any = false;
    // Of those that begin at one place only the best is there at all.
    let start = |at: u32| {
        (matches[at as usize].pattern, matches[at as usize].field, matches[at as usize].raw.start)
    };
    order.dedup_by(|other, one| {
        let same = start(*other) == start(*one);
        if same {
            if rank(&matches[*other as usize]) < rank(&matches[*one as usize]) {
                std::mem::swap(other, one);
            }
            dropped[*other as usize] = true;
            any = true;
        }
        same
    });
    for (number, &at) in order.iter().enumerate() {
        let one = matches[at as usize];
        for &other_at in &order[number + 1..] {
            let other = matches[other_at as usize];
            let same = (one.pattern, one.field) == (other.pattern, other.field);
            if !same || other.raw.start >= one.raw.end {
                break;
            }
            if other.raw.end <= one.raw.end {
                let worse = if rank(&one) <= rank(&other) { other_at } else { at };
                dropped[worse as usize] = true;
                any = true;
            }
        }
    }
    if any {
        let mut at = 0;
        matches.retain(|_| {
            at += 1;
            !dropped[at - 1]
        });
    }
}

/// Whether any two matches of a rule overlap; they come by rule, field and start.
fn overlap(matches: &[Match]) -> bool {
    let mut end = 0;
    let mut last = None;
    matches.iter().any(|m| {
        let run = Some((m.rule, m.field));
        let overlaps = last == run && m.raw.start < end;
        end = if last == run { m.raw.end.max(end) } else { m.raw.end };
        last = run;
        overlaps
    })
}

fn rank(m: &Match) -> (u8, Reverse<u32>, (u32, u64)) {
    (m.cost, Reverse(m.raw.end - m.raw.start), m.kinds.rank())
}
