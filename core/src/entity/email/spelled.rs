//! Addresses whose `@` and dots are written out, for readers and against programs.
//!
//! Brackets say that a sign is meant: `jane [at] example (dot) com`. Bare words are also ordinary
//! ones (`meet at example dot com`), so they count only where something else says that an
//! address is meant.

use super::super::context::Word;
use super::super::domain::is_top_level;
use super::super::hosts::{self, Host};
use super::super::text;
use super::local::local_start;
use crate::lexicon::{self, Languages};

/// `[at]`, `(at)`, `{at}`, `<at>`, white space around allowed; `(@)`; `(a)` where no blank stands before it.
pub(super) fn in_brackets(text: &str, open: usize, done: usize) -> Option<(usize, usize)> {
    let inside = text[open + 1..].trim_start_matches(' ');
    let word = ["at", "@", "a"]
        .into_iter()
        .find(|word| text::starts_with(inside.as_bytes(), word.as_bytes()))?;
    let close = inside[word.len()..].trim_start_matches(' ');
    let close = close.strip_prefix(CLOSING)?;
    let host_start = text.len() - close.trim_start_matches(' ').len();
    let local_end = text[..open].trim_end_matches(' ').len();
    let is_option = word == "a" && (local_end < open || close.starts_with(' '));
    if open - local_end > 3 || host_start - open > 12 || is_option {
        return None;
    }
    let start = local_start(text, local_end, done)?;
    Some((start, host(text, host_start)?.end))
}

const OPENING: [char; 4] = ['[', '(', '{', '<'];
const CLOSING: [char; 4] = [']', ')', '}', '>'];

/// The longest host that starts at `start`, its dots written in any way.
pub(super) fn host(text: &str, start: usize) -> Option<Host> {
    let mut best = hosts::public(text, start).ok();
    let mut end = best.or_else(|| hosts::any(text, start))?.end;
    let mut labels = 1;
    while let Some(next) = dot_end(text, end).filter(|_| labels < 8) {
        let Some(host) = hosts::any(text, next) else { break };
        labels += 1;
        if is_top_level(&text[host.top..host.end]) {
            best = Some(Host { labels, ..host });
        }
        end = host.end;
    }
    best
}

/// The end of ` (dot) ` or ` dot ` at `at`.
fn dot_end(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..text::floor(text, at + 16)];
    let inner = rest.trim_start_matches(' ');
    let unwrapped = inner.strip_prefix(OPENING);
    let core = unwrapped.unwrap_or(inner).trim_start_matches(' ');
    let core = match core.strip_prefix('.') {
        Some(behind) => behind,
        None => core.get(3..).filter(|_| core[..3].eq_ignore_ascii_case("dot"))?,
    };
    let behind = core.trim_start_matches(' ');
    let behind = match unwrapped {
        Some(_) => behind.strip_prefix(CLOSING)?.trim_start_matches(' '),
        None if behind.len() < core.len() && inner.len() < rest.len() => behind,
        None => return None,
    };
    Some(at + rest.len() - behind.len())
}

/// `ann at example dot com`, the word before at `blank`.
pub(super) fn as_word(text: &str, blank: usize, done: usize) -> Option<(usize, usize)> {
    let host_start = blank + " at ".len();
    let plain = hosts::public(text, host_start).ok();
    let host = host(text, host_start)?;
    let spelled = plain.is_none_or(|plain| plain.end < host.end);
    let name = Name::before(text, blank, done)?;
    let gives_mail = is_provider(text, host_start);
    let meant = if spelled {
        name.is_of_mailbox
            || gives_mail && !name.is_ordinary
            || name.is_announced()
            || name.begins_sentence()
    } else {
        name.is_announced() || name.is_of_mailbox && gives_mail
    };
    meant.then_some((name.start, host.end))
}

/// What stands before the word `at`.
struct Name<'t> {
    text: &'t str,
    start: usize,
    /// A dot or digit stands in it: no word of a sentence.
    is_of_mailbox: bool,
    /// It is an English word, as `at` is.
    is_ordinary: bool,
}

