//! The forms of many words, and that few of them are other words.

use std::collections::BTreeSet;

use super::{Lang, forms, positions, rules};
use crate::lexicon;

fn letters(word: &str) -> Vec<char> {
    word.chars().collect()
}

fn texts(lang: Lang, word: &str) -> Vec<String> {
    forms(lang, &letters(word)).into_iter().map(|form| form.into_iter().collect()).collect()
}

fn english(word: &str) -> Vec<String> {
    texts(Lang::English, word)
}

#[test]
fn english_forms_in_full() {
    for (word, expected) in [
        ("kill", "kills killed killing killin killer killers killest"),
        ("hate", "hates hated hating hatin hater haters hatest"),
        ("scam", "scams scammed scamming scammin scammer scammers scammest"),
        ("bully", "bullies bullys bullied bullying bullyin bullier bulliers bulliest"),
        ("play", "plays played playing playin player players playest"),
        ("die", "dies died dying dyin dier diers diest"),
        ("agree", "agrees agreed agreeing agreein agreer agreers agreest"),
        ("panic", "panics panicked panicking panickin panicker panickers panickest"),
        ("quit", "quits quitted quitting quittin quitter quitters quittest"),
        ("yo", "yos yoes"),
        ("hex", "hexes hexed hexing hexin hexer hexers hexest"),
        ("boss", "bosses bossed bossing bossin bosser bossers bossest"),
        ("witch", "witches witched witching witchin witcher witchers witchest"),
    ] {
        let expected: Vec<&str> = expected.split(' ').collect();
        let found = english(word);
        assert_eq!(found, expected, "{word}");
    }
}

#[test]
fn spelling_of_english_forms() {
    for (word, form) in [
        ("darn", "darned"),
        ("spam", "spammer"),
        ("spam", "spammin"),
        ("troll", "trolling"),
        ("murder", "murdered"),
        ("murder", "murderer"),
        ("admit", "admitted"),
        ("visit", "visited"),
        ("travel", "travelled"),
        ("travel", "traveling"),
        ("idiot", "idiots"),
        ("hero", "heroes"),
        ("video", "videos"),
        ("quiz", "quizzes"),
        ("whiz", "whizzed"),
        ("fix", "fixing"),
        ("show", "showed"),
        ("dumb", "dumbest"),
        ("ugly", "uglier"),
        ("ugly", "ugliest"),
        ("nasty", "nastiest"),
        ("big", "bigger"),
        ("lie", "lying"),
        ("shoe", "shoeing"),
        ("dye", "dyeing"),
        ("box", "boxes"),
        ("gas", "gassed"),
        ("judge", "judging"),
        ("free", "freed"),
        ("beat", "beating"),
        ("shoot", "shootin"),
    ] {
        assert!(english(word).iter().any(|found| found == form), "{word}: {:?}", english(word));
    }
}

#[test]
fn forms_that_would_be_other_words() {
    for (word, other) in [
        ("rat", "rated"),
        ("focus", "focusses"),
        ("rat", "rating"),
        ("hop", "hoped"),
        ("car", "caring"),
        ("bit", "biting"),
        ("pump", "pumpkin"),
        ("puff", "puffin"),
        ("butt", "butter"),
        ("mast", "master"),
        ("numb", "number"),
        ("mat", "matter"),
        ("corn", "corner"),
        ("for", "forest"),
        ("hon", "honest"),
        ("be", "bed"),
        ("we", "wed"),
        ("be", "being"),
        ("her", "hers"),
        ("it", "its"),
        ("in", "inning"),
        ("so", "sos"),
        ("th", "thing"),
        ("boss", "bosss"),
        ("mart", "martin"),
        ("bob", "bobbin"),
    ] {
        assert!(english(word).iter().all(|found| found != other), "{word}");
    }
}

#[test]
fn words_that_have_no_forms() {
    for word in
        ["", "a", "you", "u", "him", "them", "the", "kill1", "killing you", "убить", "idiots"]
    {
        assert_eq!(english(word), Vec::<String>::new(), "{word}");
    }
    // What is a participle already has a plural at most.
    assert_eq!(english("killing"), ["killings"]);
    assert_eq!(english("sing")[..3], ["sings", "singed", "singing"]);
}

