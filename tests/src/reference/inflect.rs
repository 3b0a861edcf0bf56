//! The forms of a pattern with `inflect:`.
//!
//! In a phrase its first and last words inflect, one at a time; which and how is
//! data of the engine.

use tamis::internals;

/// `text` and its inflections in the language `lang`.
pub fn forms(text: &str, lang: &str) -> Vec<String> {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    let mut forms = vec![text.to_owned()];
    for at in internals::inflected_words(lang, &words) {
        forms.extend(internals::forms(lang, &words[at]).into_iter().map(|form| {
            let mut words = words.clone();
            words[at] = form;
            words.join(" ")
        }));
    }
    forms
}
