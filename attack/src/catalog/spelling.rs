//! Misspellings that still read as the word.

use super::ops::{is_vowel, lower};
use super::{Common, ONE};
use crate::draft::{Cell, Draft};
use crate::kind::Kind;
use crate::transform::{Hand, Stage, Transform};

const SPELLING: Common =
    Common { kinds: &[Kind::Deletion], stage: Stage::Spelling, severities: ONE };

pub(super) const LIST: &[Transform] = &[
    SPELLING.with("delete-vowel", "a vowel left out", delete_vowel, ""),
    SPELLING.with("delete-consonant", "a consonant left out", delete_consonant, ""),
    SPELLING.kinds(&[Kind::Swap]).with("swap", "two neighbours swapped", swap, ""),
    SPELLING.kinds(&[Kind::Phonetic]).with(
        "phonetic",
        "spelled as it sounds",
        phonetic,
        "\
        ck=k ck=kk ck=q c=k k=c f=ph ph=f s=z z=s er=a er=uh u=oo oo=u ee=ea i=ee y=ie ie=y x=ks \
        ks=x qu=kw igh=ite ch=tch th=d v=f ou=ow ai=ay or=er",
    ),
    SPELLING.kinds(&[Kind::Phonetic]).with(
        "phonetic-russian",
        "Russian spelled as it sounds",
        phonetic,
        "о=а а=о е=и и=е д=т б=п г=к в=ф з=с ж=ш ц=тс сч=щ щ=сч",
    ),
    SPELLING.kinds(&[Kind::Phonetic]).with(
        "phonetic-greek",
        "Greek spelled as it sounds",
        phonetic,
        "η=ι ι=η υ=ι ι=υ ει=ι οι=ι ο=ω ω=ο αι=ε ε=αι",
    ),
];

/// Letters of alphabets: a syllable or an Arabic letter is too much to lose or move.
fn is_cased(c: char) -> bool {
    c.is_lowercase() || c.is_uppercase()
}

/// Removes one of the inner letters of a word of four letters or more.
fn delete(draft: &mut Draft, hand: &mut Hand<'_>, wanted: impl Fn(char) -> bool) -> bool {
    let long: Vec<_> = draft.words().into_iter().filter(|word| word.len() >= 4).collect();
    let fits = |i: &usize| {
        let fits = |c: char| is_cased(c) && wanted(c);
        long.iter().any(|word| word.contains(i)) && draft.cells[*i].plain.starts_with(fits)
    };
    let chosen = hand.choose(draft.inner().into_iter().filter(fits).collect());
    for &i in chosen.iter().rev() {
        draft.cells.remove(i);
    }
    !chosen.is_empty()
}

fn delete_vowel(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    delete(draft, hand, is_vowel)
}

fn delete_consonant(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    delete(draft, hand, |c| !is_vowel(c))
}

/// The first letter stays: it is what a reader goes by.
fn swap(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    let cells = &draft.cells;
    let differ = |&i: &usize| {
        let (one, other) = (cells[i].plain.to_lowercase(), cells[i + 1].plain.to_lowercase());
        one != other && one.starts_with(is_cased)
    };
    let words = draft.words().into_iter().filter(|word| word.len() >= 4);
    let places = words.flat_map(|word| word.start + 1..word.end - 1).filter(differ).collect();
    let chosen = hand.choose(places);
    for &i in &chosen {
        draft.cells.swap(i, i + 1);
    }
    !chosen.is_empty()
}

/// `ck=k`: a spelling and another one for the same sound.
fn phonetic(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    let sounds = |from: &str, i: usize| {
        from.chars()
            .enumerate()
            .all(|(n, c)| draft.cells.get(i + n).and_then(Cell::single).map(lower) == Some(c))
    };
    let letters = |from: &str| from.chars().count();
    let mut places: Vec<(usize, usize, &str)> = Vec::new();
    for i in draft.letters() {
        let rows = hand.data.split_whitespace().filter_map(|row| row.split_once('='));
        let fitting: Vec<_> = rows.filter(|(from, _)| sounds(from, i)).collect();
        // A spelling of several letters is one sound: `ck` is no `c` and `k`.
        let longest = fitting.iter().map(|(from, _)| letters(from)).max().unwrap_or(0);
        let inside = places.last().is_some_and(|&(at, len, _)| i < at + len);
        let rows = fitting.into_iter().filter(|(from, _)| letters(from) == longest && !inside);
        places.extend(rows.map(|(from, to)| (i, letters(from), to)).collect::<Vec<_>>());
    }
    if places.is_empty() {
        return false;
    }
    let &(start, len, to) = hand.rng.pick(&places);
    let plain: String = draft.cells[start..start + len].iter().map(|c| c.plain.as_str()).collect();
    draft.cells[start].plain = plain;
    draft.cells[start].show(to);
    draft.cells.drain(start + 1..start + len);
    true
}
