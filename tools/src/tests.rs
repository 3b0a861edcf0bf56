//! The checked-in table against its sources, over every scalar value.

use icu_properties::props::GeneralCategory as Gc;
use unicode_normalization::UnicodeNormalization;

use crate::unicode::{self, scalars};
use crate::view::props::{Class, Props, ScriptKind};
use crate::view::table::{self, fold, fold_exact, fold_one, props};

/// Tables in the compiled library, in bytes.
const SIZE_LIMIT: usize = 300_000;
/// The same for the character references.
const REFERENCES_LIMIT: usize = 30_000;

fn symbols(c: char) -> Vec<char> {
    fold(c).symbols().to_vec()
}

fn fold_text(text: impl IntoIterator<Item = char>) -> Vec<char> {
    text.into_iter().flat_map(symbols).collect()
}

fn fold_exact_text(text: impl IntoIterator<Item = char>) -> Vec<char> {
    text.into_iter().flat_map(|c| fold_exact(c).symbols().to_vec()).collect()
}

fn folded(text: &str) -> String {
    fold_text(text.chars()).into_iter().collect()
}

/// Code points that depart from the standard's folding on purpose, and what
/// decomposes to them.
fn is_exception(c: char) -> bool {
    c == 'İ' || c.nfd().any(|part| part == '\u{345}')
}

#[test]
fn checked_in_files_are_current() {
    let stale = crate::gen_tables::generate();
    assert_eq!(stale.stale_files(), Vec::<&std::path::Path>::new());
    let stale = crate::gen_entities::generate();
    assert_eq!(stale.stale_files(), Vec::<&std::path::Path>::new());
}

/// The automaton over digits agrees with the patterns it was made from, on the
/// example of every kind of number and on its neighbours.
#[test]
fn plans_accept_what_their_patterns_do() {
    let plans = crate::phones::Plans::new();
    let mut compared = 0;
    for plan in phonenumber::metadata::DATABASE.iter() {
        for example in crate::phones::kinds(plan).filter_map(|kind| kind.example()) {
            for number in neighbours(example) {
                let matches = |kind: &phonenumber::metadata::Descriptor| {
                    let found = kind.national_number().find(&number).map(|m| (m.start(), m.end()));
                    found == Some((0, number.len()))
                };
                let expected = crate::phones::kinds(plan).any(matches);
                assert_eq!(plans.accepts(plan.id(), &number), expected, "{} {number}", plan.id());
                compared += 1;
            }
        }
    }
    assert!(compared > 10_000, "{compared}");
}

/// The number, one digit less, one more, and with each digit replaced.
fn neighbours(number: &str) -> Vec<String> {
    let mut all = vec![number.to_owned(), number[1..].to_owned(), format!("{number}0")];
    for at in 0..number.len() {
        let digit = (number.as_bytes()[at] - b'0' + 3) % 10;
        all.push(format!("{}{digit}{}", &number[..at], &number[at + 1..]));
    }
    all
}

#[test]
fn tables_are_small() {
    let generated = crate::gen_tables::generate();
    assert!(generated.table_bytes() < SIZE_LIMIT, "{}", generated.summary());
    assert!(generated.reference_bytes() < REFERENCES_LIMIT, "{}", generated.summary());
}

#[test]
fn sources_agree_on_the_unicode_version() {
    let (major, minor, patch) = unicode_normalization::UNICODE_VERSION;
    assert_eq!(table::UNICODE_VERSION, format!("{major}.{minor}.{patch}"));
    assert!(table::TABLE_VERSION.starts_with(table::UNICODE_VERSION));
    assert_eq!(table::TABLE_SHA256.len(), 64);
    // The ICU crates name no version: what they say of every code point must agree.
    for c in scalars() {
        let text = c.to_string();
        assert!(unicode::decompose(&text, true).chars().eq(c.nfkd()), "NFKD of {c:?}");
        assert!(unicode::decompose(&text, false).chars().eq(c.nfd()), "NFD of {c:?}");
    }
}

#[test]
fn fold_is_closed() {
    for c in scalars() {
        for &symbol in fold(c).symbols() {
            assert_eq!(symbols(symbol), [symbol], "from {c:?}");
            assert!(!fold(symbol).compat(), "from {c:?}");
            assert!(!props(symbol).is_ignorable(), "from {c:?}");
            assert!(!props(symbol).folds(), "from {c:?}");
        }
        for &symbol in fold_exact(c).symbols() {
            assert_eq!(fold_exact(symbol).symbols(), [symbol], "from {c:?}");
        }
    }
}

