//! Nouns and adjectives of Spanish, Portuguese and French, folded (`ã` is `a`).

use super::{Forms, Rule};

pub(super) const SPANISH: &[Rule] = &[
    Rule::new("-s", "plural after a vowel", "idiota", "idiotas"),
    Rule::new("-es", "plural after a consonant", "animal", "animales"),
    Rule::new("-ces", "plural, for z", "feliz", "felices"),
    Rule::new("-a, -as, -os", "gender and number, for o", "tonto", "tontas"),
    Rule::new("-a, -as", "gender and number, behind -or, -on, -an, -in", "cabron", "cabronas"),
];

pub(super) fn spanish(word: &[char]) -> Forms<'_> {
    let mut forms = Forms::of(word);
    match word {
        [stem @ .., 'o'] => forms.add_all(stem, &["os", "a", "as"]),
        [.., 'a' | 'e' | 'i' | 'u'] => forms.add_all(word, &["s"]),
        [stem @ .., 'z'] => forms.add_all(stem, &["ces"]),
        [.., 'o', 'r'] | [.., 'o' | 'a' | 'i', 'n'] => forms.add_all(word, &["es", "a", "as"]),
        [.., 'd' | 'j' | 'l' | 'n' | 'r' | 's'] => forms.add_all(word, &["es"]),
        _ => {}
    }
    forms
}

pub(super) const PORTUGUESE: &[Rule] = &[
    Rule::new("-s", "plural after a vowel", "idiota", "idiotas"),
    Rule::new("-es", "plural after r, s, z", "mulher", "mulheres"),
    Rule::new("-ns", "plural, for m", "homem", "homens"),
    Rule::new("-is", "plural, for l after a, e, o, u", "animal", "animais"),
    Rule::new("-oes, -aos, -aes", "plural, for ão", "leao", "leoes"),
    Rule::new("-a, -as, -os", "gender and number, for o", "tonto", "tontas"),
];

pub(super) fn portuguese(word: &[char]) -> Forms<'_> {
    let mut forms = Forms::of(word);
    match word {
        [stem @ .., 'a', 'o'] => forms.add_all(stem, &["oes", "aos", "aes", "ona", "onas"]),
        [stem @ .., 'o'] => forms.add_all(stem, &["os", "a", "as"]),
        [.., 'a' | 'e' | 'i' | 'u'] => forms.add_all(word, &["s"]),
        [stem @ .., 'm'] => forms.add_all(stem, &["ns"]),
        [stem @ .., 'l'] if matches!(stem, [.., 'a' | 'e' | 'o' | 'u']) => {
            forms.add_all(stem, &["is"]);
        }
        [.., 'o', 'r'] => forms.add_all(word, &["es", "a", "as"]),
        [.., 'r' | 's' | 'z'] => forms.add_all(word, &["es"]),
        _ => {}
    }
    forms
}

pub(super) const FRENCH: &[Rule] = &[
    Rule::new("-s", "plural", "idiot", "idiots"),
    Rule::new("-x", "plural, behind -au and -eu", "chateau", "chateaux"),
    Rule::new("-e, -es", "feminine", "petit", "petites"),
    Rule::new("-ne, -nes", "feminine, behind -on and -en", "bon", "bonnes"),
    Rule::new("-se, -ses", "feminine, for x behind eu", "peureux", "peureuses"),
];

pub(super) fn french(word: &[char]) -> Forms<'_> {
    let mut forms = Forms::of(word);
    match word {
        [.., 'a' | 'e', 'u'] => forms.add_all(word, &["x", "s"]),
        [.., 'e' | 'a' | 'o' | 'u' | 'i'] => {
            forms.add_all(word, &["s"]);
            if matches!(word, [.., 'i' | 'u']) {
                forms.add_all(word, &["e", "es"]);
            }
        }
        [stem @ .., 'x'] if stem.ends_with(&['e', 'u']) => forms.add_all(stem, &["se", "ses"]),
        [.., 's'] => forms.add_all(word, &["e", "es"]),
        [.., 'x' | 'z'] => {}
        [.., 'o' | 'e', 'n'] => forms.add_all(word, &["s", "ne", "nes"]),
        _ => forms.add_all(word, &["s", "e", "es"]),
    }
    forms
}
