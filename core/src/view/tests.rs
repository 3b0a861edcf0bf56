//! Properties of views, on text made to be awkward.

use super::unit::Flags;
use super::{View, fold};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

/// Text of characters that fold in every way there is.
fn awkward() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a",
        "B",
        "k",
        "ß",
        "ẞ",
        "é",
        "e\u{301}",
        "\u{301}",
        "ﬁ",
        "Ｋ",
        "İ",
        "ı",
        "ς",
        "한",
        "\u{1112}\u{1161}",
        "\u{11AB}",
        "㈝",
        "ㅅ",
        "\u{200B}",
        "\u{AD}",
        "\u{200D}",
        "\u{FE0F}",
        "👍",
        "🏽",
        "👩\u{200D}💻",
        "🇩🇪",
        "中",
        "か\u{3099}",
        "が",
        "ที่",
        "ك\u{64E}ـ",
        "नि",
        "1",
        "½",
        "™",
        "…",
        "'",
        "’",
        "ʼ",
        "-",
        "_",
        "#",
        "@",
        ".",
        "!",
        "。",
        " ",
        "\u{A0}",
        "\t",
        "\n",
        "\r\n",
        "\u{2028}",
        "\u{0}",
        "\u{E000}",
        "\u{378}",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// Over all of Unicode, alone and between letters: folded is folded, in whatever normal form
/// and case it was written.
#[test]
fn folding_any_code_point_is_blind_to_its_forms() {
    for c in '\0'..=char::MAX {
        let text = format!("a{c}b");
        let folded = fold(&text);
        assert_eq!(fold(&folded), folded, "{c:?}");
        if c < '\u{80}' || text.nfkd().eq(text.chars()) {
            continue;
        }
        for form in [text.nfc().collect::<String>(), text.nfd().collect(), text.nfkc().collect()] {
            assert_eq!(fold(&form), folded, "{c:?} as {form:?}");
        }
    }
}

proptest! {
    #[test]
    fn folding_twice_is_folding_once(text in awkward()) {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once);
    }

    #[test]
    fn folding_is_blind_to_normal_forms(text in awkward()) {
        let folded = fold(&text);
        prop_assert_eq!(fold(&text.nfc().collect::<String>()), folded.clone());
        prop_assert_eq!(fold(&text.nfd().collect::<String>()), folded.clone());
        prop_assert_eq!(fold(&text.nfkc().collect::<String>()), folded);
    }

    #[test]
    fn any_text_has_sound_spans(text in prop_oneof![awkward(), any::<String>()]) {
        let view = View::of(&text);
        let mut last = 0;
        for unit in &view.units {
            prop_assert!(text.is_char_boundary(unit.raw_start as usize));
            prop_assert!(text.is_char_boundary(unit.raw_end as usize));
            prop_assert!(unit.raw_start < unit.raw_end);
            prop_assert!(last <= unit.raw_start, "units go forward");
            prop_assert!(view.folded[unit.folded as usize..].starts_with(unit.symbol));
            prop_assert!(unit.word <= view.words);
            last = unit.raw_start;
        }
        for (at, unit) in view.units.iter().enumerate() {
            prop_assert_eq!(view.unit_at_folded(unit.folded as usize), at);
        }
        let mut next = 0;
        for (at, c) in view.written().char_indices() {
            let (start, end) = view.units_written(at, at + c.len_utf8());
            prop_assert!(start == next && end > start, "every unit is written once");
            next = end;
        }
        prop_assert_eq!(next, view.units.len());
        prop_assert!(view.breaks.is_sorted());
    }

    /// A unit's own bytes fold to it: what is shown as found is what was found.
    #[test]
    fn the_bytes_of_a_unit_fold_to_it(text in awkward()) {
        let view = View::of(&text);
        for unit in &view.units {
            let own = View::of(&text[unit.raw_start as usize..unit.raw_end as usize]).folded;
            prop_assert!(own.contains(unit.symbol), "{own:?} lacks {:?}", unit.symbol);
        }
    }
}

/// The words of a text by the numbers of their units.
fn words(text: &str) -> Vec<String> {
    let view = View::of(text);
    let in_word = |u: &&super::unit::Unit| u.is_word() || u.has(Flags::JOINS_WORD);
    let units: Vec<_> = view.units.iter().filter(in_word).collect();
    units.chunk_by(|a, b| a.word == b.word).map(|w| w.iter().map(|u| u.symbol).collect()).collect()
}

#[test]
fn words_are_numbered_as_readers_count_them() {
    for (text, expected) in [
        ("Don't stop", vec!["don't", "stop"]),
        ("a_b-c d.e", vec!["a", "b", "c", "d", "e"]),
        ("'quoted' words'", vec!["quoted", "words"]),
        ("我爱you", vec!["我", "爱", "you"]),
        ("한국어 좋아", vec!["한국어", "좋아"]),
        ("ﬁsh Kill™", vec!["fish", "kill"]),
        ("4 u 2nite", vec!["4", "u", "2nite"]),
        ("", vec![]),
    ] {
        assert_eq!(
            words(text),
            expected.iter().map(|w| View::of(w).folded).collect::<Vec<_>>(),
            "{text}"
        );
    }
}

#[test]
fn sentences_end_where_readers_stop() {
    let ends = |text: &str| View::of(text).breaks;
    assert_eq!(ends("Go. Now"), [2]);
    assert_eq!(ends("v1.2 of example.com"), [] as [u32; 0]);
    assert_eq!(ends("\"Stop!\" he said"), [5]);
    assert_eq!(ends("走。走"), [3]);
    assert_eq!(ends("a\r\nb"), [1]);
    assert_eq!(ends("what?!"), [4, 5]);
}

/// A text of nothing but terminators once took quadratic time.
#[test]
fn runs_of_terminators_are_one_pass() {
    let view = View::of(&".".repeat(200_000));
    assert_eq!(view.breaks.len(), 200_000);
}

/// What regexes rely on: such a text is folded by making its letters small.
#[test]
fn plain_text_folds_in_place() {
    for first in 0..128_u8 {
        for second in (0..128_u8).filter(|byte| byte.is_ascii_graphic() || b" \t\n".contains(byte))
        {
            if !(first.is_ascii_graphic() || b" \t\n".contains(&first)) {
                continue;
            }
            let text = [first, second, second, first].map(char::from).iter().collect::<String>();
            let mut view = super::View::default();
            view.fill(&text);
            assert_eq!(view.written(), text.to_ascii_lowercase());
        }
    }
}
