//! Dates of birth: dates near the words that announce them.

use super::context::{Announced, Nearby, Word, Words};
use super::months::month_of;
use super::{Doc, digits, text};

pub(super) const DOC: Doc = Doc {
    name: "birth_date",
    what: "A date near a word that makes it a date of birth (`born`, `DOB`, `birthday`, \
           `geboren`, `né le`, `fecha de nacimiento`, `родился`, `生日`, …). The date is in \
           digits in any usual order, or has the name of a month in one of a dozen languages; \
           it must exist in the calendar. Only the date is in the span.",
    example: "{ entity: birth_date }",
    regions: &[],
    valid: &[
        ("I was born on May 17, 1990.", &["May 17, 1990"]),
        ("DOB: 05/17/1990", &["05/17/1990"]),
        ("d.o.b. 17.5.90", &["17.5.90"]),
        ("date of birth 1990-05-17", &["1990-05-17"]),
        ("my birthday is the 17th of May", &["17th of May"]),
        ("geboren am 17. Mai 1990", &["17. Mai 1990"]),
        ("née le 1er février 1990", &["1er février 1990"]),
        ("nacido el 17 de mayo de 1990", &["17 de mayo de 1990"]),
        ("дата рождения: 17 мая 1990", &["17 мая 1990"]),
        ("我的生日是1990年5月17日", &["1990年5月17日"]),
        ("1990년 5월 17일 출생", &["1990년 5월 17일"]),
        ("DOB 19900517", &["19900517"]),
        ("Ada Lovelace (b. 10 December 1915)", &["10 December 1915"]),
        ("b. 17 May 1990", &["17 May 1990"]),
        ("born 17 May '90", &["17 May '90"]),
        ("birth_date: 1990-05-17T00:00:00Z", &["1990-05-17"]),
    ],
    invalid: &[
        "born 31/02/1990",
        "born 17/13/1990",
        "born 00.05.1990",
        "dob 17/05/1790",
        "born May 32",
    ],
    look_alike: &[
        "on 17/05/1990 we met",
        "reborn 17/05/1990",
        "Club. 17 May 1990",
        "variant b, 17 May 1990",
        "b. 17 May",
        "born in a town of 17 000",
        "DOB unknown; version 1.2.3",
        "she was born. Years later, after the long war had ended, on 17/05/1990, it rained",
    ],
};

/// Words that announce a date of birth.
const NEAR: Words = Words {
    whole: &[
        "aniversario",
        "anniversaire",
        "bday",
        "birth",
        "birthdate",
        "birthday",
        "birthdays",
        "born",
        "compleanno",
        "cumpleanos",
        "dob",
        "dogum",
        "dogumlu",
        "geb",
        "gebdatum",
        "geboortedatum",
        "geboren",
        "geburtsdatum",
        "geburtstag",
        "jarig",
        "naci",
        "nacida",
        "nacido",
        "nacimiento",
        "nacio",
        "naissance",
        "narozen",
        "narozeni",
        "nasci",
        "nascida",
        "nascido",
        "nascimento",
        "nascita",
        "nata",
        "nato",
        "ne",
        "nee",
        "urodzenia",
        "urodziny",
        "urodzony",
        "verjaardag",
        "γεννηθηκα",
        "γεννησησ",
        "народження",
        "народився",
        "родилась",
        "родилася",
        "родился",
        "рождения",
        "مواليد",
        "ميلاد",
        "जन्म",
    ],
    unspaced: &["生日", "出生", "生于", "誕生", "生まれ", "생년월일", "생일", "출생", "วันเกิด"],
};
const WINDOW_BEFORE: usize = 40;
const WINDOW_AFTER: usize = 20;
/// More than any date has on either side of its first number, and the windows.
const REACH: usize = 192;

pub(super) fn find(text: &str, add: &mut impl FnMut(usize, usize)) {
    let (mut at, mut done) = (0, 0);
    let mut announced = Announced::new(text, &NEAR);
    let mut nearby = Nearby::new(text, &NEAR);
    while let Some(first) = digits::next_digit(text, at) {
        let number = Number::read(text, first);
        at = number.end;
        // Most numbers are no dates, which a few bytes tell; words are looked for after that.
        let date = text::opens(text, first).then(|| date_at(text, first, number, done)).flatten();
        if date.is_none() {
            continue;
        }
        let short = short_before(text, first);
        if !short && !nearby.may_have(first, REACH) {
            continue;
        }
        let near = |(start, end): &(usize, usize)| {
            announced.before(*start, WINDOW_BEFORE)
                || NEAR.after(text, *end, WINDOW_AFTER)
                || short && *start == first && ends_with_year(&text[*start..*end])
        };
        if let Some((start, end)) = date.filter(near) {
            add(start, end);
            (at, done) = (end, end);
        }
    }
}

