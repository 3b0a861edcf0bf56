//! Letters written several times.

use super::ops::is_vowel;
use super::{ALL, ANY, Common, ONE};
use crate::draft::Draft;
use crate::kind::Kind;
use crate::transform::{Hand, Stage, Transform};

const REPEATS: Common = Common { kinds: &[Kind::Repeats], stage: Stage::Repeats, severities: ALL };

pub(super) const LIST: &[Transform] = &[
    REPEATS.severities(ONE).with("repeat-vowel", "a vowel five times", vowel, "5"),
    REPEATS.severities(ONE).with("repeat-vowel-long", "a vowel forty times", vowel, "40"),
    REPEATS.severities(ANY).with("repeat-thrice", "letters three times", times, "3"),
    REPEATS.severities(ANY).with("repeat-twice", "letters twice", times, "2"),
    REPEATS.with("repeat-last", "the last letter eight times", last, "8"),
    REPEATS.with("repeat-first", "the first letter four times", first, "4"),
    REPEATS.with("repeat-uneven", "each letter once to six times", uneven, "6"),
];

fn number(hand: &Hand<'_>) -> usize {
    hand.data.parse().unwrap_or(1)
}

/// Letters that can be repeated: a struck-out one and a written-out sign cannot sensibly.
fn places(draft: &Draft) -> Vec<usize> {
    let simple = |i: &usize| draft.cells[*i].shown.chars().count() == 1;
    draft.letters().into_iter().filter(simple).collect()
}

fn repeat(draft: &mut Draft, chosen: &[usize], n: usize) -> bool {
    for &i in chosen {
        draft.cells[i].shown = draft.cells[i].shown.repeat(n);
    }
    !chosen.is_empty()
}

fn vowel(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    let is_vowel = |i: &usize| draft.cells[*i].plain.starts_with(is_vowel);
    let chosen = hand.choose(places(draft).into_iter().filter(is_vowel).collect());
    let n = number(hand);
    repeat(draft, &chosen, n)
}

fn times(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    let chosen = hand.choose(places(draft));
    let n = number(hand);
    repeat(draft, &chosen, n)
}

fn last(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    let chosen: Vec<usize> = places(draft).into_iter().next_back().into_iter().collect();
    repeat(draft, &chosen, number(hand))
}

fn first(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    let chosen: Vec<usize> = places(draft).into_iter().take(1).collect();
    repeat(draft, &chosen, number(hand))
}

fn uneven(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    let chosen = places(draft);
    let most = number(hand);
    for (n, &i) in chosen.iter().enumerate() {
        // The first is always repeated, so that something is.
        let least = if n == 0 { 2 } else { 1 };
        let times = least + hand.rng.below(most + 1 - least);
        repeat(draft, &[i], times);
    }
    !chosen.is_empty()
}
