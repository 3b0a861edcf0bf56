//! Every transform keeps the promises of the crate.

use std::collections::{BTreeMap, BTreeSet};
use tamis_attack::{
    Disguise, Family, Kind, Level, Recipe, Severity, compositions, drawn, singles, transform,
    transforms,
};

/// Seeds that give every transform something to do.
const SEEDS: &[&str] =
    &["darling", "spammer kickoff", "affix", "спамер", "κακίες", "스팸광고", "كلبيه", "हरामी"];

fn disguises(recipe: &Recipe, severity: Severity) -> Vec<(&'static str, Disguise)> {
    let disguise = |seed: &&'static str| Some((*seed, recipe.disguise(seed, severity, 1)?));
    SEEDS.iter().filter_map(disguise).collect()
}

fn all() -> Vec<Recipe> {
    singles().into_iter().chain(compositions()).chain(drawn(30, Level::Standard, 5)).collect()
}

/// Edits between two texts (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, c) in one.chars().enumerate() {
        let mut before = row[0];
        row[0] = i + 1;
        for j in 0..other.len() {
            let replaced = before + usize::from(c != other[j]);
            before = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(row[j + 1] + 1);
        }
    }
    row[other.len()]
}

#[test]
fn there_are_enough_of_them() {
    let of = |level| transforms().filter(|transform| transform.level() == level).count();
    assert!(of(Level::Exact) >= 2);
    assert!(of(Level::Fold) >= 50, "{}", of(Level::Fold));
    assert!(of(Level::Standard) >= 60, "{}", of(Level::Standard));
    assert!(of(Level::Strong) >= 10, "{}", of(Level::Strong));
    assert!(of(Level::Beyond) >= 5, "{}", of(Level::Beyond));
    assert!(compositions().len() >= 30);
    assert!(compositions().iter().filter(|recipe| recipe.level() <= Level::Standard).count() >= 25);
}

#[test]
fn every_kind_has_one() {
    for &kind in Kind::ALL {
        assert!(transforms().any(|transform| transform.kinds().contains(&kind)), "{}", kind.name());
    }
    let families: BTreeSet<Family> = all().iter().map(Recipe::family).collect();
    assert_eq!(families.len(), 13);
}

#[test]
fn names_are_unique_and_well_formed() {
    let mut seen = BTreeSet::new();
    for transform in transforms() {
        let id = transform.id();
        assert!(seen.insert(id), "{id} twice");
        assert!(
            id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'),
            "{id}"
        );
        assert!(!transform.about().is_empty() && !transform.kinds().is_empty(), "{id}");
        assert!(transform.severities().is_sorted() && !transform.severities().is_empty(), "{id}");
    }
    let composed: BTreeSet<String> = compositions().iter().map(|r| r.id().to_owned()).collect();
    assert_eq!(composed.len(), compositions().len());
}

#[test]
fn every_one_changes_something_at_every_severity() {
    for recipe in all() {
        for &severity in recipe.severities() {
            let disguises = disguises(&recipe, severity);
            assert!(!disguises.is_empty(), "{} at {}", recipe.id(), severity.name());
            for (seed, disguise) in disguises {
                assert_ne!(seed, disguise.text, "{}", recipe.id());
            }
        }
        let odd = Severity::ALL.into_iter().filter(|s| !recipe.severities().contains(s));
        for severity in odd {
            assert!(disguises(&recipe, severity).is_empty(), "{}", recipe.id());
        }
    }
}

#[test]
fn spans_are_inside_and_hold_the_word() {
    for recipe in all() {
        for &severity in recipe.severities() {
            for (seed, Disguise { text, span, outer }) in disguises(&recipe, severity) {
                let id = recipe.id();
                assert!(outer.start <= span.start && span.end <= outer.end, "{id}");
                assert_eq!(outer, 0..text.len(), "{id}");
                let inside = text.get(span.clone()).unwrap_or_else(|| panic!("{id}: {span:?}"));
                assert!(!inside.is_empty(), "{id}: {text:?} of {seed}");
                // What lies around are no letters of the seed, except in a tag's name or a link.
                let around = [&text[..span.start], &text[span.end..]].concat();
                let letters = around.chars().filter(|c| c.is_alphabetic()).count();
                let markup = around.contains(['<', '[', ']', '§', '|', '\u{1b}'])
                    || recipe.kinds() == [Kind::Embedded];
                assert!(letters == 0 || markup, "{id}: {around:?} around {inside:?}");
            }
        }
    }
}

#[test]
fn a_harsher_severity_changes_more() {
    let mut compared = 0;
    for transform in transforms() {
        for seed in SEEDS {
            let mut last = 0;
            for &severity in transform.severities() {
                let Some(disguise) = transform.disguise(seed, severity, 3) else { continue };
                let changed = distance(seed, &disguise.text);
                assert!(changed > last, "{} of {seed} at {}", transform.id(), severity.name());
                last = changed;
                compared += 1;
            }
        }
    }
    assert!(compared > 800, "only {compared} were compared");
}

