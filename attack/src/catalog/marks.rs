//! Marks that the word does not have.

use super::{ANY, Common};
use crate::draft::Draft;
use crate::kind::Kind;
use crate::transform::{Hand, Stage, Transform};
use unicode_normalization::char::compose;

const MARKS: Common = Common { kinds: &[Kind::Marks], stage: Stage::Marks, severities: ANY };

pub(super) const LIST: &[Transform] = &[
    MARKS.with("mark-precomposed", "accented letters", precomposed, ACCENTS),
    MARKS.with("mark-diaeresis", "letters with two dots", precomposed, "\u{308}"),
    MARKS.with("mark-combining", "a combining mark", combining, ACCENTS),
    MARKS.with("mark-below", "a mark below", combining, "\u{316}\u{317}\u{323}\u{324}\u{325}\u{32d}\u{331}\u{332}"),
    MARKS.with("mark-overlay", "struck through", combining, "\u{334}\u{335}\u{336}\u{337}\u{338}"),
    MARKS.with("mark-enclosing", "inside a sign", combining, "\u{20dd}\u{20de}\u{20df}\u{20e0}\u{20e2}\u{20e4}\u{488}\u{489}"),
    MARKS.with("mark-symbol", "marks made for symbols", combining, "\u{20d0}\u{20d1}\u{20d2}\u{20d6}\u{20d7}\u{20db}\u{20e1}\u{20eb}"),
    MARKS.with("mark-zalgo", "many marks", zalgo, "\
        \u{300}\u{301}\u{302}\u{303}\u{304}\u{306}\u{307}\u{308}\u{309}\u{30a}\u{30b}\u{30c}\u{30d}\u{30e}\u{30f}\u{310}\
        \u{311}\u{312}\u{313}\u{314}\u{315}\u{316}\u{317}\u{318}\u{319}\u{31a}\u{31b}\u{31c}\u{31d}\u{31e}\u{31f}\u{320}\
        \u{321}\u{322}\u{323}\u{324}\u{325}\u{326}\u{327}\u{328}\u{329}\u{32a}\u{32b}\u{32c}\u{32d}\u{32e}\u{32f}\u{330}\
        \u{331}\u{332}\u{333}\u{334}\u{335}\u{336}\u{337}\u{338}\u{339}\u{33a}\u{33b}\u{33c}\u{33d}\u{33e}\u{33f}\u{346}\
        \u{347}\u{348}\u{349}\u{34a}\u{34b}\u{34c}\u{34d}\u{34e}\u{350}\u{351}\u{352}\u{353}\u{354}\u{355}\u{356}\u{357}"),
];

const ACCENTS: &str =
    "\u{300}\u{301}\u{302}\u{303}\u{304}\u{307}\u{308}\u{30a}\u{30b}\u{30c}\u{30f}\u{311}";

/// Scripts whose letters take these marks without becoming other sounds; й is a letter, not a
/// disguised и, so no breve is among them.
fn takes_marks(c: char) -> bool {
    matches!(c, 'a'..='z' | 'A'..='Z' | 'α'..='ω' | 'Α'..='Ω' | 'а'..='я' | 'А'..='Я')
}

fn places(draft: &Draft) -> Vec<usize> {
    // Marks can be laid on a letter whatever it has become.
    draft.letters().into_iter().filter(|&i| !draft.cells[i].shown.is_empty()).collect()
}

fn precomposed(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    let marks: Vec<char> = hand.data.chars().collect();
    super::ops::replace(draft, hand, |c| {
        let composed = marks.iter().filter_map(|&mark| compose(c, mark));
        composed.filter(|_| takes_marks(c)).map(String::from).collect()
    })
}

fn combining(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    pile(draft, hand, 1, 1)
}

fn zalgo(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    pile(draft, hand, 4, 12)
}

/// Between `least` and `most` marks on each chosen letter.
fn pile(draft: &mut Draft, hand: &mut Hand<'_>, least: usize, most: usize) -> bool {
    let marks: Vec<char> = hand.data.chars().collect();
    let takes = |&i: &usize| {
        let base = draft.cells[i].plain.chars().next();
        base.is_some_and(takes_marks)
    };
    let chosen = hand.choose(places(draft).into_iter().filter(takes).collect());
    for &i in &chosen {
        let n = least + hand.rng.below(most - least + 1);
        for _ in 0..n {
            let mark = *hand.rng.pick(&marks);
            draft.cells[i].shown.push(mark);
        }
    }
    !chosen.is_empty()
}
