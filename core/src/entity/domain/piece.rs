//! A host read backwards, piece by piece: letters, dots in all their disguises,
//! and what is invisible between them.

use super::super::text;
use super::name::is_dot;
use crate::spec::model::Level;
use crate::verdict::Kinds;

/// What was undone, and what that cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Undone {
    /// The least level at which it is undone.
    pub(crate) level: Level,
    /// Tenths.
    pub(crate) cost: u8,
    /// What it was.
    pub(crate) kinds: Kinds,
}

impl Undone {
    pub(crate) const NOTHING: Undone = Undone { level: Level::Exact, cost: 0, kinds: Kinds::NONE };

    /// That, and one undoing more.
    pub(super) fn and(self, price: Price) -> Undone {
        let again = price.kind.is_subset(self.kinds);
        Undone {
            level: self.level.max(price.level),
            cost: self.cost.saturating_add(if again { price.further } else { price.first }),
            kinds: self.kinds.union(price.kind),
        }
    }
}

/// What one undoing costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Price {
    pub(super) kind: Kinds,
    /// The least level that does it.
    pub(crate) level: Level,
    /// Tenths, for the first of the kind in a host.
    pub(super) first: u8,
    /// Tenths, for each further one.
    pub(super) further: u8,
}

/// What ends at a place of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    Char(char),
    Dot,
    /// Something that shows nothing, but may be a letter made invisible.
    Invisible(char),
}

/// One piece of a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) what: What,
    /// Its first byte.
    pub(crate) start: usize,
    pub(crate) price: Price,
}

/// What each disguise costs: the levels and costs of words (`docs/evasion.md`),
/// but for dots, which words do not have, and letters that look alike, which are
/// no accident in a host.
pub(super) mod prices {
    use super::Price;
    use crate::spec::model::Level::{self, Exact, Fold, Standard, Strong};
    use crate::verdict::Kinds;

    const fn price(kind: Kinds, level: Level, first: u8, further: u8) -> Price {
        Price { kind, level, first, further }
    }

    pub(in super::super) const NOTHING: Price = price(Kinds::NONE, Exact, 0, 0);
    pub(in super::super) const FORM: Price = price(Kinds::FORMS, Fold, 1, 0);
    pub(in super::super) const MARK: Price = price(Kinds::MARKS, Fold, 2, 0);
    pub(in super::super) const INVISIBLE: Price = price(Kinds::INVISIBLE, Fold, 1, 0);
    pub(in super::super) const HIDDEN: Price = price(Kinds::HIDDEN, Fold, 5, 0);
    pub(in super::super) const LOOK_ALIKE: Price = price(Kinds::LOOKALIKE, Fold, 3, 1);
    pub(in super::super) const LEET: Price = price(Kinds::LEET, Standard, 6, 2);
    pub(in super::super) const TURNED: Price = price(Kinds::TURNED, Strong, 5, 1);
    /// `example[.]com`, `example(dot)com`, `ex%61mple.com`.
    pub(super) const DECODED: Price = price(Kinds::DECODED, Standard, 3, 0);
    /// `example dot com`, `example .com`.
    pub(super) const SPACED: Price = price(Kinds::DECODED, Standard, 5, 2);
}

/// The words for a dot, compared in any ASCII capitals. What stands around them
/// tells them from other words.
pub(super) const DOT_WORDS: [&str; 9] =
    ["dot", "punkt", "punto", "ponto", "point", "nokta", "точка", "Точка", "ТОЧКА"];

/// The piece that ends at byte `at`.
pub(crate) fn before(text: &str, at: usize) -> Option<Piece> {
    let c = text[..at].chars().next_back()?;
    let start = at - c.len_utf8();
    let piece = |what, start, price| Some(Piece { what, start, price });
    if is_dot(c) {
        return Some(plain_dot(text, c, start));
    }
    if c.is_ascii_hexdigit()
        && let Some((c, start)) = escaped_before(text, at)
    {
        let what = if is_dot(c) { What::Dot } else { What::Char(c) };
        return piece(what, start, prices::DECODED);
    }
    if text::is_invisible(c) {
        return piece(What::Invisible(c), start, prices::INVISIBLE);
    }
    if text::is_blank(c) {
        return wrapped_dot(text, at);
    }
    if opening_of(c).is_some()
        && let Some(dot) = wrapped_dot(text, at)
    {
        return Some(dot);
    }
    piece(What::Char(c), start, prices::NOTHING)
}

/// A dot as it is; white space before it belongs to it.
fn plain_dot(text: &str, c: char, start: usize) -> Piece {
    let price = if c == '.' { prices::NOTHING } else { prices::FORM };
    let spaced = skip_blanks(text, start);
    if spaced < start && c == '.' {
        return Piece { what: What::Dot, start: spaced, price: prices::SPACED };
    }
    Piece { what: What::Dot, start, price }
}

/// `[.]`, `(dot)`, ` dot `, ` . `: a dot that ends at `at` with a bracket or white space.
fn wrapped_dot(text: &str, at: usize) -> Option<Piece> {
    let close = skip_blanks(text, at);
    let last = text[..close].chars().next_back()?;
    let (end, open) = match opening_of(last) {
        Some(open) => (skip_blanks(text, close - last.len_utf8()), Some(open)),
        None => (close, None),
    };
    let core = dot_core(text, end)?;
    let blank = skip_blanks(text, core);
    match open {
        Some(open) => {
            let start = text[..blank].strip_suffix(open)?.len();
            Some(Piece { what: What::Dot, start: skip_blanks(text, start), price: prices::DECODED })
        }
        // White space on both sides, or it is the end of a sentence.
        None if blank < core && close < at => {
            Some(Piece { what: What::Dot, start: blank, price: prices::SPACED })
        }
        None => None,
    }
}

