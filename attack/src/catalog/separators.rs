//! Something visible between the letters.

use super::{ALL, Common, ONE};
use crate::draft::Draft;
use crate::kind::Kind;
use crate::transform::{Hand, Stage, Transform};

const UNIFORM: Common =
    Common { kinds: &[Kind::Separators], stage: Stage::Separators, severities: ALL };
const TIGHT: Common = UNIFORM.severities(ONE);
const IRREGULAR: Common = UNIFORM.kinds(&[Kind::Irregular]);

pub(super) const LIST: &[Transform] = &[
    UNIFORM.with("separator-dot", "dots", uniform, "."),
    UNIFORM.with("separator-space", "spaces", uniform, " "),
    UNIFORM.with("separator-two-spaces", "two spaces each", uniform, "  "),
    UNIFORM.with("separator-dash", "dashes", uniform, "-"),
    UNIFORM.with("separator-underscore", "underscores", uniform, "_"),
    UNIFORM.with("separator-newline", "one letter a line", uniform, "\n"),
    UNIFORM.with("separator-slash", "slashes", uniform, "/"),
    UNIFORM.with("separator-star", "stars", uniform, "*"),
    UNIFORM.with("separator-comma", "commas", uniform, ","),
    UNIFORM.with("separator-bar", "vertical bars", uniform, "|"),
    UNIFORM.with("separator-tilde", "tildes", uniform, "~"),
    UNIFORM.with("separator-plus", "plus signs", uniform, "+"),
    UNIFORM.with("separator-middle-dot", "middle dots", uniform, "·"),
    UNIFORM.with("separator-long-dash", "long dashes", uniform, "—"),
    UNIFORM.with("separator-tab", "tabs", uniform, "\t"),
    UNIFORM.with("separator-no-break", "no-break spaces", uniform, "\u{a0}"),
    UNIFORM.with("separator-unicode-space", "ideographic spaces", uniform, "\u{3000}"),
    UNIFORM.with("separator-thin-space", "thin spaces", uniform, "\u{2009}"),
    UNIFORM.with("separator-blank", "Braille blanks", uniform, "\u{2800}"),
    UNIFORM.with("separator-dots", "three dots each", uniform, "..."),
    UNIFORM.with("separator-dashed-space", "dashes between spaces", uniform, " - "),
    UNIFORM.with("separator-emoji", "one emoji", emoji, "🔥 😂 ✨ 👏 💀 ❤️"),
    TIGHT.with("separator-one-dot", "one dot", one, "."),
    TIGHT.with("separator-one-dash", "one dash", one, "-"),
    TIGHT.with("separator-one-underscore", "one underscore", one, "_"),
    TIGHT.with("separator-one-star", "one star", one, "*"),
    TIGHT.with("separator-one-dots", "three dots in one place", one, "..."),
    TIGHT.with("separator-one-ellipsis", "an ellipsis in one place", one, "…"),
    TIGHT.with("separator-one-dashes", "two dashes in one place", one, "--"),
    TIGHT.with("separator-one-emoji", "an emoji twice in one place", one, "😂😂"),
    TIGHT.with("separator-one-brackets", "empty brackets in one place", one, "()"),
    TIGHT.with("facing-bracket", "a letter in brackets", facing, "(\n)"),
    TIGHT.with("facing-quote", "a letter in quotation marks", facing, "“\n”"),
    TIGHT.with("facing-corner", "a letter in East Asian brackets", facing, "【\n】"),
    TIGHT.with("facing-spoiler", "a letter as a spoiler", facing, ">!\n!<"),
    TIGHT.with("facing-highlight", "a letter highlighted", facing, "==\n=="),
    TIGHT.with("hangul-digits", "a digit or two between syllables of Hangul", digits, "1 2 18"),
    UNIFORM.with("separator-colon", "colons", uniform, ":"),
    UNIFORM.with("separator-arrow", "arrows", uniform, "->"),
    UNIFORM.with("separator-ellipsis", "ellipses", uniform, "…"),
    UNIFORM.with("separator-dot-space", "dots and spaces", uniform, ". "),
    IRREGULAR.with("irregular-mixed", "another separator in each place", mixed, ". - _ * / ~ , ="),
    IRREGULAR.with("irregular-spaces", "one to four spaces in each place", widths, ""),
    IRREGULAR.with("irregular-half", "a separator in half of the places", half, ". - _ *"),
    IRREGULAR.with("irregular-half-spaces", "a space in half of the places", half_spaces, ""),
    TIGHT.kinds(&[Kind::StraySpace]).with("stray-space", "one space", one, " "),
];

