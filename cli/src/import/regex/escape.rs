//! What a backslash means, by dialect.

use super::Dialect;
use super::parse::Atom;

const BACKREFERENCE: &str = "there are no backreferences";
const NEWLINE: &str = r"(?:\r\n|[\n\x0b\x0c\r\x{85}\x{2028}\x{2029}])";
const VERTICAL: &str = r"[\n\x0b\x0c\r\x{85}\x{2028}\x{2029}]";

/// An escape outside a class: what it is in Rust, and its length. `None` stands for nothing.
pub(super) fn outside(rest: &str, dialect: Dialect) -> Result<(Option<Atom>, usize), &'static str> {
    let c = rest[1..].chars().next().ok_or("a `\\` ends the regex")?;
    let perl = dialect == Dialect::Perl;
    let text = |text: &str, len: usize| Ok((Some(Atom::Text(text.to_owned())), len));
    let missing = |why: &'static str, len: usize| Ok((Some(Atom::Missing(why)), len));
    match c {
        'x' | 'u' | 'U' => {
            code_points(rest, dialect).map(|(out, len)| (Some(Atom::Text(out)), len))
        }
        '0' => text("\\x00", octal_len(rest)),
        '1'..='9' => {
            let digits = rest[1..].bytes().take_while(u8::is_ascii_digit).count();
            missing(BACKREFERENCE, 1 + digits)
        }
        'k' | 'g' => missing(BACKREFERENCE, bracketed_len(rest)),
        'Z' if dialect == Dialect::Python => text("\\z", 2),
        'Z' => text("(?:\\n?\\z)", 2),
        'K' => Ok((Some(Atom::Keep), 2)),
        'G' => missing("matches do not start where the last one ended", 2),
        'X' => missing("there is no pattern for a whole grapheme", 2),
        'C' => missing("single bytes of a character cannot be matched", 2),
        'R' => text(NEWLINE, 2),
        'N' if perl => text("[^\\n]", 2),
        'N' => missing("characters cannot be named", bracketed_len(rest)),
        'h' if dialect == Dialect::Ruby => text("[0-9a-fA-F]", 2),
        'H' if dialect == Dialect::Ruby => text("[^0-9a-fA-F]", 2),
        'h' => text("[ \\t]", 2),
        'H' => text("[^ \\t]", 2),
        'v' if perl => text(VERTICAL, 2),
        'v' => text("\\x0b", 2),
        'e' => text("\\x1b", 2),
        'Q' if perl => {
            let end = rest.find("\\E").unwrap_or(rest.len());
            let len = (end + 2).min(rest.len());
            text(&regex_syntax::escape(&rest[2..end]), len)
        }
        'E' if perl => Ok((None, 2)),
        'b' if rest[2..].starts_with('{') && perl => {
            missing("only plain word boundaries are known", 2 + bracketed_len(&rest[1..]) - 1)
        }
        'b' | 'B' | 'A' | 'z' | 'd' | 'D' | 's' | 'S' | 'w' | 'W' | 'n' | 'r' | 't' | 'f' | 'a' => {
            text(&rest[..2], 2)
        }
        'p' | 'P' => {
            let len = property_len(rest);
            text(&rest[..len], len)
        }
        'c' => control(rest).map(|(out, len)| (Some(Atom::Text(out)), len)),
        // White space would mean nothing under `x`.
        c if c.is_whitespace() => text(&format!("\\x{{{:x}}}", c as u32), 1 + c.len_utf8()),
        c => text(&literal(c), 1 + c.len_utf8()),
    }
}

/// An escape inside `[…]`.
pub(super) fn inside(rest: &str, dialect: Dialect) -> Result<(String, usize), &'static str> {
    let c = rest[1..].chars().next().ok_or("a `[` is never closed")?;
    let text = |text: &str, len: usize| Ok((text.to_owned(), len));
    match c {
        'x' | 'u' | 'U' => code_points(rest, dialect),
        '0' => text("\\x00", octal_len(rest)),
        '1'..='9' => Err("a class cannot hold a backreference"),
        'b' => text("\\x08", 2),
        'h' if dialect == Dialect::Ruby => text("0-9a-fA-F", 2),
        'h' => text(" \\t", 2),
        'v' if dialect == Dialect::Perl => text(r"\n\x0b\x0c\r\x{85}\x{2028}\x{2029}", 2),
        'v' => text("\\x0b", 2),
        'e' => text("\\x1b", 2),
        'd' | 'D' | 's' | 'S' | 'w' | 'W' | 'n' | 'r' | 't' | 'f' | 'a' => text(&rest[..2], 2),
        'p' | 'P' => {
            let len = property_len(rest);
            text(&rest[..len], len)
        }
        'c' => control(rest),
        c if c.is_alphanumeric() => text(&c.to_string(), 1 + c.len_utf8()),
        c => text(&literal(c), 1 + c.len_utf8()),
    }
}

