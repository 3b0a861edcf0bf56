//! Tag characters: ASCII that no font shows.
//!
//! Their one honest use is the flags of regions, a black flag and a few of them.

use super::piece::{self, Piece};
use super::unit::Flags;

const BLACK_FLAG: char = '\u{1F3F4}';
const CANCEL_TAG: char = '\u{E007F}';
/// How many letters and digits a region has (`usca`, `gbsct`).
const REGION: std::ops::RangeInclusive<usize> = 3..=6;

/// The ASCII character that a tag character hides.
#[inline]
fn hidden(c: char) -> Option<char> {
    match c {
        '\u{E0020}'..='\u{E007E}' => char::from_u32(c as u32 - 0xE0000),
        _ => None,
    }
}

/// True when `text` may have tag characters. One pass over the bytes, at the
/// speed of memory; only texts with rare four-byte characters need another.
pub(super) fn may_have(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.contains(&0xF3)
        && bytes.windows(3).any(|w| w == [0xF3, 0xA0, 0x80] || w == [0xF3, 0xA0, 0x81])
}

/// True when `text` has tag characters outside the flags of regions.
pub(super) fn present(text: &str) -> bool {
    may_have(text) && read(text).any(|piece| piece.flags.has(Flags::HIDDEN))
}

/// The characters of `text`, tag characters as the ASCII they hide.
pub(super) fn read(text: &str) -> impl Iterator<Item = Piece> {
    let mut flag_end = 0;
    piece::plain(text, 0).map(move |mut piece| {
        if piece.symbol == BLACK_FLAG {
            flag_end = end_of_flag(text, piece.end).unwrap_or(flag_end);
        } else if piece.start >= flag_end
            && let Some(c) = hidden(piece.symbol)
        {
            piece.symbol = c;
            piece.flags.set(Flags::HIDDEN);
        }
        piece
    })
}

/// Where the flag ends whose black flag ends at byte `from`, if it is one: what
/// is too long for a region, or is never ended, is a hiding place.
fn end_of_flag(text: &str, from: u32) -> Option<u32> {
    let mut end = from as usize;
    for (count, c) in text[end..].chars().take(REGION.end() + 1).enumerate() {
        end += c.len_utf8();
        match hidden(c) {
            Some('a'..='z' | '0'..='9') => {}
            _ if c == CANCEL_TAG && REGION.contains(&count) => return Some(end as u32),
            _ => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::View;
    use super::super::unit::Flags;
    use proptest::prelude::*;

    fn hide(text: &str) -> String {
        text.chars().filter_map(|c| char::from_u32(c as u32 + 0xE0000)).collect()
    }

    fn revealed(text: &str) -> Option<View> {
        let mut view = View::of("what was there before");
        let present = view.fill_tags(text);
        assert_eq!(present, !view.units.is_empty());
        present.then_some(view)
    }

    #[test]
    fn tag_characters_are_the_ascii_they_hide() {
        let text = format!("a{}z", hide("Be c!"));
        let view = revealed(&text).expect("there are tags");
        assert_eq!(view.folded, "abe c!z");
        let hidden: String =
            view.units.iter().filter(|u| u.has(Flags::HIDDEN)).map(|u| u.symbol).collect();
        assert_eq!(hidden, "be c!");
        assert_eq!((view.units[1].raw_start, view.units[1].raw_end), (1, 5));
        assert_eq!(View::of(&text).folded, "az");
    }

    #[test]
    fn flags_of_regions_hide_nothing() {
        let scotland = format!("\u{1F3F4}{}\u{E007F}", hide("gbsct"));
        assert!(revealed(&scotland).is_none());
        assert!(revealed("\u{1F3F4} \u{E0001}\u{E007F}\u{E0101} \u{F3} \u{1F600}").is_none());
        assert!(revealed("").is_none());
        let both = format!("{scotland}{}", hide("heck"));
        assert_eq!(revealed(&both).expect("hidden").folded, "\u{1F3F4}heck");
    }

    /// Only what can be a region is one.
    #[test]
    fn false_flags_are_read() {
        for (flag, expected) in [
            (format!("\u{1F3F4}{}", hide("gbsct")), "gbsct"),
            (format!("\u{1F3F4}{}\u{E007F}", hide("heckyou")), "heckyou"),
            (format!("\u{1F3F4}{}\u{E007F}", hide("he ck")), "he ck"),
            (format!("\u{1F3F4}x{}\u{E007F}", hide("gbsct")), "xgbsct"),
            (format!("\u{1F3F4}{}\u{1F3F4}", hide("us")), "us\u{1F3F4}"),
        ] {
            let view = revealed(&flag).expect("hidden text");
            assert_eq!(view.folded, format!("\u{1F3F4}{expected}"));
        }
    }

    proptest! {
        #[test]
        fn hidden_text_is_as_if_it_were_not(text in "[ -~]{1,30}") {
            let shown = View::of(&text);
            let view = revealed(&hide(&text)).expect("there are tags");
            prop_assert_eq!(&view.folded, &shown.folded);
            prop_assert_eq!((view.words, view.breaks.len()), (shown.words, shown.breaks.len()));
            prop_assert!(view.units.iter().all(|u| u.has(Flags::HIDDEN)));
        }

        #[test]
        fn any_text_has_sound_spans(
            pieces in prop::collection::vec(
                prop::sample::select(vec![
                    "a", "\u{1F3F4}", "\u{E0067}", "\u{E0062}", "\u{E0041}", "\u{E0020}",
                    "\u{E007F}", "\u{E0100}", "\u{301}", "\u{200D}", " ",
                ]),
                0..24,
            ),
        ) {
            let text = pieces.concat();
            let mut view = View::default();
            view.fill_tags(&text);
            let mut last = 0;
            for unit in &view.units {
                prop_assert!(last <= unit.raw_start && unit.raw_start < unit.raw_end);
                prop_assert!(text.is_char_boundary(unit.raw_start as usize));
                prop_assert!(text.is_char_boundary(unit.raw_end as usize));
                last = unit.raw_start;
            }
        }
    }
}
