//! Phrases run together, and what is glued to a word.

use super::{ALL, Common};
use crate::draft::Draft;
use crate::kind::Kind;
use crate::transform::{Hand, Stage, Transform};

const JOINED: Common = Common { kinds: &[Kind::Joined], stage: Stage::Joining, severities: ALL };
const DIGITS: Common = Common { kinds: &[Kind::Digits], stage: Stage::Whole, severities: ALL };

pub(super) const LIST: &[Transform] = &[
    JOINED.with("joined", "the words run together", joined, ""),
    JOINED.with("joined-capitals", "the words run together, each with a capital", capitals, ""),
    JOINED.with("joined-hashtag", "a hashtag", hashtag, ""),
    JOINED.with("joined-hashtag-capitals", "a hashtag with capitals", hashtag_capitals, ""),
    DIGITS.with("digits-behind", "digits behind the word", digits, ""),
];

/// Takes the spaces out of a phrase of eight letters or more: shorter ones no level promises.
fn join(draft: &mut Draft, capitals: bool) -> bool {
    let words = draft.words();
    if words.len() < 2 || draft.letters().len() < 8 {
        return false;
    }
    for word in words.iter().filter(|_| capitals) {
        let cell = &mut draft.cells[word.start];
        cell.shown = cell.shown.to_uppercase();
    }
    draft.cells.retain(|cell| !cell.plain.chars().all(char::is_whitespace));
    true
}

fn joined(draft: &mut Draft, _: &mut Hand<'_>) -> bool {
    join(draft, false)
}

fn capitals(draft: &mut Draft, _: &mut Hand<'_>) -> bool {
    join(draft, true)
}

fn hashtag(draft: &mut Draft, _: &mut Hand<'_>) -> bool {
    draft.open.push('#');
    join(draft, false)
}

fn hashtag_capitals(draft: &mut Draft, _: &mut Hand<'_>) -> bool {
    draft.open.push('#');
    join(draft, true)
}

fn digits(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    let number = 1 + hand.rng.below(99);
    draft.close.insert_str(0, &number.to_string());
    draft.cells.last().is_some_and(crate::draft::Cell::is_letter)
}
