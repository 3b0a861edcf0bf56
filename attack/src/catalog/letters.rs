//! Capitals, and the compatibility forms of letters.

use super::ops::{by_text, lower, replace};
use super::{ALL, ANY, Common};
use crate::draft::Draft;
use crate::kind::Kind;
use crate::transform::{Hand, Stage, Transform};

const CASE: Common = Common { kinds: &[Kind::Case], stage: Stage::Case, severities: ANY };
const FORMS: Common = Common { kinds: &[Kind::Forms], stage: Stage::Letters, severities: ANY };

pub(super) const LIST: &[Transform] = &[
    CASE.with("case-upper", "capitals", upper, ""),
    CASE.severities(ALL).with("case-alternate", "every other letter a capital", alternate, ""),
    FORMS.with("form-fullwidth", "full-width letters", fullwidth, ""),
    FORMS.with(
        "form-roman",
        "Roman numerals as letters",
        by_text,
        "iⅰ vⅴ xⅹ lⅼ cⅽ dⅾ mⅿ iⅠ vⅤ xⅩ lⅬ cⅭ dⅮ mⅯ",
    ),
    FORMS.with("form-letterlike", "letter-like symbols", by_text, "\
        aª bℬ cℂ cℭ dⅅ dⅆ eℯ eⅇ fℱ gℊ hℋ hℍ hℎ iℐ iℑ iⅈ jⅉ kK lℒ lℓ mℳ nℕ oℴ oº pℙ qℚ rℛ rℜ rℝ zℤ zℨ \
        aÅ eℰ"),
    FORMS.with("form-ligature", "ligatures and squared units", ligature, "\
        ff=ﬀ fi=ﬁ fl=ﬂ st=ﬆ ij=ĳ lj=ǉ nj=ǌ dz=ǳ kg=㎏ cm=㎝ mm=㎜ km=㎞ ml=㎖ ms=㎳ ns=㎱ ps=㎰ \
        pa=㎩ hz=㎐ in=㏌ db=㏈ ln=㏑ lm=㏐ lx=㏓ mb=㏔ mil=㏕ mol=㏖ ph=㏗ sr=㏛ cal=㎈ oe=œ ae=æ"),
];

fn upper(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    let places = draft.letters();
    let changes = |i: &usize| {
        let shown = &draft.cells[*i].shown;
        *shown != shown.to_uppercase()
    };
    let chosen = hand.choose(places.into_iter().filter(changes).collect());
    for &i in &chosen {
        let cell = &mut draft.cells[i];
        cell.shown = cell.shown.to_uppercase();
    }
    !chosen.is_empty()
}

fn alternate(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    let first = hand.rng.below(2);
    for (n, i) in draft.letters().into_iter().enumerate() {
        let cell = &mut draft.cells[i];
        let up = n % 2 == first;
        cell.shown = if up { cell.shown.to_uppercase() } else { cell.shown.to_lowercase() };
    }
    true
}

fn fullwidth(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    replace(draft, hand, |c| {
        let wide = c.is_ascii_alphabetic().then(|| char::from_u32(u32::from(c) + 0xfee0)).flatten();
        wide.map(String::from).into_iter().collect()
    })
}

/// Letters in a row that one character stands for.
fn ligature(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    let free = draft.free();
    let shown = |i: usize| draft.cells[i].single().map(lower);
    let mut places: Vec<(usize, usize, &str)> = Vec::new();
    let mut next = 0;
    for &i in &free {
        let fits = |from: &str| {
            from.chars()
                .enumerate()
                .all(|(n, c)| free.contains(&(i + n)) && shown(i + n) == Some(c))
        };
        let row = hand.data.split_whitespace().filter_map(|row| row.split_once('='));
        let longest = row.filter(|(from, _)| fits(from)).max_by_key(|(from, _)| from.len());
        // Ligatures do not overlap.
        if let Some((from, to)) = longest.filter(|_| i >= next) {
            next = i + from.chars().count();
            places.push((i, next, to));
        }
    }
    let chosen = hand.choose(places.iter().map(|place| place.0).collect());
    for &(start, end, to) in places.iter().rev().filter(|place| chosen.contains(&place.0)) {
        let plain: String = draft.cells[start..end].iter().map(|c| c.plain.as_str()).collect();
        draft.cells[start].plain = plain;
        draft.cells[start].show(to);
        draft.cells.drain(start + 1..end);
    }
    !chosen.is_empty()
}
