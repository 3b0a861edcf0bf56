//! Membership is exact, and the words are what they should be.

use std::collections::BTreeMap;

use super::packed::{Alphabet, Key};
use super::{DATA, Entry, Languages, SECTIONS, VERSION, is_word, is_word_of, lookup, table, words};

/// Data of the lexicon in the compiled library, in bytes.
const SIZE_LIMIT: usize = 1_500_000;

fn all() -> BTreeMap<String, Entry> {
    words().collect()
}

#[test]
fn ordinary_words_are_words() {
    for word in [
        "hello",
        "class",
        "assess",
        "the",
        "at",
        "if",
        "programme",
        "color",
        "colour",
        "analysis",
        "therapist",
        "grape",
        "skill",
        "skills",
        "uncharacteristically",
        "madchen",
        "strasse",
        "bonjour",
        "coeur",
        "manana",
        "voce",
        "perche",
        "misschien",
        "привет",
        "хорошо",
        "dziekuje",
        "merhaba",
        "ılık",
        "london",
        "friedrich",
    ] {
        assert!(is_word(word.chars()), "{word}");
    }
}

#[test]
fn chat_and_contractions_are_words() {
    for word in ["dont", "cant", "im", "youre", "lol", "ok", "hmm", "haha", "thats", "omg", "gonna"]
    {
        assert!(is_word(word.chars()), "{word}");
    }
    for word in ["don't", "don’t", "i'm", "they’re", "o'clock", "it's"] {
        assert!(is_word(word.chars()), "{word}");
    }
}

#[test]
fn a_possessive_belongs_to_its_word() {
    assert_eq!(lookup("cat's".chars()), lookup("cat".chars()));
    assert_eq!(lookup("representative's".chars()), lookup("representative".chars()));
    assert!(is_word("representative’s".chars()) && is_word("class’s".chars()));
    assert!(!is_word("xqzt's".chars()));
    assert!(!is_word("'s".chars()));
    assert!(!is_word("a's".chars()));
    assert!(!is_word("cat't".chars()));
}

#[test]
fn what_is_no_word() {
    for word in [
        "",
        "a",
        "i",
        "x",
        "xqzt",
        "hel1o",
        "hello world",
        "hellо",
        "приvet",
        "hello1",
        "abc-def",
        "teh",
        "漢字",
        "hellohellohellohellohellohello",
        "\u{301}",
    ] {
        assert!(!is_word(word.chars()), "{word}");
        assert_eq!(lookup(word.chars()), None, "{word}");
    }
    for letter in ('a'..='z').chain('а'..='я') {
        assert!(!is_word([letter]), "{letter}");
    }
}

#[test]
fn every_word_is_found_once_with_its_entry() {
    let all = all();
    assert_eq!(all.len(), table::WORDS, "no word twice");
    assert!(all.len() > 200_000, "{}", all.len());
    for (word, entry) in &all {
        assert_eq!(lookup(word.chars()), Some(*entry), "{word}");
        assert_ne!(entry.languages, Languages::default(), "{word}");
        assert!((2..=24).contains(&word.chars().count()), "{word}");
    }
}

#[test]
fn neighbours_of_words_are_words_only_if_they_are_listed() {
    let all = all();
    let listed = |word: &str| {
        all.contains_key(word) || word.strip_suffix("'s").is_some_and(|base| all.contains_key(base))
    };
    let mut strangers = 0;
    for word in all.keys() {
        let letters: Vec<char> = word.chars().collect();
        let at = letters.iter().map(|&c| c as usize).sum::<usize>() % letters.len();
        let mut changed = letters.clone();
        changed[at] = if letters[at] == 'e' { 'o' } else { 'e' };
        let mut swapped = letters.clone();
        swapped.swap(at, (at + 1) % letters.len());
        let mut shorter = letters.clone();
        shorter.remove(at);
        let doubled = [&letters[..=at], &letters[at..]].concat();
        for other in [changed, swapped, shorter, doubled] {
            let other: String = other.into_iter().collect();
            assert_eq!(is_word(other.chars()), listed(&other), "{other}");
            strangers += usize::from(!listed(&other));
        }
    }
    assert!(strangers > all.len(), "{strangers}");
}

#[test]
fn every_short_string_is_asked() {
    let all = all();
    let letters: Vec<char> = ('a'..='z').chain(['ı', 'ł', 'ø', 'đ', '\'']).collect();
    for a in &letters {
        for b in &letters {
            let pair = format!("{a}{b}");
            assert_eq!(is_word(pair.chars()), all.contains_key(&pair), "{pair}");
        }
    }
}

#[test]
fn frequencies_rise_with_use() {
    let frequency = |word: &str| lookup(word.chars()).map(|entry| entry.frequency);
    assert_eq!(frequency("the"), Some(15));
    assert!(frequency("people") > frequency("abacus"));
    assert!(frequency("abacus") > Some(0));
    assert!(words().all(|(_, entry)| entry.frequency <= 15));
    let known = words().filter(|(_, entry)| entry.frequency > 0).count();
    assert!(known > 50_000, "{known}");
}

#[test]
fn languages_are_told_apart() {
    let languages = |word: &str| lookup(word.chars()).map_or(Languages::default(), |e| e.languages);
    assert!(languages("the").intersects(Languages::ENGLISH));
    assert!(!languages("misschien").intersects(Languages::ENGLISH));
    assert!(languages("misschien").intersects(Languages::DUTCH));
    assert!(languages("привет").intersects(Languages::RUSSIAN));
    assert!(languages("kobieta").intersects(Languages::POLISH));
    assert!(is_word_of(Languages::DUTCH, "misschien".chars()));
    assert!(is_word_of(Languages::ENGLISH.union(Languages::DUTCH), "misschien".chars()));
    assert!(!is_word_of(Languages::ENGLISH.union(Languages::NAMES), "misschien".chars()));
    assert!(!is_word_of(Languages::default(), "the".chars()));
    for (language, code) in Languages::ALL {
        let count = words().filter(|(_, entry)| entry.languages.intersects(language)).count();
        assert!(count > 5_000, "{code}: {count}");
        assert_eq!(Languages::parse(code), (!code.is_empty()).then_some(language));
    }
    assert_eq!(Languages::parse("xx"), None);
}

#[test]
fn keys_keep_their_letters() {
    for (word, alphabet) in [("hello", Alphabet::Latin), ("привет", Alphabet::Cyrillic)] {
        let key = Key::new(word.chars()).expect(word);
        assert_eq!(key.letters().collect::<String>(), word);
        assert_eq!(key, Key::new(word.chars()).expect(word));
        assert_eq!(alphabet == Alphabet::Latin, word.is_ascii());
    }
    let spelled = |word: &str| Key::new(word.chars()).map(|key| key.letters().collect::<String>());
    assert_eq!(spelled("cœur").as_deref(), Some("coeur"));
    assert_eq!(spelled("don’t").as_deref(), Some("don't"));
    assert_eq!(spelled(&"a".repeat(24)), Some("a".repeat(24)));
    assert_eq!(spelled(&"a".repeat(25)), None);
}

#[test]
fn the_data_is_small_and_whole() {
    assert!(DATA.len() < SIZE_LIMIT, "{}", DATA.len());
    assert_eq!(VERSION.len(), 64);
    let total: u32 = SECTIONS.iter().map(|section| section.words).sum();
    assert_eq!(DATA.len(), table::INFO_BYTES + 2 * total as usize);
    assert_eq!(total as usize, table::WORDS);
}