/// The words that two parts of a name may have between them.
const JOINTS: [&str; 3] = [" dot ", " underscore ", " dash "];
/// How often in English a word stands that is no name of a mailbox: `me`, `it`, `was`.
const COMMON: u8 = 12;

impl<'t> Name<'t> {
    fn before(text: &'t str, end: usize, done: usize) -> Option<Self> {
        let mut start = local_start(text, end, done)?;
        let part_before = |start: usize| {
            let head = &text.as_bytes()[done..start];
            let joint = JOINTS.iter().find(|joint| text::ends_with(head, joint.as_bytes()))?;
            local_start(text, start - joint.len(), done)
        };
        let last = start;
        while let Some(before) = part_before(start) {
            start = before;
        }
        let local = &text[start..end];
        let entry = lexicon::lookup(local.chars().map(|c| c.to_ascii_lowercase()));
        let lettered = local.starts_with(|c: char| c.is_ascii_alphabetic()) && local.is_ascii();
        let common = start == last && entry.is_some_and(|entry| entry.frequency >= COMMON);
        let marked = start < last
            || local.contains(|c: char| c.is_ascii_digit() || matches!(c, '.' | '_' | '+'));
        let ordinary = entry.is_some_and(|entry| entry.languages.intersects(Languages::ENGLISH));
        (lettered && !common).then_some(Self {
            text,
            start,
            is_of_mailbox: marked,
            is_ordinary: ordinary,
        })
    }

    /// A word such as `mail` stands right before it, at most words such as `me:` or `is` between.
    fn is_announced(&self) -> bool {
        let mut at = self.start;
        for _ in 0..4 {
            let head = self.text[..at].trim_end_matches([' ', ':', '=', '-', '"', '\'', '(', ',']);
            let Some(word) = Word::before(self.text, head.len()) else { return false };
            if is_one_of(&ANNOUNCING, &word) {
                return true;
            }
            if !is_one_of(&BETWEEN, &word) {
                return false;
            }
            at = word.start;
        }
        false
    }

    /// No ordinary word, and the first of its sentence.
    fn begins_sentence(&self) -> bool {
        let before = self.text[..self.start].rsplit(text::is_word).next().unwrap_or_default();
        let ends = |c: char| matches!(c, '\n' | '\r' | ':' | ';' | '.' | '!' | '?' | '|');
        !self.is_ordinary && (before.len() == self.start || before.contains(ends))
    }
}

fn is_one_of(words: &[&str], word: &Word) -> bool {
    words.iter().any(|known| known.as_bytes() == word.as_bytes())
}

const ANNOUNCING: [&str; 22] = [
    "address",
    "adresse",
    "contact",
    "correo",
    "courriel",
    "email",
    "emails",
    "emailed",
    "gmail",
    "kontakt",
    "mail",
    "mails",
    "mailed",
    "mailto",
    "mejl",
    "message",
    "paypal",
    "reach",
    "write",
    "skype",
    "mailadresse",
    "почта",
];
const BETWEEN: [&str; 20] = [
    "a", "an", "at", "auf", "az", "bei", "es", "est", "id", "ist", "is", "it", "me", "my", "s",
    "to", "unter", "us", "via", "zu",
];

/// True when the host at `start` is one that gives out mailboxes.
fn is_provider(text: &str, start: usize) -> bool {
    const PROVIDERS: [&str; 22] = [
        "aol",
        "fastmail",
        "gmail",
        "gmx",
        "googlemail",
        "hotmail",
        "hushmail",
        "icloud",
        "libero",
        "mac",
        "naver",
        "outlook",
        "pm",
        "proton",
        "protonmail",
        "qq",
        "rediffmail",
        "tutanota",
        "yahoo",
        "yandex",
        "ymail",
        "zoho",
    ];
    Word::after(text, start).is_some_and(|word| is_one_of(&PROVIDERS, &word))
}