/// The gaps of words long enough to be spelled out.
fn gaps(draft: &Draft) -> Vec<usize> {
    let words: Vec<_> = draft.words().into_iter().filter(|word| word.len() >= 3).collect();
    let inside = |i: &usize| words.iter().any(|word| word.contains(i));
    draft.joints().into_iter().filter(inside).collect()
}

/// `separator` in every gap. Between words of a phrase a wider space is left, as writers do.
fn spell_out(draft: &mut Draft, separator: &str) -> bool {
    let gaps = gaps(draft);
    for &i in &gaps {
        draft.cells[i].gap.push_str(separator);
    }
    if separator.chars().all(char::is_whitespace) {
        for cell in draft.cells.iter_mut().filter(|cell| cell.plain == " ") {
            cell.shown = separator.repeat(3);
        }
    }
    !gaps.is_empty()
}

fn uniform(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    // A blank line between words ends the phrase, so a phrase is not written downwards.
    let phrase = draft.words().len() > 1;
    !(phrase && hand.data == "\n") && spell_out(draft, hand.data)
}

fn emoji(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    let emoji: Vec<&str> = hand.data.split(' ').collect();
    let emoji = *hand.rng.pick(&emoji);
    spell_out(draft, emoji)
}

fn one(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    let chosen = hand.choose(gaps(draft));
    for &i in &chosen {
        draft.cells[i].gap.push_str(hand.data);
    }
    !chosen.is_empty()
}

/// What opens and what closes on either side of an inner letter.
fn facing(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    let Some((open, close)) = hand.data.split_once('\n') else { return false };
    let chosen = hand.choose(draft.inner());
    for &i in &chosen {
        draft.cells[i].lead.push_str(open);
        draft.cells[i].trail.push_str(close);
    }
    !chosen.is_empty()
}

fn digits(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    let hangul =
        |i: usize| draft.cells[i].single().is_some_and(|c| matches!(c, '\u{ac00}'..='\u{d7a3}'));
    let between = |&i: &usize| hangul(i) && draft.cells.get(i + 1).is_some() && hangul(i + 1);
    let chosen = hand.choose(gaps(draft).into_iter().filter(between).collect());
    let digits: Vec<&str> = hand.data.split(' ').collect();
    for &i in &chosen {
        let digits = *hand.rng.pick(&digits);
        draft.cells[i].gap.push_str(digits);
    }
    !chosen.is_empty()
}

/// Two gaps at least, and no two of neighbours alike.
fn mixed(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    let signs: Vec<&str> = hand.data.split(' ').collect();
    let gaps = gaps(draft);
    let mut last = signs.len();
    for &i in &gaps {
        let mut sign = hand.rng.below(signs.len());
        if sign == last {
            sign = (sign + 1) % signs.len();
        }
        draft.cells[i].gap.push_str(signs[sign]);
        last = sign;
    }
    gaps.len() >= 2
}

fn widths(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    let gaps = gaps(draft);
    let mut last = 0;
    for &i in &gaps {
        let mut width = 1 + hand.rng.below(4);
        if width == last {
            width = width % 4 + 1;
        }
        draft.cells[i].gap = " ".repeat(width);
        last = width;
    }
    gaps.len() >= 2
}

fn half(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    let signs: Vec<&str> = hand.data.split(' ').collect();
    let sign = *hand.rng.pick(&signs);
    in_half(draft, hand, sign)
}

fn half_spaces(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    in_half(draft, hand, " ")
}

/// At least two places, so that it is not one stray sign, and not all.
fn in_half(draft: &mut Draft, hand: &mut Hand<'_>, separator: &str) -> bool {
    let mut gaps = gaps(draft);
    let n = gaps.len().div_ceil(2).max(2);
    if n >= gaps.len() {
        return false;
    }
    hand.rng.shuffle(&mut gaps);
    for &i in &gaps[..n] {
        draft.cells[i].gap.push_str(separator);
    }
    true
}
