//! What only some scripts have: Hangul in pieces, Arabic stretched and vowelled, Devanagari dots.

use super::ops::{by_character, replace};
use super::{ANY, Common};
use crate::draft::Draft;
use crate::kind::Kind;
use crate::transform::{Hand, Stage, Transform};
use unicode_normalization::UnicodeNormalization;

const FORMS: Common = Common { kinds: &[Kind::Forms], stage: Stage::Letters, severities: ANY };
const MARKS: Common = Common { kinds: &[Kind::Marks], stage: Stage::Marks, severities: ANY };

pub(super) const LIST: &[Transform] = &[
    FORMS.with("hangul-conjoining", "syllables as conjoining jamo", conjoining, ""),
    FORMS.with("hangul-compatibility", "syllables as separate jamo", compatibility, ""),
    FORMS.with("hangul-halfwidth", "syllables as half-width jamo", halfwidth, ""),
    FORMS.with("arabic-isolated", "isolated forms of letters", by_character, "\
        اﺍ أﺃ إﺇ آﺁ ؤﺅ ئﺉ بﺏ ةﺓ تﺕ ثﺙ جﺝ حﺡ خﺥ دﺩ ذﺫ رﺭ زﺯ سﺱ شﺵ صﺹ ضﺽ طﻁ ظﻅ عﻉ غﻍ فﻑ قﻕ كﻙ لﻝ مﻡ نﻥ هﻩ وﻭ ىﻯ يﻱ"),
    MARKS.with("arabic-tatweel", "stretched", tatweel, "\u{640}"),
    MARKS.with("arabic-vowels", "vowel marks", vowels, "\u{64b}\u{64c}\u{64d}\u{64e}\u{64f}\u{650}\u{651}\u{652}"),
    MARKS.with("devanagari-nukta", "dots below", nukta, "\u{93c}"),
    FORMS.kinds(&[Kind::Lookalikes]).with(
        "arabic-relatives",
        "letters of Persian and Urdu",
        by_character,
        "كکڪ يیې هہھە ىیے",
    ),
];

const HANGUL_FIRST: u32 = 0xac00;
const INITIALS: &str = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const FINALS: &str = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ";

/// The compatibility jamo of a syllable, by the arithmetic of the standard.
fn jamo(c: char) -> Option<Vec<char>> {
    let at = u32::from(c).checked_sub(HANGUL_FIRST).filter(|at| *at < 11_172)?;
    let (initial, vowel, last) = (at / 588, at % 588 / 28, at % 28);
    let mut jamo = vec![INITIALS.chars().nth(initial as usize)?];
    jamo.push(char::from_u32(u32::from('ㅏ') + vowel)?);
    jamo.extend(last.checked_sub(1).and_then(|last| FINALS.chars().nth(last as usize)));
    Some(jamo)
}

fn conjoining(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    replace(draft, hand, |c| jamo(c).map(|_| c.to_string().nfd().collect()).into_iter().collect())
}

fn compatibility(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    replace(draft, hand, |c| jamo(c).map(|jamo| jamo.into_iter().collect()).into_iter().collect())
}

fn halfwidth(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    let narrow = |c: char| {
        let at = u32::from(c) - u32::from('ㄱ');
        // Consonants in one run; vowels in runs of six with holes between.
        let code = if at < 30 { 0xffa1 + at } else { 0xffc2 + (at - 30) / 6 * 8 + (at - 30) % 6 };
        char::from_u32(code).unwrap_or(c)
    };
    replace(draft, hand, |c| {
        jamo(c).map(|jamo| jamo.into_iter().map(narrow).collect()).into_iter().collect()
    })
}

fn among(draft: &Draft, range: std::ops::RangeInclusive<char>, places: Vec<usize>) -> Vec<usize> {
    let inside = |i: &usize| draft.cells[*i].plain.starts_with(|c| range.contains(&c));
    places.into_iter().filter(inside).collect()
}

fn tatweel(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    let chosen = hand.choose(among(draft, 'ء'..='ي', draft.joints()));
    for &i in &chosen {
        let n = 1 + hand.rng.below(4);
        draft.cells[i].trail.extend(std::iter::repeat_n(hand.data, n));
    }
    !chosen.is_empty()
}

fn vowels(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    let marks: Vec<char> = hand.data.chars().collect();
    let chosen = hand.choose(among(draft, 'ء'..='ي', draft.letters()));
    for &i in &chosen {
        let mark = *hand.rng.pick(&marks);
        draft.cells[i].shown.push(mark);
    }
    !chosen.is_empty()
}

/// The dot stands on the consonant, before its vowel sign.
fn nukta(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    let chosen = hand.choose(among(draft, 'क'..='ह', draft.letters()));
    for &i in &chosen {
        let at = draft.cells[i].shown.chars().next().map_or(0, char::len_utf8);
        draft.cells[i].shown.insert_str(at, hand.data);
    }
    !chosen.is_empty()
}

#[cfg(test)]
mod tests {
    use crate::transform::{Severity, transform};
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn hangul_comes_apart_as_unicode_says() {
        for word in ["한국", "뷁값", "의자"] {
            let pieces = |id| transform(id).unwrap().disguise(word, Severity::All, 1).unwrap().text;
            assert_eq!(pieces("hangul-conjoining").nfc().collect::<String>(), word);
            let compatibility = pieces("hangul-compatibility");
            let halfwidth = pieces("hangul-halfwidth");
            assert_eq!(
                compatibility.nfkd().collect::<String>(),
                halfwidth.nfkd().collect::<String>()
            );
            assert_ne!(compatibility, halfwidth);
        }
    }

    #[test]
    fn isolated_forms_are_those_of_unicode() {
        let word = "اأإآؤئبةتثجحخدذرزسشصضطظعغفقكلمنهوىي";
        let isolated = transform("arabic-isolated").unwrap().disguise(word, Severity::All, 1);
        let text = isolated.unwrap().text;
        assert!(text.chars().all(|c| c >= '\u{fe70}'));
        assert_eq!(text.nfkc().collect::<String>(), word);
    }
}