#[test]
fn fold_follows_decomposition() {
    for c in scalars().filter(|&c| c != 'İ') {
        assert_eq!(symbols(c), fold_text(c.nfkd()), "NFKD of {c:?}");
        assert_eq!(fold_exact(c).symbols(), fold_exact_text(c.nfd()), "NFD of {c:?}");
        assert_eq!(symbols(c), fold_text(c.nfkc()), "NFKC of {c:?}");
    }
    assert_eq!(folded("İ"), "i");
}

#[test]
fn fold_ignores_case() {
    for c in scalars() {
        // Their upper cases are letters that they are kept apart from: I and Ι.
        if matches!(c, 'ı' | '\u{345}') {
            continue;
        }
        for cased in unicode::simple_cases(c) {
            assert_eq!(symbols(c), symbols(cased), "{c:?} {cased:?}");
            assert_eq!(fold_exact(c).symbols(), fold_exact(cased).symbols(), "{c:?} {cased:?}");
        }
        if !is_exception(c) {
            let full = unicode::case_fold(&c.to_string());
            assert_eq!(symbols(c), fold_text(full.chars()), "case folding of {c:?}");
        }
    }
}

#[test]
fn compat_tells_whether_a_compatibility_mapping_was_used() {
    for c in scalars() {
        let (full, exact) = (fold(c), fold_exact(c));
        assert_eq!(full.compat(), full.symbols() != exact.symbols(), "{c:?}");
        assert!(!exact.compat());
    }
    // Case folding alone would spell out the ligature, and yet it is a form.
    for c in "ＡⒶ𝐚²ㅅﬃ\u{A0}".chars() {
        assert!(fold(c).compat(), "{c:?}");
    }
    for c in "AßÅ시\u{212A}\u{11BA}".chars() {
        assert!(!fold(c).compat(), "{c:?}");
    }
}

#[test]
fn invisible_code_points_fold_to_nothing_and_no_others() {
    for c in scalars() {
        assert_eq!(symbols(c).is_empty(), props(c).is_ignorable(), "{c:?}");
        if unicode::is_default_ignorable(c) {
            assert!(props(c).is_ignorable(), "{c:?}");
        }
    }
    assert_eq!(folded("a\u{200B}b\u{AD}c\u{202E}\u{FEFF}\u{3164}\u{E0061}\u{0}d"), "abcd");
    assert_eq!(folded("\t\n\r\u{B}\u{C}\u{85}\u{2028}"), "\t\n\r\u{B}\u{C}\u{85}\u{2028}");
}

#[test]
fn fold_flag_and_fast_path_agree_with_fold() {
    for c in scalars() {
        assert_eq!(props(c).folds(), symbols(c) != [c], "{c:?}");
        match fold_one(c) {
            Some(symbol) => assert!(symbols(c) == [symbol] && !fold(c).compat(), "{c:?}"),
            None => assert!(symbols(c).len() != 1 || fold(c).compat(), "{c:?}"),
        }
    }
}

#[test]
fn fold_of_letters_that_speakers_care_about() {
    for (text, expected) in [
        ("Straße STRASSE ẞ", "strasse strasse ss"),
        ("ΣΊΣΥΦΟΣ σίσυφος", "σι\u{301}συφοσ σι\u{301}συφοσ"),
        ("İstanbul ISPARTA ılık", "istanbul isparta ılık"),
        ("Ёлка ёлка", "е\u{308}лка е\u{308}лка"),
        ("Ｆｕｌｌ ﬁﬂ ℡ ㎏ Ⅷ", "full fifl tel kg viii"),
        ("が ｶﾞ ガ", "か\u{3099} カ\u{3099} カ\u{3099}"),
        ("أ ﻻ", "ا\u{654} لا"),
        ("u\u{345}", "u\u{345}"),
        ("ᾳ ᾼ", "α\u{345} α\u{345}"),
        ("𝕬ⓑ🄒", "ab(c)"),
    ] {
        assert_eq!(folded(text), expected, "{text}");
    }
}