/// A character that means itself, escaped only where Rust asks for it.
fn literal(c: char) -> String {
    if "\\.+*?()|[]{}^$#&-~".contains(c) { format!("\\{c}") } else { c.to_string() }
}

/// `\x41`, `\x{1f600}`, `\u0041`, `\u{41}`, `\U0001f600`; UTF-8 written byte by byte, and pairs
/// of surrogates, become the character they stand for.
fn code_points(rest: &str, dialect: Dialect) -> Result<(String, usize), &'static str> {
    let (value, len) = one_code(rest).ok_or("a code such as `\\x41` is incomplete")?;
    if dialect == Dialect::Perl
        && len == 4
        && (0x80..=0xff).contains(&value)
        && let Some(found) = utf8_bytes(rest)
    {
        return Ok(found);
    }
    if (0xd800..0xdc00).contains(&value) {
        let (low, low_len) = one_code(&rest[len..]).ok_or("half of a character is missing")?;
        let c = 0x10000 + ((value - 0xd800) << 10) + (low.wrapping_sub(0xdc00) & 0x3ff);
        return Ok((format!("\\x{{{c:x}}}"), len + low_len));
    }
    if char::from_u32(value).is_none() {
        return Err("a code stands for no character");
    }
    Ok((if value < 0x80 { format!("\\x{value:02x}") } else { format!("\\x{{{value:x}}}") }, len))
}

/// The value of the code that `rest` starts with, and its length.
fn one_code(rest: &str) -> Option<(u32, usize)> {
    let digits = match rest.as_bytes() {
        [b'\\', b'x' | b'u', b'{', ..] => {
            let end = rest.find('}')?;
            return Some((u32::from_str_radix(&rest[3..end], 16).ok()?, end + 1));
        }
        [b'\\', b'x', ..] => 2,
        [b'\\', b'u', ..] => 4,
        [b'\\', b'U', ..] => 8,
        _ => return None,
    };
    let text = rest.get(2..2 + digits)?;
    let hex = text.bytes().all(|b| b.is_ascii_hexdigit());
    Some((u32::from_str_radix(text, 16).ok().filter(|_| hex)?, 2 + digits))
}

/// The character whose UTF-8 bytes are written as `\xc3\xa9`.
fn utf8_bytes(rest: &str) -> Option<(String, usize)> {
    let mut bytes = Vec::new();
    let mut len = 0;
    while bytes.len() < 4 {
        let (value, one) =
            one_code(&rest[len..]).filter(|&(value, one)| one == 4 && value >= 0x80)?;
        bytes.push(value as u8);
        len += one;
        if let Ok(text) = std::str::from_utf8(&bytes) {
            return Some((text.to_owned(), len));
        }
    }
    None
}

fn octal_len(rest: &str) -> usize {
    1 + rest[1..].bytes().take(3).take_while(|b| (b'0'..=b'7').contains(b)).count().max(1)
}

/// `\pL` or `\p{Greek}`.
fn property_len(rest: &str) -> usize {
    match rest[2..].chars().next() {
        Some('{') => rest.find('}').map_or(rest.len(), |end| end + 1),
        Some(c) => 2 + c.len_utf8(),
        None => 2,
    }
}

/// `\k<name>`, `\g{1}`, `\g1`.
fn bracketed_len(rest: &str) -> usize {
    let close = match rest[2..].chars().next() {
        Some('<') => '>',
        Some('{') => '}',
        Some('\'') => '\'',
        Some(c) => return 2 + c.len_utf8(),
        None => return 2,
    };
    rest[3..].find(close).map_or(rest.len(), |end| 3 + end + 1)
}

/// `\cJ`.
fn control(rest: &str) -> Result<(String, usize), &'static str> {
    match rest.as_bytes().get(2) {
        Some(&letter) if letter.is_ascii_alphabetic() => {
            Ok((format!("\\x{:02x}", letter.to_ascii_uppercase() ^ 0x40), 3))
        }
        _ => Err("a control character such as `\\cJ` is incomplete"),
    }
}
