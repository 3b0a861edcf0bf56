//! Whether what a wildcard finds is what its author meant.

use crate::inflect::{self, Lang};
use rustc_hash::{FxHashMap, FxHashSet};

/// The regular forms of the stems of wildcards, kept from one word to the next.
#[derive(Debug, Default)]
pub(super) struct Meant {
    forms: FxHashMap<String, FxHashSet<String>>,
}

impl Meant {
    /// True when `found` is the fixed part of the pattern, or a regular form of it: `kill*`
    /// means `killed`, whatever else it finds.
    pub(super) fn is_form(&mut self, pattern: &str, found: &str) -> bool {
        if !self.forms.contains_key(pattern) {
            self.forms.insert(pattern.to_owned(), forms(pattern));
        }
        self.forms.get(pattern).is_some_and(|forms| forms.contains(found))
    }
}

fn forms(pattern: &str) -> FxHashSet<String> {
    let stem = crate::view::fold(&pattern.replace('*', ""));
    let letters: Vec<char> = stem.chars().collect();
    let inflected = Lang::ALL.into_iter().flat_map(|lang| inflect::forms(lang, &letters));
    let inflected = inflected.map(|form| form.into_iter().collect());
    inflected.chain([stem]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regular_forms_are_meant() {
        let mut meant = Meant::default();
        for word in ["walk", "walks", "walked", "walking"] {
            assert!(meant.is_form("walk*", word), "{word}");
        }
        for word in ["walkway", "walkie", "sleepwalk"] {
            assert!(!meant.is_form("walk*", word), "{word}");
        }
    }
}