#[test]
fn hangul_compares_by_letter() {
    assert_eq!(folded("시"), folded("ㅅㅣ"));
    assert_eq!(folded("시"), folded("\u{FFB5}\u{FFDC}"));
    assert_eq!(folded("각"), folded("ㄱㅏㄱ"));
    assert_eq!(folded("없"), folded("ㅇㅓㅄ"));
    assert_eq!(folded("읽"), folded("ㅇㅣㄺ"));
    assert_ne!(folded("읽"), folded("일ㄱ"), "a cluster stays one letter");
    assert_eq!(folded("꺾"), folded("ㄲㅓㄲ"));
    for syllable in '\u{AC00}'..='\u{D7A3}' {
        assert_eq!(symbols(syllable), fold_text(syllable.nfd()), "{syllable:?}");
    }
}

#[test]
fn ascii_arrays_equal_the_tries() {
    for c in (0..128u8).map(char::from) {
        assert_eq!(props(c).bits(), crate::classes::props(c).bits(), "{c:?}");
        assert_eq!(symbols(c), crate::folding::fold(c), "{c:?}");
    }
}

#[test]
fn every_entry_reads_back_as_the_rules_say() {
    for c in scalars() {
        let entry = props(c);
        let flags = Props::FOLDS
            | Props::UPPER
            | Props::CASED
            | Props::APOSTROPHE
            | Props::SENTENCE_END
            | Props::CLOSING
            | Props::JOINER;
        let bare = Props::new(crate::classes::class(c), crate::classes::script_kind(c));
        assert_eq!(Props::new(entry.class(), entry.script()), bare, "{c:?}");
        assert_eq!(entry.bits() & !flags, bare.bits(), "{c:?}");
    }
}

#[test]
fn classes_agree_with_the_properties() {
    for c in scalars() {
        let gc = unicode::general_category(c);
        let p = props(c);
        let expected: &[Class] = match gc {
            Gc::Unassigned => &[Class::Other, Class::Ignorable, Class::Emoji],
            Gc::PrivateUse | Gc::Surrogate => &[Class::Other],
            Gc::Control => &[Class::Ignorable, Class::LineBreak, Class::Space],
            Gc::Format => &[Class::Ignorable],
            Gc::SpaceSeparator => &[Class::Space],
            Gc::LineSeparator | Gc::ParagraphSeparator => &[Class::LineBreak],
            Gc::DecimalNumber | Gc::OtherNumber => &[Class::Digit],
            Gc::EnclosingMark => &[Class::Mark],
            Gc::NonspacingMark | Gc::SpacingMark => {
                &[Class::Mark, Class::VowelMark, Class::Ignorable]
            }
            Gc::OtherSymbol if unicode::is_alphabetic(c) => &[Class::Letter, Class::Emoji],
            Gc::MathSymbol
            | Gc::ModifierSymbol
            | Gc::OtherSymbol
            | Gc::OtherPunctuation
            | Gc::DashPunctuation => &[Class::Punct, Class::Emoji, Class::Space],
            Gc::CurrencySymbol
            | Gc::ConnectorPunctuation
            | Gc::OpenPunctuation
            | Gc::ClosePunctuation
            | Gc::InitialPunctuation
            | Gc::FinalPunctuation => &[Class::Punct],
            Gc::ModifierLetter if p.is_apostrophe() => &[Class::Punct],
            Gc::ModifierLetter => &[Class::Letter, Class::Mark],
            Gc::OtherLetter => &[Class::Letter, Class::Ignorable], // the Hangul fillers
            _ => &[Class::Letter],
        };
        assert!(expected.contains(&p.class()), "{c:?} is {:?}, category {gc:?}", p.class());
        assert_eq!(p.is_space(), unicode::is_white_space(c) || c == '\u{2800}', "{c:?}");
        assert_eq!(p.is_cased(), unicode::is_cased(c), "{c:?}");
        if unicode::is_emoji_by_default(c) {
            assert_eq!(p.class(), Class::Emoji, "{c:?}");
        }
    }
}

