//! Rustrict, with the words of the list and with its own.

use super::{Found, Scan};
use rustrict::{Censor, Trie, Type};

/// A trie of the list.
pub struct Words(&'static Trie);

impl Words {
    pub fn new(list: &[String]) -> Self {
        let mut trie = Trie::new();
        for word in list {
            trie.set(word, Type::PROFANE & Type::SEVERE);
        }
        // It takes static tries only; there are few lists.
        Self(Box::leak(Box::new(trie)))
    }
}

impl Scan for Words {
    #[inline]
    fn scan(&mut self, text: &str) -> Found {
        let mut censor = Censor::from_str(text);
        let found = censor.with_trie(self.0).analyze();
        Found::of(u64::from(found.is(Type::PROFANE)), 0)
    }
}

/// Its own list.
pub struct OwnList;

impl Scan for OwnList {
    #[inline]
    fn scan(&mut self, text: &str) -> Found {
        let found = Censor::from_str(text).analyze();
        Found::of(u64::from(found.is(Type::INAPPROPRIATE)), 0)
    }
}