#[test]
fn what_cannot_be_changed_says_so() {
    let tried = |id: &str, seed: &str| {
        let transform = transform(id).unwrap();
        transform.severities().iter().any(|&s| transform.disguise(seed, s, 1).is_some())
    };
    for (id, seed) in [
        ("leet-digits", "wuw"),
        ("leet-digits", "1234"),
        ("form-fullwidth", "спамер"),
        ("joined", "darling"),
        ("joined", "so bad"),
        ("mask-star", "duh"),
        ("separator-dot", "so"),
        ("separator-newline", "so very bad"),
        ("case-upper", "스팸"),
        ("swap", "aaaa"),
        ("delete-vowel", "스팸광고"),
        ("hangul-conjoining", "darling"),
        ("style-bold", ""),
    ] {
        assert!(!tried(id, seed), "{id} of {seed:?}");
    }
    let one = transform("leet-digits").unwrap();
    assert!(one.disguise("wow", Severity::One, 1).is_some(), "one letter can be replaced");
    assert!(one.disguise("wow", Severity::All, 1).is_none(), "all is the same as one");
}

#[test]
fn the_same_number_gives_the_same_texts() {
    let texts = |number| {
        let of = move |recipe: Recipe| recipe.disguise("darling", recipe.severities()[0], number);
        all().into_iter().map(of).collect::<Vec<_>>()
    };
    assert_eq!(texts(1), texts(1));
    assert_ne!(texts(1), texts(2));
    let fixed = |id: &str, seed: &str, severity| {
        transform(id).unwrap().disguise(seed, severity, 1).unwrap().text
    };
    // These texts hold for ever: a report of last year can be compared with one of today.
    assert_eq!(fixed("leet-digits", "darling", Severity::One), "darl1ng");
    assert_eq!(fixed("repeat-thrice", "darling", Severity::Half), "dddarrrliiinggg");
    assert_eq!(fixed("irregular-mixed", "darling", Severity::All), "d=a*r-l~i,n~g");
    assert_eq!(fixed("lookalike-cyrillic", "darling", Severity::All), "ԁАrӀіng");
}

#[test]
fn drawn_compositions_are_of_the_level_and_differ() {
    for level in [Level::Fold, Level::Standard, Level::Strong] {
        let recipes = drawn(40, level, 11);
        assert_eq!(recipes.len(), 40);
        let ids: BTreeSet<&str> = recipes.iter().map(Recipe::id).collect();
        assert_eq!(ids.len(), 40);
        for recipe in &recipes {
            assert!(recipe.level() <= level && recipe.is_composed(), "{}", recipe.id());
            assert_eq!(recipe.family(), Family::Composition);
        }
    }
    let ids = |number| {
        drawn(10, Level::Standard, number).iter().map(|r| r.id().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ids(1), ids(1));
    assert_ne!(ids(1), ids(2));
}

#[test]
fn known_disguises_look_as_people_write_them() {
    let of = |id: &str, seed: &str, severity| {
        transform(id).unwrap().disguise(seed, severity, 1).unwrap()
    };
    let all = |id: &str, seed: &str| of(id, seed, Severity::All).text;
    let expected: BTreeMap<&str, &str> = [
        ("case-upper", "DARLING"),
        ("form-fullwidth", "ｄａｒｌｉｎｇ"),
        ("style-regional", "🇩🇦🇷🇱🇮🇳🇬"),
        ("invisible-space", "d\u{200b}a\u{200b}r\u{200b}l\u{200b}i\u{200b}n\u{200b}g"),
        ("leet-digits", "d4r11n6"),
        ("mask-inner", "d*****g"),
        ("mask-last-two", "darli**"),
        ("repeat-last", "darlingggggggg"),
        ("separator-newline", "d\na\nr\nl\ni\nn\ng"),
        ("entity-decimal", "&#100;&#97;&#114;&#108;&#105;&#110;&#103;"),
        ("percent", "%64%61%72%6C%69%6E%67"),
        ("override", "\u{202e}gnilrad\u{202c}"),
        ("reversed", "gnilrad"),
        ("turned-reversed", "ƃuᴉꞁɹɐp"),
    ]
    .into();
    for (id, text) in expected {
        assert_eq!(all(id, "darling"), text, "{id}");
    }
    assert_eq!(all("joined-hashtag-capitals", "kill yourself"), "#KillYourself");
    assert_eq!(all("separator-space", "so bad dog"), "so   b a d   d o g");
    assert_eq!(all("separator-dot", "bad dog"), "b.a.d d.o.g");
    assert_eq!(all("lookalike-to-latin", "сука").to_lowercase(), "cyka");
    assert_eq!(all("separator-dot", "спам"), "с.п.а.м");
    assert_eq!(all("override", "كلب"), "\u{202d}بلك\u{202c}");
    assert_eq!(all("hangul-compatibility", "스팸"), "ㅅㅡㅍㅐㅁ");
    assert_eq!(of("delete-vowel", "spam", Severity::One).text, "spm");
    assert_eq!(of("swap", "spam", Severity::One).text.len(), 4);
}