#[test]
fn classes_of_characters_that_matter() {
    for (text, class) in [
        ("aßЖ漢あーア々ㅅ시กΩℹᴬʰⅧⒶⓂ🄰🅺", Class::Letter),
        (
            "\u{301}\u{334}\u{20E3}\u{489}\u{640}\u{64B}\u{654}\u{5B8}\u{345}\u{308}\u{93C}",
            Class::Mark,
        ),
        ("\u{93F}\u{94D}\u{E34}\u{E48}\u{EB1}\u{17D2}\u{1039}\u{3099}\u{309A}", Class::VowelMark),
        ("09²½٣९①", Class::Digit),
        (" \t\u{A0}\u{3000}\u{2003}\u{2800}\u{1680}", Class::Space),
        ("\n\r\u{B}\u{C}\u{85}\u{2028}\u{2029}", Class::LineBreak),
        ("#*.,_-'\"$€©®™‼⁉。！«»→🄐", Class::Punct),
        ("🔥🖕🏽🇩❤☺🅰🅱🫠", Class::Emoji),
        (
            "\u{200B}\u{200D}\u{FE0F}\u{AD}\u{202E}\u{FEFF}\u{3164}\u{FFA0}\u{115F}\u{1160}\u{E0020}\u{0}\u{7F}\u{600}",
            Class::Ignorable,
        ),
        ("\u{E000}\u{378}\u{10FFFF}\u{FFFF}", Class::Other),
    ] {
        for c in text.chars() {
            assert_eq!(props(c).class(), class, "{c:?}");
        }
    }
}

#[test]
fn scripts_of_characters_that_matter() {
    for (text, script) in [
        ("aé\u{AA}", ScriptKind::Latin),
        ("ж", ScriptKind::Cyrillic),
        ("ωΩ", ScriptKind::Greek),
        ("漢々〆", ScriptKind::Han),
        ("ひゝ", ScriptKind::Hiragana),
        ("カヽー\u{FF70}", ScriptKind::Katakana),
        ("시ㅅ\u{1100}", ScriptKind::Hangul),
        ("ㄅ", ScriptKind::Bopomofo),
        ("1 .🔥\u{E000}\u{378}", ScriptKind::Common),
        ("\u{301}", ScriptKind::Inherited),
        ("ᐊ", ScriptKind::Other),
    ] {
        for c in text.chars() {
            assert_eq!(props(c).script(), script, "{c:?}");
        }
    }
    let unspaced: String =
        "漢ひカกກខမབ시aжㄅ".chars().filter(|&c| props(c).script().is_unspaced()).collect();
    assert_eq!(unspaced, "漢ひカกກខမབ");
}

#[test]
fn flags_hold_for_their_characters_only() {
    let with =
        |flag: fn(Props) -> bool| -> String { scalars().filter(|&c| flag(props(c))).collect() };
    assert_eq!(with(Props::is_apostrophe), "'\u{2B9}\u{2BC}\u{2018}\u{2019}\u{FF07}");
    assert_eq!(with(Props::is_sentence_end), "!.?؟۔।॥…‼⁇⁈⁉。！．？｡");
    assert_eq!(
        with(Props::is_joiner)
            .chars()
            .filter(|c| !unicode::is_variation_selector(*c))
            .collect::<String>(),
        "\u{200C}\u{200D}"
    );
    for c in "\"')]}»”’）」".chars() {
        assert!(props(c).is_closing(), "{c:?}");
    }
    for c in "([{«“‘a.".chars() {
        assert!(!props(c).is_closing(), "{c:?}");
    }
    for c in "AÉЖǅⒶ𝐀Ⅷ".chars() {
        assert!(props(c).is_upper() && props(c).is_cased(), "{c:?}");
    }
    for c in "aß漢1".chars() {
        assert!(!props(c).is_upper(), "{c:?}");
    }
}

#[test]
fn every_named_reference_is_found() {
    let mut names = 0;
    for entity in &entities::ENTITIES {
        let Some(name) = entity.entity[1..].strip_suffix(';') else { continue };
        let [first, second] = table::named_reference(name.as_bytes()).expect(name);
        let text: String = [first, second].into_iter().filter(|&c| c != '\0').collect();
        assert_eq!(text, entity.characters, "{name}");
        assert!(name.len() <= table::LONGEST_REFERENCE);
        names += 1;
    }
    assert_eq!(names, 2125);
    for unknown in ["", "am", "ampx", "zzz", "\u{e9}"] {
        assert_eq!(table::named_reference(unknown.as_bytes()), None, "{unknown}");
    }
}
