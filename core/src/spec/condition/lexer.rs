//! The words and signs of a condition.

use std::ops::Range;

/// A word or sign.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// A name or keyword, dots included.
    Word(String),
    /// A number.
    Number(f64),
    /// A quoted text.
    Text(String),
    /// `( ) [ ] , + - * / == != < <= > >=`, or a sign of other languages.
    Sign(&'static str),
    /// Something that was no token, with what to say about it.
    Bad(String, &'static str),
    /// The end of the text.
    End,
}

/// Longest first, so that `<=` is not `<`.
const SIGNS: &[&str] = &[
    "===", "!==", "==", "!=", "=>", "=<", "<=", ">=", "<>", "&&", "||", "=", "<", ">", "!", "(",
    ")", "[", "]", ",", "+", "-", "*", "/", "\u{2260}", "\u{2264}", "\u{2265}", "&", "|",
];

/// The next token at or behind `at`, and the bytes it takes.
pub(super) fn next(text: &str, at: usize) -> (Token, Range<usize>) {
    let rest = &text[at..];
    let start = at + (rest.len() - rest.trim_start().len());
    let rest = &text[start..];
    let Some(first) = rest.chars().next() else { return (Token::End, text.len()..text.len()) };
    let (token, len) = match first {
        '\'' | '"' => quoted(rest, first),
        '0'..='9' => number(rest),
        c if c == '_' || c.is_alphabetic() => {
            let len = word_len(rest);
            (Token::Word(rest[..len].to_owned()), len)
        }
        _ => {
            if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
                (Token::Sign(sign), sign.len())
            } else {
                let message = format!("`{}` has no meaning in a condition", first.escape_debug());
                let hint = match first {
                    '\u{2018}'..='\u{201f}' => "write straight quotes: `'text'`",
                    ';' => "write a comma between arguments",
                    '.' if rest[1..].starts_with(|c: char| c.is_ascii_digit()) => {
                        "a number starts with a digit: `0.5`"
                    }
                    '%' => "write a share as a number from 0 to 1: 80 % is `0.8`",
                    _ => "text goes in quotes",
                };
                (Token::Bad(message, hint), first.len_utf8())
            }
        }
    };
    (token, start..start + len)
}

/// Letters, digits, `_`, and dots between them.
fn word_len(rest: &str) -> usize {
    let is_part = |c: char| c == '_' || c.is_alphanumeric();
    let mut len = 0;
    for (i, c) in rest.char_indices() {
        if is_part(c) {
            len = i + c.len_utf8();
        } else if c != '.' || len != i {
            break;
        }
    }
    len
}

/// Quotes hold anything but themselves; written twice they stand for themselves.
fn quoted(rest: &str, quote: char) -> (Token, usize) {
    let mut value = String::new();
    let mut chars = rest.char_indices().skip(1).peekable();
    while let Some((i, c)) = chars.next() {
        if c != quote {
            value.push(c);
        } else if chars.next_if(|next| next.1 == quote).is_some() {
            value.push(quote);
        } else {
            return (Token::Text(value), i + 1);
        }
    }
    let message = format!("this `{quote}` is never closed");
    (Token::Bad(message, "add the closing quote"), rest.len())
}

fn number(rest: &str) -> (Token, usize) {
    let digits =
        |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let whole = digits(rest);
    let mut len = whole;
    if let Some(fraction) = rest[whole..].strip_prefix('.') {
        let places = digits(fraction);
        if places > 0 {
            len = whole + 1 + places;
        }
    }
    match rest[..len].parse::<f64>() {
        Ok(value) if value.is_finite() => (Token::Number(value), len),
        _ => {
            let message = "this number is too large".to_owned();
            (Token::Bad(message, "write a smaller one"), len)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<Token> {
        let mut tokens = Vec::new();
        let mut at = 0;
        loop {
            let (token, range) = next(text, at);
            if token == Token::End {
                return tokens;
            }
            assert!(range.end > at);
            at = range.end;
            tokens.push(token);
        }
    }

    #[test]
    fn splits_words_and_signs() {
        use Token::{Number, Sign, Text};
        let word = |w: &str| Token::Word(w.to_owned());
        assert_eq!(
            all("a.b<=7days and x=='it''s'"),
            [
                word("a.b"),
                Sign("<="),
                Number(7.0),
                word("days"),
                word("and"),
                word("x"),
                Sign("=="),
                Text("it's".to_owned())
            ]
        );
        assert_eq!(all("0.5*-2"), [Number(0.5), Sign("*"), Sign("-"), Number(2.0)]);
        assert_eq!(all("caf\u{e9}"), [word("caf\u{e9}")]);
        assert!(matches!(all("'x")[..], [Token::Bad(..)]));
        assert!(matches!(all("a $ b")[1], Token::Bad(..)));
        assert!(matches!(all("a. b")[..], [_, Token::Bad(..), _]), "{:?}", all("a. b"));
    }
}