/// The start of a dot or of a word for it that ends at `end`.
fn dot_core(text: &str, end: usize) -> Option<usize> {
    let head = &text[..end];
    if let Some(rest) = head.strip_suffix(is_dot) {
        return Some(rest.len());
    }
    DOT_WORDS.iter().find_map(|word| {
        let start = end.checked_sub(word.len()).filter(|&at| text.is_char_boundary(at))?;
        let same = head[start..].eq_ignore_ascii_case(word);
        (same && text::opens(text, start)).then_some(start)
    })
}

/// The start of the white space that ends at `at`, at most three characters of it.
fn skip_blanks(text: &str, at: usize) -> usize {
    let blanks = text[..at].chars().rev().take(3).take_while(|&c| text::is_blank(c));
    at - blanks.map(char::len_utf8).sum::<usize>()
}

fn opening_of(c: char) -> Option<char> {
    match c {
        ']' => Some('['),
        ')' => Some('('),
        '}' => Some('{'),
        '>' => Some('<'),
        '】' => Some('【'),
        '）' => Some('（'),
        _ => None,
    }
}

/// The character of percent escapes that end at `at`, and where they start.
fn escaped_before(text: &str, at: usize) -> Option<(char, usize)> {
    let bytes = text.as_bytes();
    let mut encoded = [0u8; 4];
    for count in 1..=4 {
        let start = at.checked_sub(count * 3)?;
        let byte = escaped_byte(&bytes[start..start + 3])?;
        encoded[4 - count] = byte;
        if byte & 0xC0 != 0x80 {
            let text = std::str::from_utf8(&encoded[4 - count..]).ok()?;
            return text.chars().next().map(|c| (c, start));
        }
    }
    None
}

/// The byte of one escape.
fn escaped_byte(escape: &[u8]) -> Option<u8> {
    let [b'%', high, low] = escape else { return None };
    let value = |digit: u8| char::from(digit).to_digit(16);
    Some((value(*high)? << 4 | value(*low)?) as u8)
}

/// The end of the label that starts at `at`: letters, marks, digits, inner
/// hyphens, escapes of them, and what is invisible. At most 255 bytes are read.
pub(super) fn label_end(text: &str, at: usize) -> usize {
    let mut end = at;
    let mut here = at;
    let ascii = text[at..].starts_with(|c: char| c.is_ascii_alphanumeric());
    while here - at < 255 {
        let Some(c) = text[here..].chars().next() else { break };
        let next = here + c.len_utf8();
        if text::is_word(c) {
            if ascii && text::is_unspaced(c) {
                break;
            }
            (here, end) = (next, next);
        } else if matches!(c, '-' | '_') || text::is_dash(c) || text::is_invisible(c) {
            here = next;
        } else if c == '%' {
            // Escaped letters of other scripts come in several escapes; none ends a label.
            match text.as_bytes().get(here..here + 3).and_then(escaped_byte) {
                Some(byte) if byte >= 0x80 || byte.is_ascii_alphanumeric() => {
                    (here, end) = (here + 3, here + 3);
                }
                _ => break,
            }
        } else {
            break;
        }
    }
    end
}

/// The end of a dot that surely joins two labels at `at`: plain, escaped or in brackets.
pub(super) fn joining_dot(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let c = rest.chars().next()?;
    if matches!(c, '.' | '．') {
        return Some(at + c.len_utf8());
    }
    if text::starts_with(rest.as_bytes(), b"%2e") {
        return Some(at + 3);
    }
    for wrapped in ["[.]", "(.)", "{.}", "[dot]", "(dot)", "{dot}"] {
        if text::starts_with(rest.as_bytes(), wrapped.as_bytes()) {
            return Some(at + wrapped.len());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{What, before, label_end};
    use crate::spec::model::Level;

    fn last(text: &str) -> Option<(What, usize, Level)> {
        before(text, text.len()).map(|piece| (piece.what, piece.start, piece.price.level))
    }

    #[test]
    fn dots_have_many_forms() {
        let exact = |start| Some((What::Dot, start, Level::Exact));
        let fold = |start| Some((What::Dot, start, Level::Fold));
        let standard = |start| Some((What::Dot, start, Level::Standard));
        assert_eq!(last("a."), exact(1));
        assert_eq!(last("a。"), fold(1));
        assert_eq!(last("a%2E"), standard(1));
        for text in ["a[.]", "a (.) ", "a{dot}", "a [ DOT ]", "a dot ", "a ТОЧКА ", "a .", "a . "]
        {
            assert_eq!(last(text), standard(1), "{text}");
        }
        for text in ["a. ", "adot ", "a (dot] "] {
            assert_eq!(last(text), None, "{text}");
        }
        for text in ["a [x]", "tripod(xdot)", "a(dot]"] {
            assert!(matches!(last(text), Some((What::Char(']' | ')'), ..))), "{text}");
        }
    }

    #[test]
    fn escapes_are_one_letter() {
        assert_eq!(last("%61"), Some((What::Char('a'), 0, Level::Standard)));
        assert_eq!(last("x%D0%B0"), Some((What::Char('а'), 1, Level::Standard)));
        assert_eq!(last("%B0"), Some((What::Char('0'), 2, Level::Exact)));
    }

    #[test]
    fn labels_end_behind_their_last_letter() {
        assert_eq!(label_end("com/x", 0), 3);
        assert_eq!(label_end("com-_ x", 0), 3);
        assert_eq!(label_end("com看", 0), 3);
        assert_eq!(label_end("看com", 0), 6);
        assert_eq!(label_end("%63om%20x", 0), 5);
        assert_eq!(label_end("!", 0), 0);
    }
}
