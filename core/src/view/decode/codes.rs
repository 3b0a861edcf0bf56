//! Codes of chats, games and terminals that colour what follows: `§c`, `&4`, `^1`,
//! `|cffff0000`, `{FF0000}`, `ESC[31m`; and names of emoji: `:regional_indicator_a:`, `:letter_a:`.

use super::super::piece::Piece;
use super::links::is_letter;
use super::{Undone, symbol};

/// The code at `at`, where `pieces` show that it is one: most are ordinary signs elsewhere.
pub(super) fn read(pieces: &[Piece], at: usize) -> Option<Undone> {
    let rest = &pieces[at..];
    let next = symbol(rest, 1);
    let letter = |n: usize| is_letter(symbol(rest, n));
    let before = at.checked_sub(1).is_some_and(|at| is_letter(symbol(pieces, at)));
    let len = match symbol(rest, 0) {
        '§' if is_format(next) && (before || letter(2) || symbol(rest, 2) == '§') => 2,
        // Letters behind `&` are names of characters, and of firms.
        '&' | '^' if next.is_ascii_digit() && letter(2) => 2,
        '|' if next == 'c' && hex(rest, 2) >= 8 => 10,
        '|' if next == 'r' && before && letter(2) => 2,
        '{' if hex(rest, 1) == 6 && symbol(rest, 7) == '}' && letter(8) => 8,
        '\u{1B}' if next == '[' => terminal(rest)?,
        '\u{3}' => chat(rest)?,
        ':' => return indicator(rest),
        _ => return None,
    };
    Some(Undone::nothing(len))
}

/// A colour or style of Minecraft.
fn is_format(c: char) -> bool {
    matches!(c.to_ascii_lowercase(), '0'..='9' | 'a'..='f' | 'k'..='o' | 'r')
}

/// How many hexadecimal digits stand from `from` on, counted as far as any code goes.
fn hex(rest: &[Piece], from: usize) -> usize {
    (0..8).take_while(|n| symbol(rest, from + n).is_ascii_hexdigit()).count()
}

/// So many characters of numbers a code of terminals has at most.
const NUMBERS: usize = 16;

/// `ESC[1;31m`.
fn terminal(rest: &[Piece]) -> Option<usize> {
    let number = |n: &usize| matches!(symbol(rest, 2 + n), '0'..='9' | ';');
    let len = 2 + (0..NUMBERS).take_while(number).count();
    symbol(rest, len).is_ascii_alphabetic().then_some(len + 1)
}

/// The colour of a chat of old: one or two digits, and a comma and as many for the background.
fn chat(rest: &[Piece]) -> Option<usize> {
    let digits =
        |from: usize| (0..2).take_while(|n| symbol(rest, from + n).is_ascii_digit()).count();
    let len = 1 + digits(1);
    let more = if symbol(rest, len) == ',' { digits(len + 1) } else { 0 };
    (len > 1).then_some(if more > 0 { len + 1 + more } else { len })
}

/// The longest name of an emoji.
const NAME: usize = 32;

/// The name that a chat gives to the emoji of a letter: its last word is that letter.
fn indicator(rest: &[Piece]) -> Option<Undone> {
    let in_name = |n: &usize| matches!(symbol(rest, 1 + n), 'a'..='z' | '0'..='9' | '_');
    let end = 1 + (0..NAME).take_while(in_name).count();
    let letter = symbol(rest, end - 1);
    let fits = end > 3
        && symbol(rest, end) == ':'
        && symbol(rest, end - 2) == '_'
        && letter.is_ascii_lowercase();
    let c = char::from_u32(0x1F1E6 + u32::from(letter).checked_sub(u32::from('a'))?)?;
    fits.then(|| Undone::one(end + 1, c))
}
