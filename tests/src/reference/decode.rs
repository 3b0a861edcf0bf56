//! Wrappers undone: entities, percent escapes, backslash escapes, markup and
//! bidi overrides, by rewriting a list of characters.

use super::chars;
use super::view::ViewChar;

type Chars = Vec<ViewChar>;

/// Escapes in escapes are undone this often.
const DEPTH: usize = 2;

/// `text` with wrappers undone.
pub fn decode(mut text: Chars) -> Chars {
    for _ in 0..DEPTH {
        text = unescape(&text);
    }
    turn(&without_markup(&text))
}

/// One pass over all escapes.
fn unescape(text: &[ViewChar]) -> Chars {
    let mut out = Chars::new();
    let mut at = 0;
    while at < text.len() {
        let plain: String = text[at..].iter().take(80).map(|char| char.c).collect();
        let found = entity(&plain).or_else(|| percent(&plain)).or_else(|| backslash(&plain));
        let Some((letters, length)) = found else {
            out.push(text[at].clone());
            at += 1;
            continue;
        };
        let raw = text[at].raw.start..text[at + length - 1].raw.end;
        let whole =
            |c| ViewChar { c, raw: raw.clone(), hidden: false, wrapped: true, after_markup: false };
        out.extend(letters.chars().map(whole));
        at += length;
    }
    out
}

/// The letters an escape at the start of a text stands for, and its length.
type Escape = Option<(String, usize)>;

fn one(code: u32, length: usize) -> Escape {
    char::from_u32(code).filter(|&c| c != '\0').map(|c| (c.to_string(), length))
}

/// `&amp;`, `&#107;`, `&#x6B`.
fn entity(text: &str) -> Escape {
    let body = text.strip_prefix('&')?;
    if let Some(number) = body.strip_prefix('#') {
        let hex = number.strip_prefix(['x', 'X']);
        let (digits, radix, before) = match hex {
            Some(digits) => (digits, 16, 3),
            None => (number, 10, 2),
        };
        let length = digits.chars().take_while(|c| c.is_digit(radix)).count();
        let code = u32::from_str_radix(&digits[..length], radix).ok()?;
        let closed = usize::from(digits[length..].starts_with(';'));
        return one(code, before + length + closed);
    }
    let (name, _) = body.split_once(';')?;
    let (_, c) = ENTITIES.iter().find(|(known, _)| *known == name)?;
    Some((c.to_string(), name.len() + 2))
}

/// `%66`, and several for one character.
fn percent(text: &str) -> Escape {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some(byte) = rest.strip_prefix('%').and_then(|r| r.get(..2)).and_then(hex_byte) {
        bytes.push(byte);
        rest = &rest[3..];
        if let Ok(letter) = std::str::from_utf8(&bytes) {
            return Some((letter.to_owned(), bytes.len() * 3));
        }
        if bytes.len() == 4 {
            break;
        }
    }
    None
}

fn hex_byte(digits: &str) -> Option<u8> {
    digits.chars().all(|c| c.is_ascii_hexdigit()).then(|| u8::from_str_radix(digits, 16).ok())?
}

/// `\u006B`, `\x6B`, `\u{6B}`.
fn backslash(text: &str) -> Escape {
    let hex = |digits: &str| {
        let all = digits.chars().all(|c| c.is_ascii_hexdigit());
        u32::from_str_radix(digits, 16).ok().filter(|_| all)
    };
    if let Some(rest) = text.strip_prefix("\\x") {
        return one(hex(rest.get(..2)?)?, 4);
    }
    if let Some(rest) = text.strip_prefix("\\u{") {
        let (digits, _) = rest.split_once('}')?;
        return one(hex(digits)?, digits.len() + 4);
    }
    let unit = |text: &str| hex(text.strip_prefix("\\u")?.get(..4)?);
    let first = unit(text)?;
    if (0xD800..0xDC00).contains(&first) {
        let second = unit(text.get(6..)?).filter(|second| (0xDC00..0xE000).contains(second))?;
        return one(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00), 12);
    }
    one(first, 6)
}

/// The text without tags, comments and markers of markup.
fn without_markup(text: &[ViewChar]) -> Chars {
    let mut out = Chars::new();
    let mut at = 0;
    let mut removed = false;
    while at < text.len() {
        let length = markup(text, at);
        if length == 0 {
            let mut char = text[at].clone();
            char.after_markup |= removed;
            out.push(char);
            removed = false;
            at += 1;
        } else {
            removed = true;
            at += length;
        }
    }
    out
}

