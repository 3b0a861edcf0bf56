//! Wrappers, alone and around each other, with the bytes that they came from.

use super::super::View;
use super::super::unit::{Flags, Unit};
use super::Shown;
use crate::span::Span;
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

/// The decoded view of `text`, if it has one.
fn decoded(text: &str) -> Option<View> {
    let mut view = View::default();
    view.fill_decoded(text).then_some(view)
}

/// What `text` is decoded to, folded; itself when there is nothing to undo.
fn read(text: &str) -> String {
    decoded(text).map_or_else(|| super::super::fold(text), |view| view.folded)
}

/// The raw bytes of each unit.
fn raw<'t>(text: &'t str, view: &View) -> Vec<&'t str> {
    let bytes = |u: &Unit| &text[u.raw_start as usize..u.raw_end as usize];
    view.units.iter().map(bytes).collect()
}

/// The symbols that are marked as decoded.
fn marked(view: &View) -> String {
    view.units.iter().filter(|u| u.is_decoded(true)).map(|u| u.symbol).collect()
}

#[test]
fn references_are_read() {
    for (text, expected) in [
        ("&#104;eck", "heck"),
        ("&#104eck", "heck"),
        ("&#x68;eck", "heck"),
        ("&#X00068;eck", "heck"),
        ("&#0000000000000000000104;eck", "heck"),
        ("h&eacute;ck", "heck"),
        ("&lt;3", "<3"),
        ("&fjlig;ord", "fjord"),
        ("&amp;", "&"),
        ("don&#146;t", "don’t"),
        ("&NotEqualTilde;", "≂"),
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn escapes_are_read() {
    for (text, expected) in [
        ("%68%65ck", "heck"),
        ("h%C3%A9ck", "heck"),
        ("%F0%9F%98%80", "😀"),
        ("%66%FF", "f%ff"),
        ("%u0068eck", "heck"),
        (r"\u0068eck", "heck"),
        (r"\u{68}\u{0000065}ck", "heck"),
        (r"\x68eck", "heck"),
        (r"h\xe9ck", "heck"),
        (r"h\xc3\xa9ck", "heck"),
        (r"\U00000068eck", "heck"),
        (r"\ud83d\ude00", "😀"),
        (r"\\u0068eck", "heck"),
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn markup_is_left_out() {
    for (text, expected) in [
        ("h<b>e</b>ck", "heck"),
        ("h<span class=\"x\">e</span >ck", "heck"),
        ("h<wbr/>eck", "heck"),
        ("h<!-- x > y -->eck", "heck"),
        ("h<!---->eck", "heck"),
        ("one<br>two", "one\ntwo"),
        ("<p>one</p>", "\none\n"),
        ("h[b]e[/b]ck", "heck"),
        ("h[COLOR=red]e[/color]ck", "heck"),
        ("h[quote by=me]e", "h\ne"),
        ("h[url=https://x.example/?a=b]e[/url]ck", "heck"),
        ("h**e**ck", "heck"),
        ("h***e***ck", "heck"),
        ("h__e__ck", "heck"),
        ("h~~e~~ck", "heck"),
        ("h||e||ck", "heck"),
        ("h*e*ck", "heck"),
        ("h_e_ck", "heck"),
        ("h`e`ck", "heck"),
        ("*h*eck", "heck"),
        ("**hec**k you", "heck you"),
        ("say **good heck** now", "say good heck now"),
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn innocent_text_has_no_decoded_view() {
    for text in [
        "",
        "plain text, nothing else",
        "a < b and c > d",
        "a<3",
        "i <3 u > him",
        "AT&T",
        "R&D;",
        "&amp",
        "&nosuchname;",
        "&#;",
        "&#x;",
        "&#xD800;",
        "&#0;",
        "&#1114112;",
        "&#99999999999999999999;",
        "100%",
        "100% free",
        "5%FF",
        r"C:\users",
        r"C:\\users\\x",
        r"\ud83d alone",
        r"\u{}",
        r"\u{110000}",
        r"¯\_(ツ)_/¯",
        "[1]",
        "[sic]",
        "[b",
        "a[b c]",
        "2**3",
        "2 * 3 * 4",
        "2*3*4",
        "snake_case",
        "*sigh*",
        "_really_",
        "`kill`",
        "don`t",
        "h****k",
        "h*ck this d*rn thing",
        "<https://x.example>",
        "<me@x.example>",
        "<@123>",
        "<:smile:123>",
        "<!-- never ends",
        "<b",
        "curly “quotes” — and dashes…",
        "\u{202D}left to right\u{202C}",
        "\u{202E}שלום\u{202C}",
        "\u{202B}embedded\u{202C}",
    ] {
        let mut view = View::of("what was there before");
        assert!(!view.fill_decoded(text), "{text}: {:?}", view.folded);
        assert!(view.units.is_empty() && view.folded.is_empty() && view.words == 0);
    }
}

/// What may be a mask is also markup: each view has one of the two.
#[test]
fn double_delimiters_between_letters_are_left_out() {
    assert_eq!(read("h**k"), "hk");
    assert_eq!(View::of("h**k").folded, "h**k");
    assert_eq!(read("h~~k"), "hk");
}

#[test]
fn wrappers_are_undone_twice() {
    for (text, once, twice, thrice) in [
        ("heck", "&#104;eck", "&amp;#104;eck", "&amp;amp;#104;eck"),
        ("heck", "%68eck", "%2568eck", "%252568eck"),
        ("heck", "h<b>eck", "h&lt;b&gt;eck", "h%26lt;b%26gt;eck"),
        ("heck", r"\u0068eck", r"\\u0068eck", r"\\\\u0068eck"),
    ] {
        assert_eq!(read(once), text);
        assert_eq!(read(twice), text);
        assert_ne!(read(thrice), text);
    }
}

/// A wrapper is one thing: all that came out of it has all its bytes.
#[test]
fn units_know_their_wrapper() {
    let text = "x&#104;<b>&eacute;\u{301}c</b>%6B&fjlig;\\ud83d\\ude00!";
    let view = decoded(text).expect("there are wrappers");
    assert_eq!(view.folded, "xheckfj😀!");
    let wrappers =
        ["x", "&#104;", "&eacute;\u{301}", "c", "%6B", "&fjlig;", "&fjlig;", "\\ud83d\\ude00", "!"];
    assert_eq!(raw(text, &view), wrappers);
    assert_eq!(marked(&view), "hekfj😀");
    // The removed tag is inside the span that runs over it.
    assert_eq!(view.raw(1, 5), Span::new(1, 28));
}

#[test]
fn nested_wrappers_have_the_outermost_bytes() {
    let text = "&amp;#104;e";
    let view = decoded(text).expect("there are wrappers");
    assert_eq!(raw(text, &view), ["&amp;#104;", "e"]);
}

#[test]
fn what_stands_behind_removed_markup_is_marked() {
    let marked = |text: &str| marked(&decoded(text).expect("there is markup"));
    assert_eq!(marked("h<b>e</b>ck"), "ec");
    assert_eq!(marked("h**e**ck"), "ec");
    assert_eq!(marked("h<b></b>\u{200B}eck"), "e");
    assert_eq!(marked("he<b></b>\u{301}ck"), "e");
    assert_eq!(marked("heck<b>"), "");
    // What makes no unit leaves its mark on the next one.
    assert_eq!(marked("h&shy;eck"), "e");
}

#[test]
fn overrides_are_read_as_they_are_shown() {
    for (text, expected) in [
        ("\u{202E}kceh\u{202C}", "heck"),
        ("say \u{202E}kceh\u{202C} now", "say heck now"),
        ("say \u{202E}kceh\nnow", "say heck\nnow"),
        ("\u{202E}e\u{301}b uoy\u{202C}", "you be"),
        ("\u{202E}ck\u{202D}he\u{202C}\u{202C}", "hekc"),
        ("\u{202E}k\u{202E}ce\u{202C}h\u{202C}", "heck"),
        ("\u{202E}k\u{2066}ec\u{2069}h\u{202C}", "heck"),
        ("\u{202E}(b)a\u{202C}", "a(b)"),
        ("\u{202E}321\u{202C}", "123"),
        ("\u{202D}םולש\u{202C}", "שלום"),
        ("&#8238;kceh&#8236;", "heck"),
        ("\u{2067}\u{202E}kceh\u{2069} now", "heck now"),
    ] {
        assert_eq!(read(text), super::super::fold(expected), "{text:?}");
    }
}

#[test]
fn a_turned_run_still_has_places_and_words() {
    let text = "a \u{202E}eno owt\u{202C} z";
    let view = decoded(text).expect("there is an override");
    assert!(view.is_reordered());
    assert_eq!(view.folded, "a two one z");
    assert_eq!(marked(&view), "two one ");
    // "two" is read first and stands last.
    assert_eq!(view.raw(2, 5), Span::new(9, 12));
    assert_eq!(view.raw(2, 9), Span::new(5, 12));
    assert_eq!(view.words_covering(Span::new(9, 12)), Span::new(1, 2));
    assert_eq!(view.words_covering(Span::new(5, 8)), Span::new(2, 3));
    assert_eq!(view.words_covering(Span::new(0, 6)), Span::new(0, 3));
    assert_eq!(view.words_covering(Span::new(2, 5)), Span::new(2, 2));
    assert_eq!(view.unit_at_raw(9), 4);
    assert_eq!(view.unit_at_raw(100), view.units.len());
    for (at, hint) in (0..100).flat_map(|at| (0..20).map(move |hint| (at, hint))) {
        assert_eq!(view.unit_at_raw_from(at, hint), view.unit_at_raw(at), "{at} from {hint}");
    }
    assert!(view.same_sentence(0, 16));
}

#[test]
fn words_are_found_by_their_bytes() {
    let text = "one <b>tw&#111;</b> 我爱 end";
    let view = decoded(text).expect("there are wrappers");
    let words = |start, end| view.words_covering(Span::new(start, end));
    assert_eq!(words(0, 3), Span::new(0, 1));
    assert_eq!(words(3, 4), Span::new(1, 1));
    // The tag has no unit; the word behind it is next.
    assert_eq!(words(5, 6), Span::new(1, 1));
    assert_eq!(words(7, 8), Span::new(1, 2));
    // Bytes in the middle of a wrapper touch what came out of it.
    assert_eq!(words(11, 12), Span::new(1, 2));
    assert_eq!(words(0, 22), Span::new(0, 3));
    assert_eq!(words(0, text.len() as u32), Span::new(0, 5));
    assert_eq!(words(text.len() as u32, text.len() as u32), Span::new(5, 5));
}

/// Doubling such a text must not do more than double the time; quadratic
/// ones would run for minutes here.
#[test]
fn hostile_text_is_read_in_linear_time() {
    for unit in [
        "&",
        "&#",
        "&#x6",
        "&a",
        "%",
        "%6",
        "%C3",
        "\\",
        "\\u",
        "\\u{6",
        "\\\\u{6",
        "<",
        "<a ",
        "</",
        "<!--",
        "<!-- -",
        "[",
        "[b ",
        "[url=",
        "*",
        "**a",
        "_a",
        "`a`",
        "||a",
        "~~",
        "\u{202E}",
        "\u{202E}a",
        "\u{202E}a\u{202C}",
        "\u{2067}\u{202E}a",
        "\u{2069}",
        "a\u{301}",
        "\u{202E}\n",
    ] {
        let text = unit.repeat(600_000 / unit.len());
        let mut view = View::default();
        view.fill_decoded(&text);
        assert!(view.units.len() <= text.chars().count());
    }
}

/// Texts made of what wrappers are made of.
fn wrapped() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a", "b", "B", " ", "\n", "1", "68", "&", "#", "x", ";", "amp", "lt;", "%", "%6", "\\",
        "u", "u00", "{", "}", "<", ">", "</", "b>", "<!--", "-->", "[", "]", "[b]", "[/", "*",
        "**", "_", "__", "~~", "||", "`", "\u{202E}", "\u{202D}", "\u{202C}", "\u{2067}",
        "\u{2069}", "\u{202A}", "\u{301}", "\u{200B}", "\u{FE0F}", "\u{200D}", "👩", "🏽", "か",
        "\u{3099}", "ש", "한", "\u{1161}", "ﬁ", "&#8238;", "&#769;", "&zwj;", "I", "\u{307}",
        "\r\n", ".",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn check_sound(text: &str, view: &View) -> Result<(), TestCaseError> {
    let mut last = 0;
    for (at, unit) in view.units.iter().enumerate() {
        let (start, end) = (unit.raw_start as usize, unit.raw_end as usize);
        prop_assert!(start < end && end <= text.len());
        prop_assert!(text.is_char_boundary(start) && text.is_char_boundary(end));
        prop_assert!(view.is_reordered() || last <= start, "units go forward");
        prop_assert!(view.folded[unit.folded as usize..].starts_with(unit.symbol));
        prop_assert_eq!(view.unit_at_folded(unit.folded as usize), at);
        last = start;
        let raw = view.raw(at, view.units.len());
        prop_assert!(raw.start <= unit.raw_start && unit.raw_end <= raw.end);
        let words = view.words_covering(Span::new(unit.raw_start, unit.raw_end));
        if unit.is_word() {
            prop_assert!(words.start <= unit.word && unit.word < words.end);
        }
    }
    prop_assert!(view.breaks.is_sorted());
    for from in 0..=text.len() as u32 {
        let at = view.unit_at_raw(from);
        prop_assert!(at <= view.units.len());
        let words = view.words_covering(Span::new(from, text.len() as u32));
        prop_assert!(words.end <= view.words);
        view.same_sentence(0, from);
    }
    Ok(())
}

/// What of a unit must be the same however it was written.
fn meaning(view: &View) -> Vec<(char, char, u32, Vec<char>, u16)> {
    let flags =
        |u: &Unit| u.flags.0 & !(Flags::DECODED.0 | Flags::BEHIND_WRAPPER.0 | Flags::HIDDEN.0);
    let one = |u: &Unit| (u.symbol, u.origin, u.word, view.marks_of(u).to_vec(), flags(u));
    view.units.iter().map(one).collect()
}

/// Text without anything that is part of a wrapper.
fn innocent() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a",
        "B",
        "k",
        "ß",
        "é",
        "e\u{301}",
        "ﬁ",
        "Ｋ",
        "İ",
        "한",
        "\u{200B}",
        "👍🏽",
        "👩\u{200D}💻",
        "中",
        "か\u{3099}",
        "नि",
        "ש",
        "1",
        "½",
        "™",
        "'",
        "’",
        "-",
        "#",
        "@",
        ".",
        "! ",
        " ",
        "\n",
        "Привет",
        "كلب",
    ]);
    prop::collection::vec(piece, 1..16).prop_map(|pieces| pieces.concat())
}

fn each(text: &str, encode: impl Fn(char) -> String) -> String {
    text.chars().map(encode).collect()
}

fn utf16(c: char) -> String {
    let units = c.encode_utf16(&mut [0; 2]).to_vec();
    units.iter().map(|unit| format!("\\u{unit:04x}")).collect::<Vec<_>>().concat()
}

fn bytes(c: char, prefix: &str) -> String {
    let mut buffer = [0; 4];
    let bytes = c.encode_utf8(&mut buffer).bytes();
    bytes.map(|byte| format!("{prefix}{byte:02X}")).collect::<Vec<_>>().concat()
}

/// Every way to wrap a text that is undone to the same text.
fn encoded(text: &str) -> Vec<String> {
    vec![
        each(text, |c| format!("&#{};", c as u32)),
        each(text, |c| format!("&#x{:X};", c as u32)),
        each(text, |c| bytes(c, "%")),
        each(text, |c| bytes(c, "\\x")),
        each(text, utf16),
        each(text, |c| format!("\\u{{{:x}}}", c as u32)),
        each(text, |c| format!("\\U{:08x}", c as u32)),
        each(text, |c| format!("{c}<b>")),
        each(text, |c| format!("</span>{c}")),
        each(text, |c| format!("{c}<!-- x -->")),
        each(text, |c| format!("[i]{c}[/i]")),
        each(text, |c| format!("&amp;#{};", c as u32)),
        each(text, |c| bytes(c, "%25")),
    ]
}

proptest! {
    #[test]
    fn any_text_is_decoded_soundly(text in prop_oneof![wrapped(), any::<String>()]) {
        if let Some(view) = decoded(&text) {
            check_sound(&text, &view)?;
            let shown = |part| match part {
                Shown::Plain(part) => text[part].chars().count(),
                Shown::Line(pieces) => pieces.len(),
            };
            let mut decoder = super::Decoder::default();
            prop_assert!(decoder.decode(&text));
            let shown = decoder.parts(0..text.len()).map(shown).sum::<usize>();
            prop_assert!(shown <= text.chars().count());
        }
    }

    #[test]
    fn text_without_wrappers_has_no_decoded_view(text in innocent()) {
        prop_assert!(decoded(&text).is_none());
    }

    /// The quick look may say yes for nothing, but never no for something.
    #[test]
    fn the_quick_look_misses_nothing(text in wrapped(), before in " {0,20}") {
        let text = before + &text;
        if super::trigger::find(text.as_bytes(), 0).is_none() {
            let mut decoder = super::Decoder::default();
            decoder.read(&text, 0..text.len());
            prop_assert!(decoder.lines.is_empty(), "{}", text);
        }
    }

    /// Lines that are read alone say what they say in the whole text.
    #[test]
    fn lines_are_read_as_the_whole(lines in prop::collection::vec(
        prop_oneof![wrapped(), innocent(), Just("<b".to_owned()), Just("-->".to_owned()),
            Just("<!--".to_owned()), Just("c='x'>&lt;i".to_owned())],
        1..6,
    )) {
        let text = lines.join("\n");
        let mut whole = super::Decoder::default();
        whole.read(&text, 0..text.len());
        let mut view = View::default();
        let decodes = view.fill_decoded(&text);
        prop_assert_eq!(decodes, !whole.lines.is_empty());
        if decodes {
            let mut expected = View::default();
            super::super::build::fill_decoded(&mut expected, &text, &whole, 0..text.len(), 0);
            prop_assert_eq!(meaning(&view), meaning(&expected));
            let mut decoder = super::Decoder::default();
            prop_assert!(decoder.decode(&text));
            prop_assert_eq!(decoder.reordered, whole.reordered);
        }
    }

    /// A view can be used again, in any order, and says the same.
    #[test]
    fn nothing_stays_of_the_text_before(first in wrapped(), second in wrapped()) {
        let mut used = View::default();
        used.fill_decoded(&first);
        let fresh = decoded(&second);
        prop_assert_eq!(used.fill_decoded(&second), fresh.is_some());
        let fresh = fresh.unwrap_or_default();
        prop_assert_eq!(meaning(&used), meaning(&fresh));
        prop_assert_eq!((used.words, &used.breaks), (fresh.words, &fresh.breaks));
        used.fill(&first);
        prop_assert_eq!(meaning(&used), meaning(&View::of(&first)));
        prop_assert!(!used.is_reordered());
    }

    #[test]
    fn decoding_undoes_encoding(text in innocent()) {
        let plain = View::of(&text);
        for encoded in encoded(&text) {
            let view = decoded(&encoded).unwrap_or_default();
            prop_assert_eq!(meaning(&view), meaning(&plain), "{}", encoded);
            check_sound(&encoded, &view)?;
        }
    }

    /// Letters that are stored backwards in an override read as they were.
    #[test]
    fn overrides_undo_reversal(text in "[a-z é\u{301}]{0,20}") {
        let reversed: String = text.graphemes(true).rev().collect();
        let wrapped = format!("x\u{202E}{reversed}\u{202C}");
        let plain = View::of(&format!("x{text}"));
        if let Some(view) = decoded(&wrapped) {
            check_sound(&wrapped, &view)?;
            prop_assert_eq!(&view.folded, &plain.folded);
            prop_assert_eq!(view.words, plain.words);
        } else {
            prop_assert!(!text.chars().any(char::is_alphabetic));
        }
    }

    #[test]
    fn every_word_of_the_plain_view_has_a_number(text in wrapped()) {
        if let Some(view) = decoded(&text) {
            for unit in &View::of(&text).units {
                let words = view.words_covering(Span::new(unit.raw_start, unit.raw_end));
                prop_assert!(words.end <= view.words);
            }
        }
    }
}
