//! Operations that several families share.

use crate::draft::Draft;
use crate::transform::Hand;

/// Lower case, where that is one character.
pub(super) fn lower(c: char) -> char {
    let mut lower = c.to_lowercase();
    let first = lower.next().unwrap_or(c);
    if lower.next().is_some() { c } else { first }
}

/// Replaces chosen letters by what `find` knows for them.
pub(super) fn replace(
    draft: &mut Draft,
    hand: &mut Hand<'_>,
    mut find: impl FnMut(char) -> Vec<String>,
) -> bool {
    let cells = &draft.cells;
    let places: Vec<(usize, Vec<String>)> = draft
        .free()
        .into_iter()
        .filter_map(|i| Some((i, find(cells[i].single()?))))
        .filter(|(_, found)| !found.is_empty())
        .collect();
    let chosen = hand.choose(places.iter().map(|(i, _)| *i).collect());
    for (i, found) in places {
        // Drawn for every place, so that a choice here does not depend on the severity.
        let shown = hand.rng.pick(&found).clone();
        if chosen.contains(&i) {
            draft.cells[i].show(shown);
        }
    }
    !chosen.is_empty()
}

/// Letters by a table of single characters: `aàá bḃ`, each letter with what can stand for it.
pub(super) fn by_character(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    let data = hand.data;
    replace(draft, hand, |c| {
        let row = data.split_whitespace().find_map(|row| row.strip_prefix(lower(c)));
        row.map(|row| row.chars().map(String::from).collect()).unwrap_or_default()
    })
}

/// Letters by a table of texts: `m|V| n|\|`, a letter and one text; it may have several rows.
pub(super) fn by_text(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    let data = hand.data;
    replace(draft, hand, |c| {
        let rows = data.split_whitespace().filter_map(|row| row.strip_prefix(lower(c)));
        rows.map(str::to_owned).collect()
    })
}

/// Puts one of the characters of `data` behind chosen letters that have another behind them.
pub(super) fn behind(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    let characters: Vec<char> = hand.data.chars().collect();
    put_behind(draft, hand, |hand| hand.rng.pick(&characters).to_string())
}

/// Puts `data` behind chosen letters that have another behind them.
pub(super) fn text_behind(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    let text = hand.data;
    put_behind(draft, hand, |_| text.to_owned())
}

fn put_behind(
    draft: &mut Draft,
    hand: &mut Hand<'_>,
    mut what: impl FnMut(&mut Hand<'_>) -> String,
) -> bool {
    let chosen = hand.choose(draft.joints());
    for &i in &chosen {
        let text = what(hand);
        draft.cells[i].trail.push_str(&text);
    }
    !chosen.is_empty()
}

/// Puts the first line of `data` before and the second behind each chosen letter.
pub(super) fn around(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    let Some((open, close)) = hand.data.split_once('\n') else { return false };
    let chosen = hand.choose(draft.letters());
    for &i in &chosen {
        let cell = &mut draft.cells[i];
        cell.lead.insert_str(0, open);
        cell.trail.push_str(close);
    }
    !chosen.is_empty()
}

/// Writes chosen letters, and whatever they became, in a code.
pub(super) fn encode(
    draft: &mut Draft,
    hand: &mut Hand<'_>,
    code: impl Fn(char) -> String,
) -> bool {
    let chosen = hand.choose(draft.letters());
    for &i in &chosen {
        let cell = &mut draft.cells[i];
        cell.shown = cell.shown.chars().map(&code).collect();
    }
    !chosen.is_empty()
}

/// The vowels of the alphabets that the seeds are written in.
pub(super) fn is_vowel(c: char) -> bool {
    "aeiouyаеёиоуыэюяіїєαεηιουωάέήίόύώ".contains(lower(c))
}