/// How long the markup at `at` is; 0 where there is none.
fn markup(text: &[ViewChar], at: usize) -> usize {
    let plain: String = text[at..].iter().map(|char| char.c).collect();
    let count = |part: &str| part.chars().count();
    if let Some(body) = plain.strip_prefix("<!--") {
        return body.find("-->").map_or(0, |end| count(&body[..end]) + 7);
    }
    let tag = |open: char, close: char| {
        let body = plain.strip_prefix(open)?;
        let end = body.find([close, open, '\n'])?;
        let inside = &body[..end];
        let name = inside.strip_prefix('/').unwrap_or(inside);
        let named = name.starts_with(|c: char| c.is_ascii_alphabetic());
        (named && body[end..].starts_with(close)).then(|| (name, count(inside) + 2))
    };
    if let Some((_, length)) = tag('<', '>') {
        return length;
    }
    if let Some((name, length)) = tag('[', ']') {
        let name = name.split(['=', ' ']).next().unwrap_or_default().to_ascii_lowercase();
        return if BBCODE.contains(&name.as_str()) { length } else { 0 };
    }
    let marker = ["**", "__", "~~", "||", "`"].into_iter().find(|m| plain.starts_with(m));
    let Some(marker) = marker.map(str::len) else { return 0 };
    let word = |at: Option<usize>| {
        at.and_then(|at| text.get(at)).is_some_and(|char| chars::is_word(char.c))
    };
    if word(at.checked_sub(1)) || word(Some(at + marker)) { marker } else { 0 }
}

/// What stands in a right-to-left override, backwards.
fn turn(text: &[ViewChar]) -> Chars {
    let mut out = Chars::new();
    let mut at = 0;
    while at < text.len() {
        if text[at].c != '\u{202E}' {
            out.push(text[at].clone());
            at += 1;
            continue;
        }
        let body = &text[at + 1..];
        let ends = |char: &ViewChar| char.c == '\u{202C}' || chars::is_line_break(char.c);
        let length = body.iter().position(ends).unwrap_or(body.len());
        out.extend(body[..length].iter().rev().cloned().map(|mut char| {
            char.wrapped = true;
            char
        }));
        at += length + 1;
        if text.get(at).is_some_and(|char| char.c == '\u{202C}') {
            at += 1;
        }
    }
    out
}

/// The tags of BBCode.
const BBCODE: &[&str] = &[
    "b", "i", "u", "s", "url", "img", "quote", "code", "size", "color", "font", "center", "left",
    "right", "spoiler", "sup", "sub", "list", "email",
];

/// Named entities: signs, spaces and the letters of HTML 4.
const ENTITIES: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{A0}'),
    ("shy", '\u{AD}'),
    ("Agrave", 'À'),
    ("Aacute", 'Á'),
    ("Acirc", 'Â'),
    ("Atilde", 'Ã'),
    ("Auml", 'Ä'),
    ("Aring", 'Å'),
    ("AElig", 'Æ'),
    ("Ccedil", 'Ç'),
    ("Egrave", 'È'),
    ("Eacute", 'É'),
    ("Ecirc", 'Ê'),
    ("Euml", 'Ë'),
    ("Igrave", 'Ì'),
    ("Iacute", 'Í'),
    ("Icirc", 'Î'),
    ("Iuml", 'Ï'),
    ("ETH", 'Ð'),
    ("Ntilde", 'Ñ'),
    ("Ograve", 'Ò'),
    ("Oacute", 'Ó'),
    ("Ocirc", 'Ô'),
    ("Otilde", 'Õ'),
    ("Ouml", 'Ö'),
    ("Oslash", 'Ø'),
    ("Ugrave", 'Ù'),
    ("Uacute", 'Ú'),
    ("Ucirc", 'Û'),
    ("Uuml", 'Ü'),
    ("Yacute", 'Ý'),
    ("THORN", 'Þ'),
    ("szlig", 'ß'),
    ("agrave", 'à'),
    ("aacute", 'á'),
    ("acirc", 'â'),
    ("atilde", 'ã'),
    ("auml", 'ä'),
    ("aring", 'å'),
    ("aelig", 'æ'),
    ("ccedil", 'ç'),
    ("egrave", 'è'),
    ("eacute", 'é'),
    ("ecirc", 'ê'),
    ("euml", 'ë'),
    ("igrave", 'ì'),
    ("iacute", 'í'),
    ("icirc", 'î'),
    ("iuml", 'ï'),
    ("eth", 'ð'),
    ("ntilde", 'ñ'),
    ("ograve", 'ò'),
    ("oacute", 'ó'),
    ("ocirc", 'ô'),
    ("otilde", 'õ'),
    ("ouml", 'ö'),
    ("oslash", 'ø'),
    ("ugrave", 'ù'),
    ("uacute", 'ú'),
    ("ucirc", 'û'),
    ("uuml", 'ü'),
    ("yacute", 'ý'),
    ("thorn", 'þ'),
    ("yuml", 'ÿ'),
    ("OElig", 'Œ'),
    ("oelig", 'œ'),
    ("Scaron", 'Š'),
    ("scaron", 'š'),
    ("Yuml", 'Ÿ'),
];
