//! Letters struck out.

use super::ops::is_vowel;
use super::{ALL, Common, ONE};
use crate::draft::Draft;
use crate::kind::Kind;
use crate::transform::{Hand, Stage, Transform};

const ONE_MASK: Common = Common { kinds: &[Kind::Masks], stage: Stage::Letters, severities: ONE };
const RUN: Common = Common { kinds: &[Kind::Masks], stage: Stage::Letters, severities: ALL };

pub(super) const LIST: &[Transform] = &[
    ONE_MASK.with("mask-star", "`*` for a letter", one, "*"),
    ONE_MASK.with("mask-hash", "`#` for a letter", one, "#"),
    ONE_MASK.with("mask-dash", "`-` for a letter", one, "-"),
    ONE_MASK.with("mask-underscore", "`_` for a letter", one, "_"),
    ONE_MASK.with("mask-dot", "`.` for a letter", one, "."),
    ONE_MASK.with("mask-long-dash", "a long dash for a letter", one, "—–"),
    ONE_MASK.with("mask-slash", "`/` for a letter", one, "/"),
    ONE_MASK.with("mask-bullet", "`•` for a letter", one, "•●∙"),
    ONE_MASK.with("mask-at", "`@` for a letter", one, "@"),
    ONE_MASK.with("mask-percent", "`%` for a letter", one, "%"),
    ONE_MASK.with("mask-question", "`?` for a letter", one, "?"),
    ONE_MASK.with("mask-block", "a block for a letter", one, "█▇■▪"),
    ONE_MASK.with("mask-fancy-star", "other stars for a letter", one, "＊∗⁎★✱"),
    RUN.with("mask-inner", "`*` for all inner letters", inner, "*"),
    RUN.with("mask-inner-hash", "`#` for all inner letters", inner, "#"),
    RUN.with("mask-inner-dash", "`-` for all inner letters", inner, "-"),
    RUN.with("mask-inner-mixed", "several signs for all inner letters", inner, "*#@%$&!"),
    RUN.with("mask-inner-dots", "`.` for all inner letters", inner, "."),
    RUN.with("mask-inner-emoji", "an emoji for all inner letters", inner, "🤬"),
    ONE_MASK.with("mask-bar", "`|` for a letter", one, "|"),
    RUN.with("mask-two", "`*` for two inner letters", two, "*"),
    RUN.with("mask-last-two", "`*` for the last two letters", last_two, "*"),
    RUN.with("mask-all-but-first", "`*` for all letters but the first two", tail, "*"),
];

fn strike(draft: &mut Draft, hand: &mut Hand<'_>, places: &[usize]) -> bool {
    let signs: Vec<char> = hand.data.chars().collect();
    for &i in places {
        let sign = *hand.rng.pick(&signs);
        draft.cells[i].show(sign);
    }
    !places.is_empty()
}

/// The places inside the longest word, of four letters at least: of shorter ones too little is left.
fn inside(draft: &Draft) -> Vec<usize> {
    let word = draft.longest_word();
    let free = |i: &usize| !draft.cells[*i].touched;
    if word.len() < 4 { Vec::new() } else { (word.start + 1..word.end - 1).filter(free).collect() }
}

/// One letter, a vowel rather than another: what people write.
fn one(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    let places = inside(draft);
    let vowel = |i: &usize| draft.cells[*i].plain.starts_with(is_vowel);
    let vowels: Vec<usize> = places.iter().copied().filter(vowel).collect();
    let chosen = hand.choose(if vowels.is_empty() { places } else { vowels });
    strike(draft, hand, &chosen)
}

fn inner(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    let places = inside(draft);
    places.len() >= 2 && strike(draft, hand, &places)
}

/// Two letters anywhere inside, of a word that has more.
fn two(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    let mut places = inside(draft);
    if places.len() < 3 {
        return false;
    }
    hand.rng.shuffle(&mut places);
    places.truncate(2);
    strike(draft, hand, &places)
}

fn last_two(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    let word = draft.longest_word();
    let places: Vec<usize> = (word.end.saturating_sub(2)..word.end).collect();
    word.len() >= 4 && strike(draft, hand, &places)
}

fn tail(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    let word = draft.longest_word();
    // With a shorter word it is the same as the last two.
    word.len() >= 5 && strike(draft, hand, &(word.start + 2..word.end).collect::<Vec<_>>())
}
