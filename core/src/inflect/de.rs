//! Nouns and adjectives of German, folded (`ü` is `u`, `ß` is `ss`).

use super::{Forms, Rule};

pub(super) const RULES: &[Rule] = &[
    Rule::new("-n, -r, -s, -m", "after e", "doofe", "doofer"),
    Rule::new("-e, -en, -er, -es, -em", "plural, case and gender", "dumm", "dummes"),
    Rule::new("-s", "plural and genitive, not after s, x, z", "bulle", "bulles"),
    Rule::new("-innen, -in", "feminine, behind -er", "lugner", "lugnerinnen"),
];

pub(super) fn forms(word: &[char]) -> Forms<'_> {
    let mut forms = Forms::of(word);
    match word {
        [.., 'e'] => forms.add_all(word, &["n", "r", "s", "m"]),
        [.., 'e', 'r'] => forms.add_all(word, &["s", "n", "in", "innen"]),
        [.., 's' | 'x' | 'z'] => forms.add_all(word, &["e", "en", "er", "es", "em"]),
        [.., 'e', 'n' | 'l'] => forms.add_all(word, &["s", "n"]),
        _ => forms.add_all(word, &["e", "en", "er", "es", "em", "s"]),
    }
    forms
}