/// `b.` right before a date: so short that it has to be a word of its own there, and so
/// ambiguous that the date has to have a year.
fn short_before(text: &str, at: usize) -> bool {
    let head = text[..at].strip_suffix(' ').unwrap_or(&text[..at]);
    let before = head.strip_suffix("b.");
    before.is_some_and(|before| !before.ends_with(|c: char| text::is_word(c) || c == '.'))
}

fn ends_with_year(date: &str) -> bool {
    date.len() >= 4 && date.bytes().rev().take(4).all(|b| b.is_ascii_digit())
}

/// Digits that touch, as a number.
#[derive(Clone, Copy, Debug)]
struct Number {
    value: u32,
    /// How many digits it has.
    len: usize,
    end: usize,
}

impl Number {
    fn read(text: &str, at: usize) -> Self {
        let mut number = Self { value: 0, len: 0, end: at };
        for c in text[at..].chars() {
            let Some(digit) = digits::digit(c) else { break };
            number.value = number.value.saturating_mul(10).saturating_add(u32::from(digit));
            number.len += 1;
            number.end += c.len_utf8();
        }
        number
    }

    /// The number at `at`, if one is there.
    fn at(text: &str, at: usize) -> Option<Self> {
        Some(Self::read(text, at)).filter(|number| number.len > 0)
    }
}

/// The date that begins with the number at `start`, or with a month before it.
fn date_at(text: &str, start: usize, first: Number, done: usize) -> Option<(usize, usize)> {
    let written = || month_first(text, start, first, done);
    in_digits(text, first)
        .or_else(|| day_first(text, first))
        .or_else(|| in_one(text, first))
        .map(|end| (start, end))
        .or_else(written)
        .filter(|&(_, end)| {
            (text::closes(text, end) || is_time(&text[end..])) && !goes_on(&text[end..])
        })
}

/// `T00:00` behind a date, as programs write it.
fn is_time(rest: &str) -> bool {
    matches!(rest.as_bytes(), [b'T', a, b, b':', ..] if a.is_ascii_digit() && b.is_ascii_digit())
}

/// A further number follows, as in versions and addresses.
fn goes_on(rest: &str) -> bool {
    let mut chars = rest.chars();
    matches!(chars.next(), Some('.' | '/' | '-'))
        && chars.next().is_some_and(|c| c.is_ascii_digit())
}

/// `1990-05-17`, `17.5.1990`, `5/17/90`, `1990年5月17日`; returns its end.
fn in_digits(text: &str, first: Number) -> Option<usize> {
    let (sign, at) = separator(text, first.end)?;
    let second = Number::at(text, at)?;
    let (other, at) = separator(text, second.end)?;
    let third = Number::at(text, at)?;
    let east_asian = matches!((sign, other), ('年', '月') | ('년', '월'));
    if sign != other && !east_asian {
        return None;
    }
    let fits = match (first.len, second.len, third.len) {
        (4, 1 | 2, 1 | 2) => is_date(first.value, second.value, third.value),
        (1 | 2, 1 | 2, 2 | 4) if !east_asian && (sign != ' ' || third.len == 4) => {
            let year = full_year(third);
            is_date(year, second.value, first.value) || is_date(year, first.value, second.value)
        }
        _ => false,
    };
    let rest = &text[third.end..];
    let day =
        if east_asian { rest.chars().next().filter(|c| matches!(c, '日' | '일')) } else { None };
    fits.then(|| third.end + day.map_or(0, char::len_utf8))
}

/// `17 May 1990`, `17th of May`, `17. Mai 1990`, `17 de mayo de 1990`.
fn day_first(text: &str, day: Number) -> Option<usize> {
    // What most often follows a number is no month.
    let follows = text.as_bytes().get(day.end).copied().unwrap_or(b'/');
    let is_far = follows.is_ascii() && !follows.is_ascii_alphabetic();
    if day.len > 2 || (is_far && !matches!(follows, b' ' | b'\t' | b'.' | b',' | b'-')) {
        return None;
    }
    let mut at = skip_ordinal(text, day.end);
    at = skip_between(text, at);
    let (month, end) = month_at(text, at)?;
    Some(with_year(text, month, day.value, end)).filter(|_| is_date(2000, month, day.value))
}