#[test]
fn forms_are_new_and_different() {
    for (word, entry) in lexicon::words() {
        if !entry.languages.intersects(lexicon::Languages::ENGLISH) || entry.frequency < 9 {
            continue;
        }
        for lang in Lang::ALL {
            let found = texts(lang, &word);
            let set: BTreeSet<&String> = found.iter().collect();
            assert_eq!(set.len(), found.len(), "{word}");
            assert!(!set.contains(&word), "{word}");
            assert!(found.len() < 20 && found.iter().all(|form| form.is_ascii()), "{word}");
        }
    }
}

/// Of regular verbs nearly every form but the comparatives is in the dictionary.
#[test]
fn forms_of_regular_verbs_are_words() {
    let verbs = "attack insult punch kick murder threaten abuse harass stalk beg cheat hate love like \
        want need call ask help talk walk work play start stop turn move live believe happen include \
        continue change watch follow create open wait serve expect stay raise pass report decide \
        pull return explain hope carry develop agree support reach remain suggest rob jump drop plan \
        try worry study marry copy reply deny admit commit occur prefer refer visit enter offer";
    let (mut words, mut all) = (0, 0);
    for verb in verbs.split_whitespace() {
        let found = english(verb);
        let ending =
            |end: &str| found.iter().any(|f| f.ends_with(end) && lexicon::is_word(f.chars()));
        assert!(ending("s") && ending("ed") && ending("ing"), "{verb}: {found:?}");
        let regular = found.iter().filter(|form| {
            ["s", "ed", "ing"].iter().any(|end| form.ends_with(end)) && !form.ends_with("ers")
        });
        for form in regular {
            all += 1;
            words += usize::from(lexicon::is_word(form.chars()));
        }
    }
    // The others are spellings with a consonant too many or too few, and plurals in -ys.
    assert!(words * 100 >= all * 80, "{words} of {all}");
}

#[test]
fn every_rule_is_kept_by_its_example() {
    for lang in Lang::ALL {
        assert_eq!(Lang::parse(lang.code()), Some(lang));
        assert!(rules(lang).len() > 3);
        for rule in rules(lang) {
            let found = texts(lang, rule.word);
            assert!(found.iter().any(|form| form == rule.form), "{rule:?}: {found:?}");
            assert!(!rule.meaning.is_empty() && rule.ending.len() > 1);
        }
    }
    assert_eq!(Lang::parse("xx"), None);
    assert_eq!(Lang::parse("EN"), None);
}

#[test]
fn forms_of_other_languages() {
    for (lang, word, expected) in [
        (Lang::German, "idiot", "idiote idioten idioter idiotes idiotem idiots"),
        (Lang::German, "dumme", "dummen dummer dummes dummem"),
        (Lang::Spanish, "idiota", "idiotas"),
        (Lang::Spanish, "tonto", "tontos tonta tontas"),
        (Lang::Spanish, "feliz", "felices"),
        (Lang::French, "idiot", "idiots idiote idiotes"),
        (Lang::French, "chateau", "chateaux chateaus"),
        (Lang::Portuguese, "animal", "animais"),
        (Lang::Portuguese, "tonto", "tontos tonta tontas"),
        (Lang::Portuguese, "homem", "homens"),
    ] {
        let expected: Vec<&str> = expected.split(' ').collect();
        assert_eq!(texts(lang, word), expected, "{word}");
    }
    for lang in [Lang::German, Lang::Spanish, Lang::French, Lang::Portuguese] {
        assert!(texts(lang, "tu").is_empty() && texts(lang, "дом").is_empty());
    }
}

#[test]
fn first_and_last_words_of_a_phrase_inflect() {
    let at = |phrase: &str| {
        let words: Vec<Vec<char>> = phrase.split(' ').map(letters).collect();
        positions(Lang::English, &words)
    };
    assert_eq!(at("kill you"), [0]);
    assert_eq!(at("dumb idiot"), [0, 1]);
    assert_eq!(at("piece of rubbish"), [0, 2]);
    assert_eq!(at("you are a loser"), [3]);
    assert_eq!(at("kill"), [0]);
    assert_eq!(at("shut up"), [0]);
    assert_eq!(at("to you"), [0; 0]);
    assert_eq!(positions(Lang::English, &[]), [0; 0]);
}
