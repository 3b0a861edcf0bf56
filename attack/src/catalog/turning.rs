//! Words turned around.

use super::ops::by_character;
use super::{ALL, ANY, Common};
use crate::draft::Draft;
use crate::kind::Kind;
use crate::transform::{Hand, Stage, Transform};

const TURNED: &str =
    "aɐ bq cɔ dp eǝ fɟ gƃ hɥ iᴉ jɾ kʞ lꞁ mɯ nu oo pd qb rɹ ss tʇ un vʌ wʍ xx yʎ zz";

pub(super) const LIST: &[Transform] = &[
    Common { kinds: &[Kind::Reversal], stage: Stage::Spelling, severities: ALL }.with(
        "reversed",
        "written backwards",
        reversed,
        "",
    ),
    Common { kinds: &[Kind::UpsideDown], stage: Stage::Letters, severities: ANY }.with(
        "turned",
        "letters turned upside down",
        by_character,
        TURNED,
    ),
    Common { kinds: &[Kind::UpsideDown, Kind::Reversal], stage: Stage::Letters, severities: ALL }
        .with("turned-reversed", "the word turned upside down", turned_reversed, TURNED),
];

fn reversed(draft: &mut Draft, _: &mut Hand<'_>) -> bool {
    draft.cells.reverse();
    draft.letters().len() >= 4
}

fn turned_reversed(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    draft.cells.reverse();
    draft.letters().len() >= 4 && by_character(draft, hand)
}