/// `May 17, 1990`; also returns where the month starts.
fn month_first(text: &str, start: usize, day: Number, done: usize) -> Option<(usize, usize)> {
    // Nor does one stand before it.
    let leads = text.as_bytes()[done..start].last().copied().unwrap_or(b'/');
    let is_far = leads.is_ascii() && !leads.is_ascii_alphabetic();
    if day.len > 2 || (is_far && !matches!(leads, b' ' | b'\t' | b'.')) {
        return None;
    }
    let gap =
        text[done..start].chars().rev().take(3).take_while(|&c| c == '.' || text::is_blank(c));
    let month_end = start - gap.map(char::len_utf8).sum::<usize>();
    let word = Word::before(text, month_end)?;
    if word.start < done || word.start == month_end {
        return None;
    }
    let month = month_of(&word)?;
    let end = with_year(text, month, day.value, skip_ordinal(text, day.end));
    is_date(2000, month, day.value).then_some((word.start, end))
}

/// `19900517`, `17051990`.
fn in_one(text: &str, all: Number) -> Option<usize> {
    if all.len != 8 {
        return None;
    }
    // Two, two and four digits, or four, two and two.
    let ends = (all.value / 1_000_000, all.value / 10_000 % 100, all.value % 10_000);
    let starts = (all.value / 10_000, all.value / 100 % 100, all.value % 100);
    let fits = is_date(starts.0, starts.1, starts.2)
        || is_date(ends.2, ends.1, ends.0)
        || is_date(ends.2, ends.0, ends.1);
    (fits && text::closes(text, all.end)).then_some(all.end)
}

/// One sign between two numbers of a date, white space around it left out.
fn separator(text: &str, at: usize) -> Option<(char, usize)> {
    let mut sign = None;
    let mut end = at;
    for c in text[at..].chars().take(3) {
        if matches!(c, '.' | '/' | '年' | '月' | '년' | '월') || text::is_dash(c) {
            if sign.is_some() {
                return None;
            }
            sign = Some(if text::is_dash(c) { '-' } else { c });
        } else if !text::is_blank(c) {
            break;
        }
        end += c.len_utf8();
    }
    let blank = if end > at { Some(' ') } else { None };
    sign.or(blank).map(|sign| (sign, end))
}

/// The end of the year behind day and month; where it starts when there is none.
fn with_year(text: &str, month: u32, day: u32, at: usize) -> usize {
    let from = skip_between(text, at);
    match Number::at(text, from) {
        Some(year) if year.len == 4 && is_date(year.value, month, day) => year.end,
        _ => short_year(text, from).unwrap_or(at),
    }
}

/// The end of `'90`.
fn short_year(text: &str, at: usize) -> Option<usize> {
    let digits = text[at..].strip_prefix(['\'', '’', '‘'])?;
    let year = Number::at(text, text.len() - digits.len())?;
    (year.len == 2 && text::closes(text, year.end)).then_some(year.end)
}

/// Past `st`, `nd`, `.`, `er`, `º` behind a day.
fn skip_ordinal(text: &str, at: usize) -> usize {
    let endings = ["st", "nd", "rd", "th", "er", "º", "ª", "."];
    let found =
        endings.iter().find(|ending| text::starts_with(&text.as_bytes()[at..], ending.as_bytes()));
    at + found.map_or(0, |ending| ending.len())
}

/// Past white space, a comma and words such as `of` and `de`.
fn skip_between(text: &str, at: usize) -> usize {
    let blanks = |at: usize| {
        let signs = text[at..]
            .chars()
            .take(3)
            .take_while(|&c| c == ',' || c == '.' || text::is_dash(c) || text::is_blank(c));
        at + signs.map(char::len_utf8).sum::<usize>()
    };
    let at = blanks(at);
    let words = ["of ", "de ", "del ", "di ", "do "];
    let found =
        words.iter().find(|word| text::starts_with(&text.as_bytes()[at..], word.as_bytes()));
    found.map_or(at, |word| blanks(at + word.len()))
}

fn month_at(text: &str, at: usize) -> Option<(u32, usize)> {
    let word = Word::after(text, at)?;
    let end = word.end;
    month_of(&word).map(|month| (month, end))
}

/// Two digits stand for a year of this century or the last; which does not matter
/// here but for the 29th of February.
fn full_year(year: Number) -> u32 {
    if year.len == 2 { 2000 + year.value } else { year.value }
}

/// True for a day of the calendar in a century in which somebody may be alive.
fn is_date(year: u32, month: u32, day: u32) -> bool {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 31,
    };
    (1900..2100).contains(&year) && (1..=12).contains(&month) && (1..=days).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::{NEAR, is_date};

    #[test]
    fn words_are_in_order() {
        super::super::context::check(&NEAR);
    }

    #[test]
    fn calendars_have_leap_years() {
        assert!(is_date(2000, 2, 29) && is_date(1996, 2, 29) && !is_date(1900, 2, 29));
        assert!(!is_date(1999, 4, 31) && !is_date(1899, 1, 1) && !is_date(1990, 0, 1));
    }
}
